"""Evaluations whose step is due: self-reviews by the person, judging and talking by who evaluates.

At once: overdue. Today: due today. These days: due within a week. What has no day, or a later one, isn't
told: the cycle's own page shows it.
"""

from __future__ import annotations

from datetime import date, timedelta

from models.texts import N_, ntr, tr
from models.today.line import NOW, SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "evaluation"
LABEL = N_("Evaluations")
_AHEAD = timedelta(days=7)
_OWN = "self_review"
# Each open evaluation with whose turn it is and until when.
_TURNS = (
    "SELECT v.id, v.status, c.id, coalesce(c.name, ''), v.person, v.manager, "
    "CASE v.status WHEN 'self_review' THEN c.self_review_due WHEN 'manager_review' "
    "THEN c.manager_review_due ELSE c.talk_due END AS due, v.self_waived IS NOT NULL "
    "FROM evaluation v JOIN evaluation_cycle c ON c.id = v.cycle AND c.alive = 1 "
    "WHERE v.alive = 1 AND v.status IN ('self_review', 'manager_review', 'talk') AND due <= ?1 "
    "AND NOT EXISTS (SELECT 1 FROM evaluation l WHERE l.alive = 1 AND l.replaces = v.id) "
    "ORDER BY due, c.id, v.id"
)


def find(scene: Scene) -> list[Found]:
    """Each self-review of its own; what one manager has to do of one cycle is one thing."""
    groups: dict[tuple[int, str, int, str], list[tuple[int, int]]] = {}
    names: dict[int, str] = {}
    for row, status, cycle, name, person, manager, due, waived in scene.db.run(
        _TURNS, ((scene.on + _AHEAD).isoformat(),)
    ):
        names[cycle] = name
        own = status == _OWN and not waived
        who = person if own else (manager or 0)
        apart = row if own else 0
        groups.setdefault((cycle, status, who, f"{due}/{apart}"), []).append((row, person))
    return [
        _found(scene, status, who, at.partition("/")[0], names[cycle], some)
        for (cycle, status, who, at), some in groups.items()
    ]


def _found(
    scene: Scene, status: str, who: int, due: str, cycle: str, some: list[tuple[int, int]]
) -> Found:
    late = scene.late(due)
    return Found(
        KIND,
        tuple(Record("evaluation", row) for row, _ in some),
        NOW if late > 0 else TODAY if late == 0 else SOON,
        "open" if len(some) == 1 else "list",
        who,
        who,
        0,
        late,
        facts=(status, cycle, date.fromisoformat(due[:10]), tuple(person for _, person in some)),
        mark=status,
    )


def say(found: Found, words: Words) -> tuple[str, str]:
    """What is to be done for which cycle, until when, of whom."""
    status, cycle, due, people = found.facts
    n = len(people)
    if status == _OWN and found.person in people:
        title = tr(N_("{cycle}: self-review to be handed in"), cycle=cycle)
    elif status == "talk":
        title = ntr("{cycle}: {n} talk to hold", "{cycle}: {n} talks to hold", n, cycle=cycle)
    else:
        title = ntr(
            "{cycle}: {n} person to judge", "{cycle}: {n} people to judge", n, cycle=cycle
        )  # fmt: skip
    names = tr(N_(", ")).join(words.name(one) for one in people[:3])
    more = "…" if n > len(people[:3]) else ""
    until = tr(N_("due on {day}"), day=words.day(due.isoformat())) if found.late else ""
    return title, words.sentence(words.when(found.late), until, names + more)
