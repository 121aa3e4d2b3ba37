"""Undo and redo as a fold over the journal.

Undoing marks a change dead; every field that it touched then takes the ``after`` of its latest live
edit, else what it was before its first. The state is a function of which changes live, so any order
of undo and redo leads to the same book. Two things are kept, and named: fields edited since, and
records that something alive still needs (a later edit of them, or a link from another record); those
leave by themselves when the reason leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.describe.schema import Schema
from models.dialects import Connection, quoted

ALIVE = "alive"


@dataclass(frozen=True)
class KeptCell:
    """What an undo left as it is: a field that was edited since, or a whole record (``alive``)."""

    entity: str
    row: int
    field: str


# The latest live edit of a cell wins; the edits that undo itself made don't count.
_LIVE = """SELECT {what} FROM edit e JOIN change c ON c.id = e.change
    WHERE e.entity = ?1 AND e.row = t.row AND e.field = t.field AND c.dead = 0 AND c.kind = 'edit'
    ORDER BY e.id DESC LIMIT 1"""
_FIRST = """SELECT e.before FROM edit e WHERE e.entity = ?1 AND e.row = t.row AND e.field = t.field
    ORDER BY e.id LIMIT 1"""


class Fold:
    """One undo or redo inside an open transaction."""

    def __init__(self, connection: Connection, schema: Schema) -> None:
        self._db = connection
        self._entities = {one.no: one for one in schema}
        self._by_id = {one.id: one for one in schema}
        self.kept: list[KeptCell] = []

    def turn(self, target: int, *, dead: bool) -> None:
        """Mark a change dead or live and give all that it touched the value of the fold."""
        db = self._db
        first, last = db.run(
            "UPDATE change SET dead = ? WHERE id = ? RETURNING first_edit, last_edit",
            (int(dead), target),
        )[0]
        db.run(
            "CREATE TEMP TABLE IF NOT EXISTS cell (row INTEGER, field TEXT, value BLOB, live INTEGER)"
        )
        db.run(
            "CREATE TEMP TABLE IF NOT EXISTS gone (entity INTEGER, row INTEGER, PRIMARY KEY (entity, row)) WITHOUT ROWID"
        )
        if first is not None:
            numbers = [
                row[0]
                for row in db.run(
                    "SELECT DISTINCT entity FROM edit NOT INDEXED WHERE id BETWEEN ? AND ?",
                    (first, last),
                )
            ]
            for number in numbers:
                if number in self._entities:
                    self._cells(number, first, last, dead)
            # Records made by the change: they go, or come back, after their cells are right.
            if dead:
                db.run(
                    "INSERT OR IGNORE INTO temp.gone SELECT entity, row FROM edit NOT INDEXED WHERE id BETWEEN ? AND ? AND field = 'alive' AND before IS NULL",
                    (first, last),
                )
            else:
                for number in numbers:
                    if number in self._entities:
                        self._come_back(number, first, last)
        db.run("INSERT OR IGNORE INTO temp.gone SELECT entity, row FROM outlived")
        if db.one("SELECT 1 FROM temp.gone LIMIT 1"):
            self._go(dead)
            db.run("DELETE FROM temp.gone")
        db.run("DELETE FROM temp.cell")

    def _cells(self, number: int, first: int, last: int, dead: bool) -> None:
        db, entity = self._db, self._entities[number]
        table = quoted(entity.id)
        db.run("DELETE FROM temp.cell")
        db.run(
            f"""INSERT INTO temp.cell (row, field, value, live)
            SELECT t.row, t.field, NULL, ({_LIVE.format(what="e.id")}) FROM (
                SELECT DISTINCT row, field FROM edit NOT INDEXED WHERE id BETWEEN ?2 AND ?3 AND entity = ?1
                AND NOT (field = 'alive' AND before IS NULL)) t""",
            (number, first, last),
        )
        if dead:
            self.kept.extend(
                KeptCell(entity.id, row, field)
                for row, field in db.run(
                    "SELECT row, field FROM temp.cell WHERE live > ? ORDER BY row, field", (last,)
                )
                if field == ALIVE or entity.has(field)
            )
        db.run(
            "UPDATE temp.cell SET value = (SELECT after FROM edit WHERE id = live) WHERE live IS NOT NULL"
        )
        db.run(f"UPDATE temp.cell AS t SET value = ({_FIRST}) WHERE live IS NULL", (number,))
        for (field,) in db.run("SELECT DISTINCT field FROM temp.cell"):
            if not (field == ALIVE or entity.has(field) or self._has_column(entity.id, field)):
                continue
            column = quoted(field)
            db.run(
                f"UPDATE {table} AS r SET {column} = c.value FROM temp.cell c "
                f"WHERE c.row = r.id AND c.field = ? AND r.{column} IS NOT c.value",
                (field,),
            )

    def _has_column(self, table: str, column: str) -> bool:
        """Whether a column stands in the file that is not described; its addition was undone."""
        return bool(
            self._db.one("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", (table, column))
        )

    def _come_back(self, number: int, first: int, last: int) -> None:
        """Redo of an adding change: each record lives again unless a live edit deleted it."""
        table = quoted(self._entities[number].id)
        self._db.run(
            f"""UPDATE {table} SET alive = coalesce((
                SELECT e.after FROM edit e JOIN change c ON c.id = e.change
                WHERE e.entity = ?1 AND e.row = {table}.id AND e.field = 'alive'
                AND c.dead = 0 AND c.kind = 'edit' ORDER BY e.id DESC LIMIT 1), 1)
            WHERE id IN (SELECT row FROM edit NOT INDEXED WHERE id BETWEEN ?2 AND ?3 AND entity = ?1
                AND field = 'alive' AND before IS NULL)""",
            (number, first, last),
        )
        self._db.run(
            "DELETE FROM outlived WHERE entity = ?1 AND row IN (SELECT row FROM edit NOT INDEXED WHERE id BETWEEN ?2 AND ?3 AND entity = ?1)",
            (number, first, last),
        )

    def _go(self, dead: bool) -> None:
        """Let the records in ``gone`` leave, except those that something alive still needs."""
        db = self._db
        numbers = [row[0] for row in db.run("SELECT DISTINCT entity FROM temp.gone")]
        known = [number for number in numbers if number in self._entities]
        before = {tuple(row) for row in db.run("SELECT entity, row FROM outlived")}
        db.run(
            "CREATE TEMP TABLE IF NOT EXISTS stays (entity INTEGER, row INTEGER, PRIMARY KEY (entity, row)) WITHOUT ROWID"
        )
        db.run("DELETE FROM temp.stays")
        for number in known:
            # Edited since by a change that lives (its leaving by deletion is no reason to stay).
            db.run(
                """INSERT OR IGNORE INTO temp.stays SELECT g.entity, g.row FROM temp.gone g
                WHERE g.entity = ?1 AND EXISTS (
                    SELECT 1 FROM edit e JOIN change c ON c.id = e.change
                    WHERE e.entity = ?1 AND e.row = g.row AND c.dead = 0 AND c.kind = 'edit'
                    AND NOT (e.field = 'alive' AND e.after IS NOT 1))""",
                (number,),
            )
        self._take_out()
        while self._linked(known):
            self._take_out()
        for number in known:
            table = quoted(self._entities[number].id)
            db.run(
                f"UPDATE {table} SET alive = NULL WHERE alive IS NOT NULL AND id IN "
                "(SELECT row FROM temp.gone WHERE entity = ?)",
                (number,),
            )
        db.run("DELETE FROM outlived")
        db.run("INSERT INTO outlived SELECT entity, row FROM temp.stays")
        if dead:
            named = set(self.kept)
            for number, row in db.run("SELECT entity, row FROM temp.stays ORDER BY entity, row"):
                if (number, row) not in before and number in self._entities:
                    cell = KeptCell(self._entities[number].id, row, ALIVE)
                    if cell not in named:
                        self.kept.append(cell)

    def _take_out(self) -> None:
        self._db.run(
            "DELETE FROM temp.gone WHERE EXISTS (SELECT 1 FROM temp.stays s WHERE s.entity = gone.entity AND s.row = gone.row)"
        )

    def _linked(self, known: list[int]) -> bool:
        """Move records that a staying record links to from gone to stays; whether any moved."""
        moved = False
        for number in known:
            target = self._entities[number]
            for entity in self._by_id.values():
                for field in entity.links():
                    if field.target != target.id:
                        continue
                    rows = self._db.run(
                        f"""INSERT OR IGNORE INTO temp.stays
                        SELECT ?1, r.{quoted(field.column)} FROM {quoted(entity.id)} r
                        WHERE r.alive = 1 AND r.{quoted(field.column)} IN (
                            SELECT row FROM temp.gone WHERE entity = ?1)
                        AND NOT EXISTS (SELECT 1 FROM temp.gone g WHERE g.entity = ?2 AND g.row = r.id)
                        RETURNING 1""",
                        (number, entity.no),
                    )
                    moved = moved or bool(rows)
        return moved
