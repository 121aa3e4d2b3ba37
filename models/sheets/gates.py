"""What a file must satisfy before any reader opens it: a hostile one is refused with a reason.

Order as in the threat model: size, what it is by its content, what a zip declares to hold, document
types in its parts.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from models.refusals import Place, Refused
from models.texts import N_

MIB = 1024 * 1024


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


def refuse(path: Path, code: str, template: str, **values: object) -> Refused:
    """A refusal that names the file."""
    return Refused(code, template, place=Place(file=path.name), **values)


def _size_and_head(path: Path) -> tuple[int, bytes]:
    try:
        with path.open("rb") as file:
            return path.stat().st_size, file.read(4096)
    except FileNotFoundError:
        raise refuse(path, "no_such_file", N_("There is no such file.")) from None
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
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(path, size)
    if head.startswith(b"\x1f\x8b"):
        return "gz"
    if head.startswith(b"PK"):
        raise refuse(
            path,
            "damaged",
            N_("The file is damaged or cut short. Get it again, or open and save it in Excel."),
        )
    if _looks_binary(head):
        raise refuse(
            path,
            "not_a_sheet",
            N_(
                "This is not a sheet, whatever its name says. Sheets are xlsx, xls, xlsb, ods and csv files."
            ),
        )
    low = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if low.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise refuse(
            path,
            "web_page",
            N_(
                "This is a web page saved under a sheet's name. Open it in Excel and save it as xlsx."
            ),
        )
    return "text"


def _looks_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return False
    if b"\0" in head:  # UTF-16 without a mark has its zeros at every other place
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return not (max(even, odd) > 0.3 * len(head) / 2 and min(even, odd) < 0.05 * len(head) / 2)
    control = sum(one < 9 or (13 < one < 32 and one != 27) for one in head)
    return control > 0.02 * len(head)


def _zip(path: Path, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if any(one.flag_bits & 1 for one in parts):
                raise refuse(
                    path,
                    "encrypted",
                    N_(
                        "The file is protected with a password. Open it in Excel, remove the password and save it."
                    ),
                )
            _declared(path, parts, limits)
            names = {one.filename for one in parts}
            for one in parts:
                if one.filename.endswith((".xml", ".rels")):
                    with packed.open(one) as part:
                        if b"<!DOCTYPE" in part.read(2048):
                            raise refuse(
                                path,
                                "document_type",
                                N_(
                                    "The file contains a document type declaration, which no sheet needs and which attacks use. It is not opened."
                                ),
                            )
            if "mimetype" in names and packed.read("mimetype").startswith(
                b"application/vnd.oasis.opendocument.spreadsheet"
            ):
                return "ods"
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise refuse(
            path,
            "damaged",
            N_("The file is damaged or cut short. Get it again, or open and save it in Excel."),
        ) from error
    if any(one.lower() == "xl/workbook.bin" for one in names):
        return "xlsb"
    if any(one.lower().startswith("xl/") for one in names):
        return "xlsx"
    raise refuse(
        path,
        "not_a_sheet",
        N_(
            "This is not a sheet, whatever its name says. Sheets are xlsx, xls, xlsb, ods and csv files."
        ),
    )


def _declared(path: Path, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(one.file_size for one in parts)
    steep = any(
        one.file_size > MIB and one.file_size > limits.ratio * max(one.compress_size, 1)
        for one in parts
    )
    if len(parts) > limits.parts or total > limits.unpacked_bytes or steep:
        raise refuse(
            path,
            "unpacks_too_large",
            N_("The file unpacks to {size} MB, far more than a sheet holds. It is not opened."),
            size=total // MIB,
        )


def _ole(path: Path, size: int) -> str:
    with path.open("rb") as file:
        data = file.read(min(size, 8 * MIB))
    if (
        "EncryptedPackage".encode("utf-16-le") in data
        or "EncryptionInfo".encode("utf-16-le") in data
    ):
        raise refuse(
            path,
            "encrypted",
            N_(
                "The file is protected with a password. Open it in Excel, remove the password and save it."
            ),
        )
    sectors = int.from_bytes(data[44:48], "little")
    if len(data) < 512 or sectors * 128 * 512 > size + 128 * 512 * 64:
        raise refuse(
            path,
            "damaged",
            N_("The file is damaged or cut short. Get it again, or open and save it in Excel."),
        )
    for name in ("Workbook", "Book"):
        if name.encode("utf-16-le") in data:
            break
    else:
        raise refuse(
            path,
            "not_a_sheet",
            N_(
                "This is not a sheet, whatever its name says. Sheets are xlsx, xls, xlsb, ods and csv files."
            ),
        )
    # FILEPASS stands in the first records of a protected workbook.
    start = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    if start >= 0 and data[start + 20 : start + 22] == b"\x2f\x00":
        raise refuse(
            path,
            "encrypted",
            N_(
                "The file is protected with a password. Open it in Excel, remove the password and save it."
            ),
        )
    return "xls"
