"""The keys of a sheet that Qt's table does not know, as Excel and WPS have them."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView, QWidget

from ui.records.editors import open_list

_Flag = QItemSelectionModel.SelectionFlag
_UP, _DOWN, _LEFT, _RIGHT = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right
_HOME, _END = Qt.Key.Key_Home, Qt.Key.Key_End  # with Ctrl Qt would go there and select nothing


def press(view: QTableView, event: QKeyEvent) -> bool:
    """Do what a key means in a sheet; False leaves it to the table.

    Ctrl with an arrow goes to the edge, with Home and End to the first and last cell (with Shift the
    selection follows), Ctrl+Space selects the column, Shift+Space the row, Alt+Down opens the list of a cell.
    """
    key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    at = view.currentIndex()
    if not at.isValid():
        return False
    if key in (_UP, _DOWN, _LEFT, _RIGHT, _HOME, _END) and held in (control, control | shift):
        _go(view, _edge(view, at, key), extend=held != control)
    elif key == Qt.Key.Key_Space and held == control:
        view.selectionModel().select(at, _Flag.ClearAndSelect | _Flag.Columns)
    elif key == Qt.Key.Key_Space and held == shift:
        view.selectionModel().select(at, _Flag.ClearAndSelect | _Flag.Rows)
    elif key == Qt.Key.Key_Down and held == Qt.KeyboardModifier.AltModifier:
        view.edit(at)
        for editor in view.viewport().findChildren(QWidget):
            if editor.isVisible() and open_list(editor):
                break
    else:
        return False
    return True


def shown_columns(view: QTableView) -> list[int]:
    """The columns that are not hidden, in the order in which they are seen."""
    head = view.horizontalHeader()
    order = (head.logicalIndex(place) for place in range(head.count()))
    return [one for one in order if not head.isSectionHidden(one)]


def _edge(view: QTableView, at: QModelIndex, key: Qt.Key) -> QModelIndex:
    columns = shown_columns(view)
    first, last = (0, columns[0]), (view.model().rowCount() - 1, columns[-1])
    row = {_UP: first[0], _HOME: first[0], _DOWN: last[0], _END: last[0]}.get(key, at.row())
    column = {_LEFT: first[1], _HOME: first[1], _RIGHT: last[1], _END: last[1]}.get(
        key, at.column()
    )
    return view.model().index(row, column)


def _go(view: QTableView, to: QModelIndex, *, extend: bool) -> None:
    chosen = view.selectionModel()
    if extend:
        chosen.select(between(view, _anchor(view), to), _Flag.ClearAndSelect)
        chosen.setCurrentIndex(to, _Flag.NoUpdate)
    else:
        chosen.setCurrentIndex(to, _Flag.ClearAndSelect)
    view.scrollTo(to)


def between(view: QTableView, one: QModelIndex, other: QModelIndex) -> QItemSelection:
    """The cells from one to another as they are seen: columns may stand in an order of their own."""
    columns, model = shown_columns(view), view.model()
    first, last = sorted(columns.index(at.column()) for at in (one, other))
    top, bottom = sorted((one.row(), other.row()))
    runs: list[list[int]] = []
    for column in columns[first : last + 1]:
        if runs and runs[-1][-1] + 1 == column:
            runs[-1].append(column)
        else:
            runs.append([column])
    made = QItemSelection()
    for run in runs:
        made.select(model.index(top, run[0]), model.index(bottom, run[-1]))
    return made


def _anchor(view: QTableView) -> QModelIndex:
    """Where the selection began: the corner of its block across from the current cell."""
    at, chosen = view.currentIndex(), view.selectionModel().selection()
    ranges = [chosen.at(place) for place in range(chosen.count())]
    if len({(one.top(), one.bottom()) for one in ranges}) != 1 or not chosen.contains(at):
        return at
    seen = shown_columns(view)
    places = [place for place, one in enumerate(seen) if any(_has(block, one) for block in ranges)]
    if places != [*range(places[0], places[-1] + 1)]:  # several blocks
        return at
    columns = seen[places[0] : places[-1] + 1]
    row = ranges[0].top() if at.row() == ranges[0].bottom() else ranges[0].bottom()
    column = columns[0] if at.column() == columns[-1] else columns[-1]
    return view.model().index(row, column)


def _has(block: QItemSelectionRange, column: int) -> bool:
    return block.left() <= column <= block.right()
