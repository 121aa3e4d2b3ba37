"""Verbs on the records of a book: new, list, set, add, remove, field, search."""

from __future__ import annotations

import json
from typing import Any

import click

from desktop.arguments import BookPlace, as_json, open_book, pairs
from desktop.printing import out, table
from models.book import Book
from models.describe.kinds import KINDS
from models.refusals import Refused
from models.texts import N_, tr


@click.command("new")
@click.argument("book", type=BookPlace())
@click.option("--sample", is_flag=True, help="Fill it with the sample team.")
@click.option("--currency", default="CNY", show_default=True)
@click.option("--lang", default=None, help="Language of the sample: zh_CN or en.")
def new(book: str, sample: bool, currency: str, lang: str | None) -> None:
    """Make an empty book, or one with the sample team."""
    from pathlib import Path

    if len(currency) != 3 or not currency.isalpha():
        raise Refused(
            "bad_currency",
            N_("“{value}” is not a currency code. Write three letters, such as CNY or USD."),
            value=currency,
        )
    with Book.create(Path(book), currency.upper()) as made:
        if sample:
            from models import texts
            from models.sample.load import load

            load(made, lang or texts.language())


@click.command("list")
@click.argument("book", type=BookPlace())
@click.argument("entity")
@click.option("--where", default=None, help="A filter, e.g. status=won and amount>1000.")
@click.option("--sort", default=None, help="FIELD or -FIELD, several with commas.")
@click.option("--limit", type=click.IntRange(min=0), default=None)
@click.option(
    "--fields", default=None, help="Field ids with commas; dotted paths reach through links."
)
@click.option("--search", default="", help="Part of a name, pinyin, phone or number.")
@click.option("--deleted", is_flag=True, help="What is in the recycle bin.")
@as_json
def list_(
    book: str,
    entity: str,
    where: str | None,
    sort: str | None,
    limit: int | None,
    fields: str | None,
    search: str,
    deleted: bool,
    as_json: bool,
) -> None:
    """List the records of an entity."""
    with open_book(book) as opened:
        kind = opened.schema.entity(entity)
        names = (
            [one.strip() for one in fields.split(",")]
            if fields
            else [one.id for one in kind.fields]
        )
        with_id = fields is None or "id" in names
        names = [one for one in names if one != "id"]
        paths = [opened.schema.path(kind, name) for name in names]
        order = [(one.lstrip("-"), one.startswith("-")) for one in (sort or "").split(",") if one]
        ids = opened.ids(entity, where, order, search, deleted)
        if limit is not None:
            ids = ids[:limit]
        kinds = [KINDS[last.kind] for _, last in paths]
        if as_json:
            _stream(opened, entity, ids, names, kinds)
            return
        rows = opened.rows(entity, ids, names)
        head = (["id"] if with_id else []) + [last.text() for _, last in paths]
        table(
            [head]
            + [
                ([opened.public_id(entity, id)] if with_id else [])
                + [
                    one.show(last, value, opened.currency)
                    for one, (_, last), value in zip(kinds, paths, row, strict=True)
                ]
                for id, row in zip(ids, rows, strict=True)
            ]
        )


def _stream(book: Book, entity: str, ids: Any, names: list[str], kinds: list[Any]) -> None:
    """Print a JSON array block by block, so that a million records need no more memory than a thousand."""
    click.echo("[", nl=False)
    first = True
    for start in range(0, len(ids), 5000):
        block = ids[start : start + 5000]
        lines = []
        for id, row in zip(block, book.rows(entity, block, names), strict=True):
            record = {"id": book.public_id(entity, id)}
            record.update(
                (name, kind.plain(value))
                for name, kind, value in zip(names, kinds, row, strict=True)
            )
            lines.append(json.dumps(record, ensure_ascii=False))
        click.echo(("" if first else ",") + "\n" + ",\n".join(lines), nl=False)
        first = False
    click.echo("\n]")


@click.command("set")
@click.argument("book", type=BookPlace())
@click.argument("entity")
@click.argument("id")
@click.argument("values", nargs=-1, required=True)
@as_json
def set_(book: str, entity: str, id: str, values: tuple[str, ...], as_json: bool) -> None:
    """Set fields of one record: one change, as if typed into the grid."""
    given = pairs(values)
    with open_book(book) as opened:
        row = opened.row_id(entity, id)
        reason = tr(N_("Edit {record}"), record=opened.label(entity, row))
        with opened.change(reason, "command") as change:
            change.set(entity, row, given)
        _done(change.no, id, as_json)


@click.command("add")
@click.argument("book", type=BookPlace())
@click.argument("entity")
@click.argument("values", nargs=-1)
@as_json
def add(book: str, entity: str, values: tuple[str, ...], as_json: bool) -> None:
    """Add one record."""
    given = pairs(values)
    with open_book(book) as opened:
        kind = opened.schema.entity(entity)
        with opened.change(tr(N_("Add {entity}"), entity=kind.text()), "command") as change:
            row = change.add(entity, given)
        _done(change.no, opened.public_id(entity, row), as_json)


@click.command("remove")
@click.argument("book", type=BookPlace())
@click.argument("entity")
@click.argument("ids", nargs=-1, required=True)
@as_json
def remove(book: str, entity: str, ids: tuple[str, ...], as_json: bool) -> None:
    """Move records to the recycle bin."""
    with open_book(book) as opened:
        rows = [opened.row_id(entity, one) for one in ids]
        reason = tr(N_("Remove {record}"), record=opened.label(entity, rows[0]))
        with opened.change(reason, "command") as change:
            change.remove(entity, rows)
        _done(change.no, ids[0], as_json)


@click.command("field")
@click.argument("book", type=BookPlace())
@click.argument("entity")
@click.argument("name")
@click.argument("kind")
@click.option("--choices", default="", help="Values of a choice, with | between them.")
@click.option("--target", default="", help="The entity that a link points to.")
@as_json
def field(
    book: str, entity: str, name: str, kind: str, choices: str, target: str, as_json: bool
) -> None:
    """Give an entity a column of your own."""
    with open_book(book) as opened:
        with opened.change(tr(N_("Add column {name}"), name=name), "command") as change:
            made = change.add_field(entity, name, kind, choices, target)
        if as_json:
            out({"change": change.no, "field": made.id, "kind": made.kind})
        else:
            click.echo(made.id)


def _done(change: int, id: str, as_json: bool) -> None:
    if as_json:
        out({"change": change, "id": id})
    else:
        click.echo(id)


@click.command("search")
@click.argument("book", type=BookPlace())
@click.argument("text")
@as_json
def search(book: str, text: str, as_json: bool) -> None:
    """Find records of any kind by part of a name, pinyin, phone or number."""
    with open_book(book) as opened:
        found = [
            {"entity": entity, "id": opened.public_id(entity, row), "label": label}
            for entity, row, label in opened.find(text)
        ]
    if as_json:
        out(found)
    else:
        table([[one["entity"], one["id"], one["label"]] for one in found])


COMMANDS = (new, list_, set_, add, remove, field, search)
