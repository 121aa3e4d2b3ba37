"""A series through any life: no day of its rule is lost, none is doubled, whatever is done to its tasks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from models.book import Book
from models.calendar.in_book import work_calendar
from models.tasks import recurrence, series
from models.tasks.recurrence_words import parse

START = date(2026, 1, 5)
RULES = st.sampled_from(
    [
        "每天", "每天，遇休息日顺延", "每个工作日", "每周一三五", "每周五，遇休息日提前", "每两周周五",
        "每月15日", "每月最后一个工作日", "每月1日，遇休息日提前", "每周六", "每周三，共9次", "每周二，直到2026-04-30",
    ]
)  # fmt: skip
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("days"), st.integers(0, 40)),
        st.tuples(st.sampled_from(["finish", "cancel", "delete", "restore", "undo", "redo", "move"]),
                  st.integers(0, 50)),
    ),
    min_size=1,
    max_size=12,
)  # fmt: skip


def act(book: Book, what: str, number: int) -> None:
    """Do something to one of the tasks that are there, or to what was made last."""
    db = book.connection()
    rows = [row for (row,) in db.run("SELECT id FROM task WHERE alive = 1 ORDER BY id")]
    copies = [
        row for (row,) in db.run("SELECT id FROM task WHERE alive = 1 AND series IS NOT NULL")
    ]
    if what in ("finish", "cancel"):
        task = rows[number % len(rows)]
        status = {"finish": "done", "cancel": "cancelled"}[what]
        if book.record("task", task)["status"] == "assigned":
            book.set("task", task, {"status": status})
    elif what == "move" and copies:
        task = copies[number % len(copies)]
        book.set("task", task, {"due": book.record("task", task)["due"] + timedelta(days=3)})
    elif what == "delete" and copies:
        with book.change("delete") as change:
            change.remove("task", [copies[number % len(copies)]])
    elif what == "restore":
        gone = [row for (row,) in db.run("SELECT id FROM task WHERE alive = 0")]
        with book.change("restore") as change:
            change.restore("task", gone[:1])
    elif what in ("undo", "redo"):
        made = [
            row
            for (row,) in db.run(
                "SELECT id FROM change WHERE origin = 'clock' AND kind = 'edit' AND dead = ?",
                (int(what == "redo"),),
            )
        ]
        if made:
            (book.undo if what == "undo" else book.redo)(made[number % len(made)])


@settings(max_examples=40)
@given(RULES, STEPS)
def test_no_day_is_lost_and_none_is_doubled(tmp_path_factory, written, steps):
    folder: Path = tmp_path_factory.mktemp("series")
    rule = parse(written)
    with Book.create(folder / "team.daybook") as book:
        with book.change("head") as change:
            head = change.add("task", {"title": "例行", "due": START, "recurrence": written})
        calendar = work_calendar(book)
        today = START
        for what, number in [*steps, ("days", 35)]:
            if what == "days":
                today += timedelta(days=number)
                book_day(book, today)
            else:
                act(book, what, number)
                book_day(book, today)
            made = [
                date.fromisoformat(day)
                for (day,) in book.connection().run(
                    "SELECT occurrence FROM task WHERE series = ? ORDER BY id", (head,)
                )
            ]
            assert made == sorted(set(made)), "each day of the rule once, in order"
            last = max([START, *made])
            wanted = recurrence.occurrences(rule, START, START, today, calendar)
            ahead = recurrence.occurrences(rule, START, START, last + timedelta(40), calendar)
            known = [one.nominal for one in ahead]
            assert made == known[: len(made)], "none between two was left out"
            assert len(made) >= len(wanted), "what has come is there"


def book_day(book: Book, today: date) -> None:
    """The program is open on a day; twice is as good as once."""
    series.make(book, today)
    before = book.last_change
    assert series.make(book, today) == 0
    assert series.due(book, today) == []
    assert book.last_change == before
