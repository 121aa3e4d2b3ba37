"""The grid: typed editing, keyboard, blocks to and from Excel."""

from __future__ import annotations

import csv
import html
import io
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.describe.kinds import KINDS
from models.texts import N_, ntr, tr
from ui.records.table_model import RecordTableModel
from ui.session import Session

Index = QModelIndex | QPersistentModelIndex


class Editors(QStyledItemDelegate):
    """One editor a kind: a list for choices and flags, text for the rest."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of a cell."""
        model = index.model()
        assert isinstance(model, RecordTableModel)
        field = model.field_at(index.column())
        made: QWidget
        if field.kind in ("choice", "flag"):
            made = QComboBox(parent)
            made.addItem("")
            if field.kind == "choice":
                made.addItems([one.text() for one in field.choices])
            else:
                made.addItems([tr(N_("Yes")), tr(N_("No"))])
        else:
            made = QLineEdit(parent)
            made.setFrame(False)
        made.setAccessibleName(field.text())
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the value into the editor."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findText(text)))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take the value out of the editor."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())


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
        self.setItemDelegate(Editors(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setAlternatingRowColors(False)
        self.verticalHeader().setDefaultSectionSize(28)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setHighlightSections(False)
        head.sectionClicked.connect(self._sort)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(self._selected)

    def fit(self) -> None:
        """Give columns the width that their first rows ask for."""
        metrics = self.fontMetrics()
        for column in range(self._records.columnCount()):
            texts = [
                str(self._records.index(row, column).data() or "")
                for row in range(min(self._records.rowCount(), 40))
            ]
            head = str(self._records.headerData(column, Qt.Orientation.Horizontal) or "")
            width = max(
                [metrics.horizontalAdvance(one) for one in texts]
                + [metrics.horizontalAdvance(head) + 22],
                default=60,
            )
            self.setColumnWidth(column, max(70, min(width + 22, 280)))

    def _sort(self, column: int) -> None:
        name = self._records.fields[column]
        add = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        now = dict(self._records.sorting)
        down = not now[name] if name in now else False
        self._records.sorting = (
            [*(one for one in self._records.sorting if one[0] != name), (name, down)]
            if add
            else [(name, down)]
        )
        self._records.load()
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self.picked.emit(self._records.id_at(now.row()))

    def _selected(self) -> None:
        indexes = self.selectedIndexes()
        if len(indexes) < 2:
            self.selection_said.emit("")
            return
        numbers = [
            self._records.value(one.row(), one.column())
            for one in indexes[:5000]
            if KINDS[self._records.field_at(one.column()).kind].sums
        ]
        numbers = [one for one in numbers if one is not None]
        text = ntr("{n} cell", "{n} cells", len(indexes))
        if numbers:
            text += "  ·  " + tr(
                N_("sum {sum}, mean {mean}"),
                sum=f"{sum(numbers):,.2f}",
                mean=f"{sum(numbers) / len(numbers):,.2f}",
            )
        self.selection_said.emit(text)

    def rows_selected(self) -> list[int]:
        """Ids of the rows in which anything is selected."""
        return [
            self._records.id_at(row)
            for row in sorted({one.row() for one in self.selectedIndexes()})
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves down, Delete clears, copy and paste take blocks."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            at = self.currentIndex()
            self.setCurrentIndex(
                self._records.index(min(at.row() + 1, self._records.rowCount() - 1), at.column())
            )
        elif event.key() == Qt.Key.Key_Delete:
            self._write(
                {(one.row(), one.column()): "" for one in self.selectedIndexes()},
                tr(N_("Clear cells")),
            )
        elif (
            event.key() == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._fill_down()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected block on the clipboard, as text and as a table that keeps zeros."""
        indexes = sorted(
            self.selectedIndexes(), key=lambda one: (one.row(), self.visualColumn(one.column()))
        )
        if not indexes:
            return
        rows: dict[int, list[str]] = {}
        for one in indexes:
            rows.setdefault(one.row(), []).append(str(one.data(Qt.ItemDataRole.EditRole) or ""))
        text = io.StringIO()
        csv.writer(text, delimiter="\t", lineterminator="\n").writerows(rows.values())
        cells = "".join(
            "<tr>"
            + "".join(
                f"<td style='mso-number-format:\"\\@\"'>{html.escape(cell)}</td>" for cell in row
            )
            + "</tr>"
            for row in rows.values()
        )
        data = QMimeData()
        data.setText(text.getvalue().rstrip("\n"))
        data.setHtml(f"<table>{cells}</table>")
        QGuiApplication.clipboard().setMimeData(data)

    def visualColumn(self, column: int) -> int:
        """Where a column is shown."""
        return self.horizontalHeader().visualIndex(column)

    def paste(self) -> None:
        """Write a block from the clipboard from the current cell on, as one change."""
        block = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text()), delimiter="\t"))
        at = self.currentIndex()
        if not block or not at.isValid():
            return
        head = self.horizontalHeader()
        first = head.visualIndex(at.column())
        cells = {}
        for down, row in enumerate(block):
            for right, text in enumerate(row):
                column = head.logicalIndex(first + right)
                if (
                    at.row() + down < self._records.rowCount()
                    and 0 <= column < self._records.columnCount()
                ):
                    cells[(at.row() + down, column)] = text
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
        if not cells:
            return
        model = self._records
        by_row: dict[int, dict[str, Any]] = {}
        for (row, column), text in cells.items():
            if "." not in model.fields[column]:
                by_row.setdefault(model.id_at(row), {})[model.fields[column]] = text

        def act(change: Any) -> None:
            for id, values in by_row.items():
                change.set(model.entity, id, values)

        self._session.write(reason, act, offer_undo=True)
