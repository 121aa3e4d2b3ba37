"""What a measure is: one query, read aggregated as the value or row by row as the records behind it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from models.money import from_scaled, plain, rounded, show_money
from models.refusals import Name
from models.texts import LANGUAGES, N_, in_language, tr


@dataclass(frozen=True)
class Source:
    """Rows that measures count: FROM and WHERE with the joins that breakdowns need.

    ``{during:DAY}`` in ``sql`` stands for the condition of the period where it must hold inside,
    ``{among:TABLE:ROW}`` for rows of a table that some people own, where only they are asked about.
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
    # Which links lead from a record that is read to the person in whose number it counts, several
    # where one stands in for another; "" where it counts in nobody's. What is read and not named here may count in anybody's.
    owners: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Definition:
    """A number that people are judged by; ``denominator`` makes it a ratio, never averaged.

    With ``median`` the value is the middle one of what the records add (the mean of both middle ones);
    numerator and denominator are still their sums, so that records re-add to them.
    """

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
    median: bool = False
    trials: bool = (
        True  # of a share: whether what counts is a yes or a no, as its interval supposes
    )

    def text(self) -> str:
        """The label in the current language."""
        return tr(self.label)

    def name(self) -> Name:
        """What messages call it."""
        return Name(self.code, self.text)

    def known_as(self) -> tuple[str, ...]:
        """Its code and its labels in all languages."""
        return (self.code, *(in_language(one, self.label) for one in LANGUAGES))

    @property
    def gathered(self) -> str:
        """The SQL that brings the numerators of many records together, for ``added``."""
        return f"json_group_array({self.numerator})" if self.median else f"sum({self.numerator})"

    def added(self, gathered: Iterable[Any]) -> tuple[Decimal, tuple[Decimal, ...]]:
        """The sum of what was gathered, in any number of pieces; of a median each value as well."""
        if not self.median:
            return number(sum((one or 0) for one in gathered), self.scaled), ()
        values = tuple(
            number(value, self.scaled) for one in gathered for value in json.loads(one or "[]")
        )
        return sum(values, Decimal(0)), values

    def value(
        self, top: Decimal, below: Decimal | None, values: Iterable[Decimal] = ()
    ) -> Decimal | None:
        """What the sums come to; ``values`` are those of the records, which a median asks for."""
        if self.median:
            return middle(values)
        if self.denominator is None:
            return top
        return top / below if below else None

    def show(self, value: Decimal | None, currency: str) -> str:
        """A value as people read it, rounded where nobody counts further; "–" where there is none."""
        if value is None:
            return "–"
        match self.unit:
            case "money":
                return show_money(rounded(value, 2), currency)
            case "percent":
                return f"{rounded(value * 100, 1):,}%"
            case "days":
                return tr(N_("{days} days"), days=f"{rounded(value, 1):,}")
        return f"{Decimal(plain(rounded(value, 2))):,f}"


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
    """One record behind a number, what it adds, and the row of the breakdown that it is in."""

    entity: str
    id: int
    label: str
    value: Decimal
    key: object = None


def middle(values: Iterable[Decimal]) -> Decimal | None:
    """The median, of an even number the mean of both middle ones; None of nothing."""
    listed = list(values)
    return median(listed) if listed else None


def number(raw: Any, scaled: bool) -> Decimal:
    """A sum as the engine gives it, scaled or not, as an exact number."""
    if raw is None:
        return Decimal(0)
    if scaled:
        return from_scaled(int(raw))
    return Decimal(raw) if isinstance(raw, int) else Decimal(repr(raw))
