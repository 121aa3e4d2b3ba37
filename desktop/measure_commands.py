"""Verbs on the numbers of a book: measures, measure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desktop.arguments import as_json, book_argument, open_book
from desktop.printing import out, table
from desktop.verbs import argument, option, verb
from models.book import Book
from models.money import plain
from models.sheets.own import ID_HEADER
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.describe.field import Choice
    from models.measures.definition import Behind, Definition, Row
    from models.measures.engine import Result
    from models.periods import Period

_UNITS = {
    "money": N_("money"),
    "count": N_("count"),
    "percent": N_("per cent"),
    "days": N_("days"),
}


@verb("measures", N_("The numbers that the book can give, with their definitions."))
@book_argument
@as_json
def measures(book: str, as_json: bool) -> None:
    from models.measures import engine

    with open_book(book):
        found = engine.definitions()
    if as_json:
        out(
            [
                {
                    "code": one.code,
                    "label": one.text(),
                    "unit": one.unit,
                    "direction": one.direction,
                    "version": one.version,
                    "definition": tr(one.words),
                }
                for one in found
            ]
        )
    else:
        heads = (N_("Code"), N_("Measure"), N_("Unit"), N_("Definition"))
        table(
            [[one.code, one.text(), tr(_UNITS[one.unit]), tr(one.words)] for one in found],
            head=[tr(one) for one in heads],
        )


@verb("measure", N_("Compute a measure, whole or broken down."))
@book_argument
@argument("code", N_("MEASURE"), N_("The measure, by its code or its label; measures lists them."))
@option(
    "--by",
    metavar=N_("BREAKDOWN"),
    help=N_(
        "Broken down by: person, manager, team, region, customer, product, category, stage, week, month, quarter, half, year."
    ),
)
@option(
    "--period",
    metavar=N_("PERIOD"),
    default="all",
    show_default=True,
    help=N_("When: 2017, 2017-Q2, 2017-03, this_month, last_30d, 2017-01-01..2017-03-31."),
)
@option(
    "--where",
    metavar=N_("FILTER"),
    help=N_("Only of these, e.g. status=won and amount>1000; fields by id or label."),
)
@option("--records", is_flag=True, help=N_("The records behind the number."))
@as_json
def measure(
    book: str,
    code: str,
    by: str | None,
    period: str,
    where: str | None,
    records: bool,
    as_json: bool,
) -> None:
    from models import relative
    from models.measures import engine

    with open_book(book) as opened:
        span = relative.parse(period, opened.calendar)
        what = engine.definition(code)
        split = engine.breakdown(by) if by is not None else None
        key = split.code if split else None
        if records:
            found = engine.records(opened, what.code, period=span, by=key, where=where)
            _records(opened, found, what, split, as_json)
            return
        result = engine.measure(opened, what.code, period=span, by=key, where=where)
        days = _known_until(opened) if key == "person" else None
        if as_json:
            out(_plain(result, span, key, days))
        else:
            _print(result, opened.currency, split.text() if split else "", days)


def _known_until(book: Book) -> dict[object, str | None]:
    """The day of which the data of each person is, as text; None where nothing was ever heard."""
    from models.workbooks.freshness import ages

    found = ages(book, date.today())
    return {row: one.day.isoformat() if one.day else None for row, one in found.items()}


def _plain(
    result: Result, span: Period | None, by: str | None, days: dict[object, str | None] | None
) -> dict[str, Any]:
    what = result.definition
    return {
        "code": what.code,
        "label": what.text(),
        "unit": what.unit,
        "period": span.label if span else "all",
        "by": by,
        "definition": tr(what.words),
        **_parts(result.total),
        "rows": [{"key": _key(one, by), **_parts(one), **_age(one, days)} for one in result.rows],
    }


def _age(row: Row, days: dict[object, str | None] | None) -> dict[str, str | None]:
    """How old the data behind a person's figure is."""
    return {} if days is None else {"data_as_of": days.get(row.key)}


def _key(row: Row | Behind, by: str | None) -> str:
    """A period as its calendar reads it back, whatever the language; all others by their names."""
    from models.periods import UNITS

    return str(row.key) if by in UNITS and row.key is not None else row.label


def _parts(row: Row) -> dict[str, Any]:
    return {
        "value": _decimal(row.value),
        "numerator": _decimal(row.numerator),
        "denominator": _decimal(row.denominator),
        "n": row.n,
    }


def _print(result: Result, currency: str, by: str, days: dict[object, str | None] | None) -> None:
    what = result.definition
    rows = [[one.label, what.show(one.value, currency), f"{one.n:,}"] for one in result.rows]
    total = [tr(N_("Total")), what.show(result.total.value, currency), f"{result.total.n:,}"]
    head = [by, what.text(), tr(N_("Records"))]
    if days is not None:
        head.append(tr(N_("Data as of")))
        rows = [
            [*row, days.get(one.key) or "–"] for row, one in zip(rows, result.rows, strict=True)
        ]
        total.append("")
    table([*rows, total], head=head, right={1, 2})


def _records(
    book: Book, found: list[Behind], what: Definition, by: Choice | None, as_json: bool
) -> None:
    """The records behind a number, each with what it adds to it."""
    if as_json:
        out(
            [
                {
                    "entity": one.entity,
                    "id": book.public_id(one.entity, one.id),
                    "key": _key(one, by.code if by else None),
                    "value": _decimal(one.value),
                }
                for one in found
            ]
        )
        return
    money = what.unit == "money"  # of a share each record adds to the part, not to the share
    heads = [tr(N_("Kind")), tr(ID_HEADER), by.text() if by else "", what.text()]
    rows = [
        [
            book.schema.entity(one.entity).text(),
            book.public_id(one.entity, one.id),
            one.label,
            what.show(one.value, book.currency) if money else _grouped(one.value),
        ]
        for one in found
    ]
    if by is None:
        heads.pop(2)
        rows = [row[:2] + row[3:] for row in rows]
    table(rows, head=heads, right={len(heads) - 1})


def _grouped(value: Decimal) -> str:
    return f"{Decimal(plain(value)):,f}"


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


COMMANDS = (measures, measure)
