"""What the sample team works at: projects, follow-ups, contracts, the pool, skills, cover, help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from models.sample.calendar import Calendar
from models.sample.customers import Customer
from models.sample.deals import Deal
from models.sample.dice import Dice
from models.sample.team import Person
from models.sample.work_words import EN, ZH

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]

FIELDS = {
    "project": "name owner customer starts_on due status",
    "template": "name place title kind effort_hours due_after after checklist done_criteria",
    "checklist_item": "task place title done",
    "task_dependency": "task after",
    "collaborator": "task person share part",
    "help_request": "title task person customer tried needed raised_at resolver status answer answered_at",
    "follow_up_plan": "customer due at kind purpose person status done_on",
    "contract": "code name customer owner amount signed_on starts_on ends_on status",
    "pool_rule": "grade contact_days pool_days warn_days keep_with_deal contract_days daily_picks",
    "pool_move": "customer kind person moved_on reason",
    "ownership_claim": "customer claimant claimed_on evidence status ruled_for ruling ruled_on",
    "skill": "name category",
    "skill_level": "person skill level evidence assessed_on assessed_by valid_until",
    "cover": "leave person notes",
    "assignment_decision": "task customer chosen proposed reason decided_at",
    "opportunity_ledger": "person given_on source worth customer why",
    "announcement": "title body posted_on until",
    "read_receipt": "announcement person read_at reply",
    "suggestion": "title kind person content raised_on status answer answered_on",
}

# grade, in touch every, to the pool after, warn before, keep with a deal, after a contract, picks
_RULES: tuple[Row, ...] = (
    ("A", 30, None, 7, True, 90, None),
    ("B", 90, 500, 30, True, 60, 2),
    ("C", 180, 600, 30, True, 30, 3),
    ("D", 300, 680, 30, True, None, 5),
    (None, 240, 680, 30, True, None, 3),
)


class Worker:
    """Makes the work of a team beside its goals; ``tasks`` and ``leave`` are made already."""

    def __init__(
        self,
        language: str,
        calendar: Calendar,
        people: list[Person],
        known: list[Customer],
        deals: list[Deal],
        dice: Dice,
    ) -> None:
        self._calendar, self._people, self._known = calendar, people, known
        self._deals, self._dice = deals, dice
        self._words = ZH if language == "zh_CN" else EN
        self.skills_of = {
            kind: ", ".join(name for name, _, kinds in self._words.skills if kind in kinds)
            for _, _, listed in self._words.skills
            for kind in listed
        }

    def all(self, tasks: list[Row], at: dict[str, int]) -> Rows:
        """Everything; ``at`` says in which place of a task's row owner, customer, status stand."""
        blocked = [n for n, one in enumerate(tasks) if one[at["status"]] == "blocked"]
        return {
            "project": list(self._projects()),
            "template": list(self._templates()),
            "checklist_item": list(self._steps(tasks)),
            "task_dependency": [(4, 3), (10, 9)],
            "collaborator": [
                (0, (tasks[0][at["owner"]] + 1) % 8, Decimal("0.3"), self._words.helping)
            ],
            "help_request": list(self._help(tasks, blocked, at)),
            "follow_up_plan": list(self._plans()),
            "contract": list(self._contracts()),
            "pool_rule": list(_RULES),
            "pool_move": list(self._moves()),
            "ownership_claim": list(self._claims()),
            "skill": [one[:2] for one in self._words.skills],
            "skill_level": list(self._levels()),
            "cover": [(0, 3, self._words.handed)],
            "assignment_decision": list(self._given(tasks, at)),
            "opportunity_ledger": list(self._chances()),
            "announcement": list(self._notices()),
            "read_receipt": list(self._read()),
            "suggestion": list(self._suggestions()),
        }

    def _day(self, days: int) -> Any:
        """A working day so many days from today."""
        return self._calendar.after(self._calendar.today + timedelta(days=days))

    def _moment(self, days: int, hour: int) -> datetime:
        day = self._calendar.before(self._calendar.today + timedelta(days=days))
        return datetime.combine(day, time(hour)).astimezone(UTC)

    def _running(self) -> list[Deal]:
        return sorted(
            (one for one in self._deals if one.status == "open"),
            key=lambda one: (-(one.amount or 0), one.code),
        )

    def _projects(self) -> Iterator[Row]:
        for deal in self._running()[:2]:
            name = self._words.project.format(customer=self._known[deal.customer].short)
            yield name, deal.owner, deal.customer, self._day(-20), self._day(40), "running"

    def _templates(self) -> Iterator[Row]:
        for place, (title, kind, hours, due, after, checklist, done) in enumerate(
            self._words.templates, 1
        ):
            yield (
                self._words.onboarding, place, title, kind, Decimal(hours), due, after,
                checklist or None, done,
            )  # fmt: skip

    def _steps(self, tasks: list[Row]) -> Iterator[Row]:
        for task in range(0, len(tasks), 5):
            for place, title in enumerate(self._words.steps, 1):
                yield task, place, title, place == 1

    def _help(self, tasks: list[Row], blocked: list[int], at: dict[str, int]) -> Iterator[Row]:
        title, tried, needed = self._words.asked
        for days, task in enumerate(blocked[:4], 1):
            owner = tasks[task][at["owner"]]
            yield (
                title, task, owner, tasks[task][at["customer"]], tried, needed,
                self._moment(-2 * days, 10), None, "open", None, None,
            )  # fmt: skip
        title, tried, needed, answer = self._words.helped
        yield (
            title, None, 2, 3, tried, needed, self._moment(-40, 9), 0, "resolved", answer,
            self._moment(-38, 15),
        )  # fmt: skip

    def _plans(self) -> Iterator[Row]:
        """What is planned with those who have an open deal; some of it late, some of it done."""
        for number, deal in enumerate(self._running()[:60]):
            purpose, kind = self._words.purposes[number % len(self._words.purposes)]
            days = self._dice.randint(-6, 12)
            due = self._day(days)
            done = days < 0 and self._dice.happens(0.7)
            agreed = self._moment(days, 14) if number % 9 == 0 and days > 0 else None
            yield (
                deal.customer, due, agreed, kind, purpose, deal.owner,
                "done" if done else "planned", due if done else None,
            )  # fmt: skip

    def _contracts(self) -> Iterator[Row]:
        best = [n for n, one in enumerate(self._known) if one.grade == "A"][:14]
        for number, customer in enumerate(best):
            one = self._known[customer]
            ends = self._day(-40 + number * 25)
            starts = ends - timedelta(days=364)
            yield (
                f"HT-{starts.year}-{number + 1:03}", self._words.contract.format(customer=one.short),
                customer, one.owner, Decimal(20_000 * (number % 7 + 3)), starts - timedelta(days=6),
                starts, ends, "signed" if ends >= self._calendar.today else "closed",
            )  # fmt: skip

    def _moves(self) -> Iterator[Row]:
        for number, one in enumerate(self._known):
            if one.pool_status == "pool":
                gone = self._day(-10 - number % 50)
                yield number, "recycled", one.owner, gone, self._words.recycled
        poor = [n for n, one in enumerate(self._known) if one.grade == "C" and not one.pool_status][
            :6
        ]
        for number, customer in enumerate(poor):
            owner = self._known[customer].owner
            gone = self._day(-30 - 5 * number)
            yield customer, "recycled", owner, gone, self._words.recycled
            yield customer, "picked", owner, self._day(-12 - 5 * number), self._words.picked

    def _claims(self) -> Iterator[Row]:
        first, second = self._words.claim
        ruled, open_ = self._known[5].owner, self._known[9].owner
        other = (ruled + 1) % len(self._people)
        day = self._day(-50)
        yield 5, ruled, day, first, "ruled", ruled, self._words.ruling, self._day(-44)
        yield 5, other, self._day(-48), second, "ruled", ruled, self._words.ruling, self._day(-44)
        yield 9, open_, self._day(-9), first, "disputed", None, None, None
        rival = (open_ + 2) % len(self._people)
        yield 9, rival, self._day(-6), second, "disputed", None, None, None

    def _levels(self) -> Iterator[Row]:
        """Most people can do most of it; three skills rest on one person each."""
        rare = {4: 1, 7: 5, 8: 6}
        for skill in range(len(self._words.skills)):
            for person in range(len(self._people)):
                if rare.get(skill, person) != person:
                    continue
                level = 4 if skill in rare else self._dice.choice((1, 2, 3, 3, 4, 5))
                judged = self._day(-self._dice.randint(20, 400))
                yield (
                    person, skill, level, self._dice.choice(self._words.evidence), judged, 0,
                    judged + timedelta(days=730),
                )  # fmt: skip

    def _given(self, tasks: list[Row], at: dict[str, int]) -> Iterator[Row]:
        for task in (1, 2, 6):
            owner = tasks[task][at["owner"]]
            proposed = owner if task != 2 else (owner + 1) % len(self._people)
            why = self._words.overridden if proposed != owner else None
            customer = tasks[task][at["customer"]]
            yield task, customer, owner, proposed, why, self._moment(-task, 11)

    def _chances(self) -> Iterator[Row]:
        """Good leads of the last 90 days; one person had few of them."""
        for number in range(24):
            person = self._dice.randrange(len(self._people))
            if person == 6 and number % 3:
                person = 1
            customer = self._dice.randrange(len(self._known))
            why = self._words.chances[number % 2]
            worth = self._dice.choice((Decimal(1), Decimal(1), Decimal(2)))
            yield person, self._day(-85 + number * 3), "lead", worth, customer, why

    def _notices(self) -> Iterator[Row]:
        for days, length, (title, body) in zip(
            (-24, -5, -1), (20, 30, 14), self._words.notices, strict=True
        ):
            yield title, body, self._day(days), self._day(days + length)

    def _read(self) -> Iterator[Row]:
        """The notice before last has been read by most, the last one by two."""
        for notice, readers in ((0, range(8)), (1, (0, 1, 3, 4, 6)), (2, (3, 5))):
            for person in readers:
                reply = self._words.reply if (notice, person) == (1, 4) else None
                yield notice, person, self._moment(-4 if notice == 1 else -1, 17), reply

    def _suggestions(self) -> Iterator[Row]:
        for number, (kind, title, details, answer) in enumerate(self._words.suggestions):
            status = "received" if answer is None else "adopted" if number == 0 else "answered"
            raised = self._day(-30 + 9 * number)
            answered = None if answer is None else self._day(-26 + 9 * number)
            yield title, kind, (number * 3 + 2) % 8, details, raised, status, answer, answered
