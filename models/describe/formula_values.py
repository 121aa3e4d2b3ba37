"""Working a formula out for one record: exactly, in whole numbers, and rounded once at the end.

Numbers are fractions of integers, so that nothing is lost on the way: 1/3*3 is 1. The result is kept
as fields keep it: six decimals, half away from zero. What can't be worked out (a division by zero, a
day that there is not, an empty day) is empty. The engine calls ``value`` for every row; a formula is
prepared once, from the text that stands in the statement.

Where small differences decide (comparisons, INT, MOD) numbers count as cells hold them, with six
decimals; so the same formula in a sheet, which reckons in binary fractions, decides alike.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from models import money
from models.describe import formula
from models.describe.formula_kinds import NUMERIC, Source, Typed, typed

Run = Callable[[Sequence[Any]], Any]
Ratio = tuple[int, int]  # a number as a fraction; the second is never below 1
FIRST_DAY = date(1900, 3, 1).toordinal()  # before it the days of sheets are off by one
LAST_DAY = date.max.toordinal()
_SCALE = money.SCALE
_LARGE = 20_000  # bits of a fraction from which nobody means the number
_POWER = 64
LONGEST_TEXT = 32_767  # that a cell of a sheet holds


class Unworkable(ArithmeticError):
    """There is no value: what a sheet shows as an error."""


_FAULTS = (ArithmeticError, ValueError)


def nearest(number: int, by: int) -> int:
    """The whole number nearest to a fraction, half away from zero."""
    half = (2 * abs(number) + by) // (2 * by)
    return half if number >= 0 else -half


def six(ratio: Ratio) -> int:
    """Millionths of a number, as cells hold it."""
    return nearest(ratio[0] * _SCALE, ratio[1])


# -- fields --------------------------------------------------------------------------------------


def _loaded(kind: str) -> Callable[[Any], Any]:
    """How a stored value, not empty, is read."""
    match kind:
        case "integer":
            return lambda stored: (stored, 1)
        case "number" | "money" | "percent":
            return lambda stored: (stored, _SCALE)
        case "date":
            return lambda stored: date.fromisoformat(stored).toordinal()
        case "instant":
            return lambda stored: datetime.fromisoformat(stored).astimezone().date().toordinal()
        case "flag":
            return bool
    return str


def _place(source: Source) -> int:
    """The place of a field among the values: its path is its place in prepared formulas."""
    return int(source.path[1:])


def _empty_as(source: Source) -> Any:
    """What an empty field counts as; None where nothing can be worked out with it."""
    if source.strict and source.kind != "text":
        return None
    if source.kind in NUMERIC:
        return (0, 1)
    if source.kind in ("date", "instant"):
        return None
    return False if source.kind == "flag" else ""


def _ref(part: Typed) -> Run:
    assert part.source is not None
    at, load, usual = _place(part.source), _loaded(part.source.kind), _empty_as(part.source)

    def run(values: Sequence[Any]) -> Any:
        stored = values[at]
        if stored is not None:
            return load(stored)
        if usual is None:
            raise Unworkable
        return usual

    return run


# -- numbers -------------------------------------------------------------------------------------


def _checked(number: int, by: int) -> Ratio:
    if by.bit_length() > _LARGE or number.bit_length() > _LARGE:
        raise Unworkable
    return number, by


def _plus(left: Ratio, right: Ratio) -> Ratio:
    (a, b), (c, d) = left, right
    return (a + c, b) if b == d else _checked(a * d + c * b, b * d)


def _minus(left: Ratio, right: Ratio) -> Ratio:
    (a, b), (c, d) = left, right
    return (a - c, b) if b == d else _checked(a * d - c * b, b * d)


def _times(left: Ratio, right: Ratio) -> Ratio:
    return _checked(left[0] * right[0], left[1] * right[1])


def _over(left: Ratio, right: Ratio) -> Ratio:
    number, by = left[0] * right[1], left[1] * right[0]
    if by == 0:
        raise Unworkable
    return _checked(number, by) if by > 0 else _checked(-number, -by)


def _power(left: Ratio, right: Ratio) -> Ratio:
    (a, b), (c, d) = left, right
    if c % d:
        return _root(left, right)
    exponent = c // d
    if abs(exponent) > _POWER or (a == 0 and exponent <= 0):
        raise Unworkable
    if a.bit_length() * abs(exponent) > _LARGE or b.bit_length() * abs(exponent) > _LARGE:
        raise Unworkable
    if exponent >= 0:
        return a**exponent, b**exponent
    number, by = b**-exponent, a**-exponent
    return (number, by) if by > 0 else (-number, -by)


def _root(left: Ratio, right: Ratio) -> Ratio:
    """A power with a broken exponent, to the fifteen digits that a sheet has too."""
    base = left[0] / left[1]
    if base < 0:
        raise Unworkable
    made = base ** (right[0] / right[1])
    if not math.isfinite(made):
        raise Unworkable
    found = Fraction(f"{made:.15g}")
    return found.numerator, found.denominator


def _rounded(number: Ratio, places: Ratio) -> Ratio:
    at = _truncated(places)
    if abs(at) > 30:
        raise Unworkable
    if at >= 0:
        return nearest(number[0] * 10**at, number[1]), 10**at
    return nearest(number[0], number[1] * 10**-at) * 10**-at, 1


def _truncated(number: Ratio) -> int:
    whole = abs(number[0]) // number[1]
    return whole if number[0] >= 0 else -whole


def _whole(number: Ratio) -> Ratio:
    return six(number) // _SCALE, 1


def _left_over(number: Ratio, by: Ratio) -> Ratio:
    divisor = six(by)
    if not divisor:
        raise Unworkable
    return six(number) % divisor, _SCALE


def _key(value: Any) -> Any:
    """What numbers and days are compared by."""
    return six(value) if isinstance(value, tuple) else value


# -- texts ---------------------------------------------------------------------------------------


def _count(number: Ratio) -> int:
    made = _truncated(number)
    if made < 0:
        raise Unworkable
    return made


def _first(text: str, count: Ratio = (1, 1)) -> str:
    return text[: _count(count)]


def _last(text: str, count: Ratio = (1, 1)) -> str:
    wanted = _count(count)
    return text[-wanted:] if wanted else ""


def _middle(text: str, start: Ratio, count: Ratio) -> str:
    at = _count(start) - 1
    if at < 0:
        raise Unworkable
    return text[at : at + _count(count)]


def _trimmed(text: str) -> str:
    return " ".join(one for one in text.split(" ") if one)


def _contains(text: str, part: str) -> bool:
    return part.lower() in text.lower()


def _same_text(left: str, right: str) -> bool:
    return left.lower() == right.lower()


def _text_of(kind: str) -> Callable[[Any], str]:
    if kind == "date":
        return lambda value: date.fromordinal(_day(value)).isoformat()
    return lambda value: money.plain(money.from_scaled(six(value)))


# -- days ----------------------------------------------------------------------------------------


def _day(ordinal: int) -> int:
    if not FIRST_DAY <= ordinal <= LAST_DAY:
        raise Unworkable
    return ordinal


def _later(day: int, number: Ratio) -> int:
    return day + number[0] // number[1]  # whether there is such a day is asked at the end


def _earlier(day: int, number: Ratio) -> int:
    return _later(day, (-number[0], number[1]))


def _between(end: int, start: int) -> Ratio:
    return end - start, 1


def _months_later(day: int, months: Ratio) -> int:
    start = date.fromordinal(_day(day))
    year, month = divmod(start.year * 12 + start.month - 1 + _truncated(months), 12)
    last = calendar.monthrange(year, month + 1)[1]
    return _day(date(year, month + 1, min(start.day, last)).toordinal())


def _date(year: Ratio, month: Ratio, day: Ratio) -> int:
    at, in_year = divmod(_truncated(year) * 12 + _truncated(month) - 1, 12)
    if _truncated(year) < 1900:
        raise Unworkable
    return _day(date(at, in_year + 1, 1).toordinal() + _truncated(day) - 1)


def _part_of_day(name: str) -> Callable[[int], Ratio]:
    return lambda day: (int(getattr(date.fromordinal(_day(day)), name)), 1)


# -- putting it together -------------------------------------------------------------------------

_PLAIN: dict[str, Callable[..., Any]] = {
    "+": _plus,
    "-": _minus,
    "*": _times,
    "/": _over,
    "^": _power,
    "negative": lambda number: (-number[0], number[1]),
    "percent": lambda number: (number[0], number[1] * 100),
    "join": lambda left, right: left + right,
    "days+": _later,
    "days-": _earlier,
    "AND": lambda *all_: all(all_),
    "OR": lambda *all_: any(all_),
    "NOT": lambda one: not one,
    "ROUND": _rounded,
    "ABS": lambda number: (abs(number[0]), number[1]),
    "MIN": lambda *all_: min(all_, key=_key),
    "MAX": lambda *all_: max(all_, key=_key),
    "INT": _whole,
    "MOD": _left_over,
    "LEN": lambda text: (len(text), 1),
    "LEFT": _first,
    "RIGHT": _last,
    "MID": _middle,
    "CONCAT": lambda *all_: "".join(all_),
    "UPPER": lambda text: text.upper(),
    "LOWER": lambda text: text.lower(),
    "TRIM": _trimmed,
    "CONTAINS": _contains,
    "YEAR": _part_of_day("year"),
    "MONTH": _part_of_day("month"),
    "DAY": _part_of_day("day"),
    "DAYS": _between,
    "DATE": _date,
    "TODAY": lambda: date.today().toordinal(),
    "EDATE": _months_later,
}
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def built(part: Typed) -> Run:
    """What works a part out; None comes only from a branch that says ``""``."""
    match part.op:
        case "ref":
            return _ref(part)
        case "number":
            found = Fraction(part.value)
            number = found.numerator, found.denominator
            return lambda values: number
        case "text" | "flag":
            constant = part.value
            return lambda values: constant
        case "empty":
            return lambda values: None
        case "ISBLANK":
            return _blank(part.parts[0])
    own = _OWN.get(part.op)
    return own(part) if own is not None else _applied(part)


def _needed(part: Typed) -> Run:
    """A part that must have a value: ``""`` is the empty text, but no number and no day."""
    run = built(part)
    if not part.may_be_empty:
        return run
    if part.kind in ("text", "empty"):
        return lambda values: run(values) or ""

    def needed(values: Sequence[Any]) -> Any:
        value = run(values)
        if value is None:
            raise Unworkable
        return value

    return needed


def _applied(part: Typed) -> Run:
    """A plain function of its parts, all of which are worked out."""
    act = _PLAIN[part.op]
    runs = [_needed(one) for one in part.parts]
    if len(runs) == 1:
        [only] = runs
        return lambda values: act(only(values))
    if len(runs) == 2:
        first, second = runs
        return lambda values: act(first(values), second(values))
    return lambda values: act(*[run(values) for run in runs])


def _blank(part: Typed) -> Run:
    if part.op == "ref":
        assert part.source is not None
        at = _place(part.source)
        return lambda values: values[at] is None or values[at] == ""
    run = built(part)
    return lambda values: run(values) in (None, "")


def _if(part: Typed) -> Run:
    holds, yes = _needed(part.parts[0]), built(part.parts[1])
    no: Run = built(part.parts[2]) if len(part.parts) > 2 else lambda values: None
    return lambda values: yes(values) if holds(values) else no(values)


def _if_error(part: Typed) -> Run:
    wanted, instead = map(built, part.parts)

    def run(values: Sequence[Any]) -> Any:
        try:
            return wanted(values)
        except _FAULTS:
            return instead(values)

    return run


def _if_blank(part: Typed) -> Run:
    blank, wanted, instead = _blank(part.parts[0]), *map(built, part.parts)
    return lambda values: instead(values) if blank(values) else wanted(values)


def _as_text(part: Typed) -> Run:
    """A number or day written out; an empty field gives nothing."""
    [inner] = part.parts
    run, write = built(inner), _text_of(inner.kind)
    if inner.op == "ref":
        blank = _blank(inner)
        return lambda values: "" if blank(values) else write(run(values))

    def written(values: Sequence[Any]) -> str:
        value = run(values)
        return "" if value is None else write(value)

    return written


def _compared(part: Typed) -> Run:
    left, right = map(_needed, part.parts)
    kinds = {one.kind for one in part.parts}
    if kinds == {"text"}:
        same = part.value == "="
        return lambda values: _same_text(left(values), right(values)) is same
    test = _COMPARE[part.value]
    return lambda values: test(_key(left(values)), _key(right(values)))


_OWN: dict[str, Callable[[Typed], Run]] = {
    "IF": _if,
    "IFERROR": _if_error,
    "IFBLANK": _if_blank,
    "as_text": _as_text,
    "compare": _compared,
}


# -- for the engine ------------------------------------------------------------------------------


def _kept(kind: str) -> Callable[[Any], int | str | None]:
    """A result as a field of a kind keeps it."""
    match kind:
        case "integer":
            return lambda value: _in_range(nearest(*value))
        case "number" | "money" | "percent":
            return lambda value: _in_range(six(value))
        case "date":
            return lambda value: date.fromordinal(_day(value)).isoformat()
        case "flag":
            return int
    return lambda value: value if 0 < len(value) <= LONGEST_TEXT else None


def _in_range(whole: int) -> int:
    if abs(whole) > money.LARGEST:
        raise Unworkable
    return whole


def header(kind: str, sources: Sequence[Source]) -> str:
    """The head of a prepared formula: its result's kind, and its fields' kinds in their order."""
    return ",".join([kind, *(one.kind + "!" * one.strict for one in sources)])


@lru_cache(maxsize=4096)
def prepared(program: str) -> Run:
    """What works a prepared formula out: ``kind,kinds of its fields:formula over a0, a1…``."""
    head, _, body = program.partition(":")
    kind, *kinds = head.split(",")
    sources = {
        f"a{at}": Source(f"a{at}", one.rstrip("!"), one.endswith("!"))
        for at, one in enumerate(kinds)
    }
    tree = typed(formula.parse(body), lambda ref: sources[ref.path[0]])
    run, keep = _needed(tree) if tree.kind == "text" else built(tree), _kept(kind)

    def result(values: Sequence[Any]) -> int | str | None:
        try:
            made = run(values)
            return None if made is None else keep(made)
        except _FAULTS:
            return None

    return result


def value(program: str, *values: Any) -> int | str | None:
    """The function ``formula`` of the engine: a record's value as a field keeps it, None for empty."""
    made: int | str | None = prepared(program)(values)
    return made
