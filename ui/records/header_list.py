"""The list that a column's heading opens, as in Excel: sort, range or span, and the values to tick."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.describe import conditions, sentences
from models.describe.filters import Compare, Filter
from models.describe.kinds import KINDS
from models.distinct import Asked
from models.periods import FiscalCalendar
from models.texts import N_, tr
from ui.records import spans
from ui.records.filter_box import FilterBox
from ui.records.hits import Hits
from ui.records.value_list import ValueList
from ui.session import Session


class HeaderList(FilterBox):
    """``made`` gives the conditions that the column has from now on, none for all its values."""

    sort_wanted = Signal(bool)  # descending

    def __init__(
        self,
        window: QWidget,
        session: Session,
        entity: str,
        path: str,
        own: Filter | None,
        asked: Callable[[Sequence[Filter]], Asked],
    ) -> None:
        super().__init__(window)
        schema = session.book.schema
        kind = schema.entity(entity)
        self._named = conditions.written(kind, schema, path)
        self._asked = asked
        field = schema.path(kind, path)[1]
        label = sentences.label(kind, schema, path)
        self.setAccessibleName(tr(N_("Filter by {field}"), field=label))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 10, 10, 10)
        title = QLabel(label, self)
        title.setObjectName("heading")
        self._column.addWidget(title)
        self._column.addLayout(self._sorts())
        self._low: QLineEdit | None = None
        self._high: QLineEdit | None = None
        self._spans: QComboBox | None = None
        if KINDS[field.kind].numeric:
            self._column.addLayout(self._range())
        elif field.kind in ("date", "instant"):
            self._ask_span(schema.calendar)
        self.values = ValueList(session, entity, path, self)
        self.hits = Hits(session, entity, self)
        self._column.addWidget(self.values, 1)
        self._column.addWidget(self.hits)
        self._column.addLayout(self._buttons(own is not None))
        self.values.changed.connect(self._changed)
        self.values.entered.connect(self._apply)
        self.values.grown.connect(self.grow)
        self.closed.connect(self.values.leave)
        self.closed.connect(self.hits.leave)
        self._fill_in(own)
        self.values.ask(asked(()), own, ticked=True)

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        made = QPushButton(text, self)
        made.setAccessibleName(text)
        made.setAutoDefault(False)
        made.clicked.connect(act)
        return made

    def _sorts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._button(tr(N_("Sort ascending")), self._sort_up))
        row.addWidget(self._button(tr(N_("Sort descending")), self._sort_down))
        return row

    def _range(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._low, self._high = QLineEdit(self), QLineEdit(self)
        for line, text in ((self._low, tr(N_("From"))), (self._high, tr(N_("To")))):
            line.setPlaceholderText(text)
            line.setAccessibleName(text)
            line.textChanged.connect(self._changed)
            row.addWidget(line)
        return row

    def _ask_span(self, calendar: FiscalCalendar) -> None:
        self._spans = QComboBox(self)
        self._spans.setAccessibleName(tr(N_("Span of days")))
        self._spans.addItem(tr(N_("The days ticked below")))
        for one in spans.offered(calendar):
            self._spans.addItem(one.text(), one.code)
        self._spans.currentIndexChanged.connect(self._changed)
        self._column.addWidget(self._spans)

    def _buttons(self, narrowed: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        clear = self._button(tr(N_("Clear filter")), self._clear)
        clear.setEnabled(narrowed)
        self.apply_button = self._button(tr(N_("Apply")), self._apply)
        self.apply_button.setProperty("primary", True)
        row.addWidget(clear)
        row.addStretch(1)
        row.addWidget(self._button(tr(N_("Cancel")), self.close_again))
        row.addWidget(self.apply_button)
        return row

    def _fill_in(self, own: Filter | None) -> None:
        """A range or a span that the column has is shown as such."""
        if not isinstance(own, Compare):
            return
        if self._spans is not None and (code := spans.code(own)):
            self._spans.setCurrentIndex(max(self._spans.findData(code), 0))
        if self._low is not None and self._high is not None:
            if own.op in ("between", ">="):
                self._low.setText(own.values[0])
            if own.op in ("between", "<="):
                self._high.setText(own.values[-1])

    def focus_first(self) -> None:
        """One types at once to find a value."""
        self.values.line.setFocus()

    def _sort_up(self) -> None:
        self.close_again()
        self.sort_wanted.emit(False)

    def _sort_down(self) -> None:
        self.close_again()
        self.sort_wanted.emit(True)

    def _clear(self) -> None:
        self.close_again()
        self.made.emit(())

    def _conditions(self) -> tuple[Filter, ...] | None:
        """What is decided: a range or a span goes before the ticks; None if nothing would be shown."""
        if self._spans is not None and self._spans.currentIndex() > 0:
            return (Compare(self._named, "=", (str(self._spans.currentData()),)),)
        if self._low is not None and self._high is not None:
            low, high = self._low.text().strip(), self._high.text().strip()
            if low and high:
                return (Compare(self._named, "between", (low, high)),)
            if low or high:
                return (Compare(self._named, ">=" if low else "<=", (low or high,)),)
        return None if self.values.nothing else self.values.conditions(self._named)

    def _changed(self) -> None:
        found = self._conditions()
        self.apply_button.setEnabled(found is not None)
        self.hits.ask(None if found is None else self._asked(found))
        ticks = self._spans is None or self._spans.currentIndex() == 0
        ranged = self._low is not None and bool(
            self._low.text() or (self._high and self._high.text())
        )
        self.values.setEnabled(ticks and not ranged)
