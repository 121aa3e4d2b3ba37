"""Charts: read by mouse and keyboard, turned on and off by their legend, taken away whole."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMenu, QToolButton

from models import texts
from tests.ui.acting import click, named
from tests.ui.test_insights import chart, charts, drawn, insights, middle, opened
from ui import theme
from ui.charts import drawing, lettering, paper, shapes
from ui.charts.canvas import Chart
from ui.charts.data import Bar, ChartData, Line, axis_name, axis_scale, axis_text
from ui.theme import DARK, LIGHT

__all__ = ["insights"]
SOLD = "Who sold how much?"
LONG = "上海浦东新区张江高科技园区某某某某信息技术服务有限责任公司第二十三分公司"


def made(kind: str, values: list[int], **more: object) -> ChartData:
    bars = tuple(
        Bar(f"2025-{at:02}", Decimal(one), 3, at, 0.1, 0.9) if kind == "rates"
        else Bar(f"2025-{at:02}", Decimal(one), 3, at)
        for at, one in enumerate(values, 1)
    )  # fmt: skip
    unit = "percent" if kind == "rates" else "money"
    return ChartData("Title?", kind, unit, "CNY", bars, **more)


@pytest.fixture
def alone(qtbot, window) -> Iterator[Chart]:
    shown = Chart(window.jobs)
    qtbot.addWidget(shown)
    shown.resize(700, 420)
    shown.show()
    yield shown
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)


def show(qtbot, shown: Chart, data: ChartData) -> None:
    shown.show_data(data)
    qtbot.waitUntil(lambda: shown.ready and not shown._settled.isActive(), timeout=60_000)


def readout(shown: Chart) -> str:
    label = shown.findChild(QLabel, "readout")
    return label.text() if label.isVisible() else ""


def menu_of(shown: Chart) -> QMenu:
    QApplication.processEvents()
    [menu] = [one for one in shown.findChildren(QMenu) if one.isVisible()]
    return menu


def image_of(shown: Chart) -> QImage:
    return shown.grab().toImage()


# -- reading ---------------------------------------------------------------------------------------


def test_pointing_at_a_bar_says_its_value_beside_it(qtbot, insights):
    shown = chart(insights, SOLD)
    qtbot.mouseMove(shown, middle(shown, 1))
    value, age = readout(shown).split("\n")
    assert value == "王强: ¥3,000.00   n=1"
    assert age.startswith("data as of ")
    qtbot.mouseMove(shown, QPoint(2, 2))
    assert readout(shown) == ""


def test_the_keyboard_walks_over_the_bars_and_what_it_stands_on_is_seen_and_read(qtbot, insights):
    shown = chart(insights, SOLD)
    shown.setFocus()
    before = image_of(shown)
    QAccessible.setActive(True)
    try:
        told = QAccessible.queryAccessibleInterface(shown)
        for key, said in (
            (Qt.Key.Key_Right, "李娜: ¥4,000.00   n=1"),
            (Qt.Key.Key_End, "王强: ¥3,000.00   n=1"),
            (Qt.Key.Key_Up, "李娜: ¥4,000.00   n=1"),
            (Qt.Key.Key_Left, "王强: ¥3,000.00   n=1"),
            (Qt.Key.Key_Home, "李娜: ¥4,000.00   n=1"),
        ):
            qtbot.keyClick(shown, key)
            assert readout(shown).split("\n")[0] == said
            assert told.text(QAccessible.Text.Description) == readout(shown)
            assert told.text(QAccessible.Text.Name) == SOLD
    finally:
        QAccessible.setActive(False)
    assert image_of(shown) != before
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert readout(shown) == ""
    assert image_of(shown) == before


def test_the_space_key_opens_the_records_as_enter_does(qtbot, window, insights):
    shown = chart(insights, SOLD)
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_End)
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    opened(qtbot, window, SOLD, "王强")


def test_every_chart_says_what_it_measures_when_and_of_how_many_records(insights):
    for one in charts(insights):
        said = [label.text() for label in one.findChildren(QLabel) if label.isVisible()]
        assert one.data.title in said
        assert f"{one.data.table.measure} · All time · n={one.data.table.n:,}" in said
        assert one.data.table.n > 0


def test_a_chart_of_nothing_says_so_and_offers_nothing(qtbot, alone):
    show(qtbot, alone, made("ranked", []))
    said = [one.text() for one in alone.findChildren(QLabel) if one.isVisible()]
    assert [one for one in said if one.startswith("No records for this yet.")]
    assert not alone.findChild(QToolButton).isVisible()
    qtbot.keyClick(alone, Qt.Key.Key_Right)
    qtbot.keyClick(alone, Qt.Key.Key_Return)
    assert readout(alone) == ""


# -- the legend ------------------------------------------------------------------------------------


def test_an_entry_of_the_legend_takes_what_it_names_away_and_brings_it_back(qtbot, alone):
    line = Line("A year earlier", (Decimal(9), None, Decimal(8)))
    show(qtbot, alone, made("columns", [5, 6, 7], lines=(line,)))
    line_colour, bar_colour = QColor(LIGHT.series[1]), QColor(LIGHT.series[0])

    def has(colour: QColor) -> bool:
        plot = alone.grab(alone._space.geometry()).toImage()
        return any(
            plot.pixelColor(x, y) == colour
            for x in range(0, plot.width(), 1)
            for y in range(0, plot.height(), 1)
        )

    assert has(line_colour)
    assert has(bar_colour)
    assert alone.said(0).endswith("A year earlier: ¥9.00")
    entry = named(alone, QCheckBox, "A year earlier")
    entry.setFocus()
    qtbot.keyClick(entry, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: alone.ready)
    assert not has(line_colour)
    assert has(bar_colour)
    assert "earlier" not in alone.said(0)
    qtbot.keyClick(entry, Qt.Key.Key_Space)
    qtbot.keyClick(named(alone, QCheckBox, "Title?"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: alone.ready)
    assert has(line_colour)
    assert not has(bar_colour)
    focused = named(alone, QCheckBox, "Title?")
    show(qtbot, alone, made("columns", [5, 6, 9], lines=(line,)))
    assert named(alone, QCheckBox, "Title?") is focused  # new numbers leave it as it was
    assert not focused.isChecked()


def test_tab_goes_from_a_chart_to_its_legend_to_its_menu_to_the_next_chart(qtbot, window, insights):
    title = "Who wins more of the deals?"
    chart(insights, title).setFocus()
    visited = []
    for _ in range(5):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        visited.append(window.focusWidget().accessibleName())
    assert visited == [
        "Win rate", "95 % interval", "All together: 66.7%", f"Copy, save or print: {title}",
        "Which products sell most?",
    ]  # fmt: skip


def test_months_are_compared_with_the_year_before(window, qtbot, insights):
    with window.session.book.change("Last year") as change:
        deal = {"name": "旧商机", "customer": "C001", "owner": "王强", "stage": "赢单"}
        days = {"opened_on": "2025-02-01", "closed_on": "2025-03-09"}
        change.add("opportunity", {**deal, **days, "amount": 900})
    drawn(qtbot, insights)
    shown = chart(insights, "How much did we win each month?")
    [line] = shown.data.lines
    found = {
        bar.label: value
        for bar, value in zip(shown.data.bars, line.values, strict=True)
        if value is not None
    }
    assert found == {"2026-03": 900}
    at = [one.label for one in shown.data.bars].index("2026-03")
    assert shown.said(at) == "2026-03: ¥3,000.00   n=1\nA year earlier: ¥900.00"


# -- taking away -----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["right click", "menu key", "shift", "button"])
def test_each_chart_has_a_menu_by_mouse_and_keyboard(qtbot, insights, way):
    shown = chart(insights, SOLD)
    if way == "right click":
        at = middle(shown, 0)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, shown.mapToGlobal(at))
        QApplication.sendEvent(shown, event)
    elif way == "button":
        qtbot.keyClick(named(shown, QToolButton, f"Copy, save or print: {SOLD}"), Qt.Key.Key_Space)
    else:
        shown.setFocus()
        shifted = Qt.KeyboardModifier.ShiftModifier if way == "shift" else Qt.KeyboardModifier(0)
        qtbot.keyClick(shown, Qt.Key.Key_F10 if way == "shift" else Qt.Key.Key_Menu, shifted)
    menu = menu_of(shown)
    assert [one.text() for one in menu.actions()] == [
        "Copy as picture", "Save as picture…", "Data as a sheet…", "Print…",
    ]  # fmt: skip
    menu.close()


def test_a_copied_picture_is_light_whatever_the_theme_and_in_the_language_shown(
    qtbot, window, insights
):
    window.set_theme("dark")
    window.set_language("zh_CN")
    drawn(qtbot, insights)
    shown = chart(insights, "每个人卖了多少？")
    QGuiApplication.clipboard().clear()
    shown.taking.menu(shown).actions()[0].trigger()
    qtbot.waitUntil(lambda: window.notices.text == "图片已复制到剪贴板。", timeout=20_000)
    image = QGuiApplication.clipboard().image()
    assert image.pixelColor(2, 2) == QColor(LIGHT.surface)
    assert image.width() == 1800
    assert drawing._words(shown.data)[0][0] == "每个人卖了多少？"
    assert image_of(shown).pixelColor(3, 3) == QColor(DARK.surface)


def saved(qtbot, window, path: Path) -> Path:
    qtbot.waitUntil(lambda: path.exists() and not window.jobs.busy, timeout=30_000)
    return path


def test_a_chart_is_saved_as_picture_and_as_drawing(qtbot, window, insights, tmp_path):
    shown = chart(insights, SOLD)
    for suffix, begins in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".PDF", b"%PDF")):
        path = tmp_path / f"chart{suffix}"
        shown.taking.save(path)
        assert saved(qtbot, window, path).read_bytes().startswith(begins)
        assert window.notices.text == f"Saved: chart{suffix}"
    assert not list(tmp_path.glob("*.part"))


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(
    qtbot, window, insights, tmp_path
):
    shown = chart(insights, SOLD)
    for path, said in (
        (tmp_path / "none" / "a.png", "There is no folder"),
        (tmp_path / "a.gif", "The name must end in one of: .png, .svg, .pdf."),
    ):
        shown.taking.save(path)
        qtbot.waitUntil(lambda: said in window.notices.text, timeout=20_000)  # noqa: B023
        assert not path.exists()


def test_the_numbers_are_saved_typed_with_what_they_are_of(qtbot, window, insights, tmp_path):
    shown = chart(insights, SOLD)
    path = tmp_path / "numbers.xlsx"
    shown.taking.sheet(path)
    sheets = openpyxl.load_workbook(saved(qtbot, window, path))
    rows = list(sheets.worksheets[0].iter_rows(values_only=True))
    assert rows == [("Salesperson", "Won amount", "n"), ("李娜", 4000, 1), ("王强", 3000, 1)]
    about = dict(list(sheets.worksheets[1].iter_rows(values_only=True))[1:])
    assert about["Question"] == SOLD
    assert about["Measure"] == "Won amount"
    assert about["Period"] == "All time"
    assert about["Currency"] == "CNY"
    assert about["Number of records (n)"] == 2
    text = tmp_path / "numbers.csv"
    shown.taking.sheet(text)
    lines = saved(qtbot, window, text).read_text("utf-8-sig").splitlines()
    assert lines[1].startswith(f"李娜,4000,1,{SOLD},Won amount,")
    assert lines[0] == "Salesperson,Won amount,n,Question,Measure,Definition,Period,Currency"


# -- paper -----------------------------------------------------------------------------------------


def streams(pdf: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            yield found[1]


def letters(pdf: bytes) -> set[str]:
    """What the fonts of a PDF say that their glyphs mean: what can be searched and copied."""
    found: set[str] = set()
    for one in streams(pdf):
        for block in re.findall(rb"beginbf(?:char|range)(.*?)endbf", one, re.S):
            for line in block.splitlines():
                codes = re.findall(rb"<([0-9a-fA-F]+)>", line)
                if len(codes) == 2 or (len(codes) == 3 and b"[" not in line):
                    span = int(codes[1], 16) - int(codes[0], 16) if len(codes) == 3 else 0
                    start = bytes.fromhex(codes[-1].decode()).decode("utf-16-be")
                    found.update(chr(ord(start[-1]) + step) for step in range(span + 1))
                elif b"[" in line:
                    found.update(
                        bytes.fromhex(one.decode()).decode("utf-16-be") for one in codes[2:]
                    )
    return found


def test_a_pdf_of_the_page_has_titles_definitions_and_numbers_as_letters(
    qtbot, window, insights, tmp_path
):
    window.set_language("zh_CN")
    drawn(qtbot, insights)
    path = tmp_path / "page.pdf"
    insights.save_pdf(path)
    pdf = saved(qtbot, window, path).read_bytes()
    wanted = {"第", "页", "共"}
    for one in charts(insights):
        wanted |= set(one.data.title) | set(one.data.table.words) | set("¥0n=")
        wanted |= {letter for bar in one.data.bars for letter in bar.label}
    assert {one for one in wanted if not one.isspace()} - letters(pdf) == set()
    assert pdf.count(b"/Type /Page\n") >= 4


def test_a_chart_in_a_pdf_has_its_letters_in_and_none_is_a_box():
    texts.set_language("zh_CN")
    data = ChartData(
        "谁卖了多少？$1 和 $2", "ranked", "money", "CNY",
        (Bar(LONG[:12], Decimal(120_000), 3, 1), Bar("𠮷野 🙂\u0007", Decimal(-5), 1, 2)),
    )  # fmt: skip
    pdf = drawing.file(data, frozenset(), "pdf")
    assert set(LONG[:12]) | set("谁卖了多少？$1和万") <= letters(pdf)
    from matplotlib import font_manager

    known = {
        letter
        for family in lettering.PAPER
        for letter in font_manager.get_font(font_manager.findfont(family)).get_charmap()
    }
    for text in ("𠮷野 🙂\u0007", "\ue123\U000f1234a\nb", LONG):
        assert all(ord(one) in known for one in lettering.drawable(text))
    assert lettering.drawable("a\n\tb\u0007") == "a b"


@pytest.mark.parametrize("whole", [True, False])
def test_a_chart_or_the_whole_page_goes_to_the_printer_that_is_chosen(
    qtbot, window, insights, tmp_path, whole
):
    if whole:
        click(qtbot, insights, "Print…")
    else:
        shown = chart(insights, SOLD)
        shown.taking.menu(shown).actions()[3].trigger()
    [dialog] = [one for one in window.findChildren(QPrintDialog) if one.isVisible()]
    path = tmp_path / "printed.pdf"
    dialog.printer().setOutputFileName(str(path))
    dialog.done(QPrintDialog.DialogCode.Accepted)
    qtbot.waitUntil(lambda: "sent to the printer" in window.notices.text, timeout=30_000)
    pages = path.read_bytes().count(b"/Type /Page\n")
    assert pages == (4 if whole else 1)
    assert window.notices.text == f"{pages} page{'s' if whole else ''} sent to the printer"


def test_what_is_printed_is_dealt_on_pages_and_none_is_left_out():
    drawn_ones = [
        paper.draw(made("ranked", list(range(1, count))), frozenset()) for count in (31, 31, 3)
    ]
    pdf = paper.pdf("Team · Insights", drawn_ones, "Team")
    assert pdf.count(b"/Type /Page\n") == 3


# -- drawing ---------------------------------------------------------------------------------------


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


# -- colours ---------------------------------------------------------------------------------------

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
