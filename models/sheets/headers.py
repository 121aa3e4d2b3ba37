"""Which rows head a table, and what they call its columns.

A header is the row whose cells are short, different texts and below which the columns are filled
alike. Two rows head a table when a group stands above single names, merged or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.describe import parsing
from models.sheets import row_kinds, wide_headings
from models.sheets.row_kinds import filled

Grid = Sequence[Sequence[Any]]
_KNOWN: set[str] = set()
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
# Columns of questionnaires are headed by the whole question.
_QUESTION = re.compile(r"^(?:[Qq]|第)?\s*\d{1,3}\s*题?\s*[、.．:：)）]\s*\D|[?？]")
_SHORT, _LONG = 40, 200
# What SurveyMonkey writes below a question, in a row of heads of its own.
_BELOW_QUESTIONS = {"response", "open-ended response"}
_UNIT = re.compile(
    r"(?<=..)(?:\s*/\s*(?:人民币)?(?:[百千]?万元?|千元|亿元|元|rmb|cny|usd|%)|\s*(?:百万元|万元|千元|亿元))$"
)


@dataclass(frozen=True)
class Header:
    """The rows that head a table (first and last) and the name of each column between two places."""

    first: int
    last: int
    names: tuple[str, ...]


def fold_header(text: str) -> str:
    """A header without width, case, blanks, marks, units and brackets; CamelCase taken apart."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    folded = parsing.fold(apart).lower()
    folded = re.sub(r"^[*\s]*[\[【]([^\]】]+)[\]】](?=[*\s:/(\[【]|$)", r"\1", folded)
    folded = _BRACKETS.sub("", folded).strip() or folded
    folded = _UNIT.sub("", folded)
    return re.sub(r"[\s_\-*:/#.·、?？!！\"'“”]+", "", folded)


def without_brackets(text: str) -> str:
    """A text without what stands in brackets: 销售目标(单位:万元)."""
    return _BRACKETS.sub("", text).strip()


def known_header(text: str) -> bool:
    """Whether a text is a header that some field is known by."""
    if not _KNOWN:
        from models.describe.entities import ENTITIES

        for entity in ENTITIES:
            for one in entity.fields:
                _KNOWN.update(fold_header(word) for word in one.known_as())
    return fold_header(text) in _KNOWN


def is_header_text(cell: Any) -> bool:
    """Whether a cell can be the name of a column."""
    if not isinstance(cell, str):
        return False
    bare = cell.strip()
    most = _LONG if _QUESTION.search(bare) else _SHORT
    if not bare or len(bare) > most or bare.count("\n") > 2:
        return False
    folded = parsing.fold(bare)
    if re.fullmatch(r"[\d.,:%¥$()/\-+ ]+", folded):
        return bool(re.fullmatch(r"(19|20)\d\d", folded))
    return not re.fullmatch(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?.*", folded)


def find(grid: Grid, start: int, end: int, low: int, high: int) -> int | None:
    """The row that heads the columns below it, None if none does."""
    best: int | None = None
    best_score = 0.0
    for at in range(start, min(end, len(grid))):
        if best_score > 1.3 and at > (best or 0) + 3:
            break
        score = _score(grid, at, start, low, high)
        if best is not None and _cells(grid, at, low, high) == _cells(grid, best, low, high):
            continue  # the same header once more, further down
        if score is not None and (best is None or score > best_score + 0.15):
            best, best_score = at, score
    return best if best_score >= 0.75 else None


def _cells(grid: Grid, at: int, low: int, high: int) -> list[Any]:
    row = grid[at]
    return [row[c] if c < len(row) else None for c in range(low, high)]


def _score(grid: Grid, at: int, start: int, low: int, high: int) -> float | None:
    """How well a row heads what stands below it, None if it can't."""
    row = _cells(grid, at, low, high)
    there = [cell for cell in row if filled(cell)]
    if not there or not (all(map(is_header_text, there)) or _heads_periods(there)):
        return None
    if row_kinds.signed(there) or row_kinds.is_total(row):
        return None
    if len({str(cell).strip().lower() for cell in there}) < len(there) * 0.9:
        return None
    below = _below(grid, at, low, high)
    if not below:
        return None
    width = max(sum(filled(c) for c in line) for line in below)
    share = (len(there) + _spanned_periods(grid, at, low, high)) / max(width, 1)
    if share < 0.5 or (len(there) == 1 and width > 1):
        return None
    return min(share, 1.0) + _unlike(row, below) - 0.01 * (at - start)


def _heads_periods(there: Sequence[Any]) -> bool:
    """Whether a row's cells that are no names of columns are periods that go up: 2017-01, 2017-02, …"""
    others = [cell for cell in there if not is_header_text(cell)]
    if not all(map(wide_headings.is_period_cell, others)):
        return False
    return wide_headings.row_of_periods(there)


def _spanned_periods(grid: Grid, at: int, low: int, high: int) -> int:
    """How many cells beside periods are blank because those stand above several names of columns."""
    row = _cells(grid, at, low, high)
    if at + 1 >= len(grid) or sum(map(_is_period, row)) < 2:
        return 0
    lower = _cells(grid, at + 1, low, high)
    if not all(is_header_text(cell) for cell in lower if filled(cell)):
        return 0
    return sum(not filled(a) and filled(b) for a, b in zip(row, lower, strict=True))


def _is_period(cell: Any) -> bool:
    made = wide_headings.read(str(cell)) if filled(cell) and is_header_text(cell) else None
    return made is not None and bool(made.unit)


def _below(grid: Grid, at: int, low: int, high: int) -> list[list[Any]]:
    head = _cells(grid, at, low, high)
    cut = (_cells(grid, down, low, high) for down in range(at + 1, min(at + 31, len(grid))))
    return [row for row in cut if _is_record(row) and row != head]


def _is_record(row: Sequence[Any]) -> bool:
    there = [cell for cell in row if filled(cell)]
    return bool(there) and not (
        row_kinds.is_total(row) or row_kinds.signed(there) or row_kinds.is_note(there, last=True)
    )


def _unlike(head: Sequence[Any], below: Sequence[Sequence[Any]]) -> float:
    """How much the header differs in kind from what stands below: numbers, days, repeats, new words."""
    points = 0.0
    count = 0
    for column, title in enumerate(head):
        if not filled(title):
            continue
        values = [line[column] for line in below if filled(line[column])]
        if not values:
            points += 0.5
            count += 1
            continue
        count += 1
        texts = [str(one).strip() for one in values]
        if str(title).strip() in texts:
            points -= 0.5
            continue
        odd = sum(not is_header_text(one) for one in values) / len(values)
        repeats = 1 - len(set(texts)) / len(texts) if len(texts) > 3 else 0.0
        known = 0.5 if known_header(str(title)) else 0.0
        points += max(odd, min(repeats, 0.6), known, 0.15)
    return points / max(count, 1)


def read(grid: Grid, at: int, low: int, high: int, info: Any) -> Header:
    """The header around the row that was found: alone, below its groups, or above single names."""
    top, bottom = at, at
    if _heads(grid, at, low, high, info):
        bottom = at + 1
    elif _group_row(grid, at, low, high, info) or (at and _heads(grid, at - 1, low, high, info)):
        top = at - 1
    return Header(top, bottom, tuple(_names(grid, top, bottom, low, high, info)))


def _names(grid: Grid, top: int, bottom: int, low: int, high: int, info: Any) -> list[str]:
    names = []
    group = ""
    upper, lower = _cells(grid, top, low, high), _cells(grid, bottom, low, high)
    for place, (above, own) in enumerate(zip(upper, lower, strict=True)):
        name = _one_line(own)
        if top != bottom:
            if filled(above):
                group = _one_line(above)
            elif info.merged and not _spanned(info, top, low + place):
                group = ""
            if not name or (filled(above) and name.lower() in _BELOW_QUESTIONS):
                name, group = _one_line(above), ""
            elif group and name != group and (not info.merged or _spanned(info, top, low + place)):
                name = f"{group}/{name}"
        names.append(name)
    return names


def _one_line(cell: Any) -> str:
    return " ".join(str(cell).split()) if filled(cell) else ""


def _spanned(info: Any, row: int, column: int) -> bool:
    """Whether a merged range of several columns covers a cell."""
    return any(a <= row <= c and b <= column <= d and d > b for a, b, c, d in info.merged)


def _heads(grid: Grid, at: int, low: int, high: int, info: Any) -> bool:
    """Whether a row and the next together head the table: what one leaves blank the other names."""
    if at + 2 >= len(grid):
        return False
    upper, lower = _cells(grid, at, low, high), _cells(grid, at + 1, low, high)
    names = [str(cell) for cell in lower if filled(cell)]
    if not names or not all(is_header_text(cell) for cell in lower if filled(cell)):
        return False
    if not all(is_header_text(cell) for cell in upper if filled(cell)):
        return False
    if not any(filled(one) for one in upper) or row_kinds.signed([c for c in lower if filled(c)]):
        return False
    tall = {b for a, b, c, d in info.merged if a <= at and c == at + 1 and low <= b < high}
    if any(filled(lower[b - low]) for b in tall):
        return False
    if tall:
        return True
    # Not merged, or the format doesn't say: each place is named once, below its group or above.
    if any(name.strip().lower() in _BELOW_QUESTIONS for name in names):
        return True
    single = [filled(a) and not filled(b) for a, b in zip(upper, lower, strict=True)]
    under = [filled(b) and not filled(a) for a, b in zip(upper, lower, strict=True)]
    if not any(single) or not any(under):
        return False
    known = sum(known_header(name) for name in names)
    both = [filled(a) and filled(b) for a, b in zip(upper, lower, strict=True)]
    # A group stands above two names at least: the place after its first is named below only.
    grouped = all(after for one, after in zip(both, [*under[1:], False], strict=True) if one)
    return (
        2 * known >= len(names)
        or (grouped and known > 0)
        or _completes(grid, at + 1, low, high, upper)
    )


def _completes(grid: Grid, at: int, low: int, high: int, upper: Sequence[Any]) -> bool:
    """Whether a row names each column that the row above leaves blank, over values of another kind."""
    row, below = _cells(grid, at, low, high), _below(grid, at, low, high)
    if not all(filled(a) or filled(b) for a, b in zip(upper, row, strict=True)):
        return False
    for place, cell in enumerate(row):
        values = [line[place] for line in below if filled(line[place])]
        if filled(cell) and values and 2 * sum(not is_header_text(v) for v in values) > len(values):
            return True
    return False


def _group_row(grid: Grid, at: int, low: int, high: int, info: Any) -> bool:
    """Whether the row above names groups: merged ranges there span only some of the columns."""
    if at == 0:
        return False
    above = _cells(grid, at - 1, low, high)
    groups = [
        (b, d) for a, b, c, d in info.merged if a <= at - 1 <= c and low <= b < high and d > b
    ]
    tall = [b for a, b, c, d in info.merged if a <= at - 1 and c >= at and low <= b < high]
    whole = any(d - b + 1 >= (high - low) * 0.8 for b, d in groups)
    return (
        bool(groups or tall)
        and not whole
        and any(map(filled, above))
        and all(not filled(cell) or is_header_text(cell) for cell in above)
    )
