"""The views of a book: which there are, and how they are saved, named, chosen and removed."""

from __future__ import annotations

from dataclasses import dataclass

from models.book import Book
from models.change import Change
from models.describe.field import Entity
from models.refusals import Name, Refused
from models.suggesting import UnknownName
from models.texts import N_
from models.views.view import View, from_json, to_json

ENTITY = "saved_view"
_FIELDS = ("name", "entity", "definition", "default", "place")


@dataclass(frozen=True)
class Saved:
    """A view as it is saved; a definition that can't be read shows what the page shows."""

    id: int
    title: str
    entity: str
    view: View
    default: bool = False
    readable: bool = True

    def name(self) -> Name:
        """What messages call it."""
        return Name(self.title, lambda: self.title)

    def known_as(self) -> tuple[str, ...]:
        """Its name."""
        return (self.title,)


def views(book: Book, entity: str | None = None) -> list[Saved]:
    """The views of a kind of record, or all, in their order."""
    with book.reading():
        ids = book.ids(ENTITY, None, [("place", False), ("name", False)])
        rows = book.rows(ENTITY, ids, _FIELDS)
    made = []
    for id, (name, of, definition, default, _) in zip(ids, rows, strict=True):
        if entity in (None, of):
            made.append(_saved(id, name, of, definition, bool(default)))
    return made


def _saved(id: int, name: str, of: str, definition: str, default: bool) -> Saved:
    try:
        return Saved(id, name, of, from_json(definition), default)
    except Refused:
        return Saved(id, name, of, View(), default, readable=False)


def find(book: Book, entity: Entity, name: str) -> Saved:
    """A view by its name.

    Raises:
        Refused: ``unknown_view``, saying what there is.
    """
    there = views(book, entity.id)
    for one in there:
        if one.title.casefold() == name.strip().casefold():
            return one
    if not there:
        raise Refused(
            "unknown_view",
            N_("{entity} have no saved views yet."),
            entity=Name(entity.id, entity.plural_text),
        )
    raise UnknownName(
        "unknown_view",
        (
            N_("{entity} have no view called {name}. Their views are: {known}."),
            N_("{entity} have no view called {name}. Did you mean {near}? Their views are: {known}."),
        ),
        name,
        there,
        entity=Name(entity.id, entity.plural_text),
    )  # fmt: skip


def _assert_free(book: Book, entity: str, name: str, but: int = 0) -> None:
    if not name.strip():
        raise Refused("view_without_name", N_("A view needs a name."))
    for one in views(book, entity):
        if one.id != but and one.title.casefold() == name.strip().casefold():
            raise Refused(
                "view_exists", N_("There is already a view called {name}."), name=one.title
            )


def add(book: Book, change: Change, entity: str, name: str, view: View) -> int:
    """Save a new view; gives its row.

    Raises:
        Refused: there is one of this name, or it has none.
    """
    _assert_free(book, entity, name)
    values = {
        "name": name.strip(),
        "entity": entity,
        "definition": to_json(view),
        "default": False,
        "place": len(views(book, entity)) + 1,
    }
    return change.add(ENTITY, values)


def save(change: Change, id: int, view: View) -> None:
    """Save a view over what it was."""
    change.set(ENTITY, id, {"definition": to_json(view)})


def rename(book: Book, change: Change, one: Saved, name: str) -> None:
    """Call a view otherwise.

    Raises:
        Refused: there is one of this name, or it has none.
    """
    _assert_free(book, one.entity, name, one.id)
    change.set(ENTITY, one.id, {"name": name.strip()})


def make_default(book: Book, change: Change, entity: str, id: int) -> None:
    """Let a list open with this view; with none, 0, with what its page shows."""
    for one in views(book, entity):
        if one.default != (one.id == id):
            change.set(ENTITY, one.id, {"default": one.id == id})


def reorder(book: Book, change: Change, entity: str, ids: list[int]) -> None:
    """Put the views of a list into this order."""
    for place, id in enumerate(ids, 1):
        change.set(ENTITY, id, {"place": place})
