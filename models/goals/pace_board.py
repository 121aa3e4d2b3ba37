"""The pace of all goals of a period on a day, computed once and kept in step with the book.

A refresh reads the journal: which records were written since, and along their links whose numbers
they count in, before and after. Only these people's sums are read again, and only the goals that
count them are reckoned again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from models.book import Book, Notice
from models.calendar.in_book import roster
from models.describe.book_settings import BOOK
from models.dialects import Connection
from models.goals import past, reading
from models.goals.actuals import Actual, Actuals, Window
from models.goals.attainment import Part, Together, together
from models.goals.days import Days, nobody
from models.goals.evidence import Chance
from models.goals.pace import Goal, KeyResult, Standing, Time, begins_at, standing
from models.goals.past import Past
from models.goals.scope import People, Scope
from models.measures import engine, touched
from models.measures.definition import Definition
from models.measures.touched import Edits
from models.periods import Period
from models.progress import SILENT, Progress
from models.workbooks import freshness

_PARTS = {"key_result", "goal_checkpoint"}
_GOALS = {"goal"} | _PARTS
_TEAMS = {"salesperson", "team"}
_DAYS = {"leave", "calendar_day", "salesperson"}
_ALL = {BOOK.id, "custom_field", ""}
_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Untargeted:
    """What a person reached in a month for which they have no target."""

    measure: str
    person: int | None
    month: str
    actual: Actual


class PaceBoard:
    """How all goals of a period stand at the end of a day.

    Reads the book where it is made and where it is refreshed: both belong into a worker. What it
    then says (``standings``, ``roots``, ``children``) is plain data.
    """

    def __init__(self, book: Book, on: date | None = None, period: Period | None = None) -> None:
        self.book = book
        self.on = on or date.today()
        self.period = period
        self.standings: dict[int, Standing] = {}
        self.roots: tuple[int, ...] = ()
        self.children: dict[int, tuple[int, ...]] = {}
        # What goals are split into, whether these are looked at on the day or not.
        self.parts: dict[int, tuple[Goal, ...]] = {}
        self.unreckoned: set[int] = set()  # goals whose chances are of an earlier state
        # Between which values goals end with 80 % probability, as of when their chances were reckoned.
        self.spans: dict[int, tuple[float, float] | None] = {}
        self._asked: set[int] = set()  # goals whose chances were asked for
        with book.reading() as db:
            self._build(db)

    # -- asking ----------------------------------------------------------------------------------

    def __getitem__(self, goal: int) -> Standing:
        return self.standings[goal]

    def person_name(self, person: int | None) -> str:
        """What somebody is called; empty for nobody."""
        return self._people.names.get(person, "") if person is not None else ""

    def team_name(self, team: int | None) -> str:
        """What a team is called; empty for none."""
        return self._teams.get(team, "") if team is not None else ""

    def scope(self, goal: int) -> Scope:
        """Whose records a goal counts; None: all."""
        return self._scopes[goal]

    def course(self, goal: int) -> list[tuple[date, Decimal | None]]:
        """How the value of a goal grew up to the day: by months, in divided ones by days."""
        one = self._goals[goal]
        if not one.measure or one.first is None or one.last is None:
            return []
        return self._actuals.course(
            one.measure, self._scopes[goal], one.first, min(one.last, self.on)
        )

    def by_person(self) -> dict[int, list[Standing]]:
        """The goals of each person, in the order of their days."""
        made: dict[int, list[Standing]] = defaultdict(list)
        for one in self.standings.values():
            if one.goal.level == "person" and one.goal.person is not None:
                made[one.goal.person].append(one)
        return dict(made)

    def together(self, goals: Iterable[int]) -> Together:
        """Some goals of one measure added up: those with a target; the others are told beside.

        Raises:
            ValueError: they are of several measures, or count the same records twice.
        """
        chosen = [self.standings[one] for one in goals]
        if len({one.goal.measure for one in chosen}) > 1:
            raise ValueError("goals of several measures can't be added up")
        parts = [
            Part(self._scopes[one.goal.id], one.goal.first, one.goal.last, one.target, one.actual)
            for one in chosen
            if one.actual is not None and one.goal.first is not None and one.goal.last is not None
        ]
        return together(parts, bool(chosen) and chosen[0].down)

    def untargeted(self) -> list[Untargeted]:
        """What people reached in months without a target, by the measures of people's goals."""
        aims: dict[str, dict[int | None, list[Window]]] = defaultdict(lambda: defaultdict(list))
        for one in self.standings.values():
            goal = one.goal
            if goal.level == "person" and goal.measure and goal.first and goal.last:
                aims[goal.measure][goal.person if one.target is not None else None].append(
                    (goal.first, goal.last)
                )
        made = []
        for code, targeted in aims.items():
            windows = [one for each in targeted.values() for one in each]
            made += self._beside(code, targeted, windows)
        return made

    def _beside(
        self, code: str, targeted: dict[int | None, list[Window]], windows: list[Window]
    ) -> list[Untargeted]:
        first, last = min(one for one, _ in windows), min(max(one for _, one in windows), self.on)
        made = []
        for person, days in self._actuals.by_day(code, first, last).items():
            aims = targeted.get(person, []) if person is not None else []
            free: dict[str, list[date]] = defaultdict(list)
            for day in days:
                if not any(one <= day <= other for one, other in aims):
                    free[f"{day:%Y-%m}"].append(day)
            for label, listed in free.items():
                found = self._actuals.on_days(code, person, set(listed))
                made.append(Untargeted(code, person, label, found))
        return made

    # -- computing -------------------------------------------------------------------------------

    def _build(self, db: Connection) -> None:
        self._seen = int(db.one("SELECT coalesce(max(id), 0) FROM change"))
        self._actuals = Actuals()
        self._pasts: dict[str, Past] = {}
        self._definitions: dict[str, Definition] = {}
        self._returned = freshness.returns(db, self.on)
        self._read_people(db)
        self._days = Days(roster(self.book, self.on), self.on)
        self._read_goals(db)
        self.standings = {one: self._standing(one) for one in self._goals}

    def _read_people(self, db: Connection) -> None:
        self._people, self._teams = People.read(db), reading.team_names(db)

    def _read_goals(self, db: Connection) -> set[str]:
        """Read goals and what they ask for; gives the measures that were read for them."""
        self._goals = reading.goals(db, self.on, self.period)
        self.parts = reading.parts(db, self._goals)
        self._results: dict[int, list[KeyResult]] = reading.key_results(db)
        self._points = reading.checkpoints(db)
        self._set_scopes()
        children: dict[int, list[int]] = defaultdict(list)
        roots = []
        for goal in self._goals.values():
            if goal.parent in self._goals and not self._circular(goal):
                children[goal.parent].append(goal.id)
            else:
                roots.append(goal.id)
        self.roots = tuple(roots)
        self.children = {one: tuple(below) for one, below in children.items()}
        return self._read_actuals(db)

    def _set_scopes(self) -> None:
        self._scopes = {
            one.id: self._people.scope(one.level, one.team, one.person)
            for one in self._goals.values()
        }

    def _circular(self, goal: Goal) -> bool:
        """Whether a goal is part of itself by mistake; it then stands at the top."""
        seen, above = {goal.id}, goal.parent
        while above in self._goals:
            if above in seen:
                return True
            seen.add(above)
            above = self._goals[above].parent
        return False

    def _read_actuals(self, db: Connection) -> set[str]:
        asked: dict[str, set[Window]] = defaultdict(set)
        for one in self._goals.values():
            if one.measure and one.first and one.last:
                asked[one.measure].add((one.first, min(one.last, self.on)))
        return self._actuals.read(db, self.book, asked)

    def _standing(self, goal_id: int, chances: dict[str, Chance] | None = None) -> Standing:
        goal, scope = self._goals[goal_id], self._scopes[goal_id]
        what = self._definition(goal)
        if goal.first is None or goal.last is None:
            found = self._reached(goal, scope)
            never = Time(nobody(), Decimal(0), Decimal(0))
            return standing(goal, what, self.on, found, never, {}, "no_period")
        actual = self._reached(goal, scope)
        cause = ""
        if what is None:
            cause = "no_measure" if actual is None else ""
        elif scope is not None and not scope:
            cause = "nobody"
        time = self._time(goal, scope, goal.first, goal.last)
        returned = freshness.last_return(self._returned, scope)
        return standing(goal, what, self.on, actual, time, chances, cause, returned)

    def _time(self, goal: Goal, scope: Scope, first: date, last: date) -> Time:
        spent = self._days.of(scope, first, last)
        share = self._days.share(spent, first, last)
        left = self._days.left(scope, spent, first, last)
        return Time(spent, share, left, self._leg(goal, scope, first, last))

    def _leg(
        self, goal: Goal, scope: Scope, first: date, last: date
    ) -> tuple[Decimal, Decimal, Decimal] | None:
        """Between which checkpoints the day lies, see ``Time``; None without checkpoints."""
        points = [one for one in self._points.get(goal.id, ()) if first <= one[0] < last]
        start, target = begins_at(goal, self._definition(goal)), goal.target
        if not points or start is None or not first <= self.on < last:
            return None
        if goal.measure is None:
            target = Decimal(1)
        if target is None:
            return None
        way = [(first - _ONE, start), *points, (last, target)]
        at = max(number for number, one in enumerate(way) if one[0] <= self.on)
        (since, begin), (until, end) = way[at], way[at + 1]
        since += _ONE
        share = self._days.share(self._days.of(scope, since, until), since, until)
        return begin, end, share

    def _definition(self, goal: Goal) -> Definition | None:
        if not goal.measure:
            return None
        found = self._definitions.get(goal.measure)
        if found is None:
            found = self._definitions[goal.measure] = engine.definition(goal.measure)
        return found

    def _reached(self, goal: Goal, scope: Scope) -> Actual | None:
        if goal.measure is None:
            return reading.progress(self._results, goal.id)
        if goal.first is None or goal.last is None:
            return None
        return self._actuals.of(goal.measure, scope, goal.first, min(goal.last, self.on))

    # -- chances ---------------------------------------------------------------------------------

    def add_chances(
        self, goals: Collection[int] | None = None, progress: Progress = SILENT
    ) -> None:
        """Reckon the chances of goals, of all if none are named; statuses may follow from them.

        Some milliseconds a goal that is still running; the records of two years are read once a
        measure. A list asks for the goals that it shows, and after a refresh for ``unreckoned``.

        Raises:
            Cancelled: who waits for them gave up; those reckoned so far stay.
        """
        chosen = list(self.standings if goals is None else goals)
        self._asked.update(chosen)
        with self.book.reading() as db:
            for at, one in enumerate(chosen):
                progress.step(at / len(chosen))
                if one in self.standings:
                    self._add_chance(db, one)
                self.unreckoned.discard(one)

    def _add_chance(self, db: Connection, goal: int) -> None:
        one = self.standings[goal]
        if one.status in ("no_data", "no_target") and one.what is None:
            return
        if one.over:
            self.standings[goal] = replace(one, chances=past.settled(one))
            return
        if one.cause or not past.kind_of(one.what):
            return
        assert one.what is not None
        known = self._past(db, one.what)
        outlook = past.outlook_of(one, self._scopes[goal], known, self._days.roster)
        self.spans[goal] = outlook.span(0.8) if outlook is not None else None
        self.standings[goal] = self._standing(goal, past.chances(one, outlook))

    def _past(self, db: Connection, what: Definition) -> Past:
        found = self._pasts.get(what.code)
        if found is None:
            found = self._pasts[what.code] = Past(what, self.on)
            found.read(db, self.book)
        return found

    # -- in step with the book -------------------------------------------------------------------

    def refresh(self, notice: Notice | None = None) -> frozenset[int]:
        """Follow the book after a change; gives the goals that stand otherwise now, or are gone.

        What was written is taken from the journal, so that a notice that comes late, or together
        with others, does no harm; None looks whether there was anything. Chances stay what they
        were until ``add_chances`` is asked again for those that are then ``unreckoned``.
        """
        if notice is not None and notice.change <= self._seen:
            return frozenset()
        before = self.standings
        with self.book.reading() as db:
            edits = touched.edits_since(db, self.book.schema, self._seen)
            if edits.whole or _ALL & edits.rows.keys():
                self._build(db)
                self.standings = {one: self._kept_chances(one, before) for one in self._goals}
            else:
                self._follow(db, edits)
                self._seen = edits.until
            self.unreckoned &= self.standings.keys()
        changed = {
            one
            for one in before.keys() | self.standings.keys()
            if one not in before or one not in self.standings or before[one] != self.standings[one]
        }
        return frozenset(changed)

    def _kept_chances(self, goal: int, before: dict[int, Standing]) -> Standing:
        """How a goal stands now, with the chances that it had."""
        was = before.get(goal)
        fresh = self._standing(goal, was.chances if was else None)
        if fresh.over and was and was.chances:
            return replace(fresh, chances=past.settled(fresh))
        if goal in self._asked or (was is None and self._asked):
            self.unreckoned.add(goal)
        return fresh

    def _follow(self, db: Connection, edits: Edits) -> None:
        """Read again what some edits touched, and reckon the goals again that count it."""
        wrote = {entity for entity, rows in edits.rows.items() if rows}
        again: set[int] = set()
        if wrote & _TEAMS:
            self._read_people(db)
        if wrote & (_GOALS | _TEAMS):
            known = self._goals
            fresh = self._read_goals(db)
            again |= {
                one.id
                for one in self._goals.values()
                if known.get(one.id) != one or one.measure in fresh
            }
            for part in _PARTS & wrote:
                again |= self._with_part(db, part, edits)
        if wrote & (_TEAMS | _DAYS):
            self._days = Days(roster(self.book, self.on), self.on)
            for one in self._pasts.values():
                one.forget_days()
            again = set(self._goals)
        for code in list(self._actuals.codes()):
            again |= self._follow_measure(db, code, edits)
        again |= self._follow_returns(db)
        before = self.standings
        self.standings = {
            one: self._kept_chances(one, before)
            if one in again or one not in before
            else before[one]
            for one in self._goals
        }

    def _follow_returns(self, db: Connection) -> set[int]:
        """The goals of people whose workbooks came back, or whose return was undone."""
        known, self._returned = self._returned, freshness.returns(db, self.on)
        people = {
            one
            for one in known.keys() | self._returned.keys()
            if known.get(one) != self._returned.get(one)
        }
        return {
            goal
            for goal, scope in self._scopes.items()
            if people and (scope is None or people & scope)
        }

    def _with_part(self, db: Connection, part: str, edits: Edits) -> set[int]:
        """The goals that have, or had, some of the parts that were written."""
        listed = ", ".join(str(one) for one in sorted(edits.rows[part]))
        found = db.run(f"SELECT DISTINCT goal FROM {part} WHERE id IN ({listed})")
        had = edits.links.get((part, "goal"), set())
        return {one for one in (*(row[0] for row in found), *had) if one is not None}

    def _follow_measure(self, db: Connection, code: str, edits: Edits) -> set[int]:
        what = self._actuals.definition(code)
        owners = touched.owners(db, self.book.schema, what, edits)
        if owners is None:
            self._actuals.forget(code)
            self._pasts.pop(code, None)
            self._read_actuals(db)
        elif owners:
            self._actuals.read_again(db, self.book, code, owners)
            if code in self._pasts:
                self._pasts[code].read(db, self.book, owners)
        else:
            return set()
        return {
            one.id
            for one in self._goals.values()
            if one.measure == code and _meant(self._scopes[one.id], owners)
        }


def _meant(scope: Scope, owners: set[int | None] | None) -> bool:
    return scope is None or owners is None or not scope.isdisjoint(owners)
