"""Workbooks that leave other than as personal ones: made beside their place, then remembered in one change.

As ``issuing`` does it: the files are written in one view of the book, the door is passed for the records
and the placing alone, and if somebody else wrote meanwhile, everything is made again.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models import moments
from models.book import Book
from models.change import Change
from models.dialects import Connection
from models.progress import SILENT, Progress
from models.refusals import Place, Refused
from models.sheets.placing import Together
from models.texts import N_, language, tr
from models.workbooks import manifest, memory
from models.workbooks.contents import Labels
from models.workbooks.manifest import IssuedSheet, Manifest
from models.workbooks.sheets_out import CHUNK, FORM

_TRIES = 2  # without holding the door


@dataclass(frozen=True)
class Handed:
    """A workbook that was handed out; ``person`` 0: nobody's; ``rows`` is how many records are in it."""

    workbook: int
    person: int
    path: Path
    rows: int


class _Moved(Exception):
    """Somebody wrote to the book while the workbooks were made."""


class Draft:
    """Workbooks under way in one view of the book; ``no`` is the change that hands them out."""

    def __init__(self, book: Book, db: Connection, no: int, files: Together, purpose: str) -> None:
        self.book, self.db, self.no, self.files, self.purpose = book, db, no, files, purpose
        self.due_back: date | None = None
        self._secret = memory.secret(db) or memory.fresh_secret()
        self._next = int(db.one("SELECT coalesce(max(id), 0) + 1 FROM workbook"))
        self._at = moments.now()
        self._made: list[tuple[Manifest, bytes]] = []
        self.handed: list[Handed] = []

    @property
    def public_id(self) -> str:
        """The id of the workbook that comes next."""
        return self.book.public_id("workbook", self._next)

    def made(
        self, person: int | None, sheets: Sequence[IssuedSheet], labels: Labels
    ) -> tuple[Manifest, bytes, str]:
        """What the next workbook holds, packed, with its seal."""
        one = Manifest(
            self.book.public.tag,
            self._next,
            person,
            language(),
            self._at.isoformat(),
            self.no,
            tuple(sheets),
            labels,
        )
        packed = one.packed()
        return one, packed, manifest.seal(packed, self._secret)

    def keep(self, one: Manifest, packed: bytes, path: Path) -> None:
        """Count a workbook that was written as made."""
        rows = sum(len(sheet.rows) for sheet in one.sheets)
        self._made.append((one, packed))
        self.handed.append(Handed(one.workbook, one.person or 0, path, rows))
        self._next += 1

    def write_down(self, change: Change) -> None:
        """Remember in the book what was handed out."""
        memory.make_secret(change.db, self._secret)
        rows = change.add_many(
            "workbook",
            ("name", "purpose", "person", "issued_at", "base_change", "due_back"),
            [
                (there.path.name, self.purpose, one.person, self._at, self.no, self.due_back)
                for (one, _), there in zip(self._made, self.handed, strict=True)
            ],
        )
        if list(rows) != [one.workbook for one, _ in self._made]:
            raise _Moved
        for one, packed in self._made:
            memory.keep_issued(change.db, one, packed)


def hand_out(
    book: Book,
    purpose: str,
    reason: str,
    make: Callable[[Draft, Progress], None],
    progress: Progress = SILENT,
) -> list[Handed]:
    """Make workbooks and remember them as one change. ``make`` writes into ``Draft.files``.

    Raises:
        Refused: a place can't be written. Cancelled. Either way there is neither a file nor a change.
    """
    for _ in range(_TRIES):
        try:
            return _beside(book, purpose, reason, make, progress)
        except _Moved:
            continue
    with Together() as files:
        try:
            with book.change(reason, "workbook") as change:
                draft = Draft(book, change.db, change.no, files, purpose)
                make(draft, progress)
                draft.write_down(change)
                files.place()
        except BaseException:
            files.take_back()
            raise
    return draft.handed


def _beside(
    book: Book,
    purpose: str,
    reason: str,
    make: Callable[[Draft, Progress], None],
    progress: Progress,
) -> list[Handed]:
    with Together() as files:
        with book.reading() as db:
            no = int(db.one("SELECT coalesce(max(id), 0) FROM change")) + 1
            draft = Draft(book, db, no, files, purpose)
            make(draft, progress)
        progress.step(0.99)
        try:
            with book.change(reason, "workbook") as change:
                if change.no != no:
                    raise _Moved
                draft.write_down(change)
                files.place()
        except BaseException:
            files.take_back()
            raise
    progress.step(1.0)
    return draft.handed


def assert_folder(folder: Path) -> None:
    """Refuse a folder that isn't there.

    Raises:
        Refused: ``no_such_folder``.
    """
    if not folder.is_dir():
        raise Refused(
            "no_such_folder",
            N_("There is no folder {folder}."),
            place=Place(file=folder.name),
            folder=str(folder),
        )


def file_name(name: str, on: date, public_id: str) -> str:
    """By whom or what and when a workbook was made, so that a lost hidden part can still be found again."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", name).strip(" .")[:40]
    return "_".join((tr(N_("Daybook")), plain or "-", on.isoformat(), public_id)) + ".xlsx"


def hidden_lines(made: Manifest, packed: bytes, seal: str, public_id: str) -> list[str]:
    """What stands in the hidden sheet, cell below cell."""
    text = base64.b64encode(packed).decode()
    chunks = [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]
    return [FORM, made.book, public_id, str(made.base_change), seal, str(len(chunks)), *chunks]
