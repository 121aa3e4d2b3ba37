"""How the states of a goal follow each other.

A draft is proposed, agreed and worked on; it ends reached or missed, or is cancelled. What was agreed
doesn't go back to a draft: it is renegotiated, that is, superseded by a new goal, and stays as it was.
Sheets may bring any state, as they tell what happened elsewhere; so may new records.
"""

from __future__ import annotations

from models.goals.goal import GOAL
from models.refusals import Name, Refused
from models.texts import N_

NEXT: dict[str, tuple[str, ...]] = {
    "draft": ("proposed", "agreed", "active", "cancelled"),
    "proposed": ("draft", "agreed", "active", "cancelled"),
    "agreed": ("active", "cancelled", "superseded"),
    "active": ("reached", "missed", "cancelled", "superseded"),
    "reached": ("active", "missed"),
    "missed": ("active", "reached"),
    "cancelled": ("draft",),
    "superseded": (),
}
BINDING = ("agreed", "active")


def assert_allowed(before: str | None, after: str | None) -> None:
    """Refuse a state that doesn't follow.

    Raises:
        Refused: ``not_next``, with the states that may follow.
    """
    if before is None or after is None or after == before or after in NEXT.get(before, (after,)):
        return
    following = tuple(_name(one) for one in NEXT[before])
    if not following:
        raise Refused(
            "not_next",
            N_(
                "A goal that is “{before}” stays so; undo the change that made it so, or add a new one."
            ),
            before=_name(before),
        )
    raise Refused(
        "not_next",
        N_("A goal that is “{before}” can't become “{after}”; it can become: {following}."),
        before=_name(before),
        after=_name(after),
        following=following,
    )


def _name(status: str) -> Name:
    choice = GOAL.field("status").choice(status)
    return Name(status, choice.text if choice is not None else lambda: status)
