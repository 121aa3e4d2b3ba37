"""The record beside the list: its fields to edit, what is linked to it, and its history."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.book import Notice
from models.describe import formula_sql
from models.describe.field import Field
from models.describe.kinds import KINDS
from models.journal.timeline import has_events
from models.texts import N_, tr
from ui import languages, theme
from ui.records.editors import LongText, make_editor, put_text, typed_in
from ui.records.headings import form_of
from ui.records.past_pane import PastPane
from ui.records.short_table import ShortTable
from ui.records.timeline_pane import TimelinePane
from ui.session import Session

_SHOWN = 200  # linked records shown at once
_COLUMNS = 6  # of linked records


class FieldEditor(QWidget):
    """One labelled field; writes when it is left, says what is wrong beneath."""

    def __init__(self, pane: DetailPane, field: Field, value: Any) -> None:
        super().__init__(pane)
        self._pane, self.field = pane, field
        self._text = _readable(field, KINDS[field.kind].edited(field, value))
        if field.formula:
            self._text = KINDS[field.kind].show(field, value, pane.session.book.currency)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        if field.kind == "long_text":
            self.editor: QWidget = LongText(self)
            self.editor.setAccessibleName(field.text())
            self.editor.setFixedHeight(theme.scaled(66))
        elif field.formula:
            self.editor = self._worked_out()
        else:
            self.editor = make_editor(pane.session, field, self)
        put_text(self.editor, self._text)
        self.editor.setEnabled(not pane.only_read)
        if isinstance(self.editor, QLineEdit):
            self.editor.setCursorPosition(0)  # a long text is seen from its beginning
        if isinstance(self.editor, QComboBox):
            self.editor.activated.connect(self._save)
        elif isinstance(self.editor, QLineEdit | LongText):
            self.editor.editingFinished.connect(self._save)
        if isinstance(self.editor, LongText):
            self.editor.setTabChangesFocus(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.editor)
        box.addWidget(self._said)

    def _worked_out(self) -> QLineEdit:
        """What a formula works out is read; beneath stands how, or why it can't."""
        made = QLineEdit(self)
        made.setReadOnly(True)
        made.setAccessibleName(self.field.text())
        schema = self._pane.session.book.schema
        entity = schema.entity(self._pane.entity)
        told = "ƒ = " + formula_sql.shown(schema, entity, self.field.formula)
        if self.field.fault is not None:
            told += f"\n{self.field.fault}"
        else:
            self._said.setObjectName("muted")
        made.setAccessibleDescription(told)
        made.setToolTip(told)
        self._said.setText(told)
        self._said.show()
        return made

    def _save(self) -> None:
        typed = typed_in(self.editor, self.field)
        if typed == self._text:
            self._said.hide()
            return
        refused = self._pane.session.set(self._pane.entity, self._pane.id, {self.field.id: typed})
        self._said.setText(str(refused or ""))
        self._said.setVisible(refused is not None)
        if refused is None:
            self._text = _readable(self.field, typed)
            put_text(self.editor, self._text)


def _readable(field: Field, text: str) -> str:
    """An amount with its thousands set apart; it is understood so when it is edited."""
    whole, point, rest = text.partition(".")
    if field.kind != "money" or not re.fullmatch(r"-?[0-9]+", whole):
        return text
    return re.sub(r"\B(?=([0-9]{3})+$)", ",", whole) + point + rest


class DetailPane(QWidget):
    """Shows one record; leaves its room to the list until one is picked."""

    def __init__(self, session: Session, entity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.entity, self.id = session, entity, 0
        self.only_read = False  # what lies in the recycle bin is looked at
        self._title = QLabel(self)
        self._title.setObjectName("heading")
        self._title.setWordWrap(True)
        self._tabs = QTabWidget(self)
        self._tabs.setObjectName("details")
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.currentChanged.connect(self._fill_tab)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 0, 4, 0)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.clicked.connect(session.turn_details)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        box.addWidget(self._tabs, 1)
        session.details_turned.connect(self._turned)
        self._waiting: dict[int, tuple[str, str]] = {}
        self._past: PastPane | None = None
        self._stale = False  # only the past was read again; the other tabs are when they are shown

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self._tabs.setAccessibleName(tr(N_("Details")))
        languages.name_scroll_buttons(self._tabs)
        self.setMinimumWidth(theme.scaled(280))
        self._close.setIcon(theme.icon("close"))
        self._close.setToolTip(tr(N_("Hide details")))
        self._close.setAccessibleName(self._close.toolTip())
        self._show_anew(self.id)

    def heard(self, notice: Notice) -> None:
        """Show the record again when it, or something linked to it, changed."""
        near = {self.entity, *(entity for entity, _ in self._links())}
        own = notice.touched.get(self.entity)
        elsewhere = set(notice.touched) == {self.entity} and own is not None and self.id not in own
        if self.id and near & notice.touched.keys() and not elsewhere and not self._editing():
            self.show_record(self.id)

    def _editing(self) -> bool:
        if self._looks_back():  # nothing there is edited
            return False
        focus = self.focusWidget()
        return isinstance(focus, QLineEdit | QPlainTextEdit) and focus.hasFocus()

    def _links(self) -> list[tuple[str, str]]:
        return [
            (other.id, field.id)
            for other in self.session.book.schema
            for field in other.links()
            if field.target == self.entity and not other.system
        ]

    def _turned(self) -> None:
        self._show_anew(self.id)

    def show_record(self, id: int) -> None:
        """Show a record; 0 shows none and hides the pane, as the person may do.

        Who looks at its past stays there.
        """
        if id and id == self.id and self._past is not None and self._looks_back():
            self._stale = True
            self._title.setText(self._heading())
            self._past.reload()
        else:
            self._show_anew(id)

    def _show_anew(self, id: int) -> None:
        at = max(self._tabs.currentIndex(), 0)
        self.id, self._past, self._stale = id, None, False
        self._tabs.blockSignals(True)
        while self._tabs.count():
            page = self._tabs.widget(0)
            self._tabs.removeTab(0)
            if page is not None:
                page.deleteLater()
        self._waiting.clear()
        shown = bool(id) and self.session.details
        self.setVisible(shown)
        if shown:
            self._title.setText(self._heading())
            self._tabs.addTab(self._form(), tr(N_("Fields")))
            self._add_links()
            if has_events(self.session.book.schema, self.entity):
                self._later(tr(N_("Timeline")), ("", "timeline"))
            self._later(tr(N_("History")), ("", ""))
        self._tabs.setCurrentIndex(min(at, self._tabs.count() - 1))
        self._tabs.blockSignals(False)
        self._fill_tab(self._tabs.currentIndex())

    def _heading(self) -> str:
        book, kind = self.session.book, self.session.book.schema.entity(self.entity)
        label = book.label(self.entity, self.id)
        if not label:
            return book.public_id(self.entity, self.id)
        named = any(kind.field(one).kind in ("text", "code") for one in kind.title)
        return label if named else f"{kind.text()} {label}"

    def _add_links(self) -> None:
        schema = self.session.book.schema
        found = self._links()
        for entity, field in found:
            other = schema.entity(entity)
            text = other.plural_text()
            if sum(one == entity for one, _ in found) > 1 or entity == self.entity:
                text = tr(N_("{entity} ({field})"), entity=text, field=other.field(field).text())
            count = len(self.session.book.linked(entity, field, self.id, _SHOWN + 1))
            if count:
                shown = f"{_SHOWN}+" if count > _SHOWN else str(count)
                self._later(tr(N_("{label} {count}"), label=text, count=shown), (entity, field))

    def _later(self, text: str, what: tuple[str, str]) -> None:
        page = QWidget(self._tabs)
        QVBoxLayout(page).setContentsMargins(0, 6, 0, 0)
        self._waiting[self._tabs.addTab(page, text)] = what

    def _fill_tab(self, at: int) -> None:
        if self._stale:
            self._show_anew(self.id)
            return
        what = self._waiting.pop(at, None)
        page = self._tabs.widget(at)
        if what is None or page is None:
            return
        layout = page.layout()
        assert layout is not None
        if what[0]:
            layout.addWidget(self._linked(*what))
        elif what[1]:
            layout.addWidget(TimelinePane(self.session, self.entity, self.id, self))
        else:
            layout.addWidget(self._history())

    def _form(self) -> QWidget:
        record = self.session.book.record(self.entity, self.id)
        inside = QWidget(self)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 8, 8, 8)
        form = QFormLayout()
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in form_of(self.session.book.schema.entity(self.entity), form, inside):
            editor = FieldEditor(self, field, record[field.id])
            label = QLabel(field.text(), inside)
            label.setObjectName("muted")
            label.setBuddy(editor.editor)
            form.addRow(label, editor)
        box.addLayout(form)
        box.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        return area

    def _linked(self, entity: str, field: str) -> ShortTable:
        book = self.session.book
        kind = book.schema.entity(entity)
        ids = book.linked(entity, field, self.id, _SHOWN)
        others = [one for one in kind.fields if one.id != field and one.kind != "long_text"]
        rows = book.rows(entity, ids, [one.id for one in others])
        filled = [at for at in range(len(others)) if any(row[at] is not None for row in rows)]
        fields = [others[at] for at in filled[:_COLUMNS]]
        texts = [
            [
                KINDS[others[at].kind].show(others[at], row[at], book.currency)
                for at in filled[:_COLUMNS]
            ]
            for row in rows
        ]
        return ShortTable([one.text() for one in fields], texts, kind.plural_text())

    def _history(self) -> PastPane:
        self._past = PastPane(
            self.session, self.entity, self.id, only_read=self.only_read, parent=self
        )
        return self._past

    def _looks_back(self) -> bool:
        return self._past is not None and self._past.looks_back and self._past.isVisible()
