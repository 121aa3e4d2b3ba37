"""Verbs that move data: import, export, check, backup, restore, shot."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop import arguments, backup_commands
from desktop.arguments import BookPlace
from desktop.record_commands import as_json, open_book, out, table
from models import opening
from models.book import Book
from models.refusals import Place, Refused
from models.texts import N_, ntr, tr

if TYPE_CHECKING:
    from models.sheets.importing import Proposal


@click.command("import")
@click.argument("book", type=BookPlace())
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--as",
    "entity",
    default=None,
    metavar="ENTITY",
    help="What the rows are; recognised when left out.",
)
@click.option("--sheet", default=None, help="Only the sheet of this name.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="HEADER=FIELD",
    help="Where a column goes; HEADER= leaves it out.",
)
@click.option(
    "--match",
    type=click.Choice(["update", "skip", "add"]),
    default="update",
    show_default=True,
    help="What happens to records that are in the book already.",
)
@click.option(
    "--values",
    multiple=True,
    metavar="FIELD:FOUND=MEANT",
    help="What a name in a link column means.",
)
@click.option(
    "--links",
    type=click.Choice(["create", "refuse"]),
    default="refuse",
    show_default=True,
    help="Whether names that nobody has become new records.",
)
@click.option(
    "--unknown",
    type=click.Choice(["keep", "skip"]),
    default="keep",
    show_default=True,
    help="Whether unknown columns become columns of your own.",
)
@click.option(
    "--unreadable",
    type=click.Choice(["refuse", "empty"]),
    default="refuse",
    show_default=True,
    help="Whether an optional cell that can't be read is left empty instead of leaving its row out.",
)
@click.option(
    "--encoding", default=None, help="The encoding of a text file, when it is not found by itself."
)
@click.option("--dry-run", is_flag=True, help="Show what would happen; write nothing.")
@as_json
def import_(
    book: str,
    files: tuple[str, ...],
    entity: str | None,
    sheet: str | None,
    columns: tuple[str, ...],
    match: str,
    values: tuple[str, ...],
    links: str,
    unknown: str,
    unreadable: str,
    encoding: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import sheets as one change: all of it or nothing."""
    from models.sheets import importing
    from models.sheets.report import Options

    for one in files:
        if not Path(one).exists():
            raise Refused("no_such_file", N_("There is no such file."), place=Place(file=one))
    with open_book(book) as opened:
        if entity is not None:
            opened.schema.entity(entity)
        chosen = arguments.columns(columns)
        arguments.assert_known(chosen.values(), opened.schema, entity)
        options = Options(
            entity=entity,
            sheet=sheet,
            columns=chosen,
            match=match,
            values=_values(opened, values, entity),
            create_links=links == "create",
            unknown=unknown,
            blank_unreadable=unreadable == "empty",
            encoding=arguments.encoding(encoding),
        )
        proposal = importing.prepare(opened, list(files), options)
        try:
            _assert_met(proposal, chosen)
            change = None
            if not dry_run:
                if proposal.writes:
                    backup_commands.before_import(opened)
                change = importing.apply(proposal, origin="import")
            if as_json:
                out(proposal.plain(change))
            else:
                _print(proposal.plain(change), dry_run)
        finally:
            proposal.close()


def _assert_met(proposal: Proposal, chosen: Iterable[str]) -> None:
    """Refuse a header that no table has: a typing error would else be left out silently.

    Raises:
        Refused: ``unknown_column``.
    """
    from models.sheets.headers import fold_header

    columns = [one for found in proposal.tables for one in found.mapping.columns]
    known = {one.letter for one in columns} | {fold_header(one.header) for one in columns}
    for one in chosen:
        if one not in known and fold_header(one) not in known:
            raise Refused(
                "unknown_column",
                N_("These files have no column called {name}. Their columns are: {known}."),
                name=one,
                known=", ".join(dict.fromkeys(one.header or one.letter for one in columns)),
            )


def _values(book: Book, given: tuple[str, ...], entity: str | None) -> dict[tuple[str, str], str]:
    """Meanings by target entity; FIELD may be the entity itself or any link field that points to it."""
    made: dict[tuple[str, str], str] = {}
    known = {one.id for one in book.schema}
    for one in given:
        name, colon, rest = one.partition(":")
        found, equals, meant = rest.partition("=")
        if not colon or not equals:
            raise click.UsageError(
                tr(N_("“{text}” is not of the form FIELD:FOUND=MEANT."), text=one)
            )
        last = name.strip().split(".")[-1]
        targets = {last} if last in known else set()
        for kind in book.schema:
            if entity in (None, kind.id):
                targets |= {
                    field.target for field in kind.links() if last in (field.id, field.text())
                }
        if not targets:
            raise Refused(
                "unknown_field",
                N_("{name} is neither a kind of record nor a link field."),
                name=name,
            )
        for target in targets:
            made[(target, found.strip())] = meant.strip()
    return made


def _print_table(one: dict[str, Any]) -> None:
    where = f"{one['file']} · {one['sheet']}" if one["sheet"] else one["file"]
    click.echo(f"{where} → {one['entity'] or tr(N_('not recognised'))}")
    click.echo(
        "  "
        + tr(
            N_(
                "{rows} rows: {added} new, {updated} changed, {unchanged} unchanged, {skipped} left out"
            ),
            **{k: one[k] for k in ("rows", "added", "updated", "unchanged", "skipped")},
        )
    )
    for entity, counts in one["also"].items():
        click.echo(f"  + {entity}: " + ", ".join(f"{v} {k}" for k, v in counts.items()))
    for column in one["columns"]:
        click.echo(f"    {column['header']} → {column['field'] or '–'}")
    for note in one["notes"]:
        click.echo("  · " + note)
    for problem in one["problems"][:20]:
        click.echo(
            "  ! "
            + tr(
                N_("row {row}, {column}: {message}"),
                row=problem["row"],
                column=problem["column"],
                message=problem["message"],
            )
        )
    if one["problem_count"] > 20:
        click.echo(
            "  " + ntr("… {n} problem in all", "… {n} problems in all", one["problem_count"])
        )
    for one_of_two in [pair for pair in one["look_alikes"] if pair["like_row"]][:20]:
        click.echo(
            "  ≈ "
            + tr(
                N_(
                    'row {row}: “{name}” looks like “{like}” in row {like_row}. If they are one: --values "{entity}:{name}={like}"'
                ),
                **one_of_two,
            )
        )


def _print(found: dict[str, Any], dry_run: bool) -> None:
    for one in found["tables"]:
        _print_table(one)
    for name in found["new_names"][:50]:
        click.echo(
            "  ? "
            + tr(
                N_("{entity}: “{name}” in {rows} rows"),
                entity=name["entity"],
                name=name["name"],
                rows=name["rows"],
            )
            + (
                f" ({tr(N_('perhaps {name}?'), name=name['suggestion'])})"
                if name["suggestion"]
                else ""
            )
        )
    if dry_run:
        click.echo(tr(N_("Nothing was written.")))
    elif found["change"] is None:
        click.echo(tr(N_("Nothing changed.")))
    else:
        click.echo(
            tr(
                N_("Done: change {no}. Take it back with: daybook undo BOOK {no}"),
                no=found["change"],
            )
        )


@click.command("export")
@click.argument("book", type=BookPlace())
@click.argument("target")
@click.argument("entities", nargs=-1, required=True)
@click.option("--where", default=None, help="A filter on the records.")
@click.option("--fields", default=None, help="Field ids with commas.")
@as_json
def export(
    book: str,
    target: str,
    entities: tuple[str, ...],
    where: str | None,
    fields: str | None,
    as_json: bool,
) -> None:
    """Write records as a workbook (.xlsx) or text (.csv) that can be edited and imported again."""
    from models.sheets import exporting

    with open_book(book) as opened:
        names = [one.strip() for one in fields.split(",")] if fields else None
        rows = exporting.export(opened, Path(target), list(entities), where=where, fields=names)
    if as_json:
        out({"file": target, "rows": rows})
    else:
        click.echo(ntr("{n} row written", "{n} rows written", rows))


@click.command("check")
@click.argument("book", type=BookPlace())
@as_json
def check(book: str, as_json: bool) -> None:
    """Examine a book: the file, the engine's settings, the journal, the search index."""
    from models import checking

    with open_book(book) as opened:
        found = checking.check(opened)
    if as_json:
        out(
            {
                "ok": not any(one.bad for one in found),
                "checks": [
                    {"check": one.name, "ok": not one.bad, "found": one.found} for one in found
                ],
            }
        )
    else:
        table([["×" if one.bad else "✓", one.name, one.found] for one in found])
    if any(one.bad for one in found):
        raise click.exceptions.Exit(1)


@click.command("backup")
@click.argument("book", type=BookPlace())
@click.argument("target")
def backup(book: str, target: str) -> None:
    """Copy a book, open or not, and verify the copy."""
    opening.inspect(Path(book))
    opening.backup(Path(book), Path(target))


@click.command("restore")
@click.argument("source")
@click.argument("target")
def restore(source: str, target: str) -> None:
    """Make a book from a backup; nothing is overwritten."""
    opening.restore(Path(source), Path(target))


@click.command("shot")
@click.argument("book", type=BookPlace())
@click.argument("page")
@click.argument("target")
@click.option("--lang", default=None)
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.option("--size", default="1440x900", show_default=True)
@click.option("--scale", type=float, default=1.0, show_default=True)
@click.option("--select", default=None, help="The public id of a record to select.")
def shot(
    book: str,
    page: str,
    target: str,
    lang: str | None,
    theme: str,
    size: str,
    scale: float,
    select: str | None,
) -> None:
    """Draw a page of the window into a picture."""
    from desktop.application import shot as draw
    from models import texts

    width, x, height = size.partition("x")
    if not x or not width.isdigit() or not height.isdigit():
        raise click.UsageError("--size 1440x900")
    status = draw(
        book,
        page,
        target,
        language=lang or texts.language(),
        theme_name=theme,
        size=(int(width), int(height)),
        scale=scale,
        select=select,
    )
    if status:
        raise click.exceptions.Exit(status)


COMMANDS = (import_, export, check, backup, restore, shot)
