"""What a measure is: one query, read aggregated as the value or row by row as the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.money import plain, rounded, show_money
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

    def text(self) -> str:
        """The label in the current language."""
        return tr(self.label)

    def name(self) -> Name:
        """What messages call it."""
        return Name(self.code, self.text)

    def known_as(self) -> tuple[str, ...]:
        """Its code and its labels in all languages."""
        return (self.code, *(in_language(one, self.label) for one in LANGUAGES))

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
        return f"{Decimal(plain(value)):,f}"


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
