"""The legend of a chart: a box for each thing that it shows, which turns it on and off."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ui import theme
from ui.charts.data import ChartData, Part, parts
from ui.layouts import empty

_SWATCH = QSize(22, 12)
_PEN = {
    "line": Qt.PenStyle.SolidLine,
    "span": Qt.PenStyle.SolidLine,
    "dashes": Qt.PenStyle.DashLine,
}


class Legend(QWidget):
    """Hidden where a chart shows one thing only, which its title names; ``turned``: on or off."""

    turned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chart = parent
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 2, 0, 0)
        self._box.setSpacing(14)
        self._shown: list[tuple[Part, QCheckBox]] = []
        self.hide()

    def show_data(self, data: ChartData) -> None:
        """Name what this chart shows; what was turned off stays off."""
        wanted = parts(data) if data.bars else []
        if [one.id for one in wanted] != [one.id for one, _ in self._shown]:
            self._make(wanted)
        entries = [one for _, one in self._shown]
        self._shown = list(zip(wanted, entries, strict=True))
        for part, one in self._shown:
            one.setText(part.label.replace("&", "&&"))
            one.setAccessibleName(part.label)
        self.setVisible(len(wanted) > 1)
        self.retranslate()

    def _make(self, wanted: list[Part]) -> None:
        """Other boxes than there are; those that stay would keep the keys where they are."""
        off = self.hidden_parts
        empty(self._box)
        self._shown = [(part, self._entry(part.id in off)) for part in wanted]
        self._box.addStretch(1)
        before: QWidget = self._chart
        for _, one in self._shown:  # by Tab after the chart, not after all that was made before
            QWidget.setTabOrder(before, one)
            before = one

    def _entry(self, off: bool) -> QCheckBox:
        made = QCheckBox(self)
        made.setChecked(not off)
        made.setIconSize(_SWATCH)
        made.toggled.connect(self.turned)
        self._box.addWidget(made)
        return made

    @property
    def hidden_parts(self) -> frozenset[str]:
        """What is turned off; where there is no legend, nothing can be."""
        if len(self._shown) < 2:
            return frozenset()
        return frozenset(part.id for part, one in self._shown if not one.isChecked())

    def retranslate(self) -> None:
        """The theme changed: paint in its colours."""
        for part, one in self._shown:
            one.setIcon(QIcon(_swatch(part, self.devicePixelRatioF())))


def _swatch(part: Part, scale: float) -> QPixmap:
    """What the chart draws, in small."""
    made = QPixmap(_SWATCH * scale)
    made.setDevicePixelRatio(scale)
    made.fill(QColor(0, 0, 0, 0))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(theme.colours().series[part.colour])
    middle = _SWATCH.height() / 2
    if part.shape in _PEN:
        painter.setPen(QPen(colour, 2, _PEN[part.shape]))
        painter.drawLine(QPointF(1, middle), QPointF(_SWATCH.width() - 1, middle))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if part.shape == "bar":
        painter.drawRect(2, 1, _SWATCH.width() - 4, _SWATCH.height() - 2)
    elif part.shape in ("dot", "line"):
        painter.drawEllipse(QPointF(_SWATCH.width() / 2, middle), 3.5, 3.5)
    painter.end()
    return made
