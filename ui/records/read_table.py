"""Tables of what was worked out, line by line or as a map of people: what such models and views share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.texts import tr

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Headed:
    """Gives a model the heads of its columns; ``heads`` are their texts, first one first."""

    heads: Mapping[Any, str] | Sequence[str] = ()
    numbers: Sequence[int] = ()  # the columns whose cells end where their heads end
    heads_told = False  # whether a head is its own tooltip, as it may be cut

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is called."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return RIGHT if section in self.numbers else LEFT
        shown = role == Qt.ItemDataRole.DisplayRole or (
            self.heads_told and role == Qt.ItemDataRole.ToolTipRole
        )
        if shown and orientation == Qt.Orientation.Horizontal:
            return tr(self.heads[section])
        return None


class LineModel(Headed, QAbstractTableModel, Generic[Row]):
    """Lines under heads; what a cell says is told by ``data`` of each model."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[Row] = ()

    def put(self, lines: Sequence[Row], *, stay: bool = False) -> None:
        """Show others; those that ``stay`` where they are are only painted again."""
        if not stay:
            self.beginResetModel()
        self.lines = lines
        if not stay:
            self.endResetModel()
        elif lines:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def line(self, row: int) -> Row | None:
        """What stands in a row; None outside."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The same for all."""
        return 0 if parent.isValid() else len(self.heads)


class LineTable(QTableView):
    """Lines of which one is chosen; ``entered`` when Enter is pressed on it."""

    entered = Signal()

    def __init__(self, model: QAbstractTableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the line."""
        if event.key() in ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def asked_width(self, column: int) -> int:
        """What a column needs for its texts and its head."""
        return max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))


class MapTable(QTableView):
    """A map: people down, something across, a cell chosen at a time; ``menu_wanted`` tells where."""

    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(LEFT)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a cell, by the mouse and by the Menu key."""
        index, place = menu_place(self, event)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(place)


def menu_place(view: QTableView, event: QContextMenuEvent) -> tuple[QModelIndex, QPoint]:
    """Which cell a menu is asked for, and where on the screen it opens; no valid cell where there is none."""
    by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
    index = view.indexAt(view.viewport().mapFrom(view, event.pos()))
    if by_key or not index.isValid():
        index = view.currentIndex()
    below = view.viewport().mapToGlobal(view.visualRect(index).bottomLeft())
    return index, below if by_key else event.globalPos()


class DrawnCell(QStyledItemDelegate):
    """A cell with a drawing over its background, where the model gives something to draw in ``role``."""

    role: int = Qt.ItemDataRole.UserRole

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The usual, and the drawing."""
        super().paint(painter, option, index)
        found = index.data(self.role)
        if found is not None:
            self.draw(painter, option, found)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, found: Any) -> None:
        """Draw what was found."""
        raise NotImplementedError
