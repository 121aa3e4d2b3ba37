"""Splits a goal over people and time, so that the parts come to it exactly.

Only what adds up is split: amounts and counts. A rate or a mean is handed down as it stands (a win
rate of 55 % is 55 % for everybody), and what stands at a period's end (open pipeline) is split over
people but not over time. Weeks cover every day of the goal once: one that reaches over its ends is
cut there and named by its days; such a piece without a working day goes to the week beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.book import Book
from models.goals import cascade_words, weights
from models.goals.goal import GOAL, SPLITS
from models.goals.parts import (
    AMOUNTS,
    AXES,
    WHEN,
    WHO,
    Cascade,
    Goal,
    LeftOut,
    Part,
    Plan,
    rebalance,
    weighed,
)
from models.goals.staff import Group, Staff
from models.goals.weights import Grounds
from models.measures import engine
from models.periods import Period, days
from models.refusals import Refused
from models.texts import N_, tr

RULES = tuple(one.code for one in SPLITS)
_ONE = timedelta(days=1)


def goal_of(book: Book, row: int) -> Goal:
    """A goal that can be split.

    Raises:
        Refused: ``no_measure``, ``no_target`` or ``no_period``.
    """
    found = book.record(GOAL.id, row)
    if not found["measure"]:
        raise Refused(
            "no_measure",
            N_("{goal} has no measure: key results are agreed one by one, not split."),
            goal=found["title"],
        )
    if found["target"] is None:
        raise Refused(
            "no_target",
            N_("{goal} has no target; there is nothing to split."),
            goal=found["title"],
        )
    return Goal(
        row,
        found["level"],
        found["person"].id if found["person"] else None,
        found["team"].id if found["team"] else None,
        period_of(book, found),
        {name: found[name] for name in AMOUNTS if found[name] is not None},
        engine.definition(found["measure"]),
        found["direction"],
    )


def period_of(book: Book, values: Mapping[str, Any]) -> Period:
    """The period of a goal: as it is written, else its days.

    Raises:
        Refused: ``no_period``.
    """
    found = book.calendar.try_parse(str(values.get("period") or ""))
    if found is not None:
        return found
    first, last = values.get("starts_on"), values.get("ends_on")
    if not isinstance(first, date) or not isinstance(last, date) or first > last:
        raise Refused("no_period", N_("The goal has no period."))
    return days(first, last)


def cascade(book: Book, goal: int, plan: Plan, today: date | None = None) -> Cascade:
    """Split a goal; past periods are read as far as they are over ``today``.

    Slow where there is much history (one query a month of it): a job for screens.

    Raises:
        Refused: the goal can't be split, or not like this.
    """
    now, whole = today or date.today(), goal_of(book, goal)
    _assert_possible(whole, plan)
    staff = Staff(book)
    grounds = weights.plain_grounds(book, whole.period, now)
    grounds.away = plan.away
    notes: list[str] = []
    concerned = staff.of(whole.level, whole.person, whole.team) & set(grounds.roster)
    if plan.rule == "history":
        past = plan.history or weights.before(whole.period, book.calendar)
        weights.historical(book, whole.definition.code, grounds, past, concerned, now)
        notes.append(cascade_words.history(grounds))
    elif plan.rule == "season":
        n = weights.seasonal(book, whole.definition.code, grounds, whole.period, now)
        notes.append(cascade_words.season(grounds, n))
    over_people = any(one in WHO for one in plan.over)
    sold = weights.sold(book, whole.definition.code, whole.period) if over_people else frozenset()
    people, left_out = _who(whole, plan, staff, grounds, concerned, sold)
    if over_people and not people:
        raise Refused("nobody", N_("There is nobody to split this goal over."))
    if beyond := grounds.roster.calendar.beyond(whole.period.end - _ONE):
        notes.append(beyond)
    notes += cascade_words.handed_down(whole.definition, any(one in WHEN for one in plan.over))
    group = Group(whole.level, whole.person, whole.team, "", people)
    parts = tuple(_children(group, whole.period, plan.over, staff, grounds, plan))
    told = left_out if over_people else ()
    made = Cascade(whole, plan, parts, told, tuple(notes), grounds, book.currency)
    return rebalance(made, {})


# -- which parts there are ---------------------------------------------------------------------------


def _assert_possible(goal: Goal, plan: Plan) -> None:
    """Refuse axes that a goal has none of.

    Raises:
        Refused: ``unknown_split`` or ``nothing_to_split``.
    """
    if plan.rule not in RULES or not plan.over or not set(plan.over) <= set(AXES):
        raise Refused(
            "unknown_split",
            N_("A goal is split by {rules} over {axes}."),
            rules=", ".join(RULES),
            axes=", ".join(AXES),
        )
    who = [one for one in plan.over if one in WHO]
    when = [list(WHEN).index(one) for one in plan.over if one in WHEN]
    alone = goal.level == "person" and who
    if alone or "people" in who[:-1] or when != sorted(set(when)) or len(set(who)) < len(who):
        raise Refused(
            "nothing_to_split",
            N_("This goal can't be split over {axes}."),
            axes=", ".join(plan.over),
        )


def _who(
    goal: Goal,
    plan: Plan,
    staff: Staff,
    grounds: Grounds,
    concerned: frozenset[int],
    sold: frozenset[int],
) -> tuple[frozenset[int], tuple[LeftOut, ...]]:
    """Who gets a part of the goal, and who doesn't, and why."""
    if plan.people is not None or goal.level == "person":
        return frozenset(plan.people if plan.people is not None else concerned), ()
    out = []
    for one in sorted(concerned, key=lambda one: staff.names[one]):
        if reason := _reason(one, goal, staff, grounds, sold):
            out.append(LeftOut(one, staff.names[one], reason))
    return concerned - {one.person for one in out}, tuple(out)


def _reason(
    person: int, goal: Goal, staff: Staff, grounds: Grounds, sold: frozenset[int]
) -> str | None:
    """Why somebody gets no part; None if there is no reason."""
    if not grounds.days(person, goal.period.start, goal.period.end - _ONE):
        return tr(N_("no working days in {period}"), period=goal.period.text())
    if grounds.rates:
        hired = grounds.roster[person].person.hired
        new = hired is not None and hired >= grounds.periods[0].start and not staff.leads(person)
        if not grounds.own[person].records and not new:
            return tr(N_("no record in {periods}"), periods=cascade_words.listed(grounds.periods))
    elif staff.leads(person) and person not in sold:
        return tr(N_("leads others and has no record of the year before"))
    return None


def _children(
    group: Group, period: Period, axes: Sequence[str], staff: Staff, grounds: Grounds, plan: Plan
) -> list[Part]:
    """The parts of one goal along the first axis, with their own along the others."""
    while axes and axes[0] in WHO and group.level == "person":
        axes = axes[1:]  # one person alone is nobody to split over
    if not axes:
        return []
    made = []
    for one, span in _along(axes[0], group, period, staff, grounds):
        part = Part(
            one.level, one.person, one.team, one.label, span, axes[0], one.people,
            Fraction(0), Decimal(0), "",
            tuple(_children(one, span, axes[1:], staff, grounds, plan)),
        )  # fmt: skip
        made.append(weighed(part, grounds, plan, deep=False))
    return made


def _along(
    axis: str, group: Group, period: Period, staff: Staff, grounds: Grounds
) -> list[tuple[Group, Period]]:
    head = group.person if group.level == "team" and group.team is None else None
    match axis:
        case "people":
            return [(one, period) for one in staff.singles(group.people)]
        case "managers":
            return [(one, period) for one in staff.by_manager(group.people, head)]
        case "teams":
            team = group.team if group.level == "team" else None
            return [(one, period) for one in staff.by_team(group.people, team)]
    return [(group, one) for one in pieces(period, axis, grounds)]


def pieces(period: Period, axis: str, grounds: Grounds) -> list[Period]:
    """The units of an axis inside a period; what its ends cut off without a working day joins its neighbour.

    Raises:
        Refused: ``nothing_to_split``, there is only one.
    """
    found = weights.cut(period, WHEN[axis], grounds.calendar)
    for at, beside in ((0, 1), (-1, -2)):
        while len(found) > 1 and _idle(found[at], grounds):
            first = min(found[at].start, found[beside].start)
            last = max(found[at].end, found[beside].end) - _ONE
            found[at], found[beside] = days(first, last), days(first, last)
            found.pop(at)
    if len(found) < 2:
        raise Refused("nothing_to_split", N_("This goal can't be split over {axes}."), axes=axis)
    return found


def _idle(piece: Period, grounds: Grounds) -> bool:
    """Whether a piece is cut off, named by its days, and nobody works in it."""
    cut_off = piece.label.count("-") > 1
    return cut_off and not grounds.roster.calendar.count(piece.start, piece.end - _ONE)
