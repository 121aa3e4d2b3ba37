"""What an evaluation proposes to improve: each plan can be left out, and it is said where the data can't tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.growth import plan_acts
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.jobs import Latest
from ui.session import Session

if TYPE_CHECKING:
    from models.growth.plans import Proposal, Proposed


class ProposePlans(QDialog):
    """Reads in the background; accepting is one change."""

    def __init__(self, session: Session, evaluation: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        book = session.book
        self.setWindowTitle(
            tr(N_("Plans from {evaluation}"), evaluation=book.label("evaluation", evaluation))
        )
        self.resize(theme.fitting(self, 640, 520))
        self.checks: list[tuple[QCheckBox, Proposal]] = []
        self._inside = QWidget(self)
        self._lines = QVBoxLayout(self._inside)
        self._said = self._label(tr(N_("Reading…")), "muted")
        self._lines.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self._inside)
        self.buttons = QDialogButtonBox(self)
        self.accepting = self._button(tr(N_("Accept plans")), QDialogButtonBox.ButtonRole.AcceptRole)  # fmt: skip
        self.saving = self._button(tr(N_("Only propose")), QDialogButtonBox.ButtonRole.ActionRole)
        cancel = self._button(tr(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        self.accepting.clicked.connect(self._take)
        self.saving.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        self.accepting.setEnabled(False)
        self.saving.setEnabled(False)
        box = QVBoxLayout(self)
        box.addWidget(area, 1)
        box.addWidget(self.buttons)
        self._latest = Latest(session.jobs, self)

        def work(_: Progress) -> Proposed:
            from models.growth.asked import for_evaluation

            return for_evaluation(book, evaluation)

        self._latest.ask(work, self._put, self._failed)

    def _button(self, text: str, role: QDialogButtonBox.ButtonRole) -> Any:
        button = self.buttons.addButton(text, role)
        button.setAccessibleName(text)
        return button

    def _label(self, text: str, look: str = "") -> QLabel:
        label = QLabel(text, self._inside)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if look:
            label.setObjectName(look)
        self._lines.insertWidget(max(self._lines.count() - 1, 0), label)
        return label

    def _put(self, found: Proposed) -> None:
        self._said.setVisible(not found.proposals)
        self._said.setText(tr(N_("Nothing is proposed: no item is weak, or the data can't tell.")))
        for one in found.proposals:
            self._offer(one)
        if found.withheld:
            heading = self._label(tr(N_("Weak, but without a proposal")), "heading")
            heading.setContentsMargins(0, 10, 0, 0)
            self._label("\n".join(found.withheld), "muted")
        if self.checks:
            self.checks[0][0].setFocus()
        self._turned()

    def _offer(self, one: Proposal) -> None:
        check = QCheckBox(one.title.replace("&", "&&"), self._inside)
        check.setAccessibleName(one.title)
        check.setChecked(True)
        check.toggled.connect(self._turned)
        self._lines.insertWidget(self._lines.count() - 1, check)
        self.checks.append((check, one))
        until = tr(N_("Checked on {day}."), day=one.check_on.isoformat())
        steps = [
            tr(N_("• {step} (by {day})"), step=step.title, day=step.due.isoformat())
            for step in one.steps
            if step.due
        ]
        label = self._label("\n".join((one.evidence, until, *steps)))
        label.setContentsMargins(theme.scaled(24), 0, 0, 8)

    def _failed(self, error: Any) -> None:
        self._said.setText(str(error))

    def _chosen(self) -> list[Proposal]:
        return [one for check, one in self.checks if check.isChecked()]

    def _turned(self) -> None:
        some = bool(self._chosen())
        self.accepting.setEnabled(some)
        self.saving.setEnabled(some)

    def _take(self) -> None:
        self._write(agreed=True)

    def _save(self) -> None:
        self._write(agreed=False)

    def _write(self, *, agreed: bool) -> None:
        book = self._session.book
        try:
            (plan_acts.accept if agreed else plan_acts.save)(book, self._chosen())
        except Refused as refused:
            self._session.refused.emit(str(refused))
            return
        info = book.info(book.last_change)
        if info is not None:
            self._session.said.emit(info.reason, info.no)
        self.accept()
