"""The process that opens a file: whatever the file does, it happens here and not in the window.

Started as ``python -m models.sheets.child FILE SPOOL FORMAT ENCODING MEMORY CELLS``; writes blocks of
rows into the spool and a JSON line about itself to standard output.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from models.sheets.gates import UnpacksTooLarge
from models.sheets.spooling import BLOCK, packed

if TYPE_CHECKING:
    from models.sheets import fidelity

_SMALL = (
    128 << 20
)  # bytes: a larger workbook is looked through first, or both would need the memory


class Beside(threading.Thread):
    """Work that is done while the reader, which lets other threads in, reads; or at once."""

    def __init__(self, work: Callable[[], fidelity.Extras], beside: bool) -> None:
        super().__init__(name="beside", daemon=True)
        self._work = work
        self._made: fidelity.Extras | None = None
        self._error: BaseException | None = None
        if beside:
            self.start()
        else:
            self.run()

    def run(self) -> None:
        """Do it; what goes wrong is said where the result is asked for."""
        try:
            self._made = self._work()
        except BaseException as error:  # noqa: BLE001 - raised again in ``result``
            self._error = error

    def result(self) -> fidelity.Extras:
        """What was made, when it is."""
        if self.ident is not None:
            self.join()
        if self._error is not None:
            raise self._error
        assert self._made is not None
        return self._made


class TooMany(Exception):
    """More cells than the limit."""


def limit_memory(size: int) -> None:
    """Let this process have no more memory than the limit."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def end_with_parent() -> None:
    """Leave no process behind when the one that asked was killed."""

    def wait() -> None:
        while os.read(0, 1):
            pass
        os._exit(4)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def say(**values: Any) -> None:
    """One line to the parent."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def spool(
    rows: Iterator[list[Any]], out: BinaryIO, cells: list[int], name: str
) -> tuple[int, int, list[int]]:
    """Write rows in blocks; gives rows, width and where each block begins."""
    places, count, width = [], 0, 0
    block: list[list[Any]] = []

    def flush() -> None:
        places.append(out.tell())
        body = packed(block)
        out.write(len(body).to_bytes(8))
        out.write(body)
        say(rows=count, sheet=name)

    for row in rows:
        while row and (row[-1] is None or row[-1] == ""):
            row.pop()
        length = len(row)
        if length > width:
            width = length
        block.append(row)
        count += 1
        cells[0] -= length or 1  # blank rows without end are no sheet either
        if cells[0] < 0:
            raise TooMany
        if len(block) == BLOCK:
            flush()
            block.clear()
    if block:
        flush()
    return count, width, places


def read_text(path: Path, out: BinaryIO, encoding: str, cells: list[int]) -> dict[str, Any]:
    """A delimited file: one sheet of texts."""
    from models.sheets import delimited

    encoding = encoding or delimited.find_encoding(path)
    separator = delimited.find_separator(delimited.sample(path, encoding))
    made = ([cell or None for cell in row] for row in delimited.rows(path, encoding, separator))
    count, width, places = spool(made, out, cells, "")
    sheet = {
        "name": "",
        "hidden": False,
        "rows": count,
        "width": width,
        "merged": [],
        "places": places,
    }
    return {
        "sheets": [sheet],
        "encoding": encoding,
        "delimiter": separator,
        "format": "csv",
        "notes": [],
    }


def read_book(path: Path, out: BinaryIO, format: str, cells: list[int]) -> dict[str, Any]:
    """A workbook through calamine, with what it drops put back."""
    from io import BytesIO

    import python_calamine

    from models.sheets import errors, fidelity

    # Said at once: it would take all the memory first, and then minutes as a stream.
    if format == "xlsx" and fidelity.holds_more(path, cells[0]):
        raise TooMany
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    look = fidelity.extras if format == "xlsx" else partial(errors.extras, format=format)
    extras = Beside(partial(look, path), fidelity.unpacked_size(path) < _SMALL)
    sheets, notes = [], []
    for at, meta in enumerate(book.sheets_metadata):
        if "WorkSheet" not in str(meta.typ):
            continue
        sheet = book.get_sheet_by_name(meta.name)
        own = extras.result().sheet(at)
        if own.uncached:
            notes.append(["uncached", meta.name])
        merged = [[a, b, c, d] for (a, b), (c, d) in (sheet.merged_cell_ranges or [])[:2000]]
        count, width, places = spool(_rows(sheet, own), out, cells, meta.name)
        sheets.append(
            {
                "name": meta.name,
                "hidden": not str(meta.visible).endswith(".Visible"),
                "rows": count,
                "width": width,
                "merged": merged,
                "places": places,
            }
        )
    return {
        "sheets": sheets,
        "encoding": None,
        "delimiter": None,
        "format": format,
        "notes": notes,
        "date_1904": extras.result().date_1904,
    }


def _rows(sheet: Any, own: fidelity.Own) -> Iterator[list[Any]]:
    start = sheet.start
    if start is None:
        return own.mended([])
    # Rows come from the sheet's first on, cells from the first column that holds any.
    left = [None] * start[1]
    rows = sheet.iter_rows()
    return own.mended([*left, *row] for row in rows) if left else own.mended(rows)


def read_sparse(path: Path, out: BinaryIO, cells: list[int]) -> dict[str, Any]:
    """A sheet whose filled cells lie far apart, read as a stream."""
    import openpyxl

    from models.sheets import fidelity

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    if fidelity.is_strict(path):  # it would be read as empty, without a word
        raise MemoryError
    extras = fidelity.extras(path)
    sheets, notes = [], []
    for at, name in enumerate(book.sheetnames):
        sheet = book[name]
        if not hasattr(sheet, "iter_rows"):
            continue
        own = extras.sheet(at)
        if own.uncached:
            notes.append(["uncached", name])

        rows = own.mended(list(row) for row in sheet.iter_rows(values_only=True))
        count, width, places = spool(rows, out, cells, name)
        sheets.append(
            {
                "name": name,
                "hidden": sheet.sheet_state != "visible",
                "rows": count,
                "width": width,
                "merged": [],
                "places": places,
            }
        )
    return {
        "sheets": sheets,
        "encoding": None,
        "delimiter": None,
        "format": "xlsx",
        "notes": notes,
    }


def main(arguments: list[str]) -> int:
    """Read one file; the exit status is 0, or 3 for a fault that is said on standard output."""
    file, target, format, encoding, memory, most = arguments
    path, cells = Path(file), [int(most)]
    limit_memory(int(memory))
    end_with_parent()
    try:
        with Path(target).open("wb") as out:
            if format in ("text", "gz"):
                found = read_text(path, out, encoding, cells)
            elif format == "sparse":
                found = read_sparse(path, out, cells)
            else:
                found = read_book(path, out, format, cells)
        say(done=found)
        return 0
    except TooMany:
        say(error="too_many_cells")
    except MemoryError:
        say(error="memory")
    except UnpacksTooLarge:
        say(error="unpacks_too_large")
    except BaseException as error:  # noqa: BLE001 - a reader's panic is a BaseException; all end here
        say(error="reader", text=f"{type(error).__name__}: {error}"[:300])
    return 3


def run(arguments: list[str]) -> None:
    """Read one file and end at once: what was read need not be given back piece by piece."""
    status = main(arguments)
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    run(sys.argv[1:])
