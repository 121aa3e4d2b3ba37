"""What needs somebody today, read in the background and kept in step with the book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.book import Notice
from models.progress import Progress
from models.texts import N_, tr
from ui.jobs import Latest
from ui.session import Session

if TYPE_CHECKING:
    from models.today.line import Found
    from models.today.today import Today

_PAUSE = 120  # ms that edits are gathered for
_MINUTE = 60_000
# What goals can't hang on: an edit of these alone doesn't add up a year again.
_LIGHT = frozenset(
    {
        "task", "follow_up_plan", "help_request", "contract", "contact", "pool_move", "pool_rule",
        "ownership_claim", "cover", "checklist_item", "task_dependency", "collaborator",
        "saved_view", "meeting", "decision", "project", "template", "skill", "skill_level",
        "workbook", "cell_conflict", "announcement", "read_receipt", "suggestion",
        "improvement_plan",
        "appeal", "evaluation", "evaluation_cycle", "evaluation_rating",
    }
)  # fmt: skip


class TodayReader(QObject):
    """Asks what there is to do; ``changed`` when there is news of it."""

    changed = Signal()

    def __init__(self, session: Session, watched: QWidget) -> None:
        super().__init__(watched)
        self._session, self._watched = session, watched
        self._latest = Latest(session.jobs, self)
        self._asked = False
        self._stale, self._heavy = False, True
        self._thorough: list[Found] = []
        self._goals: list[Found] = []
        self.today: Today | None = None
        self.fault = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self.read)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._look)
        self._clock.start()
        session.news.connect(self._heard)
        session.waiting_changed.connect(self._files_changed)

    def need(self) -> None:
        """Read if nothing was read yet, the day is another one, or something was written meanwhile."""
        if not self._asked or self._stale or self._old:
            self.read()

    @property
    def _old(self) -> bool:
        return self.today is not None and self.today.on != date.today()

    def _look(self) -> None:
        if self._old and self._watched.isVisible():
            self.read()

    def read(self) -> None:
        """Read what is quickly read; the rest follows, what was known of it stands meanwhile."""
        self._heavy = self._heavy or self._old or not self._asked
        self._asked, self._stale, self.fault = True, False, ""
        book, on = self._session.book, date.today()

        def work(progress: Progress) -> Today:
            from models.today import today

            return today.read_quick(book, on)

        self._latest.ask(work, self._read, self._failed, tr(N_("Reading what is to be done…")))

    def _read(self, quick: Today) -> None:
        known = self.today is not None and self.today.whole and self.today.on == quick.on
        self.today = quick.adding([*self._thorough, *self._goals]) if known else quick
        self.changed.emit()
        self._read_rest(quick)

    def _read_rest(self, quick: Today) -> None:
        book, on, files = self._session.book, quick.on, self._session.waiting_files
        goals = None if self._heavy else self._goals

        def work(progress: Progress) -> tuple[list[Found], list[Found]]:
            from models.today import today, words

            words.day_kind(quick.calendar, on)  # the years of holidays are read here
            thorough = today.read_thorough(book, on, files)
            progress.step(0.5)
            return thorough, today.read_goals(book, on) if goals is None else goals

        def done(found: tuple[list[Found], list[Found]]) -> None:
            self._thorough, self._goals = found
            self._heavy = False
            self.today = quick.adding([*self._thorough, *self._goals])
            self.changed.emit()

        self._latest.ask(work, done, self._failed, tr(N_("Reading what is to be done…")))

    def _failed(self, error: Exception) -> None:
        self.fault = str(error)
        self._asked = self.today is not None
        self.changed.emit()

    def _files_changed(self) -> None:
        if self._asked and self._watched.isVisible():
            self._soon.start()
        else:
            self._stale = True

    def _heard(self, notice: Notice) -> None:
        if not self._asked:
            return
        self._heavy = self._heavy or not _LIGHT.issuperset(notice.touched)
        if self._watched.isVisible():
            self._soon.start()
        else:
            self._stale = True
