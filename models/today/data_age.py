"""Data that has grown old: people of whom nothing was heard for a while.

It says how old the data of each person is, so that nobody takes silence for idleness: somebody who is
away, new, or never wrote anything down isn't told, nor who is asked for a workbook anyway. What counts as
news is the rule of ``models.workbooks.freshness``. These days: ten working days and more. Good to know:
three and more.
"""

from __future__ import annotations

from models.texts import N_, ntr, tr
from models.today.line import NOTE, SOON, Found, Record
from models.today.scene import Scene
from models.today.words import Words
from models.workbooks import stale
from models.workbooks.freshness import ACTIVITY, EDIT, OLD, VERY_OLD, WORKBOOK, read_ages

KIND = "data_age"
LABEL = N_("Data grown old")
_TOLD = ("active", "onboarding")
_LAST = {
    ACTIVITY: N_("the last activity is of {day}"),
    EDIT: N_("the last edit is of {day}"),
    WORKBOOK: N_("the last workbook came back on {day}"),
}


def find(scene: Scene) -> list[Found]:
    """Everybody of whom the last news is old."""
    asked = {who for who, why, *_ in scene.stale if why in (stale.OVERDUE, stale.OLD)}
    made = []
    numbers = scene.book.schema.numbers
    for person, fresh in read_ages(scene.db, scene.on, scene.calendar, numbers).items():
        known = scene.people[person]
        if known.status not in _TOLD or person in scene.away or person in asked:
            continue
        if fresh.worked is not None and fresh.day is not None and fresh.worked >= OLD:
            made.append(
                Found(
                    KIND,
                    (Record("salesperson", person),),
                    SOON if fresh.worked >= VERY_OLD else NOTE,
                    "remind",
                    person,
                    person,
                    0,
                    fresh.worked,
                    facts=(known.name, fresh.day.isoformat(), fresh.worked, fresh.source),
                )
            )
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """Whose data, and how old it is."""
    name, day, age, source = found.facts
    title = tr(N_("Nothing written down by {name} lately"), name=name)
    last = tr(_LAST[source], day=words.day(day))
    days = ntr("{n} working day without a record", "{n} working days without a record", age)
    return title, words.sentence(last, days)
