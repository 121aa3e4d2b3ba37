"""A field of a form that a formula works out: it is read, and how it comes about stands beneath."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from models.describe.field import Field
from models.describe.kinds import KINDS
from ui.session import Session


class WorkedOut(QWidget):
    """The value, and the formula or why it can't be worked out."""

    def __init__(
        self, session: Session, entity: str, field: Field, value: Any, parent: QWidget
    ) -> None:
        super().__init__(parent)
        schema = session.book.schema
        from models.describe import formula_sql

        told = "= " + formula_sql.shown(schema, schema.entity(entity), field.formula)
        if field.fault is not None:
            told += "\n" + formula_sql.why(schema, schema.entity(entity), field)
        self.field = field
        self.editor = QLineEdit(KINDS[field.kind].show(field, value, session.book.currency), self)
        self.editor.setReadOnly(True)
        self.editor.setCursorPosition(0)
        self.editor.setAccessibleName(field.text())
        self.editor.setAccessibleDescription(told)
        self.editor.setToolTip(told)
        said = QLabel(told, self)
        said.setObjectName("muted" if field.fault is None else "danger")
        said.setWordWrap(True)
        self.setFocusProxy(self.editor)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.editor)
        box.addWidget(said)
