"""From a line or a pasted chat to an activity: proposed by rules, shown, and confirmed by a person.

A paste is one activity, also when it runs over several days: it is one conversation, its outcome and
next step stand at its end, and each line keeps its day and time in the note. The activity is dated by
the last day on which something was said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.book import Book
from models.change import Change
from models.said.names import SURE, Named, Names, Text, by_surname, unknown_name
from models.said.note import Note, Said, Span

_LONGEST = 10_000  # signs of a text that are read; a longer one goes to the note as it is
_COLLEAGUES = 300  # contacts of a customer that are compared
_OFFERED = 6  # choices shown for a field
FIELDS = ("customer", "contact", "at", "kind", "person", "result", "next_step", "due")


@dataclass(frozen=True)
class Offer:
    """A record that may be meant: its row, its label, and what tells it from others of that label."""

    row: int
    label: str
    about: str = ""


@dataclass(frozen=True)
class Found:
    """What is proposed for a field: its value, the pieces of the text that said so, how sure (0…1).

    ``value`` is as people type it; of a link it is the label, and ``row`` the record. Nothing is
    chosen among several that may be meant: then there is no value, and they are the ``offers``.
    """

    value: str = ""
    pieces: tuple[str, ...] = ()
    sure: float = 0.0
    row: int = 0
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """An activity as it was understood. ``new_name``: a customer that the book doesn't know."""

    fields: dict[str, Found] = field(default_factory=dict)
    new_name: str = ""

    def __getitem__(self, name: str) -> Found:
        return self.fields.get(name, Found())


def propose(
    book: Book, text: str, today: date, *, customer: int = 0, month_first: bool = True
) -> Proposal:
    """The activity that a text tells of; any text gives one, if an empty one.

    ``customer`` is the row of the one that is meant where the text names none, 0 for none.
    ``month_first`` reads 12/5 as the fifth of December.
    """
    note = Note(text[:_LONGEST], today, month_first=month_first)
    seen = Text(note.text, note.understood())
    links = _Links(book, note.text, Names(book, seen), customer)
    inside = [one for one in links.named if _overlap(one, note.understood())]
    if inside:  # 天津明天包装 is no day, 会议中心 no meeting
        note = Note(note.text, today, month_first=month_first, hidden=inside)
    made = {
        "customer": links.customer,
        "contact": links.contact,
        "person": links.person,
        "at": _found(note.when()),
        "kind": _found(note.kind),
        "result": _found(note.rest([*note.understood(), *links.spans])),
        "next_step": _found(note.next_step()),
        "due": _found(note.due()),
    }
    if len(text) > _LONGEST:
        made["result"] = Found(text.strip(), (text.strip(),), 0.5)
    return Proposal(made, "" if links.customer.row or links.named else unknown_name(seen))


def _found(said: Said) -> Found:
    return Found(said.value, said.pieces, said.sure)


def _overlap(one: Span, others: Sequence[Span]) -> bool:
    return any(start < one[1] and one[0] < end for start, end in others)


class _Links:
    """Customer, contact and salesperson of a text, each from what is known of the others."""

    def __init__(self, book: Book, text: str, names: Names, given: int) -> None:
        self._book, self._text, self._names, self._given = book, text, names, given
        self._sure = [one for one in names.customers if one.sure >= SURE]
        self._phoned = list(names.phoned())
        self.customer = self._customer()
        contacts = self._contacts()
        self.contact = self._one_of(contacts)
        self.person = self._person()
        rows = {self.customer.row} - {0}
        told = [one for one in [*names.customers, *self._phoned] if one.row in rows]
        told += contacts if self.contact.row or not self.contact.offers else []
        told += [one for one in names.people if one.row == self.person.row]
        self.spans = [(one.start, one.end) for one in told]  # what need not be said again

    @property
    def named(self) -> list[Span]:
        """Where the text names customers for certain."""
        return [(one.start, one.end) for one in self._sure]

    def _pick(self, one: Named, sure: float = 0.0) -> Found:
        return Found(one.label, (self._text[one.start : one.end],), sure or one.sure, one.row)

    def _pieces(self, found: Sequence[Named]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._text[one.start : one.end] for one in found[:_OFFERED]))

    # -- the customer ----------------------------------------------------------------------------

    def _customer(self) -> Found:
        if len(self._sure) > 1:
            several = {one.row for one in self._sure}
            if self._given in several:
                return self._pick(next(one for one in self._sure if one.row == self._given))
            told = {one.customer for one in self._names.contacts if one.customer in several}
            if len(told) == 1:  # only one of them has the contact that is named
                return self._pick(next(one for one in self._sure if one.row in told), 0.85)
            return Found("", self._pieces(self._sure), 0.4, 0, self._offers(self._sure))
        if self._sure:
            return self._pick(self._sure[0])
        if len({one.row for one in self._phoned}) == 1:
            return self._pick(self._phoned[0])
        return self._by_contact() or self._by_page()

    def _by_contact(self) -> Found | None:
        """The customer where all work that are named."""
        named = [one for one in self._names.contacts if one.sure >= SURE]
        work = {one.customer for one in named}
        if len(work) != 1 or 0 in work or self._given in work:
            return None
        label = self._book.label("customer", named[0].customer)
        return Found(label, self._pieces(named), min(named[0].sure, 0.85), named[0].customer)

    def _by_page(self) -> Found:
        """The one that was looked at; without one, those whose names are like pieces of the text."""
        if self._given:
            return Found(self._book.label("customer", self._given), (), SURE, self._given)
        return Found("", (), 0.0, 0, self._offers(self._names.customers))

    def _offers(self, found: Sequence[Named]) -> tuple[Offer, ...]:
        rows = list(dict.fromkeys(one.row for one in found))[:_OFFERED]
        values = self._book.rows("customer", rows, ["name", "code", "city"])
        return tuple(
            Offer(row, str(name), ", ".join(str(one) for one in about if one))
            for row, (name, *about) in zip(rows, values, strict=True)
        )

    # -- people ----------------------------------------------------------------------------------

    def _contacts(self) -> list[Named]:
        """The contacts that may be meant; of a known customer only its own."""
        row = self.customer.row
        if not row:
            return [one for one in self._names.contacts if one.sure >= SURE]
        rows = self._book.linked("contact", "customer", row, _COLLEAGUES)
        values = self._book.rows("contact", rows, ["name"])
        colleagues = [(id, str(name)) for id, (name,) in zip(rows, values, strict=True)]
        own = [one for one in self._names.contacts if one.customer == row]
        return [*own, *by_surname(self._text, colleagues, row)]

    def _one_of(self, found: Sequence[Named]) -> Found:
        first = {one.row: one for one in reversed(found)}
        if len(first) == 1:
            return self._pick(found[0])
        offers = tuple(
            Offer(
                row, one.label, self._book.label("customer", one.customer) if one.customer else ""
            )
            for row, one in list(first.items())[:_OFFERED]
        )
        return Found("", self._pieces(found), 0.4 if offers else 0.0, 0, offers)

    def _person(self) -> Found:
        people = [one for one in self._names.people if one.sure >= SURE]
        if people and len({one.label for one in people}) == len(people):
            return self._pick(min(people, key=lambda one: one.start))
        if self.customer.row and not people:
            owner = self._book.rows("customer", [self.customer.row], ["owner"])[0][0]
            if owner is not None:
                return Found(owner.label, (), 0.5, owner.id)
        return Found()


def add(book: Book, change: Change, values: Mapping[str, Any]) -> int:
    """Add the activity that was confirmed, by field as typed or as rows; gives its row.

    ``due`` goes into the next step, where it is read, and to the customer as the day of next contact.

    Raises:
        Refused: a value is not acceptable.
    """
    given = {name: value for name, value in values.items() if value not in (None, "")}
    typed = {"next_contact_due": given.pop("due", None)}
    link = {name: given[name] for name in ("customer",) if name in given}
    given |= change.clean(book.schema.entity("activity"), link)
    if "customer" in given and isinstance(given.get("contact"), str):
        given["contact"] = _colleague(book, given["customer"], given["contact"])
    due = change.clean(book.schema.entity("customer"), typed)["next_contact_due"]
    if due is not None:
        step = str(given.get("next_step", ""))
        if due.isoformat() not in step:  # 下周三 means another day when it is read again
            given["next_step"] = f"{step} ({due.isoformat()})".strip()
        if "customer" in given:
            change.set("customer", given["customer"], {"next_contact_due": due})
    return change.add("activity", given)


def _colleague(book: Book, customer: int, name: str) -> int | str:
    """The customer's only contact of a name, else the name: others may bear it elsewhere."""
    rows = book.linked("contact", "customer", customer, _COLLEAGUES)
    values = book.rows("contact", rows, ["name"])
    same = [row for row, (known,) in zip(rows, values, strict=True) if known == name.strip()]
    return same[0] if len(same) == 1 else name
