"""Forms without a single record: an example is written below their headings, so that they are understood.

Tables are found by what stands in them. Of an empty form a copy is read in which the first row is
filled in with what its headings seem to ask for.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from models.sheets.headers import known_header

_LOOKED = 40  # rows from the top in which headings may stand
_EXAMPLES: tuple[tuple[str, Any], ...] = (
    (r"日期|时间|交期|到期|生日|date|day|due|birthday", date(2026, 1, 5)),
    (r"电话|手机|phone|mobile|tel", "13800138000"),
    (r"邮箱|邮件|mail", "a@example.com"),
    (r"概率|成功率|赢率|probability", 0.5),
    (r"金额|价|额|人数|数量|预算|amount|price|revenue|quantity|budget|employees", 12.5),
)
_USUAL = "样例"


def with_examples(workbook: Any, path: Path) -> bool:
    """Save a copy in which empty forms have an example; False if there is no such form."""
    found = False
    for sheet in workbook.worksheets:
        head = _head(sheet)
        if head is not None and _empty_below(sheet, head):
            found = True
            for cell in list(sheet[head]):
                below = sheet.cell(head + 1, cell.column)
                if isinstance(cell.value, str) and type(below).__name__ != "MergedCell":
                    below.value = _example(cell.value)
    if found:
        workbook.save(path)
    return found


def _head(sheet: Any) -> int | None:
    """The row most of whose texts are headings of fields."""
    best, most = None, 1
    for row in sheet.iter_rows(max_row=min(_LOOKED, sheet.max_row)):
        texts = [str(cell.value) for cell in row if isinstance(cell.value, str)]
        known = sum(map(known_header, texts))
        if known > most and 2 * known >= len(texts):
            best, most = row[0].row, known
    return best


def _empty_below(sheet: Any, head: int) -> bool:
    """Whether the row below headings says nothing but a number or a formula."""
    below = [cell for cell in sheet[head + 1] if cell.value not in (None, "")]
    return all(cell.data_type == "f" or isinstance(cell.value, int) for cell in below)


def _example(heading: str) -> Any:
    low = heading.lower()
    return next((one for pattern, one in _EXAMPLES if re.search(pattern, low)), _USUAL)
