"""The acts that stand as buttons beside a table, offered in the menu of its cells too."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QTableView


class ButtonsMenu(QObject):
    """Opened by a click or by the menu key; what a button can't do now is grey here as well."""

    def __init__(self, table: QTableView, buttons: Callable[[], Iterable[QPushButton]]) -> None:
        super().__init__(table)
        self._table, self._buttons = table, buttons
        self._of: dict[QAction, QPushButton] = {}
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open)

    def _open(self, at: QPoint) -> None:
        viewport = self._table.viewport()
        if not self._table.indexAt(at).isValid():  # by the key: at the line that is in front
            current = self._table.currentIndex()
            if not current.isValid():
                return
            at = self._table.visualRect(current).bottomLeft()
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(self._press)
        self._of = {}
        for button in self._buttons():
            act = menu.addAction(button.text())
            act.setEnabled(button.isEnabled())
            self._of[act] = button
        if self._of:
            menu.popup(viewport.mapToGlobal(at))

    def _press(self, act: QAction) -> None:
        self._of[act].click()
