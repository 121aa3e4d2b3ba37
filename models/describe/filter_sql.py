"""A filter as SQL over the alias ``t``; values are read as the field's kind reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from models import relative
from models.describe.field import Entity, Field
from models.describe.filters import All, AnyOf, Compare, Filter, Not
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.dialects import quoted
from models.periods import FiscalCalendar
from models.refusals import Refused

_WORDS = {"text", "long_text", "code", "phone", "email", "tags", "period"}


def compile(filter: Filter, entity: Entity, schema: Schema) -> tuple[str, list[Any]]:
    """The condition and its parameters.

    Raises:
        Refused: an unknown field, or a value that is not of the field's kind.
    """
    match filter:
        case All(parts) | AnyOf(parts):
            made = [compile(one, entity, schema) for one in parts]
            word = " AND " if isinstance(filter, All) else " OR "
            return "(" + word.join(sql for sql, _ in made) + ")", [
                p for _, more in made for p in more
            ]
        case Not(part):
            sql, params = compile(part, entity, schema)
            return f"NOT coalesce({sql}, 0)", params
        case Compare():
            return _compare(filter, entity, schema)


def _compare(one: Compare, entity: Entity, schema: Schema) -> tuple[str, list[Any]]:
    from models.reads import path_sql

    if one.path == "id":
        return f"t.id = {int(one.values[0]) if one.values[0].isdigit() else -1}", []
    sql, field = path_sql(schema, entity, one.path)
    if one.op in ("empty", "filled"):
        return f"{sql} IS {'NOT ' if one.op == 'filled' else ''}NULL", []
    if field.kind == "link":
        return _link(one, sql, field, schema)
    if one.op in ("~", "^="):
        return f"{sql} LIKE ? ESCAPE '\\'", [_pattern(one)]
    if field.kind in ("date", "instant"):
        return _day(one, sql, field, schema)
    if field.kind == "tags" and one.op in ("=", "!=", "in"):
        return _tagged(one, sql)
    values = [_stored(field, value) for value in one.values]
    return _plain(one.op, sql, values)


def _plain(op: str, sql: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    if op == "in":
        return f"{sql} IN ({', '.join('?' * len(values))})", list(values)
    if op == "between":
        return f"{sql} BETWEEN ? AND ?", list(values)
    if op == "!=":  # what is empty is not equal either, as people expect
        return f"{sql} IS NOT ?", list(values)
    return f"{sql} {op} ?", list(values)


def _pattern(one: Compare) -> str:
    return ("%" if one.op == "~" else "") + _escaped(one.values[0]) + "%"


def _tagged(one: Compare, sql: str) -> tuple[str, list[Any]]:
    """A record of several tags has each of them, and all of them together."""
    test = " OR ".join([f"', ' || {sql} || ', ' LIKE ? ESCAPE '\\'"] * len(one.values))
    params = [f"%, {_escaped(value)}, %" for value in one.values]
    return (f"NOT coalesce({test}, 0)" if one.op == "!=" else f"({test})"), params


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _stored(field: Field, raw: str) -> Any:
    kind = KINDS[field.kind]
    if field.kind == "period":
        meant = field.calendar.try_parse(raw)
        return meant.label if meant else raw
    if field.kind in _WORDS:
        return raw
    if field.kind == "recurrence":
        try:
            return kind.parse(Field(field.id, field.kind, field.label), raw)
        except Refused:
            return raw  # then it is no rule that a record has
    if field.custom and field.kind == "choice" and not _offered(field, raw):
        return raw  # records keep what people no longer offer
    return kind.store(
        kind.parse(
            Field(field.id, field.kind, field.label, choices=field.choices, custom=field.custom),
            raw,
        )
    )


def _offered(field: Field, raw: str) -> bool:
    try:
        KINDS["choice"].parse(field, raw)
    except Refused:
        return False
    return True


def _link(one: Compare, sql: str, field: Field, schema: Schema) -> tuple[str, list[Any]]:
    """A link is compared by the target's label or single keys."""
    from models.journal.entries import names_sql

    target = schema.entity(field.target)
    columns = names_sql(schema, target.id, "n")
    if one.op in ("~", "^="):
        test, params = (
            " OR ".join(f"{c} LIKE ? ESCAPE '\\'" for c in columns),
            [_pattern(one)] * len(columns),
        )
    else:
        marks = ", ".join("?" * len(one.values))
        test, params = (
            " OR ".join(f"{c} IN ({marks})" for c in columns),
            list(one.values) * len(columns),
        )
    inside = f"{sql} IN (SELECT n.id FROM {quoted(target.id)} n WHERE n.alive = 1 AND ({test}))"
    if one.op == "!=":
        return f"NOT coalesce({inside}, 0)", params
    return inside, params


def _day(one: Compare, sql: str, field: Field, schema: Schema) -> tuple[str, list[Any]]:
    """A day may be a word for a whole period; comparisons then mean its edges."""
    spans = [_span(value, schema.calendar) for value in one.values]
    (low, high), last = spans[0], spans[-1][1]

    def edge(day: date) -> str:
        if field.kind == "date":
            return day.isoformat()
        return str(KINDS["instant"].store(datetime.combine(day, time()).astimezone()))

    match one.op:
        case "=":
            return f"({sql} >= ? AND {sql} < ?)", [edge(low), edge(high)]
        case "!=":
            return f"NOT coalesce({sql} >= ? AND {sql} < ?, 0)", [edge(low), edge(high)]
        case "<":
            return f"{sql} < ?", [edge(low)]
        case "<=":
            return f"{sql} < ?", [edge(high)]
        case ">":
            return f"{sql} >= ?", [edge(high)]
        case ">=":
            return f"{sql} >= ?", [edge(low)]
        case "between":
            return f"({sql} >= ? AND {sql} < ?)", [edge(low), edge(last)]
    tests = [f"({sql} >= ? AND {sql} < ?)" for _ in spans]
    return "(" + " OR ".join(tests) + ")", [edge(day) for span in spans for day in span]


def _span(value: str, calendar: FiscalCalendar) -> tuple[date, date]:
    """First day and the day after the last of a day, a period or a relative word."""
    period = relative.period(value, calendar) or calendar.try_parse(value)
    if period is not None:
        return period.start, period.end
    day = KINDS["date"].parse(Field("day", "date", "day"), value)
    assert isinstance(day, date)
    return day, day + timedelta(days=1)
