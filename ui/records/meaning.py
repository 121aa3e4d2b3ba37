"""What a field understands of what is being typed, in words that are shown while it is typed."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QLocale

from models import texts
from models.describe.field import Field
from models.describe.kinds import KINDS, Value
from models.refusals import Refused
from models.texts import N_, tr

_PLAIN = set("0123456789.-")
_QUIET = {"text", "long_text", "code", "choice", "flag", "link", "tags", "email"}


def typed_out(field: Field, typed: str) -> str:
    """What was typed, with what is short for a value written out."""
    from models.describe.shorthand import written_out  # when somebody types first

    first = texts.language() == "zh_CN"
    return written_out(field.kind, typed, datetime.now(), month_first=first)


def meaning(field: Field, typed: str, currency: str) -> str:
    """How a text would be entered, where that is not what it reads; "" says nothing."""
    if field.kind in _QUIET or not typed.strip():
        return ""
    try:
        value = KINDS[field.kind].parse(field, typed_out(field, typed))
    except Refused:
        return ""  # perhaps half typed; what is wrong is said when it is entered
    told = _told(field, value, currency)
    read = typed.strip()
    plain = KINDS[field.kind].numeric and field.kind != "percent" and set(read) <= _PLAIN
    if plain or told in ("", read):
        return ""
    return tr(N_("→ {value}"), value=told)


def _told(field: Field, value: Value, currency: str) -> str:
    shown = KINDS[field.kind].show(field, value, currency)
    day = value.astimezone() if isinstance(value, datetime) else value
    if isinstance(day, date):
        name = QLocale(texts.language()).dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
        return f"{shown} {name}"
    return shown
