"""How workbooks look: formats, widths and heights that fit a phone, colours that say what can be edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models import money
from models.describe.field import Field
from models.sheets.writing import Value
from models.texts import language

ID_WIDTH = 3.0
_LINE, _SMALL, _MOST_LINES = 16.0, 8.0, 9
LINE, LOCKED, FRESH = "#DDE2E8", "#EEF0F3", "#FFF8DC"
HEAD, HEAD_LOCKED, ACCENT, MUTED = "#1F4E79", "#7A838F", "#1F4E79", "#8A929C"
# Least and most characters of a column, by its kind.
_WIDTHS = {
    "text": (12, 24), "long_text": (24, 34), "code": (10, 16), "phone": (14, 16), "email": (16, 24),
    "tags": (10, 18), "choice": (8, 14), "period": (9, 14), "recurrence": (10, 18),
    "integer": (7, 12), "number": (8, 14), "money": (12, 17), "percent": (7, 9), "date": (12, 12),
    "instant": (17, 17), "flag": (7, 8), "link": (12, 22),
}  # fmt: skip
_SHAPES = {
    "date": "yyyy-mm-dd", "instant": "yyyy-mm-dd hh:mm", "percent": "0%", "integer": "0",
    "number": "#,##0",
}  # fmt: skip
_RIGHT = {"integer", "number", "money", "percent"}


@dataclass(frozen=True)
class Column:
    """One column of a table: its field, how it is shown, and what its cells say, row by row."""

    field: Field
    header: str
    editable: bool
    look: str
    width: float
    cells: Sequence[Value]


def font() -> str:
    """The letters of the language in force, as offices have them."""
    return "Microsoft YaHei" if language() == "zh_CN" else "Calibri"


def look_of(field: Field) -> str:
    """Which look the cells of a field have."""
    return field.kind if field.kind in _SHAPES or field.kind == "money" else "text"


def wide(text: str) -> float:
    """How many letters' room a line of text takes."""
    n = len(text)
    return n if text.isascii() else n + 0.45 * (len(text.encode("utf-8", "replace")) - n)


def width(field: Field, header: str, cells: Iterable[Value]) -> float:
    """How wide a column is: by what stands in it, within what its kind is given.

    A long header goes into a second line.
    """
    least, most = _WIDTHS[field.kind]
    heads = wide(header) / 2 if wide(header) > 10 else wide(header)
    found = max((wide(line) for one in cells for line in _longest(one)), default=0)
    return min(max(least, heads + 4, found + 2.5), max(most, heads + 4))


def _longest(cell: Value) -> list[str]:
    if isinstance(cell, str):
        return cell[:200].split("\n")
    if isinstance(cell, int | Decimal):
        return [f"{cell:,}"]
    return []


def lines(text: str, columns: float) -> int:
    """How many lines a text takes in a column."""
    room = max(columns - 1.0, 1.0)
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(max(1, -int(-wide(one) // room)) for one in text.split("\n"))


def height(count: int) -> float:
    """How high a row of so many lines is: high enough for a thumb, no higher than a phone's screen."""
    return _SMALL + _LINE * min(max(count, 1), _MOST_LINES)


class Looks:
    """Formats of one workbook, each made once."""

    def __init__(self, book: Any, currency: str) -> None:
        self._book = book
        self._decimals = money.decimals(currency)
        self._made: dict[tuple[object, ...], Any] = {}

    def of(self, look: str, *, locked: bool, fresh: bool = False, shape: str = "") -> Any:
        """The cells of a kind: locked ones are grey, those for new records yellow."""
        key = look, locked, fresh, shape
        if key not in self._made:
            said: dict[str, Any] = {
                "num_format": shape or self._shape(look),
                "valign": "vcenter",
                "text_wrap": look not in _RIGHT and look != "id",
                "align": "right" if look in _RIGHT else "left",
                "indent": 1 if look in _RIGHT else 0,
                "border": 1,
                "border_color": LINE,
                "locked": locked,
            }
            if locked:
                said["bg_color"] = LOCKED
            elif fresh:
                said["bg_color"] = FRESH
            if look == "id":
                said |= {"font_color": MUTED, "font_size": 8}
            self._made[key] = self._book.add_format(said)
        return self._made[key]

    def number(self, look: str, cell: int | Decimal, *, locked: bool) -> Any:
        """The format of a number, with as many decimals as it has."""
        exponent = Decimal(cell).normalize().as_tuple().exponent
        places = max(0, -int(exponent))
        usual = self._decimals if look == "money" else 2 if look == "percent" else 0
        if look == "integer" or places <= usual:
            return self.of(look, locked=locked)
        if look == "percent":
            return self.of(look, locked=locked, shape=f"0.{'0' * (places - 2)}%")
        return self.of(look, locked=locked, shape=f"#,##0.{'0' * places}")

    def _shape(self, look: str) -> str:
        if look == "money":
            return "#,##0" + (f".{'0' * self._decimals}" if self._decimals else "")
        return _SHAPES.get(look, "@")

    def head(self, editable: object) -> Any:
        """The head of a column: blue where one may write, grey where not."""
        key = "head", editable
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {
                    "bold": editable != "id",
                    "font_color": "#FFFFFF",
                    "font_size": 8 if editable == "id" else 11,
                    "bg_color": HEAD if editable is True else HEAD_LOCKED,
                    "valign": "vcenter",
                    "text_wrap": editable != "id",
                    "border": 1,
                    "border_color": LINE,
                    "locked": True,
                }
            )
        return self._made[key]

    def plain(self, **more: Any) -> Any:
        """A format for a sheet that is only read."""
        key = ("plain", *sorted(more.items()))
        if key not in self._made:
            said = {"valign": "vcenter", "text_wrap": True, "locked": True}
            self._made[key] = self._book.add_format({**said, **more})
        return self._made[key]
