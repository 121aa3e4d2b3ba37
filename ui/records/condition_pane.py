"""One condition being made: how a field is compared, and with what."""

from __future__ import annotations

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models import relative
from models.describe import conditions
from models.describe.field import Field
from models.describe.filters import AnyOf, Compare, Filter, Not
from models.describe.kinds import KINDS
from models.distinct import Asked
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.records import spans
from ui.records.editors import open_list
from ui.records.lines import DateLine
from ui.records.meaning import typed_out
from ui.records.value_list import ValueList
from ui.session import Session

_CODE = Qt.ItemDataRole.UserRole  # of a span
_LIST = (("in", N_("is one of")), ("not in", N_("is none of")))
_BLANK = (("empty", N_("is empty")), ("filled", N_("is filled in")))
_TEXT = (
    ("~", N_("contains")),
    ("!~", N_("does not contain")),
    ("^=", N_("begins with")),
    ("!^=", N_("does not begin with")),
)
_NUMBER = (
    ("between", N_("is between")),
    ("=", N_("equals")),
    (">=", N_("is at least")),
    ("<=", N_("is at most")),
    (">", N_("is above")),
    ("<", N_("is below")),
    ("!=", N_("does not equal")),
)
_DAY = (
    ("span", N_("is in")),
    ("between", N_("is from … to …")),
    ("=", N_("is on")),
    (">=", N_("is no earlier than")),
    ("<=", N_("is no later than")),
    (">", N_("is after")),
    ("<", N_("is before")),
)


def ways(kind: str) -> tuple[tuple[str, str], ...]:
    """The ways to compare a field of a kind: operator and label, the usual one first."""
    if kind in ("date", "instant"):
        return (*_DAY, *_LIST, *_BLANK)
    if KINDS[kind].numeric:
        return (*_NUMBER, *_LIST, *_BLANK)
    if kind in ("choice", "flag"):
        return (*_LIST, *_BLANK)
    if kind == "long_text":
        return (*_TEXT, *_BLANK)
    return (*_LIST, *_TEXT, *_BLANK)


class ConditionPane(QWidget):
    """Asks how and with what; ``conditions`` is what that makes, None as long as it makes nothing."""

    changed = Signal()
    entered = Signal()
    grown = Signal()  # it asks for another size

    def __init__(
        self, session: Session, entity: str, path: str, asked: Asked, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._entity, self._path, self._asked = session, entity, path, asked
        schema = session.book.schema
        kind = schema.entity(entity)
        self._calendar = schema.calendar
        self._named = conditions.written(kind, schema, path)
        self._days = schema.path(kind, path)[1].kind in ("date", "instant")
        self.way = QComboBox(self)
        self.way.setAccessibleName(tr(N_("Comparison")))
        for op, text in ways(schema.path(kind, path)[1].kind):
            self.way.addItem(tr(text), op)
        self._values: ValueList | None = None
        self._own: Filter | None = None
        self._inputs = QWidget(self)
        self._form = QFormLayout(self._inputs)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._low: QLineEdit | None = None
        self._high: QLineEdit | None = None
        self._spans: QListWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.way)
        self._column.addWidget(self._inputs)
        self.way.currentIndexChanged.connect(self._way_chosen)

    # -- beginning -------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask in the usual way."""
        self._way_chosen()

    def begin_with(self, condition: Filter) -> bool:
        """Show a condition to be changed; False when it can't be shown in this way."""
        found = _read(condition, days=self._days)
        if found is None:
            return False
        way, values, self._own = found
        if way == "=" and self.way.findData("=") < 0:
            way = "in"
        if self.way.findData(way) < 0:
            return False
        with QSignalBlocker(self.way):
            self.way.setCurrentIndex(self.way.findData(way))
        self._way_chosen()
        self._put(values)
        return True

    def _put(self, values: tuple[str, ...]) -> None:
        if self._spans is not None:
            for at in range(self._spans.count()):
                if (self._spans.item(at).data(_CODE),) == values:
                    self._spans.setCurrentRow(at)
        for editor, value in zip((self._low, self._high), values, strict=False):
            if editor is not None:
                editor.setText(value)

    # -- what is asked ---------------------------------------------------------------------------

    def _op(self) -> str:
        return str(self.way.currentData())

    def _way_chosen(self) -> None:
        self._inputs.hide()
        while self._form.rowCount():
            self._form.removeRow(0)
        self._low = self._high = self._spans = None
        op = self._op()
        listed = op in ("in", "not in")
        if listed:
            self._show_values()
        elif self._values is not None:
            self._values.hide()
        if op == "span":
            self._ask_span()
        elif not listed and op not in ("empty", "filled"):
            self._ask_values(two=op == "between")
        self._inputs.setVisible(self._form.rowCount() > 0)
        self.changed.emit()
        self.grown.emit()

    def _show_values(self) -> None:
        if self._values is None:
            self._values = ValueList(self._session, self._entity, self._path, self)
            self._values.changed.connect(self.changed)
            self._values.entered.connect(self.entered)
            self._values.grown.connect(self.grown)
            self._column.addWidget(self._values, 1)
            self._values.ask(self._asked, self._own, ticked=False)
        self._values.show()

    def _ask_span(self) -> None:
        self._spans = QListWidget(self._inputs)
        self._spans.setAccessibleName(tr(N_("Span of days")))
        self._spans.setMinimumHeight(theme.scaled(230))
        for one in spans.offered(self._calendar):
            text = tr(N_("{span}   {days}"), span=one.text(), days=spans.told(one, self._calendar))
            QListWidgetItem(text, self._spans).setData(_CODE, one.code)
        bar = self._spans.verticalScrollBar().sizeHint().width() + 2 * self._spans.frameWidth()
        wide = self._spans.sizeHintForColumn(0) + bar + theme.scaled(8)
        self._spans.setMinimumWidth(max(wide, theme.scaled(300)))
        self._spans.currentRowChanged.connect(self.changed)
        self._spans.itemActivated.connect(self.entered)
        self._form.addRow(self._spans)

    def _ask_values(self, *, two: bool) -> None:
        labels = (N_("From"), N_("To")) if two else (N_("Value"),)
        made = [self._editor(tr(one)) for one in labels]
        self._low, self._high = made[0], made[-1] if two else None

    def _editor(self, label: str) -> QLineEdit:
        if self._days:
            day = Field("day", "date", label, custom=True)
            made: QLineEdit = DateLine(self._session, day, self._inputs, button=True)
        else:
            made = QLineEdit(self._inputs)
        made.textChanged.connect(self.changed)
        made.returnPressed.connect(self.entered)
        made.setAccessibleName(label)
        made.setMinimumWidth(theme.scaled(190))
        self._form.addRow(label, made)
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar of a day, as in a cell."""
        line = next((one for one in (self._low, self._high) if one and one.hasFocus()), None)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt = held == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Down
        if not (alt and line is not None and open_list(line)):
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Put the focus where one types or chooses; on the comparison where nothing is asked."""
        if self._values is not None and self._values.isVisibleTo(self):
            self._values.line.setFocus()
            return
        for one in (self._spans, self._low):
            if one is not None:
                one.setFocus()
                return
        self.way.setFocus()

    def leave(self) -> None:
        """Drop what is awaited."""
        if self._values is not None:
            self._values.leave()

    def _value(self, line: QLineEdit) -> str:
        """What stands in a line; of days words for periods stay words, short forms are written out."""
        text = line.text().strip()
        if not isinstance(line, DateLine) or not text:
            return text
        if relative.read(text) or self._calendar.try_parse(text):
            return text
        try:
            return str(KINDS["date"].parse(line.field, typed_out(line.field, text)))
        except Refused:
            return text  # what is wrong with it is said where the hits are counted

    # -- what comes of it ------------------------------------------------------------------------

    def conditions(self) -> tuple[Filter, ...] | None:
        """The conditions as they stand; None when something is still to be given."""
        op, named = self._op(), self._named
        if op in ("empty", "filled"):
            return (Compare(named, op),)
        if self._values is not None and op in ("in", "not in"):
            if self._values.nothing:
                return None
            made = self._values.conditions(named) if op == "in" else self._values.excluded(named)
            return made or None
        if self._spans is not None:
            return _of_span(named, self._spans.currentItem())
        values = tuple(self._value(one) for one in (self._low, self._high) if one is not None)
        if not values or not all(values):
            return None
        made_of = Compare(named, op.removeprefix("!") if op in ("!~", "!^=") else op, values)
        return (Not(made_of) if op in ("!~", "!^=") else made_of,)


def _of_span(named: str, item: QListWidgetItem | None) -> tuple[Filter, ...] | None:
    return None if item is None else (Compare(named, "=", (str(item.data(_CODE)),)),)


def _read(condition: Filter, *, days: bool) -> tuple[str, tuple[str, ...], Filter | None] | None:
    """A condition as comparison, values, and what is ticked under it; None for another shape."""
    match condition:
        case AnyOf():
            return "in", (), condition
        case Not(Compare(_, "in") as inner):
            return "not in", (), inner
        case Not(Compare(_, "~" | "^=" as op, values)):
            return "!" + op, values, None
        case Compare(path, "!=", values) if not days:
            return "not in", (), Compare(path, "=", values)
        case Compare() if days:
            return _read_days(condition)
        case Compare(_, op, values):
            return op, values, condition if op in ("=", "in") else None
    return None


def _read_days(one: Compare) -> tuple[str, tuple[str, ...], Filter | None] | None:
    if code := spans.code(one):
        return "span", (code,), None
    if one.op in ("empty", "filled"):
        return one.op, (), None
    if one.op == "in" or (one.op == "=" and not _is_day(one.values[0])):
        return "in", (), one
    if one.op != "!=":
        return one.op, one.values, None
    return None


def _is_day(written: str) -> bool:
    return QDate.fromString(written, Qt.DateFormat.ISODate).isValid()
