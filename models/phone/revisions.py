"""What the journal says of events that may stand in a calendar already: what changed, and when last."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from models.book import Book
from models.dialects import Connection
from models.phone.planned import ENTITIES, Planned

# Who does what, and on which days nobody is disturbed, follows from these.
_WHO = ("leave", "cover", "collaborator", "salesperson", "team", "calendar_day")
_DOER = "coalesce(t.person, (SELECT c.owner FROM customer c WHERE c.id = t.customer))"


class Revisions:
    """Reads the journal for one person's calendar.

    Args:
        since: from when on something that is theirs no longer is told as cancelled.
    """

    def __init__(self, book: Book, db: Connection, person: int, since: datetime) -> None:
        self._db, self._me = db, person
        self._no = {one.id: one.no for one in book.schema}
        stamp = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        first = db.one("SELECT min(first_edit) FROM change WHERE at >= ?", (stamp,))
        self._from = int(first) if first is not None else None

    def touched(self) -> dict[str, list[int]]:
        """Rows that are or were this person's, of which something changed since, by entity."""
        if self._from is None:
            return {}
        me = self._me
        owned = self._rows(
            f"SELECT t.id FROM task t WHERE t.id IN ({self._recent('task')}) AND "
            f"(t.owner = {me} OR t.id IN ({self._before('task', 'owner', me)}))"
        )
        return {
            "task": sorted(owned | self._shared() | self._covered("task", "t.owner")),
            "follow_up_plan": sorted(
                self._named() | self._of_customers() | self._covered("follow_up_plan", _DOER)
            ),
            "meeting": sorted(self._meetings()),
        }

    def _shared(self) -> set[int]:
        return self._rows(
            f"SELECT w.task FROM collaborator w WHERE w.person = {self._me} "
            f"AND (w.id IN ({self._recent('collaborator')}) OR w.task IN ({self._recent('task')}))"
        )

    def _named(self) -> set[int]:
        """Follow-ups with the person's name."""
        before = self._before("follow_up_plan", "person", self._me)
        return self._rows(
            f"SELECT t.id FROM follow_up_plan t WHERE t.id IN ({before}) "
            f"OR (t.person = {self._me} AND t.id IN ({self._recent('follow_up_plan')}))"
        )

    def _of_customers(self) -> set[int]:
        """Follow-ups without a name are those of the customer's owner, whoever that was."""
        recent, mine = self._recent("follow_up_plan"), self._before("customer", "owner", self._me)
        nameless = f"{recent} AND field = 'person' AND before IS NULL"
        elsewhere = (
            f"{recent} AND field = 'customer' AND "
            f"(before IN (SELECT id FROM customer WHERE owner = {self._me}) OR before IN ({mine}))"
        )
        return self._rows(
            "SELECT t.id FROM follow_up_plan t JOIN customer c ON c.id = t.customer "
            f"WHERE (t.person IS NULL OR t.id IN ({nameless})) AND (c.id IN ({mine}) "
            f"OR t.id IN ({elsewhere}) OR (c.owner = {self._me} AND t.id IN ({recent})))"
        )

    def _meetings(self) -> set[int]:
        """Meetings of all, and of the teams that the person is, or was, in or at the head of."""
        recent, me = self._recent("meeting"), self._me
        gone = (
            f"SELECT before FROM edit NOT INDEXED WHERE id >= {self._from} AND row = {me} "
            f"AND entity = {self._no['salesperson']} AND field = 'team' "
            f"UNION {self._before('team', 'manager', me)}"
        )
        teams = (
            f"SELECT team FROM salesperson WHERE id = {me} UNION "
            f"SELECT id FROM team WHERE manager = {me} UNION {gone}"
        )
        return self._rows(
            f"SELECT t.id FROM meeting t WHERE t.team IN ({gone}) OR t.id IN ({recent} "
            f"AND field = 'team' AND (before IS NULL OR before IN ({teams}))) OR t.id IN ({recent} "
            f"AND field = 'person' AND (before IS NULL OR before = {me})) OR (t.id IN ({recent}) "
            f"AND (t.person = {me} OR t.team IN ({teams}) OR (t.team IS NULL AND t.person IS NULL)))"
        )

    def _covered(self, entity: str, owner: str) -> set[int]:
        """What was theirs for the time of somebody's leave, which changed since."""
        me = self._me
        return self._rows(
            f'SELECT t.id FROM {entity} t JOIN "leave" l ON l.person = {owner} '
            "AND t.due BETWEEN date(l.starts_on, '-31 days') AND date(l.ends_on, '+31 days') "
            f"WHERE (l.id IN ({self._recent('leave')}) AND (l.cover = {me} "
            f"OR l.id IN ({self._before('leave', 'cover', me)}) "
            f"OR EXISTS (SELECT 1 FROM cover v WHERE v.leave = l.id AND v.person = {me}))) "
            f"OR l.id IN (SELECT v.leave FROM cover v WHERE v.id IN ({self._recent('cover')}) "
            f"AND (v.person = {me} OR v.id IN ({self._before('cover', 'person', me)})))"
        )

    def _recent(self, entity: str) -> str:
        """Rows that were there and changed; what is only added was in no calendar yet."""
        return (
            f"SELECT row FROM edit NOT INDEXED WHERE id >= {self._from} "
            f"AND entity = {self._no[entity]} AND (field <> 'alive' OR before IS NOT NULL)"
        )

    def _before(self, entity: str, field: str, person: int) -> str:
        """Rows whose link led to somebody before."""
        return f"{self._recent(entity)} AND field = '{field}' AND before = {person}"

    def _rows(self, sql: str) -> set[int]:
        return {int(row[0]) for row in self._db.run(sql) if row[0] is not None}

    # -- when last -------------------------------------------------------------------------------

    def last(self, planned: Collection[Planned]) -> dict[Planned, tuple[int, datetime]]:
        """The number of the last change of each, or of what it says, and when that was.

        It only ever grows, whatever is undone or linked elsewhere: later changes have higher numbers.
        """
        numbers = {
            entity: self._latest(entity, {one.row for one in planned if one.entity == entity})
            for entity in ENTITIES
        }
        customers = self._latest("customer", {one.customer_row for one in planned})
        contacts = self._latest("contact", {one.contact_row for one in planned})
        theirs = self._contacts_of({one.customer_row for one in planned})
        who = self._who()
        found = {
            one: max(
                numbers[one.entity].get(one.row, 0),
                customers.get(one.customer_row, 0),
                contacts.get(one.contact_row, 0),
                theirs.get(one.customer_row, 0),
                who,
            )
            for one in planned
        }
        at = self._moments(set(found.values()))
        return {one: (number, at[number]) for one, number in found.items()}

    def _who(self) -> int:
        nos = ", ".join(str(self._no[one]) for one in _WHO)
        return int(self._db.one(f"SELECT max(change) FROM edit WHERE entity IN ({nos})") or 0)

    def _latest(self, entity: str, rows: Iterable[int]) -> dict[int, int]:
        found = self._db.run(
            "SELECT row, max(change) FROM edit WHERE entity = ? "
            "AND row IN (SELECT value FROM json_each(?)) GROUP BY row",
            (self._no[entity], json.dumps(sorted(rows))),
        )
        return {int(row): int(change) for row, change in found}

    def _contacts_of(self, customers: Iterable[int]) -> dict[int, int]:
        """The last change of any contact that customers have, or had: the first of them is told."""
        no, wanted = self._no["contact"], json.dumps(sorted(customers))
        found = self._db.run(
            "SELECT n.customer, max(e.change) FROM contact n "
            "JOIN edit e ON e.entity = ? AND e.row = n.id "
            "WHERE n.customer IN (SELECT value FROM json_each(?)) GROUP BY 1 UNION ALL "
            "SELECT before, max(change) FROM edit WHERE entity = ? AND field = 'customer' "
            "AND before IN (SELECT value FROM json_each(?)) GROUP BY 1",
            (no, wanted, no, wanted),
        )
        made: dict[int, int] = {}
        for customer, change in found:
            made[customer] = max(made.get(customer, 0), int(change))
        return made

    def _moments(self, changes: Iterable[int]) -> dict[int, datetime]:
        rows = self._db.run(
            "SELECT id, at FROM change WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(changes)),),
        )
        return {int(id): datetime.fromisoformat(at).astimezone(UTC) for id, at in rows}
