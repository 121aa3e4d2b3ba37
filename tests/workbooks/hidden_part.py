"""The hidden part of a workbook as somebody with a spreadsheet program can reach it: read, changed, put back."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "_daybook"
_HEAD = 6  # rows before the chunks
_CHUNK = 30_000


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A workbook in openpyxl; what was done to it is saved."""
    file = openpyxl.load_workbook(path)
    yield file
    file.save(path)


def chunks(page: Worksheet) -> str:
    """The packed part as it stands there."""
    count = int(str(page["A6"].value))
    return "".join(str(page.cell(_HEAD + at, 1).value) for at in range(1, count + 1))


def plain(path: Path) -> dict[str, Any]:
    """What the part says."""
    page = openpyxl.load_workbook(path)[SHEET]
    made: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(chunks(page))))
    return made


def forge(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Let the part say something else; its seal stays, for the secret is unknown."""
    said = plain(path)
    change(said)
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    packed = base64.b64encode(zlib.compress(text.encode(), 6)).decode()
    parts = [packed[at : at + _CHUNK] for at in range(0, len(packed), _CHUNK)]
    with opened(path) as file:
        page = file[SHEET]
        for at, part in enumerate(parts, 1):
            page.cell(_HEAD + at, 1).value = part
        page["A6"] = type(page["A6"].value)(len(parts))


def transplant(source: Path, target: Path) -> None:
    """Put the whole hidden part of one file, seal and all, into another."""
    from_there = openpyxl.load_workbook(source)[SHEET]
    values = [row[0].value for row in from_there.iter_rows(max_col=1)]
    with opened(target) as file:
        page = file[SHEET]
        page.delete_rows(1, page.max_row)
        for at, value in enumerate(values, 1):
            page.cell(at, 1).value = value


def sheet(file: Any, prefix: str) -> Worksheet:
    """The table whose ids begin so."""
    for page in file.worksheets:
        for row in page.iter_rows(min_row=2, max_col=1):
            if str(row[0].value or "").startswith(prefix + "-"):
                found: Worksheet = page
                return found
    raise AssertionError(f"no table of {prefix}")


def cell(page: Worksheet, id: str, header: str) -> Any:
    """The cell of a record under a header."""
    at = next(one.column for one in page[1] if one.value == header)
    line = next(row[0].row for row in page.iter_rows(min_row=2, max_col=1) if row[0].value == id)
    return page.cell(line, at)


def below(page: Worksheet, values: dict[str, object]) -> int:
    """A new row below all others, by header; gives its line."""
    line = page.max_row + 1
    for header, value in values.items():
        at = next(one.column for one in page[1] if one.value == header)
        page.cell(line, at).value = value  # type: ignore[assignment]
    return line
