"""Reading values the way people type them, in Chinese and English offices.

Pure functions from a cell (text, number, date) to a value; what can't be read raises ``Unreadable``
and is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from models.texts import N_


class Unreadable(ValueError):
    """A value that is not of the wanted kind: a stable code and a message with its values."""

    def __init__(self, code: str, template: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.template = template
        self.values = values


@dataclass(frozen=True)
class CellFormat:
    """What the whole column says about its cells."""

    date_order: str = "ymd"
    decimal_comma: bool = False
    factor: Decimal = Decimal(1)
    percent: bool = False  # plain numbers are 0…100
    unclear: bool = False  # …and beside them stand plain fractions, which may be either
    serial_1904: bool = False
    exact: bool = False  # a sheet of our own: "null" in it is a word
    guarded: bool = False  # texts that a sheet would calculate carry an apostrophe
    foreign: bool = False  # ids in it are another book's
    answers: bool = (
        False  # a question of a questionnaire: what services write for no answer is none
    )


PLAIN = CellFormat()
_DASHES = {"", "-", "--", "---", "—", "——", "–", "/", "//", "\\", "null", "n/a", "#n/a"}
_DASHES |= {"(空)", "(跳过)", "(未填)"}  # what questionnaire services write for no answer
# What they write where options stand as numbers, and for whom nobody knows.
UNANSWERED = {"-2", "-3", "anonymous", "匿名", "匿名用户", "微信用户"}
_BLANKS = _DASHES | {"na", "none", "nil", "无", "空", "暂无"}
_WORDED = {"text", "long_text", "tags"}  # “none” may be what somebody wants to say there
_UNITS = {
    "万": 10_000,
    "亿": 100_000_000,
    "千": 1000,
    "k": 1000,
    "m": 1_000_000,
    "百万": 1_000_000,
    "w": 10_000,
    "千万": 10_000_000,
    "million": 1_000_000,
}
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])?(?:rmb|cny|usd|eur|gbp|hk\$|us\$|nt\$|[¥￥$€£])?(?P<sign2>[+-])?"
    r"(?P<body>\d[\d,]*\.?\d*(?:e[+-]?\d+)?|\.\d+)(?P<percent>%|％)?"
    r"(?P<unit>千万|百万|万|亿|千|million|[kmw])?(?:元|块|rmb|cny|usd|个|件|台|套|人|家|年|天|分钟|小时|次|pcs)?(?P<close>\))?"
)
_GROUPED = re.compile(
    r"\d{1,3}(,\d{3})+(\.\d+)?|\d{1,4}(,\d{4})+(\.\d+)?|\d+(\.\d*)?(e[+-]?\d+)?|\.\d+"
)


def fold(raw: object) -> str:
    """Text in half width without outer blanks."""
    found = raw if isinstance(raw, str) else str(raw)
    return found.strip() if found.isascii() else unicodedata.normalize("NFKC", found).strip()


def is_blank(raw: object, kind: str = "text") -> bool:
    """Whether a cell says nothing: a dash or NULL nowhere, a word for nothing where no texts stand."""
    if raw is None:
        return True
    if not isinstance(raw, str):
        return False
    bare = raw.strip()
    if not bare:
        return True
    if len(bare) > 6:
        return False
    low = fold(bare).lower()
    if kind in _WORDED or (kind == "flag" and low in _NO):
        return low in _DASHES
    return low in _BLANKS


def number(raw: object, fmt: CellFormat = PLAIN) -> Decimal:
    """A decimal number.

    Raises:
        Unreadable: ``not_a_number``.
    """
    if isinstance(raw, Decimal):
        return raw * fmt.factor
    if isinstance(raw, bool | date | time):
        raise _not_number(raw)
    if isinstance(raw, int):
        return _scaled(Decimal(raw), fmt)
    if isinstance(raw, float):
        if raw != raw or raw in (float("inf"), float("-inf")):
            raise _not_number(raw)
        return _scaled(Decimal(f"{raw:.15g}"), fmt)  # a sheet knows 15 digits
    return _typed(str(raw), fmt)


def _typed(raw: str, fmt: CellFormat) -> Decimal:
    bare = (
        fold(raw)
        .lower()
        .replace(" ", "")
        .replace("\u00a0", "")
        .replace("'", "")
        .replace("−", "-")
        .replace("，", ",")
    )
    if fmt.decimal_comma:
        bare = bare.replace(".", "").replace(",", ".")
    found = _NUMBER.fullmatch(bare)
    if (
        found is None
        or bool(found["open"]) != bool(found["close"])
        or not _GROUPED.fullmatch(found["body"])
    ):
        raise _not_number(raw)
    try:
        value = Decimal(found["body"].replace(",", ""))
    except InvalidOperation:
        raise _not_number(raw) from None
    if "-" in (found["sign"], found["sign2"]) or found["open"]:
        value = -value
    if found["percent"]:
        return value / 100
    unit = found["unit"]
    if unit:
        return value * _UNITS[unit]
    return _scaled(value, fmt)


def _scaled(value: Decimal, fmt: CellFormat) -> Decimal:
    if fmt.unclear and 0 < abs(value) < 1:
        raise Unreadable(
            "unclear_percent",
            N_("“{value}” may be a fraction or a percentage; write it with %."),
            value=value,
        )
    if fmt.percent:
        return value / 100
    return value * fmt.factor if fmt.factor != 1 else value


def _not_number(raw: object) -> Unreadable:
    return Unreadable("not_a_number", N_("“{value}” is not a number."), value=raw)


def whole(raw: object, fmt: CellFormat = PLAIN) -> int:
    """A whole number.

    Raises:
        Unreadable: ``not_a_number`` or ``not_whole``.
    """
    if isinstance(raw, int) and not isinstance(raw, bool) and fmt.factor == 1:
        return raw
    value = number(raw, fmt)
    if value != value.to_integral_value():
        raise Unreadable("not_whole", N_("“{value}” is not a whole number."), value=raw)
    return int(value)


_YMD = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:\s*(?:星期|周).)?(.*)",
    re.DOTALL,
)
_SHORT = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{1,2})(?!\d)(.*)", re.DOTALL)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NAMED = re.compile(
    r"(?:(\d{1,2})[ -]([a-z]{3,9})\.?[ ,-]+(\d{4}|\d{2})|([a-z]{3,9})\.? (\d{1,2}),? (\d{4}))(.*)",
    re.DOTALL,
)
_MONTHS = {
    name: at
    for at, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_TIME = re.compile(
    r"[T ]*(上午|下午|am|pm)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*(Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)


def day(raw: object, order: str = "ymd", *, epoch_1904: bool = False) -> date:
    """A day; ``order`` decides 3/5/2024 and 24/3/5.

    Raises:
        Unreadable: ``not_a_date``.
    """
    return _day_and_rest(raw, order, epoch_1904)[0]


def _day_and_rest(raw: object, order: str, epoch_1904: bool) -> tuple[date, str]:
    if isinstance(raw, datetime):
        return raw.date(), raw.strftime("%H:%M:%S")
    if isinstance(raw, date):
        return raw, ""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if float(raw).is_integer() and 19000101 <= raw <= 21991231:
            return _make(str(int(raw)), raw, order), ""
        return _serial(float(raw), epoch_1904, raw)
    bare = fold(raw)
    if found := _YMD.fullmatch(bare):
        return _build(int(found[1]), int(found[2]), int(found[3]), raw), found[4]
    if found := _SHORT.fullmatch(bare):
        return _short(found, order, raw), found[4]
    if _DIGITS.fullmatch(bare):
        return _make(bare, raw, order), ""
    if found := _NAMED.fullmatch(bare.lower()):
        return _named_month(found, raw), found[7]
    if re.fullmatch(r"\d{5}(\.\d+)?", bare):
        return _serial(float(bare), epoch_1904, raw)
    raise _not_date(raw)


def _named_month(found: re.Match[str], raw: object) -> date:
    day_no, name, year_no = (
        (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    )
    month_no = _MONTHS.get(name[:3])
    if not month_no:
        raise _not_date(raw)
    return _build(_century(int(year_no)), month_no, int(day_no), raw)


def _make(digits: str, raw: object, order: str) -> date:
    found = _DIGITS.fullmatch(digits)
    if not found:
        raise _not_date(raw)
    return _build(int(found[1]), int(found[2]), int(found[3]), raw)


def _short(found: re.Match[str], order: str, raw: object) -> date:
    one, two, three = int(found[1]), int(found[2]), int(found[3])
    if len(found[3]) < 4 and order == "ymd":
        return _build(_century(one), two, three, raw)
    if len(found[3]) == 1:
        raise _not_date(raw)
    if order == "dmy":
        return _build(_century(three), two, one, raw)
    return _build(_century(three), one, two, raw)


def _century(short: int) -> int:
    return short if short > 99 else (2000 + short if short < 70 else 1900 + short)


def _build(year: int, month: int, day_no: int, raw: object) -> date:
    try:
        return date(year, month, day_no)
    except ValueError:
        raise _not_date(raw) from None


def _serial(value: float, epoch_1904: bool, raw: object) -> tuple[date, str]:
    """A day as Excel counts them; only plausible ones (1927…2118)."""
    if not 10_000 <= value < 80_000:
        raise _not_date(raw)
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)
    moment_of = start + timedelta(days=value)
    moment_of += timedelta(milliseconds=500)  # a sheet's fractions of a day are never quite exact
    return moment_of.date(), moment_of.strftime("%H:%M:%S")


def _not_date(raw: object) -> Unreadable:
    return Unreadable(
        "not_a_date", N_("“{value}” is not a date. Write it as 2024-03-05."), value=raw
    )


def moment(raw: object, order: str = "ymd", *, epoch_1904: bool = False) -> datetime:
    """A moment in UTC; without a zone it is local time.

    Raises:
        Unreadable: ``not_a_date``.
    """
    if isinstance(raw, datetime):
        return raw.astimezone(UTC)
    on, rest = _day_and_rest(raw, order, epoch_1904)
    rest = rest.strip()
    if not rest:
        return datetime.combine(on, time()).astimezone(UTC)
    found = _TIME.fullmatch(rest)
    if not found:
        raise _not_date(raw)
    hour, half = int(found[2]), (found[1] or found[5] or "").lower()
    if half in ("下午", "pm") and hour < 12:
        hour += 12
    if half in ("上午", "am") and hour == 12:
        hour = 0
    try:
        made = datetime.combine(on, time(hour, int(found[3]), int(found[4] or 0)))
    except ValueError:
        raise _not_date(raw) from None
    if zone := found[6]:
        return datetime.fromisoformat(
            f"{made.isoformat()}{'+00:00' if zone in 'Zz' else zone}"
        ).astimezone(UTC)
    return made.astimezone(UTC)


_YES = {
    "是",
    "√",
    "✓",
    "✔",
    "v",
    "y",
    "yes",
    "true",
    "1",
    "有",
    "启用",
    "对",
    "on",
    "t",
    "正常",
    "有效",
}
_NO = {
    "否",
    "×",
    "✗",
    "✘",
    "x",
    "n",
    "no",
    "false",
    "0",
    "无",
    "禁用",
    "停用",
    "错",
    "off",
    "f",
    "没有",
    "无效",
}


def flag(raw: object, fmt: CellFormat = PLAIN) -> bool:
    """Yes or no.

    Raises:
        Unreadable: ``not_a_flag``.
    """
    if isinstance(raw, bool):
        return raw
    bare = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else fold(raw).lower()
    if bare in _YES:
        return True
    if bare in _NO:
        return False
    raise Unreadable("not_a_flag", N_("“{value}” is neither yes nor no."), value=raw)


def text(raw: object, fmt: CellFormat = PLAIN) -> str:
    """Text as typed, without outer blanks; a whole number without its .0."""
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else f"{raw:.15g}"
    return str(raw)


def code(raw: object, fmt: CellFormat = PLAIN) -> str:
    """A number that is a name: zeros and case kept, ``13085.0`` is ``13085``.

    Raises:
        Unreadable: ``damaged_number``, a sheet has rounded it, as it does beyond 15 digits.
    """
    if isinstance(raw, str):
        bare = fold(raw)
        if re.fullmatch(r"\d+\.0", bare):
            return bare[:-2]
        if re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", bare):
            raise _damaged(raw)
        return bare
    if isinstance(raw, float) and abs(raw) >= 1e15:
        raise _damaged(f"{raw:.0f}")
    return text(raw)


def _damaged(raw: str) -> Unreadable:
    return Unreadable(
        "damaged_number",
        N_(
            "“{value}” was shortened by the program that wrote the file; its digits are lost there."
        ),
        value=raw,
    )


def phone(raw: object, fmt: CellFormat = PLAIN) -> str:
    """A phone number as people write it within China: without +86, an area code with its zero.

    Raises:
        Unreadable: ``not_a_phone``, ``damaged_number``.
    """
    bare = code(raw)
    home = re.sub(r"^((\+86|0086|\(\+?86\)|86[- ])[- ]?)+(?=[\d(])", "", bare)
    # Abroad an area code loses its zero; mobile numbers begin with 1, free ones with 400 or 800.
    bare = "0" + home if home != bare and re.match(r"(?!400|800)[2-9]|10[- ]", home) else home
    digits = re.sub(r"\D", "", bare)
    if not 3 <= len(digits) <= 24:
        raise Unreadable("not_a_phone", N_("“{value}” is not a phone number."), value=raw)
    if re.fullmatch(r"1\d{2}[- ]\d{4}[- ]\d{4}", bare):
        return digits
    return bare


_PARSERS = {
    "number": number,
    "money": number,
    "percent": number,
    "integer": whole,
    "flag": flag,
    "code": code,
    "phone": phone,
}


def parse(kind: str, raw: object, fmt: CellFormat = PLAIN) -> object:
    """A cell as a value of a kind, with what the column says about it.

    Raises:
        Unreadable: it is not of the kind.
    """
    if kind == "date":
        return day(raw, fmt.date_order, epoch_1904=fmt.serial_1904)
    if kind == "instant":
        return moment(raw, fmt.date_order, epoch_1904=fmt.serial_1904)
    if kind == "email":
        value = text(raw)
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
            raise Unreadable("not_an_email", N_("“{value}” is not a mail address."), value=value)
        return value
    if kind == "tags":
        words = [one.strip() for one in re.split(r"[,，;；、|\n]", text(raw))]
        return ", ".join(dict.fromkeys(one for one in words if one))
    return _PARSERS.get(kind, text)(raw, fmt)
