"""Workbooks saved by other programs and in other formats: LibreOffice as it is, what others do by hand."""

from __future__ import annotations

import csv
import runpy
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

hand = SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "returned_files.py")))
CUSTOMERS, DEALS, CONTACTS = "My customers", "My deals", "Contacts"


@pytest.fixture
def book(tmp_path):
    with hand.team(tmp_path / "team.daybook") as made:
        yield made


@pytest.fixture
def path(book):
    return hand.issue(book)


def edit(path: Path) -> None:
    """A few edits of several kinds."""
    with hand.edited(path) as made:
        hand.put(made[CUSTOMERS], "乙公司", "Phone", "0574-1234567")
        hand.put(made[CUSTOMERS], "甲公司", "Next contact due", date(2026, 6, 1))
        hand.put(made[DEALS], "商机2", "Probability", 0.35)
        hand.put(made[DEALS], "商机2", "Amount", 1234.56)
        hand.put(made[CONTACTS], "张三", "Customer", "丙公司")
        made[CUSTOMERS].cell(2, 2).value = "新公司"


def said(file) -> dict[tuple[str, str, str], object]:
    return {key: cell.value for key, cell in hand.changed(file).items()}


@hand.office
@pytest.mark.parametrize("format", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_workbook_saved_by_libreoffice_says_what_it_said(book, tmp_path, format, language):
    path = hand.issue(book, language=language)
    plain = hand.read(book, path)
    file = hand.read(book, hand.converted(path, format, tmp_path / "saved"))
    assert file.trusted == "seal"
    assert hand.changed(file) == {}
    assert hand.fresh(file) == []
    assert file.problems == ()
    assert file.digest == plain.digest


@hand.office
@pytest.mark.parametrize("format", ["xlsx", "xls", "ods"])
def test_edits_come_through_libreoffice_as_they_were_typed(book, path, tmp_path, format):
    edit(path)
    plain = hand.read(book, path)
    file = hand.read(book, hand.converted(path, format, tmp_path / "saved"))
    assert said(file) == said(plain)
    assert len(said(file)) == 5
    assert [one.cells["name"].value for one in hand.fresh(file)] == ["新公司"]
    assert file.digest == plain.digest
    assert file.problems == ()


@hand.office
@pytest.mark.parametrize(
    ("sheet", "entity"),
    [(CUSTOMERS, "customer"), (DEALS, "opportunity"), ("Visit log", "activity")],
)
def test_one_sheet_saved_as_text_is_found_by_its_ids_and_says_what_it_said(
    book, path, tmp_path, sheet, entity
):
    edit(path)
    plain = said(hand.read(book, path))
    text = hand.converted(path, "csv", tmp_path / "text", hand.place_of(path, sheet))
    file = hand.read(book, text.rename(tmp_path / "text" / "表格.csv"))
    assert file.trusted == "book"
    assert said(file) == {key: value for key, value in plain.items() if key[0] == entity}
    assert file.tables == {entity}
    assert hand.codes(file) == ["hidden_part_lost"]


def rows_of(path: Path, sheet: str) -> list[list[object]]:
    made = openpyxl.load_workbook(path)[sheet]
    return [[cell.value for cell in row] for row in made.iter_rows()]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_text_as_excel_writes_it_has_shortened_numbers_and_days_in_another_order(
    book, path, tmp_path, encoding
):
    shown = []
    for row in rows_of(path, CUSTOMERS):
        texts = []
        for cell in row:
            if hasattr(cell, "strftime"):
                texts.append(f"{cell.month}/{cell.day}/{cell.year}")
            elif cell == "13800138000":
                texts.append("1.38E+10")
            elif isinstance(cell, str) and cell.isdigit():
                texts.append(cell.lstrip("0"))
            else:
                texts.append("" if cell is None else str(cell))
        shown.append(texts)
    place = tmp_path / "客户.csv"
    with place.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(shown)
    found = hand.read(book, place)
    assert hand.changed(found) == {}
    assert len(hand.known(found, "customer")) == 5
    assert hand.codes(found) == ["hidden_part_lost"]


def test_signs_that_the_encoding_of_a_text_file_does_not_know_are_not_lost(book, tmp_path):
    [row] = book.ids("customer", "name = 丙公司")
    with book.change("Signs") as change:
        change.set("customer", row, {"city": "上海😀", "notes": "好？😀😀\n第二行 café"})
    rows = rows_of(hand.issue(book), CUSTOMERS)
    place = tmp_path / "客户.csv"
    with place.open("w", encoding="gbk", errors="replace", newline="") as file:
        csv.writer(file).writerows([["" if one is None else one for one in row] for row in rows])
    assert hand.changed(hand.read(book, place)) == {}
    at = next(row for row in rows if row[1] == "丙公司")
    at[rows[0].index("City")] = "上海?"
    at[rows[0].index("Notes")] = "好?"
    with place.open("w", encoding="gbk", errors="replace", newline="") as file:
        csv.writer(file).writerows([["" if one is None else one for one in row] for row in rows])
    assert said(hand.read(book, place)) == {("customer", "丙公司", "notes"): "好?"}


def test_amounts_that_a_text_file_shows_rounded_are_unchanged(book, tmp_path):
    [row] = book.ids("opportunity", "name = 商机1")
    with book.change("Exact") as change:
        change.set("opportunity", row, {"amount": "1234.5678", "probability": "0.123456"})
    path = hand.issue(book)
    rows = rows_of(path, DEALS)
    at = next(row for row in rows if row[1] == "商机1")
    at[rows[0].index("Amount")] = "1,234.57"
    at[rows[0].index("Probability")] = "12%"
    place = tmp_path / "商机.csv"
    with place.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["" if one is None else one for one in row] for row in rows])
    assert hand.changed(hand.read(book, place)) == {}
    at[rows[0].index("Amount")] = "1,234.58"
    with place.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["" if one is None else one for one in row] for row in rows])
    assert said(hand.read(book, place)) == {("opportunity", "商机1", "amount"): 1_234_580_000}


def test_a_file_as_numbers_exports_it_has_titles_above_and_a_sheet_for_each_table(
    book, path, tmp_path
):
    edit(path)
    plain = said(hand.read(book, path))
    made = openpyxl.Workbook()
    summary = made.active
    summary.title = "Export Summary"
    summary.append(["This document was exported from Numbers."])
    for name in (CUSTOMERS, DEALS, CONTACTS):
        sheet = made.create_sheet(f"{name} - Table 1")
        sheet.append([name])
        hand.copied_rows(path, name, sheet)
    made.save(tmp_path / "numbers.xlsx")
    file = hand.read(book, tmp_path / "numbers.xlsx")
    assert file.trusted == "book"
    assert said(file) == plain
    assert file.tables == {"customer", "opportunity", "contact"}


def test_a_file_without_styles_and_properties_as_wps_on_a_phone_writes_it_is_read(
    book, path, tmp_path
):
    edit(path)
    plain = hand.read(book, path)
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name in openpyxl.load_workbook(path).sheetnames:
        sheet = made.create_sheet(name)
        hand.copied_rows(path, name, sheet)
    made.save(tmp_path / "phone.xlsx")
    file = hand.read(book, tmp_path / "phone.xlsx")
    assert file.trusted == "seal"
    assert said(file) == said(plain)
    assert file.digest == plain.digest


@hand.office
def test_a_text_file_of_a_sheet_without_records_says_that_there_are_none(book, path, tmp_path):
    text = hand.converted(path, "csv", tmp_path / "text", 1)
    file = hand.read(book, text)
    assert file.rows == ()
    assert "no_tables" in hand.codes(file)
    assert file.tables == frozenset()
