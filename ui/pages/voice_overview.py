"""How customers' voices stand: figures, course, people, and what to know; every number opens its records."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models import relative
from models.book import Notice
from models.progress import Progress
from models.refusals import Refused
from models.relative import Relative
from models.texts import N_, tr
from ui import help_pages, theme
from ui.charts.canvas import Chart
from ui.flow import Flow
from ui.jobs import Latest
from ui.pages import voice_words
from ui.pages.forecast_cards import Card
from ui.pages.forecast_notes import Notes
from ui.pages.voice_words import COURSE, FIGURES, PEOPLE, Shown
from ui.records.empty_state import EmptyState
from ui.session import Session

_READ = {
    "survey_response", "survey_form", "complaint", "customer", "salesperson", "opportunity", "order",
}  # fmt: skip
_PERIODS = (
    Relative("quarter"),
    Relative("quarter", -1),
    Relative("month", 12, "last"),
)
_UNITS = (("month", N_("By month")), ("quarter", N_("By quarter")))
_CARD, _HEAD, _BAR, _LEAST = 250, 190, 24, 310
Records = dict[str, list[int]]


class Overview(QWidget):
    """The first tab. ``open_records`` carries what they are, ids by entity; ``tab_wanted`` a tab's name."""

    open_records = Signal(str, object)
    tab_wanted = Signal(str)
    import_wanted = Signal()
    ready = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        help_pages.offer(self, "satisfaction")
        self._latest, self._opening = Latest(session.jobs, self), Latest(session.jobs, self)
        self.shown: Shown | None = None
        self._stale, self._across = True, 0
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
        self.retranslate()

    def _make_head(self) -> None:
        self._period, self._unit = QComboBox(self), QComboBox(self)
        self._labels = [QLabel(self) for _ in range(2)]
        self._answer, self._import = QPushButton(self), QPushButton(self)
        self._answer.clicked.connect(self.record_answer)
        self._import.clicked.connect(self.import_wanted)
        self._said = QLabel(self)
        self._said.setObjectName("muted")
        asked = QWidget(self)
        flow = Flow(asked, from_left=True)
        flow.setSpacing(12)
        for label, box in zip(self._labels, (self._period, self._unit), strict=True):
            label.setObjectName("muted")
            label.setBuddy(box)
            box.activated.connect(self.reload)
            pair = QWidget(asked)
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(label)
            row.addWidget(box)
            flow.addWidget(pair)
        buttons = QWidget(self)
        right = Flow(buttons)
        right.addWidget(self._answer)
        right.addWidget(self._import)
        self._head = QHBoxLayout()
        self._head.addWidget(asked, 2)
        self._head.addWidget(self._said)
        self._head.addWidget(buttons, 1)

    def _make_body(self) -> None:
        inside = QWidget(self)
        self.cards = {code: Card(inside) for code in FIGURES}
        for card in self.cards.values():
            card.opened.connect(self._open_card)
        self.charts = {name: Chart(self._session.jobs, inside) for name in (COURSE, PEOPLE)}
        for chart in self.charts.values():
            chart.clicked.connect(self._open_bar)
            chart.taking.done.connect(self._tell)
            chart.taking.refused.connect(self._session.refused)
        self.notes = Notes(inside)
        self.notes.wanted.connect(self._act_on)
        self._figures, self._sides = QGridLayout(), QGridLayout()
        for grid in (self._figures, self._sides):
            grid.setSpacing(10)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 6, 0)
        box.setSpacing(10)
        box.addLayout(self._figures)
        box.addLayout(self._sides)
        box.addWidget(self.notes)
        box.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        stops: list[QWidget] = [self._period, self._unit, self._answer, self._import]
        for card in self.cards.values():
            stops += [card.deals, card.how]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        for button, text in (
            (self._answer, tr(N_("Record an answer…"))),
            (self._import, tr(N_("Import answers…"))),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        names = (tr(N_("Period")), tr(N_("Course")))
        for label, box, name in zip(self._labels, (self._period, self._unit), names, strict=True):
            label.setText(name)
            box.setAccessibleName(name)
        self._fill(self._period, [("all", tr(N_("All time"))), *_offered()])
        self._fill(self._unit, [(code, tr(text)) for code, text in _UNITS])
        self._area.setAccessibleName(tr(N_("Overview")))
        for chart in self.charts.values():
            chart.retranslate()
        self._stale = True
        if self.isVisible():
            self.reload()

    @staticmethod
    def _fill(box: QComboBox, choices: list[tuple[str, str]]) -> None:
        at = max(box.currentIndex(), 0)
        box.clear()
        for code, text in choices:
            box.addItem(text, code)
        box.setCurrentIndex(at)

    # -- reading -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Compute when first shown or stale."""
        super().showEvent(event)
        self._arrange()
        if self._stale:
            self.reload()

    def _heard(self, notice: Notice) -> None:
        if _READ & notice.touched.keys():
            self._stale = True
            if self.isVisible():
                self.reload()

    def reload(self) -> None:
        """Read it in the background."""
        self._stale = False
        self._said.setText(tr(N_("Computing…")))
        book = self._session.book
        period = relative.parse(str(self._period.currentData() or "all"), book.calendar)
        unit = str(self._unit.currentData() or "month")

        def work(progress: Progress) -> Shown:
            return voice_words.make(book, period, unit, progress)

        self._latest.ask(work, self._show, self._failed, tr(N_("Reading what customers say…")))

    @property
    def waiting(self) -> bool:
        """Whether something is being read."""
        return self._latest.waiting

    def _failed(self, error: Exception) -> None:
        self._stale = True
        self._said.setText("")
        self._session.refused.emit(str(error))

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self._said.setText("")
        # A period in which nobody spoke is shown; a book in which nobody ever did says what to do.
        nothing = shown.voice.nothing and shown.voice.period is None
        self._area.setVisible(not nothing)
        self._empty.setVisible(nothing)
        if nothing:
            text = N_("No customer has said anything yet. Import the export of a questionnaire, as it comes, or record a phone interview or a review.")  # fmt: skip
            self._empty.say(tr(text), tr(N_("Import answers…")))
        else:
            for code, card in self.cards.items():
                card.show_reading(shown.figures[code], None)
            for name, chart in self.charts.items():
                bars = 0 if name == COURSE else len(shown.charts[name].bars)
                chart.setMinimumHeight(theme.scaled(max(_LEAST, _HEAD + _BAR * bars)))
                chart.show_data(shown.charts[name])
            self.notes.show_notes(shown.notes)
        self.ready.emit()

    # -- arranging ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self._area.viewport().width()
        across = max(1, min(4, room // theme.scaled(_CARD)))
        across = 2 if across == 3 else across
        if across == self._across:
            return
        self._across = across
        for grid, widgets, columns in (
            (self._figures, list(self.cards.values()), across),
            (self._sides, list(self.charts.values()), 2 if across == 4 else 1),
        ):
            for column in range(4):
                grid.setColumnStretch(column, 1 if column < columns else 0)
            for at, one in enumerate(widgets):
                grid.removeWidget(one)
                grid.addWidget(one, at // columns, at % columns)

    # -- what opens --------------------------------------------------------------------------------

    def _open_card(self) -> None:
        card = self.sender()
        for code, one in self.cards.items():
            if one is card and self.shown is not None:
                self._records(one.accessibleName(), code, None)

    def _open_bar(self, at: int) -> None:
        chart = self.sender()
        if self.shown is None:
            return
        for name, one in self.charts.items():
            if one is chart:
                data = self.shown.charts[name]
                by = "person" if name == PEOPLE else str(self._unit.currentData())
                title = f"{data.title} · {data.bars[at].label}"
                self._records(title, "satisfaction", (by, data.bars[at].key))

    def _records(self, title: str, code: str, part: tuple[str, object] | None) -> None:
        assert self.shown is not None
        book, period = self._session.book, self.shown.voice.period

        def work(progress: Progress) -> tuple[str, Records]:
            from models.measures import engine

            found: Records = defaultdict(list)
            for one in engine.records(
                book,
                code,
                period=period,
                by=part[0] if part else None,
                key=part[1] if part else ...,
            ):
                found[one.entity].append(one.id)
            return title, dict(found)

        self._opening.ask(work, lambda made: self.open_records.emit(*made), self._failed)

    def _act_on(self, kind: str) -> None:
        if self.shown is None:
            return
        voice = self.shown.voice
        rows = {
            "unattributed": voice.unattributed,
            "unnamed": voice.unnamed,
            "off_scale": voice.off_scale,
        }
        tabs = {
            "complaints": "open_complaints",
            "themes": "themes",
            "due": "asking",
            "lost": "asking",
        }
        if kind in tabs:
            self.tab_wanted.emit(tabs[kind])
        elif kind == "tag":
            self.take_themes()
        elif kind in rows:
            self.open_records.emit(tr(N_("What to know")), {"survey_response": list(rows[kind])})

    # -- acting ------------------------------------------------------------------------------------

    def _tell(self, text: str) -> None:
        self._session.said.emit(text, 0)

    def take_themes(self) -> None:
        """Write the themes that words suggest, as tags that anybody may edit."""
        from models.satisfaction import themes

        book = self._session.book
        try:
            themes.take(book)
        except Refused as refused:
            self._session.refused.emit(str(refused))
            return
        info = book.info(book.last_change)
        if info is not None:
            self._session.said.emit(info.reason, info.no)

    def record_answer(self) -> None:
        """Write down a phone interview or a review."""
        from ui.dialogs.customer_answer import CustomerAnswer

        dialog: QDialog = CustomerAnswer(self._session, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _offered() -> list[tuple[str, str]]:
    return [(one.code, one.text()[:1].upper() + one.text()[1:]) for one in _PERIODS]
