"""What must hold of leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.refusals import Refused
from models.texts import N_


def leave(
    written: Mapping[str, Any],
    before: Mapping[str, Any],
    _look: Callable[[str, int], Mapping[str, Any]],
) -> dict[str, Any]:
    """Nobody is back before going.

    Raises:
        Refused: ``ends_before_it_begins``.
    """
    now = {**before, **written}
    first, last = now.get("starts_on"), now.get("ends_on")
    if first and last and last < first:
        raise Refused(
            "ends_before_it_begins",
            N_("Leave can't end on {last}, before it begins on {first}."),
            first=first,
            last=last,
        )
    return {}
