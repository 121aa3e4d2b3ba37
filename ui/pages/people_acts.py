"""The lists of leave and of people: what a leave means, handing over, how old somebody's data is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from models.progress import Progress
from models.texts import N_, tr
from models.workbooks import freshness
from ui.jobs import Latest
from ui.records.record_page import RecordPage
from ui.session import Session


class ActPage(RecordPage):
    """A list with one more button, for the selected record; ``act_text`` is what stands on it."""

    act_text = ""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.act_button: QPushButton | None = None
        super().__init__(session, parent)
        self.act_button = QPushButton(self)
        self.act_button.clicked.connect(self.act)
        self.buttons.addWidget(self.act_button)
        self.buttons.addWidget(self.add_button)
        self.grid.selectionModel().currentChanged.connect(self._able)
        self.model.loaded.connect(self._able)
        self.retranslate()
        self._able()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        super().retranslate()
        if self.act_button is not None:
            self.act_button.setText(tr(self.act_text))
            self.act_button.setAccessibleName(tr(self.act_text))

    def _row(self) -> int:
        at = self.grid.currentIndex()
        return max(self.model.id_at(at.row()), 0) if at.isValid() else 0

    def _able(self) -> None:
        if self.act_button is not None:
            self.act_button.setEnabled(bool(self._row()) and not self.model.deleted)

    def act(self) -> None:
        """Open the dialog of the selected record."""
        row = self._row()
        if row:
            dialog = self.make_dialog(row)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def make_dialog(self, row: int) -> QDialog:
        """The dialog of a record."""
        raise NotImplementedError


class Leave(ActPage):
    """Who is away, and when; a leave is decided on with what it means in view."""

    entity = "leave"
    act_text = N_("What it means…")

    def make_dialog(self, row: int) -> QDialog:
        """What the leave means."""
        from ui.dialogs.leave_decision import LeaveDecision

        return LeaveDecision(self.session, row, self.window())


class Salespeople(ActPage):
    """All salespeople; who leaves hands over. Beside somebody's figures stands how old their data is."""

    entity = "salesperson"
    columns = (
        "name", "employee_no", "team", "manager", "region", "position", "hire_date", "phone",
        "status",
    )  # fmt: skip
    act_text = N_("Hand over…")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._age = Latest(session.jobs, self)
        self._told = 0  # of whom the line in the pane is
        session.closing.connect(self._age.forget)
        self.detail.shown.connect(self._ask_age)

    def _ask_age(self, person: int) -> None:
        if person != self._told:
            self.detail.tell("")
            self._told = person
        book = self.session.book

        def work(_: Progress) -> freshness.Freshness | None:
            return freshness.ages(book, date.today()).get(person)

        self._age.ask(work, self._tell_age, self._no_age)

    def _tell_age(self, found: freshness.Freshness | None) -> None:
        self.detail.tell(found.text() if found is not None else "")

    def _no_age(self, _: Exception) -> None:
        self.detail.tell("")

    def make_dialog(self, row: int) -> QDialog:
        """What is handed over, to whom."""
        from ui.dialogs.hand_over import HandOverDialog

        return HandOverDialog(self.session, row, self.window())
