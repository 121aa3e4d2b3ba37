"""Verbs that move data: import, export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop import arguments, backup_commands
from desktop.arguments import as_json, book_argument, open_book
from desktop.printing import out
from desktop.verbs import argument, option, verb
from desktop.view_commands import export_view, view_option
from models.book import Book
from models.refusals import Place, Refused
from models.suggesting import called, nearest
from models.texts import N_, ntr, tr

if TYPE_CHECKING:
    from models.sheets.proposal import Proposal


@verb("import", N_("Import sheets as one change: all of it or nothing."))
@book_argument
@argument(
    "files",
    N_("FILE"),
    N_("The sheets: Excel, OpenDocument or text files."),
    nargs=-1,
    required=True,
)
@option(
    "--as",
    "entity",
    metavar=N_("ENTITY"),
    help=N_("What the rows are; recognised when left out."),
)
@option("--sheet", metavar=N_("NAME"), help=N_("Only the sheet of this name."))
@option(
    "--map",
    "columns",
    multiple=True,
    metavar=N_("HEADER=FIELD"),
    help=N_("Where a column goes; HEADER= leaves it out."),
)
@option(
    "--match",
    type=click.Choice(["update", "skip", "add"]),
    default="update",
    show_default=True,
    help=N_("What happens to records that are in the book already."),
)
@option(
    "--values",
    multiple=True,
    metavar=N_("FIELD:FOUND=MEANT"),
    help=N_("What a name in a link column means."),
)
@option(
    "--dates",
    multiple=True,
    metavar=N_("[HEADER=]ORDER"),
    help=N_(
        "In which order a column's days are written: dmy, mdy or ymd; without HEADER in all columns."
    ),
)
@option(
    "--percents",
    multiple=True,
    metavar=N_("HEADER=MEANT"),
    help=N_("What 0.5 is in a column of percentages: fraction (50%) or hundred (0.5%)."),
)
@option(
    "--units",
    multiple=True,
    metavar=N_("HEADER=UNIT"),
    help=N_("What a column's amounts are counted in: 10000, 万, thousand, million."),
)
@option(
    "--set",
    "goals",
    multiple=True,
    metavar=N_("NAME=VALUE"),
    help=N_(
        "What holds for all goals of a sheet: measure=CODE, unit=1000, year=2024, level=below (managers with everyone below)."
    ),
)
@option(
    "--links",
    type=click.Choice(["create", "refuse"]),
    default="refuse",
    show_default=True,
    help=N_("Whether names that nobody has become new records."),
)
@option(
    "--unknown",
    type=click.Choice(["keep", "skip"]),
    default="keep",
    show_default=True,
    help=N_("Whether unknown columns become columns of your own."),
)
@option(
    "--unreadable",
    type=click.Choice(["refuse", "empty"]),
    default="refuse",
    show_default=True,
    help=N_(
        "Whether an optional cell that can't be read is left empty instead of leaving its row out."
    ),
)
@option(
    "--encoding",
    metavar=N_("NAME"),
    help=N_("The encoding of a text file, when it is not found by itself."),
)
@option("--dry-run", is_flag=True, help=N_("Show what would happen; write nothing."))
@as_json
def import_(
    book: str,
    files: tuple[str, ...],
    entity: str | None,
    sheet: str | None,
    columns: tuple[str, ...],
    match: str,
    values: tuple[str, ...],
    dates: tuple[str, ...],
    percents: tuple[str, ...],
    units: tuple[str, ...],
    goals: tuple[str, ...],
    links: str,
    unknown: str,
    unreadable: str,
    encoding: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    from desktop import import_words
    from models.sheets import importing
    from models.sheets.report import Options

    for one in files:
        if not Path(one).exists():
            raise Refused("no_such_file", N_("There is no such file."), place=Place(file=one))
    said = import_words.Ways(dates, percents, units)
    of_goals = import_words.of_goals(goals)
    with open_book(book) as opened:
        if entity is not None:
            entity = opened.schema.named(entity).id
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
            ways=said.by_header,
            days=said.days,
            goals=of_goals,
        )
        proposal = importing.prepare(opened, list(files), options)
        try:
            _assert_met(proposal, [*chosen, *said.by_header])
            said.assert_fit([one.mapping for one in proposal.tables])
            import_words.assert_goals(proposal, of_goals)
            change = None
            if not dry_run:
                if proposal.writes:
                    backup_commands.before_import(opened)
                change = importing.apply(proposal, origin="import")
            import_words.tell_how(proposal)
            if as_json:
                out(proposal.plain(change))
            else:
                import_words.show(proposal, change, dry_run)
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
    for one in given:
        name, colon, rest = one.partition(":")
        found, equals, meant = rest.partition("=")
        if not colon or not equals:
            raise click.UsageError(
                tr(N_("“{text}” is not of the form FIELD:FOUND=MEANT."), text=one)
            )
        last = name.strip().split(".")[-1]
        for target in _targets(book, name.strip(), last, entity):
            made[(target, found.strip())] = meant.strip()
    return made


def _targets(book: Book, name: str, last: str, entity: str | None) -> set[str]:
    """The kinds of record that a name may stand for, by itself or as a link of a kind."""
    kinds = [one for one in book.schema if entity in (None, one.id)]
    links = [field for kind in kinds for field in kind.links()]
    meant = called(last, book.schema)
    targets = {meant.id} if meant else set()
    targets |= {field.target for field in links if called(last, [field])}
    if targets:
        return targets
    text = N_("{name} is neither a kind of record nor a link field.")
    near = nearest(last, [*book.schema, *links])
    if near:
        text = N_("{name} is neither a kind of record nor a link field. Did you mean {near}?")
    raise Refused("unknown_field", text, name=name, near=near)


@verb(
    "export",
    N_("Write records as a workbook (.xlsx) or text (.csv) that can be edited and imported again."),
)
@book_argument
@argument("target", N_("FILE"), N_("The file to write; its ending says what it becomes."))
@argument(
    "entities",
    N_("ENTITY"),
    N_("The kinds of record, by id or label; each becomes a sheet."),
    nargs=-1,
    required=True,
)
@option(
    "--where",
    metavar=N_("FILTER"),
    help=N_("Only these, e.g. status=won and amount>1000; fields by id or label."),
)
@option(
    "--fields",
    metavar=N_("FIELDS"),
    help=N_(
        "The columns, with commas between them; dots reach through links: owner.team. Without it, all but what is kept for programs, such as a whole result as JSON."
    ),
)
@view_option
@as_json
def export(
    book: str,
    target: str,
    entities: tuple[str, ...],
    where: str | None,
    fields: str | None,
    view: str | None,
    as_json: bool,
) -> None:
    from models.sheets import exporting, leaving

    if view and (len(entities) > 1 or fields):
        raise click.UsageError(
            tr(N_("A view is of one kind of record and brings its own columns."))
        )
    with open_book(book) as opened:
        names = [one.strip() for one in fields.split(",")] if fields else None
        kinds = [opened.schema.named(one).id for one in entities]
        if view:
            rows = export_view(opened, Path(target), opened.schema.entity(kinds[0]), view, where)
        else:
            rows = exporting.export(opened, Path(target), kinds, where=where, fields=names)
        there = [(one, opened.ids(one, where)) for one in dict.fromkeys(kinds)]
        notes = leaving.notes(opened, there, named=bool(names or view))
    if as_json:
        out({"file": target, "rows": rows, "notes": notes})
        return
    click.echo(ntr("{n} row written", "{n} rows written", rows))
    for note in notes:
        click.echo("  · " + note)


COMMANDS = (import_, export)
