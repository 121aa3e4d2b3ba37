"""Totals in words: what their functions are called, and how their values are shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from models import money
from models.describe.field import Entity, Field
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.texts import N_, ntr, tr
from models.views.arranging import Node
from models.views.view import Group

FUNCTION_NAMES = {
    "sum": N_("Sum"),
    "mean": N_("Mean"),
    "count": N_("Count"),
    "filled": N_("Filled in"),
    "min": N_("Smallest"),
    "max": N_("Largest"),
}
_DAY_NAMES = {"min": N_("Earliest"), "max": N_("Latest")}
_PLACES = {"money": 2, "integer": 2, "number": 2, "percent": 4}


def group_text(schema: Schema, entity: Entity, groups: Sequence[Group], node: Node) -> str:
    """What stands in a group's row: its label and how many records it holds."""
    field = schema.path(entity, groups[node.level].path)[1].text()
    count = ntr("{n} record", "{n} records", node.count)
    return tr(N_("{field}: {value}  ({count})"), field=field, value=node.label, count=count)


def function_name(how: str, kind: str) -> str:
    """What a function is called for a column of this kind."""
    names = _DAY_NAMES if kind in ("date", "instant") else {}
    return tr(names.get(how, FUNCTION_NAMES[how]))


def shown_total(field: Field, how: str, value: Any, currency: str) -> str:
    """The value of a total as a person reads it; nothing where no record has any."""
    if value is None:
        return ""
    if how in ("count", "filled"):
        return f"{value:,}"
    if how == "mean" and isinstance(value, Decimal):
        value = money.rounded(value, _PLACES.get(field.kind, 2))
    if field.kind == "integer":
        return f"{value:,}"
    return KINDS[field.kind].show(field, value, currency)
