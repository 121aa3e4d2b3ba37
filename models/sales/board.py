"""The board: stages in order, each with its sum and the cards to look at first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.book import Book
from models.money import from_scaled
from models.sales.stages import STANDARD
from models.texts import tr


@dataclass(frozen=True)
class Card:
    """One deal as a card: what it is called, whose and who has it, its amount."""

    id: int
    title: str
    about: tuple[str, ...]
    amount: Decimal | None


@dataclass(frozen=True)
class Column:
    """One stage: all its deals counted and summed, the first of them as cards."""

    stage: int
    name: str
    kind: str
    count: int
    amount: Decimal
    cards: tuple[Card, ...]


def columns(book: Book, limit: int) -> list[Column]:
    """Open stages first; their largest deals, and of closed stages those closed last."""
    made = []
    with book.reading() as db:
        stages = db.run(
            "SELECT s.id, s.name, s.kind, count(o.id), coalesce(sum(o.amount), 0) FROM stage s "
            "LEFT JOIN opportunity o ON o.stage = s.id AND o.alive = 1 WHERE s.alive = 1 "
            "GROUP BY s.id ORDER BY s.kind IS NOT 'open', coalesce(s.order_no, 50), s.id"
        )
        for stage, name, kind, count, amount in stages:
            order = "amount IS NULL, amount DESC" if kind == "open" else "closed_on DESC"
            ids = db.run(
                f"SELECT id FROM opportunity WHERE alive = 1 AND stage = ? ORDER BY {order}, id DESC LIMIT ?",
                (stage, limit),
            )
            cards = _cards(book, [row[0] for row in ids])
            made.append(Column(stage, name, kind, count, from_scaled(amount), cards))
    return made


def _cards(book: Book, ids: list[int]) -> tuple[Card, ...]:
    names = ["name", "code", "customer", "owner", "product", "amount"]
    made = []
    for id, (name, code, customer, owner, product, amount) in zip(
        ids, book.rows("opportunity", ids, names), strict=True
    ):
        labels = [one.label for one in (customer, product, owner) if one is not None]
        # Many deals have the same product: what has neither name nor customer is told by its number.
        title = name or (customer and customer.label) or code or book.public_id("opportunity", id)
        made.append(Card(id, title, tuple(one for one in labels if one != title), amount))
    return tuple(made)


def add_standard_stages(book: Book, reason: str) -> int:
    """Begin with the usual six stages; gives the change's number."""
    with book.change(reason) as change:
        for place, (name, kind, odds, days) in enumerate(STANDARD, 1):
            change.add(
                "stage",
                {
                    "name": tr(name),
                    "kind": kind,
                    "probability": odds,
                    "order_no": place * 10,
                    "typical_days": days,
                },
            )
    return change.no
