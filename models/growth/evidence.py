"""What came in for a plan since it began: its measure, its steps, feedback; and which verdict that speaks for.

The measure is read from the first day that counts to the day of the check. It is compared with as many days
before: where chance alone explains the difference, or fewer than five records are behind it, the data can't
tell yet, and that is said. A verdict is only proposed; people decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from models.book import Book
from models.calendar.in_book import work_calendar
from models.dialects import Connection
from models.growth import plan_rows, spread
from models.growth.plan_rows import Plan
from models.growth.spread import Pair, Spread
from models.measures import batch, engine
from models.measures.definition import Definition, number
from models.public_ids import listed

BETTER, WORSE, CANT_TELL = "better", "worse", "cant_tell"
MET, PARTLY, NOT_MET, CONTINUED = "met", "partly", "not_met", "continued"
_HALF = Fraction(1, 2)
_ONE = timedelta(days=1)


@dataclass
class Progress:
    """How a plan stands. ``aim`` is the target for the days so far, ``way`` which part of the way from the
    baseline is gone; ``records`` are (entity, row), ``feedback`` rows, ``good`` how many of these praise.
    """

    plan: Plan
    until: date
    value: Decimal | None = None
    n: int = 0
    told: str = CANT_TELL
    known: bool = False  # whether anything was measured or judged at all
    range: tuple[float, float] | None = None
    before: tuple[Decimal | None, int] = (None, 0)
    aim: Decimal | None = None
    way: Fraction | None = None
    holds_target: bool = False  # whether the target can't be told from the value
    steps: int = 0
    done: int = 0
    records: tuple[tuple[str, int], ...] = ()
    feedback: tuple[int, ...] = ()
    good: int = 0
    days: tuple[int, int] = field(default=(0, 0))  # working days so far, and of the whole plan

    @property
    def ready(self) -> bool:
        """Whether the day of the check has come."""
        return self.until >= self.plan.check_on

    @property
    def verdict(self) -> str:
        """The verdict that the evidence speaks for."""
        if self.plan.measure:
            return self._by_measure()
        if self.way is not None:
            return MET if self.way >= 1 else PARTLY if self.way >= _HALF else NOT_MET
        return self._by_steps()

    def _by_measure(self) -> str:
        if self.way is None or (self.n < spread.FEW and self.told == CANT_TELL):
            return CONTINUED
        if self.way >= 1:
            return MET
        if self.way >= _HALF:
            return PARTLY
        return CONTINUED if self.told == CANT_TELL and self.holds_target else NOT_MET

    def _by_steps(self) -> str:
        """Nobody judged it again: what was done and said speaks."""
        if not self.steps and not self.feedback:
            return CONTINUED
        if self.done < self.steps:
            return PARTLY if self.done else NOT_MET
        return MET if self.good and self.good * 2 > len(self.feedback) else CONTINUED


def progress(
    book: Book, rows: Collection[int] | None = None, on: date | None = None
) -> dict[int, Progress]:
    """How plans stand on a day, by their rows; all open ones if none are named. One scan for each measure
    and span of days, for all people at once.
    """
    day = on or date.today()
    with book.reading() as db:
        plans = plan_rows.read(db, plan_rows.OPEN_SQL if rows is None else _among(rows))
        made = {one.row: Progress(one, min(day, one.check_on)) for one in plans}
        _measured(db, book, made.values())
        _judged(db, made)
        _steps(db, made)
        _feedback(db, book, made)
    return made


def due(book: Book, on: date) -> tuple[int, ...]:
    """The plans that run, or should, and whose day of the check has come."""
    with book.reading() as db:
        where = "p.status IN ('agreed', 'running') AND p.check_on <= ?"
        return tuple(one.row for one in plan_rows.read(db, where, (on.isoformat(),)))


def _among(rows: Collection[int]) -> str:
    return f"p.id IN ({', '.join(str(int(one)) for one in rows)})" if rows else "0"


# -- the measure -----------------------------------------------------------------------------------


def _measured(db: Connection, book: Book, several: Iterable[Progress]) -> None:
    groups: dict[tuple[str, date, date, date], list[Progress]] = defaultdict(list)
    for one in several:
        plan = one.plan
        if plan.measure and plan.starts_on <= one.until:
            groups[plan.measure, plan.starts_on, one.until, plan.check_on].append(one)
    calendar = work_calendar(book)
    for (measure, first, until, check), some in groups.items():
        what = engine.definition(measure)
        owners = {one.plan.person for one in some}
        earlier = first - (check - first) - _ONE, first - _ONE
        now = _by_person(db, book, what, (first, until), owners)
        then = _by_person(db, book, what, earlier, owners)
        days = calendar.count(first, until), calendar.count(first, check)
        past = calendar.count(*earlier)
        for one in some:
            one.days = days
            person = one.plan.person
            _weigh(one, what, now.get(person, []), then.get(person, []), past)


_Records = list[tuple[str, int, Pair]]


def _by_person(
    db: Connection,
    book: Book,
    what: Definition,
    window: tuple[date, date],
    owners: Collection[int],
) -> dict[int, _Records]:
    made: dict[int, _Records] = defaultdict(list)
    for person, entity, row, above, below in batch.each(db, book, what, window, owners):
        if person is not None:
            pair = (
                number(above, what.scaled),
                None if what.denominator is None else number(below, what.scaled_below),
            )
            made[person].append((entity, row, pair))
    return made


def _weigh(one: Progress, what: Definition, now: _Records, then: _Records, past: int) -> None:
    """Value, range and difference of one plan."""
    one.n, one.known = len(now), True
    one.records = tuple((entity, row) for entity, row, _ in now)
    one.value = _value([pair for *_, pair in now], what)
    one.before = _value([pair for *_, pair in then], what), len(then)
    summed = what.denominator is None and not what.at_end
    if one.value is not None:
        one.aim, one.way = _way(one, summed=summed)
    if what.at_end:
        return  # it is what stands there; nothing says how far chance moves it
    scale = one.days[0] / past if summed and past else 1.0
    before = spread.of([pair for *_, pair in then], scale)
    after = spread.of([pair for *_, pair in now])
    if after is None:
        return
    one.range = after.low, after.high
    one.holds_target = after.holds(one.aim)
    if before is not None:
        one.told = _told(before, after, down=what.direction == "down")


def _value(pairs: list[Pair], what: Definition) -> Decimal | None:
    top = sum((above for above, _ in pairs), Decimal(0))
    if what.denominator is None:
        return top
    bottom = sum((below or Decimal(0) for _, below in pairs), Decimal(0))
    return top / bottom if bottom else None


def _told(before: Spread, after: Spread, *, down: bool) -> str:
    if not spread.told_apart(before, after):
        return CANT_TELL
    return BETTER if (after.middle > before.middle) != down else WORSE


def _way(one: Progress, *, summed: bool) -> tuple[Decimal | None, Fraction | None]:
    """The target for the days so far, and which part of the way to it is gone."""
    plan = one.plan
    if plan.target is None or one.value is None:
        return None, None
    part = Fraction(*one.days) if summed and one.days[1] else Fraction(1)
    target = Fraction(plan.target) * part
    baseline = Fraction(plan.baseline or 0) * part
    aim = Decimal(target.numerator) / Decimal(target.denominator)
    if target == baseline:
        return aim, Fraction(1 if Fraction(one.value) == target else 0)
    return aim, (Fraction(one.value) - baseline) / (target - baseline)


# -- judgements, steps, feedback -------------------------------------------------------------------


def _judged(db: Connection, made: dict[int, Progress]) -> None:
    """The level that the manager gave in an evaluation since; for plans without a measure."""
    rows = [row for row, one in made.items() if not one.plan.measure]
    for row, rating, level in db.run(
        "SELECT p.id, r.id, r.level FROM improvement_plan p JOIN scorecard_item i ON i.id = p.item "
        "JOIN evaluation e ON e.person = p.person AND e.alive = 1 AND e.id IS NOT p.evaluation "
        "JOIN evaluation_rating r ON r.evaluation = e.id AND r.alive = 1 AND r.rated_by = 'manager' "
        "JOIN scorecard_item j ON j.id = r.item AND j.name = i.name "
        f"WHERE r.level IS NOT NULL AND {_among(rows)} "
        "AND date(e.manager_done_at, 'localtime') >= p.starts_on ORDER BY e.manager_done_at",
    ):
        one = made[row]
        one.value, one.n, one.known = number(level, scaled=True), 1, True
        one.records = (("evaluation_rating", rating),)
        one.aim, one.way = _way(one, summed=False)


def _steps(db: Connection, made: dict[int, Progress]) -> None:
    for plan, n, done in db.run(
        "SELECT p.id, count(*), count(a.done_on) FROM plan_action a "
        f"JOIN improvement_plan p ON p.id = a.plan WHERE a.alive = 1 AND {_among(made)} GROUP BY 1"
    ):
        made[plan].steps, made[plan].done = n, done


def _feedback(db: Connection, book: Book, made: dict[int, Progress]) -> None:
    """Feedback about the skill of a plan, or which cites the plan, since it began."""
    by_person: dict[int, list[Progress]] = defaultdict(list)
    for one in made.values():
        by_person[one.plan.person].append(one)
    for row, person, kind, skill, cites, given in db.run(
        "SELECT id, person, kind, skill, coalesce(cites, ''), given_on FROM feedback "
        "WHERE alive = 1 ORDER BY given_on, id"
    ):
        for one in by_person.get(person, ()):
            plan = one.plan
            cited = book.public_id("improvement_plan", plan.row) in listed(cites)
            if not cited and (skill is None or skill != plan.skill):
                continue
            if plan.starts_on.isoformat() <= given <= one.until.isoformat():
                one.feedback = (*one.feedback, row)
                one.good += kind == "strength"
