"""Files that stand in their place only when they are whole; what stood there is replaced or untouched."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from models.refusals import Place, Refused
from models.texts import N_


@contextlib.contextmanager
def placed(path: Path) -> Iterator[Path]:
    """A name beside ``path`` to write to; what was written takes its place when all went well.

    Raises:
        Refused: the place can't be written; what stood there is untouched.
    """
    place, beside = _places(path)
    try:
        yield beside
        _settled(beside)
        os.replace(beside, place)
    except OSError as error:
        raise _refusal(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def put(path: Path, content: bytes) -> None:
    """A file that is whole in memory, in its place.

    Raises:
        Refused: the place can't be written; what stood there is untouched.
    """
    with placed(path) as beside:
        beside.write_bytes(content)


def _places(path: Path) -> tuple[Path, Path]:
    """Where a file is to stand, and a name beside it where it is written."""
    place = Path(os.path.realpath(path))
    if place.is_dir():
        raise _refusal(path, IsADirectoryError(errno.EISDIR, ""))
    return place, place.with_name(f".{place.name[:80]}.{secrets.token_hex(4)}.part")


def _settled(path: Path) -> None:
    """What was written is on the disk before it takes its place."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _refusal(path: Path, error: OSError) -> Refused:
    place = Place(file=path.name)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            text = N_("The disk is full. Nothing was written; what stood there is untouched.")
            return Refused("disk_full", text, place=place)
        case errno.EISDIR:
            return Refused("is_folder", N_("A folder of this name stands there."), place=place)
        case errno.ENOENT | errno.ENOTDIR:
            return Refused(
                "no_such_folder",
                N_("There is no folder {folder}."),
                place=place,
                folder=str(path.parent),
            )
    text = N_(
        "The file can't be written ({reason}). Close it in other programs, or choose another folder."
    )
    return Refused("not_writable", text, place=place, reason=error.strerror or type(error).__name__)
