"""A block of a sheet laid over records: cells of those that are there, new ones for lines beyond.

What a field can't accept is declined cell by cell and given back with the reason; a line that lacks
what a record must have is left out whole. Everything else is one change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from models.book import Book
from models.change import Change
from models.describe.field import Entity, Field
from models.progress import SILENT, Progress
from models.refusals import Refused
from models.sheets.headers import fold_header
from models.texts import N_

_NUMBERS = {"integer", "number", "money", "percent"}


@dataclass(frozen=True)
class Cell:
    """What a cell of a sheet shows, and the value behind it where the sheet says it."""

    text: str
    value: Decimal | date | None = None

    def meant(self, kind: str) -> object:
        """What a field of a kind reads: a shown number may be rounded, a shown code never is."""
        number, day = isinstance(self.value, Decimal), isinstance(self.value, date)
        if (number and kind in _NUMBERS) or (day and kind == "date"):
            return self.value
        return self.text


@dataclass(frozen=True)
class Line:
    """A line of the block: its place there, from 1; the record that it goes to, 0 for a new one."""

    number: int
    id: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Declined:
    """A cell that was not accepted; without a field, a line that can't become a record."""

    line: int
    id: int
    field: str
    text: str
    why: str


@dataclass
class Outcome:
    """What came of a block; ``change`` is 0 when nothing could be written."""

    change: int = 0
    added: list[int] = field(default_factory=list)
    cells: list[tuple[int, str]] = field(default_factory=list)
    declined: list[Declined] = field(default_factory=list)
    left_out: list[Declined] = field(default_factory=list)


class _Nothing(Exception):
    """Nothing of the block could be written: there is no change."""


def heads(entity: Entity, block: Sequence[Sequence[Cell]], at: str) -> list[str] | None:
    """The fields that the first line names, "" for a column that is unknown; None if it names none.

    One column alone is headed only by the name of the field ``at`` which it is pasted.
    """
    if len(block) < 2:
        return None
    known: dict[str, str] = {}
    for words in (Field.called, Field.known_as):  # a field's own names go before synonyms
        for one in entity.fields:
            for word in words(one):
                known.setdefault(fold_header(word), one.id)
    found = [known.get(fold_header(one.text), "") if one.text.strip() else "" for one in block[0]]
    named = [name if name not in found[:place] else "" for place, name in enumerate(found)]
    if len(named) == 1:
        return named if named[0] == at else None
    there = sum(bool(one.text.strip()) for one in block[0])
    matched = sum(map(bool, named))
    return named if matched >= 2 and matched * 2 >= there else None


def check(
    book: Book, entity_id: str, lines: Iterable[Line], progress: Progress = SILENT
) -> list[Declined]:
    """The lines among new ones that can't become records, and why; nothing is written."""
    entity, lacking = book.schema.entity(entity_id), []
    with book.reading() as db:
        change = Change(book, db, 0)
        for line in lines:
            progress.step(0.0)
            values, declined = _clean(change, entity, line)
            try:
                change.complete(entity, values)
            except Refused as refused:
                lacking.append(_lacking(entity, line, declined, refused))
    return lacking


def write(
    book: Book, entity_id: str, reason: str, lines: Sequence[Line], progress: Progress = SILENT
) -> Outcome:
    """Write a block as one change.

    Raises:
        Refused: the book can't be written now; nothing was.
    """
    entity, done = book.schema.entity(entity_id), Outcome()
    try:
        with book.change(reason) as change:
            for at, line in enumerate(lines):
                progress.step(at / len(lines))
                _write_line(change, entity, line, done)
            if not done.cells:
                raise _Nothing
        done.change = change.no
    except _Nothing:
        pass
    return done


def _write_line(change: Change, entity: Entity, line: Line, done: Outcome) -> None:
    values, declined = _clean(change, entity, line)
    id = line.id
    try:
        if not id:
            id = change.add(entity.id, values)
            done.added.append(id)
        elif values:
            change.set(entity.id, id, values)
    except Refused as refused:
        if not id:
            done.left_out.append(_lacking(entity, line, declined, refused))
            return
        text = {name: line.cells[name].text for name in values}
        declined += [Declined(line.number, id, one, text[one], str(refused)) for one in values]
        values = {}
    done.cells += [(id, name) for name in values]
    done.declined += [Declined(one.line, id, one.field, one.text, one.why) for one in declined]


def _clean(change: Change, entity: Entity, line: Line) -> tuple[dict[str, Any], list[Declined]]:
    values: dict[str, Any] = {}
    declined = []
    for name, cell in line.cells.items():
        one = entity.field(name)
        if one.formula and not line.id and not cell.text.strip():
            continue  # nothing was meant to stand in it
        try:
            value = change.clean(entity, {name: cell.meant(one.kind)})[name]
            if value is None and one.required and line.id:
                raise Refused("required", N_("{field} must be filled in."), field=one.text())
        except Refused as refused:
            declined.append(Declined(line.number, line.id, name, cell.text, str(refused)))
        else:
            if value is not None or line.id:  # a new record's blank takes what is usual
                values[name] = value
    return values, declined


def _lacking(
    entity: Entity, line: Line, declined: Sequence[Declined], refused: Refused
) -> Declined:
    """Why a line is no record: what stood in the required field says more than that it is empty."""
    cause = next((one for one in declined if entity.field(one.field).required), None)
    text = " ".join(cell.text.strip() for cell in line.cells.values() if cell.text.strip())
    return Declined(line.number, 0, "", text, cause.why if cause else str(refused))
