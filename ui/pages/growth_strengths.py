"""The map of strengths and weaknesses: people down, skills and measures across."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import (  # fmt: skip
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from models.growth.feedback import GROWTH, STRENGTH
from models.growth.strengths import MIXED, Map, Square
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import help_pages, theme
from ui.jobs import Latest
from ui.pages.read_when_seen import ReadWhenSeen
from ui.pages.workload_model import mixed
from ui.records.empty_state import EmptyState
from ui.records.read_table import MapTable
from ui.session import Session

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_WIDTH = 128  # points of a column
_TINT = 0.28
_RESTS_ON = {"feedback", "skill", "salesperson", "opportunity", "activity", "task"}


class StrengthsModel(QAbstractTableModel):
    """The map as Qt reads it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: Map | None = None

    def show(self, found: Map) -> None:
        """Show what was read."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def square(self, index: _Index) -> Square | None:
        """What is known in a cell."""
        if self.found is None or not index.isValid():
            return None
        return self.found.squares[self.found.people[index.row()][0], index.column()]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many people there are."""
        return 0 if parent.isValid() or self.found is None else len(self.found.people)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many skills and measures."""
        return 0 if parent.isValid() or self.found is None else len(self.found.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """People beside the rows, skills and measures above the columns."""
        if self.found is None or role not in (_Role.DisplayRole, _Role.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.found.people[section][1]
        return self.found.columns[section].text

    def said(self, index: _Index) -> str:
        """A cell in a sentence."""
        square = self.square(index)
        if square is None or self.found is None:
            return ""
        person, column = self.found.people[index.row()][1], self.found.columns[index.column()].text
        if not square.sentence:
            return tr(N_("{person}, {skill}: no cited feedback"), person=person, skill=column)
        return tr(N_("{person}: {what}"), person=person, what=square.sentence)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Sign, figure and trend; the sentence as a tooltip."""
        square = self.square(index)
        if square is None:
            return None
        match role:
            case _Role.DisplayRole:
                return square.text()
            case _Role.ToolTipRole | _Role.AccessibleTextRole:
                return self.said(index)
            case _Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case _Role.BackgroundRole if square.kind in (STRENGTH, GROWTH, MIXED):
                colours = theme.colours()
                tone = {STRENGTH: colours.ok, GROWTH: colours.warning}.get(square.kind, colours.accent)  # fmt: skip
                return mixed(QColor(colours.surface), QColor(tone), _TINT)
            case _Role.ForegroundRole if square.kind not in (STRENGTH, GROWTH, MIXED):
                return theme.brush("muted")
        return None


class _Table(MapTable):
    """People and columns; ``wanted`` on Enter or a double click."""

    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.doubleClicked.connect(self.wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what a cell rests on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        else:
            super().keyPressEvent(event)


class StrengthsTab(ReadWhenSeen):
    """The map; ``open_records`` carries what a cell rests on."""

    rests_on = _RESTS_ON
    open_records = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._latest = Latest(session.jobs, self)
        help_pages.offer(self, "growth")
        self.model = StrengthsModel(self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self.said, self.legend = QLabel(self), QLabel(self)
        self.legend.setObjectName("muted")
        for label in (self.said, self.legend):
            label.setWordWrap(True)
        self.empty = EmptyState(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        for widget, room in ((self.table, 1), (self.empty, 1), (self.said, 0), (self.legend, 0)):
            box.addWidget(widget, room)
        self.table.selectionModel().currentChanged.connect(self._turned)
        self.table.wanted.connect(self.open)
        self.table.menu_wanted.connect(self._menu)
        session.closing.connect(self._latest.forget)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.table.setAccessibleName(tr(N_("Map of strengths")))
        self._fit()
        self._say()
        self._read_soon()

    def _fit(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.table.verticalHeader().setMinimumWidth(theme.scaled(100))
        theme.fit_heads(self.table.horizontalHeader(), _WIDTH)

    def read(self) -> None:
        """Read everything again, in the background."""
        self._stale = False
        book, on = self._session.book, date.today()

        def work(progress: Progress) -> Map:
            from models.growth.strengths import strengths

            return strengths(book, on)

        self._latest.ask(work, self._show, self._failed, tr(N_("Reading strengths…")))

    def _failed(self, error: Exception) -> None:
        self._stale = True
        self.empty.say(str(error))

    def _show(self, found: Map) -> None:
        at = self.table.currentIndex()
        row, column = max(at.row(), 0), max(at.column(), 0)
        self.model.show(found)
        self._fit()
        if self.model.rowCount() and self.model.columnCount():
            row, column = min(row, self.model.rowCount() - 1), min(column, self.model.columnCount() - 1)  # fmt: skip
            self.table.setCurrentIndex(self.model.index(row, column))
        self._say()

    def _say(self) -> None:
        found = self.model.found
        there = found is not None and bool(found.columns) and bool(found.people)
        for widget in (self.table, self.said, self.legend):
            widget.setVisible(there)
        self.empty.setVisible(not there)
        if found is None:
            self.empty.say(tr(N_("Computing…")))
        else:
            self.empty.say(tr(N_("No cited feedback and no records of measures yet. Feedback counts here once it names a skill and cites a record.")))  # fmt: skip
        if found is None:
            return
        text = tr(N_("▲ strength · ▼ to improve · ◆ both · ＝ can't be told apart · “·” too few records · ↗↘ against the half-year before. Of 365 days; Enter opens what it rests on."))  # fmt: skip
        if found.uncited:
            text += " " + ntr("{n} feedback cites no record and doesn't count.", "{n} pieces of feedback cite no record and don't count.", found.uncited)  # fmt: skip
        self.legend.setText(text)

    def _turned(self, index: QModelIndex) -> None:
        self.said.setText(self.model.said(index))

    def open(self) -> None:
        """Show the feedback or the records behind the current cell."""
        index = self.table.currentIndex()
        square, found = self.model.square(index), self.model.found
        if square is None or found is None or not square.n:
            return
        column, (person, name) = found.columns[index.column()], found.people[index.row()]
        records: Any = square.records
        if column.measure:
            from models.growth.strengths import behind

            records = behind(self._session.book, person, column.measure, date.today())
        if records:
            self.open_records.emit(f"{name} · {column.text}", records)

    def _menu(self, at: Any) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry = menu.addAction(tr(N_("Show what it rests on")))
        square = self.model.square(self.table.currentIndex())
        entry.setEnabled(square is not None and bool(square.n))
        entry.triggered.connect(self.open)
        menu.popup(at)
