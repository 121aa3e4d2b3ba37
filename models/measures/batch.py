"""Measures of many people and many periods in one scan: the sums of each person, day by day.

A scan groups by person and by whole months; only months that an edge of somebody's period divides
are kept day by day. What can't be added up over time (what stands at a period's end, what is counted
inside a period) is read for each asked period by itself, still for all people at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from models.book import Book
from models.dialects import Connection
from models.measures.definition import Definition
from models.measures.engine import body
from models.periods import days, month

Owners = Collection[int | None]
_ONE = timedelta(days=1)


class Cell(NamedTuple):
    """The sums of one person from a day on: numerators as ``Definition.added`` takes them, denominator,
    records, their last day."""

    day: str
    top: Any
    bottom: Any
    n: int
    last: str | None


Cells = dict[int | None, list[Cell]]


@dataclass(frozen=True)
class Span:
    """Days of which a scan knows the sums: from one to another, and exactly at the edges.

    ``divided`` are the months (``2017-10``) that are kept day by day.
    """

    first: date
    last: date
    divided: frozenset[str]

    @classmethod
    def of(cls, windows: Iterable[tuple[date, date]], since: date | None = None) -> Span | None:
        """What some windows, both ends included, ask for; ``since`` looks further back."""
        asked = [one for one in windows if one[0] <= one[1]]
        if not asked:
            return None
        edges = {day for first, last in asked for day in (first, last + _ONE)}
        divided = frozenset(f"{day:%Y-%m}" for day in edges if day.day > 1)
        first, last = min(one for one, _ in asked), max(one for _, one in asked)
        return cls(min(first, since) if since else first, last, divided)

    def covers(self, other: Span) -> bool:
        """Whether everything that another asks for is known here."""
        return (
            self.first <= other.first and self.last >= other.last and self.divided >= other.divided
        )


def adds_up(what: Definition) -> bool:
    """Whether the sums of two stretches of time are those of both together."""
    return not what.at_end and "{during" not in what.source.sql


def cells(
    db: Connection, book: Book, what: Definition, span: Span, owners: Owners | None = None
) -> Cells:
    """The sums of everybody, or of some, in the days of a span; each person's by day."""
    source = what.source
    key = _key(f"({source.date})", span)
    sql, params = body(book, what, days(span.first, span.last), owners=owners)
    found = db.run(
        f"SELECT {source.person or 'NULL'}, {key}, {what.gathered}, "
        f"sum({what.denominator or 'NULL'}), count(*), max({source.date}) {sql} "
        "GROUP BY 1, 2 ORDER BY 1, 2",
        params,
    )
    made: Cells = {}
    for person, day, *sums in found:
        made.setdefault(person, []).append(Cell(day if len(day) > 7 else f"{day}-01", *sums))
    return made


def whole(
    db: Connection,
    book: Book,
    what: Definition,
    window: tuple[date, date],
    owners: Owners | None = None,
) -> Cells:
    """The sums of everybody, or of some, over one period, both ends included."""
    first, last = window
    sql, params = body(book, what, days(first, last), owners=owners)
    found = db.run(
        f"SELECT {what.source.person or 'NULL'}, {what.gathered}, "
        f"sum({what.denominator or 'NULL'}), count(*), max({what.source.date}) {sql} GROUP BY 1",
        params,
    )
    return {person: [Cell(first.isoformat(), *sums)] for person, *sums in found}


def events(
    db: Connection,
    book: Book,
    what: Definition,
    window: tuple[date, date],
    owners: Owners | None = None,
) -> list[tuple[int | None, str, Any, Any]]:
    """Each record by itself: whose it is, its month, what it adds above and below the line."""
    sql, params = body(book, what, days(*window), owners=owners)
    return db.run(
        f"SELECT {what.source.person or 'NULL'}, substr({what.source.date}, 1, 7), "
        f"{what.numerator}, {what.denominator or 'NULL'} {sql}",
        params,
    )


def each(
    db: Connection,
    book: Book,
    what: Definition,
    window: tuple[date, date],
    owners: Owners | None = None,
) -> list[tuple[int | None, str, int, Any, Any]]:
    """Each record behind the numbers of everybody, or of some, over one period, both ends included.

    Whose it is, its kind, its row, what it adds above and below the line.
    """
    source = what.source
    sql, params = body(book, what, days(*window), owners=owners)
    kind = "b.kind" if source.whole else f"'{source.entity}'"
    return db.run(
        f"SELECT {source.person or 'NULL'}, {kind}, {source.record}, {what.numerator}, "
        f"{what.denominator or 'NULL'} {sql} ORDER BY 3",
        params,
    )


def _key(day: str, span: Span) -> str:
    """The SQL of the month of a day, or of the day itself in months that are divided."""
    divided = []
    for one in sorted(span.divided):
        meant = month(int(one[:4]), int(one[5:]))
        divided.append(f"{day} >= '{meant.start}' AND {day} < '{meant.end}'")
    whole_month = f"substr({day}, 1, 7)"
    if not divided:
        return whole_month
    return f"CASE WHEN {' OR '.join(divided)} THEN {day} ELSE {whole_month} END"
