"""Leave that somebody asked for and nobody has answered.

At once: it begins by the next working day. Today: within a week. These days: later.
"""

from __future__ import annotations

from datetime import timedelta

from models.calendar.entities import LEAVE
from models.texts import N_, tr
from models.today.line import NOW, SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "leave"
LABEL = N_("Leave requests")
_WEEK = 7


def find(scene: Scene) -> list[Found]:
    """Every request whose last day isn't over."""
    asked = scene.db.run(
        'SELECT id, person, kind, starts_on, ends_on FROM "leave" '
        "WHERE alive = 1 AND status = 'requested' AND ends_on >= ? AND person IS NOT NULL",
        (scene.today,),
    )
    if not asked:
        return []
    following = scene.calendar.next_working(scene.on) or scene.on + timedelta(days=1)
    ahead = (following - scene.on).days
    made = []
    for row, person, kind, first, last in asked:
        until = -scene.late(first)
        severity = NOW if until <= ahead else TODAY if until <= _WEEK else SOON
        made.append(
            Found(
                KIND,
                (Record("leave", row), Record("salesperson", person)),
                severity,
                "approve",
                person,
                person,
                0,
                -until,
                facts=(kind or "", first, last),
            )
        )
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """Who wants to be away, and when."""
    kind, first, last = found.facts
    choice = LEAVE.field("kind").choice(kind)
    what = choice.text() if choice else LEAVE.text()
    title = tr(N_("{person} asks for leave: {kind}"), person=words.name(found.person), kind=what)
    if first == last:
        span = tr(N_("on {day}"), day=words.day(first))
    else:
        span = tr(N_("{first} to {last}"), first=words.day(first), last=words.day(last))
    begins = words.when(found.late) if found.late < 0 else ""
    return title, words.sentence(span, begins, tr(N_("not answered yet")))
