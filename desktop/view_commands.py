"""The verb that lists saved views, and what other verbs do with one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from desktop.arguments import as_json, book_argument, open_book
from desktop.printing import out, table
from desktop.verbs import option, verb
from models.book import Book
from models.describe import filters, sentences
from models.describe.field import Entity
from models.texts import N_, tr
from models.views import saved
from models.views.saved import Saved
from models.views.seen import Seen, seen
from models.views.view import usable

view_option = option(
    "--view",
    metavar=N_("NAME"),
    help=N_("As a saved view shows them: its columns, filter, order and groups."),
)


def seen_of(book: Book, entity: Entity, name: str, where: str | None) -> Seen:
    """What a view shows, narrowed further; what is gone of it is said.

    Raises:
        Refused: ``unknown_view``.
    """
    one = saved.find(book, entity, name)
    missing = usable(one.view, book.schema, entity).missing
    if missing:
        names = tr(N_(", ")).join(missing)
        click.echo(tr(N_("No longer there, and left out: {names}"), names=names), err=True)
    return seen(book, entity, one.view, where)


def export_view(book: Book, target: Path, entity: Entity, name: str, where: str | None) -> int:
    """Write what a view shows; gives how many records."""
    from models.sheets import view_sheets

    return view_sheets.export(book, target, entity.id, seen_of(book, entity, name, where))


@verb("views", N_("List the saved views."))
@book_argument
@as_json
def views(book: str, as_json: bool) -> None:
    with open_book(book) as opened:
        there = saved.views(opened)
        if as_json:
            out([_told(opened, one) for one in there])
            return
        table([_row(opened, one) for one in there])


def _told(book: Book, one: Saved) -> dict[str, Any]:
    view = one.view
    entity = book.schema.entity(one.entity)
    return {
        "id": book.public_id(saved.ENTITY, one.id),
        "entity": one.entity,
        "name": one.title,
        "default": one.default,
        "columns": view.paths,
        "sort": [("-" if down else "") + path for path, down in view.sort],
        "filter": view.filter,
        "groups": [{"field": group.path, "by": group.by or None} for group in view.groups],
        "totals": dict(view.totals),
        "missing": list(usable(view, book.schema, entity).missing),
    }


def _row(book: Book, one: Saved) -> list[str]:
    entity = book.schema.entity(one.entity)
    fit = usable(one.view, book.schema, entity)
    asked = (
        sentences.sentence(filters.parse(fit.view.filter), entity, book.schema)
        if fit.view.filter
        else ""
    )
    return [
        entity.plural_text(),
        tr(N_("{name} (default)"), name=one.title) if one.default else one.title,
        asked,
    ]


COMMANDS = (views,)
