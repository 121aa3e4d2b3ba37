"""The verb on what needs the manager on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from desktop.arguments import as_json, book_argument, on_option, open_book
from desktop.printing import out
from desktop.verbs import option, verb
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.book import Book
    from models.today.scopes import Scope
    from models.today.today import Today


@verb("today", N_("What needs you on a day, ordered by consequence, each with its reason."))
@book_argument
@on_option
@option("--person", metavar=N_("PERSON"), help=N_("Of this salesperson only, by name or id."))
@option("--team", metavar=N_("TEAM"), help=N_("Of this team and the teams below it only."))
@option("--text", "as_text", is_flag=True, help=N_("Print it as a message for WeChat."))
@as_json
def today(
    book: str,
    on: date | None,
    person: str | None,
    team: str | None,
    as_text: bool,
    as_json: bool,
) -> None:
    if as_text and as_json:
        raise click.UsageError(tr(N_("--text and --json exclude each other.")))
    if person and team:
        raise click.UsageError(tr(N_("--person and --team exclude each other.")))
    from models.today import message, plain
    from models.today.today import read

    with open_book(book) as opened:
        scope = _scope(opened, person, team)
        found = read(opened, on or date.today())
        if as_json:
            out(plain.as_data(opened, found, scope))
        elif as_text:
            click.echo(message.text(found, scope), nl=False)
        else:
            _print(found, scope)


def _scope(book: Book, person: str | None, team: str | None) -> Scope:
    """Whose lines are asked for.

    Raises:
        Refused: there is nobody, or no team, of this name.
    """
    from models import links
    from models.today import scopes

    if not person and not team:
        return scopes.EVERYBODY
    kind, name = ("salesperson", person or "") if person else ("team", team or "")
    with book.reading() as db:
        row = links.resolve(db, book.schema, book.public, kind, name)
    return scopes.of_person(row) if person else scopes.of_team(book, row)


def _print(found: Today, scope: Scope) -> None:
    """A heading for each class of consequence, the lines under it."""
    from models.today.line import severity_text
    from models.today.words import date_text, day_kind

    click.echo(date_text(found.on))
    click.echo(day_kind(found.calendar, found.on))
    click.echo(found.message(scope))
    severity = ""
    for line in found.lines(scope):
        if line.severity != severity:
            severity = line.severity
            click.echo()
            click.echo(severity_text(severity))
        who = line.person_name
        said = tr(N_("{title} ({person})"), title=line.title, person=who) if who else line.title
        click.echo(f"  {said}")
        if line.reason:
            click.echo(f"      {line.reason}")


COMMANDS = (today,)
