"""The filter language of the command line, the chips and saved views.

``status=won and amount>1000 and customer.name~科技``; comparisons ``= != < <= > >= ~`` (contains),
``^=`` (begins with), ``in (a, b)``, ``between a and b``, ``is empty``, ``is not empty``; ``and or
not`` and parentheses; relative dates such as ``today``, ``this_month``, ``本季度``, ``last_30d``, ``-7d``.
How a filter reads to people says ``sentences``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.refusals import Refused
from models.texts import N_


@dataclass(frozen=True)
class Compare:
    """One comparison: a field path, an operator, its values as written."""

    path: str
    op: str  # = != < <= > >= ~ ^= in between empty filled
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Filter


Filter = Compare | All | AnyOf | Not


def through(filter: Filter, link: str) -> Filter | None:
    """The same question asked of what a link points to; None if it asks about anything else."""
    match filter:
        case Compare(path, op, values):
            start = link + "."
            return Compare(path.removeprefix(start), op, values) if path.startswith(start) else None
        case Not(part):
            inner = through(part, link)
            return None if inner is None else Not(inner)
        case All(parts) | AnyOf(parts):
            made = [inner for one in parts if (inner := through(one, link)) is not None]
            return type(filter)(tuple(made)) if len(made) == len(parts) else None


_TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<op><=|>=|!=|<>|!?\^=|=|<|>|~|!~)|(?P<sign>[(),])|(?P<word>(?:(?!\^=)[^\s()=<>~!,"])+))"""
)
_RESERVED = {"and", "or", "not", "in", "is", "between", "empty"}


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None:
                raise self._wrong(at)
            kind = str(found.lastgroup)
            self.tokens.append((kind, found.group(kind), found.start(kind)))
            at = found.end()
        self.at = 0

    def _wrong(self, at: int) -> Refused:
        return Refused(
            "bad_filter",
            N_("The filter “{text}” can't be read from “{rest}” on."),
            text=self.text,
            rest=self.text[at:] or "…",
        )

    def wrong(self) -> Refused:
        place = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)
        return self._wrong(place)

    def peek(self) -> str:
        if self.at >= len(self.tokens):
            return ""
        kind, text, _ = self.tokens[self.at]
        return text.lower() if kind == "word" else ("" if kind == "quoted" else text)

    def take(self, *wanted: str) -> bool:
        if self.peek() in wanted and self.peek():
            self.at += 1
            return True
        return False

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise self.wrong()

    def value(self) -> str:
        """One value: quoted, or the words up to the next sign or reserved word."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "quoted":
            self.at += 1
            return re.sub(r"\\(.)", _unescaped, self.tokens[self.at - 1][1][1:-1])
        words: list[str] = []
        start = end = -1
        while self.at < len(self.tokens):
            kind, text, place = self.tokens[self.at]
            if kind != "word" or text.lower() in _RESERVED:
                break
            start = place if start < 0 else start
            end = place + len(text)
            words.append(text)
            self.at += 1
        if not words:
            raise self.wrong()
        return self.text[start:end]

    def either(self) -> Filter:
        parts = [self.every()]
        while self.take("or"):
            parts.append(self.every())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def every(self) -> Filter:
        parts = [self.single()]
        while self.take("and"):
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def single(self) -> Filter:
        if self.take("not"):
            return Not(self.single())
        if self.take("("):
            inner = self.either()
            self.need(")")
            return inner
        path = self.value()
        if self.take("is"):
            op = "filled" if self.take("not") else "empty"
            self.need("empty")
            return Compare(path, op)
        if self.take("not"):
            several = self._of_several(path)
            if several is None:
                raise self.wrong()
            return Not(several)
        return self._of_several(path) or self._signed(path)

    def _of_several(self, path: str) -> Filter | None:
        if self.take("in"):
            self.need("(")
            values = [self.value()]
            while self.take(","):
                values.append(self.value())
            self.need(")")
            return Compare(path, "in", tuple(values))
        if self.take("between"):
            low = self.value()
            self.need("and")
            return Compare(path, "between", (low, self.value()))
        return None

    def _signed(self, path: str) -> Filter:
        kind, op, _ = self.tokens[self.at] if self.at < len(self.tokens) else ("", "", 0)
        if kind != "op":
            raise self.wrong()
        self.at += 1
        if op in ("!~", "!^="):
            return Not(Compare(path, op[1:], (self.value(),)))
        return Compare(path, "!=" if op == "<>" else op, (self.value(),))


def parse(text: str) -> Filter:
    """Read a filter.

    Raises:
        Refused: ``bad_filter``, saying from where it can't be read.
    """
    reader = _Reader(text)
    made = reader.either()
    if reader.at < len(reader.tokens):
        raise reader.wrong()
    return made


def _unescaped(found: re.Match[str]) -> str:
    return (
        "\n" if found[1] == "n" else found[1]
    )  # a filter is one line, what it looks for may not be


def _written(value: str) -> str:
    if re.fullmatch(r"[^\s()=<>~!^,\"\\]+", value) and value.lower() not in _RESERVED:
        return value
    inside = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inside}"'


def text(filter: Filter) -> str:
    """The filter as it is written; reading it again gives the same filter."""
    match filter:
        case All(parts):
            return " and ".join(_inner(one, AnyOf | All) for one in parts)
        case AnyOf(parts):
            return " or ".join(_inner(one, AnyOf) for one in parts)
        case Not(Compare(path, "~" | "^=" as op, (value,))):
            return f"{_written(path)}!{op}{_written(value)}"
        case Not(Compare(path, "in", values)):
            return f"{_written(path)} not in ({', '.join(map(_written, values))})"
        case Not(part):
            return "not " + _inner(part, AnyOf | All)
        case Compare():
            return _compared(filter)


def _compared(one: Compare) -> str:
    path, values = _written(one.path), [_written(value) for value in one.values]
    match one.op:
        case "empty":
            return f"{path} is empty"
        case "filled":
            return f"{path} is not empty"
        case "in":
            return f"{path} in ({', '.join(values)})"
        case "between":
            return f"{path} between {values[0]} and {values[1]}"
    return f"{path}{one.op}{values[0]}"


def _inner(filter: Filter, kinds: object) -> str:
    made = text(filter)
    return f"({made})" if isinstance(filter, kinds) else made  # type: ignore[arg-type]
