"""A page of records: search, filter, grid, detail pane; pages derive from it and say what they show."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from models.book import Notice
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui.records.detail_pane import DetailPane
from ui.records.grid import Grid
from ui.records.table_model import RecordTableModel
from ui.session import Session

_TYPING = 120  # ms after the last key before a search begins


class RecordPage(QWidget):
    """One entity's records. ``columns`` are the fields first shown, in order."""

    entity = ""
    columns: tuple[str, ...] = ()
    counted = Signal(str)
    selection_said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._stale = True
        kind = session.book.schema.entity(self.entity)
        fields = [
            *(self.columns or [one.id for one in kind.fields]),
            *(one.id for one in kind.fields if one.custom),
        ]
        self.model = RecordTableModel(session, self.entity, fields, parent=self)
        self.grid = Grid(session, self.model, self)
        self.detail = DetailPane(session, self.entity, self)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.add_button = QPushButton(self)
        self.add_button.setProperty("primary", True)
        self.remove_button = QPushButton(self)
        self.bin_button = QPushButton(self)
        self.bin_button.setCheckable(True)
        self.column_button = QPushButton(self)
        self.title = QLabel(self)
        self.title.setObjectName("title")
        self.count = QLabel(self)
        self.count.setObjectName("muted")
        self.empty = QLabel(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setObjectName("muted")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._arrange()
        self._connect()
        self.retranslate()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        for one in (self.title, self.count):
            head.addWidget(one)
        head.addStretch(1)
        for button in (self.column_button, self.bin_button, self.remove_button, self.add_button):
            head.addWidget(button)
        tools = QHBoxLayout()
        tools.addWidget(self.search, 2)
        tools.addWidget(self.filter, 3)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        left = QWidget(split)
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.grid, 1)
        box.addWidget(self.empty, 1)
        split.addWidget(left)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([760, 380])
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 10, 10, 6)
        self.body.addLayout(head)
        self.body.addLayout(tools)
        self.body.addWidget(split, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.filter.returnPressed.connect(self.reload)
        self.filter.textChanged.connect(self._filter_cleared)
        self._timer.timeout.connect(self.reload)
        self.grid.picked.connect(self.detail.show_record)
        self.grid.selection_said.connect(self.selection_said)
        self.add_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self.remove)
        self.bin_button.toggled.connect(self._bin)
        self.column_button.clicked.connect(self.add_column)
        self.session.news.connect(self._heard)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        kind = self.session.book.schema.entity(self.entity)
        self.title.setText(kind.plural_text())
        self.grid.setAccessibleName(kind.plural_text())
        self.search.setPlaceholderText(tr(N_("Search: name, pinyin, phone, number")))
        self.search.setAccessibleName(tr(N_("Search: name, pinyin, phone, number")))
        self.filter.setPlaceholderText(tr(N_("Filter, e.g. {example}"), example=self.example()))
        self.filter.setAccessibleName(tr(N_("Filter")))
        self.add_button.setText(tr(N_("New {entity}"), entity=kind.text()))
        self.remove_button.setText(
            tr(N_("Restore")) if self.bin_button.isChecked() else tr(N_("Remove"))
        )
        self.bin_button.setText(tr(N_("Recycle bin")))
        self.column_button.setText(tr(N_("Add column")))
        for one in (self.add_button, self.remove_button, self.bin_button, self.column_button):
            one.setAccessibleName(one.text())
        self.detail.retranslate()
        self.model.headerDataChanged.emit(
            Qt.Orientation.Horizontal, 0, max(self.model.columnCount() - 1, 0)
        )
        self._count()

    def example(self) -> str:
        """A filter that makes sense here."""
        field = self.session.book.schema.entity(self.entity).field(
            self.columns[0] if self.columns else self.model.fields[0]
        )
        return f"{field.text()}~…"

    def showEvent(self, event: QShowEvent) -> None:
        """A page that went stale while hidden is read again."""
        super().showEvent(event)
        if self._stale:
            self.reload()
            self.grid.fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing to do; commits mark a hidden page stale."""
        super().hideEvent(event)

    def _heard(self, notice: Notice) -> None:
        if not self.isVisible():
            self._stale = True
            return
        if "custom_field" in notice.touched:
            self._custom_columns()
        self.model.heard(notice)
        self.detail.heard(notice)
        self._count()

    def _custom_columns(self) -> None:
        kind = self.session.book.schema.entity(self.entity)
        known = {one.id for one in kind.fields}
        kept = [one for one in self.model.fields if "." in one or one in known]
        self.model.fields = [
            *kept,
            *(one.id for one in kind.fields if one.custom and one.id not in kept),
        ]

    def _typed(self) -> None:
        self._timer.start()

    def _filter_cleared(self, text: str) -> None:
        if not text:
            self.reload()

    def reload(self) -> None:
        """Read ids again under the search and the filter; a filter that can't be read is said."""
        self._custom_columns()
        self.model.search = self.search.text()
        self.model.where = self.filter.text().strip()
        try:
            self.model.load()
        except Refused as refused:
            self.model.where = ""
            self.session.refused.emit(str(refused))
            self.model.load()
        self._stale = False
        self._count()

    def _count(self) -> None:
        n = self.model.rowCount()
        text = ntr("{n} record", "{n} records", n)
        self.count.setText(text)
        self.counted.emit(text)
        nothing = n == 0
        self.grid.setVisible(not nothing)
        self.empty.setVisible(nothing)
        searched = bool(self.search.text() or self.filter.text())
        self.empty.setText(
            tr(N_("Nothing matches. Clear the search or the filter."))
            if searched
            else tr(
                N_("Nothing here yet. Drop a spreadsheet onto the window, or add the first one.")
            )
        )

    def add(self) -> None:
        """A new record, asked for by its title."""
        kind = self.session.book.schema.entity(self.entity)
        needed = next((one for one in kind.fields if one.id in kind.title), kind.fields[0])
        text, ok = QInputDialog.getText(
            self, tr(N_("New {entity}"), entity=kind.text()), needed.text()
        )
        if ok and text.strip():
            made: list[int] = []

            def act(change: Any) -> None:
                made.append(change.add(self.entity, {needed.id: text.strip()}))

            if self.session.write(tr(N_("Add {entity}"), entity=kind.text()), act, offer_undo=True):
                self.pick(made[0])

    def remove(self) -> None:
        """Move the selected rows to the recycle bin, or bring them back from it."""
        rows = self.grid.rows_selected()
        if not rows:
            return
        back = self.bin_button.isChecked()

        def act(change: Any) -> None:
            (change.restore if back else change.remove)(self.entity, rows)

        reason = (
            ntr("Restore {n} record", "Restore {n} records", len(rows))
            if back
            else ntr("Remove {n} record", "Remove {n} records", len(rows))
        )
        self.session.write(reason, act, offer_undo=True)

    def _bin(self, on: bool) -> None:
        self.model.deleted = on
        self.retranslate()
        self.reload()

    def add_column(self) -> None:
        """A column of the user's own, by name and kind."""
        from ui.dialogs.new_field import NewField

        dialog = NewField(self)
        dialog.accepted_field.connect(self._add_column)
        dialog.open()

    def _add_column(self, label: str, kind: str, choices: str) -> None:
        def act(change: Any) -> None:
            change.add_field(self.entity, label, kind, choices)

        self.session.write(tr(N_("Add column {name}"), name=label), act, offer_undo=True)

    def pick(self, id: int) -> None:
        """Select a record."""
        row = self.model.row_of(id)
        if row >= 0:
            self.grid.setCurrentIndex(self.model.index(row, 0))
            self.grid.scrollTo(self.model.index(row, 0))
        self.detail.show_record(id)

    def filter_by(self, where: str) -> None:
        """Show what a filter gives; charts use it to open their records."""
        self.filter.setText(where)
        self.reload()
