"""The verb that makes papers: the review of goals, goal agreements, sheets of one-to-one talks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop import evaluation_report, talk_report
from desktop.arguments import Day, as_json, book_argument, on_option, open_book, span_of
from desktop.printing import out
from desktop.verbs import argument, option, verb
from models.book import Book
from models.periods import Period
from models.refusals import Place, Refused
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.goals.paper import Paper
    from models.goals.review import Page, Review

_FORMATS = (".pdf", ".xlsx")
_OF_ONE = {
    "agreement": N_("An agreement is one person's: name them with --person."),
    "one-on-one": N_("A one-to-one is with one person: name them with --person."),
}
_FORMS = {"evaluation": tuple(evaluation_report.FORMS), "one-on-one": talk_report.FORMS}


@verb(
    "report",
    N_(
        "Make a paper, as PDF or workbook: the review pack of the goals, an agreement to sign, the evaluations of a cycle, or the sheet of a one-to-one talk."
    ),
)
@book_argument
@argument(
    "kind",
    N_("KIND"),
    N_("What to make: review, agreement and one-on-one, which need --person, or evaluation."),
    type=click.Choice(["review", "agreement", "evaluation", "one-on-one"]),
)
@argument("target", N_("FILE"), N_("The file to write; its ending says how: .pdf or .xlsx."))
@option(
    "--period",
    metavar=N_("PERIOD"),
    help=N_(
        "The period of the goals: 2017, 2017-Q2, 2017-03; the quarter of the day if not given. Of evaluations also the name of the cycle; the latest one if not given."
    ),
)
@on_option
@option(
    "--since",
    metavar=N_("DATE"),
    type=Day(),
    help=N_(
        "From when on is told what moved; the last goal review, or a week earlier, if not given."
    ),
)
@option("--person", metavar=N_("PERSON"), help=N_("Of this salesperson only, by name or id."))
@as_json
def report(
    book: str,
    kind: str,
    target: str,
    period: str | None,
    on: date | None,
    since: date | None,
    person: str | None,
    as_json: bool,
) -> None:
    from models import links

    if kind in _OF_ONE and not person:
        raise click.UsageError(tr(_OF_ONE[kind]))
    path, today = Path(target), on or date.today()
    _assert_writable(path, _FORMS.get(kind, _FORMATS))
    if since is not None and since > today:
        raise Refused(
            "since_after_on",
            N_("What moved is told from an earlier day: {since} is after {on}."),
            since=since.isoformat(),
            on=today.isoformat(),
        )
    with open_book(book) as opened:
        db, schema = opened.connection(), opened.schema
        row = links.resolve(db, schema, opened.public, "salesperson", person) if person else None
        if kind == "evaluation":
            told = evaluation_report.make(opened, path, period, row, today)
        elif kind == "one-on-one":
            assert row is not None
            told = talk_report.make(opened, path, row, today)
        else:
            told = _of_goals(opened, kind, path, period, today, since, row)
    told = {"kind": kind, "file": str(path), **told}
    if as_json:
        out(told)
    else:
        click.echo(tr(N_("Written: {file}"), file=path.name))


def _of_goals(
    book: Book,
    kind: str,
    path: Path,
    period: str | None,
    on: date,
    since: date | None,
    person: int | None,
) -> dict[str, Any]:
    span = span_of(period, book.calendar, on) if period else book.calendar.of("quarter", on)
    if kind == "agreement":
        assert person is not None
        return _agreement(book, path, span, on, person)
    return _review(book, path, span, on, since, person)


def _assert_writable(path: Path, known: Sequence[str]) -> None:
    if path.suffix.lower() not in known:
        raise Refused(
            "unknown_format",
            N_("The name must end in one of: {known}."),
            place=Place(file=path.name),
            known=", ".join(known),
        )


def _review(
    book: Book, path: Path, span: Period, on: date, since: date | None, person: int | None
) -> dict[str, Any]:
    from models.goals.review import review

    people = None if person is None else [person]
    made = review(book, on=on, period=span, since=since, people=people)
    if path.suffix.lower() == ".xlsx":
        from models.sheets import review_sheet

        review_sheet.write(path, made)
    else:
        from models.goals.review_paper import paper

        _put(path, paper(made))
    return _told(book, made)


def _agreement(book: Book, path: Path, span: Period, on: date, person: int) -> dict[str, Any]:
    from models.goals.agreement import agreement
    from models.money import plain

    made = agreement(book, person, span, on)
    if path.suffix.lower() == ".xlsx":
        from models.sheets import agreement_sheet

        agreement_sheet.write(path, made)
    else:
        from models.goals.agreement_paper import paper

        _put(path, paper(made))
    return {
        "period": span.label,
        "on": on.isoformat(),
        "person": made.person,
        "id": book.public_id("salesperson", person),
        "manager": made.manager or None,
        "goals": [book.public_id("goal", one.goal.id) for one in made.goals],
        "weights": None if made.weights is None else plain(made.weights),
        "weights_fit": made.weights_fit,
        "agreement": made.number or None,
    }


def _put(path: Path, paper: Paper) -> None:
    from desktop.paper import pdf
    from models.sheets import placing

    placing.put(path, pdf(paper))


def _told(book: Book, made: Review) -> dict[str, Any]:
    """What the pack says, as JSON holds it."""
    return {
        "period": made.period.label,
        "on": made.on.isoformat(),
        "since": made.since.isoformat(),
        "currency": made.currency,
        "team": _page(book, made.team),
        "people": [_page(book, one) for one in made.people],
        "reconstructed": {"n": made.reconstructed, "of": made.deals},
    }


def _page(book: Book, page: Page) -> dict[str, Any]:
    from models.money import plain

    course = page.course
    return {
        "person": page.name or None,
        "id": None if page.person is None else book.public_id("salesperson", page.person),
        "goals": [book.public_id("goal", one.goal.id) for one in page.goals],
        "forecast": {"from": plain(course.start), "to": plain(course.end)},
        "moved": [
            {
                "deal": book.public_id("opportunity", one.deal),
                "title": one.label,
                "kind": one.kind,
                "amount": plain(one.amount),
                "before": one.before.isoformat() if one.before else None,
                "after": one.after.isoformat() if one.after else None,
                "effect": plain(one.effect),
            }
            for one in course.moved
        ],
        "tasks": [book.public_id("task", one.task) for one in page.tasks],
        "promises": [
            {
                "measure": one.what.code,
                "period": one.period,
                "amount": plain(one.amount),
                "actual": None if one.actual is None else plain(one.actual),
                "state": one.state,
            }
            for one in page.promises
        ],
        "open_decisions": [book.public_id("decision", one.decision) for one in page.decided],
        "questions": [
            {"rule": one.rule, "text": one.text, "reason": one.why} for one in page.questions
        ],
    }


COMMANDS = (report,)
