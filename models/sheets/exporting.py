"""Sheets out: records as a workbook or a text file that people edit and import again.

What is written carries the public ids of its records, and every cell says exactly what the book
holds, so that an unchanged file changes nothing when it comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.book import Book
from models.describe.field import Entity, Field
from models.describe.kinds import KINDS, Link
from models.dialects import quoted
from models.progress import SILENT, Progress
from models.refusals import Place, Refused
from models.sheets import formulas, linking, own, writing
from models.sheets.choices import choice_text
from models.sheets.writing import Cell, Column, Target
from models.texts import N_, tr

BLOCK = 5_000  # records in memory at once
FORMATS = {".xlsx": "xlsx", ".csv": "csv", ".tsv": "tsv"}


def export(
    book: Book,
    path: Path | str,
    entities: Sequence[str],
    where: str | None = None,
    fields: Sequence[str] | None = None,
    progress: Progress = SILENT,
) -> int:
    """Write all records (that satisfy a filter) of one or more entities; gives how many.

    Raises:
        Refused: the format, an entity, a field or the filter is unknown; several entities for a text
            file; the place can't be written; a text doesn't fit. Cancelled. Either way what stood
            at the place is untouched.
    """
    place = Path(path)
    format = format_of(place)
    kinds = [_kind(book, one) for one in dict.fromkeys(entities)]
    if len(kinds) > 1 and format != "xlsx":
        raise Refused(
            "one_sheet_only",
            N_(
                "A text file holds one kind of record. Choose a name that ends in .xlsx, or export one kind at a time."
            ),
            place=Place(file=place.name),
        )
    with book.reading():
        parts = [(kind, book.ids(kind.id, where), paths(book, kind, fields)) for kind in kinds]
        return _export(book, place, format, parts, progress)


def export_view(
    book: Book,
    path: Path | str,
    entity: str,
    ids: Sequence[int],
    fields: Sequence[str],
    progress: Progress = SILENT,
) -> int:
    """Write exactly what a grid shows: these records in this order, these fields (dotted paths too).

    Raises:
        Refused, Cancelled: as ``export``.
    """
    place = Path(path)
    kind = book.schema.entity(entity)
    with book.reading():
        parts = [(kind, ids, paths(book, kind, fields))]
        return _export(book, place, format_of(place), parts, progress)


def format_of(path: Path) -> str:
    """The format that a name's ending asks for.

    Raises:
        Refused: no format has this ending.
    """
    format = FORMATS.get(path.suffix.lower())
    if format is None:
        raise Refused(
            "unknown_format",
            N_("The name must end in one of: {known}."),
            place=Place(file=path.name),
            known=", ".join(FORMATS),
        )
    return format


def _kind(book: Book, name: str) -> Entity:
    entity = book.schema.entity(name)
    if not own.holds_records(entity):
        raise Refused(
            "not_records",
            N_(
                "{name} describe the book itself; they are part of every sheet and have none of their own."
            ),
            name=entity.plural_text(),
        )
    return entity


def paths(book: Book, entity: Entity, fields: Sequence[str] | None) -> list[str]:
    """Field ids; labels are accepted, and whatever names a field twice counts once.

    What no list shows, such as a whole result as JSON, is only there when it is named.
    """
    made: dict[str, None] = {}
    for one in fields if fields is not None else [f.id for f in entity.fields if f.in_grid]:
        if one != "id":
            steps, last = book.schema.path(entity, one)
            made[".".join(step.id for step in (*steps, last))] = None
    return list(made)


_Part = tuple[Entity, Sequence[int], list[str]]


def _export(book: Book, path: Path, format: str, parts: Sequence[_Part], progress: Progress) -> int:
    total = sum(len(ids) for _, ids, _ in parts)
    done = 0
    with writing.written(path, format, book.currency) as target:
        for entity, ids, paths in parts:
            cells = Cells(book)
            readers = [cells.of(book.schema.path(entity, one)[1]) for one in paths]
            live = formulas.live(book.schema, entity, paths) if format == "xlsx" else []
            target.sheet(entity.plural_text(), columns(book, entity, paths))
            for start in range(0, len(ids), BLOCK):
                progress.step(done / max(total, 1), entity.plural_text())
                block = ids[start : start + BLOCK]
                _write(book, target, entity, block, paths, readers, live)
                done += len(block)
        progress.step(0.99)
    progress.step(1.0)
    return done


def columns(book: Book, entity: Entity, paths: Sequence[str]) -> list[Column]:
    """The columns of a sheet: the public ids, then a field each."""
    made = [Column(own.id_header(book.public.tag), "id")]
    for path, header in zip(paths, own.headers(book.schema, entity, paths), strict=True):
        field = book.schema.path(entity, path)[1]
        offers: tuple[str, ...] = ()
        if field.kind == "choice" and "." not in path:
            offers = tuple(choice_text(field, one.code) for one in field.choices)
        elif field.kind == "flag" and "." not in path:
            offers = (tr(N_("Yes")), tr(N_("No")))
        made.append(Column(header, field.kind, offers))
    return made


def _write(
    book: Book,
    target: Target,
    entity: Entity,
    ids: Sequence[int],
    paths: Sequence[str],
    readers: Sequence[Callable[[Any], Cell]],
    live: Sequence[formulas.Live],
) -> None:
    for row, values in zip(ids, book.rows(entity.id, ids, paths), strict=True):
        cells = [
            None if value is None else read(value)
            for read, value in zip(readers, values, strict=True)
        ]
        for one in live:
            cells[one.at] = one.cell(cells)
        target.row([book.public_id(entity.id, row), *cells])


def moment(value: datetime) -> writing.Value:
    """A local date and time; where that would not lead back to the moment, the moment in UTC."""
    try:
        local = value.astimezone().replace(tzinfo=None)
        if local.astimezone(UTC) == value:
            return local
    except (OverflowError, OSError, ValueError):
        pass
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "seconds") + "Z"


class Cells:
    """Makes cells of values; what links need to know of their targets is looked up once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._unclear: dict[str, tuple[set[str], set[int]]] = {}

    def of(self, field: Field) -> Callable[[Any], Cell]:
        """The function from a field's values (not None) to cells."""
        match field.kind:
            case "flag":
                yes, no = tr(N_("Yes")), tr(N_("No"))
                return lambda value: yes if value else no
            case "choice":
                texts = {one.code: choice_text(field, one.code) for one in field.choices}
                return lambda value: texts.get(value, str(value))
            case "recurrence":
                return lambda value: KINDS[field.kind].show(field, value)
            case "instant":
                return moment
            case "link":
                return self.linked(field.target)
        return lambda value: value or None if isinstance(value, str) else value

    def linked(self, entity: str) -> Callable[[Link], str]:
        """The function from links to records of an entity to what cells say of them."""
        target = self._book.schema.entity(entity)
        if target.id not in self._unclear:
            self._unclear[target.id] = self._look(target)
        shared, gone = self._unclear[target.id]
        # Named by another record, such as leave by who is away: the name alone finds none of them.
        borrowed = any(target.field(one).kind == "link" for one in target.title)

        def text(value: Link) -> str:
            label = str(value.label).strip()
            clear = label and not borrowed and label not in shared and value.id not in gone
            if clear and not own.link_id(label)[1]:
                return label
            return own.link_text(label, self._book.public_id(target.id, value.id))

        return text

    def _look(self, target: Entity) -> tuple[set[str], set[int]]:
        """Labels that several records answer to or that mean something else, and removed records."""
        db = self._book.connection()
        columns = [quoted(target.field(name).column) for name in target.title]
        each = " UNION ".join(
            f"SELECT id, CAST({one} AS TEXT) AS label FROM {quoted(target.id)} WHERE alive = 1 AND {one} IS NOT NULL"
            for one in columns
        )
        shared = {
            row[0]
            for row in db.run(f"SELECT label FROM ({each}) GROUP BY label HAVING count(*) > 1")
        }
        shared |= {found for entity, found in linking.remembered(db) if entity == target.id}
        gone = {
            row[0] for row in db.run(f"SELECT id FROM {quoted(target.id)} WHERE alive IS NOT 1")
        }
        return shared, gone
