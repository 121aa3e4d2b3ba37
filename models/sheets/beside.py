"""What several cells of a row say together about fields that no column of their own fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.calendar import half_days
from models.describe.field import Entity
from models.describe.schema import CUSTOM_PREFIX
from models.sheets.cells import Reading
from models.sheets.headers import fold_header
from models.sheets.mapping import ColumnMapping, TableMapping
from models.texts import N_, tr


@dataclass(frozen=True)
class Beside:
    """Fields that are told beside others: ``fills`` by ``tell``, from the cells of ``fields`` and of the
    first column under each of ``headers`` as they are written, None where there is no such column.

    ``same`` are fields that are as another one where no column fills them.
    """

    fills: tuple[str, ...]
    fields: tuple[str, ...]
    headers: tuple[tuple[str, ...], ...]
    tell: Callable[..., tuple[Any, ...]]
    same: Mapping[str, str]


BESIDE: dict[str, Beside] = {
    "leave": Beside(
        ("starts_at_noon", "ends_at_noon"),
        ("starts_on", "ends_on"),
        (half_days.HALF_HEADERS, half_days.LENGTH_HEADERS),
        half_days.half_days,
        {"ends_on": "starts_on"},
    )
}


class AsWritten(Reading):
    """A column whose cells are wanted as they are."""

    def __init__(self) -> None:
        self.failed = False

    def column(self, cells: Sequence[Any]) -> Sequence[Any]:
        """The cells."""
        return cells


class Told:
    """What is told beside in one table: ``columns`` are asked for too, the first ``fills`` stand in them."""

    def __init__(
        self, beside: Beside, columns: list[ColumnMapping | None], spare: ColumnMapping
    ) -> None:
        self._tell = beside.tell
        self.fills = beside.fills
        self.heard = False  # whether anything was told so far
        self._blank = [one is None for one in columns]
        self._headers = [one.header for one in columns if one is not None]
        asked = [one or spare for one in columns]
        self.columns = [*asked, *[spare] * max(0, len(self.fills) - len(asked))]

    def told(self, cells: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
        """The values of ``fills``, in stored form, in the place of the columns that were asked for."""
        given = [
            [None] * len(column) if blank else column
            for column, blank in zip(cells, self._blank, strict=False)
        ]
        known: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        rows = []
        for row in zip(*given, strict=True):
            if row not in known:
                known[row] = tuple(None if one is None else int(one) for one in self._tell(*row))
            rows.append(known[row])
        self.heard = self.heard or any(one is not None for row in known.values() for one in row)
        return [*(list(one) for one in zip(*rows, strict=True)), *cells[len(self.fills) :]]

    def note(self, entity: Entity) -> str:
        """From where what was understood, in words."""
        return tr(
            N_("{fields} are read from {headers}."),
            fields=tr(N_(", ")).join(entity.field(one).text() for one in self.fills),
            headers=tr(N_(", ")).join(f"“{one}”" for one in dict.fromkeys(self._headers)),
        )


def told_in(mapping: TableMapping) -> Told | None:
    """What a table tells beside; None where it doesn't, or has columns of its own for it."""
    beside = BESIDE.get(mapping.entity or "")
    if beside is None or mapping.own is not None:
        return None
    by_path = {one.path: one for one in mapping.columns if one.path}
    first = by_path.get(beside.fields[0])
    if first is None or any(one in by_path for one in beside.fills):
        return None
    columns = [by_path.get(one) for one in beside.fields]
    columns += [_under(mapping, headers) for headers in beside.headers]
    return Told(beside, columns, first)


def same_as(mapping: TableMapping) -> dict[str, str]:
    """Fields that are as another one of the same record, because no column fills them."""
    beside = BESIDE.get(mapping.entity or "")
    paths = {one.path for one in mapping.columns}
    if beside is None or mapping.own is not None:
        return {}
    return {
        name: other for name, other in beside.same.items() if name not in paths and other in paths
    }


def _under(mapping: TableMapping, headers: tuple[str, ...]) -> ColumnMapping | None:
    """The first column under one of some headers that isn't left out and fills nothing else."""
    wanted = {fold_header(one) for one in headers}
    for one in mapping.columns:
        free = one.new_field or (one.path or "").startswith(CUSTOM_PREFIX)
        if free and fold_header(one.header) in wanted:
            return one
    return None
