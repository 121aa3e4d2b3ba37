"""All that is due on a day, in a box beneath it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.tasks.agenda import Day, Entry
from models.texts import N_, tr
from ui import theme
from ui.popover import Popover

_ENTRY = Qt.ItemDataRole.UserRole
_WIDE, _HIGH, _LEAST = 360, 420, 60  # points


class _Entries(QListWidget):
    """The list; its menu is that of the calendar."""

    menu_wanted = Signal(object, QPoint)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of an entry, by mouse and by key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if by_key else self.itemAt(event.pos())
        if item is None:
            return
        at = self.viewport().mapToGlobal(self.visualItemRect(item).center())
        self.menu_wanted.emit(item.data(_ENTRY), at if by_key else event.globalPos())


class DayList(Popover):
    """One day. ``wanted`` is an entry to be opened, ``new_wanted`` a day for a new task."""

    wanted = Signal(object)
    new_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, day: Day, on: date, window: QWidget) -> None:
        super().__init__(window)
        self._day = day
        title = QLabel(day.told(on), self)
        title.setObjectName("group")
        title.setWordWrap(True)
        self.list = _Entries(self)
        self.list.setAccessibleName(day.told(on))
        self.list.setObjectName("recent")
        for one in day.entries:
            item = QListWidgetItem(_line(one))
            item.setToolTip(one.told(on))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, one.told(on))
            item.setData(_ENTRY, one)
            if one.late:
                item.setForeground(theme.brush("danger"))
            elif one.done:
                item.setForeground(theme.brush("muted"))
            self.list.addItem(item)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if self.list.count():
            self.list.setCurrentRow(0)
        high = (self.list.fontMetrics().height() + 12) * self.list.count() + 12
        self.list.setFixedSize(
            theme.scaled(_WIDE), max(min(high, theme.scaled(_HIGH)), theme.scaled(_LEAST))
        )
        text = tr(N_("New task on this day"))
        new = QPushButton(text, self)
        new.setAccessibleName(text)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 10)
        box.addWidget(title)
        box.addWidget(self.list, 1)
        box.addWidget(new, 0, Qt.AlignmentFlag.AlignLeft)
        self.list.itemActivated.connect(self._activated)
        self.list.menu_wanted.connect(self.menu_wanted)
        new.clicked.connect(self._new)

    def _activated(self, item: QListWidgetItem) -> None:
        entry = item.data(_ENTRY)
        self.close_again()
        self.wanted.emit(entry)

    def _new(self) -> None:
        day = self._day.day
        self.close_again()
        self.new_wanted.emit(day)


def _line(one: Entry) -> str:
    parts = [one.time, one.title, one.customer if one.customer != one.title else "", one.who]
    return "  ".join(part for part in parts if part)
