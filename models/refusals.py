"""What the program declines to do, said so that the person can act on it."""

from __future__ import annotations

from dataclasses import dataclass
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


class Refused(Exception):
    """Something that people can cause: a stable code, a message in their language, a place."""

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
        return tr(self.template, **self.values)

    def __str__(self) -> str:
        where = self.place.text()
        return f"{where}: {self.message}" if where else self.message


class BookUnavailable(Refused):
    """The disk, a lock or the network stands in the way; nothing was changed."""
