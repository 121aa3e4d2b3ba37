"""Rows that stand in a file more than once: copies of rows, and sheets that were copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from models.describe.field import Entity
from models.workbooks.items import ReturnedRow
from models.workbooks.reading_back_told import Told

if TYPE_CHECKING:
    from models.workbooks.reading_back_frame import Line

    Read = tuple[Line, ReturnedRow]


def without(entity: Entity, rows: Sequence[Read], told: Told) -> list[Read]:
    """The rows without idle copies: of those of one record the one that says something else is kept.

    A copy over whose identity something else was written, beside the row that it was copied from, is
    a new row. Where several say different things all are kept: nobody but a person can choose.
    """
    groups: dict[int, list[Read]] = {}
    for one in rows:
        if one[1].row is not None:
            groups.setdefault(one[1].row, []).append(one)
    if len(groups) == sum(one[1].row is not None for one in rows):
        return list(rows)
    kept: dict[int, ReturnedRow] = {}
    for group in groups.values():
        kept.update(_of_one_record(entity, group, told))
    made = []
    for line, row in rows:
        if row.row is None:
            made.append((line, row))
        elif id(line) in kept:
            made.append((line, kept[id(line)]))
    return made


def _of_one_record(entity: Entity, group: list[Read], told: Told) -> dict[int, ReturnedRow]:
    if len(group) == 1:
        return {id(group[0][0]): group[0][1]}
    made: dict[int, ReturnedRow] = {}
    still = [one for one in group if not _renamed(entity, one[1])]
    rest = []
    for line, row in group:
        beside = any(other.table is line.table for other, _ in still)
        if beside and _renamed(entity, row):
            made[id(line)] = _as_new(row)
        else:
            rest.append((line, row))
    said: dict[tuple[tuple[str, object], ...], Read] = {}
    for one in rest:
        said.setdefault(_said(one[1]), one)
    if len(said) > 1:
        said.pop((), None)  # what is as it left
    first = next(iter(said.values()))
    for line, row in said.values():
        made[id(line)] = row
        if line is not first[0]:
            told.row_twice(line.table, line.number, first[0].table, first[0].number)
    return made


def _renamed(entity: Entity, row: ReturnedRow) -> bool:
    """Whether something else stands in the cells that tell a record from others."""
    names = {*entity.title, *(name for key in entity.keys for name in key)}
    return not row.foreign and any(
        not cell.same for name, cell in row.cells.items() if name in names
    )


def _said(row: ReturnedRow) -> tuple[tuple[str, object], ...]:
    """What a row says that it did not say when it left."""
    return tuple(
        (name, cell.text if cell.unread else cell.value)
        for name, cell in sorted(row.cells.items())
        if not cell.same
    )


def _as_new(row: ReturnedRow) -> ReturnedRow:
    cells = {
        name: replace(cell, same=False)
        for name, cell in row.cells.items()
        if cell.value is not None or cell.unread
    }
    return replace(row, row=None, cells=cells, found_by="id")


def without_twins(rows: Sequence[ReturnedRow]) -> list[ReturnedRow]:
    """The rows without new ones that stand just so in another sheet: the sheet was copied."""
    seen: dict[tuple[object, ...], str] = {}
    made = []
    for row in rows:
        if row.row is None:
            key = (row.entity, *_said(row))
            if seen.setdefault(key, row.sheet) != row.sheet:
                continue
        made.append(row)
    return made
