"""Formula columns under any order of adding, changing, removing, undo and redo: the book is a function
of which changes live, every list can be read, and who opens the book sees the same."""

from __future__ import annotations

import contextlib
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.refusals import Refused

NAMES = ("甲", "乙", "丙")
PARTS = ("annual_revenue", "employees", "x_甲", "x_乙", "x_丙", "x_数", "parent.x_甲")


def act(book: Book, dice: random.Random) -> None:
    """One thing that somebody might do; what is refused changes nothing."""
    what = dice.choice(
        ["add", "add", "change", "change", "remove", "plain", "undo", "undo", "redo"]
    )
    name = dice.choice(NAMES)
    text = " + ".join(dice.sample(PARTS, dice.randrange(1, 4))) + dice.choice(["", " * 2", " & 1"])
    changes = [one for one in book.history(1000) if one.kind == "edit"]
    if what in ("undo", "redo"):
        wanted = [one.no for one in changes if one.undone == (what == "redo")][:-1]
        if wanted:
            (book.undo if what == "undo" else book.redo)(dice.choice(wanted))
        return
    with book.change(what) as change:
        if what == "add":
            change.add_field("customer", name, "", formula=text)
        elif what == "change":
            change.change_field("customer", name, name, formula=text)
        elif what == "plain":
            change.add_field("customer", "数", "number")
        else:
            change.remove_field("customer", dice.choice([*NAMES, "数"]))


def state(book: Book) -> Any:
    fields = [one for one in book.schema.entity("customer").fields if one.custom]
    rows = book.rows("customer", book.ids("customer"), [one.id for one in fields])
    return [(one.id, one.kind, one.formula, one.fault and one.fault.code) for one in fields], rows


@given(seed=st.integers(0, 10**6))
def test_the_book_is_a_function_of_which_changes_live(tmp_path_factory, seed):
    dice = random.Random(seed)
    place = tmp_path_factory.mktemp("book") / "team.daybook"
    with Book.create(place) as book:
        with book.change("rows") as change:
            first = change.add("customer", {"name": "A", "annual_revenue": "5", "employees": "2"})
            change.add("customer", {"name": "B", "annual_revenue": "7", "parent": first})
        seen: dict[frozenset[int], Any] = {}
        for _ in range(12):
            with contextlib.suppress(Refused):
                act(book, dice)
            now = state(book)
            with Book.open(place) as again:
                assert state(again) == now
            lives = frozenset(
                one.no for one in book.history(1000) if one.kind == "edit" and not one.undone
            )
            assert seen.setdefault(lives, now) == now
