"""A watched folder: which files in it are workbooks that came back and wait to be read. Knows no Qt.

A file counts when it is complete: two looks, some seconds apart, find the same size and time. Files that
programs keep while they write or have one open are no workbooks. What was read once doesn't wait again
until it changes; what that was is remembered by whoever watches, as text (``Seen.text``).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".numbers", ".et"})
_HALF = ("~$", ".", "~", ".~lock.")  # what names of lock files and of hidden ones begin with
_PARTS = frozenset({".tmp", ".part", ".crdownload", ".download", ".partial"})
_MOST = 2_000  # files that are remembered
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Signature:
    """What tells whether a file changed: its size in bytes and when it was written, in nanoseconds."""

    size: int
    written: int


@dataclass(frozen=True)
class Looked:
    """What lay in a folder; ``stable`` are the files that a look before found just the same.

    ``fault`` says that the folder could not be read (it is gone, or a disk was taken away).
    """

    files: Mapping[Path, Signature] = field(default_factory=dict)
    stable: frozenset[Path] = frozenset()
    fault: bool = False


def look(folder: Path, before: Looked | None = None) -> Looked:
    """Look into a folder; with the look before it says which files are complete. Never raises."""
    files: dict[Path, Signature] = {}
    try:
        with os.scandir(folder) as found:
            for one in found:
                if is_workbook(one.name) and one.is_file():
                    with contextlib.suppress(OSError):  # gone since
                        told = one.stat()
                        files[Path(one.path)] = Signature(told.st_size, told.st_mtime_ns)
    except OSError:
        return Looked(fault=True)
    known = before.files if before is not None else {}
    stable = {
        path for path, signature in files.items() if signature.size and known.get(path) == signature
    }
    return Looked(files, frozenset(stable))


def is_workbook(name: str) -> bool:
    """Whether a file of this name may be a workbook, and none that is being written or open."""
    ending = Path(name).suffix.lower()
    return ending in ENDINGS and not name.startswith(_HALF) and ending not in _PARTS


@dataclass(frozen=True)
class Seen:
    """Which files were read already: by their digest, whatever they are called."""

    digests: tuple[str, ...] = ()

    def text(self) -> str:
        """As a text that ``seen_of`` reads again."""
        return json.dumps(self.digests)

    def adding(self, digests: Iterable[str]) -> Seen:
        """With some more, the latest last; the oldest are forgotten."""
        made = dict.fromkeys(self.digests)
        for one in digests:
            made.pop(one, None)
            made[one] = None
        return Seen(tuple(made)[-_MOST:])

    def without(self, digests: Iterable[str]) -> Seen:
        """With some less, which are to be read again."""
        gone = set(digests)
        return Seen(tuple(one for one in self.digests if one not in gone))


def seen_of(text: str) -> Seen:
    """What ``Seen.text`` wrote; nothing where that can't be read."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return Seen()
    return Seen(tuple(str(one) for one in found)) if isinstance(found, list) else Seen()


@dataclass(frozen=True)
class Waiting:
    """A file that waits to be read, with the digest of its bytes."""

    path: Path
    digest: str


class Watch:
    """One folder under watch. ``step`` belongs into a worker: it reads every file that is new once."""

    def __init__(self, folder: Path, seen: Seen | None = None) -> None:
        self.folder = folder
        self.seen = seen or Seen()
        self.looked: Looked | None = None
        self._digests: dict[tuple[Path, Signature], str] = {}

    def step(self) -> tuple[Waiting, ...]:
        """Look once more: the complete files that weren't read yet, those written first in front."""
        self.looked = look(self.folder, self.looked)
        files = self.looked.files
        self._digests = {
            key: one for key, one in self._digests.items() if files.get(key[0]) == key[1]
        }
        made: dict[str, Path] = {}
        for path in sorted(self.looked.stable, key=lambda one: (files[one].written, one.name)):
            found = self._digest(path, files[path])
            if found and found not in self.seen.digests:
                made.setdefault(found, path)  # a copy of a file waits once
        return tuple(Waiting(path, digest) for digest, path in made.items())

    def done(self, files: Iterable[Waiting]) -> None:
        """Some files were read: they wait no more."""
        self.seen = self.seen.adding(one.digest for one in files)

    def again(self, digests: Iterable[str]) -> None:
        """Some files wait again, as what was made of them was undone."""
        self.seen = self.seen.without(digests)

    @property
    def fault(self) -> bool:
        """Whether the folder could not be read when it was last looked at."""
        return self.looked is not None and self.looked.fault

    def _digest(self, path: Path, signature: Signature) -> str:
        found = self._digests.get((path, signature))
        if found is None:
            try:
                found = digest_of(path)
            except OSError:
                return ""  # open in another program, or gone: it is looked at again
            self._digests[path, signature] = found
        return found


def digest_of(path: Path) -> str:
    """The digest of a file's bytes (SHA-256). Raises ``OSError`` where it can't be read."""
    made = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            made.update(block)
    return made.hexdigest()
