"""The ways in which people write days and moments, each with what it means."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.sheets.messy.forms import Cell, Medium, Write, wide

_SHORT = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _year_first(value: date, rnd: random.Random) -> str:
    y, m, d = value.year, value.month, value.day
    return rnd.choice(
        [
            f"{y}-{m:02}-{d:02}",
            f"{y}-{m}-{d}",
            f"{y}/{m}/{d}",
            f"{y}/{m:02}/{d:02}",
            f"{y}.{m}.{d}",
            f"{y}.{m:02}.{d:02}",
            f"{y}年{m}月{d}日",
            f"{y}年{m:02}月{d:02}日",
            f" {y}-{m}-{d} ",
            wide(f"{y}-{m:02}-{d:02}"),
            f"{wide(str(y))}年{wide(str(m))}月{wide(str(d))}日",
            f"{y}-{m:02}-{d:02} 00:00:00",
            f"{y} 年 {m} 月 {d} 日",
        ]
    )


def _serial(value: date | datetime, medium: Medium) -> float:
    start = datetime(1904, 1, 1) if medium.epoch_1904 else datetime(1899, 12, 30)
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return (moment - start) / timedelta(days=1)


_DAY_FORMATS = ("yyyy-mm-dd", "yyyy/m/d", "m/d/yyyy", "d-mmm-yy", 'yyyy"年"m"月"d"日"', "mm-dd-yy")


def days(rnd: random.Random, medium: Medium, values: list[date]) -> Write:
    """Days; how a whole column is written decides what its cells mean."""
    styles = ["iso", "one", "mixed", "mdy", "dmy", "digits", "named"]
    styles += ["real", "real", "serial", "jumble"] if medium.typed else []
    style = rnd.choice(styles)
    format = rnd.choice(_DAY_FORMATS)
    mark = rnd.choice(["/", "/", "-", "."])
    padded = rnd.random() < 0.4
    seed = rnd.random()
    # Nothing decides a column in which no day is beyond the twelfth.
    undecided = style in ("mdy", "dmy") and all(one.day <= 12 for one in values)

    def short(value: date) -> str:
        one, two = (value.month, value.day) if style == "mdy" else (value.day, value.month)
        width = 2 if padded else 1
        return f"{one:0{width}}{mark}{two:0{width}}{mark}{value.year}"

    def digits(value: date) -> Any:
        text = value.strftime("%Y%m%d")
        return int(text) if medium.typed and seed < 0.5 else text

    def named(value: date) -> str:
        month = _MONTHS[value.month - 1]
        texts = (f"{value.day}-{month}-{value.year}", f"{month} {value.day}, {value.year}")
        return texts[seed < 0.5]

    def jumble(value: date) -> Any:
        return rnd.choice([_year_first(value, rnd), int(_serial(value, medium)), value, value])

    raw: Callable[[date], Any] = {
        "iso": date.isoformat,
        "one": lambda value: _year_first(value, random.Random(seed)),
        "mixed": lambda value: _year_first(value, rnd),
        "mdy": short,
        "dmy": short,
        "digits": digits,
        "named": named,
        "real": lambda value: value,
        "serial": lambda value: int(_serial(value, medium)),
        "jumble": jumble,
    }[style]
    return lambda value: Cell(raw(value), value, format, open=undecided)


def opened(cells: list[Cell]) -> list[Cell]:
    """The cells of a column; its days are open if what would have decided their order is gone."""
    parts = {
        at: (int(found[1]), int(found[2]))
        for at, one in enumerate(cells)
        if isinstance(one.raw, str)
        and not one.wrong
        and (found := _SHORT.match(unicodedata.normalize("NFKC", one.raw)))
    }
    if any(part > 12 for both in parts.values() for part in both):
        return cells
    return [replace(one, open=True) if at in parts else one for at, one in enumerate(cells)]


def wrong_day(rnd: random.Random) -> Cell:
    """Days that no calendar has, and words."""
    texts = [
        "2024-02-30",
        "2024年13月1日",
        "2023/2/29",
        "待定",
        "下周",
        "月底",
        "2024.4.31",
        "尽快",
    ]
    return Cell(rnd.choice(texts), wrong=True)


def moments(rnd: random.Random, medium: Medium, values: list[datetime]) -> Write:
    """Days with a time."""
    styles = ["minutes", "seconds", "chinese", "half", "mixed", "mdy"]
    styles += ["real", "real", "serial"] if medium.typed else []
    style = rnd.choice(styles)
    undecided = style == "mdy" and all(one.day <= 12 for one in values)

    def text(value: datetime, which: str) -> str:
        y, m, d, hour, minute = value.year, value.month, value.day, value.hour, value.minute
        match which:
            case "seconds":
                return f"{y}/{m}/{d} {hour:02}:{minute:02}:00"
            case "chinese":
                return f"{y}年{m}月{d}日 {hour}:{minute:02}"
            case "half":
                half = "上午" if hour < 12 else "下午"
                return f"{y}-{m:02}-{d:02} {half}{(hour - 1) % 12 + 1}:{minute:02}"
            case "mdy":
                half = "AM" if hour < 12 else "PM"
                return f"{m}/{d}/{y} {(hour - 1) % 12 + 1}:{minute:02} {half}"
        return f"{y}-{m:02}-{d:02} {hour:02}:{minute:02}"

    def write(value: datetime) -> Cell:
        if style == "real":
            return Cell(value, value, "yyyy-mm-dd hh:mm")
        if style == "serial":
            return Cell(round(_serial(value, medium), 9), value)
        which = rnd.choice(["minutes", "seconds", "chinese", "half"]) if style == "mixed" else style
        return Cell(text(value, which), value, open=undecided)

    return write
