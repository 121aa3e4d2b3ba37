"""The laws of the pace board: batches say what measures say, parts make the whole, a refresh is a
fresh computation."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.book import Book
from models.goals.pace_board import PaceBoard
from models.measures import engine
from models.periods import days
from tests.goals.teams import World, world

ON = date(2024, 2, 20)
DAY = st.dates(date(2023, 11, 1), date(2024, 4, 30))
MONEY = st.integers(-5_000, 50_000).map(lambda one: Decimal(one).scaleb(-2))
WHO = st.sampled_from(["Ada", "Ben", "Cai", "Dan", None])
CODES = [one.code for one in engine.definitions()]
PERIODS = ("2024-02", "2024-Q1", "2024-01-10..2024-03-05", "2024-W07", "2024")

EVENT = st.one_of(
    st.tuples(st.just("order"), WHO, DAY, MONEY, st.integers(0, 2)),
    st.tuples(st.just("opportunity"), WHO, DAY, MONEY, st.sampled_from(["open", "won", "lost"])),
    st.tuples(st.just("activity"), WHO, DAY, MONEY, st.sampled_from(["visit", "call"])),
    st.tuples(st.just("receipt"), WHO, DAY, MONEY, st.integers(0, 5)),
)
EDIT = st.one_of(
    EVENT,
    st.tuples(st.just("owner"), WHO, DAY, MONEY, st.integers(0, 9)),
    st.tuples(st.just("amount"), WHO, DAY, MONEY, st.integers(0, 9)),
    st.tuples(st.just("day"), WHO, DAY, MONEY, st.integers(0, 9)),
    st.tuples(st.just("buyer"), WHO, DAY, MONEY, st.integers(0, 9)),
    st.tuples(st.just("keeper"), WHO, DAY, MONEY, st.integers(0, 1)),
    st.tuples(st.just("line"), WHO, DAY, MONEY, st.integers(0, 9)),
    st.tuples(st.just("remove"), WHO, DAY, MONEY, st.integers(0, 9)),
    st.tuples(st.just("undo"), WHO, DAY, MONEY, st.just(0)),
    st.tuples(st.just("redo"), WHO, DAY, MONEY, st.just(0)),
    st.tuples(st.just("target"), WHO, DAY, MONEY, st.integers(0, 9)),
    st.tuples(st.just("leave"), WHO, DAY, MONEY, st.just(0)),
    st.tuples(st.just("team"), WHO, DAY, MONEY, st.just(0)),
    st.tuples(st.just("point"), WHO, DAY, MONEY, st.integers(0, 9)),
    st.tuples(st.just("result"), WHO, DAY, MONEY, st.integers(0, 9)),
    st.tuples(st.just("off"), WHO, DAY, MONEY, st.just(0)),
)


class Story:
    """What is done to a world, by drawn events; whatever the book refuses doesn't happen."""

    def __init__(self, team: World) -> None:
        self.team = team
        self.customers = [
            team.add("customer", name=name, owner=team.people[who])
            for name, who in (("X", "Ben"), ("Y", "Cai"))
        ]
        self.stage = team.add("stage", name="S", kind="open", probability="40%")

    def tell(self, what: str, who: str | None, day: date, amount: Decimal, more: Any) -> None:
        owner = self.team.people[who] if who else None
        act = getattr(self, f"_{what}")
        act(owner, day, amount, more)

    def _order(self, owner: int | None, day: date, amount: Decimal, lines: int) -> None:
        with self.team.book.change("order") as change:
            values = {
                "owner": owner,
                "ordered_on": day,
                "amount": amount,
                "customer": self.customers[0],
            }
            row = change.add("order", values)
            for number in range(lines):
                change.add(
                    "order_line",
                    {
                        "order": row,
                        "line_no": number,
                        "amount": amount,
                        "discount": "10%",
                        "cost": 1,
                    },
                )

    def _opportunity(self, owner: int | None, day: date, amount: Decimal, status: str) -> None:
        closed = day + timedelta(days=20) if status != "open" else None
        self.team.add(
            "opportunity", owner=owner, opened_on=day, closed_on=closed, amount=amount,
            status=status, stage=self.stage, customer=self.customers[1],
        )  # fmt: skip

    def _activity(self, owner: int | None, day: date, amount: Decimal, kind: str) -> None:
        at = f"{day} 09:00"
        self.team.add("activity", person=owner, at=at, kind=kind, customer=self.customers[0])

    def _receipt(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        order = self._some("order", which)
        self.team.add("receipt", order=order, received_on=day, amount=amount)

    def _some(self, entity: str, which: int) -> int | None:
        rows = self.team.book.ids(entity)
        return rows[which % len(rows)] if rows else None

    def _change(self, entity: str, which: int, **values: Any) -> None:
        row = self._some(entity, which)
        if row is not None:
            self.team.set(entity, row, **values)

    def _owner(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        self._change(("order", "opportunity")[which % 2], which, owner=owner)

    def _amount(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        self._change(("order_line", "opportunity", "receipt")[which % 3], which, amount=amount)

    def _day(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        self._change("order", which, ordered_on=day)

    def _buyer(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        self._change("order", which, customer=self.customers[which % 2])

    def _keeper(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        self.team.set("customer", self.customers[which], owner=owner)

    def _line(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        order = self._some("order", which + 1)
        if order is not None:
            self._change("order_line", which, order=order)

    def _remove(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        entity = ("order", "order_line", "opportunity", "goal")[which % 4]
        row = self._some(entity, which)
        if row is not None:
            with self.team.book.change("remove") as change:
                change.remove(entity, [row])

    def _undo(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        self.team.book.undo()

    def _redo(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        if self.team.book.can_redo():
            self.team.book.redo()

    def _target(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        self._change("goal", which * 7, target=amount, period=PERIODS[which % len(PERIODS)])

    def _leave(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        if owner is not None:
            self.team.add("leave", person=owner, starts_on=day, ends_on=day + timedelta(days=9))

    def _point(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        goal = self._some("goal", which * 11)
        if goal is not None:
            self.team.add("goal_checkpoint", goal=goal, due=day, expected=amount)

    def _result(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        if which % 2 and self._some("key_result", 0) is not None:
            self._change(
                "key_result", which, progress=f"{which * 10}%", goal=self._some("goal", -1)
            )
        else:
            goal = self._some("goal", -1 - which)
            if goal is not None:
                self.team.add("key_result", goal=goal, title=str(day), progress="30%")

    def _off(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        self.team.add("calendar_day", day=day, kind="off")

    def _team(self, owner: int | None, day: date, amount: Decimal, which: int) -> None:
        if owner is not None:
            self.team.set("salesperson", owner, team=self.team.teams["South"])


def aims(team: World) -> None:
    """A goal of every measure for each kind of scope."""
    for number, code in enumerate(CODES):
        period = PERIODS[number % len(PERIODS)]
        more = {"measure": code, "period": period, "target": 100}
        team.goal(level="company", **more)
        team.goal(level="team", team="North", **more)
        team.goal(level="team", person="Ada", **more)
        for who in ("Ben", "Dan"):
            team.goal(level="person", person=who, **more)
    for who in ("Ben", "Cai"):
        team.goal(person=who, measure=None, period="2024-Q1", title="by key results")


@given(events=st.lists(EVENT, max_size=8))
@settings(max_examples=15)
def test_the_value_of_a_goal_is_what_its_measure_says_of_its_people(events):
    with tempfile.TemporaryDirectory() as folder, world(Path(folder)) as team:
        story = Story(team)
        for one in events:
            story.tell(*one)
        aims(team)
        board = team.board(ON, "2024")
        for one in board.standings.values():
            goal = one.goal
            assert goal.first
            assert goal.last
            span = days(goal.first, min(goal.last, ON))
            if goal.first > ON or goal.measure is None:
                continue
            found = engine.measure(team.book, goal.measure, period=span, by="person")
            scope = board.scope(goal.id)
            rows = [row for row in found.rows if scope is None or row.key in scope]
            assert one.actual
            assert one.actual.n == sum(row.n for row in rows)
            assert one.actual.numerator == sum((row.numerator for row in rows), Decimal(0))
            if one.actual.denominator is not None:
                below = sum((row.denominator or 0 for row in rows), Decimal(0))
                assert one.actual.denominator == below


@given(events=st.lists(EVENT, max_size=8))
@settings(max_examples=10)
def test_the_parts_of_people_and_nobody_sum_to_the_company(events):
    with tempfile.TemporaryDirectory() as folder, world(Path(folder)) as team:
        story = Story(team)
        for one in events:
            story.tell(*one)
        aims = [team.goal(person=who, period="2024-Q1", target=100) for who in team.people]
        whole = team.goal(level="company", period="2024-Q1", target=100)
        board = team.board(ON, "2024")
        company, parts = board[whole].actual, board.together(aims)
        assert company
        assert parts.actual is not None
        nobody = sum(
            (one.actual.numerator for one in board.untargeted() if one.person is None), Decimal(0)
        )
        assert parts.actual + nobody == company.numerator
        assert parts.target == 400


@given(events=st.lists(EVENT, max_size=6), edits=st.lists(EDIT, min_size=1, max_size=6))
@settings(max_examples=25)
def test_a_board_that_follows_every_change_is_as_one_made_anew(events, edits):
    with tempfile.TemporaryDirectory() as folder, world(Path(folder)) as team:
        story = Story(team)
        for one in events:
            story.tell(*one)
        aims(team)
        board = team.board(ON, "2024")
        team.book.subscribe(heard := Heard(board))
        for one in edits:
            story.tell(*one)
            changed = heard.follow()
            fresh = PaceBoard(team.book, ON, board.period)
            assert board.standings == fresh.standings
            assert (board.roots, board.children) == (fresh.roots, fresh.children)
            assert board.untargeted() == fresh.untargeted()
            assert {
                one for one in fresh.standings if heard.before.get(one) != fresh[one]
            } <= changed


class Heard:
    """Follows a book's notices after they went round."""

    def __init__(self, board: PaceBoard) -> None:
        self.board, self.notices, self.before = board, [], dict(board.standings)

    def __call__(self, notice: Any) -> None:
        self.notices.append(notice)

    def follow(self) -> frozenset[int]:
        """Refresh by every notice that was not looked at."""
        self.before = dict(self.board.standings)
        changed: frozenset[int] = frozenset()
        for one in self.notices:
            changed |= self.board.refresh(one)
        self.notices.clear()
        return changed


def test_an_edit_of_one_person_reads_nobody_else_again(tmp_path):
    with world(tmp_path) as team:
        row = team.order("Ben", "2024-02-05", 100)
        team.order("Cai", "2024-02-05", 70)
        mine = team.goal(person="Ben", period="2024-02", target=100)
        other = team.goal(person="Cai", period="2024-02", target=100)
        board = team.board(ON, "2024")
        before = board[other]
        team.set("order", row, amount=150)
        assert board.refresh() == {mine}
        assert board[mine].value == 150
        assert board[other] is before


def test_a_record_that_goes_to_another_person_counts_there(tmp_path):
    with world(tmp_path) as team:
        row = team.order("Ben", "2024-02-05", 100)
        mine = team.goal(person="Ben", period="2024-02", target=100)
        other = team.goal(person="Cai", period="2024-02", target=100)
        board = team.board(ON, "2024")
        team.set("order", row, owner=team.people["Cai"])
        assert board.refresh() == {mine, other}
        assert (board[mine].value, board[other].value) == (0, 100)
        team.book.undo()
        board.refresh()
        assert (board[mine].value, board[other].value) == (100, 0)


def test_another_program_s_change_is_followed(tmp_path):
    with world(tmp_path) as team:
        mine = team.goal(person="Ben", period="2024-02", target=100)
        board = team.board(ON, "2024")
        with Book.open(team.book.path) as other, other.change("x") as change:
            change.add(
                "order", {"owner": team.people["Ben"], "ordered_on": "2024-02-05", "amount": 40}
            )
        team.book.poll()
        assert board.refresh() == {mine}
        assert board[mine].value == 40
