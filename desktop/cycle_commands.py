"""The verb that opens a cycle of evaluations and follows it: who is where, whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import as_json, book_argument, open_book
from desktop.printing import out, table
from desktop.verbs import argument, option, verb
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.book import Book
    from models.evaluations.waiting import Waiting


@verb(
    "cycle",
    N_("Open an evaluation cycle, move people on, and say for each whose turn it is and what is missing."),
)  # fmt: skip
@book_argument
@argument("cycle", N_("CYCLE"), N_("The evaluation cycle, by its name or id."))
@option(
    "--open",
    "opens",
    is_flag=True,
    help=N_("Make everybody's evaluation and freeze the scorecards."),
)
@option(
    "--advance", metavar=N_("PERSON"), help=N_("Move this salesperson on to the next stage, by name or id.")
)  # fmt: skip
@option("--advance-all", is_flag=True, help=N_("Move on everybody who is where the cycle is."))
@option(
    "--ask",
    metavar=N_("PERSON"),
    help=N_(
        "Ask about this salesperson exactly the colleagues that --colleague names; who isn't named and has not answered isn't asked any more."
    ),
)
@option(
    "--colleague",
    "colleagues",
    multiple=True,
    metavar=N_("PERSON"),
    help=N_("A colleague for --ask, by name or id; give it once for each."),
)
@as_json
def cycle(
    book: str,
    cycle: str,
    opens: bool,
    advance: str | None,
    advance_all: bool,
    ask: str | None,
    colleagues: tuple[str, ...],
    as_json: bool,
) -> None:
    if opens + bool(advance) + advance_all + bool(ask) > 1:
        raise click.UsageError(
            tr(N_("--open, --advance, --advance-all and --ask exclude each other."))
        )
    if colleagues and not ask:
        raise click.UsageError(tr(N_("--colleague goes with --ask.")))
    from models.evaluations import cases, reading
    from models.evaluations import cycle as acts
    from models.evaluations.waiting import waiting

    with open_book(book) as opened:
        row = cases.resolve_cycle(opened, cycle)
        told: dict[str, Any] = {"change": None, "notes": [], "left": []}
        if opens:
            done = acts.open_cycle(opened, row)
            told |= {"change": done.change, "notes": list(done.notes)}
        elif advance_all:
            moved = acts.advance_all(opened, row)
            left = [(opened.public_id("evaluation", one), why) for one, why in moved.left]
            told |= {
                "change": moved.change,
                "left": [{"evaluation": one, "reason": why} for one, why in left],
            }
        elif advance:
            acts.advance(opened, _of(opened, row, advance))
            told["change"] = opened.last_change
        elif ask:
            told["change"] = _ask(opened, _of(opened, row, ask), colleagues)
        of = reading.cycle(opened.connection(), row)
        people = waiting(opened, row)
        if as_json:
            said = {
                "cycle": opened.public_id("evaluation_cycle", row),
                "name": of.name,
                "period": of.period,
                "status": of.status,
                "people": [_plain(opened, one) for one in people],
            }
            out(said | told)
        else:
            _print(opened, people, told)


def _of(book: Book, cycle: int, person: str) -> int:
    """The evaluation of somebody.

    Raises:
        Refused: nobody is called so, or they aren't evaluated in this cycle (``not_in_cycle``).
    """
    from models import links
    from models.evaluations import reading
    from models.refusals import Refused

    db = book.connection()
    row = links.resolve(db, book.schema, book.public, "salesperson", person)
    for one in reading.evaluations(db, cycle):
        if one.person == row:
            return one.row
    raise Refused("not_in_cycle", N_("{person} has no evaluation in this cycle."), person=person)


def _ask(book: Book, evaluation: int, named: tuple[str, ...]) -> int | None:
    """Ask exactly these colleagues; gives the change.

    Raises:
        Refused: a name is of nobody or of several, or as ``asking.choose``.
    """
    from models import links
    from models.evaluations import asking

    db = book.connection()
    people = [links.resolve(db, book.schema, book.public, "salesperson", one) for one in named]
    return asking.choose(book, evaluation, people)


def _plain(book: Book, one: Waiting) -> dict[str, Any]:
    return {
        "evaluation": book.public_id("evaluation", one.evaluation),
        "person": book.public_id("salesperson", one.person),
        "name": one.name,
        "stage": one.stage,
        "turn": one.by,
        "who": book.public_id("salesperson", one.who) if one.who else None,
        "missing": list(one.missing),
        "due": one.due.isoformat() if one.due else None,
        "late": one.late,
        "colleagues": {"asked": one.colleagues.asked, "answered": one.colleagues.answered},
    }


def _print(book: Book, people: tuple[Waiting, ...], told: dict[str, Any]) -> None:
    """Everybody in a table, then what was noted and who could not move on."""
    from models.evaluations import stages

    if not people:
        click.echo(tr(N_("Nobody is evaluated here.")))
        return
    heads = (N_("Salesperson"), N_("Stage"), N_("Whose turn"), N_("Due"), N_("What is missing"))
    names = {one.evaluation: one.name for one in people}
    rows = [
        [
            one.name,
            stages.text(one.stage),
            book.label("salesperson", one.who) if one.who else "–",
            one.due.isoformat() if one.due else "",
            " ".join(said for said in (*one.missing, one.colleagues.said()) if said),
        ]
        for one in people
    ]
    table(rows, head=[tr(one) for one in heads])
    for note in told["notes"]:
        click.echo(note)
    for left in told["left"]:
        name = names[book.row_id("evaluation", left["evaluation"])]
        click.echo(tr(N_("{person}: {reason}"), person=name, reason=left["reason"]))


COMMANDS = (cycle,)
