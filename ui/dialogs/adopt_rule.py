"""Adopting a changed scorecard: from which day on it is in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from models.texts import N_, tr
from ui.dialogs.asking import Asking
from ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.evaluations.rule_changes import RuleChange


class AdoptRule(Asking):
    """Names the changes and asks for the day; what is declined is said and the dialog stays."""

    def __init__(
        self, session: Session, scorecard: int, changes: Sequence[RuleChange], parent: QWidget
    ) -> None:
        title = tr(N_("Adopt a changed scorecard"))
        super().__init__(session, title, "scorecard_template", ("effective_from",), parent)
        self._scorecard, self._changes = scorecard, tuple(changes)
        text = tr(
            N_(
                "A new version of the scorecard is made. Evaluations that began keep the version that they began with."
            )
        )
        told = QLabel("\n".join((text, "", *(one.text() for one in changes))), self)
        told.setWordWrap(True)
        told.setTextFormat(Qt.TextFormat.PlainText)
        self.box.insertWidget(0, told)
        self.finish(tr(N_("Adopt")))
        self.boxes["effective_from"].editor.setFocus()

    def do(self) -> None:
        """Make the new version.

        Raises:
            Refused: there is no day, or the changed scorecard isn't whole.
        """
        from models.evaluations import backtest

        meant = self.meant("effective_from")
        since = meant if isinstance(meant, date) else None
        made = backtest.adopt(self.session.book, self._scorecard, self._changes, since)
        label = self.session.book.label("scorecard_template", made)
        said = tr(N_("{card}: the changed version is in force from {day}."), card=label, day=since)
        self.session.said.emit(said, self.session.book.last_change)
