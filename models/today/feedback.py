"""Events of the last week after which feedback helps and that nobody has given feedback on. Good to know.

It is a matter of whoever leads the person; of nobody where nobody does.
"""

from __future__ import annotations

from models.growth import prompts
from models.growth.leading import leaders
from models.texts import N_, ntr, tr
from models.today.line import NOTE, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "feedback"
LABEL = N_("Occasions for feedback")
DAYS = 7


def find(scene: Scene) -> list[Found]:
    """Every event without feedback."""
    events = prompts.events(scene.book, scene.db, scene.on, DAYS)
    lead = leaders(scene.db) if events else {}
    return [
        Found(
            KIND,
            (Record(one.entity, one.row),),
            NOTE,
            "feedback",
            lead.get(one.person, 0),
            one.person,
            facts=(one.kind, one.what, scene.late(one.on), one.person, one.amount),
            mark=one.kind,
        )
        for one in events
    ]


def say(found: Found, words: Words) -> tuple[str, str]:
    """Who did what, how much it was about, and how long it is ago."""
    kind, what, days, person, amount = found.facts
    title = tr(N_("{person}: {what}"), person=words.name(person), what=prompts.event_text(kind, what))  # fmt: skip
    ago = ntr("{n} day ago", "{n} days ago", days) if days else tr(N_("today"))
    return title, words.sentence(
        ago, words.money(amount) if amount else "", tr(N_("no feedback cites it yet"))
    )
