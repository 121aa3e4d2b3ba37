"""Goals for the small team of these tests: one of the company, its parts, and one with key results."""

from __future__ import annotations

from datetime import date

from models.book import Book

PERIOD = "2026-H1"


def add_one_of_each(book: Book) -> None:
    """Goals of this year, and one of everything that stands beside goals, tasks and people."""
    today = date.today()
    rows = add_goals(book, str(today.year))
    with book.change("One of each") as change:
        goal = {"goal": rows["company"]}
        change.add("goal_checkpoint", {**goal, "due": today, "expected": 4000})
        change.add("goal_agreement", {"person": "王强", "period": str(today.year)})
        promise = {"person": "王强", "period": str(today.year), "measure": "won_amount"}
        change.add("commitment", {**promise, "amount": 4000, "made_on": today})
        change.add("task", {"title": "Call C001"})
        meeting = change.add(
            "meeting", {"title": "Monday", "kind": "Team meeting", "held_on": today}
        )
        change.add("decision", {"meeting": meeting, "title": "Visit more"})
        leave = {"person": "王强", "kind": "annual", "starts_on": today, "ends_on": today}
        change.add("leave", leave)
        change.add("calendar_day", {"day": today, "kind": "off"})


def add_goals(book: Book, period: str = PERIOD) -> dict[str, int]:
    """A company goal of 8,000 whose parts come to 7,500; gives their rows by a short name."""
    rows: dict[str, int] = {}
    with book.change("Goals") as change:
        whole = {"measure": "won_amount", "period": period, "status": "active"}
        rows["company"] = change.add("goal", {**whole, "level": "company", "target": 8000})
        for name, target in (("王强", 4500), ("李娜", 3000)):
            values = {
                **whole, "level": "person", "person": name, "target": target,
                "floor": target * 8 // 10, "parent": rows["company"],
            }  # fmt: skip
            rows[name] = change.add("goal", values)
        rate = {"measure": "win_rate", "period": period, "status": "active", "level": "person"}
        rows["rate"] = change.add("goal", {**rate, "person": "王强", "target": "60%"})
        quality = {"title": "Visit plan", "level": "company", "period": "2026"}
        rows["quality"] = change.add("goal", quality)
        change.add(
            "key_result", {"goal": rows["quality"], "title": "Plan agreed", "progress": "50%"}
        )
    return rows
