"""The pace of one goal on a day: what is expected by then, what is needed from then on, and how it stands.

"On a day" means at the end of that day: its records count, and the days left are those after it.

- A sum grows with the days that its people can work (holidays, make-up days, leave and ramp counted):
  expected is the target times the share of those days that is over. Of a sum that had better be low
  it is what may have come by then, and "needed" is what may still come a day.
- A ratio, and what stands at a period's end, don't grow: the target itself is expected all the time.
  If a baseline is set, what stands at the end is expected to go from there to the target evenly.
- Checkpoints that say what should be reached by then divide the way: from one to the next evenly.
- A goal without a measure has its key results: their progress by weight, expected to be as far as
  the days are.

Whoever is within 5 % of what is expected is on track. At risk is who has less than 70 % of it or,
once the chance of the target is known, less than 20 % chance.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.calendar.person_days import Spent
from models.goals.actuals import Actual
from models.goals.attainment import attainment, meets
from models.goals.evidence import Chance
from models.measures.definition import Definition
from models.money import rounded
from models.workbooks.freshness import figure_age

STATUSES = (
    "ahead",
    "on_track",
    "behind",
    "at_risk",
    "reached",
    "missed",
    "no_target",
    "no_data",
    "not_started",
)
LEVELS = ("floor", "target", "stretch")
NEAR, LOW = Decimal("0.05"), Decimal("0.7")
SLIM, EVEN = 0.2, 0.5  # chances below which a goal is at risk, from which on it isn't


@dataclass(frozen=True)
class Goal:
    """A goal as it is written; ``target`` None is no target."""

    id: int
    title: str
    level: str
    person: int | None
    team: int | None
    parent: int | None
    measure: str | None
    period: str
    first: date | None
    last: date | None
    direction: str | None
    target: Decimal | None
    floor: Decimal | None
    stretch: Decimal | None
    baseline: Decimal | None
    state: str

    def down(self, what: Definition | None) -> bool:
        """Whether lower is better, by itself or as its measure says."""
        return (self.direction or (what.direction if what else "up")) == "down"

    def level_of(self, name: str) -> Decimal | None:
        """The floor, target or stretch."""
        return {"floor": self.floor, "target": self.target, "stretch": self.stretch}[name]


@dataclass(frozen=True)
class KeyResult:
    """A key result: its weight (None: as much as the others), and how much of it is there, 0 to 1."""

    weight: Decimal | None
    progress: Decimal


@dataclass(frozen=True)
class Time:
    """How far a goal's period is on the day.

    ``days`` are those that its people can work in it, ``share`` how much of them is over, 0 to 1,
    ``left`` the days in which what is missing must come, see ``Standing.days_left``. ``leg`` is
    where checkpoints say what should be reached when: the value at the one before, at the one
    after, and how much of the days between them is over.
    """

    days: Spent
    share: Decimal
    left: Decimal
    leg: tuple[Decimal, Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Standing:
    """How a goal stands on a day.

    ``chances``: of floor, target and stretch, those that are set and can be told; empty until asked.
    ``cause``: what the status has besides numbers, see ``pace_words``. ``data_age`` is in days, since
    the last record that counts for the goal, or the last return of a workbook of its people; None where
    there is none in the last three months.
    ``days`` are those of full persons, of all people of the goal together; ``days_left`` are days
    after this one: what a single person can work, of several the working days of the book.
    """

    goal: Goal
    what: Definition | None
    on: date
    actual: Actual | None
    value: Decimal | None
    target: Decimal | None
    attainment: Decimal | None
    expected: Decimal | None
    needed_per_day: Decimal | None
    days: Spent
    days_left: Decimal
    status: str
    cause: str = ""
    data_age: int | None = None
    chances: dict[str, Chance] = field(default_factory=dict)

    @property
    def chance(self) -> Chance | None:
        """The chance of the target, if it is known."""
        return self.chances.get("target")

    @property
    def down(self) -> bool:
        """Whether lower is better."""
        return self.goal.down(self.what)

    @property
    def over(self) -> bool:
        """Whether the last day is over."""
        return self.goal.last is not None and self.on >= self.goal.last


def progress_of(results: list[KeyResult]) -> Decimal | None:
    """How much of some key results is there, by weight; None without any."""
    if not results:
        return None
    stated = [one.weight for one in results if one.weight is not None]
    usual = sum(stated, Decimal(0)) / len(stated) if stated else Decimal(1)
    weights = [usual if one.weight is None else one.weight for one in results]
    total = sum(weights, Decimal(0))
    if total <= 0:
        weights, total = [Decimal(1)] * len(results), Decimal(len(results))
    done = sum((w * one.progress for w, one in zip(weights, results, strict=True)), Decimal(0))
    return done / total


def standing(
    goal: Goal,
    what: Definition | None,
    on: date,
    actual: Actual | None,
    time: Time,
    chances: dict[str, Chance] | None = None,
    cause: str = "",
    returned: date | None = None,
) -> Standing:
    """How a goal stands.

    Args:
        actual: what was reached; of a goal without a measure the progress as a share of 1.
        cause: why nothing can be said, if so: ``nobody``, ``no_period``, ``no_measure``.
        returned: the day on which a workbook of its people last came back, if one did.
    """
    target = goal.target if what is not None else Decimal(1)
    value = actual.value if actual else None
    down = goal.down(what)
    expected = _expected(goal, what, target, time)
    known = chances or {}
    status = _status(goal, what, on, value, target, expected, known.get("target"), cause)
    return Standing(
        goal,
        what,
        on,
        actual,
        value,
        target,
        attainment(value, target, down),
        expected,
        _needed(what, on, goal, value, target, time.left),
        time.days,
        time.left,
        status,
        cause,
        figure_age(actual.last, returned if what else None, on) if actual else None,
        known,
    )


def accumulates(what: Definition | None) -> bool:
    """Whether a value grows record by record: sums do, ratios and what stands at an end don't."""
    return what is not None and what.denominator is None and not what.at_end


def begins_at(goal: Goal, what: Definition | None) -> Decimal | None:
    """What is expected at the beginning of the period; None where it is the target all the time."""
    if what is None or accumulates(what):
        return Decimal(0)
    return goal.baseline if what.at_end else None


def _expected(
    goal: Goal, what: Definition | None, target: Decimal | None, time: Time
) -> Decimal | None:
    if target is None:
        return None
    start = begins_at(goal, what)
    if start is None:
        return target
    start, end, share = time.leg or (start, target, time.share)
    return rounded(start + (end - start) * share, 6 if what is None else 2)


def _needed(
    what: Definition | None,
    on: date,
    goal: Goal,
    value: Decimal | None,
    target: Decimal | None,
    left: Decimal,
) -> Decimal | None:
    if not accumulates(what) or value is None or target is None or left <= 0:
        return None
    if goal.last is None or on >= goal.last:
        return None
    return rounded(max(target - value, Decimal(0)) / left, 2)


def _status(
    goal: Goal,
    what: Definition | None,
    on: date,
    value: Decimal | None,
    target: Decimal | None,
    expected: Decimal | None,
    chance: Chance | None,
    cause: str,
) -> str:
    if cause or goal.first is None or goal.last is None:
        return "no_data"
    if target is None:
        return "no_target"
    if on < goal.first:
        return "not_started"
    if value is None:
        return "no_data"
    down = goal.down(what)
    met = meets(value, target, down)
    if on >= goal.last:
        return "reached" if met else "missed"
    if met and not down and (what is None or accumulates(what)):
        return "reached"
    if down and not met and accumulates(what):
        return "at_risk"  # more has come already than may come in all
    return _compared(value, expected, down, chance)


def _compared(value: Decimal, expected: Decimal | None, down: bool, chance: Chance | None) -> str:
    score = attainment(value, expected, down)
    if score is None:
        score = Decimal(1) if meets(value, expected, down) else LOW
    if score > 1 + NEAR:
        return "ahead"
    if chance is not None and chance.mid < SLIM:
        return "at_risk"
    if score >= 1 - NEAR:
        return "on_track"
    if score < LOW and (chance is None or chance.mid < EVEN):
        return "at_risk"
    return "behind"
