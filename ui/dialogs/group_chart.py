"""The groups of a list as a chart: a bar each, as long as a total of it; a click opens its records."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QVBoxLayout

from models.describe.field import Field
from models.texts import N_, tr
from models.views.arranging import Node
from models.views.view import ChartOf
from ui import theme
from ui.charts.canvas import Chart
from ui.charts.data import Bar, ChartData
from ui.records.total_words import function_name

if TYPE_CHECKING:
    from ui.records.list_frame import ListFrame

_MOST = 40  # bars; more are no chart any more
_COUNT = ""  # instead of a column: how many records


class GroupChart(QDialog):
    """Follows the list as long as it is open."""

    def __init__(self, page: ListFrame) -> None:
        super().__init__(page)
        self._page, self._model, self._view = page, page.model, page.list_view
        self._nodes: list[Node] = []
        self.setWindowTitle(tr(N_("Chart of the groups")))
        self.resize(theme.scaled(760), theme.scaled(520))
        self.measure = QComboBox(self)
        self.measure.setAccessibleName(tr(N_("Shows")))
        self.chart = Chart(page.session.jobs, self)
        form = QFormLayout()
        form.addRow(tr(N_("Shows")), self.measure)
        body = QVBoxLayout(self)
        body.addLayout(form)
        body.addWidget(self.chart, 1)
        self.measure.currentIndexChanged.connect(self._chosen)
        self.chart.clicked.connect(self._open)
        self._model.totals_said.connect(self._said)

    def begin(self) -> None:
        """Show the groups as they are now. It is made once a list: a drawing may be under way when
        it is closed."""
        with QSignalBlocker(self.measure):
            self._offer()
        self.show()
        self.show_groups()

    def _said(self) -> None:
        if self.isVisible():
            self.show_groups()

    def _offer(self) -> None:
        """How many records, and every total of a number that the list shows."""
        self.measure.clear()
        self.measure.addItem(tr(N_("Number of records")), _COUNT)
        for path, how in self._model.asked:
            field = self._view.field(path)
            if how in ("sum", "mean", "min", "max") and _drawn(field):
                text = tr(
                    N_("{function} of {field}"),
                    function=function_name(how, field.kind),
                    field=field.text(),
                )
                self.measure.addItem(text, path)
        now = self._view.chart
        at = self.measure.findData(now.y if now is not None else self.measure.itemData(1))
        self.measure.setCurrentIndex(max(at, 0))

    def _chosen(self) -> None:
        group = self._model.groups[0].path if self._model.groups else ""
        path = str(self.measure.currentData())
        how = dict(self._model.asked).get(path, "count")
        if group:
            self._view.draw(ChartOf("bars", group, path, how))
        self.show_groups()

    def show_groups(self) -> None:
        """Draw the outermost groups as they are now."""
        if not self._model.groups:
            self.close()
            return
        path = str(self.measure.currentData() or "")
        every = [one for one in self._model.arranged().groups if one.level == 0]
        by_day = bool(self._model.groups[0].by)
        self._nodes = every[-_MOST:] if by_day else every
        if not by_day:
            self._nodes = sorted(every, key=lambda one: _size(one, path), reverse=True)[:_MOST]
        bars = tuple(
            Bar(one.label, _size(one, path), one.count, at) for at, one in enumerate(self._nodes)
        )
        title = tr(
            N_("{measure} by {field}"),
            measure=self.measure.currentText(),
            field=self._view.field(self._model.groups[0].path).text(),
        )
        left = len(every) - len(self._nodes)
        note = tr(N_("{n} further groups are not drawn."), n=left) if left else ""
        kind = "columns" if by_day else "ranked"
        currency = self._page.session.book.currency
        self.chart.show_data(ChartData(title, kind, self._unit(path), currency, bars, note=note))

    def _unit(self, path: str) -> str:
        kind = self._view.field(path).kind if path else ""
        return kind if kind in ("money", "percent") else "count"

    def _open(self, at: int) -> None:
        """Show only the records of a group."""
        node = self._nodes[at]
        ids = self._model.arranged().ids[node.first : node.first + node.count]
        self._page.show_only(node.label, ids)
        self.close()


def _drawn(field: Field) -> bool:
    return field.kind in ("money", "number", "integer", "percent")


def _size(node: Node, path: str) -> Decimal:
    value = node.totals.get(path) if path else node.count
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)
