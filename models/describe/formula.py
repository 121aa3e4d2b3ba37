"""The language of formula columns: what people type, as a tree, and the tree as text again.

It is the part of Excel's language that speaks of one row: fields by label or id, dots through links,
``[…]`` around names with blanks, numbers, "texts", ``+ - * / ^ % &``, comparisons, functions. Signs of
a Chinese keyboard are understood. What is read is a tree of values, never code; what it may mean is
decided in ``formula_kinds``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from models.refusals import Refused
from models.texts import N_, tr

DEEPEST = 50  # parts within parts
MOST = 150  # operators and functions; what walks the tree goes so deep at most
LONGEST = 4_000  # characters


class FormulaFault(Refused):
    """Why a formula can't be: the reason, and from which to which character it is meant."""

    def __init__(self, inner: Refused, at: int, length: int = 1) -> None:
        super().__init__(inner.code, inner.template, **inner.values)
        self.inner, self.at, self.length = inner, at, max(length, 1)

    def _filled(self, ids: bool) -> str:
        why = self.inner.said(ids=ids)
        return tr(N_("{why} (at character {place} of the formula)"), why=why, place=self.at + 1)


def fault(code: str, template: str, at: int, length: int = 1, **values: Any) -> FormulaFault:
    """A fault with its place; lengths and places in characters, from 0."""
    return FormulaFault(Refused(code, template, **values), at, length)


# -- the tree ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Number:
    """A number as written."""

    value: Decimal
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Text:
    """A text in quotes."""

    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Truth:
    """TRUE or FALSE."""

    value: bool
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Ref:
    """A field, by the names of the links that lead to it and its own."""

    path: tuple[str, ...]
    at: int = field(default=0, compare=False)
    length: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Sign:
    """``-x``, ``+x`` before a part, ``x%`` behind it."""

    op: str
    part: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Binary:
    """Two parts with an operator between them."""

    op: str
    left: Node
    right: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    """A function by its name as written."""

    name: str
    parts: tuple[Node, ...]
    at: int = field(default=0, compare=False)


Node = Number | Text | Truth | Ref | Sign | Binary | Call

# How strongly operators bind, as in Excel: there a sign before a number binds more than a power.
_BINDS = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}  # fmt: skip
_SIGNED, _PERCENT, _ALONE = 7, 6, 8
TRUTHS = {"TRUE": True, "FALSE": False, "真": True, "假": False}

# -- words ---------------------------------------------------------------------------------------

_HALF = str.maketrans(
    {
        "（": "(", "）": ")", "，": ",", "；": ",", ";": ",", "、": ",", "＋": "+", "－": "-", "−": "-",
        "×": "*", "＊": "*", "÷": "/", "／": "/", "＾": "^", "％": "%", "＆": "&", "＝": "=", "＜": "<",
        "＞": ">", "≤": "≤", "≥": "≥", "≠": "≠", "【": "[", "】": "]", "［": "[", "］": "]", "．": ".",
        "。": ".", "\u3000": " ", "\u00a0": " ",
    }
)  # fmt: skip
_OPS = {"≤": "<=", "≥": ">=", "≠": "<>", "==": "=", "!=": "<>"}
_TOKEN = re.compile(
    r"""(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|(?P<text>"(?:[^"]|"")*")
    |(?P<name>[^\W\d]\w*)|(?P<bracket>\[(?:[^\[\]]|\]\])+\])
    |(?P<op><=|>=|<>|!=|==|[-+*/^%&=<>≤≥≠])|(?P<sign>[(),.])""",
    re.VERBOSE,
)
_QUOTES = re.compile(r'"(?:[^"]|"")*"|“[^“”]*”|\[(?:[^\[\]]|\]\])*\]|【[^【】]*】')
_BARE = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Token:
    """A word of a formula: its kind, its text, from where to where it stands."""

    kind: str
    text: str
    at: int
    end: int


def _halved(typed: str) -> str:
    """Signs of a Chinese keyboard as plain ones, of the same length; texts and names stay."""

    def keep(found: re.Match[str]) -> str:
        one = found[0]
        if one[0] == "“":
            return '"' + one[1:-1].replace('"', "”") + '"'
        return f"[{one[1:-1]}]" if one[0] == "【" else one

    made, last = [], 0
    for found in _QUOTES.finditer(typed):
        made += [typed[last : found.start()].translate(_HALF), keep(found)]
        last = found.end()
    return "".join([*made, typed[last:].translate(_HALF)])


def tokens(typed: str) -> list[Token]:
    """The words of a formula.

    Raises:
        FormulaFault: something in it is none, or it is too long.
    """
    if len(typed) > LONGEST:
        raise fault(
            "long_formula",
            N_("A formula has at most {most} characters; this one has {count}."),
            LONGEST,
            count=len(typed),
            most=LONGEST,
        )
    text = _halved(typed)
    made: list[Token] = []
    at = len(text) - len(text.lstrip())
    if text[at : at + 1] == "=":  # as in a cell
        at += 1
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        found = _TOKEN.match(text, at)
        if found is None or any(ord(one) < 32 for one in found[0]):
            raise _odd(typed, text, at)
        made.append(Token(str(found.lastgroup), found[0], at, found.end()))
        at = found.end()
    return made


def _odd(typed: str, text: str, at: int) -> FormulaFault:
    if text[at] in '"“':
        return fault("open_text", N_("The text that begins here has no closing quote."), at)
    if text[at] in "[]":
        return fault("open_name", N_("The name that begins here has no closing bracket."), at)
    return fault("odd_sign", N_("“{sign}” means nothing in a formula."), at, sign=typed[at])


# -- reading -------------------------------------------------------------------------------------


class _Reader:
    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.tokens = tokens(typed)
        self.at = self.depth = self.count = 0

    def peek(self, ahead: int = 0) -> Token:
        place = self.at + ahead
        if place < len(self.tokens):
            return self.tokens[place]
        end = len(self.typed)
        return Token("end", "", end, end)

    def next(self) -> Token:
        one = self.peek()
        self.at += 1
        return one

    def missing(self, what: str) -> FormulaFault:
        found = self.peek()
        if found.kind == "end":
            return fault(
                "formula_ends",
                N_("The formula ends where {what} should stand."),
                found.at,
                what=what,
            )
        return fault(
            "formula_expects",
            N_("“{found}” stands where {what} should stand."),
            found.at,
            found.end - found.at,
            what=what,
            found=self.typed[found.at : found.end],
        )

    def need(self, sign: str) -> None:
        if self.peek().text != sign or self.peek().kind != "sign":
            raise self.missing(f"“{sign}”")
        self.at += 1

    def part(self, least: int) -> Node:
        """A part whose operators bind at least so strongly."""
        self.depth += 1
        left = self.signed()
        while (op := self.op()) and _BINDS[op] >= least:
            place = self.counted().at
            left = Binary(op, left, self.part(_BINDS[op] + 1), place)
        self.depth -= 1
        return left

    def counted(self) -> Token:
        """The next token, which begins or joins parts.

        Raises:
            FormulaFault: there are too many of them, or too deep in each other.
        """
        self.count += 1
        if self.count > MOST or self.depth > DEEPEST:
            raise fault(
                "deep_formula",
                N_(
                    "The formula is nested too deeply, or has too many parts. Share it among columns."
                ),
                self.peek().at,
            )
        return self.next()

    def op(self) -> str:
        one = self.peek()
        if one.kind != "op" or one.text == "%":
            return ""
        return _OPS.get(one.text, one.text)

    def signed(self) -> Node:
        one = self.peek()
        made: Node
        if one.kind == "op" and one.text in "+-":
            self.counted()
            self.depth += 1
            made = Sign(one.text, self.signed(), one.at)
            self.depth -= 1
            return made
        made = self.single()
        while self.peek().text == "%" and self.peek().kind == "op":
            made = Sign("%", made, self.counted().at)
        return made

    def single(self) -> Node:
        one = self.peek()
        match one.kind:
            case "number":
                self.at += 1
                return Number(Decimal(one.text), one.at)
            case "text":
                self.at += 1
                return Text(one.text[1:-1].replace('""', '"'), one.at)
            case "name" | "bracket":
                return self.named()
        if one.kind == "sign" and one.text == "(":
            self.counted()
            inner = self.part(1)
            self.need(")")
            return inner
        raise self.missing(tr(N_("a field, a number, a text or a function")))

    def named(self) -> Node:
        one = self.next()
        if one.kind == "name" and self.peek().text == "(" and self.peek().kind == "sign":
            return self.call(one)
        if one.kind == "name" and one.text.upper() in TRUTHS and self.peek().text != ".":
            return Truth(TRUTHS[one.text.upper()], one.at)
        path, end = [_name(one)], one.end
        while self.peek().text == "." and self.peek().kind == "sign":
            self.at += 1
            if self.peek().kind not in ("name", "bracket"):
                raise self.missing(tr(N_("the name of a field")))
            step = self.next()
            path.append(_name(step))
            end = step.end
        return Ref(tuple(path), one.at, end - one.at)

    def call(self, name: Token) -> Node:
        self.counted()
        parts: list[Node] = []
        if self.peek().text != ")" or self.peek().kind != "sign":
            parts.append(self.part(1))
            while self.peek().text == "," and self.peek().kind == "sign":
                self.at += 1
                parts.append(self.part(1))
        self.need(")")
        if name.text.upper() in TRUTHS and not parts:
            return Truth(TRUTHS[name.text.upper()], name.at)
        return Call(name.text, tuple(parts), name.at)


def _name(token: Token) -> str:
    return token.text if token.kind == "name" else token.text[1:-1].replace("]]", "]").strip()


def parse(typed: str) -> Node:
    """Read a formula; what its names mean is not asked.

    Raises:
        FormulaFault: it can't be read, and from where on.
    """
    reader = _Reader(typed)
    if not reader.tokens:
        raise fault("no_formula", N_("Write what is to be worked out, such as {example}."), 0, example="amount * 0.1")  # fmt: skip
    made = reader.part(1)
    if reader.at < len(reader.tokens):
        raise reader.missing(tr(N_("an operator or the end")))
    return made


# -- writing -------------------------------------------------------------------------------------


def text(node: Node) -> str:
    """The formula as it is written; reading it again gives the same tree."""
    return _written(node, 0)


def _written(node: Node, least: int) -> str:
    made, binds = _bound(node)
    return made if binds >= least else f"({made})"


def _bound(node: Node) -> tuple[str, int]:
    """A part as text, and how strongly it holds together."""
    match node:
        case Number(value):
            return f"{value:f}", _ALONE
        case Text(value):
            return '"' + value.replace('"', '""') + '"', _ALONE
        case Truth(value):
            return str(value).upper(), _ALONE
        case Ref(path):
            return ".".join(map(_named, path)), _ALONE
        case Sign("%", part):
            return _written(part, _ALONE) + "%", _PERCENT
        case Sign(op, part):
            return op + _written(part, _PERCENT), _PERCENT
        case Binary(op, left, right):
            binds = _BINDS[op]
            return f"{_written(left, binds)} {op} {_written(right, binds + 1)}", binds
        case Call(name, parts):
            return f"{name}({', '.join(map(text, parts))})", _ALONE


def _named(name: str) -> str:
    if _BARE.fullmatch(name) and name.upper() not in TRUTHS:
        return name
    return "[" + name.replace("]", "]]") + "]"


def rewritten(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with every part given to ``change``, the inner ones first."""
    match node:
        case Sign():
            node = replace(node, part=rewritten(node.part, change))
        case Binary():
            left, right = rewritten(node.left, change), rewritten(node.right, change)
            node = replace(node, left=left, right=right)
        case Call():
            node = replace(node, parts=tuple(rewritten(one, change) for one in node.parts))
    return change(node)
