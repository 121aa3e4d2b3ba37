"""Choosing the records that a line of ids cites: what is likely, or what is searched, ticked or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (  # fmt: skip
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.growth import citing
from models.growth.citing import Cite
from models.public_ids import listed
from models.texts import N_, tr
from ui import theme
from ui.session import Session

_TYPING = 200  # ms after the last key before it is looked up
_MOST = 20
_ID = Qt.ItemDataRole.UserRole

Likely = Callable[[], Sequence[tuple[Cite, str]]]


class _List(QListWidget):
    """Records to tick; Enter ticks too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks, as Space does."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            _turn(item)
        else:
            super().keyPressEvent(event)


def _turn(item: QListWidgetItem) -> None:
    ticked = item.checkState() == Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)


class CitePicker(QWidget):
    """A search and a list beside the line that holds the ids; what is ticked stands in the line.

    ``likely`` gives what is offered while nothing is searched.
    """

    def __init__(self, session: Session, line: QLineEdit, likely: Likely, parent: QWidget) -> None:
        super().__init__(parent)
        self._book, self._line, self._likely = session.book, line, likely
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        hint = tr(N_("Find a record to cite"))
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        for cross in self.search.findChildren(QToolButton):
            cross.setAccessibleName(tr(N_("Clear")))
        self.list = _List(self)
        self.list.setAccessibleName(tr(N_("Records that may be cited")))
        self.list.setMinimumHeight(theme.scaled(120))
        self.list.setTabKeyNavigation(False)
        self._none = QLabel(tr(N_("Nothing of the last weeks; search for a record.")), self)
        self._none.setObjectName("muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.search)
        box.addWidget(self.list, 1)
        box.addWidget(self._none)
        self._timer.timeout.connect(self.read)
        self.search.textChanged.connect(self._typed)
        self.list.itemChanged.connect(self._ticked)
        line.textChanged.connect(self._follow)
        self.read()

    def _typed(self) -> None:
        self._timer.start()

    def read(self) -> None:
        """Offer what was searched, or what is likely."""
        typed = self.search.text().strip()
        offered = self._found(typed) if typed else self._usual()
        self.list.blockSignals(True)
        self.list.clear()
        for one, when in offered:
            kind = self._book.schema.entity(one.entity).text()
            text = " · ".join(part for part in (one.label, kind, when, one.id) if part)
            item = QListWidgetItem(text)
            item.setToolTip(text)
            item.setData(_ID, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._follow()
        self._none.setVisible(not offered)

    def _usual(self) -> list[tuple[Cite, str]]:
        """What is cited already, then the likely ones."""
        offered = list(self._likely())
        days = {one.id: when for one, when in offered}
        said = citing.cited(self._book, self._line.text()).known
        first = {one.id for one in said}
        return [
            *((one, days.get(one.id, "")) for one in said),
            *(one for one in offered if one[0].id not in first),
        ]

    def _found(self, typed: str) -> list[tuple[Cite, str]]:
        """Records that are called so, and those whose ids stand there."""
        named = citing.cited(self._book, typed).known
        hits = self._book.find(typed, _MOST)
        found = [Cite(self._book.public_id(entity, row), entity, row, label) for entity, row, label in hits]  # fmt: skip
        unique = {one.id: one for one in (*named, *found)}
        return [(one, "") for one in unique.values()]

    def _follow(self) -> None:
        """Tick what stands in the line."""
        said = set(listed(self._line.text()))
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            item = self.list.item(at)
            state = Qt.CheckState.Checked if item.data(_ID) in said else Qt.CheckState.Unchecked
            item.setCheckState(state)
        self.list.blockSignals(False)

    def _ticked(self, item: QListWidgetItem) -> None:
        """Put the id into the line, or take it out."""
        ids = [one for one in listed(self._line.text()) if one != item.data(_ID)]
        if item.checkState() == Qt.CheckState.Checked:
            ids.append(str(item.data(_ID)))
        self._line.setText(" ".join(ids))
