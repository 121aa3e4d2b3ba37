"""Follow-ups that are due, and those that were due.

At once: overdue, and money or a customer of grade A or B hangs on it. Today: all others.
"""

from __future__ import annotations

from models.customers.following import FOLLOW_UP_PLAN
from models.texts import N_, tr
from models.today.line import NOW, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "follow_up"
LABEL = N_("Follow-ups")
_WEIGHTY = ("A", "B")


def find(scene: Scene) -> list[Found]:
    """Every planned follow-up up to the day."""
    made = []
    for row, customer, due, at, kind, purpose, owner, name, grade in scene.db.run(
        "SELECT p.id, p.customer, p.due, p.at, p.kind, p.purpose, coalesce(p.person, c.owner), "
        "c.name, c.grade FROM follow_up_plan p JOIN customer c ON c.id = p.customer "
        "WHERE p.alive = 1 AND c.alive = 1 AND p.status = 'planned' AND p.due <= ?",
        (scene.today,),
    ):
        deals, bought = scene.worth(customer)
        late = scene.late(due)
        stake = deals or bought
        weighty = stake > 0 or grade in _WEIGHTY
        made.append(
            Found(
                KIND,
                (Record("follow_up_plan", row), Record("customer", customer)),
                NOW if late > 0 and weighty else TODAY,
                "contact",
                scene.worker("follow_up_plan", row, owner, customer),
                owner or 0,
                stake,
                late,
                grade or "",
                (name or "", purpose or "", kind or "", at or "", deals, bought),
            )
        )
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """Whom, what for, how late."""
    name, purpose, kind, at, deals, bought = found.facts
    how = FOLLOW_UP_PLAN.field("kind").choice(kind)
    what = purpose or (how.text() if how else tr(N_("Contact")))
    hour = words.time(at) if found.late == 0 else ""
    when = tr(N_("agreed for {time} today"), time=hour) if hour else words.when(found.late)
    covers = words.covers(found.person, found.owner)
    reason = words.sentence(when, words.worth(deals, bought), words.grade(found.grade), covers)
    return tr(N_("{customer}: {what}"), customer=name, what=what), reason
