"""What a file must satisfy before any reader opens it: a hostile one is refused with a reason.

Order as in the threat model: size, what it is by its content, what a zip declares to hold, document
types in its parts.
"""

from __future__ import annotations

import gzip
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from models.refusals import Place, Refused
from models.sheets import ole
from models.texts import N_

MIB = 1024 * 1024
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
_ELEMENT = re.compile(rb"<\w")


@dataclass(frozen=True)
class Limits:
    """The most that an import takes on; seconds are without progress."""

    file_bytes: int = 100 * MIB
    unpacked_bytes: int = 1024 * MIB
    ratio: int = 200
    parts: int = 10_000
    cells: int = 20_000_000
    memory_bytes: int = 1024 * MIB
    seconds: float = 60.0


class UnpacksTooLarge(Exception):
    """A packed text file holds far more than a sheet; its header doesn't say how much."""


def refuse(path: Path, code: str, template: str, **values: object) -> Refused:
    """A refusal that names the file."""
    return Refused(code, template, place=Place(file=path.name), **values)


def _size_and_head(path: Path) -> tuple[int, bytes]:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise refuse(path, "folder", N_("This is a folder. Choose the files in it."))
        # A pipe would keep us waiting, and a device never ends.
        if not stat.S_ISREG(found.st_mode):
            raise refuse(
                path,
                "not_a_file",
                N_("This is a device or a pipe, not a file. Save the sheet as a file first."),
            )
        with path.open("rb") as file:
            return found.st_size, file.read(4096)
    except (FileNotFoundError, NotADirectoryError):
        raise no_such_file(path) from None
    except PermissionError:
        raise refuse(
            path,
            "unreadable",
            N_(
                "You have no right to read the file, or another program keeps it to itself. Close it there, or ask for the right, and try again."
            ),
        ) from None
    except OSError as error:
        raise refuse(
            path, "unreadable", N_("The file can't be read: {why}"), why=error.strerror or ""
        ) from None


def sniff(path: Path, limits: Limits) -> str:
    """The format by content: zip families, xls, gz, text.

    Raises:
        Refused: too large, empty, encrypted, damaged or of another kind.
    """
    size, head = _size_and_head(path)
    if size == 0:
        raise refuse(path, "empty_file", N_("The file is empty."))
    if size > limits.file_bytes:
        raise refuse(
            path,
            "too_large",
            N_(
                "The file is larger than {limit} MB. Split it, or save only the sheets that are needed."
            ),
            limit=limits.file_bytes // MIB,
        )
    if head.startswith(b"PK\x03\x04"):
        return _zip(path, limits)
    if head.startswith(ole.MAGIC):
        return _ole(path)
    kind = "text"
    if head.startswith(b"\x1f\x8b"):
        kind, head = "gz", _packed_head(path)
    if head.startswith(b"PK"):
        raise _damaged(path)
    if _looks_binary(head):
        raise _not_a_sheet(path)
    low = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if low.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise refuse(
            path,
            "web_page",
            N_(
                "This is a web page saved under a sheet's name. Open it in Excel and save it as xlsx."
            ),
        )
    return kind


def _packed_head(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read(4096)
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(path) from error


def looks_wide(head: bytes) -> bool:
    """UTF-16 without a mark has its zeros at every other place."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > 0.3 * len(head) / 2 and min(even, odd) < 0.05 * len(head) / 2


def _looks_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or looks_wide(head):
        return False
    # One stray byte, as some exports have it, doesn't make a text something else.
    control = sum(one < 9 or (13 < one < 32 and one != 27) for one in head)
    return control > max(2, 0.02 * len(head))


def _zip(path: Path, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if any(one.flag_bits & 1 for one in parts):
                raise _encrypted(path)
            _declared(path, parts, limits)
            names = {one.filename for one in parts}
            for one in parts:
                if one.filename.lower().endswith((".xml", ".rels")):
                    with packed.open(one) as part:
                        if _declares_type(part):
                            raise refuse(
                                path,
                                "document_type",
                                N_(
                                    "The file contains a document type declaration, which no sheet needs and which attacks use. It is not opened."
                                ),
                            )
            if "mimetype" in names:
                with packed.open("mimetype") as part:
                    if part.read(len(_ODS)) == _ODS:
                        return "ods"
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise _damaged(path) from error
    if any(one.lower() == "xl/workbook.bin" for one in names):
        return "xlsb"
    if any(one.lower().startswith("xl/") for one in names):
        return "xlsx"
    raise _not_a_sheet(path)


def _declares_type(part: IO[bytes]) -> bool:
    """Whether a document type stands before the first element, behind however long a comment."""
    head = b""
    while len(head) < MIB and (more := part.read(max(2048, len(head)))):
        head += more.replace(b"\0", b"")  # UTF-16 too
        bare = _COMMENT.sub(b"", head)
        if b"<!DOCTYPE" in bare:
            return True
        if _ELEMENT.search(bare):
            return False
    return len(head) >= MIB  # a prolog of this length has something to hide


def _declared(path: Path, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(one.file_size for one in parts)
    steep = any(
        one.file_size > MIB and one.file_size > limits.ratio * max(one.compress_size, 1)
        for one in parts
    )
    if len(parts) > limits.parts or total > limits.unpacked_bytes or steep:
        raise unpacks_too_large(path, total)


def _ole(path: Path) -> str:
    try:
        with path.open("rb") as file:
            compound = ole.Compound(file)
            found = compound.streams()
            if "EncryptedPackage" in found or "EncryptionInfo" in found:
                raise _encrypted(path)
            name = next((one for one in ("Workbook", "Book") if one in found), None)
            if name is None:
                raise _not_a_sheet(path)
            place, _ = found[name]
            file.seek(place)
            if _has_password(file.read(512) if place else compound.content(name)):
                raise _encrypted(path)
    except (ole.Damaged, OSError) as error:
        raise _damaged(path) from error
    return "xls"


def _has_password(records: bytes) -> bool:
    """Whether FILEPASS is among the first records of a workbook, where nothing is encrypted yet."""
    at = 0
    for _ in range(4):  # BOF, perhaps WRITEPROTECT, then it
        kind, size = records[at : at + 2], int.from_bytes(records[at + 2 : at + 4], "little")
        if kind == b"\x2f\x00":
            return True
        at += 4 + size
    return False


def _encrypted(path: Path) -> Refused:
    return refuse(
        path,
        "encrypted",
        N_(
            "The file is protected with a password. Open it in Excel, remove the password and save it."
        ),
    )


def _damaged(path: Path) -> Refused:
    return refuse(
        path,
        "damaged",
        N_("The file is damaged or cut short. Get it again, or open and save it in Excel."),
    )


def _not_a_sheet(path: Path) -> Refused:
    return refuse(
        path,
        "not_a_sheet",
        N_(
            "This is not a sheet, whatever its name says. Sheets are xlsx, xls, xlsb, ods and csv files."
        ),
    )


def no_such_file(path: Path) -> Refused:
    """The refusal of a file that isn't there, or not any more."""
    return refuse(path, "no_such_file", N_("There is no such file."))


def unpacks_too_large(path: Path, size: int) -> Refused:
    """The refusal of a small file that holds gigabytes."""
    return refuse(
        path,
        "unpacks_too_large",
        N_("The file unpacks to {size} MB, far more than a sheet holds. It is not opened."),
        size=size // MIB,
    )
