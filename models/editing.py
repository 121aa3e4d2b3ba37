"""Editing many records at once: each field is given a value, emptied, or changed by an amount."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from models.book import Book
from models.change import Change
from models.describe import parsing
from models.describe.field import Field
from models.describe.kinds import KINDS
from models.progress import SILENT, Progress
from models.refusals import Refused
from models.replacing import Found, changed

SET, EMPTY, ADD, TAKE, PLUS, PER_CENT = "set", "empty", "add", "take", "plus", "per_cent"
_NUMBERS = ("integer", "number", "money", "percent")
_AT_ONCE = 500  # records read together


@dataclass(frozen=True)
class Step:
    """What becomes of one field in all records; ``text`` is the value, the word or the amount."""

    field: str
    how: str
    text: str = ""


def ways(field: Field) -> tuple[str, ...]:
    """What can be done with a field, the usual way first."""
    made = [SET] if field.required else [SET, EMPTY]
    if field.kind == "tags":
        made = [ADD, TAKE, *made]
    elif field.kind in _NUMBERS:
        made += [PLUS, PER_CENT] if field.kind != "percent" else [PLUS]
    elif field.kind in ("date", "instant"):
        made.append(PLUS)
    return tuple(made)


def propose(
    book: Book,
    entity_id: str,
    ids: Sequence[int],
    steps: Sequence[Step],
    progress: Progress = SILENT,
) -> list[Found]:
    """What would change in which records; a value that a field refuses is given with the reason.

    Raises:
        Refused: an amount is no number.
    """
    entity, made = book.schema.entity(entity_id), []
    rules = [(one.field, _rule(entity.field(one.field), one)) for one in steps]
    with book.reading() as db:
        change = Change(book, db, 0)
        for id, values in _rows(book, entity_id, ids, [one for one, _ in rules]):
            progress.step(0.0)
            for (name, rule), value in zip(rules, values, strict=True):
                found = changed(change, entity, id, name, value, rule(value))
                if found is not None:
                    made.append(found)
    return made


def _rows(
    book: Book, entity_id: str, ids: Sequence[int], names: list[str]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        yield from zip(part, book.rows(entity_id, part, names), strict=True)


_Rule = Callable[[Any], Callable[[str], str]]  # by the value, from the text before to that after


def _rule(field: Field, step: Step) -> _Rule:
    kind = KINDS[field.kind]
    if step.how == SET:
        text = _as_edited(field, step.text)
        return lambda value: lambda before: text
    if step.how == EMPTY:
        return lambda value: lambda before: ""
    if step.how in (ADD, TAKE):
        return _tag_rule(field, step)
    change_by = _amount(field, step)
    return lambda value: (
        lambda before: before if value is None else kind.edited(field, change_by(value))
    )


def _as_edited(field: Field, text: str) -> str:
    """A text as a value of the field is edited, so that what is the same is seen to be."""
    if field.kind == "link":
        return text
    try:
        return KINDS[field.kind].edited(field, KINDS[field.kind].parse(field, text))
    except Refused:
        return text  # the field says what is wrong, record by record


def _tag_rule(field: Field, step: Step) -> _Rule:
    kind = KINDS["tags"]
    words = str(kind.parse(field, step.text) or "").split(", ")

    def changed_tags(before: str) -> str:
        there = [one for one in before.split(", ") if one]
        if step.how == ADD:
            return ", ".join(dict.fromkeys([*there, *(one for one in words if one)]))
        return ", ".join(one for one in there if one not in words)

    return lambda value: changed_tags


def _amount(field: Field, step: Step) -> Callable[[Any], Any]:
    """By how much a value grows.

    Raises:
        Refused: ``not_a_number``.
    """
    try:
        number = parsing.number(step.text)
    except parsing.Unreadable as unreadable:
        raise Refused(unreadable.code, unreadable.template, **unreadable.values) from None
    if field.kind in ("date", "instant"):
        return lambda value: _later(value, timedelta(days=int(number)))
    if step.how == PER_CENT:
        share = number if "%" in step.text or "％" in step.text else number / 100
        digits = {"integer": Decimal(1), "money": Decimal("0.01")}.get(
            field.kind, Decimal("0.000001")
        )
        return lambda value: _round(field, Decimal(value) * (1 + share), digits)
    if field.kind == "percent" and "%" not in step.text and "％" not in step.text:
        number /= 100
    return lambda value: int(value + number) if field.kind == "integer" else value + number


def _later(value: Any, by: timedelta) -> Any:
    if isinstance(value, datetime):  # a day later it is the same time of the clock
        local = value.astimezone()
        return datetime.combine(local.date() + by, local.time()).astimezone()
    return value + by


def _round(field: Field, value: Decimal, digits: Decimal) -> Any:
    made = value.quantize(digits)
    return int(made) if field.kind == "integer" else made
