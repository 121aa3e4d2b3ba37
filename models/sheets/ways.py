"""Columns that can be read in more than one way: what decides, what is said of it, what a person may say.

A day such as 3/4/2024, a share such as 0.5, an amount in an unsaid unit. The order of days is settled
for all tables of an import together: what the column shows counts first, then what was said of such
a table before, then the real days of the column, the other columns of its table, the other sheets of
its file. Other files are followed too, but they leave the question open. What a person says now counts
before all, and decides for the columns beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from models import money
from models.describe import parsing
from models.refusals import Refused
from models.sheets import cell_formats, wide_headings
from models.sheets.cell_formats import SHARES, Way
from models.sheets.day_orders import ORDERS
from models.sheets.headers import fold_header
from models.sheets.mapping import ColumnMapping, TableMapping
from models.sheets.profile import ColumnProfile
from models.texts import N_, tr

_KINDS = {
    "days": ("date", "instant"),
    "shares": ("percent",),
    "unit": ("money", "number"),
    "measure": ("choice",),
    "year": ("period",),
    "level": ("choice",),
}
_FIRM = ("said", "memory", "column", "cells")  # what one column's order says to others


@dataclass
class Understood:
    """A table of an import and what people say of its columns, by their place."""

    file: str
    mapping: TableMapping
    profiles: Sequence[ColumnProfile]
    said: Mapping[int, str] = field(default_factory=dict)
    memory: Mapping[int, str] = field(default_factory=dict)

    def ways(self) -> Iterator[tuple[int, Way]]:
        """The columns that are read and can be read in several ways."""
        for at, column in enumerate(self.mapping.columns):
            way = column.way
            if way is not None and column.path and column.kind in _KINDS[way.topic]:
                yield at, way


def settle(
    tables: Sequence[Understood], everywhere: Mapping[str, str] = MappingProxyType({})
) -> list[tuple[TableMapping, list[str]]]:
    """Decide every column of all tables; gives what to tell of each.

    ``everywhere`` is what was said of all columns of days, and of the goals of wide tables, by topic.
    """
    firm = [_firm(one, everywhere) for one in tables]
    made = []
    for number, one in enumerate(tables):
        columns = [replace(column, way=None) for column in one.mapping.columns]
        for at, way in one.ways():
            said = _said(one, at, way, everywhere)
            way = _unsaid(tables, firm, number, at, way)
            if said:
                way = replace(way, code=said, by="said")
            column = columns[at]
            columns[at] = replace(column, way=way, format=cell_formats.applied(column.format, way))
        mapping = replace(one.mapping, columns=tuple(columns))
        made.append((mapping, notes(mapping)))
    return made


def _said(table: Understood, at: int, way: Way, everywhere: Mapping[str, str]) -> str:
    """What a person says now, if such a column can be read so."""
    code = table.said.get(at, "")
    if not code and (way.topic == "days" or table.mapping.table.wide is not None):
        code = everywhere.get(way.topic, "")
    return code if _fits(way, code) else ""


def _fits(way: Way, code: str) -> bool:
    """Whether a column can be read so; any number may be a unit or a year."""
    return code in way.ways or (way.topic in ("unit", "year") and code.isdigit())


def _own(table: Understood, at: int, way: Way) -> Way:
    """What the column shows, or what was said of such a table before."""
    code = table.memory.get(at, "")
    if _fits(way, code) and not (way.topic == "days" and way.by == "column"):
        return replace(way, code=code, auto=code, by="memory")
    return way


def _firm(table: Understood, everywhere: Mapping[str, str]) -> dict[int, str]:
    """The orders of days that are beyond doubt, by the column's place; columns left out show theirs too."""
    found = {
        at: one.days.order
        for at, one in enumerate(table.profiles)
        if one.days.order and one.days.by == "column"
    }
    for at, way in table.ways():
        if way.topic == "days":
            own = _own(table, at, way)
            if said := _said(table, at, way, everywhere):
                found[at] = said
            elif own.by in _FIRM:
                found[at] = own.code
    return found


def _unsaid(
    tables: Sequence[Understood], firm: Sequence[Mapping[int, str]], number: int, at: int, way: Way
) -> Way:
    """How a column is read unless somebody says otherwise."""
    own = _own(tables[number], at, way)
    if own.topic != "days" or own.by in _FIRM:
        return own
    beside = {code for place, code in firm[number].items() if place != at}
    same = tables[number].file
    others = [(one.file, set(firm[n].values())) for n, one in enumerate(tables) if n != number]
    within = {code for file, codes in others if file == same for code in codes}
    beyond = {code for file, codes in others if file != same for code in codes}
    for by, codes in (("table", beside), ("file", within), ("files", beyond)):
        fitting = codes & set(way.ways)
        if len(fitting) == 1:
            code = fitting.pop()
            return replace(own, code=code, auto=code, by=by)
    return own


# -- what is said of it --------------------------------------------------------------------------

_ORDERS = {
    "ymd": N_("year/month/day"),
    "dmy": N_("day/month/year"),
    "mdy": N_("month/day/year"),
}
_UNITS = {
    "1": N_("as written"),
    "1000": N_("in thousands"),
    "10000": N_("in ten thousands"),
    "1000000": N_("in millions"),
    "10000000": N_("in ten millions"),
    "100000000": N_("in hundred millions"),
}
_DAYS_TOLD = {
    "said": N_("Column “{header}” is read as {reading}, as was said."),
    "memory": N_("Column “{header}” is read as {reading}, as was said of such a sheet before."),
    "column": N_("Column “{header}” is read as {reading}, as the whole column shows."),
    "cells": N_(
        "Column “{header}” is read as {reading}: only so its texts lie near its real dates."
    ),
    "table": N_("Column “{header}” is read as {reading}, like the other days of this table."),
    "file": N_(
        "Column “{header}” is read as {reading}, like the days on other sheets of the file."
    ),
    "mixed": N_(
        "Column “{header}”: some of its days can only be day/month, others only month/day; "
        "read as {reading}."
    ),
    "files": N_(
        "Column “{header}”: no day of its file decides whether {example} is {first} or {second}; "
        "read as {reading}, like the other files."
    ),
    "": N_(
        "Column “{header}”: no day decides whether {example} is {first} or {second}; "
        "read as {reading}."
    ),
}
_SHARES_TOLD = {
    "said": N_("Column “{header}” is read so that {reading}, as was said."),
    "memory": N_(
        "Column “{header}” is read so that {reading}, as was said of such a sheet before."
    ),
    "": N_(
        "Column “{header}”: nothing decides whether {first} or {second}; rows with such numbers are left out."
    ),
}
_UNITS_TOLD = {
    "said": N_("Amounts of column “{header}” are read {reading}, as was said."),
    "memory": N_(
        "Amounts of column “{header}” are read {reading}, as was said of such a sheet before."
    ),
    "": N_(
        "Column “{header}”: nothing says whether its amounts are in thousands or in ten thousands; read {reading}."
    ),
    "above": N_("Amounts are read in {unit}, as a line above the table says: {columns}."),
}
_MEASURES_TOLD = {
    "said": N_("The goals are of {reading}, as was said."),
    "memory": N_("The goals are of {reading}, as was said of such a sheet before."),
    "header": N_("The goals are of {reading}, as the heading says."),
    "title": N_("The goals are of {reading}, as the title says."),
    "name": N_("The goals are of {reading}, as the name of the sheet or file says."),
    "": N_("Nothing says what the goals are of; taken as {reading}."),
}
_YEARS_TOLD = {
    "said": N_("The goals are of {reading}, as was said."),
    "title": N_("The goals are of {reading}, as the title says."),
    "name": N_("The goals are of {reading}, as the name of the sheet or file says."),
    "": N_("Nothing says of which year the goals are; taken as {reading}."),
}
_LEVELS = {
    "own": N_("for themselves alone"),
    "below": N_("with everyone below them"),
}
_LEVELS_TOLD = {
    "said": N_("Goals of people who lead others count {reading}, as was said."),
    "memory": N_(
        "Goals of people who lead others count {reading}, as was said of such a sheet before."
    ),
    "": N_("Some of these people lead others; their goals count {reading}."),
}
_TOLD = {
    "days": _DAYS_TOLD,
    "level": _LEVELS_TOLD,
    "shares": _SHARES_TOLD,
    "unit": _UNITS_TOLD,
    "measure": _MEASURES_TOLD,
    "year": _YEARS_TOLD,
}


def notes(mapping: TableMapping) -> list[str]:
    """What is told of the columns of a table, doubts first."""
    told = [one for one in mapping.columns if one.way is not None and one.way.by != "above"]
    told.sort(key=lambda one: not (one.way is not None and one.way.open))
    made = [text for one in told if (text := note(one))]
    scaled = [one.header for one in mapping.columns if one.way and one.way.by == "above"]
    if scaled:
        columns = tr(N_(", ")).join(scaled)
        made.append(tr(_UNITS_TOLD["above"], unit=mapping.table.unit, columns=columns))
    return made


def note(column: ColumnMapping) -> str:
    """One sentence on how a column is read and why; "" where its row shows all."""
    way = column.way
    template = _TOLD[way.topic].get(way.by) if way is not None else None
    if way is None or way.by == "above" or template is None:
        return ""
    example, first, second = _both(way)
    return tr(
        template,
        header=column.header or column.letter,
        reading=reading(way, way.code),
        example=example,
        first=first,
        second=second,
    )


def _both(way: Way) -> tuple[str, str, str]:
    """An example and what it is in two ways, the one in force first."""
    if way.topic == "days":
        codes = [way.code, *(one for one in way.ways if one != way.code)]
        for example in way.examples:
            found = dict.fromkeys(day for code in codes if (day := _day(example, code)))
            if len(found) > 1:
                first, second, *_ = found
                return example, first, second
        return "3/4/2024", _day("3/4/2024", way.code), _day("3/4/2024", codes[1])
    if way.topic == "shares":
        return way.examples[0], reading(way, "fraction"), reading(way, "hundred")
    return "", "", ""


def reading(way: Way, code: str) -> str:
    """A way in words: month/day/year, 0.5 = 50 %, in ten thousands."""
    if way.topic == "days":
        return tr(_ORDERS[code])
    if way.topic == "unit":
        if code not in _UNITS:
            return f"×{Decimal(code):,}"
        return tr(_UNITS[code]) + (f" (×{Decimal(code):,})" if code != "1" else "")
    if way.topic == "year":
        return code
    if way.topic == "measure":
        return _measure_text(code)
    if way.topic == "level":
        return tr(_LEVELS[code])
    if not code:
        return tr(N_("undecided"))
    share = Decimal(way.examples[0]) * (100 if code == "fraction" else 1)
    return f"{way.examples[0]} = {money.plain(share)}%"


def _measure(text: str) -> str:
    from models.measures.engine import definition

    return definition(text).code


def _measure_text(code: str) -> str:
    from models.measures.engine import definition

    return definition(code).text()


def shown(way: Way, code: str) -> str:
    """A way in words, with what becomes of an example."""
    if way.topic != "days":
        return reading(way, code)
    pairs = [(one, _day(one, code)) for one in way.examples]
    example = next((f"{text} = {day}" for text, day in pairs if day), "")
    return "  ·  ".join(one for one in (reading(way, code), example) if one)


def _day(text: str, order: str) -> str:
    try:
        return parsing.day(text, order).isoformat()
    except parsing.Unreadable:
        return ""


# -- what a person may say -----------------------------------------------------------------------


def code(topic: str, text: str) -> str:
    """What a person's word for a way means.

    Raises:
        Refused: ``unknown_way``, ``unknown_measure``.
    """
    bare = text.strip().lower()
    if topic == "days" and bare in ORDERS:
        return bare
    if topic == "shares" and bare in SHARES:
        return bare
    if topic == "unit" and (found := cell_formats.factor(bare)):
        return str(found)
    if topic == "year" and re.fullmatch(r"(19|20)\d\d", bare):
        return bare
    if topic == "level" and bare in _LEVELS:
        return bare
    if topic == "measure":
        return wide_headings.measure_called(bare) or _measure(text.strip())
    templates = {
        "level": N_("“{text}” doesn't say whose records count. Write own or below."),
        "year": N_("“{text}” is no year. Write it with four digits."),
        "days": N_("“{text}” is no order of days. Write dmy, mdy or ymd."),
        "shares": N_(
            "“{text}” says nothing of percentages. Write fraction (0.5 is 50%) or hundred (0.5 is 0.5%)."
        ),
        "unit": N_(
            "“{text}” is no unit of amounts. Write a number such as 10000, or 万, thousand, million."
        ),
    }
    raise Refused("unknown_way", templates[topic], text=text)


def assert_fit(mappings: Iterable[TableMapping], topic: str, given: Mapping[str, str]) -> None:
    """Refuse what was said of columns that it can't be said of.

    Raises:
        Refused: ``not_days``, ``not_shares``, ``not_amounts``, the column holds something else;
            ``impossible_way``, its cells can't be read so.
    """
    columns = [column for one in mappings for column in one.columns]
    for name, said in given.items():
        meant = [
            one
            for one in columns
            if name in (one.letter, one.header) or fold_header(name) == fold_header(one.header)
        ]
        if meant and not any(one.path and one.kind in _KINDS[topic] for one in meant):
            refused, template = _MISFITS[topic]
            raise Refused(refused, template, name=name)
        ways = [one.way for one in meant if one.way is not None]
        if topic == "days" and ways and not any(said in way.ways for way in ways):
            raise Refused(
                "impossible_way",
                N_("Column “{name}” holds days such as {example}; their order can't be {reading}."),
                name=name,
                example=ways[0].examples[0] if ways[0].examples else "3/4/2024",
                reading=reading(ways[0], said),
            )


_MISFITS = {
    "days": ("not_days", N_("Column “{name}” is not read as days.")),
    "shares": ("not_shares", N_("Column “{name}” is not read as percentages.")),
    "unit": ("not_amounts", N_("Column “{name}” is not read as amounts.")),
}
