"""Recognising somebody: for what, by which value of the team, shown by which records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from models.growth import likely, recognition
from models.growth.citing import Cite
from models.texts import N_, tr
from ui import theme
from ui.dialogs.cite_picker import CitePicker
from ui.dialogs.plan_follow_up import Acting
from ui.session import Session

_FIELDS = ("person", "title", "value", "reason", "awarded_on", "giver", "cites")


class Recognise(Acting):
    """Asks for a recognition; without a value or a record it is refused."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, tr(N_("Recognise")), "recognition_award", _FIELDS, parent)
        self.setMinimumWidth(theme.scaled(560))
        self.put("awarded_on", date.today())
        line = self.boxes["cites"].editor
        assert isinstance(line, QLineEdit)
        self.picker = CitePicker(session, line, self._likely, self)
        self.announce = QCheckBox(tr(N_("Tell everybody by a notice")), self)
        self.announce.setAccessibleName(self.announce.text())
        self.announce.setChecked(True)
        head = QLabel(tr(N_("Cited records")), self)
        head.setObjectName("heading")
        for widget in (head, self.picker, self.announce):
            self.box.addWidget(widget)
        self.finish(tr(N_("Recognise")))
        whom = self.boxes["person"].editor
        assert isinstance(whom, QLineEdit)
        whom.editingFinished.connect(self.picker.read)
        whom.setFocus()

    def _likely(self) -> Sequence[tuple[Cite, str]]:
        return likely.likely(self.session.book, self.row("person"), date.today())

    def do(self) -> None:
        """Keep it, and tell it if wished.

        Raises:
            Refused: no value is named, or no record of the book is cited.
        """
        values = {name: typed for name, box in self.boxes.items() if (typed := box.typed().strip())}
        recognition.award(self.session.book, values, announce=self.announce.isChecked())
        self.tell()
