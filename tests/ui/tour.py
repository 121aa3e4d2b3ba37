"""A walk through everything that a window can show: pages, lists, details, panes, dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QSlider, QTabWidget, QWidget

from models import pasting
from tests.ui.acting import settle
from ui.dialogs.find_replace import FindReplace
from ui.dialogs.import_review import ImportReview
from ui.dialogs.new_book import NewBook
from ui.dialogs.new_field import NewField
from ui.dialogs.new_record import NewRecord
from ui.dialogs.paste_review import PasteReview
from ui.dialogs.preferences import Preferences
from ui.dialogs.quick_entry import QuickEntry
from ui.main_window import MainWindow
from ui.navigation import PAGES
from ui.popover import Popover
from ui.records.condition_pane import ConditionPane
from ui.records.filter_builder import FilterBuilder
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage

SHEET = """客户名称,客户编号,负责人,等级,门店面积
新一有限公司,N1,小王,A,三间
新二有限公司,N2,赵敏,优,五间
华诚有限公司,,小王,,
华诚有限责任公司,,小王,,
"""


def pages(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Every page as it opens."""
    for page in PAGES:
        window.page(page.id)
        settle(qtbot, window)
        yield page.id, window


def tour(qtbot, window: MainWindow, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Everything in turn, by name; what is shown may be looked at until the next is asked for."""
    kinds: set[str] = set()
    for page in PAGES:
        shown = window.page(page.id)
        settle(qtbot, window)
        yield page.id, window
        if isinstance(shown, TabbedPage):
            for place in shown.lists:
                yield from _list(qtbot, window, shown, place.entity)
                yield from _filters(qtbot, window, shown.list_of(place.entity), kinds)
    window.page("customers")
    window.do_history()
    window.notices.say("…", 1)
    settle(qtbot, window)
    yield "history", window
    window.do_history()
    window.notices.hide()
    window.do_tour()
    settle(qtbot, window)
    yield "tour", window
    window.tour.end()
    window.do_help()
    settle(qtbot, window)
    yield "help", window.help.window
    window.help.window.close()
    window.do_palette()
    settle(qtbot, window)
    yield "palette", window
    window.do_palette()
    yield from _dialogs(qtbot, window)
    yield from _review(qtbot, window, folder)
    book = window.session.book.path
    window.do_close_book()
    QApplication.processEvents()
    yield "start", window
    assert window.open_book(book)
    settle(qtbot, window)


def _list(
    qtbot, window: MainWindow, page: TabbedPage, entity: str
) -> Iterator[tuple[str, QWidget]]:
    shown = page.list_of(entity)
    settle(qtbot, window)
    assert shown.model.rowCount(), entity
    shown.grid.setCurrentIndex(shown.model.index(0, 0))
    tabs = shown.detail.findChild(QTabWidget)
    for at in range(tabs.count()):
        tabs.setCurrentIndex(at)
        settle(qtbot, window)
        yield f"{entity}, {tabs.tabText(at)}", window
    slider = shown.detail.findChild(QSlider)
    for place in range(slider.maximum() + 1):  # from before it was there to today
        slider.setValue(place)
        settle(qtbot, window)
        yield f"{entity}, as it was after {place} changes", window
    shown.show_only("One", list(shown.model.ids[:1]))
    shown.filter.setText("colour=red")
    shown.reload()
    QApplication.processEvents()
    yield f"{entity}, narrowed", window
    shown.filter.clear()
    shown.filtering.row.chip(0).click()
    shown.bin_button.click()
    QApplication.processEvents()
    yield f"{entity}, recycle bin", window
    shown.bin_button.click()
    shown.detail.show_record(0)


def _filters(
    qtbot, window: MainWindow, shown: RecordPage, kinds: set[str]
) -> Iterator[tuple[str, QWidget]]:
    """Two chips; what makes a condition and what a heading lists, of each kind of field once."""
    first = shown.model.fields[0]
    shown.filter.setText(f"{first} is not empty and {first} is not empty or id=0")
    shown.reload()
    settle(qtbot, window)
    shown.filter.setText(f"{first} is not empty and not {first} is empty")
    shown.reload()
    settle(qtbot, window)
    yield f"{shown.entity}, chips", window
    shown.filtering.ask()
    yield f"{shown.entity}, which field", window
    for at in range(shown.model.columnCount()):
        kind = shown.model.field_at(at).kind
        if kind not in kinds:
            kinds.add(kind)
            shown.filtering.ask()
            [box] = [one for one in window.findChildren(FilterBuilder) if one.isVisible()]
            box._field_picked(shown.model.fields[at])
            [way] = [one.way for one in box.findChildren(ConditionPane)]
            for place in range(0, way.count(), 4):
                way.setCurrentIndex(place)
                settle(qtbot, window)
                yield f"{shown.entity}, filter by {kind} {place}", window
            shown.filtering.ask_column(at)
            settle(qtbot, window)
            yield f"{shown.entity}, heading of {kind}", window
    for box in window.findChildren(Popover):
        box.close_again()
    shown.filter.clear()
    shown.reload()
    settle(qtbot, window)


def _dialogs(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    page = window.records
    for name, ask, kind in (
        ("new book", window.do_new_book, NewBook),
        ("new column", page.add_column, NewField),
        ("find and replace", page.replace, FindReplace),
        ("preferences", window.do_preferences, Preferences),
        ("log an activity", window.do_log_activity, QuickEntry),
        ("about", window.do_about, QMessageBox),
    ):
        ask()
        yield from _shown(window, name, kind)
    page.add_column()
    [dialog] = [one for one in window.findChildren(NewField) if one.isVisible()]
    kinds = dialog._kind
    for formula in ("金额 * 2", "annual_revenue * 2"):  # one that can't be, one that can
        kinds.setCurrentIndex(kinds.findData("formula"))
        dialog._formula.put(formula)
        QApplication.processEvents()
        yield f"new column, {formula}", dialog
    dialog.reject()
    dialog.deleteLater()
    QApplication.processEvents()
    text = pasting.Cell("江苏华诚机械有限公司")
    lines = [pasting.Line(number, 0, {"name": text}) for number in range(1, 130)]
    lacking = pasting.Declined(130, 0, "", "C0571 上海", "客户名称必须填写。")
    PasteReview(lines, [lacking], window).open()
    yield from _shown(window, "paste", PasteReview)
    for one in window.session.book.schema:
        if not one.system:
            NewRecord(window.session, one.id, window).open()
            yield from _shown(window, f"new {one.id}", NewRecord)


def _shown(window: MainWindow, name: str, kind: type[QDialog]) -> Iterator[tuple[str, QWidget]]:
    QApplication.processEvents()
    [dialog] = [one for one in window.findChildren(kind) if one.isVisible()]
    yield name, dialog
    dialog.reject()
    dialog.deleteLater()
    QApplication.processEvents()


def _review(qtbot, window: MainWindow, folder: Path) -> Iterator[tuple[str, QWidget]]:
    path = folder / "新客户.csv"
    path.write_text(SHEET, encoding="utf-8")
    review = window.import_files([path])
    assert isinstance(review, ImportReview)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: review._proposal is not None and review._apply.isEnabled())
    for at in range(review._tabs.count()):
        review._tabs.setCurrentIndex(at)
        QApplication.processEvents()
        yield f"import, {review._tabs.tabText(at)}", review
    review.reject()
    settle(qtbot, window)
    path.write_bytes(b"PK\x03\x04" + bytes(300))
    review = window.import_files([path])
    settle(qtbot, window)
    yield "import, declined", review
    review.reject()
    settle(qtbot, window)
