"""What happened with a record: events such as visits and changes in one list, newest first.

An event is a record of an entity that declares when it happened (``Entity.happens``). What is
linked to the record tells its part: of a customer also its people, deals and orders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal.entries import EditInfo, closed, label, load
from models.texts import N_, tr

_RELATED = 300  # records of one link whose part is told, the newest
_NAMED = 3  # records that one change touched, called by name
EVENTS, CHANGES = "events", "changes"


@dataclass(frozen=True)
class Happening:
    """One line of a timeline, as people read it."""

    at: datetime
    sort: str  # EVENTS or CHANGES
    what: str
    told: str
    who: str
    step: tuple[int, Any] = (0, None)  # of a change: its number and what the value became
    whole_day: bool = False  # the hour isn't known


def has_events(schema: Schema, entity: str) -> bool:
    """Whether events can happen with records of an entity."""
    return any(one.happens and any(f.target == entity for f in one.links()) for one in schema)


def timeline(
    db: Connection,
    schema: Schema,
    entity: str,
    row: int,
    currency: str,
    sorts: Sequence[str] = (EVENTS, CHANGES),
    limit: int = 200,
) -> tuple[list[Happening], bool]:
    """The latest events and changes of a record and of what is linked to it; whether there are older ones."""
    scope = _scope(db, schema, entity, row)
    found: list[Happening] = []
    edges: list[datetime] = []
    if EVENTS in sorts:
        found += _events(db, schema, scope, currency, limit)
    if CHANGES in sorts:
        for one, rows in scope.items():
            lines, edge = _changes(db, schema, one, rows, (entity, row), currency, limit)
            found += lines
            edges += [edge] if edge is not None else []
    # Where changes are not read to their end, nothing older may stand as if it came next.
    found = [one for one in found if all(one.at >= edge for edge in edges)]
    found.sort(key=lambda one: (one.at, one.step[0]), reverse=True)
    return found[:limit], bool(edges) or len(found) >= limit


def _scope(db: Connection, schema: Schema, entity: str, row: int) -> dict[str, list[int]]:
    """The record and the live ones that link to it, by entity; events are told apart."""
    scope = {entity: [row]}
    for other, column in _links_to(schema, entity):
        if other.happens or other.system or other.id == entity:
            continue
        rows = db.run(
            f"SELECT id FROM {quoted(other.id)} WHERE {quoted(column)} = ? AND alive = 1 "
            "ORDER BY id DESC LIMIT ?",
            (row, _RELATED),
        )
        known = scope.setdefault(other.id, [])
        known += [int(one) for (one,) in rows if one not in known]
    return scope


def _links_to(schema: Schema, target: str) -> Iterator[tuple[Entity, str]]:
    return ((o, f.column) for o in schema for f in o.links() if f.target == target)


def _events(
    db: Connection, schema: Schema, scope: dict[str, list[int]], currency: str, limit: int
) -> list[Happening]:
    made = []
    for event in (one for one in schema if one.happens):
        found: set[tuple[str, int]] = set()
        when = quoted(event.field(event.happens).column)
        for field in event.links():
            rows = scope.get(field.target, [])
            marks = ",".join("?" * len(rows))
            found.update(
                db.run(
                    f"SELECT {when}, id FROM {quoted(event.id)} WHERE {quoted(field.column)} IN ({marks}) "
                    f"AND alive = 1 AND {when} IS NOT NULL ORDER BY {when} DESC LIMIT ?",
                    (*rows, limit),
                )
            )
        latest = sorted(found, reverse=True)[:limit]
        made += [_event(db, schema, event, one, currency) for _, one in latest]
    return made


def _event(db: Connection, schema: Schema, event: Entity, row: int, currency: str) -> Happening:
    columns = ", ".join(quoted(one.column) for one in event.fields)
    stored = db.run(f"SELECT {columns} FROM {quoted(event.id)} WHERE id = ?", (row,))[0]
    values = dict(zip((one.id for one in event.fields), stored, strict=True))
    what, who, told = event.text(), "", []
    for field in event.fields:
        value = load(db, schema, event.id, field.id, values[field.id])
        if value is None or field.id == event.happens:
            continue
        shown = KINDS[field.kind].show(field, value, currency)
        if field.kind == "choice" and what == event.text():
            what = shown
        elif field.kind == "link" and not who and schema.entity(field.target).person:
            who = shown
        elif field.kind != "link":
            told.append(tr(N_("{field}: {value}"), field=field.text(), value=shown))
    at: Any = KINDS[event.field(event.happens).kind].load(values[event.happens])
    if isinstance(at, datetime):
        return Happening(at, EVENTS, what, " · ".join(told), who)
    morning = datetime.combine(at, time()).astimezone(UTC)  # before all that the day has hours of
    return Happening(morning, EVENTS, what, " · ".join(told), who, whole_day=True)


def _changes(
    db: Connection,
    schema: Schema,
    entity_id: str,
    rows: list[int],
    own: tuple[str, int],
    currency: str,
    limit: int,
) -> tuple[list[Happening], datetime | None]:
    """The latest changes of records of one entity; the earliest moment read if there may be more."""
    entity = schema.entity(entity_id)
    marks = ",".join("?" * len(rows))
    found = db.run(
        f"""SELECT e.row, e.change, c.at, c.author, c.reason, e.field, e.before, e.after
        FROM edit e JOIN change c ON c.id = e.change WHERE e.entity = ? AND e.row IN ({marks})
        ORDER BY e.id DESC LIMIT ?""",
        (entity.no, *rows, limit),
    )
    made: list[Happening] = []
    labels = _labels(db, schema, entity, {one[0] for one in found} - _rows_of(own, entity_id))
    together: dict[tuple[int, Any], list[str]] = {}  # records that one change added, removed, …
    shut = {one: closed(db, entity, one) for one in {one[0] for one in found}}
    for row, change, at, author, reason, name, before, after in found:
        if name in shut[row]:
            continue
        if row in labels and name == "alive":
            named = together.setdefault((change, after), [])
            named.append(labels[row])
            if len(named) > 1:
                continue
        if entity.has(name):
            before, after = (load(db, schema, entity_id, name, one) for one in (before, after))
        edit = EditInfo(change, datetime.fromisoformat(at), author, reason, name, before, after)
        what, was, became = edit.told(entity, currency)
        told = f"{was or '–'} → {became or '–'}" if name != "alive" else became
        what = _of(entity, labels.get(row, ""), what)
        made.append(Happening(edit.at, CHANGES, what, told, author, (change, after)))
    edge = datetime.fromisoformat(found[-1][2]) if len(found) == limit else None
    return [_with_all(one, together.get(one.step, []), entity) for one in made], edge


def _rows_of(own: tuple[str, int], entity: str) -> set[int]:
    return {own[1]} if own[0] == entity else set()


def _labels(db: Connection, schema: Schema, entity: Entity, rows: set[int]) -> dict[int, str]:
    return {one: label(db, schema, entity.id, one) or str(one) for one in rows}


def _of(entity: Entity, record: str, field: str) -> str:
    """What a change is of: the record when it is not the one that is looked at, and the field."""
    if not record:
        return field or entity.text()
    name = f"{entity.text()} {record}"
    return tr(N_("{record}: {field}"), record=name, field=field) if field else name


def _with_all(one: Happening, named: list[str], entity: Entity) -> Happening:
    """One line for records that one change added or removed together: their first names."""
    if len(named) < 2 or "→" in one.told:
        return one
    more = "…" if len(named) > _NAMED else ""
    names = tr(N_(", ")).join(named[:_NAMED]) + more
    return replace(one, what=tr(N_("{record}: {field}"), record=entity.plural_text(), field=names))
