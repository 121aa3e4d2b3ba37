"""Moments as records keep them."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, to the second, as the cells of sheets hold it."""
    return datetime.now(UTC).replace(microsecond=0)
