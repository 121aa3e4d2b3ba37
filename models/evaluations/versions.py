"""A new version of a scorecard: all of it copied, to be changed and then put in force."""

from __future__ import annotations

from datetime import date

from models.book import Book
from models.change import Change
from models.evaluations.scorecard import DRAFT
from models.refusals import Refused
from models.texts import N_, tr

_PARTS = ("scorecard_item", "grade_band")


def new_version(book: Book, card: int, effective_from: date | None = None) -> int:
    """Copy a scorecard with its items and grades as a draft of the next version; gives its row.

    Raises:
        Refused: ``gone``.
    """
    name = book.label("scorecard_template", card)
    with book.change(tr(N_("New version of scorecard: {card}"), card=name)) as change:
        return copied(book, change, card, effective_from)[0]


def copied(
    book: Book, change: Change, card: int, effective_from: date | None = None
) -> tuple[int, dict[tuple[str, str], int]]:
    """The same inside an open change; also the rows of the copied items and grades by kind and name.

    Raises:
        Refused: ``gone``.
    """
    if not book.ids("scorecard_template", among=[card]):
        raise Refused("gone", N_("This record has been removed meanwhile."))
    values = book.record("scorecard_template", card)
    latest = change.db.one(
        "SELECT max(version) FROM scorecard_template WHERE alive = 1 AND name = ?",
        (values["name"],),
    )
    said = {name: value for name, value in values.items() if value is not None}
    said |= {"version": int(latest or 1) + 1, "status": DRAFT}
    said.pop("frozen_at", None)
    said.pop("effective_from", None)
    if effective_from is not None:
        said["effective_from"] = effective_from
    made = change.add("scorecard_template", said)
    parts: dict[tuple[str, str], int] = {}
    for part in _PARTS:
        for row in reversed(book.linked(part, "scorecard", card)):
            record = {k: v for k, v in book.record(part, row).items() if v is not None}
            parts[part, str(record["name"])] = change.add(part, {**record, "scorecard": made})
    return made, parts
