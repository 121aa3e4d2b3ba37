"""Exact amounts: one scale for everything that people count in fractions.

Money, decimal numbers and percentages are stored as integers of millionths, so that no float ever
holds money and prices with three or four decimals keep them. Currencies only decide how many
decimals are shown.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

SCALE = 1_000_000
_UNIT = Decimal(1).scaleb(-6)
LARGEST = 2**63 - 1

# ISO 4217: currencies without the usual two decimals.
_DECIMALS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "TND": 3}
_SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "HKD": "HK$", "TWD": "NT$"}


def decimals(currency: str) -> int:
    """Decimals that the currency's minor unit has."""
    return _DECIMALS.get(currency, 2)


def symbol(currency: str) -> str:
    """The sign in front of an amount; the code itself where there is none."""
    return _SYMBOLS.get(currency, currency + " ")


def to_scaled(value: Decimal | int) -> int:
    """Millionths of a value, rounded half up.

    Raises:
        OverflowError: the value does not fit in 64 bits.
    """
    if isinstance(value, int):
        scaled = value * SCALE
    else:
        scaled = int((value * SCALE).to_integral_value(ROUND_HALF_UP))
    if not -LARGEST <= scaled <= LARGEST:
        raise OverflowError(value)
    return scaled


def from_scaled(stored: int) -> Decimal:
    """The value of stored millionths."""
    return Decimal(stored).scaleb(-6)


def if_scaled(stored: int | None) -> Decimal | None:
    """The value of stored millionths; None where nothing is stored."""
    return None if stored is None else from_scaled(int(stored))


def plain(value: Decimal, least: int = 0) -> str:
    """A decimal string without exponent, at least ``least`` decimals, no further zeros."""
    text = f"{value.quantize(_UNIT):f}" if value == value.quantize(_UNIT) else f"{value:f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0").ljust(least, "0")
    return f"{whole}.{fraction}" if fraction else whole


def rounded(value: Decimal, places: int) -> Decimal:
    """Rounded half up, as accounts are."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def show_money(value: Decimal, currency: str) -> str:
    """An amount as people read it, e.g. ``¥1,234.50``; further decimals only where they are."""
    text = plain(abs(value), decimals(currency))
    whole, _, fraction = text.partition(".")
    sign = "-" if value < 0 else ""
    body = f"{int(whole):,}" + (f".{fraction}" if fraction else "")
    return f"{sign}{symbol(currency)}{body}"


def show_whole(value: Decimal, currency: str) -> str:
    """An amount to the unit, for sums whose decimals say nothing, e.g. ``¥1,235``."""
    whole = rounded(value, 0)
    return f"{'-' if whole < 0 else ''}{symbol(currency)}{abs(whole):,}"
