"""What the book already knows of a table: its values, its ids, the columns that it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from models.book import Book
from models.describe.field import Entity, Field
from models.describe.kinds import KINDS
from models.describe.schema import Schema, custom_field
from models.dialects import quoted
from models.sheets import profile
from models.sheets.mapping import ColumnMapping, TableMapping
from models.sheets.proposal import Proposal


class Known:
    """How much of a column's sample the book, or another table of this import, already knows."""

    def __init__(self, book: Book, found: Sequence[tuple[Any, Any, Any]]) -> None:
        self._db = book.connection()
        self._schema = book.schema
        self._memo: dict[tuple[str, tuple[str, ...]], float] = {}
        self._columns = [
            {str(value).strip() for value in one.sample}
            for _, _, profiles in found
            for one in profiles
            if one.unique or one.distinct > 3
        ]

    def __call__(self, entity_id: str, values: Sequence[str]) -> float:
        sample = tuple(dict.fromkeys(str(one).strip() for one in values))[:60]
        if not sample:
            return 0.0
        key = (entity_id, sample)
        if key not in self._memo:
            self._memo[key] = self._share(entity_id, sample)
        return self._memo[key]

    def _share(self, entity_id: str, sample: tuple[str, ...]) -> float:
        entity = self._schema.entity(entity_id)
        names = dict.fromkeys([*entity.title, *(key[0] for key in entity.keys if len(key) == 1)])
        marks = ",".join("?" * len(sample))
        hits: set[str] = set()
        for name in names:
            column = quoted(entity.field(name).column)
            hits.update(
                str(row[0])
                for row in self._db.run(
                    f"SELECT {column} FROM {quoted(entity.id)} WHERE alive = 1 AND {column} IN ({marks})",
                    sample,
                )
            )
        return len(hits) / len(sample)


def own_ids(
    book: Book, mapping: TableMapping, profiles: Sequence[profile.ColumnProfile]
) -> TableMapping:
    """A column of this book's public ids identifies the rows, whatever its header."""
    if mapping.entity is None or mapping.own is not None:
        return mapping
    prefix = book.schema.entity(mapping.entity).prefix
    columns = []
    for column, one in zip(mapping.columns, profiles, strict=False):
        sample = [str(value) for value in one.sample if value is not None]
        fits = sum(book.public.row(prefix, value) is not None for value in sample)
        if sample and fits >= 0.8 * len(sample):
            column = replace(column, path="id", confidence=1.0, new_field=False)
        columns.append(column)
    return replace(mapping, columns=tuple(columns))


def own_columns(proposal: Proposal, mapping: TableMapping) -> TableMapping:
    """Unknown columns become own columns of the entity, or are left out, as the person decided."""
    if mapping.entity is None:
        return mapping
    columns: list[ColumnMapping] = []
    taken = {column.path for column in mapping.columns if column.path}
    for column in mapping.columns:
        if not column.path and column.new_field and proposal.options.unknown == "keep":
            kind = (
                column.kind
                if column.kind in KINDS and column.kind not in ("link", "choice")
                else "text"
            )
            fresh = custom_field(column.header, kind)
            entity = proposal.book.schema.entity(mapping.entity)
            if fresh.id == "x_" or fresh.id in taken or _names_a_field(entity, fresh):
                fresh = custom_field(f"{column.header} {column.letter}", kind)
            taken.add(fresh.id)
            if not entity.has(fresh.id) and (mapping.entity, fresh) not in proposal.new_fields:
                if any(e == mapping.entity and f.id == fresh.id for e, f in proposal.new_fields):
                    fresh = next(
                        f
                        for e, f in proposal.new_fields
                        if e == mapping.entity and f.id == fresh.id
                    )
                else:
                    proposal.new_fields.append((mapping.entity, fresh))
            column = replace(column, path=fresh.id, kind=fresh.kind)
        columns.append(column)
    return replace(mapping, columns=tuple(columns))


def _names_a_field(entity: Entity, fresh: Field) -> bool:
    """Whether a declared field is called like an own column that would be new, in any language.

    A column that a formula works out takes no values either.
    """
    label = fresh.label.strip().casefold()
    return any(one.formula and one.id == fresh.id for one in entity.fields) or any(
        label in {name.casefold() for name in one.called()}
        for one in entity.fields
        if not one.custom
    )


def full_schema(proposal: Proposal) -> Schema:
    """The book's schema with the columns that the import would add."""
    schema = proposal.book.schema
    rows = [(entity.id, one) for entity in schema for one in entity.fields if one.custom]
    return schema.with_custom([*rows, *proposal.new_fields])
