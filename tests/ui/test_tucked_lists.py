"""Lists that are seldom looked at by themselves: no tab until somebody asks for them."""

from __future__ import annotations

import pytest

from tests.ui.acting import settle


@pytest.fixture
def page(qtbot, window):
    window.show_page("growth")
    settle(qtbot, window)
    return window.page("growth")


def shown(page) -> list[str]:
    tabs = page.tabs
    return [tabs.tabText(at) for at in range(tabs.count()) if tabs.isTabVisible(at)]


def test_a_list_of_parts_comes_from_the_menu_behind_the_tabs(qtbot, window, page):
    assert "Promises of talks" not in shown(page)
    offered = page.more_button.menu().actions()
    assert "Promises of talks" in [one.text() for one in offered]
    next(one for one in offered if one.text() == "Promises of talks").trigger()
    settle(qtbot, window)
    assert page.current.entity == "promise"
    assert "Promises of talks" in shown(page)  # it stays at hand


def test_records_of_a_tucked_list_are_reached_from_elsewhere(qtbot, window, page):
    with window.session.book.change("talk") as change:
        talk = change.add("one_on_one", {"person": "王强"})
        row = change.add("promise", {"talk": talk, "title": "A list"})
    window.session.record_wanted.emit("promise", row)
    settle(qtbot, window)
    assert (window.records.entity, window.records.detail.id) == ("promise", row)


def test_the_menu_speaks_the_language_of_the_window(qtbot, window, page):
    window.set_language("zh_CN")
    settle(qtbot, window)
    assert page.more_button.text() == page.more_button.accessibleName() == "更多列表"
    assert "面谈承诺" in [one.text() for one in page.more_button.menu().actions()]
