"""A formula column as a live formula of a workbook, over the cells of its row.

It is written so that a sheet comes to the value that the program shows: results are rounded to six
decimals, comparisons, INT and MOD look at six decimals, an empty day or result of another formula is
``NA()``, and what can't be worked out is an empty cell. What can't be said in a sheet is None; then the
value is written alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.describe.field import Field
from models.describe.formula_kinds import NUMERIC, Source, Typed

ROW = "\x00"  # stands for the number of the row; no formula has such a sign
_LONGEST, _LONGEST_TEXT, _DIGITS = 7_000, 255, 15
# What always has a value where its parts have one.
_SAFE = {
    "number", "text", "flag", "ref", "+", "-", "*", "negative", "percent", "join", "as_text", "compare",
    "ISBLANK", "IF", "AND", "OR", "NOT", "ABS", "MIN", "MAX", "INT", "LEN", "CONCAT", "UPPER", "LOWER",
    "TRIM", "CONTAINS", "TODAY", "IFBLANK",
}  # fmt: skip
_OPERATORS = {"+", "-", "*", "/", "^", "join", "compare", "days+", "days-", "DAYS", "as_text"}


class _Unsayable(Exception):
    """A sheet can't say it."""


@dataclass(frozen=True)
class Cells:
    """Where fields stand in a sheet (path → letters of a column), and what it writes for them."""

    columns: Mapping[str, str]
    yes: str
    no: str
    choice: Callable[[Field, str], str]


def template(meaning: Typed, kind: str, cells: Cells) -> str | None:
    """The formula, with ``ROW`` for the number of its row; None where a sheet can't say it."""
    try:
        made = _Writer(cells).whole(meaning, kind)
    except (_Unsayable, RecursionError):
        return None
    return made if len(made) <= _LONGEST else None


def sources(meaning: Typed) -> list[Source]:
    """The fields that a formula reads."""
    own = [meaning.source] if meaning.source else []
    return [*own, *(one for part in meaning.parts for one in sources(part))]


class _Writer:
    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._depth = 0

    def whole(self, part: Typed, kind: str) -> str:
        made = self.part(part, alone=True)
        if kind in NUMERIC:
            made = f"ROUND({made},{0 if kind == 'integer' else 6})"
        elif part.kind == "date" and part.op != "ref":  # there are no days before and after
            made = f"IF(AND({made}>=61,{made}<=2958465),{made},NA())"
        elif part.kind == "flag":
            made = f"IF({made},{_quoted(self._cells.yes)},{_quoted(self._cells.no)})"
        return f"={made}" if _safe(part) else f'=IFERROR({made},"")'

    def part(self, part: Typed, *, alone: bool = False) -> str:
        """A part; ``alone``: its value is given on, so that an empty cell must become what it counts as."""
        self._depth += 1
        if self._depth > 40:  # a sheet has 64 levels, and some parts are written in two
            raise _Unsayable
        made = self._ref(part, alone) if part.op == "ref" else self._made(part)
        self._depth -= 1
        return made

    def inner(self, part: Typed) -> str:
        """A part between operators."""
        made = self.part(part)
        return f"({made})" if part.op in _OPERATORS else made

    def cell(self, part: Typed) -> str:
        assert part.source is not None
        letters = self._cells.columns.get(part.source.path)
        if letters is None or part.source.kind == "link":
            raise _Unsayable
        return f"{letters}{ROW}"

    def _ref(self, part: Typed, alone: bool) -> str:
        cell, source = self.cell(part), part.source
        assert source is not None
        if part.kind == "flag":
            holds = f"({cell}={_quoted(self._cells.yes)})"
            return f'IF({cell}="",NA(),{holds})' if source.strict else holds
        if part.kind == "date" or (source.strict and part.kind in NUMERIC):
            whole = f"INT({cell})" if source.kind == "instant" else cell
            return f'IF({cell}="",NA(),{whole})'
        if not alone or part.kind == "choice":
            return cell
        return f"N({cell})" if part.kind in NUMERIC else f'{cell}&""'

    def _made(self, part: Typed) -> str:
        match part.op:
            case "number":
                return _number(part)
            case "text":
                return _quoted(part.value)
            case "flag":
                return f"{part.value}".upper() + "()"
            case "empty":
                return '""'
            case "negative":
                return f"-{self.inner(part.parts[0])}"
            case "percent":
                return f"({self.inner(part.parts[0])}/100)"
            case "compare":
                return self._compared(part)
            case "ISBLANK":
                return self._blank(part.parts[0])
        if part.op in _WAYS:
            return _WAYS[part.op](self, part)
        alone = part.op in ("IF", "MIN", "MAX", "IFERROR")
        return f"{part.op}({','.join(self.part(one, alone=alone) for one in part.parts)})"

    def _compared(self, part: Typed) -> str:
        left, right = part.parts
        if "choice" in (left.kind, right.kind):
            return self._chosen(part, left, right)
        return f"{self._six(left)}{part.value}{self._six(right)}"

    def _six(self, part: Typed) -> str:
        plain = part.kind not in NUMERIC or part.kind == "integer" or part.op in ("ref", "number")
        if plain and part.kind != "text" and _gives_empty(part):
            raise _Unsayable  # to a sheet, "" is more than any number or day
        return self.inner(part) if plain else f"ROUND({self.part(part)},6)"

    def _chosen(self, part: Typed, left: Typed, right: Typed) -> str:
        """A choice is compared by what its cell says."""
        if left.kind == right.kind:
            fields = [one.source.field for one in (left, right) if one.source and one.source.field]
            if len({one.choices for one in fields}) != 1:
                raise _Unsayable
            return f"{self.cell(left)}{part.value}{self.cell(right)}"
        chosen, text = (left, right) if left.kind == "choice" else (right, left)
        field = chosen.source.field if chosen.source else None
        if field is None or text.op != "text":
            raise _Unsayable
        said = self._cells.choice(field, text.value)
        return f"{self.cell(chosen)}{part.value}{_quoted(said)}"

    def _blank(self, part: Typed) -> str:
        return f'{self.cell(part) if part.op == "ref" else f"({self.part(part)})"}=""'

    def _operator(self, part: Typed) -> str:
        left, right = part.parts
        op = {"join": "&", "DAYS": "-"}.get(part.op, part.op)
        return f"{self.inner(left)}{op}{self.inner(right)}"

    def _days(self, part: Typed) -> str:
        day, number = part.parts
        count = self.inner(number) if number.kind == "integer" else f"INT({self.part(number)})"
        return f"{self.inner(day)}{part.op[-1]}{count}"

    def _as_text(self, part: Typed) -> str:
        [inner] = part.parts
        if inner.kind == "date":
            made = f'TEXT({self.part(inner)},"yyyy-mm-dd")'
            return f'IF({self._blank(inner)},"",{made})' if inner.op == "ref" else made
        if inner.op == "ref":  # an empty one gives nothing
            return f'{self.cell(inner)}&""'
        if inner.may_be_empty and inner.kind != "integer":
            return f'IF({self._blank(inner)},"",{self._six(inner)}&"")'
        return f'{self._six(inner)}&""'

    def _concat(self, part: Typed) -> str:
        return "(" + "&".join(self.inner(one) for one in part.parts) + ")"

    def _contains(self, part: Typed) -> str:
        text, piece = map(self.part, part.parts)
        made = f"ISNUMBER(FIND(LOWER({piece}),LOWER({text})))"
        return made if part.parts[1].op == "text" else f'OR({piece}="",{made})'

    def _whole(self, part: Typed) -> str:
        [inner] = part.parts
        return self.inner(inner) if inner.kind == "integer" else f"INT(ROUND({self.part(inner)},6))"

    def _left_over(self, part: Typed) -> str:
        left, right = map(self.part, part.parts)
        if part.kind == "integer":
            return f"MOD({left},{right})"
        scaled = (f"ROUND({one}*1000000,0)" for one in map(self.inner, part.parts))
        return f"(MOD({','.join(scaled)})/1000000)"

    def _date(self, part: Typed) -> str:
        year, month, day = map(self.part, part.parts)
        made = f"DATE({year},{month},{day})"
        known = part.parts[0].op == "number" and part.parts[0].value >= 1900
        return made if known else f"IF(INT({year})<1900,NA(),{made})"

    def _if(self, part: Typed) -> str:
        holds = self.part(part.parts[0])
        yes, *no = (self.part(one, alone=True) for one in part.parts[1:])
        return f"IF({holds},{yes},{no[0] if no else chr(34) * 2})"

    def _if_blank(self, part: Typed) -> str:
        wanted, instead = part.parts
        return f"IF({self._blank(wanted)},{self.part(instead, alone=True)},{self.part(wanted, alone=True)})"


_WAYS: dict[str, Callable[[_Writer, Typed], str]] = {
    **dict.fromkeys(("+", "-", "*", "/", "^", "join", "DAYS"), _Writer._operator),
    **dict.fromkeys(("days+", "days-"), _Writer._days),
    "as_text": _Writer._as_text,
    "CONCAT": _Writer._concat,
    "CONTAINS": _Writer._contains,
    "INT": _Writer._whole,
    "MOD": _Writer._left_over,
    "DATE": _Writer._date,
    "IF": _Writer._if,
    "IFBLANK": _Writer._if_blank,
}


def _gives_empty(part: Typed) -> bool:
    """Whether a part may come to "" because it says so, as in IF(…, day, "")."""
    match part.op:
        case "empty":
            return True
        case "IF":
            return len(part.parts) == 2 or any(map(_gives_empty, part.parts[1:]))
        case "IFBLANK" | "IFERROR":
            return any(map(_gives_empty, part.parts))
    return False


def _number(part: Typed) -> str:
    if len(part.value.normalize().as_tuple().digits) > _DIGITS:
        raise _Unsayable
    return f"{part.value:f}"


def _quoted(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise _Unsayable
    made = '"' + text.replace('"', '""') + '"'
    # The library that writes workbooks takes “SORT(” for a function, also in a text.
    apart = re.sub(r"(?<=\w)\(", '"&"(', made)
    return made if apart == made else f"({apart})"


def _safe(part: Typed) -> bool:
    """Whether it has a value in any row."""
    if part.op == "ref":
        assert part.source is not None
        return part.kind != "date" and not (part.source.strict and part.kind != "text")
    if part.op == "IFERROR":
        return _safe(part.parts[1])
    if part.may_be_empty and part.kind not in ("text", "empty"):
        return False
    return (part.op in _SAFE or part.op == "empty") and all(map(_safe, part.parts))
