"""The forecast of a period: three readings side by side, what moved since, and everybody's part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.book import Notice
from models.progress import Progress
from models.texts import N_, tr
from ui import help_pages, theme
from ui.charts.canvas import Chart
from ui.charts.printing import Printing
from ui.flow import Flow
from ui.jobs import Latest
from ui.pages import forecast_bridge, forecast_words
from ui.pages.forecast_asked import Asked
from ui.pages.forecast_cards import Card
from ui.pages.forecast_notes import Notes
from ui.pages.forecast_people import PeopleTable
from ui.pages.forecast_words import READINGS, Shown
from ui.records.empty_state import EmptyState
from ui.session import Session

if TYPE_CHECKING:
    from models.forecast.behind import Kind, Owner

_SETTLE = 300  # ms without further changes before the forecast is computed anew
_READ = {
    "opportunity", "stage", "stage_change", "commitment", "goal", "salesperson", "team", "region",
    "leave", "calendar_day", "book",
}  # fmt: skip
_CARD, _SIDES = 250, 880  # points that a card, and chart and notes side by side, need
_HEAD, _BAR, _LEAST = 150, 24, 300  # of the chart: beside its bars, a bar, at least


class ForecastTab(QWidget):
    """The forecast as a tab of the goals. ``open_records`` carries what they are, ids by entity."""

    open_records = Signal(str, object)
    import_wanted = Signal()
    ready = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        help_pages.offer(self, "forecast")
        self._latest = Latest(session.jobs, self)
        self._opening = Latest(session.jobs, self)
        self._shown: Shown | None = None
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLE)
        self._soon.timeout.connect(self.reload)
        self._make_head()
        self._make_body()
        self._empty = EmptyState(self)
        self._empty.wanted.connect(self.import_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 8, 8)
        box.addLayout(self._head)
        box.addWidget(self._area, 1)
        box.addWidget(self._empty, 1)
        self._empty.hide()
        session.news.connect(self._heard)
        session.closing.connect(self._soon.stop)
        self.retranslate()

    def _make_head(self) -> None:
        session = self._session
        self.asked = Asked(session, self)
        self.asked.changed.connect(self.reload)
        self.asked.refused.connect(session.refused)
        self._record, self._print, self._save_pdf = (QPushButton(self) for _ in range(3))
        self._record.clicked.connect(self.record_commitment)
        self._print.clicked.connect(self.ask_print)
        self._save_pdf.clicked.connect(self.ask_pdf)
        self._title, self._said = QLabel(self), QLabel(self)
        self._title.setObjectName("heading")
        self._said.setObjectName("muted")
        for one in (self._title, self._said):
            one.setWordWrap(True)
            one.setTextFormat(Qt.TextFormat.PlainText)
        self._again = QPushButton(self)
        self._again.clicked.connect(self.reload)
        self._again.hide()
        self._printing = Printing(session.jobs, self)
        self._printing.refused.connect(session.refused)
        self._printing.done.connect(self._tell)
        self._buttons = QWidget(self)
        flow = Flow(self._buttons)
        for button in (self._record, self._print, self._save_pdf):
            flow.addWidget(button)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self.asked, 1)
        self._head.addWidget(self._buttons)
        words, self._heading_row = QVBoxLayout(), QHBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._said)
        self._heading_row.addLayout(words, 1)
        self._heading_row.addWidget(self._again, 0, Qt.AlignmentFlag.AlignTop)

    def _make_body(self) -> None:
        session = self._session
        inside = QWidget(self)
        self._cards = {kind: Card(inside) for kind in READINGS}
        for card in self._cards.values():
            card.opened.connect(self._open_card)
        self._which, self._which_label = QComboBox(inside), QLabel(inside)
        self._which_label.setBuddy(self._which)
        self._which_label.setObjectName("muted")
        self._which.activated.connect(self._show_chart)
        self.chart = Chart(session.jobs, inside)
        self.chart.clicked.connect(self._open_bar)
        self.chart.taking.done.connect(self._tell)
        self.chart.taking.refused.connect(session.refused)
        self.chart.taking.print_wanted.connect(self.ask_print)
        self.notes = Notes(inside)
        self.notes.wanted.connect(self._act_on)
        self.people = PeopleTable()
        self.people.setParent(inside)
        self.people.wanted.connect(self._open_person)
        self._people_head = QLabel(inside)
        self._people_head.setObjectName("heading")
        which = QHBoxLayout()
        which.addWidget(self._which_label)
        which.addWidget(self._which)
        which.addStretch(1)
        self._bridge = QWidget(inside)
        bridge = QVBoxLayout(self._bridge)
        bridge.setContentsMargins(0, 0, 0, 0)
        bridge.addLayout(which)
        bridge.addWidget(self.chart, 1)
        self._readings, self._sides = QGridLayout(), QGridLayout()
        for grid in (self._readings, self._sides):
            grid.setSpacing(10)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 6, 0)
        box.setSpacing(10)
        box.addLayout(self._heading_row)
        box.addLayout(self._readings)
        box.addLayout(self._sides)
        box.addWidget(self._people_head)
        box.addWidget(self.people)
        box.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        self._arranged = (-1, -1)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """By Tab as one reads."""
        stops: list[QWidget] = [
            self.asked.since,
            self._record,
            self._print,
            self._save_pdf,
            self._again,
        ]
        for card in self._cards.values():
            stops += [card.deals, card.how]
        stops += [self._which]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.asked.retranslate()
        for button, text in (
            (self._record, tr(N_("Record a commitment…"))),
            (self._print, tr(N_("Print…"))),
            (self._save_pdf, tr(N_("Save as PDF…"))),
            (self._again, tr(N_("Compute again"))),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self._area.setAccessibleName(tr(N_("Forecast")))
        self._people_head.setText(tr(N_("By salesperson")))
        self._which.setAccessibleName(tr(N_("Bridge of")))
        self._which_label.setText(self._which.accessibleName())
        chosen = max(self._which.currentIndex(), 0)
        self._which.clear()
        self._which.addItem(tr(N_("Weighted pipeline")), forecast_bridge.PIPELINE)
        self._which.addItem(tr(N_("Commitment")), forecast_bridge.COMMITMENT)
        self._which.setCurrentIndex(chosen)
        self.people.retranslate()
        self.chart.retranslate()
        self._arrange()
        self._stale = True
        if self.isVisible():
            self.reload()

    # -- computing ---------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Compute when first shown, stale, or when another day has begun."""
        super().showEvent(event)
        self._arrange()
        if self._stale or self._shown is None or self._shown.found.on != self.asked.day:
            self.reload()

    def _heard(self, notice: Notice) -> None:
        if _READ & notice.touched.keys():
            self._stale = True
            if self.isVisible():
                self._soon.start()

    def reload(self) -> None:
        """Compute the forecast in the background."""
        self._soon.stop()
        self._stale = False
        self._again.hide()
        self.asked.follow()
        asked = (self.asked.span, self.asked.day, self.asked.since_day)
        if self._shown is None:
            self._said.setText(tr(N_("Computing…")))
        book = self._session.book

        def work(progress: Progress) -> Shown:
            return forecast_words.make(book, *asked, progress)

        self._latest.ask(work, self._show, self._failed, tr(N_("Computing the forecast")))

    @property
    def waiting(self) -> bool:
        """Whether something is to be computed or is being so."""
        return self._latest.waiting or self._soon.isActive()

    def _failed(self, error: Exception) -> None:
        self._stale = True
        self._said.setText(str(error) or tr(N_("Stopped; what is shown may be out of date.")))
        self._again.show()

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        found, currency = shown.found, self._session.book.currency
        title = tr(
            N_("Forecast of {period} as of {day}"),
            period=found.period.text(),
            day=found.on.isoformat(),
        )
        self._title.setText(title)
        self._area.setVisible(not shown.empty)
        self._empty.setVisible(shown.empty)
        for one in (self._print, self._save_pdf):
            one.setEnabled(not shown.empty)
        if shown.empty:
            self._said.setText("")
            self._empty.say(
                tr(
                    N_(
                        "No deals yet, so there is nothing to forecast. Import your deals, or record what people commit to."
                    )
                ),
                tr(N_("Import…")),
            )
        else:
            self._said.setText(forecast_words.headline(shown, currency))
            for kind, card in self._cards.items():
                card.show_reading(*forecast_words.card(kind, shown, currency))
            last = self.notes.show_notes(forecast_words.notes(shown))
            if last is not None:
                QWidget.setTabOrder(last, self.people)
            self.people.show_people(found, currency)
            self._show_chart()
        self.ready.emit()

    def _show_chart(self) -> None:
        if self._shown is None:
            return
        data = self._shown.charts[str(self._which.currentData())]
        self.chart.setMinimumHeight(theme.scaled(max(_HEAD + _BAR * len(data.bars), _LEAST)))
        self.chart.show_data(data)

    # -- arranging ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        asked, directions = self.asked.sizeHint().width(), QBoxLayout.Direction
        beside = asked + self._buttons.sizeHint().width() + 12 <= self.width() - 24
        self._head.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        room = self._area.viewport().width()
        across = 3 if room >= theme.scaled(3 * _CARD) else 1
        sides = 2 if room >= theme.scaled(_SIDES) else 1
        if (across, sides) == self._arranged:
            return
        self._arranged = (across, sides)
        _lay(self._readings, list(self._cards.values()), across, (1, 1, 1))
        _lay(self._sides, [self._bridge, self.notes], sides, (5, 3))

    # -- what opens --------------------------------------------------------------------------------

    def _open_card(self) -> None:
        card = self.sender()
        for kind, one in self._cards.items():
            if one is card:
                self._open_kind(kind)

    def _open_person(self, place: int, kind: str) -> None:
        if self._shown is None:
            return
        people = self._shown.found.people
        if place < 0:
            self._open_kind(kind)
        else:
            self._open_kind(kind, people[place].person, people[place].label)

    def _act_on(self, kind: str) -> None:
        shown = self._shown
        if shown is None:
            return
        if kind == "target":
            self._new("goal", {"level": "company", "measure": "won_amount"})
        elif kind == "goal" and shown.target is not None:
            self._session.record_wanted.emit("goal", shown.target.goal)
        else:
            self._open_kind(kind)

    def _open_kind(self, kind: str, owner: Owner = "all", label: str = "") -> None:
        """List the deals behind a reading or a note, of one person or of all."""
        if self._shown is None:
            return
        found = self._shown.found
        names = {
            "won": tr(N_("Won so far")),
            "commitment": tr(N_("Commitment")),
            "pipeline": tr(N_("Weighted pipeline")),
            "history": tr(N_("From history")),
        }
        parts = (found.period.text(), label, names.get(kind, tr(N_("What to know"))))

        def work(progress: Progress) -> tuple[str, str, Sequence[int]]:
            from models.forecast import behind

            wanted: Kind = kind  # type: ignore[assignment]
            ids = behind.deals(found, wanted, owner)
            return " · ".join(one for one in parts if one), "opportunity", ids

        self._opening.ask(work, self._open, self._declined)

    def _open_bar(self, at: int) -> None:
        shown, which = self._shown, str(self._which.currentData())
        if shown is None:
            return
        bar = shown.charts[which].bars[at]
        title = f"{self._which.currentText()} · {bar.label}"

        def work(progress: Progress) -> tuple[str, str, Sequence[int]]:
            entity, ids = forecast_bridge.records(shown.found, which, bar.key)
            return title, entity, ids

        self._opening.ask(work, self._open, self._declined)

    def _open(self, made: tuple[str, str, Sequence[int]]) -> None:
        title, entity, ids = made
        there = self._session.book.ids(entity, among=list(ids)) if ids else []
        if there:
            self.open_records.emit(title, {entity: there})
        else:
            text = N_("No deal stands behind this.")
            gone = N_("These deals lie in the recycle bin.")
            self._tell(tr(gone if ids else text))

    def _declined(self, error: Exception) -> None:
        self._session.refused.emit(str(error))

    # -- adding ------------------------------------------------------------------------------------

    def record_commitment(self) -> None:
        """Ask what somebody commits to for this period."""
        self._new("commitment", {"made_on": self.asked.day.isoformat()})

    def _new(self, entity: str, known: dict[str, str]) -> None:
        from ui.dialogs.new_record import NewRecord

        kind = self._session.book.schema.entity(entity)
        known = {"period": self.asked.span.label, "measure": "won_amount", **known}
        for name, value in known.items():
            choice = kind.field(name).choice(value)
            known[name] = choice.text() if choice is not None else value
        dialog = NewRecord(self._session, entity, self.window(), known=known)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- out of the window -------------------------------------------------------------------------

    def _tell(self, text: str) -> None:
        self._session.said.emit(text, 0)

    def _heading(self) -> str:
        return f"{self._session.book.path.stem} · {self._title.text()}"

    def ask_print(self) -> None:
        """Print the bridge."""
        self._printing.ask_print(self._heading(), [self.chart])

    def ask_pdf(self) -> None:
        """Save the bridge as a PDF."""
        self._printing.ask_pdf(self._heading(), [self.chart])

    def save_pdf(self, path: Path) -> None:
        """Write the bridge to a PDF."""
        self._printing.pdf(path, self._heading(), [self.chart])


def _lay(grid: QGridLayout, widgets: list[QWidget], across: int, widths: Sequence[int]) -> None:
    """Put widgets into a grid, so many side by side."""
    for one in widgets:
        grid.removeWidget(one)
    for column, width in enumerate(widths):
        grid.setColumnStretch(column, width if column < across else 0)
    for at, one in enumerate(widgets):
        grid.addWidget(one, at // across, at % across)
