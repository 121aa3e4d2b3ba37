"""The bar between a list and its details: where a person put it, it stays, on every list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui import theme
from ui.settings import Settings

_NAME, _USUAL = "details", 400  # the setting; the usual width of the details, in points


class DetailSplit(QSplitter):
    """A splitter of two parts, of which the second keeps its width."""

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._settings = settings
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._moved)

    def showEvent(self, event: QShowEvent) -> None:
        """Another list may have moved its bar meanwhile."""
        super().showEvent(event)
        self.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A window that grew has room again for what a person wanted."""
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Give the details the width that was last chosen for them, as far as there is room."""
        chosen = self._settings.width(_NAME, 0)
        if chosen:
            wanted = min(theme.scaled(chosen), self.width() * 3 // 4)
        else:
            wanted = min(theme.scaled(_USUAL), self.width() * 2 // 5)
        self.setSizes([max(self.width() - wanted, 0), wanted])

    def _moved(self) -> None:
        self._settings.keep_width(_NAME, round(self.sizes()[1] / theme.text_scale()))
