"""What a column says about its cells: their kind if nobody knows it, their unit, the order of days."""

from __future__ import annotations

import re
from decimal import Decimal

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


def of(kind: str, header: str, table: FoundTable, one: ColumnProfile) -> CellFormat:
    """How the cells of a column of this kind are read."""
    if kind in ("date", "instant"):
        return CellFormat(date_order=one.date_order or "ymd", serial_1904=table.serial_1904)
    if kind == "percent":
        unclear = one.percents == "unclear"
        return CellFormat(percent=unclear or one.percents == "hundred", unclear=unclear)
    if kind in ("money", "number"):
        said = unit(header) or (table.unit if kind == "money" else "")
        return CellFormat(factor=Decimal(_FACTORS.get(said, 1)))
    return PLAIN


def unit(header: str) -> str:
    """What a header says that its numbers are counted in, "" if nothing."""
    found = _UNIT.search(parsing.fold(header).lower())
    return next((one for one in found.groups() if one), "") if found else ""
