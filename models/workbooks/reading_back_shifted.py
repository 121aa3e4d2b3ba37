"""Ids that stand beside the wrong rows: a table sorted without its column of ids, rows pasted over others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from models.describe.field import Entity
from models.workbooks import reading_back_matching as matching
from models.workbooks.manifest import Stored
from models.workbooks.reading_back_matching import Values

if TYPE_CHECKING:
    from models.workbooks.reading_back_frame import Line

_TELLING = 3  # columns by which a row is looked at first
_LEAST = 2  # rows that must stand beside each other's ids; one alone was edited


def telling(left: Mapping[int, Values], named: Sequence[str]) -> list[str]:
    """The fields whose values tell records from each other best."""
    counts = {name: len({row.get(name) for row in left.values()}) for name in named}
    return sorted(counts, key=lambda name: -counts[name])[:_TELLING]


def found(
    entity: Entity,
    odd: Sequence[Line],
    values: Callable[[Line], Mapping[str, Stored]],
    left: Mapping[int, Values],
) -> tuple[dict[int, int], dict[int, int]]:
    """Of rows that look unlike their records those that are others': place of the row → row id.

    First those that changed places with each other: they belong to the ids of other odd rows. Then
    those that say what a record says that has a row of its own: something was pasted over them.
    """
    said = [values(one) for one in odd]
    own = {one.row for one in odd}
    here = matching.found(entity, said, {row: v for row, v in left.items() if row in own})
    moved = {
        at: row
        for at, row in here.items()
        if row != odd[at].row and _alike(said[at], left[row]) > _own(said[at], odd[at], left)
    }
    if len(moved) < _LEAST:
        moved = {}
    rest = [at for at in range(len(odd)) if at not in moved]
    others = {row: v for row, v in left.items() if row not in own}
    there = matching.found(entity, [said[at] for at in rest], others)
    over = {
        rest[at]: row
        for at, row in there.items()
        if _alike(said[rest[at]], left[row]) > _own(said[rest[at]], odd[rest[at]], left)
    }
    return moved, over


def _own(values: Values, line: Line, left: Mapping[int, Values]) -> int:
    return _alike(values, left.get(line.row or 0, {}))


def _alike(values: Values, left: Values) -> int:
    return sum(left.get(name) == value for name, value in values.items())
