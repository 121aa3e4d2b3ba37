"""What somebody should know who has just finished tasks."""

from __future__ import annotations

from models.book import Book
from models.tasks.dependencies import Holding, holding
from models.tasks.task import TASK

_MOST = 200  # tasks finished at once of which it is said


def left_open(book: Book, change: int) -> list[Holding]:
    """The tasks that a person's change finished although something of them is open."""
    with book.reading() as db:
        found = db.run(
            "SELECT first_edit, last_edit FROM change WHERE id = ? AND kind = 'edit' "
            "AND origin = 'ui' AND dead = 0 AND first_edit IS NOT NULL",
            (change,),
        )
        if not found:
            return []
        rows = db.run(
            "SELECT DISTINCT row FROM edit NOT INDEXED WHERE id BETWEEN ? AND ? AND entity = ? "
            "AND field = 'status' AND after = 'done' LIMIT ?",
            (*found[0], TASK.no, _MOST),
        )
        done = [int(row) for (row,) in rows]
        return holding(book, done) if done else []
