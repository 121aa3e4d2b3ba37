"""Improvement plans whose day of the check has come: they wait for a verdict.

At once: two weeks over. Today: the day has come. These days: within a week.
"""

from __future__ import annotations

from datetime import timedelta

from models.texts import N_, tr
from models.today.line import NOW, SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "plan_check"
LABEL = N_("Improvement plans to check")
_AHEAD, _LONG = 7, 14  # days


def find(scene: Scene) -> list[Found]:
    """Every plan that runs, or was agreed, up to a week before its check."""
    last = (scene.on + timedelta(days=_AHEAD)).isoformat()
    made = []
    for row, title, person, check in scene.db.run(
        "SELECT id, title, person, check_on FROM improvement_plan WHERE alive = 1 "
        "AND status IN ('agreed', 'running') AND check_on <= ?",
        (last,),
    ):
        if person not in scene.people or scene.people[person].gone:
            continue
        late = scene.late(check)
        severity = NOW if late >= _LONG else TODAY if late >= 0 else SOON
        records = Record("improvement_plan", row), Record("salesperson", person)
        made.append(
            Found(
                KIND, records, severity, "verdict", person, person, late=late, facts=(title or "",)
            )
        )
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """Which plan, whose, and when."""
    title = tr(N_("Check the plan: {title}"), title=found.facts[0])
    name = words.name(found.person)
    return title, words.sentence(tr(N_("plan of {name}"), name=name), words.when(found.late))
