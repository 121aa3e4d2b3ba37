"""Recognising somebody: for what, by which value of the team, shown by which records."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from models.growth import likely, recognition
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.dialogs.cite_records import CiteList
from ui.dialogs.plan_follow_up import Acting
from ui.records.cite_line import CiteLine
from ui.session import Session

_FIELDS = ("person", "title", "value", "reason", "awarded_on", "giver", "cites")


class Recognise(Acting):
    """Asks for a recognition; without a value or a record it is refused."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, tr(N_("Recognise")), "recognition_award", _FIELDS, parent)
        self.setMinimumWidth(theme.scaled(560))
        self.put("awarded_on", date.today())
        line = self.boxes["cites"].editor
        assert isinstance(line, CiteLine)
        line.whose = self._whose
        self.picker = CiteList(session, self._whose, [], self)
        self.picker.follow(line)
        self.finished.connect(self.picker.forget)
        self.announce = QCheckBox(tr(N_("Tell everybody by a notice")), self)
        self.announce.setAccessibleName(self.announce.text())
        self.announce.setChecked(True)
        head = QLabel(tr(N_("Cited records")), self)
        head.setObjectName("heading")
        for widget in (head, self.picker, self.announce):
            self.box.addWidget(widget)
        self.finish(tr(N_("Recognise")))
        for name in ("person", "awarded_on"):
            editor = self.boxes[name].editor
            assert isinstance(editor, QLineEdit)
            editor.editingFinished.connect(self.picker.read)
        self.boxes["person"].editor.setFocus()

    def _whose(self) -> likely.Whose | None:
        try:
            day = self.meant("awarded_on")
        except Refused:
            day = None
        on = day if isinstance(day, date) else None
        return likely.until(self.row("person"), on)

    def do(self) -> None:
        """Keep it, and tell it if wished.

        Raises:
            Refused: no value is named, or no record of the book is cited.
        """
        values = {name: typed for name, box in self.boxes.items() if (typed := box.typed().strip())}
        recognition.award(self.session.book, values, announce=self.announce.isChecked())
        self.tell()
