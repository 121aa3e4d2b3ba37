"""Verbs that set goals: cascade splits one, smart examines one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import as_json, book_argument, on_option, open_book
from desktop.printing import out, table
from desktop.verbs import argument, option, verb
from models.book import Book
from models.money import plain, rounded
from models.refusals import Refused
from models.texts import N_, ntr, tr

if TYPE_CHECKING:
    from models.goals.handing_down import Applied
    from models.goals.parts import Cascade, Part
    from models.goals.prospects import Reach
    from models.goals.smart_draft import Judgement
    from models.periods import Period

_GOAL = argument("goal", N_("GOAL"), N_("The goal, by its id or its title."))
_STATUSES = ("added", "updated", "unchanged", "superseded")


@verb("cascade", N_("Split a goal over people and time, so that the parts come to it exactly."))
@book_argument
@_GOAL
@option(
    "--by",
    "rule",
    type=click.Choice(["working_days", "history", "season"]),
    default="working_days",
    show_default=True,
    help=N_("What parts are weighed by."),
)
@option(
    "--over",
    metavar=N_("AXES"),
    default="people",
    show_default=True,
    help=N_(
        "Over what, the outer first: people, managers, teams, halves, quarters, months, weeks, or several such as people,months."
    ),
)
@option(
    "--from",
    "history",
    metavar=N_("PERIOD"),
    multiple=True,
    help=N_(
        "A past period of the history, such as 2017-Q2; the two before the goal's if not given."
    ),
)
@option(
    "--step",
    metavar=N_("AMOUNT"),
    help=N_("Round parts down to whole steps, such as 100; the rest is told."),
)
@option("--apply", "write", is_flag=True, help=N_("Write the parts as goals, as one change."))
@option(
    "--renegotiate",
    is_flag=True,
    help=N_("With --apply: supersede agreed and active goals that say something else."),
)
@on_option
@as_json
def cascade(
    book: str,
    goal: str,
    rule: str,
    over: str,
    history: tuple[str, ...],
    step: str | None,
    write: bool,
    renegotiate: bool,
    on: date | None,
    as_json: bool,
) -> None:
    from models.goals import cascade as cascading
    from models.goals.handing_down import apply
    from models.goals.parts import Plan

    with open_book(book) as opened:
        row = _goal(opened, goal)
        axes = tuple(one.strip() for one in over.split(",") if one.strip())
        plan = Plan(rule, axes, _periods(opened, history), _step(step))
        made = cascading.cascade(opened, row, plan, on)
        done = None
        if write:
            done = apply(opened, made, renegotiate=renegotiate, origin="command")
        if as_json:
            out(_told(opened, made, done))
        else:
            _print(opened, made, done)


def _goal(book: Book, typed: str) -> int:
    from models import links

    return links.resolve(book.connection(), book.schema, book.public, "goal", typed)


def _periods(book: Book, typed: tuple[str, ...]) -> tuple[Period, ...]:
    from models import relative

    found = [relative.parse(one, book.calendar) for word in typed for one in word.split(",")]
    return tuple(one for one in found if one is not None)


def _step(typed: str | None) -> Decimal | None:
    """What parts are rounded to.

    Raises:
        Refused: ``bad_step``.
    """
    if typed is None:
        return None
    try:
        step = Decimal(typed.replace(",", ""))
    except InvalidOperation:
        step = Decimal(0)
    if not step.is_finite() or step <= 0 or step != rounded(step, 6):
        raise Refused(
            "bad_step", N_("“{text}” is not a step; write an amount such as 100."), text=typed
        )
    return step


def _told(book: Book, made: Cascade, done: Applied | None) -> dict[str, Any]:
    lost = made.mismatch
    return {
        "goal": book.public_id("goal", made.goal.id),
        "measure": made.goal.definition.code,
        "period": made.goal.period.label,
        "by": made.plan.rule,
        "over": list(made.plan.over),
        "whole": plain(made.whole),
        **_flat(book, made),
        "sum": plain(made.sum) if made.adds_up else None,
        "mismatch": None
        if lost is None
        else {"sum": plain(lost.sum), "difference": plain(lost.difference), "text": lost.text},
        "left_out": [
            {
                "person": one.label,
                "id": book.public_id("salesperson", one.person),
                "reason": one.reason,
            }
            for one in made.left_out
        ],
        "notes": list(made.notes),
        "change": done.change if done else None,
        "applied": None if done is None else _applied(book, done),
    }


def _flat(book: Book, made: Cascade) -> dict[str, Any]:
    """``parts`` are those that are not split further; ``groups`` the goals between them and the whole."""
    found: dict[str, list[dict[str, Any]]] = {"parts": [], "groups": []}

    def add(parts: tuple[Part, ...], above: Fraction, within: list[str]) -> None:
        for one in parts:
            share = above * one.share if made.adds_up else Fraction(1)
            told = _part(book, one, share)
            found["groups" if one.parts else "parts"].append({**told, "within": within})
            add(one.parts, share, [*within, one.label or one.period.label])

    add(made.parts, Fraction(1), [])
    return dict(found)


def _part(book: Book, part: Part, share: Fraction) -> dict[str, Any]:
    """One part; its share is of the whole goal."""
    person, team = part.person, part.team
    return {
        "level": part.level,
        "person": None if person is None else part.label,
        "person_id": None if person is None else book.public_id("salesperson", person),
        "team": None if team is None else part.label,
        "period": part.period.label,
        "share": plain(rounded(Decimal(share.numerator) / share.denominator, 6)),
        **{name: plain(value) for name, value in part.amounts.items()},
        "days": plain(part.days),
        "basis": part.basis,
    }


def _applied(book: Book, done: Applied) -> dict[str, Any]:
    listed = {
        name: [book.public_id("goal", one) for one in getattr(done, name)]
        for name in (*_STATUSES, "beside")
    }
    kept = [
        {
            "goal": book.public_id("goal", one.goal),
            "status": one.status,
            "target": None if one.target is None else plain(one.target),
            "proposed": plain(one.proposed),
        }
        for one in done.kept
    ]
    return {**listed, "kept": kept}


def _print(book: Book, made: Cascade, done: Applied | None) -> None:
    """The same for a person: the parts, the sum, what doesn't fit, what was written."""
    show = made.goal.definition.show
    rows: list[list[str]] = []

    def add(parts: tuple[Part, ...], depth: int) -> None:
        for one in parts:
            percent = f"{float(one.share) * 100:.2f}%" if made.adds_up else ""
            name = "  " * depth + one.label
            rows.append(
                [name, one.period.text(), show(one.target, book.currency), percent, one.basis]
            )
            add(one.parts, depth + 1)

    add(made.parts, 0)
    if made.adds_up:
        rows.append([tr(N_("Total")), "", show(made.sum, book.currency), "", ""])
    heads = (N_("Whose"), N_("Period"), N_("Target"), N_("Share"), N_("By"))
    table(rows, head=[tr(one) for one in heads], right={2, 3})
    for lost in made.mismatches:
        click.echo(lost.text)
    for gone in made.left_out:
        click.echo(tr(N_("No part for {person}: {reason}."), person=gone.label, reason=gone.reason))
    for note in made.notes:
        click.echo(note)
    if done is not None:
        _print_applied(made, done)


def _print_applied(made: Cascade, done: Applied) -> None:
    said = [_counted(name, n) for name in _STATUSES if (n := len(getattr(done, name)))]
    click.echo(tr(N_(", ")).join(said))
    show = made.goal.definition.show
    for one in done.kept:
        click.echo(
            tr(
                N_(
                    "{person} keeps {target}, which is agreed; the split says {proposed}. --renegotiate exchanges it."
                ),
                person=one.label,
                target=show(one.target, made.currency),
                proposed=show(one.proposed, made.currency),
            )
        )


def _counted(status: str, n: int) -> str:
    match status:
        case "added":
            return ntr("{n} goal added", "{n} goals added", n)
        case "updated":
            return ntr("{n} goal set again", "{n} goals set again", n)
        case "superseded":
            return ntr("{n} goal superseded", "{n} goals superseded", n)
    return ntr("{n} goal unchanged", "{n} goals unchanged", n)


_NAMES = {
    "S": N_("Specific"),
    "M": N_("Measurable"),
    "A": N_("Achievable"),
    "R": N_("Relevant"),
    "T": N_("Time-bound"),
}
_STATES = {"ok": N_("fine"), "hint": N_("hint"), "open": N_("missing")}


@verb("smart", N_("Examine a goal: specific, measurable, achievable, relevant, time-bound."))
@book_argument
@_GOAL
@on_option
@as_json
def smart(book: str, goal: str, on: date | None, as_json: bool) -> None:
    from models.goals.smart import examine

    with open_book(book) as opened:
        row = _goal(opened, goal)
        found, reach = examine(opened, row, on)
        if as_json:
            out(_examined(opened, row, found, reach))
            return
    rows = [[tr(_NAMES[one.letter]), tr(_STATES[one.state]), one.reason] for one in found.findings]
    table(rows)
    for one in found.findings:
        if one.suggestion:
            click.echo(f"{tr(_NAMES[one.letter])} → {one.suggestion}")
    if found.asks_reason:
        click.echo(tr(N_("Something is missing; keep the goal as it is only with a reason.")))


def _examined(book: Book, row: int, found: Judgement, reach: Reach | None) -> dict[str, Any]:
    told = book.record("goal", row)
    basis = reach.basis if reach and not reach.why_not else None
    return {
        "goal": book.public_id("goal", row),
        "title": told["title"],
        "measure": told["measure"],
        "period": told["period"],
        "findings": [
            {
                "letter": one.letter,
                "name": tr(_NAMES[one.letter]),
                "state": one.state,
                "reason": one.reason,
                "suggestion": one.suggestion or None,
            }
            for one in found.findings
        ],
        "open": list(found.open),
        "asks_reason": found.asks_reason,
        "override_reason": found.override_reason or None,
        "chance": None if not reach else {name: asdict(one) for name, one in reach.chances.items()},
        "levels": None
        if not reach
        else {name: plain(one) for name, one in reach.levels.items() if one is not None},
        "basis": None
        if basis is None or reach is None
        else {**asdict(basis), "months": reach.months},
        "days_ahead": plain(reach.days) if basis and reach else None,
        "open_deals": reach.deals if basis and reach else None,
        "reached_before": reach.reached_before if basis and reach else None,
        "past_periods": reach.periods if basis and reach else None,
    }


COMMANDS = (cascade, smart)
