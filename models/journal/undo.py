"""Undo and redo as a fold over the journal.

Undoing marks a change dead; every field that it touched then takes the ``after`` of its latest live
edit, else what it was before its first. The state is a function of which changes live, so any order
of undo and redo leads to the same book. Two things are kept, and named: fields edited since, and
records that something alive still needs (an edit of them, or a link from a record that is there, be it
in the bin); those leave by themselves when the reason leaves, and come back with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.describe.book_settings import BOOK
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal import settings

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


# Something that lives has edited a record; that it was removed is no reason to keep it.
_EDITED = """EXISTS (SELECT 1 FROM edit e JOIN change c ON c.id = e.change
    WHERE e.entity = g.entity AND e.row = g.row AND c.dead = 0 AND c.kind = 'edit'
    AND NOT (e.field = 'alive' AND e.after IS NOT 1))"""
# Whether a record lives or lies in the bin, by the changes that live.
_ALIVE = """coalesce((SELECT e.after FROM edit e JOIN change c ON c.id = e.change
    WHERE e.entity = ?1 AND e.row = {table}.id AND e.field = 'alive'
    AND c.dead = 0 AND c.kind = 'edit' ORDER BY e.id DESC LIMIT 1), 1)"""
_ROWS = "(entity INTEGER, row INTEGER, PRIMARY KEY (entity, row)) WITHOUT ROWID"


class Fold:
    """One undo or redo inside an open transaction."""

    def __init__(self, connection: Connection, schema: Schema) -> None:
        self._db = connection
        self._entities = {one.no: one for one in schema}
        self._by_id = {one.id: one for one in schema}
        self.kept: list[KeptCell] = []
        self._back: set[tuple[int, int]] = set()

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
        db.run(f"CREATE TEMP TABLE IF NOT EXISTS gone {_ROWS}")
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
                elif number == BOOK.no:
                    self._settings(first, last, dead)
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
            self._needed_again(first, last, dead=dead)
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

    def _settings(self, first: int, last: int, dead: bool) -> None:
        """What the change said of the whole book."""
        kept = settings.fold(self._db, first, last)
        if dead:
            self.kept.extend(KeptCell(BOOK.id, settings.ROW, one) for one in kept)

    def _has_column(self, table: str, column: str) -> bool:
        """Whether a column stands in the file that is not described; its addition was undone."""
        return bool(
            self._db.one("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", (table, column))
        )

    def _come_back(self, number: int, first: int, last: int) -> None:
        """Redo of an adding change: each record lives again unless a live edit deleted it."""
        table = quoted(self._entities[number].id)
        self._db.run(
            f"""UPDATE {table} SET alive = {_ALIVE.format(table=table)}
            WHERE id IN (SELECT row FROM edit NOT INDEXED WHERE id BETWEEN ?2 AND ?3 AND entity = ?1
                AND field = 'alive' AND before IS NULL)""",
            (number, first, last),
        )
        self._db.run(
            "DELETE FROM outlived WHERE entity = ?1 AND row IN (SELECT row FROM edit NOT INDEXED WHERE id BETWEEN ?2 AND ?3 AND entity = ?1)",
            (number, first, last),
        )

    def _needed_again(self, first: int, last: int, *, dead: bool) -> None:
        """Bring back records whose making is undone: what lives edits them, or links to them, again."""
        db = self._db
        for name in ("front", "next"):  # both are empty afterwards
            db.run(f"CREATE TEMP TABLE IF NOT EXISTS {name} {_ROWS}")
        # What the change touched of records whose making is undone: is it needed now?
        db.run(
            """INSERT OR IGNORE INTO temp.gone SELECT m.entity, m.row FROM (
                SELECT DISTINCT entity, row FROM edit NOT INDEXED WHERE id BETWEEN ? AND ?) t
            JOIN edit m ON m.entity = t.entity AND m.row = t.row AND m.field = 'alive' AND m.before IS NULL
            JOIN change c ON c.id = m.change AND c.kind = 'edit' AND c.dead = 1""",
            (first, last),
        )
        db.run(f"INSERT INTO temp.next SELECT g.entity, g.row FROM temp.gone g WHERE {_EDITED}")
        # Whom do the records point to whose links it turned, and those that it made?
        links = {one.column for entity in self._by_id.values() for one in entity.links()}
        db.run(
            f"""INSERT OR IGNORE INTO temp.front SELECT entity, row FROM edit NOT INDEXED
            WHERE id BETWEEN ?1 AND ?2 AND (field IN ({", ".join(f"'{one}'" for one in sorted(links))})
                OR (?3 AND field = 'alive' AND before IS NULL))""",
            (first, last, not dead),
        )
        while db.one("SELECT 1 FROM temp.next UNION ALL SELECT 1 FROM temp.front LIMIT 1"):
            self._revive()
            self._point()

    def _revive(self) -> None:
        """Bring the records of ``next`` back that are not there; they go to the front."""
        db = self._db
        for (number,) in db.run("SELECT DISTINCT entity FROM temp.next"):
            if number in self._entities:
                table = quoted(self._entities[number].id)
                back = db.run(
                    f"UPDATE {table} SET alive = {_ALIVE.format(table=table)} WHERE alive IS NULL "
                    "AND id IN (SELECT row FROM temp.next WHERE entity = ?1) RETURNING id",
                    (number,),
                )
                self._back.update((number, row) for (row,) in back)
        db.run("INSERT OR IGNORE INTO temp.gone SELECT entity, row FROM temp.next")
        db.run("INSERT OR IGNORE INTO temp.front SELECT entity, row FROM temp.next")
        db.run("DELETE FROM temp.next")

    def _point(self) -> None:
        """Put into ``next`` what records of the front link to that is not there; the front is empty then."""
        db = self._db
        for (number,) in db.run("SELECT DISTINCT entity FROM temp.front"):
            if number not in self._entities:
                continue
            entity = self._entities[number]
            for field in entity.links():
                target = self._by_id[field.target]
                db.run(
                    f"""INSERT OR IGNORE INTO temp.next SELECT ?1, t.id FROM temp.front f
                    JOIN {quoted(entity.id)} r ON r.id = f.row AND r.alive IS NOT NULL
                    JOIN {quoted(target.id)} t ON t.id = r.{quoted(field.column)} AND t.alive IS NULL
                    WHERE f.entity = ?2""",
                    (target.no, number),
                )
        db.run("DELETE FROM temp.front")

    def _go(self, dead: bool) -> None:
        """Let the records in ``gone`` leave, except those that something alive still needs."""
        db = self._db
        numbers = [row[0] for row in db.run("SELECT DISTINCT entity FROM temp.gone")]
        known = [number for number in numbers if number in self._entities]
        before = {tuple(row) for row in db.run("SELECT entity, row FROM outlived")}
        db.run(f"CREATE TEMP TABLE IF NOT EXISTS stays {_ROWS}")
        db.run("DELETE FROM temp.stays")
        for number in known:
            db.run(
                f"INSERT OR IGNORE INTO temp.stays SELECT g.entity, g.row FROM temp.gone g WHERE g.entity = ? AND {_EDITED}",
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
                if (number, row) not in before | self._back and number in self._entities:
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
                        WHERE r.alive IS NOT NULL AND r.{quoted(field.column)} IN (
                            SELECT row FROM temp.gone WHERE entity = ?1)
                        AND NOT EXISTS (SELECT 1 FROM temp.gone g WHERE g.entity = ?2 AND g.row = r.id)
                        RETURNING 1""",
                        (number, entity.no),
                    )
                    moved = moved or bool(rows)
        return moved
