"""Asks whose goal agreement is wanted for which period, and writes it as a PDF or a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models import links, relative
from models.change import Change
from models.periods import Period
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from ui import files, theme
from ui.records.editors import LinkEditor
from ui.session import Session


class GoalAgreementDialog(QDialog):
    """Person and period; what is wrong is said beneath."""

    def __init__(
        self, session: Session, parent: QWidget, person: int = 0, period: str = ""
    ) -> None:
        super().__init__(parent)
        self._session, self._today = session, date.today()
        self.setWindowTitle(tr(N_("Goal agreement")))
        self.setMinimumWidth(theme.scaled(440))
        self._person = LinkEditor(session, "salesperson", self)
        if person:
            self._person.put(session.book.label("salesperson", person), person)
        calendar = session.book.calendar
        self._period = QLineEdit(period or calendar.of("quarter", self._today).label, self)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for editor, text in ((self._person, N_("Person")), (self._period, N_("Period"))):
            editor.setAccessibleName(tr(text))
            form.addRow(tr(text), editor)
        self._note = QCheckBox(tr(N_("Write down in the book that it was issued today")), self)
        self._note.setAccessibleName(self._note.text())
        self._note.setChecked(True)
        form.addRow(self._note)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        row = QHBoxLayout()
        row.addStretch(1)
        for text, act in (
            (tr(N_("Save as PDF…")), self._ask_pdf),
            (tr(N_("Save as workbook…")), self._ask_sheet),
            (tr(N_("Cancel")), self.reject),
        ):
            button = QPushButton(text, self)
            button.setAccessibleName(text)
            button.clicked.connect(act)
            row.addWidget(button)
        box = QVBoxLayout(self)
        box.addLayout(form)
        box.addWidget(self._said)
        box.addLayout(row)

    def _ask_pdf(self) -> None:
        self._ask(tr(N_("Save as PDF…")), ".pdf", "PDF (*.pdf)")

    def _ask_sheet(self) -> None:
        self._ask(tr(N_("Save as workbook…")), ".xlsx", tr(N_("Workbook")) + " (*.xlsx)")

    def _meant(self) -> tuple[int, Period] | None:
        """Person and period, once there is something to agree on; what is wrong is said."""
        from models.goals.agreement import agreement

        book, calendar = self._session.book, self._session.book.calendar
        try:
            person = links.resolve(
                book.connection(), book.schema, book.public, "salesperson", self._person.meant()
            )
            found = relative.parse(self._period.text(), calendar, self._today)
            period = found or calendar.of("quarter", self._today)
            agreement(book, person, period, self._today)
        except Refused as refused:
            self._said.setText(str(refused))
            self._said.show()
            return None
        self._said.hide()
        return person, period

    def _ask(self, title: str, ending: str, kinds: str) -> None:
        if self._meant() is None:
            return
        name = f"{tr(N_('Goal agreement'))} {self._person.text()} {self._period.text()}{ending}"
        path = files.ask_save(self, title, name, kinds)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write the agreement, and, if that is asked for, that it was issued, as one change."""
        from models.goals.agreement import agreement, issued

        meant = self._meant()
        if meant is None:
            return
        person, period = meant
        book, today = self._session.book, self._today

        def act(change: Change) -> None:
            issued(change, book, person, period, today)

        if self._note.isChecked():
            label = book.label("salesperson", person)
            reason = tr(N_("Issue goal agreement: {person}"), person=label)
            if not self._session.write(reason, act, offer_undo=True):
                return
        made = agreement(book, person, period, today)

        def work(progress: Progress) -> str:
            if path.suffix.lower() == ".xlsx":
                from models.sheets import agreement_sheet

                agreement_sheet.write(path, made)
            else:
                from models.goals.agreement_paper import paper
                from models.sheets import placing
                from ui.printing import document

                placing.put(path, document.pdf(paper(made)))
            return path.name

        text = tr(N_("Writing {file}"), file=path.name)
        session = self._session

        def done(name: str) -> None:
            session.said.emit(tr(N_("Written: {file}"), file=name), 0)

        def failed(error: Exception) -> None:
            if str(error):
                session.refused.emit(str(error))

        session.jobs.run(text, work, done, failed)
        self.accept()
