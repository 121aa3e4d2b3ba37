"""What the columns of a table mean: which entity its rows are, which field each column fills.

Headers are compared with the fields' synonyms in all languages, then held against what the cells look
like; a path may reach through a link (``order.customer.name``) where lists of one thing carry the
columns of another. What fits no field is proposed as a column of the users' own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.describe import parsing
from models.describe.field import Entity, Field
from models.describe.kinds import parse_choice
from models.describe.parsing import CellFormat
from models.describe.schema import Schema
from models.refusals import Refused
from models.sheets import cell_formats
from models.sheets.cell_formats import Way
from models.sheets.headers import fold_header
from models.sheets.likeness import likeness
from models.sheets.own import OwnSheet, worked_out_note
from models.sheets.profile import ColumnProfile, is_day, is_number
from models.sheets.table_finding import FoundTable
from models.texts import N_, tr

_LEAST = 0.55  # below, a column is not taken for a field
_PLENTY = 5.0  # so many columns understood are enough, however wide the table
_EXACT = 0.9  # from here on, a header names a field in full
_NOT_THROUGH = {"notes", "active", "tags", "status", "amount", "due_on", "next_contact_due"}


@dataclass(frozen=True)
class ColumnMapping:
    """Where one column goes; path None = left out, or an own column when ``new_field``."""

    index: int
    letter: str
    header: str
    path: str | None
    confidence: float
    format: CellFormat
    kind: str
    new_field: bool
    reason: str
    way: Way | None = None  # where its cells can be read in several


@dataclass(frozen=True)
class TableMapping:
    """How a table was understood; entity None = not recognised."""

    entity: str | None
    table: FoundTable
    columns: tuple[ColumnMapping, ...]
    confidence: float
    notes: tuple[str, ...]
    own: OwnSheet | None = None


@dataclass(frozen=True)
class _Path:
    path: str
    field: Field
    depth: int


Known = Callable[[str, Sequence[str]], float]


def signature(table: FoundTable) -> str:
    """What a mapping is remembered by: the headers, in order."""
    text = "|".join(fold_header(one.header) for one in table.columns)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def map_table(
    table: FoundTable,
    profiles: Sequence[ColumnProfile],
    schema: Schema,
    *,
    file_name: str,
    entity: str | None = None,
    chosen: Mapping[str, str] | None = None,
    known: Known | None = None,
    memory: Mapping[str, str] | None = None,
    own: OwnSheet | None = None,
) -> TableMapping:
    """Propose the meaning of every column; what the person chose is taken as said.

    Raises:
        Refused: a chosen field does not exist.
    """
    said = _said(table, chosen or {}, (memory if own is None else None) or {})
    if own is not None:
        said = {**own.paths, **said}
        entity = own.entity
    entity = entity or _named(schema, said)
    assigned = [
        (one, _assign(one, table, profiles, schema, said))
        for one in schema
        if (one.id == entity if entity is not None else not one.system)
    ]
    exact = {
        at
        for _, found in assigned
        for at, (path, score) in found.items()
        if score >= _EXACT and path.depth == 0
    }
    best: tuple[float, Entity, dict[int, tuple[_Path, float]]] | None = None
    for one, found in assigned:
        # A header that names a field of something else in full says nothing for what it resembles.
        borrowed = sum(score for at, (_, score) in found.items() if at in exact and score < _EXACT)
        score = _worth(one, found, table, file_name) - borrowed
        if best is None or score > best[0] + 1e-9:
            best = (score, one, found)
    assert best is not None
    _, chosen_entity, found = best
    total = sum(score for _, score in found.values())
    recognised = entity is not None or (
        (tells := _tells(chosen_entity, found)) > 0
        and total >= min(0.3 * len(table.columns), _PLENTY)
        and (total >= min(2, len(table.columns)) * 0.7 or tells >= _EXACT)
    )
    if not recognised:
        columns = tuple(
            _column(at, table, profiles[at], None, None) for at in range(len(table.columns))
        )
        return TableMapping(
            None, table, tuple(replace(one, new_field=False) for one in columns), 0.0, table.notes
        )
    found = _through(chosen_entity, found, table, profiles, schema, known, said)
    columns = tuple(
        _column(at, table, profiles[at], found.get(at), said.get(at))
        for at in range(len(table.columns))
    )
    if own is not None:
        columns = _as_written(columns, own)
    columns, worked_out = _without_formulas(columns, chosen_entity, schema)
    notes = [*(own.notes() if own is not None else ()), *worked_out]
    return TableMapping(
        chosen_entity.id,
        table,
        columns,
        total / max(len(table.columns), 1),
        (*table.notes, *notes),
        own,
    )


def _tells(entity: Entity, found: Mapping[int, tuple[_Path, float]]) -> float:
    """How surely a column tells one record from the next: a sheet of remarks alone is no table.

    What is part of something else is told by what it links to as well: goods of an order that the
    sheet doesn't name.
    """
    alone = {*entity.title, *(key[0] for key in entity.keys if len(key) == 1)}
    parts = {name for key in entity.keys for name in key}
    if entity.part_of:
        parts |= {one.id for one in entity.links() if one.target != entity.part_of}
    return max(
        (
            score if path.path in alone else min(score, _LEAST)
            for path, score in found.values()
            if path.path.split(".")[0] in alone | parts
        ),
        default=0.0,
    )


def _as_written(columns: tuple[ColumnMapping, ...], own: OwnSheet) -> tuple[ColumnMapping, ...]:
    """Columns of our own sheets say literally what they hold: no factors, no words for blanks.

    One that a person calls otherwise is read as people write, its texts guarded all the same.
    """
    literal = CellFormat(exact=True, guarded=own.guarded, foreign=own.foreign)
    return tuple(
        replace(column, format=literal, confidence=1.0, way=_days_only(column.way))
        if column.path and own.paths.get(at) == column.path
        else replace(column, format=replace(column.format, guarded=own.guarded))
        for at, column in enumerate(columns)
    )


def _without_formulas(
    columns: tuple[ColumnMapping, ...], entity: Entity, schema: Schema
) -> tuple[tuple[ColumnMapping, ...], list[str]]:
    """Columns that formulas of the book work out are left as they are, and it is said."""
    left = {
        at
        for at, one in enumerate(columns)
        if one.path not in (None, "", "id") and schema.path(entity, str(one.path))[1].formula
    }
    if not left:
        return columns, []
    why = tr(N_("worked out by a formula"))
    made = (
        replace(one, path=None, confidence=0.0, new_field=False, reason=why) if at in left else one
        for at, one in enumerate(columns)
    )
    return tuple(made), [worked_out_note(columns[at].header for at in sorted(left))]


def _days_only(way: Way | None) -> Way | None:
    """What can be typed into a sheet of ours in more than one way."""
    return way if way is not None and way.topic == "days" else None


def by_place(table: FoundTable, given: Mapping[str, str]) -> dict[int, str]:
    """What was given for headers or letters, by the column's place."""
    exact = {key.strip(): value for key, value in given.items()}
    folded = {fold_header(key): value for key, value in given.items()}
    made: dict[int, str] = {}
    for at, column in enumerate(table.columns):
        for key, where in (
            (column.header.strip(), exact),
            (column.letter, exact),
            (fold_header(column.header), folded),
        ):
            if key in where:
                made[at] = where[key]
                break
    return made


def _said(
    table: FoundTable, chosen: Mapping[str, str], memory: Mapping[str, str]
) -> dict[int, str]:
    """Paths that the person named, now or for a table like this before, by the column's place."""
    return {**by_place(table, memory), **by_place(table, chosen)}


def _named(schema: Schema, said: Mapping[int, str]) -> str | None:
    """The entity that chosen paths begin with, as in ``salesperson.employee_no``."""
    heads = {path.split(".")[0] for path in said.values() if "." in path}
    found = [one.id for one in schema if one.id in heads]
    if len(found) == 1 and all(path.split(".")[0] == found[0] for path in said.values() if path):
        return found[0]
    return None


def offers(entity: Entity, schema: Schema) -> list[tuple[str, str]]:
    """Where a column of this entity's list can go: field paths with their labels."""
    made = []
    for one in _paths(entity, schema):
        if one.field.formula:
            continue
        label = one.field.text()
        if one.depth:
            label = f"{entity.field(one.path.split('.')[0]).text()} › {label}"
        made.append((one.path, label))
    return made


def _paths(entity: Entity, schema: Schema) -> list[_Path]:
    made = [_Path(one.id, one, 0) for one in entity.fields]
    if not entity.part_of or entity.system:
        return made
    for link in entity.links():
        target = schema.entity(link.target)
        if not target.flat:
            continue
        made += [
            _Path(f"{link.id}.{one.id}", one, 1)
            for one in target.fields
            if one.id not in _NOT_THROUGH
        ]
        if target.id == entity.part_of:
            for inner in target.links():
                beyond = schema.entity(inner.target)
                if beyond.flat:
                    made += [
                        _Path(f"{link.id}.{inner.id}.{one.id}", one, 2)
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


def _assign(
    entity: Entity,
    table: FoundTable,
    profiles: Sequence[ColumnProfile],
    schema: Schema,
    said: Mapping[int, str],
) -> dict[int, tuple[_Path, float]]:
    """The best path of each column, each path given once; what was said comes first."""
    made = _chosen(entity, schema, said)
    taken = {path.path for path, _ in made.values()}
    offers = []
    paths = _paths(entity, schema)
    for at, column in enumerate(table.columns):
        if at in said or table.header_rows is None:
            continue
        for one in paths:
            like = _header_likeness(column.header, one.field)
            score = like * _fits(one.field, profiles[at]) - 0.03 * one.depth
            if like >= _LEAST and score >= _LEAST:
                offers.append((score, at, one))
    offers.sort(key=lambda offer: (-offer[0], offer[1], offer[2].depth))
    for score, at, one in offers:
        if at not in made and one.path not in taken:
            made[at] = (one, score)
            taken.add(one.path)
    return made


def _header_likeness(header: str, field: Field) -> float:
    """Of a header, or of what stands below a group in one that is put together of two rows."""
    like = likeness(fold_header(header), field)
    _, *tails = header.split("/")
    for at in range(len(tails)):
        like = max(like, 0.95 * likeness(fold_header("/".join(tails[at:])), field))
    return like


def _chosen(
    entity: Entity, schema: Schema, said: Mapping[int, str]
) -> dict[int, tuple[_Path, float]]:
    """The paths that were said and that lead from this entity."""
    made: dict[int, tuple[_Path, float]] = {}
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
        made[at] = (_Path(".".join([*steps[:-1], field.id]), field, len(steps) - 1), 1.0)
    return made


def _worth(
    entity: Entity, found: dict[int, tuple[_Path, float]], table: FoundTable, file_name: str
) -> float:
    """How well a table is understood as an entity."""
    total = sum(score for _, score in found.values())
    paths = {path.path for path, _ in found.values()}
    own = sum(path.depth == 0 for path, _ in found.values())
    bonus = 0.0
    if any(set(key) <= paths for key in entity.keys):
        bonus += 0.5
    needed = [one.id for one in entity.fields if one.required and one.kind != "link"]
    if needed and not set(needed) & paths and not any(key[0] in paths for key in entity.keys):
        bonus -= 1.0
    name = fold_header(
        f"{table.title} {table.sheet_name} {re.sub(r'[._].*$', '', file_name) if not table.sheet_name else file_name}"
    )
    labels = {
        fold_header(one)
        for one in (entity.id, entity.label, entity.plural, tr(entity.label), *entity.headers)
    }
    if any(one and one in name for one in labels):
        bonus += 0.4
    if entity.part_of and (not own or len(paths) == 1):
        bonus -= 1.0
    return total + bonus - 0.05 * sum(path.depth for path, _ in found.values())


def _through(
    entity: Entity,
    found: dict[int, tuple[_Path, float]],
    table: FoundTable,
    profiles: Sequence[ColumnProfile],
    schema: Schema,
    known: Known | None,
    said: Mapping[int, str],
) -> dict[int, tuple[_Path, float]]:
    """Settle links in flat sheets: columns of a record that is known already only point to it."""
    if not entity.part_of or entity.system:
        return found
    made = dict(found)
    paths = {one.path: one for one in _paths(entity, schema)}
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
    scored = sorted(fields, key=lambda field: -_header_likeness(header, field))
    return scored[0] if scored else None


def _column(
    at: int,
    table: FoundTable,
    one: ColumnProfile,
    found: tuple[_Path, float] | None,
    said: str | None,
) -> ColumnMapping:
    column = table.columns[at]
    if found is None:
        kind = cell_formats.guess(column.header, one)
        way = cell_formats.way(kind, column.header, table, one)
        own_id = said == "id"
        return ColumnMapping(
            column.index,
            column.letter,
            column.header,
            "id" if own_id else None,
            1.0 if own_id else 0.0,
            cell_formats.of(kind, table, way),
            kind,
            said == "+" or (said is None and bool(one.filled)),
            tr(N_("no field of this name")),
            way,
        )
    path, score = found
    reason = tr(N_("as chosen")) if said else tr(N_("by its header"))
    way = cell_formats.way(path.field.kind, column.header, table, one)
    return ColumnMapping(
        column.index,
        column.letter,
        column.header,
        path.path,
        min(score, 1.0),
        cell_formats.of(path.field.kind, table, way),
        path.field.kind,
        False,
        reason,
        way,
    )
