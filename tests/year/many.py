"""A book with many people, or none, to look at screens with: ``python -m tests.year.many OUT --people 300``."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from models.book import Book
from tests.year import crowd, work


def make(
    path: Path,
    people: int = 300,
    today: date | None = None,
    seed: int = 1,
    language: str = "zh_CN",
    customers: int | None = None,
) -> None:
    """Write a new book whose people have work around a day; the same arguments give the same records."""
    today = today or date.today()
    size = crowd.Size.of(people) if customers is None else crowd.Size(people, customers)
    with Book.create(path) as book:
        made = crowd.make(book, size, today, seed, language)
        work.make(book, made, seed)


def main() -> None:
    """Make one book and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--customers", type=int, help="40 a person unless given")
    parser.add_argument("--today", type=date.fromisoformat, help="the day around which they work")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", default="zh_CN")
    chosen = parser.parse_args()
    begun = time.perf_counter()
    make(chosen.out, chosen.people, chosen.today, chosen.seed, chosen.language, chosen.customers)
    with Book.open(chosen.out) as book:
        counts = ", ".join(
            f"{one.id} {count:,}" for one in book.schema if (count := book.count(one.id))
        )
    sys.stdout.write(f"{counts}\n{time.perf_counter() - begun:.1f} s\n")


if __name__ == "__main__":
    main()
