"""Verbs on the records of a book: new, list, set, add, remove, field, search."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from typing import Any

import click

from desktop.arguments import as_json, book_argument, entity_argument, open_book, pairs
from desktop.printing import out, table
from desktop.verbs import Whole, argument, option, verb
from desktop.view_commands import seen_of, view_option
from models.book import Book
from models.describe.entities import FORMULA
from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.describe.schema import custom_kind
from models.refusals import Refused
from models.sheets.own import ID_HEADER
from models.suggesting import called
from models.texts import N_, tr
from models.views.seen import Seen


@verb("new", N_("Make an empty book, or one with the sample team."))
@book_argument
@option("--sample", is_flag=True, help=N_("Fill it with the sample team."))
@option(
    "--currency",
    metavar=N_("CODE"),
    default="CNY",
    show_default=True,
    help=N_("The currency of its amounts, in three letters."),
)
@option("--lang", metavar=N_("LANGUAGE"), help=N_("Language of the sample: zh_CN or en."))
def new(book: str, sample: bool, currency: str, lang: str | None) -> None:
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


@verb("list", N_("List the records of one kind."))
@book_argument
@entity_argument
@option(
    "--where",
    metavar=N_("FILTER"),
    help=N_("Only these, e.g. status=won and amount>1000; fields by id or label."),
)
@option(
    "--sort",
    metavar=N_("FIELDS"),
    help=N_("The order: fields with commas between them, each with - in front for downwards."),
)
@option("--limit", metavar=N_("NUMBER"), type=Whole(min=0), help=N_("At most so many."))
@option(
    "--fields",
    metavar=N_("FIELDS"),
    help=N_("The columns, with commas between them; dots reach through links: owner.team."),
)
@option(
    "--search",
    metavar=N_("TEXT"),
    default="",
    help=N_("Only these: part of a name, pinyin, phone or number."),
)
@option("--deleted", is_flag=True, help=N_("What is in the recycle bin."))
@view_option
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
    view: str | None,
    as_json: bool,
) -> None:
    with open_book(book) as opened:
        kind = opened.schema.named(entity)
        if view and deleted:
            raise click.UsageError(tr(N_("A view shows no removed records.")))
        shown = seen_of(opened, kind, view, where) if view else None
        names = _names(kind, fields, shown)
        with_id = fields is None or "id" in names
        names = [one for one in names if one != "id"]
        order = [(one.lstrip("-"), one.startswith("-")) for one in (sort or "").split(",") if one]
        last = [opened.schema.path(kind, name)[1] for name in names]
        if shown is None:
            ids = opened.ids(kind.id, where, order, search, deleted)
        else:
            ids = _among(opened, kind, shown, order, search)
        if limit is not None:
            ids = ids[:limit]
        kinds = [KINDS[one.kind] for one in last]
        if as_json:
            _stream(opened, kind.id, ids, names, kinds)
            return
        table(
            [
                ([opened.public_id(kind.id, id)] if with_id else [])
                + [
                    one.show(field, value, opened.currency)
                    for one, field, value in zip(kinds, last, row, strict=True)
                ]
                for id, row in zip(ids, opened.rows(kind.id, ids, names), strict=True)
            ],
            head=([tr(ID_HEADER)] if with_id else []) + [one.text() for one in last],
            right={at + with_id for at, one in enumerate(kinds) if one.numeric},
        )


def _among(
    book: Book, kind: Entity, shown: Seen, order: list[tuple[str, bool]], search: str
) -> array[int]:
    """The records of a view, in its order unless another is asked for, as far as a search finds them."""
    ids = shown.arranged.ids
    if order or search:
        found = book.ids(kind.id, None, order, search, among=ids)
        kept = set(found)
        ids = found if order else array("q", (one for one in ids if one in kept))
    return ids


def _names(kind: Entity, fields: str | None, shown: Seen | None) -> list[str]:
    """The columns that were asked for, else those of the view, else all."""
    if fields:
        return [one.strip() for one in fields.split(",")]
    return shown.view.paths if shown is not None else [one.id for one in kind.fields]


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


def _values(required: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return argument(
        "values",
        N_("FIELD=VALUE"),
        N_("What a field is to hold, as it would be typed; the field by its id or its label."),
        nargs=-1,
        required=required,
    )


@verb("set", N_("Set fields of one record: one change, as if typed into the grid."))
@book_argument
@entity_argument
@argument("id", N_("ID"), N_("The id of the record, as list prints it."))
@_values(required=True)
@as_json
def set_(book: str, entity: str, id: str, values: tuple[str, ...], as_json: bool) -> None:
    given = pairs(values)
    with open_book(book) as opened:
        kind = opened.schema.named(entity).id
        row = opened.row_id(kind, id)
        reason = tr(N_("Edit {record}"), record=opened.label(kind, row))
        with opened.change(reason, "command") as change:
            change.set(kind, row, given)
        _done(change.no, id, as_json)


@verb("add", N_("Add one record."))
@book_argument
@entity_argument
@_values(required=False)
@as_json
def add(book: str, entity: str, values: tuple[str, ...], as_json: bool) -> None:
    given = pairs(values)
    with open_book(book) as opened:
        kind = opened.schema.named(entity)
        with opened.change(tr(N_("Add {entity}"), entity=kind.text()), "command") as change:
            row = change.add(kind.id, given)
        _done(change.no, opened.public_id(kind.id, row), as_json)


@verb("remove", N_("Move records to the recycle bin."))
@book_argument
@entity_argument
@argument(
    "ids", N_("ID"), N_("The ids of the records, as list prints them."), nargs=-1, required=True
)
@as_json
def remove(book: str, entity: str, ids: tuple[str, ...], as_json: bool) -> None:
    with open_book(book) as opened:
        kind = opened.schema.named(entity).id
        rows = [opened.row_id(kind, one) for one in ids]
        reason = tr(N_("Remove {record}"), record=opened.label(kind, rows[0]))
        with opened.change(reason, "command") as change:
            change.remove(kind, rows)
        _done(change.no, ids[0], as_json)


@verb("field", N_("Give a kind of record a column of your own."))
@book_argument
@entity_argument
@argument("name", N_("NAME"), N_("The heading of the column."))
@argument(
    "kind",
    N_("KIND"),
    N_("What its cells hold, e.g. text, number, money, date, choice, link, formula."),
)
@option(
    "--choices",
    metavar=N_("VALUES"),
    default="",
    help=N_("Values of a choice, with | between them."),
)
@option(
    "--target",
    metavar=N_("ENTITY"),
    default="",
    help=N_("The kind of record that a link points to."),
)
@option(
    "--formula",
    metavar=N_("FORMULA"),
    default="",
    help=N_(
        "What is worked out of the other fields, e.g. amount*0.1; KIND formula lets it say the kind."
    ),
)
@as_json
def field(
    book: str,
    entity: str,
    name: str,
    kind: str,
    choices: str,
    target: str,
    formula: str,
    as_json: bool,
) -> None:
    with open_book(book) as opened:
        owner = opened.schema.named(entity).id
        beyond = opened.schema.named(target).id if target else ""
        with opened.change(tr(N_("Add column {name}"), name=name), "command") as change:
            made = change.add_field(owner, name, _kind(kind, formula), choices, beyond, formula)
        if as_json:
            more = {"formula": made.formula} if made.formula else {}
            out({"change": change.no, "field": made.id, "kind": made.kind, **more})
        else:
            click.echo(made.id)


def _kind(typed: str, formula: str) -> str:
    """The kind of a new column; "" where its formula says it.

    Raises:
        Refused: there is no such kind, or a formula column without its formula.
    """
    if not called(typed, [FORMULA]):
        return custom_kind(typed)
    if not formula.strip():
        raise Refused("required", N_("{field} must be filled in."), field="--formula")
    return ""


def _done(change: int, id: str, as_json: bool) -> None:
    if as_json:
        out({"change": change, "id": id})
    else:
        click.echo(id)


@verb("search", N_("Find records of any kind by part of a name, pinyin, phone or number."))
@book_argument
@argument("text", N_("TEXT"), N_("What is sought."))
@as_json
def search(book: str, text: str, as_json: bool) -> None:
    with open_book(book) as opened:
        found = [
            {"entity": entity, "id": opened.public_id(entity, row), "label": label}
            for entity, row, label in opened.find(text)
        ]
        if as_json:
            out(found)
        else:
            table(
                [
                    [opened.schema.entity(one["entity"]).text(), one["id"], one["label"]]
                    for one in found
                ]
            )


COMMANDS = (new, list_, set_, add, remove, field, search)
