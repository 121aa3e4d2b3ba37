"""Which goals stand in a person's workbook: those in force, and those whose period has just ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models import periods
from models.book import Book
from models.dialects import Connection
from models.goals.pace import Standing
from models.goals.pace_board import PaceBoard
from models.goals.scope import Scope

_JUST = timedelta(days=92)  # how long ago a period may have ended that is still shown


@dataclass(frozen=True)
class Shown:
    """A goal of a workbook: how it stands, and whose records count; None: all."""

    standing: Standing
    scope: Scope


class Standings:
    """The goals of everybody on a day; boards are made once for all workbooks that are issued."""

    def __init__(self, book: Book, on: date) -> None:
        self.book, self.on = book, on
        self._running = PaceBoard(book, on)
        self._ended: dict[tuple[date, date], PaceBoard] = {}

    def running(self, person: int) -> list[Shown]:
        """The goals of a person that are in force, in the order of their days."""
        with self.book.reading() as db:
            mine = _goals(db, person)
        return _shown(self._running, mine)

    def ended(self, person: int) -> list[Shown]:
        """The goals of a person whose period ended last: of each measure and length one."""
        with self.book.reading() as db:
            mine = _goals(db, person)
            latest = list(self._latest(db, mine))
        made = []
        for goal, window in latest:
            if window not in self._ended:
                self._ended[window] = PaceBoard(self.book, self.on, periods.days(*window))
            made += _shown(self._ended[window], {goal})
        return made

    def _latest(
        self, db: Connection, mine: Iterable[int]
    ) -> Iterable[tuple[int, tuple[date, date]]]:
        listed = ", ".join(str(one) for one in sorted(mine))
        found = db.run(
            "SELECT id, measure, level, team, title, starts_on, ends_on FROM goal "
            f"WHERE id IN ({listed}) AND ends_on < ? AND ends_on >= ? "
            "AND starts_on <= ends_on ORDER BY ends_on DESC, id",
            (self.on.isoformat(), (self.on - _JUST).isoformat()),
        )
        last: dict[tuple[object, ...], str] = {}
        for goal, measure, level, team, title, first, end in found:
            window = date.fromisoformat(first), date.fromisoformat(end)
            size = periods.size((window[1] - window[0]).days + 1)
            kind = (measure or title, level, team, size)
            if last.setdefault(kind, end) == end:
                yield goal, window


def _goals(db: Connection, person: int) -> set[int]:
    """Their own, those that they answer for, and those of teams that they lead."""
    found = db.run(
        "SELECT id FROM goal WHERE alive = 1 AND status NOT IN ('cancelled', 'superseded') "
        "AND (person = ? OR (person IS NULL AND level = 'team' "
        "AND team IN (SELECT id FROM team WHERE alive = 1 AND manager = ?)))",
        (person, person),
    )
    return {row for (row,) in found}


def _shown(board: PaceBoard, goals: Iterable[int]) -> list[Shown]:
    wanted = set(goals)
    return [
        Shown(one, board.scope(goal)) for goal, one in board.standings.items() if goal in wanted
    ]
