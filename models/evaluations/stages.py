"""How the stages of an evaluation follow each other, and which one a whole cycle is at.

An evaluation goes forward step by step and back as far as it must; what was signed goes only to the
archive, because corrections make a new version. A cycle is where the last of its people is.
Sheets may bring any stage, as they tell what happened elsewhere; so may new records.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.evaluations.evaluation import STAGES
from models.refusals import Name, Refused
from models.texts import N_

ORDER = tuple(one.code for one in STAGES)
(
    PLANNED, GOAL_SETTING, RUNNING, SELF_REVIEW, MANAGER_REVIEW, CALIBRATION, TALK, SIGNED, ARCHIVED,
) = ORDER  # fmt: skip
_PLACE = {one: at for at, one in enumerate(ORDER)}
_TEXTS = {one.code: one for one in STAGES}


def after(stage: str) -> str | None:
    """The stage that comes next, None after the last."""
    place = _PLACE[stage] + 1
    return ORDER[place] if place < len(ORDER) else None


def is_before(one: str, other: str) -> bool:
    """Whether a stage comes earlier than another."""
    return _PLACE[one] < _PLACE[other]


def least(found: Iterable[str]) -> str | None:
    """The earliest of some stages, None of none."""
    return min(found, key=_PLACE.__getitem__, default=None)


def may_follow(before: str, now: str) -> bool:
    """Whether a stage may become another one: the next, or an earlier one while nothing is signed."""
    if before == now:
        return True
    if before in (SIGNED, ARCHIVED):
        return (before, now) == (SIGNED, ARCHIVED)
    return _PLACE[now] <= _PLACE[before] + 1


def assert_allowed(before: str | None, now: str | None) -> None:
    """Refuse a stage that doesn't follow.

    Raises:
        Refused: ``not_next``, with the stage that comes next.
    """
    if before not in _PLACE or now not in _PLACE or may_follow(before, now):
        return
    if before in (SIGNED, ARCHIVED):
        raise Refused(
            "not_next",
            N_("What was signed stays so; a correction makes a new version of the evaluation."),
        )
    raise Refused(
        "not_next",
        N_(
            "No stage is skipped: after “{before}” comes “{next}”, not “{now}”. Going back is possible."
        ),
        before=name(before),
        next=name(after(before) or before),
        now=name(now),
    )


def name(stage: str) -> Name:
    """What messages call a stage."""
    return _TEXTS[stage].name()


def text(stage: str) -> str:
    """A stage in words."""
    return _TEXTS[stage].text() if stage in _TEXTS else stage
