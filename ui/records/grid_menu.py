"""What a right click offers: on cells what a sheet offers, on headers what a column can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHeaderView, QMenu

from models.describe import filters
from models.describe.kinds import KINDS
from models.texts import N_, ntr, tr
from ui.actions import EDIT_KEY, SERIES_KEY
from ui.records.columns import Columns
from ui.records.grid import Grid
from ui.records.table_model import RecordTableModel

_LONGEST = 24  # characters of a value in a menu


class GridMenus(QObject):
    """The menus of one grid."""

    filter_wanted = Signal(object)  # a comparison to add to the filter
    list_wanted = Signal(int)  # the values of a column
    remove_wanted = Signal()
    change_wanted = Signal(str)  # a column of the users' own, by its field
    drop_wanted = Signal(str)
    column_offered = Signal(QMenu, int)  # a column's menu, to be added to
    cell_offered = Signal(QMenu)  # a cell's menu, to be added to

    edit_wanted = Signal()
    series_wanted = Signal()

    def __init__(
        self, grid: Grid, model: RecordTableModel, columns: Columns, *, filters: bool = True
    ) -> None:
        """Without ``filters`` the list is always whole."""
        super().__init__(grid)
        self._filters = filters
        self._grid, self._model, self._columns = grid, model, columns
        self._acts: dict[QAction, Callable[[], object]] = {}
        self.hear(grid.horizontalHeader())
        grid.menu_wanted.connect(self._on_cell)

    def _on_head(self, at: QPoint) -> None:
        head = self.sender()
        assert isinstance(head, QHeaderView)
        column = head.logicalIndexAt(at)
        if column >= 0:
            menu = self._menu()
            self._fill_column(menu, column)
            menu.popup(head.viewport().mapToGlobal(at))

    def hear(self, head: QHeaderView) -> None:
        """Offer what columns can do on these heads."""
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._on_head)

    def _on_cell(self, index: QModelIndex, at: QPoint) -> None:
        menu = self._menu()
        self._fill_cell(menu, index)
        menu.popup(at)

    def _menu(self) -> QMenu:
        menu = QMenu(self._grid)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._acts.clear()
        menu.triggered.connect(self._chosen)
        return menu

    def _chosen(self, action: QAction) -> None:
        act = self._acts.get(action)
        if act is not None:
            act()

    def add(self, menu: QMenu, text: str, act: Callable[[], object], *, checked: bool) -> None:
        """Add an entry with a mark to a menu that is offered."""
        made = self._add(menu, text, act)
        made.setCheckable(True)
        made.setChecked(checked)

    def also(self, acts: Mapping[QAction, Callable[[], object]]) -> None:
        """Do this for entries that others put into the menu."""
        self._acts |= acts

    def _add(self, menu: QMenu, text: str, act: Callable[[], object], key: str = "") -> QAction:
        made = QAction(text.replace("&", "&&"), menu)
        if key:  # only told here; the grid hears the key itself
            made.setShortcut(QKeySequence(key))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            made.setShortcutVisibleInContextMenu(True)
        menu.addAction(made)
        self._acts[made] = act
        return made

    # -- cells -----------------------------------------------------------------------------------

    def _fill_cell(self, menu: QMenu, index: QModelIndex) -> None:
        blocks = self._grid.blocks
        self._add(menu, tr(N_("Copy")), blocks.copy, "Ctrl+C")
        heads = tr(N_("Copy with column names"))
        self._add(menu, heads, blocks.copy_with_heads, "Ctrl+Shift+C")
        if not self._model.deleted:
            for text, act, key in (
                (tr(N_("Cut")), blocks.cut, "Ctrl+X"),
                (tr(N_("Paste")), blocks.paste, "Ctrl+V"),
                (tr(N_("Paste as new records")), blocks.paste_new, "Ctrl+Shift+V"),
                (tr(N_("Clear cells")), blocks.clear, "Del"),
                (tr(N_("Fill down")), blocks.fill_down, "Ctrl+D"),
                (tr(N_("Fill right")), blocks.fill_right, "Ctrl+R"),
                (tr(N_("Fill series…")), self.series_wanted.emit, SERIES_KEY),
            ):
                self._add(menu, text, act, key)
        if not index.isValid():
            return
        menu.addSeparator()
        if self._filters:
            self._fill_filters(menu, index)
            menu.addSeparator()
        field = self._model.field_at(index.column())
        column = menu.addMenu(tr(N_("Column “{name}”"), name=_short(field.text())))
        self._fill_column(column, index.column())
        menu.addSeparator()
        n = len(self._grid.rows_selected())
        if n and not self._model.deleted:
            text = ntr("Edit {n} record…", "Edit {n} records…", n)
            self._add(menu, text, self.edit_wanted.emit, EDIT_KEY)
        if n:
            text = tr(N_("Restore")) if self._model.deleted else tr(N_("Remove selected records"))
            self._add(menu, text, self.remove_wanted.emit, "Ctrl+Backspace")
        self.cell_offered.emit(menu)

    def add_act(self, menu: QMenu, text: str, act: Callable[[], object], key: str = "") -> None:
        """Add an entry to a menu that is offered; the key is only told."""
        self._add(menu, text, act, key)

    def _fill_filters(self, menu: QMenu, index: QModelIndex) -> None:
        field, name = self._model.field_at(index.column()), self._model.fields[index.column()]
        path = name if "." in name else field.text()
        value = self._model.value(index.row(), index.column())
        if value is None:
            self._add_filter(menu, tr(N_("Only empty ones")), filters.Compare(path, "empty"))
            self._add_filter(menu, tr(N_("Only filled ones")), filters.Compare(path, "filled"))
            return
        written = KINDS[field.kind].edited(field, value)
        shown = _short(str(index.data() or written))
        for text, op in ((N_("Only “{value}”"), "="), (N_("Without “{value}”"), "!=")):
            self._add_filter(menu, tr(text, value=shown), filters.Compare(path, op, (written,)))

    def _add_filter(self, menu: QMenu, text: str, wanted: filters.Compare) -> None:
        def act() -> None:
            self.filter_wanted.emit(wanted)

        self._add(menu, text, act)

    # -- columns ---------------------------------------------------------------------------------

    def _fill_column(self, menu: QMenu, column: int) -> None:
        name = self._model.fields[column]
        for text, order in (
            (tr(N_("Sort ascending")), [(name, False)]),
            (tr(N_("Sort descending")), [(name, True)]),
            (tr(N_("Unsorted")), []),
        ):
            self._add_sort(menu, text, order)
        menu.addSeparator()
        self._add_list(menu, column)
        self._add_show(menu, tr(N_("Hide column")), name, shown=False)
        self.column_offered.emit(menu, column)
        menu.addSeparator()
        chooser = menu.addMenu(tr(N_("Show columns")))
        for field in self._model.fields:
            label = self._model.field_at(self._model.fields.index(field)).text()
            seen = field not in self._columns.hidden
            made = self._add_show(chooser, label, field, shown=not seen)
            made.setCheckable(True)
            made.setChecked(seen)
        if self._model.field_at(column).custom and "." not in name:
            menu.addSeparator()
            self._add_own(menu, tr(N_("Change column…")), self.change_wanted, name)
            self._add_own(menu, tr(N_("Remove column")), self.drop_wanted, name)

    def _add_own(self, menu: QMenu, text: str, wanted: SignalInstance, name: str) -> None:
        def act() -> None:
            wanted.emit(name)

        self._add(menu, text, act)

    def _add_list(self, menu: QMenu, column: int) -> None:
        def act() -> None:
            self.list_wanted.emit(column)

        self._add(menu, tr(N_("Filter by values…")), act, "Alt+Shift+Down")

    def _add_sort(self, menu: QMenu, text: str, order: list[tuple[str, bool]]) -> None:
        def act() -> None:
            self._columns.sort(order)

        self._add(menu, text, act)

    def _add_show(self, menu: QMenu, text: str, name: str, *, shown: bool) -> QAction:
        def act() -> None:
            self._columns.show(name, shown)

        return self._add(menu, text, act)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
