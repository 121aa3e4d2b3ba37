"""Insights: the first questions that a team asks of its numbers, each chart opening its records."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models import periods
from models.book import Book
from models.periods import Period
from models.progress import Progress
from models.texts import N_, tr
from ui.charts.canvas import Bar, Chart, ChartData, bars_of
from ui.session import Session

_TOP = 12


def charts(
    book: Book, period: Period | None, progress: Progress
) -> list[tuple[ChartData, str, str]]:
    """The data of all charts with, for each, the page and the filter that open a bar's records.

    ``{key}`` in a filter stands for the bar's key.
    """
    from models.measures import engine, funnel, uncertainty

    made: list[tuple[ChartData, str, str]] = []
    money = book.currency
    others = tr(N_("others"))

    def get(code: str, by: str) -> Any:
        progress.step(len(made) / 8)
        return engine.measure(book, code, period=period, by=by)

    for code, title, page, filter_ in (
        (
            "won_amount",
            N_("How much did we win each month?"),
            "pipeline",
            "status=won and closed_on={key}",
        ),
        ("sales_amount", N_("How much did we sell each month?"), "orders", "ordered_on={key}"),
    ):
        rows = [one for one in get(code, "month").rows if one.key is not None]
        made.append(
            (
                ChartData(
                    tr(title),
                    "columns",
                    "money",
                    money,
                    tuple(
                        Bar(one.label, float(one.value or 0), one.n, str(one.key)) for one in rows
                    ),
                ),
                page,
                filter_,
            )
        )
    deals = book.count("opportunity", "status=won") >= book.count("order")
    code, page, base = (
        ("won_amount", "pipeline", "status=won and ") if deals else ("sales_amount", "orders", "")
    )
    for by, title in (
        ("person", N_("Who sold how much?")),
        ("manager", N_("Which manager's people sold how much?")),
    ):
        path = "owner" if by == "person" else "owner.manager"
        rows = get(code, by).rows
        data = ChartData(tr(title), "ranked", "money", money, bars_of(rows, _TOP, others))
        made.append((data, page, base + f'{path}="{{label}}"'))
    made.append(_funnel(funnel.funnel(book, period), money))
    made.append(_rates(get("win_rate", "person"), money, uncertainty))
    products = get(code, "product").rows
    made.append(
        (
            ChartData(
                tr(N_("Which products sell most?")),
                "ranked",
                "money",
                money,
                bars_of(products, _TOP, others),
            ),
            page if deals else "",
            base + 'product="{label}"',
        )
    )
    return made


def _funnel(rows: list[Any], money: str) -> tuple[ChartData, str, str]:
    bars = []
    for one in rows:
        notes = []
        if one.conversion is not None and one is not rows[-1]:
            notes.append(f"→ {one.conversion * 100:.0f}%")
        if one.days is not None:
            notes.append(tr(N_("{days} days"), days=f"{one.days:.0f}"))
        bars.append(Bar(one.label, one.entered, one.entered, str(one.id), note=" · ".join(notes)))
    data = ChartData(
        tr(N_("Where do deals stop?")),
        "funnel",
        "count",
        money,
        tuple(bars),
        note=tr(N_("deals that reached a stage, share that went on, median days")) if bars else "",
    )
    return data, "pipeline", 'stage="{label}"'


def _rates(result: Any, money: str, uncertainty: Any) -> tuple[ChartData, str, str]:
    rows = sorted(
        (one for one in result.rows if one.value is not None), key=lambda one: -one.value
    )[:30]
    bars = []
    for one in rows:
        low, high = uncertainty.wilson(float(one.numerator), float(one.denominator))
        bars.append(Bar(f"{one.label} ({one.n})", float(one.value), one.n, one.label, low, high))
    apart = uncertainty.differ([(float(one.numerator), float(one.denominator)) for one in rows])
    note = (
        tr(N_("95 % intervals; the differences are larger than chance"))
        if apart
        else tr(N_("95 % intervals; these people cannot be told apart"))
    )
    data = ChartData(
        tr(N_("Who wins more of the deals?")),
        "rates",
        "percent",
        money,
        tuple(bars),
        float(result.total.value) if result.total.value is not None else None,
        note if len(bars) > 1 else "",
    )
    return data, "pipeline", 'status in (won, lost) and owner="{key}"'


class InsightsPage(QWidget):
    """The charts of one period."""

    open_records = Signal(str, str)  # page, filter

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale, self._asked = True, False
        self.ready = False
        self._title = QLabel(self)
        self._title.setObjectName("title")
        self._period = QComboBox(self)
        self._period.activated.connect(self.reload)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._period)
        inside = QWidget(self)
        self._grid = QGridLayout(inside)
        self._grid.setSpacing(12)
        self._charts: list[Chart] = []
        self._opens: dict[Chart, tuple[str, str, ChartData]] = {}
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 10, 6)
        box.addLayout(head)
        box.addWidget(area, 1)
        for at in range(7):
            chart = Chart(inside)
            chart.setMinimumHeight(300 if at < 6 else 320)
            chart.clicked.connect(self._open)
            self._charts.append(chart)
            self._grid.addWidget(chart, at // 2, at % 2, 1, 2 if at == 6 else 1)
        session.news.connect(self._heard)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self._title.setText(tr(N_("Insights")))
        self._period.setAccessibleName(tr(N_("Period")))
        now = max(self._period.currentIndex(), 0)
        self._period.clear()
        self._period.addItem(tr(N_("All time")), "all")
        for year in self._years():
            self._period.addItem(str(year), str(year))
        self._period.setCurrentIndex(min(now, self._period.count() - 1))
        self._stale = True
        if self.isVisible():
            self.reload()

    def _years(self) -> list[int]:
        with self._session.book.reading() as db:
            found = db.run(
                'SELECT min(substr(ordered_on, 1, 4)), max(substr(ordered_on, 1, 4)) FROM "order" WHERE alive = 1 '
                "UNION ALL SELECT min(substr(closed_on, 1, 4)), max(substr(closed_on, 1, 4)) FROM opportunity WHERE alive = 1"
            )
        years = [int(one) for row in found for one in row if one]
        return list(range(max(years), max(min(years), max(years) - 15) - 1, -1)) if years else []

    def showEvent(self, event: QShowEvent) -> None:
        """Compute when first shown or stale."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _heard(self, notice: Any) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Compute all charts in the background."""
        self._stale, self.ready = False, False
        period = periods.parse(str(self._period.currentData() or "all"))
        book = self._session.book

        def work(progress: Progress) -> Any:
            return charts(book, period, progress)

        self._session.jobs.run(tr(N_("Computing charts")), work, self._show, self._failed)

    def _show(self, made: list[tuple[ChartData, str, str]]) -> None:
        self._opens.clear()
        for chart, (data, page, filter_) in zip(self._charts, made, strict=False):
            chart.show_data(data)
            self._opens[chart] = (page, filter_, data)
        self.ready = True

    def _failed(self, error: Exception) -> None:
        self._session.refused.emit(str(error))

    def _open(self, key: str) -> None:
        chart = self.sender()
        if not isinstance(chart, Chart) or chart not in self._opens or not key:
            return
        page, filter_, data = self._opens[chart]
        label = next((one.label for one in data.bars if one.key == key), "")
        if page:
            self.open_records.emit(
                page, filter_.replace("{key}", key).replace("{label}", label.replace('"', '\\"'))
            )
