"""Goals on public data, whole; runs where DAYBOOK_REAL_DATA names it. Figures: its README."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.book import Book
from models.calendar.in_book import roster
from models.goals.actuals import Actuals
from models.goals.pace_board import PaceBoard
from models.goals.past import Past, outlook_for
from models.measures import engine
from models.money import rounded
from models.periods import Period, days, month
from tests.goals.backtest import asked, held, reliability

DATA = Path(os.environ.get("DAYBOOK_REAL_DATA", "no-such-folder"))
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="DAYBOOK_REAL_DATA names no folder"),
    pytest.mark.timeout(600),
]
GOAL = ("title", "level", "person", "measure", "period", "starts_on", "ends_on", "target", "status")


def rows(name: str, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    """A sheet with a header."""
    with (DATA / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


# -- maven-crm -----------------------------------------------------------------------------------------


def us_date(text: str) -> date | None:
    return datetime.strptime(text, "%m/%d/%Y").date() if text else None


@pytest.fixture(scope="module")
def maven(tmp_path_factory):
    """Agents, managers and deals in a book, and what each agent won in Q4 2017 by the file itself."""
    won: dict[str, Decimal] = defaultdict(Decimal)
    deals = rows("maven-crm/sales_pipeline.csv")
    for one in deals:
        closed = us_date(one["close_date"])
        if (
            one["deal_stage"] == "Won"
            and closed
            and (closed.year, closed.month > 9) == (2017, True)
        ):
            won[one["sales_agent"]] += Decimal(one["close_value"])
    teams = rows("maven-crm/sales_teams.csv")
    with Book.create(tmp_path_factory.mktemp("maven") / "m.daybook", "USD") as book:
        with book.change("load") as change:
            bosses = sorted({one["manager"] for one in teams})
            ids = {name: change.add("salesperson", {"name": name}) for name in bosses}
            for one in teams:
                values = {"name": one["sales_agent"], "manager": ids[one["manager"]]}
                ids[one["sales_agent"]] = change.add("salesperson", values)
            change.add_many(
                "opportunity",
                ("code", "owner", "status", "opened_on", "closed_on", "amount"),
                [
                    (
                        one["opportunity_id"],
                        ids[one["sales_agent"]],
                        {"Won": "won", "Lost": "lost"}.get(one["deal_stage"], "open"),
                        us_date(one["engage_date"]),
                        us_date(one["close_date"]),
                        Decimal(one["close_value"]) if one["close_value"] else None,
                    )
                    for one in deals
                ],
            )
            goals = {
                name: change.add(
                    "goal",
                    {
                        "level": "team" if name in bosses else "person",
                        "person": row,
                        "measure": "won_amount",
                        "period": "2017-Q4",
                        "target": 100_000,
                    },
                )
                for name, row in ids.items()
            }
        yield book, goals, won, {one["sales_agent"]: one["manager"] for one in teams}


def test_every_agent_s_attainment_equals_the_file_to_the_cent(maven):
    book, goals, won, boss = maven
    board = PaceBoard(book, date(2017, 12, 31), book.calendar.quarter(2017, 4))
    active = [name for name in boss if won[name]]
    assert len(active) == 30
    for name in boss:
        one = board[goals[name]]
        assert one.value == won[name]
        assert one.attainment == won[name] / 100_000
    for manager in set(boss.values()):
        below = sum((won[name] for name in boss if boss[name] == manager), Decimal(0))
        assert board[goals[manager]].value == below
    assert board.together([goals[name] for name in boss]).actual == 2_802_496


def test_the_quarter_is_followed_while_it_runs(maven):
    book, goals, _, boss = maven
    board = PaceBoard(book, date(2017, 11, 15), book.calendar.quarter(2017, 4))
    board.add_chances()
    for name in boss:
        one = board[goals[name]]
        assert one.expected
        assert 0 < one.expected < 100_000
        if one.value < 100_000 and one.chance:
            assert 0 <= one.chance.low <= one.chance.mid <= one.chance.high <= 1


def months_asked(first: tuple[int, int], count: int) -> list[tuple[date, Period]]:
    """Months, each asked on the day before it begins and in its middle."""
    made = []
    for place in range(first[1] - 1, first[1] - 1 + count):
        one = month(first[0] + place // 12, place % 12 + 1)
        made += [(one.start - timedelta(days=1), one), (one.start + timedelta(days=14), one)]
    return made


def sound(found: Any, group: str, at_least: float, at_most: float) -> None:
    """The 80 % ranges held so often, and what was called unlikely came more seldom than the likely."""
    part, count = held(found, group)
    assert at_least <= part <= at_most, (group, part, count)
    came = [share for _, share, _ in reliability(found, group)]
    assert came[0] < 0.25
    assert came[-1] > 0.7


def test_the_stated_ranges_and_chances_held_in_the_months_that_came(maven):
    """Seven months of history at first; the 30 persons tell most, the company is only 18 questions."""
    book, goals, _, boss = maven
    quarter = book.calendar.quarter(2017, 4)
    board = PaceBoard(book, date(2017, 9, 30), quarter)
    groups = {
        "persons": [board.scope(goals[name]) for name in boss],
        "managers": [board.scope(goals[name]) for name in sorted(set(boss.values()))],
        "company": [None],
    }
    third = book.calendar.quarter(2017, 3)
    questions = months_asked((2017, 7), 6)
    for one, ons in (
        (third, ((6, 30), (7, 31), (8, 15))),
        (quarter, ((9, 30), (10, 31), (11, 15))),
    ):
        questions += [(date(2017, *on), one) for on in ons]
    found = asked(book, "won_amount", groups, questions)
    sound(found, "persons", 0.75, 0.90)
    sound(
        found, "managers", 0.75, 1.0
    )  # 0.94: with few months the shared moves are taken for larger
    sound(found, "company", 0.75, 1.0)
    for _, came, count in reliability(found, "persons"):
        assert count > 400, came
    for stated, came, _ in reliability(found, "persons"):
        assert abs(stated - came) < 0.08


def test_managers_are_not_called_sure_of_the_quarters_before(maven):
    """None of the six reached the mean of Q2 and Q3 in Q4; they were once called sure of it."""
    book, goals, won, boss = maven
    board = PaceBoard(book, date(2017, 9, 30), book.calendar.quarter(2017, 4))
    past, people = Past(engine.definition("won_amount"), board.on), roster(book, board.on)
    sums = Actuals()
    half = date(2017, 4, 1), date(2017, 9, 30)
    with book.reading() as db:
        past.read(db, book)
        sums.read(db, book, {"won_amount": [half]})
    for manager in set(boss.values()):
        scope = board.scope(goals[manager])
        usual = float(sums.of("won_amount", scope, *half).numerator) / 2
        window = date(2017, 10, 1), date(2017, 12, 31)
        outlook = outlook_for(window, (0.0, 0.0), scope, past, people)
        assert 0.2 < outlook.chance(usual).mid < 0.7
        came = float(sum(won[name] for name in boss if boss[name] == manager))
        low, high = outlook.span()
        assert low <= came <= high


# -- adventureworks ------------------------------------------------------------------------------------


def employees() -> dict[str, tuple[str, str, str]]:
    """Key → the manager's key, national id, name."""
    with (DATA / "adventureworks/DimEmployee.csv").open(encoding="utf-8", newline="") as file:
        listed = [one.rstrip("\r\n").split("|") for one in file]
    return {one[1]: (one[2], one[3], f"{one[6]} {one[7]}") for one in listed}


@pytest.fixture(scope="module")
def cycles(tmp_path_factory):
    """Salespeople with the tree of managers, all lines, and a goal for each month with a cell."""
    facts = rows("adventureworks/FactResellerSales.csv")
    facts += rows("adventureworks/ResellerSales_202006.csv", "utf-16")
    told = employees()
    sellers = {key for key, one in told.items() if one[0] in ("272", "277", "290", "294")} | {"277"}
    with Book.create(tmp_path_factory.mktemp("cycles") / "c.daybook", "USD") as book:
        with book.change("load") as change:
            ids: dict[str, int] = {}
            for key in sorted(sellers, key=lambda one: (one != "277", told[one][0] != "277")):
                values: dict[str, Any] = {"name": told[key][2], "employee_no": told[key][1]}
                if told[key][0] in ids:
                    values["manager"] = ids[told[key][0]]
                ids[key] = change.add("salesperson", values)
            orders = {one["SalesOrderNumber"]: one for one in facts}
            added = change.add_many(
                "order",
                ("code", "owner", "ordered_on"),
                [
                    (code, ids[one["EmployeeKey"]], date.fromisoformat(one["OrderDate"][:10]))
                    for code, one in orders.items()
                ],
            )
            rows_of = dict(zip(orders, added, strict=True))
            change.add_many(
                "order_line",
                ("order", "amount"),
                [(rows_of[one["SalesOrderNumber"]], Decimal(one["SalesAmount"])) for one in facts],
            )
            leaders = {one[0] for key, one in told.items() if key in sellers}
            change.add_many("goal", GOAL, list(targets(told, ids, leaders)))
        yield book, {told[key][2]: row for key, row in ids.items()}


def targets(told: dict[str, tuple[str, str, str]], ids: dict[str, int], leaders: set[str]) -> Any:
    """A goal for each cell; a dash is no target. Managers are measured on everyone below them."""
    keys = {told[key][1]: key for key in ids}
    for one in rows("adventureworks/ResellerSalesTargets.csv", "utf-16"):
        key = keys[one["EmployeeID"]]
        for number in range(1, 13):
            cell, when = one[f"M{number:02}"].strip(), month(int(one["Year"]), number)
            target = None if cell == "-" else Decimal(cell) * 1000
            level = "team" if key in leaders else "person"
            yield (
                f"{told[key][2]} {when.label}", level, ids[key], "sales_amount", when.label,
                when.start, when.end - timedelta(days=1), target, "active",
            )  # fmt: skip


@pytest.fixture(scope="module")
def board(cycles):
    book, _ = cycles
    return PaceBoard(book, date(2020, 6, 30), days(date(2017, 7, 1), date(2020, 6, 30)))


def attained(board: PaceBoard, person: int) -> Decimal | None:
    goals = [one.goal.id for one in board.standings.values() if one.goal.person == person]
    found = board.together(goals).attainment
    return None if found is None else rounded(found * 100, 1)


@pytest.mark.parametrize(
    ("name", "percent"),
    [
        ("Jillian Carson", "150.5"),
        ("Lynn Tsoflias", "163.2"),
        ("Jae Pak", "113.9"),
        ("Tsvi Reiter", "103.0"),
        ("Linda Mitchell", "42.9"),
        ("Pamela Ansman-Wolfe", "10.5"),
        ("Stephen Jiang", "100.1"),
        ("Brian Welcker", "80.4"),
        ("Amy Alberts", "146.2"),
        ("Syed Abbas", "158.3"),
    ],
)
def test_attainment_is_what_the_readme_says(cycles, board, name, percent):
    assert attained(board, cycles[1][name]) == Decimal(percent)


def test_all_that_was_sold_is_what_the_tree_s_top_sold(cycles, board):
    brian = cycles[1]["Brian Welcker"]
    goals = [one.goal.id for one in board.standings.values() if one.goal.person == brian]
    found = board.together(goals)
    beside = found.beside
    assert rounded((found.actual or 0) + beside, 2) == Decimal("80977720.21")
    targets = sum((one.target or Decimal(0) for one in board.standings.values()), Decimal(0))
    assert rounded(targets, -5) == Decimal("357900000")  # 4.4 times what was sold: never added


def test_months_with_sales_and_no_target_are_shown(cycles, board):
    people = {row: name for name, row in cycles[1].items()}
    shown = {(people[one.person], one.month): one.actual for one in board.untargeted()}
    assert shown
    none = [one for one in board.standings.values() if one.target is None]
    assert none
    for one in none:
        if one.goal.level == "person" and one.actual and one.actual.n:
            assert (people[one.goal.person], one.goal.period) in shown
            assert one.status == "no_target"
            assert one.attainment is None


def test_the_stated_ranges_and_chances_held_while_growth_slowed_down(cycles, board):
    """From 18 months of history on. Orders grew by a third until summer 2019, then hardly and smaller:
    a course that no history tells, so that ranges held in 72 to 76 %, and more ended below."""
    book, _ = cycles
    scopes = {one.goal.person: board.scope(one.goal.id) for one in board.standings.values()}
    groups = {
        "persons": [one for one in scopes.values() if one is not None and len(one) == 1],
        "managers": [one for one in scopes.values() if one is not None and len(one) > 1],
        "company": [None],
    }
    questions = months_asked((2019, 1), 17)
    for number in range(5):
        one = book.calendar.quarter(2019 + number // 4, number % 4 + 1)
        questions.append((one.start - timedelta(days=1), one))
        questions.append((one.start + timedelta(days=45), one))
    found = asked(book, "sales_amount", groups, questions)
    sound(found, "persons", 0.68, 0.85)
    sound(found, "managers", 0.68, 0.85)
    sound(found, "company", 0.65, 0.90)
