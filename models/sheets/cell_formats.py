"""What a column says about its cells: their kind if nobody knows it, their unit, the order of days."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from models import money
from models.describe import parsing
from models.describe.parsing import PLAIN, CellFormat
from models.sheets.profile import ColumnProfile
from models.sheets.table_finding import FoundTable

_FACTORS = {
    "元": 1,
    "千元": 1000,
    "千": 1000,
    "k": 1000,
    "thousand": 1000,
    "万元": 10_000,
    "万": 10_000,
    "w": 10_000,
    "百万元": 1_000_000,
    "百万": 1_000_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "千万元": 10_000_000,
    "亿元": 100_000_000,
    "亿": 100_000_000,
}
# In brackets or after a stroke a unit may be short; elsewhere only one that is nothing else counts.
_UNIT = re.compile(
    r"[(\[【/]\s*(?:单位[:：]?|人民币|rmb|cny|usd|in|[$¥])?\s*"
    r"(千万元|百万元?|万元?|千元?|亿元?|元|million|thousand|mn|[kw])\s*(?:rmb|cny|usd|[$¥])?\s*(?:[)\]】]|$)"
    r"|(千万元|百万元?|万元|千元|亿元)|\b(million|thousand)s?\b"
)


def guess(header: str, one: ColumnProfile) -> str:
    """The kind of an unknown column."""
    zeros = any(
        isinstance(value, str) and re.fullmatch(r"0\d+", value.strip()) for value in one.sample
    )
    long = any(len(str(value)) > 12 and str(value).isdigit() for value in one.sample)
    if not one.filled or zeros or long:
        return "text"
    if one.date_share == 1.0:
        return "instant" if one.moments else "date"
    if one.numeric_share == 1.0:
        return "number"
    if one.flag_share == 1.0 and one.distinct <= 2 and one.numeric_share == 0:
        return "flag"
    return "long_text" if any(len(str(value)) > 80 for value in one.sample) else "text"


@dataclass(frozen=True)
class Way:
    """How the cells of a column are read, where they can be read in more than one way.

    ``topic`` is "days" (code ymd, dmy or mdy), "shares" (code "fraction": 0.5 is 50 %, or "hundred":
    0.5 is 0.5 %; "" while nothing decides, and such cells are not read), "unit" (code: what amounts
    are multiplied by), or of goals "measure" (its code), "year" and "level". ``auto`` is
    the code that holds unless somebody says otherwise, ``by`` what decided: "said", "memory",
    "column", "cells", "table", "file", "header", "above", "title", "name", "plain", or what leaves
    the question open (``OPEN``).
    """

    topic: str
    code: str
    auto: str
    ways: tuple[str, ...]
    by: str
    examples: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether somebody should decide."""
        return self.by in OPEN


OPEN = ("", "mixed", "files")  # nothing decides; cells contradict; only other files decide
SHARES = ("fraction", "hundred")
UNITS = ("1", "1000", "10000", "1000000", "100000000")
_SHOWN = 3  # examples


def way(kind: str, header: str, table: FoundTable, one: ColumnProfile) -> Way | None:
    """What a column itself says of how it is read; None where there is one way only."""
    if kind in ("date", "instant") and one.days.ways:
        order = one.days.order or "ymd"
        return Way("days", order, order, one.days.ways, one.days.by, one.days.examples)
    if kind == "percent":
        code = "" if one.percents == "unclear" else one.percents
        by = "column" if code else ""
        plain = _plain(one)
        return Way("shares", code, code, SHARES, by, plain) if plain else None
    if kind in ("money", "number"):
        return _amounts(kind, header, table)
    return None


def _amounts(kind: str, header: str, table: FoundTable) -> Way | None:
    """The unit of a column of amounts: what its header says, else what is said above the table."""
    wide = table.wide
    if wide is not None:
        said, by = (unit(header), "header") if unit(header) else (wide.unit, wide.unit_by)
    else:
        said = unit(header) or (table.unit if kind == "money" else "")
        by = "header" if unit(header) else "above"
    code = str(_FACTORS.get(said, 1))
    ways = UNITS if code in UNITS else (*UNITS, code)
    if kind != "money" and code == "1" and wide is None:
        return None
    return Way("unit", code, code, ways, "plain" if code == "1" else by)


def _plain(one: ColumnProfile) -> tuple[str, ...]:
    """Numbers of a column of shares that leave open what they mean; below one first."""
    found = []
    for value in one.sample:
        try:
            number = parsing.number(value)
        except parsing.Unreadable:
            continue
        if number and not (isinstance(value, str) and "%" in parsing.fold(value)):
            found.append(number)
    found.sort(key=lambda number: abs(number) >= 1)  # which keeps their order otherwise
    return tuple(money.plain(number) for number in found[:_SHOWN])


def of(kind: str, table: FoundTable, made: Way | None) -> CellFormat:
    """How the cells of a column of this kind are read."""
    if kind in ("date", "instant"):
        plain = CellFormat(serial_1904=table.serial_1904)
        return replace(plain, date_order=made.code) if made else plain
    return applied(PLAIN, made) if made else PLAIN


def applied(format: CellFormat, made: Way) -> CellFormat:
    """A format with what a way says of its column."""
    match made.topic:
        case "days":
            return replace(format, date_order=made.code)
        case "shares":
            return replace(format, percent=made.code != "fraction", unclear=not made.code)
        case "unit":
            return replace(format, factor=Decimal(made.code))
        case _:
            return format


def factor(text: str) -> int | None:
    """What amounts in a unit are multiplied by: 万元, thousand or 10000; None for no unit."""
    bare = parsing.fold(text).lower().replace(",", "")
    return _FACTORS.get(bare) or (int(bare) if bare in map(str, _FACTORS.values()) else None)


def unit(header: str) -> str:
    """What a header says that its numbers are counted in, "" if nothing."""
    found = _UNIT.search(parsing.fold(header).lower())
    return next((one for one in found.groups() if one), "") if found else ""
