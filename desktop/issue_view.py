"""What the verb ``issue`` hands out beside personal workbooks: any list, and a team's own layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop import arguments
from desktop.verbs import option
from desktop.view_commands import seen_of
from models.book import Book
from models.refusals import Place, Refused
from models.suggesting import UnknownName
from models.texts import N_, tr
from models.views import saved
from models.views.saved import Saved

if TYPE_CHECKING:
    from models.workbooks.handing_out import Handed
    from models.workbooks.issuing import Issued
    from models.workbooks.template import Adopted

_OPTIONS = (
    option(
        "--view",
        metavar=N_("NAME"),
        help=N_("Not people's workbooks but a list for editing: what this saved view shows."),
    ),
    option(
        "--list",
        "entity",
        metavar=N_("ENTITY"),
        help=N_("The same of a kind of record, by id or label."),
    ),
    option(
        "--where",
        metavar=N_("FILTER"),
        help=N_("Of a list only these, e.g. city=上海 and grade=A."),
    ),
    option(
        "--fields",
        metavar=N_("FIELDS"),
        help=N_("The columns of a list, with commas between them; dots reach through links."),
    ),
    option(
        "--template",
        metavar=N_("FILE"),
        help=N_("The team's own workbook (.xlsx) as the layout: its table is filled for each person."),
    ),
    option(
        "--map",
        "columns",
        multiple=True,
        metavar=N_("HEADER=FIELD"),
        help=N_("Which field a column of the team's workbook is; HEADER= leaves it to the team."),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Other:
    """What was asked for beside personal workbooks."""

    view: str | None = None
    entity: str | None = None
    where: str | None = None
    fields: str | None = None
    template: str | None = None
    columns: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether a list is to be handed out."""
        return bool(self.view or self.entity)

    def assert_fits(self, people: bool) -> None:
        """Refuse options that don't go together.

        Raises:
            UsageError: they don't.
        """
        if self.is_list and (people or self.template):
            raise click.UsageError(
                tr(N_("A list goes to nobody in particular: no people, no template."))
            )
        if not self.is_list and (self.where or self.fields):
            raise click.UsageError(tr(N_("A filter and columns go with --list or --view.")))
        if self.view and self.fields:
            raise click.UsageError(
                tr(N_("A view is of one kind of record and brings its own columns."))
            )
        if self.columns and not self.template:
            raise click.UsageError(tr(N_("What columns are is said of a team's own workbook.")))


def other_ways(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a verb that can hand out lists and use a team's own layout."""
    for one in reversed(_OPTIONS):
        command = one(command)
    return command


def issue_list(
    book: Book,
    other: Other,
    folder: Path,
    *,
    language: str | None,
    on: date,
    due_back: date | None,
) -> Handed:
    """Hand out what a view shows, or a kind of record.

    Raises:
        Refused: there is no such view or field, or it can't be edited in a workbook.
    """
    from models.workbooks import view_workbook

    kind = book.schema.named(other.entity).id if other.entity else None
    if other.view:
        view = _view(book, kind, other.view)
        kind = view.entity
        seen = seen_of(book, book.schema.entity(kind), view.title, other.where)
        ids, paths, name = seen.arranged.ids, seen.view.paths, view.title
    else:
        assert kind is not None
        ids, name = book.ids(kind, other.where), ""
        paths = _paths(book, kind, other.fields)
    return view_workbook.issue_view(
        book, kind, ids, paths, folder, name=name, language=language, on=on, due_back=due_back
    )


def _paths(book: Book, kind: str, fields: str | None) -> list[str]:
    if fields:
        return [one.strip() for one in fields.split(",")]
    return [one.id for one in book.schema.entity(kind).fields if one.in_grid]


def _view(book: Book, kind: str | None, name: str) -> Saved:
    """The view of this name, of whatever kind of record if that isn't said.

    Raises:
        Refused: ``unknown_view``; ``several_views``, where kinds of record share the name.
    """
    if kind is not None:
        return saved.find(book, book.schema.entity(kind), name)
    there = saved.views(book)
    found = [one for one in there if one.title.casefold() == name.strip().casefold()]
    if len(found) > 1:
        kinds = tr(N_(", ")).join(book.schema.entity(one.entity).plural_text() for one in found)
        text = N_("Several views are called {name}: of {kinds}. Say which with --list.")
        raise Refused("several_views", text, name=name, kinds=kinds)
    if not found:
        raise UnknownName(
            "unknown_view",
            (
                N_("There is no view called {name}. Saved are: {known}."),
                N_("There is no view called {name}. Did you mean {near}? Saved are: {known}."),
            ),
            name,
            there,
        )
    return found[0]


def issue_in_template(
    book: Book,
    people: Sequence[int],
    other: Other,
    folder: Path,
    *,
    language: str | None,
    personal: bool,
    on: date,
    due_back: date | None,
) -> list[Handed]:
    """Hand out the team's own workbook to people, telling what of it is not as it was.

    Raises:
        Refused: the file can't be the layout, or none of its tables can be filled.
    """
    from models.workbooks import template, template_issuing

    file = Path(other.template or "")
    if not file.exists():
        raise Refused("no_such_file", N_("There is no such file."), place=Place(file=str(file)))
    adopted = template.adopt(book, file, arguments.columns(other.columns))
    _tell(book, adopted)
    return template_issuing.issue_with(
        book,
        people,
        adopted,
        folder,
        language=language,
        personal=personal,
        on=on,
        due_back=due_back,
    )


def in_template(other: Other) -> Callable[..., list[Handed]]:
    """The way to hand out workbooks in the layout that was asked for."""
    return lambda book, people, folder, **said: issue_in_template(
        book, people, other, folder, **said
    )


def _tell(book: Book, adopted: Adopted) -> None:
    """Which tables are filled, which columns are the team's, what is lost."""
    for one in adopted.tables:
        place = one.sheet
        if one.reason:
            text = tr(N_("{sheet}: not filled. {why}"), sheet=place, why=one.reason)
            click.echo(text, err=True)
            continue
        entity = book.schema.entity(one.entity)
        said = tr(N_(", ")).join(
            f"{column.header} → {book.schema.path(entity, column.path)[1].text()}"
            for column in one.filled
        )
        click.echo(
            tr(
                N_("{sheet}: {entity}, {columns}"),
                sheet=place,
                entity=entity.plural_text(),
                columns=said,
            ),
            err=True,
        )
        own = [column.header for column in one.columns if not column.path]
        if own:
            text = tr(N_("Left to the team: {columns}"), columns=tr(N_(", ")).join(own))
            click.echo(text, err=True)
    for warning in adopted.warnings:
        click.echo(warning, err=True)


def told(book: Book, made: Handed | Issued) -> dict[str, Any]:
    """A workbook as the command line tells it."""
    return {
        "person": book.label("salesperson", made.person) if made.person else None,
        "id": book.public_id("salesperson", made.person) if made.person else None,
        "workbook": book.public_id("workbook", made.workbook),
        "file": str(made.path),
        "rows": made.rows,
    }
