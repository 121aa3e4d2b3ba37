"""The scorecards of a book as plain data, and which of them is somebody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.book import Book
from models.dialects import Connection
from models.evaluations.scorecard import ACTIVE, DRAFT
from models.goals.reading import day_of
from models.money import if_scaled

_ITEMS = (
    "SELECT scorecard, id, place, name, kind, measure, weight, reference, reference_value, curve, points, cap, "
    "anchors, must_cite FROM scorecard_item WHERE alive = 1 AND scorecard IS NOT NULL ORDER BY place, id"
)


@dataclass(frozen=True)
class Item:
    """One item of a scorecard; ``cap`` None means that points have no upper end."""

    row: int
    place: int
    name: str
    kind: str  # metric | rating | behaviour
    measure: str
    weight: Decimal
    reference: str  # fixed | goal | team_median
    reference_value: Decimal | None
    curve: str  # linear | steps | threshold
    points: str
    cap: Decimal | None
    anchors: str
    must_cite: bool


@dataclass(frozen=True)
class Grade:
    """A grade from so many points on."""

    name: str
    from_points: Decimal
    share: Decimal | None
    coefficient: Decimal | None


@dataclass(frozen=True)
class Card:
    """A version of a scorecard; items in their order, grades from the highest down."""

    row: int
    id: str
    name: str
    version: int
    position: str
    effective_from: date | None
    status: str
    frozen_at: str  # ISO, UTC; "" while it isn't frozen
    least_weight: Decimal
    items: tuple[Item, ...]
    grades: tuple[Grade, ...]

    def grade(self, total: Decimal | None) -> str:
        """The highest grade whose border a total reaches; "" for none."""
        if total is None:
            return ""
        return next((one.name for one in self.grades if one.from_points <= total), "")


def read(db: Connection, book: Book) -> dict[int, Card]:
    """All live scorecards by their rows."""
    items: dict[int, list[Item]] = defaultdict(list)
    for card, *rest in db.run(_ITEMS):
        items[card].append(_item(rest))
    grades: dict[int, list[Grade]] = defaultdict(list)
    for card, name, least, share, coefficient in db.run(
        "SELECT scorecard, name, from_points, share, coefficient FROM grade_band "
        "WHERE alive = 1 AND scorecard IS NOT NULL ORDER BY from_points DESC, id"
    ):
        grades[card].append(
            Grade(
                name or "", if_scaled(least) or Decimal(0), if_scaled(share), if_scaled(coefficient)
            )
        )
    made = {}
    for row, name, version, position, since, status, frozen, least in db.run(
        "SELECT id, name, version, position, effective_from, status, frozen_at, least_weight "
        "FROM scorecard_template WHERE alive = 1 ORDER BY id"
    ):
        made[row] = Card(
            row,
            book.public_id("scorecard_template", row),
            name or "",
            int(version or 1),
            (position or "").strip(),
            day_of(since),
            status or DRAFT,
            frozen or "",
            if_scaled(least) or Decimal(0),
            tuple(items[row]),
            tuple(grades[row]),
        )
    return made


def _item(values: list[Any]) -> Item:
    row, place, name, kind, measure, weight, reference, fixed, curve, points, cap, *rest = values
    anchors, must_cite = rest
    return Item(
        row,
        int(place or 1),
        name or "",
        kind or "metric",
        measure or "",
        if_scaled(weight) or Decimal(0),
        reference or "goal",
        if_scaled(fixed),
        curve or "linear",
        points or "",
        if_scaled(cap),
        anchors or "",
        bool(must_cite),
    )


def chosen(cards: Collection[Card], position: str, first: date) -> Card | None:
    """The scorecard of a position for a period that begins on a day; None where there is none.

    That of the position comes before the one for everybody, the newest that is in force before older ones; a
    draft counts only where nothing is in force and it is the only one.
    """
    usable = [one for one in cards if one.effective_from is None or one.effective_from <= first]
    wanted = tuple(dict.fromkeys((position.strip().casefold(), "")))
    for name in wanted:
        if found := _newest(one for one in usable if _is(one, name, ACTIVE)):
            return found
    for name in wanted:
        drafts = [one for one in usable if _is(one, name, DRAFT)]
        if len(drafts) == 1:
            return drafts[0]
    return None


def _is(card: Card, position: str, status: str) -> bool:
    return card.status == status and card.position.casefold() == position


def _newest(cards: Iterable[Card]) -> Card | None:
    return max(
        cards,
        key=lambda one: (one.effective_from or date.min, one.version, one.row),
        default=None,
    )
