"""A column of the user's own: its label, its kind, its choices or its formula."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from models.describe import formula_sql
from models.describe.entities import CUSTOM_KINDS, FORMULA
from models.describe.field import Field
from models.describe.formula_kinds import NUMERIC
from models.texts import N_, tr
from ui import help_pages, theme
from ui.dialogs.formula_editor import FormulaEditor
from ui.session import Session


class NewField(QDialog):
    """Asks for a new column, or what is to change of one.

    ``chosen`` carries label, kind, choices and formula.
    """

    chosen = Signal(str, str, str, str)

    def __init__(
        self,
        session: Session,
        entity: str,
        parent: QWidget,
        field: Field | None = None,
        ids: Sequence[int] = (),
    ) -> None:
        """``ids`` are records by which a formula is shown."""
        super().__init__(parent)
        self._session, self._entity, self.field = session, entity, field
        self.setWindowTitle(tr(N_("Add column")) if field is None else tr(N_("Change column")))
        self.setMinimumWidth(theme.scaled(440))
        help_pages.offer(self, "formulas")
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._label = QLineEdit(self)
        self._kind = QComboBox(self)
        for one in (*CUSTOM_KINDS, FORMULA):
            if one.code != "link" or field is not None:
                self._kind.addItem(one.text(), one.code)
        self._kind.currentIndexChanged.connect(self._kind_chosen)
        self._choices = QLineEdit(self)
        self._choices.setPlaceholderText(tr(N_("gold | silver | bronze")))
        own = field.id if field is not None else ""
        self._formula = FormulaEditor(session, entity, ids, own, self)
        self._shown = QComboBox(self)
        self._shown.addItem(tr(N_("What the formula gives")), "")
        for one in CUSTOM_KINDS:
            if one.code in NUMERIC:
                self._shown.addItem(one.text(), one.code)
        self._shown.currentIndexChanged.connect(self._shown_chosen)
        for text, widget in (
            (tr(N_("Label")), self._label),
            (tr(N_("Kind")), self._kind),
            (tr(N_("Choices")), self._choices),
            (tr(N_("Formula")), self._formula),
            (tr(N_("Shown as")), self._shown),
        ):
            widget.setAccessibleName(text)
            form.addRow(text, widget)
        label = form.labelForField(self._formula)
        assert isinstance(label, QLabel)
        label.setBuddy(self._formula.line)
        self._form = form
        buttons = QDialogButtonBox(self)
        text = tr(N_("Add")) if field is None else tr(N_("Apply"))
        self._add = buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(tr(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self._add, cancel):
            button.setAccessibleName(button.text())
        self._add.clicked.connect(self._take)
        cancel.clicked.connect(self.reject)
        form.addRow(buttons)
        self._label.textChanged.connect(self._typed)
        self._formula.changed.connect(self._typed)
        if field is not None:
            self._show(field)
        self._kind_chosen()

    def _show(self, field: Field) -> None:
        self._label.setText(field.text())
        self._label.selectAll()
        kind = FORMULA.code if field.formula else field.kind
        self._kind.setCurrentIndex(self._kind.findData(kind))
        self._kind.setEnabled(False)  # values stand in it
        self._choices.setText(" | ".join(one.label for one in field.choices))
        if field.formula:
            schema = self._session.book.schema
            entity = schema.entity(self._entity)
            self._formula.put(formula_sql.shown(schema, entity, field.formula))
            natural = self._formula.result
            if natural is not None and natural.kind != field.kind:
                self._shown.setCurrentIndex(max(self._shown.findData(field.kind), 0))

    def _typed(self) -> None:
        computed = self._kind.currentData() == FORMULA.code
        result = self._formula.result
        self._add.setEnabled(bool(self._label.text().strip()) and (not computed or bool(result)))
        numeric = result is not None and result.kind in NUMERIC
        self._shown.setEnabled(numeric or bool(self._formula.kind))

    def _kind_chosen(self) -> None:
        kind = self._kind.currentData()
        self._form.setRowVisible(self._choices, kind == "choice")
        for row in (self._formula, self._shown):
            self._form.setRowVisible(row, kind == FORMULA.code)
        self._typed()
        self.adjustSize()

    def _shown_chosen(self) -> None:
        self._formula.show_as(str(self._shown.currentData()))

    def begin_with_formula(self) -> None:
        """Let the person type the formula first."""
        self._formula.line.setFocus()
        self._formula.line.end(False)

    def _take(self) -> None:
        kind = str(self._kind.currentData())
        choices = self._choices.text() if kind == "choice" else ""
        formula = ""
        if kind == FORMULA.code:
            self._formula.check()  # what was typed last
            if self._formula.result is None:
                return
            kind, formula = self._formula.result.kind, self._formula.text()
        self.chosen.emit(self._label.text().strip(), kind, choices, formula)
        self.accept()
