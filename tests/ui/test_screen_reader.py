"""What a screen reader, or a program that drives the window by its accessible tree, finds and does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QWidget

from tests.ui.acting import button, click, drop, named, show_tab
from ui.dialogs.import_review import ImportReview
from ui.dialogs.new_book import NewBook
from ui.dialogs.new_record import NewRecord
from ui.dialogs.preferences import Preferences
from ui.navigation import PAGES

ROLE = QAccessible.Role
NAMED = {
    ROLE.PushButton, ROLE.CheckBox, ROLE.EditableText, ROLE.Cell, ROLE.MenuItem, ROLE.PageTab,
    ROLE.ComboBox, ROLE.List, ROLE.Table, ROLE.ListItem, ROLE.MenuBar, ROLE.ScrollBar,
}  # fmt: skip


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def told(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name_of(one: QAccessibleInterface) -> str:
    return one.text(QAccessible.Text.Name)


def walk(one: QAccessibleInterface, most: int = 200) -> Iterator[QAccessibleInterface]:
    """Everything below that is seen; of a table its first cells."""
    for at in range(min(one.childCount(), most)):
        child = one.child(at)
        if child is not None and not child.state().invisible:
            yield child
            yield from walk(child, most)


def find(inside: QWidget, role: QAccessible.Role, name: str) -> QAccessibleInterface:
    found = [one for one in walk(told(inside)) if one.role() == role and name_of(one) == name]
    assert len(found) == 1, (name, [name_of(one) for one in walk(told(inside))])
    return found[0]


def act(one: QAccessibleInterface, action: str, *, settle: bool = True) -> None:
    acting = one.actionInterface()
    assert isinstance(acting, QAccessibleActionInterface)
    assert action in acting.actionNames()
    acting.doAction(action)
    if settle:
        QApplication.processEvents()


def test_the_cells_of_the_grid_say_what_they_show(window, settled):
    settled(window)
    page = window.records
    table = told(page.grid)
    assert table.role() == ROLE.Table
    assert name_of(table) == "Customers"
    across = page.model.columnCount()
    shown = [page.model.index(0, column).data() for column in range(across)]
    assert [name_of(table.child(across + 2 + at)) for at in range(across)] == shown
    heads = [name_of(one) for one in walk(table) if one.role() == ROLE.ColumnHeader]
    assert heads[:2] == ["Customer name", "Customer no."]


def test_a_large_grid_makes_cells_only_for_who_asks_for_them(window, settled):
    with window.session.book.change("Many") as change:
        for number in range(3000):
            change.add("customer", {"name": f"客户{number:04}"})
    settled(window)
    page = window.records
    table = told(page.grid)
    across = page.model.columnCount() + 1  # and the number of the row
    assert table.childCount() == across * (page.model.rowCount() + 1)
    last = table.child(across * page.model.rowCount() + 1)
    assert name_of(last) == page.model.index(page.model.rowCount() - 1, 0).data()
    assert last.state().offscreen or last.state().invisible


def test_everything_that_is_seen_has_a_name(window, settled):
    for page in PAGES:
        window.page(page.id)
        settled(window)
        nameless = [
            (page.id, one.role().name, one.parent() and name_of(one.parent()))
            for one in walk(told(window))
            if one.role() in NAMED - {ROLE.Cell} and not name_of(one)
        ]
        assert nameless == []


def test_a_button_is_pressed_and_a_dialog_filled_in(qtbot, window, settled):
    settled(window)
    act(find(window, ROLE.PushButton, "New Customer"), "Press")
    qtbot.waitUntil(lambda: window.findChild(NewRecord) is not None)
    dialog = window.findChild(NewRecord)
    assert name_of(told(dialog)) == "New Customer"
    entry = find(dialog, ROLE.EditableText, "Customer name").editableTextInterface()
    entry.insertText(0, "经由总线有限公司")
    act(find(dialog, ROLE.PushButton, "Add"), "Press")
    qtbot.waitUntil(lambda: window.records.model.rowCount() == 5)
    qtbot.waitUntil(lambda: window.findChildren(QDialog) == [])  # no closed one is left to be found


def test_every_choice_of_the_import_is_there_and_a_sheet_is_imported_by_pressing(
    qtbot, window, settled, tmp_path
):
    settled(window)
    path = tmp_path / "客户.csv"
    path.write_text("客户名称,负责人,年营业额\n经由总线有限公司,小王,5\n", "utf-8")
    assert drop(window, [path])
    review = window.findChild(ImportReview)
    qtbot.waitUntil(lambda: review._work is None and not review._settled.isActive(), timeout=30_000)
    combos = [name_of(one) for one in walk(told(review)) if one.role() == ROLE.ComboBox]
    assert combos[:3] == ["The rows are", "Column 客户名称 goes to", "Column 负责人 goes to"]
    assert len(combos) >= len(review.columns.findChildren(QComboBox)) >= 4
    show_tab(review._tabs, "New names 1")
    entry = find(review, ROLE.EditableText, "小王 means").editableTextInterface()
    entry.insertText(0, "王强")
    named(review, QLineEdit, "小王 means").editingFinished.emit()
    qtbot.waitUntil(lambda: review._work is None and not review._settled.isActive(), timeout=30_000)
    act(find(review, ROLE.PushButton, "Import 1 record"), "Press")
    qtbot.waitUntil(lambda: window.records.model.rowCount() == 5, timeout=30_000)


def test_a_page_is_gone_to_by_selecting_its_name(window, settled):
    chosen = told(window.navigation).selectionInterface()
    at = [one.id for one in PAGES].index("orders")
    chosen.select(told(window.navigation).child(at))
    settled(window)
    assert window.records.title.text() == "Orders"


def test_a_record_is_shown_when_one_of_its_cells_is_selected(window, settled):
    settled(window)
    page = window.records
    across = page.model.columnCount() + 1  # and the number of the row
    act(told(page.grid).child(2 * across + 1), "Toggle")
    assert page.grid.currentIndex().row() == 1
    assert named(page.detail, QLineEdit, "Customer name").text() == "上海曾记食品有限公司"


def test_a_switch_says_whether_it_is_on(window, settled):
    settled(window)
    switch = find(window, ROLE.CheckBox, "Recycle bin")
    act(switch, "Toggle")
    assert find(window, ROLE.CheckBox, "Recycle bin").state().checked
    assert button(window.records, "Restore").isVisible()


def test_what_runs_is_named_and_what_clears_a_search_too(qtbot, window, settled):
    settled(window)
    page = window.records
    page.search.setText("C001")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    act(find(page, ROLE.PushButton, "Clear"), "Press")
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    click(qtbot, page, "Recycle bin")


def text_of(one: QAccessibleInterface) -> str:
    shown = one.textInterface()
    assert shown is not None
    return shown.text(0, shown.characterCount())


def test_a_choice_is_named_by_its_label_and_an_item_of_its_list_is_chosen(qtbot, window):
    window.do_preferences()
    dialog = window.findChild(Preferences)
    choice = find(dialog, ROLE.ComboBox, "Appearance")
    assert text_of(choice) == "As the system"
    assert not choice.state().expanded
    act(choice, "ShowMenu")
    assert choice.state().expanded
    dark = next(one for one in walk(choice) if name_of(one) == "Dark")
    act(dark, "Toggle")
    qtbot.waitUntil(lambda: window.settings.theme == "dark")
    assert text_of(choice) == "Dark"
    qtbot.waitUntil(lambda: not choice.state().expanded)
    # Without its list being opened, by the selection of the list, as programs do it.
    items = choice.child(0)
    assert items is not None
    light = next(
        items.child(at) for at in range(items.childCount()) if name_of(items.child(at)) == "Light"
    )
    assert items.selectionInterface().select(light)
    qtbot.waitUntil(lambda: window.settings.theme == "light")


def test_keys_in_the_list_of_a_choice_choose_nothing_before_enter(qtbot, window):
    window.do_preferences()
    dialog = window.findChild(Preferences)
    combo = named(dialog, QComboBox, "Appearance")
    assert told(combo).childCount() == 1
    assert told(combo).child(0).childCount() == 3  # its list is looked at, and so followed
    combo.showPopup()
    qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
    qtbot.wait(20)
    assert window.settings.theme == "system"
    assert combo.view().isVisible()
    qtbot.keyClick(combo.view(), Qt.Key.Key_Escape)
    qtbot.wait(20)
    assert combo.currentText() == "As the system"


def test_the_editor_of_a_cell_and_the_menu_over_it_are_parts_of_the_window(qtbot, window, settled):
    settled(window)
    page = window.records
    page.grid.setCurrentIndex(page.model.index(0, 0))
    before = len(list(walk(told(window))))
    page.grid.edit(page.model.index(0, 0))
    found = [one for one in walk(told(window)) if one.object() is page.grid.focusWidget()]
    assert [(name_of(one), one.role()) for one in found] == [("Customer name", ROLE.EditableText)]
    assert told(window).indexOfChild(found[0]) == told(window).childCount() - 1
    qtbot.keyClick(found[0].object(), Qt.Key.Key_Escape)
    assert len(list(walk(told(window)))) == before
    page.grid.menu_wanted.emit(page.model.index(0, 0), page.grid.mapToGlobal(QPoint(40, 40)))
    act(find(window, ROLE.MenuItem, "Only “江苏单氏机械有限公司”"), "Press")
    assert QApplication.activePopupWidget() is None
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_the_menus_are_named_and_a_menu_answers_before_it_asks_for_a_file(qtbot, window):
    bar = told(window.menuBar())
    assert name_of(bar) == "Menus"
    file = next(one for one in walk(bar) if name_of(one) == "File")
    menu = file.child(0)
    assert (name_of(menu), menu.role()) == ("File", ROLE.PopupMenu)
    items = {name_of(menu.child(at)): menu.child(at) for at in range(menu.childCount())}
    asked: list[QFileDialog] = []

    def cancel() -> None:
        asked.extend(one for one in window.findChildren(QFileDialog) if one.isVisible())
        asked[-1].reject()

    for name in ("Open book…", "Import spreadsheets…", "Export this list…", "Save a backup…"):
        act(items[name], "Press", settle=False)
        assert window.findChildren(QFileDialog) == []  # who pressed by the bus waits for the answer
        QTimer.singleShot(200, cancel)
        qtbot.waitUntil(lambda: not window.findChildren(QFileDialog) and bool(asked))
        asked.clear()


def test_a_new_book_begins_with_its_name(qtbot, window):
    window.do_new_book()
    dialog = window.findChild(NewBook)
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    assert dialog.focusWidget().accessibleName() == "Name"
    line = find(dialog, ROLE.ComboBox, "Currency").child(1)
    assert (name_of(line), line.role()) == ("Currency", ROLE.EditableText)


def test_what_is_said_stands_in_a_notice(window):
    window.notices.say("Done", 0)
    notice = next(one for one in walk(told(window)) if one.role() == ROLE.Notification)
    assert "Done" in [name_of(one) for one in walk(notice)]


def test_what_qt_leaves_nameless_is_named_in_the_language_that_holds(window, settled):
    settled(window)
    window.records.grid.setCurrentIndex(window.records.model.index(0, 0))  # the form has bars
    bars = [name_of(one) for one in walk(told(window)) if one.role() == ROLE.ScrollBar]
    assert bars
    assert set(bars) <= {"Scroll to the sides", "Scroll up and down"}
    window.set_language("zh_CN")
    settled(window)
    bars = [name_of(one) for one in walk(told(window)) if one.role() == ROLE.ScrollBar]
    assert bars
    assert set(bars) <= {"左右滚动", "上下滚动"}


def test_a_menu_closes_when_an_entry_is_pressed_over_the_bus(qtbot, window, settled):
    settled(window)
    with window.session.book.change("One more") as change:
        change.add("customer", {"name": "新一"})
    menus = window.menuBar()
    edit = next(one for one in walk(told(menus)) if name_of(one) == "Edit")
    act(edit, "ShowMenu")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    act(next(one for one in walk(edit) if name_of(one).startswith("Undo")), "Press")
    assert QApplication.activePopupWidget() is None
    qtbot.waitUntil(lambda: window.records.model.rowCount() == 4)
