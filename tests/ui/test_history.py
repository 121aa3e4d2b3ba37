"""The history pane: back to before any change, and there again, as a person does and sees it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableWidget

from models import dialects
from tests.ui.acting import button, click, named, table_texts
from ui.main_window import MainWindow

CITIES = ("上海", "北京", "苏州")


@pytest.fixture
def edited(window, settled) -> MainWindow:
    """A city written three times, with the history open."""
    settled(window)
    for at, city in enumerate(CITIES):
        window.session.book.set("customer", 1, {"city": city}, reason=f"City {at + 1}")
    window.do_history()
    settled(window)
    return window


def steps(window: MainWindow) -> list[str]:
    return [row[0] for row in table_texts(named(window, QTableWidget, "History"))]


def at(window: MainWindow, text: str) -> None:
    """Choose the step of a text."""
    named(window, QTableWidget, "History").setCurrentCell(steps(window).index(text), 0)


def city(window: MainWindow) -> str | None:
    return window.session.book.record("customer", 1)["city"]


def test_back_to_before_a_change_takes_all_later_ones_back_as_one_step_and_back_again(
    qtbot, edited, settled
):
    at(edited, "City 2")
    back = button(edited, "Back to before this")
    assert back.toolTip() == "Takes back this change and all later ones: 2 changes."
    click(qtbot, edited, "Back to before this")
    settled(edited)
    assert city(edited) == "上海"
    said = "Back to before “City 2”: 2 changes taken back."
    assert edited.notices.text == said
    assert steps(edited)[:4] == [said, "City 3", "City 2", "City 1"]
    click(qtbot, edited.notices, "Bring back")
    settled(edited)
    assert city(edited) == "苏州"
    assert edited.notices.text == "2 changes brought back."
    assert steps(edited)[0] == "2 changes brought back."


def test_what_was_gone_back_over_is_brought_back_from_the_list_after_the_notice_is_gone(
    qtbot, edited, settled
):
    at(edited, "City 1")
    click(qtbot, edited, "Back to before this")
    settled(edited)
    assert city(edited) is None
    edited.notices.hide()
    at(edited, "Back to before “City 1”: 3 changes taken back.")
    click(qtbot, edited, "Bring these changes back")
    settled(edited)
    assert city(edited) == "苏州"
    at(edited, "Back to before “City 1”: 3 changes taken back.")
    click(qtbot, edited, "Bring these changes back")  # a second time there is nothing to bring
    settled(edited)
    assert edited.notices.text == "There is nothing to redo."
    assert city(edited) == "苏州"


def test_redo_goes_forward_through_a_jump_step_by_step(qtbot, edited, settled):
    at(edited, "City 1")
    click(qtbot, edited, "Back to before this")
    settled(edited)
    for expected in CITIES:
        edited.do_redo()
        settled(edited)
        assert city(edited) == expected


def test_older_changes_taken_back_since_are_told_and_where_nothing_is_later_the_button_is_grey(
    qtbot, edited, settled
):
    first = edited.session.book.history(3)[2]
    edited.session.undo(first.no)
    settled(edited)
    at(edited, "City 3")
    click(qtbot, edited, "Back to before this")
    settled(edited)
    assert edited.notices.text.endswith("1 older change that was taken back since stays so.")
    at(edited, "City 3")
    assert not button(edited, "Back to before this").isEnabled()


def test_a_jump_of_many_changes_can_be_stopped_and_leaves_everything_as_it_was(
    qtbot, edited, settled
):
    book = edited.session.book
    for number in range(60):
        book.set("customer", 2, {"city": f"城{number}"})
    edited._dock.widget().reload()
    at(edited, "City 1")
    other = dialects.connect(book.path)
    with dialects.writing(other):  # so that the job is still under way when it is stopped
        button(edited, "Back to before this").click()
        named(edited.statusBar(), QPushButton, "Cancel").click()
    other.driver.close()
    settled(edited)
    assert city(edited) == "苏州"
    assert book.record("customer", 2)["city"] == "城59"
    assert "back" not in edited.notices.text


def test_the_button_says_the_same_in_chinese_and_is_reached_by_tab(edited):
    edited.set_language("zh_CN")
    back = button(edited, "回到此前")
    assert back.accessibleName() == "回到此前"
    assert back.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_history_that_nobody_sees_is_read_when_it_is_shown_and_not_before(
    qtbot, window, monkeypatch
):
    pane = window._dock.widget()
    read: list[int] = []
    before = type(pane).reload
    monkeypatch.setattr(type(pane), "reload", lambda self: (read.append(1), before(self)))
    window.session.book.set("customer", 1, {"city": "南京"}, "First")
    assert read == []
    window.do_history()
    assert len(read) == 1
    window.session.book.set("customer", 1, {"city": "苏州"}, "Second")
    assert len(read) == 2
    table = pane.findChild(QTableWidget)
    assert [table.item(row, 0).text() for row in range(2)] == ["Second", "First"]
