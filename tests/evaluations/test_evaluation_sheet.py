"""The exported evaluation: an office program that knows only the records comes to the program's total."""

from __future__ import annotations

import os
import random
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.__main__ import main
from models import texts
from models.evaluations import sheet
from models.evaluations.result import Scored
from models.evaluations.scoring import scored
from tests.evaluations.scored_books import AFTER, Office
from tests.sheets.test_formula_export import recalculated

NEEDS_OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
DATA = Path(os.environ.get("DAYBOOK_REAL_DATA", "no-such-folder"))
NAMES = [f"P{number:02}" for number in range(24)]
CENT = Decimal("0.01")


def filled(folder: Path) -> Office:
    """People with every kind of item and curve, missing parts, adjustments, odd weights and amounts."""
    office = Office(folder, *NAMES)
    dice = random.Random(7)
    office.item("won_amount", "33.33%", reference="team_median")
    office.item("win_rate", "16.67%", reference_value="60%", curve="steps",
                points="50%: 40, 80%: 70, 90%: 80, 100%: 100, 110%: 120")  # fmt: skip
    office.item(
        "sales_cycle_days", "14.29%", reference_value=100, points="50%: 0, 100%: 100, 150%: 115"
    )
    office.item("gross_profit", "11.11%", reference_value="1234.56", curve="threshold",
                points="60%: 30, 100%: 100, 130%: 130")  # fmt: skip
    office.item("won_count", "10%", reference_value=3, curve="steps", cap=None)
    office.item("activities", "9.6%", reference_value=7)
    rated = office.item(
        weight="5%", name="Teamwork", points="1: 0, 3: 100, 5: 120", must_cite=False
    )
    for name, least in (("A", 100), ('B "good"', 80), ("C", "66.5"), ("D", 0)):
        office.add("grade_band", scorecard=office.card, name=name, from_points=least)
    for at, name in enumerate(NAMES):
        for _ in range(dice.randrange(7)):
            day = date(2026, 4, 1) + timedelta(dice.randrange(91))
            status = dice.choice(["won", "won", "lost"])
            office.deal(name, day.isoformat(), Decimal(dice.randrange(1, 99_999)) / 100, status)
        if dice.random() < 0.6:
            office.order(name, "2026-05-04", 2000, Decimal(dice.randrange(-50_000, 250_000)) / 100)
        for _ in range(dice.randrange(9)):
            person = office.people[name]
            office.add("activity", person=person, at="2026-05-04 10:00", kind="visit")
        added = Decimal(dice.randrange(-300, 300)) / 100 if at % 3 == 0 else None
        evaluation = office.evaluation(name, adjustment=added, adjustment_reason="Talked over.")
        if at % 2:
            for rater, level in (("P01", dice.randrange(1, 6)), ("P02", dice.randrange(1, 6))):
                office.add(
                    "evaluation_rating", evaluation=evaluation, item=rated, rated_by="manager",
                    rater=office.people[rater], level=level, comment="Seen.",
                )  # fmt: skip
    return office


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sheet")
    office = filled(folder)
    with office.book, texts.speaking("en"):
        path = folder / "all.xlsx"
        found = scored(office.book, office.cycle, on=AFTER)
        sheet.write(path, found, office.book)
        yield office, found, path, folder


def rows(book: Any, one: Scored) -> dict[str, list[Any]]:
    """The rows of a person's sheet by their first cell."""
    return {str(row[0]): list(row) for row in book[one.name].iter_rows(values_only=True) if row[0]}


def assert_same(book: Any, found: tuple[Scored, ...]) -> None:
    for one in found:
        told = rows(book, one)
        if not one.items:
            continue
        for item in one.items:
            _, _, value, _, share, points, counts, adds, n, *_ = told[item.name]
            assert n == item.n
            if item.score is None:
                assert points is None
                assert counts == 0
                continue
            assert Decimal(repr(value)) == pytest.approx(item.value, rel=Decimal("1e-9"))
            assert share is None or share == pytest.approx(float(item.share), abs=1e-9)
            assert Decimal(repr(points)).quantize(CENT) == item.score, (one.name, item.name)
            assert Decimal(repr(counts)).quantize(Decimal("0.000001")) == item.counted_weight
            assert adds == pytest.approx(float(item.contribution), abs=1e-9)
        total = told[texts.tr("Total points")][7]
        if one.total is None:
            assert total is None
            continue
        assert Decimal(repr(total)).quantize(CENT) == one.total, one.name
        assert (told[texts.tr("Grade")][7] if one.grade else "") == one.grade


def test_the_world_of_this_test_has_all_that_it_is_to_show(made):
    _, found, _, _ = made
    items = [item for one in found for item in one.items]
    assert any(item.score is None for item in items)
    assert any(one.adjustment for one in found)
    assert any(item.score == item.cap for item in items)
    assert any(item.score == 0 for item in items)
    assert len({one.grade for one in found}) >= 3
    odd = [item.counted_weight for item in items if item.counted_weight % Decimal("0.0001")]
    assert len(odd) > 30


def test_the_values_that_stand_beside_the_formulas_are_the_program_s(made):
    _, found, path, _ = made
    assert_same(openpyxl.load_workbook(path, data_only=True), found)


def test_totals_points_and_counted_weights_are_formulas(made):
    _, found, path, _ = made
    book = openpyxl.load_workbook(path)
    for one in found:
        told = rows(book, one)
        for item in one.items:
            _, _, value, _, share, points, counts, adds, *_ = told[item.name]
            live = [counts, adds] if item.score is None else [points, counts, adds]
            live += [value] if item.records else []
            live += [share] if item.share is not None and item.score is not None else []
            assert all(str(cell).startswith("=") for cell in live)
        assert one.total is None or told["Total points"][7].startswith("=ROUND(")


@NEEDS_OFFICE
@pytest.mark.timeout(300)
def test_an_office_program_reckons_the_same_totals_to_the_cent(made):
    _, found, path, folder = made
    assert_same(recalculated(path, folder), found)


@NEEDS_OFFICE
@pytest.mark.timeout(300)
def test_whoever_corrects_a_record_in_the_file_sees_the_total_that_the_program_gives(made):
    office, found, path, folder = made
    book = openpyxl.load_workbook(path)
    records = book["Records counted"]
    person, item = next(
        (one, one.items[3]) for one in found if one.total and one.items[3].n and one.items[3].score
    )
    assert item.name == "gross_profit"  # measured against a fixed value
    [row] = [
        row for row in records.iter_rows(min_row=2)
        if (row[0].value, row[3].value) == (person.name, item.records[0].id)
    ]  # fmt: skip
    row[5].value = 1111.25
    changed = folder / "changed.xlsx"
    book.save(changed)
    again = rows(recalculated(changed, folder), person)
    line = office.book.row_id("order_line", item.records[0].id)
    office.book.set("order_line", line, {"profit": Decimal("1111.25")})
    new = {one.name: one for one in scored(office.book, office.cycle, on=AFTER)}[person.name]
    office.book.undo(office.book.last_change)
    assert new.total != person.total
    assert Decimal(repr(again["gross_profit"][2])).quantize(CENT) == new.items[3].value
    assert Decimal(repr(again["Total points"][7])).quantize(CENT) == new.total


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_sheet_says_rules_notes_and_sentences(tmp_path, language):
    texts.set_language(language)
    office = Office(tmp_path, "Ann", "Bo")
    with office.book:
        office.item("won_amount", "60%", reference_value=1000, points="60%: 0, 100%: 100")
        office.item("win_rate", "40%", reference_value="50%")
        office.book.set("salesperson", office.people["Ann"], {"hire_date": date(2026, 5, 18)})
        one = {s.name: s for s in scored(office.book, office.cycle, on=AFTER)}["Ann"]
        sheet.write(tmp_path / "ann.xlsx", [one], office.book)
    book = openpyxl.load_workbook(tmp_path / "ann.xlsx", data_only=True)
    assert book.sheetnames[0] == "Ann"
    text = "\n".join(
        str(cell) for name in book.sheetnames for row in book[name].iter_rows(values_only=True)
        for cell in row if cell is not None
    )  # fmt: skip
    for wanted in (*one.notes, *(item.sentence for item in one.items), "60%: 0, 100%: 100"):
        assert wanted in text


def test_the_verb_report_writes_it_and_says_for_whom(made, capsys, tmp_path):
    office, *_ = made
    target = tmp_path / "one.xlsx"
    words = (
        "report",
        office.book.path,
        "evaluation",
        target,
        "--period",
        "2026-Q2",
        "--person",
        "P03",
    )
    assert main([str(one) for one in words]) == 0
    assert capsys.readouterr().out == "Written: one.xlsx\n"
    assert "P03" in openpyxl.load_workbook(target).sheetnames
    assert main([str(one) for one in (*words[:3], tmp_path / "all.xlsx", *words[4:6])]) == 0
    capsys.readouterr()
    whole = openpyxl.load_workbook(tmp_path / "all.xlsx")["Evaluations"]
    assert all(group for _, total, _, group in whole.iter_rows(2, max_col=4, values_only=True) if total)  # fmt: skip
    assert main(["report", str(office.book.path), "evaluation", str(target), "--period", "Q9"]) == 1
    assert "There is no such evaluation cycle. There are: Q2." in capsys.readouterr().err


@NEEDS_OFFICE
@pytest.mark.skipif(not DATA.is_dir(), reason="DAYBOOK_REAL_DATA names no folder")
@pytest.mark.timeout(600)
def test_on_public_data_libreoffice_comes_to_the_same_totals(tmp_path):
    from models.book import Book
    from tests.evaluations.test_real_scores import filled_book

    with Book.open(filled_book(tmp_path)) as book:
        cycle = book.ids("evaluation_cycle")[0]
        found = scored(book, cycle)
        sheet.write(tmp_path / "maven.xlsx", found, book)
    assert sum(one.total is not None for one in found) == 35
    assert_same(recalculated(tmp_path / "maven.xlsx", tmp_path), found)
