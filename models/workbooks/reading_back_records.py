"""Which records the rows of a returned table are: by their ids, else by what stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models import public_ids
from models.describe.field import Entity
from models.dialects import quoted
from models.sheets import own
from models.sheets.row_kinds import filled
from models.workbooks import reading_back_matching as matching
from models.workbooks import reading_back_shifted as shifted
from models.workbooks.reading_back_frame import Frame, Line
from models.workbooks.reading_back_tables import Table

_BLOCK = 500


class Records:
    """Finds the records of rows."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._telling: dict[int, list[int]] = {}

    def find(self, entity: Entity, tables: Sequence[Table]) -> list[Line]:
        """The rows of some tables of an entity, each with its record if it has one."""
        lines: list[Line] = []
        for table in tables:
            some = self._lines(entity, table)
            self._frame.name_columns(entity, table, some)
            lines.extend(some)
        self._drop_unknown(entity, lines)
        self._set_right(entity, tables, lines)
        self._match(entity, tables, lines)
        return lines

    def _lines(self, entity: Entity, table: Table) -> list[Line]:
        """The rows of a table that may be records."""
        left = self._frame.left[entity.id]
        made = []
        for number, cells in table.lines:
            line = Line(table, number, cells)
            at = table.id_at
            said = cells[at] if at is not None and at < len(cells) else None
            if isinstance(said, str) and said.strip():
                line.id = said.strip().upper()
                if line.id == own.SUM_MARK:
                    continue
                self._identify(entity, line, left)
            made.append(line)
        return made

    def _identify(self, entity: Entity, line: Line, left: Mapping[int, object]) -> None:
        line.row = self._frame.at.public.row(entity.prefix, line.id)
        if line.row is not None:
            line.foreign = line.row not in left
        else:  # what is no id at all, such as a number of one's own, says nothing
            line.strange = public_ids.parts(line.id) is not None

    def _drop_unknown(self, entity: Entity, lines: Sequence[Line]) -> None:
        """Ids that are right in form but of no record that ever was."""
        asked = sorted({one.row for one in lines if one.foreign and one.row is not None})
        there: set[int] = set()
        for start in range(0, len(asked), _BLOCK):
            block = asked[start : start + _BLOCK]
            marks = ", ".join("?" * len(block))
            sql = f"SELECT id FROM {quoted(entity.id)} WHERE id IN ({marks}) AND alive IS NOT NULL"
            there.update(row for (row,) in self._frame.at.db.run(sql, tuple(block)))
        for one in lines:
            if one.foreign and one.row not in there:
                one.row, one.foreign, one.strange = None, False, True

    def _set_right(self, entity: Entity, tables: Sequence[Table], lines: Sequence[Line]) -> None:
        """Find rows that stand beside the ids of others, as sorting without the ids leaves them."""
        known = [one for one in lines if one.row is not None and not one.foreign]
        left = self._frame.left[entity.id]
        odd = [one for one in known if self._is_odd(entity, one)]
        if not odd:
            return
        every = self._frame.values_left(entity, left, tables)
        moved, over = shifted.found(entity, odd, self._frame.values, every)
        taken = set(moved.values())
        for at, line in enumerate(odd):
            if at in moved:
                line.row, line.found_by = moved[at], "match"
            elif line.row in taken:  # its id belongs to another row
                line.row = None
        for table in {id(odd[at].table): odd[at].table for at in moved}.values():
            self._frame.told.ids_shifted(table, sum(odd[at].table is table for at in moved))
        for at, row in over.items():
            where = next((one for one in known if one.row == row), None)
            if where is not None and odd[at].row is not None:
                self._frame.told.pasted_over(odd[at].table, odd[at].number, where.number)

    def _is_odd(self, entity: Entity, line: Line) -> bool:
        """Whether a row differs from its record where records differ most."""
        sheet = line.table.sheet
        assert sheet is not None
        base = self._frame.base(entity, sheet, line.row)
        for place in self._telling_of(entity, line.table):
            left = base[line.table.columns[place]]
            raw = line.cells[place] if place < len(line.cells) else None
            if left not in (None, "") and not self._frame.readers(line.table)[place].same(
                raw, left
            ):
                return True
        return False

    def _telling_of(self, entity: Entity, table: Table) -> list[int]:
        """The columns in which records differ most."""
        if id(table) not in self._telling:
            left = self._frame.values_left(entity, self._frame.left[entity.id], [table])
            names = shifted.telling(left, self._frame.named(table))
            assert table.sheet is not None
            fields = table.sheet.fields
            self._telling[id(table)] = [
                place
                for place in self._frame.readers(table)
                if fields[table.columns[place]] in names
            ]
        return self._telling[id(table)]

    def _match(self, entity: Entity, tables: Sequence[Table], lines: Sequence[Line]) -> None:
        """Find rows again that have lost their ids."""
        present = {one.row for one in lines if one.row is not None}
        absent = {r: one for r, one in self._frame.left[entity.id].items() if r not in present}
        lost = [one for one in lines if one.row is None and any(map(filled, one.cells))]
        if not absent or not lost:
            return
        left = self._frame.values_left(entity, absent, tables)
        found = matching.found(entity, [self._frame.values(one) for one in lost], left)
        for at, row in found.items():
            lost[at].row, lost[at].found_by, lost[at].strange = row, "match", False
        for table in tables:
            again = [lost[at] for at in found if lost[at].table is table]
            if any(
                one.row is not None and one.found_by == "id" for one in lines if one.table is table
            ):
                for one in again:
                    self._frame.told.matched_row(table, one.number)
            elif again:
                self._frame.told.ids_lost(table, len(again))
