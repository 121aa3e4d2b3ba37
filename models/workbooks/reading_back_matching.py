"""Rows that have lost their ids, found again by what left in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.describe.field import Entity
from models.workbooks.manifest import Stored

Values = Mapping[str, Stored]  # by field; blanks are left out
_COMMON = 20  # records that share a value, from where on it tells nothing


def found(entity: Entity, lines: Sequence[Values], left: Mapping[int, Values]) -> dict[int, int]:
    """Which records some rows are: place of the row → row id; each record is found once at most.

    Rows with an identity of the entity that only one record has are that record; others the one with
    which they share most cells, among them such as no other record has.
    """
    by_value: dict[tuple[str, Stored], list[int]] = {}
    for row, values in left.items():
        for one in values.items():
            by_value.setdefault(one, []).append(row)
    scored: list[tuple[float, int, int]] = []
    for at, values in enumerate(lines):
        if values:
            scored.extend(
                (score, -at, -row)
                for row in _candidates(values, by_value)
                if (score := _score(entity, values, left[row], by_value))
            )
    made: dict[int, int] = {}
    taken: set[int] = set()
    for place, row, clear in _best_first(scored):
        if place not in made and row not in taken and clear:
            made[place] = row
            taken.add(row)
    return made


def _best_first(scored: list[tuple[float, int, int]]) -> list[tuple[int, int, bool]]:
    """(place, row, whether nothing else fits this row of the sheet as well), the best first."""
    best: dict[int, list[float]] = {}
    for score, place, _ in scored:
        best.setdefault(-place, []).append(score)
    made = []
    for score, place, row in sorted(scored, reverse=True):
        rivals = sum(one >= score for one in best[-place])
        # Records that are wholly alike can't be told apart by anybody: any of them is right.
        made.append((-place, -row, rivals == 1 or score >= _ALIKE))
    return made


_KEY, _ALIKE = 3.0, 2.0  # scores above all shares


def _candidates(values: Values, by_value: Mapping[tuple[str, Stored], list[int]]) -> set[int]:
    made: set[int] = set()
    common: list[list[int]] = []
    for one in values.items():
        rows = by_value.get(one, [])
        if len(rows) <= _COMMON:
            made.update(rows)
        else:
            common.append(rows)
    if not made and common:  # poor rows, such as visits of one day
        shortest = min(common, key=len)
        made.update(shortest[: 20 * _COMMON])
    return made


def _score(
    entity: Entity,
    values: Values,
    left: Values,
    by_value: Mapping[tuple[str, Stored], list[int]],
) -> float:
    """How surely a row is a record; 0 where it is not sure enough."""
    equal = {name for name, value in values.items() if left.get(name) == value}
    share = len(equal) / max(len(values), len(left), 1)
    for key in entity.keys:
        if equal.issuperset(key) and _alone(key, values, by_value):
            return _KEY + share
    if share == 1.0:
        return _ALIKE
    rare = sum(len(by_value[name, values[name]]) == 1 for name in equal)
    sure = (rare >= 2 and share >= 0.6) or (rare >= 1 and share >= 0.8)
    return share if sure else 0.0


def _alone(
    key: Sequence[str], values: Values, by_value: Mapping[tuple[str, Stored], list[int]]
) -> bool:
    rows = [set(by_value.get((name, values[name]), ())) for name in key]
    return len(set.intersection(*rows)) == 1
