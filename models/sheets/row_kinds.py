"""Rows of a sheet that are no records: totals, signatures, notes, headers once more.

A row is left out only for what it says itself; a record that merely looks poor stays one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from models.describe import parsing
from models.sheets.spooling import CellError

_TOTAL_WORDS = (
    r"合计|总计|小计|共计|累计|汇总|总合计|平均|平均值|grandtotal|subtotal|totals?|sum|average"
)
# The word alone, or with what it counts: 合计：, 合计(元), 共计12笔, 本页小计, East Total.
_TOTAL = re.compile(
    rf"(?:本[页月年季次周])?(?:{_TOTAL_WORDS})(?:\([^()]*\))?(?:人民币|金额|大写)*(?:\([^()]*\))?"
    r"[:：]?(?:共?[\d.,]+)?(?:元|笔|家|条|个|行|人|件|rows|records|items)?"
)
_TOTAL_OF = re.compile(rf".{{1,20}}?(?:{_TOTAL_WORDS})(?:\([^()]*\))?[:：]?")
_SIGNED = re.compile(
    r"(?:制表|制单|审核|审批|复核|填表|填报|批准|核准|经办|主管|打印|导出|统计|日期|签字|签名|盖章|财务|报送|单位负责人"
    r"|(?:prepared|approved|checked|reviewed|printed|exported|signed|created) (?:by|on|at)|date)[^:：]{0,8}[:：]"
)
_NOTE = re.compile(
    r"(?:注|备注|说明|附注|注意|提示|数据来源|来源|单位|note|notes|source|remarks?|n\.?b)\s*\d?\s*[:：、.]"
    r"|[*※]\s*\S{2}|数据截至|以上"
)


def filled(cell: Any) -> bool:
    """Whether a cell says anything."""
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def is_total(cells: Sequence[Any]) -> bool:
    """A label of sums, and beside it only numbers."""
    there = [cell for cell in cells if filled(cell)]
    if len(there) == len(cells):
        return False
    # An error, or a formula that nobody computed yet, stands where a sum is: it is no label.
    texts = [cell for cell in there if isinstance(cell, str) and not isinstance(cell, CellError)]
    labels = [cell for cell in texts if not _number(cell)]
    if not labels or len(labels) > 3 or any(isinstance(cell, date) for cell in there):
        return False
    first, *others = [re.sub(r"\s+", "", parsing.fold(one)).lower() for one in labels]
    if others and not all(
        _TOTAL.fullmatch(one) or re.match(r"共?\d|大写|人民币|[零壹贰叁]", one) for one in others
    ):
        return False
    if _TOTAL.fullmatch(first):
        return True
    # “East Total” could be a name; that nothing but sums stands beside it says that it isn't.
    return bool(_TOTAL_OF.fullmatch(first)) and len(there) <= max(2, len(cells) // 2 + 1)


def is_sum(text: str) -> bool:
    """Whether the name of a row says that it adds up others: 合计, 华东小计, East total."""
    bare = re.sub(r"\s+", "", parsing.fold(text)).lower()
    return bool(_TOTAL.fullmatch(bare) or _TOTAL_OF.fullmatch(bare))


def _number(text: str) -> bool:
    if parsing.is_blank(text, "number"):
        return True
    try:
        parsing.number(text)
    except parsing.Unreadable:
        return False
    return True


def signed(there: Sequence[Any]) -> bool:
    """Who made, checked, printed it and when: 制表人：王强, 日期：2024-03-09."""
    texts = [parsing.fold(cell).lower() for cell in there if isinstance(cell, str)]
    if not texts or len(texts) < len(there) - 1:
        return False
    marked = [bool(_SIGNED.match(one)) for one in texts]
    # A header may end with a colon; a signature goes on after it, or several wait for a pen.
    said = any(re.search(r"[:：]\s*\S", one) for one in texts)
    return marked[0] and sum(marked) * 2 >= len(marked) and (said or sum(marked) > 1)


def is_note(there: Sequence[Any], last: bool) -> bool:
    """A sentence about the table; ``last`` when only such rows follow."""
    if len(there) != 1 or not isinstance(there[0], str):
        return False
    text = parsing.fold(there[0]).lower()
    if _NOTE.match(text):
        return True
    return last and (
        bool(re.match(r"[^:：]{1,16}[:：]\s*\S", text))
        or (bool(re.search(r"[。；;]|[.!！]$", text)) and len(text) > 12)
        or bool(re.match(r"\d+[.、)]\s*\S", text))
    )


def no_records(
    rows: Sequence[Sequence[Any]],
    first: int,
    places: Sequence[int],
    heads: Sequence[Sequence[Any]],
) -> set[int]:
    """Numbers of the rows inside and below a table that are none of its records."""
    made: set[int] = set()
    titles = [[str(cell).strip() for cell in head if filled(cell)] for head in heads]
    after = True  # nothing but notes from here to the end
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        cells = [row[place] if place < len(row) else None for place in places]
        there = [cell for cell in cells if filled(cell)]
        if not there:
            continue
        texts = [str(cell).strip() for cell in there]
        if is_note(there, after) or signed(there):
            made.add(first + at)
            continue
        if texts in titles or is_total(cells):
            made.add(first + at)
            continue
        after = False
    return made | _unlabelled_totals(rows, first, places, made)


def _unlabelled_totals(
    rows: Sequence[Sequence[Any]], first: int, places: Sequence[int], skip: set[int]
) -> set[int]:
    """A last row without texts whose numbers are the sums of their columns."""
    body = [
        (first + at, row)
        for at, row in enumerate(rows)
        if first + at not in skip and any(filled(c) for c in row)
    ]
    if len(body) < 4 or len(body) > 5000:
        return set()
    number, last = body[-1]
    checked = 0
    for place in places:
        cell = last[place] if place < len(last) else None
        if not filled(cell):
            continue
        if not isinstance(cell, int | float) or isinstance(cell, bool | date):
            return set()
        values = [
            row[place]
            for _, row in body[:-1]
            if place < len(row) and isinstance(row[place], int | float)
        ]
        if len(values) < 3 or abs(sum(values) - cell) > 0.01 * max(1.0, abs(cell)) ** 0.5:
            return set()
        checked += 1
    return {number} if checked else set()
