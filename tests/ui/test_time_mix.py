"""The time mix: a table of everybody, and the activities behind a row."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from tests.ui.acting import settle, table_texts


def test_hours_stand_by_what_they_went_into_and_enter_opens_the_activities(qtbot, window):
    with window.session.book.change("visits") as change:
        for customer in ("Acme Tools Ltd", None):
            change.add(
                "activity",
                {
                    "at": "2026-03-03 10:00", "kind": "visit", "person": "王强",
                    "customer": customer, "duration_minutes": 60,
                },
            )  # fmt: skip
    page = window.page("capacity")
    page.time_mix.today = date(2026, 3, 31)
    page.list_of("time_mix")
    settle(qtbot, window)
    rows = {row[0]: row[1:] for row in table_texts(page.time_mix.table)}
    assert rows["王强"][:4] == ["2 h", "1 h · 50%", "0 h · 0%", "1 h · 50%"]
    assert rows["李娜"][:2] == ["0 h", "0 h · –"]
    at = list(rows).index("王强")
    page.time_mix.table.setCurrentCell(at, 0)
    page.time_mix.table.setFocus()
    qtbot.keyClick(page.time_mix.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.page_id == "customers"
    assert len(window.records.model.ids) == 2
