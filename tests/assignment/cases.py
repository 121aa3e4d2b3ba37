"""Cases for the tests of the assistant: made at random, but the same for the same seed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from models.assignment.inputs import ONE, Case, Contact, Days, Fit, Job, Person

ON = date(2026, 3, 2)  # a Monday
SPAN = 20
DAY = 800  # hundredths of an hour
STATUSES = ("active", "active", "active", "active", "onboarding", "on_leave", "leaving", "left")


def days(free: list[int], away: set[int] = frozenset(), capacity: int = DAY) -> Days:
    """Of so many free hours a day; weekends are none."""
    sums: list[list[int]] = [[], [], [], []]
    total = [0, 0, 0, 0]
    for at in range(SPAN):
        working = (ON + timedelta(days=at)).weekday() < 5
        there = working and at not in away
        for place, one in enumerate(
            (
                free[at % len(free)] if there else 0,
                capacity if there else 0,
                2 * there,
                2 * working,
            )
        ):
            total[place] += one
            sums[place].append(total[place])
    return Days(*map(tuple, sums))


def person(id: int, **more: object) -> Person:
    """Somebody with all their days free."""
    return Person(id, f"P{id}", f"{id:03}", days=more.pop("days", days([DAY])), **more)


def job(row: int = 1, due: int = 4, effort: int = 400, **more: object) -> Job:
    """A task, due so many days later."""
    return Job("task", row, f"T{row}", effort, ON, ON + timedelta(days=due), **more)


def case(people: list[Person], jobs: list[Job], **more: object) -> Case:
    """A case as it stands."""
    return Case(ON, tuple(people), tuple(jobs), **more)


def random_case(seed: int, people: int = 0, jobs: int = 1) -> Case:
    """Anything that may come."""
    dice = Random(seed)
    team = [_person(dice, at + 1) for at in range(people or dice.randint(0, 9))]
    work = [_job(dice, at + 1) for at in range(jobs)]
    fits = {
        (one.id, need): _fit(dice, need)
        for one in team
        for need in sorted({each.needs for each in work if each.needs})
    }
    contacts = {
        (one.id, customer): Contact(
            dice.randint(0, 20), ON - timedelta(days=dice.randint(0, 500)), dice.randint(0, 2),
            dice.randint(0, 2), dice.random() < 0.2,
        )
        for one in team
        for customer in range(1, 5)
        if dice.random() < 0.4
    }  # fmt: skip
    trades = {(one.id, "IT"): dice.randint(0, 9) for one in team if dice.random() < 0.5}
    return case(team, work, fits=fits, contacts=contacts, industries=trades)


def _person(dice: Random, id: int) -> Person:
    away = {at for at in range(SPAN) if dice.random() < 0.15}
    if dice.random() < 0.1:
        away = set(range(SPAN))
    return person(
        id,
        status=dice.choice(STATUSES),
        days=days([dice.randint(-200, DAY) for _ in range(7)], away),
        received=dice.randint(0, 8) * 50,
        here=dice.choice((90, 90, 45, 10, 0)),
    )


def _job(dice: Random, row: int) -> Job:
    needs = dice.choice(((), ("a",), ("a", "b"), ("c",)))
    return job(
        row,
        due=dice.randint(0, 15),
        effort=dice.choice((0, 50, 200, 400, 800, 3000)),
        needs=needs,
        customer=dice.choice((None, 1, 2, 3, 4)),
        customer_name="C",
        industry=dice.choice(("", "IT")),
        worth=dice.choice((0, 0, 100, 200)),
        urgency=dice.randint(0, 2),
    )


def _fit(dice: Random, needs: tuple[str, ...]) -> Fit:
    levels = [dice.randint(0, 5) for _ in needs]
    value = sum(ONE * min(one, 3) // 3 for one in levels) // len(levels)
    return Fit(
        value,
        tuple((name, one, 3) for name, one in zip(needs, levels, strict=True)),
        tuple(name for name, one in zip(needs, levels, strict=True) if one < 2),
    )
