"""What texts for a phone are put together of: plain lines that any messenger shows as they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo

from models.texts import N_, tr

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_DAYS = (
    N_("{day} Jan"), N_("{day} Feb"), N_("{day} Mar"), N_("{day} Apr"), N_("{day} May"),
    N_("{day} Jun"), N_("{day} Jul"), N_("{day} Aug"), N_("{day} Sep"), N_("{day} Oct"),
    N_("{day} Nov"), N_("{day} Dec"),
)  # fmt: skip


def day(on: date) -> str:
    """A day as people say it: ``3月5日 周四``, ``Thu 5 Mar``."""
    short = tr(_DAYS[on.month - 1], day=on.day)
    return tr(N_("{weekday} {day}"), weekday=tr(_WEEKDAYS[on.weekday()]), day=short)


def clock(moment: datetime, zone: tzinfo | None = None) -> str:
    """The time of a moment on the wall, of this machine's zone if none is given."""
    return moment.astimezone(zone).strftime("%H:%M")


def heading(text: str) -> str:
    """A line above others; brackets are seen where nothing can be printed bold."""
    return tr(N_("[{text}]"), text=text)


def line(text: str, *more: str) -> str:
    """One thing, and what belongs to it behind it."""
    return "· " + join((text, *more), tr(N_(", ")))


def field(label: str, value: str) -> str:
    """What a value is, and the value; "" where there is none."""
    return tr(N_("{label}: {value}"), label=label, value=value) if value else ""


def join(parts: Iterable[str], between: str = "\n") -> str:
    """The parts that say anything."""
    return between.join(one for one in parts if one)


def place(street: str, city: str, province: str, country: str = "") -> str:
    """An address in a line: in China from the large to the small, elsewhere the other way round."""
    parts = [one for one in (country, province, city, street) if one]
    if any("一" <= one <= "鿿" for one in "".join(parts)):
        return "".join(dict.fromkeys(parts))
    return ", ".join(dict.fromkeys(reversed(parts)))
