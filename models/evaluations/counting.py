"""What people reached by a measure, with every record behind it: one scan for all who have the same days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.book import Book
from models.dialects import Connection, quoted
from models.evaluations.result import Counted
from models.evaluations.windows import Days
from models.journal.entries import title_sql
from models.measures import batch
from models.measures.definition import Definition, middle, number

_BLOCK = 500  # rows that an IN list asks for at once


@dataclass(frozen=True)
class Part:
    """One record: its kind, its row, what it adds above and below the line."""

    entity: str
    row: int
    top: Decimal
    bottom: Decimal | None


@dataclass(frozen=True)
class Count:
    """What somebody reached: the sums of their records, or with ``median`` the middle one of them."""

    top: Decimal
    bottom: Decimal | None
    parts: tuple[Part, ...]
    median: bool = False

    @property
    def n(self) -> int:
        """How many records there are."""
        return len(self.parts)

    @property
    def exact(self) -> Fraction | None:
        """The value; None for a ratio of nothing."""
        if self.median:
            found = middle(one.top for one in self.parts)
            return None if found is None else Fraction(found)
        if self.bottom is None:
            return Fraction(self.top)
        return Fraction(self.top) / Fraction(self.bottom) if self.bottom else None


def flows(what: Definition) -> bool:
    """Whether more days bring more of it: amounts and counts, but not what stands at an end, rates or means."""
    return what.denominator is None and not what.at_end


def counts(
    db: Connection, book: Book, what: Definition, windows: Mapping[int, Days]
) -> dict[int, Count]:
    """What each of some people reached in their own days; without records it is a sum of nothing."""
    by_days: dict[Days, set[int]] = defaultdict(set)
    for person, days in windows.items():
        if days[0] <= days[1]:
            by_days[days].add(person)
    parts: dict[int, list[Part]] = defaultdict(list)
    for days, people in by_days.items():
        for whose, entity, row, top, bottom in batch.each(db, book, what, days, people):
            assert whose is not None
            parts[whose].append(_part(what, entity, row, top, bottom))
    return {person: _count(what, parts[person]) for person in windows}


def _part(what: Definition, entity: str, row: int, top: Any, bottom: Any) -> Part:
    below = None if what.denominator is None else number(bottom, what.scaled_below)
    return Part(entity, row, number(top, what.scaled), below)


def _count(what: Definition, parts: Collection[Part]) -> Count:
    top = sum((one.top for one in parts), Decimal(0))
    bottom = None
    if what.denominator is not None:
        bottom = sum((one.bottom or Decimal(0) for one in parts), Decimal(0))
    return Count(top, bottom, tuple(parts), what.median)


class Names:
    """What records are called and by which ids, each read once."""

    def __init__(self, db: Connection, book: Book) -> None:
        self._db, self._book = db, book
        self._known: dict[tuple[str, int], str] = {}

    def read(self, parts: Iterable[Part]) -> None:
        """Learn what the records behind some numbers are called."""
        asked: dict[str, set[int]] = defaultdict(set)
        for one in parts:
            if (one.entity, one.row) not in self._known:
                asked[one.entity].add(one.row)
        for entity, rows in asked.items():
            title, listed = title_sql(self._book.schema, entity, "t"), sorted(rows)
            for at in range(0, len(listed), _BLOCK):
                block = ",".join(map(str, listed[at : at + _BLOCK]))
                for row, label in self._db.run(
                    f"SELECT t.id, {title} FROM {quoted(entity)} t WHERE t.id IN ({block})"
                ):
                    self._known[entity, row] = "" if label is None else str(label)

    def counted(self, parts: Iterable[Part]) -> tuple[Counted, ...]:
        """Records as a result names them."""
        return tuple(
            Counted(
                self._book.public_id(one.entity, one.row),
                one.entity,
                self._known.get((one.entity, one.row), ""),
                one.top,
                one.bottom,
            )
            for one in parts
        )
