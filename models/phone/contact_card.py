"""Contacts and salespeople as cards (vCard 3.0), in a file of many or as a code to be photographed.

3.0 is what the phones in use read alike; 4.0 isn't. A code holds what fits into one that a camera reads
from a screen at once: what is left out is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.book import Book
from models.names import person_parts
from models.refusals import Refused
from models.texts import N_, tr

ENTITIES = ("contact", "salesperson")
ROOM = 300  # bytes of a code; the version that holds them has 69 × 69 modules
EDGE = 4  # modules of white around a code
_FOLD = 75  # octets of a line
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_FIELDS = {
    "contact": (
        "name", "title", "phone", "email", "wechat", "birthday", "customer", "customer.address",
        "customer.city", "customer.province", "customer.country",
    ),
    "salesperson": ("name", "position", "phone", "email", "wechat", "birthday", "team"),
}  # fmt: skip
_LEFT_OUT = ("address", "birthday", "email", "wechat", "title", "customer")  # the first one first


@dataclass(frozen=True)
class Card:
    """What is known of a person, as texts; ``uid`` is their name for good."""

    uid: str
    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    wechat: str = ""
    birthday: date | None = None
    company: str = ""
    address: tuple[str, str, str, str] = ("", "", "", "")  # street, city, province, country


@dataclass(frozen=True)
class Code:
    """A card as a code: its rows of modules, dark ones true, without the quiet edge.

    ``left_out`` are the labels of what didn't fit.
    """

    text: str
    modules: tuple[tuple[bool, ...], ...]
    left_out: tuple[str, ...]


def read(book: Book, entity: str, rows: Sequence[int]) -> list[Card]:
    """The cards of some records."""
    names = _FIELDS[entity]
    made = []
    for row, values in zip(rows, book.rows(entity, rows, names), strict=True):
        known = dict(zip(names, values, strict=True))
        place = [
            _text(known.get(f"customer.{one}"))
            for one in ("address", "city", "province", "country")
        ]
        made.append(
            Card(
                f"{book.public_id(entity, row)}@{book.id}.daybook".lower(),
                _text(known["name"]),
                _text(known.get("title", known.get("position"))),
                _text(known["phone"]),
                _text(known["email"]),
                _text(known["wechat"]),
                known["birthday"],
                _text(known.get("customer", known.get("team"))),
                (place[0], place[1], place[2], place[3]),
            )
        )  # fmt: skip
    return made


def _text(value: Any) -> str:
    """One line; a link's label."""
    return "" if value is None else " ".join(str(getattr(value, "label", value)).split())


def cards(book: Book, entity: str, rows: Sequence[int]) -> bytes:
    """A file of many cards."""
    return "".join(
        _folded(line) + "\r\n" for one in read(book, entity, rows) for line in _lines(one)
    ).encode()


def _lines(card: Card) -> Iterator[str]:
    family, given = person_parts(card.name)
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"N:{_escaped(family)};{_escaped(given)};;;"
    yield f"FN:{_escaped(card.name)}"
    if card.company:
        yield f"ORG:{_escaped(card.company)}"
    if card.title:
        yield f"TITLE:{_escaped(card.title)}"
    if card.phone:
        mobile = _MOBILE.fullmatch(re.sub(r"[^\d+]", "", card.phone))
        yield f"TEL;TYPE={'CELL' if mobile else 'WORK'},VOICE:{_escaped(card.phone)}"
    if card.email:
        yield f"EMAIL;TYPE=INTERNET,WORK:{_escaped(card.email)}"
    if card.wechat:
        yield f"X-WECHAT:{_escaped(card.wechat)}"
        if card.uid:
            yield f"IMPP;X-SERVICE-TYPE=WeChat:x-apple:{_escaped(card.wechat)}"
    if card.birthday is not None:
        yield f"BDAY:{card.birthday.isoformat()}"
    if any(card.address):
        street, city, province, country = map(_escaped, card.address)
        yield f"ADR;TYPE=WORK:;;{street};{city};{province};;{country}"
    if card.uid:
        yield f"UID:{card.uid}"
    yield "END:VCARD"


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text


def _folded(line: str) -> str:
    """A line of at most 75 octets, broken between characters; what follows begins with a blank."""
    made, room = "", _FOLD
    for one in line:
        size = len(one.encode())
        if size > room:
            made, room = made + "\r\n ", _FOLD - 1
        made, room = made + one, room - size
    return made


def code(book: Book, entity: str, row: int) -> Code:
    """One card as a code.

    Raises:
        Refused: ``too_long``; not even the name and the phone fit.
    """
    [card] = read(book, entity, [row])
    kind = book.schema.entity(entity)
    left: list[str] = []
    text = _short(card)
    for name in _LEFT_OUT:
        if len(text.encode()) <= ROOM:
            break
        without = _without(card, name)
        if without != card:
            card, text = without, _short(without)
            left.append(_label(kind, name))
    if len(text.encode()) > ROOM:
        raise Refused("too_long", N_("The name and the phone are too long for a code."))
    import segno  # only when a code is asked for

    made = segno.make(text, encoding="utf-8", error="m", micro=False, boost_error=False)
    return Code(text, tuple(tuple(bool(one) for one in line) for line in made.matrix), tuple(left))


def _short(card: Card) -> str:
    """As short as it can be: without a name for good, which nobody photographs twice."""
    return "\r\n".join(_lines(replace(card, uid="")))


def _without(card: Card, name: str) -> Card:
    match name:
        case "address":
            return replace(card, address=("", "", "", ""))
        case "birthday":
            return replace(card, birthday=None)
        case "customer":
            return replace(card, company="")
        case "title":
            return replace(card, title="")
        case "email":
            return replace(card, email="")
    return replace(card, wechat="")


def _label(entity: Any, name: str) -> str:
    known = {"title": ("title", "position"), "customer": ("customer", "team")}.get(name, (name,))
    found = next((one for one in known if entity.has(one)), "")
    return str(entity.field(found).text()) if found else tr(N_("Address"))


def svg(made: Code, scale: int = 8) -> str:
    """The code as a drawing, with the white edge that cameras need."""
    size = len(made.modules) + 2 * EDGE
    path = "".join(
        f"M{x + EDGE} {y + EDGE}h1v1h-1z"
        for y, line in enumerate(made.modules)
        for x, dark in enumerate(line)
        if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size * scale}" height="{size * scale}" '
        f'viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000" d="{path}"/></svg>\n'
    )
