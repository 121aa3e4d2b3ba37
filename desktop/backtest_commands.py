"""The verb that tests a changed rule of evaluations on what was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import Day, as_json, book_argument, open_book
from desktop.printing import out, table
from desktop.verbs import Whole, argument, option, verb
from models.money import plain
from models.texts import N_, ntr, tr

if TYPE_CHECKING:
    from decimal import Decimal

    from models.evaluations.backtest import Backtest, CycleTest, Moved


@verb(
    "backtest",
    N_(
        "Apply changes of a scorecard to the last four cycles: who would have moved, and why. Without a change the results are replayed."
    ),
)
@book_argument
@argument("scorecard", N_("SCORECARD"), N_("The scorecard, by its name or id."))
@argument(
    "changes",
    N_("ITEM.FIELD=VALUE"),
    N_("ITEM.FIELD=VALUE or GRADE.from_points=VALUE, such as win_rate.weight=40%."),
    nargs=-1,
)
@option(
    "--cycles",
    metavar=N_("NUMBER"),
    type=Whole(min=1),
    default=4,
    show_default=True,
    help=N_("How many cycles."),
)
@option(
    "--adopt",
    metavar=N_("DATE"),
    type=Day(),
    help=N_("Make the changes a new version of the scorecard, in force from this day on."),
)
@as_json
def backtest(
    book: str,
    scorecard: str,
    changes: tuple[str, ...],
    cycles: int,
    adopt: date | None,
    as_json: bool,
) -> None:
    from models.evaluations import backtest as testing
    from models.evaluations import rule_changes

    with open_book(book) as opened:
        row = testing.resolve(opened, scorecard)
        meant = rule_changes.read(testing.card_of(opened, row), changes)
        found = testing.backtest(opened, row, meant, last=cycles)
        adopted = ""
        if adopt is not None:
            made = testing.adopt(opened, row, meant, adopt)
            adopted = opened.public_id("scorecard_template", made)
    if as_json:
        out(_json(found, adopted))
    else:
        _print(found, adopted)


def _json(found: Backtest, adopted: str) -> dict[str, Any]:
    return {
        "scorecard": found.card.id,
        "name": found.card.name,
        "version": found.card.version,
        "changes": [
            {"of": one.entity, "name": one.name, "field": one.field, "value": _value(one.value)}
            for one in found.changes
        ],
        "replays": all(one.replays for one in found.cycles),
        "moved": found.moved,
        "cycles": [_cycle(one) for one in found.cycles],
        "notes": list(found.notes),
        "adopted": adopted or None,
    }


def _value(value: Any) -> Any:
    from decimal import Decimal

    return plain(value) if isinstance(value, Decimal) else value


def _points(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _cycle(one: CycleTest) -> dict[str, Any]:
    return {
        "cycle": one.cycle,
        "name": one.name,
        "period": one.period,
        "replays": one.replays,
        "people": [_person(person) for person in one.people],
    }


def _person(one: Moved) -> dict[str, Any]:
    sides = ((one.before, one.place_before), (one.after, one.place_after))
    before, after = (
        {
            "total": _points(side.total),
            "grade": side.grade,
            "place": place,
            "items": [
                {
                    "item": item.item,
                    "name": item.name,
                    "score": _points(item.score),
                    "counted_weight": plain(item.counted_weight),
                }
                for item in side.items
            ],
        }
        for side, place in sides
    )
    return {
        "person": one.before.person,
        "name": one.before.name,
        "evaluation": one.before.evaluation,
        "signed": one.signed,
        "replays": one.replays,
        "moves": one.moves,
        "difference": _points(one.difference),
        "before": before,
        "after": after,
        "why": list(one.why),
    }


def _print(found: Backtest, adopted: str) -> None:
    for one in found.changes:
        click.echo(one.text())
    for cycle in found.cycles:
        click.echo()
        click.echo(f"{cycle.name} · {cycle.period}")
        _print_cycle(cycle)
    click.echo()
    for note in found.notes:
        click.echo(note)
    if not found.changes and all(one.replays for one in found.cycles):
        click.echo(tr(N_("Every result comes back as it was, to the cent.")))
    elif found.changes:
        click.echo(ntr("{n} result would be another.", "{n} results would be others.", found.moved))
    if adopted:
        click.echo(tr(N_("Adopted as {id}."), id=adopted))


def _print_cycle(cycle: CycleTest) -> None:
    heads = (N_("Salesperson"), N_("Points before"), N_("Points after"), N_("Grade"), N_("Why"))
    rows = [
        [
            one.before.name,
            _points(one.before.total) or "–",
            _points(one.after.total) or "–",
            one.after.grade
            if one.before.grade == one.after.grade
            else f"{one.before.grade or '–'} → {one.after.grade or '–'}",
            tr(N_("; ")).join(one.why),
        ]
        for one in cycle.people
    ]
    table(rows, head=[tr(one) for one in heads], right={1, 2})


COMMANDS = (backtest,)
