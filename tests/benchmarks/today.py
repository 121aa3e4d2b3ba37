"""Measures Today against the raw queries that it needs, on a year of a team's daily life.

    python tests/benchmarks/today.py [--people 30] [--activities 25] [--book FILE] [--rounds 7]

The raw queries are the very statements that a reading runs, recorded by the driver while it ran, then
run again by the driver alone and fetched as tuples: what remains is what Today adds to them. Its three
parts are told too, as the page reads them one after the other. Prints the ratio of the medians of interleaved rounds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.book import Book
from models.calendar.workdays import WorkCalendar
from models.change import Change
from models.today.today import Today, read, read_goals, read_quick, read_thorough

ON = date(2026, 9, 16)
FIRST = ON - timedelta(days=365)
CUSTOMERS = 60  # of a person


def write(line: str) -> None:
    """One line of the report, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def make(path: Path, people: int, activities: int) -> None:
    """A year of so many people, each with so many activities a working day."""
    dice = random.Random(5)
    with Book.create(path) as book, book.change("A year") as change:
        staff = list(
            change.add_many(
                "salesperson",
                ("name", "status", "birthday"),
                ((f"Person {one}", "active", date(1985, 1 + one % 12, 3)) for one in range(people)),
            )
        )
        change.add_many(
            "pool_rule",
            ("grade", "contact_days", "pool_days", "warn_days", "keep_with_deal"),
            [(grade, 14, days, 7, True) for grade, days in zip("ABC", (30, 60, 90), strict=True)],
        )
        customers = list(
            change.add_many(
                "customer",
                ("name", "grade", "owner", "lifecycle", "active"),
                (
                    (f"Customer {one}", dice.choice("ABCD"), staff[one % people], "customer", True)
                    for one in range(people * CUSTOMERS)
                ),
            )
        )
        change.add_many(
            "opportunity",
            ("name", "customer", "owner", "amount", "status", "opened_on"),
            (
                (f"Deal {at}", one, staff[at % people], Decimal(dice.randrange(9, 900)) * 1000,
                 "open" if at % 3 else "won", FIRST)
                for at, one in enumerate(customers)
            ),
        )  # fmt: skip
        change.add_many(
            "order",
            ("code", "customer", "owner", "ordered_on", "amount", "status"),
            (
                (f"O{at}", dice.choice(customers), staff[at % people],
                 FIRST + timedelta(days=at % 366), Decimal(dice.randrange(1, 99)) * 100, "done")
                for at in range(people * 400)
            ),
        )  # fmt: skip
        change.add_many(
            "activity",
            ("at", "kind", "person", "customer"),
            _days_of_work(staff, customers, activities, dice),
        )
        _work(change, staff, customers, dice)


def _days_of_work(
    staff: list[int], customers: list[int], activities: int, dice: random.Random
) -> Iterator[tuple[Any, ...]]:
    kinds = ("visit", "call", "wechat", "email")
    for day in WorkCalendar("CN").days(FIRST, ON - timedelta(days=1)):
        for at, person in enumerate(staff):
            own = customers[at :: len(staff)]
            for number in range(activities):
                moment = datetime(day.year, day.month, day.day, number % 10, number, tzinfo=UTC)
                yield moment, kinds[number % 4], person, dice.choice(own)


def _work(change: Change, staff: list[int], customers: list[int], dice: random.Random) -> None:
    """Follow-ups, tasks, requests, contracts, contacts, leave, goals."""
    change.add_many(
        "follow_up_plan",
        ("customer", "due", "purpose", "status"),
        (
            (one, ON + timedelta(days=dice.randrange(-8, 20)), "Visit", "planned")
            for one in customers
        ),
    )
    states = ("assigned", "doing", "done", "done", "done", "blocked", "questioned", "review")
    change.add_many(
        "task",
        ("title", "owner", "customer", "due", "priority", "status"),
        (
            (f"Task {at}", staff[at % len(staff)], dice.choice(customers),
             ON + timedelta(days=dice.randrange(-300, 30)), dice.choice(("high", "normal")),
             "done" if at % 10 else dice.choice(states))
            for at in range(len(staff) * 250)
        ),
    )  # fmt: skip
    asked = datetime(2026, 9, 14, 2, tzinfo=UTC)
    change.add_many(
        "help_request",
        ("title", "person", "customer", "raised_at", "status"),
        ((f"Help {one}", one, dice.choice(customers), asked, "open") for one in staff),
    )
    change.add_many(
        "contract",
        ("name", "customer", "ends_on", "amount", "status"),
        (
            (f"Contract {one}", one, ON + timedelta(days=dice.randrange(-200, 300)),
             Decimal(9000), "signed")
            for one in customers[::3]
        ),
    )  # fmt: skip
    change.add_many(
        "contact",
        ("name", "customer", "birthday"),
        (
            (f"Contact {one}", one, date(1980, 1, 1) + timedelta(days=dice.randrange(366)))
            for one in customers
        ),
    )
    change.add_many(
        "leave",
        ("person", "starts_on", "ends_on", "status", "cover"),
        (
            (one, ON, ON + timedelta(days=2), "approved" if at % 2 else "requested", staff[0])
            for at, one in enumerate(staff[1::5])
        ),
    )
    change.add_many(
        "goal",
        ("title", "level", "person", "measure", "period", "starts_on", "ends_on", "target",
         "status"),
        (
            (f"Goal {one}", "person", one, "sales_amount", "2026-09", date(2026, 9, 1),
             date(2026, 9, 30), Decimal(50_000), "agreed")
            for one in staff
        ),
    )  # fmt: skip


def statements(book: Book, act: Callable[[], object]) -> list[str]:
    """The queries that something runs, with their values written out."""
    found: list[str] = []
    driver = book.connection().driver
    driver.set_trace_callback(found.append)
    try:
        act()
    finally:
        driver.set_trace_callback(None)
    return [one for one in found if one.lstrip().upper().startswith(("SELECT", "WITH"))]


def timed(act: Callable[[], object]) -> float:
    """Seconds that something takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def compare(book: Book, name: str, act: Callable[[], object], rounds: int) -> float:
    """What something takes beside its own queries; prints both and gives the ratio."""
    act()
    wanted = statements(book, act)
    driver = book.connection().driver

    def raw() -> None:
        for one in wanted:
            driver.execute(one).fetchall()

    both = [(timed(raw), timed(act)) for _ in range(rounds)]
    least, taken = (statistics.median(side) for side in zip(*both, strict=True))
    write(
        f"{name}: {taken * 1000:.0f} ms, its {len(wanted)} queries alone {least * 1000:.0f} ms, "
        f"ratio {taken / least:.2f}"
    )
    return taken / least


def report(book: Book, rounds: int) -> None:
    """Everything that is measured."""
    write(f"{book.count('activity'):,} activities, {book.count('task'):,} tasks")
    compare(book, "Today", lambda: read(book, ON), rounds)
    compare(book, "What is shown first", lambda: read_quick(book, ON), rounds)
    compare(book, "What looks through all contacts", lambda: read_thorough(book, ON), rounds)
    compare(book, "Goals off pace", lambda: read_goals(book, ON), rounds)
    today: Today = read(book, ON)
    taken = statistics.median(timed(today.lines) for _ in range(rounds))
    write(
        f"Words of {len(today.lines())} lines for {len(today.found):,} things: {taken * 1000:.1f} ms"
    )


def main() -> None:
    """Make the book unless one is given, and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=30)
    options.add_argument("--activities", type=int, default=25)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--book", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.book or Path(folder) / "today.daybook"
        if not path.exists():
            begin = time.perf_counter()
            make(path, given.people, given.activities)
            write(f"made in {time.perf_counter() - begin:.0f} s")
        with Book.open(path) as book:
            report(book, given.rounds)


if __name__ == "__main__":
    main()
