"""Find and replace in the cells of records: what would change first, then as one change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.book import Book
from models.change import Change
from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.pasting import Cell, Line, Outcome
from models.pasting import write as write_lines
from models.progress import SILENT, Progress
from models.refusals import Refused
from models.texts import N_

_AT_ONCE = 500  # records read together
Rule = Callable[[str], str]
MOST = 100_000  # cells that are found at once


@dataclass(frozen=True)
class Wanted:
    """What is looked for, and what is put in its place."""

    find: str
    into: str
    match_case: bool = False
    whole: bool = False

    def rule(self) -> Rule:
        """What becomes of a text."""
        flags = 0 if self.match_case else re.IGNORECASE
        pattern = re.compile(re.escape(self.find), flags)
        if self.whole:
            return lambda text: self.into if pattern.fullmatch(text) else text
        return lambda text: pattern.sub(lambda _: self.into, text)


@dataclass(frozen=True)
class Found:
    """A cell in which it stands: the text before and after, and why the field would refuse it."""

    id: int
    field: str
    before: str
    after: str
    why: str = ""


Block = tuple[Sequence[int], Sequence[str]]  # ids and fields


def find(
    book: Book,
    entity_id: str,
    blocks: Sequence[Block],
    wanted: Wanted,
    progress: Progress = SILENT,
) -> list[Found]:
    """The cells of some blocks that would change, each once, ``MOST`` of them at most."""
    if not wanted.find:
        return []
    entity, rule = book.schema.entity(entity_id), wanted.rule()
    made: dict[tuple[int, str], Found] = {}
    with book.reading() as db:
        change = Change(book, db, 0)
        for id, field, value in _cells(book, entity_id, blocks, progress):
            found = changed(change, entity, id, field, value, rule)
            if found is not None:
                made[id, field] = found
                if len(made) >= MOST:
                    break
    return list(made.values())


def _cells(
    book: Book, entity_id: str, blocks: Sequence[Block], progress: Progress
) -> Iterator[tuple[int, str, Any]]:
    total, done = sum(len(ids) for ids, _ in blocks), 0
    for ids, fields in blocks:
        for start in range(0, len(ids), _AT_ONCE):
            progress.step(done / total)
            part = ids[start : start + _AT_ONCE]
            done += len(part)
            for id, row in zip(part, book.rows(entity_id, part, fields), strict=True):
                for field, value in zip(fields, row, strict=True):
                    if value is not None:
                        yield id, field, value


def changed(
    change: Change, entity: Entity, id: int, name: str, value: Any, rule: Rule
) -> Found | None:
    """What a rule makes of a value, and why the field would refuse it; None if nothing changes."""
    field = entity.field(name)
    before = KINDS[field.kind].edited(field, value)
    after = rule(before)
    if after == before:
        return None
    try:
        fresh = change.clean(entity, {field.id: after})[field.id]
        if fresh is None and field.required:
            raise Refused("required", N_("{field} must be filled in."), field=field.text())
    except Refused as refused:
        return Found(id, field.id, before, after, str(refused))
    return Found(id, field.id, before, after)


def write(
    book: Book, entity_id: str, reason: str, chosen: Sequence[Found], progress: Progress = SILENT
) -> Outcome:
    """Replace in the chosen cells, as one change.

    Raises:
        Refused: the book can't be written now; nothing was.
    """
    by_id: dict[int, dict[str, Cell]] = {}
    for one in chosen:
        by_id.setdefault(one.id, {})[one.field] = Cell(one.after)
    lines = [Line(number, id, cells) for number, (id, cells) in enumerate(by_id.items(), 1)]
    return write_lines(book, entity_id, reason, lines, progress)
