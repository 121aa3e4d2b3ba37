"""What people type for short into a cell for a day or a moment: 3/5, 周五, 月底, +3d, 明天下午3点.

Only at the keyboard, where what was understood is shown before it is entered. A sheet that is
imported is never read in this way: there a day without its year is a doubt.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from models.said import days

_SURE = 0.65  # below it a word such as 下周 may mean any of several days
_MONTH_DAY = re.compile(r"(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*(?:日|号)?")
_BY = re.compile(
    r"([+-])\s*(\d{1,4})\s*(d|days?|天|日|w|weeks?|周|m|months?|个?月|y|years?|年)?", re.IGNORECASE
)
_HOURS = re.compile(r"([+-])\s*(\d{1,3})\s*(h|hours?|个?小时|min|minutes?|分钟?)", re.IGNORECASE)
_WHOLE_PERCENT = re.compile(r"[+-]?[1-9]\d*(\.\d*)?")
_NOW = {"now", "现在", "此刻"}
_WORDLESS = re.compile(r"[\d\s:./-]+[T\d\s:./+-]*", re.IGNORECASE)


def date_typed(text: str, today: date, *, month_first: bool) -> str:
    """The date that is meant, in ISO form; anything else comes back as it was typed.

    A month and a day are of this year, as in Excel. ``month_first`` allows it: where people write
    the day first, 3/5 is left to be asked about. A bare day of the week is the next one.
    """
    made = _day(text.strip(), today, month_first)
    return text if made is None else made.isoformat()


def moment_typed(text: str, now: datetime, *, month_first: bool) -> str:
    """The local moment that is meant, as 2026-11-28 15:00; anything else as it was typed.

    A time alone is of today; a day alone begins at midnight, as a full date does.
    """
    typed = text.strip()
    if typed.casefold() in _NOW:
        return f"{now:%Y-%m-%d %H:%M}"
    if by := _HOURS.fullmatch(typed):
        unit = by[3].casefold()
        count = int(by[1] + by[2])
        hours = unit.startswith("h") or "时" in unit
        return f"{now + timedelta(hours=count if hours else 0, minutes=0 if hours else count):%Y-%m-%d %H:%M}"
    at: time | None = None
    times = days.find_times(typed)
    if len(times) == 1:
        at = times[0].time
        said = typed[times[0].start : times[0].end]
        typed = (typed[: times[0].start] + typed[times[0].end :]).strip(" ,，T")
        if said[:2] in ("今晚", "今早", "明晚", "明早", "昨晚") and not typed:
            typed = said[:2]
    if at is not None and not typed:
        return f"{datetime.combine(now.date(), at):%Y-%m-%d %H:%M}"
    day = _day(typed, now.date(), month_first) or _iso(typed)
    if day is None or (at is None and _iso(typed) is not None):
        return text
    return f"{datetime.combine(day, at or time()):%Y-%m-%d %H:%M}"


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(typed: str, today: date, month_first: bool) -> date | None:
    if found := _MONTH_DAY.fullmatch(typed):
        if not (month_first or "月" in typed):
            return None
        try:
            return today.replace(month=int(found[1]), day=int(found[2]))
        except ValueError:  # there is no such day: the cell will say so
            return None
    if found := _BY.fullmatch(typed):
        return _shifted(today, int(found[1] + found[2]), (found[3] or "d").casefold())
    if not typed or _WORDLESS.fullmatch(typed):
        return None  # a written date is read as every cell is
    hits = days.find_days(typed, today, ahead=True, month_first=False)
    if len(hits) == 1 and hits[0].sure >= _SURE:
        one = hits[0]
        if not (typed[: one.start] + typed[one.end :]).strip():
            return one.day
    return None


def _shifted(today: date, count: int, unit: str) -> date | None:
    try:
        if unit.startswith(("w", "周")):
            return today + timedelta(weeks=count)
        if unit.startswith("m") or "月" in unit:
            return add_months(today, count)
        if unit.startswith(("y", "年")):
            return add_months(today, 12 * count)
        return today + timedelta(days=count)
    except (OverflowError, ValueError):
        return None


def add_months(day: date, count: int) -> date:
    """The same day of a later or earlier month, its last one where the month is shorter.

    Raises:
        ValueError: the calendar doesn't go so far.
    """
    month = day.year * 12 + day.month - 1 + count
    first = date(month // 12, month % 12 + 1, 1)
    last = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def written_out(kind: str, typed: str, now: datetime, *, month_first: bool) -> str:
    """What was typed into a field of a kind, with what is short for a value written out.

    A percentage needs no sign: 15 is 15 %, and 0.15 is too, as in a sheet's cell for percentages.
    """
    if kind == "date":
        return date_typed(typed, now.date(), month_first=month_first)
    if kind == "instant":
        return moment_typed(typed, now, month_first=month_first)
    if kind == "percent" and _WHOLE_PERCENT.fullmatch(typed.strip()):
        return typed.strip() + "%"
    return typed
