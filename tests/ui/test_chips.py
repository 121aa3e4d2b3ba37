"""Filters as chips that read as sentences, built and changed by keyboard, in step with the typed line."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QToolButton, QTreeWidget

from tests.ui.acting import button, choose, click, named, settle, write
from ui.popover import Popover
from ui.records.condition_pane import ConditionPane
from ui.records.day_picker import DayPicker
from ui.records.filter_builder import FilterBuilder
from ui.records.header_list import HeaderList

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def customers(qtbot, window):
    page = window.page("customers").list_of("customer")
    with window.session.book.change("Cities") as change:
        for name, city, day in (
            ("C001", "南京市", "2026-03-05"),
            ("C002", "上海市", "2026-03-06"),
            ("C003", "北京市", "2025-12-31"),
        ):
            row = window.session.book.ids("customer", f"code={name}")[0]
            change.set("customer", row, {"city": city, "next_contact_due": day})
    settle(qtbot, window)
    return page


def codes(page) -> list[str]:
    at = page.model.fields.index("code")
    return [page.model.index(row, at).data() for row in range(page.model.rowCount())]


def shown(window, kind):
    [box] = [one for one in window.findChildren(kind) if one.isVisible()]
    return box


def ticks(box) -> dict[str, bool]:
    tree = box.findChild(QTreeWidget)
    return {
        row.text(0): row.checkState(0) == Qt.CheckState.Checked
        for at in range(tree.topLevelItemCount())
        if (row := tree.topLevelItem(at))
    }


def turn(box, text: str) -> None:
    tree = box.findChild(QTreeWidget)
    [row] = tree.findItems(text, Qt.MatchFlag.MatchExactly)
    on = row.checkState(0) == Qt.CheckState.Checked
    row.setCheckState(0, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)


def test_each_condition_is_a_chip_and_the_row_takes_no_room_without_one(qtbot, window, customers):
    row = customers.filtering.row
    assert not row.isVisible()
    customers.filter.setText("grade=A and next_contact_due=this_month")
    assert row.texts() == ["Grade is A", "Next contact due is within this month"]
    assert row.isVisible()
    customers.filter.setText("grade=A or city is empty")
    assert row.texts() == ["Grade is A or City is empty"]
    customers.filter.setText("grade=A or (")  # is being typed
    assert row.texts() == ["Grade is A or City is empty"]
    window.set_language("zh_CN")
    customers.filter.setText("grade=A and city=北京市")
    assert row.texts() == ["等级是 A", "城市是 北京市"]
    window.set_language("en")
    assert row.texts() == ["Grade is A", "City is 北京市"]
    customers.filter.clear()
    assert not row.isVisible()


def test_a_chip_is_removed_by_its_cross_by_delete_and_with_all_others(qtbot, window, customers):
    customers.filter.setText("grade=A and city~市 and phone is not empty")
    row = customers.filtering.row
    qtbot.mouseClick(named(row, QToolButton, "Remove filter: City contains “市”"), LEFT)
    assert customers.filter.text() == "grade=A and phone is not empty"
    row.focus_first()
    qtbot.keyClick(row.focusWidget(), KEY.Key_Right)
    qtbot.keyClick(row.focusWidget(), KEY.Key_Delete)
    assert customers.filter.text() == "grade=A"
    assert row.isAncestorOf(window.focusWidget())
    qtbot.keyClick(row.focusWidget(), KEY.Key_Escape)  # as it was before
    assert customers.filter.text() == "grade=A and phone is not empty"
    click(qtbot, row, "Clear all")
    assert customers.filter.text() == ""
    settle(qtbot, window)
    assert len(codes(customers)) == 4
    assert window.focusWidget() is customers.grid


def test_a_condition_is_built_by_keyboard_alone(qtbot, window, customers):
    customers.grid.setFocus()
    window.actions_["filter"].trigger()
    box = shown(window, FilterBuilder)
    qtbot.keyClicks(window.focusWidget(), "Owner")
    qtbot.keyClick(window.focusWidget(), KEY.Key_Return)
    settle(qtbot, window)
    pane = box.findChild(ConditionPane)
    assert pane.way.currentText() == "is one of"
    assert not button(box, "Apply").isEnabled()
    qtbot.keyClick(window.focusWidget(), KEY.Key_Down)  # into the list
    qtbot.keyClick(window.focusWidget(), KEY.Key_Down)
    qtbot.keyClick(window.focusWidget(), KEY.Key_Space)
    qtbot.waitUntil(lambda: box.hits.text() == "4 records")
    qtbot.keyClick(window.focusWidget(), KEY.Key_Return)
    assert customers.filter.text() == "Owner=王强"
    assert customers.filtering.row.texts() == ["Owner is 王强"]
    assert window.focusWidget() is customers.grid
    assert not [one for one in window.findChildren(Popover) if one.isVisible()]


def test_a_chip_is_changed_where_it_stands(qtbot, window, customers):
    customers.filter.setText("annual_revenue between 10000 and 5万 and grade!=C")
    row = customers.filtering.row
    row.focus_first()
    qtbot.keyClick(row.focusWidget(), KEY.Key_Return)
    box = shown(window, FilterBuilder)
    pane = box.findChild(ConditionPane)
    assert pane.way.currentText() == "is between"
    assert window.focusWidget().text() == "10000"
    write(qtbot, window.focusWidget(), "20000")
    assert customers.filter.text() == '"Annual revenue" between 20000 and 5万 and grade!=C'
    assert row.texts()[0] == "Annual revenue is between 20,000 and 50,000"
    # What is no number is said at once and can't be taken.
    row.focus_first()
    qtbot.keyClick(row.focusWidget(), KEY.Key_Return)
    box = shown(window, FilterBuilder)
    window.focusWidget().setText("lots")
    qtbot.waitUntil(lambda: "lots" in box.hits.text())
    qtbot.keyClick(window.focusWidget(), KEY.Key_Escape)
    assert customers.filter.text().startswith('"Annual revenue" between 20000')


def test_a_span_of_days_is_chosen_by_its_name(qtbot, window, customers):
    customers.filtering.ask()
    box = shown(window, FilterBuilder)
    box._picker.picked.emit("next_contact_due")
    spans = window.focusWidget()
    rows = [spans.item(at).text() for at in range(spans.count())]
    assert rows[6].startswith("this month   20")
    assert not any("fiscal" in one for one in rows)  # it is the calendar's year here
    [last] = [at for at, one in enumerate(rows) if one.startswith("last 7 days")]
    spans.setCurrentRow(last)
    qtbot.keyClick(spans, KEY.Key_Return)
    assert customers.filtering.row.texts() == ["Next contact due is within the last 7 days"]
    customers.filtering.row.opened.emit(0)
    box = shown(window, FilterBuilder)
    assert window.focusWidget().currentItem().text().startswith("last 7 days")
    assert len(box._stops()) > 2


def test_days_are_typed_for_short_or_as_words_and_chosen_in_a_calendar(qtbot, window, customers):
    customers.filter.setText("next_contact_due between 2026-01-01 and today")
    customers.filtering.row.opened.emit(0)
    box = shown(window, FilterBuilder)
    first, last = named(box, QLineEdit, "From"), named(box, QLineEdit, "To")
    assert (first.text(), last.text()) == ("2026-01-01", "today")
    write(qtbot, first, "2026.3.5")
    assert customers.filter.text() == '"Next contact due" between 2026-03-05 and today'
    customers.filtering.row.opened.emit(0)
    box = shown(window, FilterBuilder)
    qtbot.keyClick(named(box, QLineEdit, "From"), KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    [picker] = window.findChildren(DayPicker)
    picker.picked.emit(date(2026, 3, 9))
    picker.close()
    click(qtbot, box, "Apply")
    assert customers.filter.text() == '"Next contact due" between 2026-03-09 and today'


def test_what_cannot_be_shown_in_parts_is_changed_as_it_is_written(qtbot, window, customers):
    customers.filter.setText("grade=A or city=上海市")
    customers.filtering.row.opened.emit(0)
    line = window.focusWidget()
    assert line.text() == "grade=A or city=上海市"
    write(qtbot, line, "grade=A or city=北京市")
    assert customers.filter.text() == "grade=A or city=北京市"


def test_the_records_behind_a_number_are_a_chip_too(qtbot, window, customers):
    customers.show_only("Won in March", list(customers.model.ids[:2]))
    settle(qtbot, window)
    assert customers.filtering.row.texts() == ["Won in March"]
    assert customers.count.text() == "2 of 4 records"
    customers.filter.setText("grade=A")
    assert customers.filtering.row.texts() == ["Won in March", "Grade is A"]
    customers.filtering.row.chip(0).click()
    settle(qtbot, window)
    assert customers.filtering.row.texts() == ["Grade is A"]
    assert customers.count.text() == "2 of 4 records"


def test_the_heading_lists_the_values_that_the_other_conditions_leave(qtbot, window, customers):
    customers.filter.setText("grade in (A, B) and city!=上海市")
    customers.reload()
    customers.grid.setCurrentIndex(customers.model.index(0, customers.model.fields.index("city")))
    customers.grid.setFocus()
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(customers.grid, KEY.Key_Down, held)
    box = shown(window, HeaderList)
    assert ticks(box) == {
        "(Select all)": False, "北京市": True, "南京市": True, "上海市": False,
    }  # fmt: skip
    turn(box, "上海市")
    turn(box, "南京市")
    click(qtbot, box, "Apply")
    assert customers.filter.text() == "grade in (A, B) and City!=南京市"
    assert codes(customers) == ["C002", "C003"]
    customers.filtering.ask_column(customers.model.fields.index("city"))
    click(qtbot, shown(window, HeaderList), "Clear filter")
    assert customers.filter.text() == "grade in (A, B)"


def test_what_is_found_by_typing_in_the_heading_is_what_is_wanted(qtbot, window, customers):
    customers.filtering.ask_column(customers.model.fields.index("city"))
    box = shown(window, HeaderList)
    qtbot.keyClicks(window.focusWidget(), "shanghai")
    qtbot.keyClick(window.focusWidget(), KEY.Key_Return)
    assert customers.filter.text() == "City=上海市"
    assert codes(customers) == ["C002"]
    # Once some are chosen, those that are found later are added.
    customers.filtering.ask_column(customers.model.fields.index("city"))
    box = shown(window, HeaderList)
    qtbot.keyClicks(window.focusWidget(), "bj")
    qtbot.waitUntil(lambda: "北京市" in ticks(box) and len(ticks(box)) == 2)
    turn(box, "北京市")
    qtbot.keyClick(box.values.line, KEY.Key_Return)
    assert customers.filter.text() == "City in (北京市, 上海市)"


def test_many_values_found_by_a_word_are_asked_for_by_it(qtbot, window, customers):
    with window.session.book.change("Many") as change:
        for number in range(12):
            change.add("customer", {"name": f"华东{number}号店", "code": f"H{number}"})
    settle(qtbot, window)
    customers.filtering.ask_column(customers.model.fields.index("name"))
    line = window.focusWidget()
    line.insert("华东")
    qtbot.keyClick(line, KEY.Key_Return)
    assert customers.filtering.row.texts() == ["Customer name contains “华东”"]
    assert len(codes(customers)) == 12


def test_no_value_ticked_is_nothing_to_show(qtbot, window, customers):
    customers.filtering.ask_column(customers.model.fields.index("city"))
    box = shown(window, HeaderList)
    turn(box, "(Select all)")
    assert not button(box, "Apply").isEnabled()
    turn(box, "(Empty)")
    click(qtbot, box, "Apply")
    assert customers.filter.text() == "City is empty"
    assert codes(customers) == ["C004"]


def test_a_range_of_a_column_is_shown_and_changed_in_its_heading(qtbot, window, customers):
    customers.filter.setText("annual_revenue between 1万 and 5万 and next_contact_due=this_month")
    customers.filtering.ask_column(customers.model.fields.index("annual_revenue"))
    box = shown(window, HeaderList)
    assert [named(box, QLineEdit, one).text() for one in ("From", "To")] == ["1万", "5万"]
    named(box, QLineEdit, "To").clear()
    click(qtbot, box, "Apply")
    assert customers.filter.text() == 'next_contact_due=this_month and "Annual revenue">=1万'
    customers.filtering.ask_column(customers.model.fields.index("next_contact_due"))
    box = shown(window, HeaderList)
    choose(qtbot, named(box, QComboBox, "Span of days"), "last quarter")
    click(qtbot, box, "Apply")
    assert customers.filtering.row.texts() == [
        "Annual revenue is at least 10,000", "Next contact due is within last quarter",
    ]  # fmt: skip


def test_days_are_ticked_by_year_and_month(qtbot, window, customers):
    customers.filtering.ask_column(customers.model.fields.index("next_contact_due"))
    box = shown(window, HeaderList)
    assert list(ticks(box)) == ["(Select all)", "2026", "2025", "(Empty)"]
    turn(box, "(Select all)")
    turn(box, "2026")
    click(qtbot, box, "Apply")
    assert customers.filter.text() == '"Next contact due"=2026年'
    assert codes(customers) == ["C001", "C002"]
    assert customers.filtering.row.texts() == ["Next contact due is in 2026"]


def test_a_filtered_column_shows_a_funnel_that_opens_its_list(qtbot, window, customers):
    head = customers.grid.horizontalHeader().viewport()
    assert not head.findChildren(QToolButton)
    customers.filter.setText("grade=A")
    qtbot.mouseClick(named(head, QToolButton, "Filter by Grade"), LEFT)
    box = shown(window, HeaderList)
    assert ticks(box)["A"]
    qtbot.keyClick(window.focusWidget(), KEY.Key_Escape)
    assert not [one for one in window.findChildren(Popover) if one.isVisible()]
    customers.filter.clear()
    QApplication.processEvents()
    assert not [one for one in head.findChildren(QToolButton) if one.isVisible()]


def test_columns_that_are_kept_in_sight_have_their_funnels_above(qtbot, window, customers):
    customers.list_view.freeze(2)
    customers.filter.setText("name~公司 and grade=A")
    QApplication.processEvents()
    kept = customers.grid.frozen.horizontalHeader().viewport()
    below = customers.grid.horizontalHeader().viewport()
    assert [one.accessibleName() for one in below.findChildren(QToolButton) if one.isVisible()] == [
        "Filter by Grade"
    ]
    qtbot.mouseClick(named(kept, QToolButton, "Filter by Customer name"), LEFT)
    assert shown(window, HeaderList).accessibleName() == "Filter by Customer name"


def test_the_filter_of_a_view_is_seen_as_chips(window, customers):
    customers.put_filter("grade=A")
    customers.reload()
    assert customers.filtering.row.texts() == ["Grade is A"]
    assert codes(customers) == ["C001", "C003"]


def test_tab_stays_in_the_box_and_a_click_elsewhere_closes_it(qtbot, window, customers):
    customers.filtering.ask_column(customers.model.fields.index("annual_revenue"))
    box = shown(window, HeaderList)
    seen = set()
    for _ in range(20):
        qtbot.keyClick(window.focusWidget(), KEY.Key_Tab)
        assert box.isAncestorOf(window.focusWidget())
        seen.add(window.focusWidget().accessibleName())
    assert {"From", "To", "Search values", "Values", "Apply", "Cancel", "Sort ascending"} <= seen
    qtbot.mouseClick(customers.grid.viewport(), LEFT)
    assert not box.isVisible()


def test_what_the_other_conditions_get_wrong_is_said_in_the_list(qtbot, window, customers):
    customers.filter.setText("next_contact_due=soon")
    customers.filtering.ask_column(customers.model.fields.index("city"))
    box = shown(window, HeaderList)
    assert "soon" in box.values.said.text()
    assert ticks(box) == {}
