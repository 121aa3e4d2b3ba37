"""What a chart is made of, and how its values are written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models import texts
from models.money import rounded, show_money, symbol
from models.sheets.numbers import Table, period_text
from models.texts import N_, tr

_CHINESE = ((10**8, "亿"), (10**4, "万"))
_ENGLISH = ((10**9, "B"), (10**6, "M"), (10**3, "K"))
_SMALL = 0.25  # steps that reach over less of a sum than this are seen on a cut axis only
Scale = tuple[int, str]  # what an axis divides by, and the word for it


@dataclass(frozen=True)
class Bar:
    """One value: its label, size, count, interval, and the key of the records that it opens.

    ``told`` is a line more when it is pointed at.
    """

    label: str
    value: Decimal
    n: int
    key: object
    low: float | None = None
    high: float | None = None
    note: str = ""
    told: str = ""


@dataclass(frozen=True)
class Line:
    """Values to compare the bars with, one a bar; None where there is none."""

    label: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class ChartData:
    """A question and its answer.

    ``kind`` is columns, ranked, funnel, rates or bridge; ``unit`` money, count, percent or days.
    ``table`` holds all numbers of the answer, also those for which the chart has no room. The first
    and the last bar of a bridge are where it leads from and to, those between what was added.
    """

    title: str
    kind: str
    unit: str
    currency: str
    bars: tuple[Bar, ...]
    reference: Decimal | None = None
    note: str = ""
    lines: tuple[Line, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Part:
    """What a legend names and turns on and off: ``shape`` is bar, dot, span, line or dashes."""

    id: str
    label: str
    shape: str
    colour: int  # of the theme's series


def measure_text(data: ChartData) -> str:
    """What the values are."""
    return data.table.measure if data.table is not None else data.title


def parts(data: ChartData) -> list[Part]:
    """What the chart shows, in the order of its legend."""
    shape = "dot" if data.kind == "rates" else "bar"
    made = [Part("value", measure_text(data), shape, 0)]
    if any(one.low is not None for one in data.bars):
        made.append(
            Part("interval", tr(N_("95 % interval")), "span", 1 if data.kind == "columns" else 0)
        )
    for at, one in enumerate(data.lines):
        made.append(Part(f"line{at}", one.label, "line", at + 1))
    if data.reference is not None:
        whole = tr(N_("All together: {value}"), value=full_text(data.reference, data))
        made.append(Part("reference", whole, "dashes", 1))
    return made


def subtitle(data: ChartData) -> str:
    """What is measured, when, and of how many records."""
    if data.table is None:
        return ""
    return f"{data.table.measure} · {data.table.period} · n={data.table.n:,}"


def axis_name(data: ChartData) -> str:
    """What an axis measures, with its unit."""
    match data.unit:
        case "money":
            yuan = texts.language() == "zh_CN" and data.currency == "CNY"
            unit = "元" if yuan else data.currency
        case "percent":
            unit = "%"
        case "days":
            unit = tr(N_("days"))
        case _:
            unit = tr(N_("count"))
    return tr(N_("{measure} ({unit})"), measure=measure_text(data), unit=unit)


def axis_scale(most: float) -> Scale:
    """The one scale of an axis that reaches to ``most``, so that its values compare at a glance."""
    known = _CHINESE if texts.language() == "zh_CN" else _ENGLISH
    return next(((size, word) for size, word in known if abs(most) >= size), (1, ""))


def axis_text(value: float | Decimal, data: ChartData, scale: Scale | None = None) -> str:
    """A value as an axis shows it: 万 and 亿 in Chinese, K and M in English."""
    if data.unit == "percent":
        return f"{float(value) * 100:.0f}%"
    size, word = scale or axis_scale(float(value))
    below = abs(float(value))
    if below == 0:
        word = ""
    body = f"{below / size:,.4g}" if below / size < 10_000 else f"{below / size:,.0f}"
    sign = symbol(data.currency) if data.unit == "money" else ""
    return f"{'-' if value < 0 else ''}{sign}{body}{word}"


def full_text(value: float | Decimal, data: ChartData) -> str:
    """A value exactly, as hovering shows it."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    match data.unit:
        case "percent":
            return f"{rounded(exact * 100, 1)}%"
        case "money":
            return show_money(rounded(exact, 2), data.currency)
        case "days":
            return tr(N_("{days} days"), days=f"{rounded(exact, 1):,}")
    return f"{exact:,.0f}"


def is_step(data: ChartData, at: int) -> bool:
    """Whether a bar is a step of a bridge, whose value is added to those before it."""
    return data.kind == "bridge" and 0 < at < len(data.bars) - 1


def sign(data: ChartData, at: int) -> str:
    """The plus before a step that goes up."""
    return "+" if is_step(data, at) and data.bars[at].value > 0 else ""


def levels(data: ChartData) -> list[tuple[Decimal, Decimal]]:
    """From where to where each bar of a bridge leads; it starts and ends at nought."""
    made, at = [(Decimal(0), data.bars[0].value)], data.bars[0].value
    for one in data.bars[1:-1]:
        made.append((at, at + one.value))
        at += one.value
    return [*made, (Decimal(0), data.bars[-1].value)]


def reach(data: ChartData) -> tuple[float, float]:
    """The least and the largest value on the axis of a bridge; small steps cut it above nought."""
    reached = [float(end) for _, end in levels(data)]
    low, high = min(reached), max(reached)
    if 0 < high - low < _SMALL * low:
        return max(low - (high - low) * 0.6, 0.0), high
    low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if low or high else (0.0, 1.0)


def is_cut(data: ChartData) -> bool:
    """Whether the axis of a bridge begins above nought, because its steps could not be seen otherwise."""
    return reach(data)[0] > 0


def summary(data: ChartData) -> str:
    """The chart in a sentence, for who does not see it."""
    if not data.bars:
        return nothing(data)
    if data.kind == "bridge":
        first, last = data.bars[0], data.bars[-1]
        return tr(
            N_("{count} steps from {start} ({first}) to {end} ({last})"),
            count=len(data.bars) - 2,
            first=first.label,
            start=full_text(first.value, data),
            last=last.label,
            end=full_text(last.value, data),
        )
    best = max(data.bars, key=lambda one: one.value)
    return tr(
        N_("{count} values; the largest is {label} with {value}"),
        count=len(data.bars),
        label=best.label,
        value=full_text(best.value, data),
    )


def said(data: ChartData, at: int, hidden: frozenset[str] = frozenset()) -> str:
    """A bar in words: its label, value, count, interval, and what it is compared with."""
    one = data.bars[at]
    text = f"{one.label or '–'}: {sign(data, at)}{full_text(one.value, data)}   n={one.n:,}"
    if one.low is not None and one.high is not None:
        text += f"   ({full_text(one.low, data)} – {full_text(one.high, data)})"
    for place, line in enumerate(data.lines):
        value = line.values[at]
        if value is not None and f"line{place}" not in hidden:
            text += f"\n{line.label}: {full_text(value, data)}"
    return f"{text}\n{one.told}" if one.told else text


def nothing(data: ChartData) -> str:
    """What stands in place of a chart without records, at all or in its period."""
    if data.table is not None and data.table.period != period_text(None):
        return tr(N_("No records for this in {period}."), period=data.table.period)
    return tr(N_("No records for this yet. Import your orders or deals to see it."))
