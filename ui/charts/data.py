"""What a chart is made of, and how its values are written."""

from __future__ import annotations

from dataclasses import dataclass

from models import texts
from models.money import symbol
from models.texts import N_, tr


@dataclass(frozen=True)
class Bar:
    """One value: its label, size, count, interval, and the key of the records that it opens."""

    label: str
    value: float
    n: int
    key: object
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True)
class ChartData:
    """A question and its answer.

    ``kind`` is columns, ranked, funnel or rates; ``unit`` money, count, percent or days.
    """

    title: str
    kind: str
    unit: str
    currency: str
    bars: tuple[Bar, ...]
    reference: float | None = None
    note: str = ""


def axis_text(value: float, data: ChartData) -> str:
    """A value as an axis shows it: 万 and 亿 in Chinese, K and M in English."""
    if data.unit == "percent":
        return f"{value * 100:.0f}%"
    chinese = ((1e8, "亿"), (1e4, "万"))
    english = ((1e9, "B"), (1e6, "M"), (1e3, "K"))
    sign = symbol(data.currency) if data.unit == "money" else ""
    for size, word in chinese if texts.language() == "zh_CN" else english:
        if abs(value) >= size:
            return f"{sign}{value / size:.4g}{word}"
    return f"{sign}{value:.4g}"


def full_text(value: float, data: ChartData) -> str:
    """A value exactly, as hovering shows it."""
    if data.unit == "percent":
        return f"{value * 100:.1f}%"
    if data.unit == "money":
        return f"{symbol(data.currency)}{value:,.2f}"
    if data.unit == "days":
        return tr(N_("{days} days"), days=f"{value:.1f}")
    return f"{value:,.0f}"
