"""What each kind of chart is drawn of. Gives the shape of every bar: where it is pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ui.charts.data import ChartData, axis_name, axis_scale, axis_text
from ui.charts.lettering import POINT, drawable, fitting, wide
from ui.theme import Colours

_LEAST_BARS = 5  # fewer bars are not drawn fatter
_NAMES = 0.34  # the part of a chart's width that names may take
_STEPS = [1, 2, 2.5, 5, 10]  # of ticks, as people count
_MOST_TICKS = 8
_MONTHS = (1, 2, 3, 4, 6, 12)  # steps at which months fall on the same ones each year
PAD = 8  # dots between a bar and what is written at its end


@dataclass(frozen=True)
class Frame:
    """How large a chart is drawn, in dots of the window, and what of it is hidden."""

    width: float
    height: float
    colours: Colours
    text: float = 1.0  # how much larger than usual the person wants letters
    hidden: frozenset[str] = frozenset()

    def shows(self, part: str) -> bool:
        """Whether the legend leaves it on."""
        return part not in self.hidden


def ends(data: ChartData, frame: Frame) -> tuple[float, float]:
    """The least and largest value that is shown; zero always is."""
    values = [0.0]
    if frame.shows("value"):
        values += [float(one.value) for one in data.bars]
    if frame.shows("interval") and data.kind == "columns":
        values += [end for one in data.bars for end in (one.low, one.high) if end is not None]
    for at, line in enumerate(data.lines):
        if frame.shows(f"line{at}"):
            values += [float(one) for one in line.values if one is not None]
    low, high = min(values), max(values)
    return (low, high) if low or high else (0.0, 1.0)


def value_axis(axis: Any, data: ChartData, low: float, high: float, most: int) -> None:
    """Ticks of one scale; a chart that knows only zero says only zero."""
    size = axis_scale(max(abs(low), abs(high)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: axis_text(value, data, size)))
    whole = data.unit == "count"
    known = any(one.value for one in data.bars) or data.lines
    axis.set_major_locator(
        MaxNLocator(most, integer=whole, steps=_STEPS) if known else FixedLocator([0])
    )


def columns(axes: Any, data: ChartData, frame: Frame) -> list[Any]:
    """Values over time, side by side."""
    c, places = frame.colours, range(len(data.bars))
    values = [float(one.value) for one in data.bars]
    shapes = axes.bar(places, values, color=c.series[0], width=0.72)
    for one in shapes:
        one.set_visible(frame.shows("value"))
    for at, one in enumerate(data.bars):
        if one.low is not None and frame.shows("interval"):
            axes.plot([at, at], [one.low, one.high], color=c.series[1], linewidth=1.8)
    for at, line in enumerate(data.lines):
        if frame.shows(f"line{at}"):
            heights = [float("nan") if one is None else float(one) for one in line.values]
            colour = c.series[at + 1]
            axes.plot(places, heights, "-o", color=colour, linewidth=1.6, markersize=3.2)
    low, high = ends(data, frame)
    axes.set_ylim(low * 1.06, high * 1.06)
    axes.set_xlim(-0.7, max(len(data.bars), _LEAST_BARS) - 0.3)
    labels = [drawable(one.label) for one in data.bars]
    size = 8 * frame.text
    widest = max((wide(one, size) for one in labels), default=1.0) + 12
    room = max(int((frame.width - 80 * frame.text) / widest), 1)
    least = -(-max(len(data.bars), _LEAST_BARS) // room)
    step = next((one for one in _MONTHS if one >= least), least)
    axes.set_xticks(list(places)[::step], labels[::step])
    value_axis(axes.yaxis, data, low, high, 6)
    axes.tick_params(
        axis="x", pad=8 * frame.text
    )  # clear of the value at the foot of the other axis
    axes.set_title(axis_name(data), loc="left", fontsize=7.5 * frame.text, color=c.muted, pad=5)
    axes.grid(axis="y", color=c.border, linewidth=0.7)
    if low < 0:
        axes.axhline(0, color=c.muted, linewidth=0.8)
    return list(shapes)


def row_size(data: ChartData, frame: Frame, points: float) -> float:
    """Points of the letters in a row of bars: as many as asked for, where the row is high enough."""
    rows = max(len(data.bars), _LEAST_BARS)
    each = max(frame.height - 60 * frame.text, 40) / rows / POINT
    return max(min(points * frame.text, each * 0.78), 4)


def names_beside(axes: Any, data: ChartData, frame: Frame) -> float:
    """The names at the left; gives how many dots they take."""
    rows = max(len(data.bars), _LEAST_BARS)
    size = row_size(data, frame, 8)
    room = frame.width * _NAMES
    short = [fitting(drawable(one.label) or "–", size, room) for one in data.bars]
    axes.set_yticks(range(len(short)), short, fontsize=size)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_xlabel(
        axis_name(data), fontsize=7.5 * frame.text, color=frame.colours.muted, loc="left"
    )
    return max((wide(one, size) for one in short), default=0.0)


def _end_text(data: ChartData, at: int) -> str:
    one = data.bars[at]
    value = "" if data.unit == "count" else axis_text(one.value, data) + " · "
    return drawable(f"{value}n={one.n:,}" + (f" · {one.note}" if one.note else ""))


def ranked(axes: Any, data: ChartData, frame: Frame) -> list[Any]:
    """Values side by side, largest first, each with its name and number."""
    c, places = frame.colours, range(len(data.bars))
    values = [float(one.value) for one in data.bars]
    shapes = axes.barh(places, values, height=0.68, color=c.series[0])
    for one in shapes:
        one.set_visible(frame.shows("value"))
    names = names_beside(axes, data, frame)
    low, high = ends(data, frame)
    size = row_size(data, frame, 7.5)
    texts = [_end_text(data, at) for at in places]
    width = max(frame.width - names - 50, 120)
    below = room_for(texts, values, size, width, negative=True)
    above = room_for(texts, values, size, width, negative=False)
    dot = (high - low) / max(width - below - above, 60)
    clear = {"facecolor": c.surface, "edgecolor": "none", "pad": 1}  # the grid stays behind
    for at, value in enumerate(values):
        place = value + (-PAD if value < 0 else PAD) * 0.7 * dot
        side = "right" if value < 0 else "left"
        axes.text(
            place, at, texts[at], ha=side, va="center", fontsize=size, color=c.muted, bbox=clear
        )
    axes.set_xlim(low - below * dot, high + above * dot)
    value_axis(axes.xaxis, data, low, high, ticks(width, frame))
    axes.grid(axis="x", color=c.border, linewidth=0.7)
    if low < 0:
        axes.axvline(0, color=c.muted, linewidth=0.8)
    return list(shapes)


def ticks(width: float, frame: Frame) -> int:
    """How many values an axis names: as many as stand apart, and no more than are read."""
    return min(max(int(width // (70 * frame.text)), 2), _MOST_TICKS)


def room_for(
    texts: list[str], values: list[float], size: float, width: float, *, negative: bool
) -> float:
    """Dots that what is written at the bars of one side needs beyond the longest of them."""
    needed = [
        wide(text, size) + 2 * PAD
        for text, value in zip(texts, values, strict=True)
        if (value < 0) == negative
    ]
    return min(max(needed, default=0.0), width * 0.45)


def rates(axes: Any, data: ChartData, frame: Frame) -> list[Any]:
    """Shares between nought and all, each with the interval that its count allows."""
    c, places = frame.colours, range(len(data.bars))
    size = row_size(data, frame, 7.5)
    for at, one in enumerate(data.bars):
        if frame.shows("interval"):
            colour = c.series[0]
            axes.plot([one.low, one.high], [at, at], color=colour, linewidth=1.4)
        axes.annotate(
            f"n={one.n:,}",
            (1, at),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=size,
            color=c.muted,
            annotation_clip=False,
        )
    shapes = axes.barh(places, [float(one.value) for one in data.bars], height=0.7)
    for one in shapes:  # where the mouse points; what is drawn are dots
        one.set_visible(False)
    if frame.shows("value"):
        values = [float(one.value) for one in data.bars]
        axes.plot(values, places, "o", color=c.series[0], markersize=6)
    if data.reference is not None and frame.shows("reference"):
        axes.axvline(
            float(data.reference), color=c.series[1], linewidth=1.2, linestyle="--", zorder=1
        )
    names_beside(axes, data, frame)
    axes.set_xlim(-0.01, 1.01)
    value_axis(axes.xaxis, data, 0, 1, 5)
    axes.grid(axis="x", color=c.border, linewidth=0.7)
    return list(shapes)
