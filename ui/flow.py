"""A row of widgets that goes on in a second row where the first is full.

Qt holds the items of the layout and deletes them; Python knows only the widgets. An item of Qt's own that
Python holds is not told of its end: the program dies of it when a widget goes while the row is laid out, or
while it is sorted.
"""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget, QWidgetItem
from shiboken6 import isValid

_Sized = tuple[QWidget, QSize]


class Flow(QHBoxLayout):
    """Lays its widgets side by side along the right edge, or the left, in as many rows as they need."""

    def __init__(self, parent: QWidget | None = None, *, from_left: bool = False) -> None:
        super().__init__()
        self._from_left = from_left
        self._widgets: list[QWidget] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(6)
        if parent is not None:
            parent.setLayout(self)

    def addWidget(
        self,
        widget: QWidget,
        stretch: int | None = 0,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag(0),  # noqa: B008 - a value, as Qt has it
    ) -> None:
        """Put one at the end, or move it there."""
        self.removeWidget(widget)
        self._widgets = [*self.widgets(), widget]
        super().addWidget(widget, stretch, alignment)

    def widgets(self) -> list[QWidget]:
        """Those that are in it, in order."""
        return [one for one in self._widgets if isValid(one) and self.indexOf(one) >= 0]

    def expandingDirections(self) -> Qt.Orientation:
        """Never more than they need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrow place needs more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its rows."""
        rows = self._rows(width)
        return sum(map(_height, rows)) + self.spacing() * max(len(rows) - 1, 0)

    def minimumHeightForWidth(self, width: int) -> int:
        """The same."""
        return self.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """All in one row."""
        shown = self._shown()
        return QSize(self._width(shown), _height(shown))

    def minimumSize(self) -> QSize:
        """Room for the widest."""
        shown = self._shown()
        return QSize(max((size.width() for _, size in shown), default=0), _height(shown))

    def maximumSize(self) -> QSize:
        """As much as there is."""
        return QLayout.maximumSize(self)

    def setGeometry(self, place: QRect) -> None:
        """Lay them out; one that is moved may end others."""
        QLayout.setGeometry(self, place)
        top = place.top()
        for row in self._rows(place.width()):
            room = max(place.width() - self._width(row), 0)
            left = place.left() + (0 if self._from_left else room)
            high = _height(row)
            for one, size in row:
                if isValid(one):
                    at = QPoint(left, top + (high - size.height()) // 2)
                    QWidgetItem(one).setGeometry(QRect(at, size))
                left += size.width() + self.spacing()
            top += high + self.spacing()

    def _shown(self) -> list[_Sized]:
        shown = []
        for one in self.widgets():
            if isValid(one) and not (item := QWidgetItem(one)).isEmpty():
                shown.append((one, item.sizeHint()))
        return shown

    def _width(self, row: list[_Sized]) -> int:
        return sum(size.width() for _, size in row) + self.spacing() * max(len(row) - 1, 0)

    def _rows(self, width: int) -> list[list[_Sized]]:
        rows: list[list[_Sized]] = []
        for one in self._shown():
            if not rows or self._width([*rows[-1], one]) > width:
                rows.append([])
            rows[-1].append(one)
        return rows


def _height(row: list[_Sized]) -> int:
    return max((size.height() for _, size in row), default=0)
