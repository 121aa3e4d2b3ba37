"""What is done with a block of selected cells: copy, cut, paste, clear, fill; each one change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from models.change import Change
from models.texts import N_, ntr, tr
from ui.records import clipboard
from ui.records.pasting import Pasting
from ui.records.sheet_keys import shown_columns
from ui.records.table_model import RecordTableModel
from ui.session import Session

Place = tuple[int, int]  # row, column
_MOST = 200_000  # cells worked on at once; the window would stand still with more


class Blocks:
    """The blocks of one grid."""

    def __init__(self, session: Session, model: RecordTableModel, view: QTableView) -> None:
        self._session, self._model, self._view = session, model, view
        self._pasting = Pasting(session, model, view)

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        if self._few():
            clipboard.copy(self._view)

    def copy_with_heads(self) -> None:
        """Put the selected cells on the clipboard, below the names of their columns."""
        if self._few():
            clipboard.copy(self._view, heads=True)

    def cut(self) -> None:
        """Put the selected cells on the clipboard and clear them."""
        if self._few():
            clipboard.copy(self._view)
            self.clear()

    def clear(self) -> None:
        """Empty the selected cells."""
        cells = dict.fromkeys(self._chosen(), "")
        self._write(cells, tr(N_("Clear cells")))

    def paste(self) -> None:
        """Write a block from the clipboard from the current cell on, with new records for what lies
        beyond the last; one value fills all selected cells."""
        at = self._view.currentIndex()
        if not at.isValid():
            return
        block, chosen = clipboard.block(), self._chosen()
        if len(chosen) > 1 and len(block) == len(block[0]) == 1:
            reason = ntr("Paste {n} cell", "Paste {n} cells", len(chosen))
            self._write(dict.fromkeys(chosen, block[0][0].text), reason)
        else:
            self._pasting.over(at)

    def paste_new(self) -> None:
        """Add every line of a block from the clipboard as a new record."""
        self._pasting.as_new()

    def fill_down(self) -> None:
        """Write the topmost selected cell of each column into those below it."""
        lines: dict[int, list[Place]] = {}
        for row, column in self._chosen():
            lines.setdefault(column, []).append((row, column))
        self._fill([sorted(line) for line in lines.values()], tr(N_("Fill down")))

    def fill_right(self) -> None:
        """Write the leftmost selected cell of each row into those right of it."""
        places = {column: at for at, column in enumerate(shown_columns(self._view))}
        lines: dict[int, list[Place]] = {}
        for row, column in self._chosen():
            lines.setdefault(row, []).append((row, column))
        ordered = [sorted(line, key=lambda cell: places[cell[1]]) for line in lines.values()]
        self._fill(ordered, tr(N_("Fill right")))

    def write_flags(self, on: bool) -> None:
        """Write yes or no into every selected cell that holds one of them."""
        chosen = self._chosen()
        at = self._view.currentIndex()
        if (at.row(), at.column()) not in chosen:
            chosen = [(at.row(), at.column())]
        cells = [one for one in chosen if self._model.field_at(one[1]).kind == "flag"]
        if cells:
            text = tr(N_("Yes")) if on else tr(N_("No"))
            label = self._model.field_at(at.column()).text()
            reason = tr(N_("{field}: {value}"), field=label, value=text)
            self._write(dict.fromkeys(cells, text), reason)

    def _few(self) -> bool:
        chosen = self._view.selectionModel().selection()
        blocks = (chosen.at(place) for place in range(chosen.count()))
        count = sum(one.width() * one.height() for one in blocks)
        if count > _MOST:
            text = N_("{n} cells are too many at once. Select fewer, or export the list.")
            self._session.refused.emit(tr(text, n=f"{count:,}"))
        return count <= _MOST

    def _chosen(self) -> list[Place]:
        if not self._few():
            return []
        seen = set(shown_columns(self._view))
        found = self._view.selectionModel().selectedIndexes()
        return [
            (one.row(), one.column())
            for one in found
            if one.column() in seen and self._model.id_at(one.row())
        ]

    def _fill(self, lines: list[list[Place]], reason: str) -> None:
        cells: dict[Place, str] = {}
        for first, *others in lines:
            text = str(self._model.index(*first).data(Qt.ItemDataRole.EditRole) or "")
            cells.update(dict.fromkeys(others, text))
        self._write(cells, reason)

    def _write(self, cells: dict[Place, str], reason: str) -> None:
        model = self._model
        by_row: dict[int, dict[str, str]] = {}
        computed = sum(bool(model.field_at(column).formula) for _, column in cells)
        left = ntr(
            "{n} cell is worked out by a formula and stays as it is.",
            "{n} cells are worked out by formulas and stay as they are.",
            computed,
        )
        for (row, column), text in cells.items():
            if model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable:
                by_row.setdefault(model.id_at(row), {})[model.fields[column]] = text
        if not by_row:
            if computed:
                self._session.refused.emit(left)
            return

        def act(change: Change) -> None:
            for id, values in by_row.items():
                change.set(model.entity, id, values)

        number, refused = self._session.attempt(reason, act)
        if refused is not None:
            self._session.refused.emit(str(refused))
        else:
            self._session.said.emit(f"{reason}\n{left}" if computed else reason, number)
