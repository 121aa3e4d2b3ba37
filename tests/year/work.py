"""What a team of any size has before it on a day: tasks, follow-ups, leave, goals, meetings, help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from models.book import Book
from models.change import Change
from models.measures.catalogue import DEFINITIONS
from models.periods import JANUARY, Period, month
from models.sample.dice import Dice, Wheel
from models.texts import in_language
from tests.year.crowd import Crowd, moment, put

Row = tuple[Any, ...]
GOAL = "title level person team parent measure period starts_on ends_on target status"
DAYS = 20  # working days of activities before today
STATUSES = Wheel.of(
    {"draft": 3, "assigned": 20, "accepted": 20, "questioned": 2, "doing": 30, "blocked": 5,
     "review": 4, "done": 14, "cancelled": 2}
)  # fmt: skip
REPEATS = {
    "zh_CN": ("每周一", "每月最后一个工作日", "每个工作日"),
    "en": ("every Monday", "last working day of every month", "every working day"),
}
STORED = ("every week on Monday", "last working day of every month", "every working day")


def make(book: Book, crowd: Crowd, seed: int = 1, tasks: int = 10, activities: int = 4) -> None:
    """Give the crowd its work; ``tasks`` and ``activities`` (a day) are those of one person."""
    work = Work(crowd, seed)
    with book.change("Work", "sample", keep_history=False) as change:
        work.write(change, tasks, activities)


class Work:
    """Makes the work of a crowd around its day."""

    def __init__(self, crowd: Crowd, seed: int) -> None:
        self.crowd, self.seed = crowd, seed
        self.today = crowd.today
        self.by_owner: dict[int, list[int]] = {}
        for customer, owner in zip(crowd.customers, crowd.owners, strict=True):
            if owner is not None:
                self.by_owner.setdefault(owner, []).append(customer)

    def write(self, change: Change, tasks: int, activities: int) -> None:
        """Everything."""
        if not self.crowd.people:
            return
        self.past(change)
        self._activities(change, activities)
        self.goals(change)
        self._tasks(change, tasks)
        self._follow_ups(change)
        self._leave(change)
        self.contracts(change)
        self._pool(change)
        self._meetings(change)

    def _customer(self, dice: Dice, owner: int) -> int | None:
        own = self.by_owner.get(owner)
        return dice.choice(own) if own else None

    def past(self, change: Change, share: float = 0.9) -> int:
        """Most customers were called in the weeks before by who has them; gives how many."""
        dice, words = Dice(self.seed, "past"), self.crowd.words
        rows = [
            (moment(self.crowd.day(-dice.randint(1, 80)), 10), "call", owner, customer, dice.choice(words.remarks))
            for customer, owner in zip(self.crowd.customers, self.crowd.owners, strict=True)
            if owner is not None and dice.happens(share)
        ]  # fmt: skip
        put(change, "activity", "at kind person customer result", sorted(rows))
        return len(rows)

    def _activities(self, change: Change, each: int) -> None:
        put(
            change, "activity", "at kind person customer contact result next_step duration_minutes",
            sorted(self._diary(each), key=lambda row: row[0]),
        )  # fmt: skip

    def _diary(self, each: int) -> Iterator[Row]:
        dice, words = Dice(self.seed, "diary"), self.crowd.words
        kinds = Wheel.of(words.kinds)
        first = self.today - timedelta(days=DAYS * 2)
        days = self.crowd.calendar.days(first, self.today - timedelta(days=1))[-DAYS:]
        for person in self.crowd.working:
            for day in days:
                for _ in range(dice.count(each)):
                    customer = self._customer(dice, person)
                    if customer is None:
                        continue
                    kind = dice.draw(kinds)
                    yield (
                        moment(day, dice.randint(8, 17), dice.randrange(12) * 5), kind, person, customer,
                        self.crowd.contact_of[customer - self.crowd.customers.start],
                        dice.choice(words.remarks), None, dice.choice((5, 10, 15, 30, 60)),
                    )  # fmt: skip

    def goals(self, change: Change, *, quarter: bool = True) -> None:
        """Everybody's visits of the month; a quarter of the company, of the teams and of everybody."""
        crowd = self.crowd
        if quarter:
            whole, asked = JANUARY.of("quarter", self.today), Decimal(60_000)
            top = change.next_row("goal")
            what = ("won_amount", whole, asked)
            rows = [self._goal("company", None, None, None, *what[:2], asked * len(crowd.people))]
            for at, team in enumerate(crowd.teams):
                size = crowd.team_of.count(at)
                rows.append(self._goal("team", None, team, top, *what[:2], asked * size))
            for person in crowd.working:
                over = top + 1 + crowd.team_of[person - crowd.people.start]
                rows.append(self._goal("person", person, None, over, *what))
            put(change, "goal", GOAL, rows)
        this = month(self.today.year, self.today.month)
        visits = ("visits", this, Decimal(20))
        put(
            change, "goal", GOAL,
            [self._goal("person", person, None, None, *visits) for person in crowd.working],
        )  # fmt: skip

    def _goal(
        self,
        level: str,
        person: int | None,
        team: int | None,
        parent: int | None,
        measure: str,
        period: Period,
        target: Decimal,
    ) -> Row:
        crowd, words = self.crowd, self.crowd.plan_words
        who = words.company
        if person is not None:
            who = crowd.names[person - crowd.people.start]
        elif team is not None:
            who = crowd.team_names[team - crowd.teams.start]
        label = next(one.label for one in DEFINITIONS if one.code == measure)
        what = in_language("zh_CN" if crowd.words.calendar == "CN" else "en", label)
        return (
            words.goal.format(who=who, what=what, when=period.label), level, person, team, parent,
            measure, period.label, period.start, period.end - timedelta(days=1), target, "active",
        )  # fmt: skip

    def _tasks(self, change: Change, each: int) -> None:
        """Tasks of everybody, a project a team, steps, what waits for what, who helps, who is stuck."""
        crowd, dice = self.crowd, Dice(self.seed, "tasks")
        projects = self._projects(change)
        first = change.next_row("task")
        rows = [
            self._task(dice, at, person, projects[crowd.team_of[at]])
            for at, person in enumerate(crowd.people)
            for _ in range(each)
        ]
        for at, team in enumerate(crowd.teams):
            rows.append(self._repeated(at % 3, crowd.people[at], team))
        made = put(
            change, "task",
            "title kind owner customer project starts_on due priority effort_hours required_skills "
            "done_criteria status done_at blocked_reason question remind_at recurrence occurrence",
            rows,
        )  # fmt: skip
        assert made.start == first
        self._parts(change, dice, made, rows)

    def _projects(self, change: Change) -> range:
        crowd, words = self.crowd, self.crowd.work_words
        return put(
            change, "project", "name owner starts_on due status",
            [
                (words.project.format(customer=crowd.words.brands[at]), crowd.people[at], crowd.day(-20),
                 crowd.day(40), "running")
                for at in range(len(crowd.teams))
            ],
        )  # fmt: skip

    def _task(self, dice: Dice, at: int, person: int, project: int) -> Row:
        words = self.crowd.plan_words
        title, kind, hours, done = dice.choice(words.tasks)
        customer = self._customer(dice, person)
        status = dice.draw(STATUSES)
        due = self.crowd.day(dice.randint(-8, 25))
        if status in {"done", "cancelled"}:
            due = self.crowd.day(dice.randint(-30, -3))
        begins = due - timedelta(days=dice.randint(1, 6))
        skills = [
            name
            for name, _, kinds in self.crowd.work_words.skills
            if kind in kinds and dice.happens(0.7)
        ]
        called = self.crowd.short(customer) if customer else words.company
        owner = None if dice.happens(0.02) else person
        return (
            title.format(customer=called), kind, owner, customer, project if at % 4 == 0 else None,
            begins if dice.happens(0.4) else None, due if dice.happens(0.95) else None,
            dice.choice(("high", "normal", "normal", "low")), Decimal(hours), ", ".join(skills) or None,
            done if dice.happens(0.9) else None, status, due if status == "done" else None,
            words.blocked if status == "blocked" else None,
            self.crowd.work_words.asked[0] if status == "questioned" else None,
            self._remind(dice, due, status), None, None,
        )  # fmt: skip

    @staticmethod
    def _remind(dice: Dice, due: date, status: str) -> datetime | None:
        if status in {"done", "cancelled"} or not dice.happens(0.1):
            return None
        return moment(due, dice.randint(8, 18))

    def _repeated(self, at: int, owner: int, team: int) -> Row:
        language = "zh_CN" if self.crowd.words.calendar == "CN" else "en"
        day = self.crowd.day(-7)
        return (
            f"{REPEATS[language][at]} {team}", "internal", owner, None, None, None, day, "normal",
            Decimal(1), None, None, "assigned", None, None, None, None, STORED[at], day,
        )  # fmt: skip

    def _parts(self, change: Change, dice: Dice, tasks: range, rows: list[Row]) -> None:
        crowd, words = self.crowd, self.crowd.work_words
        put(
            change, "checklist_item", "task place title done",
            [
                (task, place, step, place == 1)
                for task in tasks[::6]
                for place, step in enumerate(words.steps, 1)
            ],
        )  # fmt: skip
        put(
            change, "task_dependency", "task after",
            [(task, task - 1) for task in tasks[1::9]],
        )  # fmt: skip
        put(
            change, "collaborator", "task person share part",
            [
                (task, person, Decimal("0.3"), words.helping)
                for task, row in list(zip(tasks, rows, strict=True))[::25]
                if (person := dice.choice(crowd.people)) != row[2]
            ],
        )  # fmt: skip
        title, tried, needed = words.asked
        put(
            change, "help_request", "title task person customer tried needed raised_at status",
            [
                (title, task, row[2], row[3], tried, needed,
                 moment(crowd.calendar.previous_working(crowd.day(-dice.randint(0, 6))) or self.today, 10),
                 "open")
                for task, row in zip(tasks, rows, strict=True)
                if row[11] == "blocked"
            ],
        )  # fmt: skip

    def _follow_ups(self, change: Change) -> None:
        put(
            change, "follow_up_plan", "customer due at kind purpose person status done_on",
            self._planned(),
        )  # fmt: skip

    def _planned(self) -> Iterator[Row]:
        dice, words = Dice(self.seed, "plans"), self.crowd.work_words
        for person in self.crowd.working:
            for number in range(8):
                customer = self._customer(dice, person)
                if customer is None:
                    continue
                purpose, kind = dice.choice(words.purposes)
                days = dice.randint(-8, 16)
                due = self.crowd.day(days)
                status = "done" if days < 0 and dice.happens(0.7) else "planned"
                agreed = moment(due, dice.randint(9, 16)) if number % 4 == 0 else None
                yield (
                    customer, due, agreed, kind, purpose, person, status,
                    due if status == "done" else None,
                )  # fmt: skip

    def _leave(self, change: Change) -> None:
        """One of twelve is away soon, one of sixteen asks to be; some are covered."""
        crowd, dice = self.crowd, Dice(self.seed, "leave")
        rows: list[Row] = []
        working = crowd.working
        for at, person in enumerate(working):
            if at % 12 == 3 or at % 16 == 9:
                asked = at % 16 == 9
                begins = crowd.day(dice.randint(2, 15) if asked else dice.randint(-3, 8))
                cover = working[(at + 1) % len(working)]
                rows.append(
                    (person, dice.choice(("annual", "sick", "personal")), begins,
                     begins + timedelta(days=dice.randint(0, 5)), "requested" if asked else "approved",
                     cover if at % 3 == 0 and cover != person else None)
                )  # fmt: skip
        leave = put(change, "leave", "person kind starts_on ends_on status cover", rows)
        put(
            change, "cover", "leave person notes",
            [
                (row, working[(at + 5) % len(working)], crowd.work_words.handed)
                for at, row in enumerate(leave)
                if at % 2 and working[(at + 5) % len(working)] != rows[at][0]
            ],
        )  # fmt: skip

    def contracts(self, change: Change) -> None:
        """Every third of the better customers has one, of the last or the coming months."""
        crowd, dice = self.crowd, Dice(self.seed, "contracts")
        rows = []
        for at, customer in enumerate(crowd.customers):
            if crowd.grades[at] in {"A", "B"} and dice.happens(0.3):
                ends = crowd.day(dice.randint(-100, 300))
                starts = ends - timedelta(days=364)
                rows.append(
                    (f"HT-{at + 1:05}", crowd.work_words.contract.format(customer=crowd.shorts[at]),
                     customer, crowd.owners[at], Decimal(dice.randint(2, 40) * 10_000), starts, starts,
                     ends, "signed" if ends >= self.today else "closed")
                )  # fmt: skip
        put(
            change, "contract",
            "code name customer owner amount signed_on starts_on ends_on status", rows,
        )  # fmt: skip

    def _pool(self, change: Change) -> None:
        """How some customers came to the pool, who took some, and who quarrels about one."""
        crowd, words, dice = self.crowd, self.crowd.work_words, Dice(self.seed, "pool")
        working = crowd.working
        moves: list[Row] = []
        for at, customer in enumerate(crowd.customers):
            if at % 30 == 7 and crowd.grades[at] != "A":
                gone = crowd.day(-dice.randint(3, 60))
                moves.append((customer, "recycled", dice.choice(working), gone, words.recycled))
            elif at % 200 == 19 and crowd.owners[at]:
                moves.append((customer, "picked", crowd.owners[at], crowd.day(-9), words.picked))
        put(change, "pool_move", "customer kind person moved_on reason", moves)
        claims: list[Row] = []
        for at, customer in enumerate(crowd.customers):
            owner = crowd.owners[at]
            if at % 150 == 9 and owner and len(working) > 1:
                rival = next(one for one in working if one != owner)
                claims.append((customer, owner, crowd.day(-9), words.claim[0], "disputed"))
                claims.append((customer, rival, crowd.day(-6), words.claim[1], "disputed"))
        put(change, "ownership_claim", "customer claimant claimed_on evidence status", claims)

    def _meetings(self, change: Change) -> None:
        crowd = self.crowd
        day = crowd.day(1)
        put(
            change, "meeting", "title kind held_on starts_at duration_minutes team",
            [
                (crowd.plan_words.checkpoint, "team", day, moment(day, 9 + at % 3), 45, team)
                for at, team in enumerate(crowd.teams)
            ],
        )  # fmt: skip
        chances = Dice(self.seed, "chances")
        put(
            change, "opportunity_ledger", "person given_on source worth customer why",
            [
                (person, crowd.day(-chances.randint(1, 85)), "lead", Decimal(1),
                 chances.choice(crowd.customers), crowd.work_words.chances[at % 2])
                for at, person in enumerate(crowd.working)
                for _ in range(3)
                if crowd.customers
            ],
        )  # fmt: skip
