"""All entities of one book: the declared ones with the columns that its users added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from models.describe.book_settings import BOOK
from models.describe.entities import CUSTOM_KINDS, ENTITIES
from models.describe.field import Choice, Entity, Field
from models.periods import JANUARY, FiscalCalendar
from models.refusals import Refused
from models.suggesting import UnknownName, called
from models.texts import N_

CUSTOM_PREFIX = "x_"


@dataclass(frozen=True)
class Schema:
    """What a book can hold; frozen, replaced whole when a column or a setting of the book changes."""

    entities: tuple[Entity, ...] = ENTITIES
    currency: str = "CNY"
    calendar: FiscalCalendar = JANUARY

    def __post_init__(self) -> None:
        """Periods are read by the book's own calendar."""
        if any(one.calendar != self.calendar for kind in self.entities for one in kind.fields):
            kept = tuple(
                replace(kind, fields=tuple(replace(f, calendar=self.calendar) for f in kind.fields))
                for kind in self.entities
            )
            object.__setattr__(self, "entities", kept)

    @cached_property
    def numbers(self) -> dict[int, str]:
        """The ids of the entities by the numbers that stand for them in the journal."""
        return {one.no: one.id for one in (*self.entities, BOOK)}

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities)

    def entity(self, id: str) -> Entity:
        """The entity of this id.

        Raises:
            Refused: there is none (``unknown_entity``).
        """
        for one in self.entities:
            if one.id == id:
                return one
        raise UnknownName(
            "unknown_entity",
            (
                N_("There is no kind of record called {name}. Known are: {known}."),
                N_(
                    "There is no kind of record called {name}. Did you mean {near}? Known are: {known}."
                ),
            ),
            id,
            [one for one in self.entities if not one.system],
        )

    def journaled(self, id: str) -> Entity:
        """What the journal calls by this id: an entity, or the book itself."""
        return BOOK if id == BOOK.id else self.entity(id)

    def named(self, typed: str) -> Entity:
        """The entity that somebody calls by its id, or by its label in any language.

        Raises:
            Refused: there is none (``unknown_entity``).
        """
        return called(typed, self.entities) or self.entity(typed)

    def path(self, entity: Entity, dotted: str) -> tuple[tuple[Field, ...], Field]:
        """The links to follow and the field at the end of ``customer.owner.name``.

        Raises:
            Refused: a part is unknown or not a link (``unknown_field``).
        """
        steps: list[Field] = []
        here = entity
        *links, last = dotted.split(".")
        for name in links:
            step = self.field(here, name)
            if step.kind != "link":
                raise Refused(
                    "unknown_field",
                    N_(
                        "“{path}” can't be followed: {field} is no link. Links of {entity}: {known}."
                    ),
                    path=dotted,
                    field=step.name(),
                    entity=here.name(),
                    known=tuple(one.name() for one in here.links()),
                )
            steps.append(step)
            here = self.entity(step.target)
        return tuple(steps), self.field(here, last)

    def field(self, entity: Entity, name: str) -> Field:
        """A field by its id, or by its label in any language.

        Raises:
            Refused: there is none (``unknown_field``).
        """
        for one in entity.fields:
            if one.id == name:
                return one
        if found := called(name, entity.fields):
            return found
        raise unknown_field(entity, name)

    def with_custom(self, rows: Iterable[tuple[str, Field]]) -> Schema:
        """The schema with users' columns, given as (entity id, field)."""
        added: dict[str, list[Field]] = {}
        for entity_id, one in rows:
            added.setdefault(entity_id, []).append(one)
        made = replace(
            self,
            entities=tuple(
                replace(
                    one,
                    fields=tuple(f for f in one.fields if not f.custom)
                    + tuple(added.get(one.id, ())),
                )
                for one in self.entities
            ),
        )
        if not any(one.formula for fields in added.values() for one in fields):
            return made
        from models.describe.formula_sql import settled  # hardly any book has formulas

        return settled(made)


def unknown_field(entity: Entity, name: str) -> Refused:
    """The refusal for a field that an entity doesn't have."""
    return UnknownName(
        "unknown_field",
        (
            N_("{entity} has no field {name}. Its fields are: {known}."),
            N_("{entity} has no field {name}. Did you mean {near}? Its fields are: {known}."),
        ),
        name,
        entity.fields,
        entity=entity.name(),
    )


def custom_kind(typed: str) -> str:
    """The kind of a user's own field, called by its id or by its label in any language.

    Raises:
        Refused: there is none (``unknown_kind``).
    """
    if found := called(typed, CUSTOM_KINDS):
        return found.code
    raise unknown_kind(typed)


def unknown_kind(name: str) -> Refused:
    """The refusal for a kind that no field can have."""
    return UnknownName(
        "unknown_kind",
        (
            N_("There is no kind of field called {name}. Known are: {known}."),
            N_("There is no kind of field called {name}. Did you mean {near}? Known are: {known}."),
        ),
        name,
        CUSTOM_KINDS,
    )


def custom_column(label: str) -> str:
    """The column name of a user's own field; letters of any script stay readable."""
    return CUSTOM_PREFIX + re.sub(r"\W+", "_", label.strip().lower()).strip("_")


def custom_field(
    name: str, kind: str, choices: str = "", target: str = "", label: str = "", formula: str = ""
) -> Field:
    """A user's own column as a field like any other; ``choices`` are separated by ``|``.

    The column in the file keeps the ``name`` that it was added with; ``label`` is what it is called
    since, if anything else. Sheets that still carry the name are understood.
    """
    offered = tuple(Choice(one.strip(), one.strip()) for one in choices.split("|") if one.strip())
    return Field(
        custom_column(name),
        kind,
        label or name,
        headers=(name,) if label and label != name else (),
        choices=offered,
        target=target,
        custom=True,
        searched=not formula and kind in ("text", "code", "phone", "email", "tags"),
        formula=formula,
    )
