"""The records behind a goal's number, found in the background, to be shown in their list."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.progress import Progress
from models.texts import N_, tr
from ui.jobs import Latest
from ui.session import Session

if TYPE_CHECKING:
    from models.book import Book
    from models.goals.pace import Standing
    from models.goals.pace_board import PaceBoard
    from ui.pages.pace_reader import PaceReader

Records = dict[str, list[int]]


class Behind(QObject):
    """Finds them; ``found`` carries what they are, and the ids by entity."""

    found = Signal(str, object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = Latest(session.jobs, self)

    def ask(self, reader: PaceReader, goal: int) -> None:
        """Find those of a goal, up to the day that is looked at."""
        board, seen, book = reader.board, reader.seen, self._session.book
        if board is None or seen is None or goal not in seen.standings:
            return
        one = seen.standings[goal]

        def work(progress: Progress) -> tuple[str, Records]:
            return one.goal.title, records_of(book, board, one)

        self._latest.ask(work, self._told, self._failed, tr(N_("Finding the records…")))

    def _told(self, answer: tuple[str, Records]) -> None:
        title, records = answer
        if any(records.values()):
            self.found.emit(title, records)
        else:
            self._session.refused.emit(tr(N_("There is no record behind {goal} yet."), goal=title))

    def _failed(self, error: Exception) -> None:
        if str(error):
            self._session.refused.emit(str(error))


def records_of(book: Book, board: PaceBoard, one: Standing) -> Records:
    """The records that a goal counts: those of its measure, else its key results."""
    from models.measures import engine
    from models.periods import Period

    goal = one.goal
    found: defaultdict[str, list[int]] = defaultdict(list)
    if one.what is None:
        found["key_result"] = list(book.linked("key_result", "goal", goal.id))
    elif goal.first is not None and goal.last is not None and goal.first <= one.on:
        until = min(goal.last, one.on) + timedelta(days=1)
        scope = board.scope(goal.id)
        by = None if scope is None else "person"
        period = Period(goal.first, until, goal.period)
        for each in engine.records(book, one.what.code, period=period, by=by):
            if scope is None or each.key in scope:
                found[each.entity].append(each.id)
    return dict(found)
