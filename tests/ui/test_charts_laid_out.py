"""How charts are laid out and coloured: nothing runs into anything, every eye tells the bars apart."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from PySide6.QtGui import QColor

from models import texts
from tests.ui.charted import LONG, SOLD, image_of, made
from tests.ui.test_insights import chart, drawn, insights, middle
from ui import theme
from ui.charts import drawing, shapes
from ui.charts.data import Bar, ChartData, axis_name, axis_scale, axis_text
from ui.theme import DARK, LIGHT

__all__ = ["insights"]


def laid_out(data: ChartData, width: int = 520, height: int = 330, text: float = 1.0):
    """The axes of a chart as it is drawn, and the place of everything on it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure, bars = drawing._figure(data, shapes.Frame(width, height, LIGHT, text), 1)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return figure, figure.axes[0], bars


def boxes(found) -> list:
    return [one.get_window_extent() for one in found if one.get_visible() and one.get_text()]


def ticks(axis) -> list:
    """The labels of an axis that are drawn; it keeps others beyond its ends."""
    return [one.label1 for one in axis._update_ticks()]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("width", "text"), [(330, 1.0), (520, 1.0), (700, 1.6), (1200, 1.0)])
def test_long_names_never_run_into_each_other_nor_out_of_the_chart(language, width, text):
    texts.set_language(language)
    names = [LONG, "The Very Long Name of a Company That Nobody Would Shorten, Incorporated", "乙"]
    bars = tuple(Bar(names[at % 3], Decimal(50_000 - at), 1234, at) for at in range(20))
    for kind in ("ranked", "rates", "columns"):
        data = ChartData("?", kind, "money", "CNY", bars)
        if kind == "rates":
            rated = tuple(Bar(one.label, Decimal("0.5"), 1234, 1, 0.1, 0.9) for one in bars)
            data = ChartData("?", kind, "percent", "CNY", rated)
        if kind == "columns":
            months = tuple(Bar(f"20{at:02}-12", Decimal(at), 1, at) for at in range(60))
            data = ChartData("?", kind, "money", "CNY", months)
        figure, axes, _ = laid_out(data, width, 480 if text == 1 else 560, text)
        placed = boxes([*ticks(axes.xaxis), *ticks(axes.yaxis)])
        for one, other in combinations(placed, 2):
            assert not one.overlaps(other), (kind, one, other)
        for one, other in combinations(boxes(axes.texts), 2):
            assert not one.overlaps(other), (kind, one, other)
        inside = figure.bbox
        for one in boxes([*axes.texts, *ticks(axes.xaxis), *ticks(axes.yaxis)]):
            assert one.x0 >= inside.x0 - 1, (kind, width)
            assert one.x1 <= inside.x1 + 1, (kind, width)


@pytest.mark.parametrize("kind", ["columns", "ranked"])
def test_negative_values_go_the_other_way_from_a_line_at_nought(kind):
    texts.set_language("en")
    _, axes, bars = laid_out(made(kind, [5, -3, 2000, -900]))
    sizes = [one.get_height() if kind == "columns" else one.get_width() for one in bars]
    assert sizes == [5, -3, 2000, -900]
    low, high = axes.get_ylim() if kind == "columns" else axes.get_xlim()
    assert low < -900
    assert high > 2000
    assert len(axes.lines) == 1
    for one, bar in zip(axes.texts, bars, strict=False):
        if bar.get_width() < 0:
            assert one.get_window_extent().x1 <= bar.get_window_extent().x0
        else:
            assert one.get_window_extent().x0 >= bar.get_window_extent().x1


@pytest.mark.parametrize("kind", ["columns", "ranked", "funnel"])
def test_a_chart_that_knows_only_nought_says_only_nought(kind):
    texts.set_language("en")
    _, axes, bars = laid_out(made(kind, [0, 0, 0]))
    axis = axes.yaxis if kind == "columns" else axes.xaxis
    assert [one.get_text() for one in axis.get_ticklabels() if one.get_text()] == ["¥0"]
    assert len(bars) == 3


def test_an_axis_counts_in_the_units_of_its_language_in_one_scale_and_names_them():
    data = made("columns", [1])
    usd = ChartData("Sold", "columns", "money", "USD", data.bars)
    texts.set_language("zh_CN")
    assert axis_name(data) == "Title?（元）"
    assert axis_name(usd) == "Sold（USD）"
    scale = axis_scale(2e6)
    assert [axis_text(one, data, scale) for one in (0, 5e3, -5e4, 2e6)] == [
        "¥0", "¥0.5万", "-¥5万", "¥200万",
    ]  # fmt: skip
    assert axis_text(3.2e8, data) == "¥3.2亿"
    texts.set_language("en")
    assert axis_name(usd) == "Sold (USD)"
    scale = axis_scale(2e6)
    assert [axis_text(one, usd, scale) for one in (0, 5e5, -2e6)] == ["$0", "$0.5M", "-$2M"]
    assert [axis_text(one, usd) for one in (950, 1500, 3.2e9)] == ["$950", "$1.5K", "$3.2B"]


# Machado, Oliveira, Fernandes 2009, full severity: red-blind, green-blind, blue-blind.
SEEN = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "red-blind": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "green-blind": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "blue-blind": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}  # fmt: skip


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]


def light(colour: str) -> float:
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def lab(colour: str, eye: str) -> list[float]:
    seen = [
        min(1.0, max(0.0, sum(m * v for m, v in zip(row, linear(colour), strict=True))))
        for row in SEEN[eye]
    ]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1, 1.089)
    x, y, z = (
        (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116)
        for v in (
            sum(m * one for m, one in zip(row, seen, strict=True)) / w
            for row, w in zip(to_xyz, white, strict=True)
        )
    )
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_of_a_chart_stands_out_and_is_told_from_the_others_by_every_eye(colours):
    for one in colours.series:
        assert contrast(one, colours.surface) >= 3, one
    for one, other in combinations(colours.series, 2):
        for eye in SEEN:
            far = sum((a - b) ** 2 for a, b in zip(lab(one, eye), lab(other, eye), strict=True))
            assert far**0.5 >= 20, (one, other, eye)
    for text in (colours.text, colours.muted):
        assert contrast(text, colours.surface) >= 4.5


def test_a_chart_is_drawn_in_the_colours_of_the_theme(qtbot, window, insights):
    shown = chart(insights, SOLD)
    for name, colours in (("dark", DARK), ("light", LIGHT)):
        window.set_theme(name)
        drawn(qtbot, insights)
        qtbot.waitUntil(lambda: not window.jobs.busy)
        assert theme.colours() is colours
        assert image_of(shown).pixelColor(middle(shown, 0)) == QColor(colours.series[0])
