"""Which field each column of a table may fill, if its rows are of an entity.

Headers are compared with the fields' synonyms in all languages, then held against what the cells look
like; a candidate may reach through a link (``order.customer.name``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.describe import parsing
from models.describe.field import Entity, Field
from models.describe.kinds import parse_choice
from models.describe.schema import Schema
from models.refusals import Refused
from models.sheets.headers import fold_header
from models.sheets.likeness import likeness
from models.sheets.profile import ColumnProfile, is_day, is_number
from models.sheets.table_finding import FoundTable

LEAST = 0.55  # below, a column is not taken for a field
_NOT_THROUGH = {"notes", "active", "tags", "status", "amount", "due_on", "next_contact_due"}


@dataclass(frozen=True)
class Candidate:
    """A field that a column may fill, and through how many links it is reached."""

    path: str
    field: Field
    depth: int


def candidates(entity: Entity, schema: Schema) -> list[Candidate]:
    """All fields that columns of an entity's list can fill, its own and those of what it is linked to."""
    made = [Candidate(one.id, one, 0) for one in entity.fields]
    if not entity.part_of or entity.system:
        return made
    for link in entity.links():
        target = schema.entity(link.target)
        if not target.flat:
            continue
        made += [
            Candidate(f"{link.id}.{one.id}", one, 1)
            for one in target.fields
            if one.id not in _NOT_THROUGH
        ]
        if target.id == entity.part_of:
            for inner in target.links():
                beyond = schema.entity(inner.target)
                if beyond.flat:
                    made += [
                        Candidate(f"{link.id}.{inner.id}.{one.id}", one, 2)
                        for one in beyond.fields
                        if one.kind != "link" and one.id not in _NOT_THROUGH
                    ]
    return made


def _fits(field: Field, one: ColumnProfile) -> float:
    """Whether the cells can be of the field's kind, as a factor; single ones that can't are faults."""
    sample = one.sample[:60]
    values = [value for value in sample if not parsing.is_blank(value, field.kind)]
    if not values:
        return 0.9

    def share(test: Callable[[Any], bool]) -> float:
        return sum(map(test, values)) / len(values)

    if field.kind in ("date", "instant"):
        if share(is_day) >= 0.5:
            return 1.0
        return 0.95 if share(lambda value: is_day(value) or _serial(value)) >= 0.6 else 0.3
    if field.kind in ("link", "text"):
        return 0.6 if one.date_share > 0.8 else 1.0
    if field.kind == "flag":
        return 1.0 if one.flag_share > 0.6 else 0.2
    if field.kind == "choice":
        return 1.0 if share(lambda value: _offered(field, value)) >= 0.5 else 0.3
    test, otherwise = _LOOKS.get(field.kind, (None, 1.0))
    return 1.0 if test is None or share(test) >= 0.5 else otherwise


# What cells of a kind look like, and what is left of a header's likeness when they don't.
_LOOKS: dict[str, tuple[Callable[[Any], bool], float]] = {
    **dict.fromkeys(("money", "number", "percent", "integer"), (is_number, 0.35)),
    "phone": (lambda value: len(re.sub(r"\D", "", str(value))) >= 5, 0.4),
    "email": (lambda value: "@" in parsing.fold(value), 0.3),
}


def _offered(field: Field, value: Any) -> bool:
    try:
        parse_choice(field, value)
    except parsing.Unreadable:
        return False
    return True


def _serial(value: Any) -> bool:
    try:
        return (
            10_000 <= float(parsing.fold(value)) < 80_000
            or 19_000_101 <= float(value) <= 21_991_231
        )
    except (TypeError, ValueError):
        return False


def assign(
    entity: Entity,
    table: FoundTable,
    profiles: Sequence[ColumnProfile],
    schema: Schema,
    said: Mapping[int, str],
) -> dict[int, tuple[Candidate, float]]:
    """The best path of each column, each path given once; what was said comes first."""
    made = _chosen(entity, schema, said)
    taken = {path.path for path, _ in made.values()}
    offers = []
    paths = candidates(entity, schema)
    for at, column in enumerate(table.columns):
        if at in said or table.header_rows is None:
            continue
        for one in paths:
            like = header_likeness(column.header, one.field)
            score = like * _fits(one.field, profiles[at]) - 0.03 * one.depth
            if like >= LEAST and score >= LEAST:
                offers.append((score, at, one))
    offers.sort(key=lambda offer: (-offer[0], offer[1], offer[2].depth))
    for score, at, one in offers:
        if at not in made and one.path not in taken:
            made[at] = (one, score)
            taken.add(one.path)
    return made


def header_likeness(header: str, field: Field) -> float:
    """Of a header, or of what stands below a group in one that is put together of two rows."""
    like = likeness(fold_header(header), field)
    _, *tails = header.split("/")
    for at in range(len(tails)):
        like = max(like, 0.95 * likeness(fold_header("/".join(tails[at:])), field))
    return like


def _chosen(
    entity: Entity, schema: Schema, said: Mapping[int, str]
) -> dict[int, tuple[Candidate, float]]:
    """The paths that were said and that lead from this entity."""
    made: dict[int, tuple[Candidate, float]] = {}
    for at, path in said.items():
        bare = path
        if path.startswith(entity.id + ".") and not entity.has(entity.id):
            bare = path.removeprefix(entity.id + ".")
        if bare in ("", "+", "id"):
            continue
        try:
            _, field = schema.path(entity, bare)
        except Refused:
            continue
        steps = bare.split(".")
        made[at] = (Candidate(".".join([*steps[:-1], field.id]), field, len(steps) - 1), 1.0)
    return made
