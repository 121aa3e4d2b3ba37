"""What the records say for each side of a claim: first contact, first deal, first order, and how much."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from models.dialects import Connection
from models.following.known import day_of
from models.following.sentences import joined
from models.texts import ntr

# Whose it is, the day, and the records that count, by kind.
_SOURCES = {
    "activity": "SELECT person, date(min(at), 'localtime'), count(*) FROM activity "
    "WHERE alive = 1 AND customer IN {them} AND person IS NOT NULL GROUP BY person",
    "opportunity": "SELECT owner, min(opened_on), count(*) FROM opportunity "
    "WHERE alive = 1 AND customer IN {them} AND owner IS NOT NULL GROUP BY owner",
    "order": 'SELECT owner, min(ordered_on), count(*) FROM "order" '
    "WHERE alive = 1 AND customer IN {them} AND owner IS NOT NULL GROUP BY owner",
}


@dataclass(frozen=True)
class Fact:
    """Records of one kind that somebody has with a customer: the first one's day, and how many."""

    kind: str  # activity | opportunity | order
    first: date | None
    count: int

    def text(self) -> str:
        """The fact as a sentence in the current language."""
        first = self.first.isoformat() if self.first else "–"
        n = self.count
        if self.kind == "activity":
            return ntr(
                "{n} contact, since {first}.", "{n} contacts, the first on {first}.", n, first=first
            )
        if self.kind == "opportunity":
            return ntr(
                "{n} deal, opened on {first}.",
                "{n} deals, the first opened on {first}.",
                n,
                first=first,
            )
        return ntr("{n} order, on {first}.", "{n} orders, the first on {first}.", n, first=first)


def facts(db: Connection, customers: Collection[int]) -> dict[int, tuple[Fact, ...]]:
    """What each person has with some customers, by the person's row."""
    made: dict[int, list[Fact]] = {}
    them = json.dumps(sorted(customers))
    for kind, sql in _SOURCES.items():
        for person, first, count in db.run(
            sql.format(them="(SELECT value FROM json_each(?))"), (them,)
        ):
            made.setdefault(person, []).append(Fact(kind, day_of(first), count))
    return {person: tuple(found) for person, found in made.items()}


def told(found: Collection[Fact]) -> str:
    """All facts of one side as a text; "" when there are none."""
    return joined(one.text() for one in found)
