"""Meetings of the day, and decisions that are to be looked at again. Both today."""

from __future__ import annotations

from models.texts import N_, tr
from models.today.line import SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "meeting"
LABEL = N_("Meetings and decisions")


def find(scene: Scene) -> list[Found]:
    """Meetings of the day; decisions whose day of looking again has come and whose outcome is open."""
    made = [
        Found(
            KIND,
            (Record("meeting", row),),
            TODAY,
            "open",
            person or 0,
            person or 0,
            facts=("meeting", title or "", starts or "", place or ""),
        )
        for row, title, starts, place, person in scene.db.run(
            "SELECT id, title, starts_at, place, person FROM meeting "
            "WHERE alive = 1 AND held_on = ? AND (minutes IS NULL OR minutes = '')",
            (scene.today,),
        )
    ]
    for row, title, owner, day, expected in scene.db.run(
        "SELECT id, title, owner, review_on, expectation FROM decision "
        "WHERE alive = 1 AND review_on <= ? AND (outcome IS NULL OR outcome = '')",
        (scene.today,),
    ):
        made.append(
            Found(
                KIND,
                (Record("decision", row),),
                SOON,
                "open",
                owner or 0,
                owner or 0,
                late=scene.late(day),
                facts=("decision", title or "", day, expected or ""),
            )
        )
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """What, when and where; or what was expected of a decision."""
    what, title, when, more = found.facts
    if what == "meeting":
        hour = words.time(when)
        at = tr(N_("today at {time}"), time=hour) if hour else tr(N_("today"))
        return title, words.sentence(at, more)
    again = tr(N_("to be looked at again since {day}"), day=words.day(when))
    hoped = tr(N_("expected: {text}"), text=more) if more else ""
    return tr(N_("Decision: {title}"), title=title), words.sentence(again, hoped)
