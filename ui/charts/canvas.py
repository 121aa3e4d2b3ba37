"""One canvas for all charts: hover shows values, click opens the records, pictures can be saved.

matplotlib is imported when the first chart is drawn, after the window is painted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QToolTip, QWidget

import resources
from models import texts
from models.money import symbol
from models.texts import N_, tr
from ui import theme


@dataclass(frozen=True)
class Bar:
    """One value: its label, size, count, interval, and what it opens."""

    label: str
    value: float
    n: int
    key: str
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True)
class ChartData:
    """A question and its answer; ``kind`` columns, ranked, funnel or rates; ``unit`` money, count, percent or days."""

    title: str
    kind: str
    unit: str
    currency: str
    bars: tuple[Bar, ...]
    reference: float | None = None
    note: str = ""


def axis_text(value: float, unit: str, currency: str) -> str:
    """A value as an axis shows it: 万 and 亿 in Chinese, K and M in English."""
    if unit == "percent":
        return f"{value * 100:.0f}%"
    steps = (
        ((1e8, "亿"), (1e4, "万"))
        if texts.language().startswith("zh")
        else ((1e9, "B"), (1e6, "M"), (1e3, "K"))
    )
    sign = symbol(currency) if unit == "money" else ""
    for size, word in steps:
        if abs(value) >= size:
            return f"{sign}{value / size:.4g}{word}"
    return f"{sign}{value:.4g}"


def full_text(value: float, unit: str, currency: str) -> str:
    """A value exactly, as hovering shows it."""
    if unit == "percent":
        return f"{value * 100:.1f}%"
    if unit == "money":
        return f"{symbol(currency)}{value:,.2f}"
    if unit == "days":
        return tr(N_("{days} days"), days=f"{value:.1f}")
    return f"{value:,.0f}"


class Chart(QWidget):
    """Draws one ``ChartData``; emits the key of the bar that is clicked."""

    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: ChartData | None = None
        self._picture: QPixmap | None = None
        self._places: list[tuple[float, float, float, float]] = []
        self._at = -1
        self.setMouseTracking(True)
        self.setMinimumSize(320, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_data(self, data: ChartData) -> None:
        """Draw this from now on."""
        self._data = data
        self.setAccessibleName(data.title)
        best = max(data.bars, key=lambda one: one.value, default=None)
        self.setAccessibleDescription(
            tr(
                N_("{count} values; the largest is {label} with {value}"),
                count=len(data.bars),
                label=best.label,
                value=full_text(best.value, data.unit, data.currency),
            )
            if best
            else self._nothing()
        )
        self._picture = None
        self.update()

    def _nothing(self) -> str:
        return tr(N_("No records for this yet. Import your orders or deals to see it."))

    def figure(self, width: float, height: float, scale: float) -> Any:
        """The matplotlib figure of the data."""
        from matplotlib.figure import Figure

        _fonts()
        data, c = self._data, theme.colours()
        assert data is not None
        figure = Figure(
            figsize=(width / 100, height / 100),
            dpi=100 * scale,
            facecolor=c.surface,
            layout="constrained",
        )
        axes = figure.add_subplot(facecolor=c.surface)
        axes.set_title(data.title, loc="left", color=c.text, fontsize=10.5, fontweight="bold")
        for side in ("top", "right", "left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(colors=c.muted, labelsize=8, length=0)
        if data.kind == "columns":
            self._columns(axes, data, width)
        else:
            self._across(axes, data)
        if data.note:
            figure.supxlabel(data.note, fontsize=7.5, color=c.muted, x=0.01, ha="left")
        return figure

    def _columns(self, axes: Any, data: ChartData, width: float) -> None:
        from matplotlib.ticker import FuncFormatter

        c = theme.colours()
        places = range(len(data.bars))
        self._shapes = axes.bar(
            places, [one.value for one in data.bars], color=c.series[0], width=0.72
        )
        step = max(
            1,
            len(data.bars) * 46 // max(int(width) - 60, 1)
            + (1 if len(data.bars) * 46 > width - 60 else 0),
        )
        axes.set_xticks(list(places)[::step], [one.label for one in data.bars][::step])
        axes.yaxis.set_major_formatter(
            FuncFormatter(lambda value, _: axis_text(value, data.unit, data.currency))
        )
        axes.grid(axis="y", color=c.border, linewidth=0.7)
        axes.set_axisbelow(True)

    def _across(self, axes: Any, data: ChartData) -> None:
        from matplotlib.ticker import FuncFormatter

        c = theme.colours()
        places = range(len(data.bars))
        labels = [one.label if len(one.label) <= 22 else one.label[:21] + "…" for one in data.bars]
        if data.kind == "rates":
            for at, one in enumerate(data.bars):
                axes.plot(
                    [one.low, one.high],
                    [at, at],
                    color=c.series[0],
                    linewidth=2,
                    alpha=0.45,
                    solid_capstyle="round",
                )
            self._shapes = axes.barh(places, [one.value for one in data.bars], height=0.7, alpha=0)
            axes.plot(
                [one.value for one in data.bars], list(places), "o", color=c.series[0], markersize=5
            )
            if data.reference is not None:
                axes.axvline(data.reference, color=c.series[1], linewidth=1, linestyle="--")
            axes.set_xlim(0, 1)
        else:
            self._shapes = axes.barh(
                places, [one.value for one in data.bars], height=0.68, color=c.series[0]
            )
            most = max((one.value for one in data.bars), default=1) or 1
            for at, one in enumerate(data.bars):
                text = axis_text(one.value, data.unit, data.currency) + (
                    f"  {one.note}" if one.note else f"  n={one.n}"
                )
                axes.text(
                    max(one.value, 0) + most * 0.01,
                    at,
                    text,
                    va="center",
                    fontsize=7.5,
                    color=c.muted,
                )
            axes.set_xlim(right=most * 1.28)
        axes.set_yticks(list(places), labels)
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(
            FuncFormatter(lambda value, _: axis_text(value, data.unit, data.currency))
        )
        axes.xaxis.set_major_locator(_few())
        axes.grid(axis="x", color=c.border, linewidth=0.7)
        axes.set_axisbelow(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, made anew after a resize, a new theme or new data."""
        painter = QPainter(self)
        c = theme.colours()
        if self._data is None or not self._data.bars:
            painter.setPen(c.muted)
            painter.drawText(
                self.rect(),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._nothing(),
            )
            return
        if self._picture is None:
            self._picture = self._draw()
        painter.drawPixmap(0, 0, self._picture)
        if self.hasFocus() and 0 <= self._at < len(self._places):
            x, y, w, h = self._places[self._at]
            painter.setPen(c.accent)
            painter.drawRect(int(x) - 1, int(y) - 1, int(w) + 2, int(h) + 2)

    def _draw(self) -> QPixmap:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        scale = self.devicePixelRatioF()
        figure = self.figure(max(self.width(), 200), max(self.height(), 150), scale)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        from PySide6.QtGui import QImage

        width, height = canvas.get_width_height(physical=True)
        data = bytes(canvas.buffer_rgba())
        image = QImage(data, width, height, QImage.Format.Format_RGBA8888).copy()
        image.setDevicePixelRatio(scale)
        self._places = []
        for shape in self._shapes:
            box = shape.get_window_extent()
            self._places.append(
                (box.x0 / scale, (height - box.y1) / scale, box.width / scale, box.height / scale)
            )
        return QPixmap.fromImage(image)

    def retranslate(self) -> None:
        """Theme or language changed."""
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again at the new size."""
        self._picture = None
        super().resizeEvent(event)

    def _bar_at(self, point: QPoint) -> int:
        across = self._data is not None and self._data.kind != "columns"
        for at, (x, y, w, h) in enumerate(self._places):
            inside = y - 3 <= point.y() <= y + h + 3 if across else x - 2 <= point.x() <= x + w + 2
            if inside:
                return at
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the value under the pointer."""
        at = self._bar_at(event.position().toPoint())
        if at >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self._said(at), self)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def _said(self, at: int) -> str:
        assert self._data is not None
        one = self._data.bars[at]
        text = (
            f"{one.label}: {full_text(one.value, self._data.unit, self._data.currency)}  n={one.n}"
        )
        if one.low is not None and one.high is not None:
            text += f"  ({full_text(one.low, self._data.unit, self._data.currency)}–{full_text(one.high, self._data.unit, self._data.currency)})"
        return text

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the records of the bar."""
        if event.button() == Qt.MouseButton.LeftButton:
            at = self._bar_at(event.position().toPoint())
            if at >= 0 and self._data is not None:
                self.clicked.emit(self._data.bars[at].key)
        elif event.button() == Qt.MouseButton.RightButton:
            self._menu(event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between bars and say them; Enter opens the records."""
        if self._data is None or not self._data.bars:
            return
        step = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }.get(Qt.Key(event.key()))
        if step is not None:
            self._at = (self._at + step) % len(self._data.bars)
            self.setAccessibleDescription(self._said(self._at))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.clicked.emit(self._data.bars[self._at].key)
        else:
            super().keyPressEvent(event)

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        copy = QAction(tr(N_("Copy picture")), menu)
        copy.triggered.connect(self.copy)
        save = QAction(tr(N_("Save picture…")), menu)
        save.triggered.connect(self.ask_save)
        menu.addActions([copy, save])
        menu.popup(place)

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if self._picture is not None:
            QGuiApplication.clipboard().setPixmap(self._picture)

    def ask_save(self) -> None:
        """Ask for a file and save the picture there."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            tr(N_("Save picture…")),
            self.accessibleName() + ".png",
            "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)",
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Save as PNG, SVG or PDF, by the name."""
        self.figure(900, 560, 2).savefig(path)


def _few() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(5)


_ready = False


def _fonts() -> None:
    """Give matplotlib the bundled font, so that Chinese never shows boxes."""
    global _ready
    if _ready:
        return
    import matplotlib
    from matplotlib import font_manager

    font = resources.path("fonts", "NotoSansSC-Regular.otf")
    font_manager.fontManager.addfont(str(font))
    matplotlib.rcParams["font.family"] = ["Noto Sans SC", "DejaVu Sans"]
    matplotlib.rcParams["axes.unicode_minus"] = False
    matplotlib.rcParams["svg.fonttype"] = "path"
    _ready = True


def bars_of(rows: Sequence[Any], keep: int, others: str) -> tuple[Bar, ...]:
    """Measure rows as bars: the first ``keep``, the rest summed as one."""
    made = [
        Bar(one.label, float(one.value or 0), one.n, "" if one.key is None else str(one.key))
        for one in rows[:keep]
    ]
    rest = rows[keep:]
    if rest:
        made.append(
            Bar(
                others,
                float(sum((one.value or Decimal(0)) for one in rest)),
                sum(one.n for one in rest),
                "",
            )
        )
    return tuple(made)
