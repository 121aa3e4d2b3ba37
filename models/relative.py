"""Days and periods counted from today, as people say them: 本周, 上个月, 近30天, this_quarter, last 30 days.

A year, 今年 or ``this_year``, is the calendar year; the fiscal one is called so: 本财年,
``this_fiscal_year``. Weeks, quarters and halves are the book's own. What reaches back or ahead by so
many days includes today: the last 7 days end with it, the next 7 begin with it.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from models.numerals import count_of
from models.periods import JANUARY, FiscalCalendar, Period, days, month
from models.refusals import Refused
from models.texts import N_, ntr, tr


@dataclass(frozen=True)
class Relative:
    """What a word means, whatever today is.

    ``way`` is whole (the unit ``by`` units from today's), last or next (``by`` units that end or
    begin with today), or to_date (from the unit's first day to today). ``unit`` is day, week, month,
    quarter, half, year, or fiscal_year.
    """

    unit: str
    by: int = 0
    way: str = "whole"

    @property
    def code(self) -> str:
        """The word that stands for it in filters and on the command line."""
        if self.way == "to_date":
            return f"{self.unit}_to_date"
        if self.way != "whole":
            return f"{self.way}_{self.by}{self.unit[0]}"
        if self.unit == "day":
            return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(self.by, f"{self.by:+}d")
        names = {-2: "{}_before_last", -1: "last_{}", 0: "this_{}", 1: "next_{}"}
        return names.get(self.by, "{}_after_next").format(self.unit)

    def text(self) -> str:
        """The word as people of the current language say it."""
        if self.way == "to_date":
            return tr(_TO_DATE[self.unit])
        if self.way != "whole":
            return ntr(*_ROLLING[self.way, self.unit], self.by)
        if (self.unit, self.by) in _WHOLE:
            return tr(_WHOLE[self.unit, self.by])
        if self.by < 0:
            return ntr("{n} day ago", "{n} days ago", -self.by)
        return ntr("in {n} day", "in {n} days", self.by)

    def period(self, calendar: FiscalCalendar, today: date) -> Period:
        """The days that it means on a day.

        Raises:
            ValueError, OverflowError: they lie beyond all calendars.
        """
        match self.way:
            case "last":
                return days(self._moved(today, -self.by, 1), today)
            case "next":
                return days(today, self._moved(today, self.by, -1))
            case "to_date":
                return days(self._whole(calendar, today).start, today)
        return self._whole(calendar, today)

    def _moved(self, today: date, by: int, more: int) -> date:
        """The day so many units away, and ``more`` days."""
        if self.unit == "month":
            there = month(today.year, today.month + by).start
            last = monthrange(there.year, there.month)[1]
            return there.replace(day=min(today.day, last)) + timedelta(more)
        return today + timedelta(by * (7 if self.unit == "week" else 1) + more)

    def _whole(self, calendar: FiscalCalendar, today: date) -> Period:
        into = (today.month - calendar.year_starts) % 12
        year = calendar.year_of(today)
        match self.unit:
            case "day":
                return days(today + timedelta(self.by), today + timedelta(self.by))
            case "week":
                return calendar.week_of(today + timedelta(weeks=self.by))
            case "month":
                return month(today.year, today.month + self.by)
            case "quarter":
                return calendar.quarter(year, into // 3 + 1 + self.by)
            case "half":
                return calendar.half(year, into // 6 + 1 + self.by)
            case "fiscal_year":
                return calendar.year(year + self.by)
        return calendar.plain(JANUARY.year(today.year + self.by))


_WHOLE = {
    ("day", -2): N_("the day before yesterday"),
    ("day", -1): N_("yesterday"),
    ("day", 0): N_("today"),
    ("day", 1): N_("tomorrow"),
    ("day", 2): N_("the day after tomorrow"),
    ("week", -2): N_("the week before last"),
    ("week", -1): N_("last week"),
    ("week", 0): N_("this week"),
    ("week", 1): N_("next week"),
    ("week", 2): N_("the week after next"),
    ("month", -2): N_("the month before last"),
    ("month", -1): N_("last month"),
    ("month", 0): N_("this month"),
    ("month", 1): N_("next month"),
    ("month", 2): N_("the month after next"),
    ("quarter", -2): N_("the quarter before last"),
    ("quarter", -1): N_("last quarter"),
    ("quarter", 0): N_("this quarter"),
    ("quarter", 1): N_("next quarter"),
    ("quarter", 2): N_("the quarter after next"),
    ("half", -2): N_("the half-year before last"),
    ("half", -1): N_("last half-year"),
    ("half", 0): N_("this half-year"),
    ("half", 1): N_("next half-year"),
    ("half", 2): N_("the half-year after next"),
    ("year", -2): N_("the year before last"),
    ("year", -1): N_("last year"),
    ("year", 0): N_("this year"),
    ("year", 1): N_("next year"),
    ("year", 2): N_("the year after next"),
    ("fiscal_year", -2): N_("the fiscal year before last"),
    ("fiscal_year", -1): N_("last fiscal year"),
    ("fiscal_year", 0): N_("this fiscal year"),
    ("fiscal_year", 1): N_("next fiscal year"),
    ("fiscal_year", 2): N_("the fiscal year after next"),
}
_TO_DATE = {
    "week": N_("this week to date"),
    "month": N_("this month to date"),
    "quarter": N_("this quarter to date"),
    "half": N_("this half-year to date"),
    "year": N_("this year to date"),
    "fiscal_year": N_("this fiscal year to date"),
}
_ROLLING = {
    ("last", "day"): (N_("last {n} day"), N_("last {n} days")),
    ("last", "week"): (N_("last {n} week"), N_("last {n} weeks")),
    ("last", "month"): (N_("last {n} month"), N_("last {n} months")),
    ("next", "day"): (N_("next {n} day"), N_("next {n} days")),
    ("next", "week"): (N_("next {n} week"), N_("next {n} weeks")),
    ("next", "month"): (N_("next {n} month"), N_("next {n} months")),
}
# What choosers offer, the usual first.
COMMON = (
    *(Relative("day", by) for by in (0, -1, 1)),
    *(
        Relative(unit, by)
        for unit in ("week", "month", "quarter", "half", "year", "fiscal_year")
        for by in (0, -1, 1)
    ),
    *(Relative("day", by, way) for way in ("last", "next") for by in (7, 30, 90)),
    Relative("month", 12, "last"),
    *(Relative(unit, 0, "to_date") for unit in _TO_DATE),
)

# -- reading ---------------------------------------------------------------------------------------

_DAYS = {
    "today": 0, "今天": 0, "今日": 0, "当天": 0, "yesterday": -1, "昨天": -1, "昨日": -1, "tomorrow": 1, "明天": 1,
    "明日": 1, "前天": -2, "大前天": -3, "后天": 2, "大后天": 3, "the_day_before_yesterday": -2,
    "day_before_yesterday": -2, "the_day_after_tomorrow": 2, "day_after_tomorrow": 2,
}  # fmt: skip
_YEARS = {
    "今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "上一年": -1, "明年": 1, "来年": 1, "下年": 1,
    "下一年": 1, "前年": -2, "后年": 2,
}  # fmt: skip
_UNITS = {
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "fiscal_quarter": "quarter",
    "half": "half", "half_year": "half", "fiscal_half": "half", "year": "year", "calendar_year": "year",
    "fiscal_year": "fiscal_year", "financial_year": "fiscal_year", "fy": "fiscal_year",
    "天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "月份": "month",
    "季": "quarter", "季度": "quarter", "财季": "quarter", "半年": "half", "年": "year", "年度": "fiscal_year",
    "财年": "fiscal_year", "财政年度": "fiscal_year", "会计年度": "fiscal_year",
}  # fmt: skip
_BY = {
    "this": 0, "current": 0, "last": -1, "previous": -1, "next": 1,
    "本": 0, "这": 0, "当": 0, "上": -1, "上上": -2, "下": 1, "下下": 2,
}  # fmt: skip
# Units that a stretch of time is counted in: those that it is made of, and how many of them.
_LENGTHS = {
    "d": ("day", 1), "w": ("week", 1), "m": ("month", 1), "y": ("month", 12), "q": ("month", 3),
    "天": ("day", 1), "日": ("day", 1), "周": ("week", 1), "星期": ("week", 1), "礼拜": ("week", 1),
    "月": ("month", 1), "季度": ("month", 3), "年": ("month", 12),
}  # fmt: skip
_SHORT = {"w": "week", "m": "month", "q": "quarter", "y": "year", "fy": "fiscal_year"}

_ENGLISH_UNIT = r"(week|month|(?:fiscal_)?quarter|(?:fiscal_)?half|half_year|(?:calendar_|fiscal_|financial_)?year|fy)"
_CHINESE_UNIT = r"(周|星期|礼拜|月份?|季度?|财季|半年|年度|财年|财政年度|会计年度)"
_DAYS_AWAY = re.compile(
    r"([+-]\d{1,4})d|(\d{1,4})(?:_days?_ago|[天日]之?前)|in_(\d{1,4})_days?|(\d{1,4})[天日]之?后"
)
_WHOLES = (
    re.compile(rf"(this|current|last|previous|next)_{_ENGLISH_UNIT}"),
    re.compile(rf"(上上?|下下?|本|这|当)(?:一个?|个)?{_CHINESE_UNIT}"),
)
_BEYOND = re.compile(rf"(?:the_)?{_ENGLISH_UNIT}_(before_last|after_next)")
_ROLLS = (
    re.compile(r"(last|past|previous|next|coming)_(\d{1,4})_?([dwmqy])(?:ays?|eeks?|onths?|uarters?|ears?)?"),
    re.compile(r"(近|最近|过去|未来|今后|接下来)的?(\d{1,4}|[一二两三四五六七八九十]{1,3})个?(天|日|周|星期|礼拜|月|季度|年)内?"),
)  # fmt: skip
_HALF_YEAR = re.compile(r"(近|最近|过去|未来|今后|接下来)的?半年内?")
_TILL_NOW = (
    re.compile(rf"(?:this_)?{_ENGLISH_UNIT}_to_date"),
    re.compile(rf"[本这当]个?{_CHINESE_UNIT}(?:初)?(?:至今|以来)"),
)
_AHEAD = {"next", "coming", "未来", "今后", "接下来"}
_OF_YEAR = re.compile(rf"({'|'.join(_YEARS)})(.+)")
_HALF_OF_YEAR = re.compile(r"[上下]半年")


def read(text: str) -> Relative | None:
    """What a word of either language means; None if it is no such word."""
    word = unicodedata.normalize("NFKC", text).strip().lower()
    word = re.sub(r"(?<=\w)[\s_-]+(?=\w)", "_" if word.isascii() else "", word)
    for known, unit in ((_DAYS, "day"), (_YEARS, "year")):
        if word in known:
            return Relative(unit, known[word])
    if found := _DAYS_AWAY.fullmatch(word):
        away = -int(found[2]) if found[2] else int(found[1] or found[3] or found[4])
        return Relative("day", away)
    if _HALF_OF_YEAR.fullmatch(word):
        return None  # the first or second half of this year; see ``period``
    return _whole(word) or _rolling(word) or _to_date(word)


def _whole(word: str) -> Relative | None:
    for pattern in _WHOLES:
        if found := pattern.fullmatch(word):
            return Relative(_UNITS[found[2]], _BY[found[1]])
    if found := _BEYOND.fullmatch(word):
        return Relative(_UNITS[found[1]], -2 if found[2] == "before_last" else 2)
    return None


def _rolling(word: str) -> Relative | None:
    if found := _HALF_YEAR.fullmatch(word):
        return Relative("month", 6, "next" if found[1] in _AHEAD else "last")
    for pattern in _ROLLS:
        if found := pattern.fullmatch(word):
            unit, times = _LENGTHS[found[3]]
            count = count_of(found[2]) * times
            way = "next" if found[1] in _AHEAD else "last"
            return Relative(unit, count, way) if count else None
    return None


def _to_date(word: str) -> Relative | None:
    if (short := word.removesuffix("td")) != word and short in _SHORT:
        return Relative(_SHORT[short], 0, "to_date")
    if word in ("今年以来", "今年至今", "年初至今"):
        return Relative("year", 0, "to_date")
    for pattern in _TILL_NOW:
        if found := pattern.fullmatch(word):
            return Relative(_UNITS[found[1]], 0, "to_date")
    return None


def period(text: str, calendar: FiscalCalendar, today: date | None = None) -> Period | None:
    """The period that a word means today, None if it is no such word; its label names the days.

    Also 去年第二季度, 今年3月, 上半年: parts of a calendar year that is counted from this one.
    """
    now = today or date.today()
    try:
        if found := read(text):
            return found.period(calendar, now)
        word = re.sub(r"\s+", "", text)
        if _HALF_OF_YEAR.fullmatch(word):
            word = f"今年{word}"
        if named := _OF_YEAR.fullmatch(word):
            return calendar.try_parse(f"{now.year + _YEARS[named[1]]:04}年{named[2]}")
    except (ValueError, OverflowError):
        pass
    return None


def parse(text: str, calendar: FiscalCalendar, today: date | None = None) -> Period | None:
    """A period, as it is written or said; ``all`` and nothing mean all of time.

    Words such as this_month are counted from ``today``, the day of this machine if not given.

    Raises:
        Refused: it is neither.
    """
    if not text or text.strip().lower() in ("all", "全部"):
        return None
    made = calendar.try_parse(text) or period(text, calendar, today)
    if made is None:
        raise Refused(
            "bad_period",
            N_(
                "“{text}” is not a period. Write 2017, 2017-H1, 2017-Q2, 2017-03, 2017-W15, 2017-01-01..2017-03-31, this_month or last_30d."
            ),
            text=text,
        )
    return made


def shown(text: str, calendar: FiscalCalendar) -> str:
    """A day or period of a filter as people of the current language read it."""
    if found := read(text):
        return found.text()
    written = calendar.try_parse(text)
    return text if written is None else written.text()
