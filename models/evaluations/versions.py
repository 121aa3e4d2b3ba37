"""A new version of a scorecard: all of it copied, to be changed and then put in force."""

from __future__ import annotations

from datetime import date

from models.book import Book
from models.evaluations.scorecard import DRAFT
from models.refusals import Refused
from models.texts import N_

_PARTS = ("scorecard_item", "grade_band")


def new_version(book: Book, card: int, effective_from: date | None = None) -> int:
    """Copy a scorecard with its items and grades as a draft of the next version; gives its row.

    Raises:
        Refused: ``gone``.
    """
    with book.change(N_("New version of a scorecard")) as change:
        if not book.ids("scorecard_template", among=[card]):
            raise Refused("gone", N_("This record has been removed meanwhile."))
        values = book.record("scorecard_template", card)
        latest = change.db.one(
            "SELECT max(version) FROM scorecard_template WHERE alive = 1 AND name = ?",
            (values["name"],),
        )
        copied = {name: value for name, value in values.items() if value is not None}
        copied |= {"version": int(latest or 1) + 1, "status": DRAFT}
        copied.pop("frozen_at", None)
        copied.pop("effective_from", None)
        if effective_from is not None:
            copied["effective_from"] = effective_from
        made = change.add("scorecard_template", copied)
        for part in _PARTS:
            for row in reversed(book.linked(part, "scorecard", card)):
                said = {k: v for k, v in book.record(part, row).items() if v is not None}
                change.add(part, {**said, "scorecard": made})
        return made
