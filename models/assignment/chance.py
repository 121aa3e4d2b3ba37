"""What a good chance is: work that may bring more than most, and that people want to be shared fairly.

A customer without owner of grade A is worth two ordinary chances, one of grade B one, and so is a lead
whose grade nobody knows yet. Of tasks, those that sell (follow-ups, visits, quotes and those of no
kind) are chances: with such a customer that nobody owns; or about an open deal among the largest quarter of
the book's, worth two.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.texts import N_, tr

SELLING = ("follow_up", "visit", "quote", "")
_GRADES = {"A": 200, "B": 100}
_LARGE = 200
_LEAST_DEALS = 4  # fewer have no largest quarter


@dataclass(frozen=True)
class Chance:
    """How good it is, in hundredths of an ordinary chance, and what makes it one."""

    worth: int = 0
    why: str = ""


_NONE = Chance()


def of_customer(grade: str, lifecycle: str) -> Chance:
    """Of a customer that nobody owns."""
    worth = _GRADES.get(grade, 0)
    if worth:
        return Chance(worth, tr(N_("customer of grade {grade} without owner"), grade=grade))
    if not grade and lifecycle == "lead":
        return Chance(100, tr(N_("new lead")))
    return _NONE


def of_task(kind: str, unowned: Chance, amount: int | None, large: int | None) -> Chance:
    """Of a task.

    Args:
        unowned: the chance that its customer is, if nobody owns it.
        amount: of its open deal; ``large`` that from which on deals are large.
    """
    if kind not in SELLING:
        return _NONE
    if amount is not None and large is not None and amount >= large:
        return Chance(_LARGE, tr(N_("one of the largest open deals")))
    return unowned


def large_from(amounts: list[int]) -> int | None:
    """From which amount on a deal belongs to the largest quarter; None where they are too few."""
    if len(amounts) < _LEAST_DEALS:
        return None
    return sorted(amounts, reverse=True)[len(amounts) // 4 - 1]
