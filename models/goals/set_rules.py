"""The rules of ``models.goals.rules`` for goals that wait in an import.

A goal's level is part of what tells it from the next, so it is known before goals are matched; its
title is made for new ones only, so that a later import in another language changes none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.dialects import Connection, quoted
from models.goals import rules
from models.journal import settings

FILLS = ("level", "person", "team", "measure", "period", "title", "starts_on", "ends_on")


def leveled(db: Connection, name: str) -> None:
    """Whoever is named says the level, unless the sheet does or names its row."""
    person, team = (f"coalesce({one}, {one}_s, {one}_t) IS NOT NULL" for one in ("person", "team"))
    db.run(
        f"UPDATE {name}.goal SET level = CASE WHEN {person} THEN 'person' WHEN {team} THEN 'team' "
        "ELSE 'company' END WHERE level IS NULL AND pid IS NULL"
    )


def titled(db: Connection, name: str) -> None:
    """New goals that nobody named are called by what they are about."""
    look = _looking(db, name)
    made = [
        (rules.title(dict(zip(_ABOUT, values, strict=True)), look) or None, seq)
        for seq, *values in db.run(
            f"SELECT seq, {', '.join(_ABOUT)} FROM {name}.goal WHERE title IS NULL "
            "AND old IS NULL AND state IS NULL AND same IS NULL"
        )
    ]
    db.many(f"UPDATE {name}.goal SET title = ? WHERE seq = ?", made)


_ABOUT = ("level", "person", "team", "measure", "period")


def _looking(db: Connection, name: str) -> rules.Look:
    """Names of people and teams, of the book's and of those that wait; each looked up once."""
    known: dict[tuple[str, int], dict[str, Any]] = {}
    calendar = settings.calendar(db)

    def look(entity: str, row: int) -> dict[str, Any]:
        if entity == "book":
            return {"calendar": calendar}
        if (entity, row) not in known:
            known[entity, row] = {"name": _name(db, name, entity, row)}
        return known[entity, row]

    return look


def _name(db: Connection, name: str, entity: str, row: int) -> str:
    waits = db.one(f"SELECT 1 FROM pragma_table_info(?, '{name}') WHERE name = 'name'", (entity,))
    waiting = (
        db.one(f"SELECT name FROM {name}.{quoted(entity)} WHERE row = ? LIMIT 1", (row,))
        if waits
        else None
    )
    return str(waiting or db.one(f"SELECT name FROM {quoted(entity)} WHERE id = ?", (row,)) or "")


def spanned(entity: str) -> Callable[[Connection, str], None]:
    """A period that is new brings its days, unless others are written beside it."""
    known = f"SELECT 1 FROM {entity} t WHERE t.id = s.row AND s.old = 1"

    def days(one: str, edge: str) -> str:
        written = f"s.{one} IS NOT NULL AND NOT EXISTS ({known} AND t.{one} IS s.{one})"
        return f"{one} = CASE WHEN {written} THEN s.{one} ELSE {edge}(s.period) END"

    def apply(db: Connection, name: str) -> None:
        calendar = settings.calendar(db)

        def edge(which: int) -> Callable[[str], str | None]:
            def of(label: str) -> str | None:
                day = rules.days_of(label, calendar)[which]
                return day.isoformat() if day else None

            return of

        db.teach("period_first", edge(0))
        db.teach("period_last", edge(1))
        db.run(
            f"UPDATE {name}.{entity} AS s SET {days('starts_on', 'period_first')}, "
            f"{days('ends_on', 'period_last')} WHERE s.period IS NOT NULL "
            f"AND NOT EXISTS ({known} AND t.period IS s.period)"
        )

    return apply
