"""What follows for appeals as they are written: the day of the answer, and the status that an answer brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from models.dialects import Connection

DAYS = 7  # within which an appeal is answered where the cycle doesn't say
FILED, ANSWERED, CLOSED = "filed", "answered", "closed"
FILLS = ("answer_due",)
Values = Mapping[str, Any]
Look = Callable[[str, int], Values]


def appeal(written: Values, before: Values, look: Look) -> dict[str, Any]:
    """An appeal is to be answered within the days of its cycle; an answer brings its status and its day."""
    made: dict[str, Any] = {}
    now = {**before, **written}
    moved = {"evaluation", "filed_on"} & written.keys()
    if moved and now.get("filed_on") and now.get("evaluation") is not None:
        made["answer_due"] = now["filed_on"] + timedelta(days=_days(now["evaluation"], look))
    if written.get("answer") and now.get("status") in (None, FILED):
        made["status"] = ANSWERED
    if made.get("status", written.get("status")) == ANSWERED and not now.get("answered_on"):
        made["answered_on"] = date.today()
    return made


def _days(evaluation: Any, look: Look) -> int:
    cycle: Any = look("evaluation", int(getattr(evaluation, "id", evaluation))).get("cycle")
    if cycle is None:
        return DAYS
    days: Any = look("evaluation_cycle", int(getattr(cycle, "id", cycle))).get("appeal_days")
    return int(days or DAYS)


def waits(db: Connection, evaluation: int) -> bool:
    """Whether an appeal against an evaluation has no answer yet."""
    return bool(
        db.one(
            "SELECT 1 FROM appeal WHERE alive = 1 AND evaluation = ? "
            "AND coalesce(status, 'filed') = 'filed' LIMIT 1",
            (evaluation,),
        )
    )


def waiting(db: Connection, name: str) -> None:
    """The same day for appeals that wait in an import."""
    db.run(
        f"UPDATE {name}.appeal AS s SET answer_due = date(s.filed_on, '+' || coalesce(c.appeal_days, ?) || ' days') "
        "FROM evaluation v LEFT JOIN evaluation_cycle c ON c.id = v.cycle "
        "WHERE v.id = s.evaluation AND s.answer_due IS NULL AND s.filed_on IS NOT NULL AND s.old IS NOT 1",
        (DAYS,),
    )
