"""The totals of a cycle on one axis: each with its bar for comparing, the borders of the grades as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.evaluations.desk import Standing
from models.texts import N_, tr
from ui import theme
from ui.pages.evaluation_people import points

_Index = QModelIndex | QPersistentModelIndex
_BAR = Qt.ItemDataRole.UserRole
_MOST = 160.0  # points; bars that reach over it are cut
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """What stands where."""

    PERSON = 0
    TOTAL = 1
    ADJUSTED = 2
    GRADE = 3
    GROUP = 4
    AXIS = 5


_HEADS = {
    Column.PERSON: N_("Salesperson"),
    Column.TOTAL: N_("Total"),
    Column.ADJUSTED: N_("Adjusted"),
    Column.GRADE: N_("Grade"),
    Column.GROUP: N_("Group"),
    Column.AXIS: N_("By the data"),
}


class AxisModel(QAbstractTableModel):
    """People by their total, the highest first; who has none stands last."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.standings: Sequence[Standing] = ()
        self.borders: Mapping[str, Decimal] = {}
        self.least, self.most = 0.0, 120.0

    def show(self, standings: Sequence[Standing], borders: Mapping[str, Decimal]) -> None:
        """Show others."""
        self.beginResetModel()
        none = Decimal(-1)
        self.standings = sorted(
            standings,
            key=lambda one: none if one.scored.total is None else one.scored.total,
            reverse=True,
        )
        self.borders = borders
        seen = [
            float(value)
            for one in standings
            for value in (one.scored.total, one.low, one.high)
            if value is not None
        ]
        seen += [float(value) for value in borders.values() if value > 0]
        self.least = max(min(seen, default=0.0) - 8, 0.0)
        self.most = min(max(seen, default=120.0) + 8, _MOST)
        self.endResetModel()

    def place_of(self, person: int) -> int:
        """In which row somebody stands; -1 if nowhere."""
        return next((at for at, one in enumerate(self.standings) if one.person == person), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """One a person."""
        return 0 if parent.isValid() else len(self.standings)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The same for all."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is called."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(_HEADS[Column(section)])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows and says."""
        if not index.isValid():
            return None
        one, column = self.standings[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._told(one, column)
            case Qt.ItemDataRole.AccessibleTextRole if column == Column.AXIS:
                return self._told(one, column)
            case Qt.ItemDataRole.TextAlignmentRole if column in (Column.TOTAL, Column.ADJUSTED):
                return _RIGHT
            case _ if role == _BAR and column == Column.AXIS:
                return one, self
        return None

    def _text(self, one: Standing, column: Column) -> str:
        match column:
            case Column.PERSON:
                return one.scored.name
            case Column.TOTAL:
                return points(one.scored.total)
            case Column.ADJUSTED:
                return f"{one.scored.adjustment:+,.2f}" if one.scored.adjustment else "–"
            case Column.GRADE:
                return one.scored.grade or "–"
            case Column.GROUP:
                return one.group or one.scored.band or "–"
        return ""

    def _told(self, one: Standing, column: Column) -> str:
        if column == Column.ADJUSTED and one.scored.adjustment_reason:
            return one.scored.adjustment_reason
        return one.apart or span_text(one)


def span_text(one: Standing) -> str:
    """Where the total may lie by the noise of the data, in words."""
    if one.scored.total is None:
        return tr(N_("There is no total."))
    if one.low is None or one.high is None:
        return tr(N_("There is nobody to compare with."))
    return tr(
        N_("{total}; by the noise of the data {low} to {high}."),
        total=points(one.scored.total),
        low=points(one.low),
        high=points(one.high),
    )


class _Axis(QStyledItemDelegate):
    """The bar of a person over the lines of the grades."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The bar over the cell's background."""
        super().paint(painter, option, index)
        found = index.data(_BAR)
        if found is None:
            return
        one, model = found
        colours, room = theme.colours(), QRectF(option.rect).adjusted(10, 0, -10, 0)

        def at(value: Decimal) -> float:
            part: float = (float(value) - model.least) / (model.most - model.least)
            return float(room.left() + room.width() * min(max(part, 0.0), 1.0))

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.muted), 1, Qt.PenStyle.DashLine))
        for border in model.borders.values():
            if border > 0:
                painter.drawLine(
                    QPointF(at(border), room.top()), QPointF(at(border), room.bottom())
                )
        middle, high = room.center().y(), max(room.height() / 3, 6.0)
        if one.low is not None and one.high is not None:
            colour = QColor(colours.series[0])
            colour.setAlpha(90)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            wide = max(at(one.high) - at(one.low), 2.0)
            painter.drawRoundedRect(QRectF(at(one.low), middle - high / 2, wide, high), 3, 3)
        if one.scored.total is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.text))
            painter.drawEllipse(QPointF(at(one.scored.total), middle), 4, 4)
        painter.restore()


class AxisTable(QTableView):
    """The board; + and − ask for an adjustment."""

    nudged = Signal(int)  # points more or less
    entered = Signal()

    def __init__(self, model: AxisModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegateForColumn(Column.AXIS, _Axis(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − adjust, Enter opens the sheet."""
        if event.text() in ("+", "="):
            self.nudged.emit(1)
        elif event.text() in ("-", "−"):
            self.nudged.emit(-1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Widths by the language and the size of text in force."""
        self.setAccessibleName(tr(N_("People by their total")))
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        header = self.horizontalHeader()
        for column in Column:
            if column != Column.AXIS:
                asked = max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
                self.setColumnWidth(column, asked + theme.scaled(10))
