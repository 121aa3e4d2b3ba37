"""The box in which a condition is made or changed: field, comparison, value, and how many it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from models.describe import conditions, filters, sentences
from models.describe.filters import Filter
from models.distinct import Asked
from models.refusals import Refused
from models.texts import N_, tr
from ui.records.condition_pane import ConditionPane
from ui.records.field_picker import FieldPicker
from ui.records.filter_box import FilterBox
from ui.records.hits import Hits
from ui.session import Session


class FilterBuilder(FilterBox):
    """``made`` gives the conditions that were decided on."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        entity: str,
        asked: Callable[[Sequence[Filter]], Asked],
    ) -> None:
        super().__init__(window)
        self._session, self._entity, self._asked = session, entity, asked
        self._pane: ConditionPane | None = None
        self._picker: FieldPicker | None = None
        self._raw: QLineEdit | None = None
        self.title = QLabel(self)
        self.title.setObjectName("heading")
        self._body = QVBoxLayout()
        self.hits = Hits(session, entity, self)
        self.apply_button = QPushButton(tr(N_("Apply")), self)
        self.apply_button.setProperty("primary", True)
        self.cancel_button = QPushButton(tr(N_("Cancel")), self)
        for button in (self.apply_button, self.cancel_button):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
        self.apply_button.clicked.connect(self._apply)
        self.cancel_button.clicked.connect(self.close_again)
        self.closed.connect(self.hits.leave)
        buttons = QHBoxLayout()
        buttons.addWidget(self.hits, 1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.apply_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.addWidget(self.title)
        column.addLayout(self._body, 1)
        column.addLayout(buttons)

    # -- what is asked ---------------------------------------------------------------------------

    def ask_field(self, first: Sequence[str]) -> None:
        """Begin with the choice of a field; ``first`` are those of the list."""
        schema = self._session.book.schema
        name = tr(N_("Add a filter"))
        self.title.setText(name)
        self.setAccessibleName(name)
        self._picker = FieldPicker(schema.entity(self._entity), schema, first, self)
        self._picker.picked.connect(self._field_picked)
        self._body.addWidget(self._picker)
        self.apply_button.hide()

    def _field_picked(self, path: str) -> None:
        assert self._picker is not None
        self._picker.hide()
        self._show_pane(path).begin()
        self._finish()

    def ask_condition(self, condition: Filter) -> None:
        """Change a condition; one of a shape that can't be shown is changed as it is written."""
        schema = self._session.book.schema
        path = conditions.about(condition, schema.entity(self._entity), schema)
        try:
            pane = self._show_pane(path) if path is not None else None
        except Refused:
            pane = None
        if pane is not None and pane.begin_with(condition):
            self._finish()
            return
        if pane is not None:
            self._pane = None
            pane.hide()
            pane.deleteLater()
        self._ask_text(filters.text(condition))

    def _ask_text(self, text: str) -> None:
        name = tr(N_("Change the filter as it is written"))
        self.title.setText(name)
        self.setAccessibleName(name)
        self._raw = QLineEdit(text, self)
        self._raw.setAccessibleName(tr(N_("Filter")))
        self._raw.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        self._body.addWidget(self._raw)
        self._raw.textChanged.connect(self._changed)
        self._finish()

    def _show_pane(self, path: str) -> ConditionPane:
        schema = self._session.book.schema
        label = sentences.label(schema.entity(self._entity), schema, path)
        self.title.setText(label)
        self.setAccessibleName(tr(N_("Filter by {field}"), field=label))
        pane = ConditionPane(self._session, self._entity, path, self._asked(()), self)
        pane.changed.connect(self._changed)
        pane.entered.connect(self._apply)
        pane.grown.connect(self.grow)
        self.closed.connect(pane.leave)
        self._body.addWidget(pane)
        pane.show()
        self._pane = pane
        return pane

    def _finish(self) -> None:
        self.apply_button.show()
        self._changed()
        self.grow()
        if self.isVisible():
            self.focus_first()

    def focus_first(self) -> None:
        """Where one types or chooses first."""
        if self._pane is not None:
            self._pane.focus_first()
        elif self._raw is not None:
            self._raw.setFocus()
        elif self._picker is not None:
            self._picker.line.setFocus()

    # -- what comes of it ------------------------------------------------------------------------

    def _conditions(self) -> tuple[Filter, ...] | None:
        if self._pane is not None:
            return self._pane.conditions()
        if self._raw is None:
            return None
        try:
            return conditions.conditions(filters.parse(self._raw.text()))
        except Refused:
            return None

    def _changed(self) -> None:
        found = self._conditions()
        self.apply_button.setEnabled(found is not None)
        self.hits.ask(None if found is None else self._asked(found))
