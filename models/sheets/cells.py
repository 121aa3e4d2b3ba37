"""What each cell of a column stands for: read by the kind of its field, in stored form, or refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.describe import parsing
from models.describe.field import Field
from models.describe.kinds import (
    KINDS,
    Kind,
    check_range,
    parse_choice,
    parse_period,
    parse_recurrence,
)
from models.refusals import Refused
from models.sheets import own, quick
from models.sheets.mapping import ColumnMapping
from models.sheets.spooling import CellError
from models.texts import N_, tr

_WORDS = {
    "text", "long_text", "tags", "code", "phone", "email", "choice", "link", "period", "recurrence",
}  # fmt: skip
# What the field itself has to say.
_NAMED = {"choice": parse_choice, "period": parse_period, "recurrence": parse_recurrence}
_MEMO = 5_000  # distinct values of a column remembered at once
_OTHERWISE = {bool, CellError}  # True is equal to 1, an error to its text


class Bad:
    """A cell that can't be read, and why."""

    __slots__ = ("code", "message", "value")

    def __init__(self, value: object, code: str, message: str) -> None:
        self.value, self.code, self.message = str(value), code, message


class Reading(dict[Any, Any]):
    """What each distinct cell of a column stands for, in stored form; parsed once."""

    def __init__(self, target: Field, column: ColumnMapping, lenient: bool) -> None:
        self.field = target
        self.kind: Kind = KINDS[target.kind]
        self.format = column.format
        self.lenient = lenient and not target.required
        self.failed = False
        self._quick = quick.reader(target, column.format)
        self._whole = quick.column_reader(target, column.format)
        self._varied = False  # most cells of the last block were new

    def column(self, cells: Sequence[Any]) -> Sequence[Any]:
        """What the cells of a block stand for; where hardly any comes twice, all are read at once."""
        if not _OTHERWISE.isdisjoint(map(type, cells)):
            return [self._apart(one) for one in cells]
        if self._varied:
            made = self._at_once(cells)
            if made is not None:
                return made
        known = len(self)
        made = list(map(self.__getitem__, cells))
        self._varied = len(self) < known or len(self) - known > len(cells) // 2
        return made

    def _at_once(self, cells: Sequence[Any]) -> Sequence[Any] | None:
        filled = cells if None not in cells else [one for one in cells if one is not None]
        made = self._whole(filled) if filled else []
        if made is None or len(filled) == len(cells):
            return made
        rest = iter(made)
        return [None if one is None else next(rest) for one in cells]

    def __missing__(self, raw: Any) -> Any:
        return self._new(raw, raw)

    def _apart(self, raw: Any) -> Any:
        """A cell that may be equal to one that is read otherwise."""
        key = (type(raw), raw)
        return self[key] if key in self else self._new(key, raw)

    def _new(self, key: Any, raw: Any) -> Any:
        if len(self) > _MEMO:
            self.clear()
        made = self._quick(raw)
        if made is None:
            made = self.read(raw)
            if isinstance(made, Bad):
                self.failed = True
        self[key] = made
        return made

    def read(self, raw: Any) -> Any:
        """The stored value, None for a blank, Bad for what can't be read."""
        if self.format.guarded and isinstance(raw, str):
            raw = own.unguard(raw)
        if self._blank(raw):
            return None
        if type(raw) is CellError:
            return self._bad(raw, "error_cell", N_("The cell holds the error {value}."), value=raw)
        try:
            if self.field.kind == "link":
                return self._link(raw)
            parse_named = _NAMED.get(self.field.kind)
            if parse_named is not None:
                return parse_named(self.field, raw) or None
            spelled = self.field.spelled(raw) if self.field.spelled else raw
            value = parsing.parse(self.field.kind, spelled, self.format)
            if value == "":  # nothing but separators
                return None
            check_range(self.field, value)
            return self.kind.store(value)
        except parsing.Unreadable as error:
            return self._bad(raw, error.code, error.template, **error.values)
        except Refused as error:
            return self._bad(raw, error.code, error.template, **error.values)
        except OverflowError:
            return self._bad(raw, "too_large", N_("“{value}” is too large."), value=raw)

    def _blank(self, raw: Any) -> bool:
        if (
            type(raw) is CellError
        ):  # typed, #N/A says that there is nothing; computed, that it is lost
            return False
        if self.format.exact and isinstance(raw, str) and self.field.kind in _WORDS:
            return not raw.strip()
        if self.format.answers and str(raw).strip() in parsing.UNANSWERED:
            return True
        return parsing.is_blank(raw, self.field.kind)

    def _link(self, raw: Any) -> str:
        """The name as it is written; how else it can be meant is tried where it is looked up."""
        if self.format.exact and isinstance(raw, str):
            return own.foreign_link(raw.strip()) if self.format.foreign else raw.strip()
        folded = parsing.code(raw)  # also refuses what a sheet has shortened
        return raw.strip() if isinstance(raw, str) else folded

    def _bad(self, raw: Any, code: str, template: str, **values: object) -> Bad | None:
        if self.lenient:
            return None
        return Bad(raw, code, tr(template, **values))


class Constant(Reading):
    """A column whose cells all say the same, whatever stands in them."""

    def __init__(self, target: Field, column: ColumnMapping, text: str) -> None:
        super().__init__(target, column, lenient=False)
        self._text = text

    def column(self, cells: Sequence[Any]) -> Sequence[Any]:
        """The same for each cell."""
        return [self[self._text]] * len(cells)


def joined(parts: Sequence[Any]) -> Any:
    """Cells of one row that say one thing together, as first and last names do."""
    bad = next((one for one in parts if isinstance(one, Bad)), None)
    return bad or " ".join(str(one) for one in parts if one is not None) or None


def mean(parts: Sequence[Any]) -> Any:
    """The mean of the numbers of one row (in millionths, rounded half up); None without any."""
    bad = next((one for one in parts if isinstance(one, Bad)), None)
    there = [one for one in parts if one is not None]
    return bad or ((2 * sum(there) + len(there)) // (2 * len(there)) if there else None)
