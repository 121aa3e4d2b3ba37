"""The list of Today as Qt reads it: a heading for each class of consequence, the lines under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.texts import N_, ntr, tr
from models.today.line import Line, action_text, severity_text

LINE = Qt.ItemDataRole.UserRole  # the line of a row; None of a heading
HEADING = Qt.ItemDataRole.UserRole + 1  # the class that a heading is of
_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex


class TodayModel(QAbstractListModel):
    """Headings and lines."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Line | tuple[str, int]] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show these, in their order."""
        many: Counter[str] = Counter()
        for one in lines:
            many[one.severity] += one.more or 1
        rows: list[Line | tuple[str, int]] = []
        before = ""
        for one in lines:
            if one.severity != before:
                before = one.severity
                rows.append((before, many[before]))
            rows.append(one)
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def line(self, index: _Index) -> Line | None:
        """The line of a row; None of a heading."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        one = self._rows[index.row()]
        return one if isinstance(one, Line) else None

    def row_of(self, id: str) -> int:
        """Where a line stands; -1 where it doesn't."""
        return next(
            (at for at, one in enumerate(self._rows) if isinstance(one, Line) and one.id == id), -1
        )

    def step(self, row: int, by: int) -> int:
        """The row of the next line in a direction, over headings; the row itself at the end."""
        at = row + by
        while 0 <= at < len(self._rows):
            if isinstance(self._rows[at], Line):
                return at
            at += by
        return row

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many headings and lines there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings can be read but not chosen."""
        if self.line(index) is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """What a row says; all of it as one text for who hears it."""
        if not index.isValid():
            return None
        one = self._rows[index.row()]
        if not isinstance(one, Line):
            return self._heading(one, role)
        match role:
            case _Role.DisplayRole:
                return one.title
            case _Role.ToolTipRole:
                return "\n".join(part for part in (one.title, one.reason) if part)
            case _Role.AccessibleTextRole:
                return told(one)
            case _ if role == LINE:
                return one
        return None

    def _heading(self, one: tuple[str, int], role: int) -> Any:
        severity, n = one
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return tr(N_("{heading} · {n}"), heading=severity_text(severity), n=f"{n:,}")
        return severity if role == HEADING else None


def told(line: Line) -> str:
    """A line as a screen reader says it: its class, what, why, who, and what Enter does."""
    who = line.person_name
    parts = [
        severity_text(line.severity),
        line.title,
        line.reason,
        tr(N_("by {person}"), person=who) if who else "",
        tr(N_("Enter: {action}"), action=action_text(line.action)),
    ]
    return tr(N_("; ")).join(part for part in parts if part)


def put_off_text(n: int) -> str:
    """How many lines were put off until tomorrow."""
    return ntr("{n} put off until tomorrow · show", "{n} put off until tomorrow · show", n)
