"""The verb that lists what was backed up automatically, and the backup before an import."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.arguments import as_json, book_argument, open_book
from desktop.printing import out, table
from desktop.verbs import verb
from models.book import Book
from models.refusals import Refused
from models.texts import N_, ntr, tr

if TYPE_CHECKING:
    from models.backups import Listed

# Sheets that are imported one after the other don't each copy the whole book.
_RECENT = timedelta(minutes=10)


def before_import(book: Book) -> None:
    """Back a book up unless that was done just now; what prevents it is said and stops nothing."""
    if not book.last_change:
        return
    from models import backups

    try:
        backups.make(book.path, _RECENT)
    except Refused as refused:
        click.echo(tr(N_("No backup was made before the import: {why}"), why=refused), err=True)


@verb(
    "backups",
    N_("List the automatic backups of a book, the latest first, also of one that is lost."),
)
@book_argument
@as_json
def listed(book: str, as_json: bool) -> None:
    from models import backups
    from models.backups import Listed

    try:
        with open_book(book) as opened:
            found = backups.listed(opened)
            place = backups.folder(opened.id)
    except Refused as refused:
        found = [Listed(one, None) for one in backups.of_path(Path(book))]
        if refused.code not in backups.LOST or not found:
            raise
        place = found[0].backup.path.parent
        click.echo(str(refused), err=True)
    if as_json:
        out({"folder": str(place), "backups": [_plain(one) for one in found]})
    elif found:
        heads = (N_("Made"), N_("Size"), N_("Since then"), N_("File"))
        table([_row(one) for one in found], head=[tr(one) for one in heads])
        click.echo(str(place))
    else:
        click.echo(tr(N_("There is no backup yet.")))


def _plain(one: Listed) -> dict[str, object]:
    made = one.backup
    return {
        "file": made.path.name,
        "moment": made.moment.isoformat(),
        "bytes": made.size,
        "change": made.change,
        "digest": made.digest,
        "since": one.since,
    }


def _row(one: Listed) -> list[str]:
    made = one.backup
    when = made.moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return [when, f"{made.size / 1e6:,.1f} MB", _since(one), made.path.name]


def _since(one: Listed) -> str:
    if one.since is None:
        return "–"
    if one.since == 0:
        return tr(N_("as the book is now"))
    return ntr("{n} change since", "{n} changes since", one.since)


COMMANDS = (listed,)
