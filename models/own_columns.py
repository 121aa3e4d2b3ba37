"""Columns of the users' own: which can be added, what may change of them, which can leave."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from models import opening
from models.describe import kinds
from models.describe import schema as schemas
from models.describe.field import Entity, Field
from models.describe.schema import Schema
from models.dialects import Connection
from models.refusals import Refused
from models.texts import N_, tr

OWN_COLUMN = "custom_field"


def exists(entity: Entity, label: str) -> Refused:
    """The refusal of a name that something else bears."""
    return Refused(
        "field_exists",
        N_("{entity} already has a field called {name}."),
        entity=entity.text(),
        name=label,
    )


def fresh(
    db: Connection, schema: Schema, entity: Entity, label: str, kind: str, *more: str
) -> Field:
    """The field of a column that is to be added; ``more``: its choices, target and formula.

    Raises:
        Refused: the kind is unknown, something it needs is missing, a field of that name exists, or
            the formula can't be.
    """
    choices, target, formula = more
    if not label.strip():
        raise _missing(tr(N_("Label")))
    if formula.strip():
        from models.describe import formula_sql

        made = formula_sql.check(schema, entity, formula, kind)
        kind, choices, target, formula = made.kind, "", "", made.text
    if kind not in kinds.KINDS:
        raise schemas.unknown_kind(kind)
    if kind == "link":
        if not target:
            raise _missing(tr(N_("Links to")))
        schema.entity(target)
    if kind == "choice" and not choices.replace("|", "").strip():
        raise _missing(tr(N_("Choices")))
    column = schemas.custom_field(label, kind, choices, target, formula=formula)
    if any(one.id.casefold() == column.id.casefold() for one in entity.fields):
        raise exists(entity, label)
    _assert_unused(entity, "", label)
    _assert_free(db, schema, entity, column)
    return column


def _missing(field: str) -> Refused:
    return Refused("required", N_("{field} must be filled in."), field=field)


def _assert_free(db: Connection, schema: Schema, entity: Entity, column: Field) -> None:
    """Values that wait in a column for a redo must stay what they are."""
    every = opening.described(db, schema.currency, gone=True).entity(entity.id)
    for one in every.fields:
        if one.id != column.id or (one.formula and column.formula):
            continue
        if (one.kind, one.target, not one.formula) != (column.kind, column.target, not column.formula):  # fmt: skip
            raise Refused(
                "field_undone",
                N_(
                    "{entity} had a column {name} of another kind, which was taken back. Bring it back, or choose another name."
                ),
                entity=entity.text(),
                name=one.label,
            )


def _assert_unused(entity: Entity, own: str, label: str) -> None:
    """No two columns of one list are called alike; ``own`` is the column that is to be called so."""
    wanted = label.strip().casefold()
    for one in entity.fields:
        if one.id != own and wanted in {name.casefold() for name in one.called()}:
            raise exists(entity, label)


def row_of(db: Connection, schema: Schema, entity: Entity, name: str) -> int:
    """The record that declares a column.

    Raises:
        Refused: ``not_own``, it is none of the users' own.
    """
    field = schema.field(entity, name)
    if not field.custom:
        raise Refused(
            "not_own",
            N_("{field} is not a column of your own; it can't be renamed or removed."),
            field=field.text(),
        )
    rows = db.run(f"SELECT id, name FROM {OWN_COLUMN} WHERE alive = 1 AND entity = ?", (entity.id,))
    return next(int(id) for id, said in rows if schemas.custom_column(said) == field.column)


def prepare(schema: Schema, before: dict[str, Any], clean: dict[str, Any]) -> None:
    """Hold what is to change of a column against what it is; a formula is put as the book keeps it.

    What a column is called in the file, and how its values are kept, stands for good; of a formula
    nothing is kept, so that it may change and give another kind.

    Raises:
        Refused: ``fixed_column``, ``field_exists``, or the formula can't be.
    """
    from models.describe import formula_sql
    from models.describe.formula_kinds import NUMERIC

    entity = schema.entity(str(before["entity"]))
    own = schemas.custom_column(str(before["name"]))
    if before["formula"] and clean.get("formula"):
        kind = str(clean.get("kind") or "")
        made = formula_sql.check(schema, entity, clean["formula"], kind, own)
        if not kind and {made.kind, asked := _asked(schema, entity, before, own)} <= {*NUMERIC}:
            made = replace(made, kind=asked)
        clean |= {"formula": made.text, "kind": made.kind}
    elif before["formula"] and clean.get("kind"):
        made = formula_sql.check(schema, entity, before["formula"], clean["kind"], own)
    free = {"choices"}
    if before["formula"] and clean.get("formula", "kept"):
        free |= {"formula", "kind"}
    for name, value in clean.items():
        same = value == before[name]
        if name == "name":
            same = schemas.custom_column(str(value or "")) == own
        if name == "label":
            _assert_unused(entity, own, str(value or ""))
        elif not same and name not in free:
            raise Refused(
                "fixed_column",
                N_(
                    "{field} of an own column can't be changed, because values stand in it. Add another column instead."
                ),
                field=schema.entity(OWN_COLUMN).field(name).text(),
            )


def _asked(schema: Schema, entity: Entity, before: dict[str, Any], own: str) -> str:
    """The kind of number that somebody chose for a formula, "" where the formula itself says it."""
    from models.describe import formula_sql

    try:
        usual = formula_sql.check(schema, entity, before["formula"], "", own).kind
    except Refused:
        return ""
    return "" if usual == before["kind"] else str(before["kind"])


def assert_unasked(db: Connection, schema: Schema, rows: Collection[int]) -> None:
    """Refuse to remove columns that the formulas of others ask for.

    Raises:
        Refused: ``in_formula``.
    """
    from models.describe import formula_sql

    marks = ",".join("?" * len(rows))
    found = db.run(f"SELECT entity, name FROM {OWN_COLUMN} WHERE id IN ({marks})", tuple(rows))
    gone = {(entity, schemas.custom_column(name)) for entity, name in found}
    for entity in schema:
        for one in entity.fields:
            if not one.formula or (entity.id, one.id) in gone:
                continue
            asked = formula_sql.behind(schema, (entity.id, one.id)) & gone
            if asked:
                entity_id, name = min(asked)
                raise Refused(
                    "in_formula",
                    N_(
                        "{field} stands in the formula of {other} ({entity}). Change or remove that first."
                    ),
                    field=schema.entity(entity_id).field(name).text(),
                    other=one.text(),
                    entity=entity.text(),
                )
