"""The records that point to one: a small grid beside it, edited in place as the large ones are."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QPushButton, QVBoxLayout, QWidget

from models.book import Notice
from models.describe.kinds import Link
from models.texts import N_, tr
from ui import theme
from ui.flow import Flow
from ui.phone_acts import PhoneOffers
from ui.records.columns import Columns
from ui.records.grid import Grid
from ui.records.grid_menu import GridMenus
from ui.records.list_acts import ListActs
from ui.records.table_model import RecordTableModel
from ui.session import Session

MOST = 200  # linked records shown at once
_WIDEST = 220  # points of a column


class RelatedModel(RecordTableModel):
    """The records of an entity whose link points to one record."""

    def __init__(
        self, session: Session, entity: str, field: str, to: int, fields: list[str], parent: QObject
    ) -> None:
        super().__init__(session, entity, fields, parent)
        self._book, self._field, self._to = session.book, field, to
        owner = session.book.schema.entity(entity).field(field).target
        self.given = {field: session.book.public_id(owner, to)}
        kind = session.book.schema.entity(entity)
        if kind.happens in fields:  # what happened last stands first
            self.sorting = [(kind.happens, True)]

    def load(self) -> None:
        """Ask again which records point here."""
        self.only = self._book.linked(self.entity, self._field, self._to, MOST)
        super().load()

    def _few(self) -> bool:
        """They are there at once."""
        return True

    def heard(self, notice: Notice) -> None:
        """A commit: records may point here now that did not, or no longer."""
        if self.entity in notice.touched:
            linked = self._book.linked(self.entity, self._field, self._to, MOST)
            self.only = linked
            if set(self.ids) - set(linked):
                self.load()
                return
        super().heard(notice)


class RelatedList(QWidget):
    """The grid and what can be done with its records, by the keys of every list too."""

    def __init__(
        self,
        session: Session,
        entity: str,
        field: str,
        to: int,
        parent: QWidget,
        *,
        only_read: bool,
    ) -> None:
        super().__init__(parent)
        self.session, self.entity, self.field, self._to = session, entity, field, to
        self.model = RelatedModel(session, entity, field, to, self._fields(), self)
        self.grid = Grid(session, self.model, self)
        kind = session.book.schema.entity(entity)
        self.grid.setAccessibleName(kind.plural_text())
        owner = kind.field(field).target
        name = f"{session.book.id}/{owner}/{entity}.{field}"
        self.columns = Columns(session.settings, name, self.model, self.grid)
        self.model.sorting = self.columns.sorting() or self.model.sorting
        self.acts = ListActs(session, self.grid, self.model, self)
        menus = GridMenus(self.grid, self.model, self.columns, filters=False)
        menus.remove_wanted.connect(self.acts.remove)
        menus.edit_wanted.connect(self.acts.edit_many)
        menus.series_wanted.connect(self.acts.fill_series)
        PhoneOffers(menus, self.acts)
        self.grid.sort_wanted.connect(self.columns.sort)
        self.grid.opened.connect(self._open)
        self.grid.verticalHeader().hide()
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.grid.setEnabled(not only_read)
        row = Flow()
        self._buttons = []
        for text, act in (
            (tr(N_("New {entity}"), entity=kind.text()), self.add),
            (tr(N_("Open record")), self.open_current),
            (tr(N_("Remove")), self.acts.remove),
        ):
            button = QPushButton(text, self)
            button.setAccessibleName(text)
            button.setEnabled(not only_read)
            button.clicked.connect(act)
            row.addWidget(button)
            self._buttons.append(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row)
        box.addWidget(self.grid, 1)
        self._row = 0
        self.model.modelAboutToBeReset.connect(self._remember)
        self.model.loaded.connect(self._loaded)
        self.model.load()
        for column in range(self.model.columnCount()):
            width = min(self.grid.asked_width(column), theme.scaled(_WIDEST))
            self.columns.measured(column, width)
        self.columns.apply()

    def _fields(self) -> list[str]:
        """What names the records first, then what is filled, then what may be filled in."""
        book, kind = self.session.book, self.session.book.schema.entity(self.entity)
        ids = book.linked(self.entity, self.field, self._to, MOST)
        names = [one.id for one in kind.fields if one.id != self.field and one.in_grid]
        rows = book.rows(self.entity, ids, names)
        filled = [name for at, name in enumerate(names) if any(row[at] is not None for row in rows)]
        first = [one for one in kind.title if one in names]
        return list(dict.fromkeys([*first, *filled, *names]))

    def heard(self, notice: Notice) -> None:
        """A commit: show what it touched."""
        self.model.heard(notice)

    def has_focus(self) -> bool:
        """Whether it is worked in: in a cell, an editor or one of the buttons."""
        return self.isAncestorOf(QApplication.focusWidget() or self)

    def _remember(self) -> None:
        self._row = max(self.grid.currentIndex().row(), 0)

    def _loaded(self) -> None:
        last = self.model.rowCount() - 1
        if last >= 0 and self.grid.hasFocus():
            self.grid.setCurrentIndex(self.model.index(min(self._row, last), 0))

    def add(self) -> None:
        """A new record that points here already."""
        owner = self.session.book.schema.entity(self.entity).field(self.field).target
        known = {self.field: Link(self._to, self.session.book.label(owner, self._to))}
        from ui.dialogs.new_record import NewRecord

        dialog = NewRecord(self.session, self.entity, self.window(), self.model.fields, known)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self._made)
        dialog.open()

    def _made(self, id: int) -> None:
        if self.model.row_of(id) < 0:
            self.model.load()
        self.grid.pick(id)
        self.grid.setFocus()

    def open_current(self) -> None:
        """Show the current record in its own list."""
        at = self.grid.currentIndex()
        if at.isValid():
            self._open(self.model.id_at(at.row()))

    def _open(self, id: int) -> None:
        self.session.record_wanted.emit(self.entity, id)
