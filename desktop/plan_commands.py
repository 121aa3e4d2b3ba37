"""The verb on improvement plans: whose they are, how they stand, how they ended and on what that rests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import click

from desktop.arguments import as_json, book_argument, on_option, open_book
from desktop.printing import out, table
from desktop.verbs import option, verb
from models import links
from models.book import Book
from models.growth import evidence_words, plan_rows
from models.growth.evidence import Progress, progress
from models.growth.plan_rows import Plan
from models.money import plain
from models.texts import N_, ntr, tr


@verb("plans", N_("Improvement plans: what is to become better, how it stands, how it ended and on what evidence."))  # fmt: skip
@book_argument
@option("--person", metavar=N_("PERSON"), help=N_("Only the plans of this person."))
@option("--open", "still", is_flag=True, help=N_("Only plans that have no verdict yet."))
@on_option
@as_json
def plans(book: str, person: str | None, still: bool, on: date | None, as_json: bool) -> None:
    with open_book(book) as opened:
        found, stand = _read(opened, person, still=still, on=on or date.today())
        if as_json:
            steps = _steps(opened)
            out([_plain(opened, one, stand[one.row], steps) for one in found])
        else:
            _print(opened, found, stand)


def _read(
    book: Book, person: str | None, *, still: bool, on: date
) -> tuple[list[Plan], dict[int, Progress]]:
    where, params = plan_rows.OPEN_SQL if still else "1", list[object]()
    if person:
        row = links.resolve(book.connection(), book.schema, book.public, "salesperson", person)
        where, params = f"{where} AND p.person = ?", [row]
    with book.reading() as db:
        found = list(plan_rows.read(db, where, params))
    return found, progress(book, [one.row for one in found], on)


def _steps(book: Book) -> dict[int, list[dict[str, Any]]]:
    made: dict[int, list[dict[str, Any]]] = {}
    for plan, row, kind, title, mentor, due, task, done in book.connection().run(
        "SELECT plan, id, kind, title, mentor, due, task, done_on FROM plan_action "
        "WHERE alive = 1 ORDER BY plan, place, id"
    ):
        made.setdefault(plan, []).append(
            {
                "id": book.public_id("plan_action", row),
                "kind": kind,
                "title": title,
                "mentor": book.public_id("salesperson", mentor) if mentor else None,
                "due": due,
                "task": book.public_id("task", task) if task else None,
                "done_on": done,
            }
        )
    return made


def _plain(
    book: Book, one: Plan, stand: Progress, steps: dict[int, list[dict[str, Any]]]
) -> dict[str, Any]:
    def id_of(row: int | None) -> str | None:
        return book.public_id("improvement_plan", row) if row else None

    return {
        "id": id_of(one.row),
        "person": book.public_id("salesperson", one.person),
        "name": one.name,
        "title": one.title,
        "status": one.status,
        "verdict": one.verdict or None,
        "verdict_words": one.words or None,
        "measure": one.measure or None,
        "baseline": _number(one.baseline),
        "target": _number(one.target),
        "result": _number(one.result),
        "starts_on": one.starts_on.isoformat(),
        "check_on": one.check_on.isoformat(),
        "closed_on": one.closed_on.isoformat() if one.closed_on else None,
        "value": _number(stand.value),
        "n": stand.n,
        "told": stand.told,
        "proposed_verdict": stand.verdict if one.is_open and stand.ready else None,
        "sentence": evidence_words.value(stand, book.currency),
        "evidence": list(evidence_words.ids(stand, book)),
        "actions": steps.get(one.row, []),
        "continues": id_of(one.continues),
        "continued_by": id_of(one.continued_by),
    }


def _number(value: Decimal | None) -> str | None:
    short = evidence_words.number(value)
    return None if short is None else plain(short)


def _print(book: Book, found: list[Plan], stand: dict[int, Progress]) -> None:
    if not found:
        click.echo(tr(N_("There are no improvement plans.")))
        return
    click.echo(ntr("{n} improvement plan", "{n} improvement plans", len(found)))
    table(
        [
            (
                book.public_id("improvement_plan", one.row),
                one.name,
                one.title,
                one.status_text(),
                one.check_on.isoformat(),
                evidence_words.value(stand[one.row], book.currency) if one.is_open else one.words.partition("\n")[0],
            )
            for one in found
        ]
    )  # fmt: skip


COMMANDS = (plans,)
