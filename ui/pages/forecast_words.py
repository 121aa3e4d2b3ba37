"""The words and bars of the forecast's cards and notes, made of what the models found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.money import SCALE, from_scaled, rounded, show_whole
from models.texts import N_, ntr, tr
from ui.charts.data import ChartData
from ui.pages import forecast_bridge
from ui.pages.forecast_cards import Levels, Said

if TYPE_CHECKING:
    from models.book import Book
    from models.forecast.forecast import Forecast
    from models.forecast.notes import Note
    from models.forecast.readings import Reading
    from models.forecast.target import Target
    from models.periods import Period
    from models.progress import Progress

READINGS = ("commitment", "pipeline", "history")
_TITLES = {
    "commitment": N_("Commitment"),
    "pipeline": N_("Weighted pipeline"),
    "history": N_("History with season"),
}
_METHODS = {
    "commitment": N_(
        "Of who stated a commitment for just this period: that amount, or what is won if that is more. Of all others: what is won and the committed deals in full. Low counts open deals only as far as their odds cover them, high adds the other expected deals, weighted."
    ),
    "pipeline": N_(
        "What is won, and amount × probability of every open deal expected in the period. The range holds the outcome in 80 of 100 cases, learnt from how stated odds came true."
    ),
    "season": N_(
        "What is won so far, and what the working days that are left usually bring by growth and season of the past. The range holds the outcome in 80 of 100 cases. Open deals do not enter."
    ),
    "level": N_(
        "What is won so far, and what the working days that are left usually bring; the past is too short to tell seasons. The range holds the outcome in 80 of 100 cases. Open deals do not enter."
    ),
}
_BEHIND = ("undated", "assumed", "omitted", "reconstructed")


@dataclass(frozen=True)
class Shown:
    """All that the screen shows of a forecast, made by a job."""

    found: Forecast
    notes: tuple[Note, ...]
    target: Target | None
    charts: dict[str, ChartData]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be forecast: no deal, and nobody said anything."""
        return not self.found.states.deals and self.found.total.stated is None


def make(book: Book, period: Period, on: date, since: date, progress: Progress) -> Shown:
    """Compute everything; for a worker. What is asked is read once, so that nothing can be mixed."""
    from models.forecast.forecast import forecast
    from models.forecast.notes import noted
    from models.forecast.target import target

    found = forecast(book, on=on, since=since, period=period, progress=progress)
    progress.step(0.9)
    charts = {
        kind: forecast_bridge.chart(found, kind, book.currency)
        for kind in (forecast_bridge.PIPELINE, forecast_bridge.COMMITMENT)
    }
    return Shown(found, tuple(noted(found, book.currency)), target(book, period), charts)


def card(kind: str, shown: Shown, currency: str) -> tuple[Said, Levels | None]:
    """A reading in words and as a bar."""
    total = shown.found.total
    made: Reading | None = {
        "commitment": total.commitment,
        "pipeline": total.pipeline,
        "history": total.history,
    }[kind]
    if made is None:
        text = tr(N_("No deal was closed yet: there is no past to reckon by."))
        return Said(tr(_TITLES[kind]), "–", text, "", "", ""), None
    said = Said(
        tr(_TITLES[kind]),
        _money(made.mid, currency),
        _range(kind, made, currency),
        _against(made.mid, shown.target, currency),
        ntr("Show {n} deal", "Show {n} deals", made.n) if made.n else "",
        _method(kind, made, currency),
    )
    return said, _levels(made, shown)


def _money(stored: int, currency: str) -> str:
    return show_whole(from_scaled(stored), currency)


def _range(kind: str, made: Reading, currency: str) -> str:
    if made.low == made.high:
        return tr(N_("Nothing else is expected."))
    text = N_("{low} to {high} in 80 of 100 cases")
    if kind == "commitment":
        text = N_("{low} (by odds) to {high} (all expected)")
    return tr(text, low=_money(made.low, currency), high=_money(made.high, currency))


def _against(mid: int, target: Target | None, currency: str) -> str:
    """How the middle stands to the target, or to whichever level there is."""
    if target is None:
        return ""
    levels = (
        (target.target, N_("{share} of the target of {amount}")),
        (target.floor, N_("{share} of the floor of {amount}")),
        (target.stretch, N_("{share} of the stretch of {amount}")),
    )
    for level, text in levels:
        if level:
            share = f"{rounded(from_scaled(mid * 100 * SCALE // level), 0)}%"
            return tr(text, share=share, amount=_money(level, currency))
    return ""


def _method(kind: str, made: Reading, currency: str) -> str:
    told = tr(_METHODS.get(made.method if kind == "history" else kind, _METHODS["level"]))
    if made.calibrated is not None and made.calibrated != made.mid:
        told += "\n" + tr(
            N_("With odds as they came true the middle is {amount}."),
            amount=_money(made.calibrated, currency),
        )
    return told


def _levels(made: Reading, shown: Shown) -> Levels:
    total, target = shown.found.total, shown.target
    marks: list[int] = []
    if target is not None:
        every = (target.floor, target.target, target.stretch)
        marks = [one for one in every if one is not None]
    readings = (total.commitment, total.pipeline, total.history)
    highs = [one.high for one in readings if one is not None]
    most = max([total.tally.won, *highs, *marks])
    return Levels(
        total.tally.won,
        made.low,
        made.mid,
        made.high,
        tuple(marks),
        target.target if target is not None else None,
        round(most * 1.04),
    )


def headline(shown: Shown, currency: str) -> str:
    """What is won so far, of what target, and how old the news is."""
    total = shown.found.total
    parts = [
        ntr(
            "Won so far: {amount} by {n} deal",
            "Won so far: {amount} by {n} deals",
            total.tally.won_deals,
            amount=_money(total.tally.won, currency),
        ),
        _target(shown.target, currency),
        _age(total.data_age),
    ]
    return "  ·  ".join(one for one in parts if one)


def _target(target: Target | None, currency: str) -> str:
    if target is None:
        return ""
    names = (
        (N_("floor {amount}"), target.floor),
        (N_("target {amount}"), target.target),
        (N_("stretch {amount}"), target.stretch),
    )
    told = [tr(text, amount=_money(level, currency)) for text, level in names if level is not None]
    if not target.agreed:
        told.append(tr(N_("not agreed yet")))
    return tr(N_(", ")).join(told)


def _age(days: int | None) -> str:
    if days is None:
        return ""
    if not days:
        return tr(N_("last news of this day"))
    return ntr("last news {n} day old", "last news {n} days old", days)


def notes(shown: Shown) -> Sequence[tuple[str, str, str]]:
    """The notes with their kinds and buttons; a missing target is one of them."""
    made = []
    for kind, text in shown.notes:
        button = tr(N_("Show the deals")) if kind in _BEHIND else ""
        made.append((kind, text, button))
    if shown.target is None:
        text = tr(
            N_("There is no company goal of the won amount for {period} to hold this against."),
            period=shown.found.period.text(),
        )
        made.append(("target", text, tr(N_("Set a goal…"))))
    else:
        made.append(("goal", tr(N_("The target is the company's goal.")), tr(N_("Show the goal"))))
    return made
