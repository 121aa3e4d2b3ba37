"""What holds for a whole book: kept in ``book_info`` and journaled like the fields of a record.

That table has no row numbers, which triggers and the fold of other entities need; so what they do is
done here, in the same words: an edit only inside a change, and undo as the latest live edit.
"""

from __future__ import annotations

from models.describe.book_settings import BOOK
from models.dialects import Connection
from models.periods import FiscalCalendar

ROW = 0  # of the one record that a book is of itself
_NAMES = ("year_starts", "week_starts", "work_calendar")


def calendar(connection: Connection) -> FiscalCalendar:
    """When the years and weeks of a book begin; what is not said, or not understood, is usual."""
    found = dict(
        connection.run("SELECT name, value FROM book_info WHERE name IN (?, ?, ?)", (*_NAMES,))
    )
    month, day, country = (_usual(name, found.get(name)) for name in _NAMES)
    return FiscalCalendar(int(month), day, country)


def _usual(name: str, said: str | None) -> str:
    field = BOOK.field(name)
    known = said is not None and field.choice(said) is not None
    return str(said if known else field.default)


def said(connection: Connection, name: str) -> str:
    """A setting that is no part of the calendar, as text; what is not said is usual, "" for nothing."""
    found = connection.one("SELECT value FROM book_info WHERE name = ?", (name,))
    usual = BOOK.field(name).usual
    return str(found) if found is not None else "" if usual is None else str(usual)


def put(connection: Connection, name: str, value: str | None) -> None:
    """Give a setting a value inside a change, None for none of its own; journaled if it differs."""
    before = connection.one("SELECT value FROM book_info WHERE name = ?", (name,))
    if before == value:
        return
    if value is None:
        connection.run("DELETE FROM book_info WHERE name = ?", (name,))
    else:
        connection.run(
            "INSERT OR REPLACE INTO book_info (name, value) VALUES (?, ?)", (name, value)
        )
    connection.run(
        "INSERT INTO edit (change, entity, row, field, before, after) "
        "VALUES ((SELECT change FROM door), ?, ?, ?, ?, ?)",
        (BOOK.no, ROW, name, before, value),
    )


def fold(connection: Connection, first: int, last: int) -> list[str]:
    """Give what the edits from one to another touched the value of its latest live edit.

    Gives the names of what a later live change wrote, and which keeps that value.
    """
    kept = []
    for (name,) in connection.run(
        "SELECT DISTINCT field FROM edit NOT INDEXED WHERE id BETWEEN ? AND ? AND entity = ?",
        (first, last, BOOK.no),
    ):
        live = connection.run(
            "SELECT e.id, e.after FROM edit e JOIN change c ON c.id = e.change "
            "WHERE e.entity = ? AND e.row = ? AND e.field = ? AND c.dead = 0 AND c.kind = 'edit' "
            "ORDER BY e.id DESC LIMIT 1",
            (BOOK.no, ROW, name),
        )
        if live:
            value = live[0][1]
        else:
            value = connection.one(
                "SELECT before FROM edit WHERE entity = ? AND row = ? AND field = ? ORDER BY id LIMIT 1",
                (BOOK.no, ROW, name),
            )
        if live and live[0][0] > last:
            kept.append(str(name))
        put(connection, str(name), value)
    return kept


def drifted(connection: Connection) -> list[str]:
    """Settings whose value is not what the journal last wrote."""
    return [
        str(name)
        for (name,) in connection.run(
            "SELECT e.field FROM (SELECT field, max(id) AS last FROM edit "
            "WHERE entity = ? GROUP BY field) l JOIN edit e ON e.id = l.last "
            "WHERE e.after IS NOT (SELECT value FROM book_info WHERE name = e.field)",
            (BOOK.no,),
        )
    ]
