"""What is done to the data after sealing never alters a sealed byte, and nothing that alters a value is left out."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.evaluations import later, sealing, verifying
from models.evaluations.content import substance
from models.evaluations.scoring import scored
from models.refusals import Refused
from tests.evaluations.sealed_book import PEOPLE, Kept, SealedBook

DAYS = st.sampled_from(["2026-06-30", "2026-07-01", "2026-08-15", "2026-09-30", "2026-10-01", ""])
WHO = st.sampled_from([*PEOPLE, "王主管", ""])
AMOUNT = st.sampled_from(["0", "1500", "99999", ""])
STATUS = st.sampled_from(["won", "lost", "open"])
DEAL = st.sampled_from(["amount", "status", "owner", "closed_on", "notes", "opened_on"]).flatmap(
    lambda one: st.tuples(
        st.just("deal"),
        st.integers(0, 13),
        st.just(one),
        {"amount": AMOUNT, "status": STATUS, "owner": WHO, "notes": st.just("x")}.get(one, DAYS),
    )
)
PLACE = st.integers(0, 5)
STEP = st.one_of(
    DEAL,
    st.tuples(st.just("add"), WHO, STATUS, DAYS, AMOUNT),
    st.tuples(st.just("remove"), st.integers(0, 13)),
    st.tuples(st.just("restore"), PLACE),
    st.tuples(st.just("goal"), PLACE, st.sampled_from(["target", "person", "period", "measure"]),
              st.sampled_from(["5000", "20000", "陈晓", "林峰", "2026-Q3", "2026-08", "won_count", "won_amount"])),
    st.tuples(st.just("person"), st.integers(0, 3), st.sampled_from(["hire_date", "status"]),
              st.sampled_from(["2026-08-01", "2020-01-01", "left", "active"])),
    st.tuples(st.just("leave"), WHO, DAYS, DAYS),
    st.tuples(st.just("day"), DAYS, st.sampled_from(["off", "work"])),
    st.tuples(st.just("item"), st.integers(0, 2), st.sampled_from(["weight", "cap", "curve", "reference"]),
              st.sampled_from(["10%", "90", "steps", "threshold", "fixed", "goal"])),
    st.tuples(st.just("cycle"), st.sampled_from(["2026-08", "2026-Q3", "2026-Q4"])),
    st.tuples(st.just("undo"), st.integers(0, 5)),
    st.tuples(st.just("redo"),),
    st.tuples(st.just("jump"), st.integers(0, 3)),
)  # fmt: skip


def act(team: SealedBook, step: tuple[Any, ...], sealed_at: int) -> None:
    """Carry out a step on whichever record its number means; a refusal changes nothing."""
    with suppress(Refused):
        _ACTS[step[0]](team, sealed_at, *step[1:])


def _pick(found: Any, number: int) -> int | None:
    return found[number % len(found)] if len(found) else None


def _set(team: SealedBook, entity: str, row: int | None, field: str, value: str) -> None:
    if row is not None:
        team.book.set(entity, row, {field: value or None})


def _deal(team: SealedBook, _: int, number: int, field: str, value: str) -> None:
    _set(team, "opportunity", _pick(team.book.ids("opportunity"), number), field, value)


def _add(team: SealedBook, _: int, who: str, status: str, day: str, amount: str) -> None:
    values = {"name": "新单", "owner": who, "status": status, "closed_on": day, "amount": amount}
    with team.book.change("add") as change:
        change.add("opportunity", {name: one for name, one in values.items() if one})


def _remove(team: SealedBook, _: int, number: int) -> None:
    row = _pick(team.book.ids("opportunity"), number)
    if row is not None:
        with team.book.change("remove") as change:
            change.remove("opportunity", [row])


def _restore(team: SealedBook, _: int, number: int) -> None:
    row = _pick(team.book.ids("opportunity", deleted=True), number)
    if row is not None:
        with team.book.change("restore") as change:
            change.restore("opportunity", [row])


def _goal(team: SealedBook, _: int, number: int, field: str, value: str) -> None:
    _set(team, "goal", _pick(team.book.ids("goal"), number), field, value)


def _person(team: SealedBook, _: int, number: int, field: str, value: str) -> None:
    _set(team, "salesperson", _pick(team.book.ids("salesperson"), number), field, value)


def _leave(team: SealedBook, _: int, who: str, first: str, last: str) -> None:
    with team.book.change("leave") as change:
        change.add(
            "leave", {"person": who, "starts_on": first, "ends_on": last, "status": "approved"}
        )


def _day(team: SealedBook, _: int, day: str, kind: str) -> None:
    with team.book.change("day") as change:
        change.add("calendar_day", {"day": day, "kind": kind})


def _item(team: SealedBook, _: int, number: int, field: str, value: str) -> None:
    _set(team, "scorecard_item", _pick(team.book.ids("scorecard_item"), number), field, value)


def _cycle(team: SealedBook, _: int, period: str) -> None:
    _set(team, "evaluation_cycle", team.cycle, "period", period)


def _undo(team: SealedBook, sealed_at: int, number: int) -> None:
    there = [one.no for one in team.book.history(500) if one.kind == "edit" and not one.undone]
    change = _pick(there, number)
    if change is not None:
        team.book.undo(change)


def _redo(team: SealedBook, _: int) -> None:
    team.book.redo()


def _jump(team: SealedBook, sealed_at: int, number: int) -> None:
    there = [one.no for one in team.book.history(500) if one.kind == "edit" and not one.undone]
    change = _pick(there, number)
    if change is not None:
        team.book.back_to(change)


_ACTS = {
    "deal": _deal, "add": _add, "remove": _remove, "restore": _restore, "goal": _goal,
    "person": _person, "leave": _leave, "day": _day, "item": _item, "cycle": _cycle,
    "undo": _undo, "redo": _redo, "jump": _jump,
}  # fmt: skip


def values(book: Book, team: SealedBook, person: str) -> dict[str, Any]:
    """What each item comes to now, without words; {} where the person can't be scored."""
    try:
        found = scored(book, team.cycle, people=[team.people[person]])
    except Refused:
        return {}
    names = ("value", "numerator", "denominator", "reference", "score", "records", "share")
    return {
        item.item: [substance(item.as_dict()).get(one) for one in names]
        for one in found
        for item in one.items
    }


@given(st.lists(STEP, min_size=1, max_size=10), st.sampled_from(PEOPLE))
def test_sealed_bytes_stand_and_every_change_of_a_value_is_listed(steps, person):
    hold(steps, person)


@pytest.mark.parametrize(
    "steps",
    [
        [("deal", 3, "owner", "林峰"), ("deal", 3, "owner", "陈晓")],
        [("deal", 3, "closed_on", "2026-10-01"), ("deal", 3, "closed_on", "2026-08-15")],
        [("deal", 7, "owner", "陈晓"), ("deal", 7, "owner", "林峰")],
        [("add", "陈晓", "won", "2026-08-15", "1500"), ("remove", 12), ("restore", 0)],
        [("deal", 3, "status", "lost"), ("undo", 0), ("redo",), ("jump", 0)],
        [("person", 1, "hire_date", "2026-08-03"), ("day", "2026-08-10", "off")],
        [("leave", "陈晓", "2026-07-01", "2026-08-15"), ("day", "2026-07-06", "off")],
        [("goal", 0, "person", "林峰"), ("goal", 0, "person", "陈晓")],
        [("cycle", "2026-08"), ("deal", 3, "amount", "1"), ("cycle", "2026-Q3")],
    ],
)
def test_what_went_and_came_back_is_listed_too(steps):
    moved = hold(steps, "陈晓")
    assert len(moved) >= len(steps) - 1, "the steps were to alter values"


@cache
def sealed_book(person: str) -> Kept:
    """A book in which one person's evaluation is sealed, with something before it to undo."""
    with tempfile.TemporaryDirectory() as folder:
        team = SealedBook(Path(folder))
        team.book.set("opportunity", team.deals[2], {"amount": "1601"})
        team.seal(person)
        return team.keep()


def hold(steps: list[tuple[Any, ...]], person: str) -> dict[int, set[str]]:
    """Seal, do the steps, and hold the list of later changes against what each step altered; gives that."""
    with tempfile.TemporaryDirectory() as folder:
        team = SealedBook.again(Path(folder), sealed_book(person))
        try:
            seal = team.seal_of(person)
            whole = row_of(team.book)
            moved: dict[int, set[str]] = {}
            before, last = values(team.book, team, person), team.book.last_change
            for step in steps:
                act(team, step, seal.change)
                now = values(team.book, team, person)
                items = {one for one in {*before, *now} if before.get(one) != now.get(one)}
                if items:
                    moved[team.book.last_change] = items
                    assert team.book.last_change > last
                before, last = now, team.book.last_change
                assert row_of(team.book) == whole
            assert sealing.sealed(team.book, seal.evaluation) == seal
            assert verifying.verify(team.book).ok
            listed = later.changes(team.book, seal.evaluation)
            known: dict[int, set[str]] = {}
            for one in listed:
                assert one.change > seal.as_of
                if one.matters:
                    known.setdefault(one.change, set()).update(one.items)
            for change, items in moved.items():
                # A jump back is several changes in one commit.
                parts = {change, *_jumped(team.book, change)}
                seen = set().union(*(known.get(one, set()) for one in parts))
                assert items <= seen, (
                    change,
                    items - seen,
                    [one for one in listed if one.change == change],
                )
            return moved
        finally:
            team.book.close()


def _jumped(book: Book, change: int) -> set[int]:
    info = book.info(change)
    return set(range(info.together, change + 1)) if info and info.together else set()


def row_of(book: Book) -> list[tuple[Any, ...]]:
    """The sealed rows, byte for byte."""
    return book.connection().run("SELECT * FROM sealed_copy ORDER BY number")


def test_what_has_nothing_to_do_with_it_is_not_listed(tmp_path):
    team = SealedBook(tmp_path)
    try:
        seal = team.seal("陈晓")
        with team.book.change("later") as change:
            change.add("customer", {"name": "甲公司"})
            change.add(
                "opportunity",
                {"name": "四季度", "owner": team.people["陈晓"], "status": "won", "closed_on": date(2026, 11, 2), "amount": "1"},
            )  # fmt: skip
            change.add("activity", {"person": team.people["陈晓"], "at": "2026-08-01 09:00"})
        assert later.changes(team.book, seal.evaluation) == ()
    finally:
        team.book.close()


def test_edits_of_counted_records_are_listed_whatever_field_it_is_and_say_whether_it_matters(
    tmp_path,
):
    team = SealedBook(tmp_path)
    try:
        seal = team.seal("陈晓")
        team.book.set("opportunity", team.deals[3], {"name": "改名", "amount": "2000"}, "改一笔")
        found = {one.field: one for one in later.changes(team.book, seal.evaluation)}
        assert set(found) == {"name", "amount"}
        assert (found["name"].matters, found["amount"].matters) == (False, True)
        assert found["amount"].counted
        assert (found["amount"].before, found["amount"].after) == ("¥1,900.00", "¥2,000.00")
        assert (found["amount"].reason, found["amount"].label) == ("改一笔", "改名")
        assert len(found["amount"].items) == 2
        [amount, *_] = later.now(team.book, seal.evaluation)
        assert (amount.before, amount.after) == (84, 85)
        assert later.total_now(team.book, seal.evaluation) == (88, Decimal("88.5"))
    finally:
        team.book.close()
