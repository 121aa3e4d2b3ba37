"""Ids that stand in texts of another book's sheets: those of records that come along are what they are called here."""

from __future__ import annotations

import re
from collections.abc import Callable

from models.describe.field import Entity, Field
from models.dialects import quoted
from models.public_ids import PublicIds
from models.sheets import own
from models.sheets.staging import NAME
from models.sheets.waiting import Waiting

_ID = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{3,12}\b")
_KEPT = f"{NAME}.cited"  # the texts as they stand in the sheets: rows may get other numbers later


class Citations(Waiting):
    """Once all waiting records have their rows; ``translate`` may be called again when these change."""

    def translate(self, entity: Entity, public: PublicIds) -> None:
        """Write the texts that cite records by the ids that these have, or will have, in this book."""
        for name in self._staging.fields[entity.id]:
            if entity.field(name).citing:
                self._translate(entity, entity.field(name), self._said(public))

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
