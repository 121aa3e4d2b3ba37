"""Breakdowns by time: the SQL that gives a day the label that its calendar gives it.

The calendar itself speaks Python; that both say the same of every day is a law of the tests.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.periods import UNITS, FiscalCalendar, Period


def key_sql(unit: str, day: str, calendar: FiscalCalendar) -> str:
    """The SQL of the label of the period that a day, itself SQL of ISO text, is in; NULL without one."""
    if unit == "month":
        return f"substr({day}, 1, 7)"
    if unit == "week":
        return _week_sql(day, calendar)
    year, month = f"substr({day}, 1, 4)", f"CAST(substr({day}, 6, 2) AS INTEGER)"
    starts = calendar.year_starts
    into = f"({month} - 1)"
    if starts > 1:
        number = f"(CAST({year} AS INTEGER) - ({month} < {starts}))"
        year = f"('FY' || printf('%04d/%02d', {number}, ({number} + 1) % 100))"
        into = f"(({month} + {12 - starts}) % 12)"
        year = f"CASE WHEN {day} IS NOT NULL THEN {year} END"
    parts = {"quarter": f" || '-Q' || ({into} / 3 + 1)", "half": f" || '-H' || ({into} / 6 + 1)"}
    return f"({year}){parts.get(unit, '')}"


def _week_sql(day: str, calendar: FiscalCalendar) -> str:
    if calendar.week_starts == "monday":
        return f"strftime('%G-W%V', {day})"
    saturday = f"date({day}, 'weekday 6')"
    count = f"(CAST(strftime('%j', {saturday}) AS INTEGER) - 1) / 7 + 1"
    return f"(strftime('%Y', {saturday}) || '-W' || printf('%02d', {count}))"


def text(key: str, calendar: FiscalCalendar) -> str:
    """A key as people of the current language read it."""
    period = calendar.try_parse(key)
    return key if period is None else period.text()


def between(keys: Iterable[str], unit: str, calendar: FiscalCalendar) -> list[Period]:
    """All periods from the first of some keys to the last; none where they name no days."""
    named = [one for key in keys if (one := calendar.try_parse(key)) is not None]
    if not named or unit not in UNITS:
        return []
    first, last = (edge(one.start for one in named) for edge in (min, max))
    return list(calendar.within(first, last, unit))
