"""Spans of days told from today, as people choose and read them: this month, the last 7 days.

Which days they are says ``periods.relative``; a filter holds the word, or its first and last day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from models import periods
from models.texts import N_, ntr, tr


@dataclass(frozen=True)
class Span:
    """A span by its label, and what a filter writes for it: one word, or its first and last day."""

    label: str
    values: tuple[str, ...]

    def text(self) -> str:
        """The label in the current language."""
        return tr(self.label)

    def days(self) -> tuple[date, date]:
        """Its first and its last day, as today is."""
        first, last = periods.relative(self.values[0]), periods.relative(self.values[-1])
        assert first is not None
        assert last is not None
        return first.start, last.end - timedelta(days=1)


SPANS = (
    Span(N_("today"), ("today",)),
    Span(N_("yesterday"), ("yesterday",)),
    Span(N_("tomorrow"), ("tomorrow",)),
    Span(N_("this week"), ("this_week",)),
    Span(N_("last week"), ("last_week",)),
    Span(N_("next week"), ("next_week",)),
    Span(N_("this month"), ("this_month",)),
    Span(N_("last month"), ("last_month",)),
    Span(N_("next month"), ("next_month",)),
    Span(N_("this quarter"), ("this_quarter",)),
    Span(N_("last quarter"), ("last_quarter",)),
    Span(N_("next quarter"), ("next_quarter",)),
    Span(N_("this year"), ("this_year",)),
    Span(N_("last year"), ("last_year",)),
    Span(N_("next year"), ("next_year",)),
    Span(N_("the last 7 days"), ("-6d", "today")),
    Span(N_("the last 30 days"), ("-29d", "today")),
    Span(N_("the last 90 days"), ("-89d", "today")),
    Span(N_("the next 7 days"), ("today", "+6d")),
    Span(N_("the next 30 days"), ("today", "+29d")),
)
_BY_VALUES = {one.values: one for one in SPANS}


def named(values: tuple[str, ...]) -> str | None:
    """What people call a span that a filter writes so, in the current language; None if nothing."""
    if found := span_of(values):
        return found.text()
    words = tuple(one.strip().lower() for one in values)
    if len(words) != 2:
        return _day(words[0]) if len(words) == 1 else None
    if words[1] == "today" and (back := re.fullmatch(r"-(\d{1,4})d", words[0])):
        return ntr("the last day", "the last {n} days", int(back[1]) + 1)
    if words[0] == "today" and (ahead := re.fullmatch(r"\+(\d{1,4})d", words[1])):
        return ntr("the next day", "the next {n} days", int(ahead[1]) + 1)
    return None


def span_of(values: tuple[str, ...]) -> Span | None:
    """The span that a filter writes so, if it is one that is offered."""
    return _BY_VALUES.get(tuple(one.strip().lower() for one in values))


def _day(word: str) -> str | None:
    found = re.fullmatch(r"([+-])(\d{1,4})d", word)
    if found is None:
        return None
    if found[1] == "-":
        return ntr("{n} day ago", "{n} days ago", int(found[2]))
    return ntr("in {n} day", "in {n} days", int(found[2]))
