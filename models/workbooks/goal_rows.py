"""The table of goals in a workbook: what is to be reached, what is, what is missing, and the pace.

What was reached, the attainment, what is missing and the status are formulas over the sheet of goal
records, so that they follow what people edit; each has the value that the program gives.
"""

from __future__ import annotations

from decimal import Decimal

from models.describe.formula_excel import ROW
from models.goals.goal import GOAL
from models.goals.pace import LOW, NEAR, Standing, accumulates
from models.goals.pace_words import STATUS_LABELS, status_text
from models.money import plain, rounded
from models.sheets.writing import Cell, Column, Formula
from models.texts import N_, ntr, tr
from models.workbooks.goal_places import area, text
from models.workbooks.goal_standings import Shown

# Columns by their letter: E target, F actual, G attainment, H missing, I status, J days left,
# K needed a day, L expected, M floor, N stretch.
_TARGET, _ACTUAL, _LEFT, _EXPECTED = (f"{one}{ROW}" for one in "EFJL")
_HEADS = (
    (N_("No."), "id"),
    (N_("Goal"), "text"),
    (N_("Measure"), "text"),
    (N_("Period"), "text"),
    (N_("Target"), "value"),
    (N_("Reached"), "value"),
    (N_("Attainment"), "percent"),
    (N_("Missing"), "value"),
    (N_("Pace"), "text"),
    (N_("Working days left"), "number"),
    (N_("Needed a working day"), "value"),
    (N_("Expected by now"), "value"),
    (N_("Floor"), "value"),
    (N_("Stretch"), "value"),
    (N_("Records"), "integer"),
    (N_("Last record"), "date"),
    (N_("Days since"), "integer"),
    (N_("State"), "text"),
)


def columns() -> list[Column]:
    """The heads and kinds; ``value`` is shown as the goal's measure is."""
    return [Column(tr(head), kind) for head, kind in _HEADS]


class Ranges:
    """The sheet of goal records as formulas name it: its name and the last line."""

    def __init__(self, sheet: str, first: int, last: int) -> None:
        self._key = area(sheet, 0, first, last)
        self._counts, self._top, self._bottom = (area(sheet, at, first, last) for at in (5, 6, 7))

    def actual(self, ratio: bool) -> str:
        """The value of the goal in the same row."""
        above = f"SUMIFS({self._top},{self._key},$A{ROW})"
        if not ratio:
            return above
        below = f"SUMIFS({self._bottom},{self._key},$A{ROW})"
        return f'IF({below}=0,"",{above}/{below})'

    @property
    def records(self) -> str:
        """How many records count for it."""
        return f"SUMIFS({self._counts},{self._key},$A{ROW})"


def unit(one: Standing) -> str:
    """How values of a goal are shown: money, percent, count or days."""
    return one.what.unit if one.what is not None else "percent"


def row(shown: Shown, number: str, ranges: Ranges | None) -> list[Cell]:
    """The row of a goal.

    Args:
        number: its public id, by which the lines of records name it.
        ranges: where these are; None if there can't be any.
    """
    one = shown.standing
    goal, what = one.goal, one.what
    ratio = what is None or what.denominator is not None
    actual: Cell = one.value
    records: Cell = one.actual.n if one.actual else None
    live = ranges is not None
    if ranges is not None:
        if what is None or not what.median:  # of one no formula over sums tells the value
            actual = Formula(f"={ranges.actual(ratio)}", one.value)
        records = Formula(f"={ranges.records}", one.actual.n if one.actual else 0)
    state = GOAL.field("status").choice(goal.state)
    return [
        number,
        goal.title,
        _called(one),
        goal.period,
        one.target,
        actual,
        _attainment(one, live),
        _missing(one, live),
        _status(one, live),
        rounded(one.days_left, 1) if goal.last is not None and not one.over else None,
        _needed(one, live),
        one.expected,
        goal.floor,
        goal.stretch,
        records,
        one.actual.last if one.actual else None,
        one.data_age,
        state.text() if state else goal.state,
    ]


def _attainment(one: Standing, live: bool) -> Cell:
    if not live or one.target is None or one.target <= 0:
        return one.attainment
    share = f"{_ACTUAL}/{_TARGET}"
    if one.down:
        share = f"MAX(2-{share},0)"
    return Formula(f'=IF({_ACTUAL}="","",{share})', one.attainment)


def _missing(one: Standing, live: bool) -> Cell:
    if one.target is None:
        return None
    gap = f"{_ACTUAL}-{_TARGET}" if one.down else f"{_TARGET}-{_ACTUAL}"
    value = None
    if one.value is not None:
        value = max(one.value - one.target if one.down else one.target - one.value, Decimal(0))
    return Formula(f'=IF({_ACTUAL}="","",MAX({gap},0))', value) if live else value


def _needed(one: Standing, live: bool) -> Cell:
    if not live or one.needed_per_day is None:
        return one.needed_per_day
    return Formula(
        f'=IF({_ACTUAL}="","",ROUND(MAX({_TARGET}-{_ACTUAL},0)/{plain(one.days_left)},2))',
        one.needed_per_day,
    )


def _status(one: Standing, live: bool) -> Cell:
    """The pace as the program tells it without the chance; it follows what was reached."""
    if not live or one.target is None or one.status in ("no_target", "not_started"):
        return status_text(one.status)
    sign = "<=" if one.down else ">="
    met = f"ROUND({_ACTUAL},6){sign}ROUND({_TARGET},6)"
    grows = one.what is None or accumulates(one.what)
    if one.over:
        body = f"IF({met},{_said('reached')},{_said('missed')})"
    elif grows and not one.down:
        body = f"IF({met},{_said('reached')},{_compared(one)})"
    elif one.down and accumulates(one.what):
        body = f"IF({met},{_compared(one)},{_said('at_risk')})"
    else:
        body = _compared(one)
    return Formula(f'=IF({_ACTUAL}="",{_said("no_data")},{body})', status_text(one.status))


def _said(status: str) -> str:
    return text(tr(STATUS_LABELS[status]))


def _compared(one: Standing) -> str:
    """What is reached against what is expected by now, see ``pace``."""
    if one.expected is not None and one.expected > 0:
        score = f"{_ACTUAL}/{_EXPECTED}"
        score = f"ROUND(MAX(2-{score},0),9)" if one.down else f"ROUND({score},9)"
    else:
        sign = "<=" if one.down else ">="
        score = f"IF({_ACTUAL}{sign}{_EXPECTED},1,{plain(LOW)})"
    above, near = plain(1 + NEAR), plain(1 - NEAR)
    low = f"IF({score}<{plain(LOW)},{_said('at_risk')},{_said('behind')})"
    return f"IF({score}>{above},{_said('ahead')},IF({score}>={near},{_said('on_track')},{low}))"


def words(shown: Shown, followed: str) -> str:
    """What is counted for a goal, so that anybody can do it again.

    Args:
        followed: the sheet whose edits the value follows; "" for none.
    """
    one = shown.standing
    if one.what is None:
        parts = [tr(N_("The progress of the key results, by their weight."))]
    else:
        parts = [tr(one.what.words)]
    if one.down:
        parts.append(tr(N_("Lower is better.")))
    scope = shown.scope
    if scope is None:
        parts.append(tr(N_("Everybody's records count.")))
    elif len(scope) > 1:
        parts.append(ntr("{n} person's records count.", "{n} persons' records count.", len(scope)))
    if scope is None or len(scope) > 1:
        parts.append(tr(N_("Those of the others are in one line, without names.")))
    if followed:
        parts.append(tr(N_("It follows what you enter in “{sheet}”."), sheet=followed))
    else:
        parts.append(tr(N_("It does not follow what you enter here.")))
    if followed and one.what is not None and one.what.source.entity == "follow_up_plan":
        parts.append(tr(N_("A contact fulfils a plan only when the workbook is back.")))
    said = parts[0]
    for part in parts[1:]:
        said = tr(N_("{sentences} {next}"), sentences=said, next=part)
    return tr(N_("{measure}: {words}"), measure=_called(one), words=said)


def _called(one: Standing) -> str:
    return one.what.text() if one.what is not None else tr(N_("Key results"))
