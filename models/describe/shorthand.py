"""What people type for short into a cell for a date: 3/5, 3月5日, today; only at the keyboard.

A sheet that is imported is never read in this way: there a day without its year is a doubt.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAYS = {
    "today": 0, "今天": 0, "今日": 0, "tomorrow": 1, "明天": 1, "明日": 1,
    "yesterday": -1, "昨天": -1, "昨日": -1,
}  # fmt: skip
_MONTH_DAY = re.compile(r"(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*(?:日|号)?")


def date_typed(text: str, today: date, *, month_first: bool) -> str:
    """The date that is meant, in ISO form; anything else comes back as it was typed.

    A month and a day are of this year, as in Excel. ``month_first`` allows it: where people write
    the day first, 3/5 is left to be asked about.
    """
    typed = text.strip()
    if typed.casefold() in _DAYS:
        return (today + timedelta(days=_DAYS[typed.casefold()])).isoformat()
    found = _MONTH_DAY.fullmatch(typed)
    if found is None or not (month_first or "月" in typed):
        return text
    try:
        return today.replace(month=int(found[1]), day=int(found[2])).isoformat()
    except ValueError:  # there is no such day: the cell will say so
        return text
