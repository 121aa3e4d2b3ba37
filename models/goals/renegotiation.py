"""Renegotiation: an agreed goal is exchanged for another and stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.book import Book
from models.change import Change
from models.goals.goal import GOAL, GOAL_CHECKPOINT
from models.goals.transitions import BINDING
from models.refusals import Refused
from models.texts import N_, tr

# What a renegotiated goal takes over from the old one.
_KEPT = (
    "title", "level", "person", "team", "parent", "measure", "period", "direction",
    "baseline", "floor", "target", "stretch", "weight", "cascade_rule", "notes",
)  # fmt: skip


@dataclass(frozen=True)
class Renegotiated:
    """The new goal, and the change that made it."""

    goal: int
    change: int


def renegotiate(
    book: Book, goal: int, values: Mapping[str, Any], reason: str, origin: str = "ui"
) -> Renegotiated:
    """Exchange an agreed or active goal for another, as one change.

    The old one is superseded and keeps all that it said; the new one is proposed, takes its place below
    the same parent, takes over its checkpoints and the goals below it, and says what ``values`` give.

    Raises:
        Refused: ``not_binding`` (a draft is simply edited), ``required`` (no reason), or a value is not acceptable.
    """
    if not reason.strip():
        raise Refused("required", N_("{field} must be filled in."), field=tr(N_("Reason")))
    old = book.record(GOAL.id, goal)
    if old["status"] not in BINDING:
        raise Refused(
            "not_binding",
            N_("Only agreed and active goals are renegotiated; “{title}” can simply be edited."),
            title=old["title"],
        )
    fresh = {name: old[name] for name in _KEPT if old[name] is not None}
    said = tr(N_("Renegotiate {goal}: {reason}"), goal=old["title"], reason=reason.strip())
    with book.change(said, origin) as change:
        change.set(GOAL.id, goal, {"status": "superseded"})
        row = change.add(GOAL.id, {**fresh, "status": "proposed", **values})
        take_over(change, goal, row)
    return Renegotiated(row, change.no)


def take_over(change: Change, old: int, new: int) -> None:
    """Give a goal what hangs on the one that it takes the place of: goals below it, and checkpoints."""
    for below in _linked(change.db.run, GOAL.id, "parent", old):
        change.set(GOAL.id, below, {"parent": new})
    for point in _linked(change.db.run, GOAL_CHECKPOINT.id, "goal", old):
        change.set(GOAL_CHECKPOINT.id, point, {"goal": new})


def _linked(run: Any, entity: str, column: str, goal: int) -> list[int]:
    return [
        int(one[0])
        for one in run(
            f'SELECT id FROM "{entity}" WHERE alive = 1 AND "{column}" = ? ORDER BY id', (goal,)
        )
    ]
