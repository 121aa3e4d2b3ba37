"""Which waiting records are one: rows of sheets with one key, in whatever file or table they stand."""

from __future__ import annotations

from models.describe.field import Entity
from models.dialects import quoted
from models.sheets.report import Problem
from models.sheets.waiting import Waiting
from models.texts import N_, tr


class Merging(Waiting):
    """Makes waiting records with one key one."""

    def same(self, entity: Entity) -> None:
        """Waiting records with one key become one."""
        table = self._s(entity)
        apart = [one for one in entity.discriminators if one in self._fields(entity)]
        stronger: list[str] = []
        repeated = False
        for key in self._singles(entity):
            k = quoted(key)
            if not apart and not self._repeats(entity, key):
                stronger.append(key)
                continue
            parts = ", ".join([f"s.{k}", *(self._identity(entity, one, "s") for one in apart)])
            none = "".join(f" AND s.{quoted(one)} IS NULL" for one in stronger)
            self._db.run("DROP TABLE IF EXISTS temp.first")
            self._db.run(
                f"CREATE TEMP TABLE first AS SELECT s.seq AS seq, first_value(s.seq) OVER (PARTITION BY {parts} "
                f"ORDER BY {' AND '.join(f's.{quoted(one)} IS NULL' for one in stronger) or '0'}, s.seq) AS first "
                f"FROM {table} s WHERE s.{k} IS NOT NULL AND s.same IS NULL AND s.state IS NULL AND s.pid IS NULL"
            )
            self._db.run(
                f"UPDATE {table} AS s SET same = f.first FROM temp.first f WHERE f.seq = s.seq AND f.first <> s.seq{none}"
            )
            if apart:
                self._vague(entity, key, apart)
            stronger.append(key)
            repeated = True
        if any(entity.blank_keys) and self._same_in_several(entity):
            repeated = True
        if repeated:
            self._join(entity)

    def _same_in_several(self, entity: Entity) -> bool:
        """Rows that say one record by several fields together, where blanks count: they are one too."""
        table, found = self._s(entity), False
        for keys in self._several(entity):
            parts = ", ".join(self._identity(entity, one, "s") for one in keys)
            filled = " AND ".join(
                f"{self._identity(entity, one, 's')} NOT IN (0, '')"
                for one in keys
                if one not in entity.blank_keys
            )
            self._db.run("DROP TABLE IF EXISTS temp.first")
            self._db.run(
                f"CREATE TEMP TABLE first AS SELECT s.seq AS seq, first_value(s.seq) OVER (PARTITION BY {parts} ORDER BY s.seq) AS first "
                f"FROM {table} s WHERE {filled} AND s.same IS NULL AND s.state IS NULL AND s.pid IS NULL{self._weaker(entity, keys)}"
            )
            self._db.run(
                f"UPDATE {table} AS s SET same = f.first FROM temp.first f WHERE f.seq = s.seq AND f.first <> s.seq"
            )
            found = found or bool(
                self._db.one("SELECT 1 FROM temp.first WHERE first <> seq LIMIT 1")
            )
        return found

    def _join(self, entity: Entity) -> None:
        """What merged rows say goes to the first of them; contradictions are reported."""
        table = self._s(entity)
        merged = self._db.run(
            f"SELECT s.seq, s.tbl, s.line, s.base, r.tbl, r.line, r.base FROM {table} s JOIN {table} r ON r.seq = s.same"
        )
        if not merged:
            return
        conflicts = self._conflicts(entity)
        for seq, tbl, line, base, first_tbl, first_line, first_base in merged:
            if base and tbl is not None and tbl == first_tbl:
                self._reports[tbl].skipped += 1
            if base and first_base and seq in conflicts:
                field, value = conflicts[seq]
                self._blame(
                    tbl,
                    Problem(
                        line,
                        field,
                        value,
                        "duplicate_row",
                        tr(
                            N_(
                                "Row {row} says the same record already, with another value here; this row is left out."
                            ),
                            row=first_line,
                        ),
                    ),
                )
        for name in self._staging.fields[entity.id]:
            column = quoted(name)
            extra = [quoted(name + "_s")] if entity.field(name).kind == "link" else []
            for one in [column, *extra]:
                self._db.run(
                    f"UPDATE {table} AS r SET {one} = (SELECT s.{one} FROM {table} s WHERE s.same = r.seq AND s.{one} IS NOT NULL "
                    f"ORDER BY s.seq LIMIT 1) WHERE r.same IS NULL AND r.{one} IS NULL AND r.seq IN (SELECT same FROM {table} WHERE same IS NOT NULL)"
                )

    def _repeats(self, entity: Entity, key: str) -> bool:
        """Whether any value of a key waits twice."""
        k = quoted(key)
        return bool(
            self._db.one(
                f"SELECT 1 FROM {self._s(entity)} WHERE {k} IS NOT NULL GROUP BY {k} HAVING count(*) > 1 LIMIT 1"
            )
        )

    def _vague(self, entity: Entity, key: str, apart: list[str]) -> None:
        """A row that gives only the number belongs to the one record of that number; of several, it isn't decided."""
        table, k = self._s(entity), quoted(key)
        bare = " AND ".join(f"{self._identity(entity, one, 's')} IN (0, '')" for one in apart)
        full = " OR ".join(f"{self._identity(entity, one, 'o')} NOT IN (0, '')" for one in apart)
        found = self._db.run(
            f"SELECT s.seq, s.tbl, s.line, s.{k}, count(o.seq), min(o.seq) FROM {table} s JOIN {table} o ON o.{k} = s.{k} "
            f"AND o.same IS NULL AND ({full}) WHERE s.{k} IS NOT NULL AND s.same IS NULL AND s.state IS NULL AND s.pid IS NULL AND {bare} GROUP BY s.seq"
        )
        self._db.many(
            f"UPDATE {table} SET same = ? WHERE seq = ?",
            [(first, seq) for seq, _, _, _, n, first in found if n == 1],
        )
        for seq, tbl, line, value, n, _ in found:
            if n > 1:
                self._ambiguous(entity, key, seq, tbl, line, value, n)

    def _conflicts(self, entity: Entity) -> dict[int, tuple[str, str]]:
        table = self._s(entity)
        found: dict[int, tuple[str, str]] = {}
        for name in self._staging.fields[entity.id]:
            column = quoted(name + "_t") if entity.field(name).kind == "link" else quoted(name)
            for seq, value in self._db.run(
                f"SELECT s.seq, s.{column} FROM {table} s JOIN {table} r ON r.seq = s.same WHERE s.base = 1 AND r.base = 1 "
                f"AND s.tbl = r.tbl AND s.{column} IS NOT NULL AND r.{column} IS NOT NULL AND s.{column} IS NOT r.{column}"
            ):
                found.setdefault(seq, (entity.field(name).text(), str(value)))
        return found
