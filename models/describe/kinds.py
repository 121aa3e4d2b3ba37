"""What each kind of field does with a value: parse it, store it, load it, show it, print it.

Parsing accepts what people type (``models.describe.parsing``); showing follows the language in
force; ``plain`` is the form of the command line's JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from models import money
from models.describe import parsing
from models.describe.field import Choice, Field
from models.refusals import Refused
from models.texts import N_, tr


class Link(NamedTuple):
    """A pointer as it is read: the row and its label."""

    id: int
    label: str


def row_of(value: Any) -> int | None:
    """The row that a link means, as a record gives it or as a row alone; None for none."""
    return None if value is None else int(getattr(value, "id", value))


Value = Any  # str | int | bool | Decimal | date | datetime | Link | None, by the field's kind


@dataclass(frozen=True)
class Kind:
    """The behaviour of one kind; ``sql`` is its column type, ``numeric`` decides alignment."""

    id: str
    sql: str
    parse_text: Callable[[object], Value]
    store: Callable[[Value], str | int | None]
    load: Callable[[Any], Value]
    numeric: bool = False
    sums: bool = False

    @property
    def literal(self) -> bool:
        """Whether values are stored as they are."""
        return self.load is _same

    def parse(self, field: Field, raw: object) -> Value | None:
        """A typed value, or None for a blank.

        Raises:
            Refused: the text is not of this kind or breaks one of the field's rules.
        """
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        if isinstance(raw, Link):
            return raw
        if field.spelled is not None:
            raw = field.spelled(raw)
        try:
            value = self._parse(field, raw)
        except parsing.Unreadable as unreadable:
            raise Refused(unreadable.code, unreadable.template, **unreadable.values) from None
        if value == "":  # nothing but separators
            return None
        check_range(field, value)
        return value

    def _parse(self, field: Field, raw: object) -> Value:
        if self.id == "choice":
            return parse_choice(field, raw)
        if self.id == "recurrence":
            return parse_recurrence(field, raw)
        return parse_period(field, raw) if self.id == "period" else self.parse_text(raw)

    def plain(self, value: Value) -> str | int | bool | None:
        """The JSON value: decimal strings, ISO dates, the label of a link."""
        if value is None or isinstance(value, bool | int):
            return value
        if isinstance(value, Link):
            return value.label
        if isinstance(value, Decimal):
            return money.plain(value, 2 if self.id == "money" else 0)
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, date):
            return value.isoformat()
        return str(value)

    def edited(self, field: Field, value: Value) -> str:
        """The text that a person edits; ``parse`` reads it back as the same value."""
        if self.id in ("choice", "flag", "instant", "recurrence"):
            return self.show(field, value)
        if self.id == "percent":
            return "" if value is None else _percent(value)
        plain = self.plain(value)
        return "" if plain is None else str(plain)

    def show(self, field: Field, value: Value, currency: str = "CNY") -> str:
        """The text that a person reads, in the current language.

        What a formula works out is shown as amounts usually are, however many decimals it has.
        """
        if value is None:
            return ""
        if isinstance(value, Link):
            return value.label
        match self.id:
            case "flag":
                return tr(N_("Yes")) if value else tr(N_("No"))
            case "choice" | "period" | "recurrence":
                return _named(field, str(value))
            case "money":
                if field.formula:
                    value = money.rounded(value, money.decimals(currency))
                return money.show_money(value, currency)
            case "percent":
                return _percent(money.rounded(value, 4) + 0 if field.formula else value)
            case "number":
                whole, _, fraction = money.plain(value).partition(".")
                body = f"{int(whole):,}" if abs(value) >= 1 else whole
                return body + (f".{fraction}" if fraction else "")
            case "instant":
                return str(value.astimezone().strftime("%Y-%m-%d %H:%M"))
        return str(value)


def _percent(share: Decimal) -> str:
    return money.plain(share * 100) + "%"


def check_range(field: Field, value: Any) -> None:
    """Hold a value against the field's limits.

    Raises:
        Refused: ``too_small``, ``too_large`` or ``too_long``.
    """
    if field.minimum is not None and value < field.minimum:
        raise Refused(
            "too_small",
            N_("{field} must be at least {limit}, not {value}."),
            field=field.text(),
            limit=field.minimum,
            value=value,
        )
    if field.maximum is not None and value > field.maximum:
        raise Refused(
            "too_large",
            N_("{field} must be at most {limit}, not {value}."),
            field=field.text(),
            limit=field.maximum,
            value=value,
        )
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        limit = money.LARGEST if isinstance(value, int) else money.LARGEST // money.SCALE
        if not -limit <= value <= limit:
            raise Refused(
                "too_large",
                N_("{field} must be at most {limit}, not {value}."),
                field=field.text(),
                limit=limit,
                value=value,
            )


@lru_cache(maxsize=256)
def _written(choices: tuple[Choice, ...]) -> dict[str, str]:
    """The codes of choices by all that people write for them; what two share is the first one's."""
    made: dict[str, str] = {}
    for one in choices:
        for known in one.known_as():
            made.setdefault(parsing.fold(known).casefold(), one.code)
    return made


def parse_choice(field: Field, raw: object) -> str:
    """The code of a choice given by code, label or synonym, in any language.

    Raises:
        Unreadable: ``unknown_choice``.
    """
    code = _written(field.choices).get(parsing.fold(raw).casefold())
    if code is not None:
        return code
    raise parsing.Unreadable(
        "unknown_choice",
        N_("“{value}” is not one of: {known}."),
        value=str(raw),
        known=tr(N_(", ")).join(one.text() for one in field.choices),
    )


def parse_period(field: Field, raw: object) -> str:
    """The label of a period as its book's calendar writes it: 2017年第四季度 is 2017-Q4 in most.

    Spreadsheets make the first of a month of a month that is typed, so it is read as the month.

    Raises:
        Unreadable: ``not_a_period``.
    """
    if isinstance(raw, date):
        text = raw.strftime("%Y-%m" if raw.day == 1 else "%Y-%m-%d")
    else:
        text = parsing.text(raw)
    meant = field.calendar.try_parse(text)
    if meant is None:
        raise parsing.Unreadable(
            "not_a_period",
            N_(
                "“{value}” is not a period. Write 2017, 2017-H1, 2017-Q2, 2017-03, 2017-W15 or 2017-01-01..2017-03-31."
            ),
            value=text,
        )
    return meant.label


def _named(field: Field, stored: str) -> str:
    """A choice, a period or a repetition as people of the current language call it."""
    if field.kind == "recurrence":
        from models.tasks import recurrence_words

        return recurrence_words.shown(stored)
    meant = field.calendar.try_parse(stored) if field.kind == "period" else field.choice(stored)
    return meant.text() if meant else stored


def parse_recurrence(_field: Field, raw: object) -> str:
    """What is kept of a rule by which something comes again; "" for never.

    Raises:
        Unreadable: ``not_a_recurrence``.
    """
    from models.tasks import recurrence_words  # hardly any field needs them

    return recurrence_words.parse_text(raw)


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")


def _email(raw: object) -> str:
    value = parsing.text(raw)
    if not _EMAIL.match(value):
        raise parsing.Unreadable(
            "not_an_email", N_("“{value}” is not a mail address."), value=value
        )
    return value


def _tags(raw: object) -> str:
    words = [one.strip() for one in re.split(r"[,，;；、|\n]", parsing.text(raw))]
    return ", ".join(dict.fromkeys(one for one in words if one))


def _same(value: Any) -> Any:
    return value


def _store_scaled(value: Any) -> int | None:
    return None if value is None else money.to_scaled(value)


def _load_scaled(stored: Any) -> Decimal | None:
    return None if stored is None else money.from_scaled(stored)


def _store_day(value: Any) -> str | None:
    return None if value is None else value.isoformat()


def _load_day(stored: Any) -> date | None:
    return None if stored is None else date.fromisoformat(stored)


def _store_moment(value: Any) -> str | None:
    if value is None:
        return None
    return str(value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _load_moment(stored: Any) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored)


def _store_flag(value: Any) -> int | None:
    return None if value is None else int(value)


def _load_flag(stored: Any) -> bool | None:
    return None if stored is None else bool(stored)


def _store_link(value: Any) -> int | None:
    return value.id if isinstance(value, Link) else value


def _texts(id: str, parse: Callable[[object], Value]) -> Kind:
    return Kind(id, "TEXT", parse, _same, _same)


KINDS: dict[str, Kind] = {
    one.id: one
    for one in (
        _texts("text", parsing.text),
        _texts("long_text", parsing.text),
        _texts("code", parsing.code),
        _texts("phone", parsing.phone),
        _texts("email", _email),
        _texts("tags", _tags),
        _texts("choice", parsing.text),
        _texts("period", parsing.text),
        _texts("recurrence", parsing.text),
        Kind("integer", "BIGINT", parsing.whole, _same, _same, numeric=True),
        Kind("number", "BIGINT", parsing.number, _store_scaled, _load_scaled, True, True),
        Kind("money", "BIGINT", parsing.number, _store_scaled, _load_scaled, True, True),
        Kind("percent", "BIGINT", parsing.number, _store_scaled, _load_scaled, True),
        Kind("date", "TEXT", parsing.day, _store_day, _load_day),
        Kind("instant", "TEXT", parsing.moment, _store_moment, _load_moment),
        Kind("flag", "SMALLINT", parsing.flag, _store_flag, _load_flag),
        Kind("link", "BIGINT", _same, _store_link, _same),
    )
}


def kind_of(field: Field) -> Kind:
    """The kind of a field."""
    return KINDS[field.kind]
