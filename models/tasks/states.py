"""The states of a task, which may follow which, and what follows from them.

People work in all orders, so hardly anything is refused: only what would hide something. What is over
is opened again before it is blocked, asked about or looked at; what nobody was given can't be accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from models.refusals import Refused
from models.tasks.task import TASK
from models.texts import N_

Values = Mapping[str, Any]
Look = Callable[[str, int], Values]

OPEN = ("draft", "assigned", "accepted", "questioned", "doing", "blocked", "review")
CLOSED = ("done", "cancelled")
OPEN_SQL = "('" + "', '".join(OPEN) + "')"

# In the order in which they usually come; every state may stay what it is.
NEXT: dict[str, tuple[str, ...]] = {
    "draft": ("assigned", "doing", "done", "cancelled"),
    "assigned": (
        "accepted", "questioned", "doing", "blocked", "review", "done", "cancelled", "draft",
    ),
    "accepted": (
        "doing", "questioned", "blocked", "review", "done", "cancelled", "assigned", "draft",
    ),
    "questioned": ("assigned", "accepted", "doing", "blocked", "done", "cancelled", "draft"),
    "doing": (
        "review", "done", "blocked", "questioned", "cancelled", "accepted", "assigned", "draft",
    ),
    "blocked": (
        "doing", "assigned", "accepted", "questioned", "review", "done", "cancelled", "draft",
    ),
    "review": ("done", "doing", "blocked", "questioned", "cancelled", "assigned"),
    "done": ("doing", "review", "assigned", "cancelled"),
    "cancelled": ("assigned", "doing", "draft"),
}  # fmt: skip
_ASKED_FROM = ("assigned", "accepted")  # a question asked later doesn't stop the work


def is_open(status: object) -> bool:
    """Whether something is still to be done; a task without a status is."""
    return status not in CLOSED


def may_follow(before: str | None, after: str | None) -> bool:
    """Whether a task may go from one state to another; from an unknown one it may go anywhere."""
    if before is None or after is None or before == after or before not in NEXT:
        return True
    return after in NEXT[before]


def assert_allowed(before: str | None, after: str | None) -> None:
    """Refuse what can't follow.

    Raises:
        Refused: ``not_next``, with what can.
    """
    if may_follow(before, after):
        return
    field = TASK.field("status")
    known = tuple(one.name() for code in NEXT[str(before)] if (one := field.choice(code)))
    now, wanted = field.choice(before), field.choice(after)
    raise Refused(
        "not_next",
        N_("A task that is “{now}” can't become “{wanted}”. Next can be: {known}."),
        now=now.name() if now else before,
        wanted=wanted.name() if wanted else after,
        known=known,
    )


def task(written: Values, before: Values, _look: Look) -> dict[str, Any]:
    """What follows for a task when some of it is written.

    Raises:
        Refused: ``not_next``, or ``not_head``, it came from a series and can't repeat by itself.
    """
    if before:
        assert_allowed(before.get("status"), written.get("status"))
    now = {**before, **written}
    made = _status(written, before)
    if "status" in made and before and not may_follow(before.get("status"), made["status"]):
        del made["status"]
    made.update(_ended({**written, **made}, before))
    made.update(_anchored(written, now))
    return made


def _status(written: Values, before: Values) -> dict[str, Any]:
    """What was said beside the status says the status, where it wasn't written itself."""
    was = before.get("status") or "assigned"
    if "status" in written:
        left = was == "questioned" and written["status"] != was and "question" not in written
        return {"question": None} if left and before.get("question") else {}
    if written.get("done_at") and is_open(was):
        return {"status": "done"}
    if written.get("question") and was in _ASKED_FROM:
        return {"status": "questioned"}
    if "question" in written and not written["question"] and was == "questioned":
        return {"status": "assigned"}
    if written.get("blocked_reason") and was in NEXT and was not in (*CLOSED, "draft"):
        return {"status": "blocked"}
    return {}


def _ended(written: Values, before: Values) -> dict[str, Any]:
    """The day on which it was done, and what kept it from going on, go with the status."""
    status, was = written.get("status"), before.get("status")
    if status is None or status == was:
        return {}
    made: dict[str, Any] = {}
    if status == "done" and not written.get("done_at") and not before.get("done_at"):
        made["done_at"] = date.today()
    if status != "done" and was == "done" and "done_at" not in written:
        made["done_at"] = None
    if was == "blocked" and before.get("blocked_reason") and "blocked_reason" not in written:
        made["blocked_reason"] = None
    return made


def _anchored(written: Values, now: Values) -> dict[str, Any]:
    """A rule of repetition counts from the day on which the first task was due when it was given."""
    if not now.get("recurrence"):
        return {}
    if written.get("recurrence") and now.get("series"):
        raise Refused(
            "not_head",
            N_("This task came from a series. Change how it repeats at the first task: {first}."),
            first=getattr(now["series"], "label", "") or "",
        )
    first = now.get("due") or now.get("starts_on")
    if first and (written.get("recurrence") or not now.get("occurrence")):
        return {"occurrence": first}
    return {}
