"""How the states of an improvement plan follow each other, and what its end must say.

A plan is proposed, agreed, run, and ends: met, partly met, not met, or continued by another one. No end
without a verdict and the words that it rests on; who looks back later sees why. What was agreed doesn't
leave the book: it is ended with a verdict. Sheets may bring any state, as they tell what happened elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from models.dialects import Connection
from models.growth.entities import IMPROVEMENT_PLAN
from models.refusals import Name, Refused
from models.texts import N_

Values = Mapping[str, Any]
Look = Callable[[str, int], Values]

OPEN = ("proposed", "agreed", "running")
JUDGED = ("met", "partly", "not_met")  # a status, and the verdict of the same name
CLOSED, CONTINUED = "closed", "continued"
NEXT: dict[str, tuple[str, ...]] = {
    "proposed": ("agreed", "running", *JUDGED, CLOSED),
    "agreed": ("running", "proposed", *JUDGED, CLOSED),
    "running": (*JUDGED, CLOSED),
    "met": ("partly", "not_met", "running", CLOSED),
    "partly": ("met", "not_met", "running", CLOSED),
    "not_met": ("met", "partly", "running", CLOSED),
    CLOSED: (),
}


def improvement_plan(written: Values, before: Values, _look: Look) -> dict[str, Any]:
    """What follows for a plan when some of it is written.

    Raises:
        Refused: ``not_next``; ``no_verdict`` or ``no_evidence``, it ends without; ``verdict_kept``, it is
            closed with another verdict; ``other_verdict``, verdict and status say two things; ``check_first``.
    """
    made = _following(written, before)
    now = {**before, **written, **made}
    if before:
        _assert_next(before.get("status"), now.get("status"))
    _assert_days(now)
    _assert_ended(now)
    _assert_told(written, before, now)
    if now.get("status") == CLOSED and not now.get("closed_on"):
        made["closed_on"] = date.today()
    return made


def _following(written: Values, before: Values) -> dict[str, Any]:
    """A verdict says the status, and a status the verdict, where it doesn't stand itself."""
    status, verdict = written.get("status"), written.get("verdict")
    if verdict and "status" not in written and before.get("status") != CLOSED:
        return {"status": CLOSED if verdict == CONTINUED else verdict}
    if status in JUDGED and "verdict" not in written:
        return {"verdict": status}
    if status in OPEN and before.get("verdict") and "verdict" not in written:
        return {"verdict": None, "result": None, "closed_on": None}
    return {}


def _assert_next(before: str | None, after: str | None) -> None:
    if before is None or after is None or after == before or after in NEXT.get(before, (after,)):
        return
    following = tuple(_name(one) for one in NEXT[before])
    if not following:
        raise Refused(
            "not_next",
            N_(
                "An improvement plan that is “{before}” stays so; undo the change that made it so, or make a new plan."
            ),
            before=_name(before),
        )
    raise Refused(
        "not_next",
        N_(
            "An improvement plan that is “{before}” can't become “{after}”; it can become: {following}."
        ),
        before=_name(before),
        after=_name(after),
        following=following,
    )


def _assert_days(now: Values) -> None:
    first, check = now.get("starts_on"), now.get("check_on")
    if first and check and check < first:
        raise Refused("check_first", N_("A plan is checked after it has begun, not before."))


def _assert_ended(now: Values) -> None:
    status, verdict = now.get("status"), now.get("verdict")
    if status in OPEN or status is None:
        if verdict:
            raise Refused(
                "other_verdict",
                N_("A plan with a verdict has ended; its status can't be “{status}”."),
                status=_name(str(status)),
            )
        return
    if not verdict:
        raise Refused(
            "no_verdict",
            N_("A plan ends with a verdict: met, partly met, not met, or continued."),
        )
    if status in JUDGED and verdict != status:
        raise Refused("other_verdict", N_("The verdict and the status of the plan say two things."))
    if not str(now.get("verdict_words") or "").strip():
        raise Refused(
            "no_evidence", N_("A plan ends with what its verdict rests on; say it in words.")
        )


def _assert_told(written: Values, before: Values, now: Values) -> None:
    """Another verdict than the one that stood asks for words of its own; one that is filed stays."""
    was, verdict = before.get("verdict"), now.get("verdict")
    if not was or not verdict or was == verdict:
        return
    if before.get("status") == CLOSED:
        raise Refused("verdict_kept", N_("This plan is closed with its verdict; undo the change that closed it."))  # fmt: skip
    if "verdict_words" not in written or written["verdict_words"] == before.get("verdict_words"):
        raise Refused(
            "no_evidence", N_("Another verdict rests on something else; say it in words.")
        )


def assert_removable(db: Connection, rows: Iterable[int]) -> None:
    """Refuse to remove a plan that somebody agreed to.

    Raises:
        Refused: ``plan_agreed``.
    """
    for row in rows:
        found = db.run(
            "SELECT title FROM improvement_plan WHERE id = ? AND alive = 1 AND status IS NOT 'proposed'",
            (row,),
        )
        if found:
            raise Refused(
                "plan_agreed",
                N_(
                    "“{title}” was agreed and stays in the book. End it with a verdict and what it rests on: met, partly met, not met, or continued."
                ),
                title=found[0][0],
            )


def _name(status: str) -> Name:
    choice = IMPROVEMENT_PLAN.field("status").choice(status)
    return Name(status, choice.text if choice is not None else lambda: status)
