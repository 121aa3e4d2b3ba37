"""Who works in the sample: two teams of four whose leaders sell too, one who came last year, one new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models import pinyin
from models.sample.dice import Dice
from models.sample.words import Words


@dataclass(frozen=True)
class Person:
    """A salesperson as the book holds them, and what only the sample knows of them.

    ``pace`` is how much they sell compared with others, ``wins`` the share of closed deals they win,
    ``daily`` their activities on a working day. Links are places in the lists, counted from 0.
    """

    name: str
    employee_no: str
    team: int
    manager: int | None
    region: int
    position: str
    hire_date: date
    phone: str
    email: str
    wechat: str
    birthday: date
    status: str
    ramp_profile: str | None
    days_here: int
    pace: float
    wins: float
    daily: float

    def ramp(self, day: date) -> float:
        """How much of their pace a newcomer has reached: nothing before, all after half a year."""
        return min(max((day - self.hire_date).days / 180, 0.0), 1.0)


@dataclass(frozen=True)
class Team:
    """A team and its leader."""

    name: str
    manager: int
    region: int


@dataclass(frozen=True)
class Region:
    """A region and who answers for it."""

    name: str
    code: str
    manager: int


# Team, region, place in the ladder, days since hired, pace, wins, activities a day.
_PEOPLE = (
    (0, 0, 0, 3900, 1.00, 0.66, 4.8),
    (1, 2, 0, 3300, 0.85, 0.64, 4.5),
    (0, 0, 1, 2400, 1.75, 0.69, 7.1),
    (0, 1, 2, 1500, 0.95, 0.60, 6.8),
    (1, 2, 1, 1900, 1.40, 0.71, 7.8),
    (1, 3, 2, 1100, 0.75, 0.57, 5.9),
    (1, 2, 2, 430, 0.90, 0.62, 7.4),
    (0, 0, 3, 110, 0.80, 0.52, 7.6),
)
LEADERS = (0, 1)


def latin(name: str) -> str:
    """A name in the letters of a mail address; empty when nothing is left."""
    if name.isascii():
        return "".join(one for one in name.casefold() if one.isalnum())
    read = pinyin.usual(name, person=True)
    if read:
        return "".join(read).replace("v", "u")
    return "".join(one for one in name.casefold() if one.isascii() and one.isalnum())


def people(words: Words, today: date, dice: Dice) -> list[Person]:
    """The eight, the leaders first."""
    made = []
    for at, (team, region, rung, days, pace, wins, daily) in enumerate(_PEOPLE):
        name = words.people[at]
        hired = today - timedelta(days=days)
        age = dice.randint(22, 30) if rung else dice.randint(30, 36)
        made.append(
            Person(
                name=name,
                employee_no=f"{1001 + at}",
                team=team,
                manager=None if at in LEADERS else LEADERS[team],
                region=region,
                position=words.positions[rung],
                hire_date=hired,
                phone=mobile(words, dice),
                email=f"{latin(name)}@example.com",
                wechat=f"{latin(name)}{dice.randint(10, 99)}",
                birthday=date(hired.year - age, dice.randint(1, 12), dice.randint(1, 28)),
                status="onboarding" if days < 180 else "active",
                ramp_profile="20% 35% 50% 65% 80% 90%" if days < 180 else None,
                days_here=days,
                pace=pace,
                wins=wins,
                daily=daily,
            )
        )
    return made


def teams(words: Words) -> list[Team]:
    """The two teams."""
    return [Team(name, LEADERS[at], _PEOPLE[LEADERS[at]][1]) for at, name in enumerate(words.teams)]


def regions(words: Words) -> list[Region]:
    """The regions; each is answered for by the leader of those who sell there."""
    return [Region(name, f"R{at + 1}", LEADERS[at // 2]) for at, name in enumerate(words.regions)]


_PREFIXES = [
    "130",
    "131",
    "132",
    "133",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "152",
    "153",
    "155",
    "156",
    "157",
    "158",
    "159",
    "166",
    "173",
    "175",
    "176",
    "177",
    "178",
    "180",
    "181",
    "182",
    "183",
    "185",
    "186",
    "187",
    "188",
    "189",
    "191",
    "193",
    "198",
    "199",
]


def mobile(words: Words, dice: Dice, area_code: str = "") -> str:
    """A mobile number; in English one of those that are kept free for stories."""
    if words.calendar == "CN":
        return f"{dice.choice(_PREFIXES)}{dice.randrange(10**8):08}"
    return f"({area_code or '312'}) 555-01{dice.randrange(100):02}"


def landline(words: Words, dice: Dice, area_code: str) -> str:
    """An office number with its area code, now and then with an extension."""
    if words.calendar != "CN":
        return f"({area_code}) 555-01{dice.randrange(100):02}"
    digits = 8 if area_code in words.eight_digits else 7
    number = f"{area_code}-{dice.choice('5678')}{dice.randrange(10 ** (digits - 1)):0{digits - 1}}"
    return f"{number}-{dice.randint(801, 899)}" if dice.happens(0.08) else number
