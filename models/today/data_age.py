"""Data that has grown old: people of whom nothing was written down for a while.

It says how old the data of each person is, so that nobody takes silence for idleness: somebody who is
away, new, or never wrote anything down isn't told. These days: ten working days and more. Good to
know: three and more.
"""

from __future__ import annotations

from datetime import date

from models.texts import N_, ntr, tr
from models.today.line import NOTE, SOON, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "data_age"
LABEL = N_("Data grown old")
OLD, VERY_OLD = 3, 10  # working days
_TOLD = ("active", "onboarding")


def find(scene: Scene) -> list[Found]:
    """Everybody whose last activity is old."""
    made = []
    for person, last in scene.db.run(
        "SELECT person, max(at) FROM activity WHERE alive = 1 AND person IS NOT NULL AND at < ? "
        "GROUP BY person",
        (scene.today + "T99",),
    ):
        known = scene.people.get(person)
        if last is None or known is None or known.status not in _TOLD or person in scene.away:
            continue
        day = date.fromisoformat(last[:10])
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


def say(found: Found, words: Words) -> tuple[str, str]:
    """Whose data, and how old it is."""
    name, day, age = found.facts
    title = tr(N_("Nothing written down by {name} lately"), name=name)
    last = tr(N_("the last activity is of {day}"), day=words.day(day))
    days = ntr("{n} working day without a record", "{n} working days without a record", age)
    return title, words.sentence(last, days)
