"""Work that can't go on: asking for help, a clock, who is asked as it runs, and answers to find again.

The clock runs in working days: a day is worked from 9 to 18, so that a request of Friday 17:00 is a ninth
of a day old when the week ends. First whoever was named is asked, else the superior of who asks. After
one working day without an answer the superior is, after three the next one up. A day by which an answer
was asked for stands in the place of the first of these; the second comes two working days after it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.workdays import WorkCalendar
from models.refusals import Refused
from models.texts import N_, ntr, tr

ESCALATED_AFTER = (Decimal(1), Decimal(3))  # working days without an answer
WORKED = (time(9), time(18))  # a day's clock
_WAITING = ("open",)
_FOUND = 5_000  # answers that are looked through
_ALIKE = 45  # of 100
_SECONDS = (WORKED[1].hour - WORKED[0].hour) * 3600


@dataclass(frozen=True)
class Asked:
    """What somebody who can't go on says."""

    cause: str
    tried: str = ""
    needed: str = ""
    resolver: int | None = None
    answer_by: date | None = None


@dataclass(frozen=True)
class Waiting:
    """An open request with its clock; ``asked_of`` is who is to answer now, ``level`` how far up that is."""

    request: int
    title: str
    task: int | None
    person: int | None
    asked_of: int | None
    asked_name: str
    raised_at: datetime
    days: Decimal
    level: int
    customer: int | None = None

    def text(self) -> str:
        """How long it waits and who is asked, in a sentence."""
        whole = int(self.days)
        since = (
            tr(N_("less than a working day"))
            if whole == 0
            else ntr("{n} working day", "{n} working days", whole)
        )
        if not self.asked_name:
            return tr(N_("{title}: no answer for {time}; nobody is asked"), title=self.title, time=since)  # fmt: skip
        if self.level:
            return tr(
                N_("{title}: no answer for {time}; passed up to {person}"),
                title=self.title, time=since, person=self.asked_name,
            )  # fmt: skip
        return tr(
            N_("{title}: no answer for {time}; {person} is asked"),
            title=self.title, time=since, person=self.asked_name,
        )  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """An earlier problem like one that is typed, with what helped."""

    request: int
    title: str
    answer: str
    score: int


# -- writing ---------------------------------------------------------------------------------------


def block(book: Book, task: int, asked: Asked, at: datetime) -> int:
    """Say why a task can't go on, and ask for help, as one change; gives the request's row.

    Raises:
        Refused: the cause is missing, or the task is over.
    """
    if not asked.cause.strip():
        raise Refused("required", N_("Say what keeps the work from going on."))
    record = book.record("task", task)
    reason = asked.cause.strip()
    if asked.needed.strip():
        reason = tr(N_("{cause}; needed: {needed}"), cause=reason, needed=asked.needed.strip())
    with book.change(N_("Blocked")) as change:
        change.set("task", task, {"status": "blocked", "blocked_reason": reason})
        return change.add(
            "help_request",
            {
                "title": asked.cause.strip(),
                "task": task,
                "person": record["owner"],
                "customer": record["customer"],
                "tried": asked.tried.strip() or None,
                "needed": asked.needed.strip() or None,
                "raised_at": at,
                "resolver": asked.resolver,
                "answer_by": asked.answer_by,
                "status": "open",
            },
        )


def answer(
    book: Book, request: int, text: str, by: int | None, at: datetime, *, resolved: bool = False
) -> None:
    """Answer a request, and let its task go on if that solved it; one change.

    Raises:
        Refused: there is no answer.
    """
    if not text.strip():
        raise Refused("required", N_("Write what helps."))
    values = {"answer": text.strip(), "answered_at": at, "status": "answered"}
    if by is not None:
        values["resolver"] = by
    _settle(book, request, values, "resolved" if resolved else "answered")


def resolve(book: Book, request: int, at: datetime) -> None:
    """The problem is solved: its task goes on, unless another request of it is open."""
    known = book.record("help_request", request)
    values = {} if known["answered_at"] else {"answered_at": at}
    _settle(book, request, values, "resolved")


def withdraw(book: Book, request: int) -> None:
    """Nobody needs to answer any more; the task goes on."""
    _settle(book, request, {}, "withdrawn")


def _settle(book: Book, request: int, values: Mapping[str, object], status: str) -> None:
    task = book.record("help_request", request)["task"]
    reasons = {
        "answered": N_("A request is answered"),
        "resolved": N_("A problem is solved"),
        "withdrawn": N_("A request is withdrawn"),
    }
    with book.change(reasons[status]) as change:
        change.set("help_request", request, {**values, "status": status})
        if status != "answered" and task is not None and _may_go_on(book, task.id, request):
            change.set("task", task.id, {"status": "doing"})


def _may_go_on(book: Book, task: int, request: int) -> bool:
    others = [
        one
        for one in book.linked("help_request", "task", task)
        if one != request
        and book.rows("help_request", [one], ["status"])[0][0] in ("open", "answered")
    ]
    return book.record("task", task)["status"] == "blocked" and not others


# -- the clock -------------------------------------------------------------------------------------


def elapsed(calendar: WorkCalendar, since: datetime, now: datetime) -> Decimal:
    """Working days between two moments, to a hundredth; parts of days by the clock of ``WORKED``."""
    if now <= since:
        return Decimal(0)
    first, last = since.astimezone(), now.astimezone()
    if first.date() == last.date():
        worked = _part(last) - _part(first) if calendar.is_working(first.date()) else Decimal(0)
        return worked.quantize(Decimal("0.01"))
    days = Decimal(calendar.count(first.date() + timedelta(1), last.date() - timedelta(1)))
    if calendar.is_working(first.date()):
        days += 1 - _part(first)
    if calendar.is_working(last.date()):
        days += _part(last)
    return days.quantize(Decimal("0.01"))


def _part(moment: datetime) -> Decimal:
    """How much of its working day is over, 0…1."""
    seconds = (moment.hour - WORKED[0].hour) * 3600 + moment.minute * 60 + moment.second
    return Decimal(min(max(seconds, 0), _SECONDS)) / _SECONDS


def waits(book: Book, now: datetime) -> list[Waiting]:
    """The open requests with their clocks, those that wait longest first."""
    with book.reading() as db:
        calendar = work_calendar(book)
        people = _People(book)
        rows = db.run(
            "SELECT h.id, h.title, h.task, coalesce(h.person, t.owner), h.resolver, h.raised_at, "
            "h.answer_by, coalesce(h.customer, t.customer) FROM help_request h "
            "LEFT JOIN task t ON t.id = h.task AND t.alive = 1 "
            "WHERE h.alive = 1 AND h.status = 'open' ORDER BY h.raised_at, h.id"
        )
    made = []
    for row, title, task, person, resolver, raised, answer_by, customer in rows:
        since = datetime.fromisoformat(raised) if raised else now
        days = elapsed(calendar, since, now)
        level = _level(calendar, days, answer_by, now)
        asked = people.asked(person, resolver, level)
        made.append(
            Waiting(
                int(row), str(title or ""), task, person, asked, people.names.get(asked or 0, ""),
                since, days, level, customer,
            )
        )  # fmt: skip
    return sorted(made, key=lambda one: (-one.days, one.request))


def _level(calendar: WorkCalendar, days: Decimal, answer_by: str | None, now: datetime) -> int:
    if answer_by is None:
        return sum(days >= limit for limit in ESCALATED_AFTER)
    end = datetime.combine(date.fromisoformat(answer_by), WORKED[1]).astimezone()
    if now <= end:
        return 0
    return 1 + (elapsed(calendar, end, now) >= ESCALATED_AFTER[1] - ESCALATED_AFTER[0])


class _People:
    """Who is above whom; whoever has left is passed over."""

    def __init__(self, book: Book) -> None:
        db = book.connection()
        rows = db.run(
            "SELECT s.id, s.name, s.status, s.manager, t.manager, up.manager FROM salesperson s "
            "LEFT JOIN team t ON t.id = s.team AND t.alive = 1 "
            "LEFT JOIN team up ON up.id = t.parent AND up.alive = 1 WHERE s.alive = 1"
        )
        self.names = {int(row): str(name or "") for row, name, *_ in rows}
        self._gone = {int(row) for row, _, status, *_ in rows if status == "left"}
        self._above = {
            int(row): tuple(one for one in above if one and one != row)
            for row, _, _, *above in rows
        }

    def asked(self, person: int | None, resolver: int | None, level: int) -> int | None:
        """Who is asked at a level; where there are no more superiors, the highest one."""
        chain = [one for one in self._chain(person, resolver) if one not in self._gone]
        chain = list(dict.fromkeys(one for one in chain if one in self.names and one != person))
        return chain[min(level, len(chain) - 1)] if chain else None

    def _chain(self, person: int | None, resolver: int | None) -> Iterator[int]:
        if resolver is not None:
            yield resolver
        seen = {person}
        here = person
        while here is not None:
            here = next((one for one in self._above.get(here, ()) if one not in seen), None)
            if here is not None:
                seen.add(here)
                yield here


# -- earlier answers -------------------------------------------------------------------------------


def similar(book: Book, title: str, limit: int = 5) -> list[Answered]:
    """Answered problems like one that is being typed, the most alike first."""
    typed = _folded(title)
    if len(typed) < 2:
        return []
    with book.reading() as db:
        rows = db.run(
            "SELECT id, title, tried, answer FROM help_request WHERE alive = 1 AND answer IS NOT NULL "
            "AND trim(answer) != '' ORDER BY id DESC LIMIT ?",
            (_FOUND,),
        )
    made = [
        Answered(int(row), str(problem or ""), str(text), score)
        for row, problem, tried, text in rows
        if (score := _alike(typed, str(problem or ""), str(tried or ""))) >= _ALIKE
    ]
    return sorted(made, key=lambda one: (-one.score, -one.request))[:limit]


def _alike(typed: str, problem: str, tried: str) -> int:
    from rapidfuzz import fuzz

    known = _folded(problem)
    whole = max(fuzz.ratio(typed, known), 100 * _shared(typed, known))
    return round(max(whole, 70 * _shared(typed, _folded(tried))))


def _shared(a: str, b: str) -> float:
    """How many pairs of neighbouring characters of the shorter text the other one has, 0…1."""
    first, second = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (a, b))
    few = min(len(first), len(second))
    return len(first & second) / few if few > 1 else 0.0


def _folded(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())
