"""How the goals stand, read in the background once for all tabs that show it, and kept in step."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from ui.pages.sparks import Spark, sparks, with_span
from ui.session import Session

if TYPE_CHECKING:
    from models.goals.pace import Standing
    from models.goals.pace_board import PaceBoard, Untargeted
    from models.goals.wholes import Gap

_SOME, _MANY = 40, 300  # goals whose chances are reckoned before they are shown: at first, then


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
        self._unshown = False  # the board followed an edit, and its answer was given up
        self._watched: list[QWidget] = []
        self._begun = False  # the first chances are known
        self._waiting: list[int] = []  # goals whose chances are still to be reckoned
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
                return board, _seen(board)

        self.asked.emit()
        self._latest.ask(work, self._read, self._failed, tr(N_("Reading goals…")))

    def _read(self, found: tuple[PaceBoard, Seen]) -> None:
        self._board, seen = found
        self._waiting, self._begun = _in_order(seen), False
        self._show(replace(seen, chances=not self._waiting))
        self._add_chances()

    def _add_chances(self) -> None:
        """The chances of some goals more; what is known is shown meanwhile."""
        board, before = self._board, self.seen
        some = self._waiting[: _MANY if self._begun else _SOME]
        if board is None or before is None or not some:
            return
        last = len(some) == len(self._waiting)

        self._begun = True

        def work(progress: Progress) -> tuple[Seen, int]:
            with self._lock:
                board.add_chances(some, progress)
                return _with_chances(board, before, some, last=last), len(some)

        self._latest.ask(work, self._added, self._failed, tr(N_("Working out chances…")))

    def _added(self, found: tuple[Seen, int]) -> None:
        seen, count = found
        del self._waiting[:count]
        self._show(seen)
        self._add_chances()

    def _show(self, seen: Seen) -> None:
        self.seen, self._unshown = seen, False
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.fault = str(error)
        self._asked = self.seen is not None
        if self.seen is not None:  # who stops the chances goes on without them
            self._waiting = []
            self.seen = replace(self.seen, chances=True)
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

        def work(progress: Progress) -> tuple[Seen, list[int]] | None:
            with self._lock:
                self._unshown = bool(board.refresh(notice)) or self._unshown
                progress.step(0.5)
                return (_seen(board), sorted(board.unreckoned)) if self._unshown else None

        self._latest.ask(work, self._followed, self._failed)

    def _followed(self, found: tuple[Seen, list[int]] | None) -> None:
        if found is not None:
            seen, again = found
            rest = [one for one in self._waiting if one in seen.standings and one not in again]
            self._waiting = [*again, *rest]
            self._show(replace(seen, chances=not self._waiting))
        self._add_chances()


def _in_order(seen: Seen) -> list[int]:
    """The goals in the order in which their chances are reckoned: the uppermost, then the worst."""
    from models.goals import consequence

    levels = ("company", "team", "person")
    ordered = sorted(
        seen.standings.values(),
        key=lambda one: (levels.index(one.goal.level), consequence.weight(one)),
    )
    return [one.goal.id for one in ordered]


def _with_chances(board: PaceBoard, before: Seen, some: list[int], *, last: bool) -> Seen:
    curves = {
        one: with_span(before.sparks[one], board.standings[one].target, board.spans.get(one))
        for one in some
        if one in before.sparks and one in board.standings
    }
    return replace(
        before,
        standings=dict(board.standings),
        sparks={**before.sparks, **curves},
        chances=last,
    )


def _seen(board: PaceBoard) -> Seen:
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
        gaps(standings, board.parts),
        sparks(board),
        beside,
        periods,
        False,
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
