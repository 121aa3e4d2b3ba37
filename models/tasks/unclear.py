"""Open tasks that nobody can be held to: without an owner, a day, a way to see that they are done."""

from __future__ import annotations

from dataclasses import dataclass

from models.book import Book
from models.tasks.states import OPEN_SQL
from models.tasks.task import TASK
from models.texts import N_, tr

_ASKED = ("owner", "due", "done_criteria")
FILTER = "status != done and status != cancelled and (owner is empty or due is empty or done_criteria is empty or question is not empty)"


@dataclass(frozen=True)
class Unclear:
    """One task; ``missing`` are ids of fields, ``question`` is what its owner asks."""

    task: int
    title: str
    missing: tuple[str, ...]
    question: str = ""

    def text(self) -> str:
        """What is missing, in a sentence."""
        parts = []
        if self.question:
            parts.append(tr(N_("question: {question}"), question=self.question))
        if self.missing:
            names = tr(N_(", ")).join(TASK.field(one).text() for one in self.missing)
            parts.append(tr(N_("not said: {fields}"), fields=names))
        return tr(N_("; ")).join(parts)


def unclear(book: Book) -> list[Unclear]:
    """Open tasks of which something isn't said; questions first, then those that lack most."""
    with book.reading() as db:
        rows = db.run(
            "SELECT id, title, question, owner IS NULL, due IS NULL, "
            "coalesce(trim(done_criteria), '') = '' FROM task "
            f"WHERE alive = 1 AND status IN {OPEN_SQL} AND (owner IS NULL OR due IS NULL "
            "OR coalesce(trim(done_criteria), '') = '' OR question IS NOT NULL) ORDER BY id"
        )
    made = [
        Unclear(
            int(row),
            str(title or ""),
            tuple(name for name, gone in zip(_ASKED, lacks, strict=True) if gone),
            str(question or ""),
        )
        for row, title, question, *lacks in rows
    ]
    return sorted(made, key=lambda one: (not one.question, -len(one.missing)))
