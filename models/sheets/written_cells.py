"""What cells of a written sheet hold, and what of it a workbook can hold as such."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from models.refusals import Place, Refused
from models.texts import N_

Value = None | str | int | Decimal | date | datetime
LONGEST = 32_767  # UTF-16 units that a cell of a workbook holds
ROWS = 1_048_575  # below the header of one sheet
_DIGITS = 15  # that a sheet's numbers keep
_FIRST_DAY = date(1900, 3, 1)  # before it the days of workbooks are off by one
_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class Formula:
    """A live formula of a workbook, ``ROW`` in it for its row's number, and what it comes to.

    ``kind`` is of what it comes to, where that is another than the column's.
    """

    text: str
    value: Value
    kind: str = ""


Cell = Value | Formula


@dataclass(frozen=True)
class Column:
    """One column of a sheet; ``offers`` are the texts of its drop-down list."""

    header: str
    kind: str
    offers: tuple[str, ...] = ()


def unwritable(text: str, place: Place) -> Refused:
    """The refusal of a character that a format doesn't know."""
    names = sorted({f"U+{ord(one):04X}" for one in text if one in "\0\ufffe\uffff"})
    return Refused(
        "unwritable_character",
        N_("The text has a character that such a file can't hold ({characters}). Remove it there."),
        place=place,
        characters=", ".join(names),
    )


def put_string(
    sheet: Any, row: int, column: int, text: str, format: Any, place: Callable[[], Place]
) -> None:
    """A text into a cell of a workbook, whatever it begins with.

    Raises:
        Refused: it is longer than a cell can be, or has a character that none can hold.
    """
    if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST:
        raise Refused(
            "too_long_for_cell",
            N_(
                "The text has {count} characters; a cell of a workbook holds {most}. "
                "Export to a .csv file, or shorten it."
            ),
            place=place(),
            count=len(text),
            most=LONGEST,
        )
    if "\ufffe" in text or "\uffff" in text:
        raise unwritable(text, place())
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library takes such a text for one with formats; so it is made one.
        inside = re.sub(
            r"[\x00-\x08\x0b-\x1f]",
            lambda found: f"_x{ord(found[0]):04X}_",
            re.sub(r"_x(?=[0-9a-fA-F]{4}_)", "_x005F_x", text),
        )
        text = f'<r><t xml:space="preserve">{html.escape(inside, quote=False)}</t></r>'
    sheet.write_string(row, column, text, format)


def serial(value: date) -> float:
    """A day, or a moment by this machine's clock, as workbooks count them."""
    if not isinstance(value, datetime):
        return (value - _DAY_ZERO).days
    local = value.astimezone().replace(tzinfo=None)
    return (local - datetime.combine(_DAY_ZERO, time())) / timedelta(days=1)


def fits(value: int | Decimal | date) -> bool:
    """Whether the cells of a workbook hold a number or day as such; if not, it is written as text."""
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY
    _, digits, exponent = Decimal(value).normalize().as_tuple()
    assert isinstance(exponent, int)
    return max(len(digits) + exponent, len(digits)) <= _DIGITS


def letters(at: int) -> str:
    """The name of a column of a workbook, from 0."""
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)
