"""The goal tree as Qt reads it: goals and their parts, each cell two lines, and how they are painted."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from models.goals import pace_words
from models.goals.pace import LEVELS, Standing
from models.texts import N_, tr
from ui import theme
from ui.pages import pace_words as words
from ui.pages.pace_reader import Seen
from ui.records.read_table import Headed

STANDING = Qt.ItemDataRole.UserRole
WARNING = Qt.ItemDataRole.UserRole + 1  # what the second line warns of
_Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What stands where."""

    GOAL = 0
    VALUE = 1
    PROGRESS = 2
    STATUS = 3
    LEFT = 4


_HEADS = {
    Column.GOAL: N_("Goal"),
    Column.VALUE: N_("Reached of target"),
    Column.PROGRESS: N_("Progress"),
    Column.STATUS: N_("Status"),
    Column.LEFT: N_("Time left"),
}


class GoalTreeModel(Headed, QAbstractItemModel):
    """What was read, as a tree; a goal's row in the book tells its place."""

    heads = _HEADS

    def __init__(self, currency: str, parent: QObject) -> None:
        super().__init__(parent)
        self._currency = currency
        self.seen: Seen | None = None
        self._above: dict[int, int] = {}
        self._places: dict[int, int] = {}

    def show(self, seen: Seen) -> bool:
        """Show what was read; gives whether rows came, went or moved."""
        before = self.seen
        same = before is not None and (before.roots, before.children) == (
            seen.roots,
            seen.children,
        )
        if same:
            self.seen = seen
            self._tell_all(QModelIndex())
            return False
        self.beginResetModel()
        self.seen = seen
        self._above = {below: one for one, each in seen.children.items() for below in each}
        self._places = {
            one: at for each in (seen.roots, *seen.children.values()) for at, one in enumerate(each)
        }
        self.endResetModel()
        return True

    def _tell_all(self, parent: QModelIndex) -> None:
        n = self.rowCount(parent)
        if n:
            last = self.index(n - 1, len(Column) - 1, parent)
            self.dataChanged.emit(self.index(0, 0, parent), last)
        for row in range(n):
            self._tell_all(self.index(row, 0, parent))

    def _below(self, parent: _Index) -> tuple[int, ...]:
        if self.seen is None:
            return ()
        if not parent.isValid():
            return self.seen.roots
        return self.seen.children.get(parent.internalId(), ()) if parent.column() == 0 else ()

    def goal(self, index: _Index) -> int:
        """The goal of a row, 0 for none."""
        return int(index.internalId()) if index.isValid() else 0

    def index_of(self, goal: int) -> QModelIndex:
        """Where a goal stands; an invalid index if it isn't here."""
        if goal not in self._places:
            return QModelIndex()
        return self.createIndex(self._places[goal], 0, goal)

    # -- what Qt asks ------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """A cell."""
        below = self._below(parent)
        if not (0 <= row < len(below) and 0 <= column < len(Column)):
            return QModelIndex()
        return self.createIndex(row, column, below[row])

    def parent(self, index: _Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """The goal that one is part of."""
        return self.index_of(self._above.get(self.goal(index), 0))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many parts a goal has."""
        return len(self._below(parent))

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The same for all."""
        return len(Column)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Two lines, the reason as a tooltip, and all of it for who hears the screen."""
        if self.seen is None or not index.isValid():
            return None
        one = self.seen.standings[self.goal(index)]
        if role == STANDING:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(line for line in self._lines(one, Column(index.column())) if line)
        if role == WARNING:
            return index.column() == Column.GOAL and one.goal.id in self.seen.gaps
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(one)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " · ".join(line for line in self._lines(one, Column(index.column())) if line)
        return None

    def _lines(self, one: Standing, column: Column) -> tuple[str, str]:
        assert self.seen is not None
        match column:
            case Column.GOAL:
                return self._called(one), self._about(one)
            case Column.VALUE:
                value = words.short(one, one.value, self._currency)
                target = words.short(one, one.target, self._currency)
                return value, tr(N_("of {target}"), target=target) if one.target else ""
            case Column.PROGRESS:
                return words.attained(one), words.needed(one, self._currency)
            case Column.STATUS:
                return pace_words.status_text(one.status), words.chance(one)
        return words.days_left(one), words.age(one)

    def _about(self, one: Standing) -> str:
        """The second line of a goal: what doesn't add up, else what it is measured by and when."""
        assert self.seen is not None
        gap = self.seen.gaps.get(one.goal.id)
        if gap is not None:
            return words.gap(gap, one, self._currency)
        title, measure = one.goal.title, one.what.text() if one.what else ""
        told = (
            words.state(one),
            *(text for text in (measure, one.goal.period) if text not in title),
            words.expected(one, self._currency),
        )
        return " · ".join(text for text in told if text)

    def _called(self, one: Standing) -> str:
        """A goal below another without what that one says already: who, or when."""
        assert self.seen is not None
        whose = _whose(one)
        above = self.seen.standings.get(self._above.get(one.goal.id, 0))
        if not whose or above is None or above.what is not one.what:
            return one.goal.title
        if _whose(above) == whose:
            return one.goal.period
        return whose if above.goal.period == one.goal.period else one.goal.title

    def _tip(self, one: Standing) -> str:
        assert self.seen is not None
        lines = [one.goal.title, pace_words.reason(one, self._currency)]
        gap = self.seen.gaps.get(one.goal.id)
        if gap is not None:
            lines.append(words.gap(gap, one, self._currency))
        levels = [
            f"{tr(text)} {words.short(one, value, self._currency)}"
            for text, value in zip(_LEVELS, map(one.goal.level_of, LEVELS), strict=True)
            if value is not None
        ]
        return "\n".join([*lines, " · ".join(levels)]).strip()


def _whose(one: Standing) -> str:
    """What is left of a title made from person, measure and period; "" of any other title."""
    measure, title = one.what.text() if one.what else "", one.goal.title
    if not measure or measure not in title or not one.goal.period or one.goal.period not in title:
        return ""
    return " ".join(title.replace(measure, " ").replace(one.goal.period, " ").split())


_LEVELS = (N_("Floor"), N_("Target"), N_("Stretch"))


class TwoLines(QStyledItemDelegate):
    """A cell of two lines; that of the progress is a bar with its marks over the second line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Two lines and the space around them."""
        size = super().sizeHint(option, index)
        size.setHeight(2 * option.fontMetrics.height() + theme.scaled(12))
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the cell."""
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        one: Standing = index.data(STANDING)
        first, _, second = str(index.data()).partition("\n")
        area = option.rect.adjusted(theme.scaled(6), theme.scaled(5), -theme.scaled(6), 0)
        high = option.fontMetrics.height()
        painter.save()
        if index.column() == Column.PROGRESS:
            self._progress(painter, option, area, one, first)
        else:
            colour = words.colour(one.status) if index.column() == Column.STATUS else "text"
            font = painter.font()
            font.setBold(index.column() == Column.STATUS)
            self._line(
                painter, option, QRect(area.topLeft(), QSize(area.width(), high)), first, colour
            )
        under = QRect(area.x(), area.y() + high + theme.scaled(1), area.width(), high)
        warned = bool(index.data(WARNING))
        self._line(painter, option, under, second, "warning" if warned else "muted")
        painter.restore()

    def _line(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, role: str
    ) -> None:
        painter.setPen(QColor(getattr(theme.colours(), role)))
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _progress(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, one: Standing, text: str
    ) -> None:
        """The share as a number, and beside it the bar."""
        room = option.fontMetrics.horizontalAdvance("100%  ")
        number = QRect(area.x(), area.y(), room, option.fontMetrics.height())
        self._line(painter, option, number, text, "text")
        bar = QRect(
            area.x() + room, area.y() + theme.scaled(4), area.width() - room, theme.scaled(8)
        )
        if bar.width() > 20 and one.target:
            paint_bar(painter, bar, one)


def paint_bar(painter: QPainter, bar: QRect, one: Standing) -> None:
    """A goal's value on a bar: the mark of what is expected by now, ticks of floor, target, stretch."""
    c = theme.colours()
    levels = {name: value for name in LEVELS if (value := one.goal.level_of(name)) is not None} or {
        "target": one.target or Decimal(1)
    }
    most = max([*levels.values(), one.value or Decimal(0), one.expected or Decimal(0)])
    if most <= 0:
        return

    def at(value: Decimal) -> int:
        return bar.x() + round(bar.width() * min(max(float(value / most), 0.0), 1.0))

    painter.setPen(QPen(QColor(c.border)))
    painter.setBrush(QColor(c.raised))
    painter.drawRect(bar.adjusted(0, 0, -1, -1))
    if one.value is not None and one.value > 0:
        fill = QRect(bar.x(), bar.y(), at(one.value) - bar.x(), bar.height())
        painter.fillRect(fill, QColor(getattr(c, words.colour(one.status))))
    painter.setPen(QPen(QColor(c.text), theme.scaled(1)))
    for name, value in levels.items():
        reach = theme.scaled(3) if name == "target" else 0
        x = min(at(value), bar.right())
        painter.drawLine(x, bar.y() - reach, x, bar.bottom() + reach)
    if one.expected is not None and not one.over and one.status != "not_started":
        x, size = at(one.expected), theme.scaled(4)
        painter.setBrush(QColor(c.text))
        painter.setPen(Qt.PenStyle.NoPen)
        top = bar.y() - theme.scaled(3)
        painter.drawPolygon(_triangle(x, top, size))


def _triangle(x: int, top: int, size: int) -> Any:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPolygon

    return QPolygon([QPoint(x - size, top), QPoint(x + size, top), QPoint(x, top + size + 1)])
