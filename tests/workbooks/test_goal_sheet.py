"""The sheet of goals in a person's workbook says what the program says, also after edits there."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import texts
from models.book import Book
from models.goals.pace_board import PaceBoard
from models.measures.catalogue import DEFINITIONS
from models.sample.load import load
from models.sheets.writing import Formula
from models.workbooks import goal_answers, goal_sheet, reading_back
from models.workbooks.goal_live import FOLLOWED
from models.workbooks.goal_standings import Standings
from models.workbooks.issuing import issue
from tests.workbooks.goal_drawn import DrawnBook
from tests.workbooks.goal_edits import Editor
from tests.workbooks.goal_files import (
    LOCKED,
    NOTHING,
    GoalFile,
    differences,
    needs_office,
    opened,
    reckoned,
    table,
)

TODAY = date.today()
SHEETS = ("opportunity", "activity", "task", "follow_up_plan", "key_result")
pytestmark = pytest.mark.timeout(300)
slow = settings(
    max_examples=3, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip


def standings(book: Book, person: int, on: date = TODAY):
    known = Standings(book, on)
    return [one.standing for one in (*known.running(person), *known.ended(person))]


def drawn_file(place: Path, seed: int, *, locked=NOTHING) -> tuple[DrawnBook, GoalFile, Path]:
    drawn = DrawnBook(place, seed, TODAY)
    person = drawn.people[0]
    return (
        drawn,
        GoalFile(drawn.book, person, TODAY, drawn.listed(person, *SHEETS), locked),
        place / f"{seed}.xlsx",
    )


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with Book.create(tmp_path_factory.mktemp("sample") / "s.daybook", "CNY") as book:
        load(book, "zh_CN", TODAY)
        yield book


@pytest.fixture(scope="module")
def handed(sample, tmp_path_factory):
    """The workbooks of the whole sample team, in English."""
    place = tmp_path_factory.mktemp("handed")
    return issue(sample, list(sample.ids("salesperson")), place, language="en", on=TODAY)


# -- the same number as the program --------------------------------------------------------------------


@needs_office
def test_the_goals_of_the_whole_sample_team_are_the_program_s_to_the_cent(sample, handed, tmp_path):
    assert len(handed) == 8
    found = reckoned([one.path for one in handed], tmp_path)
    for one in handed:
        shown = standings(sample, one.person)
        assert shown
        assert set(found[one.path]) == {sample.public_id("goal", each.goal.id) for each in shown}
        assert differences(found[one.path], sample, shown) == []
        assert differences(table(one.path), sample, shown) == []


@needs_office
@slow
@given(seed=st.integers(0, 10**6))
def test_goals_of_every_measure_are_the_program_s_to_the_cent(tmp_path, seed):
    place = tmp_path / str(seed)
    place.mkdir(exist_ok=True)
    drawn, file, path = drawn_file(place, seed)
    with drawn.book:
        file.write(path)
        shown = standings(drawn.book, file.person)
        assert {one.goal.measure for one in shown} == {*(one.code for one in DEFINITIONS), None}
        assert differences(reckoned([path], place)[path], drawn.book, shown) == []
        assert differences(table(path), drawn.book, shown) == []  # as a phone shows it, unreckoned


@needs_office
@slow
@given(seed=st.integers(0, 10**6), locked=st.booleans())
def test_goals_follow_what_is_entered_as_the_program_does(tmp_path, seed, locked):
    place = tmp_path / f"{seed}-{locked}"
    place.mkdir(exist_ok=True)
    drawn, file, path = drawn_file(place, seed, locked=LOCKED if locked else NOTHING)
    with drawn.book:
        file.write(path)
        sheets = opened(path)
        editor = Editor(drawn, file, sheets)
        editor.all()
        sheets.save(path)
        found = reckoned([path], place)[path]
        shown = standings(drawn.book, file.person)
        followed = [one for one in shown if not one.what or one.what.code in FOLLOWED]
        assert differences(found, drawn.book, followed) == [], editor.said


# -- single edits --------------------------------------------------------------------------------------


class Single:
    """A person with one open deal, one visit, and goals for this month."""

    def __init__(self, place: Path) -> None:
        self.book = Book.create(place / "one.daybook", "CNY")
        month = self.book.calendar.of("month", TODAY).label
        with self.book.change("all") as change:
            self.person = change.add("salesperson", {"name": "甲"})
            self.stages = {
                kind: change.add("stage", {"name": name, "kind": kind, "order_no": at})
                for at, (kind, name) in enumerate(
                    (("open", "报价"), ("won", "赢单"), ("lost", "丢单"))
                )
            }
            self.deal = change.add(
                "opportunity",
                {
                    "name": "大单", "owner": self.person, "amount": Decimal("1234.56"),
                    "stage": self.stages["open"], "status": "open",
                },
            )  # fmt: skip
            self.visit = change.add(
                "activity",
                {"at": datetime.now().astimezone(), "kind": "visit", "person": self.person},
            )
            self.goals = {
                code: change.add(
                    "goal",
                    {"level": "person", "person": self.person, "period": month, "measure": code,
                     "target": target},
                )
                for code, target in (("won_amount", 2_000), ("visits", 4))
            }  # fmt: skip
        rows = {"opportunity": [self.deal], "activity": [self.visit]}
        self.file = GoalFile(self.book, self.person, TODAY, rows, LOCKED)
        self.path = place / "one.xlsx"
        self.file.write(self.path)
        self.sheets = opened(self.path)

    def said(self, place: Path) -> dict[str, dict[str, object]]:
        self.sheets.save(self.path)
        found = reckoned([self.path], place)[self.path]
        return {code: found[self.book.public_id("goal", goal)] for code, goal in self.goals.items()}


@pytest.fixture
def single(tmp_path):
    one = Single(tmp_path)
    with one.book:
        yield one


@needs_office
def test_a_deal_put_into_the_won_stage_there_counts_as_it_will_in_the_program(single, tmp_path):
    single.file.cell(single.sheets, "opportunity", single.deal, "stage").value = "赢单"
    found = single.said(tmp_path)["won_amount"]
    assert found["Reached"] == pytest.approx(1234.56)
    assert found["Missing"] == pytest.approx(765.44)
    single.book.set("opportunity", single.deal, {"stage": single.stages["won"]})
    one = PaceBoard(single.book, TODAY)[single.goals["won_amount"]]
    assert one.value == Decimal("1234.56")
    assert (
        differences({single.book.public_id("goal", one.goal.id): found}, single.book, [one]) == []
    )


@needs_office
def test_new_visits_count_wherever_they_are_typed_and_other_contacts_do_not(single, tmp_path):
    noon = datetime.combine(TODAY, time(12))
    single.file.add(single.sheets, "activity", 0, {"at": noon, "kind": "Visit"})
    single.file.add(single.sheets, "activity", 1, {"at": noon, "kind": "Call"})
    single.file.add(
        single.sheets, "activity", 30, {"at": noon, "kind": "Visit"}
    )  # below the records
    assert single.said(tmp_path)["visits"]["Reached"] == 3


@needs_office
def test_a_deleted_row_counts_until_its_deletion_is_accepted(single, tmp_path):
    sheet = single.sheets[single.file.places["activity"].sheet]
    for cell in next(row for row in sheet.iter_rows() if row[0].value and row[0].row > 1):
        cell.value = None
    assert single.said(tmp_path)["visits"]["Reached"] == 1


@needs_office
def test_what_stands_in_locked_cells_or_is_no_number_is_not_followed(single, tmp_path):
    """Locked cells never come back; what can't be read leaves the book's value."""
    file, sheets = single.file, single.sheets
    file.cell(sheets, "opportunity", single.deal, "status").value = "Won"
    file.cell(sheets, "opportunity", single.deal, "amount").value = "about 900"
    file.cell(sheets, "activity", single.visit, "at").value = "yesterday"
    found = single.said(tmp_path)
    assert found["won_amount"]["Reached"] == 0
    assert found["visits"]["Reached"] == 1
    file.cell(sheets, "opportunity", single.deal, "stage").value = "赢单"
    assert single.said(tmp_path / "again")["won_amount"]["Reached"] == pytest.approx(1234.56)


@needs_office
def test_rows_in_another_order_change_nothing(sample, tmp_path):
    person = sample.ids("salesperson")[2]
    with sample.reading() as db:
        deals = [
            row
            for (row,) in db.run(
                "SELECT id FROM opportunity WHERE alive = 1 AND owner = ?", (person,)
            )
        ]
    rows = {"opportunity": deals[:60]}
    file = GoalFile(sample, person, TODAY, rows)
    path = tmp_path / "sorted.xlsx"
    file.write(path)
    sheets = opened(path)
    sheet = sheets[file.places["opportunity"].sheet]
    first, last = 7, 66
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(first, last)]
    for line, values in enumerate(reversed(cells), first):
        for column, value in enumerate(values, 1):
            sheet.cell(line, column).value = value
    sheets.save(path)
    assert differences(reckoned([path], tmp_path)[path], sample, standings(sample, person)) == []


# -- what leaves, and how ------------------------------------------------------------------------------


def test_nobody_else_s_records_or_names_leave(sample, handed):
    people = {row: sample.label("salesperson", row) for row in sample.ids("salesperson")}
    for one in handed:
        book = openpyxl.load_workbook(one.path)
        cells = [
            str(cell)
            for name in goal_sheet.sheet_names() & set(book.sheetnames)
            for row in book[name].iter_rows(values_only=True)
            for cell in row
            if cell is not None
        ]
        others = {name for row, name in people.items() if row != one.person}
        assert not [cell for cell in cells if any(name in cell for name in others)]
        for cell in cells:
            if re.fullmatch(r"OP-\w+", cell):
                owner = sample.record("opportunity", sample.row_id("opportunity", cell))["owner"]
                assert owner.id == one.person


def test_what_others_add_to_a_team_s_goal_is_one_line_that_makes_up_its_value(tmp_path):
    drawn, file, path = drawn_file(tmp_path, 7)
    with drawn.book:
        plan = file.write(path)
        board = PaceBoard(drawn.book, TODAY)
        for one in board.standings.values():
            if one.goal.level != "team" or one.goal.measure != "activities":
                continue
            number = drawn.book.public_id("goal", one.goal.id)
            lines = [line.cells for line in plan.lines if line.cells[0] == number]
            named = [line for line in lines if line[3] == "Of the others, together"]
            assert len(named) == 1
            assert named[0][2] is None
            own = {drawn.book.public_id("activity", row) for row in file.rows["activity"]}
            assert {line[2] for line in lines if line[2]} <= own


def test_formulas_are_such_as_every_program_knows(tmp_path):
    known = {
        "ABS",
        "AND",
        "IF",
        "IFERROR",
        "INDEX",
        "INT",
        "ISTEXT",
        "MATCH",
        "MAX",
        "N",
        "OR",
        "ROUND",
    }
    known |= {"SUMIFS", "SUMPRODUCT"}
    drawn, file, path = drawn_file(tmp_path, 3)
    with drawn.book:
        file.write(path)
    with zipfile.ZipFile(path) as packed:
        parts = [one for one in packed.namelist() if one.startswith("xl/worksheets/")]
        formulas = [
            found
            for one in parts
            for found in re.findall(r"<f>(.*?)</f>", packed.read(one).decode())
        ]
    assert len(formulas) > 1_000
    assert {name for one in formulas for name in re.findall(r"([A-Z][A-Z.]*)\(", one)} <= known
    assert max(map(len, formulas)) < 8_192


def test_with_dozens_of_stages_formulas_stay_short_and_deals_are_not_followed(tmp_path):
    drawn, file, path = drawn_file(tmp_path, 3)
    with drawn.book as book:
        for count, followed in ((26, True), (60, False)):
            with book.change("stages") as change:
                for at in range(count):
                    values = {"name": f"阶段{at}{count}", "kind": "won", "order_no": 9}
                    change.add("stage", {**values, "probability": Decimal("0.123456")})
            plan = file.write(path)
            texts_of = [
                cell.text for line in plan.lines for cell in line.cells if isinstance(cell, Formula)
            ]
            assert max(map(len, texts_of)) < 8_192
            said = next(one for one in plan.words if one.startswith("Weighted pipeline"))
            assert ("It follows what you enter" in said) is followed


def test_both_languages_say_the_same_numbers(tmp_path):
    drawn, file, path = drawn_file(tmp_path, 11)
    with drawn.book:
        texts.set_language("zh_CN")
        file = GoalFile(drawn.book, file.person, TODAY, file.rows)
        file.write(path)
        chinese = table(path)
        texts.set_language("en")
        file.write(path)
        english = table(path)
    assert {key: one["已达成"] for key, one in chinese.items()} == {
        key: one["Reached"] for key, one in english.items()
    }
    assert openpyxl.load_workbook(path).sheetnames[-2:] == ["Goals", "Goal records"]


def test_who_has_no_goal_is_told_so(tmp_path):
    with Book.create(tmp_path / "b.daybook", "CNY") as book:
        with book.change("one") as change:
            person = change.add("salesperson", {"name": "甲"})
        path = tmp_path / "none.xlsx"
        GoalFile(book, person, TODAY, {}).write(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Goals"]
    assert "No goal is in force." in [cell.value for cell in book["Goals"]["A"]]


def test_who_has_a_goal_and_no_record_yet_stands_at_nothing(tmp_path):
    with Book.create(tmp_path / "b.daybook", "CNY") as book:
        quarter = book.calendar.of("quarter", TODAY).label
        with book.change("one") as change:
            person = change.add("salesperson", {"name": "甲"})
            for code in ("won_amount", "win_rate"):
                values = {"level": "person", "person": person, "measure": code, "period": quarter}
                change.add("goal", {**values, "target": Decimal("0.5")})
        path = tmp_path / "none.xlsx"
        GoalFile(book, person, TODAY, {}).write(path)
        shown = standings(book, person)
        assert {one.attainment for one in shown} == {0, None}
        assert differences(table(path), book, shown) == []


def test_key_results_and_open_agreements_can_be_answered(tmp_path):
    drawn, file, _ = drawn_file(tmp_path, 5)
    with drawn.book as book:
        quarter = book.calendar.of("quarter", TODAY).label
        with book.change("agree") as change:
            row = change.add(
                "goal_agreement", {"person": file.person, "period": quarter, "status": "issued"}
            )
            change.add(
                "goal_agreement", {"person": drawn.people[1], "period": quarter, "status": "issued"}
            )
            change.add(
                "goal_agreement", {"person": file.person, "period": "2020-Q1", "status": "issued"}
            )
        results, agreements = goal_answers.answers(book, file.person, TODAY)
        assert results.entity == "key_result"
        assert results.editable == {"progress", "evidence", "status"}
        assert list(agreements.rows) == [row]
        assert agreements.offers == (("status", ("accepted", "countered")),)


# -- as it is handed out -------------------------------------------------------------------------------


@needs_office
def test_a_handed_out_workbook_follows_a_deal_that_is_won_and_a_visit_that_is_typed(tmp_path):
    with Book.create(tmp_path / "s.daybook", "CNY") as book:
        load(book, "zh_CN", TODAY)
        person = book.ids("salesperson")[2]
        [made] = issue(book, [person], tmp_path, language="en", on=TODAY)
        sheets = opened(made.path)
        deals = sheets["My deals"]
        heads = {cell.value: cell.column for cell in deals[1]}
        line = next(
            row[0].row
            for row in deals.iter_rows(min_row=2)
            if row[heads["Status"] - 1].value == "Open" and row[heads["Amount"] - 1].value
        )
        deal = book.row_id("opportunity", deals.cell(line, 1).value)
        with book.reading() as db:
            [(won, name)] = db.run("SELECT id, name FROM stage WHERE alive = 1 AND kind = 'won'")
        deals.cell(line, heads["Stage"]).value = name
        visits = sheets["Visit log"]
        heads = {cell.value: cell.column for cell in visits[1]}
        visits.cell(2, heads["When"]).value = datetime.combine(TODAY, time(9))
        visits.cell(2, heads["Kind"]).value = "Visit"
        sheets.save(made.path)
        before = {one.goal.id: one.value for one in standings(book, person)}
        with book.change("the same") as change:
            change.set("opportunity", deal, {"stage": won})
            at = datetime.combine(TODAY, time(9)).astimezone()
            change.add("activity", {"at": at, "kind": "visit", "person": person})
        shown = standings(book, person)
        changed = {one.goal.measure for one in shown if one.value != before[one.goal.id]}
        assert {"won_amount", "visits", "win_rate"} == changed
        assert differences(reckoned([made.path], tmp_path)[made.path], book, shown) == []


def test_the_lines_of_goal_records_are_never_taken_for_records(sample, handed, tmp_path):
    """They name the ids of deals and contacts, as tables do whose header of ids is lost."""
    [one] = [each for each in handed if sample.label("salesperson", each.person) == "张敏"]
    sheets = opened(one.path)
    for sheet in sheets:
        if str(sheet["A1"].value).startswith("Daybook ID"):
            sheet["A1"].value = "?"
    for name in ("_daybook", "Visit log"):
        del sheets[name]
    path = tmp_path / one.path.name
    sheets.save(path)
    found = reading_back.read(sample, path)
    assert "opportunity" in found.tables
    assert "activity" not in found.tables
    assert not {row.sheet for row in found.rows} & goal_sheet.sheet_names()
