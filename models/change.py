"""One change under way: what may be done inside the door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from models import bulk, citations, links, own_columns
from models.describe import kinds
from models.describe.book_settings import BOOK, CURRENCY
from models.describe.field import Entity, Field
from models.dialects import Connection, quoted
from models.evaluations import cites, standing
from models.evaluations.cites import Cited
from models.growth import plan_rules
from models.journal import settings
from models.own_columns import OWN_COLUMN
from models.refusals import Refused
from models.sales.rules import RULES
from models.texts import N_

if TYPE_CHECKING:
    from models.book import Book

# What refuses to be removed while something stands in the way.
_STAY = {"improvement_plan": plan_rules.assert_removable}
_COLUMN_PARTS = ("entity", "name", "kind", "choices", "target", "formula")


class Change:
    """One change under way: what may be done inside the door.

    ``reason`` is what it is called in the history if that is only known once it is done; else it is
    called what ``Book.change`` was given.
    """

    def __init__(self, book: Book, db: Connection, no: int) -> None:
        self._book = book
        self.db = db
        self.no = no
        self.new_fields = False
        self.reason = ""

    def add(self, entity_id: str, values: dict[str, Any]) -> int:
        """Add a record; gives its row id.

        Raises:
            Refused: a required field is missing or a value is not acceptable.
        """
        entity = self._book.schema.entity(entity_id)
        if entity.id == OWN_COLUMN:  # never without the column itself
            said = {name: str(value or "") for name, value in self.clean(entity, values).items()}
            return self._add_column(*(said.get(one, "") for one in _COLUMN_PARTS))[1]
        return self._add(entity, values)

    def _add(self, entity: Entity, values: dict[str, Any]) -> int:
        stored = self._stored(entity, self.complete(entity, values))
        names = ", ".join(quoted(name) for name in stored)
        marks = ", ".join("?" * len(stored))
        return self.db.insert(
            f"INSERT INTO {quoted(entity.id)} (alive{', ' if names else ''}{names}) "
            f"VALUES (1{', ' if marks else ''}{marks})",
            tuple(stored.values()),
        )

    def complete(self, entity: Entity, values: dict[str, Any]) -> dict[str, Any]:
        """The values of a record to be added, with what is usual and what follows filled in.

        Raises:
            Refused: a required field is missing, a value is not acceptable, or it would be part of what
                is sealed.
        """
        full = {one.id: one.usual for one in entity.fields if one.usual is not None}
        full.update(self.clean(entity, values))
        self._assert_named(entity, full)
        full.update(self._follow(entity, full, values, {}))
        for one in entity.fields:
            if one.required and full.get(one.id) in (None, ""):
                raise Refused("required", N_("{field} must be filled in."), field=one.text())
        if entity.id in standing.WATCHES:
            standing.assert_may_add(self.db, entity.id, self._stored(entity, full))
        return full

    def add_many(
        self, entity_id: str, names: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> range:
        """Add many records at once, values as fields hold them; gives their row ids.

        See ``models.bulk``: nothing is read from text and no rule fills anything in.

        Raises:
            Refused: a required field is empty.
        """
        return bulk.add_many(self.db, self._book.schema.entity(entity_id), names, rows)

    def next_row(self, entity_id: str) -> int:
        """The row id that the next record of an entity will get."""
        return bulk.next_row(self.db, self._book.schema.entity(entity_id))

    def set(self, entity_id: str, row: int, values: dict[str, Any]) -> None:
        """Set fields of a record.

        Raises:
            Refused: the record is gone, a value is not acceptable, a required field would be empty.
        """
        entity = self._book.schema.entity(entity_id)
        clean = self.clean(entity, values)
        self._assert_named(entity, clean, row)
        if entity.id in standing.WATCHES:
            standing.assert_may_set(self.db, entity.id, row, self._stored(entity, clean))
        if entity.id == OWN_COLUMN:
            own_columns.prepare(self._book.schema, self._look(entity.id, row), clean)
        if entity.id in RULES:
            before = {**self._look(entity.id, row), "id": row}
            clean.update(self._follow(entity, clean, clean, before))
        for name, value in clean.items():
            if entity.field(name).required and value in (None, ""):
                raise Refused(
                    "required", N_("{field} must be filled in."), field=entity.field(name).text()
                )
        stored = self._stored(entity, clean)
        if not stored:
            return
        settings = ", ".join(f"{quoted(name)} = ?" for name in stored)
        done = self.db.run(
            f"UPDATE {quoted(entity.id)} SET {settings} WHERE id = ? AND alive = 1 RETURNING 1",
            (*stored.values(), row),
        )
        if not done:
            raise Refused("gone", N_("This record has been removed meanwhile."))

    def set_book(self, values: dict[str, Any]) -> None:
        """Set what holds for the whole book, by the fields that ``book_settings`` declares.

        Raises:
            Refused: there is no such setting, a value is not acceptable, or it stands for good.
        """
        clean = self.clean(BOOK, values)
        if CURRENCY in clean:
            raise Refused(
                "fixed_currency",
                N_(
                    "The currency of a book stands since it was made: its amounts were entered in it. Make another book for another currency."
                ),
            )
        for name, value in clean.items():
            field = BOOK.field(name)
            if value is None and field.required:
                raise Refused("required", N_("{field} must be filled in."), field=field.text())
            settings.put(self.db, name, None if value is None else str(value))

    def remove(self, entity_id: str, rows: Iterable[int]) -> int:
        """Move records, and what is part of them, to the recycle bin; gives how many.

        Raises:
            Refused: a column of the users' own is asked for by a formula (``in_formula``); a record
                stays for what it is (``plan_agreed``).
        """
        entity, gone = self._book.schema.entity(entity_id), list(rows)
        if entity.id == OWN_COLUMN:
            own_columns.assert_unasked(self.db, self._book.schema, gone)
        if entity.id in _STAY:
            _STAY[entity.id](self.db, gone)
        return self._live(entity, gone, 1, 0)

    def restore(self, entity_id: str, rows: Iterable[int]) -> int:
        """Bring records back from the recycle bin."""
        return self._live(self._book.schema.entity(entity_id), list(rows), 0, 1)

    def _live(self, entity: Entity, rows: list[int], before: int, after: int) -> int:
        count = 0
        standing.assert_may_move(self.db, entity.id, rows)
        for row in rows:
            count += len(
                self.db.run(
                    f"UPDATE {quoted(entity.id)} SET alive = ? WHERE id = ? AND alive = ? RETURNING 1",
                    (after, row, before),
                )
            )
        for part in self._book.schema:
            if part.part_of == entity.id:
                column = next(one.column for one in part.links() if one.target == entity.id)
                for row in rows:
                    inside = self.db.run(
                        f"SELECT id FROM {quoted(part.id)} WHERE {quoted(column)} = ? AND alive = ?",
                        (row, before),
                    )
                    self._live(part, [one[0] for one in inside], before, after)
        return count

    def add_field(
        self,
        entity_id: str,
        label: str,
        kind: str,
        choices: str = "",
        target: str = "",
        formula: str = "",
    ) -> Field:
        """Give an entity a column of the users' own; it then behaves like any other.

        With a ``formula`` its values are worked out; the kind follows from it unless it is given.

        Raises:
            Refused: the kind is unknown, a field of that name exists, or the formula can't be.
        """
        return self._add_column(entity_id, label, kind, choices, target, formula)[0]

    def _add_column(self, entity_id: str, label: str, *more: str) -> tuple[Field, int]:
        schema = self._book.schema
        entity = schema.entity(entity_id)
        fresh = own_columns.fresh(self.db, schema, entity, label, *more)
        row = self._add(
            schema.entity(OWN_COLUMN),
            {
                "name": label.strip(),
                "entity": entity_id,
                "kind": fresh.kind,
                "choices": more[1] or None,
                "target": more[2] or None,
                "formula": fresh.formula or None,
            },
        )
        self._book.load_schema()
        self._book.sync_columns(self.db)
        self.new_fields = True
        return self._book.schema.entity(entity_id).field(fresh.id), row

    def change_field(
        self,
        entity_id: str,
        name: str,
        label: str,
        choices: str = "",
        formula: str = "",
        kind: str = "",
    ) -> None:
        """Call a column of the users' own otherwise, offer other choices, or work it out otherwise.

        Its values and its id stay. ``kind`` is what the result of a formula is shown as.

        Raises:
            Refused: it is none of their own (``not_own``), something else is called so, nothing
                would be left to choose, or the formula can't be.
        """
        entity = self._book.schema.entity(entity_id)
        wanted = {"label": label.strip(), "choices": choices, "formula": formula, "kind": kind}
        given = {name: said for name, said in wanted.items() if said or name == "label"}
        self.set(OWN_COLUMN, self._own_row(entity, name), given)
        self._book.load_schema()
        self.new_fields = True

    def remove_field(self, entity_id: str, name: str) -> None:
        """Move a column of the users' own to the recycle bin; its values wait there with it.

        Raises:
            Refused: it is none of their own (``not_own``).
        """
        self.remove(OWN_COLUMN, [self._own_row(self._book.schema.entity(entity_id), name)])
        self._book.load_schema()
        self.new_fields = True

    def _own_row(self, entity: Entity, name: str) -> int:
        return own_columns.row_of(self.db, self._book.schema, entity, name)

    def clean(self, entity: Entity, values: dict[str, Any]) -> dict[str, Any]:
        """Values by field id, texts parsed by their kinds, links resolved.

        Raises:
            Refused: an unknown field or a value that is not acceptable.
        """
        made: dict[str, Any] = {}
        for name, raw in values.items():
            one = self._book.schema.field(entity, name)
            if one.formula:
                raise Refused(
                    "worked_out",
                    N_("{field} is worked out by a formula; change the formula, or what it reads."),
                    field=one.text(),
                )
            kind = kinds.KINDS[one.kind]
            value = kind.parse(one, raw)
            if one.kind == "link" and isinstance(value, str):
                value = links.resolve(
                    self.db, self._book.schema, self._book.public, one.target, value
                )
            elif isinstance(value, kinds.Link):
                value = value.id
            made[one.id] = value
        return made

    def _follow(
        self, entity: Entity, written: dict[str, Any], typed: dict[str, Any], before: dict[str, Any]
    ) -> dict[str, Any]:
        """What the entity's rule fills in; never what was written itself."""
        rule = RULES.get(entity.id)
        if rule is None:
            return {}
        said = {name: written[name] for name in written if name in typed}
        more = rule(said, before, self._look)
        return {name: value for name, value in more.items() if name not in typed}

    def _look(self, entity_id: str, row: int) -> dict[str, Any]:
        from models.reads import Reader

        if entity_id == BOOK.id:
            return {
                "calendar": self._book.schema.calendar,
                "linked": self._linked,
                "cited": self._cited,
            }
        names = [one.id for one in self._book.schema.entity(entity_id).fields]
        values = Reader(self.db, self._book.schema, closed_too=True).rows(entity_id, [row], names)[
            0
        ]
        return dict(zip(names, values, strict=True))

    def _linked(self, entity_id: str, field: str, row: int) -> list[dict[str, Any]]:
        """The values of the live records whose link points at a record."""
        from models.reads import Reader

        reader = Reader(self.db, self._book.schema, closed_too=True)
        names = [one.id for one in self._book.schema.entity(entity_id).fields]
        found = reader.rows(entity_id, reader.linked(entity_id, field, row, None), names)
        return [dict(zip(names, values, strict=True)) for values in found]

    def _cited(self, text: str) -> Cited:
        """The records that a text names by their public ids."""
        return cites.resolve(self.db, self._book.schema, self._book.public, text)

    def _assert_named(
        self, entity: Entity, written: dict[str, Any], row: int | None = None
    ) -> None:
        """That ids which are cited name records."""
        book = self._book
        citations.assert_named(self.db, book.schema, book.public, entity, written, row)

    def _stored(self, entity: Entity, values: dict[str, Any]) -> dict[str, Any]:
        return {
            entity.field(name).column: kinds.KINDS[entity.field(name).kind].store(value)
            for name, value in values.items()
        }
