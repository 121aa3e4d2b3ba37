"""The grid: typed editing, keyboard, blocks to and from Excel."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.describe.kinds import KINDS
from models.door import Change
from models.texts import N_, ntr, tr
from ui.records import clipboard
from ui.records.editors import make_editor, put_text, text_of
from ui.records.table_model import RecordTableModel
from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_SUMMED = 20_000  # cells that the status bar sums at most


class Cells(QStyledItemDelegate):
    """Puts the field's editor into the cell."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of a cell."""
        model = index.model()
        assert isinstance(model, RecordTableModel)
        made = make_editor(self._session, model.field_at(index.column()), parent)
        if isinstance(made, QLineEdit):
            made.setFrame(False)
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the value into the editor."""
        put_text(editor, str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take the value out of the editor."""
        model.setData(index, text_of(editor))


class Grid(QTableView):
    """A table that behaves like a sheet."""

    picked = Signal(int)  # the id of the current record
    selection_said = Signal(str)

    def __init__(
        self, session: Session, model: RecordTableModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._records = model
        self.setModel(model)
        self.setItemDelegate(Cells(session, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        beside = self.verticalHeader()
        beside.setDefaultSectionSize(28)
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        beside.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setHighlightSections(False)
        head.sectionClicked.connect(self._sort)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(self.say_selection)

    def fit(self) -> None:
        """Give columns the width that their first rows ask for."""
        measure = self.fontMetrics().horizontalAdvance
        rows = range(min(self._records.rowCount(), 40))
        for column in range(self._records.columnCount()):
            texts = [str(self._records.index(row, column).data() or "") for row in rows]
            head = str(self._records.headerData(column, Qt.Orientation.Horizontal) or "")
            width = max([measure(one) for one in texts] + [measure(head) + 18], default=60)
            self.setColumnWidth(column, max(70, min(width + 24, 300)))

    def _sort(self, column: int) -> None:
        name = self._records.fields[column]
        add = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        now = self._records.sorting
        down = not dict(now)[name] if name in dict(now) else False
        others = [one for one in now if one[0] != name] if add else []
        self._records.sorting = [*others, (name, down)]
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)
        self._records.load()

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self.picked.emit(self._records.id_at(now.row()))

    def pick(self, id: int) -> bool:
        """Make a record current; False when it isn't shown."""
        row = self._records.row_of(id)
        if row < 0:
            return False
        if self.currentIndex().row() == row:
            return True  # and what is selected beside it stays selected
        at = self._records.index(row, max(self.currentIndex().column(), 0))
        self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(at)
        return True

    def say_selection(self) -> None:
        """Say how many cells are selected, and their sum."""
        indexes = self.selectedIndexes() if self._selected_count() <= _SUMMED else []
        if len(indexes) < 2:
            self.selection_said.emit("")
            return
        values = [
            self._records.value(one.row(), one.column())
            for one in indexes
            if KINDS[self._records.field_at(one.column()).kind].sums
        ]
        numbers = [one for one in values if one is not None]
        text = ntr("{n} cell", "{n} cells", len(indexes))
        if numbers:
            text = tr(
                N_("{cells}   sum {sum}   mean {mean}"),
                cells=text,
                sum=f"{sum(numbers):,.2f}",
                mean=f"{sum(numbers) / len(numbers):,.2f}",
            )
        self.selection_said.emit(text)

    def _selected_count(self) -> int:
        return sum(one.width() * one.height() for one in self._blocks())

    def _blocks(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(place) for place in range(chosen.count())]

    def rows_selected(self) -> list[int]:
        """Ids of the rows in which anything is selected."""
        rows: set[int] = set()
        for one in self._blocks():
            rows.update(range(one.top(), one.bottom() + 1))
        return [self._records.id_at(row) for row in sorted(rows)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves down, Delete clears, Escape leaves, copy and paste take blocks."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            clipboard.copy(self)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # An editor passes its Enter on before it is closed; closeEditor moves then.
            if self.state() != QAbstractItemView.State.EditingState:
                self._move_down()
        elif event.key() == Qt.Key.Key_Delete:
            cells = {(one.row(), one.column()): "" for one in self.selectedIndexes()}
            self._write(cells, tr(N_("Clear cells")))
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_D and control:
            self._fill_down()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter in an editor goes on to the cell below, as in a sheet."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._move_down()

    def _leave(self) -> None:
        """Tab goes to the next cell, as in a sheet; this leads out of it."""
        self.setTabKeyNavigation(False)
        self.focusNextPrevChild(True)
        self.setTabKeyNavigation(True)

    def _move_down(self) -> None:
        at = self.currentIndex()
        last = self._records.rowCount() - 1
        self.setCurrentIndex(self._records.index(min(at.row() + 1, last), at.column()))

    def paste(self) -> None:
        """Write a block from the clipboard from the current cell on, as one change."""
        block = clipboard.block()
        at = self.currentIndex()
        if not block or not at.isValid():
            return
        head = self.horizontalHeader()
        first = head.visualIndex(at.column())
        cells = {}
        for down, row in enumerate(block):
            for right, text in enumerate(row):
                column = head.logicalIndex(first + right)
                inside = at.row() + down < self._records.rowCount()
                if inside and 0 <= column < self._records.columnCount():
                    cells[at.row() + down, column] = text
        self._write(cells, ntr("Paste {n} cell", "Paste {n} cells", len(cells)))

    def _fill_down(self) -> None:
        by_column: dict[int, list[int]] = {}
        for one in self.selectedIndexes():
            by_column.setdefault(one.column(), []).append(one.row())
        cells = {}
        for column, rows in by_column.items():
            rows.sort()
            text = str(self._records.index(rows[0], column).data(Qt.ItemDataRole.EditRole) or "")
            cells.update({(row, column): text for row in rows[1:]})
        self._write(cells, tr(N_("Fill down")))

    def _write(self, cells: dict[tuple[int, int], str], reason: str) -> None:
        model = self._records
        by_row: dict[int, dict[str, str]] = {}
        for (row, column), text in cells.items():
            if model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable:
                by_row.setdefault(model.id_at(row), {})[model.fields[column]] = text
        if not by_row:
            return

        def act(change: Change) -> None:
            for id, values in by_row.items():
                change.set(model.entity, id, values)

        self._session.write(reason, act, offer_undo=True)
