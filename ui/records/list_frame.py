"""What a page of records is made of: title, buttons, search and filter, grid, the record beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.refusals import Refused
from models.texts import N_, tr
from ui import help_pages
from ui.flow import Flow
from ui.records.columns import Columns
from ui.records.detail_pane import DetailPane
from ui.records.empty_state import EmptyState
from ui.records.filtering import Filtering
from ui.records.grid_menu import GridMenus
from ui.records.group_rows import ListGrid
from ui.records.grouped_model import GroupedModel
from ui.records.list_view import ListView
from ui.records.split import DetailSplit
from ui.records.totals_row import TotalsRow
from ui.records.views_bar import ViewsBar
from ui.session import Session


class ListFrame(QWidget):
    """The parts of one list, arranged; ``columns`` are the fields first shown, in order."""

    entity = ""
    columns: tuple[str, ...] = ()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.extra: list[str] = []  # columns that this page does not show by itself
        self.model = GroupedModel(session, self.entity, self._fields(), self)
        self.grid = ListGrid(session, self.model, self)
        self.totals = TotalsRow(self.model, self.grid, self)
        self.totals.hide()
        name = f"{session.book.id}/{self.entity}"
        self.layout_ = Columns(session.settings, name, self.model, self.grid)
        self.model.sorting = self.layout_.sorting()
        self.menus = GridMenus(self.grid, self.model, self.layout_)
        self.menus.hear(self.grid.frozen.horizontalHeader())
        self.detail = DetailPane(session, self.entity, self)
        self.search = QLineEdit(self)
        self.filter = QLineEdit(self)
        self.wrong = QLabel(self)
        self.wrong.setObjectName("danger")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.filter_button = QPushButton(self)
        self.add_button = QPushButton(self)
        self.add_button.setProperty("primary", True)
        self.remove_button = QPushButton(self)
        self.import_button = QPushButton(self)
        self.export_button = QPushButton(self)
        self.column_button = QPushButton(self)
        self.bin_button = QPushButton(self)
        self.bin_button.setCheckable(True)
        self.title = QLabel(self)
        self.title.setObjectName("title")
        self.count = QLabel(self)
        self.count.setObjectName("muted")
        self.empty = EmptyState(self)
        self.filtering = Filtering(self)
        self.list_view = ListView(self, name)
        self.views_bar = ViewsBar(self.list_view, self.menus, self)
        help_pages.offer(self, "keys")
        for line in (self.search, self.filter, self.filter_button, self.filtering.row):
            help_pages.offer(line, "filters")
        self._arrange()

    def _fields(self) -> list[str]:
        extra = [one for one in self.extra if self._there(one)]
        return list(dict.fromkeys([*self.plain_fields(), *extra]))

    def _there(self, path: str) -> bool:
        """Whether a field is still there, also one of a linked record."""
        schema = self.session.book.schema
        try:
            schema.path(schema.entity(self.entity), path)
        except Refused:
            return False
        return True

    def plain_fields(self) -> list[str]:
        """The fields of which the list has columns by itself, what the book holds first."""
        kind = self.session.book.schema.entity(self.entity)
        own = [one.id for one in kind.fields if one.custom]
        every = [one.id for one in kind.fields if not one.custom and one.in_grid]
        filled = self.session.book.filled(self.entity)
        declared = [*self.columns] or every
        # What the book holds comes first; what it doesn't hold yet is there to be filled in.
        used = [one for one in declared if one in filled or "." in one or one in kind.title]
        more = [one for one in every if one in filled and one not in declared]
        return list(dict.fromkeys([*used, *more, *own, *declared]))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        buttons = (
            self.bin_button, self.column_button, self.import_button, self.export_button,
            self.remove_button, self.add_button,
        )  # fmt: skip
        self.buttons = Flow()  # at 200 % they need two rows
        for button in (*self.own_buttons(), *buttons):
            self.buttons.addWidget(button)
        head.addLayout(self.buttons, 1)
        tools = QHBoxLayout()
        tools.addWidget(self.views_bar)
        for line, share in ((self.search, 2), (self.filter, 3)):
            line.setClearButtonEnabled(True)
            tools.addWidget(line, share)
        tools.addWidget(self.filter_button)
        self.split = DetailSplit(self.session.settings, self)
        left = QWidget(self.split)
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.grid, 1)
        box.addWidget(self.totals)
        box.addWidget(self.empty, 1)
        self.split.addWidget(left)
        self.split.addWidget(self.detail)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        body = QVBoxLayout(self)
        body.setContentsMargins(16, 12, 12, 8)
        body.setSpacing(8)
        body.addLayout(head)
        body.addLayout(tools)
        body.addWidget(self.filtering.row)
        body.addWidget(self.wrong)
        body.addWidget(self.split, 1)

    def own_buttons(self) -> Sequence[QWidget]:
        """What a page offers beside what every list can do."""
        return ()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        kind = self.session.book.schema.entity(self.entity)
        self.title.setText(kind.plural_text())
        self.grid.setAccessibleName(kind.plural_text())
        example = tr(N_("Filter: right-click a cell, or type {example}"), example=self.example())
        for line, text in (
            (self.search, tr(N_("Search: name, pinyin, phone, number"))),
            (self.filter, example),
        ):
            line.setPlaceholderText(text)
            line.setToolTip(text)  # where large text leaves no room for all of it
            line.setAccessibleName(text)
            for cross in line.findChildren(QToolButton):
                cross.setAccessibleName(tr(N_("Clear")))
        removed = self.bin_button.isChecked()
        for button, text in (
            (self.add_button, tr(N_("New {entity}"), entity=kind.text())),
            (self.remove_button, tr(N_("Restore")) if removed else tr(N_("Remove"))),
            (self.import_button, tr(N_("Import…"))),
            (self.export_button, tr(N_("Export…"))),
            (self.bin_button, tr(N_("Recycle bin"))),
            (self.column_button, tr(N_("Add column…"))),
            (self.filter_button, tr(N_("Add a filter"))),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self.filtering.retranslate()
        self.detail.retranslate()
        self.totals.retranslate()
        self.views_bar.retranslate()
        last = max(self.model.columnCount() - 1, 0)
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self.grid.viewport().update()

    def put_filter(self, text: str) -> None:
        """Ask by this filter from the next reading on."""
        with QSignalBlocker(self.filter):
            self.filter.setText(text)
        self.filtering.read()
        self.model.where = text.strip()

    def refit(self) -> None:
        """Give the columns their widths again when they are read next."""

    def reload(self) -> None:
        """Read again."""

    def show_only(self, title: str, ids: Sequence[int]) -> None:
        """Show these records alone."""

    def example(self) -> str:
        """A filter that makes sense here."""
        return self.model.field_at(0).text() + "~…"
