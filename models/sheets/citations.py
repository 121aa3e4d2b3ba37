"""Ids in the texts of sheets: those of another book become the ids that the records get here, and in lines
of ids those that name nothing are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from models import citations
from models.describe.field import Entity, Field
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.public_ids import PublicIds, listed
from models.sheets import own
from models.sheets.report import Problem, TableReport
from models.sheets.staging import NAME, Staging
from models.sheets.waiting import Waiting

_ID = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{3,12}\b")
_KEPT = f"{NAME}.cited"  # the texts as they stand in the sheets: rows may get other numbers later
_EMPTIED = f"{NAME}.cites_emptied"  # lines that were emptied, as the sheets had them


class Citations(Waiting):
    """Once all waiting records have their rows; all may be called again when these change.

    ``lenient`` empties lines that can be empty where their row would be left out.
    """

    def __init__(
        self,
        book: Connection,
        schema: Schema,
        staging: Staging,
        reports: list[TableReport],
        public: PublicIds,
        *,
        lenient: bool,
    ) -> None:
        super().__init__(book, schema, staging, reports)
        self._public, self._lenient = public, lenient

    def translate(self, entity: Entity) -> None:
        """Write the texts that cite records by the ids that these have, or will have, in this book."""
        for name in self._staging.fields[entity.id]:
            if entity.field(name).citing:
                self._translate(entity, entity.field(name), self._said(self._public))

    def _translate(
        self, entity: Entity, field: Field, said: Callable[[re.Match[str]], str]
    ) -> None:
        table, column = self._s(entity), quoted(field.id)
        key = (entity.id, field.id)
        self._db.run(
            f"CREATE TABLE IF NOT EXISTS {_KEPT} (entity TEXT, field TEXT, seq INTEGER, text TEXT)"
        )
        if not self._db.one(f"SELECT 1 FROM {_KEPT} WHERE entity = ? AND field = ? LIMIT 1", key):
            self._db.run(
                f"INSERT INTO {_KEPT} SELECT ?, ?, seq, {column} FROM {table} "
                f"WHERE pid < 0 AND {column} IS NOT NULL",
                key,
            )
        found = self._db.run(f"SELECT seq, text FROM {_KEPT} WHERE entity = ? AND field = ?", key)
        self._db.many(
            f"UPDATE {table} SET {column} = ? WHERE seq = ?",
            [(_ID.sub(said, text), seq) for seq, text in found],
        )

    def _said(self, public: PublicIds) -> Callable[[re.Match[str]], str]:
        known = {one.prefix: one for one in self._staging.entities()}
        rows: dict[str, dict[int, int]] = {}

        def say(found: re.Match[str]) -> str:
            prefix = found[0][:2]
            if prefix not in known:
                return found[0]
            if prefix not in rows:  # read when the first is cited
                rows[prefix] = dict(
                    self._db.run(
                        f"SELECT pid, row FROM {self._s(known[prefix])} WHERE pid < 0 AND row IS NOT NULL"
                    )
                )
            row = rows[prefix].get(own.foreign_row(prefix, found[0]) or 0)
            return found[0] if row is None else public.make(prefix, row)

        return say

    # -- ids that name nothing ---------------------------------------------------------------------

    def restore(self, entity: Entity) -> None:
        """What was emptied stands there again; matching begins anew."""
        for field in self._lines(entity):
            self._db.run(
                f"CREATE TABLE IF NOT EXISTS {_EMPTIED} (entity TEXT, field TEXT, seq INTEGER, text TEXT)"
            )
            key = (entity.id, field.id)
            self._db.run(
                f"UPDATE {self._s(entity)} AS s SET {quoted(field.id)} = w.text FROM {_EMPTIED} w "
                "WHERE w.entity = ? AND w.field = ? AND w.seq = s.seq",
                key,
            )
            self._db.run(f"DELETE FROM {_EMPTIED} WHERE entity = ? AND field = ?", key)

    def _lines(self, entity: Entity) -> list[Field]:
        """The fields of an entity that wait and are lines of ids."""
        return [one for one in entity.fields if one.cites and one.id in self._fields(entity)]

    def settle(self, entities: Sequence[Entity]) -> None:
        """Translate the ids of other books, then refuse what names nothing."""
        for entity in entities:
            self.translate(entity)
        for entity in entities:
            for field in self._lines(entity):
                self._refuse_unknown(entity, field)

    def _refuse_unknown(self, entity: Entity, field: Field) -> None:
        """Leave out, and report, rows whose lines name no record; what a record cites already stays.

        What another book's sheet cites and doesn't bring along can't be known here; it stays as it is.
        """
        said, stood = f"s.{quoted(field.id)}", f"t.{quoted(field.column)}"
        rows = self._db.run(
            f"SELECT s.seq, s.tbl, s.line, {said}, {stood} "
            f"FROM {self._s(entity)} s LEFT JOIN {quoted(entity.id)} t ON s.old = 1 AND t.id = s.row "
            f"WHERE {said} IS NOT NULL AND s.state IS NULL AND s.same IS NULL AND {stood} IS NOT {said} "
            "AND coalesce(s.pid, 0) >= 0"
        )
        meant = {
            word: citations.record_of(self._schema, self._public, word)
            for word in {word for row in rows for word in listed(row[3])}
        }
        there = citations.living(self._db, (one for one in meant.values() if one is not None))
        for seq, table, line, text, before in rows:
            stays = listed(before)
            wrong = [one for one in listed(text) if meant[one] not in there and one not in stays]
            if wrong:
                self._refuse(entity, field, (seq, table, line, text), wrong)

    def _refuse(
        self, entity: Entity, field: Field, at: tuple[int, int | None, int, str], wrong: list[str]
    ) -> None:
        seq, table, line, text = at
        if table is not None:
            refused = citations.refusal(wrong)
            header = self._header(table, entity, field.id)
            self._blame(table, Problem(line, header, text, refused.code, refused.message))
        set_to: tuple[str, Any] = ("state", "skip")
        if self._lenient and not field.required:
            set_to = (field.id, None)
            kept = (entity.id, field.id, seq, text)
            self._db.run(f"INSERT INTO {_EMPTIED} VALUES (?, ?, ?, ?)", kept)
        self._db.run(
            f"UPDATE {self._s(entity)} SET {quoted(set_to[0])} = ? WHERE seq = ?", (set_to[1], seq)
        )
