"""What a workbook held when it left: which records and fields, with which values; and its seal.

The file carries it in a hidden part, the book keeps it too. A workbook comes back by both: what the
hidden part says counts only if its seal is the book's own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from models.refusals import Refused
from models.texts import N_

Stored = None | str | int  # a value as the book's columns hold it (``KINDS[…].store``)
_FORM = 1
_DAMAGE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    zlib.error,
    RecursionError,
    InvalidOperation,
)
_MOST = 64 << 20  # bytes of a manifest when unpacked


@dataclass(frozen=True)
class IssuedSheet:
    """One table of a workbook.

    ``fields`` are the ids of the fields in the order of the columns after the one of public ids;
    a path with dots shows something of a linked record and is never taken back. ``editable`` are
    those that people may change, ``implied`` what every new row has beside what is typed (the
    salesperson's row as ``owner``), ``rows`` the values that left by the record's row id, and
    ``shown`` texts of cells that say less than the value (dotted paths, worked out columns).
    ``units`` are what plain numbers of a column are multiplied by, where a team's own layout counts in
    万元 or in hundredths: ``10000``, ``0.01`` by the field.
    """

    name: str
    entity: str
    fields: tuple[str, ...]
    headers: tuple[str, ...]
    editable: frozenset[str]
    rows: Mapping[int, tuple[Stored, ...]]
    can_add: bool = False
    implied: tuple[tuple[str, Stored], ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """What left. ``labels`` are the names by which cells say links: entity → row id → text.

    ``book`` is the tag of the book (``PublicIds.tag``), ``workbook`` the row id of its record,
    ``base_change`` the change after which the book stood so, ``issued_at`` a moment in UTC (ISO).
    """

    book: str
    workbook: int
    person: int | None
    language: str
    issued_at: str
    base_change: int
    sheets: tuple[IssuedSheet, ...]
    labels: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def sheet_of(self, entity: str) -> IssuedSheet | None:
        """The table of an entity, if it was issued."""
        return next((one for one in self.sheets if one.entity == entity), None)

    def packed(self) -> bytes:
        """As bytes: the same manifest always gives the same ones."""
        plain = {
            "form": _FORM,
            "book": self.book,
            "workbook": self.workbook,
            "person": self.person,
            "language": self.language,
            "issued_at": self.issued_at,
            "base_change": self.base_change,
            "labels": {
                entity: {str(row): text for row, text in sorted(some.items())}
                for entity, some in sorted(self.labels.items())
            },
            "sheets": [_plain_sheet(one) for one in self.sheets],
        }
        text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return zlib.compress(text.encode(), 6)


def _plain_sheet(sheet: IssuedSheet) -> dict[str, object]:
    return {
        "name": sheet.name,
        "entity": sheet.entity,
        "fields": list(sheet.fields),
        "headers": list(sheet.headers),
        "editable": sorted(sheet.editable),
        "can_add": sheet.can_add,
        "implied": [list(one) for one in sheet.implied],
        "rows": {str(row): list(values) for row, values in sorted(sheet.rows.items())},
        **({"units": dict(sorted(sheet.units.items()))} if sheet.units else {}),
    }


def unpacked(packed: bytes) -> Manifest:
    """The manifest of some bytes.

    Raises:
        Refused: ``damaged_manifest``; the bytes are cut, too large or of another form.
    """
    try:
        reader = zlib.decompressobj()
        text = reader.decompress(packed, _MOST)
        if reader.unconsumed_tail or not reader.eof:
            raise ValueError("cut short or too large")
        plain = json.loads(text)
        if plain["form"] != _FORM:
            raise ValueError("another form")
        return Manifest(
            str(plain["book"]),
            int(plain["workbook"]),
            None if plain["person"] is None else int(plain["person"]),
            str(plain["language"]),
            str(plain["issued_at"]),
            int(plain["base_change"]),
            tuple(_sheet(one) for one in plain["sheets"]),
            {
                str(entity): {int(row): str(text) for row, text in some.items()}
                for entity, some in plain["labels"].items()
            },
        )
    except _DAMAGE as error:
        raise Refused(
            "damaged_manifest",
            N_("The hidden part of the workbook is damaged; it is read by its cells alone."),
        ) from error


def _sheet(plain: dict[str, object]) -> IssuedSheet:
    rows, implied = plain["rows"], plain["implied"]
    fields, headers, editable = plain["fields"], plain["headers"], plain["editable"]
    if not isinstance(rows, dict) or not isinstance(implied, list):
        raise TypeError
    if not all(isinstance(one, list) for one in (fields, headers, editable)):
        raise TypeError
    assert isinstance(fields, list)
    assert isinstance(headers, list)
    assert isinstance(editable, list)
    if len(headers) != len(fields) or any(len(one) != len(fields) for one in rows.values()):
        raise ValueError("columns and values differ in number")
    return IssuedSheet(
        str(plain["name"]),
        str(plain["entity"]),
        tuple(map(str, fields)),
        tuple(map(str, headers)),
        frozenset(map(str, editable)),
        {int(row): tuple(map(_stored, values)) for row, values in rows.items()},
        bool(plain["can_add"]),
        tuple((str(name), _stored(value)) for name, value in implied),
        _units(plain.get("units", {})),
    )


def _units(plain: object) -> dict[str, str]:
    if not isinstance(plain, dict) or not all(isinstance(one, str) for one in plain.values()):
        raise TypeError
    if not all(0 < Decimal(one) < 10**12 for one in plain.values()):
        raise ValueError("no unit")
    return {str(name): unit for name, unit in plain.items()}


def _stored(value: object) -> Stored:
    if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
        return value
    raise TypeError


def seal(packed: bytes, key: bytes) -> str:
    """The seal of a manifest under the secret of a book: 64 hexadecimal digits (HMAC-SHA-256)."""
    return hmac.new(key, packed, hashlib.sha256).hexdigest()


def sealed_by(packed: bytes, key: bytes, said: str) -> bool:
    """Whether a seal is that of these bytes under this secret."""
    return hmac.compare_digest(seal(packed, key), said.strip().lower())
