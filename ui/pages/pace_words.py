"""How the screens of goals write amounts, chances and days: as short as a cell, whole in the tooltip."""

from __future__ import annotations

from decimal import Decimal

from models.goals import pace_words
from models.goals.goal import GOAL
from models.goals.pace import Standing
from models.goals.wholes import Gap
from models.money import show_whole
from models.texts import N_, ntr, tr

_COLOURS = {
    "ahead": "ok",
    "reached": "ok",
    "on_track": "accent",
    "behind": "warning",
    "at_risk": "danger",
    "missed": "danger",
}


def colour(status: str) -> str:
    """The named colour of a status; its word always stands beside it."""
    return _COLOURS.get(status, "muted")


def short(one: Standing, value: Decimal | None, currency: str) -> str:
    """A value as it fits into a cell: money in whole units."""
    if value is not None and one.what is not None and one.what.unit == "money":
        return show_whole(value, currency)
    return pace_words.shown(one, value, currency)


def attained(one: Standing) -> str:
    """How much of the target is reached."""
    return "–" if one.attainment is None else pace_words.percent(one.attainment)


def chance(one: Standing) -> str:
    """The chance of the target as a range; empty where it isn't known."""
    if one.chance is None or one.over:
        return ""
    low, high = (pace_words.percent(share) for share in (one.chance.low, one.chance.high))
    return low if low == high else f"{low.removesuffix('%')}–{high}"


def days_left(one: Standing) -> str:
    """How many working days are left."""
    if one.goal.last is None:
        return "–"
    if one.over:
        return tr(N_("over"))
    text = pace_words.days_text(one.days_left)
    return ntr("{n} day", "{n} days", 1) if text == "1" else tr(N_("{days} days"), days=text)


def age(one: Standing) -> str:
    """How old the last record is."""
    if one.what is None or one.over or one.status == "not_started":
        return ""
    if one.data_age is None:
        return tr(N_("no record"))
    if one.data_age <= 0:
        return tr(N_("data of today"))
    return ntr("{n} day old", "{n} days old", one.data_age)


def needed(one: Standing, currency: str) -> str:
    """What is needed a working day."""
    if one.needed_per_day is None or one.status == "reached":
        return ""
    return tr(N_("{amount} a day"), amount=short(one, one.needed_per_day, currency))


def expected(one: Standing, currency: str) -> str:
    """What is expected by now; empty where it is over or hasn't begun."""
    if one.expected is None or one.over or one.status == "not_started":
        return ""
    return tr(N_("expected by now {amount}"), amount=short(one, one.expected, currency))


def state(one: Standing) -> str:
    """How far the goal is agreed."""
    found = GOAL.field("status").choice(one.goal.state)
    return found.text() if found else ""


def gap(of: Gap, one: Standing, currency: str) -> str:
    """How far the parts of a goal are from it."""
    return of.text(lambda value: short(one, value, currency))
