"""A line or a pasted chat becomes an activity: what was understood stands below it, to be put right."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models import texts
from models.change import Change
from models.describe.field import Field
from models.quick_entry import FIELDS, Found, Offer, Proposal, add, propose
from models.texts import N_, tr
from ui.dialogs.new_record import NewRecord
from ui.layouts import empty
from ui.records.editors import LongText, make_editor, put_text, text_of, typed_in
from ui.session import Session

_PAUSE = 40  # ms without a key before the text is read
_SURE = 0.65  # below it a field asks to be looked at
_EDGE = 18  # points that a button has around its text
_ROOM = 510  # points for the buttons of what is offered
_MOST = 3  # records that are offered on buttons


class QuickEntry(QDialog):
    """Logs what happened with a customer; ``customer`` is the row of the one that is looked at."""

    def __init__(self, session: Session, parent: QWidget, customer: int = 0) -> None:
        super().__init__(parent)
        self._session, self._given = session, customer
        self._filling = False
        self._touched: set[str] = set()  # fields that the person wrote: they stay
        self._rows: dict[str, tuple[str, int]] = {}  # the records that links stand for
        self._editors: dict[str, QWidget] = {}
        self._offered: dict[str, QWidget] = {}
        self.setWindowTitle(tr(N_("Log an activity")))
        self.setMinimumWidth(620)
        column = QVBoxLayout(self)
        column.addWidget(self._make_text())
        column.addLayout(self._make_form())
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        column.addWidget(self._said)
        column.addWidget(self._make_buttons())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._read)
        self._read()
        self._text.setFocus()

    # -- what it is made of ----------------------------------------------------------------------

    def _make_text(self) -> QWidget:
        self._text = QPlainTextEdit(self)
        self._text.setAccessibleName(tr(N_("What happened")))
        self._text.setPlaceholderText(
            tr(
                N_(
                    "Type a line or paste a chat. For example: yesterday 3 pm visited Acme, they liked the sample; next step: send the quote next Tuesday"
                )
            )
        )
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(self.fontMetrics().lineSpacing() * 5 + 16)
        self._text.textChanged.connect(self._typed)
        return self._text

    def _field(self, name: str) -> Field:
        schema = self._session.book.schema
        if name == "due":
            return schema.entity("customer").field("next_contact_due")
        return schema.entity("activity").field(name)

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in FIELDS:
            field = self._field(name)
            editor = self._make_editor(name, field)
            form.addRow(field.text(), editor)
            self._editors[name] = editor
            if name in ("customer", "contact"):
                offers = QWidget(self)
                row = QHBoxLayout(offers)
                row.setContentsMargins(0, 0, 0, 0)
                row.setSpacing(4)
                offers.hide()
                form.addRow("", offers)
                self._offered[name] = offers
        return form

    def _make_editor(self, name: str, field: Field) -> QWidget:
        touched = partial(self._touch, name)
        if field.kind == "long_text":
            long = LongText(self)
            long.setAccessibleName(field.text())
            long.setTabChangesFocus(True)
            lines = 3 if name == "result" else 2
            long.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 16)
            long.textChanged.connect(touched)
            return long
        editor = make_editor(self._session, field, self)
        if isinstance(editor, QComboBox):
            editor.editTextChanged.connect(touched)
        elif isinstance(editor, QLineEdit):
            editor.textChanged.connect(touched)
        return editor

    def _make_buttons(self) -> QWidget:
        buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.AcceptRole, tr(N_("Save (Ctrl+Enter)")), self._save),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Cancel")), self.reject),
        ):
            button = buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.clicked.connect(act)
            if role == QDialogButtonBox.ButtonRole.AcceptRole:
                button.setProperty("primary", True)
                button.style().polish(button)
                button.setDefault(True)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._save)
        return buttons

    # -- reading the text ------------------------------------------------------------------------

    def _typed(self) -> None:
        self._said.hide()
        self._pause.start()

    def _touch(self, name: str, *_: object) -> None:
        if not self._filling:
            self._touched.add(name)
            self._said.hide()

    def _read(self) -> None:
        """Propose again, and show it wherever the person wrote nothing."""
        self._pause.stop()
        proposal = propose(
            self._session.book,
            self._text.toPlainText(),
            date.today(),
            customer=self._given,
            month_first=texts.language() == "zh_CN",
        )
        self._filling = True
        for name in FIELDS:
            if name not in self._touched:
                self._show(name, proposal[name])
        self._filling = False
        self._offer_customers(proposal)
        offers = () if "contact" in self._touched else proposal["contact"].offers
        self._offer("contact", offers)

    def _show(self, name: str, found: Found) -> None:
        editor, field, value = self._editors[name], self._field(name), found.value
        if name == "at" and not found.pieces:
            value = datetime.now().strftime("%Y-%m-%d %H:%M")
        chosen = field.choice(value) if field.kind == "choice" and value else None
        put_text(editor, chosen.text() if chosen is not None else value)
        self._rows.pop(name, None)
        if found.row:
            self._rows[name] = (found.value, found.row)
        said = tr(N_("From the text: {pieces}"), pieces=" · ".join(found.pieces))
        guessed = bool(value) and not found.pieces
        editor.setToolTip(said if found.pieces else tr(field.help))
        if guessed and name not in ("at", "customer"):
            editor.setToolTip(tr(N_("Not said in the text; please check.")))
        doubtful = bool(found.offers and found.pieces) or (
            bool(found.pieces) and found.sure < _SURE
        )
        editor.setProperty("undecided", doubtful)
        editor.style().unpolish(editor)
        editor.style().polish(editor)

    def _offer_customers(self, proposal: Proposal) -> None:
        if "customer" in self._touched or proposal["customer"].row:
            self._offer("customer", ())
            return
        wanted = bool(self._text.toPlainText().strip())
        self._offer("customer", proposal["customer"].offers, new=proposal.new_name, can_add=wanted)

    def _offer(
        self, name: str, offers: tuple[Offer, ...], *, new: str = "", can_add: bool = False
    ) -> None:
        """Show the records that may be meant as buttons, for a customer also a new one."""
        box = self._offered[name]
        row = box.layout()
        assert isinstance(row, QHBoxLayout)
        empty(row)
        made = []
        for one in offers[:_MOST]:
            text = tr(N_("{label} ({about})"), label=one.label, about=one.about)
            text = text if one.about else one.label
            made.append(self._button(text, partial(self._take, name, one.label, one.row)))
        if can_add:
            text = tr(N_("New customer “{name}”…"), name=new) if new else tr(N_("New customer…"))
            made.append(self._button(text, partial(self._new_customer, new)))
        measure = self.fontMetrics()
        wide = sum(measure.horizontalAdvance(one.accessibleName()) + _EDGE for one in made)
        for button in made:
            text = button.accessibleName()
            width = _ROOM // len(made) - _EDGE if wide > _ROOM else _ROOM
            elided = measure.elidedText(text, Qt.TextElideMode.ElideRight, width)
            button.setText(elided.replace("&", "&&"))
            row.addWidget(button)
        row.addStretch(1)
        box.setVisible(bool(offers) or can_add)

    def _button(self, text: str, act: partial[None]) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("link", True)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _take(self, name: str, label: str, record: int, *_: object) -> None:
        """One of those offered is meant."""
        self._filling = True
        put_text(self._editors[name], label)
        self._filling = False
        self._touched.add(name)
        self._rows[name] = (label, record)
        if name == "customer":
            self._given = record
        self._read()
        self._editors[name].setFocus()

    def _new_customer(self, name: str, *_: object) -> None:
        dialog = NewRecord(self._session, "customer", self, known={"name": name})
        dialog.made.connect(self._customer_made)
        dialog.open()

    def _customer_made(self, record: int) -> None:
        self.activateWindow()
        self._take("customer", self._session.book.label("customer", record), record)

    # -- writing ---------------------------------------------------------------------------------

    def _value(self, name: str) -> str | int:
        """What stands in a field: the record that was meant, or what was typed."""
        text = typed_in(self._editors[name], self._field(name)).strip()
        label, row = self._rows.get(name, ("", 0))
        return row if row and text == label else text

    def _save(self) -> None:
        """Add the activity as one change, or say why it can't be added."""
        if self._pause.isActive():
            self._read()
        values = {name: self._value(name) for name in FIELDS}
        customer = text_of(self._editors["customer"]).strip()
        kind = text_of(self._editors["kind"])
        reason = tr(N_("Log an activity"))
        if customer:
            reason = tr(N_("Log an activity: {customer}"), customer=customer)
            if kind:
                reason = tr(N_("Log {kind}: {customer}"), kind=kind, customer=customer)

        def act(change: Change) -> None:
            add(self._session.book, change, values)

        number, refused = self._session.attempt(reason, act)
        if refused is not None:
            self._said.setText(str(refused))
            self._said.show()
            return
        self.accept()
        self._session.said.emit(reason, number)
