"""The skill map: levels in cells, judged by typing, and what to see to."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QListWidget, QMenu, QTableView

from tests.ui.acting import named, settle, table_texts

ON = date(2026, 3, 2)


@pytest.fixture
def skills(qtbot, window):
    with window.session.book.change("skills") as change:
        for name in ("英语", "谈判"):
            change.add("skill", {"name": name})
        for who, skill, level, until in (
            ("王强", "英语", 4, "2026-01-01"), ("王强", "谈判", 3, None), ("李娜", "谈判", 5, None),
        ):  # fmt: skip
            change.add(
                "skill_level",
                {
                    "person": who, "skill": skill, "level": level, "assessed_on": "2025-06-01",
                    "valid_until": until, "evidence": "谈成两单",
                },
            )  # fmt: skip
        change.add("task", {"title": "翻译", "owner": "李娜", "required_skills": "英语 5"})
    page = window.page("capacity")
    page.list_of("skill_map")
    tab = page.skill_map
    tab.today = ON
    tab.read()
    settle(qtbot, window)
    return tab


def at(tab, name: str, skill: str):
    found = tab.model.found
    row = [one.name for one in found.people].index(name)
    return tab.model.index(row, [one.name for one in found.skills].index(skill))


def test_levels_stand_in_cells_and_what_rests_on_one_person_is_marked(skills):
    QAbstractItemModelTester(skills.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert at(skills, "王强", "英语").data() == "◆ 4↓3"
    assert at(skills, "李娜", "英语").data() == ""
    assert at(skills, "李娜", "谈判").data() == "5"
    said = at(skills, "王强", "英语").data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.splitlines() == [
        "王强, 英语: level 4, valid until 2026-01-01: counts as 3, judged on 2025-06-01",
        "英语 rests on 王强 alone: nobody else has level 3 or above.",
    ]
    heads = [
        skills.model.headerData(n, Qt.Orientation.Horizontal)
        for n in range(skills.model.columnCount())
    ]
    assert sorted(heads) == ["◆ 英语", "谈判"]


def test_what_to_see_to_is_listed_and_leads_there(qtbot, window, skills):
    listed = named(skills, QListWidget, "What to see to")
    assert [listed.item(n).text() for n in range(listed.count())] == [
        "英语 rests on 王强 alone: nobody else has level 3 or above.",
        "Nobody has 英语 ≥ 5, which 1 task or template asks for.",
        "英语 of 王强 is to be judged again: valid until 2026-01-01.",
    ]
    listed.setCurrentRow(1)
    listed.itemActivated.emit(listed.currentItem())
    settle(qtbot, window)
    assert window.page_id == "tasks"


def test_a_figure_typed_judges_today_and_one_undo_takes_it_back(qtbot, window, skills):
    table = named(skills, QTableView, "Skill map")
    table.setFocus()
    table.setCurrentIndex(at(skills, "李娜", "英语"))
    qtbot.keyClicks(table, "7")  # no level
    qtbot.keyClicks(table, "4")
    settle(qtbot, window)
    assert at(skills, "李娜", "英语").data() == "4"
    assert window.session.book.record("skill_level", 4)["assessed_on"] == ON
    assert at(skills, "王强", "英语").data() == "4↓3"  # no longer alone
    assert table.currentIndex() == at(skills, "李娜", "英语")
    window.session.undo()
    settle(qtbot, window)
    assert at(skills, "李娜", "英语").data() == ""


def test_evidence_is_said_and_enter_opens_the_judgement(qtbot, window, skills):
    table = named(skills, QTableView, "Skill map")
    table.setFocus()
    table.setCurrentIndex(at(skills, "李娜", "谈判"))
    assert skills._evidence.text().endswith("Evidence: 谈成两单")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle(qtbot, window)
    page = window.page("capacity")
    assert page.current is not None
    assert page.current.entity == "skill_level"


def test_the_menu_key_judges_too(qtbot, window, skills):
    table = named(skills, QTableView, "Skill map")
    table.setCurrentIndex(at(skills, "李娜", "英语"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    table.contextMenuEvent(event)
    [menu] = [one for one in skills.findChildren(QMenu) if one.isVisible()]
    texts = table_texts(table)
    judge = next(one for one in menu.actions() if one.text() == "Judge today: 2")
    judge.trigger()
    menu.close()
    settle(qtbot, window)
    assert table_texts(table) != texts
    assert at(skills, "李娜", "英语").data() == "2"


def test_without_skills_it_says_what_helps(qtbot, window):
    page = window.page("capacity")
    page.list_of("skill_map")
    settle(qtbot, window)
    assert page.skill_map.empty.isVisible()
    assert "No skill" in page.skill_map.empty.text()
