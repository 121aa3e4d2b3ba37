"""The record beside the list: its fields to edit, what is linked to it, and its history."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.book import Notice
from models.describe.field import Field
from models.describe.kinds import KINDS
from models.texts import N_, tr
from ui.session import Session

_SHOWN = 200  # linked records and history steps shown at once


class FieldEditor(QWidget):
    """One labelled field; writes when it is left, says what is wrong beneath."""

    def __init__(self, pane: DetailPane, field: Field, value: Any) -> None:
        super().__init__(pane)
        self._pane, self.field = pane, field
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        kind = KINDS[field.kind]
        plain = kind.plain(value)
        self._text = (
            kind.show(field, value)
            if field.kind in ("choice", "percent")
            else ("" if plain is None else str(plain))
        )
        self.editor: QWidget
        if field.kind == "choice":
            combo = QComboBox(self)
            combo.addItems(["", *(one.text() for one in field.choices)])
            combo.setCurrentText(self._text)
            combo.activated.connect(self._save)
            self.editor = combo
        elif field.kind == "flag":
            check = QCheckBox(self)
            check.setChecked(bool(value))
            check.clicked.connect(self._save)
            self.editor = check
        elif field.kind == "long_text":
            area = QPlainTextEdit(self)
            area.setPlainText(self._text)
            area.setTabChangesFocus(True)
            area.setFixedHeight(64)
            self.editor = area
        else:
            line = QLineEdit(self)
            line.setText(self._text)
            line.editingFinished.connect(self._save)
            self.editor = line
        self.editor.setAccessibleName(field.text())
        if field.help:
            self.editor.setToolTip(tr(field.help))
        box.addWidget(self.editor)
        box.addWidget(self._said)
        if isinstance(self.editor, QPlainTextEdit):
            self.editor.focusOutEvent = self._left  # type: ignore[method-assign]

    def _left(self, event: Any) -> None:
        QPlainTextEdit.focusOutEvent(self.editor, event)  # type: ignore[arg-type]
        self._save()

    def _typed(self) -> Any:
        if isinstance(self.editor, QComboBox):
            return self.editor.currentText()
        if isinstance(self.editor, QCheckBox):
            return self.editor.isChecked()
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        assert isinstance(self.editor, QLineEdit)
        return self.editor.text()

    def _save(self) -> None:
        typed = self._typed()
        if typed == self._text:
            return
        messages: list[str] = []
        session = self._pane.session
        session.refused.connect(messages.append)
        done = session.set(self._pane.entity, self._pane.id, {self.field.id: typed})
        session.refused.disconnect(messages.append)
        self._said.setText(messages[0] if messages else "")
        self._said.setVisible(not done and bool(messages))
        if done:
            self._text = typed


class DetailPane(QWidget):
    """Shows one record; empty until one is picked."""

    def __init__(self, session: Session, entity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.entity, self.id = session, entity, 0
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 8, 8)
        self._title = QLabel(self)
        self._title.setObjectName("heading")
        self._title.setWordWrap(True)
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        box.addWidget(self._title)
        box.addWidget(self._tabs, 1)
        self._tabs.currentChanged.connect(self._tab)
        self._fill: dict[int, Any] = {}
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self._tabs.setAccessibleName(tr(N_("Details")))
        self.show_record(self.id)

    def heard(self, notice: Notice) -> None:
        """Show the record again when it, or something linked to it, changed."""
        if self.id and notice.touched and self.isVisible() and not self._editing():
            self.show_record(self.id)

    def _editing(self) -> bool:
        focus = self.focusWidget()
        return isinstance(focus, QLineEdit | QPlainTextEdit) and focus.hasFocus()

    def show_record(self, id: int) -> None:
        """Show a record; 0 shows what to do."""
        at = self._tabs.currentIndex()
        self.id = id
        self._tabs.blockSignals(True)
        while self._tabs.count():
            page = self._tabs.widget(0)
            self._tabs.removeTab(0)
            if page is not None:
                page.deleteLater()
        self._fill.clear()
        if not id:
            self._title.setText(tr(N_("Select a row to see its details.")))
            self._tabs.hide()
        else:
            book = self.session.book
            self._title.setText(book.label(self.entity, id) or book.public_id(self.entity, id))
            self._tabs.show()
            self._tabs.addTab(self._form(), tr(N_("Fields")))
            for other in book.schema:
                for field in other.links():
                    if field.target == self.entity and not other.system:
                        self._later(
                            tr(
                                N_("{entity} ({field})"),
                                entity=other.plural_text(),
                                field=field.text(),
                            )
                            if field.target == other.id
                            or sum(f.target == self.entity for f in other.links()) > 1
                            else other.plural_text(),
                            (other.id, field.id),
                        )
            self._later(tr(N_("History")), None)
            self._tabs.setCurrentIndex(min(max(at, 0), self._tabs.count() - 1))
        self._tabs.blockSignals(False)
        self._tab(self._tabs.currentIndex())

    def _later(self, text: str, what: tuple[str, str] | None) -> None:
        page = QWidget(self._tabs)
        QVBoxLayout(page).setContentsMargins(0, 6, 0, 0)
        self._fill[self._tabs.addTab(page, text)] = what or ("", "")

    def _tab(self, at: int) -> None:
        what = self._fill.pop(at, None)
        page = self._tabs.widget(at)
        if what is None or page is None:
            return
        table = self._linked(*what) if what[0] else self._history()
        layout = page.layout()
        assert layout is not None
        layout.addWidget(table)

    def _form(self) -> QWidget:
        record = self.session.book.record(self.entity, self.id)
        inside = QWidget(self)
        form = QFormLayout(inside)
        form.setContentsMargins(0, 6, 6, 6)
        form.setVerticalSpacing(6)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in self.session.book.schema.entity(self.entity).fields:
            editor = FieldEditor(self, field, record[field.id])
            label = QLabel(field.text(), inside)
            label.setObjectName("muted")
            label.setBuddy(editor.editor)
            form.addRow(label, editor)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        return area

    def _linked(self, entity: str, field: str) -> QTableWidget:
        book = self.session.book
        kind = book.schema.entity(entity)
        fields = [one for one in kind.fields if one.id != field and one.kind != "long_text"][:6]
        ids = self._linked_ids(entity, field)
        rows = book.rows(entity, ids[:_SHOWN], [one.id for one in fields])
        texts = [
            [
                KINDS[one.kind].show(one, value, book.currency)
                for one, value in zip(fields, row, strict=True)
            ]
            for row in rows
        ]
        return _table([one.text() for one in fields], texts, kind.plural_text())

    def _linked_ids(self, entity: str, field: str) -> Any:
        with self.session.book.reading() as db:
            return [
                row[0]
                for row in db.run(
                    f'SELECT id FROM "{entity}" WHERE alive = 1 AND "{field}" = ? ORDER BY id DESC LIMIT {_SHOWN}',
                    (self.id,),
                )
            ]

    def _history(self) -> QTableWidget:
        book = self.session.book
        kind = book.schema.entity(self.entity)
        texts = []
        for one in book.edits(self.entity, self.id)[:_SHOWN]:
            if one.field == "alive":
                what = (
                    tr(N_("Added"))
                    if one.after == 1 and one.before is None
                    else tr(N_("Removed"))
                    if one.after == 0
                    else tr(N_("Restored"))
                    if one.after == 1
                    else tr(N_("Taken back"))
                )
                before, after = "", what
                name = ""
            else:
                field = kind.field(one.field)
                before, after = (
                    KINDS[field.kind].show(field, value, book.currency)
                    for value in (one.before, one.after)
                )
                name = field.text()
            texts.append(
                [one.at.astimezone().strftime("%Y-%m-%d %H:%M"), one.author, name, before, after]
            )
        return _table(
            [tr(N_("When")), tr(N_("Who")), tr(N_("Field")), tr(N_("Before")), tr(N_("After"))],
            texts,
            tr(N_("History")),
        )


def _table(heads: list[str], texts: list[list[str]], name: str) -> QTableWidget:
    made = QTableWidget(len(texts), len(heads))
    made.setHorizontalHeaderLabels(heads)
    made.setAccessibleName(name)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(26)
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            made.setItem(row, column, QTableWidgetItem(text.replace("\n", " ")))
    made.resizeColumnsToContents()
    for column in range(len(heads)):
        made.setColumnWidth(column, min(made.columnWidth(column), 240))
    made.horizontalHeader().setSectionResizeMode(len(heads) - 1, QHeaderView.ResizeMode.Stretch)
    return made
