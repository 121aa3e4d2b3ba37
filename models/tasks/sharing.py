"""Who has which part of a task's work and credit."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_DOWN, Decimal

from models.book import Book

_STEP = Decimal("0.000001")


def shares(book: Book, task: int) -> dict[int, Decimal]:
    """People and their parts, 1 together exactly; the owner has what nobody else has.

    Of a task without an owner the collaborators have all, as their shares are to each other; shares of
    more than the whole, which a sheet may bring, are made smaller in the same way. Nobody: {}.
    """
    owner = book.record("task", task)["owner"]
    parts: defaultdict[int, Decimal] = defaultdict(Decimal)
    for row in book.linked("collaborator", "task", task):
        person, share = book.rows("collaborator", [row], ["person", "share"])[0]
        if person is not None:
            parts[person.id] += share or Decimal(0)
    given = sum(parts.values(), Decimal(0))
    if owner is not None and given <= 1:
        parts[owner.id] += 1 - given
        return dict(parts)
    if owner is not None:
        parts[owner.id] += Decimal(0)
    return _scaled(dict(parts), given)


def _scaled(parts: dict[int, Decimal], given: Decimal) -> dict[int, Decimal]:
    if not parts:
        return {}
    if not given:
        parts, given = dict.fromkeys(parts, Decimal(1)), Decimal(len(parts))
    made = {one: (part / given).quantize(_STEP, ROUND_DOWN) for one, part in parts.items()}
    most = max(made, key=lambda one: (made[one], -one))
    made[most] += 1 - sum(made.values(), Decimal(0))
    return made
