"""What follows for cycles and evaluations as they are written, and what the door refuses of them.

Sheets may bring any stage (``models.sales.set_rules`` fills in the days of a period for them); what is
frozen they can't change either (``models.guards``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from models import moments
from models.describe.kinds import row_of
from models.evaluations import frozen, stages
from models.evaluations.cites import Cited
from models.goals import rules as goals
from models.refusals import Refused
from models.texts import N_, tr

Values = Mapping[str, Any]
Look = Callable[[str, int], Values]
SELF, MANAGER, PEER = "self", "manager", "peer"


# -- scorecards ----------------------------------------------------------------------------------


def scorecard(written: Values, before: Values, _look: Look) -> dict[str, Any]:
    """Nothing of a frozen scorecard changes but its status and its notes.

    Raises:
        Refused: ``frozen``.
    """
    if before.get("frozen_at") and frozen.differs(written, before, frozen.RETIRING):
        raise frozen.refusal(before.get("name") or "", before.get("version"))
    return {}


def part_of_scorecard(written: Values, before: Values, look: Look) -> dict[str, Any]:
    """Items and grades of a frozen scorecard stay, and none is added.

    Raises:
        Refused: ``frozen``.
    """
    if before and not frozen.differs(written, before, ()):
        return {}
    for row in {row_of(before.get("scorecard")), row_of(written.get("scorecard"))} - {None}:
        card = look("scorecard_template", row or 0)
        if card.get("frozen_at"):
            raise frozen.refusal(card.get("name") or "", card.get("version"))
    return {}


# -- cycles and evaluations ----------------------------------------------------------------------


def cycle(written: Values, before: Values, look: Look) -> dict[str, Any]:
    """A period brings its days; the stage is that of the people once there are some.

    Raises:
        Refused: ``follows_people`` or ``not_next``.
    """
    status = written.get("status")
    if before and status is not None and status != before.get("status"):
        if look("book", 0)["linked"]("evaluation", "cycle", before["id"]):
            raise Refused(
                "follows_people",
                N_(
                    "The stage of a cycle is that of its people who are least far; move them on and it follows."
                ),
            )
        stages.assert_allowed(before.get("status"), status)
    return goals.spanned(written, before, look)


def evaluation(written: Values, before: Values, _look: Look) -> dict[str, Any]:
    """Stages follow each other; handed in is handed in at a moment; an adjustment has a reason.

    Raises:
        Refused: ``not_next``, ``too_late`` or ``no_reason``.
    """
    now = {**before, **written}
    if before:
        stages.assert_allowed(before.get("status"), written.get("status"))
    if before and written.get("adjustment") and not now.get("adjustment_reason"):
        raise Refused("no_reason", N_("Say why the points are adjusted."))
    return _handing_in(written, before)


def _handing_in(written: Values, before: Values) -> dict[str, Any]:
    """Handed in brings its moment, and a moment means handed in; taken back has none."""
    if "self_handed_in" in written:
        if not written["self_handed_in"]:
            return {"self_handed_in_at": None}
        if written.get("self_handed_in_at") or before.get("self_handed_in_at"):
            return {}
        if before and not can_hand_in(before):
            raise Refused(
                "too_late",
                N_(
                    "A self-review is handed in at the stage “{stage}”, and this evaluation is at “{now}”."
                ),
                stage=stages.name(stages.SELF_REVIEW),
                now=stages.name(before.get("status") or stages.PLANNED),
            )
        return {"self_handed_in_at": moments.now()}
    if "self_handed_in_at" in written:
        return {"self_handed_in": written["self_handed_in_at"] is not None}
    return {}


def can_hand_in(evaluation: Values) -> bool:
    """Whether a self-review can come: at its stage, or late while the manager still judges."""
    return evaluation.get("status") == stages.SELF_REVIEW or (
        evaluation.get("status") == stages.MANAGER_REVIEW
        and not evaluation.get("self_handed_in_at")
    )


# -- judgements ----------------------------------------------------------------------------------


def rating(written: Values, before: Values, look: Look) -> dict[str, Any]:
    """Who may judge what and when, with which proof; a level brings its moment.

    New ones may tell of evaluations whose self-review hasn't begun, as sheets do; what they lack is
    found when the manager's review is finished.

    Raises:
        Refused: see ``assert_colleague``, ``assert_open`` and ``assert_cited``.
    """
    now = {**before, **written}
    found, item = row_of(now.get("evaluation")), row_of(now.get("item"))
    if found is None or item is None or not frozen.differs(written, before, ("rated_at",)):
        return {}
    judged = look("evaluation", found)
    if now.get("rated_by") == PEER and {"rated_by", "rater"} & set(written):
        assert_colleague(judged, row_of(now.get("rater")))
    if not {"level", "comment", "cites"} & set(written):
        return {}
    aim = look("scorecard_item", item)
    begun = not stages.is_before(judged.get("status") or stages.PLANNED, stages.SELF_REVIEW)
    if before:
        assert_open(judged, str(now.get("rated_by")), _cycle(judged, look))
    cited: Cited = look("book", 0)["cited"](now.get("cites") or "")
    assert_cited(
        cited,
        aim,
        now,
        must=begun and now.get("rated_by") == MANAGER and bool(aim.get("must_cite")),
    )
    fresh = now.get("level") is not None and "rated_at" not in written
    return {"rated_at": moments.now()} if fresh and written.get("level") is not None else {}


def _cycle(judged: Values, look: Look) -> Values:
    row = row_of(judged.get("cycle"))
    return look("evaluation_cycle", row) if row else {}


def assert_colleague(judged: Values, rater: int | None) -> None:
    """Refuse that somebody judges as a colleague who is the person, or who evaluates.

    Raises:
        Refused: ``no_rater``.
    """
    if rater is not None and rater in (row_of(judged.get("person")), row_of(judged.get("manager"))):
        raise Refused("no_rater", N_("A colleague is neither the person nor who evaluates."))


def assert_open(judged: Values, by: str, of: Values) -> None:
    """Refuse a judgement that comes too early or too late.

    ``judged`` is the evaluation, ``of`` its cycle.

    Raises:
        Refused: ``closed``, ``not_yet`` or ``self_review_first``.
    """
    status = judged.get("status") or stages.PLANNED
    if by == PEER and not stages.is_before(status, stages.TALK):
        raise Refused(
            "too_late",
            N_(
                "Colleagues are heard until the talk; this evaluation is at “{stage}”, and nothing more is added to it."
            ),
            stage=stages.name(status),
        )
    if not stages.is_before(status, stages.TALK):
        raise Refused(
            "closed",
            N_("This evaluation is at “{stage}”; send it back first if a judgement has to change."),
            stage=stages.name(status),
        )
    if stages.is_before(status, stages.SELF_REVIEW):
        raise Refused(
            "not_yet",
            N_("Nobody judges before the stage “{stage}”; this evaluation is at “{now}”."),
            stage=stages.name(stages.SELF_REVIEW),
            now=stages.name(status),
        )
    if by == SELF and status != stages.SELF_REVIEW and not can_hand_in(judged):
        raise Refused(
            "closed",
            N_("The self-review is handed in; the manager can send it back."),
        )
    if by == MANAGER:
        assert_may_judge(judged, of)


def assert_may_judge(judged: Values, of: Values) -> None:
    """Refuse that the manager judges while the self-review still can come.

    Raises:
        Refused: ``self_review_first``.
    """
    if not may_judge(judged, of):
        raise Refused(
            "self_review_first",
            N_(
                "The manager judges once the self-review is handed in or its day ({day}) has passed, or with a reason to do without it."
            ),
            day=of.get("self_review_due") or tr(N_("not set")),
        )


def may_judge(judged: Values, of: Values) -> bool:
    """Whether the self-review no longer holds the manager back."""
    due = of.get("self_review_due")
    past = due is not None and due < date.today()
    return bool(judged.get("self_handed_in_at") or judged.get("self_waived") or past)


def assert_cited(cited: Cited, item: Values, judgement: Values, *, must: bool) -> None:
    """Refuse ids that name nothing, and a level that must be shown and isn't.

    Raises:
        Refused: ``unknown_cites`` or ``must_cite``.
    """
    if cited.unknown:
        raise Refused(
            "unknown_cites",
            N_("These ids name no record that shows how somebody worked: {ids}."),
            ids=tr(N_(", ")).join(cited.unknown),
        )
    if must and judgement.get("level") is not None and not cited.known:
        raise Refused(
            "must_cite",
            N_(
                "“{item}” must be shown: name the ids of records, activities or feedback that do. A reason in words is not enough."
            ),
            item=item.get("name") or "",
        )
