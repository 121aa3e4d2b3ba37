"""Days that come near: ends of contracts, birthdays of contacts and of the team.

Contracts: today when they ended without a decision or end within a week, these days within a month.
Birthdays: today on the day (on working days also those of the free days just past or ahead are told
early enough, because three days ahead count as near), good to know before it. Whoever is born on
29 February has their birthday on 28 February in other years, the day before 1 March.
"""

from __future__ import annotations

from datetime import date, timedelta

from models.texts import N_, ntr, tr
from models.today.line import NOTE, SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "date"
LABEL = N_("Dates")
CONTRACT_DAYS, CONTRACT_WEEK, CONTRACT_PAST = 30, 7, 60
BIRTHDAY_DAYS = 3
_LEAP = (2, 29)


def birthday_in(born: date, year: int) -> date:
    """The birthday of a year."""
    if (born.month, born.day) == _LEAP:
        return date(year, 3, 1) - timedelta(days=1)
    return born.replace(year=year)


def days_until(born: date, on: date) -> int:
    """How many days it is until the next birthday; 0 on it."""
    coming = birthday_in(born, on.year)
    if coming < on:
        coming = birthday_in(born, on.year + 1)
    return (coming - on).days


def find(scene: Scene) -> list[Found]:
    """Contracts that end and birthdays."""
    return [*_contracts(scene), *_contacts(scene), *_team(scene)]


def _contracts(scene: Scene) -> list[Found]:
    first = (scene.on - timedelta(days=CONTRACT_PAST)).isoformat()
    last = (scene.on + timedelta(days=CONTRACT_DAYS)).isoformat()
    made = []
    for row, name, code, customer, ends, amount, owner, called, grade in scene.db.run(
        "SELECT t.id, t.name, t.code, t.customer, t.ends_on, t.amount, coalesce(t.owner, c.owner), "
        "c.name, c.grade FROM contract t LEFT JOIN customer c ON c.id = t.customer "
        "WHERE t.alive = 1 AND t.status = 'signed' AND t.ends_on BETWEEN ? AND ? "
        "AND NOT EXISTS (SELECT 1 FROM contract n WHERE n.alive = 1 AND n.customer = t.customer "
        "AND n.status IN ('draft', 'signed') AND n.ends_on > t.ends_on)",
        (first, last),
    ):
        late = scene.late(ends)
        made.append(
            Found(
                KIND,
                (Record("contract", row), Record("customer", customer)),
                TODAY if late >= -CONTRACT_WEEK else SOON,
                "renew",
                scene.worker("customer", customer, owner, customer),
                owner or 0,
                amount or 0,
                late,
                grade or "",
                ("contract", name or code or "", called or "", amount or 0),
            )
        )
    return made


def _near(scene: Scene) -> str:
    """A condition for birthdays of these days, by month and day; 28 to 1 stands for 29 February."""
    days = {scene.on + timedelta(days=one) for one in range(BIRTHDAY_DAYS + 1)}
    marks = {f"{one:%m-%d}" for one in days}
    if "02-28" in marks or "03-01" in marks:
        marks.add("02-29")
    return ", ".join(f"'{one}'" for one in sorted(marks))


def _contacts(scene: Scene) -> list[Found]:
    made = []
    for row, name, title, born, customer, called, owner, grade in scene.db.run(
        "SELECT k.id, k.name, k.title, k.birthday, c.id, c.name, c.owner, c.grade "
        "FROM contact k JOIN customer c ON c.id = k.customer AND c.alive = 1 "
        "WHERE k.alive = 1 AND k.active IS NOT 0 AND c.active IS NOT 0 "
        f"AND k.birthday IS NOT NULL AND substr(k.birthday, 6, 5) IN ({_near(scene)})"
    ):
        until = days_until(date.fromisoformat(born), scene.on)
        if until > BIRTHDAY_DAYS:
            continue
        deals, bought = scene.worth(customer)
        worker = scene.worker("customer", customer, owner, customer)
        made.append(
            Found(
                KIND,
                (Record("contact", row), Record("customer", customer)),
                NOTE if until else TODAY,
                "congratulate",
                worker,
                owner or 0,
                deals or bought,
                -until,
                grade or "",
                ("contact", name or "", title or "", called or ""),
            )
        )
    return made


def _team(scene: Scene) -> list[Found]:
    made = []
    for row, person in scene.people.items():
        if not person.birthday or person.gone:
            continue
        until = days_until(date.fromisoformat(person.birthday), scene.on)
        if until <= BIRTHDAY_DAYS:
            made.append(
                Found(
                    KIND,
                    (Record("salesperson", row),),
                    NOTE if until else TODAY,
                    "congratulate",
                    row,
                    row,
                    late=-until,
                    facts=("salesperson", person.name, "", ""),
                )
            )
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """What it is, and when."""
    what, name, more, *rest = found.facts
    if what == "contract":
        (amount,) = rest
        title = tr(N_("{customer}: contract {name} ends"), customer=more, name=name)
        if found.late > 0:
            when = ntr("it ended {n} day ago", "it ended {n} days ago", found.late)
        elif found.late == 0:
            when = tr(N_("it ends today"))
        else:
            when = ntr("it ends in {n} day", "it ends in {n} days", -found.late)
        worth = tr(N_("worth {amount}"), amount=words.money(amount)) if amount else ""
        covers = words.covers(found.person, found.owner)
        nothing = tr(N_("no later contract is there"))
        return title, words.sentence(when, worth, nothing, covers)
    title = (
        tr(N_("{name} has a birthday today"), name=name)
        if found.late == 0
        else ntr("{name} has a birthday in {n} day", "{name} has a birthday in {n} days",
                 -found.late, name=name)
    )  # fmt: skip
    who = tr(N_("a colleague of the team")) if what == "salesperson" else ""
    customer = rest[0] if rest else ""
    place = tr(N_("{title} at {customer}"), title=more, customer=customer) if more else customer
    return title, words.sentence(who or place, words.grade(found.grade))
