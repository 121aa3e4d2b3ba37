"""A walk through everything that a window can show: pages, lists, details, panes, dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMessageBox,
    QSlider,
    QStyledItemDelegate,
    QTabWidget,
    QWidget,
)

from models import pasting
from tests.ui.acting import settle
from ui.dialogs.edit_many import EditMany
from ui.dialogs.fill_series import FillSeries
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
from ui.records.day_picker import DayPicker
from ui.records.lines import DateLine
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
    for page in PAGES:
        shown = window.page(page.id)
        settle(qtbot, window)
        yield page.id, window
        if isinstance(shown, TabbedPage):
            for place in shown.lists:
                yield from _list(qtbot, window, shown, place.entity)
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
    shown.only.click()
    shown.bin_button.click()
    QApplication.processEvents()
    yield f"{entity}, recycle bin", window
    shown.bin_button.click()
    shown.detail.show_record(0)


def _dialogs(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    page = window.page("customers").list_of("customer")
    settle(qtbot, window)
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
    select = QItemSelectionModel.SelectionFlag.ClearAndSelect
    rows = min(3, page.model.rowCount()) - 1
    block = QItemSelection(page.model.index(0, 0), page.model.index(rows, 0))
    for name, ask, kind in (
        ("edit many", page.acts.edit_many, EditMany),
        ("series", page.acts.fill_series, FillSeries),
    ):
        page.grid.selectionModel().select(block, select)
        ask()
        yield from _shown(window, name, kind)
    page.grid.setCurrentIndex(page.model.index(0, page.model.fields.index("next_contact_due")))
    page.grid.edit(page.grid.currentIndex())
    editor = page.grid.viewport().findChild(DateLine)
    editor.open_list()
    QApplication.processEvents()
    picker = QApplication.activePopupWidget()
    assert isinstance(picker, DayPicker)
    yield "calendar", picker
    picker.close()
    page.grid.closeEditor(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
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
