"""The tab on the fairness of evaluations: checks above, their lines below, and the records behind each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from models.evaluations.cycle import open_cycle
from models.texts import set_language
from tests.ui.acting import settle
from ui.main_window import MainWindow
from ui.pages.evaluation_fairness import CheckTable, EvaluationFairness


@pytest.fixture
def cycle(window: MainWindow) -> int:
    """An opened cycle of the first half of 2026, scored by the amount won."""
    book = window.session.book
    with book.change("Cycle") as change:
        card = change.add("scorecard_template", {"name": "Sales", "status": "active"})
        change.add(
            "scorecard_item",
            {
                "scorecard": card, "name": "Amount won", "measure": "won_amount", "weight": "100%",
                "reference": "fixed", "reference_value": 5000,
            },
        )  # fmt: skip
        row = change.add("evaluation_cycle", {"name": "H1", "period": "2026-H1"})
    open_cycle(book, row)
    return row


def shown(qtbot, window: MainWindow) -> EvaluationFairness:
    page = window.page("evaluations")
    page.list_of("fairness")
    settle(qtbot, window)
    return page.fairness


def texts(table: CheckTable) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_without_a_cycle_the_tab_says_what_to_do(qtbot, window):
    tab = shown(qtbot, window)
    assert tab.empty.isVisible()
    assert tab.empty.text().startswith("There is no evaluation cycle yet.")
    assert not tab.checks.isVisible()


def test_the_checks_of_a_cycle_stand_above_the_lines_of_the_chosen_one(qtbot, window, cycle):
    tab = shown(qtbot, window)
    assert [row[0] for row in texts(tab.checks)] == [
        "Who can't be told apart",
        "How managers judge",
        "How chances were given",
        "Potential of territories",
        "Items with few records",
        "The same rule",
        "Grades, intended and actual",
    ]
    assert {row[0] for row in texts(tab.lines)} == {"王强", "李娜"}
    tab.checks.setFocus()
    for _ in range(5):
        qtbot.keyClick(tab.checks, Qt.Key.Key_Down)
    assert tab.heading.text() == tab.lines.accessibleName() == "The same rule"
    assert "after the period had begun" in texts(tab.lines)[0][-1]


def test_enter_on_a_line_shows_the_records_behind_it(qtbot, window, cycle):
    tab = shown(qtbot, window)
    tab.checks.setFocus()
    qtbot.keyClick(tab.checks, Qt.Key.Key_Return)
    assert tab.lines.hasFocus()
    at = [row[0] for row in texts(tab.lines)].index("王强")
    tab.lines.selectRow(at)
    assert tab.records.isEnabled()
    qtbot.keyClick(tab.lines, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.page_id == "pipeline"
    assert len(window.records.model.ids) == 1


def test_the_menu_of_a_line_offers_what_the_button_does(qtbot, window, cycle):
    tab = shown(qtbot, window)
    tab.lines.customContextMenuRequested.emit(
        tab.lines.visualRect(tab.lines.model().index(0, 0)).center()
    )
    (menu,) = tab.lines.findChildren(QMenu)
    assert [one.text() for one in menu.actions()] == [tab.records.text()]
    menu.close()


def test_what_is_written_elsewhere_is_read_again(qtbot, window, cycle):
    tab = shown(qtbot, window)
    tab.checks.selectRow(3)
    before = texts(tab.lines)
    with window.session.book.change("Given away") as change:
        for row in window.session.book.ids("customer"):
            change.set("customer", row, {"owner": "李娜"})
    settle(qtbot, window)
    assert tab.check is not None
    assert tab.check.code == "territory"
    assert texts(tab.lines) != before


def test_in_chinese_everything_is_said_in_chinese(qtbot, window, cycle):
    tab = shown(qtbot, window)
    set_language("zh_CN")
    tab.retranslate()
    settle(qtbot, window)
    assert next(row[0] for row in texts(tab.checks)) == "谁与谁分不出高低"
    assert tab.records.text() == tab.records.accessibleName() == "查看记录"
    assert "偶然" in texts(tab.lines)[0][-1]


def test_figures_are_sorted_as_figures(qtbot, window, cycle):
    tab = shown(qtbot, window)
    tab.checks.selectRow(3)
    head = tab.lines.horizontalHeader()
    head.sectionClicked.emit(1)
    counts = [int(row[1]) for row in texts(tab.lines)]
    assert counts == sorted(counts)
    head.sectionClicked.emit(1)
    assert [int(row[1]) for row in texts(tab.lines)] == sorted(counts, reverse=True)
