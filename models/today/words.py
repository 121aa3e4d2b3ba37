"""Words that the lines of all sources share: days, amounts, what makes a customer weigh."""

from __future__ import annotations

from datetime import date, datetime

from models.calendar.workdays import WorkCalendar
from models.describe.kinds import KINDS
from models.money import from_scaled, show_whole
from models.texts import N_, ntr, tr

_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


class Words:
    """Makes words as of a day, in the current language; needs no book."""

    def __init__(self, on: date, currency: str, names: dict[int, str]) -> None:
        self.on = on
        self.currency = currency
        self._names = names

    def name(self, person: int) -> str:
        """What somebody is called; empty for nobody."""
        return self._names.get(person, "")

    def money(self, amount: int) -> str:
        """An amount in whole units."""
        return show_whole(from_scaled(amount), self.currency)

    def day(self, stored: str) -> str:
        """A stored day, without its year where that is the year of today."""
        day = date.fromisoformat(stored[:10])
        if day.year == self.on.year:
            return tr(N_("{month}-{day}"), month=f"{day.month:02}", day=f"{day.day:02}")
        return day.isoformat()

    def time(self, stored: str) -> str:
        """The hour of a stored moment, here; empty where there is none."""
        moment = KINDS["instant"].load(stored) if stored else None
        return moment.astimezone().strftime("%H:%M") if isinstance(moment, datetime) else ""

    def when(self, late: int) -> str:
        """How late something is, as a clause."""
        if late > 0:
            return ntr("{n} day overdue", "{n} days overdue", late)
        if late == 0:
            return tr(N_("due today"))
        return ntr("in {n} day", "in {n} days", -late)

    def worth(self, open_deals: int, bought: int) -> str:
        """What a customer weighs, as a clause; empty where it is nothing that is known."""
        if open_deals:
            return tr(N_("{amount} in open deals"), amount=self.money(open_deals))
        if bought:
            return tr(N_("bought for {amount} within a year"), amount=self.money(bought))
        return ""

    def grade(self, grade: str) -> str:
        """A customer's grade, as a clause."""
        return tr(N_("grade {grade}"), grade=grade) if grade else ""

    def covers(self, person: int, owner: int) -> str:
        """That somebody does it for somebody who is away, as a clause; empty where it is their own."""
        if not owner or person == owner:
            return ""
        return tr(N_("for {owner}, who is away"), owner=self.name(owner))

    def sentence(self, *clauses: str) -> str:
        """Clauses as one sentence."""
        made = tr(N_(", ")).join(one for one in clauses if one)
        return tr(N_("{clauses}."), clauses=made[:1].upper() + made[1:]) if made else ""


def date_text(day: date) -> str:
    """A day with its weekday."""
    return tr(
        N_("{weekday}, {year}-{month}-{day}"),
        weekday=tr(_WEEKDAYS[day.weekday()]),
        year=day.year,
        month=f"{day.month:02}",
        day=f"{day.day:02}",
    )


def day_kind(calendar: WorkCalendar, day: date) -> str:
    """What kind of day it is and which holiday comes next, in a few words."""
    why = calendar.why(day)
    parts = [why.text()[:1].upper() + why.text()[1:]]
    if not calendar.is_working(day):
        following = calendar.next_working(day)
        if following is not None:
            parts.append(tr(N_("next working day {day}"), day=following.isoformat()))
    coming = next_holiday(calendar, day)
    if coming is not None:
        first, name = coming
        parts.append(ntr("{name} in {n} day", "{name} in {n} days", (first - day).days, name=name))
    return " · ".join(parts)


def next_holiday(calendar: WorkCalendar, day: date) -> tuple[date, str] | None:
    """The first day of the next public holiday within a quarter."""
    from datetime import timedelta

    ahead = calendar.holidays(day + timedelta(days=1), day + timedelta(days=92))
    today = calendar.why(day).name
    return next((one for one in ahead if one[1] and one[1] != today), None)
