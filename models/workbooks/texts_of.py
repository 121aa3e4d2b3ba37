"""Stored values as texts: those that are kept of a decision, and those that people read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from models.book import Book
from models.describe.field import Entity, Field
from models.describe.kinds import KINDS
from models.journal import entries
from models.refusals import Refused
from models.sheets import own
from models.workbooks.items import Item
from models.workbooks.manifest import Stored


def text(book: Book, field: Field, stored: Stored) -> str:
    """A text that says the value exactly and that the field's kind reads again; a link with its id."""
    if stored is None:
        return ""
    if field.kind == "link":
        return link_text(book, field, stored)
    value = KINDS[field.kind].load(stored)
    if isinstance(value, datetime) and value.second:  # shown without, they would be another moment
        return str(value.astimezone().strftime("%Y-%m-%d %H:%M:%S"))
    return KINDS[field.kind].edited(field, value)


def theirs(book: Book, field: Field, item: Item) -> str:
    """What a cell says that came back; a link to a row that is no record yet by its name."""
    if field.kind == "link" and isinstance(item.theirs, str):
        return item.text
    return text(book, field, item.theirs)


def link_text(book: Book, field: Field, stored: Stored) -> str:
    """A link as its label and id; what is no row yet stands as it is."""
    if not isinstance(stored, int):
        return str(stored)
    return link_label(book, field.target, stored)


def link_label(book: Book, entity: str, row: int) -> str:
    """A record as its label and id."""
    label = entries.label(book.connection(), book.schema, entity, row)
    return own.link_text(label, book.public_id(entity, row))


def shown(book: Book, field: Field, stored: Stored) -> str:
    """A value as people read it, in the current language."""
    if stored is None:
        return ""
    if field.kind == "link":
        if not isinstance(stored, int):
            return str(stored)
        return entries.label(book.connection(), book.schema, field.target, stored)
    return KINDS[field.kind].show(field, KINDS[field.kind].load(stored), book.currency)


def meant(field: Field, said: str) -> object:
    """What ``text`` or a person wrote, as ``Change.set`` takes it: of a link its id, if it has one."""
    if field.kind == "link":
        label, id = own.link_id(said.strip())
        return id or label
    return said


def lines(book: Book, entity: Entity, values: Mapping[str, Stored], more: Mapping[str, str]) -> str:
    """The values of a record, a line a field; further lines of a value stand two blanks in.

    ``more`` are texts that are no values of their fields.
    """
    said = {name: text(book, entity.field(name), stored) for name, stored in values.items()}
    return "\n".join(
        f"{entity.field(name).text()}: " + one.replace("\n", "\n  ")
        for name, one in (said | dict(more)).items()
    )


def read(book: Book, entity: Entity, said: str) -> dict[str, object]:
    """What ``lines`` wrote, so that two texts can be compared whatever language they were written in."""
    made: dict[str, object] = {}
    for name, value in _texts(entity, said).items():
        field = entity.field(name)
        if field.kind == "link":  # by its name: a record that came with the file has its id since
            made[name] = own.link_id(value.strip())[0] or value
            continue
        try:
            made[name] = KINDS[field.kind].parse(field, value)
        except Refused:
            made[name] = value
    return made


def values_of(entity: Entity, said: str) -> dict[str, object]:
    """What ``lines`` wrote, as ``Change.add`` takes it; lines that name no field are left out."""
    return {name: meant(entity.field(name), one) for name, one in _texts(entity, said).items()}


def _texts(entity: Entity, said: str) -> dict[str, str]:
    made: dict[str, str] = {}
    last = ""
    for line in said.split("\n"):
        if line.startswith("  ") and last:
            made[last] += "\n" + line[2:]
            continue
        last, found = _named(entity, line)
        if last:
            made[last] = found
    return made


def _named(entity: Entity, line: str) -> tuple[str, str]:
    """The field of a line and what it says; the longest label that fits is the one."""
    best, found = "", ""
    length = 0
    for one in entity.fields:
        for label in one.called():
            start = f"{label}: "
            if len(label) >= length and (line + " ").startswith(start):
                best, found, length = one.id, (line + " ")[len(start) :].strip(), len(label)
    return best, found
