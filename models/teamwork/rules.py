"""What follows when a suggestion or a question is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

RECEIVED, ANSWERED = "received", "answered"
_WAITS = (None, RECEIVED)


def suggestion(
    written: Mapping[str, Any],
    before: Mapping[str, Any],
    _look: Callable[[str, int], Mapping[str, Any]],
) -> dict[str, Any]:
    """An answer brings its status, that the day; received again takes the day away."""
    made: dict[str, Any] = {}
    status = written.get("status", before.get("status"))
    if written.get("answer") and status in _WAITS:
        status = made["status"] = ANSWERED
    if status not in _WAITS and before.get("status") in _WAITS:
        made["answered_on"] = date.today()
    elif status in _WAITS and before.get("answered_on"):
        made["answered_on"] = None
    return made
