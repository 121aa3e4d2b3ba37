"""The grid: typed editing, keyboard, blocks to and from Excel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
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

from models.describe.kinds import Link
from models.replacing import Block
from ui import theme
from ui.records import sheet_keys
from ui.records.blocks import Blocks
from ui.records.bubble import Bubble
from ui.records.cells import Cells
from ui.records.selection_sums import SelectionSums
from ui.records.table_model import RecordTableModel
from ui.session import Session

_REST = 80  # ms after the last key before the record is shown beside the list


class Grid(QTableView):
    """A table that behaves like a sheet."""

    picked = Signal(int)  # the id of the current record
    selection_said = Signal(str)
    menu_wanted = Signal(QModelIndex, QPoint)  # the cell, where on the screen
    opened = Signal(int)  # a row's own record is to be opened
    sort_wanted = Signal(object)  # the order: (field, descending)
    formula_wanted = Signal(str, bool)  # a field that a formula works out; whether to open it
    list_wanted = Signal(int)  # the values of a column

    def __init__(
        self, session: Session, model: RecordTableModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._records = model
        self.blocks = Blocks(session, model, self)
        self._sums = SelectionSums(session, model, self)
        self._sums.said.connect(self.selection_said)
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
        # It would ask about each row of each selected column whenever it is painted: seconds, of many
        # rows. It marks nothing, so it gets a selection of its own in which there is nothing.
        head.setSelectionModel(QItemSelectionModel(model, head))
        head.sectionPressed.disconnect()  # a click sorts; Ctrl+Space selects the column
        head.sectionClicked.connect(self.sort_by)
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
        first = range(min(self._records.rowCount(), 40))
        rows = [one for one in first if self._records.id_at(one)]
        texts = [str(self._records.index(row, column).data() or "") for row in rows]
        head = str(self._records.headerData(column, Qt.Orientation.Horizontal) or "")
        width = max([measure(one) for one in texts] + [measure(head) + 18], default=60)
        return max(theme.scaled(70), min(width + 24, theme.scaled(300)))

    def edit(self, index: QModelIndex | QPersistentModelIndex, *how: Any) -> Any:
        """Edit a cell; what a formula works out is not typed over, but explained or opened."""
        trigger = QAbstractItemView.EditTrigger
        if self.explains(index, how[0] if how else trigger.EditKeyPressed):
            return True if how else None
        return super().edit(index, *how)

    def explains(
        self, index: QModelIndex | QPersistentModelIndex, asked: QAbstractItemView.EditTrigger
    ) -> bool:
        """Whether a cell is worked out by a formula, which is then told or opened, as it is asked."""
        field = self._records.field_at(index.column()) if index.isValid() else None
        name = self._records.fields[index.column()] if field else ""
        own = field is not None and bool(self._records.id_at(index.row())) and "." not in name
        if field is None or not field.formula or not own:
            return False
        trigger = QAbstractItemView.EditTrigger
        if asked == trigger.AnyKeyPressed:
            self.formula_wanted.emit(name, False)
        elif asked in (trigger.EditKeyPressed, trigger.DoubleClicked):
            self.formula_wanted.emit(name, True)
        return True

    def sort_by(self, column: int) -> None:
        """Sort by a column, with Shift by it too; again turns the order around."""
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
        self._sums.look(self._blocks(), sheet_keys.shown_columns(self))

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
        return [id for row in sorted(rows) if (id := self._records.id_at(row))]

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
                [
                    id
                    for row in range(one.top(), one.bottom() + 1)
                    if (id := self._records.id_at(row))
                ],
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
            (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier | shift): self._ask_values,
            (Qt.Key.Key_Return, control): self.open_linked,
            (Qt.Key.Key_Enter, control): self.open_linked,
            (Qt.Key.Key_Space, none): self._turn_flag if self._on_flag() else None,
        }.get((Qt.Key(event.key()), held))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter in an editor goes on to the cell below, as in a sheet; Escape gives up what was
        declined. Where it was declined the editor stays, with its text, to be put right."""
        if self.stays(hint):
            return
        super().closeEditor(editor, hint)
        self.ended(hint)

    def stays(self, hint: QAbstractItemDelegate.EndEditHint) -> bool:
        """Whether the editor of the current cell stays, because what it holds was declined."""
        hints = QAbstractItemDelegate.EndEditHint
        declined = self._records.declined(self.currentIndex()) is not None
        if not declined or hint in (hints.NoHint, hints.RevertModelCache):
            return False
        self._say_why()
        return True

    def ended(self, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """What follows the end of an edit."""
        at, hints = self.currentIndex(), QAbstractItemDelegate.EndEditHint
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

    def _ask_values(self) -> None:
        """Open the list of the current column's values, as Excel's filter has it."""
        shown = sheet_keys.shown_columns(self)
        column = self.currentIndex().column() if self.currentIndex().isValid() else shown[0]
        self.list_wanted.emit(column)

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
        to = at.row() + rows
        while 0 <= to < self._records.rowCount() and not self._records.id_at(to):
            to += rows  # nothing is typed into the row of a group
        if 0 <= to < self._records.rowCount():
            self.setCurrentIndex(self._records.index(to, at.column()))
