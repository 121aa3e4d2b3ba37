"""Tasks of the small team for board, calendar and timeline, on days around today."""

from __future__ import annotations

from datetime import date, timedelta

from models.book import Book
from models.calendar.workdays import WorkCalendar
from models.tasks import moving

PLAIN = WorkCalendar("none")


def working(days: int) -> date:
    """The working day so many working days from today."""
    today = date.today()
    first = today if PLAIN.is_working(today) else PLAIN.next_working(today)
    assert first is not None
    return moving.step(PLAIN, first, days)


def add_tasks(book: Book) -> dict[str, int]:
    """Six tasks, one of each kind that looks different, two follow-ups; gives tasks by title."""
    with book.change("Tasks") as change:
        change.set_book({"work_calendar": "none"})  # so that no holiday shifts anything
        project = change.add("project", {"name": "年度框架"})
        rows = {}
        for title, values in (
            ("报价", {"owner": "王强", "status": "assigned", "due": working(2), "effort_hours": 12}),
            ("拜访", {"owner": "李娜", "status": "doing", "due": working(3), "project": project}),
            ("催款", {"owner": "李娜", "status": "doing", "due": date.today() - timedelta(days=3)}),
            ("送样", {"owner": "王强", "status": "accepted", "due": working(4)}),
            ("方案", {"owner": "李娜", "status": "review", "starts_on": working(1), "due": working(3)}),
            ("哪天", {"owner": "李娜", "status": "assigned"}),
        ):  # fmt: skip
            rows[title] = change.add("task", {"title": title, "customer": "C001", **values})
        change.add("task_dependency", {"task": rows["拜访"], "after": rows["报价"]})
        for n in range(3):
            step = {"task": rows["报价"], "place": n, "title": f"步骤{n}", "done": n == 0}
            change.add("checklist_item", step)
        plan = {"customer": "C002", "kind": "visit", "purpose": "回访", "due": working(2)}
        change.add("follow_up_plan", plan)
    return rows
