"""Ids in waiting rows that cite records: unknown ones are refused, those of another book are rewritten.

A sheet of another book that comes together with what it cites names the same records afterwards, by the
ids that they get here.
"""

from __future__ import annotations

import re
from typing import Any

from models import citations
from models.citations import Record
from models.describe.field import Entity, Field
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.public_ids import PublicIds, listed
from models.sheets import own
from models.sheets.report import Problem, TableReport
from models.sheets.staging import NAME, Staging
from models.sheets.waiting import Waiting

_ID = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{3,12}\b")
_WRITTEN = f"{NAME}.cited_as"  # lines that were rewritten, as the sheets had them


class Citing(Waiting):
    """Looks at the lines of ids that wait; ``lenient`` empties what is optional and can't be read."""

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

    def lines(self, entity: Entity) -> list[Field]:
        """The fields of an entity that wait and hold ids."""
        there = self._fields(entity)
        return [one for one in entity.fields if (one.cites or one.mentions) and one.id in there]

    def restore(self, entity: Entity) -> None:
        """Everything as it was written; matching may begin anew."""
        if self.lines(entity):
            self._db.run(
                f"CREATE TABLE IF NOT EXISTS {_WRITTEN} "
                "(entity TEXT, field TEXT, seq INTEGER, text TEXT, PRIMARY KEY (entity, field, seq))"
            )
        for field in self.lines(entity):
            self._db.run(
                f"UPDATE {self._s(entity)} AS s SET {quoted(field.id)} = w.text FROM {_WRITTEN} w "
                "WHERE w.entity = ? AND w.field = ? AND w.seq = s.seq",
                (entity.id, field.id),
            )
            self._db.run(
                f"DELETE FROM {_WRITTEN} WHERE entity = ? AND field = ?", (entity.id, field.id)
            )

    def look(self, entity: Entity) -> None:
        """Refuse what names nothing. Rows of all entities have their numbers by now."""
        for field in self.lines(entity):
            if field.cites:
                self._look(entity, field)
            else:
                self._rename(entity, field)

    def _rename(self, entity: Entity, field: Field) -> None:
        """Ids among words, in rows of another book: those that came along are called what they are here."""
        said = quoted(field.id)
        rows = self._db.run(
            f"SELECT seq, {said} FROM {self._s(entity)} "
            f"WHERE pid < 0 AND {said} IS NOT NULL AND state IS NULL AND same IS NULL"
        )
        for seq, text in rows:
            here = _ID.sub(lambda id: self._name(id[0], self._record(id[0], foreign=True)), text)
            if here != text:
                self._rewrite(entity, field, seq, text, here)

    def _look(self, entity: Entity, field: Field) -> None:
        said = quoted(field.id)
        rows = self._db.run(
            f"SELECT s.seq, s.tbl, s.line, coalesce(s.pid, 0) < 0, s.{said}, t.{quoted(field.column)} "
            f"FROM {self._s(entity)} s LEFT JOIN {quoted(entity.id)} t ON s.old = 1 AND t.id = s.row "
            f"WHERE s.{said} IS NOT NULL AND s.state IS NULL AND s.same IS NULL "
            f"AND t.{quoted(field.column)} IS NOT s.{said}"
        )
        meant = {
            (bool(foreign), word): self._record(word, foreign=bool(foreign))
            for _, _, _, foreign, text, _ in rows
            for word in listed(text)
        }
        there = citations.living(self._db, (one for (foreign, _), one in meant.items() if one and not foreign))  # fmt: skip
        for seq, tbl, line, foreign, text, stood in rows:
            kept = set(listed(stood))
            found = {word: meant[bool(foreign), word] for word in listed(text)}
            wrong = [
                word
                for word, one in found.items()
                if word not in kept and (one is None or (not foreign and one not in there))
            ]
            if wrong:
                self._refuse(entity, field, (seq, tbl, line, text), wrong)
            elif foreign:
                names = [self._name(word, one) for word, one in found.items()]
                self._rewrite(entity, field, seq, text, " ".join(names))

    def _record(self, word: str, *, foreign: bool) -> Record | None:
        """What an id means; in a sheet of another book what came with it, with the row it will have."""
        if not foreign:
            return citations.record_of(self._schema, self._public, word)
        prefix = word.partition("-")[0]
        entity = next((one for one in self._schema if one.prefix == prefix), None)
        if entity is None or not self._waits(entity.id):
            return None
        row = self._db.one(
            f"SELECT min(row) FROM {self._s(entity)} WHERE pid = ? AND state IS NOT 'skip'",
            (own.foreign_row(prefix, word),),
        )
        return None if row is None else (entity.id, int(row))

    def _name(self, word: str, record: Record | None) -> str:
        if record is None:
            return word
        return self._public.make(self._schema.entity(record[0]).prefix, record[1])

    def _refuse(
        self, entity: Entity, field: Field, at: tuple[int, int | None, int, str], wrong: list[str]
    ) -> None:
        seq, table, line, text = at
        if table is not None:
            refused = citations.refusal(wrong)
            header = self._header(table, entity, field.id)
            self._blame(table, Problem(line, header, text, refused.code, refused.message))
        if self._lenient and not field.required:
            self._rewrite(entity, field, seq, text, None)
        else:
            self._db.run(f"UPDATE {self._s(entity)} SET state = 'skip' WHERE seq = ?", (seq,))

    def _rewrite(self, entity: Entity, field: Field, seq: int, text: str, into: Any) -> None:
        self._db.run(f"INSERT OR IGNORE INTO {_WRITTEN} VALUES (?, ?, ?, ?)", (entity.id, field.id, seq, text))  # fmt: skip
        self._db.run(f"UPDATE {self._s(entity)} SET {quoted(field.id)} = ? WHERE seq = ?", (into, seq))  # fmt: skip
