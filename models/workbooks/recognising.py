"""Whether a file is a workbook that was handed out, seen without reading it: for what is dropped on a window."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_NAMED = re.compile(r"(?:^|[_ ])WB-[0-9A-Z]{4,15}(?:[ ._(（-]|$)")
_PARTS = (
    ("docProps/custom.xml", b'name="daybook"'),
    ("xl/workbook.xml", b'name="_daybook"'),
    ("content.xml", b'table:name="_daybook"'),
)
_MOST = 512 << 10  # bytes of a part that are looked at


def is_workbook(path: Path) -> bool:
    """Whether the name carries the id of a workbook, or the file has the hidden part; never raises."""
    if _NAMED.search(path.stem):
        return True
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
            for part, mark in _PARTS:
                if part in names:
                    with packed.open(part) as file:
                        if mark in file.read(_MOST):
                            return True
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, EOFError):
        return False
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "_lzma"):
            return False
        raise
    return False
