"""What a goal review decides: a line said becomes a decision of the meeting and a task, as one change."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from models.book import Book
from models.change import Change
from models.periods import Period
from models.said.days import find_days
from models.texts import N_, tr

_KIND = "goal_review"


@dataclass(frozen=True)
class Said:
    """Who is named in a line, and by when; 0 and None where it names nobody or no day."""

    owner: int
    owner_name: str
    due: date | None


@dataclass(frozen=True)
class Made:
    """The rows of what was written."""

    meeting: int
    decision: int
    task: int


def understood(book: Book, line: str, today: date, *, month_first: bool) -> Said:
    """Whom a line names among those who work here, and the last day that it names."""
    days = find_days(line, today, ahead=True, month_first=month_first)
    owner, name = _owner(book, line)
    return Said(owner, name, days[-1].day if days else None)


def _owner(book: Book, line: str) -> tuple[int, str]:
    """The person whose name stands in a line; given names count where only one person has them."""
    people = [
        (int(row), str(name))
        for row, name in book.connection().run(
            "SELECT id, name FROM salesperson WHERE alive = 1 AND status IS NOT 'left' AND name != ''"
        )
    ]
    given = Counter(name.split()[0].casefold() for _, name in people if " " in name)
    found: list[tuple[int, int, str]] = []
    for row, name in people:
        first = name.split()[0]
        if _stands(name, line):
            found.append((len(name), row, name))
        elif " " in name and given[first.casefold()] == 1 and _stands(first, line):
            found.append((len(first), row, name))
    if not found:
        return 0, ""
    longest = max(found)
    return longest[1], longest[2]


def _stands(name: str, line: str) -> bool:
    if name.isascii():
        return re.search(rf"\b{re.escape(name)}\b", line, re.IGNORECASE) is not None
    return name in line


def decide(
    change: Change,
    book: Book,
    title: str,
    *,
    owner: int | str | None,
    due: date | str | None,
    period: Period,
    held_on: date,
    goal: int | None = None,
) -> Made:
    """Write a decision of the review of a period on a day, with the task that it becomes.

    The review of that period and day is made with its first decision.

    Raises:
        Refused: a value is not acceptable.
    """
    meeting = _meeting(book, period, held_on)
    if not meeting:
        named = tr(N_("Goal review {period}"), period=period.text())
        meeting = change.add(
            "meeting",
            {"title": named, "kind": _KIND, "held_on": held_on, "period": period.label},
        )
    task = change.add("task", {"title": title, "owner": owner, "due": due, "goal": goal})
    decision = change.add(
        "decision",
        {"meeting": meeting, "title": title, "owner": owner, "due": due, "task": task},
    )
    return Made(meeting, decision, task)


def _meeting(book: Book, period: Period, held_on: date) -> int:
    found = book.connection().run(
        "SELECT id FROM meeting WHERE alive = 1 AND kind = ? AND held_on = ? AND period = ? "
        "ORDER BY id LIMIT 1",
        (_KIND, held_on.isoformat(), period.label),
    )
    return next((int(row) for (row,) in found), 0)
