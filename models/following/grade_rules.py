"""The rules of grades: how often customers are contacted, and when they go to the pool."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.dialects import Connection
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.book import Book


@dataclass(frozen=True)
class Rule:
    """What holds for the customers of a grade; an empty grade is those without a rule of their own.

    Days that are None are never; ``daily_picks`` None is any number.
    """

    id: int
    grade: str
    contact_days: int | None = None
    pool_days: int | None = None
    warn_days: int = 7
    keep_with_deal: bool = True
    contract_days: int | None = None
    daily_picks: int | None = None


class GradeRules:
    """The rules of a book by grade; where two are for one grade, that which was entered last holds."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: Mapping[str, Rule] = {one.grade: one for one in rules}

    @classmethod
    def read(cls, db: Connection) -> GradeRules:
        """The live rules of a book."""
        found = db.run(
            "SELECT id, coalesce(grade, ''), contact_days, pool_days, coalesce(warn_days, 7), "
            "coalesce(keep_with_deal, 1), contract_days, daily_picks FROM pool_rule "
            "WHERE alive = 1 ORDER BY id"
        )
        return cls(
            Rule(id, grade, contact, pool, warn, bool(keep), contract, picks)
            for id, grade, contact, pool, warn, keep, contract, picks in found
        )

    def of(self, grade: str | None) -> Rule | None:
        """The rule for customers of a grade; None where none holds."""
        return self._rules.get(grade or "") or self._rules.get("")

    def grades(self, rule: Rule) -> tuple[str, ...]:
        """The grades that have rules of their own, and so are not meant by a rule for all others."""
        return tuple(one for one in self._rules if one) if not rule.grade else (rule.grade,)

    def __bool__(self) -> bool:
        return bool(self._rules)


# grade, in touch every, to the pool after, picks a day: to begin with, and to be changed
_USUAL: tuple[tuple[str | None, int, int | None, int | None], ...] = (
    ("A", 14, None, None),
    ("B", 30, 120, 2),
    ("C", 60, 90, 3),
    (None, 60, 90, 5),
)


def begin(book: Book) -> int:
    """Give a book usual rules to begin with, as one change; gives its number."""
    with book.change(tr(N_("Begin with usual rules"))) as change:
        for grade, contact, pool, picks in _USUAL:
            values: dict[str, Any] = {
                "grade": grade,
                "contact_days": contact,
                "pool_days": pool,
                "daily_picks": picks,
                "contract_days": 30,
            }
            change.add("pool_rule", {name: one for name, one in values.items() if one is not None})
    return change.no
