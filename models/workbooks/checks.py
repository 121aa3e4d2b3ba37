"""What a cell of a workbook accepts while somebody types: drop-downs, days, numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from models.describe.field import Field
from models.sheets.choices import choice_text
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.workbooks.sheets_out import Paper

Area = tuple[int, int, int, int]
_FIRST, _LAST = date(1900, 3, 1), date(9999, 12, 31)
_INLINE = 255  # characters of a list that stands in the rule itself
_LARGEST = 10**12


class Checks:
    """Rules of one workbook's cells."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    def add(
        self,
        sheet: Any,
        area: Area,
        field: Field,
        offers: Mapping[str, tuple[str, ...]],
        choices: Collection[str] | None = None,
    ) -> None:
        """What cells of a field accept, if anything is to be refused; ``choices`` are codes."""
        if choices is not None:
            few = tuple(one for one in field.choices if one.code in choices)
            field = replace(field, choices=few)
        rule = self._rule(field, offers)
        if rule:
            sheet.data_validation(*area, {"ignore_blank": True, **rule})

    def _rule(self, field: Field, offers: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
        match field.kind:
            case "choice":
                texts = tuple(choice_text(field, one.code) for one in field.choices)
                return self._list(texts, "stop", tr(N_("Please choose from the list.")))
            case "flag":
                texts = (tr(N_("Yes")), tr(N_("No")))
                return self._list(texts, "stop", tr(N_("Please choose from the list.")))
            case "link":
                text = N_("This is not in the list yet. Is it written as it is to be?")
                return self._list(offers.get(field.target, ()), "warning", tr(text))
            case "date" | "instant":
                text = N_("Please type a day, such as {day}.")
                days = {"minimum": _FIRST, "maximum": _LAST}
                return _number("date", days, tr(text, day=date.today().isoformat()))
        return _numeric(field)

    def _list(self, texts: tuple[str, ...], type: str, message: str) -> dict[str, Any]:
        if not texts:
            return {}
        short = len(",".join(texts)) <= _INLINE
        inline = short and not any("," in one or '"' in one for one in texts)
        source: Any = list(texts) if inline else self._paper.list_of(texts)
        return {"validate": "list", "source": source, "error_type": type, **_said(message)}


def _numeric(field: Field) -> dict[str, Any]:
    low = -_LARGEST if field.minimum is None else field.minimum
    high = _LARGEST if field.maximum is None else field.maximum
    between = {"minimum": float(low), "maximum": float(high)}
    match field.kind:
        case "integer":
            return _number("integer", between, tr(N_("Please type a whole number.")))
        case "number" | "money":
            return _number("decimal", between, tr(N_("Please type a number.")))
        case "percent":
            return _number("decimal", between, tr(N_("Please type a share between 0% and 100%.")))
    return {}


def _number(kind: str, between: dict[str, Any], message: str) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", **between, **_said(message)}


def _said(message: str) -> dict[str, str]:
    return {"error_title": tr(N_("Not possible here")), "error_message": message}
