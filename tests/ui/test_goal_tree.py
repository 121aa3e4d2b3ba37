"""The goal tree: what is reached and expected, what doesn't add up, what opens the records behind."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QTreeView

from tests.ui.acting import button, choose, click, named, settle, write
from tests.ui.goals_of_team import PERIOD, add_goals
from ui.records.detail_pane import DetailPane


@pytest.fixture
def goals(qtbot, window):
    """The page of goals on 15 May 2026, with the goals of the first half-year."""
    rows = add_goals(window.session.book)
    page = window.page("goals")
    settle(qtbot, window)
    page.reader.choose(PERIOD, date(2026, 5, 15))
    settle(qtbot, window)
    return page, rows


def tree_of(page) -> QTreeView:
    return named(page, QTreeView, "Goal tree")


def texts(page, row: int) -> list[str]:
    """The cells of a goal."""
    model = page.tree.model
    index = model.index_of(row)
    return [str(index.siblingAtColumn(at).data() or "") for at in range(model.columnCount())]


def test_a_goal_shows_what_is_reached_of_what_how_it_stands_and_what_is_left(goals):
    page, rows = goals
    title, value, progress, status, left = texts(page, rows["王强"])
    assert title.splitlines()[0] == "王强"  # what and when is said by the goal above
    assert title.splitlines()[1].startswith("Under way · expected by now ¥")
    assert value == "¥3,000\nof ¥4,500"
    assert progress.splitlines()[0] == "67%"
    assert progress.splitlines()[1].endswith(" a day")
    assert status.splitlines()[0] in ("Behind", "At risk", "On track", "Ahead")
    assert left.splitlines()[0].endswith(" days")


def test_parts_that_do_not_come_to_the_whole_are_named_at_the_whole(goals):
    page, rows = goals
    title = texts(page, rows["company"])[0]
    assert title.splitlines()[1] == "The parts come to ¥7,500, ¥500 below the whole."


def test_parts_stand_below_their_whole_and_all_can_be_reached_by_keyboard(qtbot, goals):
    page, rows = goals
    tree = tree_of(page)
    page.tree.choose(rows["company"])
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert page.tree.goal == rows["王强"]
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert page.tree.goal == rows["李娜"]
    detail = page.tree.findChild(DetailPane)
    assert detail.id == rows["李娜"]
    assert detail.isVisible()


def test_enter_opens_the_records_behind_the_number_and_no_others(qtbot, window, goals):
    page, rows = goals
    page.tree.choose(rows["王强"])
    tree_of(page).setFocus()
    qtbot.keyClick(tree_of(page), Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.page_id == "pipeline"
    shown = window.records
    book = window.session.book
    assert [book.label("opportunity", one) for one in shown.model.ids] == ["商机3"]


def test_the_key_results_are_behind_a_goal_without_a_measure(qtbot, window, goals):
    page, rows = goals
    choose(qtbot, named(page.tree, QComboBox, "Period"), "2026")
    settle(qtbot, window)
    page.tree.choose(rows["quality"])
    click(qtbot, page.tree, "Records behind it")
    settle(qtbot, window)
    assert window.records.entity == "key_result"
    assert window.records.model.rowCount() == 1


def test_an_edit_is_followed_at_once_and_its_undo_too(qtbot, window, goals):
    page, rows = goals
    deal = next(
        one
        for one in window.session.book.ids("opportunity")
        if window.session.book.label("opportunity", one) == "商机3"
    )
    window.session.set("opportunity", deal, {"amount": "4000"})
    settle(qtbot, window)
    assert texts(page, rows["王强"])[1] == "¥4,000\nof ¥4,500"
    window.do_undo()
    settle(qtbot, window)
    assert texts(page, rows["王强"])[1] == "¥3,000\nof ¥4,500"


def test_another_day_is_typed_and_the_goals_are_as_at_its_end(qtbot, window, goals):
    page, rows = goals
    write(qtbot, named(page.tree, QLineEdit, "As of"), "2026-02-28")
    settle(qtbot, window)
    assert texts(page, rows["王强"])[1].startswith("¥0\n")
    assert page.reader.on == date(2026, 2, 28)


def test_a_book_without_goals_says_what_to_do_next(qtbot, window):
    page = window.page("goals")
    settle(qtbot, window)
    said = [one.text() for one in page.tree.findChildren(QLabel) if one.isVisible()]
    assert any("Add the first one" in one for one in said)
    assert button(page.tree, "Import spreadsheets…").isVisible()
    assert button(page.tree, "New goal").isVisible()


def test_a_period_without_goals_offers_the_latest_that_has_some(qtbot, window, goals):
    page, rows = goals
    page.reader.choose("2024", None)
    settle(qtbot, window)
    assert page.tree.empty.text() == (
        "No goal in this time; the book has 5. Choose another period or day."
    )
    click(qtbot, page.tree, "Show 2026")
    settle(qtbot, window)
    assert texts(page, rows["company"])[1] == "¥7,000\nof ¥8,000"


def test_the_tree_is_told_in_the_other_language_at_run_time(qtbot, window, goals):
    page, rows = goals
    window.set_language("zh_CN")
    settle(qtbot, window)
    assert page.tabs.tabText(0) == "目标树"
    assert texts(page, rows["company"])[0].splitlines()[1] == "各分目标合计 ¥7,500，比总目标少 ¥500"
    button(page.tree, "新建目标")
