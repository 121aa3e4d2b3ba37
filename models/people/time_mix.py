"""What people's time goes into: winning customers, keeping them, and what happens inside the house.

- An activity with a customer who had no order before that day is for winning one, with one who had is
  for keeping one; an activity without a customer, and every meeting, is internal.
- What says how long it took counts so; otherwise what its kind usually takes (``usual_minutes``).
- Planned is what follow-ups of those days would take, by the same rule.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from models.book import Book
from models.describe.kinds import KINDS
from models.dialects import Connection
from models.goals.staff import Staff
from models.money import rounded
from models.people.skills import LEFT
from models.people.usual_minutes import usual_minutes
from models.texts import N_

NEW, KEPT, INTERNAL = "new", "kept", "internal"
PARTS = (
    (NEW, N_("Winning customers")),
    (KEPT, N_("Keeping customers")),
    (INTERNAL, N_("Internal")),
)
_MINUTES = 60


@dataclass(frozen=True)
class Mix:
    """One person's hours, by what they went into; ``planned`` are those of follow-ups of these days."""

    person: int
    name: str
    minutes: dict[str, int]
    planned: dict[str, int]

    @property
    def total(self) -> int:
        """All minutes."""
        return sum(self.minutes.values())

    def hours(self, part: str) -> Decimal:
        """Hours that went into one part."""
        return rounded(Decimal(self.minutes.get(part, 0)) / _MINUTES, 6)

    def share(self, part: str) -> Decimal | None:
        """Which part of the time it is; None where there was none."""
        return rounded(Decimal(self.minutes.get(part, 0)) / self.total, 6) if self.total else None


def time_mix(book: Book, first: date, last: date) -> tuple[Mix, ...]:
    """Everybody's mix in a span of days, both included, by name."""
    from models.names import sort_key

    staff = Staff(book)
    spent: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    planned: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with book.reading() as db:
        usual = usual_minutes(db)
        for person, part, minutes in _activities(db, first, last, usual):
            spent[person][part] += minutes
        for person, part, minutes in _plans(db, first, last, usual):
            planned[person][part] += minutes
        for person, minutes in _meetings(db, staff, first, last, usual):
            spent[person][INTERNAL] += minutes
        people = db.run(
            "SELECT id, name FROM salesperson WHERE alive = 1 AND status IS NOT ?", (LEFT,)
        )
    made = [Mix(row, name or "", dict(spent[row]), dict(planned[row])) for row, name in people]
    return tuple(sorted(made, key=lambda one: (sort_key(one.name), one.person)))


def activities_behind(book: Book, person: int, first: date, last: date) -> list[int]:
    """The activities of somebody in a span of days, the latest first."""
    with book.reading() as db:
        rows = db.run(
            "SELECT id FROM activity WHERE alive = 1 AND person = ? AND at >= ? AND at < ? "
            "ORDER BY at DESC",
            (person, _moment(first), _moment(last + timedelta(1))),
        )
    return [row for (row,) in rows]


def _moment(day: date) -> str:
    """The beginning of a local day, as moments are stored."""
    return str(KINDS["instant"].store(datetime.combine(day, time()).astimezone(UTC)))


def _part_sql(customer: str, day: str) -> str:
    return (
        f"CASE WHEN {customer} IS NULL THEN '{INTERNAL}' "
        f"WHEN o.first IS NOT NULL AND o.first < {day} THEN '{KEPT}' ELSE '{NEW}' END"
    )


_FIRST_ORDERS = (
    'LEFT JOIN (SELECT customer, min(ordered_on) AS first FROM "order" WHERE alive = 1 '
    "AND coalesce(status, '') <> 'cancelled' GROUP BY customer) o ON o.customer = "
)


def _activities(
    db: Connection, first: date, last: date, usual: dict[str, int]
) -> list[tuple[int, str, int]]:
    """Person, part, minutes; the day of an activity is that of this machine's time zone."""
    rows = db.run(
        f"SELECT a.person, {_part_sql('a.customer', 'date(a.at, ' + chr(39) + 'localtime' + chr(39) + ')')}, "
        "a.kind, a.duration_minutes IS NULL, sum(coalesce(a.duration_minutes, 0)), count(*) "
        f"FROM activity a {_FIRST_ORDERS} a.customer WHERE a.alive = 1 AND a.person IS NOT NULL "
        "AND a.at >= ? AND a.at < ? GROUP BY 1, 2, 3, 4",
        (_moment(first), _moment(last + timedelta(1))),
    )
    return [
        (person, part, n * usual.get(kind, _MINUTES) if unsaid else minutes)
        for person, part, kind, unsaid, minutes, n in rows
    ]


def _plans(
    db: Connection, first: date, last: date, usual: dict[str, int]
) -> list[tuple[int, str, int]]:
    rows = db.run(
        f"SELECT coalesce(p.person, c.owner), {_part_sql('p.customer', 'p.due')}, p.kind, count(*) "
        f"FROM follow_up_plan p JOIN customer c ON c.id = p.customer {_FIRST_ORDERS} p.customer "
        "WHERE p.alive = 1 AND p.status <> 'moved' AND p.due BETWEEN ? AND ? GROUP BY 1, 2, 3",
        (first.isoformat(), last.isoformat()),
    )
    return [
        (person, part, n * usual.get(kind or "call", _MINUTES))
        for person, part, kind, n in rows
        if person is not None
    ]


def _meetings(
    db: Connection, staff: Staff, first: date, last: date, usual: dict[str, int]
) -> list[tuple[int, int]]:
    from models.people import planned_work

    made = []
    for one in planned_work.meetings(db, usual, first, last):
        minutes = one.units * _MINUTES // 1_000_000
        for person in planned_work.present(one, staff):
            made.append((person, minutes))
    return made
