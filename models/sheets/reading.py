"""Any sheet file as rows of cells: read in a child process behind limits, spooled on disk.

A file can be wrong, damaged or hostile; the worst that comes of it is a refusal with a reason.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import subprocess
import sys
import threading
import time as clock
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from models.progress import SILENT, Progress
from models.refusals import Refused
from models.sheets import gates, spooling
from models.sheets.gates import Limits, no_such_file, refuse, unpacks_too_large
from models.sheets.scratch import Scratch
from models.sheets.spooling import BLOCK, Columns, Row
from models.sheets.spooling import Cell as Cell
from models.sheets.spooling import CellError as CellError
from models.texts import N_, tr


@dataclass(frozen=True)
class Note:
    """Something that the reader noticed."""

    code: str
    text: str


@dataclass(frozen=True)
class SheetInfo:
    """A sheet's name and size; merged ranges as first row, first column, last row, last column."""

    name: str
    hidden: bool
    rows: int
    width: int
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass
class Source:
    """A file that has been read; its cells lie in a spool on disk. Close it."""

    path: Path
    digest: str
    format: str
    encoding: str | None
    delimiter: str | None
    sheets: list[SheetInfo]
    notes: list[Note]
    _spool: Path
    _places: list[list[int]]
    _folder: Scratch
    date_1904: bool = False
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = self.path.name

    def blocks(self, sheet: int, start: int = 0) -> Iterator[tuple[int, list[Row]]]:
        """(first row, rows) blocks of a sheet from row ``start`` on; rows counted from 0."""
        for first, block in self._blocks(sheet, start):
            skip = max(start - first, 0)
            yield first + skip, spooling.rows_of(block)[skip:]

    def columns(
        self, sheet: int, start: int, end: int | None, places: Sequence[int]
    ) -> Iterator[Columns]:
        """Blocks of some columns of a sheet, of the rows from ``start`` on and before ``end``."""
        for first, block in self._blocks(sheet, start):
            if end is not None and first >= end:
                return
            made = spooling.columns_of(block, first, places)
            made = made.without(range(first, start))
            if end is not None:
                made = made.without(range(end, first + BLOCK))
            if made.numbers:
                yield made

    def _blocks(self, sheet: int, start: int) -> Iterator[tuple[int, bytes]]:
        number = start // BLOCK
        with self._spool.open("rb") as spool:
            stored = spooling.stored(spool, self._places[sheet][number:])
            yield from zip(itertools.count(number * BLOCK, BLOCK), stored, strict=False)

    def close(self) -> None:
        """Remove the spool."""
        self._folder.cleanup()

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def read(
    path: Path | str,
    progress: Progress = SILENT,
    *,
    encoding: str | None = None,
    limits: Limits | None = None,
) -> Source:
    """Read a file of any sheet format.

    Raises:
        Refused: the file is unreadable, protected, hostile or no sheet. Cancelled: by the person.
    """
    place, bounds = Path(path), limits or Limits()
    format = gates.sniff(place, bounds)
    folder = Scratch("daybook-sheet-")
    spool = Path(folder.name) / "cells"
    try:
        try:
            found = _run(place, spool, format, encoding or "", bounds, progress)
        except Refused as refused:
            if format != "xlsx" or refused.code not in ("needs_too_much", "reader_died"):
                raise
            found = _run(place, spool, "sparse", "", bounds, progress)
        sheets = [
            SheetInfo(
                one["name"],
                one["hidden"],
                one["rows"],
                one["width"],
                tuple(tuple(m) for m in one["merged"]),
            )
            for one in found["sheets"]
        ]
        if not any(one.rows for one in sheets):
            raise refuse(place, "empty_file", N_("There is nothing in this file."))
        notes = [
            Note(
                "uncached",
                tr(
                    N_(
                        "Sheet {name} has formulas without computed values: open the file in Excel and save it, so that they are kept."
                    ),
                    name=name,
                ),
            )
            for _, name in found["notes"]
        ]
        return Source(
            place,
            _digest(place),
            found["format"],
            found["encoding"],
            found["delimiter"],
            sheets,
            notes,
            spool,
            [one["places"] for one in found["sheets"]],
            folder,
            bool(found.get("date_1904")),
        )
    except BaseException as error:
        folder.cleanup()
        # Taken away meanwhile, by whatever the reader or the last look at it stumbled.
        if isinstance(error, Refused | OSError) and not place.exists():
            raise no_such_file(place) from None
        raise


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--sheet-child"]
    return [sys.executable, "-P", "-m", "models.sheets.child"]


def _run(
    path: Path, spool: Path, format: str, encoding: str, limits: Limits, progress: Progress
) -> dict[str, Any]:
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8"}
    arguments = [
        str(path.absolute()),
        str(spool),
        format,
        encoding,
        str(limits.memory_bytes),
        str(limits.cells),
    ]
    child = subprocess.Popen(
        [*_command(), *arguments],
        stdin=subprocess.PIPE,  # its end tells the child that nobody listens any more
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    heard: dict[str, Any] = {"at": clock.monotonic(), "rows": 0}
    listener = threading.Thread(
        target=_listen, args=(child, heard), name="sheet-child", daemon=True
    )
    listener.start()
    try:
        while listener.is_alive():
            listener.join(0.02)
            progress.step(
                min(0.95, heard["rows"] / 100_000), tr(N_("Reading {name}"), name=path.name)
            )
            if clock.monotonic() - heard["at"] > limits.seconds:
                raise refuse(
                    path,
                    "needs_too_long",
                    N_(
                        "The file could not be read within {seconds} seconds. It is damaged or made to stall programs."
                    ),
                    seconds=round(limits.seconds),
                )
    finally:
        if child.poll() is None:
            if "done" not in heard:
                child.kill()
            child.wait()
        listener.join()
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.close()
        child.stdout.close()
    return _outcome(path, heard, limits)


def _listen(child: subprocess.Popen[bytes], heard: dict[str, Any]) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        heard["at"] = clock.monotonic()
        try:
            heard.update(json.loads(line))
        except ValueError:
            continue


def _outcome(path: Path, heard: dict[str, Any], limits: Limits) -> dict[str, Any]:
    if "done" in heard:
        return dict(heard["done"])
    match heard.get("error"):
        case "too_many_cells":
            raise refuse(
                path,
                "too_many_cells",
                N_(
                    "The file holds more than {limit} million cells. Split it, or save only the sheets that are needed."
                ),
                limit=limits.cells // 1_000_000,
            )
        case "unpacks_too_large":
            raise unpacks_too_large(path, limits.unpacked_bytes)
        case "memory":
            raise refuse(
                path,
                "needs_too_much",
                N_(
                    "The file needs more memory than a sheet should. It is damaged or made to stop programs."
                ),
            )
        case "reader":
            text = str(heard.get("text", ""))
            if "assword" in text or "ncrypt" in text:
                raise refuse(
                    path,
                    "encrypted",
                    N_(
                        "The file is protected with a password. Open it in Excel, remove the password and save it."
                    ),
                )
            raise refuse(
                path,
                "damaged",
                N_("The file is damaged or cut short. Get it again, or open and save it in Excel."),
            )
    raise refuse(
        path,
        "reader_died",
        N_(
            "The file stopped the reader. It is damaged or made to stop programs; nothing else was affected."
        ),
    )
