"""Measures the pace board against the same sums in raw SQL, and its refresh after one edit.

    python tests/benchmarks/pace.py [--orders 1000000] [--people 300] [--book FILE]

Both are measured in turn on one book: 300 people with a goal for each of 12 months on a million
orders. The raw SQL is what anybody would write who knows the tables: one statement by owner and
month over the orders' own amounts (orders without lines), and, for those who want lines considered
too, the measure's own statement by the engine. Chances are another step, told by itself.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.book import Book
from models.goals.pace_board import PaceBoard
from models.measures import engine
from models.periods import Period, days, month

YEAR = 2024
ON = date(YEAR, 9, 18)
GOAL = ("title", "level", "person", "measure", "period", "starts_on", "ends_on", "target", "status")
RAW = (
    'SELECT owner, substr(ordered_on, 1, 7), sum(amount), count(*) FROM "order" '
    "WHERE alive = 1 AND ordered_on >= ? AND ordered_on < ? GROUP BY 1, 2"
)


def write(line: str) -> None:
    """One line of the report, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def make(path: Path, orders: int, people: int) -> None:
    """A book of so many people and orders over the year, with a goal a person and month."""
    with Book.create(path) as book:
        with book.change("Team") as change:
            ids = list(
                change.add_many(
                    "salesperson", ("name",), [(f"Person {one}",) for one in range(people)]
                )
            )
            change.add_many("goal", GOAL, goals(ids))
        for begin in range(0, orders, 100_000):
            with book.change("Orders") as change:
                change.add_many(
                    "order",
                    ("code", "owner", "ordered_on", "amount"),
                    some(begin, min(begin + 100_000, orders), ids),
                )


def goals(ids: list[int]) -> Iterator[tuple[object, ...]]:
    """A goal for each person and month."""
    for person in ids:
        for number in range(1, 13):
            one = month(YEAR, number)
            last = one.end - timedelta(days=1)
            yield (
                f"{person} {one.label}", "person", person, "sales_amount", one.label,
                one.start, last, Decimal(300_000), "active",
            )  # fmt: skip


def some(begin: int, end: int, ids: list[int]) -> Iterator[tuple[object, ...]]:
    """Orders, spread over people and days without any order."""
    first = date(YEAR, 1, 1)
    for number in range(begin, end):
        day = first + timedelta(days=number * 7919 % 366)
        amount = Decimal(number * 104_729 % 200_000) / 100
        yield f"SO{number}", ids[number * 31 % len(ids)], day, amount


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def raw(book: Book, span: Period) -> dict[tuple[int, str], tuple[int, int]]:
    """The sums by one statement, over the same engine and connection."""
    found = book.connection().run(RAW, (span.start.isoformat(), span.end.isoformat()))
    return {(owner, label): (amount, n) for owner, label, amount, n in found}


def same(board: PaceBoard, sums: dict[tuple[int, str], tuple[int, int]]) -> None:
    """Stop where a goal of a whole month says anything else than the raw sum."""
    for one in board.standings.values():
        if one.goal.last is not None and one.goal.last <= ON:
            amount, n = sums[one.goal.person or 0, one.goal.period]
            if one.actual is None or one.actual.numerator != Decimal(amount).scaleb(-6):
                raise SystemExit(f"another sum: {one.goal.title}")
            if one.actual.n != n:
                raise SystemExit(f"another count: {one.goal.title}")


def measure(path: Path, times: int) -> None:
    """All of it on one book."""
    span = days(date(YEAR, 1, 1), date(YEAR, 12, 31))
    until = days(date(YEAR, 1, 1), ON)
    with Book.open(path) as book:
        boards: list[PaceBoard] = []

        def ours() -> None:
            boards[:] = [PaceBoard(book, ON, span)]

        def of_engine() -> None:
            for number in range(1, ON.month + 1):
                engine.measure(book, "sales_amount", period=month(YEAR, number), by="person")

        ours(), raw(book, until)
        pairs = [(seconds(ours), seconds(lambda: raw(book, until))) for _ in range(times)]
        board, plain = (statistics.median(each) for each in zip(*pairs, strict=True))
        ratio = statistics.median(one / other for one, other in pairs)
        same(boards[0], raw(book, until))
        write(
            f"| {len(boards[0].standings):,} goals on {book.count('order'):,} orders | raw SQL of the sums | ≤ 2× | {ratio:.2f}× | {board:.2f} s / {plain:.2f} s |"
        )
        write(f"The measure asked month by month instead: {seconds(of_engine):.2f} s")
        edited(book, boards[0], span, times)
        running = [
            one.goal.id for one in boards[0].standings.values() if one.goal.period == f"{ON:%Y-%m}"
        ]
        first = seconds(lambda: boards[0].add_chances(running[:1]))
        rest = seconds(lambda: boards[0].add_chances(running))
        write(
            f"Chances of the {len(running)} running goals: {first:.2f} s to read the past, {rest:.2f} s all of them"
        )


def edited(book: Book, board: PaceBoard, span: Period, times: int) -> None:
    """Edit one order, and follow it."""
    took = []
    for number in range(times * 4):
        book.set("order", 1 + number * 7, {"amount": Decimal(number + 1)})
        took.append(seconds(board.refresh) * 1000)
    fresh = PaceBoard(book, ON, span)
    equal = "as made anew" if fresh.standings == board.standings else "NOT AS MADE ANEW"
    write(
        f"Refresh after one edit: {statistics.median(took):.0f} ms, at most {max(took):.0f} ms; {equal}"
    )


def main() -> None:
    """Make the book, unless it is there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--book", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="daybook-pace-") as folder:
        path = chosen.book or Path(folder) / "pace.daybook"
        if not path.exists():
            took = seconds(lambda: make(path, chosen.orders, chosen.people))
            write(f"Made in {took:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        measure(path, chosen.times)


if __name__ == "__main__":
    main()
