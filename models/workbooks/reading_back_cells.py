"""What a returned cell says: the value that left, another one, or nothing that its field can hold.

A cell is unchanged if it says what it said when it left, in whatever form the program that saved the
file has put it: a number for a text of digits, a day for a text, rounded as it is shown, a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from models import money
from models.describe import parsing
from models.describe.field import Field
from models.describe.kinds import KINDS
from models.describe.parsing import CellFormat
from models.refusals import Refused
from models.sheets import quick
from models.sheets.cells import Bad, Reading
from models.sheets.mapping import ColumnMapping
from models.sheets.spooling import CellError
from models.texts import N_, tr
from models.workbooks.items import ReturnedCell
from models.workbooks.manifest import Stored
from models.workbooks.reading_back_links import Links

UNCACHED = "#UNCACHED"
_EXACT = CellFormat(exact=True)
_MOST = 5_000  # distinct cells of a column that are remembered
_DIGITS = 15  # that sheets keep of a number
_NUMERIC = {"integer", "number", "money", "percent"}
_NAMES = {"code", "phone", "email"}
_LINES = {"text", "long_text"}
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_OFFICE = "gbk"  # in which offices here save text files
_MARKS = re.compile(r"\?+")
_SHORT = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_NONE = ReturnedCell(None, "")


class CellReader:
    """Reads the cells of one column.

    Args:
        text_file: the cells are texts as they were shown, numbers perhaps rounded.
        units: what typed amounts are multiplied by, "" for nothing.
    """

    def __init__(
        self,
        field: Field,
        links: Links,
        *,
        text_file: bool = False,
        epoch_1904: bool = False,
        units: str = "",
    ) -> None:
        self.field = field
        self._links, self._text_file = links, text_file
        self._left = _LEFT.get(field.kind)
        self._worded = field.kind in _LINES or field.kind in _NAMES
        self._open_order = field.kind in ("date", "instant")
        self._memo: dict[tuple[type, Any], tuple[Stored, str]] = {}
        made = replace(_EXACT, serial_1904=epoch_1904)
        if units and field.kind in _NUMERIC:
            made = replace(made, factor=Decimal(units))
        self._read_as(made)

    def _read_as(self, format: CellFormat) -> None:
        self._format = format
        column = ColumnMapping(0, "", "", self.field.id, 1.0, format, self.field.kind, False, "")
        self._reading = Reading(self.field, column, False)
        self._quick = quick.reader(self.field, format)

    def settle(self, pairs: Iterable[tuple[Any, Stored]]) -> None:
        """Find in which order days are written that are texts such as 3/5/2024, by those that left."""
        if not self._open_order:
            return
        votes: Counter[str] = Counter()
        for raw, base in pairs:
            if isinstance(raw, str) and base and (days := _open_day(raw)):
                left = str(base)[:10] if self.field.kind == "date" else ""
                votes["mdy"] += days[0].isoformat() == left
                votes["dmy"] += days[1].isoformat() == left
        if votes["mdy"] != votes["dmy"]:
            self._open_order = False
            self._read_as(replace(self._format, date_order=votes.most_common(1)[0][0]))

    def cell(self, raw: Any, base: Stored, at: str) -> ReturnedCell:
        """What a cell of a record says, whose field left with the value ``base``."""
        if raw is None:
            return ReturnedCell(None, at, "", "", base is None or base == "")
        if raw == base and type(raw) is str and self._worded:  # what most cells of texts are
            return ReturnedCell(base, at, raw, "", True)
        value, unread = self._value(raw, base)
        if not unread and value == base:
            return ReturnedCell(base, at, shown(raw), "", True)
        if base is not None and self._as_it_left(raw, value, base):
            return ReturnedCell(base, at, shown(raw), "", True)
        if value is None and not unread:
            return ReturnedCell(None, at, "", "", base is None or base == "")
        return ReturnedCell(value, at, shown(raw), unread)

    def fresh(self, raw: Any, at: str) -> ReturnedCell:
        """What a cell of a new row says; nothing of it left."""
        if raw is None:
            return _NONE
        value, unread = self._value(raw, None)
        return ReturnedCell(value, at, shown(raw), unread)

    def same(self, raw: Any, base: Stored) -> bool:
        """Whether a cell says what it said when it left."""
        return self.cell(raw, base, "").same

    def _value(self, raw: Any, base: Stored) -> tuple[Stored, str]:
        if self.field.kind == "link":
            if base is not None and isinstance(raw, str):
                label = self._links.label(self.field.target, base)
                if label and raw.strip() == label.strip():
                    return base, ""
        else:
            if (
                self.field.kind in _LINES
                and isinstance(raw, str)
                and not isinstance(raw, CellError)
            ):
                raw = _lines(raw)
            made: Stored = self._quick(raw)
            if made is not None:
                return made, ""
        key = (type(raw), raw)
        if key not in self._memo:
            if len(self._memo) > _MOST:
                self._memo.clear()
            self._memo[key] = self._read(raw)
        return self._memo[key]

    def _read(self, raw: Any) -> tuple[Stored, str]:
        if isinstance(raw, CellError) and raw == UNCACHED:
            return None, tr(
                N_(
                    "The formula was saved without what it comes to. Open the file in Excel or WPS and save it."
                )
            )
        if self._open_order and isinstance(raw, str) and (open_day := _open_day(raw)):
            return None, tr(
                N_("“{value}” may be {one} or {other}. Write it as 2024-03-05."),
                value=raw.strip(),
                one=open_day[0],
                other=open_day[1],
            )
        try:
            made = self._reading.read(raw)
        except Refused as refused:
            return None, refused.message
        except parsing.Unreadable as error:
            return None, tr(error.template, **error.values)
        if isinstance(made, Bad):
            return None, made.message
        if self.field.kind == "link" and made is not None:
            return self._links.meant(self.field.target, str(made))
        return made, ""

    def means(self, raw: Any, value: Stored, base: Stored) -> bool:
        """Whether a cell, read as ``value``, is another value in another form."""
        return raw is not None and base is not None and self._as_it_left(raw, value, base)

    def _as_it_left(self, raw: Any, value: Stored, base: Stored) -> bool:
        """Whether a cell is the value that left in another form."""
        if isinstance(raw, CellError):
            return False
        if self._left is not None and self._left(raw, base, self._text_file):
            return True
        if self._text_file and self._lost_signs(raw, base):
            return True
        match self.field.kind:
            case "link":
                label = self._links.label(self.field.target, base)
                return bool(label) and parsing.fold(raw) == parsing.fold(label)
            case "number" | "money" | "percent" | "integer":
                return self._as_shown(raw, base)
            case "choice" | "period" | "recurrence":
                said = parsing.fold(raw)
                texts = (str(base), KINDS[self.field.kind].show(self.field, base))
                return said in map(parsing.fold, texts)
        return False

    def _lost_signs(self, raw: Any, base: Stored) -> bool:
        """Whether a text is what left, with ? for signs that the encoding of the file doesn't know."""
        if not isinstance(raw, str) or "?" not in raw:
            return False
        link = self.field.kind == "link"
        left = self._links.label(self.field.target, base) if link else str(base)
        known = _lines(left).encode(_OFFICE, "replace").decode(_OFFICE)
        return known != left and _MARKS.sub("?", known) == _MARKS.sub("?", _lines(raw))

    def _as_shown(self, raw: Any, base: Stored) -> bool:
        """Whether a number is the one that left; a text file rounds it to the decimals that it shows."""
        try:
            shown_number = parsing.number(raw, self._format)
        except (parsing.Unreadable, ValueError):
            return False
        exact = Decimal(int(base or 0))
        if self.field.kind != "integer":
            exact = money.from_scaled(int(base or 0))
        if not (self._text_file and isinstance(raw, str)):
            return shown_number == exact
        decimals = re.search(r"[.](\d+)", parsing.fold(raw).replace(",", ""))
        places = len(decimals[1]) if decimals else 0
        if "%" in parsing.fold(raw):
            places += 2
        step = self._format.factor * Decimal(1).scaleb(-places)
        return abs(shown_number - exact) * 2 <= step


def _open_day(raw: str) -> tuple[date, date] | None:
    """The two days that a text such as 3/5/2024 may be: month first, day first; None if it is clear."""
    found = _SHORT.match(parsing.fold(raw))
    if found is None:
        return None
    one, two, year = map(int, found.groups())
    if one == two:
        return None
    try:
        return date(year, one, two), date(year, two, one)
    except ValueError:
        return None


def shown(raw: Any) -> str:
    """A cell as people see it."""
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, datetime):
        return raw.isoformat(" ", "seconds" if raw.second else "minutes")
    return parsing.text(raw)


def _lines(text: str) -> str:
    """A text with the line breaks that the book keeps, whatever the program that saved it writes."""
    if "\r" not in text and "_x000D_" not in text:
        return text.strip()
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


# -- the forms in which a value comes back ---------------------------------------------------------


def _left_lines(raw: Any, base: Stored, text_file: bool) -> bool:
    if isinstance(raw, str):
        said, left = (
            [line.rstrip() for line in _lines(one).split("\n")] for one in (raw, str(base))
        )
        return said == left or (text_file and _same_number(raw, str(base)))
    return _same_number(raw, str(base)) or _same_day(raw, str(base))


def _left_name(raw: Any, base: Stored, text_file: bool) -> bool:
    if isinstance(raw, str):
        said, left = parsing.fold(raw), parsing.fold(base)
        if said == left:
            return True
        return (text_file or bool(_SCIENTIFIC.fullmatch(said))) and _same_number(raw, left)
    return _same_number(raw, str(base)) or _same_day(raw, str(base))


def _same_number(raw: Any, left: str) -> bool:
    """Whether a number is a text of digits: without its zeros in front, or shortened by a sheet."""
    if isinstance(raw, bool | date | time):
        return False
    said = parsing.fold(raw)
    try:
        number, exact = Decimal(said), Decimal(parsing.fold(left))
    except InvalidOperation:
        return False
    if number == exact:
        return True
    digits = exact.as_tuple().digits
    if _SCIENTIFIC.fullmatch(said):
        kept = len(number.as_tuple().digits)
    elif len(digits) > _DIGITS and not isinstance(raw, str):
        kept = _DIGITS
    else:
        return False
    step = Decimal(1).scaleb(exact.adjusted() - kept + 1)
    return kept >= 3 and abs(number - exact) < step


def _same_day(raw: Any, left: str) -> bool:
    """Whether a day is what a sheet made of a text such as 3-5."""
    if not isinstance(raw, date):
        return False
    try:
        return parsing.day(left) == parsing.day(raw)
    except parsing.Unreadable:
        return False


def _left_day(raw: Any, base: Stored, text_file: bool) -> bool:
    """Whether a day stands there in another order: what left decides which is meant."""
    for order in ("ymd", "dmy", "mdy"):
        try:
            if parsing.day(raw, order).isoformat() == base:
                return True
        except (parsing.Unreadable, ValueError, OverflowError):
            continue
    return False


def _left_moment(raw: Any, base: Stored, text_file: bool) -> bool:
    """Whether a moment stands there to the minute, or as its day alone."""
    left = datetime.fromisoformat(str(base)).astimezone()
    try:
        said = parsing.moment(raw).astimezone()
    except (parsing.Unreadable, ValueError, OverflowError, OSError):
        return False
    if abs((said - left).total_seconds()) <= 1:
        return True
    if said.second == 0 and said == left.replace(second=0, microsecond=0):
        return True
    whole = said.time() == time() and said.date() == left.date()
    return whole and not (isinstance(raw, str) and ":" in raw)


def _left_tags(raw: Any, base: Stored, text_file: bool) -> bool:
    said, left = (
        {part.strip() for part in re.split(r"[,，;；、|\n]", parsing.text(one)) if part.strip()}
        for one in (raw, base)
    )
    return said == left


Left = Callable[[Any, Stored, bool], bool]
_LEFT: Mapping[str, Left] = {
    **dict.fromkeys(_LINES, _left_lines),
    **dict.fromkeys(_NAMES, _left_name),
    "date": _left_day,
    "instant": _left_moment,
    "tags": _left_tags,
}
