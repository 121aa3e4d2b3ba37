"""Writing down what a customer said on the phone or in a review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.book import Book
from models.refusals import Refused
from models.texts import N_, tr

_SAID = ("score", "recommends", "comment")


def record(book: Book, values: Mapping[str, Any]) -> int:
    """Add an answer as one change; gives its row.

    Raises:
        Refused: ``nothing_said``, or a value is not acceptable.
    """
    if not any(str(values.get(name) or "").strip() for name in _SAID):
        raise Refused(
            "nothing_said",
            N_("Write down a score, whether they would recommend us, or what was said."),
        )
    customer = str(values.get("customer") or "")
    said = (
        tr(N_("Record an answer of {customer}"), customer=customer)
        if customer
        else tr(N_("Record an answer"))
    )
    with book.change(said) as change:
        return change.add("survey_response", dict(values))
