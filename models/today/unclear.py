"""Tasks whose owner asked something about them: they wait for the answer. Today, always."""

from __future__ import annotations

from models.texts import N_, tr
from models.today.line import TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "question"
LABEL = N_("Questions")


def find(scene: Scene) -> list[Found]:
    """Every questioned task."""
    return [
        Found(
            KIND,
            (Record("task", row),),
            TODAY,
            "answer",
            owner or 0,
            owner or 0,
            scene.open_deals.get(customer, 0),
            scene.late(due) if due else 0,
            facts=(title or "", question or ""),
        )
        for row, title, owner, customer, due, question in scene.db.run(
            "SELECT id, title, owner, customer, due, question FROM task "
            "WHERE alive = 1 AND status = 'questioned'"
        )
    ]


def say(found: Found, words: Words) -> tuple[str, str]:
    """Which task, and what isn't understood."""
    title, question = found.facts
    if question:
        return title, tr(N_("Asked: {question}"), question=question)
    return title, words.sentence(tr(N_("its owner doesn't understand it")))
