"""Verbs on signed evaluations: present, sign, seal, verify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import as_json, book_argument, open_book
from desktop.printing import out
from desktop.verbs import argument, option, verb
from models import links
from models.book import Book
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.evaluations.later import LaterEdit
    from models.evaluations.verifying import SealState

_EVALUATION = argument("evaluation", N_("EVALUATION"), N_("The evaluation, by its id."))
_ORIGIN = "command"


def _row(book: Book, entity: str, typed: str) -> int:
    return links.resolve(book.connection(), book.schema, book.public, entity, typed)


@verb("present", N_("Put an evaluation before both for signature; what changed since ends the signatures that are there."))  # fmt: skip
@book_argument
@_EVALUATION
@as_json
def present(book: str, evaluation: str, as_json: bool) -> None:
    from models.evaluations import presenting

    with open_book(book) as opened:
        found = presenting.present(opened, _row(opened, "evaluation", evaluation), origin=_ORIGIN)
        told = found.scored
        if as_json:
            out(
                {
                    "evaluation": told.evaluation,
                    "digest": found.digest,
                    "fresh": found.fresh,
                    "voided": found.voided,
                    "total": told.as_dict()["total"],
                    "grade": told.grade,
                }
            )
            return
    total = presenting.points(told.total)
    click.echo(tr(N_("{name}, {cycle}: {total} points, grade {grade}"), name=told.name, cycle=told.cycle_name, total=total, grade=told.grade or "–"))  # fmt: skip
    if not found.fresh:
        click.echo(tr(N_("Nothing changed since it was presented; the signatures stand.")))
    click.echo(f"SHA-256 {found.digest}")


@verb("sign", N_("Sign an evaluation as who is evaluated or as who evaluates; it is presented first if it wasn't yet."))  # fmt: skip
@book_argument
@_EVALUATION
@option("--as", "person", metavar=N_("PERSON"), required=True, help=N_("Who signs."))
@option("--disagree", is_flag=True, help=N_("Sign to have seen it, without agreeing."))
@option("--comment", metavar=N_("TEXT"), default="", help=N_("What is to stand beside it."))
@option("--anyway", is_flag=True, help=N_("Sign all the same although the data changed since, or the review isn't done."))  # fmt: skip
@as_json
def sign(
    book: str,
    evaluation: str,
    person: str,
    disagree: bool,
    comment: str,
    anyway: bool,
    as_json: bool,
) -> None:
    from models.evaluations import signing

    with open_book(book) as opened:
        row = _row(opened, "evaluation", evaluation)
        who = _row(opened, "salesperson", person)
        signed = signing.sign(
            opened, row, who, agrees=not disagree, comment=comment, anyway=anyway, origin=_ORIGIN
        )
        lacking = signing.lacking(opened, row)
        if as_json:
            out({**signed.as_dict(), "lacking": list(lacking)})
            return
    click.echo(tr(N_("Signed by {name}."), name=signed.name))
    click.echo(f"SHA-256 {signed.digest}")


@verb("seal", N_("Seal an evaluation that both have signed; from then on nothing of it changes."))
@book_argument
@_EVALUATION
@as_json
def seal(book: str, evaluation: str, as_json: bool) -> None:
    from models.evaluations import sealing

    with open_book(book) as opened:
        made = sealing.seal(opened, _row(opened, "evaluation", evaluation), origin=_ORIGIN)
        if as_json:
            out(
                {
                    "number": made.number,
                    "evaluation": made.scored.evaluation,
                    "digest": made.digest,
                    "chain": made.chain,
                    "sealed_at": made.sealed_at,
                    "as_of": made.as_of,
                    "change": made.change,
                }
            )
            return
    click.echo(tr(N_("Seal {number}."), number=made.number))
    click.echo(f"SHA-256 {made.digest}")


@verb(
    "verify",
    N_(
        "Examine every seal: any change of a sealed row, its order, or the records beside it past the program is found. Somebody with the file and this program can make a whole new chain; the digest on the signed paper is what that can't change, so compare it."
    ),
)
@book_argument
@as_json
def verify(book: str, as_json: bool) -> None:
    from models.evaluations import later, verifying

    with open_book(book) as opened:
        found = verifying.verify(opened)
        seals = [(one, later.changes(opened, one.row) if one.ok else ()) for one in found.seals]
    if as_json:
        out(
            {
                "ok": found.ok,
                "seals": [_plain(one, edits) for one, edits in seals],
                "problems": [{"code": one.code, "message": one.message} for one in found.problems],
            }
        )
    else:
        _print(seals)
        for problem in found.problems:
            click.echo(f"× {problem.message}")
        if not found.seals and not found.problems:
            click.echo(tr(N_("Nothing is sealed in this book.")))
    if not found.ok:
        raise click.exceptions.Exit(1)


def _print(seals: list[tuple[SealState, tuple[LaterEdit, ...]]]) -> None:
    for one, edits in seals:
        click.echo(f"{'✓' if one.ok else '×'} {one.number}  {one.person}  {one.cycle}  {one.sealed_at}  {one.digest}")  # fmt: skip
        for problem in one.problems:
            click.echo(f"    {problem.message}")
        if edits:
            click.echo(f"    {tr(N_('Later edits of what it was made of: {n}'), n=len(edits))}")


def _plain(one: SealState, edits: tuple[LaterEdit, ...]) -> dict[str, Any]:
    return {
        "number": one.number,
        "evaluation": one.evaluation,
        "person": one.person,
        "cycle": one.cycle,
        "digest": one.digest,
        "sealed_at": one.sealed_at,
        "ok": one.ok,
        "problems": [{"code": each.code, "message": each.message} for each in one.problems],
        "later": [
            {
                "change": each.change,
                "at": each.at.isoformat(),
                "who": each.author,
                "reason": tr(each.reason),
                "kind": each.kind,
                "entity": each.entity,
                "record": each.id,
                "label": each.label,
                "field": each.field,
                "before": each.before,
                "after": each.after,
                "items": list(each.items),
                "counted": each.counted,
                "matters": each.matters,
            }
            for each in edits
        ],
    }


COMMANDS = (present, sign, seal, verify)
