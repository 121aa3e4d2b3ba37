"""The row of totals below a grid: one function a column, exact over everything that is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QTableView,
    QWidget,
)

from models.describe.kinds import KINDS
from models.texts import N_, tr
from models.views.view import functions_of
from ui import theme
from ui.records.frozen import Frozen
from ui.records.grouped_model import GroupedModel
from ui.records.table_model import Index
from ui.records.total_words import function_name


class _Totals(QAbstractTableModel):
    """One row: each column's total, as its name and value."""

    def __init__(self, records: GroupedModel, parent: QObject) -> None:
        super().__init__(parent)
        self._records = records
        records.modelReset.connect(self._reset)
        records.totals_said.connect(self._said)

    def _reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def _said(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(0, max(self.columnCount() - 1, 0)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One."""
        return 0 if parent.isValid() else 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as the grid has."""
        return 0 if parent.isValid() else self._records.columnCount()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The total of a column, with its function before it."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            numeric = KINDS[self._records.field_at(index.column()).kind].numeric
            side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._records.total_text(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns, for those who hear them; a sign beside."""
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Vertical:
                return "Σ"
            return self._records.title(section)
        return None


class _Row(QTableView):
    """Enter and Space offer what a click does."""

    offered = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer the functions of the current column."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self.offered.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class TotalsRow(QWidget):
    """Stands below the grid and moves sideways with it; a click or Enter offers the functions."""

    asked = Signal(str, str)  # a column's path, its function, "" for none

    def __init__(self, model: GroupedModel, grid: QTableView, parent: QWidget) -> None:
        super().__init__(parent)
        self._records, self._grid = model, grid
        self.view = _Row(self)
        self.view.setModel(_Totals(model, self))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.horizontalHeader().hide()
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setTabKeyNavigation(False)
        self.view.setWordWrap(False)
        beside = self.view.verticalHeader()
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        beside.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.frozen = Frozen(self.view)
        self.frozen.clicked.connect(self._offer_at)
        self._beside = QWidget(self)  # as wide as the grid's scroll bar
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.view, 1)
        box.addWidget(self._beside)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._acts: dict[QAction, Callable[[], None]] = {}
        self._follow()
        self.retranslate()

    def _follow(self) -> None:
        head = self._grid.horizontalHeader()
        head.sectionResized.connect(self.arrange)
        head.sectionMoved.connect(self.arrange)
        head.geometriesChanged.connect(self.arrange)
        self._grid.horizontalScrollBar().valueChanged.connect(self._scroll)
        self._grid.verticalHeader().geometriesChanged.connect(self.arrange)
        self._grid.verticalScrollBar().rangeChanged.connect(self.arrange)
        self._records.modelReset.connect(self.arrange)
        self._records.totals_said.connect(self._seen)
        self.view.clicked.connect(self._offer_at)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.view.offered.connect(self._offer_at)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.view.setAccessibleName(tr(N_("Totals")))
        self.arrange()

    def _seen(self) -> None:
        self.setVisible(bool(self._records.asked) and self._records.rowCount() > 0)
        self.arrange()

    def sizeHint(self) -> QSize:
        """As high as one row."""
        return QSize(100, theme.row_height() + 2)

    def arrange(self) -> None:
        """Every column below its own."""
        mine, theirs = self.view.horizontalHeader(), self._grid.horizontalHeader()
        if mine.count() != theirs.count():
            return  # the grid hears of new columns first
        for place in range(theirs.count()):
            column = theirs.logicalIndex(place)
            if mine.visualIndex(column) != place:
                mine.moveSection(mine.visualIndex(column), place)
            hidden = theirs.isSectionHidden(column)
            if mine.isSectionHidden(column) != hidden:
                self.view.setColumnHidden(column, hidden)
            if not hidden:
                self.view.setColumnWidth(column, theirs.sectionSize(column))
        self.view.setRowHeight(0, theme.row_height())
        self.setFixedHeight(theme.row_height() + 2)
        self.view.verticalHeader().setFixedWidth(self._grid.verticalHeader().width())
        bar = self._grid.verticalScrollBar()
        self._beside.setFixedWidth(bar.sizeHint().width() if bar.maximum() > 0 else 0)
        self._scroll()
        self.frozen.arrange()

    def _scroll(self) -> None:
        self.view.horizontalScrollBar().setValue(self._grid.horizontalScrollBar().value())

    # -- choosing a function ---------------------------------------------------------------------

    def _on_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self._offer_at(index)

    def _offer_at(self, index: QModelIndex) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._acts = fill_functions(menu, self._records, index.column(), self.asked.emit)
        menu.triggered.connect(self._chosen)
        menu.popup(self.view.viewport().mapToGlobal(self.view.visualRect(index).topLeft()))

    def _chosen(self, action: QAction) -> None:
        if action in self._acts:
            self._acts[action]()


def fill_functions(
    menu: QMenu, model: GroupedModel, column: int, ask: Callable[[str, str], object]
) -> dict[QAction, Callable[[], None]]:
    """Offer the functions of a column; gives what each entry does."""
    path, kind = model.fields[column], model.field_at(column).kind
    now = dict(model.asked).get(path, "")
    group = QActionGroup(menu)
    made: dict[QAction, Callable[[], None]] = {}
    for how in ("", *functions_of(kind)):
        text = function_name(how, kind) if how else tr(N_("No total"))
        action = QAction(text, menu)
        action.setCheckable(True)
        action.setChecked(how == now)
        group.addAction(action)
        menu.addAction(action)
        made[action] = _asking(ask, path, how)
    return made


def _asking(ask: Callable[[str, str], object], path: str, how: str) -> Callable[[], None]:
    def act() -> None:
        ask(path, how)

    return act
