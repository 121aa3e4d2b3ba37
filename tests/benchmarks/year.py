"""Plays a whole year of 30 people, around 190,000 activities, and says what was seen and how long it took.

Run it as a script with the project's own Python; ``--days 60`` for a quick look, ``--book FILE`` to keep
the book, which ``today.py`` measures. It ends with an error when anything that must hold doesn't.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models.book import Book  # noqa: E402
from tests.benchmarks.measure import write  # noqa: E402
from tests.year import holds  # noqa: E402
from tests.year.crowd import Size  # noqa: E402
from tests.year.life import Course, Life  # noqa: E402
from tests.year.naive import YEAR  # noqa: E402

FIRST = date(YEAR, 1, 1)
SEEN = (
    ("days", "Days"),
    ("activities", "Activities"),
    ("occurrences", "Recurring tasks made, each once"),
    ("tasks", "Other tasks"),
    ("given", "of them given by the assistant"),
    ("refused", "Refused: for somebody who is away or has left"),
    ("done", "Tasks done"),
    ("blocked", "Tasks blocked"),
    ("answered", "Requests for help answered"),
    ("leave", "Leaves granted"),
    ("covers", "of them covered"),
    ("days of tasks covered", "Tasks covered, day by day"),
    ("follow-ups", "Follow-ups planned"),
    ("fulfilled", "fulfilled by an activity"),
    ("moved", "moved"),
    ("missed", "missed"),
    ("recycled", "Customers to the pool"),
    ("picked", "Customers picked"),
    ("handed over", "Records handed over"),
    ("reminders", "Reminders, none at night"),
    ("undone", "Changes taken back"),
    ("redone", "of them brought back"),
)


def course(people: int, customers: int, activities: int, days: int, seed: int) -> Course:
    """The year, or its first days; somebody leaves in the middle."""
    last = min(FIRST + timedelta(days=days - 1), date(YEAR, 12, 31))
    middle = FIRST + (last - FIRST) / 2
    leaves_on = next(
        day
        for at in range(20)
        if (day := middle + timedelta(days=at)).weekday() in range(1, 4)
        and day not in {date(YEAR, 5, 1)}
    )
    return Course(Size(people, customers), FIRST, last, activities, seed, leaves_on)


def played(book: Book, asked: Course) -> Life:
    """Play it, and say month by month how long a month took."""
    life, begun = Life.begin(book, asked), time.perf_counter()
    day, month = asked.first, time.perf_counter()
    while day <= asked.last:
        life.live(day)
        day += timedelta(days=1)
        if day.day == 1 or day > asked.last:
            holds.today_says_the_same_twice(life, day - timedelta(days=1))
            now = time.perf_counter()
            write(f"{day - timedelta(days=1):%B}: {now - month:.1f} s")
            month = now
    write(f"Played in {time.perf_counter() - begun:.0f} s")
    return life


def timed(what: str, work: Callable[[], object]) -> None:
    """Do something and say how long it took."""
    begun = time.perf_counter()
    work()
    write(f"{what}: {time.perf_counter() - begun:.2f} s")


def main() -> None:
    """Play, look at everything, say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--customers", type=int, default=8_000)
    parser.add_argument("--activities", type=int, default=27, help="a person a day")
    parser.add_argument("--days", type=int, default=366)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--book", type=Path, help="where the book is kept; it must not be there yet"
    )
    chosen = parser.parse_args()
    asked = course(
        chosen.people, chosen.customers, chosen.activities, chosen.days, chosen.seed
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="daybook-year-") as folder:
        path = chosen.book or Path(folder) / "year.daybook"
        with Book.create(path) as book:
            life = played(book, asked)
            timed("What is due by itself on the last day", lambda: life.open_book(asked.last))
            timed("Everything looked at", lambda: holds.at_the_end(life, asked.last))
            edits = book.connection().one("SELECT count(*) FROM edit")
        write(f"{path.stat().st_size / 1e6:.0f} MB, {book.last_change:,} changes, {edits:,} edits")
        for name, what in SEEN:
            write(f"{what}: {life.counts[name]:,}")


if __name__ == "__main__":
    main()
