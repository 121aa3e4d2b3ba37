"""Verbs on the numbers of a book: measures, measure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import click

from desktop.arguments import BookPlace, as_json, open_book
from desktop.printing import out, table
from models.money import plain
from models.texts import N_, tr


@click.command("measures")
@click.argument("book", type=BookPlace())
@as_json
def measures(book: str, as_json: bool) -> None:
    """The numbers that the book can give, with their definitions."""
    from models.measures import engine

    with open_book(book):
        found = [
            {
                "code": one.code,
                "label": tr(one.label),
                "unit": one.unit,
                "direction": one.direction,
                "version": one.version,
                "definition": tr(one.words),
            }
            for one in engine.definitions()
        ]
    if as_json:
        out(found)
    else:
        table([[one["code"], one["label"], one["definition"]] for one in found])


@click.command("measure")
@click.argument("book", type=BookPlace())
@click.argument("code")
@click.option(
    "--by",
    default=None,
    help="person, manager, team, region, customer, product, category, stage, month, quarter, year",
)
@click.option("--period", default="all", show_default=True)
@click.option("--where", default=None)
@click.option("--records", is_flag=True, help="The records behind the number.")
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
    """Compute a measure, whole or broken down."""
    from models import periods
    from models.measures import engine

    with open_book(book) as opened:
        span = periods.parse(period)
        if records:
            found = engine.records(opened, code, period=span, by=by, where=where)
            rows = [
                {
                    "entity": one.entity,
                    "id": opened.public_id(one.entity, one.id),
                    "key": one.label,
                    "value": _decimal(one.value),
                }
                for one in found
            ]
            if as_json:
                out(rows)
            else:
                table(
                    [
                        [one["entity"], one["id"], str(one["key"] or ""), str(one["value"])]
                        for one in rows
                    ]
                )
            return
        result = engine.measure(opened, code, period=span, by=by, where=where)
        parts: list[dict[str, Any]] = [
            {
                "key": one.label,
                "value": _decimal(one.value),
                "numerator": _decimal(one.numerator),
                "denominator": _decimal(one.denominator),
                "n": one.n,
            }
            for one in result.rows
        ]
        total = result.total
        if as_json:
            out(
                {
                    "code": code,
                    "label": tr(result.definition.label),
                    "unit": result.definition.unit,
                    "period": span.label if span else "all",
                    "by": by,
                    "definition": tr(result.definition.words),
                    "value": _decimal(total.value),
                    "numerator": _decimal(total.numerator),
                    "denominator": _decimal(total.denominator),
                    "n": total.n,
                    "rows": parts,
                }
            )
        else:
            table(
                [[one["key"], one["value"], f"n={one['n']}"] for one in parts]
                + [[tr(N_("Total")), str(_decimal(total.value)), f"n={total.n}"]]
            )


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


COMMANDS = (measures, measure)
