"""What has to be done first: which tasks wait, and what is still open inside one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from models.book import Book
from models.dialects import Connection
from models.tasks.states import OPEN_SQL
from models.texts import N_, tr

_NAMED = 3  # steps or tasks that a sentence names


@dataclass(frozen=True)
class Holding:
    """What of a task is open: steps of its checklist, and tasks that it waits for."""

    task: int
    title: str
    steps: tuple[str, ...]
    before: tuple[str, ...]

    def text(self) -> str:
        """The same in a sentence."""
        parts = []
        if self.steps:
            parts.append(tr(N_("steps not ticked: {steps}"), steps=_named(self.steps)))
        if self.before:
            parts.append(tr(N_("waits for {tasks}"), tasks=_named(self.before)))
        return tr(N_("{task}: {what}"), task=self.title, what=tr(N_("; ")).join(parts))


def _named(several: tuple[str, ...]) -> str:
    more = " …" if len(several) > _NAMED else ""
    return tr(N_(", ")).join(several[:_NAMED]) + more


def waiting(book: Book, tasks: Iterable[int] | None = None) -> dict[int, tuple[int, ...]]:
    """The open tasks that wait, each with the open tasks that must be done first; of some or of all."""
    with book.reading() as db:
        return _before(db, tasks, f"t.status IN {OPEN_SQL}")


def _before(db: Connection, tasks: Iterable[int] | None, which: str) -> dict[int, tuple[int, ...]]:
    params = []
    if tasks is not None:
        which += " AND d.task IN (SELECT value FROM json_each(?))"
        params.append(json.dumps(list(tasks)))
    rows = db.run(
        "SELECT DISTINCT d.task, d.after FROM task_dependency d JOIN task a ON a.id = d.after "
        "JOIN task t ON t.id = d.task WHERE d.alive = 1 AND a.alive = 1 AND t.alive = 1 "
        f"AND d.task != d.after AND a.status IN {OPEN_SQL} AND {which} ORDER BY d.task, d.after",
        params,
    )
    made: defaultdict[int, list[int]] = defaultdict(list)
    for task, after in rows:
        made[int(task)].append(int(after))
    return {task: tuple(found) for task, found in made.items()}


def holding(book: Book, tasks: Iterable[int]) -> list[Holding]:
    """Which of some tasks leave something open when they are finished, be it now or just before."""
    wanted = list(tasks)
    with book.reading() as db:
        before = _before(db, wanted, "1")
        steps: defaultdict[int, list[str]] = defaultdict(list)
        for task, title in db.run(
            "SELECT task, title FROM checklist_item WHERE alive = 1 AND done IS NOT 1 "
            "AND task IN (SELECT value FROM json_each(?)) ORDER BY task, place, id",
            (json.dumps(wanted),),
        ):
            steps[int(task)].append(str(title))
        names = {one: book.label("task", one) for one in {*before, *steps}}
        first = {one for found in before.values() for one in found}
        names |= {one: book.label("task", one) for one in first - names.keys()}
    return [
        Holding(
            one,
            names[one],
            tuple(steps.get(one, ())),
            tuple(names[other] for other in before.get(one, ())),
        )
        for one in dict.fromkeys(wanted)
        if one in before or one in steps
    ]
