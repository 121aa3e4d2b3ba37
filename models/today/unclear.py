"""Tasks that aren't understood: those about which their owner asks, those that say no day.

Today: a question waits for its answer. Good to know: tasks without a due day, all in one line.
Tasks without an owner stand in a source of their own.
"""

from __future__ import annotations

from models.tasks.states import OPEN_SQL
from models.tasks.unclear import unclear
from models.texts import N_, ntr, tr
from models.today.line import NOTE, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "question"
LABEL = N_("Unclear tasks")


def find(scene: Scene) -> list[Found]:
    """Every question, and all tasks without a due day."""
    made = [
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
            "SELECT id, title, owner, customer, due, question FROM task WHERE alive = 1 "
            f"AND (status = 'questioned' OR question IS NOT NULL AND status IN {OPEN_SQL})"
        )
    ]
    lacking = [one.task for one in unclear(scene.book) if "due" in one.missing and not one.question]
    if lacking:
        records = tuple(Record("task", one) for one in lacking)
        made.append(Found(KIND, records, NOTE, "list", facts=(len(lacking),), mark="lacking"))
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """Which task, and what isn't understood."""
    if found.mark:
        (n,) = found.facts
        title = ntr("{n} task has no due day", "{n} tasks have no due day", n)
        return title, words.sentence(tr(N_("nobody can say whether they are late")))
    title, question = found.facts
    if question:
        return title, tr(N_("Asked: {question}"), question=question)
    return title, words.sentence(tr(N_("its owner doesn't understand it")))
