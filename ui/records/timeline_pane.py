"""What happened with a record: events and changes in one list, each sort shown or not."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.journal.timeline import CHANGES, EVENTS, Happening
from models.texts import N_, tr
from ui.records.short_table import ShortTable
from ui.session import Session

_BLOCK = 200  # lines read at once


class TimelinePane(QWidget):
    """The list, newest first, and which sorts of lines it shows."""

    def __init__(self, session: Session, entity: str, id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._entity, self._id = session, entity, id
        self._limit = _BLOCK
        self._sorts: dict[str, QCheckBox] = {}
        row = QHBoxLayout()
        for sort, text in ((EVENTS, tr(N_("Events"))), (CHANGES, tr(N_("Changes")))):
            box = QCheckBox(text, self)
            box.setAccessibleName(text)
            box.setChecked(True)
            box.toggled.connect(self._show)
            self._sorts[sort] = box
            row.addWidget(box)
        row.addStretch(1)
        heads = [
            tr(one) for one in (N_("When"), N_("What happened"), N_("What came of it"), N_("Who"))
        ]
        self._table = ShortTable(heads, [], tr(N_("Timeline")), widest=130)
        self._more = QPushButton(tr(N_("Older")), self)
        self._more.setAccessibleName(self._more.text())
        self._more.clicked.connect(self._read_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._table, 1)
        column.addWidget(self._more)
        self._show()

    def _read_more(self) -> None:
        self._limit *= 2
        self._table.setFocus()  # the button may go
        self._show()

    def _show(self) -> None:
        sorts = [sort for sort, box in self._sorts.items() if box.isChecked()]
        found, more = self._session.book.timeline(self._entity, self._id, sorts, self._limit)
        self._table.put([_line(one) for one in found])
        self._more.setVisible(more)


def _line(one: Happening) -> list[str]:
    when = one.at.astimezone().strftime("%Y-%m-%d" if one.whole_day else "%Y-%m-%d %H:%M")
    return [when, one.what, one.told, one.who]
