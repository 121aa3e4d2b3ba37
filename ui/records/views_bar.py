"""The buttons above a list: which view it shows, and how it is arranged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from models.texts import N_, tr
from models.views.saved import Saved
from models.views.view import BUCKETS
from ui.records.grid_menu import GridMenus
from ui.records.list_view import ListView
from ui.records.totals_row import fill_functions

if TYPE_CHECKING:
    from ui.dialogs.group_chart import GroupChart
    from ui.records.list_frame import ListFrame

BUCKET_NAMES = {
    "": N_("By value"),
    "day": N_("By day"),
    "week": N_("By week"),
    "month": N_("By month"),
    "quarter": N_("By quarter"),
    "year": N_("By year"),
}
_DAYS = ("date", "instant")
_MOST = 40  # fields that a menu lists; the chooser lists all
Act = Callable[[], object]


class ViewsBar(QWidget):
    """Two buttons with menus; all they offer stands in the palette's reach by keyboard too."""

    def __init__(self, view: ListView, menus: GridMenus, page: ListFrame) -> None:
        super().__init__(page)
        self._view, self._menus, self._page = view, menus, page
        self._acts: dict[QAction, Act] = {}
        self._chart: GroupChart | None = None
        self.view_button = QPushButton(self)
        self.layout_button = QPushButton(self)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for button, fill in (
            (self.view_button, self._fill_views),
            (self.layout_button, self._fill_layout),
        ):
            menu = QMenu(button)
            menu.aboutToShow.connect(fill)
            menu.triggered.connect(self._chosen)
            button.setMenu(menu)
            box.addWidget(button)
        menus.column_offered.connect(self._fill_column)
        view.changed.connect(self.say)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.layout_button.setText(tr(N_("Arrange")))
        self.layout_button.setAccessibleName(tr(N_("Arrange")))
        self.say()

    def say(self) -> None:
        """Name the view, with an asterisk when what is seen differs from it."""
        one = self._view.saved
        name = one.title if one is not None else self._whole()
        text = f"{name} *" if self._view.modified else name
        if text != self.view_button.text():
            self.view_button.setText(text.replace("&", "&&"))
            self.view_button.setAccessibleName(text)
        tips = [tr(N_("Changed since it was saved"))] if self._view.modified else []
        if self._view.missing:
            names = tr(N_(", ")).join(self._view.missing)
            tips.append(tr(N_("No longer there, and left out: {names}"), names=names))
        self.view_button.setToolTip("\n".join(tips))
        self.view_button.setAccessibleDescription("\n".join(tips))

    def _whole(self) -> str:
        kind = self._page.session.book.schema.entity(self._page.entity)
        return tr(N_("All {records}"), records=kind.plural_text())

    # -- menus -----------------------------------------------------------------------------------

    def _chosen(self, action: QAction) -> None:
        if action in self._acts:
            self._acts[action]()

    def _add(
        self, menu: QMenu, text: str, act: Act, *, checked: bool | None = None, on: bool = True
    ) -> None:
        made = QAction(text.replace("&", "&&"), menu)
        if checked is not None:
            made.setCheckable(True)
            made.setChecked(checked)
        made.setEnabled(on)
        menu.addAction(made)
        self._acts[made] = act

    def _emptied(self, button: QPushButton) -> QMenu:
        menu = button.menu()
        menu.clear()
        return menu

    def _fill_views(self) -> None:
        menu, view = self._emptied(self.view_button), self._view
        self._acts = {}
        now = view.saved.id if view.saved is not None else 0
        self._add(menu, self._whole(), self._choosing(None), checked=not now)
        for one in view.there:
            text = tr(N_("{name} (default)"), name=one.title) if one.default else one.title
            self._add(menu, text, self._choosing(one), checked=one.id == now)
        menu.addSeparator()
        there = view.saved is not None
        self._add(menu, tr(N_("Save view")), view.save, on=view.modified)
        self._add(menu, tr(N_("Save view as…")), self.ask_save_as)
        self._add(menu, tr(N_("Undo what was changed")), view.put_back, on=view.modified)
        menu.addSeparator()
        self._add(menu, tr(N_("Rename view…")), self.ask_rename, on=there)
        default = there and view.saved is not None and view.saved.default
        self._add(menu, tr(N_("Default view")), self._turn_default, checked=bool(default), on=there)
        self._add(menu, tr(N_("Delete view")), view.delete, on=there)

    def _choosing(self, one: Saved | None) -> Act:
        def act() -> None:
            self._view.choose(one)

        return act

    def _turn_default(self) -> None:
        one = self._view.saved
        self._view.make_default(one is not None and not one.default)

    def _fill_layout(self) -> None:
        menu = self._emptied(self.layout_button)
        self._acts = {}
        self._add(menu, tr(N_("Columns…")), self.ask_columns)
        self._fill_groups(menu.addMenu(tr(N_("Group by"))))
        model = self._page.model
        totals = menu.addMenu(tr(N_("Totals")))
        for path in self._page.grid.fields_shown():
            column = model.fields.index(path)
            inner = totals.addMenu(model.title(column).replace("&", "&&"))
            self._acts |= fill_functions(inner, model, column, self._view.total)
        self._add(menu, tr(N_("Colours…")), self.ask_colours)
        if model.groups:
            self._add(menu, tr(N_("Chart of the groups…")), self.open_chart)
            menu.addSeparator()
            self._add(menu, tr(N_("Open all groups")), self._open_all)
            self._add(menu, tr(N_("Close all groups")), self._close_all)

    def _open_all(self) -> None:
        self._page.model.fold_all(closed=False)

    def _close_all(self) -> None:
        self._page.model.fold_all(closed=True)

    def _fill_groups(self, menu: QMenu) -> None:
        model = self._page.model
        now = {one.path: one.by for one in model.groups}
        self._add(menu, tr(N_("No groups")), self._ungroup, checked=not now)
        menu.addSeparator()
        shown = self._page.grid.fields_shown()
        listed = [*now, *(one for one in shown if one not in now)][:_MOST]
        for path in listed:
            self._fill_group(menu, path, self._add)

    def _ungroup(self) -> None:
        self._view.group_by([])

    def _fill_group(self, menu: QMenu, path: str, add: Callable[..., object]) -> None:
        """How rows can be gathered by one field; again ends it."""
        now = {one.path: one.by for one in self._page.model.groups}
        field = self._view.field(path)
        title = self._title(path)
        if field.kind not in _DAYS:
            add(menu, title, self._grouping(path, ""), checked=path in now)
            return
        inner = menu.addMenu(title.replace("&", "&&"))
        for by in ("month", "quarter", "year", "week", "day"):
            add(inner, tr(BUCKET_NAMES[by]), self._grouping(path, by), checked=now.get(path) == by)

    def _title(self, path: str) -> str:
        model = self._page.model
        if path in model.fields:
            return model.title(model.fields.index(path))
        return self._view.field(path).text()

    def _grouping(self, path: str, by: str) -> Act:
        now = {one.path: one.by for one in self._page.model.groups}

        def act() -> None:
            if now.get(path) == by:
                self._view.remove_group(path)
            else:
                self._view.add_group(path, by)

        return act

    def _fill_column(self, menu: QMenu, column: int) -> None:
        """What a column's own menu offers besides."""
        path = self._page.model.fields[column]
        now = {one.path: one.by for one in self._page.model.groups}
        add = self._menus.add
        if self._view.field(path).kind in _DAYS:
            inner = menu.addMenu(tr(N_("Group by this column")))
            for by in ("month", "quarter", "year", "week", "day"):
                act = self._grouping(path, by)
                add(inner, tr(BUCKET_NAMES[by]), act, checked=now.get(path) == by)
        else:
            act = self._grouping(path, "")
            add(menu, tr(N_("Group by this column")), act, checked=path in now)
        self._fill_freeze(menu, path)
        totals = menu.addMenu(tr(N_("Total of this column")))
        acts = fill_functions(totals, self._page.model, column, self._view.total)
        self._menus.also(acts)

    def _fill_freeze(self, menu: QMenu, path: str) -> None:
        shown = self._page.grid.fields_shown()
        count = shown.index(path) + 1 if path in shown else 0
        if 0 < count < len(shown):
            text = tr(N_("Keep in sight up to here"))
            here = count == self._view.frozen
            self._menus.add(menu, text, self._freezing(0 if here else count), checked=here)
        if self._view.frozen:
            text = tr(N_("Keep no columns in sight"))
            self._menus.also({menu.addAction(text): self._freezing(0)})

    def _freezing(self, count: int) -> Act:
        def act() -> None:
            self._view.freeze(count)

        return act

    # -- dialogs ---------------------------------------------------------------------------------

    def ask_save_as(self) -> None:
        """Ask for the name of a new view."""
        self._ask_name(tr(N_("Save view as…")), "", self._view.save_as)

    def ask_rename(self) -> None:
        """Ask for another name of the view."""
        one = self._view.saved
        if one is not None:
            self._ask_name(tr(N_("Rename view…")), one.title, self._view.rename)

    def _ask_name(self, title: str, name: str, then: Callable[[str], object]) -> None:
        from ui.dialogs.view_dialogs import ViewName

        ViewName(title.removesuffix("…"), name, then, self).open()

    def ask_columns(self) -> None:
        """Choose columns, their order, and fields that are reached through links."""
        shown = self._page.grid.fields_shown()
        from ui.dialogs.view_dialogs import ColumnChooser

        ColumnChooser(
            self._page.session.book.schema, self._page.entity, shown, self._view.show_columns, self
        ).open()

    def ask_colours(self) -> None:
        """Choose which cells and rows are coloured, when and how."""
        model, grid = self._page.model, self._page.grid
        shown = grid.fields_shown()
        paths = [(one, self._title(one), self._view.field(one)) for one in shown]
        schema, words = self._page.session.book.schema, grid.cells.colouring.rule_text
        from ui.dialogs.colour_rules import ColourRules

        ColourRules(
            schema, model.entity, paths, self._view.colours, words, self._view.colour, self
        ).open()

    def open_chart(self) -> None:
        """Show the groups as a chart beside the list."""
        from ui.dialogs.group_chart import GroupChart

        if self._page.model.groups:
            if self._chart is None:
                self._chart = GroupChart(self._page)
            self._chart.begin()


assert set(BUCKET_NAMES) == {"", *BUCKETS}
