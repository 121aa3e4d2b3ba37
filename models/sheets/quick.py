"""The commonest cells of large sheets, read without ceremony.

Each reader gives the stored form of a cell that needs no thought, or None for every other cell,
which then takes the way of ``cells.Reading.read``. Readers of columns do the same for all cells of
a block together, or none of them. All ways must agree; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from models import money
from models.describe.field import Field
from models.describe.parsing import CellFormat

Quick = Callable[[Any], Any]
QuickColumn = Callable[[Sequence[Any]], "list[Any] | None"]

_WORD = 6  # texts up to this long may be a word for nothing, such as NULL
_EXACT = 100_000_000  # a float below has six decimals to spare
_DOUBT = 0.4  # of a millionth
_PHONE = 24  # digits


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
    if (
        type(digits) is str
        and _WORD < len(digits) <= _PHONE
        and digits.isascii()
        and digits.isdigit()
    ):
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
        if -_DOUBT < millionths - whole < _DOUBT:
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
        or format.answers
        or limited
        or foreign
        or (numeric and field.kind in ("number", "money", "percent"))
    ):
        return nothing
    return _READERS.get(field.kind, nothing)


# -- all cells of a block together -----------------------------------------------------------------


def texts(cells: Sequence[Any]) -> list[Any] | None:
    """Texts none of which is short."""
    if set(map(type, cells)) != {str}:
        return None
    made = list(map(str.strip, cells))
    return made if min(map(len, made)) > _WORD else None


def codes(cells: Sequence[Any]) -> list[Any] | None:
    """Letters and digits only, or whole numbers."""
    kinds = set(map(type, cells))
    if kinds == {int}:
        return list(map(str, cells))
    plain = kinds == {str} and _all(str.isalnum, cells) and _all(str.isascii, cells)
    return list(cells) if plain and min(map(len, cells)) > _WORD else None


def phones(cells: Sequence[Any]) -> list[Any] | None:
    """Digits only."""
    kinds = set(map(type, cells))
    if not kinds <= {int, str}:
        return None
    digits = list(cells) if kinds == {str} else list(map(str, cells))
    if not (_all(str.isdigit, digits) and _all(str.isascii, digits)):
        return None
    lengths = set(map(len, digits))
    fit = min(lengths) > _WORD and max(lengths) <= _PHONE
    return digits if fit and not any(one[:4] == "0086" for one in digits) else None


def links(cells: Sequence[Any]) -> list[Any] | None:
    """Names none of which can be a number in scientific notation."""
    made = texts(cells)
    return None if made is None or any("+" in one for one in made) else made


def scaled_numbers(cells: Sequence[Any]) -> list[Any] | None:
    """Numbers in millionths, where no digit of any is in doubt."""
    if not set(map(type, cells)) <= {int, float}:
        return None
    if False in [-_EXACT < one < _EXACT for one in cells]:  # also of what is no number
        return None
    millionths = [one * money.SCALE for one in cells]
    made = list(map(round, millionths))
    off = [one - other for one, other in zip(millionths, made, strict=True)]
    return made if min(off) > -_DOUBT and max(off) < _DOUBT else None


def no_column(cells: Sequence[Any]) -> None:
    """No column is read at once."""


def _all(holds: Callable[[Any], bool], cells: Iterable[Any]) -> bool:
    return all(map(holds, cells))


_COLUMN_READERS: dict[Quick, QuickColumn] = {
    text: texts,
    code: codes,
    phone: phones,
    link: links,
    scaled: scaled_numbers,
}


def column_reader(field: Field, format: CellFormat) -> QuickColumn:
    """The reader of all cells of a block that goes with the quick reader of each."""
    return _COLUMN_READERS.get(reader(field, format), no_column)
