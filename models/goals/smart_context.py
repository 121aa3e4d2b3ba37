"""The SMART meter on what stands around a goal: what it is part of (R), and its time (T)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.workdays import WorkCalendar
from models.goals import parts, smart_words
from models.goals.goal import GOAL
from models.goals.smart_draft import HINT, OK, OPEN, Draft, Finding
from models.periods import Period
from models.texts import N_, ntr, tr

_ONE = timedelta(days=1)
_LONG = 31  # days from which on checkpoints are asked for
_MOST_POINTS = 12


# -- R -------------------------------------------------------------------------------------------------


def relevant(book: Book, made: Draft) -> Finding:
    """What larger goal it serves, and how the parts of that come to it."""
    parent = made.values.get("parent")
    if parent is None:
        if made.values.get("level") == "company":
            return Finding("R", OK, tr(N_("It is a goal of the whole company.")))
        return _parentless(book, made)
    above = book.record(GOAL.id, parent)
    title = str(above["title"] or "")
    same = made.what is not None and above["measure"] == made.what.code
    target = made.amount("target")
    if not same or not above["target"] or target is None:
        return Finding("R", OK, tr(N_("It is part of “{parent}”."), parent=title))
    assert made.what is not None
    if not parts.adds_up(made.what, "people"):
        return Finding("R", OK, tr(N_("It is part of “{parent}”."), parent=title))
    share = smart_words.percent(target / above["target"])
    reason = tr(N_("It is {share} of “{parent}”."), share=share, parent=title)
    total = target + _siblings(book, made, parent)
    if total == above["target"]:
        return Finding("R", OK, reason + " " + tr(N_("All parts come to it exactly.")))
    lost = smart_words.siblings(made.what, book.currency, above["target"], total)
    return Finding("R", HINT, reason + " " + lost)


def _siblings(book: Book, made: Draft, parent: int) -> Decimal:
    """What the other parts of the parent come to: those of the same kind, by person or by time."""
    assert made.what is not None
    whole: Decimal = Decimal(0)
    span = (made.period.start, made.period.end - _ONE) if made.period else None
    for row in book.linked(GOAL.id, "parent", parent):
        one = book.record(GOAL.id, row)
        gone = one["status"] in ("cancelled", "superseded") or row == made.id
        if gone or one["measure"] != made.what.code or one["target"] is None:
            continue
        whose = tuple(getattr(one[name], "id", None) for name in ("person", "team"))
        mine = tuple(made.values.get(name) for name in ("person", "team"))
        if (one["starts_on"], one["ends_on"]) == span or whose == mine:
            whole += one["target"]
    return whole


def _parentless(book: Book, made: Draft) -> Finding:
    fitting = _parents(book, made)
    if not fitting:
        return Finding("R", HINT, tr(N_("No larger goal is named that it serves.")))
    row = fitting[0]
    title = str(book.record(GOAL.id, row)["title"] or "")
    return Finding(
        "R",
        OPEN,
        tr(N_("No larger goal is named that it serves.")),
        tr(N_("It could be part of “{parent}”."), parent=title),
        {"parent": row},
    )


def _parents(book: Book, made: Draft) -> list[int]:
    """Goals of the same measure that hold its period and stand above it, the nearest first."""
    if made.what is None or made.period is None:
        return []
    with book.reading() as db:
        found = db.run(
            "SELECT id, level FROM goal WHERE alive = 1 AND measure = ? AND starts_on <= ? AND ends_on >= ? "
            "AND level IN ('company', 'team') AND status NOT IN ('cancelled', 'superseded') AND id IS NOT ? "
            "ORDER BY level DESC, julianday(ends_on) - julianday(starts_on), id",
            (
                made.what.code,
                made.period.start.isoformat(),
                (made.period.end - _ONE).isoformat(),
                made.id,
            ),
        )
    return [row for row, level in found if level == "company" or _holds(book, row, made)]


def _holds(book: Book, row: int, made: Draft) -> bool:
    """Whether a team's goal is about the person or team of another."""
    from models.goals.staff import Staff

    staff, above = Staff(book), book.record(GOAL.id, row)
    inside = staff.of("team", *(getattr(above[one], "id", None) for one in ("person", "team")))
    mine = staff.of(
        str(made.values.get("level") or ""), made.values.get("person"), made.values.get("team")
    )
    return bool(mine) and mine < inside


# -- T -------------------------------------------------------------------------------------------------


def timely(book: Book, made: Draft) -> Finding:
    """By when, and whether anybody looks on the way."""
    if made.period is None:
        return Finding("T", OPEN, tr(N_("It has no period: by when?")))
    last = made.period.end - _ONE
    parent = made.values.get("parent")
    if parent is not None:
        above = book.record(GOAL.id, parent)
        first_above, last_above = above["starts_on"], above["ends_on"]
        if first_above and not (first_above <= made.period.start and last <= last_above):
            reason = tr(
                N_("{period} is not inside {parent}, the period of what it is part of."),
                period=made.period.text(),
                parent=str(above["period"]),
            )
            return Finding("T", OPEN, reason)
    if last < made.on:
        return Finding("T", OPEN, tr(N_("{period} is over."), period=made.period.text()))
    return _checked(book, made, last)


def _checked(book: Book, made: Draft, last: date) -> Finding:
    """Whether a long goal is looked at on the way."""
    assert made.period is not None
    calendar, period = work_calendar(book), made.period
    points = sorted(set(made.checkpoints))
    outside = [one for one in points if one not in period]
    if outside:
        reason = tr(N_("The checkpoint of {day} is not inside its period."), day=outside[0])
        return Finding("T", HINT, reason)
    if (period.end - period.start).days <= _LONG:
        return Finding("T", OK, tr(N_("By {day}."), day=last))
    if points or _stages(book, made):
        n = len(points) or _stages(book, made)
        said = ntr("{n} checkpoint on the way", "{n} checkpoints on the way", n)
        return Finding("T", OK, tr(N_("By {day}, {points}."), day=last, points=said))
    dates = [one for one in suggested(period, calendar) if one > made.on]
    if not dates:
        return Finding("T", OK, tr(N_("By {day}."), day=last))
    reason = tr(N_("By {day}, but nothing is looked at on the way."), day=last)
    shown = tr(N_(", ")).join(one.isoformat() for one in dates)
    suggestion = tr(N_("Checkpoints on working days: {days}."), days=shown)
    return Finding("T", HINT, reason, suggestion, {"checkpoints": tuple(dates)})


def _stages(book: Book, made: Draft) -> int:
    """How many shorter goals below it end on the way."""
    if made.id is None or made.period is None:
        return 0
    last = made.period.end - _ONE
    ends = [book.record(GOAL.id, row)["ends_on"] for row in book.linked(GOAL.id, "parent", made.id)]
    return len({one for one in ends if one is not None and one < last})


def suggested(period: Period, calendar: WorkCalendar) -> list[date]:
    """The last working day of each month on the way; of each quarter where that would be too many."""
    made: list[date] = []
    at = period.start
    while at < period.end:
        following = (at.replace(day=1) + timedelta(days=32)).replace(day=1)
        worked = calendar.previous_working(following)
        if worked is not None and following < period.end and worked in period:
            made.append(worked)
        at = following
    return made if len(made) < _MOST_POINTS else made[2::3]
