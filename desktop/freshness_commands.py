"""The verb on how old the data of people is, and whose workbook is to be asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import as_json, book_argument, on_option, open_book
from desktop.printing import out, table
from desktop.verbs import option, verb
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.book import Book
    from models.workbooks.stale import Standing


@verb("freshness", N_("How old each person's data is, where their workbook is, and what to write to those who are asked for it."))  # fmt: skip
@book_argument
@on_option
@option("--text", "as_text", is_flag=True, help=N_("Print only what to write to people."))
@as_json
def freshness(book: str, on: date | None, as_text: bool, as_json: bool) -> None:
    if as_text and as_json:
        raise click.UsageError(tr(N_("--text and --json exclude each other.")))
    from models.workbooks.stale import standings

    with open_book(book) as opened:
        day = on or date.today()
        found = standings(opened, day)
        if as_json:
            out({"on": day.isoformat(), "people": [_plain(opened, one) for one in found]})
        elif as_text:
            for one in found:
                if one.stale is not None:
                    click.echo(one.stale.nudge())
        else:
            _print(found)


def _plain(book: Book, one: Standing) -> dict[str, Any]:
    fresh, workbook, stale = one.freshness, one.out, one.stale
    return {
        "person": fresh.name,
        "id": book.public_id("salesperson", one.person),
        "data_as_of": fresh.at,
        "day": fresh.day.isoformat() if fresh.day else None,
        "age_days": fresh.age,
        "age_working_days": fresh.worked,
        "source": fresh.source or None,
        "away": one.away,
        "workbook": workbook
        and {
            "id": book.public_id("workbook", workbook.workbook),
            "file": workbook.file,
            "issued_at": workbook.issued_at,
            "due_back": workbook.due_back.isoformat() if workbook.due_back else None,
            "returned_at": workbook.returned,
        },
        "stale": stale and {"reason": stale.reason, "working_days": stale.late},
        "nudge": stale.nudge() if stale else None,
    }


def _print(found: list[Standing]) -> None:
    from models.workbooks.freshness import age_text

    heads = (N_("Salesperson"), N_("Data as of"), N_("Age"), N_("Heard from"), N_("Workbook"))
    rows = []
    for one in found:
        fresh = one.freshness
        day = fresh.day.isoformat() if fresh.day else ""
        rows.append((fresh.name, day, age_text(fresh.age), fresh.source_text(), one.state()))
    table(rows, [tr(head) for head in heads])
    for one in found:
        if one.stale is not None:
            click.echo()
            click.echo(one.stale.nudge())


COMMANDS = (freshness,)
