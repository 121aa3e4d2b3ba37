"""The verb on workbooks out: one for each salesperson."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop import issue_view
from desktop.arguments import Day, as_json, book_argument, on_option, open_book
from desktop.printing import out, table
from desktop.verbs import argument, option, verb
from models.book import Book
from models.refusals import Refused
from models.texts import LANGUAGES, N_, ntr, tr

if TYPE_CHECKING:
    from models.workbooks.handing_out import Handed
    from models.workbooks.issuing import Issued

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
@issue_view.other_ways
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
    **asked: Any,
) -> None:
    other = issue_view.Other(**asked)
    other.assert_fits(everybody or bool(people))
    if not other.is_list and everybody == bool(people):
        raise click.UsageError(tr(N_("Name the people, or say --all.")))
    said: dict[str, Any] = {"language": language, "on": on or date.today(), "due_back": due_back}
    with open_book(book) as opened:
        made: Sequence[Handed | Issued]
        if other.is_list:
            made = [issue_view.issue_list(opened, other, Path(folder), **said)]
        else:
            rows = _everybody(opened) if everybody else [_row(opened, one) for one in people]
            way: Callable[..., Sequence[Handed | Issued]] = _personal
            if other.template:
                way = issue_view.in_template(other)
            made = way(opened, rows, Path(folder), personal=not without_personal, **said)
        told = [issue_view.told(opened, one) for one in made]
    if as_json:
        out(told)
        return
    table(
        [(one["person"] or "–", one["workbook"], one["rows"], one["file"]) for one in told],
        right={2},
    )
    click.echo(ntr("{n} workbook written", "{n} workbooks written", len(told)))


def _personal(book: Book, rows: list[int], folder: Path, **said: Any) -> list[Issued]:
    from models.workbooks import issuing

    return issuing.issue(book, rows, folder, **said)


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
