"""What a person may decide of the goals in a table: their measure, year and unit, and whose records count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from models.describe import parsing
from models.dialects import Connection
from models.sheets.cell_formats import Way
from models.sheets.mapping import ColumnMapping, TableMapping
from models.sheets.profile import ColumnProfile
from models.sheets.wide import LEVEL, MEASURE, PERIOD, Tally, Wide, decided


def asked(mapping: TableMapping, profiles: Sequence[ColumnProfile]) -> TableMapping:
    """The mapping with what a person may decide of the goals: their measure, year and unit."""
    wide = mapping.table.wide
    if wide is None or mapping.entity is None:
        return mapping
    columns = []
    for one, cells in zip(mapping.columns, profiles, strict=True):
        way = _question(one, cells, wide)
        if way is not None:
            sure = one.confidence if way.topic == "unit" else _SURE.get(way.by, 1.0)
            one = replace(one, way=way, confidence=sure)
        columns.append(one)
    return replace(mapping, columns=tuple(columns))


def _question(one: ColumnMapping, cells: ColumnProfile, wide: Wide) -> Way | None:
    """What a column of goals leaves to be said, None for nothing."""
    if one.path == "target":
        plain = one.way is not None and one.way.by == "plain"
        return replace(one.way, by="") if one.way and plain and _small(cells) else None
    if one.index == MEASURE and wide.measure_by != "heading":
        return Way("measure", wide.measure, wide.measure, _measures(), wide.measure_by)
    if one.index == PERIOD and wide.asks_year:
        years = tuple(str((wide.year or 0) + more) for more in range(-3, 3))
        return Way("year", str(wide.year), str(wide.year), years, wide.year_by)
    if one.index == LEVEL:
        return Way("level", "own", "own", LEVELS, "")
    return None


LEVELS = (
    "own",
    "below",
)  # a manager's goal is of their own records, or with those of everyone below


def leaders(db: Connection) -> frozenset[str]:
    """Everything by which people are known who have somebody below them."""
    return frozenset(
        str(known)
        for row in db.run(
            "SELECT name, employee_no, external_no FROM salesperson s WHERE alive = 1 AND ("
            "EXISTS (SELECT 1 FROM salesperson b WHERE b.manager = s.id AND b.alive = 1) OR "
            "EXISTS (SELECT 1 FROM team t WHERE t.manager = s.id AND t.alive = 1))"
        )
        for known in row
        if known
    )


def _small(cells: ColumnProfile) -> bool:
    """Whether amounts are so small that they may well be counted in thousands."""
    numbers = sorted(abs(value) for one in cells.sample if (value := _amount(one)) is not None)
    return bool(numbers) and numbers[len(numbers) // 2] < _SMALL


def _amount(cell: object) -> Decimal | None:
    try:
        return None if parsing.is_blank(cell, "number") else parsing.number(cell)
    except parsing.Unreadable:
        return None


_SMALL = 10_000  # a month's target of money below it
_SURE = {"": 0.4, "name": 0.7}  # how sure what decided makes it


def _measures() -> tuple[str, ...]:
    from models.measures.catalogue import DEFINITIONS

    return tuple(one.code for one in DEFINITIONS)


def settled(mapping: TableMapping) -> TableMapping:
    """The mapping whose table knows what was decided."""
    table = mapping.table
    if table.wide is None:
        return mapping
    columns = []
    for one in mapping.columns:
        if one.way is not None and one.way.topic in ("measure", "year", "level"):
            table = decided(table, one.letter, one.way.code)
        columns.append(one)
    if not _money(table.wide):  # visits are never counted in thousands
        columns = [
            replace(one, way=replace(one.way, by="plain"))
            if one.way is not None and one.way.topic == "unit" and not one.way.by
            else one
            for one in columns
        ]
    return replace(mapping, table=table, columns=tuple(columns))


def _money(wide: Wide | None) -> bool:
    """Whether any of the goals are amounts of money, or may be."""
    from models.measures.catalogue import DEFINITIONS

    money = {one.code for one in DEFINITIONS if one.unit == "money"}
    codes = {one.heading.measure or wide.measure for one in wide.slots} if wide else set()
    return not codes or "" in codes or bool(codes & money)


def tally(mapping: TableMapping) -> Tally:
    """What counts the goals of a table as they are read."""
    units = [one.way.code for one in mapping.columns if one.way and one.way.topic == "unit"]
    return Tally(Decimal(units[0]) if units else Decimal(1))
