"""The goals of a book as plain data, with their key results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.dialects import Connection
from models.goals.actuals import Actual
from models.goals.pace import Goal, KeyResult, progress_of
from models.money import from_scaled, if_scaled
from models.periods import Period

Checkpoint = tuple[date, Decimal]

# Goals that nobody goes for any more are left out.
_SELECT = (
    "SELECT id, title, level, person, team, parent, measure, period, starts_on, ends_on, direction, "
    "target, floor, stretch, baseline, status FROM goal WHERE alive = 1 "
    "AND status NOT IN ('cancelled', 'superseded')"
)


def goals(db: Connection, on: date, period: Period | None = None) -> dict[int, Goal]:
    """The goals whose days all lie in a period; without one, those that run on a day or have no days."""
    if period is None:
        where = " AND (starts_on IS NULL OR (starts_on <= ? AND ends_on >= ?))"
        params = (on.isoformat(), on.isoformat())
    else:
        where = " AND starts_on >= ? AND ends_on <= ?"
        params = (period.start.isoformat(), (period.end - timedelta(days=1)).isoformat())
    found = db.run(f"{_SELECT}{where} ORDER BY starts_on, id", params)
    return {row[0]: _goal(row) for row in found}


def parts(db: Connection, wholes: Collection[int]) -> dict[int, tuple[Goal, ...]]:
    """The goals right below some goals, whenever they are to be reached."""
    listed = ", ".join(str(one) for one in sorted(wholes))
    made: dict[int, list[Goal]] = defaultdict(list)
    for row in db.run(f"{_SELECT} AND parent IN ({listed}) ORDER BY starts_on, id"):
        part = _goal(row)
        assert part.parent is not None
        made[part.parent].append(part)
    return {one: tuple(below) for one, below in made.items()}


def _goal(row: tuple[Any, ...]) -> Goal:
    number, title, level, person, team, parent, measure, period, first, last, way, *rest = row
    *levels, state = rest
    target, floor, stretch, baseline = (if_scaled(one) for one in levels)
    return Goal(
        number,
        title or "",
        level or "",
        person,
        team,
        parent,
        measure or None,
        period or "",
        day_of(first),
        day_of(last),
        way or None,
        target,
        floor,
        stretch,
        baseline,
        state or "",
    )


def day_of(text: str | None) -> date | None:
    """A stored day, None for none."""
    return date.fromisoformat(text) if text else None


def key_results(db: Connection) -> dict[int, list[KeyResult]]:
    """The key results of each goal; those that were dropped don't count."""
    made: dict[int, list[KeyResult]] = defaultdict(list)
    for goal, weight, progress, status in db.run(
        "SELECT goal, weight, progress, status FROM key_result WHERE alive = 1 AND goal IS NOT NULL"
    ):
        if status == "dropped":
            continue
        done = Decimal(1) if status == "done" else from_scaled(int(progress or 0))
        made[goal].append(KeyResult(if_scaled(weight), done))
    return made


def checkpoints(db: Connection) -> dict[int, list[Checkpoint]]:
    """What should be reached by the checkpoints of each goal, in the order of their days."""
    made: dict[int, list[Checkpoint]] = defaultdict(list)
    for goal, due, expected in db.run(
        "SELECT goal, due, expected FROM goal_checkpoint WHERE alive = 1 AND goal IS NOT NULL "
        "AND due IS NOT NULL AND expected IS NOT NULL ORDER BY due, id"
    ):
        made[goal].append((date.fromisoformat(due), from_scaled(int(expected))))
    return made


def progress(results: Mapping[int, list[KeyResult]], goal: int) -> Actual | None:
    """How far the key results of a goal are, as what was reached of 1; None without any."""
    listed = results.get(goal, [])
    done = progress_of(listed)
    return None if done is None else Actual(done, done, None, len(listed))


def team_names(db: Connection) -> dict[int, str]:
    """What the teams are called."""
    return {row: name or "" for row, name in db.run("SELECT id, name FROM team WHERE alive = 1")}
