"""The workload as Qt reads it: people down, days across, how full each day is."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QBrush, QColor, QFont

from models import texts
from models.people import workload
from models.people.workload import Row, Workload
from models.texts import N_, ntr, tr
from ui import theme

FULL, EMPTY = "▲", "○"
_TINT = 0.38  # how much of the accent a full day has
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class WorkloadModel(QAbstractTableModel):
    """Everybody's days; the first column is the whole span."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: Workload | None = None

    def show(self, found: Workload) -> None:
        """Show what was read; what stays in its place is only painted again."""
        same = self.found is not None and _frame(self.found) == _frame(found)
        if not same:
            self.beginResetModel()
        self.found = found
        if not same:
            self.endResetModel()
        elif found.rows:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, index: _Index) -> Row | None:
        """Whose row it is."""
        return self.found.rows[index.row()] if self.found and index.isValid() else None

    def day(self, index: _Index) -> date | None:
        """Which day a column is; None for the whole span."""
        if self.found is None or not index.isValid() or not index.column():
            return None
        return self.found.load.days[index.column() - 1]

    def index_of(self, person: int, day: date | None) -> QModelIndex:
        """Where somebody's day stands."""
        if self.found is None:
            return QModelIndex()
        at = next((n for n, one in enumerate(self.found.rows) if one.person == person), -1)
        days = self.found.load.days
        if at < 0 or (day is not None and day not in days):
            return QModelIndex()
        return self.index(at, 0 if day is None else days.index(day) + 1)

    # -- what Qt asks ------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many people there are."""
        return 0 if parent.isValid() or self.found is None else len(self.found.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The days, and the span before them."""
        return 0 if parent.isValid() or self.found is None else len(self.found.load.days) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """People beside the rows, days above the columns."""
        if self.found is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            one = self.found.rows[section]
            if role == _Role.ToolTipRole:
                return f"{one.name}\n{self.found.age_text(one.person)}"
            return one.name if role == _Role.DisplayRole else None
        if role == _Role.DisplayRole:
            return self._head(section)
        if role == _Role.ToolTipRole and section:
            day = self.found.load.days[section - 1]
            return f"{day.isoformat()} {self.found.load.calendar.why(day).text()}"
        return None

    def _head(self, section: int) -> str:
        assert self.found is not None
        if not section:
            return tr(N_("Whole span"))
        load = self.found.load
        day = load.days[section - 1]
        if day == load.on:
            name = tr(N_("Today"))
        elif load.calendar.why(day).kind == "make_up":
            name = tr(N_("make-up"))
        else:
            name = QLocale(texts.language()).dayName(
                day.isoweekday(), QLocale.FormatType.ShortFormat
            )
        return f"{name}\n{day:%m-%d}"

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Hours with a sign for too much and too little; the reason as a tooltip."""
        one = self.row(index)
        if one is None:
            return None
        day = self.day(index)
        if role == _Role.DisplayRole:
            return self._span(one) if day is None else self._text(one, day)
        if role == _Role.ToolTipRole:
            return self._told(one, day)
        if role == _Role.AccessibleTextRole:
            when = tr(N_("Whole span")) if day is None else day.isoformat()
            return tr(
                N_("{person}, {day}: {reason}"),
                person=one.name,
                day=when,
                reason=self._told(one, day),
            )
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return self._look(one, day, role)

    def _span(self, one: Row) -> str:
        totals = one.totals
        marks = [workload.share_text(totals.share)]
        if totals.overloaded:
            marks.append(f"{FULL}{len(totals.overloaded)}")
        if totals.idle:
            marks.append(f"{EMPTY}{len(totals.idle)}")
        return "  ".join(marks)

    def _text(self, one: Row, day: date) -> str:
        assert self.found is not None
        load, person = self.found.load, one.person
        busy = load.busy(person, day)
        hours = workload.number(busy)
        if load.overloaded(person, day):
            return f"{FULL} {hours}"
        if not load.capacity(person, day):
            if load.calendar.is_working(day):
                return workload.absent_text(load, person, day)
            return hours if busy else ""
        if load.idle(person, day):
            return f"{EMPTY} {hours}" if busy else EMPTY
        return hours

    def _told(self, one: Row, day: date | None) -> str:
        assert self.found is not None
        if day is not None:
            return workload.day_text(self.found.load, one.person, day)
        totals = one.totals
        lines = [
            tr(
                N_("{busy} of {capacity}"),
                busy=workload.hours_text(totals.busy),
                capacity=workload.hours_text(totals.capacity),
            ),
            ntr("{n} day too full", "{n} days too full", len(totals.overloaded)),
            ntr("{n} idle day", "{n} idle days", len(totals.idle)),
            one.annual.text(),
        ]
        return tr(N_("; ")).join(lines)

    def _look(self, one: Row, day: date | None, role: int) -> Any:
        """Colours and letters: none of them says anything that the text doesn't."""
        assert self.found is not None
        load, c = self.found.load, theme.colours()
        full = bool(one.totals.overloaded) if day is None else load.overloaded(one.person, day)
        if role == _Role.FontRole and full:
            font = QFont()
            font.setBold(True)
            return font
        if role == _Role.ForegroundRole:
            quiet = day is not None and not full and load.idle(one.person, day)
            return QBrush(QColor(c.muted if quiet else c.text))
        if role == _Role.BackgroundRole and day is not None:
            return self._background(one.person, day, full=full)
        return None

    def _background(self, person: int, day: date, *, full: bool) -> QBrush:
        assert self.found is not None
        load, c = self.found.load, theme.colours()
        if full:
            return QBrush(QColor(c.fault))
        capacity = load.capacity(person, day)
        if not capacity:
            pattern = (
                Qt.BrushStyle.BDiagPattern
                if load.calendar.is_working(day)
                else Qt.BrushStyle.SolidPattern
            )
            return QBrush(QColor(c.border), pattern)
        share = min(1.0, float(load.busy(person, day) / capacity))
        return QBrush(mixed(QColor(c.surface), QColor(c.accent), share * _TINT))


def mixed(ground: QColor, tint: QColor, share: float) -> QColor:
    """A colour between two: 0 is the first, 1 the second."""

    def one(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(
        one(ground.red(), tint.red()),
        one(ground.green(), tint.green()),
        one(ground.blue(), tint.blue()),
    )


def _frame(found: Workload) -> tuple[object, ...]:
    return tuple(one.person for one in found.rows), found.load.days
