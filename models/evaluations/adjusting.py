"""Calibration: points that are added to a total or taken away, always with a reason."""

from __future__ import annotations

from decimal import Decimal

from models.book import Book
from models.evaluations import reading, stages
from models.refusals import Refused
from models.texts import N_, tr


def adjust(book: Book, evaluation: int, by: Decimal, reason: str) -> None:
    """Set the adjustment of an evaluation in points; 0 takes it away. One change.

    Raises:
        Refused: ``no_reason``; ``wrong_stage`` before or after the calibration.
    """
    one = reading.evaluation(book.connection(), evaluation)
    if one.status != stages.CALIBRATION:
        raise Refused(
            "wrong_stage",
            N_("Points are adjusted at the calibration; this evaluation is at “{now}”."),
            now=stages.name(one.status),
        )
    if by and not reason.strip():
        raise Refused("no_reason", N_("Say why the points are adjusted."))
    said = tr(N_("Adjust {person} by {points}"), person=one.name, points=f"{by:+.2f}")
    with book.change(said) as change:
        values = {"adjustment": by or None, "adjustment_reason": reason.strip() if by else None}
        change.set("evaluation", evaluation, values)
