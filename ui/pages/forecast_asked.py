"""What is asked of the forecast: the period, the day as of which it is read, and the day to compare with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from models import relative
from models.describe import fields
from models.describe.field import Field
from models.describe.kinds import KINDS
from models.periods import Period
from models.refusals import Refused
from models.relative import Relative
from models.texts import N_, tr
from ui import theme
from ui.flow import Flow
from ui.records.lines import DateLine
from ui.records.meaning import typed_out
from ui.session import Session

WEEK = timedelta(days=7)
_OFFERED = (
    Relative("quarter"),
    Relative("month"),
    Relative("half"),
    Relative("fiscal_year"),
    Relative("quarter", 1),
    Relative("quarter", -1),
)
_ON = fields.date(
    "on",
    N_("As of"),
    help=N_("The day at whose end the deals are read; later news does not count."),
)
_SINCE = fields.date(
    "since", N_("Compared with"), help=N_("The day from which the bridge leads to the other.")
)


class DayLine(DateLine):
    """A day that is entered as soon as it is picked in the calendar."""

    entered = Signal()

    def __init__(self, session: Session, field: Field, parent: QWidget) -> None:
        super().__init__(session, field, parent, button=True)
        self.editingFinished.connect(self._finished)

    def _finished(self) -> None:
        if self.isModified():
            self.entered.emit()

    def _picked(self, day: date) -> None:
        super()._picked(day)
        self.tell("")
        self.entered.emit()

    def read(self) -> date | None:
        """The day that stands here; None where none does.

        Raises:
            Refused: what stands here is no day.
        """
        text = self.text().strip()
        if not text:
            return None
        found = KINDS["date"].parse(self.field, typed_out(self.field, text))
        return found if isinstance(found, date) else None

    def put(self, day: date) -> None:
        """Show a day."""
        with QSignalBlocker(self):
            self.setText(day.isoformat())


class Asked(QWidget):
    """Period and days. ``changed`` when they are others; ``refused`` says what is wrong with them."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._code = _OFFERED[0].code  # a word or what was typed
        self._on: date | None = None  # None: today, whenever that is
        self._since: date | None = None  # None: a week before
        self.period = QComboBox(self)
        self.period.setEditable(True)
        self.period.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.period.setCompleter(None)  # type: ignore[arg-type]
        self.period.activated.connect(self._take_period)
        line = self.period.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._typed_period)
        self._line = line
        self.on, self.since = (DayLine(session, one, self) for one in (_ON, _SINCE))
        self._labels = [QLabel(self) for _ in range(3)]
        flow = Flow(self, from_left=True)
        flow.setSpacing(12)
        for label, widget in zip(self._labels, (self.period, self.on, self.since), strict=True):
            label.setObjectName("muted")
            label.setBuddy(widget)
            pair = QWidget(self)
            box = QHBoxLayout(pair)
            box.setContentsMargins(0, 0, 0, 0)
            box.addWidget(label)
            box.addWidget(widget)
            flow.addWidget(pair)
        self.on.entered.connect(self._take_on)
        self.since.entered.connect(self._take_since)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        names = (tr(N_("Period")), tr(_ON.label), tr(_SINCE.label))
        for label, widget, name in zip(
            self._labels, (self.period, self.on, self.since), names, strict=True
        ):
            label.setText(name)
            widget.setAccessibleName(name)
        for line, field in ((self.on, _ON), (self.since, _SINCE)):
            line.retranslate()
            line.setAccessibleDescription(tr(field.help))
            line.setToolTip(tr(field.help))
            line.setFixedWidth(theme.scaled(132))
        self.period.setToolTip(
            tr(
                N_(
                    "Choose a period, or type one: 2026-Q3, 2026-07, 2026, two days with .. between."
                )
            )
        )
        self.period.setMinimumWidth(theme.scaled(160))
        with QSignalBlocker(self.period), QSignalBlocker(self._line):
            self.period.clear()
            for one in _OFFERED:
                text = one.text()
                self.period.addItem(text[:1].upper() + text[1:], one.code)
        self._put()

    def _put(self) -> None:
        """Show what holds."""
        with QSignalBlocker(self.period), QSignalBlocker(self._line):
            at = self.period.findData(self._code)
            self.period.setCurrentIndex(at)
            self._line.setText(self.period.itemText(at) if at >= 0 else self._code)
            self._line.setCursorPosition(0)
        self.on.put(self.day)
        self.since.put(self.since_day)

    # -- what is asked -----------------------------------------------------------------------------

    @property
    def day(self) -> date:
        """As of when."""
        return self._on or date.today()

    @property
    def since_day(self) -> date:
        """From when the bridge leads."""
        return self._since or self.day - WEEK

    @property
    def span(self) -> Period:
        """The period that is forecast."""
        calendar = self._session.book.calendar
        found = relative.parse(self._code, calendar, self.day)
        return found or calendar.of("quarter", self.day)

    def follow(self) -> None:
        """Today may be another day by now."""
        if not any(one.hasFocus() for one in (self.on, self.since, self._line)):
            self._put()

    def ask(self, *, period: str = "", on: date | None = None, since: date | None = None) -> None:
        """Ask for other things; what is not given stays."""
        self._code = period or self._code
        self._on, self._since = on or self._on, since or self._since
        self._put()
        self.changed.emit()

    def _typed_period(self) -> None:
        if self._line.isModified():
            self._take_period()

    def _take_period(self) -> None:
        self._take(self._line, self._read_period)

    def _take_on(self) -> None:
        self._take(self.on, self._read_on)

    def _take_since(self) -> None:
        self._take(self.since, self._read_since)

    def _take(self, line: QLineEdit, read: Callable[[], None]) -> None:
        """Take what stands in a line, if it can be understood; else say why not and leave it there."""
        before = (self._code, self._on, self._since)
        line.setModified(False)  # what was declined once is not declined again on leaving
        try:
            read()
        except Refused as refused:
            _mark(line, wrong=True)
            self.refused.emit(str(refused))
            return
        _mark(line, wrong=False)
        self._put()
        if before != (self._code, self._on, self._since):
            self.changed.emit()

    def _read_on(self) -> None:
        day = self.on.read() or date.today()
        _in_order(self._since, day)
        self._on = None if day == date.today() else day

    def _read_since(self) -> None:
        since = self.since.read()
        _in_order(since, self.day)
        self._since = None if since == self.day - WEEK else since

    def _read_period(self) -> None:
        text = self._line.text().strip()
        at = self.period.findText(text) if text else 0
        if at >= 0:
            self._code = str(self.period.itemData(at))
            return
        if relative.parse(text, self._session.book.calendar, self.day) is None:
            raise Refused(
                "bad_period",
                N_("“{text}” has neither beginning nor end. Write a period such as 2026-Q2."),
                text=text,
            )
        self._code = text


def _in_order(since: date | None, day: date) -> None:
    if since is not None and since > day:
        raise Refused(
            "since_after_on",
            N_("The bridge must lead from an earlier day: {since} is after {on}."),
            since=since.isoformat(),
            on=day.isoformat(),
        )


def _mark(line: QLineEdit, *, wrong: bool) -> None:
    """Show a line, or the choice that it is in, as declined."""
    around = line.parentWidget()
    shown: QWidget = around if isinstance(around, QComboBox) else line
    shown.setProperty("wrong", wrong)
    shown.style().unpolish(shown)
    shown.style().polish(shown)
