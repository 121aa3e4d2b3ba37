"""The grid: typed editing, keyboard, blocks to and from Excel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from models.describe.kinds import KINDS, Link
from models.replacing import Block
from models.texts import N_, ntr, tr
from ui import theme
from ui.records import sheet_keys
from ui.records.blocks import Blocks
from ui.records.bubble import Bubble
from ui.records.cells import Cells
from ui.records.table_model import RecordTableModel
from ui.session import Session

_REST = 80  # ms after the last key before the record is shown beside the list
_SUMMED = 20_000  # cells that the status bar sums at most


class Grid(QTableView):
    """A table that behaves like a sheet."""

    picked = Signal(int)  # the id of the current record
    selection_said = Signal(str)
    menu_wanted = Signal(QModelIndex, QPoint)  # the cell, where on the screen
    opened = Signal(int)  # a row's own record is to be opened
    sort_wanted = Signal(object)  # the order: (field, descending)

    def __init__(
        self, session: Session, model: RecordTableModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._records = model
        self.blocks = Blocks(session, model, self)
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
        beside.setDefaultSectionSize(theme.row_height())
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        beside.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setHighlightSections(False)
        head.sectionPressed.disconnect()  # a click sorts; Ctrl+Space selects the column
        head.sectionClicked.connect(self._sort)
        self._by_key = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._rested)
        self._column = 0  # of the last current cell; another order of the rows leaves it
        self.selectionModel().currentChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(self._selected)
        model.rowsRemoved.connect(self._gone)
        self._why = Bubble(
            self.viewport(), fault=True
        )  # why the current cell declined what was typed
        model.dataChanged.connect(self._say_why)
        model.modelReset.connect(self._why.hide)

    def fields_shown(self) -> list[str]:
        """The fields of the columns that are seen, in their order."""
        return [self._records.fields[one] for one in sheet_keys.shown_columns(self)]

    def asked_width(self, column: int) -> int:
        """The width that a column's name and its first rows ask for, in points."""
        measure = self.fontMetrics().horizontalAdvance
        rows = range(min(self._records.rowCount(), 40))
        texts = [str(self._records.index(row, column).data() or "") for row in rows]
        head = str(self._records.headerData(column, Qt.Orientation.Horizontal) or "")
        width = max([measure(one) for one in texts] + [measure(head) + 18], default=60)
        return max(theme.scaled(70), min(width + 24, theme.scaled(300)))

    def _sort(self, column: int) -> None:
        name = self._records.fields[column]
        add = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        now = self._records.sorting
        down = not dict(now)[name] if name in dict(now) else False
        others = [one for one in now if one[0] != name] if add else []
        self.sort_wanted.emit([*others, (name, down)])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the cell under the pointer, or of the current one."""
        at = self.currentIndex()
        place = self.viewport().mapToGlobal(self.visualRect(at).bottomLeft())
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            at = self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
            place = event.globalPos()
        self.menu_wanted.emit(at, place)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self._column = now.column()
            self._say_why()
            if now.row() != before.row():
                # Who moves by keys sees where he is at once, and the record when he rests there.
                self._rest.start() if self._by_key else self._rested()

    def _rested(self) -> None:
        self._rest.stop()
        if self.currentIndex().isValid():
            self.picked.emit(self._records.id_at(self.currentIndex().row()))

    def _selected(self) -> None:
        """Who works by a screen reader selects a cell without making it the current one."""
        blocks, now = self._blocks(), self.currentIndex()
        if len(blocks) == 1 and not blocks[0].contains(now):
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(blocks[0].topLeft(), keep)
        self.say_selection()

    def _gone(self) -> None:
        """The record that takes the place of a removed one is selected, not only current."""
        at = self.currentIndex()
        if at.isValid() and not self.selectionModel().hasSelection():
            self._choose(at)

    def pick(self, id: int) -> bool:
        """Make a record current; False when it isn't shown."""
        row = self._records.row_of(id)
        if row < 0:
            return False
        if self.currentIndex().row() == row:
            return True  # and what is selected beside it stays selected
        inside = self._column < self._records.columnCount()
        self._choose(self._records.index(row, self._column if inside else 0))
        return True

    def enter(self) -> None:
        """Begin at the first record unless one is current."""
        chosen = self.currentIndex().isValid() and self.selectionModel().hasSelection()
        if not chosen and self._records.rowCount():
            self._choose(self._records.index(0, sheet_keys.shown_columns(self)[0]))

    def _choose(self, at: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(at)

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

    def block_shown(self) -> list[Block]:
        """All records and the columns that can be written."""
        return [(self._records.ids[:], self._written(sheet_keys.shown_columns(self)))]

    def blocks_selected(self) -> list[Block]:
        """The selected records and columns; nothing where only one cell is selected."""
        if self._selected_count() < 2:
            return []
        seen = sheet_keys.shown_columns(self)
        return [
            (
                self._records.ids[one.top() : one.bottom() + 1],
                self._written([at for at in seen if one.left() <= at <= one.right()]),
            )
            for one in self._blocks()
        ]

    def _written(self, columns: list[int]) -> list[str]:
        return [name for at in columns if "." not in (name := self._records.fields[at])]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves down, Delete clears, Escape leaves, copy and paste take blocks."""
        self._by_key = True
        act = self._key_act(event)
        if act is not None:
            act()
        elif not sheet_keys.press(self, event):
            super().keyPressEvent(event)
        self._by_key = False

    def _key_act(self, event: QKeyEvent) -> Callable[[], None] | None:
        standard = QKeySequence.StandardKey
        for known, act in (
            (standard.Copy, self.blocks.copy),
            (standard.Cut, self.blocks.cut),
            (standard.Paste, self.blocks.paste),
        ):
            if event.matches(known):
                return act
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
        shift = Qt.KeyboardModifier.ShiftModifier
        return {
            (Qt.Key.Key_Return, none): self._entered,
            (Qt.Key.Key_Enter, none): self._entered,
            (Qt.Key.Key_Return, shift): self._move_up,
            (Qt.Key.Key_Enter, shift): self._move_up,
            (Qt.Key.Key_Delete, none): self.blocks.clear,
            (Qt.Key.Key_Escape, none): self._leave,
            (Qt.Key.Key_D, control): self.blocks.fill_down,
            (Qt.Key.Key_R, control): self.blocks.fill_right,
            (Qt.Key.Key_C, control | shift): self.blocks.copy_with_heads,
            (Qt.Key.Key_Return, control): self.open_linked,
            (Qt.Key.Key_Enter, control): self.open_linked,
            (Qt.Key.Key_Space, none): self._turn_flag if self._on_flag() else None,
        }.get((Qt.Key(event.key()), held))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter in an editor goes on to the cell below, as in a sheet; Escape gives up what was
        declined. Where it was declined the editor stays, with its text, to be put right."""
        at, hints = self.currentIndex(), QAbstractItemDelegate.EndEditHint
        declined = self._records.declined(at) is not None
        if declined and hint not in (hints.NoHint, hints.RevertModelCache):
            self._say_why()
            return
        super().closeEditor(editor, hint)
        if hint == hints.RevertModelCache:
            self._records.forgive(at)
        elif hint == hints.SubmitModelCache:
            self._move(1)
        self._say_why()

    def _say_why(self) -> None:
        """Why the current cell declined what was typed into it, beside the cell."""
        at = self.currentIndex()
        declined = self._records.declined(at) is not None
        why = at.data(Qt.ItemDataRole.ToolTipRole) if declined else None
        self._why.tell(str(why or ""), self.visualRect(at))

    def hideEvent(self, event: QHideEvent) -> None:
        """What is said at a cell goes with it."""
        super().hideEvent(event)
        self._why.hide()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is said at a cell moves with it."""
        super().scrollContentsBy(dx, dy)
        self._say_why()

    def open_linked(self) -> None:
        """Show the record that the current cell points to; ``opened`` asks for the row's own."""
        at = self.currentIndex()
        if not at.isValid():
            return
        value = self._records.value(at.row(), at.column())
        if isinstance(value, Link):
            self._session.record_wanted.emit(self._records.field_at(at.column()).target, value.id)
        else:
            self.opened.emit(self._records.id_at(at.row()))

    def _on_flag(self) -> bool:
        at = self.currentIndex()
        return at.isValid() and self._records.field_at(at.column()).kind == "flag"

    def _turn_flag(self) -> None:
        """Space turns yes into no, and no or nothing into yes, in all selected flags."""
        at = self.currentIndex()
        on = self._records.value(at.row(), at.column())
        self.blocks.write_flags(not on)

    def _entered(self) -> None:
        # An editor passes its Enter on before it is closed; closeEditor moves then.
        if self.state() != QAbstractItemView.State.EditingState:
            self._move(1)

    def _move_up(self) -> None:
        if self.state() != QAbstractItemView.State.EditingState:
            self._move(-1)

    def _leave(self) -> None:
        """Tab goes to the next cell, as in a sheet; this leads out of it."""
        if self._records.forgive(self.currentIndex()):
            return
        self.setTabKeyNavigation(False)
        self.focusNextPrevChild(True)
        self.setTabKeyNavigation(True)

    def _move(self, rows: int) -> None:
        at = self.currentIndex()
        to = min(max(at.row() + rows, 0), self._records.rowCount() - 1)
        self.setCurrentIndex(self._records.index(to, at.column()))
