"""Whether a table has a column a period, and which of its columns hold goals, which add them up.

The finest periods are goals. A coarser one whose finer parts stand beside it adds them up, whatever it
is called; one that is only partly covered is a goal of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.describe.schema import Schema
from models.sheets import cell_formats, wide_headings
from models.sheets.headers import fold_header
from models.sheets.likeness import likeness
from models.sheets.profile import ColumnProfile
from models.sheets.table_finding import FoundColumn, FoundTable
from models.sheets.wide import (
    LEVEL,
    LEVEL_LETTER,
    MEASURE,
    MEASURE_LETTER,
    PERIOD,
    PERIOD_LETTER,
    ROLE_PLACES,
    ROLES,
    Slot,
    Total,
    Wide,
)
from models.sheets.wide_headings import Heading
from models.texts import N_, tr

DEFAULT_MEASURE = "sales_amount"
_LIKE = 0.8  # a header from here on names who a goal is for, or of what it is
_RESEMBLES = 0.55  # as candidates for fields do
# Columns that a sheet doesn't have: place, letter, heading.
PERIOD_COLUMN = (PERIOD, PERIOD_LETTER, N_("Period"))
MEASURE_COLUMN = (MEASURE, MEASURE_LETTER, N_("Measure"))
LEVEL_COLUMN = (LEVEL, LEVEL_LETTER, N_("Level"))
_FINEST = ("month", "quarter", "half", "year")


@dataclass(frozen=True)
class Names:
    """What stands around a table: its title, its sheet's name, its file's."""

    title: str
    sheet: str
    file: str

    @property
    def all(self) -> str:
        return " · ".join(one for one in (self.title, self.sheet, self.file) if one)


@dataclass(frozen=True)
class _Item:
    """A column with its place and what its heading says."""

    column: FoundColumn
    heading: Heading

    @property
    def group(self) -> tuple[str, str]:
        return self.heading.measure, self.heading.role or "target"


def understand(
    table: FoundTable,
    profiles: Sequence[ColumnProfile],
    schema: Schema,
    names: Names,
    known: Callable[[str, Sequence[str]], float],
    leaders: frozenset[str],
    *,
    wanted: bool,
) -> FoundTable | None:
    """The table with its goals as rows; None if it holds none, or something else.

    ``wanted``: a person said that its rows are goals. ``known`` is how much of a sample is records of
    a kind already; ``leaders`` everything by which people are called who have others below them.
    """
    if table.header_rows is None or table.ours:
        return None
    year, items, others = _sorted_out(table, profiles)
    goals, totals, left = _split(items)
    who = {
        one.letter: field
        for one, _ in others
        if (field := next((f for f in _WHO if _names(one.header, schema, f)), ""))
    }
    if not _enough(goals) or not (wanted or _speaks_of_goals(goals, names, others, who, schema)):
        return None
    slots = _slots(goals)
    kept, doubled = _one_person(others, who, known)
    spare = [one for one in kept if one.letter not in who and not _of_a_goal(one.header, schema)]
    told, by, fiscal = year_of(names)
    measured = any(_names(one.header, schema, "measure") for one in kept)
    measure, measure_by = ("", "heading") if measured else _measure(slots, names)
    unit, unit_by = _unit(goals, table)
    wide = Wide(
        slots=tuple(slots),
        totals=tuple(totals),
        whose={one.letter: who[one.letter] for one in kept if one.letter in who},
        who=tuple(one.index for one, _ in others if one.letter in who),
        year_place=None if year is None else year.index,
        year=told,
        year_by=by,
        fiscal=fiscal,
        measure=measure,
        measure_by=measure_by,
        unit=unit,
        unit_by=unit_by,
        year_starts=schema.calendar.year_starts,
        first=table.columns[0].letter,
        left=(*left, *(one.header for one in (*doubled, *spare))),
        spare=tuple(one.letter for one in spare),
        leaders=leaders if _leads(others, who, leaders) else frozenset(),
    )
    return replace(
        table,
        columns=(*kept, *_virtual(wide, goals)),
        wide=wide,
        notes=(*table.notes, *_notes(wide)),
    )


def _sorted_out(
    table: FoundTable, profiles: Sequence[ColumnProfile]
) -> tuple[FoundColumn | None, list[_Item], list[tuple[FoundColumn, ColumnProfile]]]:
    """The column of years, those headed by periods, and the others."""
    year = None
    items: list[_Item] = []
    others = []
    for column, one in zip(table.columns, profiles, strict=True):
        heading = wide_headings.read(column.header)
        if year is None and is_year(column, heading, one):
            year = column
        elif heading is None or _holds_texts(one):
            others.append((column, one))
        else:
            items.append(_Item(column, heading))
    return year, items, others


def is_year(column: FoundColumn, heading: Heading | None, one: ColumnProfile) -> bool:
    """A column called year, or of nothing but years."""
    named = fold_header(column.header) in ("年份", "年", "财年", "fiscalyear", "财政年度")
    if not named and not (heading and heading.unit == "year" and heading.year is None):
        return False
    made = [wide_headings.read(str(value).removesuffix(".0")) for value in one.sample]
    return bool(made) and all(one and one.unit == "year" and one.year for one in made)


def _holds_texts(one: ColumnProfile) -> bool:
    """Whether a column can't hold amounts: most of what it says are words."""
    return one.filled > 0 and one.numeric_share < 0.5 and one.distinct > 2


def _split(items: Sequence[_Item]) -> tuple[list[_Item], list[Total], list[str]]:
    """The columns that are goals, those that add them up, and headings of those that are neither."""
    goals: list[_Item] = []
    totals: list[Total] = []
    left = [one.column.header for one in items if one.heading.role in ("actual", "derived")]
    usable = [one for one in items if one.heading.role not in ("actual", "derived")]
    for unit in _FINEST:
        finer = list(goals)
        for one in usable:
            if one.heading.unit != unit:
                continue
            parts = _parts(one, finer)
            if parts:
                totals.append(_total(one, parts))
            else:
                goals.append(one)
    for one in usable:
        if one.heading.unit:
            continue
        groups = {other.group for other in goals}
        alike = [other for other in goals if other.group == one.group]
        if not alike and not one.heading.measure and len(groups) == 1:
            alike = list(goals)
        if alike:
            totals.append(_total(one, alike))
        else:
            left.append(one.column.header)
    return goals, totals, left


def _total(one: _Item, parts: Sequence[_Item]) -> Total:
    return Total(one.column.index, one.column.header, tuple(part.column.index for part in parts))


def _parts(one: _Item, finer: Sequence[_Item]) -> list[_Item]:
    """The goals that a column adds up; none unless they cover its period, or it calls itself a total."""
    years = {other.heading.year for other in finer}
    year = one.heading.year
    if year is None and len(years) == 1:
        year = next(iter(years))
    inside = [
        other
        for other in finer
        if other.group == one.group
        and other.heading.year == year
        and set(other.heading.months) <= set(one.heading.months)
    ]
    covered = {month for other in inside for month in other.heading.months}
    whole = covered == set(one.heading.months)
    return inside if whole or (one.heading.total and inside) else []


def _enough(goals: Sequence[_Item]) -> bool:
    """Whether there are several periods, and each column has a period of its own."""
    seen = {_key(one) for one in goals}
    return len({key[:3] for key in seen}) > 1 and len(seen) == len(goals)


def _key(one: _Item) -> tuple[object, ...]:
    heading = one.heading
    return heading.year, heading.unit, heading.number, *one.group


# Fields of a goal, and of what they link to, whose headers say the same.
_WHO = {
    "person": (
        ("goal", "person"),
        *(("salesperson", one) for one in ("name", "employee_no", "external_no")),
    ),
    "team": (("goal", "team"), ("team", "name")),
}
_ALSO = {"measure": (("goal", "measure"),), "level": (("goal", "level"),)}


def _names(header: str, schema: Schema, field: str) -> bool:
    """Whether a header names one of the goal's fields, alone or below a group."""
    folded = [fold_header(header), fold_header(header.rpartition("/")[2])]
    return any(
        likeness(one, schema.field(schema.entity(entity), name)) >= _LIKE
        for one in folded
        for entity, name in {**_WHO, **_ALSO}[field]
    )


def _of_a_goal(header: str, schema: Schema) -> bool:
    """Whether a header names any field of a goal; what says more of the person is no part of each goal."""
    return any(
        likeness(fold_header(header), one) >= _RESEMBLES for one in schema.entity("goal").fields
    )


def _speaks_of_goals(
    goals: Sequence[_Item],
    names: Names,
    others: Sequence[tuple[FoundColumn, ColumnProfile]],
    who: Mapping[str, str],
    schema: Schema,
) -> bool:
    """Whether the sheet says that it holds goals, or at least nothing else, of people or teams."""
    roles = any(one.heading.role for one in goals)
    said = roles or wide_headings.says_goal(names.all)
    about = bool(who) or all(
        one.numeric_share == 1.0 or any(_names(column.header, schema, also) for also in _ALSO)
        for column, one in others
    )
    if said:
        return about
    done = wide_headings.says_done(names.all)
    return bool(who) and not done and goals[0].heading.unit != "year"


def _slots(goals: Sequence[_Item]) -> list[Slot]:
    """One for each period and measure, with the columns of its roles."""
    made: dict[tuple[object, ...], tuple[Heading, dict[str, tuple[int, str]]]] = {}
    for one in goals:
        heading = one.heading
        key = (heading.year, heading.unit, heading.number, heading.measure)
        _, cells = made.setdefault(key, (heading, {}))
        cells[one.group[1]] = (one.column.index, one.column.header)
    return [Slot(heading, cells) for heading, cells in made.values()]


def _one_person(
    others: Sequence[tuple[FoundColumn, ColumnProfile]],
    who: Mapping[str, str],
    known: Callable[[str, Sequence[str]], float],
) -> tuple[list[FoundColumn], list[FoundColumn]]:
    """Of a number and a name that both say who, the one that the book knows best; and the rest."""
    people = [
        (known("salesperson", [str(value) for value in one.sample]), -at, column)
        for at, (column, one) in enumerate(others)
        if who.get(column.letter) == "person"
    ]
    best = max(people, key=lambda one: one[:2])[2] if people else None
    doubled = [column for _, _, column in people if column is not best]
    return [column for column, _ in others if column not in doubled], doubled


def year_of(names: Names) -> tuple[int, str, bool]:
    """The year that the title or a name says, else this one, undecided."""
    for text, by in ((names.title, "title"), (names.sheet, "name"), (names.file, "name")):
        year, fiscal = wide_headings.year_in(text)
        if year is not None:
            return year, by, fiscal
    return date.today().year, "", False


def _measure(slots: Sequence[Slot], names: Names) -> tuple[str, str]:
    """The measure that holds where a heading names none, and what says so."""
    said = {one.heading.measure for one in slots}
    if "" not in said:
        return "", "heading"
    for text, by in ((names.title, "title"), (names.sheet, "name"), (names.file, "name")):
        if found := wide_headings.measure_in(text):
            return found, by
    return DEFAULT_MEASURE, ""


def _unit(goals: Sequence[_Item], table: FoundTable) -> tuple[str, str]:
    """What the amounts are counted in, as the headings or a line above the table say."""
    said = {cell_formats.unit(one.column.header) for one in goals}
    if len(said) == 1 and (found := said.pop()):
        return found, "header"
    found = table.unit or cell_formats.unit(table.title)
    return found, "above" if found else ""


def _leads(
    others: Sequence[tuple[FoundColumn, ColumnProfile]],
    who: Mapping[str, str],
    leaders: frozenset[str],
) -> bool:
    """Whether any of the people have others below them."""
    return any(
        str(value).strip() in leaders
        for column, one in others
        if who.get(column.letter) == "person"
        for value in one.sample
    )


def _virtual(wide: Wide, goals: Sequence[_Item]) -> list[FoundColumn]:
    """The columns that the long table has and the sheet does not."""
    added = [PERIOD_COLUMN]
    if wide.measure_by != "heading" or any(one.heading.measure for one in wide.slots):
        added.append(MEASURE_COLUMN)
    if wide.leaders:
        added.append(LEVEL_COLUMN)
    made = [FoundColumn(place, letter, tr(name)) for place, letter, name in added]
    for role in ROLES:
        columns = [one.column for one in goals if one.group[1] == role]
        if columns:
            first, last = columns[0], columns[-1]
            name = first.header if len(columns) == 1 else f"{first.header}…{last.header}"
            made.append(FoundColumn(ROLE_PLACES[role], first.letter, name))
    return made


def paths(table: FoundTable) -> dict[str, str]:
    """Where the columns go that say whose goals they are, and those the sheet does not have, by letter."""
    fields = {
        PERIOD: "period",
        MEASURE: "measure",
        LEVEL: "level",
        **{at: one for one, at in ROLE_PLACES.items()},
    }
    made = {one.letter: fields[one.index] for one in table.columns if one.index in fields}
    if table.wide is None:
        return made
    return {**dict.fromkeys(table.wide.spare, ""), **made, **table.wide.whose}


def _notes(wide: Wide) -> list[str]:
    joint = tr(N_(", "))
    made = []
    if wide.totals:
        listed = joint.join(one.header for one in wide.totals)
        text = N_("No goals of their own, but held against what they add up: {columns}.")
        made.append(tr(text, columns=listed))
    if wide.left:
        made.append(tr(N_("No goals, left out: {columns}."), columns=joint.join(wide.left)))
    return made
