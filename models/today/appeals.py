"""Appeals that nobody has answered. At once: overdue. Today: due today. These days: due within a week."""

from __future__ import annotations

from datetime import timedelta

from models.evaluations import appeals
from models.texts import N_, tr
from models.today.line import NOW, SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "appeal"
LABEL = N_("Appeals")
_AHEAD = timedelta(days=7)


def find(scene: Scene) -> list[Found]:
    """Each appeal by itself: whoever objects waits for an answer of their own."""
    made = []
    for one in appeals.waiting(scene.db):
        if one.due > scene.on + _AHEAD:
            continue
        late = (scene.on - one.due).days
        made.append(
            Found(
                KIND,
                (Record("appeal", one.row), Record("evaluation", one.evaluation)),
                NOW if late > 0 else TODAY if late == 0 else SOON,
                "open",
                one.by or 0,
                one.by or 0,
                0,
                late,
                facts=(one.person, one.cycle, one.due),
            )
        )
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """Who waits for an answer, about which cycle, until when."""
    person, cycle, due = found.facts
    title = tr(N_("Appeal of {name} to be answered"), name=words.name(person))
    until = tr(N_("due on {day}"), day=words.day(due.isoformat())) if found.late else ""
    return title, words.sentence(words.when(found.late), until, cycle)
