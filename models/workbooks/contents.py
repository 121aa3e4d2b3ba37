"""What leaves in a workbook: its sheets, their fields and rows, with the values as the book holds them.

``Values`` reads for everybody at once; a ``SheetPlan`` is one table of one workbook. What a person
gets is said in ``personal.py``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from models.book import Book
from models.describe.field import Entity, Field
from models.describe.kinds import Link
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal.entries import title_sql
from models.reads import path_sql
from models.sheets import own
from models.sheets.exporting import Cells
from models.workbooks.manifest import IssuedSheet, Stored

Labels = Mapping[str, Mapping[int, str]]
# What never leaves the book in a workbook, whoever gets it: fields, and records by a condition over ``t``.
KEPT_FIELDS = {"one_on_one": "private_notes"}
KEPT_RECORDS = {"feedback": "t.visibility IS NOT 'shared'"}


@dataclass(frozen=True)
class SheetPlan:
    """One table of a workbook before it is written; ``rows`` are in the order in which they are shown.

    ``room`` is how many empty rows stand above the records, for new ones; ``choices`` are the codes that
    the drop-down of a field offers, where not all of them.
    """

    name: str
    entity: str
    fields: tuple[str, ...]
    headers: tuple[str, ...]
    editable: frozenset[str]
    rows: Mapping[int, tuple[Stored, ...]]
    can_add: bool = False
    implied: tuple[tuple[str, Stored], ...] = ()
    room: int = 0
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def issued(self) -> IssuedSheet:
        """What the book remembers of it."""
        return IssuedSheet(
            self.name, self.entity, self.fields, self.headers, self.editable, self.rows,
            self.can_add, self.implied,
        )  # fmt: skip


class Values:
    """Values and labels as workbooks carry them, read in sets and once. Of one view of the book."""

    def __init__(self, book: Book, db: Connection) -> None:
        self.book = book
        self.db = db
        self._cells = Cells(book)
        self._labels: dict[str, dict[int, str]] = {}

    def stored(
        self,
        entity_id: str,
        rows: Collection[int],
        fields: Sequence[str],
        *,
        closed_too: bool = False,
    ) -> dict[int, tuple[Stored, ...]]:
        """The stored values of fields, dotted paths too, by row; rows that are gone are left out.

        What is closed is empty, unless ``closed_too``: where it leaves to its author.
        """
        schema = self.book.schema
        entity = schema.entity(entity_id)
        columns = (path_sql(schema, entity, one, closed_too=closed_too)[0] for one in fields)
        listed = ", ".join(columns)
        found = self.db.run(
            f"SELECT t.id, {listed} FROM {quoted(entity.id)} t "
            "WHERE t.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(rows)),),
        )
        return {row: tuple(values) for row, *values in found}

    def labels(self, entity_id: str, rows: Iterable[int]) -> dict[int, str]:
        """What cells say of records that they link to, by row."""
        known = self._labels.setdefault(entity_id, {})
        wanted = set(rows)
        missing = wanted - known.keys()
        if missing:
            known.update(self._said(entity_id, missing))
        return {row: known[row] for row in wanted if row in known}

    def _said(self, entity_id: str, rows: Collection[int]) -> Iterable[tuple[int, str]]:
        text = self._cells.linked(entity_id)
        found = self.db.run(
            f"SELECT t.id, {title_sql(self.book.schema, entity_id, 't')} "
            f"FROM {quoted(entity_id)} t WHERE t.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(rows)),),
        )
        for row, label in found:
            yield row, text(Link(row, label or ""))

    def labels_of(
        self, plans: Iterable[SheetPlan], known: Mapping[str, Collection[int]] | None = None
    ) -> dict[str, dict[int, str]]:
        """The names of everything that the cells of some tables link to.

        Of an entity in ``known`` only those records are named; of others cells say the id alone.
        """
        wanted: dict[str, set[int]] = {}
        for plan in plans:
            entity = self.book.schema.entity(plan.entity)
            for at, path in enumerate(plan.fields):
                of = self.book.schema.path(entity, path)[1]
                if of.kind == "link":
                    there = wanted.setdefault(of.target, set())
                    there.update(
                        one for values in plan.rows.values() if isinstance(one := values[at], int)
                    )
        made = {target: self.labels(target, rows) for target, rows in wanted.items()}
        for target, named in (known or {}).items():
            for row in made.get(target, {}):
                if row not in named:
                    made[target][row] = self.book.public_id(target, row)
        return made


def can_be_edited(schema: Schema, entity: Entity, path: str) -> bool:
    """Whether what stands in a column can be written back: a field of the record that nobody computes."""
    if "." in path:
        return False
    one = schema.field(entity, path)
    return not one.formula and (not one.read_as or one.kind == "flag")


def may_leave(schema: Schema, entity: Entity, path: str) -> bool:
    """Whether a column may leave at all; what is kept stays at home behind links too."""
    *links, name = path.split(".")
    for one in links:
        entity = schema.entity(schema.field(entity, one).target)
    return KEPT_FIELDS.get(entity.id) != name


def leaving(values: Values, entity_id: str, rows: Sequence[int]) -> list[int]:
    """Those of some records that may leave."""
    kept = KEPT_RECORDS.get(entity_id)
    if kept is None:
        return list(rows)
    at_home = {
        row
        for (row,) in values.db.run(
            f"SELECT t.id FROM {quoted(entity_id)} t WHERE {kept} "
            "AND t.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(rows)),),
        )
    }
    return [one for one in rows if one not in at_home]


def plan(
    values: Values,
    name: str,
    entity_id: str,
    rows: Sequence[int],
    fields: Sequence[str],
    *,
    editable: Collection[str] | None = None,
    can_add: bool = False,
    implied: tuple[tuple[str, Stored], ...] = (),
    room: int = 0,
    read: Mapping[int, tuple[Stored, ...]] | None = None,
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> SheetPlan:
    """A table of some records in this order; all is editable that can be, or only what is named.

    ``read`` are the values, where they were read for several tables at once.
    """
    schema = values.book.schema
    entity = schema.entity(entity_id)
    fields = [one for one in fields if may_leave(schema, entity, one)]
    rows = leaving(values, entity_id, rows)
    found = values.stored(entity_id, rows, fields) if read is None else read
    wanted = fields if editable is None else editable
    return SheetPlan(
        name,
        entity_id,
        tuple(fields),
        tuple(headers(schema, entity, fields)),
        frozenset(one for one in wanted if can_be_edited(schema, entity, one)),
        {row: found[row] for row in rows if row in found},
        can_add,
        implied,
        room,
        choices or {},
    )


def headers(schema: Schema, entity: Entity, paths: Sequence[str]) -> list[str]:
    """Headers that ordinary imports know too; what is shown of other records is named short."""
    made = own.headers(schema, entity, paths)
    taken = {one.text() for one in entity.fields}
    for at, path in enumerate(paths):
        short = schema.path(entity, path)[1].text()
        if "." in path and short not in taken and short not in made:
            made[at] = short
    return made


def is_personal(schema: Schema, one: Field) -> bool:
    """Whether a field says something about a natural person, itself or by the name of what it links to."""
    if one.personal or one.kind != "link":
        return one.personal
    target = schema.entity(one.target)
    return any(target.field(name).personal for name in target.title)
