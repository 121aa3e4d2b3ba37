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


class Together:
    """Several files that stand in their places all together, or none of them.

    ``written`` gives a name to write to, ``place`` puts everything in its place, ``take_back`` undoes
    that. What is left beside the places goes when the with-statement ends.
    """

    def __init__(self) -> None:
        self._files: list[tuple[Path, Path, Path]] = []  # asked for, the real place, written to
        self._placed: list[tuple[Path, Path | None]] = []  # the place, what stood there before

    def __enter__(self) -> Together:
        return self

    def __exit__(self, *said: object) -> None:
        for *_, beside in self._files:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
        self._forget()

    @contextlib.contextmanager
    def written(self, path: Path) -> Iterator[Path]:
        """A name beside ``path`` to write to.

        Raises:
            Refused: the place can't be written.
        """
        place, beside = _places(path)
        self._files.append((path, place, beside))
        try:
            yield beside
            _settled(beside)
        except OSError as error:
            raise _refusal(path, error) from None

    def place(self) -> None:
        """Put every file in its place; what stood there is kept until the end.

        Raises:
            Refused: one can't be put there; then none is.
        """
        for path, place, beside in self._files:
            try:
                before = None
                if place.is_dir():
                    raise IsADirectoryError(errno.EISDIR, "")
                if place.exists():
                    before = beside.with_suffix(".before")
                    os.replace(place, before)
                self._placed.append((place, before))
                os.replace(beside, place)
            except OSError as error:
                self.take_back()
                raise _refusal(path, error) from None

    def take_back(self) -> None:
        """Bring back what stood in the places before."""
        for place, before in reversed(self._placed):
            with contextlib.suppress(OSError):
                if before is None:
                    place.unlink(missing_ok=True)
                else:
                    os.replace(before, place)
        self._placed.clear()

    def _forget(self) -> None:
        for _, before in self._placed:
            if before is not None:
                with contextlib.suppress(OSError):
                    before.unlink(missing_ok=True)
        self._placed.clear()
