"""What is done with a cycle and with one person's evaluation, in the background, each one change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from models.book import Book
from models.evaluations import cycle, rating, steps
from models.evaluations.steps import Standing
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui.pages.evaluation_reader import EvaluationReader
from ui.pages.evaluation_signing import SigningActs
from ui.session import Session

_BY = {steps.SELF: "self", steps.JUDGE: "manager"}


class EvaluationActs(QObject):
    """Does what the buttons say."""

    def __init__(self, session: Session, reader: EvaluationReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._reader, self._widget = session, reader, parent
        self._busy = False
        self.signing = SigningActs(session, self._run, parent)

    # -- the cycle ---------------------------------------------------------------------------------

    def new_cycle(self) -> None:
        """Ask for another cycle, then who is in it."""
        from ui.dialogs.open_cycle import NewCycle

        dialog = NewCycle(self._session, self._widget, self._reader.today)
        dialog.made.connect(self._reader.choose)
        dialog.open()

    def open_cycle(self) -> None:
        """Show who would be in the cycle, and open it."""
        from ui.dialogs.open_cycle import OpenCycle

        found = self._reader.desk
        if found is None or found.cycle is None:
            return
        if all(one.evaluation is not None for one in found.standings):
            self._session.refused.emit(tr(N_("Everybody is in this cycle already.")))
            return
        OpenCycle(self._session, found, found.cycle, self._widget).open()

    def all_on(self) -> None:
        """Move all who stand where the cycle is to the next stage; who can't is told."""
        found = self._reader.desk
        if found is None or found.cycle is None:
            return
        row = found.cycle.row
        names = {one.evaluation: one.scored.name for one in found.standings}

        def work(book: Book) -> cycle.Advanced:
            return cycle.advance_all(book, row)

        def told(made: cycle.Advanced) -> None:
            n = len(made.moved)
            lines = [ntr("{n} person moved to the next stage.", "{n} people moved to the next stage.", n)]  # fmt: skip
            for evaluation, why in made.left:
                text = N_("{person} stays: {reason}")
                lines.append(tr(text, person=names.get(evaluation, ""), reason=str(why)))
            if made.change is None:
                self._session.refused.emit("\n".join(lines))
            else:
                self._session.said.emit("\n".join(lines), made.change)

        self._run(tr(N_("Moving everybody on…")), work, told)

    # -- one person --------------------------------------------------------------------------------

    def do(self, one: Standing, step: str) -> None:
        """Do a step with somebody's evaluation."""
        row = one.evaluation
        if row is None or self._busy:
            return
        match step:
            case steps.ADVANCE:
                self._run("", lambda book: cycle.advance(book, row))
            case steps.HAND_IN:
                self._run("", lambda book: rating.hand_in_self(book, row))
            case steps.FINISH:
                self._run("", lambda book: rating.finish_manager(book, row))
            case steps.SELF | steps.JUDGE:
                self._judge(one, _BY[step])
            case _:
                self._ask(one, step)

    def _judge(self, one: Standing, by: str, rater: int | None = None) -> None:
        from ui.dialogs.rate_items import RateItems

        dialog = RateItems(self._session, one, by, self._widget, rater)
        if dialog.boxes:
            dialog.open()
        else:
            dialog.deleteLater()
            self._session.refused.emit(
                tr(N_("Nothing on this scorecard is judged by people; all items are measured."))
            )

    def _ask(self, one: Standing, step: str) -> None:
        from ui.dialogs.evaluation_asks import (
            AskColleague,
            NameEvaluator,
            SendBack,
            WithoutSelfReview,
        )

        made: QDialog
        match step:
            case steps.WAIVE:
                made = WithoutSelfReview(self._session, one, self._widget)
            case steps.NAME:
                made = NameEvaluator(self._session, one, self._widget)
            case steps.BACK:
                made = SendBack(self._session, one, self._widget)
            case steps.ASK:
                from ui.dialogs.ask_colleagues import AskColleagues

                made = AskColleagues(self._session, one, self._widget)
            case steps.PEER:
                made = AskColleague(self._session, one, self._widget)
                made.chosen.connect(lambda row: self._judge(one, "peer", row))
            case _:
                self.signing.do(one, step)
                return
        made.open()

    # -- writing -----------------------------------------------------------------------------------

    def _run(
        self,
        text: str,
        work: Callable[[Book], Any],
        told: Callable[[Any], object] | None = None,
    ) -> None:
        """Write in the background; what was done is told with its undo."""
        book = self._session.book

        def job(progress: Progress) -> tuple[Any, int]:
            return work(book), book.last_change

        def done(found: tuple[Any, int]) -> None:
            self._busy = False
            result, number = found
            info = book.info(number)
            if told is not None:
                told(result)
            elif info is not None:
                self._session.said.emit(info.reason, info.no)

        def failed(error: Exception) -> None:
            self._busy = False
            if isinstance(error, Refused):
                self._session.refused.emit(str(error))

        self._busy = True
        self._session.jobs.run(text, job, done, failed)
