"""Rows of texts and of fields to fill in, under heads.

A table with widgets in its cells hides them from screen readers: to the accessibility bus a cell of a
table has no children. Here each is an ordinary widget of the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.layouts import let_go

_LEAST = 60  # width of the column that takes what is left


class Cell(QLabel):
    """A text on one line, cut with an ellipsis where it has no room; its tooltip is the whole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._colour = ""

    def say(self, text: str, colour: str) -> None:
        """Show a text, in a colour of the theme or in the usual one."""
        self.setText(text.replace("\n", " "))
        self.setToolTip(text)
        self._colour = colour
        self.update()

    def minimumSizeHint(self) -> QSize:
        """As high as a line, as narrow as may be."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, or its beginning."""
        painter = QPainter(self)
        painter.setPen(
            theme.brush(self._colour).color() if self._colour else self.palette().text().color()
        )
        room = self.contentsRect()
        shown = QFontMetrics(self.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Rows(QScrollArea):
    """The rows; ``wide`` is the column that takes the room which the others leave."""

    def __init__(self, name: str, heads: Sequence[str], wide: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._inside = QWidget(self)
        self._inside.setAccessibleName(name)
        self._lines = QGridLayout(self._inside)
        self._lines.setContentsMargins(2, 2, 2, 2)
        self._lines.setHorizontalSpacing(10)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnStretch(wide, 1)
        self._lines.setColumnMinimumWidth(wide, _LEAST)
        self._count, self._hidden = 0, set[int]()
        self._cells: dict[tuple[int, int], QWidget] = {}
        self._heads = [QLabel(one, self._inside) for one in heads]
        for at, head in enumerate(self._heads):
            head.setObjectName("muted")
            self._lines.addWidget(head, 0, at)
        self.setWidget(self._inside)

    def name(self, name: str, heads: Sequence[str]) -> None:
        """Call it and its columns otherwise, as in another language."""
        self.setAccessibleName(name)
        self._inside.setAccessibleName(name)
        for label, text in zip(self._heads, heads, strict=True):
            label.setText(text)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def clear(self, count: int) -> None:
        """Begin anew, with so many empty rows."""
        for row in range(self._count):
            for column in range(len(self._heads)):
                self.place(row, column, None)
        self._lines.setRowStretch(self._count + 1, 0)
        self._count = count
        self._lines.setRowStretch(count + 1, 1)

    def say(self, row: int, column: int, text: str, colour: str = "") -> None:
        """Write into a cell."""
        there = self.at(row, column)
        if not isinstance(there, Cell):
            there = Cell(self._inside)
            self.place(row, column, there)
        there.say(text, colour)

    def place(self, row: int, column: int, widget: QWidget | None) -> None:
        """Put a widget into a cell, in place of what stood there."""
        there = self._cells.pop((row, column), None)
        if there is not None:
            let_go(self._lines, there)
            there.setParent(None)
        if widget is not None:
            self._cells[row, column] = widget
            self._lines.addWidget(widget, row + 1, column)
            widget.setVisible(column not in self._hidden)

    def at(self, row: int, column: int) -> QWidget | None:
        """What stands in a cell."""
        return self._cells.get((row, column))

    def texts(self) -> list[list[str]]:
        """What is written, row by row; "" where a widget or nothing stands."""
        return [
            [
                there.text() if isinstance(there := self.at(row, column), Cell) else ""
                for column in range(len(self._heads))
            ]
            for row in range(self._count)
        ]

    def show_column(self, column: int, shown: bool) -> None:
        """Show a column, or take its room away."""
        (self._hidden.discard if shown else self._hidden.add)(column)
        self._heads[column].setVisible(shown)
        for row in range(self._count):
            there = self.at(row, column)
            if there is not None:
                there.setVisible(shown)

    def set_width(self, column: int, width: int) -> None:
        """Keep a column as wide as that, at the usual size of text; a hidden one takes no room."""
        self._lines.setColumnMinimumWidth(
            column, 0 if column in self._hidden else theme.scaled(width)
        )

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: the texts are drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._inside.update()
