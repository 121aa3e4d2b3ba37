"""With what an evaluation opens: the plans of that person that ended since the last one, and those still open."""

from __future__ import annotations

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
    with book.reading() as db:
        found = _window(db, evaluation, book.calendar)
        if found is None:
            return ()
        person, first, last, since = found
        plans = plan_rows.read(
            db,
            f"p.person = ? AND p.evaluation IS NOT ? AND p.starts_on <= ? AND ({plan_rows.OPEN_SQL} "
            "OR coalesce(p.closed_on, p.check_on) > ?)",
            (person, evaluation, last.isoformat(), (since or first - timedelta(days=366)).isoformat()),
        )  # fmt: skip
    ordered = sorted(plans, key=lambda one: (one.starts_on, one.row))
    return tuple(_opening(book, one) for one in ordered)


def _opening(book: Book, one: Plan) -> Opening:
    before, target, result = (
        one.show(value, book.currency) for value in (one.baseline, one.target, one.result)
    )
    return Opening(
        one.row, book.public_id("improvement_plan", one.row), one.title, one.status, one.verdict,
        one.status_text(), one.words, engine.definition(one.measure).text() if one.measure else "",
        before, target, result, one.starts_on, one.check_on,
    )  # fmt: skip


def _window(
    db: Connection, evaluation: int, calendar: FiscalCalendar
) -> tuple[int, date, date, date | None] | None:
    """Of an evaluation its person, its first and last day, and the last day of the one before it."""
    rows = db.run(
        "SELECT e.id, e.person, c.period, c.starts_on, c.ends_on FROM evaluation e "
        "JOIN evaluation_cycle c ON c.id = e.cycle WHERE e.alive = 1 "
        "AND e.person = (SELECT person FROM evaluation WHERE id = ?)",
        (evaluation,),
    )
    spans = {row: (person, span) for row, person, *said in rows if (span := _days(calendar, *said))}
    if evaluation not in spans:
        return None
    person, (first, last) = spans[evaluation]
    earlier = [end for _, (_, end) in spans.values() if end < last]
    return person, first, last, max(earlier, default=None)


def _days(
    calendar: FiscalCalendar, period: str | None, first: Any, last: Any
) -> tuple[date, date] | None:
    if first and last:
        return date.fromisoformat(first), date.fromisoformat(last)
    meant = calendar.try_parse(period or "")
    return (meant.start, meant.end - timedelta(days=1)) if meant else None
