"""A bridge: where a sum stood, what was added and taken, and where it stands."""

from __future__ import annotations

from typing import Any

from ui.charts import data as charts
from ui.charts.data import ChartData, axis_text
from ui.charts.lettering import drawable
from ui.charts.shapes import (
    PAD,
    Frame,
    names_beside,
    room_for,
    row_size,
    ticks,
    value_axis,
)

_THICK = 0.62
_BREAK = 0.022  # where a cut bar is marked, in parts of the axis


def bridge(axes: Any, data: ChartData, frame: Frame) -> list[Any]:
    """Sums at both ends and steps between, each with its sign and number; what counts is where ends lie."""
    c = frame.colours
    levels = [(float(one), float(other)) for one, other in charts.levels(data)]
    low, high = charts.reach(data)
    cut = low > 0
    shapes = []
    for at, (start, end) in enumerate(levels):
        step = charts.is_step(data, at)
        left = min(start, end) if step else max(min(start, end), low)
        colour = (c.series[0] if end >= start else c.series[1]) if step else c.muted
        shapes += axes.barh([at], [max(start, end) - left], left=left, height=_THICK, color=colour)
    _joined(axes, levels, c.muted)
    names = names_beside(axes, data, frame)
    width = max(frame.width - names - 50, 120)
    size = row_size(data, frame, 7.5)
    texts = [_text(data, at) for at in range(len(levels))]
    room = room_for(texts, [1.0] * len(texts), size, width, negative=False)
    dot = (high - low) / max(width - room, 60)
    _written(axes, texts, levels, (dot, size, frame))
    axes.set_xlim(low, high + room * dot)
    if cut:
        _mark_cut(axes, len(levels), low, (high + room * dot - low) * _BREAK, c.surface)
    value_axis(axes.xaxis, data, low, high, ticks(width, frame))
    axes.grid(axis="x", color=c.border, linewidth=0.7)
    if low < 0:
        axes.axvline(0, color=c.muted, linewidth=0.8)
    return shapes


def _joined(axes: Any, levels: list[tuple[float, float]], colour: str) -> None:
    """Thin lines from where a bar ends to where the next begins."""
    for at, (_, end) in enumerate(levels[:-1]):
        down = [at + _THICK / 2, at + 1 - _THICK / 2]
        axes.plot([end, end], down, color=colour, linewidth=0.9)


def _written(
    axes: Any,
    texts: list[str],
    levels: list[tuple[float, float]],
    how: tuple[float, float, Frame],
) -> None:
    dot, size, frame = how
    clear = {"facecolor": frame.colours.surface, "edgecolor": "none", "pad": 1}
    for at, (start, end) in enumerate(levels):
        place = max(start, end, 0.0) + PAD * 0.7 * dot
        axes.text(
            place, at, texts[at], va="center", fontsize=size, color=frame.colours.muted, bbox=clear
        )


def _text(data: ChartData, at: int) -> str:
    one = data.bars[at]
    return drawable(f"{charts.sign(data, at)}{axis_text(one.value, data)} · n={one.n:,}")


def _mark_cut(axes: Any, count: int, low: float, wide: float, colour: str) -> None:
    """Two strokes through the foot of both sums: their length is not to be compared."""
    for at in (0, count - 1):
        for shift in (1.0, 1.7):
            x = low + wide * shift
            axes.plot(
                [x, x + wide * 0.45], [at + 0.4, at - 0.4], color=colour, linewidth=2, zorder=3
            )
