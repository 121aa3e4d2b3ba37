"""What follows for a planned follow-up when its status is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any


def follow_up_plan(
    written: Mapping[str, Any],
    before: Mapping[str, Any],
    _look: Callable[[str, int], Mapping[str, Any]],
) -> dict[str, Any]:
    """Done brings the day; planned again takes it away with the activity; an hour brings its day."""
    made: dict[str, Any] = {}
    status = written.get("status")
    if status == "done" and not before.get("done_on"):
        made["done_on"] = date.today()
    elif status == "planned" and before.get("status") not in (None, "planned"):
        made["done_on"] = made["activity"] = None
    if written.get("at") is not None and "due" not in written:
        made["due"] = written["at"].astimezone().date()
    return made
