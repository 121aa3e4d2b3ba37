"""The requests for help that wait for an answer: how long, and whose turn it is."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from models import money
from models.tasks import blocking
from models.texts import N_, tr
from ui import theme
from ui.records.short_table import ShortTable
from ui.session import Session


class WaitingRequests(QDialog):
    """A table that is only read; Enter or a double click opens the request."""

    def __init__(self, session: Session, parent: QWidget, now: datetime | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(tr(N_("Waiting for an answer")))
        self.resize(theme.fitting(self, 680, 380))
        self._waits = blocking.waits(session.book, now or datetime.now(UTC))
        kind = session.book.schema.entity("help_request")
        box = QVBoxLayout(self)
        told = QLabel(
            tr(
                N_(
                    "A request is passed up to the superior after {first} working day without an answer, and to the next one up after {second}."
                ),
                first=money.plain(blocking.ESCALATED_AFTER[0]),
                second=money.plain(blocking.ESCALATED_AFTER[1]),
            )
            if self._waits
            else tr(N_("No request waits for an answer.")),
            self,
        )
        told.setWordWrap(True)
        box.addWidget(told)
        heads = (
            kind.field("title").text(),
            kind.field("person").text(),
            tr(N_("Working days")),
            tr(N_("Whose turn it is")),
        )
        name = session.book.label
        rows = [
            (
                one.title,
                name("salesperson", one.person) if one.person else "",
                money.plain(one.days),
                one.asked_name or tr(N_("nobody")),
            )
            for one in self._waits
        ]
        self._table = ShortTable(heads, rows, self.windowTitle(), 300)
        self._table.activated.connect(self._open)
        box.addWidget(self._table, 1)
        buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.ActionRole, tr(N_("Open record")), self._open),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Close")), self.reject),
        ):
            button = buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            button.clicked.connect(act)
        box.addWidget(buttons)
        if rows:
            self._table.setCurrentCell(0, 0)

    def _open(self) -> None:
        at = self._table.currentRow()
        if 0 <= at < len(self._waits):
            self.accept()
            self._session.record_wanted.emit("help_request", self._waits[at].request)
