"""What one list shows, as a view: taken from the page, put onto it, kept for the person between starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.book import Notice
from models.change import Change
from models.describe.field import Entity, Field
from models.refusals import Refused
from models.texts import N_, tr
from models.views import saved
from models.views.saved import Saved
from models.views.seen import Seen
from models.views.view import (
    DEEPEST,
    ChartOf,
    Column,
    Group,
    Rule,
    View,
    from_json,
    kept,
    to_json,
    usable,
)

if TYPE_CHECKING:
    from ui.records.list_frame import ListFrame

_PLAIN = View()


class ListView(QObject):
    """The view of one page's list: the saved one that was chosen, and what was changed since."""

    changed = Signal()  # another view, or something is arranged otherwise

    def __init__(self, page: ListFrame, name: str) -> None:
        super().__init__(page)
        self._page, self._name = page, name
        self._book, self._settings = page.session.book, page.session.settings
        self.colours: tuple[Rule, ...] = ()
        self.frozen = 0
        self.chart: ChartOf | None = None
        self.saved: Saved | None = None
        self.there: list[Saved] = []
        self.missing: tuple[str, ...] = ()
        self._filter = ""
        self._base = _PLAIN  # what is seen when nothing was changed
        self._quiet = False
        self._start()
        page.layout_.changed.connect(self._arranged)
        page.model.loaded.connect(self._arranged)
        page.session.news.connect(self._heard)

    # -- what is seen ----------------------------------------------------------------------------

    def now(self) -> View:
        """What the list shows."""
        layout, model = self._page.layout_, self._page.model
        shown = [one for one in layout.order() if one not in layout.hidden]
        return View(
            tuple(Column(one, layout.widths.get(one, 0)) for one in shown),
            tuple(model.sorting),
            self._filter,
            tuple(model.groups),
            tuple(model.asked),
            self.colours,
            self.frozen,
            self.chart,
        )

    def seen(self) -> Seen:
        """All of it, as it is shown now."""
        model = self._page.model
        return Seen(model.arranged(), self.now(), model.closed)

    @property
    def modified(self) -> bool:
        """Whether what is seen differs from the saved view."""
        return self.saved is not None and not _same(self.now(), self._base)

    def _put(self, view: View, *, load: bool = True) -> None:
        """Show a view."""
        page = self._page
        fit = usable(view, self._book.schema, self._entity)
        self.missing, view = fit.missing, fit.view
        self._quiet = True
        page.extra = [] if view.columns else page.extra
        plain = page.plain_fields()
        if view.columns:
            page.extra = [one for one in view.paths if one not in plain]
        fields = [*plain, *(one for one in page.extra if one not in plain)]
        shown = view.paths or fields
        widths = {one.path: one.width for one in view.columns if one.width}
        page.layout_.arrange(shown, set(fields) - set(shown), widths)
        model = page.model
        model.sorting, model.groups, model.asked = (
            list(view.sort),
            list(view.groups),
            list(view.totals),
        )
        self.colours, self.frozen, self._filter = view.colours, view.frozen, view.filter
        self.chart = view.chart
        page.put_filter(view.filter)
        self._quiet = False
        if load:
            page.refit()
            page.reload()

    # -- which view ------------------------------------------------------------------------------

    def _start(self) -> None:
        """Open with what was seen last, else with the default view of the book."""
        self.there = saved.views(self._book, self._page.entity)
        layout = self._settings.layout(self._name)
        chosen = layout.get("chosen")
        by_id = {one.id: one for one in self.there}
        found = by_id.get(chosen) if isinstance(chosen, int) else None
        if chosen is None:
            found = next((one for one in self.there if one.default), None)
        unsaved = self._kept("unsaved")
        if found is None:
            parts = self._kept("parts") or _PLAIN
            self._page.extra = [
                one.path for one in usable(parts, self._book.schema, self._entity).view.columns
            ]
            self._take_parts(parts)
            return
        self.saved = found
        self._page.layout_.keeping = False
        self._put(found.view, load=False)
        self._base = self.now()
        if unsaved is not None:
            self._put(unsaved, load=False)

    def _take_parts(self, parts: View) -> None:
        """What columns alone don't say of the list without a view."""
        fit = usable(parts, self._book.schema, self._entity).view
        model = self._page.model
        model.groups, model.asked = list(fit.groups), list(fit.totals)
        self.colours, self.frozen, self.chart = fit.colours, fit.frozen, fit.chart

    def _kept(self, part: str) -> View | None:
        found = self._settings.layout(self._name).get(part)
        try:
            return from_json(found) if isinstance(found, str) and found else None
        except Refused:
            return None

    def choose(self, one: Saved | None) -> None:
        """Show a saved view as it is saved, or the list without one, as it was."""
        self.saved = one
        page = self._page
        page.layout_.keeping = one is None
        if one is None:
            self.missing = ()
            page.layout_.restore()
            parts = self._kept("parts") or _PLAIN
            page.extra = [column.path for column in parts.columns]
            self._take_parts(parts)
            page.model.sorting = page.layout_.sorting()
            self._filter = ""
            page.put_filter("")
            page.refit()
            page.reload()
        else:
            self._put(one.view)
            self._base = self.now()
        self._remember(chosen=True)
        self.changed.emit()

    def put_back(self) -> None:
        """Show the chosen view as it is saved."""
        self.choose(self.saved)

    def _remember(self, *, chosen: bool = False) -> None:
        """Keep for the next start what is seen now."""
        layout = self._settings.layout(self._name)
        if self.saved is None:
            extra = tuple(Column(one) for one in self._page.extra)
            parts = replace(self.now(), columns=extra, sort=(), filter="")
            layout |= {"unsaved": "", "parts": to_json(parts)}
            if chosen:  # who chose none is not shown the default view of the book any more
                layout["chosen"] = 0
        else:
            unsaved = to_json(self.now()) if self.modified else ""
            layout |= {"chosen": self.saved.id, "unsaved": unsaved}
        self._settings.keep_layout(self._name, layout)

    def _arranged(self) -> None:
        if self._quiet:
            return
        self._page.grid.cells.colouring.use(self.colours)
        for one in (self._page.grid.frozen, self._page.totals.frozen):
            one.freeze(self.frozen)
        self._filter = self._page.model.where
        self._remember()
        self.changed.emit()

    def _heard(self, notice: Notice) -> None:
        if saved.ENTITY in notice.touched:
            self.refresh()

    def refresh(self) -> None:
        """The views of the book may be others now; one that was saved elsewhere is shown so."""
        modified = self.modified
        self.there = saved.views(self._book, self._page.entity)
        if self.saved is not None:
            found = next((one for one in self.there if one.id == self.saved.id), None)
            if found is None:
                self._lose()
            elif found.view != self.saved.view and not modified:
                self.choose(found)
            else:
                self.saved = found
        self.changed.emit()

    def _lose(self) -> None:
        """The chosen view is gone: the list is shown without one."""
        self.choose(None)

    # -- saving ----------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save what is seen over the chosen view; what of it could not be shown stays."""
        one = self.saved
        if one is None:
            return False
        view = kept(self.now(), one.view, self._book.schema, self._entity)

        def act(change: Change) -> None:
            saved.save(change, one.id, view)

        self._base = self.now()  # so that its own news changes nothing
        self.saved = replace(one, view=view)
        reason = tr(N_("Save view {name}"), name=one.title)
        return self._written(reason, act)

    def save_as(self, name: str) -> bool:
        """Save what is seen as a new view, and go on with it."""
        made: list[int] = []
        view = self.now()

        def act(change: Change) -> None:
            made.append(saved.add(self._book, change, self._page.entity, name, view))

        if not self._written(tr(N_("Save view {name}"), name=name), act):
            return False
        self.there = saved.views(self._book, self._page.entity)
        self.saved = next(one for one in self.there if one.id == made[0])
        self._page.layout_.keeping = False
        self._base = self.now()
        self._arranged()
        return True

    def rename(self, name: str) -> bool:
        """Call the chosen view otherwise."""
        one = self.saved
        if one is None:
            return False

        def act(change: Change) -> None:
            saved.rename(self._book, change, one, name)

        return self._written(tr(N_("Rename view {name}"), name=one.title), act)

    def make_default(self, on: bool) -> bool:
        """Let the list open with the chosen view, for everybody; or with none."""
        one = self.saved
        id = one.id if one is not None and on else 0

        def act(change: Change) -> None:
            saved.make_default(self._book, change, self._page.entity, id)

        return self._written(tr(N_("Choose the default view")), act)

    def delete(self) -> bool:
        """Remove the chosen view from the book; an undo brings it back."""
        one = self.saved
        if one is None:
            return False

        def act(change: Change) -> None:
            change.remove(saved.ENTITY, [one.id])

        return self._written(tr(N_("Delete view {name}"), name=one.title), act)

    def _written(self, reason: str, act: Callable[[Change], object]) -> bool:
        done = self._page.session.write(reason, act, offer_undo=True)
        self.refresh()
        return done

    # -- arranging -------------------------------------------------------------------------------

    @property
    def _entity(self) -> Entity:
        return self._book.schema.entity(self._page.entity)

    def field(self, path: str) -> Field:
        """The field at the end of a path."""
        return self._book.schema.path(self._entity, path)[1]

    def group_by(self, groups: Sequence[Group]) -> None:
        """Gather the rows so; nothing ungroups them."""
        self._page.model.groups = list(groups)[:DEEPEST]
        self._reload()

    def add_group(self, path: str, by: str = "") -> None:
        """Gather the rows of each group further by a field."""
        others = [one for one in self._page.model.groups if one.path != path]
        self.group_by([*others[: DEEPEST - 1], Group(path, by)])

    def remove_group(self, path: str) -> None:
        """Gather by a field no longer."""
        self.group_by([one for one in self._page.model.groups if one.path != path])

    def total(self, path: str, how: str) -> None:
        """Show a function of a column in the totals and of each group; "" for none."""
        now = dict(self._page.model.asked)
        now.pop(path, None)
        if how:
            now[path] = how
        self._page.model.asked = list(now.items())
        self._reload()

    def colour(self, rules: Sequence[Rule]) -> None:
        """Colour cells and rows so."""
        self.colours = tuple(rules)
        self._arranged()

    def freeze(self, columns: int) -> None:
        """Keep the first columns in sight."""
        self.frozen = columns
        self._arranged()

    def draw(self, chart: ChartOf) -> None:
        """Keep with the view what its chart shows."""
        self.chart = chart
        self._arranged()

    def show_columns(self, paths: Sequence[str]) -> None:
        """Show these columns in this order."""
        widths = self._page.layout_.widths
        columns = tuple(Column(one, widths.get(one, 0)) for one in paths)
        self._filter = self._page.model.where
        self._put(replace(self.now(), columns=columns))
        self._page.layout_.keep()
        self._arranged()

    def _reload(self) -> None:
        self._page.model.load()
        self._arranged()


def _same(one: View, other: View) -> bool:
    return to_json(one) == to_json(other)
