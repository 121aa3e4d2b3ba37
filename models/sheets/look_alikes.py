"""Names that differ only in legal form, width, brackets, spaces or case: one firm written in two ways.

A row that looks like one record of the book is taken for it, which keeps the book's name. Rows of the
sheets that look like each other are both new, but told, because one of them is probably too many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from models.describe.field import Entity
from models.dialects import Connection, quoted
from models.names import company_key, loose_company_keys
from models.sheets.report import LookAlike, TableReport
from models.sheets.staging import NAME
from models.texts import N_, tr

_BLOCK = 2000  # names keyed at once

Meanings = Mapping[tuple[str, str], str]  # (entity, name as found) → the name that is meant


class LookAlikes:
    """Looks among the waiting records of one entity; ``singles`` are its single-field keys there."""

    def __init__(
        self, db: Connection, entity: Entity, singles: Sequence[str], meanings: Meanings
    ) -> None:
        self._db, self._entity, self._meanings = db, entity, meanings
        self._bare = quoted(entity.id)
        self._table = f"{NAME}.{self._bare}"
        self._title = quoted(entity.title[0])
        self._others = [quoted(one) for one in singles if one != entity.title[0]]

    def rename(self) -> None:
        """Rows of a name that was said to mean another take that one; what was taken is forgotten."""
        self._db.run(
            f"UPDATE {self._table} SET {self._title} = alike, alike = NULL WHERE alike IS NOT NULL"
        )
        self._db.many(
            f"UPDATE {self._table} SET {self._title} = ? WHERE {self._title} = ?",
            [
                (meant, found)
                for (entity, found), meant in self._meanings.items()
                if entity == self._entity.id and meant != found
            ],
        )

    def take(self) -> None:
        """Rows that look like exactly one record of the book are taken for it."""
        if not self._key_new():
            return
        self._db.run("CREATE INDEX temp.look_new_key ON look_new (key)")
        self._key(
            "known",
            f"SELECT id, {self._title} FROM {self._bare} WHERE alive = 1 AND {self._title} IS NOT NULL",
        )
        found: dict[tuple[int, str], list[int]] = {}
        for seq, name, row, known in self._db.run(
            f"SELECT n.id, s.{self._title}, k.id, t.{self._title} FROM temp.look_known k "
            f"JOIN temp.look_new n ON n.key = k.key JOIN {self._table} s ON s.seq = n.id "
            f"JOIN {self._bare} t ON t.id = k.id ORDER BY n.id"
        ):
            if company_key(name) == company_key(known) and not self._itself(name):
                found.setdefault((seq, name), []).append(row)
        hits = [(rows[0], name, seq) for (seq, name), rows in found.items() if len(rows) == 1]
        # Another number says that it is another firm.
        guard = "".join(
            f" AND ({one} IS NULL OR NOT EXISTS (SELECT 1 FROM {self._bare} t WHERE t.id = ?1 "
            f"AND t.{one} IS NOT NULL AND t.{one} <> {self._bare}.{one}))"
            for one in self._others
        )
        self._db.many(
            f"UPDATE {self._table} SET row = ?1, alike = ?2, {self._title} = NULL "
            f"WHERE seq = ?3 AND ?1 NOT IN (SELECT row FROM {self._table} WHERE row IS NOT NULL){guard}",
            hits,
        )

    def tell(self, reports: Sequence[TableReport]) -> None:
        """Put into the reports what was taken for a record, and which new rows look alike."""
        taken = self._db.run(
            f"SELECT s.tbl, s.line, s.alike, t.{self._title} FROM {self._table} s JOIN {self._bare} t "
            "ON t.id = s.row WHERE s.alike IS NOT NULL AND s.tbl IS NOT NULL ORDER BY s.seq"
        )
        for table, line, name, known in taken:
            reports[table].look_alikes.append(LookAlike(self._entity.id, line, name, known))
        for table in dict.fromkeys(row[0] for row in taken):
            mine = [one for one in reports[table].look_alikes if one.like_row is None]
            reports[table].notes.append(
                tr(
                    N_(
                        "{count} names are written otherwise in the book and taken for it, e.g. “{name}” for “{known}”."
                    ),
                    count=len(mine),
                    name=mine[0].name,
                    known=mine[0].like,
                )
            )
        self._tell_new(reports)

    def _tell_new(self, reports: Sequence[TableReport]) -> None:
        if not self._key_new():
            return
        groups: dict[int, list[tuple[int, str]]] = {}
        for key, seq, name in self._db.run(
            f"SELECT n.key, n.id, s.{self._title} FROM temp.look_new n JOIN {self._table} s ON s.seq = n.id "
            "WHERE n.key IN (SELECT key FROM temp.look_new GROUP BY key HAVING count(*) > 1) ORDER BY n.id"
        ):
            groups.setdefault(key, []).append((seq, name))
        for group in groups.values():
            self._tell_group(group, reports)

    def _tell_group(self, group: list[tuple[int, str]], reports: Sequence[TableReport]) -> None:
        earlier: dict[str, tuple[int, str]] = {}
        for seq, name in group:
            if self._itself(name):
                continue
            other, like = earlier.setdefault(company_key(name), (seq, name))
            if other == seq or self._apart(seq, other):
                continue
            (table, line), (_, like_row) = (self._place(one) for one in (seq, other))
            if table is not None and like_row is not None:
                reports[table].look_alikes.append(
                    LookAlike(self._entity.id, line or 0, name, like, like_row)
                )

    def _place(self, seq: int) -> tuple[int | None, int | None]:
        """The table and the row of a waiting record; None for one that only a link named."""
        found = self._db.run(f"SELECT tbl, line FROM {self._table} WHERE seq = ?", (seq,))
        return found[0][0], found[0][1]

    def _key_new(self) -> int:
        """Put the keys of the waiting records that the book doesn't have into ``look_new``."""
        return self._key(
            "new",
            f"SELECT seq, {self._title} FROM {self._table} WHERE old IS NULL AND same IS NULL "
            f"AND alike IS NULL AND (state IS NULL AND row IS NULL OR state = 'add') "
            f"AND {self._title} IS NOT NULL ORDER BY seq",
        )

    def _key(self, which: str, query: str) -> int:
        """Fill a temporary table with (id, hash of the loose key) of (id, name) rows; gives how many.

        Names whose hashes meet by chance are told apart where their keys are compared.
        """
        table, count = f"temp.look_{which}", 0
        self._db.run(f"DROP TABLE IF EXISTS {table}")
        self._db.run(f"CREATE TEMP TABLE look_{which} (id INTEGER PRIMARY KEY, key INTEGER)")
        rows = self._db.stream(query)
        while block := list(islice(rows, _BLOCK)):  # all at once would fill the memory
            keys = loose_company_keys([name for _, name in block])
            self._db.many(
                f"INSERT INTO {table} VALUES (?, ?)",
                [(id, hash(key)) for (id, _), key in zip(block, keys, strict=True)],
            )
            count += len(block)
        return count

    def _itself(self, name: str) -> bool:
        """Whether the person said that the name stands for nobody else."""
        return self._meanings.get((self._entity.id, name)) == name

    def _apart(self, one: int, other: int) -> bool:
        """Whether two rows carry different numbers."""
        if not self._others:
            return False
        differs = " OR ".join(f"a.{key} <> b.{key}" for key in self._others)
        return bool(
            self._db.one(
                f"SELECT {differs} FROM {self._table} a, {self._table} b WHERE a.seq = ? AND b.seq = ?",
                (one, other),
            )
        )
