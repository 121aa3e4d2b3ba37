"""The diary of the sample: visits, calls and messages on the working days of two years."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.sample.calendar import Calendar
from models.sample.customers import Contact, Customer
from models.sample.deals import Deal, Market
from models.sample.dice import Dice, Wheel
from models.sample.orders import Order
from models.sample.team import Person
from models.sample.words import Words

_MINUTES = {"call": 8, "wechat": 5, "visit": 75, "email": 10, "meeting": 60}
_ON_DEALS = 0.55  # share that is about a deal, when there is one
_NO_RESULT, _NO_NEXT = 0.07, 0.26
_LEAVE = 0.035  # share of days on which somebody is away


@dataclass(frozen=True)
class Activity:
    """An entry of the diary; links are places in the lists."""

    at: datetime
    kind: str
    person: int
    customer: int
    contact: int
    opportunity: int | None
    result: str | None
    next_step: str | None
    duration_minutes: int | None
    notes: str | None


class Diary:
    """Writes the entries day by day."""

    def __init__(
        self,
        words: Words,
        calendar: Calendar,
        team: list[Person],
        known: list[Customer],
        contacts: list[Contact],
        deals: list[Deal],
        orders: list[Order],
        dice: Dice,
    ) -> None:
        self._words, self._calendar, self._team, self._dice = words, calendar, team, dice
        self._known, self._contacts, self._deals = known, contacts, deals
        self._kinds = Wheel.of(words.kinds)
        self._market = Market(known, len(team))
        self._people_at: dict[int, list[int]] = {}
        for at, one in enumerate(contacts):
            self._people_at.setdefault(one.customer, []).append(at)
        self._met: set[int] = set()  # deals that are in the diary already
        self._fresh: dict[tuple[int, date], list[int]] = {}
        for at, new in enumerate(known):
            place = (new.owner_on(new.first_contact_on), new.first_contact_on)
            self._fresh.setdefault(place, []).append(at)
        self._bought: dict[int, date] = {}
        for order in orders:  # by day, so the first one stays
            self._bought.setdefault(order.customer, order.ordered_on)

    def all(self) -> list[Activity]:
        """All entries in order of time; the last day is yesterday, so that none lies ahead."""
        made = [one for at in range(len(self._team)) for one in self._of(at)]
        made.sort(key=lambda one: (one.at, one.person))
        return made

    def _of(self, person: int) -> list[Activity]:
        dice, one, made = self._dice, self._team[person], list[Activity]()
        waiting = sorted(
            (at for at, deal in enumerate(self._deals) if deal.owner == person),
            key=lambda at: self._deals[at].opened_on,
        )
        opened = [self._deals[at].opened_on for at in waiting]
        begun, running = 0, list[int]()
        for day in self._calendar.days:
            upto = bisect_right(opened, day)
            running += waiting[begun:upto]
            begun = upto
            running = [at for at in running if (self._deals[at].closed_on or day) >= day]
            if day < one.hire_date or day >= self._calendar.today or dice.happens(_LEAVE):
                continue
            for _ in range(dice.count(one.daily * self._busy(day))):
                entry = self._entry(person, day, running)
                if entry is not None:
                    made.append(entry)
        return made

    def _busy(self, day: date) -> float:
        """Many write their diary on Friday and at the month's end."""
        busy = 1.35 if day.weekday() == 4 else 0.9
        if (day + timedelta(days=3)).month != day.month:
            busy *= 1.2
        return busy * (0.6 if self._calendar.near_feast(day) else 1.0)

    def _about(self, person: int, day: date, running: list[int]) -> tuple[int | None, int | None]:
        """Customer and deal of an entry: somebody new first, else a deal, else any customer."""
        dice = self._dice
        fresh = self._fresh.get((person, day))
        if fresh:
            return fresh.pop(), None
        if running and dice.happens(_ON_DEALS):
            deal = dice.choice(running)
            if deal in self._met:  # those not yet in the diary have a better chance
                deal = next((at for at in running if at not in self._met), deal)
            customer = self._deals[deal].customer
            if self._known[customer].owner_on(day) == person:
                self._met.add(deal)
                return customer, deal
        return self._market.customer(person, day, dice), None

    def _entry(self, person: int, day: date, running: list[int]) -> Activity | None:
        dice = self._dice
        customer, deal = self._about(person, day, running)
        if customer is None:
            return None
        contact = dice.choice(self._people_at[customer])
        kind = dice.draw(self._kinds)
        result, next_step = self._say(kind, day, customer, contact, deal)
        minutes = max(2, round(dice.spread(_MINUTES[kind], 0.5) / 5) * 5)
        return Activity(
            at=self._time(day),
            kind=kind,
            person=person,
            customer=customer,
            contact=contact,
            opportunity=deal,
            result=result,
            next_step=next_step,
            duration_minutes=minutes if dice.happens(0.7) else None,
            notes=dice.choice(self._words.remarks) if dice.happens(0.05) else None,
        )

    def _time(self, day: date) -> datetime:
        late = day.weekday() == 4 and self._dice.happens(0.4)
        hour = (
            self._dice.choice((16, 17, 17))
            if late
            else self._dice.choice((8, 9, 9, 10, 10, 11, 13, 14, 14, 15, 16, 17))
        )
        return datetime(
            day.year, day.month, day.day, hour, self._dice.randrange(12) * 5
        ).astimezone()

    def _say(
        self, kind: str, day: date, customer: int, contact: int, deal: int | None
    ) -> tuple[str | None, str | None]:
        dice, words = self._dice, self._words
        phase = "deal" if deal is not None else self._phase(customer, day)
        product = (
            words.goods[self._deals[deal].product] if deal is not None else dice.choice(words.goods)
        )
        fill: Mapping[str, object] = {
            "product": product.subcategory,
            "n": dice.randint(2, 9),
            "day": dice.choice(words.days),
            "who": self._contacts[contact].called,
        }
        result = next_step = None
        if not dice.happens(_NO_RESULT):
            opening, text = dice.choice(words.openings[kind]), dice.choice(words.results[phase])
            result = words.sentence.format(opening=opening, text=text).format_map(fill)
        if not dice.happens(_NO_NEXT):
            next_step = dice.choice(words.next_steps).format_map(fill)
        return result, next_step

    def _phase(self, customer: int, day: date) -> str:
        bought = self._bought.get(customer)
        return "buyer" if bought is not None and bought < day else "lead"
