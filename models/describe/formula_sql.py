"""Formula columns in a schema: names become ids, and the whole becomes SQL that is read like a column.

In the book a formula stands with the ids of its fields, so that whatever is called otherwise later
stays understood; ``shown`` writes it with the labels of today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.describe import formula, formula_values
from models.describe.entities import CUSTOM_KINDS
from models.describe.field import Entity, Field
from models.describe.formula import Binary, FormulaFault, Node, Ref, Text, fault
from models.describe.formula_kinds import NUMERIC, Source, Typed, typed
from models.describe.kinds import parse_choice
from models.describe.parsing import Unreadable
from models.dialects import quoted
from models.refusals import Refused
from models.suggesting import UnknownName, called
from models.texts import N_

if TYPE_CHECKING:
    from models.describe.schema import Schema

_LONGEST_SQL = 60_000  # characters; formulas of formulas of formulas grow
RESULTS = ("money", "number", "integer", "percent", "date", "text", "flag")


@dataclass(frozen=True)
class Checked:
    """A formula that can be: as it stands in the book, its result's kind, the SQL of its values."""

    text: str
    kind: str
    sql: str
    meaning: Typed


def check(
    schema: Schema, entity: Entity, typed_text: str, kind: str = "", own: str = ""
) -> Checked:
    """Understand what somebody typed for a column of an entity; ``own`` is the column's id, if any.

    ``kind`` asks for another kind of number than the formula gives by itself.

    Raises:
        FormulaFault: what is wrong, and where. Refused: the kind does not go with it.
    """
    tree = resolved(schema, entity, formula.parse(typed_text))
    return _checked(schema, entity, tree, kind, own)


def why(schema: Schema, entity: Entity, field: Field) -> str:
    """Why a formula of the book works nothing out, in the current language; "" where it does."""
    if field.fault is None:
        return ""
    try:
        _checked(schema, entity, formula.parse(field.formula), "", field.id)
    except Refused as wrong:
        return str(wrong)
    return str(field.fault)


def understood(schema: Schema, entity: Entity, tree: Node) -> Typed:
    """The meaning of a formula that stands in the book.

    Raises:
        FormulaFault: it has none any more.
    """
    return typed(tree, _Look(schema, entity))


def _checked(schema: Schema, entity: Entity, tree: Node, kind: str, own: str) -> Checked:
    _assert_no_circle(schema, entity, tree, own)
    look = _Look(schema, entity)
    meaning = typed(tree, look)
    result = "text" if meaning.kind == "empty" else meaning.kind
    if kind and kind != result:
        if not {kind, result} <= set(NUMERIC):
            raise Refused(
                "other_result",
                N_("The formula gives {result}, which can't be shown as {kind}."),
                result=_said(result),
                kind=_said(kind),
            )
        result = kind
    sql = _sql(schema, entity, tree, look.sources, result)
    return Checked(formula.text(tree), result, sql, meaning)


def _said(kind: str) -> str:
    return next(one.text() for one in CUSTOM_KINDS if one.code == kind)


# -- names ---------------------------------------------------------------------------------------


def resolved(schema: Schema, entity: Entity, tree: Node) -> Node:
    """The tree with ids for names, functions by their English names and codes for choices.

    Raises:
        FormulaFault: a field, a function or a choice is unknown.
    """

    def change(node: Node) -> Node:
        match node:
            case Ref():
                return replace(node, path=tuple(one.id for one in steps(schema, entity, node)))
            case formula.Call(name=name):
                from models.describe.formula_functions import function

                known = function(name)
                return replace(node, name=known.name) if known else node
            case Binary("=" | "<>", left, right):
                left = _code(schema, entity, right, left)
                return replace(node, left=left, right=_code(schema, entity, left, right))
        return node

    return formula.rewritten(tree, change)


def _code(schema: Schema, entity: Entity, beside: Node, node: Node) -> Node:
    """The code of a choice that is written as a text beside a choice."""
    if not isinstance(node, Text) or not node.value or not isinstance(beside, Ref):
        return node
    last = steps(schema, entity, beside)[-1]
    if last.kind != "choice":
        return node
    try:
        return replace(node, value=parse_choice(last, node.value))
    except Unreadable as unreadable:
        inner = Refused(unreadable.code, unreadable.template, **unreadable.values)
        raise FormulaFault(inner, node.at, len(node.value) + 2) from None


def steps(schema: Schema, entity: Entity, ref: Ref) -> list[Field]:
    """The links and the field that a reference names.

    Raises:
        FormulaFault: one of them is unknown, or no link.
    """
    made: list[Field] = []
    here = entity
    for at, name in enumerate(ref.path):
        found = _field(here, name)
        if found is None:
            raise _unknown(here, name, ref)
        made.append(found)
        if at + 1 < len(ref.path):
            if found.kind != "link":
                raise fault(
                    "no_link",
                    N_("{field} is no link, so that nothing can be read through it."),
                    ref.at,
                    ref.length,
                    field=found.name(),
                )
            here = schema.entity(found.target)
    return made


def _field(entity: Entity, name: str) -> Field | None:
    """A field by its id, its own names, else by what sheets call it."""
    for one in entity.fields:
        if one.id == name:
            return one
    wanted = name.casefold()
    for one in entity.fields:
        if wanted in {word.casefold() for word in one.called()}:
            return one
    return called(name, entity.fields)


def _unknown(entity: Entity, name: str, ref: Ref) -> FormulaFault:
    inner = UnknownName(
        "unknown_field",
        (
            N_("{entity} has no field {name}."),
            N_("{entity} has no field {name}. Did you mean {near}?"),
        ),
        name,
        entity.fields,
        entity=entity.name(),
    )
    return FormulaFault(inner, ref.at, ref.length)


def shown(schema: Schema, entity: Entity, stored: str) -> str:
    """A formula of the book as people read it: fields and choices by their labels of today."""

    def change(node: Node) -> Node:
        if isinstance(node, Ref):
            return replace(node, path=_labels(schema, entity, node))
        if isinstance(node, Binary) and node.op in ("=", "<>"):
            left = _label(schema, entity, node.right, node.left)
            return replace(node, left=left, right=_label(schema, entity, node.left, node.right))
        return node

    try:
        tree = formula.parse(stored)
    except FormulaFault:
        return stored
    # Choices are looked up beside references that still have their ids.
    return formula.text(_outer_first(tree, change))


def _outer_first(node: Node, change: Callable[[Node], Node]) -> Node:
    made = change(node)
    match made:
        case formula.Sign():
            return replace(made, part=_outer_first(made.part, change))
        case Binary():
            left, right = _outer_first(made.left, change), _outer_first(made.right, change)
            return replace(made, left=left, right=right)
        case formula.Call():
            return replace(made, parts=tuple(_outer_first(one, change) for one in made.parts))
    return made


def _labels(schema: Schema, entity: Entity, ref: Ref) -> tuple[str, ...]:
    """Labels that lead to the same fields again; ids where none do."""
    try:
        found = steps(schema, entity, ref)
    except FormulaFault:
        return ref.path
    made, here = [], entity
    for one in found:
        label = one.text()
        made.append(label if _field(here, label) == one and not _spoils(label) else one.id)
        if one.kind == "link" and one is not found[-1]:
            here = schema.entity(one.target)
    return tuple(made)


def _spoils(label: str) -> bool:
    """Whether a label can't stand in brackets."""
    return any(ord(sign) < 32 for sign in label) or not label.strip() or label != label.strip()


def _label(schema: Schema, entity: Entity, beside: Node, node: Node) -> Node:
    if not isinstance(node, Text) or not isinstance(beside, Ref):
        return node
    try:
        last = steps(schema, entity, beside)[-1]
    except FormulaFault:
        return node
    offered = last.choice(node.value) if last.kind == "choice" else None
    return replace(node, value=offered.text()) if offered else node


# -- circles -------------------------------------------------------------------------------------


def uses(schema: Schema, entity: Entity, tree: Node) -> list[tuple[str, Field]]:
    """The fields that a formula reads, links on the way included, each with its entity."""
    made: dict[tuple[str, str], tuple[str, Field]] = {}

    def note(node: Node) -> Node:
        if isinstance(node, Ref):
            here = entity
            for one in steps(schema, entity, node):
                made[here.id, one.id] = (here.id, one)
                if one.kind == "link":
                    here = schema.entity(one.target)
        return node

    formula.rewritten(tree, note)
    return list(made.values())


def _assert_no_circle(schema: Schema, entity: Entity, tree: Node, own: str) -> None:
    """Refuse a formula that asks for its own value, by way of others too."""
    seen: set[tuple[str, str]] = set()

    def walk(here: Entity, part: Node, way: tuple[str, ...]) -> None:
        for entity_id, one in uses(schema, here, part):
            if (entity_id, one.id) == (entity.id, own):
                raise fault(
                    "formula_circle",
                    N_("The formula would work itself out of its own result: {way}."),
                    0,
                    way=" → ".join((*way, one.text())),
                )
            if not one.formula or (entity_id, one.id) in seen:
                continue
            seen.add((entity_id, one.id))
            try:
                beyond = schema.entity(entity_id)
                walk(beyond, formula.parse(one.formula), (*way, one.text()))
            except FormulaFault as wrong:
                if wrong.code == "formula_circle":
                    raise

    walk(entity, tree, ())


# -- values --------------------------------------------------------------------------------------


class _Look:
    """Says what fields are, and notes which are read."""

    def __init__(self, schema: Schema, entity: Entity) -> None:
        self._schema, self._entity = schema, entity
        self.sources: dict[str, Source] = {}

    def __call__(self, ref: Ref) -> Source:
        path = ".".join(ref.path)
        if path not in self.sources:
            last = steps(self._schema, self._entity, ref)[-1]
            if last.formula and last.fault is not None:
                raise fault(
                    "broken_formula",
                    N_("The formula of {field} can't be worked out: {why}"),
                    ref.at,
                    ref.length,
                    field=last.text(),
                    why=str(last.fault),
                )
            self.sources[path] = Source(path, last.kind, bool(last.formula), last)
        return self.sources[path]


def _sql(schema: Schema, entity: Entity, tree: Node, sources: dict[str, Source], kind: str) -> str:
    """The call of the engine's function ``formula``, over ``{t}``: each field is read once."""
    places = {path: f"a{at}" for at, path in enumerate(sources)}

    def place(node: Node) -> Node:
        return replace(node, path=(places[".".join(node.path)],)) if isinstance(node, Ref) else node

    body = formula.text(formula.rewritten(tree, place))
    program = formula_values.header(kind, list(sources.values())) + ":" + body
    read = [_read(schema, entity, path) for path in sources]
    made = f"formula({', '.join([_literal(program), *read])})"
    if len(made) > _LONGEST_SQL:
        raise Refused(
            "long_formula_chain",
            N_("Too many formulas lie behind this one. Work it out in fewer steps."),
        )
    return made


def _read(schema: Schema, entity: Entity, path: str) -> str:
    """The SQL of a field's value over ``{t}``; a link gives its label."""
    from models.reads import label_sql

    links, last = schema.path(entity, path)
    alias, open_, close = "{t}", "", ""
    for step in links:
        inner = alias + "1"
        on = f"{inner}.id = {alias}.{quoted(step.column)}"
        open_ += "(SELECT "
        close = f" FROM {quoted(step.target)} {inner} WHERE {on})" + close
        alias = inner
    own = last.value_sql(alias)
    return open_ + (label_sql(schema, last, own) if last.kind == "link" else own) + close


def _literal(text: str) -> str:
    """A text in SQL; without braces, because the whole is a template."""
    made = "'" + text.replace("'", "''") + "'"
    return made.replace("{", "'||char(123)||'").replace("}", "'||char(125)||'")


# -- a whole schema ------------------------------------------------------------------------------


def settled(schema: Schema) -> Schema:
    """The schema with the SQL of its formula columns; what can't be worked out is empty, and says why.

    Formulas may stand on each other in any order; the kind of one may follow from another's.
    """
    waiting = [(one.id, f.id) for one in schema for f in one.fields if f.formula]
    if not waiting:
        return schema
    schema = _replaced(schema, dict.fromkeys(waiting, _unsettled))
    while waiting:
        ready = [key for key in waiting if not behind(schema, key) & set(waiting)]
        if ready:
            schema = _replaced(schema, {key: _settle(schema, key) for key in ready})
        else:  # a circle, made by an undo: who is in it says so, and those who ask for it
            schema = _replaced(schema, {key: _settle(schema, key) for key in waiting})
            broken = [key for key in waiting if schema.entity(key[0]).field(key[1]).fault]
            ready = broken or waiting
        waiting = [key for key in waiting if key not in ready]
    return schema


_Key = tuple[str, str]
_Change = Callable[[Field], Field]


def _unsettled(field: Field) -> Field:
    return replace(field, read_as="NULL", fault=None)


def behind(schema: Schema, key: _Key) -> set[_Key]:
    """The fields that stand directly behind a formula."""
    entity = schema.entity(key[0])
    try:
        tree = formula.parse(entity.field(key[1]).formula)
        return {(id, one.id) for id, one in uses(schema, entity, tree)}
    except FormulaFault:
        return set()


def _settle(schema: Schema, key: _Key) -> _Change:
    entity = schema.entity(key[0])
    one = entity.field(key[1])
    try:
        tree = formula.parse(one.formula)
        try:
            made = _checked(schema, entity, tree, one.kind, one.id)
        except FormulaFault:
            raise
        except Refused:  # what it reads is of another kind today
            made = _checked(schema, entity, tree, "", one.id)
    except Refused as wrong:
        fault = wrong
        return lambda field: replace(field, read_as="NULL", fault=fault)
    return lambda field: replace(field, read_as=made.sql, kind=made.kind)


def _replaced(schema: Schema, changes: dict[_Key, _Change]) -> Schema:
    return replace(
        schema,
        entities=tuple(
            replace(
                one,
                fields=tuple(
                    changes[one.id, f.id](f) if (one.id, f.id) in changes else f for f in one.fields
                ),
            )
            if any(key[0] == one.id for key in changes)
            else one
            for one in schema
        ),
    )
