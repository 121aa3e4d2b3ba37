"""Goals for the small team of these tests: one of the company, its parts, and one with key results."""

from __future__ import annotations

from models.book import Book

PERIOD = "2026-H1"


def add_goals(book: Book) -> dict[str, int]:
    """A company goal of 8,000 whose parts come to 7,500; gives their rows by a short name."""
    rows: dict[str, int] = {}
    with book.change("Goals") as change:
        whole = {"measure": "won_amount", "period": PERIOD, "status": "active"}
        rows["company"] = change.add("goal", {**whole, "level": "company", "target": 8000})
        for name, target in (("王强", 4500), ("李娜", 3000)):
            values = {
                **whole, "level": "person", "person": name, "target": target,
                "floor": target * 8 // 10, "parent": rows["company"],
            }  # fmt: skip
            rows[name] = change.add("goal", values)
        rate = {"measure": "win_rate", "period": PERIOD, "status": "active", "level": "person"}
        rows["rate"] = change.add("goal", {**rate, "person": "王强", "target": "60%"})
        quality = {"title": "Visit plan", "level": "company", "period": "2026"}
        rows["quality"] = change.add("goal", quality)
        change.add(
            "key_result", {"goal": rows["quality"], "title": "Plan agreed", "progress": "50%"}
        )
    return rows
