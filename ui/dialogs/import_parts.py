"""The parts of the import's review: columns, preview, problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.sheets.importing import Found
from models.sheets.mapping import ColumnMapping, offers
from models.sheets.report import TableChoice
from models.texts import N_, ntr, tr
from ui import theme
from ui.session import Session

_PREVIEWED = 60  # rows
LISTED = 500  # problems, names
_SURE = 0.8  # a confidence below is marked


def make_table(name: str, heads: Sequence[str], parent: QWidget) -> QTableWidget:
    """An empty read-only table."""
    made = QTableWidget(0, len(heads), parent)
    made.setAccessibleName(name)
    made.setHorizontalHeaderLabels(list(heads))
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)  # Tab leads to what can be decided, not from cell to cell
    made.setWordWrap(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(30)
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    return made


def put(table: QTableWidget, row: int, column: int, text: str, colour: str = "") -> None:
    """Write a cell; the whole text is its tooltip."""
    item = QTableWidgetItem(text.replace("\n", " "))
    item.setToolTip(text)
    if colour:
        item.setForeground(theme.brush(colour))
    table.setItem(row, column, item)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


class ColumnsTab(QWidget):
    """What the rows are and where each column goes."""

    decided = Signal(object, object)  # the table's key, its TableChoice

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._found: Found | None = None
        self._choice = TableChoice()
        self._shown: object = None  # the table, its kind and its columns
        self._label = QLabel(tr(N_("The rows are")), self)
        self._entity = QComboBox(self)
        self._entity.setAccessibleName(self._label.text())
        self._entity.addItem(tr(N_("(leave this table out)")), "")
        for one in session.book.schema:
            if not one.system:
                self._entity.addItem(one.plural_text(), one.id)
        self._entity.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._entity.activated.connect(self._entity_chosen)
        heads = [tr(N_("Column")), tr(N_("Examples")), tr(N_("Goes to")), tr(N_("How sure"))]
        self._table = make_table(tr(N_("Columns")), heads, self)
        head = self._table.horizontalHeader()
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._notes = QLabel(self)
        self._notes.setObjectName("muted")
        self._notes.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(self._label)
        top.addWidget(self._entity)
        top.addStretch(1)
        box = QVBoxLayout(self)
        box.addLayout(top)
        box.addWidget(self._table, 1)
        box.addWidget(self._notes)

    def show_table(self, found: Found, choice: TableChoice) -> None:
        """Show how one table was understood."""
        self._found, self._choice = found, choice
        mapping = found.mapping
        self._entity.setCurrentIndex(max(self._entity.findData(mapping.entity or ""), 0))
        self._notes.setText("\n".join(found.report.notes))
        self._notes.setVisible(bool(found.report.notes))
        shown = (found.key, mapping.entity, [one.letter for one in mapping.columns])
        if shown != self._shown:  # else whoever is about to choose a target keeps the place
            self._shown = shown
            self._list_columns(found)
        for row, column in enumerate(mapping.columns):
            targets = self._table.cellWidget(row, 2)
            assert isinstance(targets, QComboBox)
            self._point(targets, column)
            put(self._table, row, 3, *self._sure(column))
        self._table.setColumnWidth(0, 170)
        self._table.setColumnWidth(2, 220)
        self._table.setColumnWidth(3, 130)

    def _list_columns(self, found: Found) -> None:
        entity, schema = found.mapping.entity, self._session.book.schema
        listed = offers(schema.entity(entity), schema) if entity else []
        self._table.setRowCount(0)
        self._table.setRowCount(len(found.mapping.columns))
        for row, (column, profile) in enumerate(
            zip(found.mapping.columns, found.profiles, strict=True)
        ):
            put(self._table, row, 0, column.header or column.letter)
            samples = list(dict.fromkeys(_text(one) for one in profile.sample if _text(one)))
            put(self._table, row, 1, "  ·  ".join(samples[:6]), "muted")
            self._table.setCellWidget(row, 2, self._targets(column, listed, bool(entity)))

    def _sure(self, column: ColumnMapping) -> tuple[str, str]:
        if column.path is None or column.path.startswith("x_"):
            return "", "muted"
        if column.letter in self._choice.columns:
            return tr(N_("as you chose")), "muted"
        colour = "muted" if column.confidence >= _SURE else "warning"
        return f"{column.confidence * 100:.0f}%", colour

    def _targets(
        self, column: ColumnMapping, listed: Sequence[tuple[str, str]], known: bool
    ) -> QComboBox:
        made = QComboBox(self._table)
        made.setAccessibleName(
            tr(N_("Column {header} goes to"), header=column.header or column.letter)
        )
        made.addItem(tr(N_("(leave out)")), "")
        made.addItem(tr(N_("(a column of its own)")), "+")
        if column.path == "id":
            made.addItem(tr(N_("Daybook ID")), "id")
        for path, label in listed:
            made.addItem(label, path)
        made.setEnabled(known)
        made.setProperty("letter", column.letter)
        made.activated.connect(self._column_chosen)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def _point(self, targets: QComboBox, column: ColumnMapping) -> None:
        at = targets.findData(column.path or "")
        if column.path and at < 0:
            at = 1
        targets.setCurrentIndex(max(at, 0))

    def _entity_chosen(self) -> None:
        if self._found is not None:
            chosen = TableChoice(entity=str(self._entity.currentData()))
            self.decided.emit(self._found.key, chosen)

    def _column_chosen(self) -> None:
        combo = self.sender()
        if self._found is None or not isinstance(combo, QComboBox):
            return
        columns = {**self._choice.columns, str(combo.property("letter")): str(combo.currentData())}
        self._choice = replace(self._choice, columns=columns)
        if self._choice.entity is None:
            self._choice = replace(self._choice, entity=self._found.mapping.entity)
        self.decided.emit(self._found.key, self._choice)


class PreviewTab(QWidget):
    """The first rows as they stand in the sheet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = make_table(tr(N_("Preview")), [], self)
        box = QVBoxLayout(self)
        box.addWidget(self._table)

    def show_table(self, found: Found) -> None:
        """Read and show them."""
        columns = found.mapping.columns
        rows = found.preview(_PREVIEWED)
        self._table.clear()
        self._table.setColumnCount(len(columns) + 1)
        heads = [tr(N_("Row")), *(one.header or one.letter for one in columns)]
        self._table.setHorizontalHeaderLabels(heads)
        self._table.setRowCount(len(rows))
        for at, (number, cells) in enumerate(rows):
            put(self._table, at, 0, str(number), "muted")
            for column, value in enumerate(cells, 1):
                colour = "" if columns[column - 1].path else "muted"
                put(self._table, at, column, _text(value), colour)
        self._table.resizeColumnsToContents()
        for column in range(self._table.columnCount()):
            self._table.setColumnWidth(column, min(self._table.columnWidth(column) + 8, 220))


class ProblemsTab(QWidget):
    """What can't be taken as it stands, row by row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        heads = [tr(one) for one in (N_("Row"), N_("Column"), N_("Value"), N_("What is wrong"))]
        self._table = make_table(tr(N_("Problems")), heads, self)
        self._table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self._said = QLabel(self)
        self._said.setObjectName("muted")
        self._said.setWordWrap(True)
        box = QVBoxLayout(self)
        box.addWidget(self._said)
        box.addWidget(self._table, 1)

    def show_table(self, found: Found) -> None:
        """List a table's problems."""
        report = found.report
        if report.problem_count:
            text = ntr(
                "{n} problem. The rows concerned are left out; the others are imported.",
                "{n} problems. The rows concerned are left out; the others are imported.",
                report.problem_count,
            )
        else:
            text = tr(N_("No problems: every row can be imported."))
        self._said.setText(text)
        shown = sorted(report.problems, key=lambda one: one.row)[:LISTED]
        self._table.setRowCount(len(shown))
        for at, one in enumerate(shown):
            for column, cell in enumerate((str(one.row), one.column, one.value, one.message)):
                put(self._table, at, column, cell)
        self._table.setColumnWidth(1, 150)
        self._table.setColumnWidth(2, 180)
