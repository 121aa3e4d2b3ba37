"""The bridge of a forecast as a chart, and which records stand behind each of its bars."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from models.money import from_scaled, show_whole
from models.sheets.numbers import Table
from models.sheets.writing import Cell, Column
from models.texts import N_, tr
from ui.charts.data import Bar, ChartData, is_cut

if TYPE_CHECKING:
    from models.forecast.bridge import Bridge
    from models.forecast.forecast import Forecast

PIPELINE, COMMITMENT = "pipeline", "commitment"
_TITLES = {
    PIPELINE: N_("What moved the weighted pipeline since {day}?"),
    COMMITMENT: N_("What moved the commitment since {day}?"),
}
_MEASURES = {PIPELINE: N_("Weighted pipeline"), COMMITMENT: N_("Commitment")}
_WORDS = {
    PIPELINE: N_(
        "Won amount of the period, and amount × probability of the open deals expected in it. Each cause gets what it changed at its turn; first sum and steps make the last sum exactly."
    ),
    COMMITMENT: N_(
        "What people stated for the period; of those who stated nothing what they won, and their committed deals in full. First sum and steps make the last sum exactly."
    ),
}


def of(found: Forecast, kind: str) -> Bridge:
    """The bridge of a reading."""
    return found.pipeline_bridge if kind == PIPELINE else found.commitment_bridge


def chart(found: Forecast, kind: str, currency: str) -> ChartData:
    """Everything that the chart shows and that its sheet lists; heavy with many deals."""
    from models.forecast import behind

    made = of(found, kind)
    first, last = behind.at_start(found, made), behind.at_end(found, made)
    since, on = found.since.isoformat(), found.on.isoformat()
    bars = (
        Bar(since, from_scaled(made.start), len(first), "start"),
        *(
            Bar(item.text(), from_scaled(item.amount), len(item.parts), place)
            for place, item in enumerate(made.items)
        ),
        Bar(on, from_scaled(made.end), len(last), "end"),
    )
    title = tr(_TITLES[kind], day=since)
    data = ChartData(
        title, "bridge", "money", currency, bars, table=_table(found, kind, currency, title)
    )
    return ChartData(**(vars(data) | {"note": _note(data)}))


def _note(data: ChartData) -> str:
    """What one has to know to read the chart rightly."""
    first, last = data.bars[0].value, data.bars[-1].value
    if len(data.bars) == 2:
        return tr(N_("Nothing moved between these days."))
    moved = last - first
    text = N_("{start} and the steps make {end}: {moved} in all.")
    if is_cut(data):
        text = N_(
            "{start} and the steps make {end}: {moved} in all. The axis does not begin at 0, so that the steps can be seen."
        )
    return tr(
        text,
        start=show_whole(first, data.currency),
        end=show_whole(last, data.currency),
        moved=("+" if moved > 0 else "") + show_whole(moved, data.currency),
    )


def _table(found: Forecast, kind: str, currency: str, title: str) -> Table:
    """One row for each deal that a cause moved, between the two sums: what changed adds up."""
    made = of(found, kind)
    columns = (
        Column(tr(N_("Cause")), "text"),
        Column(tr(N_("Deal or person")), "text"),
        Column(tr(N_("Owner")), "text"),
        Column(tr(N_("Counted before")), "money"),
        Column(tr(N_("Counted after")), "money"),
        Column(tr(N_("Moved by")), "money"),
    )
    rows: list[tuple[Cell, ...]] = [
        (found.since.isoformat(), None, None, None, from_scaled(made.start), None)
    ]
    moved: set[tuple[bool, int]] = set()
    for item in made.items:
        cause = item.text()
        for part in item.parts:
            named = found.name(item, part)
            moved.add((item.kind == "stated", part.id))
            amounts: tuple[Decimal, ...] = tuple(
                from_scaled(one) for one in (part.before, part.after, part.delta)
            )
            rows.append((cause, named.label, named.owner or None, *amounts))
    rows.append((found.on.isoformat(), None, None, None, from_scaled(made.end), None))
    return Table(
        title,
        tr(_MEASURES[kind]),
        tr(_WORDS[kind]),
        found.period.text(),
        currency,
        len(moved),
        columns,
        tuple(rows),
    )


def records(found: Forecast, kind: str, key: object) -> tuple[str, list[int]]:
    """The entity and the rows behind a bar."""
    from models.forecast import behind

    made = of(found, kind)
    if key == "start":
        return "opportunity", behind.at_start(found, made)
    if key == "end":
        return "opportunity", behind.at_end(found, made)
    assert isinstance(key, int)
    item = made.items[key]
    entity = "salesperson" if item.kind == "stated" else "opportunity"
    return entity, [one.id for one in item.parts]
