"""Scored evaluations that were made by hand, for asking what they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from models.book import Book
from models.evaluations.result import Counted, ItemScore, Judged, Scored

FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
ON = date(2026, 7, 1)


def item(name: str, measure: str = "", **more: Any) -> ItemScore:
    """One item with usual weights; ``id`` says which scorecard item it is."""
    values: dict[str, Any] = {
        "item": more.pop("id", ""), "name": name, "kind": "metric" if measure else "rating",
        "weight": Decimal("0.5"), "counted_weight": Decimal("0.5"), "score": Decimal(60),
        "sentence": f"{name} was weak.", "measure": measure,
    }  # fmt: skip
    return ItemScore(**{**values, **more})


def rate(name: str, won: int, of: int, reference: str | None = "0.6", **more: Any) -> ItemScore:
    """A win rate of some deals."""
    value = Decimal(won) / Decimal(of) if of else None
    records = tuple(
        Counted(f"OP-{at}", "opportunity", f"Deal {at}", Decimal(at < won), Decimal(1))
        for at in range(of)
    )
    values = {
        "unit": "percent", "value": value, "numerator": Decimal(won), "denominator": Decimal(of),
        "n": of, "reference": Decimal(reference) if reference else None, "records": records,
    }  # fmt: skip
    return item(name, more.pop("measure", "win_rate"), **{**values, **more})


def amount(name: str, sums: Sequence[int], reference: int, **more: Any) -> ItemScore:
    """Money of some deals."""
    records = tuple(
        Counted(f"OP-{at}", "opportunity", f"Deal {at}", Decimal(one))
        for at, one in enumerate(sums)
    )
    values = {
        "unit": "money", "value": Decimal(sum(sums)), "numerator": Decimal(sum(sums)),
        "n": len(sums), "reference": Decimal(reference), "records": records,
    }  # fmt: skip
    return item(name, "won_amount", **{**values, **more})


def judged(name: str, level: int, cites: Sequence[str] = ("FE-1",), **more: Any) -> ItemScore:
    """What the manager said."""
    said = Judged("manager", "Lead", Decimal(level), Decimal(20 * level), "", tuple(cites))
    return item(name, judged=(said,), score=Decimal(20 * level), n=1, **more)


def scored(book: Book, person: int, *items: ItemScore) -> Scored:
    """An evaluation of these items, not in the book."""
    return Scored(
        "", 1, book.public_id("salesperson", person), book.label("salesperson", person), "", "Q2",
        "", "Card", 1, FIRST, LAST, items, None, None, "",
    )  # fmt: skip
