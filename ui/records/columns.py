"""How a person arranged the columns of a list: widths, order, hidden ones, sorting; kept per book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QTableView

from ui.records.table_model import RecordTableModel
from ui.settings import Settings


class Columns(QObject):
    """Remembers the columns of one grid by the ids of their fields, and puts them back."""

    sorted_ = Signal()  # another order was asked for
    changed = Signal()  # anything was arranged otherwise

    def __init__(
        self, settings: Settings, name: str, model: RecordTableModel, view: QTableView
    ) -> None:
        super().__init__(view)
        self._settings, self._name, self._model, self._view = settings, name, model, view
        self.widths: dict[str, int] = {}
        self._order: list[str] = []
        self.hidden: set[str] = set()
        self.keeping = True  # what is arranged belongs to the list itself, not to a view of it
        self._quiet = False
        self.restore()
        head = view.horizontalHeader()
        head.sectionResized.connect(self._resized)
        head.sectionMoved.connect(self._moved)
        model.stopped.connect(self._stopped)

    def restore(self) -> None:
        """Take the remembered arrangement again."""
        kept = self._settings.layout(self._name)
        self.widths = {one: int(width) for one, width in _pairs(kept, "widths") if width > 0}
        self._order = _names(kept, "order")
        self.hidden = set(_names(kept, "hidden"))

    def sorting(self) -> list[tuple[str, bool]]:
        """The order in which the list was shown last, as far as its columns are still there."""
        known = set(self._model.fields)
        return [one for one in _pairs(self._settings.layout(self._name), "sort") if one[0] in known]

    def arrange(self, order: Sequence[str], hidden: Iterable[str], widths: dict[str, int]) -> None:
        """Take another arrangement; ``apply`` shows it."""
        self._order, self.hidden, self.widths = list(order), set(hidden), dict(widths)

    def order(self) -> list[str]:
        """All columns in the order in which they stand, hidden ones among them."""
        known = [one for one in self._order if one in self._model.fields]
        return [*known, *(one for one in self._model.fields if one not in known)]

    def apply(self) -> None:
        """Put widths, order and hidden columns back; what is new keeps the place it has."""
        fields, head = self._model.fields, self._view.horizontalHeader()
        self._quiet = True
        for place, name in enumerate(self.order()):
            head.moveSection(head.visualIndex(fields.index(name)), place)
        for column, name in enumerate(fields):
            self._view.setColumnHidden(column, name in self.hidden)
            if name in self.widths and name not in self.hidden:
                self._view.setColumnWidth(column, int(self.widths[name]))
        self._quiet = False
        self._show_sorting()

    def _show_sorting(self) -> None:
        order = self._model.sorting
        head, fields = self._view.horizontalHeader(), self._model.fields
        with QSignalBlocker(head):
            if order and order[-1][0] in fields:
                down = Qt.SortOrder.DescendingOrder if order[-1][1] else Qt.SortOrder.AscendingOrder
                head.setSortIndicator(fields.index(order[-1][0]), down)
            else:
                head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def sort(self, order: list[tuple[str, bool]]) -> None:
        """Show the list in this order: (field, descending); no order is the book's own."""
        self._model.sorting = order
        self._show_sorting()
        self.keep()
        self.sorted_.emit()
        self._model.load()

    def _stopped(self) -> None:
        self._show_sorting()
        self.keep()

    def show(self, name: str, shown: bool) -> None:
        """Hide a column, or show it again; the last one stays."""
        if not shown and len(set(self._model.fields) - self.hidden) < 2:
            return
        (self.hidden.discard if shown else self.hidden.add)(name)
        self.apply()
        self.keep()

    def _resized(self, column: int, before: int, after: int) -> None:
        if not self._quiet and after and column < len(self._model.fields):
            self.widths[self._model.fields[column]] = after
            self.keep()

    def _moved(self) -> None:
        if not self._quiet:
            head = self._view.horizontalHeader()
            order = (head.logicalIndex(place) for place in range(head.count()))
            self._order = [self._model.fields[one] for one in order]
            self.keep()

    def keep(self) -> None:
        """Remember how the columns stand, unless they belong to a view."""
        if self.keeping:
            kept = {
                **self._settings.layout(self._name),
                "widths": self.widths,
                "order": self._order,
                "hidden": sorted(self.hidden),
                "sort": self._model.sorting,
            }
            self._settings.keep_layout(self._name, kept)
        self.changed.emit()

    def measured(self, column: int, width: int) -> None:
        """Give a column the width that its texts ask for; a width chosen by hand stays."""
        self._quiet = True
        self._view.setColumnWidth(column, width)
        self._quiet = False


def _names(kept: dict[str, Any], part: str) -> list[str]:
    found = kept.get(part)
    return [str(one) for one in found] if isinstance(found, list) else []


def _pairs(kept: dict[str, Any], part: str) -> list[tuple[str, Any]]:
    """Pairs of a remembered mapping or list; anything else that a file may hold is left out."""
    found = kept.get(part)
    listed = list(found.items()) if isinstance(found, dict) else found
    if not isinstance(listed, list):
        return []
    return [
        (one[0], one[1])
        for one in listed
        if isinstance(one, list | tuple)
        and len(one) == 2
        and isinstance(one[0], str)
        and isinstance(one[1], bool | int)
    ]
