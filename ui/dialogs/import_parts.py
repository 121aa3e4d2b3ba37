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

from models.sheets import ways
from models.sheets.mapping import ColumnMapping, offers
from models.sheets.proposal import Found
from models.sheets.report import TableChoice
from models.texts import N_, ntr, tr
from ui import theme
from ui.dialogs.import_ways import Choice, WayChoice, doubts
from ui.dialogs.rows import Rows
from ui.session import Session

_PREVIEWED = 60  # rows
LISTED = 500  # problems, names
_SURE = 0.8  # a confidence below is marked
_TARGET, _WAY, _SURE_AT = 2, 3, 4  # places in the table of columns


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
    made.verticalHeader().setDefaultSectionSize(theme.row_height())
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
        heads = [
            tr(one)
            for one in (
                N_("Column"),
                N_("Examples"),
                N_("Goes to"),
                N_("Read as"),
                N_("How sure"),
            )
        ]
        self._rows = Rows(tr(N_("Columns")), heads, 1, self)
        self._doubts = QLabel(self)
        self._doubts.setObjectName("warning")
        self._notes = QLabel(self)
        self._notes.setObjectName("muted")
        self._doubts.setWordWrap(True)
        self._notes.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(self._label)
        top.addWidget(self._entity)
        top.addStretch(1)
        box = QVBoxLayout(self)
        box.addLayout(top)
        box.addWidget(self._rows, 1)
        box.addWidget(self._doubts)  # below: the rows stay where they are when one is settled
        box.addWidget(self._notes)

    def show_table(self, found: Found, choice: TableChoice) -> None:
        """Show how one table was understood."""
        self._found, self._choice = found, choice
        mapping = found.mapping
        self._entity.setCurrentIndex(max(self._entity.findData(mapping.entity or ""), 0))
        self._tell(found)
        shown = (found.key, mapping.entity, [one.letter for one in mapping.columns])
        if shown != self._shown:  # else whoever is about to choose a target keeps the place
            self._shown = shown
            self._list_columns(found)
        for row, column in enumerate(mapping.columns):
            targets = self._rows.at(row, _TARGET)
            assert isinstance(targets, QComboBox)
            self._point(targets, column)
            self._show_way(row, column)
            self._rows.say(row, _SURE_AT, *self._sure(column))
        several = any(one.way is not None for one in mapping.columns)
        self._rows.show_column(_WAY, several)
        for at, width in (
            (0, 150),
            (_TARGET, 185),
            (_WAY, 212),
            (_SURE_AT, 105),
        ):
            self._rows.set_width(at, width)

    def _tell(self, found: Found) -> None:
        """Doubts, and what else was noticed; what a row shows isn't said again."""
        open_, shown = doubts(found), [ways.note(one) for one in found.mapping.columns]
        texts = (
            (self._doubts, [ways.note(one) for one in open_]),
            (self._notes, [one for one in found.report.notes if one not in shown]),
        )
        for label, lines in texts:
            label.setText("\n".join(lines))
            label.setVisible(bool(lines))

    def _show_way(self, row: int, column: ColumnMapping) -> None:
        there = self._rows.at(row, _WAY)
        if column.way is None:
            self._rows.place(row, _WAY, None)
            return
        if not isinstance(there, WayChoice):
            there = WayChoice(column, self)
            there.activated.connect(self._way_chosen)
            self._rows.place(row, _WAY, there)
            self._order_tabs()
        there.show_column(column, self._choice.ways.get(column.letter, ""))

    def _order_tabs(self) -> None:
        """Tab leads along each row."""
        before: QWidget = self._rows
        for row in range(self._rows.count):
            for at in (_TARGET, _WAY):
                one = self._rows.at(row, at)
                if one is not None:
                    QWidget.setTabOrder(before, one)
                    before = one

    def _list_columns(self, found: Found) -> None:
        entity, schema = found.mapping.entity, self._session.book.schema
        listed = offers(schema.entity(entity), schema) if entity else []
        self._rows.clear(len(found.mapping.columns))
        for row, (column, profile) in enumerate(
            zip(found.mapping.columns, found.profiles, strict=True)
        ):
            self._rows.say(row, 0, column.header or column.letter)
            samples = list(dict.fromkeys(_text(one) for one in profile.sample if _text(one)))
            self._rows.say(row, 1, "  ·  ".join(samples[:6]), "muted")
            self._rows.place(row, _TARGET, self._targets(column, listed, bool(entity)))

    def _sure(self, column: ColumnMapping) -> tuple[str, str]:
        if column.way is not None and column.way.open:
            return tr(N_("to be decided")), "warning"
        if column.path is None or column.path.startswith("x_"):
            return "", "muted"
        if column.letter in self._choice.columns or column.letter in self._choice.ways:
            return tr(N_("as you chose")), "muted"
        colour = "muted" if column.confidence >= _SURE else "warning"
        return f"{column.confidence * 100:.0f}%", colour

    def _targets(
        self, column: ColumnMapping, listed: Sequence[tuple[str, str]], known: bool
    ) -> QComboBox:
        name = tr(N_("Column {header} goes to"), header=column.header or column.letter)
        made = Choice(name, column.letter, self)
        made.addItem(tr(N_("(leave out)")), "")
        made.addItem(tr(N_("(a column of its own)")), "+")
        if column.path == "id":
            made.addItem(tr(N_("Daybook ID")), "id")
        for path, label in listed:
            made.addItem(label, path)
        made.setEnabled(known)
        made.activated.connect(self._column_chosen)
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
        if self._found is None or not isinstance(combo, Choice):
            return
        columns = {**self._choice.columns, combo.letter: str(combo.currentData())}
        self._choice = replace(self._choice, columns=columns)
        if self._choice.entity is None:
            self._choice = replace(self._choice, entity=self._found.mapping.entity)
        self.decided.emit(self._found.key, self._choice)

    def _way_chosen(self) -> None:
        combo = self.sender()
        if self._found is None or not isinstance(combo, WayChoice):
            return
        said = {
            letter: code for letter, code in self._choice.ways.items() if letter != combo.letter
        }
        if code := str(combo.currentData()):
            said[combo.letter] = code
        self._choice = replace(self._choice, ways=said)
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
            self._table.setColumnWidth(
                column, min(self._table.columnWidth(column) + 8, theme.scaled(220))
            )


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
        self._table.setColumnWidth(1, theme.scaled(150))
        self._table.setColumnWidth(2, theme.scaled(180))
