"""The map of strengths and weaknesses: what cited feedback says of each skill, and where a measure tells
a person apart from the rest of the team.

Feedback that cites no record doesn't count. A measure says something only from ``LEAST`` records on each
side, and only where the difference is more than noise: a two-sided test at 5 % over all people of the
team together (Bonferroni), of rates by the pooled two-proportion z, of means by ranks (Mann and Whitney
1947), because amounts and days are skewed. Where nothing is told apart, that is said; it is no judgement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import isclose, sqrt
from statistics import NormalDist, fmean

from models.book import Book
from models.dialects import Connection
from models.growth.citing import many
from models.growth.feedback import GROWTH, STRENGTH, Given, given
from models.measures import batch, engine
from models.measures.definition import Definition
from models.measures.uncertainty import wilson
from models.money import show_whole
from models.periods import days as span_of_days
from models.texts import N_, ntr, tr

LEAST = 10  # records of the person, and of the others, below which nothing is claimed
DAYS = 365
MEASURES = ("win_rate", "average_deal", "sales_cycle_days", "effective_follow_up_rate", "task_on_time_rate")  # fmt: skip
MIXED, LIKE_OTHERS, TOO_FEW, NONE = "mixed", "like_others", "too_few", ""
BETTER, WORSE, SAME = "better", "worse", ""
_ALPHA = 0.05
_MARKS = {STRENGTH: "▲", GROWTH: "▼", MIXED: "◆", LIKE_OTHERS: "＝", TOO_FEW: "·", NONE: ""}
_TRENDS = {BETTER: "↗", WORSE: "↘", SAME: ""}


@dataclass(frozen=True)
class Column:
    """A skill (``skill``), or a measure (``measure``)."""

    text: str
    skill: int | None = None
    measure: str = ""


@dataclass(frozen=True)
class Square:
    """What is known of one person in one column; ``short`` for the map, ``sentence`` in full."""

    kind: str
    trend: str
    short: str
    sentence: str
    records: Mapping[str, Sequence[int]] = field(default_factory=dict)  # opens with these
    n: int = 0

    def text(self) -> str:
        """Sign, figure and trend as the map shows them."""
        return " ".join(one for one in (_MARKS[self.kind], self.short, _TRENDS[self.trend]) if one)


@dataclass(frozen=True)
class Map:
    """People by columns; ``uncited`` feedback is left out and told."""

    people: tuple[tuple[int, str], ...]
    columns: tuple[Column, ...]
    squares: Mapping[tuple[int, int], Square]  # by person's row and place of the column
    uncited: int

    def of(self, person: int, kinds: Sequence[str]) -> list[tuple[Column, Square]]:
        """What a person has of some kinds, with most evidence first."""
        found = [
            (column, self.squares[person, at])
            for at, column in enumerate(self.columns)
            if self.squares[person, at].kind in kinds
        ]
        return sorted(found, key=lambda one: -one[1].n)


_NOTHING = Square(NONE, SAME, "", "")


def strengths(book: Book, on: date, *, days: int = DAYS, shared_only: bool = False) -> Map:
    """The map of everybody who works here, over so many days up to a day."""
    first = on - timedelta(days=days - 1)
    half = on - timedelta(days=days // 2)
    with book.reading() as db:
        people = tuple(
            (row, name or "")
            for row, name in db.run(
                "SELECT id, name FROM salesperson WHERE alive = 1 AND status IS NOT 'left' "
                "ORDER BY employee_no IS NULL, employee_no, id"
            )
        )
    every = [
        one
        for one in given(book, since=first, until=on)
        if not shared_only or one.visibility == "shared"
    ]
    lines = many(book, [one.cites for one in every])
    cites = {one.row: line for one, line in zip(every, lines, strict=True)}
    shown = [one for one in every if cites[one.row] and one.skill is not None]
    uncited = sum(not cites[one.row] for one in every)
    skills = {one.skill: one.skill_name for one in shown if one.skill is not None}
    columns = [Column(name, row) for row, name in sorted(skills.items(), key=lambda one: one[1])]
    squares: dict[tuple[int, int], Square] = {}
    by: dict[tuple[int, int], list[Given]] = defaultdict(list)
    for one in shown:
        assert one.skill is not None
        by[one.person, one.skill].append(one)
    for at, column in enumerate(columns):
        for person, _ in people:
            some = by.get((person, column.skill or 0), [])
            squares[person, at] = _of_skill(some, half, column.text) if some else _NOTHING
    rows = [row for row, _ in people]
    for code in MEASURES:
        what = engine.definition(code)
        found = _of_measure(book, what, rows, first, half, on)
        if found:
            squares |= {(person, len(columns)): one for person, one in found.items()}
            columns.append(Column(what.text(), measure=code))
    return Map(people, tuple(columns), squares, uncited)


def _of_skill(some: Sequence[Given], half: date, skill: str) -> Square:
    good = [one for one in some if one.kind == STRENGTH]
    other = [one for one in some if one.kind == GROWTH]
    kind = MIXED if good and other else STRENGTH if good else GROWTH
    now, before = ([one for one in some if (one.given_on > half) == late] for late in (True, False))
    trend = SAME
    if now and before:
        shares = [sum(one.kind == STRENGTH for one in part) / len(part) for part in (before, now)]
        trend = BETTER if shares[1] > shares[0] else WORSE if shares[1] < shares[0] else SAME
    short = "/".join(str(len(part)) for part in ((good, other) if kind == MIXED else (some,)))
    said = tr(
        N_("{skill}: {good} as a strength, {other} to improve, each with a cited record."),
        skill=skill,
        good=len(good),
        other=len(other),
    )
    return Square(kind, trend, short, said, {"feedback": [one.row for one in some]}, len(some))


# -- measures ------------------------------------------------------------------------------------------


@dataclass
class _Sample:
    """What is known of one side: successes and trials of a rate, of a mean the values too."""

    top: float = 0.0
    bottom: float = 0.0
    values: list[float] = field(default_factory=list)

    @property
    def n(self) -> int:
        return round(self.bottom)

    def add(self, top: float, bottom: float) -> None:
        self.top, self.bottom = self.top + top, self.bottom + bottom

    def add_value(self, top: float, bottom: float) -> None:
        if bottom > 0:
            self.add(top, bottom)
            self.values.append(top / bottom)


def _of_measure(
    book: Book, what: Definition, people: Sequence[int], first: date, half: date, on: date
) -> dict[int, Square]:
    """The squares of a measure; none where nobody has a record."""
    sides: dict[tuple[int, bool], _Sample] = defaultdict(_Sample)
    with book.reading() as db:
        for late, window in ((False, (first, half)), (True, (half + timedelta(days=1), on))):
            for person, sample in _samples(db, book, what, window).items():
                sides[person, late] = sample
    whole = {one: _together(sides[one, False], sides[one, True]) for one in people}
    if not any(one.n for one in whole.values()):
        return {}
    z = NormalDist().inv_cdf(1 - _ALPHA / (2 * max(len([1 for one in whole.values() if one.n]), 1)))
    ranks = _Ranks([value for one in whole.values() for value in one.values])
    made = {}
    for person in people:
        own = whole[person]
        rest = _Sample()
        for other, one in whole.items():
            if other != person:
                rest.add(one.top, one.bottom)
        score = _score(what, own, rest, ranks)
        step = _score(what, sides[person, True], sides[person, False])
        trend = _side(what, step, NormalDist().inv_cdf(1 - _ALPHA / 2), BETTER, WORSE, SAME)
        made[person] = _square(book, what, own, rest, score, z, trend)
    return made


def _samples(
    db: Connection, book: Book, what: Definition, window: tuple[date, date]
) -> dict[int, _Sample]:
    """What each person did in a window: of rates the sums alone, of means record by record."""
    scale, below = (1e6 if one else 1.0 for one in (what.scaled, what.scaled_below))
    made: dict[int, _Sample] = defaultdict(_Sample)
    if what.unit == "percent":
        for person, cells in batch.whole(db, book, what, window).items():
            if person is not None:
                for one in cells:
                    made[person].add((one.top or 0) / scale, (one.bottom or 0) / below)
        return made
    for person, _, top, bottom in batch.events(db, book, what, window):
        if person is not None:
            made[person].add_value((top or 0) / scale, (bottom or 0) / below)
    return made


def _together(*some: _Sample) -> _Sample:
    made = _Sample()
    for one in some:
        made.top, made.bottom = made.top + one.top, made.bottom + one.bottom
        made.values += one.values
    return made


class _Ranks:
    """The ranks of the records of both sides together; equal ones share the middle of theirs."""

    def __init__(self, values: Sequence[float]) -> None:
        self.n, self.ties = len(values), 0.0
        self.mean = fmean(values) if values else 0.0
        self.of: dict[float, float] = {}
        at = 0
        for value, size in sorted(Counter(values).items()):
            self.of[value] = (2 * at + 1 + size) / 2
            self.ties += size**3 - size
            at += size


def _score(
    what: Definition, own: _Sample, other: _Sample, ranks: _Ranks | None = None
) -> float | None:
    """How far two sides lie apart, as a normal deviate; None where either has too few records.

    ``ranks`` are those of both together where they are known, as for one person against all others.
    """
    if min(own.n, other.n) < LEAST:
        return None
    if what.unit != "percent":
        return _ranked(own.values, ranks or _Ranks([*own.values, *other.values]))
    share = (own.top + other.top) / (own.bottom + other.bottom)
    error = sqrt(max(share * (1 - share), 0.0) * (1 / own.bottom + 1 / other.bottom))
    return (own.top / own.bottom - other.top / other.bottom) / error if error > 0 else 0.0


def _ranked(own: Sequence[float], every: _Ranks) -> float:
    """Mann and Whitney's test with ties, as a normal deviate; 0 where means and ranks disagree.

    A mean that is above that of both together is above that of the other side, and so below.
    """
    n, whole = len(own), every.n
    m = whole - n
    spread = n * m / 12 * (whole + 1 - every.ties / (whole * (whole - 1)))
    gap = sum(every.of[one] for one in own) - n * (n + 1) / 2 - n * m / 2
    mean = fmean(own)
    if spread <= 0 or isclose(mean, every.mean, rel_tol=1e-12) or gap * (mean - every.mean) <= 0:
        return 0.0
    return gap / sqrt(spread)


def _side(what: Definition, score: float | None, z: float, good: str, bad: str, none: str) -> str:
    if score is None or abs(score) <= z:
        return none
    return good if (score > 0) == (what.direction != "down") else bad


def _square(
    book: Book,
    what: Definition,
    own: _Sample,
    rest: _Sample,
    score: float | None,
    z: float,
    trend: str,
) -> Square:
    if not own.n:
        return Square(NONE, SAME, "", tr(N_("{measure}: no records."), measure=what.text()))
    value, others = (_shown(book, what, one) for one in (own, rest))
    facts = {"measure": what.text(), "value": value, "n": own.n, "others": others}
    if score is None:
        few = N_(
            "{measure}: {value} from {n} records, too few to say anything; {least} are needed."
        )
        kind, said = TOO_FEW, tr(few, least=LEAST, **facts)
    else:
        kind = _side(what, score, z, STRENGTH, GROWTH, LIKE_OTHERS)
        said = tr(_SAID[kind], **facts)
    if what.unit == "percent" and score is not None:
        low, high = wilson(own.top, own.bottom)
        said += " " + tr(N_("It lies between {low}% and {high}% with 95 % confidence."), low=round(low * 100), high=round(high * 100))  # fmt: skip
    if what.unit == "money":
        value = show_whole(Decimal(round(own.top / own.bottom)), book.currency)
    short = value if kind != TOO_FEW else ntr("{n} record", "{n} records", own.n)
    return Square(kind, trend, short, said, n=own.n)


_SAID = {
    STRENGTH: N_("{measure}: {value} from {n} records, better than the others' {others} beyond chance."),
    GROWTH: N_("{measure}: {value} from {n} records, behind the others' {others} beyond chance."),
    LIKE_OTHERS: N_("{measure}: {value} from {n} records; can't be told apart from the others' {others}."),
}  # fmt: skip


def _shown(book: Book, what: Definition, side: _Sample) -> str:
    if not side.n:
        return "–"
    value = side.top / side.bottom
    return what.show(Decimal(repr(value)), book.currency)


def behind(book: Book, person: int, code: str, on: date, days: int = DAYS) -> dict[str, list[int]]:
    """The records behind a person's square of a measure, by entity."""
    period = span_of_days(on - timedelta(days=days - 1), on)
    made: dict[str, list[int]] = {}
    for one in engine.records(book, code, period=period, by="person", key=person):
        made.setdefault(one.entity, []).append(one.id)
    return made
