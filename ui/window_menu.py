"""The menu of the windows: the open ones, of which any can be brought to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from ui import windows

if TYPE_CHECKING:
    from ui.sibling_window import SiblingWindow


class WindowMenu(QObject):
    """Lists the windows in a menu whenever that is opened."""

    def __init__(self, menu: QMenu, window: SiblingWindow) -> None:
        super().__init__(window)
        self._menu, self._window = menu, window
        self._group = QActionGroup(self)
        self._listed: list[tuple[QAction, SiblingWindow]] = []
        menu.aboutToShow.connect(self.fill)
        self._group.triggered.connect(self._chosen)

    def fill(self) -> None:
        """List those that are open now; the one that the menu belongs to is marked."""
        for action, _ in self._listed:
            self._menu.removeAction(action)
            self._group.removeAction(action)
            action.deleteLater()
        self._listed.clear()
        for number, one in enumerate(windows.opened(), 1):
            text = one.shown_text().replace("&", "&&")
            action = QAction(f"&{number} {text}" if number < 10 else text, self)
            action.setCheckable(True)
            action.setChecked(one is self._window)
            self._group.addAction(action)
            self._menu.addAction(action)
            self._listed.append((action, one))

    def _chosen(self, action: QAction) -> None:
        for listed, window in self._listed:
            if listed is action and window in windows.opened():
                windows.raise_up(window)
