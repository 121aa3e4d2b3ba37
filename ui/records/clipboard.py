"""Blocks of cells to and from Excel and WPS: text with tabs, and a table that keeps zeros."""

from __future__ import annotations

import csv
import html
import io

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView


def copy(view: QTableView) -> None:
    """Put the selected cells on the clipboard, in the order in which they are seen."""
    head = view.horizontalHeader()
    cells = {
        (one.row(), head.visualIndex(one.column())): str(
            one.data(Qt.ItemDataRole.EditRole) or one.data() or ""
        )
        for one in view.selectionModel().selectedIndexes()
    }
    if not cells:
        return
    columns = sorted({column for _, column in cells})
    rows = [
        [cells.get((row, column), "") for column in columns]
        for row in sorted({row for row, _ in cells})
    ]
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
