"""What a measure is: one query, read aggregated as the value or row by row as the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Source:
    """Rows that measures count: FROM and WHERE with the joins that breakdowns need.

    ``{during}`` in ``sql`` stands for the condition of the period where it must hold inside.
    The aliases: ``b`` the record, ``o`` its owner, ``tm`` the owner's team, ``rg`` its region,
    ``p`` its product.
    """

    entity: str
    sql: str
    where: str
    date: str
    person: str | None = None
    region: str | None = None
    customer: str | None = None
    product: str | None = None
    stage: str | None = None
    record: str = "b.id"
    whole: str = (
        ""  # the entity whose records stand in where they have no parts; ``b.kind`` says which
    )


@dataclass(frozen=True)
class Definition:
    """A number that people are judged by; ``denominator`` makes it a ratio, never averaged."""

    code: str
    label: str
    words: str
    unit: str  # money | count | percent | days
    direction: str  # up | down | none
    source: Source
    numerator: str
    denominator: str | None = None
    condition: str = "1"
    version: int = 1
    reads: frozenset[str] = frozenset()
    at_end: bool = False  # counts what stands at the period's end, not what happened in it
    scaled: bool = False  # numerator in millionths
    scaled_below: bool = False  # denominator in millionths


@dataclass(frozen=True)
class Row:
    """One line of a breakdown: what it is of, its value, its parts, and how many records."""

    key: object
    label: str
    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None
    n: int


@dataclass(frozen=True)
class Behind:
    """One record behind a number and what it adds."""

    entity: str
    id: int
    label: str
    value: Decimal
