"""The tables of the journal and how a schema becomes tables.

``change`` is one undo step; its edits have consecutive numbers, so it only names the first and the
last. ``edit`` holds one field of one row: what it was and what it became. That a record exists is a
field too, ``alive``: NULL = not (or undone), 1 = live, 0 = in the recycle bin; adding a record is
the edit NULL → 1 and its other values are not repeated: they are the ``before`` of their first edit,
or what still stands in the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.describe.field import Entity, Field
from models.describe.kinds import KINDS
from models.dialects import Connection, quoted

SEARCH_INDEX = (
    "fts5(body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')"
)
# What workbooks held when they left, and each time that they came back (``workbooks/memory.py``). A
# return belongs to the change that merged it, if there was anything to merge, and counts while that lives.
WORKBOOK_TABLES = (
    """CREATE TABLE workbook_issued (workbook INTEGER PRIMARY KEY, manifest BLOB NOT NULL)""",
    """CREATE TABLE workbook_return (
        id INTEGER PRIMARY KEY, workbook INTEGER NOT NULL, change INTEGER, at TEXT NOT NULL,
        file TEXT NOT NULL, digest TEXT NOT NULL, state BLOB NOT NULL)""",
    """CREATE INDEX workbook_return_of ON workbook_return (workbook)""",
)
# What both signed, for ever (``evaluations/sealing.py``): beside the journal, so that no undo reaches it. Each row
# names the one before it; the triggers keep the program itself from changing any.
SEAL_TABLES = (
    """CREATE TABLE sealed_copy (
        number INTEGER PRIMARY KEY, evaluation INTEGER NOT NULL UNIQUE, content BLOB NOT NULL,
        digest TEXT NOT NULL, signatures TEXT NOT NULL, sealed_at TEXT NOT NULL,
        as_of INTEGER NOT NULL, change INTEGER NOT NULL, previous TEXT NOT NULL, chain TEXT NOT NULL)""",
)
# They are made with those of the journal (``capture.py``). REPLACE takes a row away without a word to the
# trigger of DELETE, so what is added is looked at too.
SEAL_TRIGGERS = {
    "sealed_copy_stands": "BEFORE UPDATE ON sealed_copy BEGIN SELECT RAISE(ABORT, 'sealed'); END",
    "sealed_copy_stays": "BEFORE DELETE ON sealed_copy BEGIN SELECT RAISE(ABORT, 'sealed'); END",
    "sealed_copy_enters": (
        "BEFORE INSERT ON sealed_copy WHEN (SELECT change FROM door) IS NULL OR EXISTS "
        "(SELECT 1 FROM sealed_copy s WHERE s.number = NEW.number OR s.evaluation = NEW.evaluation) "
        "BEGIN SELECT RAISE(ABORT, 'sealed'); END"
    ),
}
STATEMENTS = (
    """CREATE TABLE book_info (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID""",
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
        origin TEXT NOT NULL, kind TEXT NOT NULL, target INTEGER, dead INTEGER NOT NULL DEFAULT 0,
        first_edit INTEGER, last_edit INTEGER, counts TEXT)""",
    """CREATE TABLE edit (
        id INTEGER PRIMARY KEY, change INTEGER NOT NULL, entity INTEGER NOT NULL,
        row INTEGER NOT NULL, field TEXT NOT NULL, before BLOB, after BLOB)""",
    # Which change a redo would bring back is asked after every change.
    """CREATE INDEX change_undo ON change (id) WHERE kind = 'undo'""",
    """CREATE INDEX edit_row ON edit (entity, row)""",
    # The door names the change under way; a write that passes beside it is refused by the triggers.
    """CREATE TABLE door (one INTEGER PRIMARY KEY CHECK (one = 1), change INTEGER, kind TEXT)""",
    """INSERT INTO door VALUES (1, NULL, NULL)""",
    # Rows that outlived the undo of the change that made them, because something needs them.
    """CREATE TABLE outlived (entity INTEGER, row INTEGER, PRIMARY KEY (entity, row)) WITHOUT ROWID""",
    """CREATE TABLE search_stale (entity INTEGER, row INTEGER, PRIMARY KEY (entity, row)) WITHOUT ROWID""",
    f"""CREATE VIRTUAL TABLE search USING {SEARCH_INDEX}""",
    # The index is put together a few pieces at a time; by the engine's own measure sixteen small
    # pieces took all the large ones of an import along, and one edit waited half a second for it.
    """INSERT INTO search (search, rank) VALUES ('automerge', 8)""",
    """INSERT INTO search (search, rank) VALUES ('crisismerge', 64)""",
    """CREATE TABLE mapping_memory (signature TEXT PRIMARY KEY, entity TEXT, columns TEXT) WITHOUT ROWID""",
    """CREATE TABLE import_run (change INTEGER PRIMARY KEY, file TEXT, digest TEXT, report TEXT)""",
    *WORKBOOK_TABLES,
    *SEAL_TABLES,
)


def names() -> tuple[str, ...]:
    """The tables that every book has, beside those of its entities."""
    made = (re.match(r"CREATE (?:VIRTUAL )?TABLE (\w+)", one) for one in STATEMENTS)
    return tuple(one[1] for one in made if one)


def lacking(connection: Connection, entities: Iterable[Entity]) -> list[str]:
    """Tables and columns that a book should have and has not."""
    there: dict[str, set[str]] = {}
    for table, column in connection.run(
        "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"
    ):
        there.setdefault(table, set()).add(column)
    made = [name for name in names() if name not in there]
    for one in entities:
        if one.id not in there:
            made.append(one.id)
            continue
        wanted = {"id", "alive", *(field.column for field in one.fields)}
        made += [f"{one.id}.{column}" for column in sorted(wanted - there[one.id])]
    return made


def create_journal(connection: Connection) -> None:
    """Make the tables that every book has."""
    for statement in STATEMENTS:
        connection.run(statement)


def column_sql(field: Field) -> str:
    """A column as CREATE TABLE and ADD COLUMN take it."""
    return f"{quoted(field.column)} {KINDS[field.kind].sql}"


def create_entity(connection: Connection, entity: Entity) -> None:
    """Make an entity's table with indexes on its keys and links."""
    columns = ", ".join(column_sql(one) for one in entity.fields)
    connection.run(
        f"CREATE TABLE {quoted(entity.id)} (id INTEGER PRIMARY KEY, alive SMALLINT, {columns})"
    )
    for name in indexed(entity):
        connection.run(index_sql(entity, name))


def indexed(entity: Entity) -> tuple[str, ...]:
    """Columns that get an index: links, and what rows of sheets are matched by."""
    keys = {key[0] for key in entity.keys}
    return tuple(
        one.column
        for one in entity.fields
        if one.kind == "link" or (one.id in keys and not one.custom)
    )


def index_name(entity: Entity, column: str) -> str:
    """What a column's index is called; the cycle of an evaluation would be called like the table of cycles."""
    name = f"{entity.id}_{column}"
    return f"{name}_link" if name == "evaluation_cycle" else name


def index_sql(entity: Entity, column: str) -> str:
    """The statement that makes an index; empty cells take no room in it."""
    name = quoted(index_name(entity, column))
    return (
        f"CREATE INDEX IF NOT EXISTS {name} ON {quoted(entity.id)} ({quoted(column)}) "
        f"WHERE {quoted(column)} IS NOT NULL"
    )


def drop_indexes(connection: Connection, entity: Entity) -> None:
    """Take an entity's indexes away before a large write; ``build_indexes`` makes them again."""
    for column in indexed(entity):
        connection.run(f"DROP INDEX IF EXISTS {quoted(index_name(entity, column))}")


def build_indexes(connection: Connection, entity: Entity) -> None:
    """Make an entity's missing indexes."""
    for column in indexed(entity):
        connection.run(index_sql(entity, column))


def complete(connection: Connection, entities: Iterable[Entity]) -> None:
    """Give every described entity its table and every described field its column."""
    for entity in entities:
        there = {
            row[0] for row in connection.run("SELECT name FROM pragma_table_info(?)", (entity.id,))
        }
        if not there:
            create_entity(connection, entity)
            continue
        for one in entity.fields:
            if one.column not in there:
                connection.run(f"ALTER TABLE {quoted(entity.id)} ADD COLUMN {column_sql(one)}")
                if one.column in indexed(entity):
                    connection.run(index_sql(entity, one.column))


def columns_of(entities: Iterable[Entity]) -> dict[str, set[str]]:
    """The columns that the tables should have."""
    return {one.id: {"id", "alive", *(f.column for f in one.fields)} for one in entities}
