"""Tasks that are due or were due; those that wait to be looked at when they are done.

At once: overdue, and of high priority or with money on it. Today: all others.
Blocked and questioned tasks are sources of their own.
"""

from __future__ import annotations

from models.texts import N_, tr
from models.today.line import NOW, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "task"
LABEL = N_("Tasks")
_OPEN = "('draft', 'assigned', 'accepted', 'doing')"


def find(scene: Scene) -> list[Found]:
    """Every open task up to the day that has an owner."""
    made = []
    for row, title, owner, customer, due, priority, name, grade in scene.db.run(
        "SELECT t.id, t.title, t.owner, t.customer, t.due, t.priority, c.name, c.grade "
        "FROM task t LEFT JOIN customer c ON c.id = t.customer AND c.alive = 1 "
        f"WHERE t.alive = 1 AND t.status IN {_OPEN} AND t.due <= ? AND t.owner IS NOT NULL",
        (scene.today,),
    ):
        late = scene.late(due)
        stake = scene.open_deals.get(customer, 0)
        serious = late > 0 and (priority == "high" or stake > 0)
        about = (Record("customer", customer),) if name is not None else ()
        made.append(
            Found(
                KIND,
                (Record("task", row), *about),
                NOW if serious else TODAY,
                "remind" if late > 0 else "open",
                scene.worker("task", row, owner, customer),
                owner,
                stake,
                late,
                grade or "",
                (title or "", name or "", priority or "", stake),
            )
        )
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """What, how late, for whom."""
    title, name, priority, stake = found.facts
    clauses = [
        words.when(found.late),
        tr(N_("high priority")) if priority == "high" else "",
        tr(N_("for {customer}"), customer=name) if name else "",
        words.worth(stake, 0),
        words.covers(found.person, found.owner),
    ]
    return title, words.sentence(*clauses)
