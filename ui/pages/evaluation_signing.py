"""The last part of the way: put before both, signed, sealed, looked at since, objected, printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from models.book import Book
from models.evaluations import presenting, sealing, steps
from models.evaluations.steps import Standing
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import files
from ui.session import Session

Run = Callable[..., None]


class SigningActs(QObject):
    """What is done from the talk on; ``run`` writes in the background."""

    def __init__(self, session: Session, run: Run, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._run, self._widget = session, run, parent

    def do(self, one: Standing, step: str) -> None:
        """Do one of these steps."""
        assert one.evaluation is not None
        match step:
            case steps.PRESENT:
                self._present(one.evaluation)
            case steps.SEAL:
                self._seal(one.evaluation)
            case steps.LATER:
                self._later(one)
            case steps.PAPER:
                self._paper(one)
            case _:
                self._ask(one, step)

    def _ask(self, one: Standing, step: str) -> None:
        from ui.dialogs.evaluation_appeals import AnswerAppeal, FileAppeal
        from ui.dialogs.sign_evaluation import SignEvaluation

        made: QDialog | None = None
        match step:
            case steps.SIGN_SELF:
                made = SignEvaluation(self._session, one, "self", self._widget)
            case steps.SIGN_MANAGER:
                made = SignEvaluation(self._session, one, "manager", self._widget)
            case steps.APPEAL:
                made = FileAppeal(self._session, one, self._widget)
            case steps.ANSWER if one.open_appeal is not None:
                made = AnswerAppeal(self._session, one, one.open_appeal, self._widget)
        if made is not None:
            made.open()

    def _present(self, row: int) -> None:
        def work(book: Book) -> presenting.Presented:
            return presenting.present(book, row)

        def told(made: presenting.Presented) -> None:
            said = tr(N_("It lies before both now; whoever signs, signs exactly this."))
            if made.voided:
                more = ntr("{n} signature is void.", "{n} signatures are void.", made.voided)
                said = tr(N_("{said} {more}"), said=said, more=more)
            elif not made.fresh:
                said = tr(N_("Nothing is otherwise than what lies before both already."))
            self._session.said.emit(said, 0)

        self._run(tr(N_("Working out scores…")), work, told)

    def _seal(self, row: int) -> None:
        def work(book: Book) -> sealing.Sealed:
            return sealing.seal(book, row)

        def told(made: sealing.Sealed) -> None:
            text = N_("Sealed as number {n}: it stands for good, whatever is changed later. Digest {digest}…")  # fmt: skip
            self._session.said.emit(tr(text, n=made.number, digest=made.digest[:12]), 0)

        self._run(tr(N_("Sealing…")), work, told)

    def _later(self, one: Standing) -> None:
        row = one.evaluation
        assert row is not None

        def work(book: Book) -> tuple[Any, Any]:
            from models.evaluations import later

            return later.changes(book, row), later.now(book, row)

        def told(found: tuple[Any, Any]) -> None:
            from ui.dialogs.later_changes import LaterChanges

            LaterChanges(self._session, one, *found, self._widget).open()

        self._run(tr(N_("Comparing with what was signed…")), work, told)

    # -- the paper ---------------------------------------------------------------------------------

    def _paper(self, one: Standing) -> None:
        name = f"{one.scored.cycle_name} {one.scored.name}.pdf".replace("/", "-")
        path = files.ask_save(self._widget, tr(N_("Save as PDF…")), name, "PDF (*.pdf)")
        if path is not None:
            self.print(one, path)

    def print(self, one: Standing, path: Path) -> None:
        """Write the sheet of somebody as a PDF."""
        book = self._session.book

        def work(progress: Progress) -> str:
            from models.evaluations import sheet_of
            from models.evaluations.paper import paper
            from models.sheets import placing
            from ui.printing.document import pdf

            placing.put(path, pdf(paper([sheet_of.sheet(book, one)])))
            return path.name

        def done(name: str) -> None:
            self._session.said.emit(tr(N_("Written: {file}"), file=name), 0)

        self._session.jobs.run(tr(N_("Writing {file}"), file=path.name), work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        if str(error):
            self._session.refused.emit(str(error))
