"""How customers' voices stand in a period: satisfaction by person, course, recommendation, complaints.

Values and courses are the measures'; what is added here is how much they say: intervals, the mean that is
believed of somebody with few answers (``shrinking``), and places only from ``MINIMUM`` answers on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import fmean

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.workdays import WorkCalendar
from models.dialects import Connection
from models.measures import engine
from models.measures.definition import Row
from models.periods import Period
from models.satisfaction import sampling, shrinking, themes
from models.satisfaction.shrinking import Prior, Shrunk

MINIMUM = 5  # answers from which on somebody has a place among the others
_EVER = ("0001-01-01", "9999-12-31")


@dataclass(frozen=True)
class PersonVoice:
    """What customers say of one person; ``place`` is None below ``MINIMUM`` answers, and for everybody
    where the differences between people may be chance."""

    person: int
    name: str
    satisfaction: Shrunk
    place: int | None
    answers: tuple[int, ...]


@dataclass(frozen=True)
class Course:
    """One month or quarter: its mean satisfaction with a 95 % interval."""

    label: str
    key: str
    value: float
    n: int
    low: float
    high: float


@dataclass(frozen=True)
class Nps:
    """Net promoter score with its 95 % interval; ``value`` is None without answers."""

    value: Decimal | None
    n: int
    low: float
    high: float


@dataclass(frozen=True)
class OpenComplaint:
    """A complaint that is not settled, with the days since it came in, those of them that are worked, and
    who sees to it."""

    row: int
    title: str
    customer: str
    days: int
    severity: str
    handler: str
    worked: int = 0


@dataclass(frozen=True)
class Voice:
    """How it all stands."""

    period: Period | None
    satisfaction: Row
    interval: tuple[float, float]
    prior: Prior | None
    people: tuple[PersonVoice, ...]
    unattributed: tuple[int, ...]  # answers with a score whose customer was in nobody's hands
    unnamed: tuple[int, ...]  # answers with a score that name no customer
    off_scale: tuple[int, ...]  # answers whose score is not on the scale of their questionnaire
    course: tuple[Course, ...]
    nps: Nps
    response: Row
    handling: Row
    complaints: tuple[OpenComplaint, ...]
    themes: tuple[themes.Counted, ...]
    untagged: int
    sampled: tuple[sampling.Sampled, ...]
    happy: sampling.Happy
    forms: int

    @property
    def nothing(self) -> bool:
        """Whether no customer has said anything yet."""
        return not (
            self.satisfaction.n or self.nps.n or self.themes or self.complaints or self.handling.n
        )


def standing(
    book: Book, period: Period | None = None, on: date | None = None, unit: str = "month"
) -> Voice:
    """Read how it stands; ``unit`` is that of the course, "month" or "quarter"."""
    day = on or date.today()
    first, last = _edges(period)
    calendar = work_calendar(book)
    with book.reading() as db:
        answers = _answers(db, first, last)
        recommended = _recommended(db, first, last)
        complaints = open_complaints(db, day, calendar)
        said = themes.counted(db, first, last)
        untagged = len(themes.untagged(db))
        asked, happy = sampling.sampled(db, day), sampling.happy(db, day)
        off = _off_scale(db)
    known = {row.person: row.name for row in answers if row.person is not None}
    groups: dict[int | None, list[_Answer]] = defaultdict(list)
    for one in answers:
        groups[one.person].append(one)
    nobody = groups.pop(None, [])
    prior = shrinking.prior([_values(group) for group in groups.values()]) if groups else None
    if (
        prior is not None
    ):  # the mean of all is that of the team: those who count for nobody are in it
        prior = replace(prior, mean=fmean(_values(answers)))
    nps = engine.measure(book, "nps", period=period).total
    return Voice(
        period,
        engine.measure(book, "satisfaction", period=period).total,
        shrinking.of_mean(_values(answers)),
        prior,
        _people({one: groups[one] for one in groups if one is not None}, known, prior),
        tuple(one.row for one in nobody if one.customer is not None),
        tuple(one.row for one in nobody if one.customer is None),
        off,
        _course(book, period, unit),
        Nps(nps.value, nps.n, *(shrinking.of_nps(recommended) if nps.n else (-1.0, 1.0))),
        engine.measure(book, "response_rate", period=period).total,
        engine.measure(book, "complaint_days", period=period).total,
        complaints,
        said,
        untagged,
        asked,
        happy,
        book.count("survey_form"),
    )


@dataclass(frozen=True)
class _Answer:
    row: int
    person: int | None
    name: str
    value: float
    customer: int | None


def _edges(period: Period | None) -> tuple[str, str]:
    if period is None:
        return _EVER
    return period.start.isoformat(), (period.end - timedelta(days=1)).isoformat()


def _answers(db: Connection, first: str, last: str) -> list[_Answer]:
    return [
        _Answer(row, person, name or "", value / 1_000_000, customer)
        for row, person, name, value, customer in db.run(
            "SELECT r.id, r.attributed_to, p.name, r.satisfied, r.customer FROM survey_response r "
            "LEFT JOIN salesperson p ON p.id = r.attributed_to WHERE r.alive = 1 "
            "AND r.satisfied IS NOT NULL AND r.responded_on BETWEEN ? AND ? ORDER BY r.id",
            (first, last),
        )
    ]


def _values(answers: list[_Answer]) -> list[float]:
    return [one.value for one in answers]


def _people(
    groups: dict[int, list[_Answer]], names: dict[int, str], prior: Prior | None
) -> tuple[PersonVoice, ...]:
    """Everybody with answers: those with a place by what is believed of them, then the others."""
    if prior is None:
        return ()
    made = [
        (person, shrinking.shrunk(_values(group), prior), tuple(one.row for one in group))
        for person, group in groups.items()
    ]
    made.sort(key=lambda one: (one[1].n < MINIMUM, -one[1].value, names[one[0]]))
    ranked = prior.told == "people"
    placed = [one[1].value for one in made if one[1].n >= MINIMUM]
    return tuple(
        PersonVoice(
            person,
            names[person],
            found,
            placed.index(found.value) + 1 if ranked and found.n >= MINIMUM else None,
            rows,
        )
        for person, found, rows in made
    )


def _course(book: Book, period: Period | None, unit: str) -> tuple[Course, ...]:
    """The measure by months or quarters; intervals from the answers of each."""
    found = engine.measure(book, "satisfaction", period=period, by=unit)
    behind: dict[object, list[float]] = defaultdict(list)
    for one in engine.records(book, "satisfaction", period=period, by=unit):
        behind[one.key].append(float(one.value))
    return tuple(
        Course(
            row.label, str(row.key), float(row.value), row.n, *shrinking.of_mean(behind[row.key])
        )
        for row in found.rows
        if row.value is not None and row.key is not None
    )


def _recommended(db: Connection, first: str, last: str) -> dict[str, int]:
    found = db.run(
        "SELECT CASE WHEN recommends >= 9 THEN 'promoters' WHEN recommends <= 6 THEN 'detractors' "
        "ELSE 'passives' END, count(*) FROM survey_response WHERE alive = 1 "
        "AND recommends IS NOT NULL AND responded_on BETWEEN ? AND ? GROUP BY 1",
        (first, last),
    )
    return {str(kind): int(n) for kind, n in found}


def open_complaints(db: Connection, on: date, calendar: WorkCalendar) -> tuple[OpenComplaint, ...]:
    """Those that are not settled, the oldest first."""
    made = []
    for row, title, customer, day, severity, name in db.run(
        "SELECT c.id, c.title, k.name, c.opened_on, c.severity, p.name FROM complaint c "
        "LEFT JOIN customer k ON k.id = c.customer LEFT JOIN salesperson p ON p.id = c.handler "
        "WHERE c.alive = 1 AND c.status IS NOT 'resolved' AND c.opened_on <= ? "
        "ORDER BY c.opened_on, c.id",
        (on.isoformat(),),
    ):
        opened = date.fromisoformat(day)
        worked = calendar.count(opened + timedelta(days=1), on)
        days = (on - opened).days
        made.append(
            OpenComplaint(row, title, customer or "", days, severity or "", name or "", worked)
        )
    return tuple(made)


def _off_scale(db: Connection) -> tuple[int, ...]:
    return tuple(
        row
        for (row,) in db.run(
            "SELECT id FROM survey_response WHERE alive = 1 AND score IS NOT NULL "
            "AND satisfied IS NULL ORDER BY id"
        )
    )
