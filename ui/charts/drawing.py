"""Drawing with matplotlib; imported when the first chart is drawn, after the window is painted.

On the screen a chart's title and legend are the window's own; in pictures and files they are drawn
with it, always as on paper.
"""

from __future__ import annotations

import io
import threading
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from PySide6.QtGui import QImage

from ui.charts import bridge_shape, lettering, shapes
from ui.charts.data import ChartData, Part, parts, subtitle
from ui.charts.lettering import POINT, drawable
from ui.charts.recording import Recording, record
from ui.charts.shapes import Frame
from ui.theme import LIGHT

Places = list[tuple[float, float, float, float]]
FORMATS = ("png", "svg", "pdf")
WIDTH = 900  # dots of a picture
_LEAST, _ROW, _HEAD = 470, 23, 210  # its height: at least, for each bar with a name, for the rest
_SCALE = 2.0
_PAPER_WIDTH, _WORDS = 680, 90  # dots on paper, and the height that it spares for the head
_POINTS = 0.72  # a scale at which a dot of the drawing is a point
_MARGIN = 16
_LEGEND = 30

_one_at_a_time = threading.Lock()  # matplotlib's fonts are shared and not made for several threads
_KINDS = {"columns": shapes.columns, "rates": shapes.rates, "bridge": bridge_shape.bridge}


def screen(data: ChartData, frame: Frame, scale: float) -> tuple[QImage, Places]:
    """The chart without title and legend, and where its bars are (x, y, w, h) in dots."""
    with _one_at_a_time, matplotlib.rc_context({"font.family": lettering.SCREEN}):
        figure, bars = _figure(data, frame, scale)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        image = _image(canvas)
        down = image.height()
        boxes = [one.get_window_extent() for one in bars]
    image.setDevicePixelRatio(scale)
    return image, [
        (box.x0 / scale, (down - box.y1) / scale, box.width / scale, box.height / scale)
        for box in boxes
    ]


def _image(canvas: Any) -> QImage:
    across, down = canvas.get_width_height(physical=True)
    raw = bytes(canvas.buffer_rgba())
    return QImage(raw, across, down, QImage.Format.Format_RGBA8888).copy()


def height(data: ChartData) -> float:
    """Dots that a picture of the chart is high: more where it has more names."""
    rows = 0 if data.kind == "columns" else len(data.bars)
    return max(_LEAST, _HEAD + _ROW * rows)


def whole(data: ChartData, hidden: frozenset[str]) -> QImage:
    """The chart as a picture for other programs: with title, legend and notes."""
    with _one_at_a_time, matplotlib.rc_context({"font.family": lettering.PAPER}):
        canvas: Any = FigureCanvasAgg(_dressed(data, hidden, head=True))
        canvas.draw()
        return _image(canvas)


def recorded(data: ChartData, hidden: frozenset[str]) -> Recording:
    """The chart for paper, where somebody else writes title and definition."""
    with _one_at_a_time, matplotlib.rc_context({"font.family": lettering.PAPER}):
        return record(_dressed(data, hidden, head=False))


def file(data: ChartData, hidden: frozenset[str], format: str) -> bytes:
    """The chart as a file."""
    with _one_at_a_time, matplotlib.rc_context({"font.family": lettering.PAPER}):
        figure = _dressed(data, hidden, head=True)
        made = io.BytesIO()
        about = {"Title": data.title} if format in ("pdf", "svg", "png") else None
        figure.savefig(made, format=format, metadata=about)
    return made.getvalue()


def _figure(data: ChartData, frame: Frame, scale: float) -> tuple[Figure, list[Any]]:
    c = frame.colours
    size = (max(frame.width, 100) / 100, max(frame.height, 80) / 100)
    figure = Figure(figsize=size, dpi=100 * scale, facecolor=c.surface, layout="constrained")
    layout: Any = figure.get_layout_engine()
    layout.set(w_pad=0.12, h_pad=0.08)
    axes: Any = figure.add_subplot(facecolor=c.surface)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(colors=c.muted, labelsize=8 * frame.text, length=0)
    axes.set_axisbelow(True)
    return figure, _KINDS.get(data.kind, shapes.ranked)(axes, data, frame)


def _dressed(data: ChartData, hidden: frozenset[str], *, head: bool) -> Figure:
    """The chart as on paper, with the words that say what it is."""
    # On paper the page writes the head, and letters are larger for the width that it has.
    wide = WIDTH if head else _PAPER_WIDTH
    down = height(data) - (0 if head else _WORDS)
    above = _words(data) if head else []
    below = lettering.lines(drawable(data.note), 8, wide - 2 * _MARGIN)
    top = sum(size * POINT * 1.45 for _, size, _ in above) + (10 if above else 0)
    foot = 8 * POINT * 1.45 * len(below) + (6 if below else 0)
    bottom = foot + (_LEGEND if len(_legend_parts(data, hidden)) else 0)
    frame = Frame(wide, down - top - bottom, LIGHT, 1.0, hidden)
    figure, _ = _figure(data, frame, _SCALE if head else _POINTS)
    figure.set_size_inches(wide / 100, down / 100)
    layout: Any = figure.get_layout_engine()
    layout.set(rect=(0, bottom / down, 1, 1 - (top + bottom) / down))
    y = float(_MARGIN) * 0.6
    for text, size, colour in above:
        figure.text(_MARGIN / wide, 1 - y / down, text, va="top", fontsize=size, color=colour)
        y += size * POINT * 1.45
    for at, text in enumerate(reversed(below)):
        place = (4 + at * 8 * POINT * 1.45) / down
        figure.text(_MARGIN / wide, place, text, va="bottom", fontsize=8, color=LIGHT.muted)
    _legend(figure, data, hidden, foot / down)
    return figure


def _words(data: ChartData) -> list[tuple[str, float, str]]:
    room = WIDTH - 2 * _MARGIN
    said = [(one, 13.0, LIGHT.text) for one in lettering.lines(drawable(data.title), 13, room)]
    words = data.table.words if data.table is not None else ""
    for text in (subtitle(data), words):
        said += [(one, 8.5, LIGHT.muted) for one in lettering.lines(drawable(text), 8.5, room)]
    return said


def _legend_parts(data: ChartData, hidden: frozenset[str]) -> list[Part]:
    """What a legend names; nothing where the title says it all."""
    every = parts(data)
    return [one for one in every if one.id not in hidden] if len(every) > 1 else []


def _legend(figure: Figure, data: ChartData, hidden: frozenset[str], bottom: float) -> None:
    shown = _legend_parts(data, hidden)
    if not shown:
        return
    handles: list[Any] = []
    for one in shown:
        colour, label = LIGHT.series[one.colour], drawable(one.label)
        if one.shape == "bar":
            handles.append(Patch(color=colour, label=label))
            continue
        style: dict[str, tuple[Any, str]] = {
            "dot": ("", "o"),
            "span": ("-", ""),
            "line": ("-", "o"),
            "dashes": ("--", ""),
        }
        line, mark = style[one.shape]
        handles.append(
            Line2D([], [], color=colour, linestyle=line, marker=mark, markersize=5, label=label)
        )
    made = figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, bottom),
        ncols=len(handles),
        frameon=False,
        fontsize=8,
    )
    made.set_in_layout(False)
    for text in made.get_texts():
        text.set_color(LIGHT.muted)
