"""Insights: the first questions that a team asks of its numbers, each chart opening its records."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
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
from models.relative import Relative
from models.texts import N_, tr
from ui import help_pages, theme
from ui.charts.canvas import Chart
from ui.charts.printing import Printing
from ui.jobs import Latest
from ui.pages import first_charts
from ui.pages.first_charts import Answer
from ui.session import Session

_HEIGHT = 350
_HEAD = 190  # what a chart needs beside its bars
_BAR = 21  # height of a bar with a name beside it
_OFFERED = (
    Relative("month"),
    Relative("month", -1),
    Relative("quarter"),
    Relative("quarter", -1),
    Relative("month", 12, "last"),
)


class InsightsPage(QWidget):
    """The charts of one period."""

    open_records = Signal(str, object)  # what they are, ids by entity
    ready = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        help_pages.offer(self, "charts")
        self._latest = Latest(session.jobs, self)
        self._stale, self.shown = True, False
        self._title = QLabel(self)
        self._title.setObjectName("title")
        self._said = QLabel(self)
        self._said.setObjectName("muted")
        self._period = QComboBox(self)
        self._period_label = QLabel(self)
        self._period_label.setObjectName("muted")
        self._period_label.setBuddy(self._period)
        self._period.activated.connect(self.reload)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._said)
        head.addStretch(1)
        head.addWidget(self._period_label)
        head.addWidget(self._period)
        self._printing = Printing(session.jobs, self)
        self._printing.refused.connect(session.refused)
        self._printing.done.connect(self._tell)
        self._print, self._save_pdf = QPushButton(self), QPushButton(self)
        self._print.clicked.connect(self.ask_print)
        self._save_pdf.clicked.connect(self.ask_pdf)
        head.addWidget(self._print)
        head.addWidget(self._save_pdf)
        inside = QWidget(self)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setSpacing(12)
        self._charts: list[Chart] = []
        self._answers: dict[Chart, Answer] = {}
        for _ in range(first_charts.COUNT):
            chart = Chart(session.jobs, inside)
            chart.clicked.connect(self._open)
            chart.taking.done.connect(self._tell)
            chart.taking.refused.connect(session.refused)
            chart.taking.print_wanted.connect(self._print_one)
            self._charts.append(chart)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.addLayout(head)
        box.addWidget(area, 1)
        session.news.connect(self._heard)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self._title.setText(tr(N_("Insights")))
        self._period.setAccessibleName(tr(N_("Period")))
        self._period_label.setText(self._period.accessibleName())
        self._print.setText(tr(N_("Print…")))
        self._save_pdf.setText(tr(N_("Save as PDF…")))
        self._list_periods()
        self._stale = True
        for chart in self._charts:
            chart.retranslate()
        if self.isVisible():
            self.reload()

    def _list_periods(self) -> None:
        from models.measures.span import years

        now = self._period.currentData()
        self._period.clear()
        self._period.addItem(tr(N_("All time")), "all")
        for one in _OFFERED:
            text = one.text()
            self._period.addItem(text[:1].upper() + text[1:], one.code)
        calendar, found = self._session.book.calendar, years(self._session.book)
        if found:
            self._period.insertSeparator(self._period.count())
        for year in found:
            self._period.addItem(calendar.year(year).text(), str(year))
        at = (
            self._period.findData(now) if now else 0
        )  # a line between the choices has no data either
        self._period.setCurrentIndex(max(at, 0))

    def showEvent(self, event: QShowEvent) -> None:
        """Compute when first shown or stale."""
        super().showEvent(event)
        if self._stale:
            self._list_periods()
            self.reload()

    def _heard(self, notice: Notice) -> None:
        self._stale = True
        if self.isVisible():
            self._list_periods()
            self.reload()

    def reload(self) -> None:
        """Compute all charts in the background."""
        self._stale, self.shown = False, False
        self._said.setText(tr(N_("Computing…")))
        period = relative.parse(
            str(self._period.currentData() or "all"), self._session.book.calendar
        )
        book = self._session.book

        def work(progress: Progress) -> list[Answer]:
            return first_charts.answers(book, period, progress)

        self._latest.ask(work, self._show, self._failed)

    def _show(self, made: list[Answer]) -> None:
        self._said.setText("")
        self._answers = dict(zip(self._charts, made, strict=True))
        self._place()
        for chart, answer in self._answers.items():
            chart.show_data(answer.data)
        self.shown = True
        self.ready.emit()

    def _place(self) -> None:
        """Two beside each other; what has no records yet is hidden once something has."""
        filled = [one for one, answer in self._answers.items() if answer.data.bars]
        shown = filled or list(self._answers)
        for chart, answer in self._answers.items():
            self._grid.removeWidget(chart)
            chart.setVisible(chart in shown)
            bars = 0 if answer.data.kind == "columns" else len(answer.data.bars)
            chart.setMinimumHeight(theme.scaled(max(_HEIGHT, _HEAD + _BAR * bars)))
        for at, chart in enumerate(shown):
            alone = at == len(shown) - 1 and at % 2 == 0
            self._grid.addWidget(chart, at // 2, at % 2, 1, 2 if alone else 1)
        for one in (self._print, self._save_pdf):
            one.setEnabled(bool(filled))

    # -- out of the window -------------------------------------------------------------------------

    def _tell(self, text: str) -> None:
        self._session.said.emit(text, 0)

    def _heading(self) -> str:
        return (
            f"{self._session.book.path.stem} · {tr(N_('Insights'))} · {self._period.currentText()}"
        )

    def _filled(self) -> list[Chart]:
        return [one for one in self._charts if one.isVisibleTo(self) and one.data and one.data.bars]

    def ask_print(self) -> None:
        """Print all charts of the page."""
        self._printing.ask_print(self._heading(), self._filled())

    def _print_one(self) -> None:
        taking = self.sender()
        found = [one for one in self._charts if one.taking is taking]
        self._printing.ask_print(self._heading(), found)

    def ask_pdf(self) -> None:
        """Save all charts of the page as a PDF."""
        self._printing.ask_pdf(self._heading(), self._filled())

    def save_pdf(self, path: Path) -> None:
        """Write all charts of the page to a PDF."""
        self._printing.pdf(path, self._heading(), self._filled())

    def _failed(self, error: Exception) -> None:
        self._said.setText("")
        self._session.refused.emit(str(error))

    def _open(self, at: int) -> None:
        chart = self.sender()
        assert isinstance(chart, Chart)
        answer = self._answers.get(chart)
        if answer is None or answer.records is None:
            return
        book, find, bar = self._session.book, answer.records, answer.data.bars[at]
        title = f"{answer.data.title} · {bar.label}"

        def work(progress: Progress) -> tuple[str, dict[str, list[int]]]:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for entity, id in find(book, bar.key):
                found[entity].append(id)
            return title, dict(found)

        self._latest.ask(work, self._opened, self._failed)

    def _opened(self, found: tuple[str, dict[str, list[int]]]) -> None:
        self.open_records.emit(*found)
