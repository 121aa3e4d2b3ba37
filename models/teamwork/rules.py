"""What follows when a notice is read, and when a suggestion or a question is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from models import moments

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


def read_receipt(
    written: Mapping[str, Any], before: Mapping[str, Any], look: Callable[..., Any]
) -> dict[str, Any]:
    """Read is read at a moment, and unread at none; a moment means that it was read."""
    if "read" in written:
        if not written["read"]:
            return {"read_at": None}
        known = written.get("read_at") or before.get("read_at")
        return {} if known else {"read_at": moments.now()}
    if "read_at" in written:
        return {"read": written["read_at"] is not None}
    return {}
