"""Customers that are probably one and have two owners (撞单): like names, one phone, one tax code.

Names are alike when nothing but legal form, width, brackets, spaces, case or traditional characters
tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.book import Book
from models.dialects import Connection
from models.following import known
from models.following.sentences import joined
from models.names import company_key, loose_company_keys
from models.texts import N_, tr

_WORDS = {
    "tax_code": N_("They have one tax code."),
    "phone": N_("They have one phone number."),
    "name": N_("Their names differ only in form."),
}
_SHORT = 2  # signs of a key that say too little


@dataclass(frozen=True)
class Twin:
    """One of several records that are probably one customer."""

    customer: int
    name: str
    owner: int | None
    owner_name: str


@dataclass(frozen=True)
class Suspect:
    """Records that are probably one customer, with different owners."""

    twins: tuple[Twin, ...]
    why: tuple[str, ...]  # tax_code | phone | name

    @property
    def customers(self) -> tuple[int, ...]:
        """Their rows."""
        return tuple(one.customer for one in self.twins)

    def text(self) -> str:
        """Why they are suspected, in the current language."""
        return joined(tr(_WORDS[one]) for one in self.why)


def suspects(book: Book) -> tuple[Suspect, ...]:
    """All groups of live customers that are probably one and have different owners."""
    with book.reading() as db:
        people = known.people(db)
        rows = db.run(
            "SELECT id, coalesce(name, ''), owner, phone, tax_code FROM customer WHERE alive = 1"
        )
    owners: dict[int, int | None] = {row[0]: row[2] for row in rows}
    names = {row[0]: row[1] for row in rows}
    groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for why, found in (
        ("tax_code", _same((row[0], row[4]) for row in rows)),
        ("phone", _same((row[0], row[3]) for row in rows)),
        ("name", _alike(names)),
    ):
        for group in found:
            if len({owners[one] for one in group if owners[one] is not None}) > 1:
                groups[group].append(why)
    return tuple(
        Suspect(tuple(_twin(one, names, owners, people) for one in group), tuple(why))
        for group, why in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
    )


def _twin(
    row: int, names: Mapping[int, str], owners: Mapping[int, int | None], people: Mapping[int, str]
) -> Twin:
    owner = owners[row]
    return Twin(row, names[row], owner, people.get(owner or 0, ""))


def _same(values: Iterable[tuple[int, str | None]]) -> Iterator[tuple[int, ...]]:
    """The rows that share a value."""
    groups: dict[str, list[int]] = defaultdict(list)
    for row, value in values:
        if value:
            groups[value].append(row)
    return (tuple(group) for group in groups.values() if len(group) > 1)


def _alike(names: Mapping[int, str]) -> Iterator[tuple[int, ...]]:
    """The rows whose names are alike: by a key that is quick to make, then by the careful one."""
    rows = list(names)
    keys = loose_company_keys([names[one] for one in rows]) if rows else []
    for group in _same(zip(rows, keys, strict=True)):
        yield from _same(
            (one, key) for one in group if len(key := company_key(names[one])) > _SHORT
        )


@dataclass(frozen=True)
class Like:
    """A customer that a new one may be, and whose it is."""

    customer: int
    name: str
    owner: int | None
    owner_name: str
    why: str

    def text(self) -> str:
        """The warning in the current language."""
        if self.owner_name:
            return tr(N_("{customer} is with {person} already."), customer=self.name, person=self.owner_name)  # fmt: skip
        return tr(N_("{customer} is in the book already."), customer=self.name)


def like(
    book: Book, name: str = "", phone: str = "", tax_code: str = "", but: int = 0
) -> tuple[Like, ...]:
    """The live customers that one with this name, phone or tax code may be; ``but`` is itself."""
    with book.reading() as db:
        found: dict[int, str] = {}
        for why, value in (("tax_code", tax_code), ("phone", phone)):
            if value:
                for (row,) in db.run(
                    f"SELECT id FROM customer WHERE alive = 1 AND {why} = ?", (value,)
                ):
                    found.setdefault(row, why)
        for row in _named(db, name):
            found.setdefault(row, "name")
        found.pop(but, None)
        people = known.people(db)
        made = []
        for row, why in found.items():
            label, owner = db.run("SELECT name, owner FROM customer WHERE id = ?", (row,))[0]
            made.append(Like(row, label or "", owner, people.get(owner or 0, ""), why))
    return tuple(made)


def _named(db: Connection, name: str) -> Iterator[int]:
    """The rows of customers whose names are alike to one."""
    wanted = company_key(name) if name else ""
    if len(wanted) <= _SHORT:
        return
    loose = loose_company_keys([name])[0]
    rows = db.run("SELECT id, name FROM customer WHERE alive = 1 AND name IS NOT NULL")
    keys = loose_company_keys([one for _, one in rows]) if rows else []
    for (row, one), key in zip(rows, keys, strict=True):
        if key == loose and company_key(one) == wanted:
            yield row
