"""A book of a team of any size: who works there, whom they know, what they sell and can do.

The words and the measured parameters are those of the sample; everything is drawn from a seed, and
written through the door in bulk. What the people are about to do stands in ``work.py``, a year of
their days in ``life.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from models.book import Book
from models.calendar.workdays import WorkCalendar
from models.change import Change
from models.sales.stages import STANDARD
from models.sample import plan_words, work_words
from models.sample.dice import Dice, Wheel
from models.sample.team import latin, mobile
from models.sample.words import Words
from models.sample.words_en import EN
from models.sample.words_zh import ZH

IN_A_TEAM = 8
ODDS = tuple(Decimal(one[2]) for one in STANDARD)
OPEN_STAGES = 4
GRADES = Wheel.of({"A": 6, "B": 16, "C": 40, "D": 30, "": 8})
# grade, in touch every, to the pool after, warn before, keep with a deal, after a contract, picks
RULES = (
    ("A", 14, None, 7, True, 90, None),
    ("B", 30, 180, 14, True, 60, 2),
    ("C", 60, 120, 14, True, 30, 3),
    ("D", 90, 90, 7, True, None, 5),
    (None, 60, 90, 7, True, None, 3),
)


@dataclass(frozen=True)
class Size:
    """How much of everything; ``customers`` are those of all, the rest is a person's share."""

    people: int
    customers: int
    deals: int = 6
    contacts: float = 1.3

    @classmethod
    def of(cls, people: int) -> Size:
        """As many customers as a team of this size looks after."""
        return cls(people, people * 40)


@dataclass
class Crowd:
    """The rows of a book that was made; lists are in the order of ``people`` and ``customers``."""

    language: str
    words: Words
    calendar: WorkCalendar
    today: date
    people: range
    teams: range
    team_of: list[int]
    names: list[str]
    team_names: list[str]
    statuses: list[str]
    customers: range
    owners: list[int | None]
    shorts: list[str]
    grades: list[str]
    contact_of: list[int]
    deals: range
    deal_customers: list[int]
    deal_owners: list[int]
    deal_open: list[bool]
    products: range
    skills: range

    @property
    def plan_words(self) -> plan_words.PlanWords:
        """How its goals and tasks are worded."""
        return plan_words.ZH if self.words is ZH else plan_words.EN

    @property
    def work_words(self) -> work_words.WorkWords:
        """How its follow-ups, help and skills are worded."""
        return work_words.ZH if self.words is ZH else work_words.EN

    @property
    def working(self) -> list[int]:
        """Who may receive work, by row."""
        return [
            row
            for row, status in zip(self.people, self.statuses, strict=True)
            if status in {"active", "onboarding"}
        ]

    def short(self, customer: int) -> str:
        """How a customer is called for short."""
        return self.shorts[customer - self.customers.start]

    def owner(self, customer: int) -> int | None:
        """Who looks after a customer."""
        return self.owners[customer - self.customers.start]

    def day(self, days: int) -> date:
        """The working day so many days from today, or the next one; of days that are over the one before."""
        day = self.today + timedelta(days=days)
        if self.calendar.is_working(day):
            return day
        near = self.calendar.previous_working if days < 0 else self.calendar.next_working
        return near(day) or day

    def superior(self, person: int) -> int | None:
        """Who leads somebody; None of leaders."""
        leader = self.people.start + self.team_of[person - self.people.start]
        return None if leader == person else leader


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of a day by the clock of this machine, as books keep it."""
    return datetime.combine(day, time(hour, minute)).astimezone(UTC)


def put(change: Change, entity: str, fields: str, rows: Iterable[Sequence[Any]]) -> range:
    """Add rows; the fields are named in one text."""
    return change.add_many(entity, fields.split(), rows)


def make(book: Book, size: Size, today: date, seed: int = 1, language: str = "zh_CN") -> Crowd:
    """Fill an empty book; the same size, day and seed give the same records."""
    words = ZH if language.lower().startswith("zh") else EN
    maker = _Maker(size, today, seed, words, language)
    with book.change("Crowd", "sample", keep_history=False) as change:
        if words.calendar != book.calendar.work_calendar:
            change.set_book({"work_calendar": words.calendar})
        return maker.write(change)


class _Maker:
    def __init__(self, size: Size, today: date, seed: int, words: Words, language: str) -> None:
        self.size, self.today, self.seed, self.words = size, today, seed, words
        self.language = language

    def write(self, change: Change) -> Crowd:
        """Everything, in the order in which links point backwards."""
        teams, people, team_of, names, called, statuses = self._people(change)
        customers, owners, shorts, grades = self._customers(change, people, statuses)
        contact_of = self._contacts(change, customers)
        products = self._products(change)
        deals, of, sellers, is_open = self._deals(change, customers, owners, products)
        skills = self._skills(change, people)
        put(
            change,
            "pool_rule",
            "grade contact_days pool_days warn_days keep_with_deal contract_days daily_picks",
            RULES,
        )
        return Crowd(
            self.language, self.words, WorkCalendar(self.words.calendar), self.today, people, teams,
            team_of, names, called, statuses, customers, owners, shorts, grades, contact_of, deals, of, sellers,
            is_open, products, skills,
        )  # fmt: skip

    def _people(
        self, change: Change
    ) -> tuple[range, range, list[int], list[str], list[str], list[str]]:
        """The first of a team leads it; one of sixty each is on leave, leaving and gone."""
        words, dice, count = self.words, Dice(self.seed, "people"), self.size.people
        regions = put(
            change, "region", "name code",
            [(name, f"R{at + 1}") for at, name in enumerate(words.regions)],
        )  # fmt: skip
        groups = -(-count // IN_A_TEAM)
        first, first_team = change.next_row("salesperson"), change.next_row("team")
        surnames, given = Wheel.of(words.surnames), Wheel.of(words.given)
        rare = {7: "onboarding", 21: "on_leave", 37: "leaving", 53: "left"}
        rows, team_of, statuses, taken = [], [], [], dict[str, None]()
        for at in range(count):
            name = words.people[at] if at < len(words.people) else ""
            while not name or name in taken:
                name = words.person.format(surname=dice.draw(surnames), given=dice.draw(given))
            taken[name] = None
            team = at % groups
            status = "active" if at < groups else rare.get(at % 60, "active")
            hired = self.today - timedelta(days=90 if status == "onboarding" else 200 + at * 11)
            rows.append(
                (
                    name, f"{1001 + at}", first_team + team, None if at < groups else first + team,
                    regions[team % len(regions)], words.positions[0 if at < groups else at % 3 + 1],
                    hired, mobile(words, dice), f"{latin(name)}{at}@example.com",
                    date(hired.year - dice.randint(22, 36), dice.randint(1, 12), dice.randint(1, 28)),
                    status, "20% 35% 50% 65% 80% 90%" if status == "onboarding" else None,
                    Decimal(dice.choice((5, 5, 10, 10, 15))),
                )
            )  # fmt: skip
            team_of.append(team)
            statuses.append(status)
        people = put(
            change, "salesperson",
            "name employee_no team manager region position hire_date phone email birthday status "
            "ramp_profile annual_leave_days",
            rows,
        )  # fmt: skip
        called = [
            words.teams[at] if at < len(words.teams) else f"{words.teams[at % 2]} {at // 2 + 1}"
            for at in range(groups)
        ]
        teams = put(
            change, "team", "name manager region",
            [(name, first + at, regions[at % len(regions)]) for at, name in enumerate(called)],
        )  # fmt: skip
        return teams, people, team_of, list(taken), called, statuses

    def _customers(
        self, change: Change, people: range, statuses: list[str]
    ) -> tuple[range, list[int | None], list[str], list[str]]:
        """Companies; one of thirty lies in the pool, one of a hundred has no owner."""
        words, dice = self.words, Dice(self.seed, "customers")
        cities = Wheel(words.cities, [one.weight for one in words.cities])
        patterns, forms = Wheel.of(words.company), Wheel.of(words.forms)
        segments, sources = Wheel.of(words.segments), Wheel.of(words.sources)
        owning = [
            row for row, status in zip(people, statuses, strict=True) if status != "left"
        ]  # fmt: skip
        rows: list[tuple[Any, ...]] = []
        owners, shorts, grades = list[int | None](), list[str](), list[str]()
        taken: set[str] = set()
        for at in range(self.size.customers):
            city, brand, trade = (
                dice.draw(cities), dice.choice(words.brands), dice.choice(words.trades)
            )  # fmt: skip
            name = dice.draw(patterns).format(
                city=city.name.removesuffix("市"), brand=brand, trade=trade.word, form=dice.draw(forms)
            )  # fmt: skip
            short = words.short.format(brand=brand, trade=trade.word)
            if name in taken:
                name, short = f"{name} {at}", f"{short} {at}"
            taken.add(name)
            grade = dice.draw(GRADES)
            pooled = at % 30 == 7 and grade != "A"  # whom the rule never sends there
            owner = None if pooled or at % 100 == 13 or not owning else dice.choice(owning)
            known = self.today - timedelta(days=dice.randint(3, 1500))
            rows.append(
                (
                    name, f"C{at + 1:05}", trade.industry, dice.draw(segments), words.country,
                    city.province, city.name, grade or None,
                    "customer" if grade in {"A", "B"} else dice.choice(("lead", "prospect")),
                    owner, mobile(words, dice, city.area_code), dice.draw(sources), known,
                    known + timedelta(days=dice.randint(10, 60)) if dice.happens(0.1) else None,
                    "pool" if pooled else "kept" if at % 90 == 5 else None,
                )
            )  # fmt: skip
            owners.append(owner)
            shorts.append(short)
            grades.append(grade)
        made = put(
            change, "customer",
            "name code industry segment country province city grade lifecycle owner phone source "
            "first_contact_on next_contact_due pool_status",
            rows,
        )  # fmt: skip
        return made, owners, shorts, grades

    def _contacts(self, change: Change, customers: range) -> list[int]:
        """One person at each customer, now and then another; gives each customer's first."""
        words, dice = self.words, Dice(self.seed, "contacts")
        surnames, given = Wheel.of(words.surnames), Wheel.of(words.given)
        titles, rows, main = list(words.titles), [], []
        first = change.next_row("contact")
        for customer in customers:
            main.append(first + len(rows))
            for place in range(2 if dice.happens(self.size.contacts - 1) else 1):
                name = words.person.format(surname=dice.draw(surnames), given=dice.draw(given))
                born = date(dice.randint(1962, 2000), dice.randint(1, 12), dice.randint(1, 28))
                rows.append(
                    (
                        name, customer, dice.choice(titles), mobile(words, dice),
                        born if dice.happens(0.2) else None, place == 0,
                    )
                )  # fmt: skip
        put(change, "contact", "name customer title phone birthday primary", rows)
        return main

    def _products(self, change: Change) -> range:
        return put(
            change, "product", "name category subcategory series unit list_price",
            [
                (one.name, one.category, one.subcategory, one.series, one.unit, Decimal(one.price))
                for one in self.words.goods
            ],
        )  # fmt: skip

    def _deals(
        self, change: Change, customers: range, owners: list[int | None], products: range
    ) -> tuple[range, list[int], list[int], list[bool]]:
        """Deals of customers that have an owner: a third is open, two thirds of the rest are won."""
        words, dice = self.words, Dice(self.seed, "deals")
        line = put(change, "pipeline", "name", [(words.pipeline,)])
        stages = put(
            change, "stage", "name pipeline order_no kind probability typical_days",
            [
                (words.stages[at], line[0], (at + 1) * 10, kind, ODDS[at], days)
                for at, (_, kind, _, days) in enumerate(STANDARD)
            ],
        )  # fmt: skip
        owned = [at for at, owner in enumerate(owners) if owner is not None]
        rows: list[tuple[Any, ...]] = []
        of, sellers, is_open = list[int](), list[int](), list[bool]()
        patterns = Wheel.of(words.deal)
        for number in range(self.size.people * self.size.deals if owned else 0):
            at = dice.choice(owned)
            product = dice.randrange(len(products))
            opened = self.today - timedelta(days=dice.randint(1, 400))
            outcome = "open" if number % 3 == 0 else "won" if dice.happens(0.63) else "lost"
            stage = {"won": OPEN_STAGES, "lost": OPEN_STAGES + 1}.get(
                outcome, number // 3 % OPEN_STAGES
            )
            closed = min(opened + timedelta(days=dice.randint(10, 110)), self.today)
            owner = owners[at] or 0
            rows.append(
                (
                    dice.draw(patterns).format(
                        customer=self._short(customers[at], words), goods=words.goods[product].subcategory
                    ),
                    customers[at], owner, products[product], stages[stage], outcome,
                    Decimal(round(dice.spread(30_000, 1.1), -2)), ODDS[stage], opened,
                    self.today + timedelta(days=dice.randint(-20, 90)),
                    None if outcome == "open" else closed,
                )
            )  # fmt: skip
            of.append(customers[at])
            sellers.append(owner)
            is_open.append(outcome == "open")
        made = put(
            change, "opportunity",
            "name customer owner product stage status amount probability opened_on expected_close "
            "closed_on",
            rows,
        )  # fmt: skip
        return made, of, sellers, is_open

    @staticmethod
    def _short(customer: int, words: Words) -> str:
        """Any name will do: what a deal is called says nothing of whose it is."""
        return words.brands[customer % len(words.brands)]

    def _skills(self, change: Change, people: range) -> range:
        """Ten skills, six known by most, two by one person, one by nobody."""
        words = work_words.ZH if self.words is ZH else work_words.EN
        dice = Dice(self.seed, "skills")
        skills = put(change, "skill", "name category", [one[:2] for one in words.skills])
        rows = []
        for at, skill in enumerate(skills):
            for number, person in enumerate(people):
                knows = number == at if at in {4, 7} else at != 9 and dice.happens(0.7)
                if knows:
                    judged = self.today - timedelta(days=dice.randint(20, 700))
                    rows.append(
                        (
                            person, skill, dice.choice((1, 2, 3, 3, 4, 5)), dice.choice(words.evidence),
                            judged, people[0], judged + timedelta(days=730),
                        )
                    )  # fmt: skip
        put(
            change, "skill_level",
            "person skill level evidence assessed_on assessed_by valid_until", rows,
        )  # fmt: skip
        return skills
