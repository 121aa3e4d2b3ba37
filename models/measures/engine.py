"""Computes measures: whole or broken down, and names the records behind every number.

Ratios carry numerator and denominator and are computed from their sums, never averaged. A group
without a key is a row of its own, so that the parts always sum to the whole; months between the first
and the last that have no records are shown as zero.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from models.book import Book
from models.describe.field import Choice
from models.dialects import Connection, quoted
from models.journal.entries import title_sql
from models.measures import times
from models.measures.catalogue import DEFINITIONS
from models.measures.definition import Behind, Definition, Row, Source, number
from models.periods import UNITS, FiscalCalendar, Period
from models.refusals import Refused
from models.suggesting import UnknownName, called
from models.texts import N_, tr

_BY = (
    Choice("person", N_("Salesperson")),
    Choice("manager", N_("Manager")),
    Choice("team", N_("Team")),
    Choice("region", N_("Region")),
    Choice("customer", N_("Customer")),
    Choice("product", N_("Product")),
    Choice("category", N_("Category")),
    Choice("week", N_("Week")),
    Choice("month", N_("Month")),
    Choice("quarter", N_("Quarter")),
    Choice("half", N_("Half-year")),
    Choice("year", N_("Year")),
    Choice("stage", N_("Stage")),
)
BREAKDOWNS = tuple(one.code for one in _BY)
_LABELS = {
    "person": "salesperson",
    "manager": "salesperson",
    "team": "team",
    "region": "region",
    "customer": "customer",
    "product": "product",
    "stage": "stage",
}


@dataclass(frozen=True)
class Result:
    """A measure over a period: its rows by the breakdown and the whole."""

    definition: Definition
    period: Period | None
    rows: tuple[Row, ...]
    total: Row


def definitions() -> tuple[Definition, ...]:
    """All measures."""
    return DEFINITIONS


def definition(code: str) -> Definition:
    """The measure of a code, or of a label in any language.

    Raises:
        Refused: ``unknown_measure``.
    """
    if found := called(code, DEFINITIONS):
        return found
    raise UnknownName(
        "unknown_measure",
        (
            N_("There is no measure called {name}. Known are: {known}."),
            N_("There is no measure called {name}. Did you mean {near}? Known are: {known}."),
        ),
        code,
        DEFINITIONS,
    )


def breakdown(typed: str) -> Choice:
    """The breakdown of a code, or of a label in any language.

    Raises:
        Refused: ``unknown_breakdown``.
    """
    if found := called(typed, _BY):
        return found
    raise unknown_breakdown(typed)


def unknown_breakdown(typed: str) -> Refused:
    """The refusal of what nothing can be broken down by."""
    return UnknownName(
        "unknown_breakdown",
        (
            N_("“{name}” is not a breakdown. Known are: {known}."),
            N_("“{name}” is not a breakdown. Did you mean {near}? Known are: {known}."),
        ),
        typed,
        _BY,
    )


def measure(
    book: Book,
    code: str,
    *,
    period: Period | None = None,
    by: str | None = None,
    where: str | None = None,
) -> Result:
    """Compute a measure.

    Raises:
        Refused: an unknown measure or breakdown, or a filter that can't be read.
    """
    what, calendar = definition(code), book.calendar
    with book.reading() as db:
        key, joins = _breakdown(what.source, by, calendar)
        sql, params = body(book, what, period, joins, where)
        below = what.denominator or "NULL"
        found = db.run(
            f"SELECT {key}, {what.gathered}, sum({below}), count(*) {sql} GROUP BY 1", params
        )
        labels = _label(db, book, by, [row[0] for row in found], calendar)
    rows = [
        _row(what, key, labels.get(key, str(key)), [top], bottom, n)
        for key, top, bottom, n in found
    ]
    total = _row(
        what,
        None,
        tr(N_("Total")),
        [row[1] for row in found],
        sum((row[2] or 0) for row in found),
        sum(row[3] for row in found),
    )
    if by == "stage":
        places = {key: place for place, key in enumerate(labels)}
        rows.sort(key=lambda row: (row.key is None, places.get(row.key, 0)))
        return Result(what, period, tuple(rows), total)
    return Result(what, period, tuple(_ordered(what, rows, by, calendar)) if by else (), total)


def records(
    book: Book,
    code: str,
    *,
    period: Period | None = None,
    by: str | None = None,
    where: str | None = None,
    key: object = ...,
    limit: int | None = None,
) -> list[Behind]:
    """The records behind a number, each with what it adds; ``key`` names one row of the breakdown."""
    what, calendar = definition(code), book.calendar
    with book.reading() as db:
        group, joins = _breakdown(what.source, by, calendar)
        sql, params = body(book, what, period, joins, where)
        if key is not ...:
            sql += f" AND {group} IS ?"
            params.append(key)
        kind = "b.kind" if what.source.whole else f"'{what.source.entity}'"
        found = db.run(
            f"SELECT {kind}, {what.source.record}, {group}, {what.numerator} {sql} ORDER BY 2"
            + (f" LIMIT {int(limit)}" if limit else ""),
            params,
        )
        labels = _label(db, book, by, list({row[2] for row in found}), calendar)
    return [
        Behind(
            entity,
            id,
            labels.get(group_key, "" if by is None else str(group_key)),
            number(value, what.scaled),
            group_key,
        )
        for entity, id, group_key, value in found
    ]


def _breakdown(source: Source, by: str | None, calendar: FiscalCalendar) -> tuple[str, str]:
    """The key's SQL and the joins that it needs.

    Raises:
        Refused: the breakdown is unknown, or makes no sense for the measure.
    """
    if by is None:
        return "NULL", ""
    if by not in BREAKDOWNS:
        raise unknown_breakdown(by)
    if by in UNITS:
        return times.key_sql(by, f"({source.date})", calendar), ""
    plain = {
        "person": source.person,
        "customer": source.customer,
        "product": source.product,
        "stage": source.stage,
    }
    if by in plain:
        return plain[by] or "NULL", ""
    person = (
        f"LEFT JOIN salesperson o ON o.id = {source.person}"
        if source.person
        else "LEFT JOIN salesperson o ON 0"
    )
    team = " LEFT JOIN team tm ON tm.id = o.team"
    # A record's region is its own, else its customer's, else its owner's.
    customer = (
        f" LEFT JOIN customer cu ON cu.id = {source.customer}"
        if source.customer
        else " LEFT JOIN customer cu ON 0"
    )
    own = f"{source.region}, " if source.region else ""
    match by:
        case "team":
            return "o.team", person
        case "region":
            return f"coalesce({own}cu.region, o.region)", person + customer
        case "manager":
            region = f" LEFT JOIN region rg ON rg.id = coalesce({own}cu.region, o.region)"
            return (
                "CASE WHEN o.id IS NULL THEN rg.manager ELSE coalesce(tm.manager, o.manager, rg.manager) END",
                person + team + customer + region,
            )
    product = (
        f"LEFT JOIN product p ON p.id = {source.product}"
        if source.product
        else "LEFT JOIN product p ON 0"
    )
    return "p.category", product


def body(
    book: Book,
    what: Definition,
    period: Period | None,
    joins: str = "",
    where: str | None = None,
    owners: Collection[int | None] | None = None,
) -> tuple[str, list[Any]]:
    """FROM and WHERE of a measure's records, with the parameters.

    Args:
        owners: only the records that count in the numbers of these people (None: in nobody's).
    """
    source = what.source
    start, end = (
        (period.start.isoformat(), period.end.isoformat())
        if period
        else ("0000-01-01", "9999-12-31")
    )

    def during(found: re.Match[str]) -> str:
        return f"{found[1]} >= '{start}' AND {found[1]} < '{end}'" if period else "1"

    sql = re.sub(r"\{during:([^}]*)\}", during, source.sql)
    sql = re.sub(r"\{among:(\w+):([^}]*)\}", lambda found: _among(found[1], found[2], owners), sql)
    condition = what.condition.replace("{end}", f"'{end}'")
    if period is None:
        condition = condition.replace(f"OR b.closed_on >= '{end}'", "OR 0")
    conditions = [source.where, condition]
    if owners is not None:
        conditions.append(_owned(source.person or "NULL", owners))
    params: list[Any] = []
    if period is not None and "{during" not in source.sql:
        low = "" if what.at_end else f"{source.date} >= '{start}' AND "
        test = f"{low}{source.date} < '{end}'"
        conditions.append(
            f"({source.date} IS NULL OR {test})"
            if what.at_end and source.entity == "opportunity"
            else test
        )
    elif period is None and what.code == "overdue_receivable":
        conditions.append("b.due < date('now', 'localtime')")
    if where:
        from models.describe import filter_sql, filters

        wanted = filters.parse(where)
        entity = book.schema.entity(source.entity)
        inner, params = filter_sql.compile(wanted, entity, book.schema)
        test = f"{source.record} IN (SELECT t.id FROM {quoted(entity.id)} t WHERE {inner})"
        if source.whole:
            # A whole that stands in for its parts is asked what they would be asked about it.
            test = f"b.kind = '{entity.id}' AND {test}"
            about = filters.through(wanted, source.whole)
            if about is not None:
                whole = book.schema.entity(source.whole)
                outer, more = filter_sql.compile(about, whole, book.schema)
                test = f"({test}) OR (b.kind = '{whole.id}' AND {source.record} IN (SELECT t.id FROM {quoted(whole.id)} t WHERE {outer}))"
                params = [*params, *more]
        conditions.append(test)
    return f"FROM {sql} {joins} WHERE " + " AND ".join(f"({one})" for one in conditions), params


def _owned(person: str, owners: Collection[int | None]) -> str:
    """The condition that one of some people is meant; None among them means nobody."""
    known = ", ".join(str(int(one)) for one in sorted(one for one in owners if one is not None))
    test = f"{person} IN ({known})"
    if None not in owners:
        return test
    return f"{test} OR {person} IS NULL" if known else f"{person} IS NULL"


def _among(table: str, row: str, owners: Collection[int | None] | None) -> str:
    """The condition of rows inside a source, so that the index of their owners can find them."""
    if owners is None:
        return "1"
    return f"{row} IN (SELECT id FROM {quoted(table)} WHERE {_owned('owner', owners)})"


def _row(what: Definition, key: object, label: str, tops: list[Any], bottom: Any, n: int) -> Row:
    numerator, values = what.added(tops)
    denominator = None if what.denominator is None else number(bottom, what.scaled_below)
    value = what.value(numerator, denominator, values)
    return Row(key, label, value, numerator, denominator, n)


def _label(
    db: Connection, book: Book, by: str | None, keys: list[Any], calendar: FiscalCalendar
) -> dict[Any, str]:
    none = tr(N_("(none)"))
    if by is None:
        return {}
    if by in UNITS:
        return {key: none if key is None else times.text(key, calendar) for key in keys}
    if by not in _LABELS:
        return {key: none if key in (None, "") else str(key) for key in keys}
    entity = _LABELS[by]
    ids = [key for key in keys if key is not None]
    made: dict[Any, str] = {None: none}
    for at in range(0, len(ids), 500):
        block = ids[at : at + 500]
        made.update(
            db.run(
                f"SELECT t.id, {title_sql(book.schema, entity, 't')} FROM {quoted(entity)} t WHERE t.id IN ({','.join('?' * len(block))})"
                + (" ORDER BY coalesce(t.order_no, 50), t.id" if entity == "stage" else ""),
                block,
            )
        )
    return made


def _ordered(what: Definition, rows: list[Row], by: str, calendar: FiscalCalendar) -> list[Row]:
    if by not in UNITS:
        return sorted(rows, key=lambda row: (row.key is None, -(row.value or 0), row.label))
    keyed = {str(row.key): row for row in rows if row.key is not None}
    rest = [row for row in rows if row.key is None]
    if keyed and what.denominator is None and not what.at_end:
        for period in times.between((min(keyed), max(keyed)), by, calendar):
            keyed.setdefault(period.label, _row(what, period.label, period.text(), [], None, 0))
    return [keyed[one] for one in sorted(keyed)] + rest
