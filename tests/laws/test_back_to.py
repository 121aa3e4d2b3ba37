"""The laws of a jump: it is the undo of all that lives from a point on, made as one, and its redo."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import checking
from models.progress import Cancelled, Progress
from models.refusals import Refused
from tests.laws.test_undo import STEP, act, changes, new_book, seen
from tests.laws.test_undo_any_order import STORY, World

TURNS = st.lists(st.tuples(st.booleans(), st.integers(0, 20)), max_size=4)


@settings(max_examples=40)
@given(st.lists(STEP, min_size=1, max_size=12), st.integers(0, 20), TURNS)
def test_a_jump_is_the_undo_of_each_later_change_and_its_redo_leads_back(steps, at, turns):
    with new_book() as book:
        for step in steps:
            act(book, step)
        numbers = changes(book)
        if not numbers:
            return
        for undo, which in turns:  # some are turned before, one by one
            with contextlib.suppress(Refused):
                (book.undo if undo else book.redo)(numbers[which % len(numbers)])
        point = numbers[at % len(numbers)]
        before, rung = seen(book), []
        later = [one.no for one in book.history(1000) if one.kind == "edit" and not one.undone]
        later = [one for one in later if one >= point]
        book.subscribe(rung.append)
        if not later:
            with pytest.raises(Refused):
                book.back_to(point)
            assert seen(book) == before
            return
        done = book.back_to(point)
        jumped = seen(book)
        assert list(done.targets) == later
        assert done.kept == ()  # nothing that lives needs what is made later
        assert len(rung) == 1
        book.bring_back(done.targets)
        assert seen(book) == before
        for one in later:
            book.undo(one)
        assert seen(book) == jumped
        assert [one for one in checking.check(book) if one.bad] == []


@settings(max_examples=25)
@given(st.lists(STEP, min_size=2, max_size=12), st.integers(0, 20))
def test_the_book_is_as_it_stood_before_the_change(steps, at):
    with new_book() as book:
        states = {}
        for step in steps:
            states[book.last_change + 1] = seen(book)
            act(book, step)
        numbers = changes(book)
        if numbers:
            point = numbers[at % len(numbers)]
            book.back_to(point)
            assert seen(book) == states[point]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = World(tmp_path_factory.mktemp("jumps"))
    yield made
    made.book.close()


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(STORY)
def test_a_jump_over_columns_links_and_orders_leads_there_and_back_to_the_byte(world, story):
    try:
        before, first = world.state(), world.last()
        for step in story:
            world.act(step)
        after = world.state()
        if world.last() == first:
            return
        done = world.book.back_to(first + 1)
        assert world.state() == before
        world.book.bring_back(done.targets)
        assert world.state() == after
        world.book.back_to(first + 1)
        world.again()
        assert world.state() == before
    except BaseException:
        world.book.close()
        world.fresh()
        raise


def test_what_is_written_after_a_jump_stands_when_the_rest_is_brought_back():
    with new_book() as book:
        with book.change("add") as change:
            id = change.add("customer", {"name": "甲公司", "city": "上海"})
        first = book.set("customer", id, {"city": "北京", "grade": "A"})
        done = book.back_to(first)
        book.set("customer", id, {"city": "杭州"})
        book.bring_back(done.targets)
        record = book.record("customer", id)
        assert (record["city"], record["grade"]) == ("杭州", "A")


def test_older_changes_taken_back_since_stay_so_and_are_counted():
    with new_book() as book:
        with book.change("add") as change:
            id = change.add("customer", {"name": "甲公司"})
        old = book.set("customer", id, {"city": "上海"})
        new = book.set("customer", id, {"grade": "A"})
        book.undo(old)
        done = book.back_to(new)
        assert done.still_undone == 1
        assert book.record("customer", id)["city"] is None
        assert book.living_since(new) == (0, 0)


def test_the_steps_of_a_jump_belong_together_and_each_can_still_be_redone():
    with new_book() as book:
        with book.change("add") as change:
            id = change.add("customer", {"name": "甲公司"})
        edits = [book.set("customer", id, {"city": city}) for city in ("上海", "北京", "苏州")]
        assert book.living_since(edits[0]) == (3, 3)
        book.back_to(edits[0])
        latest = book.history(1)[0]
        assert latest.together == latest.no - 2
        assert book.turned_together(latest) == tuple(reversed(edits))
        book.redo()
        assert book.record("customer", id)["city"] == "上海"
        book.bring_back(edits)
        assert book.record("customer", id)["city"] == "苏州"
        with pytest.raises(Refused):
            book.bring_back(edits)


def test_a_jump_that_is_cancelled_leaves_everything_as_it_was():
    with new_book() as book:
        with book.change("add") as change:
            id = change.add("customer", {"name": "甲公司"})
        first = book.set("customer", id, {"city": "上海"})
        book.set("customer", id, {"city": "北京"})
        before, history, rung = seen(book), book.history(100), []
        book.subscribe(rung.append)
        progress: Progress = Progress(lambda fraction, text: progress.cancel())
        with pytest.raises(Cancelled):
            book.back_to(first, progress=progress)
        assert (seen(book), book.history(100), rung) == (before, history, [])
        book.set("customer", id, {"city": "苏州"})  # the door is open
        assert book.undo().reason == "Edit"
