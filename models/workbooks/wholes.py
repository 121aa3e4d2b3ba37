"""What a record is part of: a judgement is told with whose evaluation it is, not by its item alone."""

from __future__ import annotations

from models.book import Book
from models.dialects import Connection, quoted
from models.texts import N_, tr

Whole = tuple[str, int, str]  # entity, row, label


def whole_of(book: Book, db: Connection, entity_id: str, row: int) -> Whole | None:
    """The record that another one is part of; None for what stands by itself."""
    kind = book.schema.entity(entity_id)
    to = next((one for one in kind.links() if kind.part_of and one.target == kind.part_of), None)
    if to is None:
        return None
    sql = f"SELECT {quoted(to.column)} FROM {quoted(kind.id)} WHERE id = ?"
    found = db.one(sql, (row,))
    return None if found is None else (to.target, int(found), book.label(to.target, int(found)))


def named(whole: str, part: str) -> str:
    """A part as it is called where nothing else says what it is part of."""
    return tr(N_("{whole}: {part}"), whole=whole, part=part) if whole and part else part
