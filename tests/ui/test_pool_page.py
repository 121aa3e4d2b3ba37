"""The pool, who falls, conflicts and next steps: everything that can be done there, also by keyboard."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.ui.acting import click, settle
from ui.dialogs.follow_up_done import FollowUpDone
from ui.dialogs.new_claim import NewClaim
from ui.dialogs.new_customer import NewCustomer
from ui.dialogs.plan_follow_up import AskWhy, MoveFollowUp, PlanFollowUp
from ui.dialogs.pool_acts import GiveCustomers, IntoPool
from ui.dialogs.ruling import Ruling
from ui.records.editors import put_value

TODAY = date.today()
LONG_AGO = TODAY - timedelta(days=100)


@pytest.fixture
def team(qtbot, window):
    """Rules, two who fall, one in the pool, one claimed from its owner."""
    book = window.session.book
    first, second, third, fourth = book.ids("customer")
    with book.change("pool") as change:
        change.add("pool_rule", {"contact_days": 30, "pool_days": 90, "daily_picks": 1})
        for one in (first, second):
            change.set("customer", one, {"first_contact_on": LONG_AGO})
        for deal in book.ids("opportunity"):
            change.set("opportunity", deal, {"customer": third})
        change.set("customer", fourth, {"owner": None, "pool_status": "pool"})
        change.add(
            "ownership_claim", {"customer": third, "claimant": "李娜", "evidence": "met first"}
        )
    settle(qtbot, window)
    return window, (first, second, third, fourth)


def tab(qtbot, window, page: str, name: str):
    shown = window.page(page)
    shown.list_of(name)
    settle(qtbot, window)
    return shown.own[name]


def dialog(window, kind):
    [found] = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]
    return found


def choose(listed, *records: int) -> None:
    listed.table.clearSelection()
    for record in records:
        row = listed.model.place_of(("customer", record))
        flags = listed.table.selectionModel().SelectionFlag
        index = listed.model.index(row, 0)
        listed.table.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)


def names(listed) -> list[str]:
    return [one.cells[0] for one in listed.model.lines]


def value(window, entity: str, row: int, field: str):
    found = window.session.book.record(entity, row)[field]
    return getattr(found, "label", found)


def fill(dialog_, **values: object) -> None:
    for name, one in values.items():
        put_value(dialog_.boxes[name].editor, str(one), one)


def test_those_who_fall_are_reviewed_and_go_as_one_step(qtbot, team):
    window, (first, second, *_) = team
    falling = tab(qtbot, window, "pool", "falling")
    assert len(names(falling)) == 2
    click(qtbot, falling, "All that fall…")
    shown = dialog(window, IntoPool)
    assert shown.table.rowCount() == 2
    click(qtbot, shown, "To the pool")
    settle(qtbot, window)
    assert falling.model.rowCount() == 0
    assert value(window, "customer", first, "pool_status") == "pool"
    assert "No customer is about to fall" in falling.empty.text()
    window.session.undo()
    settle(qtbot, window)
    assert value(window, "customer", second, "owner") == "王强"
    assert len(names(falling)) == 2


def test_a_line_that_does_not_fall_can_not_be_sent_and_one_that_does_may_be_kept(qtbot, team):
    window, (first, *_) = team
    falling = tab(qtbot, window, "pool", "falling")
    recycle = falling.buttons[1]
    assert not recycle.isEnabled()
    choose(falling, first)
    assert recycle.isEnabled()
    click(qtbot, falling, "Never to the pool")
    settle(qtbot, window)
    assert value(window, "customer", first, "pool_status") == "kept"
    choose(falling, first)  # it stays in the list, with its reason
    assert not recycle.isEnabled()
    assert "marked never to go" in falling.chosen()[0].cells[-1]


def test_picking_is_limited_and_assigning_is_not(qtbot, team):
    window, (*_, fourth) = team
    inside = tab(qtbot, window, "pool", "in_pool")
    choose(inside, fourth)
    click(qtbot, inside, "Pick…")
    shown = dialog(window, GiveCustomers)
    click(qtbot, shown, "Pick")
    assert "Say who gets" in shown._said.text()
    fill(shown, person="李娜")
    click(qtbot, shown, "Pick")
    settle(qtbot, window)
    assert value(window, "customer", fourth, "owner") == "李娜"
    window.session.write("back", lambda change: change.set("customer", fourth, {"owner": None, "pool_status": "pool"}))  # fmt: skip
    settle(qtbot, window)
    choose(inside, fourth)
    click(qtbot, inside, "Pick…")
    shown = dialog(window, GiveCustomers)
    fill(shown, person="李娜")
    click(qtbot, shown, "Pick")
    assert "picked 1 of 1" in shown._said.text()
    shown.reject()
    click(qtbot, inside, "Assign…")
    shown = dialog(window, GiveCustomers)
    fill(shown, person="李娜", reason="near")
    click(qtbot, shown, "Assign")
    settle(qtbot, window)
    assert value(window, "customer", fourth, "owner") == "李娜"


def test_a_case_is_ruled_after_a_look_at_both_sides(qtbot, team):
    window, (_, _, third, _) = team
    conflicts = tab(qtbot, window, "pool", "conflicts")
    assert [one.cells[1] for one in conflicts.model.lines] == ["王强, 李娜"]
    choose(conflicts, third)
    qtbot.keyClick(conflicts.table, Qt.Key.Key_Return)
    shown = dialog(window, Ruling)
    assert shown.sides.rowCount() == 2
    click(qtbot, shown, "Rule")
    assert "Say why" in shown._said.text()
    fill(shown, ruling="she met them first")
    shown.winner.setCurrentText("李娜")
    click(qtbot, shown, "Rule")
    settle(qtbot, window)
    assert value(window, "customer", third, "owner") == "李娜"
    assert "No customer is claimed" in conflicts.empty.text()


def test_a_claim_says_whose_the_customer_is_while_it_is_typed(qtbot, team):
    window, (first, *_) = team
    conflicts = tab(qtbot, window, "pool", "conflicts")
    click(qtbot, conflicts, "Register a claim…")
    shown = dialog(window, NewClaim)
    fill(shown, customer=value(window, "customer", first, "name"), claimant="李娜")
    shown._look()
    assert "is with 王强 already" in shown.hint.text()
    click(qtbot, shown, "Register")
    settle(qtbot, window)
    assert len(names(conflicts)) == 2


def test_a_new_customer_like_one_that_somebody_has_is_said(qtbot, team):
    window, _ = team
    page = window.page("customers").list_of("customer")
    page.add()
    shown = page.findChild(NewCustomer)
    put_value(shown._boxes["name"].editor, "上海曾记食品", None)
    qtbot.waitUntil(lambda: shown.hint.isVisible(), timeout=5_000)
    assert shown.hint.text() == "上海曾记食品有限公司 is with 王强 already."
    shown.reject()


def test_next_steps_are_planned_for_several_and_explained_by_keyboard(qtbot, team):
    window, (first, second, third, _) = team
    steps = tab(qtbot, window, "customers", "next_steps")
    assert names(steps)[:2] == [value(window, "customer", one, "name") for one in (first, second)]
    choose(steps, first, second)
    click(qtbot, steps, "Plan…")
    shown = dialog(window, PlanFollowUp)
    assert shown.boxes["due"].typed() > TODAY.isoformat()
    fill(shown, purpose="ask")
    qtbot.keyClick(shown.boxes["purpose"].editor, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.session.book.count("follow_up_plan", "status=planned") == 2
    choose(steps, third)
    click(qtbot, steps, "Not needed because…")
    fill(dialog(window, AskWhy), no_step_reason="pays in spring")
    click(qtbot, dialog(window, AskWhy), "Not needed")
    settle(qtbot, window)
    assert value(window, "customer", third, "name") not in names(steps)


def test_the_menu_key_offers_what_the_buttons_do_and_copies(qtbot, team):
    window, (first, *_) = team
    falling = tab(qtbot, window, "pool", "falling")
    choose(falling, first)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(falling.table, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [one.text() for one in menu.actions()]
    assert texts[0] == "Open the record"
    assert {"Plan…", "To the pool…", "Never to the pool", "Copy"} <= set(texts)
    menu.close()
    qtbot.keyClick(falling.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\t")[0] == names(falling)[0]
    qtbot.keyClick(falling.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.records.entity == "customer"


def test_a_list_is_narrowed_sorted_and_says_when_nothing_fits(qtbot, team):
    window, _ = team
    falling = tab(qtbot, window, "pool", "falling")
    before = names(falling)
    falling._sort(0)
    assert names(falling) == sorted(before, key=str.casefold)
    falling._sort(0)
    assert names(falling) == sorted(before, key=str.casefold, reverse=True)
    falling.search.setText("qqxx")
    assert falling.empty.text() == "Nothing in the list has that."
    falling.search.clear()
    assert falling.model.rowCount() == 2


def test_follow_ups_are_done_moved_and_missed_from_their_list(qtbot, team):
    window, (first, second, third, _) = team
    book = window.session.book
    with book.change("plans") as change:
        rows = [
            change.add("follow_up_plan", {"customer": one, "due": TODAY, "purpose": "ask"})
            for one in (first, second, third)
        ]
    page = window.page("customers").list_of("follow_up_plan")
    settle(qtbot, window)
    for row, text in zip(rows, ("Done…", "Move…", "Missed…"), strict=True):
        assert page.grid.pick(row)
        click(qtbot, page, text)
        if text == "Done…":
            shown = dialog(window, FollowUpDone)
            fill(shown, result="wants a price", next_step="send it")
            put_value(shown.next.editor, str(TODAY + timedelta(days=5)), None)
            click(qtbot, shown, "Done")
        elif text == "Move…":
            shown = dialog(window, MoveFollowUp)
            fill(shown, outcome="on a fair")
            click(qtbot, shown, "Move")
        else:
            shown = dialog(window, AskWhy)
            fill(shown, outcome="forgotten")
            click(qtbot, shown, "Mark as missed")
        settle(qtbot, window)
    told = [value(window, "follow_up_plan", row, "status") for row in rows]
    assert told == ["done", "moved", "missed"]
    again = book.ids("follow_up_plan", "status=planned")
    assert {value(window, "follow_up_plan", one, "purpose") for one in again} == {"send it", "ask"}
    assert book.count("activity") == 1
    assert value(window, "customer", first, "next_contact_due") == TODAY + timedelta(days=5)
    window.session.undo(), window.session.undo(), window.session.undo()
    assert {value(window, "follow_up_plan", row, "status") for row in rows} == {"planned"}
    assert book.count("activity") == 0


def test_three_hundred_people_and_ten_thousand_customers_are_read_beside_the_window(qtbot, window):
    book = window.session.book
    with book.change("many") as change:
        people = change.add_many("salesperson", ("name", "status"), [(f"P{n}", "active") for n in range(300)])  # fmt: skip
        change.add_many("customer", ("name", "owner", "first_contact_on"), [(f"C{n}", people[n % 300], LONG_AGO) for n in range(10_000)])  # fmt: skip
        change.add("pool_rule", {"contact_days": 30, "pool_days": 90})
    window.page("pool")
    began = time.perf_counter()
    falling = tab(qtbot, window, "pool", "falling")
    assert falling.model.rowCount() == 10_000
    assert time.perf_counter() - began < 8
    assert len(falling.findChildren(QWidget)) < 100


def test_the_window_speaks_the_other_language_at_once(qtbot, team):
    from ui import languages

    window, _ = team
    falling = tab(qtbot, window, "pool", "falling")
    languages.apply(QApplication.instance(), "zh_CN")
    window.retranslate()
    settle(qtbot, window)
    assert falling.buttons[0].text() == "计划…"
    assert "天" in falling.model.lines[0].cells[-1]
    assert falling.model.headerData(0, Qt.Orientation.Horizontal) == "客户"


def test_without_rules_one_button_gives_usual_ones(qtbot, window):
    falling = tab(qtbot, window, "pool", "falling")
    assert "No rule says" in falling.empty.text()
    click(qtbot, falling, "Begin with usual rules")
    settle(qtbot, window)
    assert window.session.book.count("pool_rule") == 4
    assert "No customer is about to fall" in falling.empty.text()
    window.session.undo()
    settle(qtbot, window)
    assert "No rule says" in falling.empty.text()


def test_what_is_overdue_for_too_long_is_missed_when_the_book_is_shown(qtbot, window):
    book = window.session.book
    with book.change("old") as change:
        row = change.add("follow_up_plan", {"customer": 1, "due": LONG_AGO})
    qtbot.waitUntil(
        lambda: value(window, "follow_up_plan", row, "status") == "missed", timeout=9_000
    )
    assert book.history(1)[0].origin == "clock"


def test_closing_the_book_shows_no_page_that_goes(qtbot, team):
    window, _ = team
    window.page("pool")  # it goes before the next, which would be shown in its place
    insights = window.page("insights")
    settle(qtbot, window)
    window.page("pool")
    settle(qtbot, window)
    window.session.set("customer", 1, {"notes": "x"})
    settle(qtbot, window)
    assert insights._stale
    window.do_close_book()
    assert insights._stale  # else it reads for nobody, and answers when it is gone
