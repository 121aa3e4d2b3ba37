"""The conditions of a filter, one a chip: which there are, what each asks about, how to change one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.describe.field import Entity
from models.describe.filters import All, AnyOf, Compare, Filter, Not, text
from models.describe.schema import Schema
from models.refusals import Refused


def conditions(filter: Filter | None) -> tuple[Filter, ...]:
    """What must hold together, each on its own; a filter of another shape is one condition."""
    if filter is None:
        return ()
    if isinstance(filter, All):
        return tuple(part for one in filter.parts for part in conditions(one))
    return (filter,)


def joined(parts: Iterable[Filter]) -> str:
    """The text of a filter under which all of these hold; nothing for none."""
    kept = tuple(dict.fromkeys(parts))
    if not kept:
        return ""
    return text(kept[0] if len(kept) == 1 else All(kept))


def paths(filter: Filter) -> set[str]:
    """The fields that a filter asks about, as it names them."""
    match filter:
        case Compare(path, _, _):
            return {path}
        case Not(part):
            return paths(part)
        case All(parts) | AnyOf(parts):
            return {path for one in parts for path in paths(one)}


def path_of(entity: Entity, schema: Schema, named: str) -> str:
    """A field path by ids, however its parts are called; what is unknown stays as it is."""
    try:
        steps, last = schema.path(entity, named)
    except Refused:
        return named
    return ".".join(one.id for one in (*steps, last))


def about(filter: Filter, entity: Entity, schema: Schema) -> str | None:
    """The one field path, by ids, that a condition asks about; None when it asks about several."""
    found = {path_of(entity, schema, one) for one in paths(filter)}
    return found.pop() if len(found) == 1 else None


def written(entity: Entity, schema: Schema, path: str) -> str:
    """How a filter names a field of these ids: by its label where that names it alone."""
    if "." in path or not entity.has(path):
        return path
    label = entity.field(path).text()
    return label if path_of(entity, schema, label) == path and "." not in label else path


def one_of(path: str, values: Sequence[str], *, empty: bool) -> tuple[Filter, ...]:
    """The condition that a field has one of these values, or, if ``empty``, none at all."""
    made: list[Filter] = []
    if values:
        made.append(
            Compare(path, "=", (values[0],))
            if len(values) == 1
            else Compare(path, "in", tuple(values))
        )
    if empty:
        made.append(Compare(path, "empty"))
    return (AnyOf(tuple(made)),) if len(made) > 1 else tuple(made)


def none_of(path: str, values: Sequence[str], *, empty: bool) -> tuple[Filter, ...]:
    """The conditions that a field has none of these values; without ``empty`` it must have one."""
    made: list[Filter] = []
    if len(values) == 1:
        made.append(Compare(path, "!=", (values[0],)))
    elif values:
        made.append(Not(Compare(path, "in", tuple(values))))
    if not empty:
        made.append(Compare(path, "filled"))
    return tuple(made)
