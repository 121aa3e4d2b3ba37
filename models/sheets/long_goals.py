"""Sheets with a row a goal that leave something to be said: of what measure the targets are."""

from __future__ import annotations

from dataclasses import replace

from models.sheets import wide_headings
from models.sheets.mapping import TableMapping
from models.sheets.table_finding import FoundColumn, FoundTable
from models.sheets.wide import LEVEL, LEVEL_LETTER, MEASURE, MEASURE_LETTER, ROLES, Wide
from models.sheets.wide_layout import DEFAULT_MEASURE, Names
from models.texts import N_, tr


def completed(
    mapping: TableMapping, names: Names, year_starts: int, leaders: frozenset[str]
) -> FoundTable | None:
    """The table with a column for the measure of its targets, None if that is said or needs no saying."""
    table = mapping.table
    paths = {one.path: one for one in mapping.columns if one.path}
    if table.wide is not None or mapping.own is not None or table.header_rows is None:
        return None
    if "target" not in paths or "measure" in paths:
        return None
    header = paths["target"].header
    measure, by = _measure(header, names)
    who = tuple(paths[one].index for one in ("person",) if one in paths)
    asks = bool(who) and "level" not in paths and bool(leaders)
    columns = [FoundColumn(MEASURE, MEASURE_LETTER, tr(N_("Measure")))]
    if asks:
        columns.append(FoundColumn(LEVEL, LEVEL_LETTER, tr(N_("Level"))))
    wide = Wide(
        slots=(),
        totals=(),
        whose={},
        who=who,
        year_place=None,
        year=None,
        year_by="",
        fiscal=False,
        measure=measure,
        measure_by=by,
        unit=table.unit,
        unit_by="above" if table.unit else "",
        year_starts=year_starts,
        first=table.columns[0].letter,
        leaders=leaders if asks else frozenset(),
        values=tuple(paths[one].index for one in ROLES if one in paths),
        title=paths["title"].index if "title" in paths else None,
    )
    return replace(table, columns=(*table.columns, *columns), wide=wide)


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
