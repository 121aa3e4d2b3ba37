"""The board of tasks: cards by mouse and keyboard, one undo step each, blocked asks why, it follows others."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu

from tests.ui.acting import button, choose, click, named, settle, write
from tests.ui.tasks_of_team import add_tasks
from ui.dialogs.blocked import Blocked
from ui.dialogs.new_record import NewRecord
from ui.pages.cards import Cards

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tasks(window) -> dict[str, int]:
    return add_tasks(window.session.book)


@pytest.fixture
def view(qtbot, window, tasks):
    page = window.page("tasks")
    page.list_of("board")
    settle(qtbot, window)
    return page.board


def column(view, name: str) -> Cards:
    return next(one for one in view.findChildren(Cards) if one.accessibleName() == name)


def cards(view, name: str) -> list[str]:
    shown = column(view, name)
    return [shown.item(at).text().split(",")[0] for at in range(shown.count())]


def status(window, task: int) -> str:
    return window.session.book.record("task", task)["status"]


def steps(window) -> int:
    return window.session.book.last_change


def press(qtbot, window, view, name: str, task: str, key: Qt.Key, modifier=CONTROL) -> None:
    shown = column(view, name)
    shown.setFocus()
    shown.setCurrentRow(cards(view, name).index(task))
    qtbot.keyClick(shown, key, modifier)
    settle(qtbot, window)


def dropped(kind, taken: Cards, *more):
    indexes = [taken.indexFromItem(one) for one in taken.selectedItems()]
    data = taken.model().mimeData(indexes)

    class Dropped(kind):
        def source(self):
            return taken

    at = QPointF(20, 20) if kind is QDropEvent else QPoint(20, 20)
    made = Dropped(at, Qt.DropAction.MoveAction, data, LEFT, NONE, *more)
    made.data = data  # the event keeps none of it
    return made


def drag(qtbot, window, view, source: str, task: str, onto) -> None:
    taken = column(view, source)
    taken.setCurrentRow(cards(view, source).index(task))
    onto.dropEvent(dropped(QDropEvent, taken, QEvent.Type.Drop))
    settle(qtbot, window)


def test_columns_say_what_is_in_them_and_what_is_closed_is_folded(view):
    names = [one.accessibleName() for one in view.findChildren(Cards)]
    assert names == [
        "Draft", "Assigned", "Accepted", "Questioned", "Doing", "Blocked", "In review", "Done",
        "Cancelled",
    ]  # fmt: skip
    assert cards(view, "Doing") == ["催款", "拜访"]  # what is late comes first
    folded = [one.accessibleName() for one in view.findChildren(QAbstractButton) if one.isVisible()]
    assert {"Draft  0", "Done  0", "Cancelled  0"} <= set(folded)
    assert view.head.said.text() == "6 tasks"


def test_a_card_is_read_as_one_sentence(view):
    [text] = [
        column(view, "Assigned").item(at).text()
        for at in range(2)
        if column(view, "Assigned").item(at).text().startswith("报价")
    ]
    assert text.startswith("报价, 江苏单氏机械有限公司, 王强, due ")
    assert text.endswith("Assigned, 1 of 3 steps done")


def test_ctrl_with_an_arrow_moves_a_card_in_one_step_and_undo_puts_it_back(
    qtbot, window, view, tasks
):
    before = steps(window)
    press(qtbot, window, view, "Assigned", "报价", Qt.Key.Key_Right)
    assert status(window, tasks["报价"]) == "accepted"
    assert steps(window) == before + 1
    assert window.notices.text == "Move 报价 to Accepted"
    focused = window.focusWidget()
    assert isinstance(focused, Cards)
    assert (focused.accessibleName(), focused.card()) == ("Accepted", tasks["报价"])
    window.actions_["undo"].trigger()
    settle(qtbot, window)
    assert status(window, tasks["报价"]) == "assigned"
    assert "报价" in cards(view, "Assigned")


def test_from_the_last_open_column_a_card_goes_on_to_done_which_opens(qtbot, window, view, tasks):
    press(qtbot, window, view, "In review", "方案", Qt.Key.Key_Right)
    record = window.session.book.record("task", tasks["方案"])
    assert record["status"] == "done"
    assert record["done_at"] is not None
    assert column(view, "Done").isVisible()
    assert window.focusWidget() is column(view, "Done")


def test_a_card_is_dragged_to_another_column_and_to_a_folded_one(qtbot, window, view, tasks):
    before = steps(window)
    drag(qtbot, window, view, "Doing", "拜访", column(view, "In review"))
    assert status(window, tasks["拜访"]) == "review"
    drag(qtbot, window, view, "Doing", "催款", column(view, "Done").parentWidget())
    assert status(window, tasks["催款"]) == "done"
    assert steps(window) == before + 2


def test_what_may_not_follow_cannot_be_dropped(qtbot, window, view, tasks):
    book = window.session.book
    book.set("task", tasks["送样"], {"status": "draft"})
    settle(qtbot, window)
    taken = column(view, "Draft")
    taken.setCurrentRow(0)
    event = dropped(QDragMoveEvent, taken)
    column(view, "Accepted").dragMoveEvent(event)
    assert not event.isAccepted()
    drag(qtbot, window, view, "Draft", "送样", column(view, "Accepted"))
    assert status(window, tasks["送样"]) == "draft"


def test_on_the_way_to_blocked_the_reason_is_asked_and_cancel_leaves_all_as_it_was(
    qtbot, window, view, tasks
):
    before = steps(window)
    drag(qtbot, window, view, "Doing", "拜访", column(view, "Blocked"))
    button(view.findChild(Blocked), "Cancel").click()
    assert steps(window) == before
    assert status(window, tasks["拜访"]) == "doing"
    QApplication.processEvents()
    press(qtbot, window, view, "Doing", "拜访", Qt.Key.Key_Right)
    dialog = next(one for one in view.findChildren(Blocked) if one.isVisible())
    dialog.boxes["title"].editor.insert("等样品")
    click(qtbot, dialog, "Ask for help")
    settle(qtbot, window)
    record = window.session.book.record("task", tasks["拜访"])
    assert (record["status"], record["blocked_reason"]) == ("blocked", "等样品")
    assert steps(window) == before + 1
    assert cards(view, "Blocked") == ["拜访"]
    window.actions_["undo"].trigger()
    settle(qtbot, window)
    assert status(window, tasks["拜访"]) == "doing"


def test_columns_by_owner_reassign(qtbot, window, view, tasks):
    choose(qtbot, view.group_choice, "Owner")
    settle(qtbot, window)
    names = [one.accessibleName() for one in view.findChildren(Cards)]
    assert names == ["Nobody", "李娜", "王强"]
    before = steps(window)
    drag(qtbot, window, view, "王强", "送样", column(view, "李娜"))
    assert window.session.book.record("task", tasks["送样"])["owner"].label == "李娜"
    assert steps(window) == before + 1
    assert window.notices.text == "Give 送样 to 李娜"
    book = window.session.book
    book.set("salesperson", book.ids("salesperson", "name=王强")[0], {"status": "leaving"})
    settle(qtbot, window)
    press(qtbot, window, view, "李娜", "送样", Qt.Key.Key_Right)
    assert window.notices.text == "Give 送样 to 王强. Note: 王强 is leaving the team."


def test_n_makes_a_task_with_what_the_column_means(qtbot, window, view):
    shown = column(view, "Doing")
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_N)
    dialog = view.findChild(NewRecord)
    write(qtbot, named(dialog, QLineEdit, "Task"), "新事")  # Enter adds it
    settle(qtbot, window)
    book = window.session.book
    [made] = book.ids("task", "title=新事")
    assert status(window, made) == "doing"
    assert "新事" in cards(view, "Doing")
    assert column(view, "Doing").card() == made


def test_enter_opens_the_task_in_its_list_and_delete_removes_it(qtbot, window, view, tasks):
    press(qtbot, window, view, "Assigned", "哪天", Qt.Key.Key_Delete, NONE)
    assert "哪天" not in cards(view, "Assigned")
    window.actions_["undo"].trigger()
    settle(qtbot, window)
    press(qtbot, window, view, "Assigned", "哪天", Qt.Key.Key_Return, NONE)
    assert window.records.entity == "task"
    assert window.records.detail._title.text() == "哪天"


def test_the_menu_key_offers_what_can_be_done_also_in_an_empty_column(qtbot, window, view, tasks):
    shown = column(view, "Assigned")
    shown.setFocus()
    shown.setCurrentRow(cards(view, "Assigned").index("报价"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    shown.contextMenuEvent(event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [one.text() for one in menu.actions() if one.text()]
    assert texts == ["Open the record", "Move to", "Assign…", "New task here", "Remove"]
    inside = next(one for one in menu.findChildren(QMenu))
    doing = next(one for one in inside.actions() if one.text() == "Doing")
    doing.trigger()
    menu.close()
    settle(qtbot, window)
    assert status(window, tasks["报价"]) == "doing"
    empty = column(view, "Blocked")
    empty.setFocus()
    empty.contextMenuEvent(event)
    menu = QApplication.activePopupWidget()
    assert [one.text() for one in menu.actions() if one.text()] == ["New task here"]
    menu.close()


def test_the_board_is_narrowed_and_the_choice_holds_for_the_other_views(qtbot, window, view):
    choose(qtbot, view.head.links["person"], "王强")
    settle(qtbot, window)
    assert view.head.said.text() == "2 tasks"
    page = window.page("tasks")
    page.list_of("timeline")
    settle(qtbot, window)
    assert page.timeline.head.links["person"].currentText() == "王强"
    page.timeline.head.search.setText("送样")
    qtbot.waitUntil(lambda: page.timeline.head.said.text() == "1 task")
    page.list_of("board")
    settle(qtbot, window)
    assert view.head.search.text() == "送样"
    view.head.search.setText("没有这个")
    qtbot.waitUntil(view.empty.isVisible)
    assert "Nothing fits" in view.empty.text()
    button(view, "Show all").click()
    settle(qtbot, window)
    assert view.head.said.text() == "6 tasks"


def test_the_choice_is_remembered_for_the_book(qtbot, window, view, book_path):
    choose(qtbot, view.head.links["person"], "王强")
    choose(qtbot, view.group_choice, "Owner")
    settle(qtbot, window)
    window.do_close_book()
    assert window.open_book(book_path)
    page = window.page("tasks")
    settle(qtbot, window)
    assert page.board.group == "owner"
    assert page.board.head.links["person"].currentText() == "王强"


def test_what_others_write_is_seen_and_a_hidden_board_reads_when_it_is_shown(
    qtbot, window, view, tasks
):
    window.session.book.set("task", tasks["报价"], {"status": "doing"})
    settle(qtbot, window)
    assert "报价" in cards(view, "Doing")
    window.page("customers")
    window.session.book.set("task", tasks["报价"], {"status": "review"})
    settle(qtbot, window)
    assert "报价" in cards(view, "Doing")  # as it was: nobody looks
    window.page("tasks")
    settle(qtbot, window)
    assert "报价" in cards(view, "In review")


def test_all_follows_the_language(qtbot, window, view):
    window.set_language("zh_CN")
    settle(qtbot, window)
    assert view.head.new_button.text() == "新建任务"
    assert view.head.said.text() == "6 项任务"
    assert column(view, "进行中").accessibleName() == "进行中"
    assert "截止" in column(view, "已分配").item(0).text()


def test_without_tasks_the_board_says_what_to_do_next(qtbot, window):
    page = window.page("tasks")
    page.list_of("board")
    settle(qtbot, window)
    assert page.board.empty.isVisible()
    assert page.board.empty.text().startswith("No tasks yet.")
    button(page.board.empty, "New task").click()
    assert page.board.findChild(NewRecord) is not None
