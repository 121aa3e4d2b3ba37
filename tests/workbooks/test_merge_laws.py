"""Laws of merging, over random edits on both sides.

No value of either side is lost without being asked; the same file twice changes nothing; files that
share nothing merge in any order; undo takes a collect back.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import checking
from models.refusals import Refused
from models.workbooks import collecting, conflicts, merging
from models.workbooks.items import MINE, THEIRS, Decision
from tests.workbooks.merge_edits import (
    EDITS,
    NEW_CUSTOMER,
    NEW_VISIT,
    VALUES,
    as_text,
    assert_nothing_lost,
    edit_book,
    edit_out,
)
from tests.workbooks.merge_world import Out, Unread, World, other_file

NEW = st.lists(st.tuples(NEW_CUSTOMER, st.lists(NEW_VISIT, max_size=2)), max_size=2)


class Worlds:
    """Fresh copies of one small team, as many as are asked for."""

    def __init__(self, folder) -> None:
        self._folder, self._numbers = folder, itertools.count()
        self._first = World(folder / "first.daybook")
        self._first.close()

    @contextlib.contextmanager
    def fresh(self) -> Iterator[World]:
        path = self._folder / f"{next(self._numbers)}.daybook"
        shutil.copyfile(self._folder / "first.daybook", path)
        world = self._first.again(path)
        try:
            yield world
        finally:
            world.close()
            path.unlink()


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    return Worlds(tmp_path_factory.mktemp("worlds"))


def add_rows(out: Out, new) -> None:
    """New customers are typed, each with its visits; some are called as one that is there."""
    for customer, visits in new:
        out.add("customer", **customer)
        for visit in visits:
            out.add("activity", customer=Unread(customer["name"]), **visit)


def edited(world: World, theirs, new=(), gone=()) -> Out:
    out = world.issue()
    for at, field, value in theirs:
        edit_out(out, world.customers[at], field, value)
    add_rows(out, new)
    for at in gone:
        out.remove("customer", world.customers[at])
    return out


def cells(world: World) -> dict[tuple[int, str], object]:
    return {
        (row, field): world.value("customer", row, field)
        for row in world.customers[:3]
        for field in VALUES
    }


def open_now(world: World):
    return {one.row: (one.kind, one.theirs, one.status) for one in world.open()}


@given(EDITS, EDITS, st.sets(st.integers(0, 2), max_size=1))
def test_no_value_of_either_side_is_lost_without_being_asked(worlds, theirs, mine, gone):
    with worlds.fresh() as world:
        base = cells(world)
        out = edited(world, theirs, gone=gone)
        for at, field, value in mine:
            edit_book(world, world.customers[at], field, value)
        before = cells(world)
        world.collect(out)
        for (row, field), value in base.items():
            here = before[row, field]
            there = out.get("customer", row, field) if out.has("customer", row) else value
            assert_nothing_lost(world, row, field, value, here, there)
        for at in gone:
            row = world.customers[at]
            assert world.alive("customer", row)
            assert [one.kind[:7] for one in world.open() if one.record_row == row and not one.field] == ["removed"]  # fmt: skip
        assert [one for one in checking.check(world.book) if one.bad] == []


@given(EDITS, NEW)
def test_every_new_row_is_in_the_book_or_asked_with_all_that_it_says(worlds, theirs, new):
    with worlds.fresh() as world:
        out = edited(world, theirs, new)
        world.collect(out)
        asked = [one.theirs for one in world.open()]
        for customer, visits in new:
            found = world.book.ids("customer", f"name={customer['name']}")
            said = [{name: world.value("customer", at, name) for name in customer} for at in found]
            lines = [
                f"{world.book.schema.entity('customer').field(name).text()}: {as_text(world, name, value)}"
                for name, value in customer.items()
            ]
            assert customer in said or any(all(x in one for x in lines) for one in asked)
            for visit in visits:
                there = any(
                    all(world.value("activity", at, name) == value for name, value in visit.items())
                    for at in world.book.ids("activity")
                )
                result = visit.get("result", "")
                assert there or any("When: " in one and result in one for one in asked)


@given(EDITS, EDITS, NEW, st.sets(st.integers(0, 2), max_size=1), st.data())
def test_the_same_file_twice_changes_nothing(worlds, theirs, mine, new, gone, data):
    with worlds.fresh() as world:
        out = edited(world, theirs, new, gone)
        for at, field, value in mine:
            edit_book(world, world.customers[at], field, value)
        world.collect(out)
        for question in world.open():
            take = data.draw(st.sampled_from([None, MINE, THEIRS]))
            if take is not None:
                with contextlib.suppress(Refused):
                    conflicts.resolve(world.book, question.row, Decision(take))
        state, waiting, count = world.state(), open_now(world), world.changes()
        for file in (out.file(), other_file(out, out.file())):
            again = merging.merge(world.book, file)
            assert (again.items, again.settled) == ((), ())
            assert collecting.apply(world.book, again) is None
        assert (world.state(), open_now(world), world.changes()) == (state, waiting, count)


def test_a_question_about_a_visit_to_a_new_customer_stays_open_when_the_file_is_sent_again(worlds):
    visit = {"at": "2026-11-20T02:00:00Z"}
    with worlds.fresh() as world:
        out = edited(world, [], [({"name": "新一"}, [visit, dict(visit)])], set())
        world.collect(out)
        assert len(open_now(world)) == 1
        again = merging.merge(world.book, out.file())
        assert (again.items, again.settled) == ((), ())


@given(EDITS, EDITS, NEW, NEW)
def test_files_that_share_nothing_merge_in_any_order(worlds, first, second, new, other):
    states = []
    for turn in (False, True):
        with worlds.fresh() as world:
            one, two = world.issue(), world.issue(world.li)
            for at, field, value in first:
                edit_out(one, world.customers[at], field, value)
            for _, field, value in second:
                edit_out(two, world.customers[3], field, value)
            add_rows(one, [({**c, "name": "王" + c["name"]}, v) for c, v in new])
            add_rows(two, [({**c, "name": "李" + c["name"]}, v) for c, v in other])
            for out in (two, one) if turn else (one, two):
                world.collect(out)
            asked = sorted((q.kind, q.label, q.field, q.base, q.theirs) for q in world.open())
            states.append((world.labelled(), asked))
    assert states[0] == states[1]


@given(EDITS, EDITS, NEW)
def test_undo_of_a_collect_restores_the_book_and_collecting_again_merges_again(
    worlds, theirs, mine, new
):
    with worlds.fresh() as world:
        out = edited(world, theirs, new)
        for at, field, value in mine:
            edit_book(world, world.customers[at], field, value)
        before = world.state()
        items = [(one.id, one.kind, one.theirs) for one in world.merge(out).items]
        no = world.collect(out)
        after, asked = world.labelled(), len(world.open())
        if no is None:
            return
        assert world.book.undo(no).kept == ()
        assert (world.state(), world.open()) == (before, [])
        assert [(one.id, one.kind, one.theirs) for one in world.merge(out).items] == items
        world.collect(out)
        assert (world.labelled(), len(world.open())) == (after, asked)


@given(EDITS, EDITS, EDITS)
def test_undo_of_a_collect_keeps_what_was_edited_since_and_names_it(worlds, theirs, mine, later):
    with worlds.fresh() as world:
        out = edited(world, theirs)
        for at, field, value in mine:
            edit_book(world, world.customers[at], field, value)
        before = cells(world)
        no = world.collect(out)
        merged = cells(world)
        for at, field, value in later:
            edit_book(world, world.customers[at], field, value)
        since = cells(world)
        if no is None:
            return
        kept = {(one.id, one.field) for one in world.book.undo(no).kept if one.entity == "customer"}
        for key, value in cells(world).items():
            if value != before[key]:
                assert value == since[key]
                assert key in kept or merged[key] == before[key]


@given(EDITS, EDITS, EDITS, NEW)
def test_a_workbook_that_is_edited_further_merges_only_what_is_new(worlds, theirs, mine, more, new):
    with worlds.fresh() as world:
        out = edited(world, theirs, new)
        world.collect(out)
        for at, field, value in mine:
            edit_book(world, world.customers[at], field, value)
        said = {key: out.get("customer", *key) for key in cells(world)}
        for at, field, value in more:
            edit_out(out, world.customers[at], field, value)
        touched = {
            f"customer:{row}:{field}"
            for (row, field), value in said.items()
            if out.get("customer", row, field) != value
        }
        assert {one.id for one in world.merge(out).items} <= touched


@given(EDITS, EDITS, EDITS)
def test_a_workbook_that_comes_late_takes_nothing_of_the_newer_one_away(worlds, old, new, mine):
    with worlds.fresh() as world:
        base = cells(world)
        late = edited(world, old)
        for at, field, value in mine:
            edit_book(world, world.customers[at], field, value)
        newer = world.issue()
        for at, field, value in new:
            edit_out(newer, world.customers[at], field, value)
        world.collect(newer)
        before = cells(world)
        world.collect(late)
        for (row, field), value in base.items():
            there = late.get("customer", row, field)
            assert_nothing_lost(world, row, field, value, before[row, field], there)
        assert world.merge(newer).items == ()


@given(EDITS, EDITS, NEW)
def test_when_all_is_decided_nothing_is_open_and_the_workbook_says_nothing_new(
    worlds, theirs, mine, new
):
    with worlds.fresh() as world:
        out = edited(world, theirs, new)
        for at, field, value in mine:
            edit_book(world, world.customers[at], field, value)
        merged = world.merge(out)
        collecting.apply(world.book, merged, collecting.taking(merged, THEIRS))
        for question in world.open():  # a name that two new rows have is neither's
            assert question.kind == "unreadable"
            conflicts.resolve(world.book, question.row, Decision(MINE))
        assert world.open() == []
        for item in merged.items:
            if item.what == "cell" and item.kind != "unreadable":
                assert world.value("customer", item.row, item.field) == item.result
        again = world.issue()
        assert world.merge(again).items == ()
        assert world.collect(again) is None
