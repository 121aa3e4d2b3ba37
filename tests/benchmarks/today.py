"""Measures Today on the played year against the raw queries that it needs, and against its own.

    python tests/benchmarks/today.py [--book FILE] [--rounds 7] [--people 30] [--days 366]

The limit is what the driver alone takes for the least SQL that tells the same things: written by hand
below, one statement for each thing that Today must know, over the same connection settings, rows fetched
as tuples. The second figure is Today beside the statements that it really ran: what its own work adds.
Without ``--book`` a year is played first (``year.py``). Medians of interleaved rounds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models import dialects  # noqa: E402
from models.book import Book  # noqa: E402
from models.periods import month  # noqa: E402
from models.tasks.states import OPEN_SQL  # noqa: E402
from models.today.today import Today, read, read_quick, read_thorough  # noqa: E402
from tests.benchmarks.measure import compared, seconds, write  # noqa: E402
from tests.benchmarks.year import course, played  # noqa: E402

OFTEN = 7
LATELY = timedelta(days=20)  # within which nearly everybody wrote something down
HISTORY = 4  # months before the running one, by which a pace is judged

# What Today must know, and the least SQL that tells it. Days: on, week, before, ahead, year; moments: end,
# lately, since; marks: the days of birthdays.
NEEDED = {
    "people": "SELECT id, name, status, team, birthday FROM salesperson WHERE alive = 1",
    "teams": "SELECT id, name, parent, manager FROM team WHERE alive = 1",
    "leave": "SELECT id, person, kind, starts_on, ends_on, starts_at_noon, ends_at_noon, status, cover "
    'FROM "leave" WHERE alive = 1 AND ends_on >= :on',
    "covers": "SELECT leave, person, task, customer FROM cover WHERE alive = 1",
    "deals": "SELECT customer, sum(amount), max(name) FROM opportunity WHERE alive = 1 AND status = 'open' GROUP BY customer",
    "bought": 'SELECT customer, sum(amount) FROM "order" WHERE alive = 1 AND ordered_on > :year AND ordered_on <= :on '
    "AND status <> 'cancelled' GROUP BY customer",
    "requests": "SELECT h.id, h.title, h.needed, h.raised_at, h.answer_by, h.person, h.resolver, h.task, t.title "
    "FROM help_request h LEFT JOIN task t ON t.id = h.task WHERE h.alive = 1 AND h.status = 'open'",
    "tasks": "SELECT t.id, t.title, t.owner, t.customer, t.due, t.priority, t.status, t.question, t.blocked_reason, "
    f"t.done_criteria, c.name, c.grade FROM task t LEFT JOIN customer c ON c.id = t.customer WHERE t.alive = 1 "
    f"AND t.status IN {OPEN_SQL}",
    "follow-ups": "SELECT p.id, p.customer, p.due, p.at, p.kind, p.purpose, p.person, c.owner, c.name, c.grade "
    "FROM follow_up_plan p JOIN customer c ON c.id = p.customer WHERE p.alive = 1 AND p.status = 'planned'",
    "meetings": "SELECT id, title, starts_at, place, person FROM meeting WHERE alive = 1 AND held_on = :on",
    "decisions": "SELECT id, title, owner, review_on FROM decision WHERE alive = 1 AND review_on <= :on",
    "claims": "SELECT o.id, o.customer, o.claimant, o.claimed_on, c.name, c.grade, c.owner FROM ownership_claim o "
    "JOIN customer c ON c.id = o.customer WHERE o.alive = 1 AND o.status = 'disputed'",
    "contracts": "SELECT id, name, customer, ends_on, amount, owner, status FROM contract WHERE alive = 1 "
    "AND status IN ('signed', 'closed')",
    "birthdays": "SELECT k.id, k.name, k.title, k.birthday, c.name, c.owner FROM contact k JOIN customer c "
    "ON c.id = k.customer WHERE k.alive = 1 AND substr(k.birthday, 6, 5) IN ({marks})",
    "customers": "SELECT id, name, grade, owner, first_contact_on, pool_status, next_contact_due, no_step_reason "
    "FROM customer WHERE alive = 1 AND active = 1 AND lifecycle <> 'lost'",
    "rules": "SELECT grade, contact_days, pool_days, warn_days, keep_with_deal, contract_days FROM pool_rule WHERE alive = 1",
    "picked": "SELECT customer, max(moved_on) FROM pool_move WHERE alive = 1 AND kind IN ('picked', 'assigned') GROUP BY customer",
    "contacts": "SELECT customer, max(at), person, id FROM activity WHERE alive = 1 AND at < :end AND customer IS NOT NULL "
    "GROUP BY customer",
    "written lately": "SELECT person, max(at) FROM activity WHERE alive = 1 AND at >= :lately AND at < :end GROUP BY person",
    "goals": "SELECT id, title, level, person, team, parent, measure, starts_on, ends_on, target FROM goal WHERE alive = 1 "
    "AND status = 'active' AND starts_on <= :on AND ends_on >= :on",
    "visits": "SELECT person, date(at, 'localtime'), count(*) FROM activity WHERE alive = 1 AND kind = 'visit' "
    "AND at >= :since AND at < :end GROUP BY 1, 2",
    "won": "SELECT owner, closed_on, sum(amount) FROM opportunity WHERE alive = 1 AND status = 'won' AND closed_on >= :quarter "
    "GROUP BY 1, 2",
}  # fmt: skip


def moment(day: date) -> str:
    """The beginning of a day by this machine's clock, as moments are stored."""
    return datetime.combine(day, time()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def needed(on: date) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each thing, its SQL and the values in it."""
    first = on.replace(day=1)
    for _ in range(HISTORY):
        first = (first - timedelta(days=1)).replace(day=1)
    values = {
        "on": on.isoformat(),
        "year": (on - timedelta(days=365)).isoformat(),
        "quarter": month(first.year, first.month).start.isoformat(),
        "end": moment(on + timedelta(days=1)),
        "lately": moment(on - LATELY),
        "since": moment(first),
    }
    marks = ", ".join(f"'{on + timedelta(days=at):%m-%d}'" for at in range(4))
    for what, sql in NEEDED.items():
        used = {name: value for name, value in values.items() if f":{name}" in sql}
        yield what, sql.format(marks=marks), used


def without_goals(book: Book, on: date) -> Today:
    """What the page shows before the goals are read."""
    return read_quick(book, on).adding(read_thorough(book, on))


def own(book: Book, act: Callable[[], object]) -> list[str]:
    """The queries that something runs, with their values written out."""
    found: list[str] = []
    driver = book.connection().driver
    driver.set_trace_callback(found.append)
    try:
        act()
    finally:
        driver.set_trace_callback(None)
    return [one for one in found if one.lstrip().upper().startswith(("SELECT", "WITH"))]


def say(what: str, found: tuple[float, float, float], aim: str = "") -> None:
    """One line: ours, the limit, the ratio."""
    ours, limit, ratio = found
    write(f"{what}: {ours * 1000:.0f} ms / {limit * 1000:.0f} ms = {ratio:.2f}×{aim}")


def parts(driver: Any, wanted: list[tuple[str, str, dict[str, str]]]) -> None:
    """Which raw queries take longest."""
    taken = {
        what: min(seconds(lambda s=sql, v=values: driver.execute(s, v).fetchall()) for _ in range(3))
        for what, sql, values in wanted
    }  # fmt: skip
    for what in sorted(taken, key=lambda one: -taken[one])[:5]:
        write(f"  raw {what}: {taken[what] * 1000:.1f} ms")


def report(book: Book, on: date, rounds: int) -> None:
    """Everything that is measured."""
    write(f"{book.count('activity'):,} activities, {book.count('task'):,} tasks, on {on}")
    driver = dialects.connect(book.path, journal=book.journal).driver
    wanted = list(needed(on))

    def raw() -> None:
        for _, sql, values in wanted:
            driver.execute(sql, values).fetchall()

    def whole() -> object:
        return read(book, on)

    raw()
    whole()
    say("Today, goals and words included", compared(lambda: read(book, on).lines(), raw, rounds), " (aim ≤ 3×)")  # fmt: skip
    listed = own(book, whole)
    mine = book.connection().driver

    def again() -> None:
        for one in listed:
            mine.execute(one).fetchall()

    say(f"Today / its own {len(listed)} queries", compared(whole, again, rounds))
    say("Without goals / the same raw queries", compared(lambda: without_goals(book, on), raw, rounds))  # fmt: skip
    parts(driver, wanted)
    longest = sorted(((seconds(lambda s=one: mine.execute(s).fetchall()), one) for one in listed), reverse=True)  # fmt: skip
    for taken, one in longest[:5]:
        write(f"  own {taken * 1000:.1f} ms: {' '.join(one.split())[:110]}")
    today = read(book, on)
    write(f"{len(today.found):,} things, {len(today.lines())} lines")
    driver.close()


def main() -> None:
    """Play a year unless a book is given, and measure on the last working days of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--book", type=Path)
    parser.add_argument("--on", type=date.fromisoformat, default=date(2025, 12, 30))
    parser.add_argument("--rounds", type=int, default=OFTEN)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--customers", type=int, default=8_000)
    parser.add_argument("--days", type=int, default=366)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="daybook-today-") as folder:
        path = chosen.book or Path(folder) / "year.daybook"
        on = chosen.on
        if not path.exists():
            asked = course(chosen.people, chosen.customers, 27, chosen.days, 1)
            with Book.create(path) as book:
                played(book, asked)
            on = min(on, asked.last)
        with Book.open(path) as book:
            report(book, on, chosen.rounds)


if __name__ == "__main__":
    main()
