"""Verbs on what was done: history, undo, redo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from desktop.arguments import as_json, book_argument, open_book
from desktop.printing import out, table
from desktop.verbs import Whole, argument, option, verb
from models.book import Book
from models.describe.book_settings import BOOK
from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.journal.entries import ChangeInfo, EditInfo, Kept, Undone
from models.texts import N_, ntr, tr

_KINDS = {"edit": N_("Change"), "undo": N_("Undo"), "redo": N_("Redo")}


@verb("history", N_("What was changed, by whom and when, in the book or of one record."))
@book_argument
@argument(
    "record",
    N_("ENTITY ID"),
    N_("The record whose history is asked for; all when left out."),
    nargs=-1,
)
@option(
    "--limit",
    metavar=N_("NUMBER"),
    type=Whole(min=1),
    default=50,
    show_default=True,
    help=N_("At most so many."),
)
@as_json
def history(book: str, record: tuple[str, ...], limit: int, as_json: bool) -> None:
    if len(record) not in (0, 2):
        raise click.UsageError(tr(N_("Name a record as ENTITY ID, or none.")))
    with open_book(book) as opened:
        if record:
            kind = opened.schema.named(record[0])
            steps = opened.edits(kind.id, opened.row_id(kind.id, record[1]))[:limit]
            if as_json:
                out([_plain_step(one, kind) for one in steps])
            else:
                _print_steps(steps, kind, opened.currency)
            return
        found = opened.history(limit)
    if as_json:
        out([_plain(one) for one in found])
    else:
        _print_changes(found)


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


def _plain_step(one: EditInfo, kind: Entity) -> dict[str, Any]:
    return {
        "change": one.change,
        "at": one.at.isoformat(),
        "author": one.author,
        "reason": one.reason,
        "field": one.field,
        "before": _value(kind, one.field, one.before),
        "after": _value(kind, one.field, one.after),
    }


def _value(kind: Entity, name: str, value: Any) -> Any:
    return value if name == "alive" else KINDS[kind.field(name).kind].plain(value)


def _when(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def _print_steps(steps: list[EditInfo], kind: Entity, currency: str) -> None:
    heads = (N_("No."), N_("When"), N_("Who"), N_("Field"), N_("Before"), N_("After"))
    table(
        [[one.change, _when(one.at), one.author, *one.told(kind, currency)] for one in steps],
        head=[tr(one) for one in heads],
        right={0},
    )


def _print_changes(found: list[ChangeInfo]) -> None:
    heads = (N_("No."), N_("When"), N_("Who"), N_("Kind"), N_("What"))
    table(
        [
            [
                one.no,
                _when(one.at),
                one.author,
                tr(N_("Undone")) if one.undone else tr(_KINDS.get(one.kind, one.kind)),
                one.reason,
            ]
            for one in found
        ],
        head=[tr(one) for one in heads],
        right={0},
    )


def _id(book: Book, one: Kept) -> str:
    """The id of what an undo kept; the book itself has none."""
    return "" if one.entity == BOOK.id else book.public_id(one.entity, one.id)


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
                        "id": _id(book, one),
                        "label": one.label,
                        "field": one.field,
                        "value": _value(book.schema.journaled(one.entity), one.field, one.value),
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
        rows = []
        for one in done.kept:
            kind = book.schema.journaled(one.entity)
            step = EditInfo(0, datetime.min, "", "", one.field, None, one.value)
            field, _, value = step.told(kind, book.currency)
            rows.append([kind.text(), _id(book, one), one.label, field, value])
        table(rows)


_change = argument(
    "change",
    N_("CHANGE"),
    N_("The number of the change, as history prints it."),
    type=Whole(),
    required=False,
)


@verb(
    "undo",
    N_("Take a change back: the latest, or any by its number; later edits are kept and named."),
)
@book_argument
@_change
@as_json
def undo(book: str, change: int | None, as_json: bool) -> None:
    with open_book(book) as opened:
        _undone(opened.undo(change, "command"), as_json, opened)


@verb("redo", N_("Bring an undone change back: the latest, or any by its number."))
@book_argument
@_change
@as_json
def redo(book: str, change: int | None, as_json: bool) -> None:
    with open_book(book) as opened:
        _undone(opened.redo(change, "command"), as_json, opened)


COMMANDS = (history, undo, redo)
