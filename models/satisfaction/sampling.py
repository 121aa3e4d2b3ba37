"""Who was asked: whether answers come only from happy customers, and whom nobody has asked for long.

That a customer answered is the only sign that they were asked, as the questionnaires name nobody. Who was
heard within ``LONG`` days is left alone. Of the others the best grade comes first, and of one grade whose last
deal was lost before those who bought, then never heard ones before others, the longest silent first: so that
not only happy customers speak.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.dialects import Connection
from models.measures.uncertainty import differ

LONG = 180  # days after which a customer is asked again
DEALS = 365  # days back in which closed deals tell who won and who was lost
LEAST = 5  # customers on each side, to compare them


@dataclass(frozen=True)
class Sampled:
    """The customers of one person, or of nobody: who answered lately, longer ago, and never."""

    person: int | None
    name: str
    lately: int
    long_ago: int
    never: int
    due: tuple[int, ...]  # whom to ask next, in this order

    @property
    def customers(self) -> int:
        """How many there are."""
        return self.lately + self.long_ago + self.never


@dataclass(frozen=True)
class Happy:
    """Of the customers whose last closed deal was won or lost, how many there are and answered since ``LONG``."""

    won: int
    won_answered: int
    lost: int
    lost_answered: int
    lost_silent: tuple[int, ...]  # the customers behind the last difference

    @property
    def one_sided(self) -> bool:
        """Whether those who bought answer more than twice as often, beyond chance, as those who didn't."""
        counts = ((self.won_answered, self.won), (self.lost_answered, self.lost))
        if min(self.won, self.lost) < LEAST or not differ(counts):
            return False
        return self.won_answered * self.lost > 2 * self.lost_answered * self.won


def sampled(db: Connection, on: date) -> tuple[Sampled, ...]:
    """The active customers that bought or are worked on, person by person, who has most to ask first."""
    since = (on - timedelta(days=LONG)).isoformat()
    by: dict[int | None, tuple[str, list[tuple[int, bool]]]] = {}
    for owner, name, customer, last in db.run(_CUSTOMERS, (on.isoformat(),)):
        heard = by.setdefault(owner, (name or "", []))[1]
        heard.append((customer if last is None or last < since else 0, last is None))
    made = []
    for owner, (name, customers) in by.items():
        due = tuple(row for row, _ in customers if row)
        never = sum(one for _, one in customers)
        counts = (len(customers) - len(due), len(due) - never, never)
        made.append(Sampled(owner, name, *counts, due))
    return tuple(sorted(made, key=lambda one: (one.person is None, -len(one.due), one.name)))


# Customers with an order or a closed deal: they have something to say.
_CUSTOMERS = """SELECT k.owner, p.name, k.id,
        (SELECT max(r.responded_on) FROM survey_response r
            WHERE r.customer = k.id AND r.alive = 1 AND r.responded_on <= ?1) AS heard
    FROM customer k LEFT JOIN salesperson p ON p.id = k.owner
    WHERE k.alive = 1 AND k.active IS NOT 0 AND (
        EXISTS (SELECT 1 FROM "order" e WHERE e.customer = k.id AND e.alive = 1)
        OR EXISTS (SELECT 1 FROM opportunity o WHERE o.customer = k.id AND o.alive = 1 AND o.status IN ('won', 'lost')))
    ORDER BY k.grade IS NULL, k.grade, (SELECT o.status = 'lost' FROM opportunity o WHERE o.customer = k.id
            AND o.alive = 1 AND o.status IN ('won', 'lost') AND o.closed_on <= ?1 ORDER BY o.closed_on DESC, o.id DESC
            LIMIT 1) IS NOT 1, heard, k.id"""
_LAST = """SELECT customer, status, max(closed_on),
        EXISTS (SELECT 1 FROM survey_response r WHERE r.customer = o.customer AND r.alive = 1
            AND r.responded_on BETWEEN ?3 AND ?2)
    FROM opportunity o WHERE o.alive = 1 AND o.status IN ('won', 'lost') AND o.customer IS NOT NULL
        AND o.closed_on BETWEEN ?1 AND ?2 GROUP BY customer"""


def happy(db: Connection, on: date) -> Happy:
    """Whether those who were won and those who were lost answer alike."""
    back, since = ((on - timedelta(days=days)).isoformat() for days in (DEALS, LONG))
    counts = {("won", 0): 0, ("won", 1): 0, ("lost", 0): 0, ("lost", 1): 0}
    silent: list[int] = []
    for customer, status, _, answered in db.run(_LAST, (back, on.isoformat(), since)):
        counts[status, answered] += 1
        if status == "lost" and not answered:
            silent.append(customer)
    return Happy(
        counts["won", 0] + counts["won", 1],
        counts["won", 1],
        counts["lost", 0] + counts["lost", 1],
        counts["lost", 1],
        tuple(silent),
    )
