"""Blocks of cells to and from Excel and WPS: text with tabs, and a table that keeps zeros."""

from __future__ import annotations

import csv
import html
import io

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from ui.records.sheet_keys import shown_columns


def copy(view: QTableView, *, heads: bool = False) -> None:
    """Put the selected cells on the clipboard, in the order in which they are seen; ``heads`` puts
    the names of the columns above them."""
    shown = {column: place for place, column in enumerate(shown_columns(view))}
    cells = {
        (one.row(), shown[one.column()]): str(
            one.data(Qt.ItemDataRole.EditRole) or one.data() or ""
        )
        for one in view.selectionModel().selectedIndexes()
        if one.column() in shown
    }
    if not cells:
        return
    columns = sorted({column for _, column in cells})
    rows = [
        [cells.get((row, column), "") for column in columns]
        for row in sorted({row for row, _ in cells})
    ]
    if heads:
        names = dict(enumerate(shown))
        across = Qt.Orientation.Horizontal
        rows.insert(0, [str(view.model().headerData(names[one], across)) for one in columns])
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(rows)
    data = QMimeData()
    data.setText(text.getvalue().removesuffix("\n"))
    data.setHtml(_table(rows))
    QGuiApplication.clipboard().setMimeData(data)


def _table(rows: list[list[str]]) -> str:
    # Excel makes 571 of 0571 and a date of 3/5 unless the cell says that it is text.
    cell = "<td style='mso-number-format:\"\\@\"'>{}</td>"
    lines = ("".join(cell.format(html.escape(one)) for one in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def block() -> list[list[str]]:
    """What the clipboard holds, as rows of cells."""
    text = QGuiApplication.clipboard().text()
    return list(csv.reader(io.StringIO(text), delimiter="\t")) if text else []
