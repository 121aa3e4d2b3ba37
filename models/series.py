"""Series in cells that lie below one another: days, numbers and codes that go on step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from models.book import Book
from models.change import Change
from models.describe.field import Field
from models.describe.kinds import KINDS, Value
from models.describe.shorthand import add_months
from models.progress import SILENT, Progress
from models.replacing import Block, Found, changed

UNITS = ("day", "workday", "week", "month", "year")
DATES = ("date", "instant")
NUMBERS = ("integer", "number", "money", "percent")
CODES = ("text", "code", "phone")
_COUNTED = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """How a series goes on: so many units each time; ``unit`` counts for days only."""

    count: Decimal = Decimal(1)
    unit: str = "day"


def guess(first: Value, second: Value) -> Step:
    """The step that leads from the first value to the second; 1 where none can be seen."""
    if isinstance(first, datetime) or isinstance(second, datetime):
        first, second = _local(first), _local(second)
    if isinstance(first, date) and isinstance(second, date):
        months = (second.year - first.year) * 12 + second.month - first.month
        if months and add_months(first, months) == second:
            year = months % 12 == 0
            return Step(Decimal(months // 12 if year else months), "year" if year else "month")
        days = (second - first).days
        week = days != 0 and days % 7 == 0
        return Step(Decimal(days // 7 if week else days or 1), "week" if week else "day")
    if _is_number(first) and _is_number(second):
        return Step(Decimal(second) - Decimal(first) or Decimal(1))
    if isinstance(first, str) and isinstance(second, str):
        one, two = _COUNTED.fullmatch(first), _COUNTED.fullmatch(second)
        if one and two and (one[1], one[3]) == (two[1], two[3]):
            return Step(Decimal(int(two[2]) - int(one[2]) or 1))
    return Step()


def propose(
    book: Book, entity_id: str, block: Block, step: Step | None, progress: Progress = SILENT
) -> list[Found]:
    """What the cells below the first of each column would hold; without a step as the first two say."""
    ids, fields = block
    entity, made = book.schema.entity(entity_id), []
    rows = book.rows(entity_id, ids, fields)
    with book.reading() as db:
        change = Change(book, db, 0)
        for column, name in enumerate(fields):
            field, first = entity.field(name), rows[0][column]
            if first is None:
                continue
            by = step or guess(first, rows[1][column])
            value = _series(field, first, by)
            for place, (id, row) in enumerate(zip(ids, rows, strict=True)):
                if not place:
                    continue
                progress.step(0.0)
                found = changed(change, entity, id, name, row[column], _as(value(place)))
                if found is not None:
                    made.append(found)
    return made


def _as(text: str) -> Callable[[str], str]:
    return lambda _: text


def _series(field: Field, first: Value, by: Step) -> Callable[[int], str]:
    """The text of the cell so many places below the first."""
    kind, count = KINDS[field.kind], by.count
    if field.kind in DATES:
        return lambda place: kind.edited(field, _day(first, int(count) * place, by.unit))
    if field.kind in NUMBERS:
        whole = field.kind == "integer"
        return lambda place: kind.edited(
            field, int(first + count * place) if whole else first + count * place
        )
    found = _COUNTED.fullmatch(str(first)) if field.kind in CODES else None
    if found is None:
        return lambda place: kind.edited(field, first)
    before, number, after = found[1], found[2], found[3]
    return lambda place: (
        f"{before}{max(int(number) + int(count) * place, 0):0{len(number)}d}{after}"
    )


def _day(first: date, count: int, unit: str) -> date:
    if unit == "month":
        return _moved(first, lambda day: add_months(day, count))
    if unit == "year":
        return _moved(first, lambda day: add_months(day, 12 * count))
    if unit == "workday":
        return _moved(first, lambda day: _workday(day, count))
    return first + timedelta(days=count * (7 if unit == "week" else 1))


def _moved(first: date, move: Callable[[date], date]) -> date:
    """Another day; a moment keeps its local time."""
    if not isinstance(first, datetime):
        return move(first)
    local = first.astimezone()
    return datetime.combine(move(local.date()), local.time()).astimezone()


def _workday(day: date, count: int) -> date:
    """So many days from Monday to Friday further; a start at the weekend counts from there."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def _local(value: Any) -> Any:
    return value.astimezone().date() if isinstance(value, datetime) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def kinds_of(book: Book, entity_id: str, fields: Sequence[str]) -> set[str]:
    """The kinds of some fields."""
    return {book.schema.entity(entity_id).field(one).kind for one in fields}
