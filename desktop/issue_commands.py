"""The verb on workbooks out: one for each salesperson."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from desktop.arguments import Day, as_json, book_argument, on_option, open_book
from desktop.printing import out, table
from desktop.verbs import argument, option, verb
from models.book import Book
from models.refusals import Refused
from models.texts import LANGUAGES, N_, ntr, tr

_GONE = "left"
_NAMED = 40  # people of whom a refusal tells the names


@verb("issue", N_("Write a workbook for each salesperson, with only that person's records."))
@book_argument
@argument("people", N_("PERSON"), N_("Salespeople, by name, number or id."), nargs=-1)
@option("--out", "folder", metavar=N_("FOLDER"), required=True, help=N_("Where the files go."))
@option("--all", "everybody", is_flag=True, help=N_("Everybody who hasn't left."))
@option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    help=N_("The language of the workbooks, if it is another than that of the program."),
)
@option(
    "--without-personal",
    is_flag=True,
    help=N_("Leave out names, phones and birthdays of people at customers."),
)
@option(
    "--due-back",
    metavar=N_("DATE"),
    type=Day(),
    help=N_("The day by which the workbooks are to come back."),
)
@on_option
@as_json
def issue(
    book: str,
    people: tuple[str, ...],
    folder: str,
    everybody: bool,
    language: str | None,
    without_personal: bool,
    due_back: date | None,
    on: date | None,
    as_json: bool,
) -> None:
    from models.workbooks import issuing

    if everybody == bool(people):
        raise click.UsageError(tr(N_("Name the people, or say --all.")))
    with open_book(book) as opened:
        rows = _everybody(opened) if everybody else [_row(opened, one) for one in people]
        made = issuing.issue(
            opened,
            rows,
            Path(folder),
            language=language,
            personal=not without_personal,
            on=on or date.today(),
            due_back=due_back,
        )
        told = [
            {
                "person": opened.label("salesperson", one.person),
                "id": opened.public_id("salesperson", one.person),
                "workbook": opened.public_id("workbook", one.workbook),
                "file": str(one.path),
                "rows": one.rows,
            }
            for one in made
        ]
    if as_json:
        out(told)
        return
    table([(one["person"], one["workbook"], one["rows"], one["file"]) for one in told], right={2})
    click.echo(ntr("{n} workbook written", "{n} workbooks written", len(told)))


def _everybody(book: Book) -> list[int]:
    return list(book.ids("salesperson", f"status!={_GONE} or status is empty", [("name", False)]))


def _row(book: Book, typed: str) -> int:
    """The person that is meant.

    Raises:
        Refused: ``unknown_link``, with the names that are known, or ``ambiguous_link``.
    """
    from models import links

    try:
        return links.resolve(book.connection(), book.schema, book.public, "salesperson", typed)
    except Refused as refused:
        if refused.code != "unknown_link":
            raise
        known = [book.label("salesperson", one) for one in _everybody(book)]
        shown = tr(N_(", ")).join(known[:_NAMED])
        if len(known) > _NAMED:
            shown += tr(N_(", "))
            shown += ntr("and {n} more", "and {n} more", len(known) - _NAMED)
        raise Refused(
            "unknown_person",
            N_("There is no salesperson called “{value}”. Known are: {known}."),
            value=typed,
            known=shown,
        ) from None


COMMANDS = (issue,)
