"""Whose reminders are somebody's own, and on which days they work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from models.book import Book
from models.calendar.in_book import roster, work_calendar
from models.names import label_key


def person(book: Book, name: str) -> int:
    """The salesperson who is called so, as the history names who works here; 0 for none, or several."""
    wanted = label_key(name)
    with book.reading() as db:
        rows = db.run("SELECT id, name, employee_no FROM salesperson WHERE alive = 1")
    found = [
        row for row, own, no in rows if wanted and wanted in (label_key(own), label_key(no or ""))
    ]
    return found[0] if len(found) == 1 else 0


def people(book: Book, name: str) -> list[int] | None:
    """Whose reminders somebody gets; None, everybody's, of who isn't in the team."""
    own = person(book, name)
    return [own] if own else None


def working(book: Book, name: str) -> Callable[[date], bool]:
    """Whether somebody works on a day: not on free days, and not on whole days of leave."""
    calendar, own = work_calendar(book), person(book, name)
    days = roster(book).get(own) if own else None

    def is_working(day: date) -> bool:
        if not calendar.is_working(day):
            return False
        return days is None or days.days(day, day).leave < 1

    return is_working
