"""Data that has grown old: people of whom nothing was written down for a while.

It says how old the data of each person is, so that nobody takes silence for idleness: somebody who is
away, new, or never wrote anything down isn't told. These days: ten working days and more. Good to
know: three and more.
"""

from __future__ import annotations

import json
from datetime import timedelta

from models.following.contact import end_of
from models.following.known import local_day
from models.texts import N_, ntr, tr
from models.today.line import NOTE, SOON, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "data_age"
LABEL = N_("Data grown old")
OLD, VERY_OLD = 3, 10  # working days
_LATELY = 20  # days
_TOLD = ("active", "onboarding")


def find(scene: Scene) -> list[Found]:
    """Everybody whose last activity is old."""
    made = []
    for person, last in _last_written(scene).items():
        known = scene.people[person]
        if known.status not in _TOLD or person in scene.away:
            continue
        day = local_day(last)
        age = scene.worked_since(day) if day < scene.on else 0
        age -= scene.is_working  # today isn't over
        if age >= OLD:
            made.append(
                Found(
                    KIND,
                    (Record("salesperson", person),),
                    SOON if age >= VERY_OLD else NOTE,
                    "remind",
                    person,
                    person,
                    0,
                    age,
                    facts=(known.name, day.isoformat(), age),
                )
            )
    return made


def _last_written(scene: Scene) -> dict[int, str]:
    """The moment of the last activity of each person who wrote any.

    Of most people it is a late one, found by its day; only those without are looked for in all years.
    """
    end = end_of(scene.on)
    lately = end_of(scene.on - timedelta(days=_LATELY))
    found = scene.db.run(
        "SELECT person, max(at) FROM activity WHERE alive = 1 AND person IS NOT NULL "
        "AND at >= ? AND at < ? GROUP BY person",
        (lately, end),
    )
    rest = scene.people.keys() - {person for person, _ in found}
    found += scene.db.run(
        "SELECT person, max(at) FROM activity WHERE alive = 1 AND at < ? "
        "AND person IN (SELECT value FROM json_each(?)) GROUP BY person",
        (end, json.dumps(sorted(rest))),
    )
    return {person: last for person, last in found if person in scene.people}


def say(found: Found, words: Words) -> tuple[str, str]:
    """Whose data, and how old it is."""
    name, day, age = found.facts
    title = tr(N_("Nothing written down by {name} lately"), name=name)
    last = tr(N_("the last activity is of {day}"), day=words.day(day))
    days = ntr("{n} working day without a record", "{n} working days without a record", age)
    return title, words.sentence(last, days)
