"""The verb on leavers: what somebody hands over, to whom, and doing it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import as_json, book_argument, on_option, open_book
from desktop.printing import out, table
from desktop.verbs import argument, option, verb
from models.refusals import Place, Refused
from models.texts import N_, ntr, tr

if TYPE_CHECKING:
    from models.people.handing_over import HandOver, Plan

_FORMATS = (".pdf", ".xlsx")


@verb("handover", N_("What somebody who leaves hands over, and to whom; with --apply it is done."))
@book_argument
@argument("person", N_("PERSON"), N_("The person, by name, number or id."))
@option(
    "--to",
    "successor",
    metavar=N_("PERSON"),
    help=N_("Who gets all of it; if left out, it is shared out among the colleagues."),
)
@option("--apply", "apply", is_flag=True, help=N_("Hand it over, as one change."))
@option(
    "--status",
    type=click.Choice(["leaving", "left"]),
    help=N_("What the person is from then on; unchanged if not given."),
)
@option(
    "--pack",
    metavar=N_("FILE"),
    help=N_("Write the pack for the successors; its ending says how: .pdf or .xlsx."),
)
@on_option
@as_json
def handover(
    book: str,
    person: str,
    successor: str | None,
    apply: bool,
    status: str | None,
    pack: str | None,
    on: date | None,
    as_json: bool,
) -> None:
    from models import links
    from models.people.handing_over import HandOver

    if pack is not None:
        _assert_writable(Path(pack))
    with open_book(book) as opened:

        def row(name: str) -> int:
            return links.resolve(
                opened.connection(), opened.schema, opened.public, "salesperson", name
            )

        handing = HandOver(opened, row(person), on or date.today())
        plan = handing.to(row(successor)) if successor else handing.distributed()
        handing.assert_able(plan)
        told = _told(handing, plan)
        if pack is not None and plan:
            _write(Path(pack), handing, plan)
        if apply:
            told["change"] = handing.apply(plan, status).change
        told["applied"] = apply
    if as_json:
        out(told)
    else:
        _print(told)


def _assert_writable(path: Path) -> None:
    if path.suffix.lower() not in _FORMATS:
        raise Refused(
            "unknown_format",
            N_("The name must end in one of: {known}."),
            place=Place(file=path.name),
            known=", ".join(_FORMATS),
        )


def _write(path: Path, handing: HandOver, plan: Plan) -> None:
    from models.people import handover_paper
    from models.people.handover_pack import packs

    made = packs(handing, plan)
    if path.suffix.lower() == ".xlsx":
        from models.sheets import handover_sheet

        handover_sheet.write(path, made)
        return
    from desktop.paper import pdf
    from models.sheets import placing

    placing.put(path, pdf(handover_paper.paper(made)))


def _told(handing: HandOver, plan: Plan) -> dict[str, Any]:
    book = handing.book
    given = Counter(plan.values())
    return {
        "person": handing.name,
        "id": book.public_id("salesperson", handing.person),
        "on": handing.on.isoformat(),
        "items": [
            {
                "entity": one.of.entity,
                "field": one.of.field,
                "id": book.public_id(one.of.entity, one.row),
                "label": one.label,
                "to": handing.names[plan[one.key]],
            }
            for one in handing.items
        ],
        "successors": [
            {
                "id": book.public_id("salesperson", one),
                "name": handing.names[one],
                "items": n,
            }
            for one, n in sorted(given.items(), key=lambda pair: handing.names[pair[0]])
        ],
        "change": None,
    }


def _print(told: dict[str, Any]) -> None:
    if not told["items"]:
        click.echo(tr(N_("{person} answers for nothing that is open."), person=told["person"]))
        return
    kinds = Counter((one["entity"], one["to"]) for one in told["items"])
    from models.describe.entities import ENTITIES

    names = {one.id: one.plural_text() for one in ENTITIES}
    head = (tr(N_("What")), tr(N_("To")), tr(N_("How many")))
    rows = [(names[entity], to, f"{n:,}") for (entity, to), n in kinds.items()]
    table(rows, head=head, right={2})
    click.echo()
    n = len(told["items"])
    if told["applied"]:
        click.echo(ntr("{n} record was handed over.", "{n} records were handed over.", n))
    else:
        click.echo(tr(N_("Nothing was changed. With --apply it is handed over.")))


COMMANDS = (handover,)
