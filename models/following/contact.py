"""When each customer was last contacted, and by whom: their latest activity, whoever did it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from models.book import Book
from models.dialects import Connection


@dataclass(frozen=True)
class Contact:
    """The last contact of a customer: its day, who had it, and the activity."""

    day: date
    person: int | None
    activity: int


def end_of(day: date) -> str:
    """The moment at which a day ends by this machine's clock, as moments are stored."""
    end = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC)
    return end.strftime("%Y-%m-%dT%H:%M:%S")


def last_contacts(
    book: Book, on: date, customers: Collection[int] | None = None
) -> dict[int, Contact]:
    """The last contact of each customer until the end of a day, by the customer's row.

    Customers who were never contacted are not in it; ``customers`` asks about some only.
    """
    with book.reading() as db:
        return read_contacts(db, on, customers)


def read_contacts(
    db: Connection, on: date, customers: Collection[int] | None = None
) -> dict[int, Contact]:
    """The same over a connection, in one query."""
    # Of all customers the whole table is read: its index would be asked row by row.
    table, among, params = "activity NOT INDEXED", "customer IS NOT NULL", [end_of(on)]
    if customers is not None:
        table, among = "activity", "customer IN (SELECT value FROM json_each(?))"
        params.append(json.dumps(sorted(customers)))
    # Beside a maximum the engine gives the other columns of the row that has it.
    found = db.run(
        "SELECT customer, date(max(at), 'localtime'), person, id "
        f"FROM {table} WHERE alive = 1 AND at < ? AND {among} GROUP BY customer",
        params,
    )
    days = {one: date.fromisoformat(one) for one in {row[1] for row in found}}
    return {customer: Contact(days[day], by, id) for customer, day, by, id in found}
