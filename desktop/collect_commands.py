"""Verbs that take workbooks back: collect, conflicts, resolve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop import backup_commands
from desktop.arguments import as_json, book_argument, open_book
from desktop.printing import out, table
from desktop.verbs import argument, option, verb
from models.book import Book
from models.refusals import Place, Refused
from models.texts import N_, ntr, tr

if TYPE_CHECKING:
    from models.workbooks.collecting import Applied, Failed
    from models.workbooks.conflicts import Open
    from models.workbooks.items import Item, Merged

_CONFLICTS = ("edited", "removed_edited")
_TOLD = {
    "removed": N_("This row is gone from the workbook; whether the record goes too is asked."),
    "match": N_("This new row may be there already; whether it is another one is asked."),
    "foreign": N_("This was not part of the workbook; whether it counts is asked."),
}


@verb("collect", N_("Take workbooks back: merged cell by cell, as one change a file."))
@book_argument
@argument(
    "files",
    N_("FILE"),
    N_("The workbooks that came back; a folder means all workbooks in it."),
    nargs=-1,
    required=True,
)
@option(
    "--take",
    type=click.Choice(["mine", "theirs"]),
    help=N_(
        "Decide all that is asked: the book's values (mine) or the workbooks' (theirs); else it stays open."
    ),
)
@option("--dry-run", is_flag=True, help=N_("Show what would happen; write nothing."))
@as_json
def collect(
    book: str, files: tuple[str, ...], take: str | None, dry_run: bool, as_json: bool
) -> int:
    from models.workbooks import collecting

    for one in files:
        if not Path(one).exists():
            raise Refused("no_such_file", N_("There is no such file."), place=Place(file=one))
    with open_book(book) as opened:
        paths = collecting.workbooks_of(files)
        if not paths:
            raise Refused("no_workbooks", N_("There are no workbooks in this folder."))
        entries: list[dict[str, object]] = []
        changes: list[int] = []
        done = 0
        for path in paths:
            found = collecting.prepare(opened, [path])[0]
            if isinstance(found, collecting.Failed):
                entries.append(_failed(path, found))
                continue
            applied = None if dry_run else _apply(opened, found, take, saved=bool(changes))
            if applied is not None and applied.change is not None:
                changes.append(applied.change)
            done += 1
            entries.append(_entry(opened, path, applied.merged if applied else found, applied))
    if as_json:
        out({"change": changes, "files": entries})
    else:
        for entry in entries:
            _show(entry, dry_run)
    return 0 if done else 1


def _apply(book: Book, merged: Merged, take: str | None, *, saved: bool) -> Applied:
    from models.workbooks import collecting

    if not saved and (merged.items or merged.settled):
        backup_commands.before_import(book)
    decisions = collecting.taking(merged, take) if take else {}
    return collecting.apply_whole(book, merged, decisions)


def _failed(path: Path, failed: Failed) -> dict[str, object]:
    problem = {"code": failed.code, "message": failed.message, "at": _at(failed.place)}
    nothing = dict.fromkeys(("merged", "added", "removed", "unchanged"), 0)
    return {
        "file": str(path), "workbook": None, "person": None, "issued_at": None, **nothing,
        "asked": 0, "conflicts": [], "problems": [problem],
    }  # fmt: skip


def _entry(book: Book, path: Path, merged: Merged, applied: Applied | None) -> dict[str, object]:
    manifest = merged.file.manifest
    counts = Counter((one.what, one.state) for one in merged.items)
    person = manifest.person
    problems = [*merged.file.problems, *(applied.problems if applied else ())]
    asked = [one for one in merged.asked if one.kind in _TOLD]
    return {
        "file": str(path),
        "workbook": book.public_id("workbook", manifest.workbook),
        "person": book.label("salesperson", person) if person else None,
        "issued_at": manifest.issued_at,
        "change": applied.change if applied else None,
        "merged": applied.taken if applied and applied.change else counts["cell", "safe"],
        "added": applied.added if applied and applied.change else counts["add", "safe"],
        "removed": counts["remove", "ask"],
        "unchanged": merged.unchanged,
        "again": merged.again,
        "asked": len(applied.open) if applied else len(merged.asked),
        "conflicts": [_conflict(book, one) for one in merged.asked if one.kind in _CONFLICTS],
        "problems": [
            *({"code": one.code, "message": one.message, "at": _at(one.place)} for one in problems),
            *({"code": one.kind, "message": _question(one), "at": one.at} for one in asked),
        ],
    }


def _question(item: Item) -> str:
    text = tr(_TOLD[item.kind])
    return tr(N_("{label}: {text}"), label=item.label, text=text) if item.label else text


def _conflict(book: Book, item: Item) -> dict[str, object]:
    from models.workbooks import texts_of

    entity = book.schema.entity(item.entity)
    made: dict[str, object] = {
        "entity": item.entity,
        "id": None if item.row is None else book.public_id(item.entity, item.row),
        "field": item.field,
        "label": item.label,
        "kind": item.kind,
    }
    made |= dict.fromkeys(("base", "mine", "theirs"))
    if item.field and not item.closed:
        field = entity.field(item.field)
        made["base"] = texts_of.text(book, field, item.base) or None
        made["mine"] = texts_of.text(book, field, item.mine) or None
        made["theirs"] = texts_of.theirs(book, field, item) or None
    return {**made, "at": item.at}


def _at(place: Place) -> str:
    """Where a problem stands: sheet and cell, or as far as that is known."""
    if not place.sheet:
        return place.column
    where = place.column if place.row is None else f"{place.column}{place.row}"
    return f"{place.sheet}!{where}" if where else place.sheet


def _show(entry: dict[str, object], dry_run: bool) -> None:
    name = Path(str(entry["file"])).name
    if entry["workbook"] is None:
        problems = entry["problems"]
        assert isinstance(problems, list)
        click.echo(tr(N_("{file}: {text}"), file=name, text=problems[0]["message"]), err=True)
        return
    numbers = {key: int(str(entry[key])) for key in ("merged", "added", "asked")}
    said = [
        ntr("{n} cell taken", "{n} cells taken", numbers["merged"]),
        ntr("{n} row added", "{n} rows added", numbers["added"]),
        ntr("{n} question open", "{n} questions open", numbers["asked"]),
    ]
    if dry_run:
        said.append(tr(N_("nothing was written")))
    click.echo(tr(N_("{file}: {text}"), file=name, text=tr(N_(", ")).join(said)))
    problems = entry["problems"]
    assert isinstance(problems, list)
    for one in problems:
        click.echo(f"  {one['at']}  {one['message']}")


@verb("conflicts", N_("List what is open of workbooks that came back."))
@book_argument
@option("--all", "every", is_flag=True, help=N_("Also what is decided."))
@as_json
def conflicts(book: str, every: bool, as_json: bool) -> None:
    from models.workbooks import conflicts as questions

    with open_book(book) as opened:
        found = questions.listed(opened, open_only=not every)
        if as_json:
            out([_plain(opened, one) for one in found])
            return
        heads = (
            N_("ID"), N_("Question"), N_("Name"), N_("Field"), N_("When it left"), N_("In the book"),
            N_("In the workbook"), N_("Cell"),
        )  # fmt: skip
        rows = [_row(opened, one) for one in found]
        if rows:
            table(rows, head=[tr(one) for one in heads])
        else:
            click.echo(tr(N_("Nothing is open.")))


def _row(book: Book, question: Open) -> Sequence[str]:
    from models.workbooks.conflicts import shown
    from models.workbooks.entities import KINDS

    entity = book.schema.entity(question.entity)
    field = entity.field(question.field).text() if question.field else ""
    kind = next((one.text() for one in KINDS if one.code == question.kind), question.kind)
    values = [
        shown(book, question, one).replace("\n", " / ")
        for one in (question.base, question.mine, question.theirs)
    ]
    return [question.id, kind, question.label, field, *values, question.at]


def _plain(book: Book, one: Open) -> dict[str, object]:
    return {
        "id": one.id,
        "workbook": book.public_id("workbook", one.workbook),
        "person": one.person_name or None,
        "kind": one.kind,
        "entity": one.entity,
        "record": one.record or None,
        "label": one.label,
        "field": one.field,
        "base": one.base or None,
        "mine": one.mine or None,
        "theirs": one.theirs or None,
        "at": one.at,
        "status": one.status,
        "void": one.void,
        "decision": one.decision or None,
        "comment": one.comment or None,
    }


@verb("resolve", N_("Decide what is open of a workbook: mine, theirs, or another value."))
@book_argument
@argument("id", N_("ID"), N_("The id of the question, as conflicts prints it."))
@argument(
    "value",
    N_("VALUE"),
    N_("mine keeps the book's value, theirs takes the workbook's, anything else is the value."),
)
@option("--comment", metavar=N_("TEXT"), default="", help=N_("What the salesperson is told."))
@as_json
def resolve(book: str, id: str, value: str, comment: str, as_json: bool) -> None:
    from models.workbooks import conflicts as questions
    from models.workbooks.items import MINE, OTHER, THEIRS, Decision

    with open_book(book) as opened:
        row = opened.row_id("cell_conflict", id)
        word = value.strip().lower()
        take = word if word in (MINE, THEIRS) else OTHER
        change = questions.resolve(
            opened, row, Decision(take, value if take == OTHER else "", comment)
        )
        if as_json:
            out({"change": change, "id": id})
        else:
            click.echo(tr(N_("Decided as change {no}"), no=change))


COMMANDS = (collect, conflicts, resolve)
