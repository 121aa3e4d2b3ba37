"""What a sheet can't take along, or leaves out unless it is named: said to who exports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from models.book import Book
from models.describe.field import Entity
from models.dialects import quoted
from models.evaluations.standing_rows import STANDING
from models.texts import N_, tr


def notes(
    book: Book, parts: Iterable[tuple[str, Sequence[int]]], *, named: bool = False
) -> list[str]:
    """Sentences about an export of these records by kind; ``named``: its columns were asked for."""
    made, hidden = list[str](), list[str]()
    with book.reading() as db:
        for entity, rows in parts:
            standing = STANDING.get(entity)
            if standing is not None and standing.leaving and (count := standing.count(db, rows)):
                made.append(standing.leaving(count))
            if not named:
                hidden += _hidden(book, book.schema.entity(entity), rows)
    if hidden:
        text = N_("Left out, as no list shows it: {fields}. It is written when it is named.")
        made.append(tr(text, fields=tr(N_(", ")).join(hidden)))
    return list(dict.fromkeys(made))


def _hidden(book: Book, entity: Entity, rows: Sequence[int]) -> list[str]:
    """The fields that hold something and that no list shows."""
    given = json.dumps(list(rows))
    return [
        tr(N_("{entity} ({field})"), field=one.text(), entity=entity.plural_text())
        for one in entity.fields
        if not one.in_grid
        and book.connection().one(
            f"SELECT 1 FROM {quoted(entity.id)} WHERE {quoted(one.column)} IS NOT NULL "
            "AND id IN (SELECT value FROM json_each(?)) LIMIT 1",
            (given,),
        )
    ]
