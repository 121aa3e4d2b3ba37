"""What a year ought to hold, worked out the long way: day by day, from tables written by hand.

Nothing of the program's own calendar or rules of repetition is used here. The days off and the make-up
days are those of the State Council's notices of 2025 and 2026.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

ONE = timedelta(days=1)
YEAR = 2025
_OFF = (
    ("2025-01-01", 1), ("2025-01-28", 8), ("2025-04-04", 3), ("2025-05-01", 5), ("2025-05-31", 3),
    ("2025-10-01", 8), ("2026-01-01", 3), ("2026-02-15", 9), ("2026-04-04", 3), ("2026-05-01", 5),
)  # fmt: skip
_WORKED = (
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04",
    "2026-02-14", "2026-02-28", "2026-05-09",
)  # fmt: skip


class Days:
    """Which days are worked; ``own`` are those that the book's people entered, worked or not."""

    def __init__(self, own: dict[date, bool] | None = None) -> None:
        self.off = {
            date.fromisoformat(first) + timedelta(days=at) for first, n in _OFF for at in range(n)
        }
        self.worked = {date.fromisoformat(one) for one in _WORKED}
        self.own = own or {}

    def works(self, day: date) -> bool:
        """Whether people work on a day."""
        if day in self.own:
            return self.own[day]
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def after(self, day: date) -> date:
        """The day itself if it is worked, else the next that is."""
        while not self.works(day):
            day += ONE
        return day

    def before(self, day: date) -> date:
        """The day itself if it is worked, else the last one before that is."""
        while not self.works(day):
            day -= ONE
        return day

    def of_month(self, day: date) -> list[date]:
        """The working days of the month that a day is in."""
        length = monthrange(day.year, day.month)[1]
        return [one for n in range(1, length + 1) if self.works(one := day.replace(day=n))]


Named = Callable[
    [date, date, Days], bool
]  # whether a rule that began on the second names the first


@dataclass(frozen=True)
class Series:
    """A rule as people write it, what it means, and where its days off go: next, before or keep."""

    text: str
    named: Named
    shift: str = "next"
    until: date | None = None
    times: int | None = None

    def coming(self, anchor: date, last: date, days: Days) -> list[tuple[date, date]]:
        """The days that the rule names after its first, and where they fall, up to a day that it falls on.

        Of several that fall on one day only the first comes.
        """
        reached, count, made = self.falls(anchor, days), 1, list[tuple[date, date]]()
        day = anchor
        while (day := day + ONE) <= last + timedelta(days=15):
            if not self.named(day, anchor, days) or (self.until and day > self.until):
                continue
            count += 1
            if self.times and count > self.times:
                break
            on = self.falls(day, days)
            if reached < on <= last:
                made.append((day, on))
            reached = max(reached, on)
        return made

    def falls(self, day: date, days: Days) -> date:
        """Where a day of the rule falls."""
        if self.shift == "keep":
            return day
        return days.after(day) if self.shift == "next" else days.before(day)


def _weeks(day: date, anchor: date) -> int:
    monday, first = (one - timedelta(days=one.weekday()) for one in (day, anchor))
    return (monday - first).days // 7


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _at(worked: list[date], n: int) -> date:
    return worked[n] if n < 0 else worked[min(n, len(worked)) - 1]


def _quarter_end(day: date, days: Days) -> bool:
    return day.month % 3 == 0 and day == days.of_month(day)[-1]


SERIES = (
    Series("每周一", lambda day, _, __: day.weekday() == 0),
    Series("every week on Fri", lambda day, _, __: day.weekday() == 4),
    Series("每周二、周四", lambda day, _, __: day.weekday() in {1, 3}),
    Series(
        "every 2 weeks on Wed",
        lambda day, anchor, _: day.weekday() == 2 and _weeks(day, anchor) % 2 == 0,
    ),
    Series("每个工作日", lambda day, _, days: days.works(day), "keep"),
    Series("每天", lambda _, __, ___: True, "keep"),
    Series("每3天", lambda day, anchor, _: (day - anchor).days % 3 == 0, "keep"),
    Series("每周六", lambda day, _, __: day.weekday() == 5, "keep"),
    Series("每周日，节假日顺延", lambda day, _, __: day.weekday() == 6),
    Series("每月15日", lambda day, _, __: day.day == 15),
    Series("每月31日", lambda day, _, __: day.day == _length(day)),
    Series("每月5日、20日", lambda day, _, __: day.day in {5, 20}),
    Series("每月最后一天，节假日提前", lambda day, _, __: day.day == _length(day), "before"),
    Series("every month on the last working day", lambda day, _, days: day == days.of_month(day)[-1]),
    Series("每月第一个工作日", lambda day, _, days: day == days.of_month(day)[0]),
    Series("每月第3个工作日", lambda day, _, days: day == _at(days.of_month(day), 3)),
    Series("每月倒数第2个工作日", lambda day, _, days: day == _at(days.of_month(day), -2)),
    Series("每月第二个周三", lambda day, _, __: day.weekday() == 2 and 8 <= day.day <= 14),
    Series("每月28日，节假日提前", lambda day, _, __: day.day == 28, "before"),
    Series("每季度最后一个工作日", lambda day, _, days: _quarter_end(day, days)),
    Series("每年5月1日", lambda day, _, __: (day.month, day.day) == (5, 1)),
    Series("每周三，共10次", lambda day, _, __: day.weekday() == 2, times=10),
    Series(
        "每周五，到2025-06-30", lambda day, _, __: day.weekday() == 4, until=date(2025, 6, 30)
    ),
)  # fmt: skip


def quiet(moment: datetime, start: int, end: int) -> bool:
    """Whether the clock on the wall shows an hour from ``start`` in the evening to ``end`` in the morning."""
    hour = moment.astimezone().hour
    return hour >= start or hour < end


def repeated(things: Iterable[object]) -> list[object]:
    """What is there more than once."""
    seen, twice = set[object](), list[object]()
    for one in things:
        if one in seen:
            twice.append(one)
        seen.add(one)
    return twice
