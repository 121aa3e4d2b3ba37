"""The ways in which people write a value, each with what it means.

A style is chosen once a column (``style``) and then writes one value after the other. What it writes
is a ``Cell``: the raw content beside the truth. Values that no reader can get right (a 30th of
February, a word for an amount) are ``wrong``: they must be reported.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_WIDE = str.maketrans(
    "0123456789.,%()+-:ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "０１２３４５６７８９．，％（）＋－：ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
)


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, what it means, and how it must be treated.

    ``wrong``: it means nothing, so it must be reported; ``open``: it can be read in two ways, so it
    must be right or be asked about; ``free``: what the book holds there follows from other things.
    """

    raw: Any
    truth: Any = None
    fmt: str = ""
    wrong: bool = False
    open: bool = False
    free: bool = False


@dataclass(frozen=True)
class Medium:
    """What a file can hold: typed cells or texts only; how its days are counted."""

    typed: bool
    epoch_1904: bool = False
    formats: bool = True  # a number can be shown with zeros before it


Write = Callable[[Any], Cell]


def wide(text: str) -> str:
    """Full width, as a Chinese keyboard types digits."""
    return text.translate(_WIDE)


def plain(value: Decimal) -> str:
    """Digits without an exponent and without zeros that say nothing."""
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _number(value: Decimal, medium: Medium) -> Any:
    if not medium.typed:
        return plain(value)
    return int(value) if value == value.to_integral_value() else float(value)


# -- amounts -------------------------------------------------------------------------------------


def _grouped(value: Decimal) -> str:
    return f"{value:,.2f}"


def _short(value: Decimal, rnd: random.Random) -> str:
    if abs(value) >= 10_000 and value % 100 == 0:
        return plain(value / 10_000) + rnd.choice(["万", "万元", " 万", "w", "W"])
    return _grouped(value)


def _negative(value: Decimal, rnd: random.Random) -> str:
    body = _grouped(abs(value))
    return rnd.choice(
        [f"({body})", f"（{body}）", f"-{body}", f"-¥{body}", f"(¥{body})", f"－{body}"]
    )


def _amount_text(value: Decimal, rnd: random.Random) -> str:
    if value < 0:
        return _negative(value, rnd)
    return rnd.choice(
        [
            plain(value),
            _grouped(value),
            f"¥{_grouped(value)}",
            f"￥{plain(value)}",
            f"¥ {_grouped(value)}",
            f"{_grouped(value)}元",
            f"RMB {_grouped(value)}",
            f"${_grouped(value)}",
            f" {plain(value)} ",
            wide(plain(value)),
            wide(_grouped(value)),
            _short(value, rnd),
            _short(value, rnd),
            f"{value:.10E}",
        ]
    )


def money(rnd: random.Random, medium: Medium, factor: int = 1) -> Write:
    """Amounts; ``factor`` is what the header says they are counted in."""
    style = rnd.choice(["numbers", "numbers", "grouped", "typed", "mixed"])
    currency = rnd.choice(["#,##0.00", "¥#,##0.00", "General", "#,##0.00_);(#,##0.00)"])

    def write(value: Decimal) -> Cell:
        shown = value / factor
        if factor != 1 or style == "numbers" or (style == "mixed" and rnd.random() < 0.5):
            return Cell(_number(shown, medium), value, currency)
        return Cell(_grouped(value) if style == "grouped" else _amount_text(value, rnd), value)

    return write


def wrong_amount(rnd: random.Random) -> Cell:
    """What stands in columns of numbers and is none."""
    texts = ["面议", "待定", "很多", "12.3.4", "1,23,4", "约5万左右", "五百左右", "TBD", "#DIV/0!"]
    return Cell(rnd.choice(texts), wrong=True)


def quantity(rnd: random.Random, medium: Medium) -> Write:
    """Whole numbers of things."""
    style = rnd.choice(["numbers", "numbers", "typed"])
    unit = rnd.choice(["", "", "台", "件", "个"])

    def write(value: int) -> Cell:
        if style == "numbers":
            return Cell(_number(Decimal(value), medium), value)
        text = rnd.choice(
            [str(value), wide(str(value)), f"{value:,}", f"{value}{unit}", f" {value}"]
        )
        return Cell(text, value)

    return write


def percent(rnd: random.Random, medium: Medium) -> Write:
    """Shares: 0.35, 35 %, or 35 throughout a column."""
    style = rnd.choice(["fraction", "signs", "hundred", "real", "mixed"])

    def write(value: Decimal) -> Cell:
        sign = plain(value * 100) + "%"
        match style:
            case "hundred":
                return Cell(_number(value * 100, medium), value)
            case "signs":
                return Cell(rnd.choice([sign, wide(sign), sign.replace("%", " %")]), value)
            case "mixed":
                return Cell(rnd.choice([sign, _number(value, medium)]), value)
            case "real" if medium.typed:
                return Cell(float(value), value, "0%")
        return Cell(_number(value, medium), value)

    return write


def wrong_percent(rnd: random.Random) -> Cell:
    """What is no share."""
    return Cell(rnd.choice(["高", "不确定", "150%", "-5%", "high"]), wrong=True)


# -- names, numbers that are names, words ------------------------------------------------------------


def phones(rnd: random.Random, medium: Medium) -> Write:
    """Phone numbers; a mobile number is given by its eleven digits, others with their area code."""
    style = rnd.choice(["digits", "numbers", "mixed", "prefixed"])

    def write(value: str) -> Cell:
        if not value.startswith("1"):
            area, rest = value.split("-")
            written = [value, f"({area}){rest}", f"（{area}）{rest}", wide(value)]
            written += [f"+86 {area[1:]} {rest}", f"+86-{value}"]
            return Cell(rnd.choice(written), value)
        if style == "numbers":
            return Cell(int(value) if medium.typed else value, value)
        a, b, c = value[:3], value[3:7], value[7:]
        spaced, dashed = f"{a} {b} {c}", f"{a}-{b}-{c}"
        prefixed = [f"+86 {spaced}", f"+86{value}", f"+86-{dashed}", f"86-{value}", f"0086 {value}"]
        prefixed += [f"(+86){value}", f"（+86）{value}", f"+86 {dashed}"]
        if style == "digits":
            return Cell(value, value)
        if style == "prefixed":
            return Cell(rnd.choice(prefixed), value)
        return Cell(rnd.choice([value, spaced, dashed, wide(value), *prefixed]), value)

    return write


def wrong_phone(rnd: random.Random) -> Cell:
    """What is no number, or one whose digits are lost."""
    return Cell(rnd.choice(["未知", "1.38E+10", "见名片", "12", "没留"]), wrong=True)


def codes(rnd: random.Random, medium: Medium) -> Write:
    """Numbers that are names."""
    style = rnd.choice(["as is", "as is", "wide", "spaces", "number"])

    def write(value: str) -> Cell:
        padded = value.startswith("0")
        if (
            style == "number"
            and value.isdigit()
            and medium.typed
            and (medium.formats or not padded)
        ):
            return Cell(int(value), value, "0" * len(value) if padded else "General")
        if style == "wide" and rnd.random() < 0.3:
            return Cell(wide(value), value)
        if style == "spaces" and rnd.random() < 0.3:
            return Cell(f" {value}　", value)
        return Cell(value, value)

    return write


def wrong_long_code(rnd: random.Random, medium: Medium) -> Cell:
    """A number that a sheet has rounded: its last digits are lost."""
    number = float(rnd.randrange(910_000_000_000_000, 930_000_000_000_000) * 1000 + 123)
    if medium.typed and rnd.random() < 0.5:
        return Cell(number, wrong=True, fmt="0")
    return Cell(f"{number:.5E}", wrong=True)


def emails(rnd: random.Random, medium: Medium) -> Write:
    """Mail addresses."""
    return lambda value: Cell(rnd.choice([value, value, f" {value} "]), value)


def wrong_email(rnd: random.Random) -> Cell:
    """What is no mail address."""
    return Cell(rnd.choice(["没有邮箱", "zhang.qq.com", "同上"]), wrong=True)


def words(rnd: random.Random, medium: Medium) -> Write:
    """Texts and names: as they are, here and there with blanks around them."""
    careless = rnd.random() < 0.3

    def write(value: str) -> Cell:
        if careless and rnd.random() < 0.2:
            return Cell(
                rnd.choice([f" {value}", f"{value} ", f"{value}　", f"\u00a0{value}"]), value
            )
        return Cell(value, value)

    return write


_FLAGS = (
    ("是", "否"), ("√", "×"), ("Y", "N"), ("Yes", "No"), ("有", "无"), ("✓", "✗"), ("1", "0"),
    ("y", "n"), ("对", "错"), ("TRUE", "FALSE"), ("Ｙ", "Ｎ"), ("✔", "✘"), ("yes", "no"),
)  # fmt: skip


def flags(rnd: random.Random, medium: Medium) -> Write:
    """Yes and no."""
    yes, no = rnd.choice(_FLAGS)
    real = medium.typed and rnd.random() < 0.2

    def write(value: bool) -> Cell:
        return Cell(value if real else (yes if value else no), value)

    return write


def wrong_flag(rnd: random.Random) -> Cell:
    """Neither yes nor no."""
    return Cell(rnd.choice(["也许", "不详", "待确认", "?"]), wrong=True)


def choices(rnd: random.Random, medium: Medium, known: dict[str, tuple[str, ...]]) -> Write:
    """One of a few values, by any word that is known for it."""
    word = {code: rnd.choice(list(words)) for code, words in known.items()}
    varied = rnd.random() < 0.3

    def write(value: str) -> Cell:
        text = rnd.choice(list(known[value])) if varied else word[value]
        return Cell(rnd.choice([text, text, text, f" {text}", wide(text)]), value)

    return write


def wrong_choice(rnd: random.Random) -> Cell:
    """None of the values."""
    return Cell(rnd.choice(["不知道", "其他情况", "???"]), wrong=True)


def blank(rnd: random.Random, kind: str) -> Cell:
    """A cell that says nothing; 无 says no where yes and no stand, and is a word among words."""
    marks = ["-", "/", "—", "N/A", "--", "null"]
    marks += ["无", "暂无"] if kind not in ("flag", "text", "long_text") else []
    return Cell(rnd.choice([None, None, None, None, "", "  ", rnd.choice(marks)]))
