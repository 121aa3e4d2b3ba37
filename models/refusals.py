"""What the program declines to do, said so that the person can act on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from models.texts import N_, tr


@dataclass(frozen=True)
class Place:
    """Where a fault stands: a file, its sheet, the sheet's own row number, the column's header."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def text(self) -> str:
        """The place in words, e.g. ``customers.xlsx, sheet 客户, row 7, column 电话``."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(tr(N_("sheet {name}"), name=self.sheet))
        if self.row is not None:
            parts.append(tr(N_("row {number}"), number=self.row))
        if self.column:
            parts.append(tr(N_("column {name}"), name=self.column))
        return tr(N_(", ")).join(parts) if parts else ""


@dataclass(frozen=True)
class Name:
    """What a message calls a thing: by its label, and where commands are typed by its id too."""

    id: str
    text: Callable[[], str] = field(compare=False)  # the label in the current language

    def written(self, ids: bool) -> str:
        """The label, with the id behind it if it is wanted and says more than the label does."""
        label = self.text()
        if not ids or label == self.id:
            return label
        if label.casefold().replace(" ", "_") == self.id:
            return self.id
        return tr(N_("{label} ({id})"), label=label, id=self.id)


class Refused(Exception):
    """Something that people can cause: a stable code, a message in their language, a place.

    Values that are a ``Name`` are written as the reader knows them, those that are a tuple one after the other.
    """

    def __init__(
        self, code: str, template: str, *, place: Place | None = None, **values: Any
    ) -> None:
        super().__init__(code, template)
        self.code = code
        self.template = template
        self.place = place or Place()
        self.values = values

    @property
    def message(self) -> str:
        """The reason alone, in the current language."""
        return self._filled(ids=False)

    def __str__(self) -> str:
        return self.said()

    def said(self, *, ids: bool = False) -> str:
        """Place and reason; ``ids``: for somebody who types them."""
        where, message = self.place.text(), self._filled(ids)
        return f"{where}: {message}" if where else message

    def _filled(self, ids: bool) -> str:
        return tr(
            self.template, **{name: _written(value, ids) for name, value in self.values.items()}
        )


def _written(value: Any, ids: bool) -> Any:
    if isinstance(value, Name):
        return value.written(ids)
    if isinstance(value, tuple):
        return tr(N_(", ")).join(str(_written(one, ids)) for one in value)
    return value


class BookUnavailable(Refused):
    """The disk, a lock or the network stands in the way; nothing was changed."""
