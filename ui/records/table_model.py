"""The rows of a grid: ordered ids, and a window of values fetched when shown; never all rows."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont

from models.book import Notice
from models.describe.field import Entity, Field
from models.describe.kinds import KINDS
from models.pasting import Declined
from models.progress import Cancelled, Progress
from models.texts import N_, tr
from ui import theme
from ui.jobs import Latest
from ui.records.places import Places
from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
# What a list is narrowed to and sorted by: filter, search, order, whether the bin, only these.
Asked = tuple[str, str, tuple[tuple[str, bool], ...], bool, Sequence[int] | None]
_WINDOW = 200
_KEPT = 30  # windows
_AT_ONCE = 3_000  # records up to which a question is answered in the window's own thread
_PLAIN = 100_000  # as long as nothing is asked for
ID = Qt.ItemDataRole.UserRole + 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RecordTableModel(QAbstractTableModel):
    """Any entity's records under a filter, a search and an order.

    Set ``where``, ``search``, ``sorting``, ``deleted`` or ``only``, then ``load``.
    """

    loaded = Signal()
    refused = Signal(str)
    stopped = Signal()  # a person didn't want to wait: what is asked is again what is shown

    def __init__(
        self, session: Session, entity: str, fields: Sequence[str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = Latest(session.jobs, self)
        self.entity = entity
        self.fields = list(fields)
        self.where = ""
        self.search = ""
        self.deleted = False
        self.only: Sequence[int] | None = None
        self.given: dict[str, str] = {}  # what a new record of this list holds
        self.sorting: list[tuple[str, bool]] = []
        self._places = Places(array("q"))
        self._shown = self._asked()
        self._windows: OrderedDict[int, list[tuple[Any, ...]]] = OrderedDict()
        self._faults: dict[tuple[int, str], tuple[str, str]] = {}  # why, and what was typed
        self._describe()

    def _describe(self) -> None:
        schema = self._session.book.schema
        kind = schema.entity(self.entity)
        self._columns = [schema.path(kind, one)[1] for one in self.fields]

    # -- which rows ------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask for the ids; a large book answers later, the rows shown stay until then."""
        asked, few, text = self._asked(), self._few(), self._told()
        where, search, sorting, deleted, only = asked
        book, entity = self._session.book, self.entity

        def work(progress: Progress) -> tuple[Places, Asked]:
            ids = book.ids(entity, where or None, sorting, search, deleted, only, progress)
            return Places(ids), asked

        if few:
            self._latest.forget()
            self._take(work(Progress()))
        else:
            self._latest.ask(work, self._take, self._failed, text)

    def _asked(self) -> Asked:
        return self.where, self.search, tuple(self.sorting), self.deleted, self.only

    def _few(self) -> bool:
        """Whether the ids come so soon that a person needn't wait for them."""
        most = self._session.book.most(self.entity)
        asks = self.where or self.search or self.sorting or self.only or self.deleted
        return most <= (_AT_ONCE if asks else _PLAIN)

    def _told(self) -> str:
        return tr(N_("Sorting…") if tuple(self.sorting) != self._shown[2] else N_("Searching…"))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.where, self.search, sorting, self.deleted, self.only = self._shown
            self.sorting = list(sorting)
            self.stopped.emit()
        else:
            self.refused.emit(str(error))

    def _take(self, found: tuple[Places, Asked]) -> None:
        self.beginResetModel()
        self._put(found)
        self.endResetModel()
        self.loaded.emit()

    def _put(self, found: tuple[Places, Asked]) -> None:
        """Hold other rows."""
        self._describe()
        self._places, self._shown = found
        self._windows.clear()

    @property
    def ids(self) -> array[int]:
        """The ids in order."""
        return self._places.ids

    def id_at(self, row: int) -> int:
        """The id of a row."""
        return self._places.ids[row]

    def ids_between(self, first: int, last: int) -> array[int]:
        """The ids of the records from one row to another, both included."""
        return self._places.ids[first : last + 1]

    def next_record(self, row: int) -> int:
        """This row, or the next one below that holds a record."""
        return row

    def title(self, column: int) -> str:
        """What a column is called."""
        return self._columns[column].text()

    def heading(self, column: int) -> str:
        """What stands above a column: its name, marked where a formula works it out."""
        title = self.title(column)
        return tr(N_("fx {field}"), field=title) if self._columns[column].formula else title

    def kind_at(self, row: int, column: int) -> str:
        """The kind of what a cell holds."""
        return self._columns[column].kind

    def row_of(self, id: int) -> int:
        """The row of an id, -1 when it isn't shown."""
        return self._places.of(id)

    def heard(self, notice: Notice) -> None:
        """A commit: show what it touched.

        Rows keep their place until the person sorts again; new ones come last; gone ones go.
        """
        touched = notice.touched
        self._forgive_turned(notice)
        if "custom_field" in touched:
            self.load()
            return
        if self.entity in touched:
            ids = touched[self.entity]
            if ids is None:
                self.load()
                return
            self._refresh(ids)
        if {one.target for one in self._columns if one.kind == "link"} & (
            touched.keys() - {self.entity}
        ) or any(one.read_as for one in self._columns):
            self._forget()

    def _forgive_turned(self, notice: Notice) -> None:
        """What a record declined is forgotten with the change that is taken back, or done again."""
        if not self._faults or self.entity not in notice.touched:
            return
        told = self._session.book.info(notice.change)
        if told is not None and told.kind in ("undo", "redo"):
            ids = notice.touched[self.entity]
            for cell in [one for one in self._faults if ids is None or one[0] in ids]:
                del self._faults[cell]

    def _refresh(self, ids: frozenset[int]) -> None:
        fits = self._session.book.ids(
            self.entity, self.where or None, (), self.search, self.deleted, sorted(ids)
        )
        fresh = [one for one in fits if self.row_of(one) < 0]
        if self.only is not None:
            allowed = set(self.only)
            fresh = [one for one in fresh if one in allowed]
        gone = sorted((row for row in map(self.row_of, ids - set(fits)) if row >= 0), reverse=True)
        if len(gone) > 100:
            self.load()
            return
        for row in gone:
            self.beginRemoveRows(QModelIndex(), row, row)
            self._places.remove(row)
            self._windows.clear()
            self.endRemoveRows()
        if fresh:
            first = len(self._places)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._places.add(fresh)
            self._windows.clear()
            self.endInsertRows()
        last = self.columnCount() - 1
        for row in sorted(row for row in map(self.row_of, fits) if row >= 0):
            self._windows.pop(row // _WINDOW, None)
            self.dataChanged.emit(self.index(row, 0), self.index(row, last))

    def _forget(self) -> None:
        """Values changed somewhere else: read what is visible again."""
        self._windows.clear()
        if self._places:
            end = self.index(len(self._places) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), end)

    # -- what Qt asks ----------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows shown."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns shown."""
        return 0 if parent.isValid() else len(self._columns)

    def field_at(self, column: int) -> Field:
        """The field of a column."""
        return self._columns[column]

    def value(self, row: int, column: int) -> Any:
        """The value of a cell."""
        number = row // _WINDOW
        window = self._windows.get(number)
        if window is None:
            ids = self._places.ids[number * _WINDOW : (number + 1) * _WINDOW]
            window = self._session.book.rows(self.entity, ids, self.fields)
            self._windows[number] = window
            if len(self._windows) > _KEPT:
                self._windows.popitem(last=False)
        return window[row % _WINDOW][column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, edits, and warns of."""
        if not index.isValid():
            return None
        field = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            value = self.value(index.row(), index.column())
            shown = KINDS[field.kind].show(field, value, self._session.book.currency)
            return shown.replace("\n", " ")
        if role == Qt.ItemDataRole.EditRole:
            return KINDS[field.kind].edited(field, self.value(index.row(), index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if KINDS[field.kind].numeric else _LEFT
        if role == ID:
            return self.id_at(index.row())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.BackgroundRole):
            fault = self._faults.get(self._cell(index))
            if role == Qt.ItemDataRole.ToolTipRole:
                return fault[0] if fault else self._broken(index.column())
            return QColor(theme.colours().fault) if fault else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Labels above, row numbers beside."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if section >= len(self._columns):
            return None
        field = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if KINDS[field.kind].numeric else _LEFT
        if field.formula:
            return self._formula_head(section, field, role)
        return None

    def _formula_head(self, section: int, field: Field, role: int) -> Any:
        """A column that a formula works out is told by its heading, and so is the formula."""
        if role == Qt.ItemDataRole.FontRole:
            slanted = QFont()
            slanted.setItalic(True)
            return slanted
        if role != Qt.ItemDataRole.ToolTipRole:
            return None
        schema = self._session.book.schema
        from models.describe import formula_sql

        told = "= " + formula_sql.shown(schema, self._owner(section), field.formula)
        broken = self._broken(section)
        return f"{told}\n{broken}" if broken else told

    def _owner(self, column: int) -> Entity:
        """The kind of record whose field a column shows."""
        schema = self._session.book.schema
        links = schema.path(schema.entity(self.entity), self.fields[column])[0]
        return schema.entity(links[-1].target if links else self.entity)

    def _broken(self, column: int) -> str | None:
        """Why a formula works nothing out, if so."""
        field = self._columns[column]
        if field.fault is None:
            return None
        from models.describe import formula_sql

        return formula_sql.why(self._session.book.schema, self._owner(column), field)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every own cell of a live record can be edited."""
        base = super().flags(index)
        own = index.isValid() and "." not in self.fields[index.column()]
        if own and not self.deleted and not self._columns[index.column()].formula:
            base |= Qt.ItemFlag.ItemIsEditable
        return base

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a cell; what can't be accepted is marked at the cell and said."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if value == self.data(index, Qt.ItemDataRole.EditRole):
            self.forgive(index)
            return False
        cell = id, name = self._cell(index)
        refused = self._session.set(self.entity, id, {name: value})
        if refused is None:
            if self._faults.pop(cell, None) is not None:
                self._session.mended.emit()
            return True
        self._faults[cell] = (str(refused), str(value))
        self._session.refused.emit(str(refused))
        self.dataChanged.emit(index, index)
        return False

    # -- what was declined -----------------------------------------------------------------------

    def _cell(self, index: Index) -> tuple[int, str]:
        return self.id_at(index.row()), self.fields[index.column()]

    def declined(self, index: Index) -> str | None:
        """What was typed into a cell and could not be accepted, to be put right there."""
        fault = self._faults.get(self._cell(index)) if index.isValid() else None
        return fault[1] if fault else None

    def decline(self, cells: Sequence[Declined], written: Sequence[tuple[int, str]]) -> None:
        """Mark cells that a paste could not write, and forget what those declined that it wrote."""
        for cell in written:
            self._faults.pop(cell, None)
        for one in cells:
            self._faults[one.id, one.field] = (one.why, one.text)
        if self._places:
            end = self.index(len(self._places) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), end)

    def forgive(self, index: Index) -> bool:
        """Forget what a cell declined; False when there was nothing."""
        if not index.isValid() or self._faults.pop(self._cell(index), None) is None:
            return False
        self.dataChanged.emit(index, index)
        self._session.mended.emit()
        return True
