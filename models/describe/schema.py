"""All entities of one book: the declared ones with the columns that its users added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from models.describe.entities import ENTITIES
from models.describe.field import Choice, Entity, Field
from models.refusals import Refused
from models.texts import N_

CUSTOM_PREFIX = "x_"


@dataclass(frozen=True)
class Schema:
    """What a book can hold; frozen, replaced whole when a column is added."""

    entities: tuple[Entity, ...] = ENTITIES
    currency: str = "CNY"

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
        raise Refused(
            "unknown_entity",
            N_("There is no kind of record called {name}. Known are: {known}."),
            name=id,
            known=", ".join(one.id for one in self.entities if not one.system),
        )

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
                raise unknown_field(here, name)
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
        wanted = name.strip().casefold()
        for one in entity.fields:
            if wanted in {known.casefold() for known in one.known_as()}:
                return one
        raise unknown_field(entity, name)

    def with_custom(self, rows: Iterable[tuple[str, Field]]) -> Schema:
        """The schema with users' columns, given as (entity id, field)."""
        added: dict[str, list[Field]] = {}
        for entity_id, one in rows:
            added.setdefault(entity_id, []).append(one)
        return replace(
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


def unknown_field(entity: Entity, name: str) -> Refused:
    """The refusal for a field that an entity doesn't have; those that it might mean come first."""
    known = sorted(entity.fields, key=lambda one: name.casefold() not in one.text().casefold())
    return Refused(
        "unknown_field",
        N_("{entity} has no field {name}. Its fields are: {known}."),
        entity=entity.text(),
        name=name,
        known=", ".join(one.text() for one in known),
    )


def custom_column(label: str) -> str:
    """The column name of a user's own field; letters of any script stay readable."""
    return CUSTOM_PREFIX + re.sub(r"\W+", "_", label.strip().lower()).strip("_")


def custom_field(label: str, kind: str, choices: str = "", target: str = "") -> Field:
    """A user's own column as a field like any other; ``choices`` are separated by ``|``."""
    offered = tuple(Choice(one.strip(), one.strip()) for one in choices.split("|") if one.strip())
    return Field(
        custom_column(label),
        kind,
        label,
        choices=offered,
        target=target,
        custom=True,
        searched=kind in ("text", "code", "phone", "email", "tags"),
    )
