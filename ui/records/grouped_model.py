"""The rows of a grid gathered into groups: a row of its own above each, with its count and totals.

Group rows stand among the ids as negative numbers; nothing can be written into them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from models.book import Notice
from models.describe.kinds import KINDS
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from models.views.arranging import Arranged, Node, Totals
from models.views.view import Group
from ui.jobs import Latest
from ui.records.places import GroupedPlaces, Places
from ui.records.table_model import _AT_ONCE, Asked, Index, RecordTableModel
from ui.records.total_words import function_name, group_text, shown_total
from ui.session import Session

_NONE: Totals = {}
Key = tuple[Any, ...]


def _nothing_told(row: int, column: int) -> str:
    return ""


class GroupedModel(RecordTableModel):
    """Records, gathered and summed as ``groups`` and ``asked`` (path, function) say; then ``load``."""

    totals_said = Signal()  # the totals of everything are known anew

    def __init__(
        self, session: Session, entity: str, fields: Sequence[str], parent: QObject | None = None
    ) -> None:
        super().__init__(session, entity, fields, parent)
        self.groups: list[Group] = []
        self.asked: list[tuple[str, str]] = []
        self.totals: Totals = _NONE
        self.leading = 0  # the first column that is seen: there groups are named
        self.told: Callable[[int, int], str] = _nothing_told
        self._arranging = Latest(session.jobs, self)
        self._made: Arranged | None = None  # while grouped
        self._coming: Arranged | None = None
        self._waiting: Asked = self._asked()
        self._heads: list[int] = []  # the rows of the groups
        self._folded: set[Key] = set()

    # -- which rows ------------------------------------------------------------------------------

    @property
    def ids(self) -> array[int]:
        """The ids of all records shown, in order, also of those in groups that are closed."""
        return self._places.ids if self._made is None else self._made.ids

    def id_at(self, row: int) -> int:
        """The id of a row's record, 0 for the row of a group."""
        return max(self._places.ids[row], 0)

    def ids_between(self, first: int, last: int) -> array[int]:
        """The ids of the records from one row to another, without the rows of groups."""
        found = super().ids_between(first, last)
        return array("q", (one for one in found if one > 0)) if self._made else found

    def group_at(self, row: int) -> Node | None:
        """The group whose row this is."""
        if self._made is None:
            return None
        number = self._places.ids[row] if 0 <= row < len(self._places) else 0
        return self._made.groups[-number - 1] if number < 0 else None

    def next_record(self, row: int) -> int:
        """This row, or the next one below that holds a record; the number of rows if none does."""
        while row < len(self._places) and self._places.ids[row] < 0:
            row += 1
        return row

    def load(self) -> None:
        """Ask for the ids; what names a field that is gone groups, sums and sorts no longer."""
        self.groups = [one for one in self.groups if self._there(one.path)]
        self.asked = [one for one in self.asked if self._there(one[0])]
        self.sorting = [one for one in self.sorting if self._there(one[0])]
        super().load()

    def _there(self, path: str) -> bool:
        schema = self._session.book.schema
        try:
            schema.path(schema.entity(self.entity), path)
        except Refused:
            return False
        return True

    @property
    def whole(self) -> bool:
        """Whether every live record is shown."""
        return not (self.where or self.search or self.deleted) and self.only is None

    def _take(self, found: tuple[Places, Asked]) -> None:
        if self.groups:
            self._waiting = found[1]
            self._arrange(found[0].ids, self._arranged)
            return
        self._coming = None
        super()._take(found)
        self._sum()

    def _arranged(self, made: Arranged) -> None:
        self.totals, self._coming = made.totals, made
        super()._take((Places(array("q")), self._waiting))
        self._say_totals(made.totals)

    def _put(self, found: tuple[Places, Asked]) -> None:
        """While the model is told anew; until then rows of groups that are gone may be asked for."""
        made = self._coming
        if made is None:
            super()._put(found)
            self._made, self._heads = None, []
            return
        rows, heads = self._laid(made)
        super()._put((GroupedPlaces(rows), found[1]))
        self._made, self._heads = made, heads

    def _arrange(self, ids: array[int], done: Any) -> None:
        book, entity, groups, asked = self._session.book, self.entity, self.groups[:], self.asked[:]
        whole, order = self.whole, dict(self.sorting)
        turned = [order.get(one.path, False) for one in groups]

        def work(progress: Progress) -> Arranged:
            from models.views import arranging

            return arranging.arrange(
                book, entity, ids, groups, asked, turned, whole=whole, progress=progress
            )

        self._ask(len(ids), work, done, tr(N_("Grouping…")))

    def _sum(self) -> None:
        """Totals of everything that is shown, in the background where it is much."""
        if not self.asked:
            self._arranging.forget()
            self._say_totals(_NONE)
            return
        book, entity, asked = self._session.book, self.entity, self.asked[:]
        ids = None if self.whole else self._places.ids[:]

        def work(progress: Progress) -> Totals:
            from models.views import arranging

            return arranging.totals(book, entity, ids, asked)

        self._ask(len(self._places.ids), work, self._say_totals)

    def _ask(self, count: int, work: Any, done: Any, text: str = "") -> None:
        if count <= _AT_ONCE:
            self._arranging.forget()
            done(work(Progress()))
        else:
            self._arranging.ask(work, done, self._failed, text)

    def _say_totals(self, totals: Totals) -> None:
        self.totals = totals
        self.totals_said.emit()

    def _laid(self, made: Arranged) -> tuple[array[int], list[int]]:
        """The rows, groups with the records of those that are open; and which of them are groups."""
        self._folded &= {one.key for one in made.groups} if self._folded else set()
        rows: array[int] = array("q")
        heads: list[int] = []
        closed: Key | None = None
        for at, node in enumerate(made.groups):
            if closed is not None and node.key[: len(closed)] == closed:
                continue
            closed = node.key if node.key in self._folded else None
            heads.append(len(rows))
            rows.append(-at - 1)
            if closed is None and len(node.key) == len(self.groups):
                rows.extend(made.ids[node.first : node.first + node.count])
        return rows, heads

    def arranged(self) -> Arranged:
        """The records in order, with groups and totals, as they are shown now."""
        return self._made or Arranged(self._places.ids[:], (), dict(self.totals))

    @property
    def closed(self) -> frozenset[Key]:
        """The groups that are closed."""
        return frozenset(self._folded)

    # -- opening and closing ---------------------------------------------------------------------

    def is_open(self, node: Node) -> bool:
        """Whether what a group holds is shown."""
        return node.key not in self._folded

    def fold(self, node: Node, *, closed: bool) -> None:
        """Close a group, or open it."""
        if self._made is not None:
            (self._folded.add if closed else self._folded.discard)(node.key)
            self._move(self._made)

    def fold_all(self, *, closed: bool) -> None:
        """Close all groups, or open all."""
        if self._made is not None:
            self._folded = {one.key for one in self._made.groups} if closed else set()
            self._move(self._made)

    def reveal(self, id: int) -> None:
        """Open the groups in which a record lies."""
        if self._made is None or not self._folded or id not in self._made.ids:
            return
        place = self._made.ids.index(id)
        inside = {
            one.key for one in self._made.groups if one.first <= place < one.first + one.count
        }
        if inside & self._folded:
            self._folded -= inside
            self._move(self._made)

    def _move(self, made: Arranged) -> None:
        """Other rows, or in another order: what is current and selected stays so."""
        rows, heads = self._laid(made)
        self.layoutAboutToBeChanged.emit()
        old, groups = self._places.ids, self._made.groups if self._made else ()
        kept = self.persistentIndexList()
        self._made, self._heads, self._places = made, heads, GroupedPlaces(rows)
        self._windows.clear()
        place: dict[int, int] = {}
        if kept:
            by_key = {made.groups[-rows[at] - 1].key: at for at in heads}
            place = {one: at for at, one in enumerate(rows) if one > 0}
            place.update((-at - 1, by_key.get(one.key, -1)) for at, one in enumerate(groups))
        moved = [self.index(place.get(old[one.row()], -1), one.column()) for one in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    # -- what was written ------------------------------------------------------------------------

    def heard(self, notice: Notice) -> None:
        """A commit: show what it touched, also in what is reached through links."""
        super().heard(notice)
        if self._through() & (notice.touched.keys() - {self.entity}):
            self._forget()

    def _through(self) -> set[str]:
        """The kinds of records whose values are shown here."""
        schema = self._session.book.schema
        kind = schema.entity(self.entity)
        paths = [
            *self.fields,
            *(one.path for one in self.groups),
            *(path for path, _ in self.asked),
        ]
        made: set[str] = set()
        for path in paths:
            steps, last = schema.path(kind, path)
            made.update(step.target for step in (*steps, last) if step.kind == "link")
        return made

    def _refresh(self, ids: frozenset[int]) -> None:
        if self._made is None:
            super()._refresh(ids)
            self._sum()
            return
        fits = self._session.book.ids(
            self.entity, self.where or None, (), self.search, self.deleted, sorted(ids)
        )
        allowed = set(fits) if self.only is None else set(fits) & set(self.only)
        gone = ids - allowed
        order = array("q", (one for one in self._made.ids if one not in gone))
        there = set(order) if allowed else set()
        order.extend(one for one in fits if one in allowed and one not in there)
        self._arrange(order, self._settled)

    def _forget(self) -> None:
        if self._made is None:
            super()._forget()
            self._sum()
        else:
            self._arrange(self._made.ids, self._settled)

    def _settled(self, made: Arranged) -> None:
        """Records may lie in other groups now; those who stay are read again."""
        before = self._made.groups if self._made else ()
        same = [one.key for one in made.groups] == [one.key for one in before]
        if same and self._laid(made)[0] == self._places.ids:
            self._made = made
            self._windows.clear()
            if self._places:
                end = self.index(len(self._places) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), end)
        else:
            self._move(made)
        self._say_totals(made.totals)

    # -- what Qt asks ----------------------------------------------------------------------------

    def title(self, column: int) -> str:
        """What a column is called; the record that it reaches through is named."""
        schema = self._session.book.schema
        steps, last = schema.path(schema.entity(self.entity), self.fields[column])
        if steps:
            return tr(N_("{field} of {record}"), field=last.text(), record=steps[-1].text())
        return last.text()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Labels above, with their place in the order where there are several; numbers beside."""
        if role != Qt.ItemDataRole.DisplayRole:
            return super().headerData(section, orientation, role)
        if orientation == Qt.Orientation.Vertical:
            return self._number(section)
        if section >= len(self._columns):
            return None
        title = self.heading(section)
        if len(self.sorting) > 1:
            for place, (path, down) in enumerate(self.sorting, 1):
                if path == self.fields[section]:
                    return f"{title}  {place}{'▼' if down else '▲'}"
        return title

    def _number(self, row: int) -> str:
        if self._made is None:
            return str(row + 1)
        return "" if self.group_at(row) else str(row - bisect_left(self._heads, row) + 1)

    def kind_at(self, row: int, column: int) -> str:
        """The kind of what a cell holds; totals of a group may be of another kind than their field."""
        if self.group_at(row) is None:
            return self.field_at(column).kind
        if column == self.leading:
            return "text"
        how = dict(self.asked).get(self.fields[column], "")
        return "integer" if how in ("count", "filled") else self.field_at(column).kind

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; of a group its label and its totals."""
        node = None
        if self._made is not None and index.isValid():
            node = self.group_at(index.row())
        if node is None:
            found = super().data(index, role)
            if role == Qt.ItemDataRole.ToolTipRole and found is None and index.isValid():
                return self.told(index.row(), index.column()) or None
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return self._group_cell(node, index.column())
        if role == Qt.ItemDataRole.EditRole:
            return self._copied(node, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == self.leading:
            state = tr(N_("open")) if self.is_open(node) else tr(N_("closed"))
            return tr(N_("Group {name}, {state}"), name=self.group_text(node), state=state)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return super().data(index, role)
        return None

    def group_text(self, node: Node) -> str:
        """What stands in a group's row: its label and how many records it holds."""
        schema = self._session.book.schema
        return group_text(schema, schema.entity(self.entity), self.groups, node)

    def _group_cell(self, node: Node, column: int) -> str:
        if column == self.leading:
            return self.group_text(node)
        path = self.fields[column]
        how = dict(self.asked).get(path)
        if how is None or path not in node.totals:
            return ""
        return shown_total(
            self._columns[column], how, node.totals[path], self._session.book.currency
        )

    def total_text(self, column: int) -> str:
        """The total of a column over everything that is shown, named; "" where none is asked for."""
        path, field = self.fields[column], self._columns[column]
        how = dict(self.asked).get(path)
        if how is None or path not in self.totals:
            return ""
        shown = shown_total(field, how, self.totals[path], self._session.book.currency)
        return f"{function_name(how, field.kind)}  {shown}"

    def _copied(self, node: Node, column: int) -> str:
        if column == self.leading:
            return self.group_text(node)
        value = node.totals.get(self.fields[column])
        if value is None or isinstance(value, int):
            return "" if value is None else str(value)
        return KINDS[self._columns[column].kind].edited(self._columns[column], value)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be written into the row of a group."""
        base = super().flags(index)
        if self._made is not None and index.isValid() and self.group_at(index.row()) is not None:
            base &= ~Qt.ItemFlag.ItemIsEditable
        return base

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a cell of a record."""
        if index.isValid() and self.group_at(index.row()) is not None:
            return False
        return super().setData(index, value, role)

    def declined(self, index: Index) -> str | None:
        """What was typed into a cell and could not be accepted."""
        if index.isValid() and self.group_at(index.row()) is not None:
            return None
        return super().declined(index)
