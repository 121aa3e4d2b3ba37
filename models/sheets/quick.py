"""The commonest cells of large sheets, read without ceremony.

Each reader gives the stored form of a cell that needs no thought, or None for every other cell,
which then takes the way of ``filling.Reading.read``. Both ways must agree; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from models import money
from models.describe.field import Field
from models.describe.parsing import CellFormat

Quick = Callable[[Any], Any]

_WORD = 6  # texts up to this long may be a word for nothing, such as NULL
_EXACT = 100_000_000  # a float below has six decimals to spare


def text(raw: Any) -> str | None:
    """A text that is no word for nothing."""
    if type(raw) is str:
        bare = raw.strip()
        if len(bare) > _WORD:
            return bare
    return None


def code(raw: Any) -> str | None:
    """Letters and digits only, or a whole number."""
    if type(raw) is str:
        return raw if len(raw) > _WORD and raw.isalnum() and raw.isascii() else None
    return str(raw) if type(raw) is int else None


def phone(raw: Any) -> str | None:
    """Digits only."""
    digits = str(raw) if type(raw) is int else raw
    if type(digits) is str and _WORD < len(digits) <= 24 and digits.isascii() and digits.isdigit():
        return None if digits.startswith("0086") else digits
    return None


def link(raw: Any) -> str | None:
    """A name that can't be a number in scientific notation."""
    return None if type(raw) is str and "+" in raw else text(raw)


def scaled(raw: Any) -> int | None:
    """A number in millionths, where no digit is in doubt."""
    if type(raw) is int and -_EXACT < raw < _EXACT:
        return raw * money.SCALE
    if type(raw) is float and -_EXACT < raw < _EXACT:
        millionths = raw * money.SCALE
        whole = round(millionths)
        if -0.4 < millionths - whole < 0.4:
            return whole
    return None


def day(raw: Any) -> str | None:
    """A day of a sheet that knows days."""
    return raw.isoformat() if type(raw) is date else None


def nothing(raw: Any) -> None:
    """No cell is read quickly."""


_READERS: dict[str, Quick] = {
    "text": text,
    "long_text": text,
    "code": code,
    "phone": phone,
    "link": link,
    "number": scaled,
    "money": scaled,
    "percent": scaled,
    "date": day,
}


def reader(field: Field, format: CellFormat) -> Quick:
    """The quick reader of a field's column; ``nothing`` where the column asks for care."""
    limited = field.minimum is not None or field.maximum is not None
    numeric = format.factor != 1 or format.percent
    foreign = format.foreign and field.kind == "link"
    if (
        format.guarded
        or limited
        or foreign
        or (numeric and field.kind in ("number", "money", "percent"))
    ):
        return nothing
    return _READERS.get(field.kind, nothing)
