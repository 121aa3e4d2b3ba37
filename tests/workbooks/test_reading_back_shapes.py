"""What people do to tables: rows and columns moved, copied, pasted over, added and deleted."""

from __future__ import annotations

from tests.workbooks.handed_over import book, hand, path, rewrite, values

__all__ = ["book", "path"]


def test_rows_may_be_sorted(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        head, *rows = values(sheet)
        rows.sort(key=lambda row: str(row[1]), reverse=True)
        rewrite(sheet, [head, *rows])
        hand.put(sheet, "乙公司", "City", "温州")
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert file.problems == ()


def test_columns_may_be_moved_the_one_of_ids_too(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        rewrite(sheet, [list(reversed(row)) for row in values(sheet)])
        name = hand.column(sheet, "Customer name")
        sheet.cell(hand.row_of(sheet, "乙公司", name), hand.column(sheet, "City")).value = "温州"
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert file.problems == ()


def test_columns_and_rows_may_be_hidden(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[6].hidden = True
        made["Contacts"].sheet_state = "hidden"
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert len(hand.known(file, "contact")) == 3


def test_added_columns_are_not_read_and_told_once(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.insert_cols(3)
        sheet.cell(1, 3).value = "我的备注"
        for row in range(5, 10):
            sheet.cell(row, 3).value = f"备注{row}"
        sheet.cell(7, sheet.max_column + 2).value = "没有标题的字"
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert [one.code for one in file.problems] == ["extra_column"]
    assert "我的备注" in file.problems[0].message
    assert file.problems[0].place.sheet == "My customers"


def test_renamed_columns_are_known_by_synonyms_of_both_languages(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        for was, now in {"Customer name": "单位名称", "Phone": "座机", "City": "所在城市"}.items():
            sheet.cell(1, hand.column(sheet, was)).value = now
        hand.put(sheet, "乙公司", "所在城市", "温州")
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert file.problems == ()


def test_columns_called_as_nothing_known_are_known_by_what_stands_in_them(book, path):
    with hand.edited(path) as made:
        sheet = made["My deals"]
        for number, was in enumerate(("Opportunity", "Amount", "Probability", "Expected close")):
            sheet.cell(1, hand.column(sheet, was)).value = f"列{number}"
        hand.put(sheet, "商机2", "列1", 99)
    file = hand.read(book, path)
    assert [(key, cell.value) for key, cell in hand.changed(file).items()] == [
        (("opportunity", "商机2", "amount"), 99_000_000)
    ]
    assert file.problems == ()


def test_sheets_may_be_renamed_and_moved(book, path):
    with hand.edited(path) as made:
        made["My customers"].title = "Sheet1"
        made["Contacts"].title = "My customers"
        made.move_sheet("Sheet1", 4)
        hand.put(made["Sheet1"], "乙公司", "City", "温州")
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert len(hand.known(file, "contact")) == 3


def test_a_deleted_sheet_is_no_deletion_of_its_rows(book, path):
    with hand.edited(path) as made:
        del made["My customers"]
    file = hand.read(book, path)
    assert "customer" not in file.tables
    assert "contact" in file.tables


def test_rows_may_stand_above_the_headers(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.insert_rows(1, 4)
        sheet["A1"] = "王芳的客户"
        sheet["B3"] = "截至三月"
        row = hand.row_of(sheet, "乙公司")
        sheet.cell(row, hand.column(sheet, "City", 5)).value = "温州"
    file = hand.read(book, path)
    [(key, cell)] = hand.changed(file).items()
    assert key == ("customer", "乙公司", "city")
    assert cell.at.endswith(str(row))
    assert file.problems == ()


def test_deleted_rows_are_missing_from_a_table_that_is_there(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.delete_rows(hand.row_of(sheet, "丙公司"))
    file = hand.read(book, path)
    [gone] = set(file.manifest.sheet_of("customer").rows) - hand.known(file, "customer")
    assert book.label("customer", gone) == "丙公司"
    assert "customer" in file.tables
    assert file.problems == ()


def test_a_deleted_column_is_told_and_its_values_stay(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.delete_cols(hand.column(sheet, "City"))
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert not any("city" in one.cells for one in file.rows)
    assert hand.codes(file) == ["missing_column"]
    assert "City" in file.problems[0].message


def test_cells_that_were_emptied_are_blank_values(book, path):
    with hand.edited(path) as made:
        hand.put(made["My customers"], "乙公司", "City", None)
        hand.put(made["My customers"], "乙公司", "Phone", "   ")
    made = hand.changed(hand.read(book, path))
    assert {key[2]: (cell.value, cell.unread) for key, cell in made.items()} == {
        "city": (None, ""),
        "phone": (None, ""),
    }
