"""What happened to a value on both sides: in the book since a workbook left, and in the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.book import Book
from models.texts import N_, tr
from models.workbooks.manifest import Manifest, Stored

_MOST = 40  # steps of a record that are told
_DEEP = 400  # …and edits of it that are looked through for them


@dataclass(frozen=True)
class Step:
    """One step: when (None: now, or unknown), who, and what, in the language in force."""

    at: datetime | None
    who: str
    what: str


def in_book(book: Book, entity: str, row: int | None, field: str, since: int) -> list[Step]:
    """What the journal says of a cell, or with "" of a whole record, after a change; the latest first."""
    if row is None:
        return []
    kind = book.schema.entity(entity)
    found = []
    for edit in book.edits(entity, row, _DEEP):
        if edit.change <= since or (field and edit.field not in (field, "alive")):
            continue
        label, before, after = edit.told(kind, book.currency)
        said = f"{before or '–'} → {after or '–'}" if label else after
        if label and not field:
            said = tr(N_("{field}: {value}"), field=label, value=said)
        found.append(Step(edit.at, edit.author, f"{said}  ({edit.reason})"))
        if len(found) == _MOST:
            break
    return found


def left_with(manifest: Manifest, entity: str, row: int | None, field: str) -> Stored:
    """The value with which a cell of a workbook left; None where it had none."""
    sheet = manifest.sheet_of(entity)
    if sheet is None or row is None or row not in sheet.rows or field not in sheet.fields:
        return None
    return sheet.rows[row][sheet.fields.index(field)]


def in_workbook(issued_at: str, person: str, said: tuple[str, str, str], at: str) -> list[Step]:
    """What a cell of a workbook said: when it left, when it was merged last, and now; the latest first.

    ``said`` are the texts of those three; the second is told only where it differs from the first.
    """
    left, base, theirs = said
    steps = [
        Step(None, person, _with_place(tr(N_("came back with {value}"), value=theirs or "–"), at))
    ]
    if base != left:
        text = tr(N_("was taken back with {value}"), value=base or "–")
        steps.append(Step(None, "", text))
    steps.append(Step(moment(issued_at), "", tr(N_("left with {value}"), value=left or "–")))
    return steps


def _with_place(text: str, at: str) -> str:
    return f"{text}  ({at})" if at else text


def moment(text: str) -> datetime | None:
    """A moment of a manifest (UTC, ISO); None where it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
