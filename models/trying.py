"""What a new record would refuse, field by field, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.book import Book
from models.change import Change
from models.describe.field import Field
from models.refusals import Refused
from models.texts import N_


def refusals(book: Book, entity_id: str, values: Mapping[str, Any]) -> dict[str, Refused]:
    """Why fields of a new record would decline what is given; "" is a blank.

    Where each value is acceptable, the first field that lacks one is named: what is usual and what
    follows from the others is filled in as it will be.
    """
    entity = book.schema.entity(entity_id)
    found: dict[str, Refused] = {}
    given = {name: raw for name, raw in values.items() if str(raw).strip()}
    with book.reading() as db:
        change = Change(book, db, 0)
        for name, raw in given.items():
            try:
                change.clean(entity, {name: raw})
            except Refused as refused:
                found[name] = refused
        if found:
            return found
        try:
            change.complete(entity, given)
        except Refused as refused:
            said = str(refused)
            for one in entity.fields:
                if one.required and one.id in values and said == str(_lacking(one)):
                    found[one.id] = refused
    return found


def _lacking(field: Field) -> Refused:
    return Refused("required", N_("{field} must be filled in."), field=field.text())
