"""How a goal stands, in words: its status and the sentence that says why."""

from __future__ import annotations

from decimal import Decimal

from models.goals.pace import Standing, accumulates
from models.money import plain, rounded
from models.texts import N_, ntr, tr

STATUS_LABELS = {
    "ahead": N_("Ahead"),
    "on_track": N_("On track"),
    "behind": N_("Behind"),
    "at_risk": N_("At risk"),
    "reached": N_("Reached"),
    "missed": N_("Missed"),
    "no_target": N_("No target"),
    "no_data": N_("No data"),
    "not_started": N_("Not begun"),
}
_CAUSES = {
    "nobody": N_("It names nobody whose records would count."),
    "no_period": N_("It has no period."),
    "no_measure": N_("It has neither a measure nor key results."),
}
_OLD = 7  # days from which on the age of the data is worth a sentence


def status_text(status: str) -> str:
    """A status in the current language."""
    return tr(STATUS_LABELS[status])


def shown(one: Standing, value: Decimal | None, currency: str) -> str:
    """A value of a goal as people read it."""
    if value is None:
        return "–"
    if one.what is None:
        return f"{rounded(value * 100, 0)}%"
    return one.what.show(value, currency)


def percent(share: float | Decimal) -> str:
    """A share in whole per cent."""
    return f"{rounded(Decimal(str(share)) * 100, 0)}%"


def days_text(days: Decimal) -> str:
    """A number of working days, with halves."""
    return plain(rounded(days, 1))


def reason(one: Standing, currency: str) -> str:
    """Why a goal has its status: a few sentences in the current language."""
    parts = [_first(one, currency)]
    if one.status in ("ahead", "on_track", "behind", "at_risk"):
        parts += _outlook(one, currency)
    if one.over or one.status in ("no_data", "not_started"):
        return _joined(parts)
    parts.append(_age(one))
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    made = ""
    for one in parts:
        made = (
            tr(N_("{sentences} {next}"), sentences=made, next=one) if made and one else made or one
        )
    return made


def _first(one: Standing, currency: str) -> str:
    value, target = (shown(one, number, currency) for number in (one.value, one.target))
    match one.status:
        case "no_target":
            return tr(N_("No target is set; {value} was reached."), value=value)
        case "not_started":
            return tr(N_("It begins on {day}."), day=one.goal.first)
        case "no_data":
            return _nothing(one)
        case "reached":
            return tr(N_("{value} of {target} is reached."), value=value, target=target)
        case "missed":
            return _missed(one, value, target, currency)
    return _running(one, value, currency)


def _nothing(one: Standing) -> str:
    if one.cause or one.what is None or one.goal.first is None:
        return tr(_CAUSES[one.cause or ("no_measure" if one.goal.first else "no_period")])
    return tr(
        N_("There is no record from which {measure} could be computed."), measure=one.what.text()
    )


def _missed(one: Standing, value: str, target: str, currency: str) -> str:
    gap = shown(one, abs((one.target or Decimal(0)) - (one.value or Decimal(0))), currency)
    if one.down:
        return tr(
            N_("It came to {value}, {gap} more than {target}."), value=value, gap=gap, target=target
        )
    return tr(N_("{value} of {target}: {gap} is missing."), value=value, target=target, gap=gap)


def _running(one: Standing, value: str, currency: str) -> str:
    expected = shown(one, one.expected, currency)
    if one.actual is not None and one.what is not None and not one.actual.n:
        return tr(
            N_("No record yet in this period, {expected} was expected by now."), expected=expected
        )
    if one.what is not None and not accumulates(one.what):
        return tr(N_("{value} so far, {expected} is wanted."), value=value, expected=expected)
    if one.down:
        return tr(
            N_("{value} so far; up to {expected} is in line."), value=value, expected=expected
        )
    return tr(N_("{value} so far, {expected} was expected by now."), value=value, expected=expected)


def _outlook(one: Standing, currency: str) -> list[str]:
    made = []
    days = days_text(one.days_left)
    if one.needed_per_day is not None:
        needed = shown(one, one.needed_per_day, currency)
        words = (
            N_("Up to {needed} may come a working day, {days} are left.")
            if one.down
            else N_("{needed} a working day is needed, {days} are left.")
        )
        made.append(tr(words, needed=needed, days=days))
    if one.chance is not None:
        low, mid, high = (
            percent(number) for number in (one.chance.low, one.chance.mid, one.chance.high)
        )
        made.append(tr(N_("The chance is {mid} ({low} to {high})."), mid=mid, low=low, high=high))
    return made


def _age(one: Standing) -> str:
    if one.what is None or one.actual is None:
        return ""
    if one.data_age is None:
        return tr(N_("There is no record of the last three months."))
    if one.data_age < _OLD:
        return ""
    return ntr(
        "The last record, or returned workbook, is {n} day old.",
        "The last record, or returned workbook, is {n} days old.",
        one.data_age,
    )
