"""The verb that scores a cycle of evaluations: who has how many points, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from desktop.arguments import as_json, book_argument, on_option, open_book
from desktop.printing import out, table
from desktop.verbs import argument, option, verb
from models.money import plain
from models.texts import N_, tr

if TYPE_CHECKING:
    from decimal import Decimal

    from models.evaluations.bands import Bands
    from models.evaluations.result import ItemScore, Scored


@verb(
    "evaluate",
    N_(
        "Score the people of an evaluation cycle from the records: points, grade, and a sentence for every item."
    ),
)
@book_argument
@argument("cycle", N_("CYCLE"), N_("The evaluation cycle, by its name or id."))
@option("--person", metavar=N_("PERSON"), help=N_("Of this salesperson only, by name or id."))
@on_option
@as_json
def evaluate(book: str, cycle: str, person: str | None, on: date | None, as_json: bool) -> None:
    from models import links
    from models.evaluations import cases
    from models.evaluations.bands import of_cycle
    from models.evaluations.sealing import as_signed

    with open_book(book) as opened:
        row = cases.resolve_cycle(opened, cycle)
        found, bands = of_cycle(opened, row, on)  # a group is among all, whoever is asked for
        if person:
            db, schema = opened.connection(), opened.schema
            wanted = links.resolve(db, schema, opened.public, "salesperson", person)
            number = opened.public_id("salesperson", wanted)
            found = tuple(one for one in found if one.person == number)
        found = as_signed(opened, found)
        meant = cases.cycle(opened.connection(), opened, row)
    if as_json:
        out(
            {
                "cycle": meant.id,
                "name": meant.name,
                "period": meant.period,
                "people": [one.as_dict() for one in found],
                "bands": [one.as_dict() for one in bands.groups],
            }
        )
    elif not found:
        click.echo(tr(N_("Nobody is evaluated here.")))
    elif person:
        for one in found:
            _print_one(one, bands)
    else:
        _print_all(found)
        click.echo(bands.sentence)


def _points(value: Decimal | None) -> str:
    return "–" if value is None else plain(value, 2)


def _print_all(found: tuple[Scored, ...]) -> None:
    """Everybody in a table, the best first; then what was special about some."""
    heads = (
        N_("Salesperson"), N_("Total points"), N_("Grade"), N_("Group"), N_("Score by data"),
        N_("Scored items"), N_("Scorecard"),
    )  # fmt: skip
    rows = [
        [
            one.name,
            _points(one.total),
            one.grade,
            one.band,
            _points(one.data_score),
            f"{sum(item.score is not None for item in one.items)}/{len(one.items)}",
            one.scorecard_name,
        ]
        for one in found
    ]
    table(rows, head=[tr(one) for one in heads], right={1, 4, 5})
    for one in found:
        for note in one.notes:
            click.echo(tr(N_("{person}: {note}"), person=one.name, note=note))


def _print_one(one: Scored, bands: Bands) -> None:
    """One person with a sentence for every item."""
    click.echo(f"{one.name} · {one.cycle_name} · {one.first} – {one.last}")
    if one.scorecard_name:
        click.echo(
            tr(
                N_("Scorecard {name}, version {version}"),
                name=one.scorecard_name,
                version=one.scorecard_version,
            )
        )
    for note in one.notes:
        click.echo(note)
    click.echo()
    if not one.items:
        return
    heads = (N_("Item"), N_("Weight"), N_("Counts"), N_("Points"), N_("Adds to the total"))
    rows = [_row(item) for item in one.items]
    if one.adjustment:
        rows.append([tr(N_("Adjusted by")), "", "", "", plain(one.adjustment, 2)])
    rows.append([tr(N_("Total points")), "", "", "", _points(one.total)])
    table(rows, head=[tr(head) for head in heads], right={1, 2, 3, 4})
    if one.grade:
        click.echo(tr(N_("Grade: {grade}"), grade=one.grade))
    if (stand := bands.of(one.person)) is not None:
        click.echo(stand.sentence)
    click.echo()
    for item in one.items:
        named = item.sentence.startswith(item.name)  # an item is often called as its measure
        text = tr(N_("{item}: {sentence}"), item=item.name, sentence=item.sentence)
        click.echo(item.sentence if named else text)


def _row(item: ItemScore) -> list[str]:
    from models.evaluations.sentences import percent

    return [
        item.name,
        percent(item.weight),
        percent(item.counted_weight),
        _points(item.score),
        "–" if item.score is None else plain(item.contribution, 2),
    ]


COMMANDS = (evaluate,)
