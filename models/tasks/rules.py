"""What must hold among tasks: nobody waits in a circle, and nobody has more than the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from models import moments, money
from models.describe.kinds import row_of
from models.refusals import Refused
from models.texts import N_, tr

Values = Mapping[str, Any]
Look = Callable[[str, int], Values]

_CHAIN = 6  # tasks of a circle that are named


def dependency(written: Values, before: Values, look: Look) -> dict[str, Any]:
    """A task doesn't wait for itself, not by way of others either.

    Raises:
        Refused: ``waits_for_itself``, with the tasks of the circle.
    """
    now = {**before, **written}
    task, after = row_of(now.get("task")), row_of(now.get("after"))
    if task is None or after is None:
        return {}
    own = (row_of(before.get("task")), row_of(before.get("after")))
    chain = _way(task, after, own, look)
    if chain:
        names = [str(look("task", one).get("title") or "") for one in chain[:_CHAIN]]
        more = ["…"] if len(chain) > _CHAIN else []
        raise Refused(
            "waits_for_itself",
            N_("These tasks would wait for each other and none could begin: {tasks}."),
            tasks=tr(N_(" → ")).join([*names, *more, names[0]]),
        )
    return {}


def _way(task: int, after: int, own: tuple[int | None, int | None], look: Look) -> list[int]:
    """The tasks from one to itself by way of what it is to wait for; [] if there is no way."""
    came = {after: task}
    waiting = [after]
    while waiting:
        here = waiting.pop()
        if here == task:
            return _chain(came, task, after)
        for one in look("book", 0)["linked"]("task_dependency", "task", here):
            there = row_of(one["after"])
            if there is None or (here, there) == own:
                continue
            if there not in came:
                came[there] = here
                waiting.append(there)
            if there == task:
                came[task] = here
                return _chain(came, task, after)
    return []


def _chain(came: dict[int, int], task: int, after: int) -> list[int]:
    if after == task:
        return [task]
    made, here = [task], came[task]
    while here != task:
        made.append(here)
        if here == after:
            break
        here = came[here]
    return [task, *reversed(made[1:])]


def collaborator(written: Values, before: Values, look: Look) -> dict[str, Any]:
    """The shares of one task's collaborators are at most the whole; nobody is there twice.

    Raises:
        Refused: ``more_than_all`` or ``twice``.
    """
    now = {**before, **written}
    task, person = row_of(now.get("task")), row_of(now.get("person"))
    if task is None:
        return {}
    others = look("book", 0)["linked"]("collaborator", "task", task)
    if before and row_of(before.get("task")) == task:
        same = (row_of(before.get("person")), before.get("share"), before.get("part"))
        for at, one in enumerate(others):
            if (row_of(one["person"]), one["share"], one["part"]) == same:
                del others[at]
                break
    if any(row_of(one["person"]) == person for one in others):
        raise Refused("twice", N_("This person works on the task already."))
    taken = sum((one["share"] or Decimal(0) for one in others), Decimal(0))
    share = now.get("share") or Decimal(0)
    if taken + share > 1:
        raise Refused(
            "more_than_all",
            N_("The others of this task have {taken} already; at most {rest} is left."),
            taken=money.plain(taken * 100) + "%",
            rest=money.plain(max(1 - taken, Decimal(0)) * 100) + "%",
        )
    return {}


def help_request(written: Values, before: Values, _look: Look) -> dict[str, Any]:
    """An answer says that it is answered, and when."""
    made: dict[str, Any] = {}
    was = before.get("status") or "open"
    if written.get("answer") and "status" not in written and was == "open":
        made["status"] = "answered"
    status = made.get("status", written.get("status"))
    answered = status in ("answered", "resolved") and was == "open"
    if answered and not written.get("answered_at") and not before.get("answered_at"):
        made["answered_at"] = moments.now()
    return made
