"""Temporary folders that don't outlive their program, however it ends.

A folder is held by the lock of a file in it, which the system drops with the process. Whoever makes
the next one removes those that nobody holds any more.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import time
import weakref
from pathlib import Path

from models import locks

_PREFIXES = ("daybook-import-", "daybook-sheet-", "daybook-export-")
_HELD = "held"
_DAY = 24 * 3600.0


class Scratch:
    """A temporary folder; ``cleanup`` removes it, and so does the end of the program."""

    def __init__(self, prefix: str) -> None:
        assert prefix in _PREFIXES, prefix
        sweep()
        handle = None
        while handle is None:  # another program may take the folder for left before it is held
            folder = tempfile.mkdtemp(prefix=prefix)
            handle = locks.lock(Path(folder) / _HELD)
        self.name = folder
        self.cleanup = weakref.finalize(self, _remove, folder, handle)


def _remove(folder: str, handle: int) -> None:
    os.close(handle)
    shutil.rmtree(folder, ignore_errors=True)


def sweep() -> int:
    """Remove what programs left that were killed; gives how many folders."""
    count = 0
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as all_of_them:
        for one in all_of_them:
            if one.name.startswith(_PREFIXES) and _ours(one):
                count += _discard(one)
    return count


def _ours(folder: os.DirEntry[str]) -> bool:
    """A folder, not a link to one, and this person's: others share the place."""
    with contextlib.suppress(OSError):
        found = folder.stat(follow_symlinks=False)
        return stat.S_ISDIR(found.st_mode) and (os.name == "nt" or found.st_uid == os.getuid())
    return False


def _discard(folder: os.DirEntry[str]) -> bool:
    """Remove a folder that nobody holds; whether that was done."""
    held = Path(folder.path, _HELD)
    handle = None
    try:
        if stat.S_ISREG(held.lstat().st_mode):
            handle = locks.lock(held, surely=True)
        if handle is None:
            return False
    except FileNotFoundError:  # just being made, or by a program that knew no such file
        if not _old(folder):
            return False
    except OSError:
        return False
    shutil.rmtree(folder.path, ignore_errors=True)
    if handle is not None:  # until here, so that whoever is just making it makes another
        os.close(handle)
        if os.name == "nt":  # nothing that is open can be removed there
            shutil.rmtree(folder.path, ignore_errors=True)
    return not os.path.exists(folder.path)


def _old(folder: os.DirEntry[str]) -> bool:
    with contextlib.suppress(OSError):
        return time.time() - folder.stat(follow_symlinks=False).st_mtime > _DAY
    return False
