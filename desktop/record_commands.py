"""Verbs on the records of a book: new, list, set, add, remove, field, history, undo, redo, measures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import click

from desktop.arguments import BookPlace
from models.book import Book
from models.describe.kinds import KINDS
from models.journal.entries import ChangeInfo, Undone
from models.money import plain
from models.refusals import Refused
from models.texts import N_, ntr, tr

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def open_book(path: str) -> Book:
    """Open a book; what is to be known of that is said on standard error."""
    book = Book.open(path)
    for note in book.notes():
        click.echo(note, err=True)
    return book


def out(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def pairs(given: tuple[str, ...]) -> dict[str, str]:
    """FIELD=VALUE arguments.

    Raises:
        UsageError: one has no ``=``.
    """
    made = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(tr(N_("“{text}” is not of the form FIELD=VALUE."), text=one))
        made[name.strip()] = value
    return made


def table(rows: Sequence[Sequence[object]]) -> None:
    """Print rows in columns, wide characters counted as two."""
    if not rows:
        return
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(_wide(row[at]) for row in texts) for at in range(len(texts[0]))]
    for row in texts:
        click.echo(
            "  ".join(
                cell + " " * (width - _wide(cell)) for cell, width in zip(row, widths, strict=True)
            ).rstrip()
        )


def _wide(text: str) -> int:
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


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


def _plain(info: ChangeInfo) -> dict[str, Any]:
    return {
        "change": info.no,
        "at": info.at.isoformat(),
        "author": info.author,
        "reason": info.reason,
        "origin": info.origin,
        "kind": info.kind,
        "target": info.target,
        "undone": info.undone,
        "counts": info.counts,
    }


@click.command("history")
@click.argument("book", type=BookPlace())
@click.argument("record", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@as_json
def history(book: str, record: tuple[str, ...], limit: int, as_json: bool) -> None:
    """What was changed, by whom and when; of one record with ENTITY ID."""
    if len(record) not in (0, 2):
        raise click.UsageError(tr(N_("Name a record as ENTITY ID, or none.")))
    with open_book(book) as opened:
        if record:
            row = opened.row_id(*record)
            steps = opened.edits(record[0], row)
            kind = opened.schema.entity(record[0])
            plain_ = [
                {
                    "change": one.change,
                    "at": one.at.isoformat(),
                    "author": one.author,
                    "reason": one.reason,
                    "field": one.field,
                    "before": _value(kind, one.field, one.before),
                    "after": _value(kind, one.field, one.after),
                }
                for one in steps[:limit]
            ]
            if as_json:
                out(plain_)
            else:
                table(
                    [
                        [
                            str(one["change"]),
                            one["at"],
                            one["field"],
                            str(one["before"]),
                            "→",
                            str(one["after"]),
                        ]
                        for one in plain_
                    ]
                )
            return
        found = opened.history(limit)
        if as_json:
            out([_plain(one) for one in found])
        else:
            table(
                [
                    [
                        str(one.no),
                        one.at.astimezone().strftime("%Y-%m-%d %H:%M"),
                        one.author,
                        one.kind + (" ×" if one.undone else ""),
                        one.reason,
                    ]
                    for one in found
                ]
            )


def _value(kind: Any, name: str, value: Any) -> Any:
    return value if name == "alive" else KINDS[kind.field(name).kind].plain(value)


def _undone(done: Undone, as_json: bool, book: Book) -> None:
    if as_json:
        out(
            {
                "change": done.change,
                "target": done.target,
                "reason": done.reason,
                "kept": [
                    {
                        "entity": one.entity,
                        "id": book.public_id(one.entity, one.id),
                        "label": one.label,
                        "field": one.field,
                        "value": _value(book.schema.entity(one.entity), one.field, one.value),
                    }
                    for one in done.kept
                ],
            }
        )
        return
    click.echo(tr(N_("Done: change {target}, “{reason}”."), target=done.target, reason=done.reason))
    if done.kept:
        click.echo(
            ntr(
                "{n} value was changed since and is kept:",
                "{n} values were changed since and are kept:",
                len(done.kept),
            )
        )
        table(
            [
                [
                    one.entity,
                    book.public_id(one.entity, one.id),
                    one.label,
                    one.field,
                    str(_value(book.schema.entity(one.entity), one.field, one.value)),
                ]
                for one in done.kept
            ]
        )


@click.command("undo")
@click.argument("book", type=BookPlace())
@click.argument("change", type=int, required=False)
@as_json
def undo(book: str, change: int | None, as_json: bool) -> None:
    """Take a change back: the latest, or any by its number; later edits are kept and named."""
    with open_book(book) as opened:
        _undone(opened.undo(change, "command"), as_json, opened)


@click.command("redo")
@click.argument("book", type=BookPlace())
@click.argument("change", type=int, required=False)
@as_json
def redo(book: str, change: int | None, as_json: bool) -> None:
    """Bring an undone change back."""
    with open_book(book) as opened:
        _undone(opened.redo(change, "command"), as_json, opened)


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


COMMANDS = (new, list_, set_, add, remove, field, history, undo, redo, search, measures, measure)
