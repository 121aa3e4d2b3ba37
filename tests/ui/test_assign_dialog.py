"""Assigning in the window: one task ranked with reasons, several planned, all by keyboard too."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QMenu,
    QSpinBox,
    QTableView,
)

from models.assignment.in_book import WEIGHTS
from models.texts import set_language
from tests.ui.acting import click, named, settle
from ui.dialogs.assign import open_assign
from ui.dialogs.assign_many import AssignMany
from ui.dialogs.assign_model import Column
from ui.dialogs.assign_one import AssignDialog
from ui.dialogs.assign_plan import NOBODY, JobColumn

ON = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)


@pytest.fixture
def add(window):
    def make(entity: str, **values: object) -> int:
        with window.session.book.change("test") as change:
            return change.add(entity, values)

    return make


@pytest.fixture
def team(window, add) -> dict[str, int]:
    """王强 owns the customers; 赵敏 has nothing to do; 周杰 has left."""
    people = {"王强": 1, "李娜": 2}
    for name, status in (("赵敏", "active"), ("周杰", "left")):
        people[name] = add("salesperson", name=name, status=status)
    return people


@pytest.fixture
def task(add, team) -> int:
    return add("task", title="Visit", customer=1, due=FRIDAY, effort_hours=4, status="draft")


def opened(qtbot, window, *keys):
    made = open_assign(window.session, keys, window, ON)
    settle(qtbot, window)
    if isinstance(made, AssignDialog):
        qtbot.wait(160)  # what decides is told when the weights rest
        settle(qtbot, window)
    return made


@pytest.fixture
def dialog(qtbot, window, task) -> AssignDialog:
    return opened(qtbot, window, ("task", task))


def people(dialog: AssignDialog) -> list[str]:
    return [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]


def cell(dialog: AssignDialog, row: int, column: Column) -> str:
    return dialog.model.index(row, column).data()


def test_everybody_stands_in_order_with_reasons_and_those_who_may_not_below(dialog):
    assert people(dialog)[0] == "王强"
    assert people(dialog)[-1] == "周杰"
    assert cell(dialog, 3, Column.NOTE) == "Has left."
    assert dialog.factors.sentences()[1].startswith("Owner of 江苏单氏机械有限公司")
    assert "王强, next two weeks: 0 of 80 hours taken, 4 afterwards." in dialog.load.text()
    assert "if 王强 is on leave." in dialog.said.text()
    assert dialog.person.text().startswith("王强: ")


def test_a_task_is_given_by_the_keyboard_alone(qtbot, window, task, dialog):
    assert dialog.table.hasFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    one = window.session.book.record("task", task)
    assert (one["owner"].label, one["status"]) == ("王强", "assigned")
    assert not window.findChildren(AssignDialog)
    window.session.undo()
    assert window.session.book.record("task", task)["owner"] is None


def test_somebody_else_is_chosen_by_the_keyboard_with_a_reason(qtbot, window, task, dialog):
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert not dialog.give.isEnabled()
    line = named(dialog, QLineEdit, "Why not the first")
    assert line.isVisible()
    line.setFocus()
    qtbot.keyClicks(line, "asked for it")
    assert dialog.give.isEnabled()
    qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    book = window.session.book
    chosen = book.record("task", task)["owner"].label
    assert chosen in ("李娜", "赵敏")
    [row] = book.ids("assignment_decision")
    kept = book.record("assignment_decision", row)
    assert (kept["proposed"].label, kept["reason"]) == ("王强", "asked for it")


def test_who_has_left_cant_be_chosen(qtbot, dialog):
    dialog.table.setCurrentIndex(dialog.model.index(3, Column.PERSON))
    assert dialog.person.text() == "周杰: Has left."
    assert not dialog.give.isEnabled()
    assert not dialog.reason.isVisible()


def test_turned_weights_change_the_order_at_once_and_are_kept_on_request(
    qtbot, window, dialog, add
):
    add("task", title="Long", owner=1, due=FRIDAY, effort_hours=4, starts_on=ON)
    dialog.close()
    again = opened(qtbot, window, ("task", dialog._key[1]))
    assert people(again)[0] == "王强"
    named(again, QSpinBox, "Experience").setValue(0)
    named(again, QSpinBox, "Time left").setValue(90)
    assert people(again)[0] == "李娜"
    assert again.give.isEnabled()
    click(qtbot, again, "Keep in this book")
    assert window.session.book.setting(WEIGHTS) == (
        "skill=30 experience=0 load=90 leave=10 fairness=20"
    )
    click(qtbot, again, "Usual weights")
    assert people(again)[0] == "王强"
    for box in again.weights.boxes.values():
        box.setValue(0)
    assert again.wrong.text() == "One factor at least must count more than 0."


def test_supposing_somebody_away_shows_who_comes_next_and_goes_back(qtbot, dialog):
    first = people(dialog)[0]
    click(qtbot, dialog, "Suppose away")
    assert people(dialog)[0] != first
    assert cell(dialog, people(dialog).index(first), Column.NOTE).startswith("Away the whole time")
    dialog.table.setCurrentIndex(dialog.model.index(people(dialog).index(first), 0))
    assert not dialog.give.isEnabled()
    click(qtbot, dialog, "Back to how it is")
    assert people(dialog)[0] == first
    due = named(dialog, QDateEdit, "If it were due on")
    due.setDate(due.date().addDays(7))
    assert "until 03-13" in " ".join(dialog.factors.sentences())
    click(qtbot, dialog, "Back to how it is")
    assert "until 03-06" in " ".join(dialog.factors.sentences())


def asked(table: QTableView) -> QMenu:
    """The menu that the Menu key brings up."""
    place = table.visualRect(table.currentIndex()).center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(table, QContextMenuEvent(reason, place, table.mapToGlobal(place)))
    QApplication.processEvents()
    menu = next(one for one in table.findChildren(QMenu) if one.isVisible())
    menu.close()
    return menu


def test_the_menu_key_offers_what_can_be_done(dialog):
    texts = [one.text() for one in asked(dialog.table).actions()]
    assert texts == ["Give (Ctrl+Enter)", "Suppose away", "Back to how it is"]


# -- several -------------------------------------------------------------------------------------


@pytest.fixture
def tasks(add, team) -> list[int]:
    return [
        add("task", title=f"T{n}", customer=1 + n % 4, due=FRIDAY, effort_hours=4, status="draft")
        for n in range(5)
    ]


@pytest.fixture
def many(qtbot, window, tasks) -> AssignMany:
    return opened(qtbot, window, *(("task", one) for one in tasks))


def test_several_are_planned_together_and_given_as_one_change(qtbot, window, tasks, many):
    assert isinstance(many, AssignMany)
    given = many.given
    assert set(given) == {("task", one) for one in tasks}
    assert "Together" in many.total.text()
    qtbot.keyClick(many.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    book = window.session.book
    owners = {one: book.record("task", one)["owner"].id for one in tasks}
    assert owners == {key[1]: who for key, who in given.items()}
    window.session.undo()
    assert all(book.record("task", one)["owner"] is None for one in tasks)


def test_a_row_is_given_to_somebody_else_in_its_cell_by_keyboard(qtbot, window, tasks, many):
    before = many.given
    many.table.setFocus()
    many.table.setCurrentIndex(many.jobs.index(0, JobColumn.PERSON))
    qtbot.keyClick(many.table, Qt.Key.Key_F2)
    combo = named(many.table, QComboBox, "For")
    other = next(
        at for at in range(combo.count())
        if combo.itemData(at) not in (NOBODY, before["task", tasks[0]])
    )  # fmt: skip
    chosen = combo.itemData(other)
    combo.setCurrentIndex(other)
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert many.given["task", tasks[0]] == chosen
    assert not many.give.isEnabled()
    named(many, QLineEdit, "Why changed by hand").setText("knows them")
    assert many.give.isEnabled()
    click(qtbot, many, "Back to the proposal")
    assert many.given == before
    assert many.give.isEnabled()


def test_jobs_put_onto_a_person_are_theirs_and_their_hours_follow(many, team, tasks):
    rows = [0, 1]
    data = many.jobs.mimeData([many.jobs.index(row, 0) for row in rows])
    at = next(n for n, one in enumerate(many.people.lines) if one.name == "赵敏")
    place = many.people.index(at, 0)
    many.people.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, place)
    assert all(many.given["task", tasks[row]] == team["赵敏"] for row in rows)
    assert many.people.index(at, 1).data() >= "2"
    assert many.people.index(at, 2).data().startswith("0 → ")


def test_left_out_rows_stay_without_anybody(many, tasks):
    many.move_jobs([0], NOBODY)
    assert ("task", tasks[0]) not in many.given
    assert many.jobs.index(0, JobColumn.PERSON).data() == "nobody"
    assert "1 stays without anybody." in many.total.text()


def test_other_weights_plan_again(qtbot, window, many):
    named(many, QSpinBox, "Experience").setValue(0)
    qtbot.wait(300)
    settle(qtbot, window)
    assert many.plan.weights.experience == 0
    assert many.weights.weights.experience == 0


def test_both_tables_have_menus_by_the_menu_key(many):
    assert "Leave out" in [one.text() for one in asked(many.table).actions()]
    many.team.setCurrentIndex(many.people.index(0, 0))
    assert [one.text() for one in asked(many.team).actions()] == [
        "Give the selected to this person"
    ]


# -- ways to it ----------------------------------------------------------------------------------


def test_the_action_takes_the_selected_tasks_else_all_that_nobody_has(qtbot, window, tasks):
    window.page("customers")
    settle(qtbot, window)
    window.records.grid.clearSelection()
    window.records.grid.setCurrentIndex(window.records.model.index(-1, -1))
    window.do_assign()
    settle(qtbot, window)
    [dialog] = window.findChildren(AssignMany)
    assert len(dialog.given) == len(tasks)
    dialog.reject()
    page = window.page("tasks")
    page.list_of("task")
    settle(qtbot, window)
    window.records.grid.selectRow(0)
    window.do_assign()
    settle(qtbot, window)
    assert window.findChildren(AssignDialog)


def test_customers_without_owner_are_given_and_count_as_chances(qtbot, window, add, team):
    row = add("customer", name="新客户", grade="A")
    dialog = opened(qtbot, window, ("customer", row))
    assert "good chance worth 2" in dialog.about.text()
    click(qtbot, dialog, "Give (Ctrl+Enter)")
    settle(qtbot, window)
    book = window.session.book
    assert book.record("customer", row)["owner"] is not None
    assert book.count("opportunity_ledger") == 1


def test_customers_of_the_pool_are_proposed_from_there(qtbot, window, add, team):
    rows = [add("customer", name=name, grade="B", pool_status="pool") for name in ("甲", "乙")]
    page = window.page("pool")
    page.list_of("in_pool")
    settle(qtbot, window)
    page.own["in_pool"].table.selectAll()
    click(qtbot, page, "Who fits…")
    settle(qtbot, window)
    [dialog] = window.findChildren(AssignMany)
    assert {key[1] for key in dialog.given} == set(rows)


def test_nothing_to_give_is_said(window, team):
    said: list[str] = []
    window.session.refused.connect(said.append)
    window.do_assign()
    assert said == [
        "Every open task has somebody. Select tasks or customers to give them to others."
    ]


def test_nobody_in_the_team_is_said(qtbot, window, add):
    with window.session.book.change("all leave") as change:
        change.remove("salesperson", [1, 2])
    task = add("task", title="Visit", due=FRIDAY, effort_hours=4, status="draft")
    dialog = opened(qtbot, window, ("task", task))
    assert dialog.said.text() == "Nobody may be given “Visit”."
    assert not dialog.give.isEnabled()


def test_a_task_that_is_done_meanwhile_is_refused_in_the_dialog(qtbot, window, task, dialog):
    window.session.book.set("task", task, {"status": "done"})
    click(qtbot, dialog, "Give (Ctrl+Enter)")
    settle(qtbot, window)
    assert dialog.isVisible()
    assert "can't be given" in dialog.wrong.text()


def test_three_hundred_people_are_ranked_while_the_dialog_stays_instant(qtbot, window, team, task):
    with window.session.book.change("many") as change:
        change.add_many(
            "salesperson", ["name", "status"], [(f"P{n}", "active") for n in range(300)]
        )
    dialog = opened(qtbot, window, ("task", task))
    assert dialog.model.rowCount() == 304
    spin = named(dialog, QSpinBox, "Experience")
    took = []
    for value in (0, 5, 10, 60, 20):
        began = time.perf_counter()
        spin.setValue(value)
        QApplication.processEvents()
        took.append(time.perf_counter() - began)
    assert min(took) < 0.05


def test_the_fairness_tab_shows_who_got_how_much(qtbot, window, add, team):
    for name in ("王强", "王强", "王强", "王强", "李娜"):
        add("opportunity_ledger", person=team[name], given_on=date.today(), worth=1)
    page = window.page("capacity")
    page.list_of("fairness")
    settle(qtbot, window)
    tab = page.fairness
    assert [one.name for one in tab.model.lines][-1] == "王强"
    assert tab.heading.text() == "Good chances of 90 days · 2 people far from an equal share"
    tab.table.setFocus()
    tab.table.selectRow(2)
    assert [one.text() for one in asked(tab.table).actions()] == ["Show the chances"]
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.records.entity == "opportunity_ledger"
    assert len(window.records.model.ids) == 4


def test_in_chinese_too(qtbot, window, task):
    set_language("zh_CN")
    dialog = opened(qtbot, window, ("task", task))
    assert dialog.factors.sentences()[2] == "到 03-06 还有 40 小时空闲，本任务需 4 小时。"
    assert dialog.said.text().startswith("王强 排在")


def test_days_that_were_not_said_are_told(qtbot, window, add, team):
    task = add("task", title="Someday", status="draft")
    dialog = opened(qtbot, window, ("task", task))
    assert dialog.about.text() == "no due day; counted until 03-13 · 1 h (assumed)"
    assert ON + timedelta(11) == date(2026, 3, 13)
