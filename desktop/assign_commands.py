"""The verb that proposes who gets work, with reasons, and gives it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import as_json, book_argument, on_option, open_book
from desktop.printing import out, table
from desktop.verbs import argument, option, verb
from models.book import Book
from models.money import from_scaled, plain, rounded
from models.refusals import Refused
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.assignment.batch import Plan
    from models.assignment.in_book import Desk
    from models.assignment.inputs import Job
    from models.assignment.ranking import Candidate, Excluded, Ranking

_SHOWN = 5  # candidates that are printed with their reasons


@verb("assign", N_("Propose who gets a task, or all that nobody has, with reasons; and give it."))
@book_argument
@argument(
    "task",
    N_("TASK"),
    N_("The task, by its id or its title; or a customer without owner."),
    required=False,
)
@option("--all", "every", is_flag=True, help=N_("All open tasks without owner, and all drafts."))
@option("--apply", "write", is_flag=True, help=N_("Give it, as one change."))
@option("--to", "person", metavar=N_("PERSON"), help=N_("To this person instead of the first."))
@option("--reason", metavar=N_("TEXT"), help=N_("With --to: why; kept with the decision."))
@on_option
@as_json
def assign(
    book: str,
    task: str | None,
    every: bool,
    write: bool,
    person: str | None,
    reason: str | None,
    on: date | None,
    as_json: bool,
) -> None:
    if every == (task is not None):
        raise click.UsageError(tr(N_("Name a task, or say --all.")))
    if every and person is not None:
        raise click.UsageError(tr(N_("--to is for one task, not for --all.")))
    with open_book(book) as opened:
        if task is not None:
            told = _one(opened, task, person, reason or "", write, on, as_json)
        else:
            told = _all(opened, write, on, as_json)
        if as_json:
            out(told)


# -- one task ------------------------------------------------------------------------------------


def _one(
    book: Book,
    typed: str,
    person: str | None,
    reason: str,
    write: bool,
    on: date | None,
    quiet: bool,
) -> dict[str, Any]:
    from models.assignment import deciding, in_book
    from models.assignment.ranking import rank

    weights = in_book.weights(book)
    desk = in_book.read(book, [_wanted(book, typed)], on)
    job = desk.case.jobs[0]
    ranking = rank(desk.case, job, weights)
    chosen = _person(book, person) if person is not None else _first(ranking)
    change = None
    if write:
        if chosen is None:
            raise Refused("nobody", N_("Nobody may be given “{job}”."), job=job.title)
        choice = deciding.Choice(job.key, chosen, reason)
        change = deciding.give(book, desk.case, weights, [choice], origin="command").change
    if not quiet:
        _print_one(ranking, desk, chosen, write)
    return _told_one(book, ranking, desk, chosen, change)


def _wanted(book: Book, typed: str) -> tuple[str, int]:
    """A task, else a customer."""
    from models import links

    try:
        return "task", links.resolve(book.connection(), book.schema, book.public, "task", typed)
    except Refused as refused:
        if refused.code != "unknown_link":
            raise
        try:
            row = links.resolve(book.connection(), book.schema, book.public, "customer", typed)
        except Refused:
            raise refused from None
        return "customer", row


def _person(book: Book, typed: str) -> int:
    from models import links

    return links.resolve(book.connection(), book.schema, book.public, "salesperson", typed)


def _first(ranking: Ranking) -> int | None:
    return ranking.first.person.id if ranking.first else None


def _told_one(
    book: Book, ranking: Ranking, desk: Desk, chosen: int | None, change: int | None
) -> dict[str, Any]:
    from models.assignment.counterfactual import otherwise, why_first

    return {
        **_job(book, ranking.job),
        "on": desk.case.on.isoformat(),
        "weights": _weights(ranking),
        "candidates": [_candidate(book, one) for one in ranking.candidates],
        "excluded": [_excluded(book, one) for one in ranking.excluded],
        "why": why_first(ranking),
        "otherwise": [
            {
                "code": one.code,
                "person": book.public_id("salesperson", one.person),
                "text": one.text,
            }
            for one in otherwise(ranking)
        ],
        "proposed": _named(book, _first(ranking)),
        "chosen": _named(book, chosen),
        "load": None if chosen is None else _load(book, desk, {ranking.job.key: chosen})[0],
        "change": change,
    }


def _weights(ranking: Ranking) -> dict[str, int]:
    from models.assignment.weights import FACTORS

    return {one: ranking.weights[one] for one in FACTORS}


def _job(book: Book, job: Job) -> dict[str, Any]:
    return {
        job.kind: book.public_id(job.kind, job.row),
        "title": job.title,
        "due": job.due.isoformat() if job.dated else None,
        "by": job.due.isoformat(),
        "effort_hours": float(plain(rounded(_hours(job.effort), 2))),
        "chance": None if not job.worth else {"worth": float(_hours(job.worth)), "why": job.why_worth},
    }  # fmt: skip


def _hours(hundredths: int) -> Any:
    from models.assignment.inputs import hours

    return hours(hundredths)


def _number(scaled: int) -> float:
    """Millionths as a number that is written as exactly as it is."""
    return float(plain(from_scaled(scaled)))


def _named(book: Book, person: int | None) -> dict[str, Any] | None:
    if person is None:
        return None
    return {
        "id": book.public_id("salesperson", person),
        "person": book.label("salesperson", person),
    }


def _candidate(book: Book, one: Candidate) -> dict[str, Any]:
    return {
        "person": one.person.name,
        "id": book.public_id("salesperson", one.person.id),
        "score": _number(one.score),
        "factors": {
            each.id: {
                "value": _number(each.value),
                "weight": each.weight,
                "contribution": _number(each.contribution),
                "sentence": each.sentence,
            }
            for each in one.factors
        },
        "over_capacity": bool(one.over),
        "warnings": list(one.warnings),
    }


def _excluded(book: Book, one: Excluded) -> dict[str, Any]:
    return {
        "person": one.person.name,
        "id": book.public_id("salesperson", one.person.id),
        "code": one.code,
        "reason": one.reason,
    }


def _load(book: Book, desk: Desk, given: dict[tuple[str, int], int]) -> list[dict[str, Any]]:
    """The next two weeks of those who get something."""
    from models.assignment.loads import outlooks

    found = outlooks(desk, given)
    return [
        {
            "person": found[who].name,
            "id": book.public_id("salesperson", who),
            "capacity_hours": float(found[who].capacity),
            "before_hours": float(found[who].before),
            "after_hours": float(found[who].after),
            "overloaded_days": found[who].overloaded,
        }
        for who in dict.fromkeys(given.values())
        if who in found
    ]


def _print_one(ranking: Ranking, desk: Desk, chosen: int | None, written: bool) -> None:
    from models.assignment.counterfactual import otherwise, why_first
    from models.assignment.loads import outlooks

    job = ranking.job
    if not ranking.candidates:
        click.echo(tr(N_("Nobody may be given “{job}”."), job=job.title))
    for place, one in enumerate(ranking.candidates[:_SHOWN], 1):
        click.echo(f"{place}. {one.person.name}  {rounded(from_scaled(one.score), 1)}")
        table(
            [
                [f"   {each.label}", rounded(from_scaled(each.contribution), 1), each.sentence]
                for each in one.factors
            ],
            right={1},
        )
        for warning in one.warnings:
            click.echo(f"   ! {warning}")
    for gone in ranking.excluded:
        click.echo(tr(N_("Not {person}: {reason}"), person=gone.person.name, reason=gone.reason))
    for line in (why_first(ranking), *(each.text for each in otherwise(ranking))):
        if line:
            click.echo(line)
    if chosen is not None:
        found = outlooks(desk, {job.key: chosen}).get(chosen)
        if found is not None:
            click.echo(found.text())
    if written and chosen is not None:
        names = {one.id: one.name for one in ranking.case.people}
        click.echo(tr(N_("{job} is given to {person}."), job=job.title, person=names[chosen]))


# -- all of them ---------------------------------------------------------------------------------


def _all(book: Book, write: bool, on: date | None, quiet: bool) -> dict[str, Any]:
    from models.assignment import batch, deciding, in_book

    weights = in_book.weights(book)
    desk = in_book.read(book, in_book.unassigned(book), on)
    plan = batch.assign(desk.case, weights)
    change = None
    if write and plan.given:
        choices = [deciding.Choice(key, who) for key, who in plan.given.items()]
        change = deciding.give(
            book, desk.case, weights, choices, proposed=plan.given, origin="command"
        ).change
    found = batch.chosen(desk.case, weights, plan.given)
    if not quiet:
        _print_all(plan, found, desk)
    return {
        "on": desk.case.on.isoformat(),
        "weights": {**_plan_weights(plan)},
        "assignments": [{**_job(book, one.job), **_candidate(book, one)} for one in found.values()],
        "nobody": [
            {
                **_job(book, one),
                "excluded": [
                    _excluded(book, each)
                    for each in batch.ranking(desk.case, weights, plan.given, one).excluded
                ],
            }
            for one in plan.nobody
        ],
        "total": _total(plan.total),
        "greedy": _total(plan.greedy),
        "exact": plan.exact,
        "load": _load(book, desk, dict(plan.given)),
        "change": change,
    }


def _plan_weights(plan: Plan) -> dict[str, int]:
    from models.assignment.weights import FACTORS

    return {one: plan.weights[one] for one in FACTORS}


def _total(total: Any) -> dict[str, float]:
    return {"score": _number(total.score), "over_hours": float(_hours(total.over))}


def _print_all(plan: Plan, found: dict[tuple[str, int], Candidate], desk: Desk) -> None:
    from models.assignment.loads import outlooks

    if not found and not plan.nobody:
        click.echo(tr(N_("Every open task has somebody.")))
        return
    table(
        [
            [one.job.title, one.person.name, rounded(from_scaled(one.score), 1), " ".join(one.warnings)]
            for one in found.values()
        ],
        head=[tr(N_("Task")), tr(N_("For")), tr(N_("Score")), ""],
        right={2},
    )  # fmt: skip
    for job in plan.nobody:
        click.echo(tr(N_("Nobody may be given “{job}”."), job=job.title))
    each = outlooks(desk, plan.given)
    for who in dict.fromkeys(plan.given.values()):
        if who in each:
            click.echo(each[who].text())


COMMANDS = (assign,)
