"""What is read of customers and people to say who is to be contacted: each set in one query."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import NamedTuple

from models.customers.customer import CUSTOMER
from models.dialects import Connection

# A customer that is worked with; in the pool is who is marked so and has no owner.
OPEN = "coalesce(k.active, 1) = 1 AND k.lifecycle IS NOT 'lost'"
IN_POOL = "k.pool_status IS 'pool' AND k.owner IS NULL"


class Known(NamedTuple):
    """A customer as far as it matters here."""

    id: int
    name: str
    grade: str
    owner: int | None
    first_contact_on: date | None
    kept: bool


def customers(db: Connection, where: str) -> list[Known]:
    """The live customers ``k`` of a condition, in the order in which they were entered."""
    return [
        Known(id, name or "", grade or "", owner, day_of(first), status == "kept")
        for id, name, grade, owner, first, status in db.run(
            "SELECT k.id, k.name, k.grade, k.owner, k.first_contact_on, k.pool_status "
            f"FROM customer k WHERE k.alive = 1 AND {where} ORDER BY k.id"
        )
    ]


def people(db: Connection) -> dict[int, str]:
    """The names of all people that a book knows, also of those in the recycle bin."""
    return {id: name or "" for id, name in db.run("SELECT id, name FROM salesperson")}


def day_of(stored: str | None) -> date | None:
    """A day as it is stored."""
    return date.fromisoformat(stored) if stored else None


def local_day(moment: str) -> date:
    """The day of a stored moment, by this machine's clock."""
    text = moment.rstrip("Z")
    return datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone().date()


def entered(db: Connection, rows: Collection[int]) -> dict[int, date]:
    """The days on which customers were entered, by the journal."""
    found = db.run(
        "SELECT e.row, min(c.at) FROM edit e JOIN change c ON c.id = e.change WHERE e.entity = ? "
        "AND e.row IN (SELECT value FROM json_each(?)) AND e.field = 'alive' AND e.before IS NULL "
        "GROUP BY e.row",
        (CUSTOMER.no, json.dumps(sorted(rows))),
    )
    return _days(found)


def given(db: Connection) -> dict[int, date]:
    """The days on which customers got another owner since they were entered, by the journal."""
    found = db.run(
        "SELECT e.row, max(c.at) FROM edit e JOIN change c ON c.id = e.change WHERE e.entity = ? "
        "AND e.field = 'owner' AND e.after IS NOT NULL AND c.kind = 'edit' AND c.dead = 0 "
        "GROUP BY e.row",
        (CUSTOMER.no,),
    )
    return _days(found)


def _days(found: list[tuple[int, str]]) -> dict[int, date]:
    days = {moment: local_day(moment) for moment in {row[1] for row in found}}
    return {row: days[moment] for row, moment in found}
