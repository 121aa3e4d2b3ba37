"""Works a result out again from what stands in it: under the rule by which it was made, or under another.

Nothing of it asks the book: values, references and levels are those of the result, so that a signed one can be
replayed for ever. Under its own rule a result replays to itself, to the last cent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from models.evaluations import curves
from models.evaluations.cards import Card, Item
from models.evaluations.result import ItemScore, Scored

METRIC, FIXED = "metric", "fixed"
_LARGEST = 10**9  # below it a denominator is taken as meant


def replayed(
    result: Scored,
    card: Card,
    made_by: Card,
    down: Mapping[str, bool],
    row_of: Callable[[str], int | None],
    fresh: Callable[[Item], ItemScore | None] = lambda _: None,
) -> Scored:
    """The result under a card: scores, counted weights, total and grade; the sentences stay as they are.

    Args:
        card: the rule to apply.
        made_by: the rule by which the result was made; items are matched by their rows.
        down: which measures are the better the less they are.
        row_of: the row of an item by its public id.
        fresh: the score of an item whose value or reference the result doesn't hold, worked out anew.
    """
    there = {row_of(one.item): one for one in result.items}
    before = {one.row: one for one in made_by.items}
    made = []
    for item in card.items:
        held, was = there.get(item.row), before.get(item.row)
        if held is None or was is None or _other(item, was):
            found = fresh(item)
            held = found or ItemScore("", item.name, item.kind, item.weight, Decimal(0), None, "")
            made.append(replace(held, weight=item.weight))
        else:
            made.append(_scored(held, item, was, down.get(held.measure, False)))
    weights = curves.counted_weights(
        [max(one.weight, Decimal(0)) if one.score is not None else Decimal(0) for one in made]
    )
    items = tuple(
        replace(one, counted_weight=weight) for one, weight in zip(made, weights, strict=True)
    )
    total = _total(items, card, result.adjustment)
    return replace(result, items=items, total=total, grade=card.grade(total))


def same(one: Scored, other: Scored) -> bool:
    """Whether two results say the same of every item, of the total and of the grade."""
    return _essence(one) == _essence(other)


def _essence(result: Scored) -> tuple[object, ...]:
    items = [(one.item, one.score, one.counted_weight) for one in result.items]
    return items, result.total, result.grade


def _other(item: Item, was: Item) -> bool:
    """Whether an item asks for something that a result of the old one doesn't hold."""
    moved = (item.kind, item.measure, item.reference) != (was.kind, was.measure, was.reference)
    return moved or (item.reference == FIXED and not was.reference_value and item.kind == METRIC)


def _scored(held: ItemScore, item: Item, was: Item, down: bool) -> ItemScore:
    plain = replace(
        held, weight=item.weight, curve=item.curve, curve_points=item.points.strip(), cap=item.cap
    )
    if held.score is None:
        return plain
    cap = None if item.cap is None else Fraction(item.cap)
    if item.kind != METRIC:
        levels = [Fraction(one.level) for one in held.judged if one.rated_by == "manager"]
        level = sum(levels, Fraction(0)) / len(levels)
        return replace(plain, score=curves.level_score(level, curves.levels(item.points), cap))
    value, reference = exact(held.value), exact(held.reference)
    if item.reference == FIXED and item.reference_value != was.reference_value:
        assert was.reference_value
        reference *= Fraction(item.reference_value or 0) / Fraction(was.reference_value)
    if reference <= 0:
        return replace(plain, score=None, reference=Decimal(0))
    share = curves.ratio(value, reference, down)
    score = curves.score(share, item.curve, curves.points(item.points), cap)
    return replace(plain, score=score, reference=_decimal(reference), share=_decimal(share))


def exact(value: Decimal | None) -> Fraction:
    """The number that 28 digits were written of: thirds and the like come back whole."""
    meant = Fraction(value or 0)
    return meant if meant.denominator <= _LARGEST else meant.limit_denominator(_LARGEST)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _total(items: tuple[ItemScore, ...], card: Card, adjustment: Decimal) -> Decimal | None:
    having = [one for one in items if one.score is not None and one.weight > 0]
    whole = sum((Fraction(one.weight) for one in items if one.weight > 0), Fraction(0))
    there = sum((Fraction(one.weight) for one in having), Fraction(0))
    if not having or there / whole < Fraction(card.least_weight):
        return None
    return curves.total(
        ((one.counted_weight, one.score or Decimal(0)) for one in having), adjustment
    )
