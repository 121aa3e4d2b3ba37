"""Whole stories of workbooks: issued, edited, sent, sent again, late, undone, decided, in any order.

After every collect each cell is accounted for: the book has what came back, or it is asked, or it was
seen by the workbook before; and the same file says nothing new.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from models import checking
from models.refusals import Refused
from models.workbooks import collecting, conflicts, merging
from models.workbooks.items import MINE, THEIRS, Decision
from models.workbooks.manifest import Stored
from tests.workbooks.merge_edits import (
    NEW_CUSTOMER,
    NEW_VISIT,
    VALUES,
    as_text,
    edit_book,
    edit_out,
    pieces,
    questions,
)
from tests.workbooks.merge_world import Out, Unread, World

Key = tuple[int, str]
NUMBER = st.integers(0, 9)
# Few cells, so that both sides and several files meet in them.
EDITS = st.lists(
    st.sampled_from(["city", "tags", "notes", "employees"]).flatmap(
        lambda field: st.tuples(st.integers(0, 1), st.just(field), st.sampled_from(VALUES[field]))
    ),
    min_size=1,
    max_size=4,
)
_COPIES = ("older_return", "other_copy")


class Held:
    """A workbook in somebody's hands: its file now, files as they were, and all that each cell ever said."""

    def __init__(self, out: Out) -> None:
        self.out, self.older = out, list[Out]()
        self.said: dict[Key, set[Stored]] = {}
        self.collects: list[int] = []
        self.see(out)

    def see(self, out: Out) -> None:
        """What a file says has been said."""
        for row, values in out.rows["customer"]:
            if row is not None:
                for field in VALUES:
                    self.said.setdefault((row, field), set()).add(values[field])


class Stories(RuleBasedStateMachine):
    """Two people, some workbooks of each, a book that is edited meanwhile."""

    folder: Path
    first: World

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Held] = []
        self.collected = list[int]()

    @classmethod
    def begin(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="stories-"))
        cls.first = World(cls.folder / "first.daybook")
        cls.first.close()

    @initialize()
    def open_book(self) -> None:
        path = self.folder / f"{id(self)}.daybook"
        shutil.copyfile(self.folder / "first.daybook", path)
        self.world = self.first.again(path)
        self.held.append(Held(self.world.issue()))

    @rule()
    @precondition(lambda self: len(self.held) < 4)
    def issue(self) -> None:
        self.held.append(Held(self.world.issue()))

    @rule(edits=EDITS)
    def edit_the_book(self, edits: list[tuple[int, str, Stored]]) -> None:
        for at, field, value in edits:
            edit_book(self.world, self.world.customers[at], field, value)

    @rule(no=NUMBER, edits=EDITS)
    def edit_a_workbook(self, no: int, edits: list[tuple[int, str, Stored]]) -> None:
        held = self.held[no % len(self.held)]
        held.older = [*held.older[-1:], held.out.copied()]
        for at, field, value in edits:
            edit_out(held.out, self.world.customers[at], field, value)

    @rule(no=NUMBER, customer=NEW_CUSTOMER, visits=st.lists(NEW_VISIT, max_size=1))
    def type_new_rows(self, no: int, customer: dict[str, Any], visits: list[Any]) -> None:
        out = self.held[no % len(self.held)].out
        out.add("customer", **customer)
        for one in visits:
            out.add("activity", customer=Unread(customer["name"]), **one)

    @rule(no=NUMBER, at=st.integers(0, 2))
    def delete_a_row(self, no: int, at: int) -> None:
        self.held[no % len(self.held)].out.remove("customer", self.world.customers[at])

    @rule(at=st.integers(0, 2))
    def remove_from_the_book(self, at: int) -> None:
        with self.world.book.change("remove") as change:
            change.remove("customer", [self.world.customers[at]])

    @rule(at=st.integers(0, 2))
    def restore_in_the_book(self, at: int) -> None:
        with self.world.book.change("restore") as change:
            change.restore("customer", [self.world.customers[at]])

    @rule(no=NUMBER, older=st.booleans())
    def collect(self, no: int, older: bool) -> None:
        held = self.held[no % len(self.held)]
        out = held.older[-1] if older and held.older else held.out
        before, alive = self._cells(), self._alive()
        merged = self.world.merge(out)
        change = collecting.apply(self.world.book, merged)
        if change is not None:
            self.collected.append(change)
            held.collects.append(change)
        self._account(held, out, before, alive, {one.code for one in merged.file.problems})
        held.see(out)
        self._assert_again(out)

    @rule(no=NUMBER, take=st.sampled_from([MINE, THEIRS]))
    def decide(self, no: int, take: str) -> None:
        waiting = self.world.open()
        if waiting:
            question = waiting[no % len(waiting)]
            with contextlib.suppress(Refused):
                conflicts.resolve(self.world.book, question.row, Decision(take))

    @rule(no=NUMBER)
    @precondition(lambda self: self.collected)
    def undo_a_collect(self, no: int) -> None:
        change = self.collected.pop(no % len(self.collected))
        self.world.book.undo(change)

    # -- what must hold ----------------------------------------------------------------------------

    def _cells(self) -> dict[Key, Stored]:
        return {
            (row, field): self.world.value("customer", row, field)
            for row in self.world.customers[:3]
            for field in VALUES
        }

    def _alive(self) -> dict[int, bool]:
        return {row: self.world.alive("customer", row) for row in self.world.customers}

    def _account(
        self,
        held: Held,
        out: Out,
        before: dict[Key, Stored],
        alive: dict[int, bool],
        codes: set[str],
    ) -> None:
        assert self._alive().items() >= alive.items(), "a collect removes and restores nothing"
        after = self._cells()
        for key, value in after.items():
            row, field = key
            theirs = out.get("customer", row, field) if out.has("customer", row) else None
            seen = held.said.get(key, set())
            if value != before[key]:  # the book's value went: it was asked, joined, or seen before
                joined = field in ("tags", "notes")
                assert before[key] in seen or before[key] is None or joined
                if joined and before[key] not in seen:
                    assert self._gone(field, before[key], value) <= self._ever(field, seen)
            if out.has("customer", row) and theirs != value and theirs not in seen:
                assert self._told(row, field, theirs, value, seen) or codes & set(_COPIES)

    def _gone(self, field: str, before: Stored, after: Stored) -> set[str]:
        return pieces(field, before) - pieces(field, after)

    def _ever(self, field: str, seen: set[Stored]) -> set[str]:
        return set().union(*(pieces(field, one) for one in seen))

    def _told(self, row: int, field: str, theirs: Stored, after: Stored, seen: set[Stored]) -> bool:
        """Whether what the workbook says anew is in the book, or asked."""
        wanted = as_text(self.world, field, theirs)
        if any(one.theirs == wanted for one in questions(self.world, row, field)):
            return True
        new = pieces(field, theirs) - self._ever(field, seen)
        return field in ("tags", "notes") and new <= pieces(field, after)

    def _assert_again(self, out: Out) -> None:
        """The same file, at once, says nothing."""
        state, waiting = self.world.state(), self.world.open()
        again = merging.merge(self.world.book, out.file())
        assert (again.items, again.settled) == ((), ())
        assert collecting.apply(self.world.book, again) is None
        assert (self.world.state(), self.world.open()) == (state, waiting)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            assert [one for one in checking.check(self.world.book) if one.bad] == []
            self.world.close()
            (self.folder / f"{id(self)}.daybook").unlink()


_THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def setup_module() -> None:
    Stories.begin()


def teardown_module() -> None:
    shutil.rmtree(Stories.folder, ignore_errors=True)


TestStories = Stories.TestCase
TestStories.settings = settings(
    max_examples=1_000 if _THOROUGH else 30,
    stateful_step_count=30 if _THOROUGH else 20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
