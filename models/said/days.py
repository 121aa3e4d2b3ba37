"""Days and times of day in running text: 昨天下午3点半, 下周三, 月底, in 3 days, next Tuesday.

Weeks begin on Monday. What says no direction, a bare 周五 or 15号, lies ahead where a plan is spoken
of and behind where something is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from models import periods
from models.numerals import count_of


@dataclass(frozen=True)
class Day:
    """A day that a piece of text names; ``sure`` is 0…1, less for 下周 than for 下周三."""

    start: int
    end: int
    day: date
    sure: float = 1.0


@dataclass(frozen=True)
class Time:
    """A time of day that a piece of text names."""

    start: int
    end: int
    time: time


_Made = tuple[date, float]
_Reader = Callable[[re.Match[str], date, bool], _Made]

_WEEKDAYS = {sign: at for at, sign in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAYS |= {str(at + 1): at for at in range(7)}
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEARS = periods.JANUARY  # 年底 is the end of December, whatever the fiscal year
_RELATIVE = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨": -1, "今天": 0, "今日": 0, "今早": 0,
    "今晚": 0, "刚才": 0, "刚刚": 0, "今": 0, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "后天": 2, "大后天": 3,
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0,
    "this morning": 0, "this afternoon": 0, "this evening": 0, "tonight": 0, "just now": 0,
    "the day after tomorrow": 2, "day after tomorrow": 2, "tomorrow": 1,
}  # fmt: skip


def _relative(found: re.Match[str], today: date, ahead: bool) -> _Made:
    return today + timedelta(days=_RELATIVE[re.sub(r"\s+", " ", found[0].lower())]), 1.0


def _full(found: re.Match[str], today: date, ahead: bool) -> _Made:
    return date(int(found[1]), int(found[2]), int(found[3])), 1.0


def _month_day(month: int, day: int, today: date, ahead: bool) -> date:
    """The day in the year that is nearest in the direction that is spoken of."""
    made = date(today.year, month, day)
    if ahead and (today - made).days > 60:
        return date(today.year + 1, month, day)
    if not ahead and (made - today).days > 60:
        return date(today.year - 1, month, day)
    return made


def _short(found: re.Match[str], today: date, ahead: bool) -> _Made:
    return _month_day(count_of(found[1]), count_of(found[2]), today, ahead), 0.95


def _named(found: re.Match[str], today: date, ahead: bool) -> _Made:
    month, day = _MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"])
    if found["year"]:
        return date(int(found["year"]), month, day), 1.0
    return _month_day(month, day, today, ahead), 0.95


def _of_month(found: re.Match[str], today: date, ahead: bool) -> _Made:
    """15号, 本月15号, 下月3日, 上个月20号, the 15th."""
    which, day = found[1] or "", count_of(found[2])
    by = {"下": 1, "上": -1}.get(which[:1], 0)
    if not which:
        by = 1 if ahead and day < today.day else -1 if not ahead and day > today.day else 0
    return periods.month(today.year, today.month + by).start.replace(day=day), 0.95


def _english_of_month(found: re.Match[str], today: date, ahead: bool) -> _Made:
    day = int(found[1])
    by = 1 if ahead and day < today.day else -1 if not ahead and day > today.day else 0
    return periods.month(today.year, today.month + by).start.replace(day=day), 0.95


def _weekday(wanted: int, weeks: int | None, today: date, ahead: bool) -> date:
    """A day of a week counted from this one; None: the nearest in the direction spoken of."""
    if weeks is not None:
        return today + timedelta(days=wanted - today.weekday(), weeks=weeks)
    if ahead:
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - wanted) % 7)


def _chinese_week(found: re.Match[str], today: date, ahead: bool) -> _Made:
    which = found[1] or ""
    weeks = which.count("下") - which.count("上") if which else None
    return _weekday(_WEEKDAYS[found[2]], weeks, today, ahead), 1.0 if which else 0.9


def _english_week(found: re.Match[str], today: date, ahead: bool) -> _Made:
    which = (found[1] or "").strip().lower()
    wanted = next(
        at for at, name in enumerate(_ENGLISH_DAYS) if name.startswith(found[2].lower()[:3])
    )
    if which == "last":  # the one just gone
        return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1), 0.8
    weeks = {"next": 1, "this": 0}.get(which)
    return _weekday(wanted, weeks, today, ahead), 0.95


def _end_of(found: re.Match[str], today: date, ahead: bool) -> _Made:
    """月底, 下月初, 年底, 周末: an end is the last day, a start the first."""
    which, unit, side = found[1] or "", found[2], found[3]
    by = 1 if which.startswith(("下", "明")) else -1 if which.startswith("上") else 0
    if unit == "周":
        return _weekday(5, by, today, ahead), 0.8
    period = _YEARS.year(today.year + by)
    if unit == "月":
        if side == "初" and not which and ahead and today.day > 10:
            by = 1
        period = periods.month(today.year, today.month + by)
    if side == "初":
        return period.start, 0.7
    if side == "中":
        return period.start.replace(day=15), 0.7
    return period.end - timedelta(days=1), 0.9


def _english_end(found: re.Match[str], today: date, ahead: bool) -> _Made:
    by = 1 if found[1] and "next" in found[1].lower() else 0
    match found[2].lower():
        case "week":
            return _weekday(4, by, today, ahead), 0.8
        case "month":
            return periods.month(today.year, today.month + by).end - timedelta(days=1), 0.9
        case "quarter":
            quarter = _YEARS.quarter(today.year, (today.month + 2) // 3 + by)
            return quarter.end - timedelta(days=1), 0.9
        case _:
            return date(today.year + by, 12, 31), 0.9


def _span(found: re.Match[str], today: date, ahead: bool) -> _Made:
    """3天后, 两周后, 一个月前, in 3 days, two weeks ago."""
    back = found[3].lower() in ("前", "之前", "以前", "ago") if found[3] else False
    return _shifted(count_of(found[1]), found[2].lower(), -1 if back else 1, today), 0.95


def _years(found: re.Match[str], today: date, ahead: bool) -> _Made:
    """半年后, 一年前."""
    months = 6 if found[1] == "半" else 12 * count_of(found[1])
    return _shifted(months, "months", -1 if "前" in found[2] else 1, today), 0.9


def _in_days(found: re.Match[str], today: date, ahead: bool) -> _Made:
    return _shifted(count_of(found[1]), found[2].lower(), 1, today), 0.95


def _shifted(count: int, unit: str, sign: int, today: date) -> date:
    if unit.startswith(("week", "周", "星期", "个星期", "礼拜", "个礼拜")):
        return today + timedelta(weeks=sign * count)
    if unit.startswith(("month", "个月")):
        month = periods.month(today.year, today.month + sign * count)
        last = (month.end - timedelta(days=1)).day
        return month.start.replace(day=min(today.day, last))
    return today + timedelta(days=sign * count)


def _whole(found: re.Match[str], today: date, ahead: bool) -> _Made:
    """下周, next month: its first working day, and little sure of it."""
    word = found[0].lower()
    by = -1 if word.startswith(("上", "last")) else 1
    if "月" in word or "month" in word:
        return periods.month(today.year, today.month + by).start, 0.5
    return _weekday(0, by, today, ahead), 0.5


_NUMBER = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_ENGLISH_NUMBER = r"(\d{1,3}|an?|one|two|three|four|five|six|seven|ten)"
_NAME_OF_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d))?"
_ANY_DAY = r"(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"


# In 昨天call了 a word of letters ends where Chinese begins.
_WORDS_OF_LETTERS = re.IGNORECASE | re.ASCII


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, _WORDS_OF_LETTERS)


# The first that begins earliest wins; of those that begin together, the first listed.
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_re(r"(?<!\d)((?:19|20)\d\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)[日号]?"), _full),
    (_re(r"(?<![\d.])(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]?"), _short),
    (_re(r"([一二三四五六七八九]|十[一二]?)月([一二三四五六七八九十]{1,3})[日号]"), _short),
    (_re(rf"\b{_NAME_OF_MONTH} {_ORDINAL}{_YEAR}\b"), _named),
    (_re(rf"\b{_ORDINAL}(?: of)? {_NAME_OF_MONTH}{_YEAR}\b"), _named),
    (_re(rf"(?<![一-鿿\d]){_NUMBER}\s?(天|日|周|个?星期|个?礼拜|个月)(之后|以后|之前|以前|后|内|前)"), _span),
    (_re(rf"{_NUMBER}\s?(天|周|个?星期|个?礼拜|个月)(之后|以后|之前|以前|后|内|前)"), _span),
    (_re(r"(\d{1,2}|[半一两二三])年(之后|以后|之前|以前|后|前)"), _years),
    (_re(rf"\b{_ENGLISH_NUMBER} (days?|weeks?|months?) (ago|later|from now)\b"), _span),
    (_re(rf"\b(?:in|within) {_ENGLISH_NUMBER} (days?|weeks?|months?)\b"), _in_days),
    (_re(r"(下下个?|下个?|上上个?|上个?|本|这个?)?(?:周|星期|礼拜)([一二三四五六日天]|[1-7](?!\d))(?!天|次)"), _chinese_week),
    (_re(r"(下个?|上个?|本|这个?|明|今)?(周|月|年)(底|末|初|中旬|中)(?!国|心)"), _end_of),
    (_re(r"(下个?月|上个?月|本月|这个?月)?(?<![\d第])(\d{1,2}|[一二三]?十[一二三四五六七八九]?)[号日](?![线楼机厂店门])"), _of_month),
    (_re(rf"\b(next |last |this )?{_ANY_DAY}\b"), _english_week),
    (_re(r"\b(?:the )?end of (the |this |next )?(week|month|quarter|year)\b"), _english_end),
    (_re(r"\b(this |next |the )?(month|year|week|quarter)[ -]end\b"), _english_end),
    (_re(r"\bthe (\d{1,2})(?:st|nd|rd|th)\b"), _english_of_month),
    (_re("|".join(rf"\b{one}\b".replace(" ", r"\s+") for one in sorted(_RELATIVE, key=len, reverse=True) if one.isascii())), _relative),
    (_re("大前天|大后天|前天|昨天|昨日|昨晚|今天|今日|今早|今晚|刚才|刚刚|明天|明日|明早|明晚|后天|[昨今](?=上午|下午)"), _relative),
    (_re(r"下个?(?:周|星期|礼拜)|下个?月|上个?(?:周|星期|礼拜)|上个月|\b(?:next|last) (?:week|month)\b"), _whole),
)  # fmt: skip
_SLASH = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?![\d/%])")


def find_days(text: str, today: date, *, ahead: bool, month_first: bool) -> list[Day]:
    """The days that a text names, in its order; ``month_first`` reads 12/5 as the fifth of December."""
    readers = (*_READERS, (_SLASH, _short)) if month_first else _READERS
    hits = [
        (hit.start(), place, hit)
        for place, (pattern, _) in enumerate(readers)
        for hit in pattern.finditer(text)
    ]
    made: list[Day] = []
    at = 0
    for start, place, hit in sorted(hits, key=lambda one: one[:2]):
        if start < at:
            continue
        try:
            read = readers[place][1](hit, today, ahead)
        except (ValueError, OverflowError):  # there is no such day
            continue
        made.append(Day(start, hit.end(), *read))
        at = hit.end()
    return made


_CLOCK = re.compile(
    r"(?:(?P<half>凌晨|早上|上午|中午|下午|傍晚|晚上|今晚|昨晚|明晚|今早|明早|早|晚)\s?)?"
    r"(?:(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)\s?(?P<ap>[ap]\.?m\b)?"
    r"|(?P<point>\d{1,2}|[一二两三四五六七八九十]{1,3})点(?!儿|了|数|击|建议|意见|要求|原因|内容|问题|需求|[:：])钟?(?P<part>半|一刻|三刻|[0-5]?\d分?)?"
    r"|(?P<oclock>\d{1,2})\s?(?P<ap2>[ap]\.?m\b|o'clock))",
    re.IGNORECASE,
)
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}


def find_times(text: str) -> list[Time]:
    """The times of day that a text names, in its order."""
    made = []
    for found in _CLOCK.finditer(text):
        if found.start() and text[found.start() - 1].isdecimal():
            continue
        if found["point"] in ("一", "两", "几") and not (found["half"] or found["part"]):
            continue  # 便宜一点 is no time of day
        hour = count_of(found["hour"] or found["point"] or found["oclock"])
        part = found["part"] or ""
        minute = int(found["minute"] or _PARTS.get(part) or part.rstrip("分") or 0)
        half = (found["half"] or found["ap"] or found["ap2"] or "").lower()
        if hour < 12 and half[-1:] in ("午", "晚", "上", "m") and _is_late(half, hour):
            hour += 12
        if hour == 12 and half.startswith("a"):
            hour = 0
        if hour < 24:
            made.append(Time(found.start(), found.end(), time(hour, minute)))
    return made


def _is_late(half: str, hour: int) -> bool:
    if half == "中午":
        return hour < 6
    return half in ("下午", "傍晚", "晚上", "今晚", "昨晚", "明晚", "晚") or half.startswith("p")
