"""The verb on goals: how far each is, what is needed, how likely it is reached."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import as_json, book_argument, on_option, open_book
from desktop.printing import out, table
from desktop.verbs import option, verb
from models.money import plain
from models.texts import N_, tr

if TYPE_CHECKING:
    from decimal import Decimal

    from models.goals.evidence import Chance
    from models.goals.pace import Standing
    from models.goals.pace_board import PaceBoard, Untargeted


@verb(
    "goals", N_("How far the goals are on a day, what is needed, and how likely they are reached.")
)
@book_argument
@option(
    "--period",
    metavar=N_("PERIOD"),
    help=N_(
        "Goals that lie in it: 2017, 2017-Q2, 2017-03; if left out, those that run on the day."
    ),
)
@on_option
@as_json
def goals(book: str, period: str | None, on: date | None, as_json: bool) -> None:
    from models import relative
    from models.goals.pace_board import PaceBoard

    day = on or date.today()
    with open_book(book) as opened:
        span = relative.parse(period, opened.calendar, day) if period else None
        board = PaceBoard(opened, day, span)
        board.add_chances()
        if as_json:
            out(_plain(board))
        else:
            _print(board)


def _plain(board: PaceBoard) -> dict[str, Any]:
    return {
        "on": board.on.isoformat(),
        "period": board.period.label if board.period else None,
        "currency": board.book.currency,
        "tree": [_node(board, one) for one in board.roots],
        "without_target": [_beside(board, one) for one in board.untargeted()],
    }


def _node(board: PaceBoard, goal_id: int) -> dict[str, Any]:
    from models.goals.pace_words import reason

    one = board[goal_id]
    goal = one.goal
    return {
        "id": board.book.public_id("goal", goal.id),
        "title": goal.title,
        "level": goal.level,
        "person": board.person_name(goal.person) or None,
        "team": board.team_name(goal.team) or None,
        "measure": goal.measure,
        "period": goal.period or None,
        "state": goal.state,
        "target": _decimal(one.target),
        "floor": _decimal(goal.floor),
        "stretch": _decimal(goal.stretch),
        "actual": _decimal(one.value),
        "attainment": _decimal(one.attainment),
        "expected": _decimal(one.expected),
        "needed_per_day": _decimal(one.needed_per_day),
        "days_left": plain(one.days_left),
        "chance": _chance(one.chance),
        "chances": {name: _chance(found) for name, found in one.chances.items()},
        "status": one.status,
        "reason": reason(one, board.book.currency),
        "records": one.actual.n if one.actual else 0,
        "data_age_days": one.data_age,
        "children": [_node(board, below) for below in board.children.get(goal_id, ())],
    }


def _chance(found: Chance | None) -> dict[str, float] | None:
    if found is None:
        return None
    return {name: round(getattr(found, name), 4) for name in ("low", "mid", "high")}


def _beside(board: PaceBoard, one: Untargeted) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "person": board.person_name(one.person) or None,
        "period": one.month,
        "actual": _decimal(one.actual.value),
        "records": one.actual.n,
    }


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else plain(round(value, 6))


def _print(board: PaceBoard) -> None:
    """The tree as a table, then the reasons, then what was reached without a target."""
    from models.goals.pace_words import reason

    if not board.roots:
        click.echo(tr(N_("There is no goal in this time.")))
        return
    listed = [pair for root in board.roots for pair in _walk(board, root, 0)]
    heads = (
        N_("Goal"), N_("Target"), N_("Actual"), N_("Attainment"), N_("Expected by now"),
        N_("Needed a day"), N_("Days left"), N_("Chance"), N_("Status"),
    )  # fmt: skip
    rows = [_row(board, one, depth) for one, depth in listed]
    table(rows, head=[tr(one) for one in heads], right=set(range(1, 8)))
    click.echo()
    for one, _ in listed:
        text = reason(one, board.book.currency)
        click.echo(tr(N_("{goal}: {reason}"), goal=one.goal.title, reason=text))
    _print_beside(board)


def _walk(board: PaceBoard, goal: int, depth: int) -> list[tuple[Standing, int]]:
    made = [(board[goal], depth)]
    for below in board.children.get(goal, ()):
        made += _walk(board, below, depth + 1)
    return made


def _row(board: PaceBoard, one: Standing, depth: int) -> list[str]:
    from models.goals.pace_words import days_text, percent, shown, status_text

    currency = board.book.currency
    return [
        "  " * depth + one.goal.title,
        shown(one, one.target, currency),
        shown(one, one.value, currency),
        "–" if one.attainment is None else f"{round(one.attainment * 100, 1)}%",
        shown(one, one.expected, currency),
        shown(one, one.needed_per_day, currency),
        days_text(one.days_left),
        "–" if one.chance is None else percent(one.chance.mid),
        status_text(one.status),
    ]


def _print_beside(board: PaceBoard) -> None:
    found = board.untargeted()
    if not found:
        return
    from models.measures import engine

    click.echo()
    click.echo(tr(N_("Reached in months without a target:")))
    rows = []
    for one in found:
        what = engine.definition(one.measure)
        whose = board.person_name(one.person) or tr(N_("(none)"))
        rows.append(
            [whose, one.month, what.text(), what.show(one.actual.value, board.book.currency)]
        )
    table(rows, right={3})


COMMANDS = (goals,)
