"""A formula while it is typed: what it comes to in a few records, and what could be typed next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.book import Book
from models.describe import formula_sql
from models.describe.field import Entity, Field
from models.describe.formula_functions import FUNCTIONS
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.dialects import quoted
from models.texts import N_, language, tr


@dataclass(frozen=True)
class Preview:
    """A formula that can be: its result's kind, and its values in some records as people read them."""

    text: str
    kind: str
    rows: tuple[tuple[str, str], ...]  # the record's label, the value


def preview(
    book: Book, entity_id: str, typed: str, ids: Sequence[int], kind: str = "", own: str = ""
) -> Preview:
    """Work a formula out for a few records; nothing is written.

    Raises:
        Refused: what is wrong with it, and where.
    """
    entity = book.schema.entity(entity_id)
    made = formula_sql.check(book.schema, entity, typed, kind, own)
    field = Field(own or "preview", made.kind, "", custom=True, formula=made.text)
    marks = ",".join("?" * len(ids))
    found = dict(
        book.connection().run(
            f"SELECT t.id, {made.sql.format(t='t')} FROM {quoted(entity.id)} t WHERE t.id IN ({marks})",
            tuple(ids),
        )
    )
    shows = KINDS[made.kind]
    rows = tuple(
        (book.label(entity.id, id), shows.show(field, shows.load(found.get(id)), book.currency))
        for id in ids
    )
    return Preview(made.text, made.kind, rows)


@dataclass(frozen=True)
class Offer:
    """Something that can be typed next: what is written, what it is; functions open a bracket."""

    text: str
    words: str
    known_as: tuple[str, ...] = ()


def offers(schema: Schema, entity: Entity, own: str = "") -> list[Offer]:
    """The fields of a record, those of what it links to, and the functions."""
    made = [_field(schema, entity, (one,)) for one in entity.fields if one.id != own]
    for link in entity.links():
        beyond = schema.entity(link.target)
        made += [_field(schema, entity, (link, one)) for one in beyond.fields if one.kind != "link"]
    for one in FUNCTIONS.values():
        name = one.aliases[0] if language() == "zh_CN" else one.name
        words = tr(N_("{shape}: {words}"), shape=one.shape, words=one.text())
        made.append(Offer(name + "(", words, (one.name, *one.aliases)))
    return made


def _field(schema: Schema, entity: Entity, path: tuple[Field, ...]) -> Offer:
    ids = ".".join(one.id for one in path)
    text = formula_sql.shown(schema, entity, ids)
    return Offer(text, "", tuple(dict.fromkeys([ids, *path[-1].called()])))
