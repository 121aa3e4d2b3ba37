"""The screens of the pool and of follow-ups: nothing is cut, everything has its name, in both languages."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.ui.acting import settle
from tests.ui.looking import wrong
from tests.ui.test_accessible import faults
from tests.ui.tour_of_work import pool_dialogs

_TABS = (
    ("pool", "in_pool"), ("pool", "falling"), ("pool", "conflicts"), ("customers", "next_steps"),
)  # fmt: skip


def _some(book) -> None:
    today = date.today()
    first, second, third, fourth = book.ids("customer")
    with book.change("pool") as change:
        change.add("pool_rule", {"contact_days": 30, "pool_days": 90, "daily_picks": 1})
        change.set("customer", first, {"first_contact_on": today - timedelta(days=400)})
        change.set("customer", fourth, {"owner": None, "pool_status": "pool"})
        change.add("ownership_claim", {"customer": third, "claimant": "李娜", "evidence": "展会"})
        change.add("follow_up_plan", {"customer": second, "due": today, "purpose": "报价"})


@pytest.mark.parametrize(
    ("language", "look", "size"),
    [("zh_CN", "dark", 100), ("en", "light", 100), ("en", "dark", 200), ("zh_CN", "light", 200)],
)
def test_nothing_is_cut_and_everything_has_its_name(qtbot, window, language, look, size):
    window.set_language(language)
    window.set_theme(look)
    if size > 100:
        window.set_text_size(size)
        window.resize(1920, 1080)
    found: list[str] = []

    def look_at(name: str, shown) -> None:
        found.extend(f"{name}: {one}" for one in (*wrong(shown), *faults(name, shown)))
        folder = os.environ.get("DAYBOOK_SHOTS")
        if folder:
            file = f"{name.replace(' ', '_')}_{language}_{look}_{size}.png"
            shown.grab().save(str(Path(folder) / file))

    for full in (False, True):
        if full:
            _some(window.session.book)
        for page, tab in _TABS:
            window.page(page).list_of(tab)
            settle(qtbot, window)
            look_at(f"{page} {tab} {'full' if full else 'empty'}", window)
    window.page("customers").list_of("follow_up_plan")
    settle(qtbot, window)
    look_at("follow-ups", window)
    for name, shown in pool_dialogs(qtbot, window):
        look_at(name, shown)
    assert not found, "\n".join(dict.fromkeys(found))
