"""What has to be known of a forecast to read it rightly, in sentences."""

from __future__ import annotations

from typing import NamedTuple

from models.forecast.forecast import Forecast
from models.forecast.states import ENOUGH
from models.money import SCALE, from_scaled, rounded, show_whole
from models.texts import N_, ntr, tr

_CLEAR = 2  # standard deviations from which stated odds are called wrong
_OLD = 7  # days after which the age of the news is worth a sentence


class Note(NamedTuple):
    """A sentence and what it is about: ``behind`` finds the deals of some kinds."""

    kind: str
    text: str


def noted(found: Forecast, currency: str) -> list[Note]:
    """The sentences with their kinds, the weightiest first; none where there is nothing to say."""
    made = [
        Note("reconstructed", _reconstructed(found)),
        Note("age", _age(found)),
        Note("undated", _undated(found, currency)),
        Note("assumed", _assumed(found)),
        Note("omitted", _omitted(found)),
        Note("odds", _odds(found)),
        Note("unstated", _unstated(found)),
    ]
    return [one for one in made if one.text]


def notes(found: Forecast, currency: str) -> list[str]:
    """The sentences alone."""
    return [one.text for one in noted(found, currency)]


def _percent(part: int, whole: int) -> str:
    return f"{rounded(from_scaled(part * 100 * SCALE // whole), 0)}%"


def _reconstructed(found: Forecast) -> str:
    n, deals = found.states.reconstructed, len(found.states.deals)
    if not n:
        return ""
    return tr(
        N_(
            "{n} of {deals} deals ({share}) entered the book after {day}: what they were then is reconstructed from their dates."
        ),
        n=f"{n:,}",
        deals=f"{deals:,}",
        share=_percent(n, deals),
        day=found.on.isoformat(),
    )


def _age(found: Forecast) -> str:
    age = found.total.data_age
    if age is None or age < _OLD:
        return ""
    return tr(N_("The last news of the deals is {n} days old."), n=age)


def _undated(found: Forecast, currency: str) -> str:
    tally = found.total.tally
    if not tally.undated:
        return ""
    return ntr(
        "One open deal of {amount} names no expected close and counts nowhere.",
        "{n} open deals of {amount} together name no expected close and count nowhere.",
        tally.undated,
        amount=show_whole(from_scaled(tally.undated_amount), currency),
    )


def _assumed(found: Forecast) -> str:
    n, base = found.total.tally.assumed, found.states.base
    if not n:
        return ""
    if base is None:
        return ntr(
            "One expected deal states no odds, nor does its stage: it counts with 0%.",
            "{n} expected deals state no odds, nor do their stages: they count with 0%.",
            n,
        )
    return ntr(
        "One expected deal states no odds, nor does its stage: it counts with {odds}, the share won of {closed} closed deals.",
        "{n} expected deals state no odds, nor do their stages: they count with {odds}, the share won of {closed} closed deals.",
        n,
        odds=_percent(base, SCALE),
        closed=f"{found.states.closed:,}",
    )


def _omitted(found: Forecast) -> str:
    n = found.total.tally.omitted
    if not n:
        return ""
    return ntr(
        "One open deal is left out, as its forecast category says.",
        "{n} open deals are left out, as their forecast category says.",
        n,
    )


def _odds(found: Forecast) -> str:
    doubt = found.doubt
    if not found.total.tally.amounts:
        return ""
    if doubt.n < ENOUGH:
        return tr(
            N_("Too few closed deals tell how well stated odds come true; the range allows for it.")
        )
    text = N_("Of {n} closed deals {expected} were to be won by their stated odds and {won} were.")
    if doubt.shift > _CLEAR * doubt.sd:
        text = N_(
            "Stated odds turned out too low: of {n} closed deals {expected} were to be won by them and {won} were. The range reckons with that."
        )
    elif doubt.shift < -_CLEAR * doubt.sd:
        text = N_(
            "Stated odds turned out too high: of {n} closed deals {expected} were to be won by them and {won} were. The range reckons with that."
        )
    return tr(text, n=f"{doubt.n:,}", expected=f"{doubt.expected:,.0f}", won=f"{doubt.won:,}")


def _unstated(found: Forecast) -> str:
    if found.total.stated is not None:
        return ""
    return tr(
        N_(
            "Nobody has stated a commitment for {period}; the deals of the forecast category “{commit}” stand for it."
        ),
        period=found.period.text(),
        commit=tr(N_("Commit")),
    )
