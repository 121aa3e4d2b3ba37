"""The 3,000 customers of the sample and the people who work there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.sample.calendar import Calendar
from models.sample.dice import Dice, Wheel
from models.sample.team import Person, landline, latin, mobile
from models.sample.words import City, Words

COUNT = 3_000
_OLDEST = 2_400  # days before the two years
_OLD = 0.5  # share of customers that were there before the two years
_CHANGED_HANDS = 0.15  # share whose owner changed for other reasons than a newcomer
_LOOK_ALIKES = 30  # the same company entered twice, as people write it


@dataclass
class Customer:
    """A customer as the book holds it, and what only the sample knows.

    ``weight`` is how much they buy compared with others; before ``taken_over`` they belonged to
    ``before``. Links are places in the lists, counted from 0. What follows from their orders (grade,
    lifecycle, next contact) is set at the end.
    """

    name: str
    short: str
    code: str
    industry: str
    segment: str
    region: int
    country: str
    province: str
    city: str
    address: str
    owner: int
    phone: str | None
    tax_code: str | None
    annual_revenue: int | None
    employees: int | None
    founded_year: int | None
    source: str
    tags: str | None
    first_contact_on: date
    notes: str | None
    weight: float
    before: int
    taken_over: date
    area_code: str
    terms: int
    grade: str | None = None
    lifecycle: str = "lead"
    next_contact_due: date | None = None
    active: bool = True
    pool_status: str | None = None

    def owner_on(self, day: date) -> int:
        """Who looked after them on a day."""
        return self.owner if day >= self.taken_over else self.before


@dataclass(frozen=True)
class Contact:
    """A person at a customer; ``called`` is how the diary names them."""

    name: str
    customer: int
    title: str
    phone: str | None
    email: str | None
    wechat: str | None
    birthday: date | None
    primary: bool
    active: bool
    called: str


def customers(words: Words, calendar: Calendar, team: list[Person], dice: Dice) -> list[Customer]:
    """All customers in the order in which they were entered."""
    wheels = _Wheels(words, team)
    days = sorted(_first_contacts(calendar, dice))
    made: list[Customer] = []
    taken: set[str] = set()
    for at, day in enumerate(days):
        city = dice.draw(wheels.cities)
        name, short, industry = _name(words, wheels, city, taken, dice)
        made.append(
            _customer(words, wheels, calendar, team, city, name, short, industry, day, at, dice)
        )
    _enter_twice(made, words, taken, dice)
    return made


class _Wheels:
    """What is drawn from again and again."""

    def __init__(self, words: Words, team: list[Person]) -> None:
        self.cities: Wheel[City] = Wheel(words.cities, [one.weight for one in words.cities])
        self.forms = Wheel.of(words.forms)
        self.patterns = Wheel.of(words.company)
        self.segments = Wheel.of(words.segments)
        self.sources = Wheel.of(words.sources)
        self.tags = Wheel.of(words.tags)
        # Each region is worked by those who sit there, and now and then by their neighbours.
        self.owners = []
        for region in range(len(words.regions)):
            near = [
                _share(one)
                * (1 if one.region == region else 0.35 if one.team == region // 2 else 0.02)
                for one in team
            ]
            self.owners.append(Wheel(range(len(team)), near))


def _share(person: Person) -> float:
    """How many customers somebody has compared with an old hand."""
    return min(1.0, 0.25 + person.days_here / 1500)


def _first_contacts(calendar: Calendar, dice: Dice) -> list[date]:
    old = [
        calendar.start - timedelta(days=1 + int(dice.expovariate(1 / 700)) % _OLDEST)
        for _ in range(int(COUNT * _OLD))
    ]
    wheel = Wheel(calendar.days, calendar.weights)
    return old + [dice.draw(wheel) for _ in range(COUNT - len(old))]


def _name(
    words: Words, wheels: _Wheels, city: City, taken: set[str], dice: Dice
) -> tuple[str, str, str]:
    place = city.name.removesuffix("市")
    while True:
        brand, trade = dice.choice(words.brands), dice.choice(words.trades)
        name = dice.draw(wheels.patterns).format(
            city=place, brand=brand, trade=trade.word, form=dice.draw(wheels.forms)
        )
        short = words.short.format(brand=brand, trade=trade.word)
        if short not in taken:  # else there would be look-alikes by chance
            taken.add(short)
            return name, short, trade.industry


def _customer(
    words: Words,
    wheels: _Wheels,
    calendar: Calendar,
    team: list[Person],
    city: City,
    name: str,
    short: str,
    industry: str,
    day: date,
    at: int,
    dice: Dice,
) -> Customer:
    weight = dice.spread(1.0, 1.0)
    owner, before, taken_over = _owners(wheels, calendar, team, city.region, day, dice)
    staff = int(dice.spread(90 * weight**0.4, 0.8)) + 5
    founded = day.year - 1 - int(min(dice.expovariate(1 / 9), 45))
    tags = dict.fromkeys(dice.draw(wheels.tags) for _ in range(dice.choice((0, 0, 0, 0, 1, 1, 2))))
    return Customer(
        name=name,
        short=short,
        code=f"C{at + 1:05}",
        industry=industry,
        segment=dice.draw(wheels.segments),
        region=city.region,
        country=words.country,
        province=city.province,
        city=city.name,
        address=words.address.format(
            district=dice.choice(words.districts),
            road=dice.choice(words.roads),
            n=dice.randint(1, 999),
        ),
        owner=owner,
        phone=_phone(words, city, dice),
        tax_code=_tax_code(words, city, dice) if dice.happens(0.8) else None,
        annual_revenue=round(int(staff * dice.spread(620_000, 0.4)), -5)
        if dice.happens(0.45)
        else None,
        employees=staff if dice.happens(0.6) else None,
        founded_year=founded if dice.happens(0.55) else None,
        source=dice.draw(wheels.sources),
        tags=", ".join(tags) or None,
        first_contact_on=day,
        notes=dice.choice(words.customer_notes) if dice.happens(0.12) else None,
        weight=weight,
        before=before,
        taken_over=taken_over,
        area_code=city.area_code,
        terms=dice.choice((0, 30, 30, 30, 60, 60, 90)),
    )


def _owners(
    wheels: _Wheels,
    calendar: Calendar,
    team: list[Person],
    region: int,
    day: date,
    dice: Dice,
) -> tuple[int, int, date]:
    """Who has a customer today, who had it before, and since when the change.

    Those who came during the two years took some customers over; others changed hands by the way.
    """
    owner = dice.draw(wheels.owners[region])
    person = team[owner]
    before, taken_over = owner, day
    start = person.hire_date + timedelta(days=10 + dice.randrange(30))
    if day < start:
        while team[before].hire_date > day:
            before = dice.draw(wheels.owners[region])
        taken_over = start if before != owner else day
    elif dice.happens(_CHANGED_HANDS):
        other = dice.draw(wheels.owners[region])
        change = calendar.start + timedelta(days=dice.randrange(720))
        if change > day and team[other].hire_date <= day and person.hire_date <= day:
            before, taken_over = other, change
    return owner, before, taken_over


def _phone(words: Words, city: City, dice: Dice) -> str | None:
    if dice.happens(0.07):
        return None
    if dice.happens(0.68):
        return landline(words, dice, city.area_code)
    return mobile(words, dice, city.area_code)


_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_sign(body: str) -> str:
    """The last sign of a credit code by its first 17 (GB 32100-2015)."""
    total = sum(_SIGNS.index(sign) * pow(3, at, 31) for at, sign in enumerate(body))
    return _SIGNS[(31 - total % 31) % 31]


def _tax_code(words: Words, city: City, dice: Dice) -> str:
    if not words.province_codes:
        return f"00-{dice.randrange(10**7):07}"
    body = f"91{words.province_codes[city.province]}{dice.randint(100, 399):04}" + "".join(
        dice.choices(_SIGNS, k=9)
    )
    return body + check_sign(body)


def _enter_twice(made: list[Customer], words: Words, taken: set[str], dice: Dice) -> None:
    """Let some late customers be early ones that somebody else entered again."""
    half = len(made) // 2
    left = _LOOK_ALIKES
    for again in dice.sample(made[half:], 5 * _LOOK_ALIKES):
        first = dice.choice(made[:half])
        name = _other_way(first.name, words, dice)
        if left == 0 or name is None or name in taken:
            continue
        left -= 1
        taken.add(name)
        again.name, again.short, again.industry = name, first.short, first.industry
        again.province, again.city, again.region = first.province, first.city, first.region
        again.area_code, again.address = first.area_code, first.address
        again.tax_code = None


def _other_way(name: str, words: Words, dice: Dice) -> str | None:
    fitting = [(a, b) for a, b in words.variants if a in name]
    if not fitting:
        return None
    written, other = dice.choice(fitting)
    return name.replace(written, other, 1)


def contacts(words: Words, calendar: Calendar, known: list[Customer], dice: Dice) -> list[Contact]:
    """One to three people at each customer, the first of them the main one."""
    surnames, given = Wheel.of(words.surnames), Wheel.of(words.given)
    titles = list(words.titles)
    made = []
    for at, customer in enumerate(known):
        for place in range(dice.choice((1, 1, 1, 1, 1, 1, 1, 2, 2, 3))):
            surname, title = dice.draw(surnames), dice.choice(titles)
            name = words.person.format(surname=surname, given=dice.draw(given))
            called = surname + words.titles[title] if words.titles[title] else name
            letters = latin(name)
            made.append(
                Contact(
                    name=name,
                    customer=at,
                    title=title,
                    phone=mobile(words, dice, customer.area_code) if dice.happens(0.93) else None,
                    email=f"{letters}{dice.randint(1, 99)}@example.com"
                    if letters and dice.happens(0.4)
                    else None,
                    wechat=f"{letters}_{dice.randint(100, 9999)}"
                    if letters and dice.happens(0.55)
                    else None,
                    birthday=date(
                        dice.randint(1962, calendar.today.year - 24),
                        dice.randint(1, 12),
                        dice.randint(1, 28),
                    )
                    if dice.happens(0.2)
                    else None,
                    primary=place == 0,
                    active=not dice.happens(0.03),
                    called=called,
                )
            )
    return made
