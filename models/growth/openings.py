"""With what an evaluation opens: the plans of that person that ended since the last one, and those still open."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.book import Book
from models.dialects import Connection
from models.following.sentences import joined
from models.growth import plan_rows
from models.growth.plan_rows import Plan
from models.measures import engine
from models.periods import FiscalCalendar
from models.texts import N_, tr

_DATED = (
    "p.starts_on IS NOT NULL AND "
    f"({plan_rows.OPEN_SQL} OR coalesce(p.closed_on, p.check_on) IS NOT NULL)"
)


@dataclass(frozen=True)
class Opening:
    """One plan as an evaluation opens with it; levels as people read them."""

    plan: int
    id: str
    title: str
    status: str
    verdict: str
    status_text: str
    words: str
    measure: str
    baseline: str
    target: str
    result: str
    starts_on: date
    check_on: date

    @property
    def is_open(self) -> bool:
        """Whether it has no verdict yet."""
        return not self.verdict

    def text(self) -> str:
        """The whole in one sentence, in the current language."""
        span = {"first": self.starts_on.isoformat(), "last": self.check_on.isoformat()}
        if self.is_open:
            return tr(
                N_("{title}: {status}, from {baseline} to {target}, checked on {last}."),
                title=self.title, status=self.status_text, baseline=self.baseline,
                target=self.target, last=span["last"],
            )  # fmt: skip
        said = tr(
            N_("{title}: {status}; reached {result} from {baseline}, target {target} ({first} to {last})."),
            title=self.title, status=self.status_text, result=self.result, baseline=self.baseline,
            target=self.target, **span,
        )  # fmt: skip
        return joined((said, self.words.partition("\n")[0]))


def openings(book: Book, evaluation: int) -> tuple[Opening, ...]:
    """The plans with which an evaluation opens, the earliest first; those that it led to aren't among them."""
    return openings_of(book, [evaluation]).get(evaluation, ())


def openings_of(book: Book, evaluations: Collection[int]) -> dict[int, tuple[Opening, ...]]:
    """The same of many evaluations, read at once; those that open with none are left out."""
    with book.reading() as db:
        plans: dict[int, list[Plan]] = defaultdict(list)
        for one in plan_rows.read(db, _DATED):
            plans[one.person].append(one)
        windows = _windows(db, evaluations, book.calendar) if plans else {}
    made = {}
    for evaluation, window in windows.items():
        found = [one for one in plans.get(window[0], ()) if _opens(one, evaluation, *window)]
        if found:
            found.sort(key=lambda one: (one.starts_on, one.row))
            made[evaluation] = tuple(_opening(book, one) for one in found)
    return made


def _opens(
    plan: Plan, evaluation: int, person: int, first: date, last: date, since: date | None
) -> bool:
    """Whether an evaluation opens with a plan: it was open, or ended after the evaluation before."""
    if plan.evaluation == evaluation or plan.starts_on > last:
        return False
    return plan.is_open or (plan.closed_on or plan.check_on) > (
        since or first - timedelta(days=366)
    )


def _opening(book: Book, one: Plan) -> Opening:
    before, target, result = (
        one.show(value, book.currency) for value in (one.baseline, one.target, one.result)
    )
    return Opening(
        one.row, book.public_id("improvement_plan", one.row), one.title, one.status, one.verdict,
        one.status_text(), one.words, engine.definition(one.measure).text() if one.measure else "",
        before, target, result, one.starts_on, one.check_on,
    )  # fmt: skip


def _windows(
    db: Connection, evaluations: Collection[int], calendar: FiscalCalendar
) -> dict[int, tuple[int, date, date, date | None]]:
    """Of evaluations their person, their first and last day, and the last day of the one before."""
    spans: dict[int, dict[int, tuple[date, date]]] = defaultdict(dict)
    whose: dict[int, int] = {}
    for row, person, *said in db.run(
        "SELECT e.id, e.person, c.period, c.starts_on, c.ends_on FROM evaluation e "
        "JOIN evaluation_cycle c ON c.id = e.cycle WHERE e.alive = 1 AND e.person IN "
        "(SELECT person FROM evaluation WHERE id IN (SELECT value FROM json_each(?)))",
        (json.dumps(list(evaluations)),),
    ):
        if span := _days(calendar, *said):
            spans[person][row], whose[row] = span, person
    made = {}
    for row in evaluations:
        if row not in whose:
            continue
        person = whose[row]
        first, last = spans[person][row]
        earlier = [end for _, end in spans[person].values() if end < last]
        made[row] = person, first, last, max(earlier, default=None)
    return made


def _days(
    calendar: FiscalCalendar, period: str | None, first: Any, last: Any
) -> tuple[date, date] | None:
    if first and last:
        return date.fromisoformat(first), date.fromisoformat(last)
    meant = calendar.try_parse(period or "")
    return (meant.start, meant.end - timedelta(days=1)) if meant else None
