"""Sheets with a row a goal that leave something to be said: of what measure, in which year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.describe import parsing
from models.periods import JANUARY
from models.sheets import wide_headings
from models.sheets.mapping import ColumnMapping, TableMapping
from models.sheets.profile import ColumnProfile
from models.sheets.table_finding import FoundColumn, FoundTable
from models.sheets.wide import ROLES, Wide
from models.sheets.wide_layout import (
    DEFAULT_MEASURE,
    LEVEL_COLUMN,
    MEASURE_COLUMN,
    PERIOD_COLUMN,
    Names,
    is_year,
    year_of,
)
from models.texts import tr

_NUMBERS = 0.9  # share of the cells from which a column called 目标 holds amounts, not words


def completed(
    mapping: TableMapping,
    profiles: Sequence[ColumnProfile],
    names: Names,
    year_starts: int,
    leaders: frozenset[str],
) -> FoundTable | None:
    """The table with the columns that its goals lack, None if it is no list of targets or lacks nothing."""
    table = mapping.table
    if table.wide is not None or mapping.own is not None or table.header_rows is None:
        return None
    seen = {one.index: cells for one, cells in zip(mapping.columns, profiles, strict=True)}
    paths = _targeted({one.path: one for one in mapping.columns if one.path}, seen)
    if "target" not in paths:
        return None
    target, person, period = (paths.get(one) for one in ("target", "person", "period"))
    assert target is not None
    measure, measure_by = _measure(target.header, names)
    told, year_by, fiscal = year_of(names)
    year = _year_column(table, seen)
    worded, dated = _periods(seen[period.index]) if period is not None else (False, True)
    if dated:
        year_by = "cells"
    leads = person is not None and "level" not in paths and _leads(seen[person.index], leaders)
    added = [
        FoundColumn(place, letter, tr(name))
        for there, (place, letter, name) in (
            (worded, PERIOD_COLUMN),
            ("measure" not in paths, MEASURE_COLUMN),
            (leads, LEVEL_COLUMN),
        )
        if there
    ]
    if not added:
        return None
    wide = Wide(
        slots=(),
        totals=(),
        whose={target.letter: "target"},
        who=() if person is None else (person.index,),
        year_place=year.index if year is not None and worded else None,
        year=told,
        year_by=year_by,
        fiscal=fiscal,
        measure="" if "measure" in paths else measure,
        measure_by="heading" if "measure" in paths else measure_by,
        unit=table.unit,
        unit_by="above" if table.unit else "",
        year_starts=year_starts,
        first=table.columns[0].letter,
        spare=tuple(one.letter for one in (year, period) if one is not None and worded),
        leaders=leaders if leads else frozenset(),
        values=tuple(paths[one].index for one in ROLES if one in paths),
        words=tuple(paths[one].index for one in ("title", "measure") if one in paths),
        period=period.index if period is not None and worded else None,
    )
    return replace(table, columns=(*table.columns, *added), wide=wide)


def _targeted(
    paths: dict[str, ColumnMapping], seen: Mapping[int, ColumnProfile]
) -> dict[str, ColumnMapping]:
    """A column called 目标 that holds numbers says how much, not what."""
    title = paths.get("title")
    if title is None or "target" in paths or seen[title.index].numeric_share < _NUMBERS:
        return paths
    return {**{name: one for name, one in paths.items() if name != "title"}, "target": title}


def _year_column(table: FoundTable, seen: Mapping[int, ColumnProfile]) -> FoundColumn | None:
    return next(
        (
            one
            for one in table.columns
            if is_year(one, wide_headings.read(one.header), seen[one.index])
        ),
        None,
    )


def _periods(cells: ColumnProfile) -> tuple[bool, bool]:
    """Whether periods stand there otherwise than books write them (3月, Mar 2024), and with their year."""
    made = [wide_headings.of_cell(one) for one in cells.sample]
    worded = any(JANUARY.try_parse(parsing.text(one)) is None for one in cells.sample)
    readable = bool(made) and None not in made
    return worded and readable, all(one is not None and one.year is not None for one in made)


def _leads(cells: ColumnProfile, leaders: frozenset[str]) -> bool:
    return any(str(one).strip() in leaders for one in cells.sample)


def _measure(header: str, names: Names) -> tuple[str, str]:
    """The measure of a target, and what says so."""
    for text, by in (
        (header, "header"),
        (names.title, "title"),
        (names.sheet, "name"),
        (names.file, "name"),
    ):
        if found := wide_headings.measure_in(text):
            return found, by
    return DEFAULT_MEASURE, ""
