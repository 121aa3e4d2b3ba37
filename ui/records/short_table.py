"""A short table that is only read: linked records, the steps of a history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from ui import theme

_WIDEST = 220  # points of a column
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ShortTable(QTableWidget):
    """A read-only table whose last column takes the room that is left, and never less than it needs."""

    _asked: Sequence[int] = ()  # the width of each column

    def __init__(
        self, heads: Sequence[str], texts: Sequence[Sequence[str]], name: str, widest: int = _WIDEST
    ) -> None:
        super().__init__(0, len(heads))
        self._widest = widest
        self.setHorizontalHeaderLabels(list(heads))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)  # Tab leads on, it doesn't go from cell to cell
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(_LEFT)
        self.put(texts)

    def put(self, texts: Sequence[Sequence[str]]) -> None:
        """Show other rows."""
        self.setRowCount(len(texts))
        for row, line in enumerate(texts):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text.replace("\n", " "))
                item.setToolTip(text)
                self.setItem(row, column, item)
        self.fit()

    def fit(self) -> None:
        """Give columns the width that they ask for."""
        self.resizeColumnsToContents()
        self._asked = [
            min(self.columnWidth(column) + 8, theme.scaled(self._widest))
            for column in range(self.columnCount())
        ]
        for column, width in enumerate(self._asked):
            self.setColumnWidth(column, width)
        self._stretch()

    def asked_width(self) -> int:
        """The width in which nothing has to be scrolled to."""
        return sum(self._asked) + 2 * self.frameWidth()

    def _stretch(self) -> None:
        if self._asked:
            room = self.viewport().width() - sum(self._asked[:-1])
            self.setColumnWidth(len(self._asked) - 1, max(room, self._asked[-1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stretch the last column; what is chosen stays in sight."""
        super().resizeEvent(event)
        self._stretch()
        if self.currentRow() >= 0:
            self.scrollTo(self.model().index(self.currentRow(), 0))
