"""How the goals stand, read in the background once for all tabs that show it, and kept in step."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from models import relative
from models.book import Book, Notice
from models.periods import Period
from models.progress import Progress
from models.texts import N_, tr
from ui.jobs import Latest
from ui.pages.sparks import Spark, sparks
from ui.session import Session

if TYPE_CHECKING:
    from models.goals.pace import Standing
    from models.goals.pace_board import PaceBoard, Untargeted
    from models.goals.wholes import Gap


@dataclass(frozen=True)
class Seen:
    """The goals as they stood when they were read; screens keep nothing else."""

    on: date
    period: Period | None
    standings: Mapping[int, Standing]
    roots: tuple[int, ...]
    children: Mapping[int, tuple[int, ...]]
    people: Mapping[int, str]
    gaps: Mapping[int, Gap]
    sparks: Mapping[int, Spark]
    beside: tuple[Untargeted, ...]
    periods: tuple[Period, ...]  # those that have goals, the latest first
    chances: bool  # whether they are known already
    goals: int  # in the whole book


class PaceReader(QObject):
    """Asks for the pace of the goals of a period on a day; ``changed`` when there is news of it."""

    changed = Signal()
    asked = Signal()  # another question; what is shown is not its answer yet

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = Latest(session.jobs, self)
        self._lock = threading.Lock()  # a job that was given up may still be at the board
        self._board: PaceBoard | None = None
        self._stale = self._asked = False
        self._watched: list[QWidget] = []
        self.seen: Seen | None = None
        self.period = ""  # the label of the period that is looked at; "": what runs on the day
        self.day: date | None = None  # None: today
        self.fault = ""
        session.news.connect(self._heard)

    @property
    def on(self) -> date:
        """The day at whose end it is looked at."""
        return self.day or date.today()

    @property
    def board(self) -> PaceBoard | None:
        """What was read last; only for jobs."""
        return self._board

    def choose(self, period: str, day: date | None) -> None:
        """Look at another period, or on another day."""
        if (period, day) != (self.period, self.day):
            self.period, self.day = period, day
            self.read()

    def need(self) -> None:
        """Read if nothing was read yet, or follow what was written meanwhile."""
        if not self._asked:
            self.read()
        elif self._stale:
            self._follow(None)

    def read(self) -> None:
        """Read everything again."""
        self._asked, self._stale, self.fault = True, False, ""
        book, period, on = self._session.book, self.period, self.on
        self._board = None

        def work(progress: Progress) -> tuple[PaceBoard, Seen]:
            from models.goals.pace_board import PaceBoard

            with self._lock:
                meant = relative.parse(period, book.calendar, on) if period else None
                board = PaceBoard(book, on, meant)
                progress.step(0.1)
                return board, _seen(board, chances=False)

        self.asked.emit()
        self._latest.ask(work, self._read, self._failed, tr(N_("Reading goals…")))

    def _read(self, found: tuple[PaceBoard, Seen]) -> None:
        self._board, self.seen = found
        self.changed.emit()
        self._add_chances()

    def _add_chances(self) -> None:
        board = self._board
        assert board is not None

        def work(progress: Progress) -> Seen:
            with self._lock:
                board.add_chances(progress=progress)
                return _seen(board, chances=True)

        self._latest.ask(work, self._show, self._failed, tr(N_("Working out chances…")))

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.fault = str(error)
        self._asked = self.seen is not None
        self.changed.emit()

    def _heard(self, notice: Notice) -> None:
        if not self._asked:
            return
        if any(one.isVisible() for one in self._watched):
            self._follow(notice)
        else:
            self._stale = True

    def watch(self, widget: QWidget) -> None:
        """Follow edits at once as long as this widget is seen."""
        self._watched.append(widget)

    def _follow(self, notice: Notice | None) -> None:
        """Read again only what was touched."""
        board = self._board
        if board is None:
            self.read()
            return
        self._stale = False
        complete = self.seen is not None and self.seen.chances

        def work(progress: Progress) -> Seen | None:
            with self._lock:
                changed = board.refresh(notice)
                progress.step(0.5)
                return _seen(board, chances=complete) if changed else None

        self._latest.ask(work, self._followed, self._failed)

    def _followed(self, seen: Seen | None) -> None:
        if seen is not None:
            self._show(seen)
        if self.seen is not None and not self.seen.chances:
            self._add_chances()


def _seen(board: PaceBoard, *, chances: bool) -> Seen:
    from models.goals.wholes import gaps

    standings = dict(board.standings)
    people = {
        one.goal.person: board.person_name(one.goal.person)
        for one in standings.values()
        if one.goal.person is not None
    }
    for one in (beside := tuple(board.untargeted())):
        if one.person is not None:
            people.setdefault(one.person, board.person_name(one.person))
    children = dict(board.children)
    periods, goals = _periods(board.book)
    return Seen(
        board.on,
        board.period,
        standings,
        board.roots,
        children,
        people,
        gaps(standings, children),
        sparks(board),
        beside,
        periods,
        chances,
        goals,
    )


def _periods(book: Book) -> tuple[tuple[Period, ...], int]:
    """The years, quarters and own periods that have goals, the latest first; and how many goals are."""
    ids = book.ids("goal")
    found: dict[str, Period] = {}
    labels = {str(one) for (one,) in book.rows("goal", ids, ["period"]) if one}
    for label in labels:
        period = book.calendar.try_parse(label)
        if period is None:
            continue
        found[period.label] = period
        for unit in ("quarter", "year"):
            around = book.calendar.of(unit, period.start)
            if around.start <= period.start and period.end <= around.end:
                found.setdefault(around.label, around)
    ordered = sorted(found.values(), key=lambda one: (one.end - one.start, one.end), reverse=True)
    return tuple(ordered), len(ids)
