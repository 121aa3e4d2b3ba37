"""What follows for goals and commitments: the days of their period, and a title from the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from models.goals.goal import GOAL
from models.goals.transitions import assert_allowed
from models.periods import FiscalCalendar, Period
from models.texts import N_, tr

Values = Mapping[str, Any]
Look = Callable[[str, int], Values]


def days_of(label: str, calendar: FiscalCalendar) -> tuple[Any, Any]:
    """The first and the last day of a period by its label; None where it names none."""
    meant = calendar.try_parse(label)
    return (meant.start, meant.end - timedelta(days=1)) if meant else (None, None)


def spanned(written: Values, _before: Values, look: Look) -> dict[str, Any]:
    """A period brings its days."""
    if "period" not in written:
        return {}
    if written["period"] is None:
        return {"starts_on": None, "ends_on": None}
    first, last = days_of(written["period"], look("book", 0)["calendar"])
    return {"starts_on": first, "ends_on": last}


def goal(written: Values, before: Values, look: Look) -> dict[str, Any]:
    """A period brings its days; a new goal that nobody named is called by what it is about.

    Raises:
        Refused: ``not_next``, a state doesn't follow the one that it had.
    """
    if before:
        assert_allowed(before.get("status"), written.get("status"))
    made = spanned(written, before, look)
    if not before and not written.get("title"):
        made["title"] = title(written, look) or None
    return made


def title(values: Values, look: Look) -> str:
    """Who, what and when, as a goal is called."""
    calendar: FiscalCalendar = look("book", 0)["calendar"]
    whose = [_named(look, kind, values.get(kind)) for kind in ("team", "person")]
    measure = GOAL.field("measure").choice(values.get("measure"))
    meant: Period | None = calendar.try_parse(str(values.get("period") or ""))
    parts = (
        next((one for one in whose if one), "")
        or (tr(N_("Company")) if values.get("level") == "company" else ""),
        measure.text() if measure else "",
        meant.text() if meant else "",
    )
    return " ".join(one for one in parts if one)


def _named(look: Look, kind: str, given: Any) -> str:
    if given is None:
        return ""
    entity = {"team": "team", "person": "salesperson"}[kind]
    return str(look(entity, int(getattr(given, "id", given))).get("name") or "")
