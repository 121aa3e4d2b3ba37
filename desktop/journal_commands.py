"""Verbs on what was done: history, undo, redo."""

from __future__ import annotations

from typing import Any

import click

from desktop.arguments import BookPlace, as_json, open_book
from desktop.printing import out, table
from models.book import Book
from models.describe.kinds import KINDS
from models.journal.entries import ChangeInfo, Undone
from models.texts import N_, ntr, tr


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


COMMANDS = (history, undo, redo)
