"""Waiting rows that would change what stands (sealed, frozen): named with their cells, and left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.dialects import quoted
from models.evaluations.standing_rows import STANDING, Standing
from models.sheets.report import Problem
from models.sheets.waiting import Waiting


class StandingRows(Waiting):
    """Leaves out what the book would refuse the whole change for."""

    def leave_out_new(self, entity: Entity) -> None:
        """Rows that would be added to what stands; before it is known what hangs on them."""
        one = self._standing(entity)
        if one is None or one.link not in self._fields(entity):
            return
        link = quoted(one.link)
        found = self._db.run(
            f"SELECT s.seq, s.tbl, s.line, s.{link}, s.{quoted(one.link + '_t')} FROM {self._s(entity)} s "
            f"WHERE s.state IS NULL AND s.same IS NULL AND s.old IS NULL AND s.{link} IN ({one.stands})"
        )
        for _, tbl, line, of, text in found:
            self._tell(entity, one, tbl, line, of, one.link, text or "")
        self._skip(self._s(entity), found)

    def leave_out_changed(self, entity: Entity) -> None:
        """Records that stand and would be changed; once it is known what differs."""
        one = self._standing(entity)
        if one is None:
            return
        left_out = []
        for seq, tbl, line, of, name, value in self._differing(entity, one):
            if not one.is_free(name, value):
                left_out.append((seq,))
                self._tell(entity, one, tbl, line, of, name, self._said(entity, name, seq, value))
        self._skip(self._s(entity), left_out)

    def tell_copies(self, entity: Entity) -> None:
        """New records that stood in their own book and come without what made them stand."""
        one = STANDING.get(entity.id)
        if one is None or one.arriving is None or "status" not in self._fields(entity):
            return
        for tbl, count in self._db.run(
            f"SELECT s.tbl, count(*) FROM {self._s(entity)} s WHERE s.state = 'add' AND s.pid < 0 "
            f"AND s.tbl IS NOT NULL AND {one.copied} GROUP BY s.tbl"
        ):
            self._reports[tbl].notes.append(one.arriving(count))

    def _standing(self, entity: Entity) -> Standing | None:
        one = STANDING.get(entity.id)
        return one if one is not None and one.any(self._db) else None

    def _differing(self, entity: Entity, one: Standing) -> Iterator[tuple[Any, ...]]:
        """The cells that would change something of what stands: place, what stands, field, value."""
        there, target = self._columns(entity), quoted(entity.id)
        of = "t.id"
        if one.link:
            now = f"t.{quoted(one.link)}"
            wanted = f"s.{quoted(one.link)}" if one.link in self._fields(entity) else "NULL"
            of = f"CASE WHEN {now} IN ({one.stands}) THEN {now} ELSE {wanted} END"
        for name in self._staging.fields[entity.id]:
            column, before = quoted(name), quoted(entity.field(name).column)
            differs = f" AND t.{before} IS NOT s.{column}" if entity.field(name).column in there else ""  # fmt: skip
            yield from self._db.run(
                f"SELECT * FROM (SELECT s.seq, s.tbl, s.line, {of} AS stands, ?1, s.{column} "
                f"FROM {self._s(entity)} s JOIN {target} t ON t.id = s.row WHERE s.state = 'update' "
                f"AND s.{column} IS NOT NULL{differs}) WHERE stands IN ({one.stands})",
                (name,),
            )

    def _said(self, entity: Entity, name: str, seq: int, value: Any) -> str:
        """What stands in a cell, near enough to find it again."""
        field = entity.field(name)
        if field.kind == "link":
            text = f"SELECT {quoted(name + '_t')} FROM {self._s(entity)} WHERE seq = ?"
            return str(self._db.one(text, (seq,)) or "")
        kind = KINDS[field.kind]
        return kind.edited(field, kind.load(value))

    def _tell(
        self, entity: Entity, one: Standing, tbl: int | None, line: int, of: int, name: str, said: str
    ) -> None:  # fmt: skip
        if tbl is not None:
            refused = one.refusal(self._db, of)
            header = self._header(tbl, entity, name)
            self._blame(tbl, Problem(line, header, said, refused.code, str(refused)))
