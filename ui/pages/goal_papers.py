"""The buttons above the lists of goals: hold a review, make an agreement."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from models.texts import N_, tr
from ui.session import Session


def open_review(session: Session, parent: QWidget) -> None:
    """Hold a goal review: page by page, with what is decided."""
    from ui.pages.goal_review import GoalReview

    dialog = GoalReview(session, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def open_agreement(session: Session, parent: QWidget, person: int) -> None:
    """Make a goal agreement; ``person`` is whose is meant likely, 0 for nobody's."""
    from ui.pages.goal_agreement import GoalAgreementDialog

    dialog = GoalAgreementDialog(session, parent, person)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


class GoalPapers(QWidget):
    """Two buttons; ``person`` gives the row of whoever is looked at."""

    def __init__(self, session: Session, person: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._person = session, person
        self._review, self._agreement = QPushButton(self), QPushButton(self)
        self._review.clicked.connect(self._hold)
        self._agreement.clicked.connect(self._agree)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 2)
        row.addWidget(self._review)
        row.addWidget(self._agreement)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        for button, text in (
            (self._review, tr(N_("Goal review…"))),
            (self._agreement, tr(N_("Goal agreement…"))),
        ):
            button.setText(text)
            button.setAccessibleName(text)

    def _hold(self) -> None:
        open_review(self._session, self.window())

    def _agree(self) -> None:
        open_agreement(self._session, self.window(), self._person())
