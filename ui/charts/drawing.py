"""Drawing with matplotlib; imported when the first chart is drawn, after the window is painted."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from PySide6.QtGui import QImage

import resources
from ui.charts.data import ChartData, axis_text
from ui.theme import LIGHT, Colours

Places = list[tuple[float, float, float, float]]

_one_at_a_time = threading.Lock()  # matplotlib's fonts are shared and not made for several threads
_LEAST_BARS = 5  # fewer bars are not drawn fatter
_LABEL = 22  # characters of a label beside a bar, and more where the chart is wide
_MARGIN = 14  # points from the left edge to a chart's title and note
_LETTER = 26  # points of a chart's width for each of them

font_manager.fontManager.addfont(str(resources.path("fonts", "NotoSansSC-Regular.otf")))
matplotlib.rcParams["font.family"] = ["Noto Sans SC", "DejaVu Sans"]
matplotlib.rcParams["axes.unicode_minus"] = False
matplotlib.rcParams["svg.fonttype"] = "path"


def picture(
    data: ChartData, width: int, height: int, scale: float, colours: Colours
) -> tuple[QImage, Places]:
    """The chart as an image of width × height points, and where its bars are (x, y, w, h)."""
    with _one_at_a_time:
        figure, shapes = _figure(data, width, height, scale, colours)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        across, down = canvas.get_width_height(physical=True)
        raw = bytes(canvas.buffer_rgba())
        boxes = [shape.get_window_extent() for shape in shapes]
    image = QImage(raw, across, down, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(scale)
    places = [
        (box.x0 / scale, (down - box.y1) / scale, box.width / scale, box.height / scale)
        for box in boxes
    ]
    return image, places


def save(data: ChartData, path: Path, colours: Colours = LIGHT) -> None:
    """Write the chart as PNG, SVG or PDF, by the name."""
    with _one_at_a_time:
        figure, _ = _figure(data, 900, 540, 2, colours)
        figure.savefig(path)


def _figure(
    data: ChartData, width: float, height: float, scale: float, c: Colours
) -> tuple[Figure, list[Any]]:
    size = (max(width - 2, 100) / 100, max(height - 2, 100) / 100)
    figure = Figure(figsize=size, dpi=100 * scale, facecolor=c.surface, layout="constrained")
    layout: Any = figure.get_layout_engine()
    layout.set(w_pad=0.12, h_pad=0.1)
    axes: Any = figure.add_subplot(facecolor=c.surface)
    left = _MARGIN / max(width, 100)  # the same distance from the edge in every chart
    figure.suptitle(data.title, x=left, ha="left", color=c.text, fontsize=10.5)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(colors=c.muted, labelsize=8, length=0)
    axes.set_axisbelow(True)
    if data.kind == "columns":
        shapes = _columns(axes, data, width, c)
    elif data.kind == "rates":
        shapes = _rates(axes, data, width, c)
    else:
        shapes = _ranked(axes, data, width, c)
    if data.note:
        figure.supxlabel(data.note, fontsize=7.5, color=c.muted, x=left, ha="left")
    return figure, shapes


def _values(data: ChartData) -> Any:
    return FuncFormatter(lambda value, _: axis_text(value, data))


def _columns(axes: Any, data: ChartData, width: float, c: Colours) -> list[Any]:
    places = range(len(data.bars))
    shapes = axes.bar(places, [one.value for one in data.bars], color=c.series[0], width=0.72)
    room = max(int((width - 70) // 52), 1)
    step = -(-len(data.bars) // room)
    axes.set_xticks(list(places)[::step], [one.label for one in data.bars][::step])
    axes.yaxis.set_major_formatter(_values(data))
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.grid(axis="y", color=c.border, linewidth=0.7)
    return list(shapes)


def _names(axes: Any, data: ChartData, width: float) -> None:
    labels = [one.label or "–" for one in data.bars]
    most = max(_LABEL, int(width / _LETTER))
    short = [one if len(one) <= most else one[: most - 1] + "…" for one in labels]
    size = 8 if len(short) <= 14 else 7 if len(short) <= 20 else 6
    axes.set_yticks(range(len(short)), short, fontsize=size)
    axes.set_ylim(max(len(short), _LEAST_BARS) - 0.4, -0.6)
    axes.xaxis.set_major_formatter(_values(data))
    axes.xaxis.set_major_locator(MaxNLocator(5))


def _ranked(axes: Any, data: ChartData, width: float, c: Colours) -> list[Any]:
    places = range(len(data.bars))
    shapes = axes.barh(places, [one.value for one in data.bars], height=0.68, color=c.series[0])
    most = max((one.value for one in data.bars), default=1) or 1
    clear = {"facecolor": c.surface, "edgecolor": "none", "pad": 1}  # the grid stays behind
    for at, one in enumerate(data.bars):
        value = "" if data.unit == "count" else axis_text(one.value, data) + "  "
        text = f"{value}n={one.n:,}" + (f"  {one.note}" if one.note else "")
        place = max(one.value, 0) + most * 0.012
        axes.text(place, at, text, va="center", fontsize=7.5, color=c.muted, bbox=clear)
    axes.set_xlim(right=most * 1.3)
    _names(axes, data, width)
    axes.grid(axis="x", color=c.border, linewidth=0.7)
    return list(shapes)


def _rates(axes: Any, data: ChartData, width: float, c: Colours) -> list[Any]:
    places = list(range(len(data.bars)))
    for at, one in enumerate(data.bars):
        ends = [one.low, one.high]
        axes.plot(ends, [at, at], color=c.series[0], linewidth=2, alpha=0.5, solid_capstyle="round")
        axes.text(1.01, at, f"n={one.n:,}", va="center", fontsize=7, color=c.muted)
    shapes = axes.barh(places, [one.value for one in data.bars], height=0.7, alpha=0)
    axes.plot([one.value for one in data.bars], places, "o", color=c.series[0], markersize=4.5)
    if data.reference is not None:
        axes.axvline(data.reference, color=c.series[1], linewidth=1, linestyle="--")
    axes.set_xlim(0, 1)
    _names(axes, data, width)
    axes.grid(axis="x", color=c.border, linewidth=0.7)
    return list(shapes)
