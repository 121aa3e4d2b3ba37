"""Days as years, months and days: as rows of a tree, and as a filter writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtWidgets import QTreeWidgetItem

from models.describe import sentences
from models.distinct import Listed

_YEAR, _MONTH = len("2026"), len("2026-03")


def rows(
    found: Sequence[Listed], make: Callable[[str, Sequence[Listed]], QTreeWidgetItem]
) -> list[QTreeWidgetItem]:
    """The newest year first, in it months and days as they follow each other."""
    made = []
    for year, of_year in _grouped(found, _YEAR):
        top = make(sentences.days(year), of_year)
        for month, of_month in _grouped(of_year, _MONTH):
            middle = make(sentences.days(month), of_month)
            middle.addChildren([make(one.shown, [one]) for one in of_month])
            top.addChild(middle)
        made.append(top)
    return made[::-1]


def _grouped(days: Sequence[Listed], length: int) -> list[tuple[str, list[Listed]]]:
    return [(key, list(part)) for key, part in groupby(days, lambda one: one.text[:length])]


def written(every: Sequence[str], wanted: set[str]) -> list[str]:
    """These days; a month or a year all of whose days are wanted is written as such.

    A year is written ``2026年``, which is the calendar's whatever a book calls its fiscal year.
    """
    made: list[str] = []
    for year, of_year in groupby(every, lambda one: one[:_YEAR]):
        days = list(of_year)
        if len(days) > 1 and all(one in wanted for one in days):
            made.append(year + "年")
            continue
        for month, of_month in groupby(days, lambda one: one[:_MONTH]):
            inside = list(of_month)
            whole = len(inside) > 1 and all(one in wanted for one in inside)
            made += [month] if whole else [one for one in inside if one in wanted]
    return made
