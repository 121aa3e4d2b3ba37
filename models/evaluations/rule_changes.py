"""Changes of a scorecard as they are typed: ``win_rate.weight=40%``, ``A.from_points=92``, ``least_weight=60%``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from models.describe.field import Entity, Field
from models.describe.kinds import KINDS
from models.evaluations import curves
from models.evaluations.cards import Card, Grade, Item
from models.evaluations.scorecard import GRADE_BAND, SCORECARD_ITEM, SCORECARD_TEMPLATE
from models.measures import engine
from models.refusals import Refused
from models.texts import N_

ITEM, GRADE, CARD = SCORECARD_ITEM.id, GRADE_BAND.id, SCORECARD_TEMPLATE.id
_OF_ITEM = ("weight", "curve", "points", "cap", "reference", "reference_value", "measure")
_OF_GRADE = ("from_points",)
_OF_CARD = ("least_weight",)


@dataclass(frozen=True)
class RuleChange:
    """One field of one item, of one grade, or of the whole scorecard (``name`` is then empty)."""

    entity: str
    name: str
    field: str
    value: Any

    def described(self) -> Field:
        """The field that it sets."""
        return _ENTITIES[self.entity].field(self.field)

    def text(self) -> str:
        """As people read it: what is set, and to what."""
        field = self.described()
        shown = KINDS[field.kind].show(field, self.value)
        return f"{self.name} · {field.text()}: {shown or '–'}".removeprefix(" · ")


_ENTITIES: dict[str, Entity] = {
    one.id: one for one in (SCORECARD_ITEM, GRADE_BAND, SCORECARD_TEMPLATE)
}


def field_of(entity: str, field: str) -> Field:
    """The field of an item, a grade or a scorecard."""
    return _ENTITIES[entity].field(field)


def read(card: Card, typed: Iterable[str]) -> tuple[RuleChange, ...]:
    """The changes that texts mean; items by name, id of their measure or number, grades by name.

    Raises:
        Refused: ``bad_rule_change``, a text is none; or its value can't be read.
    """
    return tuple(_one(card, text) for text in typed)


def _one(card: Card, text: str) -> RuleChange:
    left, equals, value = text.partition("=")
    name, _, field = left.strip().rpartition(".")
    name, field = name.strip(), field.strip()
    if not equals:
        raise _unknown(card, text)
    if not name and field in _OF_CARD:
        return make(CARD, "", field, value)
    if field in _OF_ITEM:
        for item in card.items:
            if name.casefold() in _known_as(item):
                return make(ITEM, item.name, field, value)
    if field in _OF_GRADE:
        for grade in card.grades:
            if name.casefold() == grade.name.casefold():
                return make(GRADE, grade.name, field, value)
    raise _unknown(card, text)


def _known_as(item: Item) -> set[str]:
    label = engine.definition(item.measure).known_as() if item.measure else ()
    return {one.casefold() for one in (item.name, *label)}


def make(entity: str, name: str, field: str, value: object) -> RuleChange:
    """A change of a typed value.

    Raises:
        Refused: the value can't be read, or is out of the field's range.
    """
    described = _ENTITIES[entity].field(field)
    made = KINDS[described.kind].parse(described, value)
    if field == "points":
        curves.points(str(made or ""))
    return RuleChange(entity, name, field, made)


def _unknown(card: Card, text: str) -> Refused:
    return Refused(
        "bad_rule_change",
        N_(
            "“{text}” is no change of the scorecard {card}. Write ITEM.FIELD=VALUE, such as {item}.weight=40%; items: {items}; grades: {grades}; fields: {fields}."
        ),
        text=text,
        card=card.name,
        item=card.items[0].name if card.items else "",
        items=tuple(one.name for one in card.items),
        grades=tuple(one.name for one in card.grades),
        fields=(*_OF_ITEM, *_OF_GRADE, *_OF_CARD),
    )


def applied(card: Card, changes: Sequence[RuleChange]) -> Card:
    """The card under these changes; what it has not is left out, as an older version may lack an item."""
    for one in changes:
        if one.entity == CARD:
            card = replace(card, least_weight=one.value or Decimal(0))
        elif one.entity == ITEM:
            items = tuple(
                _changed(item, one) if item.name == one.name else item for item in card.items
            )
            card = replace(card, items=items)
        else:
            grades = [_moved(grade, one) for grade in card.grades]
            grades.sort(key=lambda grade: grade.from_points, reverse=True)
            card = replace(card, grades=tuple(grades))
    return card


def _changed(item: Item, one: RuleChange) -> Item:
    empty: dict[str, Any] = {"weight": Decimal(0), "curve": "linear", "points": "", "measure": ""}
    value = one.value if one.value is not None else empty.get(one.field)
    changed: dict[str, Any] = {one.field: value}
    return replace(item, **changed)


def _moved(grade: Grade, one: RuleChange) -> Grade:
    return replace(grade, from_points=one.value or Decimal(0)) if grade.name == one.name else grade
