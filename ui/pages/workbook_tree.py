"""The changes of a workbook as a tree: customers, below each what changed, with all its values."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTreeView, QWidget

from models.texts import N_
from models.workbooks.items import LEAVE, MINE, OTHER, THEIRS
from ui import theme
from ui.pages.workbook_entries import JOIN, PROBLEM, Entry
from ui.pages.workbook_slip import Slip
from ui.records.read_table import Headed

_Index = QModelIndex | QPersistentModelIndex
_TOP = 0  # the inner id of a customer's row; below it stands the customer's number + 1
TICK = "tick"
KEYS = {
    Qt.Key.Key_M: MINE,
    Qt.Key.Key_D: MINE,
    Qt.Key.Key_T: THEIRS,
    Qt.Key.Key_J: JOIN,
    Qt.Key.Key_V: OTHER,
    Qt.Key.Key_Space: LEAVE,
}


class Column(IntEnum):
    """What stands where."""

    WHAT = 0
    BASE = 1
    MINE = 2
    THEIRS = 3
    RESULT = 4


_HEADS = {
    Column.WHAT: N_("Change"),
    Column.BASE: N_("When it left"),
    Column.MINE: N_("In the book"),
    Column.THEIRS: N_("In the workbook"),
    Column.RESULT: N_("Result"),
}
_SHARES = {Column.WHAT: 28, Column.BASE: 16, Column.MINE: 18, Column.THEIRS: 20, Column.RESULT: 18}
_LEAST = 90  # points of a column


class EntryModel(Headed, QAbstractItemModel):
    """The lines of one slip, customer by customer; safe ones are ticked."""

    heads = _HEADS
    ticked = Signal(str)  # the id of a line whose tick was changed

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.slip: Slip | None = None
        self.groups: list[tuple[str, list[Entry]]] = []

    def show(self, slip: Slip | None, *, only_asked: bool) -> None:
        """Show the lines of a slip, all or only those that wait for a decision."""
        self.beginResetModel()
        self.slip = slip
        found: dict[str, list[Entry]] = {}
        for one in slip.entries if slip is not None else ():
            if not only_asked or one.asked:
                found.setdefault(one.group, []).append(one)
        self.groups = list(found.items())
        self.endResetModel()

    def entry(self, index: _Index) -> Entry | None:
        """The line of a row; None for a customer's own."""
        if not index.isValid() or index.internalId() == _TOP:
            return None
        return self.groups[index.internalId() - 1][1][index.row()]

    def index_of(self, id: str) -> QModelIndex:
        """Where a line stands; an invalid index if it isn't shown."""
        for at, (_, lines) in enumerate(self.groups):
            for row, one in enumerate(lines):
                if one.id == id:
                    return self.createIndex(row, 0, at + 1)
        return QModelIndex()

    def tell(self, id: str) -> None:
        """A line was decided otherwise."""
        index = self.index_of(id)
        if index.isValid():
            self.dataChanged.emit(index, index.siblingAtColumn(Column.RESULT))

    # -- what Qt asks ------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """A cell."""
        if not (0 <= row < self.rowCount(parent) and 0 <= column < len(Column)):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: _Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """The customer of a line."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many customers, or how many lines of one."""
        if not parent.isValid():
            return len(self.groups)
        if parent.internalId() != _TOP or parent.column() != 0:
            return 0
        return len(self.groups[parent.row()][1])

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The same for all."""
        return len(Column)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Safe lines can be ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        one = self.entry(index)
        if one is not None and not one.asked and one.what != PROBLEM and index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; the whole of it as a tooltip; a tick before what is safe."""
        if not index.isValid() or self.slip is None:
            return None
        one, column = self.entry(index), Column(index.column())
        if one is None:
            return self._head(index.row(), column, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(one, column).replace("\n", " ")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(one, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == Column.WHAT:
            return self._tick(one)
        return self._look(one, column, role)

    def _head(self, row: int, column: Column, role: int) -> Any:
        if column != Column.WHAT:
            return None
        name, lines = self.groups[row]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{name}  ({len(lines):,})"
        if role == Qt.ItemDataRole.FontRole:
            return _heavier()
        return None

    def _text(self, one: Entry, column: Column) -> str:
        assert self.slip is not None
        match column:
            case Column.WHAT:
                return one.field if one.label == one.group and one.field else one.title
            case Column.BASE:
                return one.base
            case Column.MINE:
                return one.mine
            case Column.THEIRS:
                return one.theirs
        return one.outcome(self.slip.decisions.get(one.id))

    def _tick(self, one: Entry) -> Any:
        assert self.slip is not None
        if one.asked or one.what == PROBLEM:
            return None
        taken = self.slip.taken(one) != MINE
        return Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked

    def _look(self, one: Entry, column: Column, role: int) -> Any:
        assert self.slip is not None
        if role == Qt.ItemDataRole.ForegroundRole:
            if one.what == PROBLEM:
                return theme.brush("warning")
            if column == Column.RESULT and self.slip.taken(one) == LEAVE:
                return theme.brush("danger")
            return theme.brush("muted") if column == Column.BASE else None
        if role == Qt.ItemDataRole.FontRole and column == Column.RESULT:
            return _heavier()
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A click on a tick."""
        one = self.entry(index)
        if role != Qt.ItemDataRole.CheckStateRole or one is None or self.slip is None:
            return False
        self.slip.decide(one, THEIRS if Qt.CheckState(value) == Qt.CheckState.Checked else MINE)
        self.tell(one.id)
        self.ticked.emit(one.id)
        return True


def _heavier() -> QFont:
    """The font of the program, heavier."""
    font = QFont(QApplication.font())
    font.setWeight(QFont.Weight.DemiBold)
    return font


class EntryTree(QTreeView):
    """Shows them; a letter decides the line that is chosen (M, T, J, V, D, the space bar)."""

    decided = Signal(str)  # what a key asks for
    said = Signal()  # the comment is wanted
    next_wanted = Signal()
    opened = Signal()
    apply_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = EntryModel(self)
        self.setModel(self.rows)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.header().setStretchLastSection(True)
        self.header().setSectionsMovable(False)

    @property
    def entry(self) -> Entry | None:
        """The line that is chosen."""
        return self.rows.entry(self.currentIndex())

    def show_slip(self, slip: Slip | None, *, only_asked: bool) -> None:
        """Show the lines of a slip; the line that was chosen stays so, or one in its place is."""
        before = self.entry
        place = self.verticalScrollBar().value()
        same = slip is not None and self.rows.slip is slip
        self.rows.show(slip, only_asked=only_asked)
        for row in range(self.rows.rowCount()):
            self.setFirstColumnSpanned(row, QModelIndex(), True)
        self.expandAll()
        again = self.rows.index_of(before.id) if before is not None and same else QModelIndex()
        if again.isValid():
            self.setCurrentIndex(again)
            self.verticalScrollBar().setValue(place)
        elif self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0, self.rows.index(0, 0)))
            self.scrollToTop()

    def go_on(self) -> bool:
        """To the next line that waits for a decision, from the chosen one on and round; False if none does."""
        slip = self.rows.slip
        if slip is None:
            return False
        every = [one for _, lines in self.rows.groups for one in lines]
        now = self.entry
        at = next((place for place, one in enumerate(every) if one is now), -1)
        for one in [*every[at + 1 :], *every[: at + 1]]:
            if one.asked and slip.taken(one) == LEAVE:
                self.setCurrentIndex(self.rows.index_of(one.id))
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the room that there is."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give columns their shares of the room."""
        room = self.viewport().width()
        for column, share in _SHARES.items():
            if column != Column.RESULT:
                self.setColumnWidth(column, max(room * share // 100, theme.scaled(_LEAST)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters decide; N goes to the next open one, C to the comment, Enter opens the record, with Ctrl it applies."""
        key, plain = Qt.Key(event.key()), not event.modifiers()
        if plain and key in KEYS and self.entry is not None:
            self.decided.emit(TICK if key == Qt.Key.Key_Space else KEYS[key])
        elif plain and key == Qt.Key.Key_C:
            self.said.emit()
        elif plain and key == Qt.Key.Key_N:
            self.next_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.apply_wanted if control else self.opened).emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a line."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if self.rows.entry(index) is None:
            return
        self.setCurrentIndex(index)
        at = self.viewport().mapToGlobal(self.visualRect(index).center())
        self.menu_wanted.emit(at if by_key else event.globalPos())
