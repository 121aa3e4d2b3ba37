"""What people reached by a measure, with every record behind it: one scan for all who have the same days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import repeat
from typing import Any

from models.book import Book
from models.dialects import Connection, quoted
from models.evaluations.result import Counted
from models.evaluations.windows import Days
from models.journal.entries import title_sql
from models.measures import batch
from models.measures.definition import Definition, middle, number

_BLOCK = 500  # rows that an IN list asks for at once


# One record as it was read: whose, its kind, its row, what it adds above and below the line.
Part = tuple[int | None, str, int, Any, Any]


@dataclass(frozen=True)
class Count:
    """What somebody reached: the sums of their records, or with ``median`` the middle one of them."""

    what: Definition
    top: Decimal
    bottom: Decimal | None
    parts: Sequence[Part]

    @property
    def n(self) -> int:
        """How many records there are."""
        return len(self.parts)

    @cached_property
    def exact(self) -> Fraction | None:
        """The value; None for a ratio of nothing."""
        if self.what.median:
            found = middle(number(top, self.what.scaled) for _, _, _, top, _ in self.parts)
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
        for part in batch.each(db, book, what, days, people):
            assert part[0] is not None
            parts[part[0]].append(part)
    return {person: _count(what, parts[person]) for person in windows}


def _count(what: Definition, parts: Sequence[Part]) -> Count:
    top = _sum([one[3] for one in parts], what.scaled)
    if what.denominator is None:
        return Count(what, top, None, parts)
    return Count(what, top, _sum([one[4] for one in parts], what.scaled_below), parts)


def _sum(values: Sequence[Any], scaled: bool) -> Decimal:
    """The sum of what was read; each by itself is made a number only where the engine gave others than integers."""
    if values and all(type(one) is int for one in values):
        return number(sum(values), scaled)
    return sum((number(one, scaled) for one in values), Decimal(0))


def _numbers(values: Sequence[Any], scaled: bool) -> list[Decimal]:
    """What was read as exact numbers; counts, of which many are the same, are made once each."""
    if scaled or not all(type(one) is int for one in values):
        return [number(one, scaled) for one in values]
    made = {one: Decimal(one) for one in set(values)}
    return [made[one] for one in values]


class Names:
    """What records are called and by which ids, each read once."""

    def __init__(self, db: Connection, book: Book) -> None:
        self._db, self._book = db, book
        self._known: dict[tuple[str, int], tuple[str, str]] = {}  # id and label

    def read(self, found: Iterable[Count]) -> None:
        """Learn what the records behind some numbers are called."""
        asked: dict[str, set[int]] = defaultdict(set)
        for one in found:
            for _, entity, row, _, _ in one.parts:
                asked[entity].add(row)
        for entity, rows in asked.items():
            title, listed = title_sql(self._book.schema, entity, "t"), sorted(rows)
            prefix, ids = self._book.schema.entity(entity).prefix, self._book.public.make
            for at in range(0, len(listed), _BLOCK):
                block = ",".join(map(str, listed[at : at + _BLOCK]))
                for row, label in self._db.run(
                    f"SELECT t.id, {title} FROM {quoted(entity)} t WHERE t.id IN ({block})"
                ):
                    number = ids(prefix, row)
                    self._known[entity, row] = number, "" if label is None else str(label)

    def counted(self, count: Count) -> tuple[Counted, ...]:
        """Records as a result names them."""
        what, parts = count.what, count.parts
        above: Iterable[Decimal] = _numbers([one[3] for one in parts], what.scaled)
        below: Iterable[Decimal | None] = repeat(None)
        if what.denominator is not None:
            below = _numbers([one[4] for one in parts], what.scaled_below)
        known = self._known
        made = []
        for (_, entity, row, _, _), top, bottom in zip(parts, above, below, strict=False):
            id, label = known.get((entity, row)) or self._unknown(entity, row)
            made.append(Counted(id, entity, label, top, bottom, row))
        return tuple(made)

    def _unknown(self, entity: str, row: int) -> tuple[str, str]:
        return self._book.public_id(entity, row), ""
