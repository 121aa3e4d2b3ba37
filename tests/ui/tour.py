"""A walk through everything that a window can show: pages, lists, details, panes, dialogs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSlider,
    QStyledItemDelegate,
    QTabWidget,
    QWidget,
)

from models import pasting
from models.book import Book
from models.texts import tr
from tests.ui.acting import settle
from tests.ui.tour_of_evaluations import evaluation_dialogs
from tests.ui.tour_of_plans import plan_dialogs
from tests.ui.tour_of_work import (
    assign_dialogs,
    people_dialogs,
    pool_dialogs,
    task_dialogs,
    workbooks,
)
from tests.ui.tour_parts import history_asked, shown
from ui import reminders
from ui.dialogs.ask_fields import AskFields
from ui.dialogs.backups import Backups
from ui.dialogs.cascade_dialog import CascadeDialog
from ui.dialogs.contact_code import ContactCode
from ui.dialogs.edit_many import EditMany
from ui.dialogs.fault import Fault
from ui.dialogs.fill_series import FillSeries
from ui.dialogs.find_replace import FindReplace
from ui.dialogs.goal_reason import GoalReason, Renegotiation
from ui.dialogs.import_review import ImportReview
from ui.dialogs.new_book import NewBook
from ui.dialogs.new_field import NewField
from ui.dialogs.new_goal import NewGoal
from ui.dialogs.new_record import NewRecord
from ui.dialogs.paste_review import PasteReview
from ui.dialogs.preferences import Preferences
from ui.dialogs.quick_entry import QuickEntry
from ui.dialogs.to_phone import ToPhone
from ui.job_list import JobList
from ui.main_window import MainWindow
from ui.navigation import PAGES
from ui.pages.goal_agreement import GoalAgreementDialog
from ui.pages.goal_review import GoalReview
from ui.pages.goals import GoalsPage
from ui.palette import Palette
from ui.popover import Popover
from ui.records.condition_pane import ConditionPane
from ui.records.day_picker import DayPicker
from ui.records.filter_builder import FilterBuilder
from ui.records.lines import DateLine
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
        if isinstance(shown, GoalsPage):
            yield from goals(qtbot, window)
        if isinstance(shown, TabbedPage):
            yield from _own_tabs(qtbot, window, page.id, shown)
            for place in shown.lists:
                yield from _list(qtbot, window, shown, place.entity)
                yield from _filters(qtbot, window, shown.list_of(place.entity), kinds)
    window.page("customers")
    window.do_history()
    window.notices.say("…", 1)
    settle(qtbot, window)
    yield "history", window
    window.do_history()
    yield from _said(qtbot, window)
    yield from _menus(qtbot, window)
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
    for name, typed in (("found", "c"), ("nothing found", "qqxxqq")):
        window.findChild(Palette).line.setText(typed)
        settle(qtbot, window)
        yield f"palette, {name}", window
    window.do_palette()
    yield from _dialogs(qtbot, window)
    yield from assign_dialogs(qtbot, window)
    yield from _goal_dialogs(qtbot, window)
    yield from task_dialogs(qtbot, window)
    yield from _phone(qtbot, window)
    yield from people_dialogs(qtbot, window)
    yield from pool_dialogs(qtbot, window)
    yield from evaluation_dialogs(qtbot, window)
    yield from plan_dialogs(qtbot, window)
    yield from workbooks(qtbot, window, folder)
    yield from _review(qtbot, window, folder)
    book = window.session.book.path
    window.do_close_book()
    QApplication.processEvents()
    yield "start", window
    yield from _empty(qtbot, window, folder)
    assert window.open_book(book)
    settle(qtbot, window)


def goals(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """A goal beside the tree, and what the meter says of it."""
    page = window.page("goals")
    assert isinstance(page, GoalsPage)
    page.tabs.setCurrentIndex(0)
    settle(qtbot, window)
    model = page.tree.model
    page.tree.choose(model.goal(model.index(0, 0)))
    page.tree.tree.expandAll()
    history_asked(qtbot, window)
    yield "goals, tree", window


def _goal_dialogs(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """What is asked about the goal that is chosen in the tree."""
    page = window.page("goals")
    assert isinstance(page, GoalsPage)
    page.tabs.setCurrentIndex(0)
    settle(qtbot, window)
    if not page.tree.goal:
        return
    for name, ask, kind in (
        ("split a goal", page.tree.ask_split, CascadeDialog),
        ("new goal", page.tree.add, NewGoal),
        ("renegotiate", page.tree.detail._ask_renegotiation, Renegotiation),
        ("why a goal stands", partial(page.tree.detail._ask_reason, "proposed"), GoalReason),
    ):
        ask()
        history_asked(qtbot, window)
        yield from shown(window, name, kind)


def _own_tabs(
    qtbot, window: MainWindow, name: str, page: TabbedPage
) -> Iterator[tuple[str, QWidget]]:
    """The tabs of a page that are no lists, each scrolled from its top to its foot."""
    for one, tab in page.own.items():
        page.list_of(one)
        settle(qtbot, window)
        yield f"{name}, {one}", window
        for area in tab.findChildren(QScrollArea):
            bar = area.verticalScrollBar()
            if area.isVisible() and bar.maximum() > 0:
                bar.setValue(bar.maximum())
                QApplication.processEvents()
                yield f"{name}, {one}, its foot", window
                bar.setValue(0)


def _said(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Notices, and work that runs."""
    record = window.session.book.label("customer", 1)
    window.notices.say(tr("Taken back: {reason}", reason=tr("Edit {record}", record=record)), 1)
    QApplication.processEvents()
    yield "notice", window
    window.notices.warn(tr("The disk is full. Nothing was changed; make room and try again."))
    QApplication.processEvents()
    yield "notice, wrong", window
    window.notices.hide()
    go = threading.Event()
    for number in (1, 2):
        text = tr("Writing {file}", file=f"{record}.xlsx")
        window.jobs.run(text, lambda _: go.wait(), _nothing, _nothing)
        QApplication.processEvents()
        yield f"{number} running", window
    several = [one for one in window.statusBar().findChildren(QPushButton) if one.isVisible()]
    several[0].click()
    QApplication.processEvents()
    listed = window.findChild(JobList)
    assert listed.isVisible()
    yield "list of what runs", listed
    go.set()
    settle(qtbot, window)


def _nothing(_: object) -> None:
    pass


def _menus(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Every menu of the window, and those of a cell and of a column."""
    for name, menu in window.actions_.menus.items():
        yield from _popped(f"menu {name}", menu, lambda menu=menu: menu.popup(window.pos()))
    grid = window.records.grid
    grid.setCurrentIndex(grid.model().index(0, 0))
    cell = lambda: grid.menu_wanted.emit(grid.currentIndex(), window.pos())  # noqa: E731
    yield from _popped("menu of a cell", None, cell)
    head = grid.horizontalHeader()
    column = lambda: head.customContextMenuRequested.emit(QPoint(20, 5))  # noqa: E731
    yield from _popped("menu of a column", None, column)


def _popped(
    name: str, menu: QMenu | None, show: Callable[[], object]
) -> Iterator[tuple[str, QWidget]]:
    show()
    QApplication.processEvents()
    shown = menu or QApplication.activePopupWidget()
    assert isinstance(shown, QMenu), name
    yield name, shown
    shown.close()
    QApplication.processEvents()


def _empty(qtbot, window: MainWindow, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Every page and list of a book in which nothing is yet, and the search that finds nothing."""
    path = folder / "empty.daybook"
    Book.create(path).close()
    assert window.open_book(path)
    for page in PAGES:
        shown = window.page(page.id)
        settle(qtbot, window)
        yield f"{page.id}, empty", window
        if isinstance(shown, TabbedPage):
            yield from _own_tabs(qtbot, window, f"{page.id}, empty", shown)
            for place in shown.lists:
                shown.list_of(place.entity)
                settle(qtbot, window)
                yield f"{place.entity}, empty", window
    records = window.page("customers").list_of("customer")
    records.search.setText("qqxxqq")
    records.reload()
    settle(qtbot, window)
    yield "customer, nothing found", window
    records.show_all()
    settle(qtbot, window)


_NONE_YET = {"appeal", "signature"}  # they come from acts; the sample team signs for itself


def _list(
    qtbot, window: MainWindow, page: TabbedPage, entity: str
) -> Iterator[tuple[str, QWidget]]:
    shown = page.list_of(entity)
    settle(qtbot, window)
    system = window.session.book.schema.entity(entity).system
    if (system or entity in _NONE_YET) and not shown.model.rowCount():
        yield f"{entity}, none yet", window
        return
    assert shown.model.rowCount(), entity
    shown.grid.setCurrentIndex(shown.model.index(0, 0))
    tabs = shown.detail.findChild(QTabWidget)
    for at in range(tabs.count()):
        tabs.setCurrentIndex(at)
        settle(qtbot, window)
        yield f"{entity}, details {at + 1}", window
    slider = shown.detail.findChild(QSlider)
    last = slider.maximum()
    for place in sorted({0, last // 2, last}):  # from before it was there to today
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


def _nothing(values: object) -> None:
    """An answer that is taken and not written."""


def _dialogs(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    page = window.page("customers").list_of("customer")
    settle(qtbot, window)
    for name, ask, kind in (
        ("new book", window.do_new_book, NewBook),
        ("new column", page.add_column, NewField),
        ("find and replace", page.replace, FindReplace),
        ("preferences", window.do_preferences, Preferences),
        ("log an activity", window.do_log_activity, QuickEntry),
        ("backups", window.do_backups, Backups),
        ("goal agreement", window.do_goal_agreement, GoalAgreementDialog),
        ("to the phone", window.do_to_phone, ToPhone),
        ("about", window.do_about, QMessageBox),
    ):
        ask()
        yield from shown(window, name, kind)
    window.do_goal_review()
    settle(qtbot, window)
    yield from shown(window, "goal review", GoalReview)
    fields = ("notes", "next_contact_due")
    told = window.session.book.label("customer", 1)
    AskFields(window.session, tr("Answer"), told, ("customer", 1), fields, _nothing, window).open()
    yield from shown(window, "some fields", AskFields)
    Fault("Traceback (most recent call last):\n  …\nValueError: …", Path("log"), window).open()
    yield from shown(window, "fault", Fault)
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
    select = QItemSelectionModel.SelectionFlag.ClearAndSelect
    rows = min(3, page.model.rowCount()) - 1
    block = QItemSelection(page.model.index(0, 0), page.model.index(rows, 0))
    for name, ask, kind in (
        ("edit many", page.acts.edit_many, EditMany),
        ("series", page.acts.fill_series, FillSeries),
    ):
        page.grid.selectionModel().select(block, select)
        ask()
        yield from shown(window, name, kind)
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
    yield from shown(window, "paste", PasteReview)
    for one in window.session.book.schema:
        if not one.system:
            NewRecord(window.session, one.id, window).open()
            yield from shown(window, f"new {one.id}", NewRecord)


def _phone(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Reminders below the page, none and some that were missed; a contact's code."""
    contacts = window.page("customers").list_of("contact")
    settle(qtbot, window)
    window.do_reminders()
    QApplication.processEvents()
    yield "reminders, none", window
    window.do_reminders()
    later = datetime.now(UTC) + timedelta(days=20)
    while later.astimezone().weekday() > 3 or not 9 <= later.astimezone().hour < 18:
        later += timedelta(hours=1)
    with window.session.book.change("Reminders") as change:
        at = (later - timedelta(hours=1)).astimezone().strftime("%Y-%m-%d %H:%M")
        change.set("task", 1, {"remind_at": at})
    desk = reminders.begin(window.settings, window, lambda: later)
    desk.enter(window.session)
    settle(qtbot, window)
    window.do_reminders()
    settle(qtbot, window)
    yield "reminders", window
    window.do_reminders()
    reminders.end()
    window.session.undo()
    settle(qtbot, window)
    contacts.grid.setCurrentIndex(contacts.model.index(0, 0))
    window.do_contact_code()
    yield from shown(window, "contact code", ContactCode)


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
        yield f"import, part {at + 1}", review
    review.reject()
    settle(qtbot, window)
    path.write_bytes(b"PK\x03\x04" + bytes(300))
    review = window.import_files([path])
    settle(qtbot, window)
    yield "import, declined", review
    review.reject()
    settle(qtbot, window)
