"""The spans of days that filters offer: this month, the last 7 days, with the days that they mean today."""

from __future__ import annotations

from datetime import date, timedelta

from models import relative
from models.describe.filters import Compare
from models.periods import FiscalCalendar
from models.relative import Relative


def offered(calendar: FiscalCalendar) -> list[Relative]:
    """What there is to choose; fiscal years only where they are not the calendar's."""
    fiscal = calendar.year_starts != 1
    return [one for one in relative.COMMON if fiscal or one.unit != "fiscal_year"]


def told(span: Relative, calendar: FiscalCalendar) -> str:
    """Its first and its last day, as today is."""
    found = span.period(calendar, date.today())
    first, last = found.start, found.end - timedelta(days=1)
    return f"{first}" if first == last else f"{first} – {last}"


def code(condition: Compare) -> str:
    """The word of the span that a condition asks for; nothing if that is none of those offered."""
    if condition.op != "=":
        return ""
    found = relative.read(condition.values[0])
    return found.code if found in relative.COMMON else ""
