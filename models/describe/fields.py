"""Short ways to declare fields, one a kind, so that an entity reads like its table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.describe.field import Choice, Field


def _make(kind: str, id: str, label: str, headers: str, **more: Any) -> Field:
    return Field(id, kind, label, headers=tuple(headers.split("|")) if headers else (), **more)


def text(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """One line of text."""
    return _make("text", id, label, headers, **more)


def citations(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """A line of ids of the records that it cites."""
    return _make("text", id, label, headers, cites=True, **more)


def long_text(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """Text of several lines."""
    return _make("long_text", id, label, headers, **more)


def code(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """A number that is a name: leading zeros and case are kept."""
    return _make("code", id, label, headers, **more)


def phone(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """A phone number."""
    return _make("phone", id, label, headers, **more)


def email(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """A mail address."""
    return _make("email", id, label, headers, **more)


def integer(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """A whole number."""
    return _make("integer", id, label, headers, **more)


def number(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """A decimal number, up to six decimals."""
    return _make("number", id, label, headers, **more)


def money(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """An amount in the book's currency."""
    return _make("money", id, label, headers, **more)


def percent(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """A share; 0.15 is 15 %."""
    more.setdefault("minimum", Decimal(0))
    more.setdefault("maximum", Decimal(1))
    return _make("percent", id, label, headers, **more)


def date(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """A local day."""
    return _make("date", id, label, headers, **more)


def period(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """A year, half, quarter, month, week or range of days, by the book's calendar."""
    return _make("period", id, label, headers, **more)


def recurrence(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """How something comes again: every Monday, the last working day of a month."""
    return _make("recurrence", id, label, headers, **more)


def instant(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """A moment; kept in UTC, shown in local time."""
    return _make("instant", id, label, headers, **more)


def flag(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """Yes or no."""
    return _make("flag", id, label, headers, **more)


def tags(id: str, label: str, headers: str = "", **more: Any) -> Field:
    """Several short words."""
    return _make("tags", id, label, headers, **more)


def choice(
    id: str, label: str, choices: tuple[Choice, ...], headers: str = "", **more: Any
) -> Field:
    """One of a few named values."""
    return _make("choice", id, label, headers, choices=choices, **more)


def link(id: str, label: str, target: str, headers: str = "", **more: Any) -> Field:
    """A pointer to one record of another (or the same) entity."""
    return _make("link", id, label, headers, target=target, **more)
