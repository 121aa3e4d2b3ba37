"""What each salesperson's workbook holds: that person's records and nobody else's.

Rows are found for everybody at once, values are read once and dealt out. No column names another
salesperson; personal fields can stay at home.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from models.book import Book
from models.describe.field import Entity
from models.dialects import Connection
from models.following.contact import end_of
from models.texts import N_, tr
from models.workbooks import contents
from models.workbooks.contents import SheetPlan, Values
from models.workbooks.manifest import Stored
from models.workbooks.notices import Notices

LOG_DAYS, CLOSED_DAYS, DONE_DAYS, ANSWERED_DAYS = 60, 60, 30, 365
TOLD_DAYS = 180  # of feedback and talks


@dataclass(frozen=True)
class Sheet:
    """A table of everybody's workbook.

    ``fields`` in their order, ``further`` those that come along where the book fills them, ``locked``
    what is only shown. ``owner`` is the field that says whose a new row is. ``room``: see ``SheetPlan``.
    One that is only ``told`` can't be changed, has no columns of the users' own, and is left out of the
    workbooks that have no row of it.
    """

    name: str
    entity: str
    fields: str
    locked: str = ""
    further: str = ""
    owner: str = ""
    can_add: bool = True
    room: int = 3
    told: bool = False


CUSTOMERS = Sheet(
    N_("My customers"),
    "customer",
    "name grade lifecycle phone city next_contact_due tags no_step_reason",
    "code tax_code",
    "segment industry region province country address source annual_revenue employees "
    "founded_year first_contact_on code tax_code",
    "owner",
)
CONTACTS = Sheet(
    N_("Contacts"), "contact", "name customer title phone wechat primary email birthday active"
)
DEALS = Sheet(
    N_("My deals"),
    "opportunity",
    "name customer stage amount expected_close probability forecast_category status lost_reason "
    "product contact opened_on closed_on",
    "code status opened_on closed_on",
    "code source",
    "owner",
)
FOLLOW_UPS = Sheet(
    N_("Follow-ups"),
    "follow_up_plan",
    "customer due kind purpose status done_on outcome at contact opportunity",
    owner="person",
)
VISITS = Sheet(
    N_("Visit log"),
    "activity",
    "at customer kind result next_step contact opportunity duration_minutes",
    owner="person",
    room=10,
)
TASKS = Sheet(
    N_("Tasks"),
    "task",
    "title due status priority customer kind done_criteria blocked_reason question done_at opportunity",
    "done_criteria",
    owner="owner",
)
NOTICES = Sheet(
    N_("Notices"),
    "read_receipt",
    "announcement announcement.body announcement.posted_on read reply",
    "announcement",
    can_add=False,
    room=0,
)
SUGGESTIONS = Sheet(
    N_("Suggestions and questions"),
    "suggestion",
    "title kind content raised_on status answer answered_on",
    "raised_on status answer answered_on",
    owner="person",
    room=5,
)
FEEDBACK = Sheet(
    N_("My feedback"),
    "feedback",
    "given_on kind skill event_date situation behaviour impact next_step",
    can_add=False,
    room=0,
    told=True,
)
TALKS = Sheet(
    N_("My talks"), "one_on_one", "held_on shared_notes", can_add=False, room=0, told=True
)
BEFORE_GOALS = (CUSTOMERS, CONTACTS, DEALS, FOLLOW_UPS, VISITS, TASKS)
AFTER_GOALS = (FEEDBACK, TALKS, NOTICES, SUGGESTIONS)
SHEETS = (*BEFORE_GOALS, *AFTER_GOALS)
NOTES = "notes"  # stands last, wherever there is one

# The person and the row, in the order in which they are shown; ?1 are the people, ?2 a day or moment.
_ROWS = {
    "opportunity": (
        "SELECT owner, id FROM opportunity WHERE alive = 1 AND owner IN {people} "
        "AND (coalesce(status, 'open') = 'open' OR closed_on >= ?2) "
        "ORDER BY coalesce(status, 'open') != 'open', expected_close IS NULL, expected_close, id",
        CLOSED_DAYS,
    ),
    "follow_up_plan": (
        "SELECT coalesce(p.person, c.owner), p.id FROM follow_up_plan p "
        "JOIN customer c ON c.id = p.customer AND c.alive = 1 WHERE p.alive = 1 "
        "AND p.status = 'planned' AND coalesce(p.person, c.owner) IN {people} "
        "AND ?2 IS NOT NULL ORDER BY p.due, p.at, p.id",
        0,
    ),
    "activity": (
        "SELECT person, id, at FROM activity WHERE alive = 1 AND at >= ?2 AND person IN {people} "
        "UNION SELECT c.owner, a.id, a.at FROM activity a JOIN customer c ON c.id = a.customer "
        "AND c.alive = 1 WHERE a.alive = 1 AND a.at >= ?2 AND c.owner IN {people} "
        "ORDER BY 3 DESC, 2 DESC",
        LOG_DAYS,
    ),
    "task": (
        "SELECT w.person, t.id FROM (SELECT owner AS person, id FROM task WHERE owner IN {people} "
        "UNION SELECT person, task FROM collaborator WHERE alive = 1 AND person IN {people}) w "
        "JOIN task t ON t.id = w.id WHERE t.alive = 1 AND (t.status NOT IN ('draft', 'done', "
        "'cancelled') OR (t.status = 'done' AND t.done_at >= ?2)) "
        "ORDER BY t.status = 'done', t.due IS NULL, t.due, t.id",
        DONE_DAYS,
    ),
    "suggestion": (
        "SELECT person, id FROM suggestion WHERE alive = 1 AND person IN {people} "
        "AND (status = 'received' OR coalesce(answered_on, raised_on) >= ?2) "
        "ORDER BY raised_on DESC, id DESC",
        ANSWERED_DAYS,
    ),
    "feedback": (
        "SELECT person, id FROM feedback WHERE alive = 1 AND visibility = 'shared' "
        "AND person IN {people} AND given_on >= ?2 ORDER BY given_on DESC, id DESC",
        TOLD_DAYS,
    ),
    "one_on_one": (
        "SELECT person, id FROM one_on_one WHERE alive = 1 AND status = 'held' "
        "AND coalesce(shared_notes, '') != '' AND person IN {people} AND held_on >= ?2 "
        "ORDER BY held_on DESC, id DESC",
        TOLD_DAYS,
    ),
}
_PEOPLE = "(SELECT value FROM json_each(?1))"
_OWN = "alive = 1 AND active IS NOT 0"
Dealt = dict[int, list[int]]


class Contents:
    """What the workbooks of some people hold, in one view of the book.

    ``personal``: whether personal fields leave at all.
    """

    def __init__(
        self, book: Book, db: Connection, people: Sequence[int], on: date, *, personal: bool = True
    ) -> None:
        self.book, self.db, self.people, self.on = book, db, tuple(people), on
        self.personal = personal
        self._people = json.dumps(list(people))
        self.notices = Notices(db, self.people, on)
        self.values = Values(book, db)
        self.schema = book.schema

    # -- rows ------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> dict[str, Dealt]:
        """The rows of each entity by person."""
        made = {"customer": self._customers, "contact": self._contacts()}
        for entity, (sql, days) in _ROWS.items():
            first = self.on - timedelta(days=days)
            since = end_of(first - timedelta(days=1)) if entity == "activity" else first.isoformat()
            found = self.db.run(sql.format(people=_PEOPLE), (self._people, since))
            made[entity] = self._dealt((one[0], one[1]) for one in found)
        made["read_receipt"] = self._dealt(self.notices.receipts)
        return made

    def _dealt(self, found: Iterable[tuple[int, int]]) -> Dealt:
        made: Dealt = {one: [] for one in self.people}
        for person, row in found:
            made[person].append(row)
        return made

    @cached_property
    def _customers(self) -> Dealt:
        """Own ones, and those that nobody owns with which the person has a deal."""
        found = self.db.run(
            f"SELECT owner, id FROM customer WHERE {_OWN} AND owner IN {_PEOPLE} "
            "UNION SELECT o.owner, c.id FROM opportunity o JOIN customer c ON c.id = o.customer "
            f"WHERE c.alive = 1 AND c.active IS NOT 0 AND c.owner IS NULL AND o.alive = 1 "
            f"AND coalesce(o.status, 'open') = 'open' AND o.owner IN {_PEOPLE}",
            (self._people,),
        )
        sort = [("grade", False), ("name", False)]
        ordered = self.book.ids("customer", sort=sort, among=[row for _, row in found])
        place = {row: at for at, row in enumerate(ordered)}
        return self._dealt(sorted(found, key=lambda one: place[one[1]]))

    def _contacts(self) -> Dealt:
        """Those of own customers in the order of the customers, main contacts first."""
        return self._dealt((person, row) for person, row in self._of_customers("active IS NOT 0"))

    def _of_customers(self, condition: str) -> list[tuple[int, int]]:
        people: dict[int, list[tuple[int, int]]] = {}  # the customer's place with each person
        for person, rows in self._customers.items():
            for at, row in enumerate(rows):
                people.setdefault(row, []).append((at, person))
        found = self.db.run(
            f'SELECT id, customer, coalesce("primary", 0) FROM contact WHERE {condition} '
            "AND alive = 1 AND customer IN (SELECT value FROM json_each(?1))",
            (json.dumps(list(people)),),
        )
        placed = [
            (at, -first, row, person)
            for row, customer, first in found
            for at, person in people[customer]
        ]
        return [(person, row) for _, _, row, person in sorted(placed)]

    @cached_property
    def _known(self) -> dict[int, set[int]]:
        """The contacts whose names a person knows: those of own customers, also former ones."""
        made: dict[int, set[int]] = {one: set() for one in self.people}
        for person, row in self._of_customers("1"):
            made[person].add(row)
        return made

    def known(self, person: int) -> set[int]:
        """The contacts that may be named in a person's workbook."""
        return self._known[person] if self.personal else set()

    def labels(self, person: int, plans: Sequence[SheetPlan]) -> dict[str, dict[int, str]]:
        """What cells of a person's tables say of other records."""
        return self.values.labels_of(plans, {"contact": self.known(person)})

    # -- tables ----------------------------------------------------------------------------------

    def plans(self, person: int, sheets: Sequence[Sheet] = SHEETS) -> list[SheetPlan]:
        """The tables of a person, in the current language."""
        return [
            self._plan(person, one)
            for one in sheets
            if self._leaves(one) and (not one.told or self.rows[one.entity][person])
        ]

    def _leaves(self, sheet: Sheet) -> bool:
        """Whether a table says anything when personal fields stay at home."""
        if sheet.told:
            return True
        entity = self.schema.entity(sheet.entity)
        named = [entity.field(one) for one in entity.title]
        return self.personal or not any(contents.is_personal(self.schema, one) for one in named)

    def _plan(self, person: int, sheet: Sheet) -> SheetPlan:
        fields, locked = self.fields[sheet.entity], sheet.locked.split()
        return contents.plan(
            self.values,
            tr(sheet.name),
            sheet.entity,
            self.rows[sheet.entity][person],
            fields,
            editable=[one for one in fields if one not in locked and not sheet.told],
            can_add=sheet.can_add,
            implied=((sheet.owner, person),) if sheet.owner else (),
            room=sheet.room,
            read=self._read[sheet.entity],
        )

    @cached_property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """The fields of each table: the same for everybody."""
        return {one.entity: tuple(self._fields(one)) for one in SHEETS}

    def _fields(self, sheet: Sheet) -> list[str]:
        entity = self.schema.entity(sheet.entity)
        named = sheet.fields.split()
        filled = self.book.filled(entity.id) if sheet.further else set()
        named += [one for one in sheet.further.split() if one in filled]
        called = next((one for one in entity.title if one in filled and one in named), "")
        if called and named[0] in entity.title and named[0] not in filled:
            named = list(dict.fromkeys([called, *named]))  # deals known by their numbers alone
        named += [one.id for one in entity.fields if one.custom and not sheet.told]
        named += [NOTES] if entity.has(NOTES) else []
        return [one for one in named if self._may_leave(entity, one)]

    def _may_leave(self, entity: Entity, path: str) -> bool:
        field = self.schema.path(entity, path)[1]
        if field.fault is not None or (field.kind == "link" and field.target == "salesperson"):
            return False
        return self.personal or not contents.is_personal(self.schema, field)

    @cached_property
    def _read(self) -> dict[str, Mapping[int, tuple[Stored, ...]]]:
        made: dict[str, Mapping[int, tuple[Stored, ...]]] = {}
        for entity, fields in self.fields.items():
            every = {row for rows in self.rows[entity].values() for row in rows}
            made[entity] = self.values.stored(entity, every, fields)
        fresh = self.notices.fresh_values(self.values, self.fields["read_receipt"])
        made["read_receipt"] = {**made["read_receipt"], **fresh}
        return made
