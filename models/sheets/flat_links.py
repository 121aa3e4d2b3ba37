"""Links in flat sheets: whether columns describe another record or only point to one that is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from models.describe.field import Entity, Field
from models.describe.schema import Schema
from models.sheets.candidates import Candidate, candidates, header_likeness
from models.sheets.profile import ColumnProfile
from models.sheets.table_finding import FoundTable

Known = Callable[[str, Sequence[str]], float]


def settle_links(
    entity: Entity,
    found: dict[int, tuple[Candidate, float]],
    table: FoundTable,
    profiles: Sequence[ColumnProfile],
    schema: Schema,
    known: Known | None,
    said: Mapping[int, str],
) -> dict[int, tuple[Candidate, float]]:
    """Settle links in flat sheets: columns of a record that is known already only point to it."""
    if not entity.part_of or entity.system:
        return found
    made = dict(found)
    paths = {one.path: one for one in candidates(entity, schema)}
    for link in sorted(
        (
            one
            for one in paths.values()
            if one.field.kind == "link" and schema.entity(one.field.target).flat
        ),
        key=lambda one: -one.depth,
    ):
        target = schema.entity(link.field.target)
        inside = {
            at: one for at, (one, _) in made.items() if one.path.rpartition(".")[0] == link.path
        }
        direct = next((at for at, (one, _) in made.items() if one.path == link.path), None)
        key_at = (
            direct
            if direct is not None
            else next(
                (at for at, one in inside.items() if one.field.id in (k[0] for k in target.keys)),
                None,
            )
        )
        if key_at is None or key_at in said:
            continue
        if target.id == entity.part_of:
            share = 0.0
        else:
            share = (
                known(target.id, [str(value) for value in profiles[key_at].sample[:60]])
                if known
                else 0.0
            )
        others = [at for at in inside if at != key_at]
        if share >= 0.5 and not any(
            made[at][0].field.id in (k[0] for k in target.keys) for at in others
        ):
            made[key_at] = (link, made[key_at][1])
            for at in others:
                if at not in said:
                    del made[at]
        elif direct is not None:
            key = _key_for(
                target,
                table.columns[direct].header,
                {one.field.id for one in inside.values()},
                profiles[direct],
            )
            if key is not None and f"{link.path}.{key.id}" in paths:
                made[direct] = (paths[f"{link.path}.{key.id}"], made[direct][1])
    return made


def _key_for(target: Entity, header: str, taken: set[str], one: ColumnProfile) -> Field | None:
    """The field of a target that a column names it by: its number or its name."""
    fields = [target.field(key[0]) for key in target.keys if len(key) == 1 and key[0] not in taken]
    scored = sorted(fields, key=lambda field: -header_likeness(header, field))
    return scored[0] if scored else None
