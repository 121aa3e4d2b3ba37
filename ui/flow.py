"""A row of widgets that goes on in a second row where the first is full."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays its widgets side by side along the right edge, or the left, in as many rows as they need."""

    def __init__(self, parent: QWidget | None = None, *, from_left: bool = False) -> None:
        super().__init__(parent)
        self._from_left = from_left
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(6)

    def addItem(self, item: QLayoutItem) -> None:
        """Put one at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        """The one at a place."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def put_last(self, widget: QWidget) -> None:
        """Move one of its widgets behind all others."""
        self._items.sort(key=lambda one: one.widget() is widget)
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """Never more than they need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrow place needs more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its rows."""
        rows = self._rows(width)
        return sum(map(self._height, rows)) + self.spacing() * max(len(rows) - 1, 0)

    def sizeHint(self) -> QSize:
        """All in one row."""
        shown = self._shown()
        width = sum(one.sizeHint().width() for one in shown) + self.spacing() * max(
            len(shown) - 1, 0
        )
        return QSize(width, self._height(shown))

    def minimumSize(self) -> QSize:
        """Room for the widest."""
        shown = self._shown()
        return QSize(max((one.sizeHint().width() for one in shown), default=0), self._height(shown))

    def setGeometry(self, place: QRect) -> None:
        """Lay them out."""
        super().setGeometry(place)
        top = place.top()
        for row in self._rows(place.width()):
            wide = sum(one.sizeHint().width() for one in row) + self.spacing() * (len(row) - 1)
            left = place.left() + (0 if self._from_left else max(place.width() - wide, 0))
            for one in row:
                lower = (self._height(row) - one.sizeHint().height()) // 2
                one.setGeometry(QRect(QPoint(left, top + lower), one.sizeHint()))
                left += one.sizeHint().width() + self.spacing()
            top += self._height(row) + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [one for one in self._items if not one.isEmpty()]

    def _height(self, row: list[QLayoutItem]) -> int:
        return max((one.sizeHint().height() for one in row), default=0)

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        used = 0
        for one in self._shown():
            wide = one.sizeHint().width()
            if not rows or used + self.spacing() + wide > width:
                rows.append([])
                used = wide
            else:
                used += self.spacing() + wide
            rows[-1].append(one)
        return rows
