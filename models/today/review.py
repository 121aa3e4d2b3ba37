"""Tasks whose owner says that they are done: they wait for somebody to look at them. Today, always."""

from __future__ import annotations

from models.texts import N_, tr
from models.today.line import TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "review"
LABEL = N_("Waiting to be accepted")


def find(scene: Scene) -> list[Found]:
    """Every task in review."""
    return [
        Found(
            KIND,
            (Record("task", row),),
            TODAY,
            "accept",
            owner or 0,
            owner or 0,
            scene.open_deals.get(customer, 0),
            scene.late(due) if due else 0,
            facts=(title or "", criteria or "", bool(due)),
        )
        for row, title, owner, customer, due, criteria in scene.db.run(
            "SELECT id, title, owner, customer, due, done_criteria FROM task "
            "WHERE alive = 1 AND status = 'review'"
        )
    ]


def say(found: Found, words: Words) -> tuple[str, str]:
    """What is to be looked at, and by which measure."""
    title, criteria, _ = found.facts
    first = str(criteria).partition("\n")[0]
    means = tr(N_("done means: {criteria}"), criteria=first) if first else ""
    return title, words.sentence(tr(N_("its owner says that it is done")), means)
