"""Goals, leave, promises, tasks and a review of the sample team, made from what it sold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.measures.catalogue import DEFINITIONS
from models.periods import JANUARY, Period, month
from models.sample import evaluations, plans_to_improve, work
from models.sample.calendar import Calendar
from models.sample.customers import Customer
from models.sample.deals import Deal
from models.sample.dice import Dice
from models.sample.plan_words import EN, ZH
from models.sample.team import Person, Team
from models.sample.words import Words
from models.texts import in_language

Row = tuple[Any, ...]
_DAY = timedelta(days=1)
_ASKED = Decimal("1.08")  # of what the same people reached before
_FLOOR, _STRETCH = Decimal("0.85"), Decimal("1.2")
_VISITS = 22  # a month, of somebody with six contacts a day
_TASKS = 30
_RATED = (2, 4)  # who has a goal for the win rate too
_SEVERAL = (1, *_RATED)  # whose goals of a quarter are two

FIELDS = {
    "goal": "title level person team parent measure period starts_on ends_on baseline floor target stretch weight "
    "status direction",
    "key_result": "goal title weight due progress evidence status",
    "goal_checkpoint": "goal due expected note",
    "goal_agreement": "person period status issued_on signed_on comment",
    "commitment": "person period starts_on ends_on measure amount made_on notes",
    "calendar_day": "day kind name",
    "leave": "person kind starts_on ends_on starts_at_noon ends_at_noon status notes",
    "task": "title kind owner customer goal due priority effort_hours done_criteria status done_at blocked_reason "
    "required_skills project recurrence occurrence question",
    "meeting": "title kind held_on period minutes",
    "decision": "meeting title owner due expectation review_on",
    **work.FIELDS,
    **plans_to_improve.FIELDS,
    **evaluations.FIELDS,
}
# In which place of a task's row something stands.
_PLACE = {name: at for at, name in enumerate(FIELDS["task"].split())}


@dataclass(frozen=True)
class Plans:
    """Rows by entity, in the order of ``FIELDS``; links are places in the lists."""

    rows: dict[str, list[Row]]


class Planner:
    """Makes the plans of a team; what was reached before decides what is asked now."""

    def __init__(
        self,
        words: Words,
        calendar: Calendar,
        teams: list[Team],
        people: list[Person],
        known: list[Customer],
        deals: list[Deal],
        dice: Dice,
        more: Dice,
    ) -> None:
        self._calendar, self._teams, self._people = calendar, teams, people
        self._known, self._deals, self._dice = known, deals, dice
        self._language = "zh_CN" if words.calendar == "CN" else "en"
        self._words = ZH if words.calendar == "CN" else EN
        self._goals: list[Row] = []
        self._work = work.Worker(self._language, calendar, people, known, deals, more)
        self._judged = evaluations.Evaluator(self._language, calendar, people, deals)

    def all(self) -> Plans:
        """Everything, for the quarter of today and the one before."""
        today = self._calendar.today
        now = JANUARY.of("quarter", today)
        before = JANUARY.of("quarter", now.start - _DAY)
        self._tree(before, over=True)
        self._tree(now, over=False)
        quality = self._quality(now)
        tasks = list(self._tasks())
        beside = self._work.all(tasks, _PLACE)
        improving, more = plans_to_improve.rows_of(
            self._language, self._calendar, self._people, self._deals, len(tasks)
        )
        rows = {
            "goal": self._goals,
            "key_result": list(self._results(quality, now)),
            "goal_checkpoint": list(self._checkpoints(now)),
            "goal_agreement": list(self._agreements(now)),
            "commitment": list(self._promises(now)),
            "calendar_day": [self._outing()],
            "leave": list(self._leave()),
            "project": beside.pop("project"),
            "template": beside.pop("template"),
            "task": [*tasks, *more],
            "meeting": [self._meeting(before)],
            "decision": list(self._decisions()),
            **beside,
            **improving,
            **self._judged.all(),
        }
        return Plans(rows)

    # -- goals -----------------------------------------------------------------------------------

    def _won(self, owner: int, period: Period) -> Decimal:
        return sum(
            (
                one.amount or Decimal(0)
                for one in self._deals
                if one.status == "won"
                and one.owner == owner
                and one.closed_on is not None
                and one.closed_on in period
            ),
            Decimal(0),
        )

    def _tree(self, period: Period, *, over: bool) -> None:
        """The company's goal, the teams' and everybody's; of a running quarter by months too."""
        asked = [self._asked(at, period) for at in range(len(self._people))]
        reached = [self._won(at, period) for at in range(len(self._people))]
        top = self._goal("company", None, None, None, "won_amount", period, sum(asked, Decimal(0)))
        self._close(top, sum(reached, Decimal(0)), over)
        for team in range(len(self._teams)):
            own = [at for at, one in enumerate(self._people) if one.team == team]
            whole = sum((asked[at] for at in own), Decimal(0))
            branch = self._goal("team", None, team, top, "won_amount", period, whole)
            self._close(branch, sum((reached[at] for at in own), Decimal(0)), over)
            for at in own:
                weight = Decimal("0.8") if at in _SEVERAL and not over else Decimal(1)
                leaf = self._goal(
                    "person", at, None, branch, "won_amount", period, asked[at], weight
                )
                self._close(leaf, reached[at], over)
                if not over:
                    self._months(at, leaf, period, asked[at])
        if not over:
            self._others(period)

    def _asked(self, owner: int, period: Period) -> Decimal:
        """A tenth more than in the two quarters before, in whole thousands."""
        first = JANUARY.of("quarter", period.start - _DAY)
        second = JANUARY.of("quarter", first.start - _DAY)
        had = (self._won(owner, first) + self._won(owner, second)) / 2
        return max(_round(had * _ASKED), Decimal(20_000))

    def _months(self, owner: int, parent: int, period: Period, whole: Decimal) -> None:
        first = period.start
        months = [month(first.year, first.month + one) for one in range(3)]
        parts = [_round(whole * share) for share in (Decimal("0.28"), Decimal("0.33"))]
        parts.append(whole - sum(parts))
        for one, part in zip(months, parts, strict=True):
            at = self._goal("person", owner, None, parent, "won_amount", one, part)
            if one.end <= self._calendar.today:
                self._close(at, self._won(owner, one), True)

    def _others(self, period: Period) -> None:
        """Goals of other kinds: a number of visits, a rate, and one where less is better."""
        this = month(self._calendar.today.year, self._calendar.today.month)
        for at, person in enumerate(self._people):
            visits = Decimal(round(_VISITS * person.daily / 6))
            self._goal("person", at, None, None, "visits", this, visits)
        for at in _RATED:
            self._goal(
                "person", at, None, None, "win_rate", period, Decimal("0.65"), Decimal("0.2")
            )
        self._goal(
            "company", None, None, None, "overdue_receivable", period, Decimal(2_400_000), down=True
        )

    def _goal(
        self,
        level: str,
        person: int | None,
        team: int | None,
        parent: int | None,
        measure: str,
        period: Period,
        target: Decimal,
        weight: Decimal | None = None,
        *,
        down: bool = False,
    ) -> int:
        who = self._words.company
        if person is not None:
            who = self._people[person].name
        elif team is not None:
            who = self._teams[team].name
        label = next(one.label for one in DEFINITIONS if one.code == measure)
        title = self._words.goal.format(
            who=who, what=in_language(self._language, label), when=period.label
        )
        rough = measure == "won_amount"
        low, high = (_STRETCH, _FLOOR) if down else (_FLOOR, _STRETCH)
        self._goals.append(
            (
                title, level, person, team, parent, measure, period.label, period.start,
                period.end - _DAY, None, _round(target * low) if rough or down else None, target,
                _round(target * high) if rough or down else None, weight, "active",
                "down" if down else None,
            )
        )  # fmt: skip
        return len(self._goals) - 1

    def _close(self, at: int, reached: Decimal, over: bool) -> None:
        if over:
            row = list(self._goals[at])
            row[14] = "reached" if reached >= row[11] else "missed"
            self._goals[at] = tuple(row)

    def _quality(self, period: Period) -> int:
        title = self._words.quality.format(when=period.label)
        self._goals.append(
            (title, "person", 1, None, None, None, period.label, period.start, period.end - _DAY,
             None, None, None, None, Decimal("0.2"), "active", None)
        )  # fmt: skip
        return len(self._goals) - 1

    def _results(self, goal: int, period: Period) -> Iterator[Row]:
        shares = (Decimal("0.3"), Decimal("0.4"), Decimal("0.3"))
        progress = (Decimal(1), Decimal("0.55"), None)
        for (title, evidence), weight, done in zip(
            self._words.results, shares, progress, strict=True
        ):
            status = "done" if done == 1 else "open"
            yield goal, title, weight, period.end - _DAY, done, evidence, status

    def _checkpoints(self, period: Period) -> Iterator[Row]:
        for at, row in enumerate(self._goals):
            if row[1] == "company" and row[5] == "won_amount" and row[6] == period.label:
                for part, share in enumerate((Decimal("0.28"), Decimal("0.61")), 1):
                    end = month(period.start.year, period.start.month + part).start - _DAY
                    yield at, end, _round(row[11] * share), self._words.checkpoint

    def _agreements(self, period: Period) -> Iterator[Row]:
        issued = self._calendar.after(period.start)
        for at, _ in enumerate(self._people):
            signed = self._calendar.after(issued + timedelta(days=2 + at))
            if at == 3:
                yield at, period.label, "countered", issued, None, self._words.countered
            else:
                yield at, period.label, "signed", issued, signed, None

    def _promises(self, period: Period) -> Iterator[Row]:
        said = self._calendar.before(self._calendar.today - timedelta(days=3))
        for at, _ in enumerate(self._people[:7]):
            asked = self._asked(at, period)
            amount = _round(asked * Decimal(self._dice.choice(("0.85", "0.95", "1", "1.05"))))
            yield (
                at, period.label, period.start, period.end - _DAY, "won_amount", amount,
                max(said, period.start), self._words.promise,
            )  # fmt: skip

    # -- days, tasks, meetings -------------------------------------------------------------------

    def _outing(self) -> Row:
        return (
            self._calendar.after(self._calendar.today + timedelta(days=20)),
            "off",
            self._words.outing,
        )

    def _leave(self) -> Iterator[Row]:
        today, after = self._calendar.today, self._calendar.after
        for person, kind, away, length, noon, status in (
            (2, "annual", 6, 3, False, "approved"),
            (5, "personal", 2, 0, True, "approved"),
            (6, "annual", 16, 4, False, "requested"),
            (4, "sick", -12, 1, False, "taken"),
        ):
            first = after(today + timedelta(days=away))
            yield person, kind, first, first + timedelta(days=length), noon, None, status, None

    def _tasks(self) -> Iterator[Row]:
        dice, today = self._dice, self._calendar.today
        open_deals = [one for one in self._deals if one.status == "open"]
        for at in range(_TASKS):
            title, kind, hours, done = self._words.tasks[at % len(self._words.tasks)]
            deal = dice.choice(open_deals)
            due = self._calendar.after(today + timedelta(days=dice.randint(-8, 18)))
            status = dice.choice(("assigned", "accepted", "doing", "doing", "done", "blocked"))
            if status == "done":
                due = self._calendar.before(today - timedelta(days=dice.randint(1, 12)))
            inside = kind == "internal"
            yield (
                title.format(customer=self._known[deal.customer].short), kind, deal.owner,
                None if inside else deal.customer, None, due,
                dice.choice(("high", "normal", "normal", "low")), Decimal(hours), done, status,
                due if status == "done" else None,
                self._words.blocked if status == "blocked" else None,
                self._work.skills_of.get(kind), 0 if at in (0, 6) else None, None, None, None,
            )  # fmt: skip
        yield from self._repeated(open_deals[0])

    def _repeated(self, deal: Deal) -> Iterator[Row]:
        """The first tasks of two series, of which nothing is due yet, and one with a question."""
        today, after, before = self._calendar.today, self._calendar.after, self._calendar.before
        monday = today + timedelta(days=7 - today.weekday())
        this = month(today.year, today.month)
        last = before(this.end - _DAY)
        if last < today:
            last = before(month(today.year, today.month + 1).end - _DAY)
        for (title, rule, hours, done), due, first in zip(
            self._words.repeated, (after(monday), last), (monday, last), strict=True
        ):
            yield (
                title, "internal", 0, None, None, due, "normal", Decimal(hours), done, "accepted",
                None, None, None, None, rule, first, None,
            )  # fmt: skip
        title, question = self._words.questioned
        yield (
            title.format(customer=self._known[deal.customer].short), "quote", deal.owner,
            deal.customer, None, after(today + timedelta(days=4)), "normal", Decimal(2), None,
            "questioned", None, None, None, None, None, None, question,
        )  # fmt: skip

    def _meeting(self, period: Period) -> Row:
        held = self._calendar.after(period.end + timedelta(days=2))
        title = self._words.meeting.format(when=period.label)
        return (
            title,
            "goal_review",
            min(held, self._calendar.today),
            period.label,
            self._words.minutes,
        )

    def _decisions(self) -> Iterator[Row]:
        today = self._calendar.today
        for at, (title, expected) in enumerate(self._words.decisions):
            due: date = self._calendar.after(today + timedelta(days=7 * at - 5))
            yield 0, title, at % 2, due, expected, due + timedelta(days=30)


def _round(amount: Decimal) -> Decimal:
    """In whole thousands, as people set goals."""
    return (amount / 1000).quantize(Decimal(1)) * 1000
