"""What the parts of a formula are: numbers, texts, days; which go together, and what comes out.

``typed`` turns a tree of words into a tree of meanings (``Typed``), by which values are worked out
(``formula_values``) and Excel's formulas are written (``formula_excel``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.describe.field import Field
from models.describe.formula import (
    Binary,
    Call,
    FormulaFault,
    Node,
    Number,
    Ref,
    Sign,
    Text,
    Truth,
    fault,
)
from models.describe.formula_functions import FUNCTIONS, function
from models.refusals import Refused
from models.texts import N_, tr

NUMERIC = ("integer", "number", "money", "percent")
_WORDS = {"long_text", "code", "phone", "email", "tags", "link", "period", "recurrence"}
_KIND_WORDS = {
    "text": N_("text"),
    "date": N_("a day"),
    "flag": N_("yes or no"),
    "choice": N_("a choice"),
    "empty": N_("nothing"),
}
_COMPARED = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


@dataclass(frozen=True)
class Source:
    """A field that a formula reads: its path of ids, its kind; ``strict``: empty is no value.

    An empty number counts as 0 and an empty text as nothing, as in Excel; with an empty day, or an
    empty result of another formula, nothing can be worked out.
    """

    path: str
    kind: str
    strict: bool = False
    field: Field | None = None


@dataclass(frozen=True)
class Typed:
    """A part of which is known what it is. ``op`` says how it comes from its parts."""

    op: str
    kind: str
    parts: tuple[Typed, ...] = ()
    value: Any = None
    source: Source | None = None
    may_be_empty: bool = False  # it has a branch that gives ""
    at: int = 0


Look = Callable[[Ref], Source]


def kind_of(source: Source) -> str:
    """The kind that a field has in a formula."""
    if source.kind in _WORDS:
        return "text"
    return "date" if source.kind == "instant" else source.kind


def words(kind: str) -> str:
    """A kind as messages call it."""
    return tr(_KIND_WORDS.get(kind, N_("a number")))


def typed(node: Node, look: Look) -> Typed:
    """The meaning of a formula.

    Raises:
        FormulaFault: parts that don't go together; whatever ``look`` raises.
    """
    made = _Typing(look).typed(node)
    if made.kind == "choice":
        raise choice_alone(made)
    return made


def choice_alone(part: Typed) -> FormulaFault:
    """The refusal of a choice where a text or number is needed."""
    return fault(
        "choice_in_formula",
        N_("{field} is a choice; in a formula it can be compared with one of its values."),
        part.at,
        field=part.source.field.text() if part.source and part.source.field else "",
    )


class _Typing:
    def __init__(self, look: Look) -> None:
        self._look = look

    def typed(self, node: Node) -> Typed:
        match node:
            case Number(value, at):
                whole = value == value.to_integral_value()
                return Typed("number", "integer" if whole else "number", value=value, at=at)
            case Text(value, at):
                if not value:
                    return Typed("empty", "empty", may_be_empty=True, at=at)
                return Typed("text", "text", value=value, at=at)
            case Truth(value, at):
                return Typed("flag", "flag", value=value, at=at)
            case Ref():
                source = self._look(node)
                return Typed("ref", kind_of(source), source=source, at=node.at)
            case Sign(op, part, at):
                inner = self.numeric(self.typed(part), at)
                if op == "+":
                    return inner
                kind = "percent" if op == "%" else inner.kind
                return Typed("percent" if op == "%" else "negative", kind, (inner,), at=at)
            case Binary():
                return self.binary(node)
            case Call():
                return self.call(node)

    # -- operators -------------------------------------------------------------------------------

    def binary(self, node: Binary) -> Typed:
        left, right = self.typed(node.left), self.typed(node.right)
        if node.op in _COMPARED:
            return self.compared(node, left, right)
        if node.op == "&":
            return Typed("join", "text", (self.worded(left), self.worded(right)), at=node.at)
        if node.op in "+-" and "date" in (left.kind, right.kind):
            return self.days(node, left, right)
        parts = self.numeric(left, node.at, node.op), self.numeric(right, node.at, node.op)
        return Typed(node.op, _arithmetic(node.op, *parts), parts, at=node.at)

    def days(self, node: Binary, left: Typed, right: Typed) -> Typed:
        """A day and a number of days, or the days between two days."""
        if left.kind == right.kind and node.op == "-":
            return Typed("DAYS", "integer", (left, right), at=node.at)
        if node.op == "+" and right.kind == "date":
            left, right = right, left
        if right.kind == "date":
            raise self.unlike(node, left, right)
        number = self.numeric(right, node.at, node.op)
        return Typed("days" + node.op, "date", (left, number), at=node.at)

    def compared(self, node: Binary, left: Typed, right: Typed) -> Typed:
        if "empty" in (left.kind, right.kind) and node.op in ("=", "<>"):
            part = left if right.kind == "empty" else right
            blank = Typed("ISBLANK", "flag", (part,), at=node.at)
            return blank if node.op == "=" else Typed("NOT", "flag", (blank,), at=node.at)
        kinds = {_alike(left.kind), _alike(right.kind)}
        chosen = kinds <= {"choice", "text"} and "choice" in kinds
        if len(kinds) > 1 and not chosen:
            raise self.unlike(node, left, right)
        if kinds <= {"choice", "text", "flag"} and node.op not in ("=", "<>"):
            raise fault(
                "no_order",
                N_("{kind} can only be compared by = and <>."),
                node.at,
                len(node.op),
                kind=words(left.kind).capitalize(),
            )
        return Typed("compare", "flag", (left, right), value=node.op, at=node.at)

    def unlike(self, node: Binary, left: Typed, right: Typed) -> FormulaFault:
        return fault(
            "unlike_parts",
            N_("“{op}” does not go with {left} and {right}."),
            node.at,
            len(node.op),
            op=node.op,
            left=words(left.kind),
            right=words(right.kind),
        )

    def numeric(self, part: Typed, at: int, op: str = "") -> Typed:
        """The part as a number.

        Raises:
            FormulaFault: it is none.
        """
        if part.kind in NUMERIC:
            return part
        if part.kind == "choice":
            raise choice_alone(part)
        raise fault(
            "not_a_number_part",
            N_("A number is needed here; this is {kind}."),
            part.at if part.at else at,
            kind=words(part.kind),
        )

    def worded(self, part: Typed) -> Typed:
        """The part as a text; numbers and days are written out."""
        if part.kind in ("text", "empty"):
            return part
        if part.kind == "choice":
            raise choice_alone(part)
        if part.kind == "flag":
            raise fault(
                "not_a_text_part",
                N_('A text is needed here; this is {kind}. IF(…, "a", "b") makes one of it.'),
                part.at,
                kind=words(part.kind),
            )
        return Typed("as_text", "text", (part,), at=part.at)

    # -- functions -------------------------------------------------------------------------------

    def call(self, node: Call) -> Typed:
        known = function(node.name)
        if known is None:
            raise unknown_function(node)
        least, most = known.least, known.most
        if not least <= len(node.parts) <= most:
            raise fault(
                "wrong_count",
                N_("{function} is written {shape}."),
                node.at,
                len(node.name),
                function=node.name,
                shape=known.shape,
            )
        parts = tuple(self.typed(one) for one in node.parts)
        takes = known.takes_for(len(parts))
        fitted = tuple(self.fitted(part, take) for part, take in zip(parts, takes, strict=True))
        shared = [part for part, take in zip(fitted, takes, strict=True) if take in "auv"]
        kind = known.gives
        if kind == "shared":
            kind = self.shared(node, shared)
        elif kind == "first":
            kind = fitted[0].kind
        elif kind == "whole":
            kind = "money" if fitted[0].kind == "money" else "integer"
        elif kind == "both":
            kind = _in_common(*fitted)
        empty = any(one.may_be_empty for one in shared) or (known.name == "IF" and len(parts) == 2)
        return Typed(known.name, kind, fitted, may_be_empty=empty, at=node.at)

    def fitted(self, part: Typed, take: str) -> Typed:
        """A part as a function takes it: n number, t text, d day, f yes or no, a and b anything."""
        match take:
            case "n":
                return self.numeric(part, part.at)
            case "t":
                return self.worded(part)
            case "d" | "f":
                wanted = "date" if take == "d" else "flag"
                if part.kind != wanted:
                    raise fault(
                        "other_kind_needed",
                        N_("{wanted} is needed here; this is {kind}."),
                        part.at,
                        wanted=words(wanted).capitalize(),
                        kind=words(part.kind),
                    )
            case "a" | "u" | "v" if part.kind == "choice":
                raise choice_alone(part)
            case "u" if part.kind not in (*NUMERIC, "date"):
                raise fault(
                    "other_kind_needed",
                    N_("{wanted} is needed here; this is {kind}."),
                    part.at,
                    wanted=tr(N_("A number or a day")),
                    kind=words(part.kind),
                )
        return part

    def shared(self, node: Call, parts: list[Typed]) -> str:
        """The kind that all branches have in common."""
        filled = [one for one in parts if one.kind != "empty"]
        if not filled:
            return "text"
        made = filled[0]
        for one in filled[1:]:
            if _alike(made.kind) != _alike(one.kind):
                raise fault(
                    "unlike_branches",
                    N_("{function} gives {one} here and {other} there; both must be alike."),
                    one.at,
                    function=node.name,
                    one=words(made.kind),
                    other=words(one.kind),
                )
            if made.kind in NUMERIC:
                made = Typed("branch", _in_common(made, one), at=made.at)
        return made.kind


def unknown_function(node: Call) -> FormulaFault:
    """The refusal of a function that there is not, with the one that was probably meant."""
    from models.names import suggest

    owners = {word: one for one in FUNCTIONS.values() for word in (one.name, *one.aliases)}
    alike = suggest(node.name.upper(), owners, limit=1)
    near = alike[0][0] if alike else ""
    template = N_("There is no function {name}. Known are: {known}.")
    if near:
        template = N_("There is no function {name}. Did you mean {near}?")
    known = ", ".join(FUNCTIONS)
    inner = Refused("unknown_function", template, name=node.name, near=near, known=known)
    return FormulaFault(inner, node.at, len(node.name))


def _alike(kind: str) -> str:
    return "number" if kind in NUMERIC else kind


def _literal(part: Typed) -> bool:
    return part.op == "number" or (part.op == "negative" and _literal(part.parts[0]))


def _whole(part: Typed) -> bool:
    return part.kind == "integer"


def _in_common(left: Typed, right: Typed) -> str:
    """The kind of a number that may be one or the other; a written number takes the other's."""
    for one, other in ((left, right), (right, left)):
        if _literal(one) and not (other.kind == "integer" and not _whole(one)):
            return other.kind
    if left.kind == right.kind:
        return left.kind
    return "money" if "money" in (left.kind, right.kind) else "number"


def _arithmetic(op: str, left: Typed, right: Typed) -> str:
    """What kind of number an operator gives: money stays money, a share of money is a percentage."""
    kinds = left.kind, right.kind
    if op in "+-":
        return _in_common(left, right)
    if op == "^":
        return "number"
    if op == "/":
        if kinds == ("money", "money"):
            return "percent"
        return "money" if left.kind == "money" else "number"
    if "money" in kinds:
        return "money"
    return (
        left.kind if left.kind == right.kind and left.kind in ("integer", "percent") else "number"
    )
