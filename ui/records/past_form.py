"""A record's fields as they stood: to read, marked where today's value is another, to bring back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.describe.field import Field
from models.describe.kinds import KINDS, Value
from models.journal.as_of import Past
from models.texts import N_, tr
from ui import theme
from ui.records.editors import put_text
from ui.records.headings import form_of
from ui.session import Session


class PastField(QWidget):
    """One value as it was; where today's is another, that one beneath and a button to bring this back."""

    wanted = Signal(str)  # the field whose value is to be brought back

    def __init__(self, session: Session, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self.field = session, field
        self.label = QLabel(field.text(), parent)
        self.line: QLineEdit | QPlainTextEdit
        if field.kind == "long_text":
            self.line = QPlainTextEdit(self)
            self.line.setFixedHeight(theme.scaled(66))
            self.line.setTabChangesFocus(True)
        else:
            self.line = QLineEdit(self)
        self.line.setReadOnly(True)
        self.line.setAccessibleName(field.text())
        self.label.setBuddy(self.line)
        self._today = QLabel(self)
        self._today.setObjectName("muted")
        self._today.setWordWrap(True)
        self.button = QToolButton(self)
        self.button.setAutoRaise(True)
        self.button.setIcon(theme.icon("undo"))
        self.button.setIconSize(QSize(theme.scaled(16), theme.scaled(16)))
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setToolTip(tr(N_("Bring this value back: {field}"), field=field.text()))
        self.button.setAccessibleName(self.button.toolTip())
        self.button.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(row)
        box.addWidget(self._today)

    def _ask(self) -> None:
        self.wanted.emit(self.field.id)

    def put(self, then: Value, now: Value, *, differs: bool, may_write: bool) -> None:
        """Show a value as it was, and today's where it is another."""
        currency = self._session.book.currency
        kind = KINDS[self.field.kind]
        put_text(self.line, kind.show(self.field, then, currency))
        if isinstance(self.line, QLineEdit):
            self.line.setCursorPosition(0)
            # What is worked out of other records, such as the sum of lines, no journal knows.
            worked_out = bool(self.field.read_as) and then is None
            self.line.setPlaceholderText(tr(N_("worked out, not kept")) if worked_out else "")
        told = ""
        if differs:
            shown = kind.show(self.field, now, currency) or tr(N_("empty"))
            told = tr(N_("Today: {value}"), value=shown)
        name = self.field.text()
        self.label.setText(name)
        self._mark("warning" if differs else "muted")
        self.line.setAccessibleDescription(told)
        self.line.setToolTip(told)
        self._today.setText(f"≠ {told}")  # seen without colours too
        self._today.setVisible(differs)
        self.button.setVisible(differs and may_write)

    def _mark(self, role: str) -> None:
        if self.label.objectName() != role:
            self.label.setObjectName(role)
            self.label.style().unpolish(self.label)
            self.label.style().polish(self.label)


class PastForm(QScrollArea):
    """All fields of a record as they stood."""

    wanted = Signal(str)

    def __init__(self, session: Session, entity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 4, 8, 8)
        form = QFormLayout()
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.setMinimumHeight(theme.row_height() * 3)
        self.fields: list[PastField] = []
        for field in form_of(session.book.schema.entity(entity), form, inside):
            one = PastField(session, field, inside)
            one.wanted.connect(self.wanted)
            form.addRow(one.label, one)
            self.fields.append(one)
        box.addLayout(form)
        box.addStretch(1)
        self.setWidget(inside)

    def put(self, past: Past, today: dict[str, Value], *, may_write: bool) -> None:
        """Show a record as it stood beside what it is today."""
        for one in self.fields:
            name = one.field.id
            one.put(
                past.values.get(name),
                today.get(name),
                differs=name in past.differing,
                may_write=may_write,
            )
