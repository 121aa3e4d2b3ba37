"""Which deals stand behind a number of the forecast, so that whoever doubts it can open them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from models.forecast import history
from models.forecast.bridge import Bridge
from models.forecast.forecast import Forecast
from models.forecast.states import Deal
from models.forecast.window import COMMIT, OMITTED, Window

Kind = Literal[
    "won", "commitment", "pipeline", "history", "undated", "assumed", "omitted", "reconstructed"
]
ALL: Literal["all"] = "all"
Owner = int | None | Literal["all"]  # None owns the deals of nobody


def deals(found: Forecast, kind: Kind, owner: Owner = ALL) -> list[int]:
    """The rows of the deals that a reading, or a note, stands on; of one owner or of all."""
    counts = _test(found, kind, owner)
    return [
        one.id
        for one in found.states.deals.values()
        if (owner == ALL or one.owner == owner) and counts(one)
    ]


def _test(found: Forecast, kind: Kind, owner: Owner) -> Callable[[Deal], bool]:
    window = Window.of(found.period, found.on)
    if kind == "history":
        return _read_back(found, owner)

    def won(one: Deal) -> bool:
        return one.status == "won" and window.closed_in(one)

    def waits(one: Deal) -> bool:
        return one.status == "open" and not window.over

    tests: dict[str, Callable[[Deal], bool]] = {
        "won": won,
        "commitment": lambda one: won(one) or (one.category == COMMIT and window.expects(one)),
        "pipeline": lambda one: won(one) or window.expects(one),
        "undated": lambda one: (
            waits(one) and one.category != OMITTED and one.expected_close is None
        ),
        "assumed": lambda one: one.assumed and window.expects(one),
        "omitted": lambda one: waits(one) and one.category == OMITTED,
        "reconstructed": lambda one: one.reconstructed,
    }
    return tests[kind]


def _read_back(found: Forecast, owner: Owner) -> Callable[[Deal], bool]:
    """Won deals of the months that history reads."""
    first = history.first_day(found.states, person=owner != ALL)
    since, until = (first or found.on).isoformat(), found.on.isoformat()
    return lambda one: (
        first is not None
        and one.status == "won"
        and one.closed_on is not None
        and since <= one.closed_on <= until
    )


def at_end(found: Forecast, made: Bridge) -> list[int]:
    """The deals that make up where a bridge ends; what people stated is made up by none."""
    value = _value(found, made)
    return [one.id for one in found.states.deals.values() if value(one)]


def at_start(found: Forecast, made: Bridge) -> list[int]:
    """The deals that made up where a bridge starts: what they count now, less what moved them."""
    value = _value(found, made)
    counted = {one.id: value(one) for one in found.states.deals.values()}
    for item in made.items:
        if item.kind != "stated":
            for part in item.parts:
                counted[part.id] = counted.get(part.id, 0) - part.delta
    return [id for id, amount in counted.items() if amount]


def _value(found: Forecast, made: Bridge) -> Callable[[Deal], int]:
    window = Window.of(found.period, found.on)
    if made is found.pipeline_bridge:
        return window.weighted
    said = {one.person for one in found.people if one.stated is not None}
    said |= {part.id for item in made.items if item.kind == "stated" for part in item.parts}
    return lambda one: 0 if one.owner in said else window.committed(one)
