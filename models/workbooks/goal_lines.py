"""The lines of the sheet of goal records: what counts for each goal, record by record.

A goal's value is the sum of its lines, of a rate the quotient of two sums. Records that people can
edit in the workbook are followed, see ``goal_live``; what they add there is a line of its own; what
other people add to a goal of several is one line without names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from models.book import Book
from models.describe.kinds import Link
from models.dialects import Connection
from models.goals.pace import Standing
from models.goals.scope import Scope
from models.journal.entries import title_sql
from models.measures.definition import Definition
from models.money import from_scaled, if_scaled
from models.sheets.exporting import Cells
from models.sheets.writing import Cell, Formula
from models.texts import N_, tr
from models.workbooks import goal_basis, goal_live
from models.workbooks.goal_basis import Counted
from models.workbooks.goal_live import FOLLOWED, Facts, Reader, Stage, Window, Words
from models.workbooks.goal_new import New
from models.workbooks.goal_places import LONGEST_TEXT, Place, serial

_WORDS = {"opportunity": "status", "activity": "kind", "task": "status", "follow_up_plan": "status"}
# What must be there for a sheet to be followed: one of these fields.
_TOLD = {
    "opportunity": ("status", "stage", "closed_on", "amount", "opened_on", "probability"),
    "activity": ("kind", "at", "result", "next_step"),
    "task": ("status", "due", "done_at"),
    "follow_up_plan": ("status", "due", "done_on"),
}
# Characters that a stage takes in a formula, beside its name, and all stages may take: each stands in
# it three times, and Excel takes 8,192. With more stages deals are as they were when they left.
_TOLD_STAGE, _STAGES = 64, 2_400
# Due by a day: of these nothing counts that is due only after the workbook's day.
_DUE = {"task", "follow_up_plan"}
_NONE = Decimal(0)


@dataclass(frozen=True)
class Line:
    """A line: its goal's id and title, the record's id and name, its day, whether it counts (or how
    many), what it adds above and below the line, and what was read of the record where it is followed.
    """

    goal: str
    title: str
    record: str = ""
    name: str = ""
    day: Cell = None
    counts: Cell = 1
    top: Cell = None
    bottom: Cell = None
    facts: tuple[Cell, ...] = ()
    of: tuple[str, int] | None = None

    @property
    def later(self) -> bool:
        """Whether it doesn't count when the workbook leaves."""
        counts = self.counts.value if isinstance(self.counts, Formula) else self.counts
        return not counts

    def cells(self) -> tuple[Cell, ...]:
        """The cells in the order of the columns."""
        facts = (*self.facts, *[None] * (6 - len(self.facts)))
        return (
            self.goal, self.title, self.record or None, self.name or None,
            self.day, self.counts, self.top, self.bottom, *facts,
        )  # fmt: skip


class Lines:
    """Makes the lines of a person's goals; what several need is read once."""

    def __init__(
        self,
        book: Book,
        db: Connection,
        person: int,
        places: Mapping[str, Place],
        on: date,
        today: date,
    ) -> None:
        self._book, self._db, self._person = book, db, person
        self._places, self._on, self._today = places, on, today
        self._stages = stages(book, db) if "opportunity" in places else {}
        if sum(len(one.name) + _TOLD_STAGE for one in self._stages.values()) > _STAGES:
            self._places = {name: one for name, one in places.items() if name != "opportunity"}
        self._said: dict[str, Words] = {}
        self.made: list[Line] = []

    def words(self, entity: str) -> Words:
        """What cells of an entity's state say."""
        if entity not in self._said:
            field = self._book.schema.entity(entity).field(_WORDS[entity])
            self._said[entity] = Words.of(field)
        return self._said[entity]

    def place(self, what: Definition | None) -> Place | None:
        """The sheet in which the records of a measure are followed; None if they are not."""
        if what is None or what.code not in FOLLOWED:
            return None
        entity = what.source.entity
        place = self._places.get(entity)
        return place if place and any(map(place.range, _TOLD[entity])) else None

    def add(self, one: Standing, scope: Scope, goal: str) -> None:
        """Add the lines of a goal."""
        if one.what is None or one.goal.first is None or one.goal.last is None:
            return
        until = min(one.goal.last, self._on)
        if one.actual is None or one.goal.first > until:
            return
        head = Line(goal, one.goal.title)
        own: list[Counted] = []
        if scope is None or self._person in scope:
            own = goal_basis.counted(
                self._db, self._book, one.what, one.goal.first, until, self._person
            )
            self._own(one, head, own, until)
        self._others(one, head, own)

    def _own(self, one: Standing, head: Line, own: list[Counted], until: date) -> None:
        what, place = one.what, self.place(one.what)
        assert what is not None
        followed: dict[int, tuple[Any, ...]] = {}
        if place is not None:
            columns = FOLLOWED[what.code]
            followed = goal_basis.owned(self._db, what, self._person, place.rows, columns)
        counting = {row.row: row for row in own} if followed else {}
        for row in own:
            if row.row not in followed:
                self.made.append(self._still(head, row))
        for row_id, stored in followed.items():
            assert place is not None
            line = self._live(one, head, place, (row_id, stored), counting.get(row_id), until)
            self.made.append(line)
        if place is not None and place.can_add:
            self._new(one, head, place)

    def _still(self, head: Line, row: Counted) -> Line:
        """A record that isn't edited in the workbook."""
        return replace(
            head,
            record=self._book.public_id(row.entity, row.row),
            day=row.day,
            top=row.top,
            bottom=row.bottom,
            of=(row.entity, row.row),
        )

    def _live(
        self,
        one: Standing,
        head: Line,
        place: Place,
        record: tuple[int, tuple[Any, ...]],
        counted: Counted | None,
        until: date,
    ) -> Line:
        """A record that is edited in the workbook, whether it counts already or not."""
        what, (row, stored) = one.what, record
        assert what is not None
        entity = what.source.entity
        facts, words = self._facts(entity, place, stored), self.words(entity)
        window = self._window(one, facts, until)
        counting = goal_live.counting(what, window, words)
        known = facts.begun if counting.day == goal_live.BEGUN else facts.ended
        top = counted.top if counted else _NONE
        bottom = (counted.bottom if counted else None) or _NONE
        return replace(
            head,
            record=self._book.public_id(entity, row),
            day=Formula(f"={counting.day}", known.value),
            counts=Formula(f"=IF({counting.counts},1,0)", int(counted is not None)),
            top=Formula(f"={counting.top}", top),
            bottom=None if counting.bottom is None else Formula(f"={counting.bottom}", bottom),
            facts=(
                facts.status, facts.begun, facts.ended, facts.amount, facts.share,
                Formula(goal_live.found(place), ""),
            ),
            of=(entity, row),
        )  # fmt: skip

    def _facts(self, entity: str, place: Place, stored: tuple[Any, ...]) -> Facts:
        read, words, today = Reader(place), self.words(entity), serial(self._today)
        match entity:
            case "opportunity":
                return goal_live.deal(read, stored, words, self._stages, today)
            case "activity":
                return goal_live.activity(read, stored, words)
            case "task":
                return goal_live.task(read, stored, words, today)
        return goal_live.plan(read, stored, words, today)

    def _window(self, one: Standing, facts: Facts, until: date) -> Window:
        """What is entered for a later day of the period counts; what lay there already doesn't yet."""
        assert one.goal.first is not None
        assert one.goal.last is not None
        low, high = serial(until), serial(one.goal.last)
        if one.what is not None and one.what.source.entity in _DUE:
            high = low
        ahead = any(low < int(day.value or 0) <= high for day in (facts.begun, facts.ended))  # type: ignore[arg-type]
        return Window(serial(one.goal.first), low if ahead else high, serial(self._today))

    def _new(self, one: Standing, head: Line, place: Place) -> None:
        assert one.what is not None
        assert one.goal.first is not None
        assert one.goal.last is not None
        last = one.goal.last
        if one.what.source.entity in _DUE:
            last = min(last, self._on)
        window = Window(serial(one.goal.first), serial(last), serial(self._today))
        made = New(place, window, self.words(one.what.source.entity), self._stages)
        self.made += [
            replace(
                head,
                name=tr(N_("New rows in “{sheet}”"), sheet=place.sheet),
                counts=Formula(f"={added.counts}", 0),
                top=Formula(f"=IFERROR({added.top},0)", 0),
                bottom=None if added.bottom is None else Formula(f"={added.bottom}", 0),
            )
            for added in made.added(one.what.code)
        ]

    def _others(self, one: Standing, head: Line, own: list[Counted]) -> None:
        """What other people add to a goal of several: sums alone."""
        assert one.actual is not None
        n = one.actual.n - len(own)
        if n <= 0:
            return
        bottom = one.actual.denominator
        if bottom is not None:
            bottom -= sum((row.bottom or _NONE for row in own), _NONE)
        self.made.append(
            replace(
                head,
                name=tr(N_("Of the others, together")),
                counts=n,
                top=one.actual.numerator - sum((row.top for row in own), _NONE),
                bottom=bottom,
            )
        )

    def add_results(self, one: Standing, goal: str) -> None:
        """Add the key results of a goal that has no measure: progress times weight, and weight."""
        found = self._db.run(
            "SELECT id, title, due, weight, progress, status FROM key_result "
            "WHERE alive = 1 AND goal = ? ORDER BY id",
            (one.goal.id,),
        )
        place = self._places.get("key_result")
        shown = [
            row
            for row in found
            if row[5] != "dropped" or (place is not None and row[0] in place.rows)
        ]
        counted = [row[3] for row in found if row[5] != "dropped"]
        for row in shown:
            self._result(Line(goal, one.goal.title), row, _weight(row[3], counted))

    def _result(self, head: Line, row: tuple[Any, ...], weight: Decimal) -> None:
        number, title, due, _, progress, status = row
        field = self._book.schema.entity("key_result").field("status")
        words = Words.of(field)
        done = Decimal(1) if status == "done" else goal_basis.amount_of(progress)
        line = replace(
            head,
            record=self._book.public_id("key_result", number),
            name=title or "",
            day=goal_basis.day_of(due),
            top=weight * done,
            bottom=weight,
        )
        place = self._places.get("key_result")
        if place is not None and number in place.rows:
            read, was = Reader(place), words.said.get(status or "", "")
            dropped, there = words["dropped"], goal_basis.amount_of(progress)
            counts = int(status != "dropped")
            line = replace(
                line,
                counts=Formula(f"=IF({goal_live.STATUS}={dropped},0,1)", counts),
                top=Formula(f"={goal_live.COUNTS}*{goal_live.AMOUNT}*{goal_live.SHARE}", counts * weight * done),
                bottom=Formula(f"={goal_live.COUNTS}*{goal_live.AMOUNT}", counts * weight),
                facts=(
                    Formula(f"={read.words('status', was)}", was), None, None, weight,
                    Formula(
                        f"=IF({goal_live.STATUS}={words['done']},1,{read.number('progress', there)})",
                        done,
                    ),
                    Formula(goal_live.found(place), ""),
                ),
            )  # fmt: skip
        self.made.append(line)

    def named(self) -> list[Line]:
        """All lines with the names of their records; of each goal first those that count."""
        names = goal_basis.names(self._db, self._book, (one.of for one in self.made if one.of))
        listed = [replace(one, name=names.get(one.of, "")) if one.of else one for one in self.made]
        place: dict[str, int] = {}
        for one in listed:
            place.setdefault(one.goal, len(place))
        return sorted(listed, key=lambda one: (place[one.goal], one.later))


def _weight(stated: int | None, counted: list[int | None]) -> Decimal:
    """The weight of a key result among those that count, as ``pace.progress_of`` takes it."""
    known = [from_scaled(int(one)) for one in counted if one is not None]
    usual = sum(known, _NONE) / len(known) if known else Decimal(1)
    if known and sum(known, _NONE) <= 0:
        return Decimal(1)
    return usual if stated is None else from_scaled(int(stated))


def stages(book: Book, db: Connection) -> dict[int, Stage]:
    """The stages of a book as cells name them; what no formula can hold is left out."""
    field = book.schema.entity("opportunity").field("stage")
    said = Cells(book).of(field)
    found = db.run(
        f"SELECT t.id, {title_sql(book.schema, 'stage', 't')}, t.kind, t.probability "
        "FROM stage t WHERE t.alive = 1 ORDER BY t.order_no, t.id"
    )
    made = {}
    for row, name, kind, share in found:
        cell = str(said(Link(row, name or "")))
        if 0 < len(cell) < LONGEST_TEXT - 2:
            odds = if_scaled(share)
            made[row] = Stage(cell, kind or "open", odds)
    return made
