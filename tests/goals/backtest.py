"""Real months asked again: what was stated at the time, and what then came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from models.book import Book
from models.calendar.in_book import roster
from models.goals.actuals import Actuals
from models.goals.past import Past, outlook_for
from models.goals.scope import Scope
from models.measures import engine
from models.periods import Period

LEVELS = (0.85, 1.0, 1.15)  # of the middle that a naive look back gives: what people set as targets


@dataclass(frozen=True)
class Asked:
    """One outlook on one day: whether its 80 % range held, and chances of levels with what came."""

    group: str
    held: bool
    above: bool
    chances: tuple[tuple[float, bool], ...]


def asked(
    book: Book,
    measure: str,
    groups: Mapping[str, Iterable[Scope]],
    questions: Iterable[tuple[date, Period]],
) -> list[Asked]:
    """Every group's scopes asked on each day for each period, by what was known on that day.

    The levels are parts of what came in as long a time before the day.
    """
    what, made = engine.definition(measure), []
    for on, period in questions:
        window = period.start, period.end - timedelta(days=1)
        people, past, sums = roster(book, on), Past(what, on), Actuals()
        length = window[1] - window[0]
        usual = on - length, on
        so_far = window[0], min(on, window[1])
        with book.reading() as db:
            past.read(db, book)
            sums.read(db, book, {measure: [window, so_far, usual]})
        for group, scopes in groups.items():
            for scope in scopes:
                reached = 0.0
                if so_far[0] <= so_far[1]:
                    reached = float(sums.of(measure, scope, *so_far).numerator)
                final = float(sums.of(measure, scope, *window).numerator)
                before = float(sums.of(measure, scope, *usual).numerator)
                if not before:  # nobody sets a target for who has done nothing
                    continue
                found = outlook_for(window, (reached, 0.0), scope, past, people)
                span = found.span()
                if span is None:
                    continue
                levels = tuple(
                    (found.chance(before * part).mid, final >= before * part) for part in LEVELS
                )
                slack = 1e-6 * abs(final)
                held = span[0] - slack <= final <= span[1] + slack
                made.append(Asked(group, held, final > span[1], levels))
    return made


def held(found: Iterable[Asked], group: str) -> tuple[float, int]:
    """The share of a group's ranges that held, and of how many."""
    kept = [one.held for one in found if one.group == group]
    return float(np.mean(kept)), len(kept)


def reliability(found: Iterable[Asked], group: str) -> list[tuple[float, float, int]]:
    """Chances under a third, up to two thirds, above: stated on average, come true, how many."""
    pairs = [pair for one in found if one.group == group for pair in one.chances]
    made = []
    for low, high in ((0.0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1.01)):
        mine = [(stated, came) for stated, came in pairs if low <= stated < high]
        if mine:
            stated, came = np.mean(mine, axis=0)
            made.append((float(stated), float(came), len(mine)))
    return made
