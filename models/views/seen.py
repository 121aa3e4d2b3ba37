"""What a list shows, whole: its records in order, gathered and summed as a view says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from models.book import Book
from models.describe import filters
from models.describe.field import Entity
from models.describe.filters import All, Filter
from models.progress import SILENT, Progress
from models.views.arranging import Arranged, arrange
from models.views.view import Column, View, usable


@dataclass(frozen=True)
class Seen:
    """Records in order with their groups and totals; ``closed`` are the keys of the groups whose
    records are hidden."""

    arranged: Arranged
    view: View
    closed: frozenset[tuple[Any, ...]] = frozenset()

    @property
    def plain(self) -> bool:
        """Whether it is nothing but rows and columns."""
        view = self.view
        return not (self.arranged.groups or view.totals or view.colours or view.frozen)


def seen(
    book: Book, entity: Entity, view: View, where: str | None = None, progress: Progress = SILENT
) -> Seen:
    """What a saved view shows; ``where`` narrows it further. What of it is gone is left out.

    Raises:
        Refused: the filter can't be read. Cancelled.
    """
    view = usable(view, book.schema, entity).view
    if not view.columns:
        shown = tuple(Column(one.id) for one in entity.fields if one.in_grid)
        view = replace(view, columns=shown)
    parts: list[Filter] = [filters.parse(one) for one in (view.filter, where) if one]
    asked = parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else None
    order = dict(view.sort)
    turned = [order.get(one.path, False) for one in view.groups]
    with book.reading():
        ids = book.ids(entity.id, asked, view.sort)
        made = arrange(
            book,
            entity.id,
            ids,
            view.groups,
            view.totals,
            turned,
            whole=asked is None,
            progress=progress,
        )
    return Seen(made, view)
