"""The screens of what customers say: nothing is cut, everything has its name, in both languages."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.ui.acting import settle
from tests.ui.looking import wrong
from tests.ui.test_accessible import faults
from ui.dialogs.customer_answer import CustomerAnswer

_TABS = ("voice", "themes", "open_complaints", "asking")


def _some(book) -> None:
    today = date.today()
    first, second, *_ = book.ids("customer")
    with book.change("said") as change:
        change.add("survey_form", {"name": "满意度调查", "sent_on": today, "sent_count": 20, "questions": "总体满意度（1–5）"})  # fmt: skip
        for at in range(8):
            change.add("survey_response", {"form": "满意度调查", "number": str(at), "customer": first if at % 2 else second, "responded_on": today - timedelta(days=at * 20), "score": 1 + at % 5, "recommends": at, "comment": "送货太慢", "themes": "" if at % 2 else "交货"})  # fmt: skip
        change.add("complaint", {"title": "到货有破损", "customer": first, "opened_on": today - timedelta(days=20)})  # fmt: skip


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
        for tab in _TABS:
            page = window.page("satisfaction")
            page.list_of(tab)
            settle(qtbot, window)
            qtbot.waitUntil(lambda page=page: not page.overview.waiting)
            settle(qtbot, window)
            look_at(f"{tab} {'full' if full else 'empty'}", window)
    dialog = CustomerAnswer(window.session, window)
    dialog.open()
    settle(qtbot, window)
    look_at("record an answer", dialog)
    dialog.reject()
    assert not found, "\n".join(dict.fromkeys(found))
