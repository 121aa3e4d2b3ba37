"""The time mix: how much of everybody's time went into winning customers, keeping them, and the house."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from models import relative
from models.people.time_mix import KEPT, NEW, PARTS, Mix, activities_behind, time_mix
from models.people.workload import hours_text, share_text
from models.progress import Progress
from models.texts import N_, tr
from models.workbooks import freshness
from ui import help_pages
from ui.jobs import Latest
from ui.pages.read_when_seen import ReadWhenSeen
from ui.records.empty_state import EmptyState
from ui.records.short_table import ShortTable
from ui.session import Session

_RESTS_ON = {"activity", "follow_up_plan", "meeting", "order", "salesperson", "team", "customer"}
_RESTS_ON |= freshness.RESTS_ON
_Found = tuple[tuple[Mix, ...], dict[int, freshness.Freshness]]
_PERIODS = ("this_month", "last_month", "this_quarter", "last_quarter", "this_year")


class TimeMixTab(ReadWhenSeen):
    """Everybody's hours of a period by what they went into, beside what was planned."""

    rests_on = _RESTS_ON
    open_records = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._latest = Latest(session.jobs, self)
        self.today: date | None = None  # None: that of this machine
        self._mixes: tuple[Mix, ...] | None = None
        self._span = (date.min, date.min)
        help_pages.offer(self, "capacity")
        self.period = QComboBox(self)
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._label, self._said = QLabel(self), QLabel(self)
        for label in (self._label, self._said):
            label.setObjectName("muted")
        self._said.setWordWrap(True)
        self._label.setBuddy(self.period)
        self.table = ShortTable(self._heads(), [], tr(N_("Time mix")))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.empty = EmptyState(self)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addWidget(self.period)
        head.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.addLayout(head)
        box.addWidget(self.table, 1)
        box.addWidget(self._said)
        box.addWidget(self.empty, 1)
        self.period.activated.connect(self.read)
        self.table.activated.connect(self.open_current)
        self.table.customContextMenuRequested.connect(self._menu)

    def _heads(self) -> list[str]:
        parts = [tr(text) for _, text in PARTS]
        return [
            tr(N_("Salesperson")), tr(N_("Hours recorded")), *parts,
            tr(N_("Winning, as planned")), tr(N_("Keeping, as planned")), tr(N_("Data as of")),
        ]  # fmt: skip

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self._label.setText(tr(N_("Period")))
        self.period.setAccessibleName(tr(N_("Period")))
        calendar = self._session.book.calendar
        chosen = self.period.currentIndex()
        self.period.clear()  # its width follows what is put in anew
        for one in _PERIODS:
            self.period.addItem(relative.shown(one, calendar), one)
        self.period.setCurrentIndex(max(chosen, 0))
        self.table.setHorizontalHeaderLabels(self._heads())
        self.table.setAccessibleName(tr(N_("Time mix")))
        self._said.setText(
            tr(
                N_(
                    "An activity with a customer who had no order before is for winning one, with one who had for keeping one; without a customer, and in meetings, it is internal. Where nobody said how long it took, the usual time counts. Enter opens the activities."
                )
            )
        )
        self._show()

    # -- reading -----------------------------------------------------------------------------------

    def read(self) -> None:
        """Read everything again."""
        self._stale = False
        book, on = self._session.book, self.today or date.today()
        span = relative.period(str(self.period.currentData()), book.calendar, on)
        assert span is not None
        self._span = span.start, span.end - timedelta(days=1)
        first, last = self._span

        def work(progress: Progress) -> _Found:
            return time_mix(book, first, last), freshness.ages(book, on)

        self._latest.ask(work, self._read, self._failed, tr(N_("Adding up hours…")))
        self._show()

    def _read(self, found: _Found) -> None:
        at = self.table.currentRow()
        self._mixes, ages = found
        known = [ages.get(one.person) for one in self._mixes]
        self.table.put([_texts(one, age) for one, age in zip(self._mixes, known, strict=True)])
        for row, age in enumerate(known):
            told, item = age.text() if age else "", self.table.item(row, len(self._heads()) - 1)
            if item is not None:
                item.setToolTip(told)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        if self._mixes:
            self.table.setCurrentCell(min(max(at, 0), len(self._mixes) - 1), 0)
        self._show()

    def _failed(self, error: Exception) -> None:
        self._stale = True
        self.empty.say(str(error))

    def _show(self) -> None:
        there = bool(self._mixes)
        self.table.setVisible(there)
        self._said.setVisible(there)
        self.empty.setVisible(not there)
        if self._mixes is None:
            self.empty.say(tr(N_("Computing…")))
        elif not self._mixes:
            self.empty.say(tr(N_("There is nobody in the team yet. Add people on the page Team.")))

    # -- the records behind ------------------------------------------------------------------------

    def open_current(self) -> None:
        """Show the activities of the selected person in the period."""
        at = self.table.currentRow()
        if self._mixes and 0 <= at < len(self._mixes):
            one = self._mixes[at]
            found = activities_behind(self._session.book, one.person, *self._span)
            first, last = self._span
            title = tr(N_("{person}, {first} to {last}"), person=one.name, first=first, last=last)
            self.open_records.emit(title, {"activity": found})

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr(N_("Records behind it"))).triggered.connect(self.open_current)
        menu.popup(self.table.viewport().mapToGlobal(place))


def _texts(one: Mix, age: freshness.Freshness | None) -> list[str]:
    parts = [f"{hours_text(one.hours(part))} · {share_text(one.share(part))}" for part, _ in PARTS]
    planned = [hours_text(Decimal(one.planned.get(part, 0)) / 60) for part in (NEW, KEPT)]
    return [
        one.name,
        hours_text(Decimal(one.total) / 60),
        *parts,
        *planned,
        age.day_text() if age else "",
    ]
