"""Charts leave the program: as pictures, as numbers, as pages of a PDF, from the printer."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog

from models import texts
from tests.ui.acting import click
from tests.ui.charted import LONG, SOLD, image_of, letters, made
from tests.ui.test_insights import chart, charts, drawn, insights
from ui.charts import drawing, lettering, paper
from ui.charts.data import Bar, ChartData
from ui.theme import DARK, LIGHT

__all__ = ["insights"]


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
