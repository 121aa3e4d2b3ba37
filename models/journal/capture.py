"""The database writes the journal: triggers made from the descriptions, on every path.

One trigger a field fires only when that column is set, so that a bulk write pays for what it
touches and nothing passes beside the journal. They are made again whenever the schema changes,
because a rebuilt table loses its triggers silently.
"""

from __future__ import annotations

from models.describe.field import Entity
from models.dialects import Connection, quoted
from models.journal.tables import SEAL_TRIGGERS

# Fields of an opportunity whose course is kept as history (product.md: StageHistory).
_HISTORY = ("stage", "amount", "expected_close", "probability")


def _journal(entity: Entity, field: str, before: str, after: str) -> str:
    return (
        "INSERT INTO edit (change, entity, row, field, before, after) VALUES "
        f"((SELECT change FROM door), {entity.no}, NEW.id, '{field}', {before}, {after});"
    )


def _stale(entity: Entity) -> str:
    return f"INSERT OR IGNORE INTO search_stale VALUES ({entity.no}, NEW.id);"


def trigger_statements(entity: Entity) -> dict[str, str]:
    """The triggers of an entity, by name."""
    table = quoted(entity.id)
    searched = {one.id for one in entity.searched()}
    stale_on_insert = _stale(entity) if searched else ""
    made = {
        f"journal_{entity.id}_add": (
            f"AFTER INSERT ON {table} BEGIN "
            f"{_journal(entity, 'alive', 'NULL', 'NEW.alive')} {stale_on_insert} END"
        ),
        f"journal_{entity.id}_keep": (
            f"BEFORE DELETE ON {table} BEGIN "
            "SELECT RAISE(ABORT, 'rows are never deleted; they move to the recycle bin'); END"
        ),
    }
    for name in ("alive", *(one.column for one in entity.fields)):
        column = quoted(name)
        also = _stale(entity) if name in searched or (name == "alive" and searched) else ""
        made[f"journal_{entity.id}_set_{name}"] = (
            f"AFTER UPDATE OF {column} ON {table} WHEN OLD.{column} IS NOT NEW.{column} BEGIN "
            f"{_journal(entity, name, f'OLD.{column}', f'NEW.{column}')} {also} END"
        )
    return made


def history_statements(entities: tuple[Entity, ...]) -> dict[str, str]:
    """The triggers that keep each opportunity's course, also when an import writes it.

    An undo takes the history rows of its change back with everything else, so it writes none.
    """
    if not any(one.id == "stage_change" for one in entities):
        return {}
    columns = ", ".join(quoted(one) for one in _HISTORY)
    values = ", ".join(f"NEW.{quoted(one)}" for one in _HISTORY)
    insert = f"INSERT INTO stage_change (alive, opportunity, at, {columns}) "
    changed = " OR ".join(f"OLD.{quoted(one)} IS NOT NEW.{quoted(one)}" for one in _HISTORY)
    today = "date('now', 'localtime')"
    closed = "CASE WHEN NEW.status IS NOT 'open' THEN NEW.closed_on END"
    return {
        "history_opportunity_add": (
            "AFTER INSERT ON opportunity WHEN NEW.stage IS NOT NULL "
            "AND (SELECT kind FROM door) = 'edit' BEGIN "
            f"{insert} SELECT 1, NEW.id, coalesce({closed}, NEW.opened_on, {today}), {values}; END"
        ),
        "history_opportunity_set": (
            f"AFTER UPDATE OF {columns} ON opportunity WHEN (SELECT kind FROM door) = 'edit' "
            f"AND ({changed}) BEGIN "
            f"{insert} SELECT 1, NEW.id, coalesce({closed}, {today}), {values}; END"
        ),
    }


def wanted(entities: tuple[Entity, ...]) -> dict[str, str]:
    """The statements that make the triggers of a schema, by name."""
    made = history_statements(entities) | SEAL_TRIGGERS
    for entity in entities:
        made.update(trigger_statements(entity))
    return {name: f"CREATE TRIGGER {quoted(name)} {statement}" for name, statement in made.items()}


def present(connection: Connection) -> dict[str, str]:
    """The statements that made the triggers of a book, by name."""
    return dict(connection.run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))


def make_triggers(connection: Connection, entities: tuple[Entity, ...]) -> None:
    """Drop every trigger that the schema doesn't ask for as it is, and make those that it lacks."""
    asked, there = wanted(entities), present(connection)
    for name in there:
        if asked.get(name) != there[name]:
            connection.run(f"DROP TRIGGER {_escaped(name)}")
    for name, statement in asked.items():
        if there.get(name) != statement:
            connection.run(statement)


def _escaped(name: str) -> str:
    """A name that another program chose may have any sign in it."""
    return '"' + name.replace('"', '""') + '"'
