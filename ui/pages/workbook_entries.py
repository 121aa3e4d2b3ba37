"""What a workbook that came back says, as the review shows it: texts, and what can be decided.

Made in a worker from ``Merged`` or from decisions that stayed open; screens see only these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.book import Book
from models.describe.field import Field
from models.describe.kinds import KINDS as FIELDS
from models.refusals import Refused
from models.sheets import own
from models.texts import N_, tr
from models.workbooks.entities import KINDS
from models.workbooks.items import (
    ADD,
    ASK,
    CELL,
    LEAVE,
    MINE,
    OTHER,
    REFUSED,
    REMOVE,
    THEIRS,
    Decision,
    Item,
    Merged,
    Problem,
)
from models.workbooks.manifest import Stored

if TYPE_CHECKING:
    from models.workbooks.conflicts import Open

_Say = Callable[[Item, str, Stored], str]
JOIN = "join"  # another value, made of both
CLOSED = N_("(filled in; shows once handed in)")
PROBLEM = "problem"  # what an entry is that is only told
_JOINED = ("text", "long_text")
_KINDS = {one.code: one.label for one in KINDS} | {
    "changed": N_("Changed"),
    "joined": N_("Both continued"),
    "added": N_("New"),
    PROBLEM: N_("Problem"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the review. ``can`` are the decisions that make sense for it, ``row`` its record."""

    id: str
    what: str
    kind: str
    asked: bool
    group: str
    label: str
    field: str
    base: str
    mine: str
    theirs: str
    result: str
    at: str
    entity: str
    row: int | None
    name: str  # the field, as the program calls it
    can: frozenset[str]
    joined: str = ""  # both values as one text, where that is possible
    closed: bool = False  # the values are for nobody's eyes yet

    @property
    def title(self) -> str:
        """The record and the field."""
        return (
            tr(N_("{record} · {field}"), record=self.label, field=self.field)
            if self.field
            else self.label
        )

    def kind_text(self) -> str:
        """Why it stands here."""
        return tr(_KINDS[self.kind]) if self.kind in _KINDS else self.kind

    def outcome(self, decision: Decision | None) -> str:
        """What applying it now would leave in the book, in words."""
        if self.what == PROBLEM:
            return tr(N_("is only told"))
        take = decision.take if decision else (LEAVE if self.asked else THEIRS)
        if take == LEAVE:
            return tr(N_("To decide"))
        if take == OTHER and decision is not None:
            return decision.value
        return self._taken() if take == THEIRS else self._kept()

    def _taken(self) -> str:
        if self.what == REMOVE:
            return tr(N_("is removed"))
        if self.what == ADD:
            return tr(N_("is added"))
        return self.result or tr(N_("becomes empty"))

    def _kept(self) -> str:
        if self.what == ADD:
            kept = N_("is the record that is there") if self.kind == "match" else N_("is not added")
            return tr(kept)
        if self.what == REMOVE or not self.name:
            return tr(N_("stays"))
        return self.mine or tr(N_("stays empty"))


def joined(base: str, mine: str, theirs: str, between: str) -> str:
    """Two texts as one: what both began with once, then what each side added."""
    if theirs in mine:
        return mine
    if mine in theirs:
        return theirs
    if base and mine.startswith(base) and theirs.startswith(base):
        return mine + between + theirs[len(base) :].strip()
    return mine + between + theirs


def entries(book: Book, merged: Merged) -> list[Entry]:
    """The lines of a file: what is asked first, customer by customer; then what is only told."""
    from models.workbooks import texts_of

    new = {one.id: one.label for one in merged.items if one.what == ADD}

    def say(item: Item, name: str, stored: Stored) -> str:
        if isinstance(stored, str) and stored in new:  # a link to a row that is new too
            return new[stored]
        return texts_of.shown(book, book.schema.entity(item.entity).field(name), stored)

    # What is refused stands among the problems, with the reason.
    made = [_of_item(book, one, say) for one in merged.items if one.state != REFUSED]
    told = [_of_problem(at, one) for at, one in enumerate(merged.file.problems)]
    return [*ordered(made), *told]


def ordered(made: Iterable[Entry]) -> list[Entry]:
    """Customers of whom something is asked first; in each what is asked first, then record by record."""
    listed = list(made)
    asked = {one.group for one in listed if one.asked}
    return sorted(
        listed,
        key=lambda one: (one.group not in asked, one.group, not one.asked, one.entity, one.label),
    )


def _of_item(book: Book, item: Item, say: _Say) -> Entry:
    kind = book.schema.entity(item.entity)
    field = kind.field(item.field) if item.field and kind.has(item.field) else None
    base, mine, theirs, result = (
        say(item, item.field, one) if field else ""
        for one in (item.base, item.mine, item.theirs, item.result)
    )
    if item.closed:
        base, mine, theirs, result = (
            tr(CLOSED) if one else "" for one in (base, mine, theirs, result)
        )
    if item.kind == "unreadable":
        theirs = item.text or theirs
    if item.what == ADD:
        theirs = _told(book, item, say)
        mine = book.label(item.entity, item.match) if item.match else ""
    elif item.what == REMOVE:
        base, mine, theirs = item.label, item.label, tr(N_("Row removed"))
    both = ""
    asked = item.state == ASK and not item.closed
    if field is not None and field.kind in _JOINED and asked and mine and theirs:
        both = joined(base, mine, theirs, "\n" if field.kind == "long_text" else " / ")
    return Entry(
        item.id, item.what, item.kind, item.state == ASK, item.group[2] or kind.plural_text(),
        item.label or kind.text(), field.text() if field else kind.text(), base, mine, theirs, result, item.at,
        item.entity, item.row, item.field, _possible(item.what, item.kind, bool(both), item.closed),
        both, item.closed,
    )  # fmt: skip


def _told(book: Book, item: Item, say: _Say) -> str:
    """What a new row consists of."""
    kind = book.schema.entity(item.entity)
    said = []
    for name, stored in item.values.items():
        text = say(item, name, stored)
        if text:
            said.append(tr(N_("{field}: {value}"), field=kind.field(name).text(), value=text))
    return tr(N_("; ")).join(said)


def _possible(what: str, kind: str, join: bool, closed: bool = False) -> frozenset[str]:
    able = {MINE, THEIRS, LEAVE}
    if kind == "unreadable":
        able.discard(THEIRS)
    if what == CELL and not closed:
        able.add(OTHER)
        if join and kind in ("edited", "foreign"):
            able.add(JOIN)
    return frozenset(able)


def _of_problem(at: int, one: Problem) -> Entry:
    return Entry(
        f"{PROBLEM} {at}", PROBLEM, PROBLEM, False, tr(N_("Problems")), one.message, "", "", "",
        one.place.value, "", one.place.text(), "", None, "", frozenset(),
    )  # fmt: skip


def open_entries(book: Book, opens: Sequence[Open]) -> list[Entry]:
    """The lines of decisions that stayed open."""
    return ordered(_of_open(book, one) for one in opens)


def _of_open(book: Book, one: Open) -> Entry:
    kind = book.schema.entity(one.entity)
    field = kind.field(one.field) if one.field and kind.has(one.field) else None
    what = CELL if field else (REMOVE if one.kind.startswith("removed") else ADD)
    both = ""
    if field is not None and field.kind in _JOINED and one.mine and one.theirs:
        both = joined(one.base, one.mine, one.theirs, "\n" if field.kind == "long_text" else " / ")
    said = {
        name: _said(book, field, text)
        for name, text in (("base", one.base), ("mine", one.mine), ("theirs", one.theirs))
    }
    if what == REMOVE:
        gone = tr(N_("Row removed"))
        said = {"base": one.label, "mine": one.label, "theirs": gone}
    return Entry(
        str(one.row), what, one.kind, True, one.label or kind.text(), one.label or kind.text(),
        field.text() if field else kind.text(), said["base"], said["mine"], said["theirs"], said["theirs"], one.at,
        one.entity, one.record_row, one.field, _possible(what, one.kind, bool(both)), both,
    )  # fmt: skip


def _said(book: Book, field: Field | None, text: str) -> str:
    """A text of a decision as people read it; one that can't be read stays as it is."""
    if field is None or not text:
        return text
    if field.kind == "link":
        return own.link_id(text)[0] or text
    try:
        value = FIELDS[field.kind].parse(field, text)
    except Refused:
        return text
    return text if value is None else FIELDS[field.kind].show(field, value, book.currency)
