"""The questions of the insights page: which measure answers each, and which records stand behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from models.book import Book
from models.measures import engine, uncertainty
from models.measures.definition import Row
from models.measures.engine import Result
from models.measures.funnel import StageRow, funnel
from models.money import show_whole
from models.periods import Period
from models.progress import Progress
from models.sheets import numbers
from models.sheets.writing import Column
from models.texts import N_, ntr, tr
from models.workbooks import freshness
from ui.charts.data import Bar, ChartData, Line

COUNT = 7
_MOST = 20  # bars of a chart

Records = Callable[[Book, object], Iterable[tuple[str, int]]]


@dataclass(frozen=True)
class Answer:
    """A chart and how to find the records behind one of its bars."""

    data: ChartData
    records: Records | None
    of_people: bool = False  # whether a bar is of one person, whose key it has


def answers(book: Book, period: Period | None, progress: Progress) -> list[Answer]:
    """All charts, in the order in which they are shown."""
    deals = book.count("opportunity", "status=won") >= book.count("order")
    code = "won_amount" if deals else "sales_amount"
    asked = (
        ("won_amount", "month", N_("How much did we win each month?")),
        ("sales_amount", "month", N_("How much did we sell each month?")),
        (code, "person", N_("Who sold how much?")),
        (code, "manager", N_("Which manager's people sold how much?")),
    )
    made: list[Answer] = []
    for measure, by, title in asked:
        progress.step(len(made) / COUNT)
        made.append(_measured(book, measure, by, tr(title), period))
    made.append(_funnel(book, period))
    progress.step(len(made) / COUNT)
    made.append(_rates(book, period))
    progress.step(len(made) / COUNT)
    made.append(_measured(book, code, "product", tr(N_("Which products sell most?")), period))
    return _aged(book, made)


def _aged(book: Book, made: Sequence[Answer]) -> list[Answer]:
    """The same, those of people with how old their data is."""
    known = freshness.ages(book, date.today())
    aged = []
    for one in made:
        bars = tuple(
            replace(bar, told=known[bar.key].text())
            if one.of_people and isinstance(bar.key, int) and bar.key in known
            else bar
            for bar in one.data.bars
        )
        aged.append(replace(one, data=replace(one.data, bars=bars)))
    return aged


def _measured(book: Book, code: str, by: str, title: str, period: Period | None) -> Answer:
    result = engine.measure(book, code, period=period, by=by)
    table = numbers.of_measure(title, result, by, book.currency)
    rows, lines = result.rows, tuple[Line, ...]()
    if by == "month":
        kind, note = "columns", ""
        earlier = _earlier(book, code, result)
        if any(earlier):
            line = Line(tr(N_("A year earlier")), tuple(earlier))
            table = numbers.with_column(table, Column(line.label, "money"), line.values)
            shown = [value for one, value in zip(rows, earlier, strict=True) if one.key is not None]
            lines = (Line(line.label, tuple(shown)),)
        bars = tuple(_bar(one) for one in rows if one.key is not None)
        note = _undated([one for one in rows if one.key is None], book)
    else:
        if all(one.key is None for one in rows):
            rows = ()  # nothing in the book says who or what
        kind, note = "ranked", _others(book, rows[_MOST:])
        bars = tuple(_bar(one) for one in rows[:_MOST])
    unit = result.definition.unit
    data = ChartData(title, kind, unit, book.currency, bars, note=note, lines=lines, table=table)
    return Answer(data, _behind(code, by, period), by == "person")


def _earlier(book: Book, code: str, result: Result) -> list[Decimal | None]:
    """The values of the same months a year before; None where there are none."""
    rows, period = result.rows, result.period
    if period is not None:
        calendar = book.calendar
        number = calendar.year_of(period.start)
        if period != calendar.year(number):
            return [None] * len(rows)
        before = calendar.year(number - 1)
        rows = engine.measure(book, code, period=before, by="month").rows
    known = {one.key: one.value for one in rows if one.n}
    return [known.get(_year_before(one.key)) for one in result.rows]


def _year_before(key: object) -> str:
    year, _, month = str(key).partition("-")
    return f"{int(year) - 1:04}-{month}" if year.isdigit() else ""


def _undated(rows: Sequence[Row], book: Book) -> str:
    """What has no day and thus no place over time, in words."""
    if not rows or not rows[0].n:
        return ""
    value = show_whole(rows[0].value or Decimal(0), book.currency)
    return ntr(
        "without {n} record that has no date, {value}",
        "without {n} records that have no date, {value} together",
        rows[0].n,
        value=value,
    )


def _behind(code: str, by: str, period: Period | None) -> Records:
    def find(book: Book, key: object) -> Iterable[tuple[str, int]]:
        found = engine.records(book, code, period=period, by=by, key=key)
        return [(one.entity, one.id) for one in found]

    return find


def _bar(one: Row) -> Bar:
    return Bar(one.label, one.value or Decimal(0), one.n, one.key)


def _others(book: Book, rows: Sequence[Row]) -> str:
    """What the chart leaves out, in words, so that nothing is missing without a word."""
    if not rows:
        return ""
    value = sum((one.value or Decimal(0) for one in rows), Decimal(0))
    return ntr(
        "and {n} more with {value} together",
        "and {n} more with {value} together",
        len(rows),
        value=show_whole(value, book.currency),
    )


def _funnel(book: Book, period: Period | None) -> Answer:
    rows = funnel(book, period)
    bars = [
        Bar(
            one.label,
            Decimal(one.entered),
            one.entered,
            one.id,
            note=_stage_note(one, one is rows[-1]),
        )
        for one in rows
        if rows[0].entered
    ]
    note = tr(N_("deals that reached a stage, share that went on, median days")) if rows else ""
    title = tr(N_("Where do deals stop?"))

    def find(book: Book, key: object) -> Iterable[tuple[str, int]]:
        return [("opportunity", deal) for one in rows if one.id == key for deal in one.deals]

    n = len({deal for one in rows for deal in one.deals})
    table = numbers.of_funnel(title, rows, period, book.currency, n)
    data = ChartData(title, "funnel", "count", book.currency, tuple(bars), note=note, table=table)
    return Answer(data, find)


def _stage_note(one: StageRow, last: bool) -> str:
    notes = []
    if one.conversion is not None and not last:
        notes.append(f"→ {one.conversion * 100:.0f}%")
    if one.days is not None:
        notes.append(tr(N_("{days} days"), days=f"{one.days:.0f}"))
    return " · ".join(notes)


def _rates(book: Book, period: Period | None) -> Answer:
    result = engine.measure(book, "win_rate", period=period, by="person")
    # Those with the most closed deals, best first: a rate of two deals says little.
    rated = [one for one in result.rows if one.value is not None]
    largest = sorted(rated, key=lambda one: -(one.denominator or 0))[:_MOST]
    rows = sorted(largest, key=lambda one: -(one.value or 0))
    counts = [(float(one.numerator or 0), float(one.denominator or 0)) for one in rows]
    bars = []
    for one, (won, closed) in zip(rows, counts, strict=True):
        low, high = uncertainty.wilson(won, closed)
        bars.append(Bar(one.label, one.value or Decimal(0), int(closed), one.key, low, high))
    note = ""
    if len(rows) > 1:
        note = (
            tr(N_("95 % intervals; the differences are larger than chance"))
            if uncertainty.differ(counts)
            else tr(N_("95 % intervals; these people cannot be told apart"))
        )
    whole = result.total.value
    title = tr(N_("Who wins more of the deals?"))
    data = ChartData(
        title,
        "rates",
        "percent",
        book.currency,
        tuple(bars),
        whole,
        note,
        table=numbers.of_measure(title, result, "person", book.currency),
    )
    return Answer(data, _behind("win_rate", "person", period), of_people=True)
