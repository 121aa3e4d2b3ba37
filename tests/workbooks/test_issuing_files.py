"""What a workbook's cells accept, that texts stay texts, and that nothing is ever left half done."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from models import texts
from models.book import Book
from models.progress import Cancelled, Progress
from models.refusals import Refused
from models.workbooks import memory
from models.workbooks.issuing import issue
from tests.workbooks import issued_files
from tests.workbooks.issued_files import TODAY

EVIL = (
    '=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0",
    "http://evil.example", "mailto:x@evil.example", "<r>x</r>", "_x0041_", "'quoted", "＝1+1", "001",
)  # fmt: skip


@pytest.fixture
def book(tmp_path):
    made = Book.create(tmp_path / "team.daybook")
    with made.change("team") as change:
        change.add("stage", {"name": "报价", "kind": "open", "order_no": 1})
        for name in ("王芳", "李强"):
            person = change.add("salesperson", {"name": name, "status": "active"})
            for at in range(3):
                customer = change.add(
                    "customer",
                    {"name": f"{name}的客户{at}", "owner": person, "phone": "01012345678"},
                )
                change.add("contact", {"name": f"{name}友{at}", "customer": customer})
        change.add_field("customer", "合作年限", "integer")
        change.add_field("customer", "翻倍", "", formula="employees * 2")
    yield made
    made.close()


def _issued(book: Book, folder: Path, **more: object):
    people = list(book.ids("salesperson"))
    return issue(book, people, folder, on=TODAY, **more)  # type: ignore[arg-type]


def test_what_looks_like_a_formula_or_an_address_is_written_as_text(book, tmp_path):
    with book.change("evil") as change:
        rows = [
            change.add("customer", {"name": f"{at}{text}", "owner": 1, "notes": text, "city": text})
            for at, text in enumerate(EVIL)
        ]
    one = _issued(book, tmp_path)[0]
    table = issued_files.opened(one.path)["My customers"]
    notes = [cell.value for cell in table[1]].index("Notes") + 1
    found = {
        book.public.row("CU", id): table.cell(line, notes) for line, id in issued_files.lines(table)
    }
    for row, text in zip(rows, EVIL, strict=True):
        stored = book.record("customer", row)["notes"]
        assert found[row].data_type == "s"
        assert found[row].hyperlink is None
        assert found[row].value.replace("_x005F_", "_").lstrip("\t") == stored.lstrip("\t"), text
    for name in ("sheet3.xml", "sheet4.xml"):
        assert "<f>" not in issued_files.part(one.path, f"xl/worksheets/{name}")


def test_only_what_can_be_taken_back_is_unlocked_and_no_password_keeps_it(book, tmp_path):
    one = _issued(book, tmp_path)[0]
    file = issued_files.opened(one.path)
    for sheet in issued_files.kept(book, one).sheets:
        table = file[sheet.name]
        assert table.protection.sheet
        assert not table.protection.password
        for allowed in ("formatCells", "insertRows", "deleteRows", "sort", "autoFilter"):
            assert not getattr(table.protection, allowed), allowed  # not forbidden
        assert table.freeze_panes == "C2"
        columns = {
            at: one.protection.locked
            for one in table.column_dimensions.values()
            for at in range(one.min, one.max + 1)
        }
        for line in range(1, table.max_row + 1):
            assert table.cell(line, 1).protection.locked
            for at, path in enumerate(sheet.fields, 2):
                cell = table.cell(line, at)
                there = cell.has_style  # what isn't in the file looks as its column does
                locked = cell.protection.locked if there else columns[at]
                assert there or line > 1
                free = line > 1 and path in sheet.editable
                assert locked is not free, (sheet.name, path)


def test_a_column_that_a_formula_works_out_is_shown_and_locked(book, tmp_path):
    book.set("customer", 1, {"employees": 21, "x_合作年限": 3})
    one = _issued(book, tmp_path)[0]
    sheet = issued_files.kept(book, one).sheet_of("customer")
    assert sheet is not None
    assert "x_翻倍" not in sheet.editable
    assert "x_合作年限" in sheet.editable
    assert sheet.rows[1][sheet.fields.index("x_翻倍")] == 42
    headers = [cell.value for cell in issued_files.opened(one.path)["My customers"][1]]
    assert "翻倍" in headers


def test_cells_have_drop_downs_and_take_only_days_and_numbers(book, tmp_path):
    with book.change("a deal") as change:
        change.add(
            "opportunity", {"name": "项目", "customer": "王芳的客户1", "owner": 1, "stage": "报价"}
        )
    one = _issued(book, tmp_path)[0]
    file = issued_files.opened(one.path)
    rules = {
        (sheet.entity, path): rule
        for sheet in issued_files.kept(book, one).sheets
        for at, path in enumerate(sheet.fields, 2)
        for rule in file[sheet.name].data_validations.dataValidation
        if file[sheet.name].cell(2, at).coordinate in rule.cells
    }
    assert rules["customer", "grade"].formula1 == '"A,B,C,D"'
    assert rules["opportunity", "amount"].type == "decimal"
    assert rules["opportunity", "expected_close"].type == "date"
    assert rules["customer", "x_合作年限"].type == "whole"
    assert rules["read_receipt", "read"].formula1 == '"Yes,No"'
    assert rules["opportunity", "probability"].formula2 in ("1", "1.0")
    assert rules["customer", "grade"].errorStyle in (None, "stop")
    assert rules["opportunity", "customer"].errorStyle == "warning"
    assert _offered(file, rules["contact", "customer"]) == [f"王芳的客户{at}" for at in range(3)]
    assert _offered(file, rules["activity", "contact"]) == [f"王芳友{at}" for at in range(3)]
    assert _offered(file, rules["opportunity", "stage"]) == ["报价"]
    area = next(iter(rules["activity", "at"].cells.ranges))
    assert (area.min_row, area.max_row) == (2, 511)  # with 500 rows below


def test_a_long_list_of_names_stands_in_a_hidden_sheet(book, tmp_path):
    with book.change("more") as change:
        for at in range(120):
            change.add("customer", {"name": f"客户，有限公司{at:03}", "owner": 1})
    one = _issued(book, tmp_path)[0]
    file = issued_files.opened(one.path)
    (rule,) = [
        one
        for one in file["Contacts"].data_validations.dataValidation
        if one.type == "list" and "_lists" in one.formula1
    ]
    assert len(_offered(file, rule)) == 123


def _offered(file, rule):
    if rule.formula1.startswith('"'):
        return rule.formula1.strip('"').split(",")
    sheet, area = rule.formula1.split("!")
    assert file[sheet].sheet_state == "veryHidden"
    return [row[0].value for row in file[sheet][area.replace("$", "")]]


@pytest.mark.parametrize("code", texts.LANGUAGES)
def test_the_language_is_that_of_the_workbook_alone(book, tmp_path, code):
    before = texts.language()
    one = _issued(book, tmp_path, language=code)[0]
    assert texts.language() == before
    first = issued_files.opened(one.path).sheetnames[0]
    assert first == texts.in_language(code, "Guide")
    assert one.path.name.startswith("业务簿_" if code == "zh_CN" else "Daybook_")
    assert issued_files.kept(book, one).language == code


def _nothing_there(book: Book, folder: Path, last: int) -> None:
    assert [one.name for one in folder.iterdir() if "WB-" in one.name] == []
    assert book.history(1)[0].no == last
    assert book.count("workbook") == 0
    assert memory.secret(book.connection()) is None


class Impatient(Progress):
    """Cancels itself after so many reports."""

    def __init__(self, after: int) -> None:
        super().__init__(self._told)
        self._left = after

    def _told(self, fraction: float, text: str) -> None:
        self._left -= 1
        if self._left < 0:
            self.cancel()


def test_a_cancelled_issue_leaves_no_file_and_no_change(book, tmp_path, monkeypatch):
    monkeypatch.setattr("models.progress.INTERVAL", 0.0)
    last = book.history(1)[0].no
    for after in range(3):
        with pytest.raises(Cancelled):
            _issued(book, tmp_path, progress=Impatient(after))
        _nothing_there(book, tmp_path, last)


def test_a_folder_that_cannot_be_written_leaves_no_change(book, tmp_path):
    last = book.history(1)[0].no
    with pytest.raises(Refused) as told:
        _issued(book, tmp_path / "none")
    assert told.value.code == "no_such_folder"
    _nothing_there(book, tmp_path, last)


def test_a_place_that_is_taken_by_a_folder_takes_back_what_was_placed(book, tmp_path):
    last = book.history(1)[0].no
    public = book.public_id("workbook", 2)
    (tmp_path / f"Daybook_李强_{TODAY}_{public}.xlsx").mkdir()
    with pytest.raises(Refused) as told:
        _issued(book, tmp_path)
    assert told.value.code == "is_folder"
    assert [one.suffix for one in tmp_path.iterdir() if one.is_file()].count(".xlsx") == 0
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".part")]
    assert book.history(1)[0].no == last


def test_what_stood_in_a_place_comes_back_when_another_place_cannot_be_had(tmp_path):
    from models.sheets.placing import Together

    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    first.write_text("before")
    with Together() as files:
        for one in (first, second):
            with files.written(one) as beside:
                beside.write_text("after")
        second.mkdir()
        with pytest.raises(Refused):
            files.place()
        assert first.read_text() == "before"
    assert {one.name for one in tmp_path.iterdir()} == {"a.xlsx", "b.xlsx"}


def test_what_is_written_meanwhile_is_in_the_workbook_or_comes_after_it(book, tmp_path):
    """Somebody writes while the files are made: they are made again and say what the book says."""
    wrote: list[int] = []

    def elsewhere() -> None:
        with Book.open(book.path) as other:
            wrote.append(other.set("customer", 1, {"city": f"城市{len(wrote)}"}))

    def told(fraction: float, text: str) -> None:
        if fraction > 0.3 and len(wrote) < writes:
            thread = threading.Thread(target=elsewhere)
            thread.start()
            thread.join()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.progress.INTERVAL", 0.0)
        for writes in (1, 2):
            made = _issued(book, tmp_path, progress=Progress(told))
            sheet = issued_files.kept(book, made[0]).sheet_of("customer")
            assert sheet is not None
            assert len(wrote) == writes
            assert sheet.rows[1][sheet.fields.index("city")] == f"城市{writes - 1}"
            (no,) = {issued_files.kept(book, one).base_change for one in made}
            assert book.history(1)[0].no == no
    names = [one.name for one in tmp_path.iterdir() if one.suffix == ".xlsx"]
    assert len(names) == 4


def test_undoing_an_issue_takes_its_records_back(book, tmp_path):
    with book.change("a notice") as change:
        change.add("announcement", {"title": "周会", "posted_on": TODAY})
    made = _issued(book, tmp_path)
    assert book.count("workbook") == book.count("read_receipt") == 2
    book.undo()
    assert book.count("workbook") == book.count("read_receipt") == 0
    again = _issued(book, tmp_path)
    assert not {one.path for one in again} & {one.path for one in made}


def test_a_notice_is_read_when_the_person_says_so(book, tmp_path):
    with book.change("notices") as change:
        change.add("announcement", {"title": "给大家", "posted_on": TODAY})
        change.add("announcement", {"title": "给李强", "posted_on": TODAY, "person": 2})
        change.add(
            "announcement", {"title": "过了", "posted_on": TODAY, "until": date(2026, 11, 1)}
        )
    first, second = _issued(book, tmp_path)
    counts = [
        len(issued_files.kept(book, one).sheet_of("read_receipt").rows) for one in (first, second)
    ]
    assert counts == [1, 2]
    (row,) = issued_files.kept(book, first).sheet_of("read_receipt").rows
    assert book.record("read_receipt", row)["read"] is False
    book.set("read_receipt", row, {"read": True})
    record = book.record("read_receipt", row)
    assert record["read"] is True
    assert record["read_at"] is not None
    book.set("read_receipt", row, {"read": False})
    assert book.record("read_receipt", row)["read_at"] is None


def test_a_workbook_can_be_read_by_the_ordinary_import(book, tmp_path):
    from models.sheets import importing
    from models.sheets.report import Options

    one = _issued(book, tmp_path)[0]
    file = issued_files.opened(one.path)
    table = file["My customers"]
    line = next(line for line, _ in issued_files.lines(table))
    headers = [cell.value for cell in table[1]]
    table.cell(line, headers.index("City") + 1).value = "无锡"
    file.save(tmp_path / "edited.xlsx")
    proposal = importing.prepare(
        book, [str(tmp_path / "edited.xlsx")], Options(sheet="My customers")
    )
    try:
        importing.apply(proposal)
    finally:
        proposal.close()
    assert [one[0] for one in book.rows("customer", list(book.ids("customer")), ["city"])].count(
        "无锡"
    ) == 1
    assert book.count("customer") == 6


def test_a_colleagues_contact_is_not_named_in_a_shared_deal_even_when_both_get_a_workbook(
    book, tmp_path
):
    with book.change("a deal across") as change:
        deal = change.add(
            "opportunity",
            {"name": "合作", "customer": "李强的客户0", "contact": "李强友0", "owner": 1},
        )
    own, other = _issued(book, tmp_path)
    sheet = issued_files.kept(book, own).sheet_of("opportunity")
    assert sheet is not None
    contact = sheet.rows[deal][sheet.fields.index("contact")]
    assert "李强友0" not in "\n".join(issued_files.texts(own.path))
    assert issued_files.kept(book, own).labels["contact"][contact] == book.public_id(
        "contact", contact
    )
    assert "李强友0" in issued_files.texts(other.path)


def test_a_customer_that_nobody_owns_goes_to_whoever_has_a_deal_with_it(book, tmp_path):
    with book.change("a deal") as change:
        customer = change.add("customer", {"name": "无主客户"})
        change.add("contact", {"name": "无主友", "customer": customer})
        for person in (1, 2):
            change.add("opportunity", {"name": f"{person}", "customer": customer, "owner": person})
    for one in _issued(book, tmp_path):
        kept = issued_files.kept(book, one)
        assert customer in kept.sheet_of("customer").rows
        assert len(kept.sheet_of("contact").rows) == 4
    with book.change("lost") as change:
        change.set("opportunity", 1, {"status": "lost"})
    first, second = _issued(book, tmp_path)
    assert customer not in issued_files.kept(book, first).sheet_of("customer").rows
    assert customer in issued_files.kept(book, second).sheet_of("customer").rows


def test_deals_that_are_known_by_their_numbers_alone_begin_with_the_number(book, tmp_path):
    with book.change("deals") as change:
        for at in range(3):
            change.add("opportunity", {"code": f"K{at}", "owner": 1})
    one = _issued(book, tmp_path)[0]
    sheet = issued_files.kept(book, one).sheet_of("opportunity")
    assert sheet is not None
    assert sheet.fields[:2] == ("code", "name")
