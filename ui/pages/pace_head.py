"""What is above the goal tree and the pace board: the period, the day, what is said, the buttons."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from models.describe.fields import date as a_day
from models.describe.kinds import KINDS
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.flow import Flow
from ui.pages.pace_reader import PaceReader
from ui.records.lines import DateLine
from ui.records.meaning import typed_out
from ui.session import Session

_TYPING = 500  # ms after the last key
_DAY = a_day("on", N_("As of"), help=N_("The day at whose end the goals are looked at."))


class PaceHead(QWidget):
    """One line of choices; whoever shows it adds buttons of its own."""

    def __init__(self, session: Session, reader: PaceReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._reader = reader
        self.period = QComboBox(self)
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.day = DateLine(session, _DAY, self, button=True)
        self._labels = QLabel(self), QLabel(self)
        for label, one in zip(self._labels, (self.period, self.day), strict=True):
            label.setObjectName("muted")
            label.setBuddy(one)
        self.said = QLabel(self)
        self.said.setObjectName("muted")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._choose_if_meant)
        self.period.activated.connect(self._choose)
        self.day.textEdited.connect(self._timer.start)
        self.day.editingFinished.connect(self._choose)
        self._offered: list[tuple[str, str]] = []
        self._buttons = Flow()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for label, one in zip(self._labels, (self.period, self.day), strict=True):
            row.addWidget(label)
            row.addWidget(one)
        row.addWidget(self.said)
        row.addLayout(self._buttons, 1)
        self._session = session

    def add_button(self, *, primary: bool = False) -> QPushButton:
        """One more button at the right."""
        button = QPushButton(self)
        button.setProperty("primary", primary)
        self._buttons.addWidget(button)
        return button

    def retranslate(self) -> None:
        """Show everything in the current language."""
        for label, text, one in zip(
            self._labels, (tr(N_("Period")), _DAY.text()), (self.period, self.day), strict=True
        ):
            label.setText(text)
            one.setAccessibleName(text)
        self.day.retranslate()
        self.day.setToolTip(tr(_DAY.help))
        self.day.setFixedWidth(theme.scaled(130))
        self.show_choice()

    def show_choice(self) -> None:
        """Show what the reader looks at, and which periods there are."""
        seen = self._reader.seen
        offered = [(tr(N_("Running on this day")), "")]
        offered += [(one.text(), one.label) for one in (seen.periods if seen else ())]
        with QSignalBlocker(self.period):
            if offered != self._offered:
                self._offered = offered
                self.period.clear()
                for text, label in offered:
                    self.period.addItem(text, label)
            at = self.period.findData(self._reader.period)
            if at < 0:
                self.period.addItem(self._reader.period, self._reader.period)
                at = self.period.count() - 1
            self.period.setCurrentIndex(at)
            self.period.setToolTip(self.period.currentText())
        if not self.day.hasFocus():
            self.day.setText(KINDS["date"].edited(_DAY, self._reader.on))

    def say(self, text: str) -> None:
        """Say how many there are, or what is under way."""
        self.said.setText(text)

    def _meant(self) -> date | None:
        typed = self.day.text().strip()
        if not typed:
            return date.today()
        found = KINDS["date"].parse(_DAY, typed_out(_DAY, typed))
        return found if isinstance(found, date) else None

    def _choose_if_meant(self) -> None:
        """While somebody types only what is a day already counts."""
        try:
            self._ask(self._meant())
        except Refused:
            return

    def _choose(self) -> None:
        self._timer.stop()
        try:
            self._ask(self._meant())
        except Refused as refused:
            self._session.refused.emit(str(refused))
            self.day.setText(KINDS["date"].edited(_DAY, self._reader.on))

    def _ask(self, day: date | None) -> None:
        period = str(self.period.currentData() or "")
        self._reader.choose(period, None if day == date.today() else day)
