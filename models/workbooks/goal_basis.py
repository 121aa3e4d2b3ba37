"""The records that count for a person's goals, each with what it adds above and below the line.

They are read by the measures' own query, so that their sums are the program's number. Only what counts
for the person themselves is read record by record; what others add is known as a sum alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.book import Book
from models.dialects import Connection, quoted
from models.journal.entries import title_sql
from models.measures import engine
from models.measures.definition import Definition, number
from models.money import from_scaled
from models.periods import days

BLOCK = 500
# Records that are called by a linked one: link and what it leads to.
_THROUGH = {
    "activity": ("customer", "customer"),
    "follow_up_plan": ("customer", "customer"),
    "order_line": ("order", "order"),
}


@dataclass(frozen=True)
class Counted:
    """A record that counts: its day, if it has one, and what it adds above and below the line."""

    entity: str
    row: int
    day: date | None
    top: Decimal
    bottom: Decimal | None


def counted(
    db: Connection, book: Book, what: Definition, first: date, last: date, person: int
) -> list[Counted]:
    """A person's records that count for a measure from one day to another, both included."""
    source = what.source
    sql, params = engine.body(book, what, days(first, last), owners={person})
    kind = "b.kind" if source.whole else f"'{source.entity}'"
    found = db.run(
        f"SELECT {kind}, {source.record}, {source.date}, {what.numerator}, "
        f"{what.denominator or 'NULL'} {sql} ORDER BY 3, 2",
        params,
    )
    return [
        Counted(
            entity,
            row,
            day_of(day),
            number(top, what.scaled),
            None if what.denominator is None else number(bottom, what.scaled_below),
        )
        for entity, row, day, top, bottom in found
    ]


def owned(
    db: Connection, what: Definition, person: int, rows: Iterable[int], columns: Sequence[str]
) -> dict[int, tuple[Any, ...]]:
    """Columns of those of some records that would count for a person, whatever their state is.

    Only for measures whose source has no condition on days inside.
    """
    source, made = what.source, {}
    listed = sorted(rows)
    for at in range(0, len(listed), BLOCK):
        some = ", ".join(str(int(one)) for one in listed[at : at + BLOCK])
        found = db.run(
            f"SELECT b.id, {', '.join(columns)} FROM {source.sql} WHERE b.alive = 1 "
            f"AND {source.person} = ? AND b.id IN ({some})",
            (person,),
        )
        made.update({row: tuple(values) for row, *values in found})
    return made


def names(
    db: Connection, book: Book, records: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], str]:
    """What records are called: visits and plans by their customer, order lines by their order."""
    wanted: dict[str, set[int]] = {}
    for entity, row in records:
        wanted.setdefault(entity, set()).add(row)
    made = {}
    for entity, rows in wanted.items():
        listed = sorted(rows)
        for at in range(0, len(listed), BLOCK):
            some = ", ".join(str(one) for one in listed[at : at + BLOCK])
            for row, name in db.run(
                f"SELECT t.id, {_name_sql(book, entity)} FROM {quoted(entity)} t WHERE t.id IN ({some})"
            ):
                made[entity, row] = "" if name is None else str(name)
    return made


def _name_sql(book: Book, entity: str) -> str:
    through = _THROUGH.get(entity)
    if through is None:
        return title_sql(book.schema, entity, "t")
    link, target = through
    title = title_sql(book.schema, target, "n")
    return f"(SELECT {title} FROM {quoted(target)} n WHERE n.id = t.{quoted(link)})"


def day_of(stored: str | None) -> date | None:
    """A stored day; None for none."""
    return date.fromisoformat(stored[:10]) if stored else None


def amount_of(stored: int | None) -> Decimal:
    """A stored amount or share; 0 for none."""
    return Decimal(0) if stored is None else from_scaled(int(stored))
