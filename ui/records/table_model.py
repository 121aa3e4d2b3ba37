"""The rows of a grid: ordered ids, and a window of values fetched when shown; never all rows."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from models.book import Notice
from models.describe.kinds import KINDS
from ui import theme
from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_WINDOW = 200
_KEPT = 30  # windows
ID = Qt.ItemDataRole.UserRole + 1


class RecordTableModel(QAbstractTableModel):
    """Any entity's records under a filter, a search and an order."""

    def __init__(
        self,
        session: Session,
        entity: str,
        fields: list[str],
        where: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.entity = entity
        self.fields = fields
        self.where = where
        self.search = ""
        self.deleted = False
        self.sorting: list[tuple[str, bool]] = []
        self._ids: array[int] = array("q")
        self._places: dict[int, int] | None = None
        self._windows: OrderedDict[int, list[tuple[Any, ...]]] = OrderedDict()
        self._faults: dict[tuple[int, int], str] = {}
        self._describe()

    def _describe(self) -> None:
        schema = self._session.book.schema
        kind = schema.entity(self.entity)
        self._columns = [schema.path(kind, one)[1] for one in self.fields]

    def load(self) -> None:
        """Ask for the ids again and start anew."""
        self.beginResetModel()
        self._describe()
        self._ids = self._session.book.ids(
            self.entity, self.where or None, self.sorting, self.search, self.deleted
        )
        self._places = None
        self._windows.clear()
        self._faults.clear()
        self.endResetModel()

    @property
    def ids(self) -> array[int]:
        """The ids in order."""
        return self._ids

    def id_at(self, row: int) -> int:
        """The id of a row."""
        return self._ids[row]

    def row_of(self, id: int) -> int:
        """The row of an id, -1 when it isn't shown."""
        if self._places is None:
            self._places = {one: at for at, one in enumerate(self._ids)}
        return self._places.get(id, -1)

    def heard(self, notice: Notice) -> None:
        """A commit: refresh what it touched, or everything when the order may have changed."""
        linked = {one.target for one in self._columns if one.kind == "link"}
        touched = notice.touched
        if "custom_field" in touched:
            self.load()
            return
        if self.entity not in touched and not linked & set(touched):
            return
        ids = touched.get(self.entity, frozenset())
        fresh = self._session.book.ids(
            self.entity, self.where or None, self.sorting, self.search, self.deleted
        )
        if fresh != self._ids:
            self.layoutAboutToBeChanged.emit()
            old = [
                (index, self.id_at(index.row()), index.column())
                for index in self.persistentIndexList()
            ]
            self._ids, self._places = fresh, None
            self._windows.clear()
            self._faults.clear()
            for index, id, column in old:
                at = self.row_of(id)
                self.changePersistentIndex(
                    index, self.index(at, column) if at >= 0 else QModelIndex()
                )
            self.layoutChanged.emit()
            return
        if ids and len(ids) <= 50 and not linked & set(touched) - {self.entity}:
            rows = sorted(at for at in map(self.row_of, ids) if at >= 0)
            for at in rows:
                self._windows.pop(at // _WINDOW, None)
                self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))
            return
        self._windows.clear()
        if self._ids:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._ids) - 1, self.columnCount() - 1)
            )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows shown."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns shown."""
        return 0 if parent.isValid() else len(self.fields)

    def value(self, row: int, column: int) -> Any:
        """The value of a cell."""
        number = row // _WINDOW
        window = self._windows.get(number)
        if window is None:
            ids = self._ids[number * _WINDOW : (number + 1) * _WINDOW]
            window = self._session.book.rows(self.entity, ids, self.fields)
            self._windows[number] = window
            if len(self._windows) > _KEPT:
                self._windows.popitem(last=False)
        return window[row % _WINDOW][column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, edits, and warns of."""
        if not index.isValid():
            return None
        if role == ID:
            return self.id_at(index.row())
        field = self._columns[index.column()]
        kind = KINDS[field.kind]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if kind.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        fault = self._faults.get((index.row(), index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return fault
        if role == Qt.ItemDataRole.BackgroundRole:
            return (
                QColor(theme.colours().danger).lighter(190)
                if fault and not theme.is_dark()
                else (QColor("#5a2b2b") if fault else None)
            )
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            value = self.value(index.row(), index.column())
            if role == Qt.ItemDataRole.DisplayRole:
                return kind.show(field, value, self._session.book.currency).replace("\n", " ")
            plain = kind.plain(value)
            if field.kind in ("choice", "flag", "percent"):
                return kind.show(field, value)
            return "" if plain is None else str(plain)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Labels above, row numbers beside."""
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Vertical:
                return str(section + 1)
            return self._columns[section].text() if section < len(self._columns) else ""
        if (
            role == Qt.ItemDataRole.TextAlignmentRole
            and orientation == Qt.Orientation.Horizontal
            and section < len(self._columns)
        ):
            side = (
                Qt.AlignmentFlag.AlignRight
                if KINDS[self._columns[section].kind].numeric
                else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every own cell of a live record can be edited."""
        base = super().flags(index)
        if index.isValid() and not self.deleted and "." not in self.fields[index.column()]:
            base |= Qt.ItemFlag.ItemIsEditable
        return base

    def field_at(self, column: int) -> Any:
        """The field of a column."""
        return self._columns[column]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a cell; what can't be accepted is shown at the cell and said."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value if value is not None else "") == str(
            self.data(index, Qt.ItemDataRole.EditRole) or ""
        ):
            return False
        place = (index.row(), index.column())
        messages: list[str] = []
        self._session.refused.connect(messages.append)
        done = self._session.set(
            self.entity, self.id_at(index.row()), {self.fields[index.column()]: value}
        )
        self._session.refused.disconnect(messages.append)
        if done:
            self._faults.pop(place, None)
        elif messages:
            self._faults[place] = messages[0]
            self.dataChanged.emit(index, index)
        return done
