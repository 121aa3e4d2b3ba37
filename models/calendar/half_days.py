"""Half days as sheets write them: 上午 or 14:00 behind a day, in a column of its own, or 0.5 days.

What stands behind the first and last day says most and is heard first; then a column that names the
half of a single day; then how many days it was: half a day is taken for the morning, because only
its length is told.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from models.describe import parsing

# Headers of columns that tell more of a leave than its first and last day.
HALF_HEADERS = (
    "上午/下午",
    "上下午",
    "上午下午",
    "时段",
    "请假时段",
    "半天",
    "全天/半天",
    "am/pm",
    "half day",
    "half",
)
LENGTH_HEADERS = (
    "天数",
    "请假天数",
    "时长",
    "请假时长",
    "时长（天）",
    "days",
    "leave days",
    "duration",
)
_MORNING = {"上午", "早上", "上半天", "前半天", "am", "a.m.", "morning", "forenoon"}
_AFTERNOON = {"下午", "下半天", "后半天", "pm", "p.m.", "afternoon"}
_WHOLE = {"全天", "整天", "一天", "all day", "full day", "whole day", "full"}
_HALF = {"半天", "half", "half day", "half-day"}
_BEHIND = re.compile(
    r"(?:(上午|早上|上半天|前半天|下午|下半天|后半天|(?<![a-z])[ap]m)\s*)?"
    r"(?:(?<![\d:])(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*(?<![a-z])([ap]m)?$",
    re.IGNORECASE,
)
_NOON = time(12)
_LONGEST = 1_000  # days that a leave takes at most
_LUNCH_OVER = time(13)  # who is away until then works in the afternoon

Flags = tuple[bool | None, bool | None]  # starts at noon, ends at noon; None where nothing is said


def half_days(first: Any, last: Any, half: Any = None, length: Any = None) -> Flags:
    """Whether a leave starts and ends at noon, from the cells of its row as they are written."""
    starts, ends = _starts(first), _ends(last)
    if starts is not None or ends is not None:
        return starts, ends
    single = _same(first, last)
    told = _of_half(half) if single else None
    return told or _of_length(length, single)


def _of_half(half: Any) -> Flags | None:
    word = parsing.fold("" if half is None else half).lower()
    if word in _MORNING or word in _HALF:
        return False, True
    if word in _AFTERNOON:
        return True, False
    return (False, False) if word in _WHOLE else None


def _of_length(length: Any, single: bool) -> Flags:
    """Half of a day more or less is taken from the last day."""
    word = parsing.fold("" if length is None else length)
    if word in _HALF:
        length = Decimal("0.5")
    if length is None or not word or "时" in word or word.lower().endswith("h"):
        return None, None  # hours don't say how long a day is
    try:
        count = parsing.number(length)
    except parsing.Unreadable:
        return None, None
    if not 0 < count < _LONGEST:
        return None, None
    if count % 1 == Decimal("0.5") and (count > 1) != single:
        return False, True
    return (False, False) if count % 1 == 0 else (None, None)


def _starts(cell: Any) -> bool | None:
    half, at = _behind(cell)
    if at is not None:
        return at >= _NOON
    return half


def _ends(cell: Any) -> bool | None:
    half, at = _behind(cell)
    if at is not None:
        return at <= _LUNCH_OVER
    return None if half is None else not half


def _behind(cell: Any) -> tuple[bool | None, time | None]:
    """What stands behind a day: whether it is the afternoon, and the time; midnight is no time."""
    if isinstance(cell, datetime):
        return None, cell.time() if cell.time() != time() else None
    if not isinstance(cell, str):
        return None, None
    found = _BEHIND.search(parsing.fold(cell))
    if found is None:
        return None, None
    word = (found[1] or found[4] or "").lower()
    half = None if not word else word in _AFTERNOON
    return half, _time(found[2], found[3], half)


def _time(hour: str | None, minute: str | None, afternoon: bool | None) -> time | None:
    if hour is None or not (int(hour) < 24 and int(minute or 0) < 60):
        return None
    found = time(int(hour), int(minute or 0))
    if afternoon and found < _NOON:
        found = found.replace(hour=found.hour + 12)
    return found if found != time() else None


def _same(one: Any, other: Any) -> bool:
    """Whether two cells are one day."""
    return other is None or _day(one) == _day(other)


def _day(cell: Any) -> date | str:
    try:
        return parsing.day(cell)
    except parsing.Unreadable:
        return str(cell)
