"""The pace board as Qt reads it: people down, goals across, and how a cell is painted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from models.goals import consequence, pace_words
from models.goals.pace import Standing
from models.measures.catalogue import DEFINITIONS
from models.texts import N_, tr
from ui import theme
from ui.pages import pace_words as words
from ui.pages.goal_tree_model import STANDING, paint_bar
from ui.pages.pace_reader import Seen
from ui.pages.sparks import Spark

SPARK = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_Key = tuple[str, str]  # a measure and a period


@dataclass(frozen=True)
class _Cell:
    """The goals of one person by one measure in one period, the worst first."""

    goals: tuple[int, ...]


class PaceBoardModel(QAbstractTableModel):
    """Who has which goals; people in the order of what is lost if nobody does anything."""

    def __init__(self, currency: str, parent: QObject) -> None:
        super().__init__(parent)
        self.currency = currency
        self.seen: Seen | None = None
        self._people: list[int] = []
        self._columns: list[_Key] = []
        self._cells: dict[tuple[int, _Key], _Cell] = {}

    def show(self, seen: Seen) -> None:
        """Show what was read; what stays in its place is only painted again."""
        people, columns, cells = _arranged(seen)
        same = people == self._people and columns == self._columns
        if not same:
            self.beginResetModel()
        self.seen, self._people, self._columns, self._cells = seen, people, columns, cells
        if not same:
            self.endResetModel()
        elif people and columns:
            last = self.index(len(people) - 1, len(columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def at(self, index: _Index) -> Standing | None:
        """The goal of a cell; of several the worst."""
        if self.seen is None or not index.isValid():
            return None
        cell = self._cells.get((self._people[index.row()], self._columns[index.column()]))
        return self.seen.standings[cell.goals[0]] if cell else None

    def place(self, index: _Index) -> tuple[int, _Key] | None:
        """Whose cell it is, and by what, to find it again."""
        if not index.isValid():
            return None
        return self._people[index.row()], self._columns[index.column()]

    def index_of(self, place: tuple[int, _Key] | None) -> QModelIndex:
        """Where a cell is now."""
        if place is None or place[0] not in self._people or place[1] not in self._columns:
            return QModelIndex()
        return self.index(self._people.index(place[0]), self._columns.index(place[1]))

    # -- what Qt asks ------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many people have goals."""
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """By how many measures and periods."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """People beside the rows, measures and periods above the columns."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            assert self.seen is not None
            return self.seen.people.get(self._people[section], "")
        measure, period = self._columns[section]
        return " · ".join(text for text in (_measure(measure), period) if text)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is reached, how it stands, what is needed; the reason as a tooltip."""
        one = self.at(index)
        if one is None or self.seen is None:
            return None
        if role == STANDING:
            return one
        if role == SPARK:
            return self.seen.sparks.get(one.goal.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(self._lines(index, one))
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{one.goal.title}\n{pace_words.reason(one, self.currency)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            who = self.seen.people.get(self._people[index.row()], "")
            return " · ".join(line for line in (who, *self._lines(index, one)) if line)
        return None

    def _lines(self, index: _Index, one: Standing) -> tuple[str, str, str]:
        value = words.short(one, one.value, self.currency)
        if one.target is not None:
            target = words.short(one, one.target, self.currency)
            value = tr(N_("{value} of {target}"), value=value, target=target)
        cell = self._cells[self._people[index.row()], self._columns[index.column()]]
        if len(cell.goals) > 1:
            value = tr(N_("{value} (+{n} more)"), value=value, n=len(cell.goals) - 1)
        chance = words.chance(one)
        status = pace_words.status_text(one.status)
        if chance:
            status = tr(N_("{status}, chance {chance}"), status=status, chance=chance)
        left = words.days_left(one)
        need = words.needed(one, self.currency)
        return value, status, " · ".join(text for text in (need, left) if text)


def _measure(code: str) -> str:
    if not code:
        return tr(N_("Key results"))
    from models.measures import engine

    return engine.definition(code).text()


def _arranged(
    seen: Seen,
) -> tuple[list[int], list[_Key], dict[tuple[int, _Key], _Cell]]:
    """Who comes in which order, by what, and what stands in each cell."""
    cells: defaultdict[tuple[int, _Key], list[Standing]] = defaultdict(list)
    people: defaultdict[int, list[Standing]] = defaultdict(list)
    spans: dict[_Key, tuple[int, date]] = {}
    for one in seen.standings.values():
        goal = one.goal
        if goal.level == "person" and goal.person is not None:
            key = (goal.measure or "", goal.period)
            cells[goal.person, key].append(one)
            people[goal.person].append(one)
            first, last = goal.first or date.max, goal.last or date.max
            spans[key] = ((first - last).days, first)  # the longest, then the earliest
    ordered = sorted(
        people, key=lambda one: (consequence.worst(people[one]), seen.people.get(one, ""))
    )
    places = {one.code: at for at, one in enumerate(DEFINITIONS)}
    columns = sorted(
        spans, key=lambda one: (one[0] == "", places.get(one[0], -1), *spans[one], one[1])
    )
    made = {
        place: _Cell(tuple(one.goal.id for one in sorted(each, key=consequence.weight)))
        for place, each in cells.items()
    }
    return ordered, columns, made


class PaceCell(QStyledItemDelegate):
    """Reached of the target, the curve towards it, the status, and what is needed."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Three lines and the curve."""
        return QSize(theme.scaled(230), cell_height(option.fontMetrics.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the cell."""
        text = str(index.data() or "")
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        one: Standing | None = index.data(STANDING)
        if one is None:
            return
        area = option.rect.adjusted(theme.scaled(8), theme.scaled(6), -theme.scaled(8), 0)
        high = option.fontMetrics.height()
        value, status, needed = text.split("\n")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = area.y()
        self._line(painter, option, area, y, value, "text")
        y += high + theme.scaled(3)
        curve = QRect(area.x(), y, area.width(), theme.scaled(_CURVE))
        spark: Spark | None = index.data(SPARK)
        if spark is not None:
            _curve(painter, QRectF(curve), spark, words.colour(one.status))
        elif one.target:
            paint_bar(painter, curve.adjusted(0, theme.scaled(10), 0, -theme.scaled(10)), one)
        y += theme.scaled(_CURVE) + theme.scaled(3)
        self._line(painter, option, area, y, status, words.colour(one.status))
        self._line(painter, option, area, y + high, needed, "muted")
        painter.restore()

    def _line(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRect,
        y: int,
        text: str,
        role: str,
    ) -> None:
        painter.setPen(QColor(getattr(theme.colours(), role)))
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        line = QRect(area.x(), y, area.width(), option.fontMetrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


_CURVE = 28  # points of the curve's height
_MOST = 2.0  # targets that the curve shows at most


def cell_height(line: int) -> int:
    """How high a cell is with lines of a height."""
    return 3 * line + theme.scaled(_CURVE + 20)


def _curve(painter: QPainter, area: QRectF, spark: Spark, role: str) -> None:
    """The value over the working days against the straight line to the target, and where it may end."""
    c = theme.colours()
    most = max(1.0, spark.high or 0.0, *(value for _, value in spark.points))
    most = min(most, _MOST) * 1.05

    def at(x: float, value: float) -> QPointF:
        share = min(max(value, 0.0), most) / most
        return QPointF(area.x() + x * area.width(), area.bottom() - share * area.height())

    now = spark.points[-1]
    if spark.low is not None and spark.high is not None and now[0] < 1:
        shade = QColor(getattr(c, role))
        shade.setAlpha(60)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawPolygon(QPolygonF([at(*now), at(1, spark.high), at(1, spark.low)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(c.border), 1))
    painter.drawLine(at(0, 1), at(1, 1))
    painter.drawLine(at(0, 0), at(1, 0))
    painter.setPen(QPen(QColor(c.muted), 1, Qt.PenStyle.DashLine))
    painter.drawLine(at(0, 0), at(1, 1))
    painter.setPen(QPen(QColor(getattr(c, role)), theme.scaled(2)))
    painter.drawPolyline(QPolygonF([at(x, value) for x, value in spark.points]))
