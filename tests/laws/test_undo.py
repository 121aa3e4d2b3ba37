"""The laws of undo: the book is a function of which changes live, whatever the order of turning."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models import checking
from models.book import Book
from models.refusals import Refused

FIELDS = ("name", "city", "grade", "annual_revenue")
VALUES = {
    "name": st.sampled_from(["甲公司", "乙公司", "Acme", "丙"]),
    "city": st.sampled_from(["上海", "北京", ""]),
    "grade": st.sampled_from(["A", "B", ""]),
    "annual_revenue": st.sampled_from(["1.2万", "500", ""]),
}
STEP = st.one_of(
    st.tuples(st.just("add"), VALUES["name"], VALUES["city"]),
    st.sampled_from(FIELDS).flatmap(
        lambda one: st.tuples(st.just("set"), st.integers(0, 5), st.just(one), VALUES[one])
    ),
    st.tuples(st.just("remove"), st.integers(0, 5)),
    st.tuples(st.just("restore"), st.integers(0, 5)),
)


@contextmanager
def new_book():
    with (
        tempfile.TemporaryDirectory() as folder,
        Book.create(Path(folder) / "one.daybook") as book,
    ):
        yield book


def act(book: Book, step: tuple[Any, ...]) -> None:
    """Carry out a step on whichever record its number means; a refusal changes nothing."""
    live, gone = book.ids("customer"), book.ids("customer", deleted=True)
    try:
        if step[0] == "add":
            with book.change("add") as change:
                change.add("customer", {"name": step[1], "city": step[2]})
        elif step[0] == "set" and live:
            book.set("customer", live[step[1] % len(live)], {step[2]: step[3]})
        elif step[0] == "remove" and live:
            with book.change("remove") as change:
                change.remove("customer", [live[step[1] % len(live)]])
        elif step[0] == "restore" and gone:
            with book.change("restore") as change:
                change.restore("customer", [gone[step[1] % len(gone)]])
    except Refused:
        pass


def seen(book: Book) -> dict[str, Any]:
    """All that a person can see of the customers."""
    return {
        "live": [(id, book.record("customer", id)) for id in book.ids("customer")],
        "bin": [(id, book.record("customer", id)) for id in book.ids("customer", deleted=True)],
        "found": list(book.ids("customer", search="公司")),
    }


def changes(book: Book) -> list[int]:
    return [one.no for one in book.history(1000) if one.kind == "edit"]


@settings(max_examples=40)
@given(st.lists(STEP, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_undoing_everything_in_any_order_leaves_an_empty_book_and_redo_brings_it_back(steps, dice):
    with new_book() as book:
        for step in steps:
            act(book, step)
        before, numbers = seen(book), changes(book)
        dice.shuffle(numbers)
        for one in numbers:
            book.undo(one)
        assert seen(book) == {"live": [], "bin": [], "found": []}
        dice.shuffle(numbers)
        for one in numbers:
            book.redo(one)
        assert seen(book) == before
        assert [one for one in checking.check(book) if one.bad] == []


@settings(max_examples=40)
@given(st.lists(STEP, min_size=1, max_size=12))
def test_the_latest_change_can_be_taken_back_step_by_step_to_every_earlier_state(steps):
    with new_book() as book:
        states = []
        for step in steps:
            states.append((book.can_undo(), seen(book)))
            act(book, step)
        while book.can_undo() is not None:
            book.undo()
            now = book.can_undo()
            expected = next(
                state for last, state in states if (last and last.no) == (now and now.no)
            )
            assert seen(book) == expected


@settings(max_examples=30)
@given(st.lists(STEP, min_size=1, max_size=10))
def test_a_record_can_be_read_as_it_was_after_any_change(steps):
    with new_book() as book:
        taken: dict[tuple[int, int], dict[str, Any]] = {}
        for step in steps:
            act(book, step)
            last = book.history(1)
            if last:
                for id in book.ids("customer"):
                    taken[last[0].no, id] = book.record("customer", id)
        for (number, id), expected in taken.items():
            found = book.as_of("customer", id, number)
            assert found is not None
            assert {name: found[name] for name in FIELDS} == {
                name: expected[name] for name in FIELDS
            }
            past = book.past("customer", id, number)
            now = book.record("customer", id)
            assert (past.alive, past.values) == (1, expected)
            assert past.differing == {name for name in now if now[name] != expected[name]}


@settings(max_examples=30)
@given(first=VALUES["city"], second=st.sampled_from(["南京", "杭州"]))
def test_what_was_edited_since_is_kept_and_named(first, second):
    with new_book() as book:
        with book.change("add") as change:
            id = change.add("customer", {"name": "甲公司", "city": first or "广州"})
        with book.change("both") as change:
            change.set("customer", id, {"city": "苏州", "grade": "B"})
        both = book.history(1)[0].no
        book.set("customer", id, {"city": second})
        undone = book.undo(both)
        record = book.record("customer", id)
        assert (record["city"], record["grade"]) == (second, None)
        assert [(one.field, one.value) for one in undone.kept] == [("city", second)]
        book.redo(both)
        assert book.record("customer", id)["grade"] == "B"


def test_a_redone_edit_brings_its_record_back_and_its_undo_takes_it_away_again():
    with new_book() as book:
        with book.change("add") as change:
            id = change.add("contact", {"name": "张三"})
        added = change.no
        edited = book.set("contact", id, {"name": "李四"})
        assert {(one.entity, one.id) for one in book.undo(added).kept} == {("contact", id)}
        book.undo(edited)
        assert list(book.ids("contact")) == []
        book.redo(edited)
        assert book.record("contact", id)["name"] == "李四"
        book.undo(edited)
        assert list(book.ids("contact")) == []
        book.redo(added)
        assert book.record("contact", id)["name"] == "张三"


def test_a_redone_link_brings_what_it_links_to_back():
    with new_book() as book:
        with book.change("add") as change:
            firm = change.add("customer", {"name": "甲公司"})
        with book.change("link") as change:
            change.add("contact", {"name": "张三", "customer": firm})
        linked = change.no
        book.undo(linked)
        book.undo()
        assert list(book.ids("customer")) == []
        book.redo(linked)
        (contact,) = book.ids("contact")
        assert book.record("contact", contact)["customer"].label == "甲公司"
        assert list(book.ids("customer")) == [firm]
        assert [one for one in checking.check(book) if one.bad] == []
