"""Every point of an evaluation is explained: its sentence, its rule, its measure, its records, and back again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from models.evaluations import rating
from tests.ui.acting import settle
from tests.ui.test_evaluations_page import choose, page, team
from ui.pages.evaluation_items import _KEY

__all__ = ["team"]


def lines_of(items, at=0):
    """The lines that an item opens into, by what their keys end with."""
    top = items.topLevelItem(at)
    return {
        str(top.child(n).data(0, _KEY)).split("/")[1]: top.child(n) for n in range(top.childCount())
    }


def click_line(qtbot, items, line):
    place = items.visualItemRect(line).center()
    qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_two_clicks_lead_to_the_records_the_third_to_the_rule_and_back_again(qtbot, window, team):
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    items = tab.sheet.items
    measured = next(
        at for at in range(items.topLevelItemCount()) if "records" in lines_of(items, at)
    )
    top = items.topLevelItem(measured)
    click_line(qtbot, items, top)
    assert top.isExpanded()
    click_line(qtbot, items, lines_of(items, measured)["records"])
    settle(qtbot, window)
    assert window.navigation.currentItem().text() != "Evaluations"
    assert not items.isVisible()
    window.do_back()
    settle(qtbot, window)
    assert items.isVisible()
    assert items.hasFocus()
    assert top.isExpanded()
    click_line(qtbot, items, lines_of(items, measured)["rule"])
    settle(qtbot, window)
    shown = window.page("evaluations").current
    assert shown is not None
    assert shown.entity == "scorecard_item"
    window.do_back()
    assert items.isVisible()


def test_enter_leads_the_same_way_and_two_quick_clicks_open_an_item_once(qtbot, window, team):
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    items = tab.sheet.items
    top = items.topLevelItem(0)
    place = items.visualItemRect(top).center()
    qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert top.isExpanded()
    items.setFocus()
    items.setCurrentItem(top)
    qtbot.keyClick(items, Qt.Key.Key_Return)
    assert not top.isExpanded()
    qtbot.keyClick(items, Qt.Key.Key_Return)
    asked: list[tuple[str, int]] = []
    window.session.record_wanted.connect(lambda *one: asked.append(one))
    items.setCurrentItem(lines_of(items)["rule"])
    qtbot.keyClick(items, Qt.Key.Key_Return)
    assert [entity for entity, _ in asked] == ["scorecard_item"]


def test_what_a_judgement_cites_stands_below_it_with_its_name_and_opens(qtbot, window, team):
    team.to(team.wang, "manager_review")
    proof = team.proof(team.wang)
    rating.rate(
        window.session.book, team.evaluation(team.wang), team.care, "manager", 4, "seen", proof
    )
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    items = tab.sheet.items
    at = next(
        at for at in range(items.topLevelItemCount()) if items.topLevelItem(at).text(0) == "Care"
    )
    judged = next(line for key, line in lines_of(items, at).items() if key.startswith("by manager"))
    items.topLevelItem(at).setExpanded(True)
    assert judged.isExpanded()
    assert proof in judged.child(0).text(0)
    assert len(judged.child(0).text(0)) > len(proof) + 5
    asked: list[tuple[str, int]] = []
    window.session.record_wanted.connect(lambda *one: asked.append(one))
    click_line(qtbot, items, judged.child(0))
    assert len(asked) == 1
