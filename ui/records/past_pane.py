"""A record's history: its steps, and the record as it was after any of them or on any day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from models import texts
from models.change import Change
from models.describe.field import Field
from models.describe.kinds import KINDS, Link
from models.journal.as_of import Past
from models.journal.entries import EditInfo
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import theme
from ui.records.past_form import PastForm
from ui.records.short_table import ShortTable
from ui.session import Session

_STEPS = 200  # of a history, listed at once
_DAY = Field("day", "date", N_("On the day"))


class TimeSlider(QSlider):
    """Runs over a record's own changes; today is at its right end, and one key away."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home leads home, to today."""
        if event.key() == Qt.Key.Key_Home:
            self.setValue(self.maximum())
        else:
            super().keyPressEvent(event)


class PastPane(QWidget):
    """The slider, the day, the fields as they stood, the steps; at today only the steps."""

    looked_back = Signal(bool)

    def __init__(
        self, session: Session, entity: str, id: int, *, only_read: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._entity, self._id, self._only_read = session, entity, id, only_read
        self._chosen: int | None = None  # a change's number; None is today
        self._changes: Sequence[int] = ()
        self._listed: list[EditInfo] = []
        self._form: PastForm | None = None  # made when somebody first looks back
        self._past = Past(None, {}, frozenset())
        heads = [tr(one) for one in (N_("When"), N_("Field"), N_("Before"), N_("After"), N_("Who"))]
        self._steps = ShortTable(heads, [], tr(N_("History")))
        self._steps.setSelectionMode(ShortTable.SelectionMode.SingleSelection)
        self._lay_out()
        self._slider.valueChanged.connect(self._slid)
        self._day.editingFinished.connect(self._day_typed)
        self._today.clicked.connect(self.to_today)
        self._steps.currentCellChanged.connect(self._stepped)
        self.reload()

    def _lay_out(self) -> None:
        self._slider = TimeSlider(Qt.Orientation.Horizontal, self)
        self._slider.setAccessibleName(tr(N_("As it was")))
        self._day = QLineEdit(self)
        self._day.setAccessibleName(tr(N_("On the day")))
        self._day.setToolTip(tr(N_("A date: how the record stood at the end of that day.")))
        self._day.setPlaceholderText(date.today().isoformat())
        self._today = QPushButton(tr(N_("Today")), self)
        self._today.setAccessibleName(self._today.text())
        self._today.setToolTip(tr(N_("Back to today (Esc)")))
        self._told = QLabel(self)
        self._told.setWordWrap(True)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, text, widget in (
            (first, tr(N_("As it was")), self._slider),
            (second, tr(N_("On the day")), self._day),
        ):
            label = QLabel(text, self)
            label.setObjectName("muted")
            label.setBuddy(widget)
            row.addWidget(label)
            row.addWidget(widget, 1)
        second.addWidget(self._today)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._steps)
        self._steps.setMinimumHeight(theme.row_height() * 5 // 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(first)
        box.addLayout(second)
        box.addWidget(self._said)
        box.addWidget(self._told)
        box.addWidget(self._split, 1)

    @property
    def looks_back(self) -> bool:
        """Whether another moment than today is shown."""
        return self._chosen is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to today."""
        if event.key() == Qt.Key.Key_Escape and self.looks_back:
            self.to_today()
        else:
            super().keyPressEvent(event)

    def reload(self) -> None:
        """Read the record's changes again and stay at the moment that is shown."""
        self._changes = self._session.book.own_changes(self._entity, self._id)
        self._listed = []
        self._slider.blockSignals(True)
        self._slider.setRange(0, len(self._changes))
        self._slider.setPageStep(max(len(self._changes) // 10, 1))
        self._slider.blockSignals(False)
        self._show()

    def to_today(self) -> None:
        """Show the record as it is."""
        focus = QApplication.focusWidget()
        if self._form is not None and focus in self._form.findChildren(QWidget):
            self._slider.setFocus()  # where the focus was is hidden
        self._go(len(self._changes))

    def _slid(self, place: int) -> None:
        self._go(place)

    def _go(self, place: int) -> None:
        """Show the record after so many of its changes."""
        if place >= len(self._changes):
            self._chosen = None
        else:
            self._chosen = self._changes[place - 1] if place else 0
        self._day.clear()
        self._said.hide()
        self._show()
        self._say()

    def _place(self) -> int:
        if self._chosen is None:
            return len(self._changes)
        return bisect_right(self._changes, self._chosen)

    def _day_typed(self) -> None:
        month_first = texts.language() == "zh_CN"
        from models.describe.shorthand import date_typed

        typed = date_typed(self._day.text(), date.today(), month_first=month_first)
        try:
            day = KINDS["date"].parse(_DAY, typed)
        except Refused as refused:
            self._said.setText(str(refused))
            self._said.show()
            return
        if day is None:
            self._said.hide()
            return
        self._go(bisect_right(self._changes, self._session.book.last_change_on(day)))
        self._day.setText(day.isoformat())

    def _stepped(self, row: int) -> None:
        if 0 <= row < len(self._listed):
            self._go(bisect_right(self._changes, self._listed[row].change))

    # -- what is shown ---------------------------------------------------------------------------

    def _show(self) -> None:
        place = self._place()
        self._slider.blockSignals(True)
        self._slider.setValue(place)
        self._slider.blockSignals(False)
        self._today.setEnabled(self.looks_back)
        self._list(self._changes[place - 1] if place else 0)
        if self._chosen is not None:
            self._past = self._session.book.past(self._entity, self._id, self._chosen)
            self._show_form()
        elif self._form is not None:
            self._form.hide()
        told = self._words(place)
        self._told.setText(told)
        self._slider.setAccessibleDescription(told)
        self.looked_back.emit(self.looks_back)

    def _show_form(self) -> None:
        if self._form is None:
            self._form = PastForm(self._session, self._entity, self)
            self._form.wanted.connect(self._bring_back)
            self._split.insertWidget(0, self._form)
            self._split.setStretchFactor(0, 3)
            self._split.setStretchFactor(1, 1)
        there = self._past.alive is not None
        if there:
            today = self._session.book.record(self._entity, self._id)
            self._form.put(self._past, today, may_write=not self._only_read)
        self._form.setVisible(there)

    def _words(self, place: int) -> str:
        if self._chosen is None:
            n = len(self._changes)
            return ntr("As it is today, after {n} change.", "As it is today, after {n} changes.", n)
        if self._past.alive is None:
            return tr(N_("The record wasn't in the book then."))
        info = self._session.book.info(self._changes[place - 1]) if place else None
        lines = []
        if info is not None:
            when = info.at.astimezone().strftime("%Y-%m-%d %H:%M")
            lines.append(
                tr(
                    N_("After {when}, {author}: {reason}"),
                    when=when,
                    author=info.author,
                    reason=info.reason,
                )
            )
        if self._past.alive == 0:
            lines.append(tr(N_("It lay in the recycle bin then.")))
        n = len(self._past.differing)
        differ = ntr("≠ {n} field is different today.", "≠ {n} fields are different today.", n)
        lines.append(differ if n else tr(N_("All fields are as they are today.")))
        return "\n".join(lines)

    def _say(self) -> None:
        if self._steps.hasFocus():  # the row itself is read out
            return
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._told.text()))

    def _list(self, change: int) -> None:
        """List the steps about a change and select it; the window moves on when it comes to its end."""
        row = next((at for at, one in enumerate(self._listed) if one.change == change), -1)
        whole = len(self._listed) < _STEPS
        if not self._listed or row < 0 or (row == len(self._listed) - 1 and not whole):
            newest = self._chosen is None or not change
            self._listed = self._session.book.edits(
                self._entity, self._id, _STEPS, None if newest else change
            )
            self._steps.blockSignals(True)
            self._steps.put([self._step(one) for one in self._listed])
            self._steps.blockSignals(False)
            row = next((at for at, one in enumerate(self._listed) if one.change == change), -1)
        at = self._steps.currentRow()
        if 0 <= at < len(self._listed) and self._listed[at].change == change:
            return
        self._steps.blockSignals(True)
        if self._chosen is None or row < 0:
            self._steps.setCurrentCell(-1, -1)
            self._steps.clearSelection()
            self._steps.scrollToTop()
        else:
            self._steps.setCurrentCell(row, 0)
        self._steps.blockSignals(False)

    def _step(self, one: EditInfo) -> list[str]:
        when = one.at.astimezone().strftime("%Y-%m-%d %H:%M")
        entity = self._session.book.schema.entity(self._entity)
        return [when, *one.told(entity, self._session.book.currency), one.author]

    def _bring_back(self, name: str) -> None:
        """Write a value as it was, as an ordinary edit."""
        then = self._past.values[name]
        value = then.id if isinstance(then, Link) else then
        book = self._session.book
        field = book.schema.entity(self._entity).field(name)
        reason = tr(
            N_("Bring back {field} of {record}"),
            field=field.text(),
            record=book.label(self._entity, self._id),
        )

        def act(change: Change) -> None:
            change.set(self._entity, self._id, {name: value})

        self._slider.setFocus()  # the button goes as soon as the value is there
        self._session.write(reason, act, offer_undo=True)
