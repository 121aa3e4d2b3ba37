"""The totals of a cycle on one axis: each with its bar for comparing, the borders of the grades as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from models.evaluations.steps import Standing
from models.texts import N_, tr
from ui import theme
from ui.pages.evaluation_people import points
from ui.records.read_table import RIGHT, DrawnCell, Index, LineModel, LineTable

_MOST = 400.0  # points; bars that reach over it are cut


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


class AxisModel(LineModel[Standing]):
    """People by their total, the highest first; who has none stands last."""

    heads = _HEADS
    numbers = (Column.TOTAL, Column.ADJUSTED)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.borders: Mapping[str, Decimal] = {}
        self.least, self.most = 0.0, 120.0

    def show(self, standings: Sequence[Standing], borders: Mapping[str, Decimal]) -> None:
        """Show others."""
        none = Decimal(-1)
        self.borders = borders
        seen = [
            float(value)
            for one in standings
            for value in (one.scored.total, one.low, one.high, one.compared)
            if value is not None
        ]
        seen += [float(value) for value in borders.values() if value > 0]
        self.least = max(min(seen, default=0.0) - 8, 0.0)
        self.most = min(max(seen, default=120.0) + 8, _MOST)
        self.put(
            sorted(
                standings,
                key=lambda one: none if one.scored.total is None else one.scored.total,
                reverse=True,
            )
        )

    def place_of(self, person: int) -> int:
        """In which row somebody stands; -1 if nowhere."""
        return next((at for at, one in enumerate(self.lines) if one.person == person), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows and says."""
        if not index.isValid():
            return None
        one, column = self.lines[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._told(one, column)
            case Qt.ItemDataRole.AccessibleTextRole if column == Column.AXIS:
                return self._told(one, column)
            case Qt.ItemDataRole.TextAlignmentRole if column in self.numbers:
                return RIGHT
            case _ if role == _Axis.role and column == Column.AXIS:
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


class _Axis(DrawnCell):
    """The bar of a person over the lines of the grades."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, found: Any) -> None:
        """The bar of the noise, the total as a point."""
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
        if one.scored.total is not None and one.compared is not None:  # what the bar is around
            before = QPointF(at(one.compared), middle)
            painter.setPen(QPen(QColor(colours.text), 1))
            painter.drawLine(QPointF(at(one.scored.total), middle), before)
            painter.setBrush(QColor(colours.surface))
            painter.drawEllipse(before, 4, 4)
        if one.scored.total is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.text))
            painter.drawEllipse(QPointF(at(one.scored.total), middle), 4, 4)
        painter.restore()


class AxisTable(LineTable):
    """The board; + and − ask for an adjustment."""

    nudged = Signal(int)  # points more or less

    def __init__(self, model: AxisModel, parent: QWidget) -> None:
        super().__init__(model, parent)
        self.setItemDelegateForColumn(Column.AXIS, _Axis(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − adjust, Enter opens the sheet."""
        if event.text() in ("+", "="):
            self.nudged.emit(1)
        elif event.text() in ("-", "−"):
            self.nudged.emit(-1)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Widths by the language and the size of text in force."""
        self.setAccessibleName(tr(N_("People by their total")))
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        for column in Column:
            if column != Column.AXIS:
                self.setColumnWidth(column, self.asked_width(column) + theme.scaled(10))
