"""A list leaves as it is seen, and comes back without counting a subtotal as a record."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from desktop.__main__ import main
from models import texts
from models.book import Book
from models.sheets import importing, own, view_sheets
from models.sheets.report import Options
from models.views import saved
from models.views.seen import seen
from models.views.view import Column, Group, Rule, View

VIEW = View(
    (Column("name"), Column("owner"), Column("amount"), Column("probability"), Column("opened_on")),
    sort=(("amount", True),),
    groups=(Group("owner"), Group("opened_on", "quarter")),
    totals=(("amount", "sum"), ("probability", "mean"), ("opened_on", "max"), ("owner", "filled")),
    colours=(Rule("when", "amount", "amount>4000", "red"), Rule("bar", "amount", "", "blue")),
    frozen=1,
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.create(tmp_path / "b.daybook") as made:
        with made.change("fill") as change:
            for name in ("王强", "李娜"):
                change.add("salesperson", {"name": name})
            for at in range(1, 9):
                change.add(
                    "opportunity",
                    {
                        "name": f"商机{at}",
                        "owner": ("王强", "李娜", None)[at % 3],
                        "amount": 1000 * at + 0.5,
                        "probability": f"{at * 10}%",
                        "opened_on": f"2026-0{at}-01",
                    },
                )
        yield made


def exported(book: Book, path: Path, view: View = VIEW) -> int:
    entity = book.schema.entity("opportunity")
    return view_sheets.export(book, path, "opportunity", seen(book, entity, view))


def test_groups_leave_as_an_outline_with_live_subtotals_and_totals_below(book, tmp_path):
    path = tmp_path / "out.xlsx"
    assert exported(book, path) == 8
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][:3] == [own.SUM_MARK, "李娜 subtotal", '=COUNTIFS($A3:$A8,"*-*",C3:C8,"<>")']
    assert rows[1][3] == "=SUBTOTAL(9,D3:D8)"
    assert rows[2][1] == "  2026-Q1 subtotal"
    assert rows[2][3:] == ["=SUBTOTAL(9,D4:D4)", "=SUBTOTAL(1,E4:E4)", "=SUBTOTAL(4,F4:F4)"]
    assert rows[-1][:2] == [own.SUM_MARK, "Total"]
    assert rows[-1][3] == f"=SUBTOTAL(9,D2:D{len(rows) - 1})"
    levels = [sheet.row_dimensions[at].outlineLevel for at in range(1, len(rows) + 1)]
    assert levels[1:5] == [0, 1, 2, 1]
    assert sheet.freeze_panes == "C2"
    coloured = [row[1] for row, cells in zip(rows, sheet.iter_rows(), strict=True)
                if cells[3].fill.start_color.rgb == "FFF8D0C8"]  # fmt: skip
    assert sorted(coloured) == ["商机4", "商机5", "商机6", "商机7", "商机8"]
    values = openpyxl.load_workbook(path, data_only=True).active
    assert values.cell(len(rows), 4).value == 36004


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_what_an_office_program_computes_is_what_the_list_shows(book, tmp_path):
    path = tmp_path / "out.xlsx"
    exported(book, path)
    workbook = openpyxl.load_workbook(path)  # the formulas alone, without what they gave
    workbook.save(path)
    as_text = "csv:Text - txt - csv (StarCalc):44,34,76"
    words = ["soffice", "--headless", "--convert-to", as_text, "--outdir", tmp_path, path]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    rows = list(csv.reader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()))
    total = rows[-1]
    assert total[:2] == ["Σ", "Total"]
    assert total[2] == "5"  # owners that are filled in
    assert total[3].replace(",", "") == "36004.00"
    assert total[4].startswith("45")
    assert total[5] == "2026-08-01"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("groups", [VIEW.groups, ()])
def test_it_comes_back_without_counting_subtotals_as_records(book, tmp_path, language, groups):
    texts.set_language(language)
    path = tmp_path / "out.xlsx"
    exported(book, path, replace(VIEW, groups=groups))
    proposal = importing.prepare(book, [path], Options())
    try:
        report = proposal.reports[0]
        assert (report.rows, report.unchanged, report.added, report.updated) == (8, 8, 0, 0)
        assert proposal.reports[0].problems == []
    finally:
        proposal.close()


def test_without_its_ids_subtotals_are_still_told_from_records(book, tmp_path):
    path = tmp_path / "out.xlsx"
    view = replace(VIEW, totals=(("amount", "sum"),), groups=(Group("owner"),))
    exported(book, path, view)
    workbook = openpyxl.load_workbook(path, data_only=True)
    workbook.active.delete_cols(1)
    workbook.save(tmp_path / "bare.xlsx")
    proposal = importing.prepare(book, [tmp_path / "bare.xlsx"], Options())
    try:
        assert proposal.reports[0].rows == 8
    finally:
        proposal.close()


def test_columns_of_formulas_are_summed_and_leave_live(book, tmp_path):
    with book.change("column") as change:
        change.add_field("opportunity", "Double", "number", formula="amount * 2")
    path = tmp_path / "out.xlsx"
    view = View(
        (Column("name"), Column("amount"), Column("x_double")),
        groups=(Group("owner"),),
        totals=(("x_double", "sum"), ("amount", "mean")),
    )
    exported(book, path, view)
    sheet = openpyxl.load_workbook(path).active
    assert "C3" in sheet.cell(3, 4).value
    assert sheet.cell(2, 4).value.startswith("=SUBTOTAL(9,D3:")
    values = openpyxl.load_workbook(path, data_only=True).active
    assert values.cell(values.max_row, 4).value == 72008


def test_a_text_file_holds_the_records_in_their_order(book, tmp_path):
    path = tmp_path / "out.csv"
    exported(book, path)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == [f"商机{one}" for one in (1, 4, 7, 3, 6, 2, 5, 8)]


# -- the command line ------------------------------------------------------------------------------


@pytest.fixture
def place(book: Book) -> Path:
    with book.change("view") as change:
        saved.add(book, change, "opportunity", "By owner", replace(VIEW, filter="amount>2000"))
        gone = View((Column("name"), Column("x_gone")))
        saved.add(book, change, "opportunity", "Old", gone)
    return book.path


def test_views_are_listed(place, capsys):
    assert main(["views", str(place), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in told] == ["By owner", "Old"]
    assert told[0]["sort"] == ["-amount"]
    assert told[0]["groups"] == [
        {"field": "owner", "by": None},
        {"field": "opened_on", "by": "quarter"},
    ]
    assert told[0]["totals"]["amount"] == "sum"
    assert told[1]["missing"] == ["x_gone"]
    assert main(["views", str(place)]) == 0
    assert "By owner" in capsys.readouterr().out


def test_a_list_is_printed_as_a_view_shows_it(place, capsys):
    words = [
        "list",
        str(place),
        "opportunity",
        "--view",
        "by owner",
        "--where",
        "amount<8000",
        "--json",
    ]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told[0]) == ["id", "name", "owner", "amount", "probability", "opened_on"]
    assert [one["owner"] for one in told] == ["李娜", "李娜", "王强", "王强", None, None]
    assert main(["list", str(place), "opportunity", "--view", "Old"]) == 0
    assert "x_gone" in capsys.readouterr().err
    assert main(["list", str(place), "opportunity", "--view", "nothing", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "unknown_view"


def test_a_view_is_exported(place, tmp_path, capsys):
    out = tmp_path / "view.xlsx"
    assert (
        main(["export", str(place), str(out), "opportunity", "--view", "By owner", "--json"]) == 0
    )
    assert json.loads(capsys.readouterr().out)["rows"] == 7
    assert openpyxl.load_workbook(out).active.cell(1, 4).value == "Amount"
    both = ["export", str(place), str(out), "opportunity", "customer", "--view", "By owner"]
    assert main(both) == 2
