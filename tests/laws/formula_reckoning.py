"""Formulas reckoned a second time, in fractions, days and texts of Python: what the laws hold against."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from models.describe.formula import Binary, Call, Node, Number, Ref, Sign, Text, Truth

FIELDS = {
    "x_数": "number", "x_额": "money", "x_率": "percent", "x_整": "integer", "x_日": "date",
    "x_期": "date", "x_文": "text", "x_字": "text", "x_是": "flag", "x_选": "choice",
}  # fmt: skip
CHOICES = ("金", "银", "B & C")
FIRST, LAST = date(1900, 3, 1), date.max
LARGEST = 2**63 - 1


_ONE = Number(Decimal(1))


class NoValue(Exception):
    """What a sheet shows as an error."""


# -- reckoning -----------------------------------------------------------------------------------


def half_away(value: Fraction) -> int:
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def six(value: Fraction) -> Fraction:
    return Fraction(half_away(value * 10**6), 10**6)


def plain(value: Fraction) -> str:
    scaled = half_away(value * 10**6)
    text = f"{Decimal(scaled).scaleb(-6):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


class Day(int):
    """A day by its number; also days that no calendar has."""

    def real(self) -> date:
        if not FIRST.toordinal() <= self <= LAST.toordinal():
            raise NoValue
        return date.fromordinal(self)


def months_on(day: date, months: int) -> Day:
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    if not 1 <= year <= 9999:
        raise NoValue
    made = date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return Day(Day(made.toordinal()).real().toordinal())


def worded(node: Node) -> bool:
    """Whether it gives a text."""
    match node:
        case Ref(path):
            return FIELDS[path[0]] in ("text", "choice")
        case Text(value):
            return bool(value)
        case Binary(op):
            return op == "&"
        case Call(name, parts) if name in ("IF", "IFERROR", "IFBLANK"):
            return any(map(worded, parts[1:] if name == "IF" else parts))
        case Call(name):
            return name in ("LEFT", "RIGHT", "MID", "CONCAT", "UPPER", "LOWER", "TRIM")
    return False


class Reckoner:
    """Values of one row: numbers as Fraction, days, texts, truths; None for empty."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.row = row

    def whole(self, node: Node, kind: str) -> Any:
        """What a field of a kind shows."""
        try:
            value = self.of(node)
            value = value.real() if isinstance(value, Day) else value
        except NoValue:
            return None
        if value is None or value == "":
            return None
        if kind == "integer":
            return half_away(value)
        if isinstance(value, Fraction) and not isinstance(value, bool):
            scaled = half_away(value * 10**6)
            return None if abs(scaled) > LARGEST else Decimal(scaled).scaleb(-6)
        return value

    def of(self, node: Node) -> Any:
        match node:
            case Number(value):
                return Fraction(value)
            case Text(value):
                return value or None
            case Truth(value):
                return value
            case Ref(path):
                return self.field(path[0])
            case Sign("-", part):
                return -self.number(part)
            case Sign("+", part):
                return self.number(part)
            case Sign(_, part):
                return self.number(part) / 100
            case Binary():
                return self.binary(node)
            case Call(name, parts):
                return getattr(self, name.lower() + "_")(*parts)

    def field(self, name: str) -> Any:
        value, kind = self.row[name], FIELDS[name]
        if kind == "date":
            if value is None:
                raise NoValue
            return Day(value.toordinal())
        if kind in ("text", "choice"):
            return value or ""
        if kind == "flag":
            return bool(value)
        return Fraction(value or 0)

    def number(self, node: Node) -> Any:
        value = self.of(node)
        if value is None:
            raise NoValue
        return value

    def _numbers(self, parts: tuple[Node, ...]) -> list[Any]:
        return [self.number(one) for one in parts]  # all of them, whatever the first says

    def blank(self, node: Node) -> bool:
        if isinstance(node, Ref):
            return self.row[node.path[0]] in (None, "")
        return self.of(node) in (None, "")

    def text(self, node: Node) -> str:
        if isinstance(node, Ref) and self.row[node.path[0]] is None:
            return ""
        value = self.of(node)
        if value is None:
            return ""
        if isinstance(value, Day):
            return value.real().isoformat()
        return plain(value) if isinstance(value, Fraction) else str(value)

    def binary(self, node: Binary) -> Any:
        op = node.op
        if op == "&":
            return self.text(node.left) + self.text(node.right)
        if op in ("=", "<>") and Text("") in (node.left, node.right):
            blank = self.blank(node.right if node.left == Text("") else node.left)
            return blank == (op == "=")
        if op in _TESTS and worded(node.left) and worded(node.right):
            return self.compared(op, self.text(node.left), self.text(node.right))
        left, right = self.number(node.left), self.number(node.right)
        if op in _TESTS:
            return self.compared(op, left, right)
        if isinstance(left, Day) or isinstance(right, Day):
            return self.days(op, left, right)
        if op == "/":
            if right == 0:
                raise NoValue
            return left / right
        return {"+": left + right, "-": left - right, "*": left * right}[op]

    def days(self, op: str, left: Any, right: Any) -> Any:
        if isinstance(left, Day) and isinstance(right, Day):
            return Fraction(int(left) - int(right))
        if isinstance(right, Day):
            left, right = right, left
        number = right if op == "+" else -right
        return Day(int(left) + number.numerator // number.denominator)

    def compared(self, op: str, left: Any, right: Any) -> bool:
        if isinstance(left, str):
            left, right = left.lower(), right.lower()
        elif isinstance(left, Fraction):
            left, right = six(left), six(right)
        return _TESTS[op](left, right)

    # -- functions -------------------------------------------------------------------------------

    def if_(self, holds: Node, yes: Node, no: Node | None = None) -> Any:
        if self.number(holds):
            return self.of(yes)
        return None if no is None else self.of(no)

    def and_(self, *parts: Node) -> bool:
        return all(self._numbers(parts))

    def or_(self, *parts: Node) -> bool:
        return any(self._numbers(parts))

    def not_(self, part: Node) -> bool:
        return not self.number(part)

    def round_(self, part: Node, places: Node) -> Fraction:
        scale = Fraction(10) ** int(self.number(places))
        return Fraction(half_away(self.number(part) * scale)) / scale

    def abs_(self, part: Node) -> Fraction:
        return abs(self.number(part))

    def min_(self, *parts: Node) -> Any:
        return min(self._numbers(parts))

    def max_(self, *parts: Node) -> Any:
        return max(self._numbers(parts))

    def int_(self, part: Node) -> Fraction:
        return Fraction(six(self.number(part)).__floor__())

    def mod_(self, part: Node, by: Node) -> Fraction:
        divisor, number = six(self.number(by)), six(self.number(part))
        if divisor == 0:
            raise NoValue
        return number - divisor * (number / divisor).__floor__()

    def len_(self, part: Node) -> Fraction:
        return Fraction(len(self.text(part)))

    def _count(self, part: Node) -> int:
        count = int(self.number(part))
        if count < 0:
            raise NoValue
        return count

    def left_(self, part: Node, count: Node = _ONE) -> str:
        return self.text(part)[: self._count(count)]

    def right_(self, part: Node, count: Node = _ONE) -> str:
        text = self.text(part)
        return text[max(0, len(text) - self._count(count)) :]

    def mid_(self, part: Node, start: Node, count: Node) -> str:
        text, at, many = self.text(part), self._count(start), self._count(count)
        if at < 1:
            raise NoValue
        return text[at - 1 : at - 1 + many]

    def concat_(self, *parts: Node) -> str:
        return "".join([self.text(one) for one in parts])

    def upper_(self, part: Node) -> str:
        return self.text(part).upper()

    def lower_(self, part: Node) -> str:
        return self.text(part).lower()

    def trim_(self, part: Node) -> str:
        text = self.text(part).strip(" ")
        while "  " in text:
            text = text.replace("  ", " ")
        return text

    def contains_(self, part: Node, piece: Node) -> bool:
        return self.text(part).lower().find(self.text(piece).lower()) >= 0

    def year_(self, day: Node) -> Fraction:
        return Fraction(self.number(day).real().year)

    def month_(self, day: Node) -> Fraction:
        return Fraction(self.number(day).real().month)

    def day_(self, day: Node) -> Fraction:
        return Fraction(self.number(day).real().day)

    def days_(self, end: Node, start: Node) -> Fraction:
        return Fraction(int(self.number(end)) - int(self.number(start)))

    def date_(self, year: Node, month: Node, day: Node) -> Day:
        at, months, days = (int(self.number(one)) for one in (year, month, day))
        if at < 1900:
            raise NoValue
        months += at * 12 - 1
        if not 12 <= months <= 9999 * 12 + 11:
            raise NoValue
        first = date(months // 12, months % 12 + 1, 1).toordinal()
        return Day(Day(first + days - 1).real().toordinal())

    def edate_(self, day: Node, months: Node) -> Day:
        return months_on(self.number(day).real(), int(self.number(months)))

    def iferror_(self, part: Node, instead: Node) -> Any:
        try:
            return self.of(part)
        except NoValue:
            return self.of(instead)

    def ifblank_(self, part: Node, instead: Node) -> Any:
        return self.of(instead) if self.blank(part) else self.of(part)

    def isblank_(self, part: Node) -> bool:
        return self.blank(part)


_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}

# -- any formula of a kind -----------------------------------------------------------------------


def _fields(*kinds: str) -> st.SearchStrategy[Node]:
    return st.sampled_from([Ref((name,)) for name, kind in FIELDS.items() if kind in kinds])


def _call(name: str, *parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.tuples(*parts).map(lambda made: Call(name, made))


def _binary(op: str, left: st.SearchStrategy[Node], right: st.SearchStrategy[Node]) -> Any:
    return st.builds(Binary, st.just(op), left, right)


_LITERALS = st.one_of(
    st.integers(0, 40).map(lambda one: Number(Decimal(one))),
    st.decimals(0, 2000, places=3, allow_nan=False).map(lambda one: Number(one.normalize())),
).filter(lambda one: "E" not in str(one.value))
_SMALL = st.integers(0, 6).map(lambda one: Number(Decimal(one)))
_WORDS = st.sampled_from(["a", "AB", "已", "x y", "0", '"', "金"]).map(Text)


def formulas(*, far: bool = True, depth: int = 3) -> dict[str, st.SearchStrategy[Node]]:
    """Strategies of formulas by what they give: number, text, day, flag.

    ``far``: also days in years beyond 9999, of which some programs have a calendar.
    """
    made: dict[str, st.SearchStrategy[Node]] = {
        "number": _fields("number", "money", "percent", "integer") | _LITERALS,
        "text": _fields("text") | _WORDS,
        "day": _fields("date"),
        "flag": _fields("flag") | st.sampled_from([Truth(True), Truth(False)]),
    }
    for _ in range(depth):
        made = _grown(made, far)
    return made


def _grown(
    made: dict[str, st.SearchStrategy[Node]], far: bool
) -> dict[str, st.SearchStrategy[Node]]:
    number, text, day, flag = (made[one] for one in ("number", "text", "day", "flag"))
    several = st.lists(number, min_size=1, max_size=2).map(tuple)
    choice = _fields("choice")
    chosen = st.sampled_from(CHOICES).map(Text)
    tests = st.one_of(
        *(_binary(op, number, number) for op in _TESTS),
        *(_binary(op, day, day) for op in _TESTS),
        *(_binary(op, text, text) for op in ("=", "<>")),
        *(_binary(op, choice, chosen) for op in ("=", "<>")),
        *(_binary(op, _fields("number", "date", "text"), st.just(Text(""))) for op in ("=", "<>")),
    )
    return {
        "number": st.one_of(
            number,
            *(_binary(op, number, number) for op in "+-*/"),
            st.builds(Sign, st.sampled_from(["-", "+", "%"]), number),
            _call("ROUND", number, _SMALL),
            _call("ABS", number),
            _call("INT", number),
            _call("MOD", number, number),
            st.sampled_from(["MIN", "MAX"]).flatmap(
                lambda name: several.map(lambda parts: Call(name, parts))
            ),
            _call("IF", flag, number, number),
            _call("IFERROR", number, number),
            _call("IFBLANK", number, number),
            _call("LEN", text),
            _call("DAYS", day, day),
            _binary("-", day, day),
            *(_call(one, day) for one in ("YEAR", "MONTH", "DAY")),
        ),
        "text": st.one_of(
            text,
            _binary("&", text, text | number | day),
            _call("LEFT", text, _SMALL),
            _call("RIGHT", text, _SMALL),
            _call("MID", text, _SMALL, _SMALL),
            *(_call(one, text) for one in ("UPPER", "LOWER", "TRIM", "LEFT", "RIGHT")),
            _call("CONCAT", text, number, day),
            _call("IF", flag, text, st.just(Text("")) | text),
            _call("IFBLANK", text, text),
            _call("IFERROR", text, text),
        ),
        "day": st.one_of(
            day,
            _binary("+", day, _SMALL | number if far else _SMALL),
            _binary("-", day, _SMALL),
            _call("EDATE", day, _SMALL),
            _call("DATE", st.just(Number(Decimal(2024))), _SMALL, _SMALL),
            _call("IF", flag, day, day | st.just(Text(""))),
            _call("IFERROR", day, day),
        ),
        "flag": st.one_of(
            flag,
            tests,
            _call("NOT", flag),
            _call("AND", flag, flag),
            _call("OR", flag, flag),
            _call("CONTAINS", text, text),
            _call("ISBLANK", number | text | day),
        ),
    }
