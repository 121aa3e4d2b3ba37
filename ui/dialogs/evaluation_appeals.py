"""An appeal against a result, and the answer to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from models.evaluations import appeals
from models.evaluations.steps import Objection, Standing
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.dialogs.plan_follow_up import Acting
from ui.session import Session


class FileAppeal(Acting):
    """What the person objects to, and why."""

    written = Signal()

    def __init__(self, session: Session, one: Standing, parent: QWidget) -> None:
        assert one.evaluation is not None
        self._evaluation, self._person = one.evaluation, one.person
        title = tr(N_("Appeal of {person}"), person=one.scored.name)
        super().__init__(session, title, "appeal", (), parent)
        self.item = QComboBox(self)
        self.item.addItem(tr(N_("The whole result")), None)
        for item in one.scored.items:
            self.item.addItem(item.name, session.book.row_id("scorecard_item", item.item))
        label = QLabel(tr(N_("About")), self)
        label.setBuddy(self.item)
        self.item.setAccessibleName(label.text())
        self.form.addRow(label, self.item)
        self.ask("reason")
        self.finish(tr(N_("File the appeal")))
        self.item.setFocus()

    def do(self) -> None:
        """File it.

        Raises:
            Refused: no reason, or it can't be appealed against.
        """
        reason = self.boxes["reason"].typed().strip()
        if not reason:
            raise Refused("no_reason", N_("Say what is thought to be wrong."))
        appeals.file(
            self.session.book, self._evaluation, self._person, reason, self.item.currentData()
        )
        self.tell()
        self.written.emit()


class AnswerAppeal(Acting):
    """Whether the result stands; where it doesn't, a new version is made to correct it."""

    written = Signal()

    def __init__(self, session: Session, one: Standing, appeal: Objection, parent: QWidget) -> None:
        assert one.evaluation is not None
        self._evaluation, self._appeal = one.evaluation, appeal.row
        title = tr(N_("Answer the appeal of {person}"), person=one.scored.name)
        super().__init__(session, title, "appeal", (), parent)
        said = QLabel(appeal.reason, self)
        said.setWordWrap(True)
        said.setMinimumWidth(theme.scaled(360))
        self.form.addRow(said)
        self.ask("answer")
        self.correct = QCheckBox(tr(N_("The result is corrected: make a new version")), self)
        self.correct.setAccessibleName(self.correct.text())
        self.form.addRow(self.correct)
        hint = QLabel(
            tr(N_("What was signed stays as it is; the new version is judged and signed anew.")),
            self,
        )
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        self.form.addRow(hint)
        self.finish(tr(N_("Answer")))
        self.boxes["answer"].editor.setFocus()

    def do(self) -> None:
        """Answer it.

        Raises:
            Refused: without an answer.
        """
        book, answer = self.session.book, self.boxes["answer"].typed().strip()
        if not answer:
            raise Refused("no_reason", N_("Say what the answer is."))
        if self.correct.isChecked():
            appeals.correct(book, self._evaluation, answer, self._appeal)
        else:
            appeals.answer(book, self._appeal, answer, "upheld")
        self.tell()
        self.written.emit()
