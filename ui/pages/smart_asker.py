"""Asks the SMART meter while somebody writes a goal: at once what is quick, then the chance in a job."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from models.book import Notice
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from ui.jobs import Latest
from ui.session import Session

if TYPE_CHECKING:
    from models.goals.prospects import Prospects
    from models.goals.smart_draft import Judgement

_TYPING = 350  # ms after the last key before the history is asked
_OWN = {"goal", "key_result", "goal_checkpoint", "goal_agreement", "commitment", "task"}


class SmartAsker(QObject):
    """``judged`` carries each judgement; the one with the chance comes a moment later."""

    judged = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = Latest(session.jobs, self)
        self._prospects: Prospects | None = None
        self._values: Mapping[str, Any] = {}
        self._goal: int | None = None
        self.on: date | None = None  # what counts as today; None: today
        self.last: Judgement | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._ask_history)
        session.news.connect(self._heard)

    def _heard(self, notice: Notice) -> None:
        if not notice.touched.keys() <= _OWN:
            self._prospects = None  # other records, other chances

    def ask(self, values: Mapping[str, Any], goal: int | None) -> None:
        """Judge a goal: ``goal`` as it is saved, with what is typed differently."""
        from models.goals.smart import judge

        self._values, self._goal = rows_of(self._session, values), goal
        self._latest.forget()
        self._tell(judge(self._session.book, self._values, goal=goal, on=self.on))
        self._timer.start()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._timer.stop()
        self._latest.forget()

    def _tell(self, judgement: Judgement) -> None:
        self.last = judgement
        self.judged.emit(judgement)

    def _ask_history(self) -> None:
        book, values, goal = self._session.book, self._values, self._goal
        known, on = self._prospects, self.on

        def work(progress: Progress) -> tuple[Prospects | None, Judgement]:
            from models.goals.prospects import Prospects
            from models.goals.smart import judge
            from models.goals.smart_draft import draft

            made = draft(book, values, goal, on)
            if made.what is None or made.period is None:
                return known, judge(book, values, goal=goal, on=on)
            fits = known is not None and known.fits(made)
            prospects = known if fits else Prospects(book, made.what, made.period, made.on)
            progress.step(0.7)
            assert prospects is not None
            reach = prospects.of(made)
            return prospects, judge(book, values, goal=goal, on=on, reach=reach)

        self._latest.ask(work, self._told, self._failed, tr(N_("Working out the chance…")))

    def _told(self, found: tuple[Prospects | None, Judgement]) -> None:
        self._prospects, judgement = found
        self._tell(judgement)

    def _failed(self, error: Exception) -> None:
        if str(error):
            self._session.refused.emit(str(error))


def rows_of(session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values with links as rows; a name that names nobody yet is nobody."""
    from models import links

    book = session.book
    entity = book.schema.entity("goal")
    made: dict[str, Any] = {}
    for name, value in values.items():
        field = entity.field(name)
        if field.kind != "link" or not isinstance(value, str):
            made[name] = value
            continue
        made[name] = None
        if value.strip():
            try:
                with book.reading() as db:
                    made[name] = links.resolve(db, book.schema, book.public, field.target, value)
            except Refused:
                continue
    return made
