"""Public holidays and the weekend days that are worked for them, one country and year at a time.

They come from the package ``holidays``. Only the module of one country is loaded; the whole library
takes half a second.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any


@dataclass(frozen=True)
class Country:
    """Where the package keeps a country, in which languages it names its days, and what it can't know.

    ``by_notice``: which days are exchanged is said once a year by a notice; beyond the last one that
    the package has, only what the law says is known. ``estimated``: some days follow the moon as it
    is seen; the package says of which years they are estimates.
    """

    module: str
    languages: Mapping[str, str]
    by_notice: bool = False
    estimated: bool = False
    part: str = ""


COUNTRIES = {
    "CN": Country("china", {"zh_CN": "zh_CN", "en": "en_US"}, by_notice=True),
    "HK": Country("hongkong", {"zh_CN": "zh_CN", "en": "en_HK"}),
    "TW": Country("taiwan", {"zh_CN": "zh_CN", "en": "en_US"}),
    "SG": Country("singapore", {"zh_CN": "en_SG", "en": "en_SG"}, estimated=True),
    "US": Country("united_states", {"zh_CN": "en_US", "en": "en_US"}),
    "GB": Country("united_kingdom", {"zh_CN": "en_GB", "en": "en_GB"}, part="ENG"),
}
_PACKAGE = "holidays.countries"
_YEARS_AHEAD = 10  # that are looked through for the first estimate


@dataclass(frozen=True)
class PublicYear:
    """The days of one year that are not worked, by name, and the weekend days that are.

    ``exchanged`` tells for which weekend day a day off is given, ``worked`` for which day off a
    weekend day is worked, where the package knows.
    """

    off: Mapping[date, str]
    worked: Mapping[date, date | None]
    exchanged: Mapping[date, date]


def _maker(country: str) -> Any:
    if _PACKAGE not in sys.modules:
        # The package's own first lines would load every country of the world: it stands there without them.
        spec = importlib.util.find_spec(_PACKAGE)
        assert spec is not None
        sys.modules.setdefault(_PACKAGE, importlib.util.module_from_spec(spec))
    module = importlib.import_module(f"{_PACKAGE}.{COUNTRIES[country].module}")
    return getattr(module, country)


def _found(country: str, year: int, language: str, *, law_only: bool = False) -> Any:
    about = COUNTRIES[country]
    more: dict[str, Any] = {"observed": False} if law_only else {}
    if about.part:
        more["subdiv"] = about.part
    return _maker(country)(years=year, language=about.languages[language], **more)


@lru_cache(maxsize=512)
def public_year(
    country: str, year: int, language: str = "en", *, law_only: bool = False
) -> PublicYear:
    """The public holidays of a year, named in a language of the program.

    ``law_only`` leaves out the days that the package thinks are given instead of those on weekends.
    """
    found = _found(country, year, language, law_only=law_only)
    exchanged = _exchanged(found, year)
    worked = {one: None for one in sorted(found.weekend_workdays) if one.year == year}
    made_up: dict[date, date | None] = {
        weekend: off for off, weekend in exchanged.items() if weekend in worked
    }
    if exchanged:
        statutory = dict(_found(country, year, language, law_only=True))
        for day in exchanged:
            statutory.pop(day, None)
    names = {
        day: _nearest(statutory, day) if day in exchanged else str(name)
        for day, name in sorted(found.items())
        if day.year == year
    }
    return PublicYear(names, worked | made_up, {d: w for d, w in exchanged.items() if d in names})


def _exchanged(found: Any, year: int) -> dict[date, date]:
    """Days off by the weekend days that are worked for them, as the package's tables of notices say."""
    made = {}
    tables = getattr(found, "special_public_holidays", {})
    for at in (year, year + 1):  # a notice may have the end of the year before worked
        for row in _rows(tables.get(at, ())):
            if len(row) >= 4:
                month, day, from_month, from_day, *said = row
                made[date(at, month, day)] = date(said[0] if said else at, from_month, from_day)
    return made


def _rows(written: Any) -> Any:
    """A table's rows; one alone may stand without the tuple around it."""
    return (written,) if written and not isinstance(written[0], tuple) else written


def _nearest(named: Mapping[date, str], day: date) -> str:
    """The name of the holiday that a day off belongs to: of the one that is nearest."""
    return named[min(named, key=lambda one: abs((one - day).days))] if named else ""


@lru_cache(maxsize=16)
def last_known_year(country: str) -> int | None:
    """The last year of which the package knows all days; None where no year is unlike the others."""
    about = COUNTRIES[country]
    tables = getattr(_maker(country)(), "special_public_holidays", {})
    newest = max(tables, default=0)
    if about.by_notice:
        return newest
    if about.estimated:
        for year in range(newest, newest + _YEARS_AHEAD + 1):
            if any("estimated" in one for one in public_year(country, year).off.values()):
                return year - 1
    return None
