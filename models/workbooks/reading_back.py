"""A workbook that came back, in whatever shape: which one it is, and what its cells say.

``read`` never writes. It trusts what the file carries only as far as the seal proves it, and else
what the book itself remembers; what it can't read or does not take is told with its place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from models.book import Book
from models.dialects import Connection
from models.progress import SILENT, Progress
from models.refusals import Place
from models.sheets import reading
from models.workbooks import reading_back_grids as parts
from models.workbooks import reading_back_knowing as knowing
from models.workbooks import reading_back_tables as tables
from models.workbooks.items import Problem, ReturnedFile, ReturnedRow
from models.workbooks.manifest import Manifest
from models.workbooks.reading_back_frame import Setting
from models.workbooks.reading_back_rows import Found, RowReader


def read(book: Book, path: str | Path, progress: Progress = SILENT) -> ReturnedFile:
    """Read a returned file of any sheet format, whole.

    Raises:
        Refused: the file can't be read (as ``sheets.reading.read``), is of another book
            (``other_book``), of a workbook that nobody remembers (``unknown_workbook``), or no
            workbook at all (``not_a_workbook``). Cancelled: by the person.
    """
    place = Path(path)
    with reading.read(place, progress) as source:
        every = parts.grids(source, progress)
        claim = parts.claim(every, source)
        text_file, epoch = source.format == "csv", source.date_1904
        notes = [one for one in source.notes if one.code != "uncached"]
    with book.reading() as db:
        setting = Setting(db, book.public, book.schema, place.name, text_file, epoch)
        return _read(book, setting, place, every, claim, notes, progress)


def _read(
    book: Book,
    setting: Setting,
    place: Path,
    every: Sequence[parts.Grid],
    claim: parts.Claim,
    notes: Iterable[reading.Note],
    progress: Progress,
) -> ReturnedFile:
    headed = tables.headed(every)

    def as_of(manifest: Manifest) -> Found:
        progress.step(0.98, place.name)
        template = _is_template(setting.db, manifest.workbook)
        reader = RowReader(replace(setting, template=template), manifest)
        return reader.read(every, [_again(one) for one in headed])

    known = knowing.find(setting, every, headed, claim, as_of, progress)
    found = known.found or as_of(known.manifest)
    problems = [Problem(one.code, one.text, Place(place.name)) for one in notes]
    rows = tuple(found.rows)
    progress.step(1.0, place.name)
    return ReturnedFile(
        str(place),
        known.manifest,
        known.trusted,
        rows,
        found.tables,
        digest(known.manifest, rows, found.tables),
        (*known.problems, *problems, *found.told.made),
    )


def _again(table: tables.Table) -> tables.Table:
    """A table as it was found, before it was read as one of a certain workbook."""
    return tables.Table(table.grid, table.lines, table.head, table.id_at, table.tag)


def _is_template(db: Connection, workbook: int) -> bool:
    """Whether a workbook was made in the team's own layout, where other columns are usual."""
    return bool(db.one("SELECT purpose = 'template' FROM workbook WHERE id = ?", (workbook,)))


def digest(manifest: Manifest, rows: Iterable[ReturnedRow], found: Iterable[str]) -> str:
    """A digest of what a file says, the same in whatever order, layout or format it says it."""
    said = sorted(
        json.dumps(
            [
                row.entity,
                row.row,
                {
                    name: ["?", cell.text] if cell.unread else cell.value
                    for name, cell in row.cells.items()
                },
            ],
            ensure_ascii=False,
            sort_keys=True,
        )
        for row in rows
    )
    made = hashlib.sha256(
        json.dumps([manifest.workbook, manifest.issued_at, sorted(found)]).encode()
    )
    for one in said:
        made.update(one.encode("utf-8", "surrogatepass"))
        made.update(b"\n")
    return made.hexdigest()
