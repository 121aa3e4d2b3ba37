"""Find and replace in a list: seen before it is done, one step to take back, refusals left out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
)

from tests.ui.acting import click, named, table_texts
from tests.ui.sheet_keys import SHIFT, go, texts
from ui.dialogs.find_replace import FindReplace


@pytest.fixture
def customers(window, settled):
    settled(window)
    page = window.records
    page.grid.setFocus()
    return page


def ask(qtbot, page) -> FindReplace:
    page.window().actions_["replace"].trigger()
    QApplication.processEvents()
    [dialog] = [one for one in page.findChildren(FindReplace) if one.isVisible()]
    return dialog


def look(qtbot, dialog, find: str, into: str) -> list[list[str]]:
    named(dialog, QLineEdit, "Find").setText(find)
    named(dialog, QLineEdit, "Replace with").setText(into)
    return listed(qtbot, dialog)


def listed(qtbot, dialog) -> list[list[str]]:
    qtbot.waitUntil(lambda: not dialog._timer.isActive() and not dialog._latest.waiting)
    return table_texts(named(dialog, QTableView, "What would change"))


def said(dialog) -> str:
    return " ".join(one.text() for one in dialog.findChildren(QLabel))


def test_what_would_change_is_listed_then_written_as_one_step(qtbot, window, customers):
    dialog = ask(qtbot, customers)
    rows = look(qtbot, dialog, "有限公司", "集团")
    assert rows[0] == [
        "江苏单氏机械有限公司",
        "Customer name",
        "江苏单氏机械有限公司",
        "江苏单氏机械集团",
    ]
    assert len(rows) == 3
    assert "3 cells found." in said(dialog)
    click(qtbot, dialog, "Replace in 3 cells")
    names = ["江苏单氏机械集团", "上海曾记食品集团", "北京欧阳科技集团", "Acme Tools Ltd"]
    assert texts(customers, "name") == names
    assert "3 cells replaced." in window.notices.text
    window.actions_["undo"].trigger()
    assert texts(customers, "name")[0] == "江苏单氏机械有限公司"


def test_what_is_unticked_stays_as_it_is(qtbot, customers):
    dialog = ask(qtbot, customers)
    look(qtbot, dialog, "有限公司", "集团")
    view = named(dialog, QTableView, "What would change")
    view.selectRow(1)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    click(qtbot, dialog, "Replace in 2 cells")
    assert texts(customers, "name")[:2] == ["江苏单氏机械集团", "上海曾记食品有限公司"]


def test_all_are_unticked_and_ticked_again_by_a_button(qtbot, customers):
    dialog = ask(qtbot, customers)
    look(qtbot, dialog, "有限公司", "集团")
    click(qtbot, dialog, "Untick all")
    assert not named(dialog, QPushButton, "Replace in 0 cells").isEnabled()
    click(qtbot, dialog, "Tick all")
    assert named(dialog, QPushButton, "Replace in 3 cells").isEnabled()


def test_what_a_field_would_refuse_is_named_and_left_out(qtbot, customers):
    dialog = ask(qtbot, customers)
    rows = look(qtbot, dialog, "A", "Q")
    refused = [row for row in rows if row[1] == "Grade"]
    assert len(refused) == 2
    assert refused[0][3].startswith("left out: “Q” is not one of")
    named_rows = [row for row in rows if row[1] != "Grade"]
    assert f"{len(rows)} cells found." in said(dialog)
    assert "2 would be refused" in said(dialog)
    click(qtbot, dialog, "Tick all")  # not even so
    count = len(named_rows)
    click(qtbot, dialog, f"Replace in {count} cell" + ("s" if count > 1 else ""))
    assert texts(customers, "grade") == ["A", "B", "A", "C"]
    assert texts(customers, "name")[3] == "Qcme Tools Ltd"


def test_a_name_that_would_be_emptied_is_refused(qtbot, customers):
    dialog = ask(qtbot, customers)
    rows = look(qtbot, dialog, "Acme Tools Ltd", "")
    assert rows[0][3] == "left out: Customer name must be filled in."


def test_case_and_whole_cells_are_minded_when_asked(qtbot, customers):
    dialog = ask(qtbot, customers)
    assert len(look(qtbot, dialog, "acme", "Bcme")) == 1
    named(dialog, QCheckBox, "Match case").click()
    assert listed(qtbot, dialog) == []
    assert len(look(qtbot, dialog, "Acme", "Bcme")) == 1
    named(dialog, QCheckBox, "Whole cell only").click()
    assert listed(qtbot, dialog) == []


def test_only_selected_cells_are_looked_at_where_several_are_selected(qtbot, customers):
    go(customers, 0, "name")
    qtbot.keyClick(customers.grid, Qt.Key.Key_Down, SHIFT)
    dialog = ask(qtbot, customers)
    assert named(dialog, QComboBox, "In").currentText() == "Selected cells"
    assert len(look(qtbot, dialog, "有限公司", "集团")) == 2
    named(dialog, QComboBox, "In").setCurrentIndex(1)
    assert len(listed(qtbot, dialog)) == 3


def test_a_list_of_thousands_is_replaced_in_the_background(qtbot, window, customers, settled):
    with window.session.book.change("Many") as change:
        for number in range(2500):
            change.add("customer", {"name": f"大客户{number:04}", "code": f"D{number:04}"})
    customers.reload()
    dialog = ask(qtbot, customers)
    assert len(look(qtbot, dialog, "大客户", "老客户")) == 2500
    click(qtbot, dialog, "Replace in 2,500 cells")
    settled(window)
    assert texts(customers, "name")[4] == "老客户0000"
    assert texts(customers, "name")[-1] == "老客户2499"


def test_another_question_drops_the_one_that_runs(qtbot, customers):
    dialog = ask(qtbot, customers)
    look(qtbot, dialog, "Acme", "x")
    assert len(look(qtbot, dialog, "有限公司", "集团")) == 3
    named(dialog, QLineEdit, "Find").setText("Acm")
    assert not named(dialog, QPushButton, "Replace in 3 cells").isEnabled()
    dialog.reject()
    assert texts(customers, "name")[3] == "Acme Tools Ltd"
