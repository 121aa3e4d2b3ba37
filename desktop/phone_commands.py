"""The verbs of what goes out to a phone: a person's calendar, and contacts as cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from desktop import operating_system
from desktop.arguments import Day, as_json, book_argument, entity_argument, open_book
from desktop.printing import out
from desktop.verbs import argument, option, verb
from models.book import Book
from models.phone.calendar_file import Asked, local_zone, usual
from models.refusals import Name, Place, Refused
from models.texts import N_, tr


@verb(
    "ics",
    N_("Write a person's tasks, follow-ups and meetings as a calendar file for a phone."),
)
@book_argument
@argument("person", N_("PERSON"), N_("The person, by name, number or id."))
@argument("target", N_("FILE"), N_("The file to write; its name ends in .ics."))
@option(
    "--from",
    "first",
    metavar=N_("DATE"),
    type=Day(),
    help=N_("The first day; a month before today if not given."),
)
@option(
    "--to",
    "last",
    metavar=N_("DATE"),
    type=Day(),
    help=N_("The last day; a year from today if not given."),
)
@as_json
def ics(
    book: str, person: str, target: str, first: date | None, last: date | None, as_json: bool
) -> None:
    from models import links
    from models.phone.calendar_file import calendar
    from models.sheets.placing import put

    path = Path(target)
    _assert_ending(path, ".ics")
    with open_book(book) as opened:
        db, schema = opened.connection(), opened.schema
        row = links.resolve(db, schema, opened.public, "salesperson", person)
        asked = _asked(opened, first, last)
        made = calendar(opened, row, asked)
        put(path, made.content)
        name = opened.label("salesperson", row)
    if as_json:
        out(
            {
                "person": name,
                "file": str(path),
                "from": asked.first.isoformat(),
                "to": asked.last.isoformat(),
                "events": made.live,
                "cancelled": made.cancelled,
            }
        )
    else:
        click.echo(tr(N_("Written: {file}"), file=path.name))


def _asked(book: Book, first: date | None, last: date | None) -> Asked:
    """The usual span and quiet time, at this machine's place."""
    from models.calendar.in_book import work_calendar
    from models.reminding.quiet import Quiet

    zone = local_zone(operating_system.zone_name())
    quiet = Quiet(is_working=work_calendar(book).is_working, zone=zone)
    asked = usual(datetime.now(UTC), zone, quiet)
    asked = replace(asked, first=first or asked.first, last=last or asked.last)
    if asked.last < asked.first:
        raise Refused(
            "to_before_from",
            N_("The last day {to} is before the first one {first}."),
            to=asked.last.isoformat(),
            first=asked.first.isoformat(),
        )
    return asked


@verb(
    "vcard", N_("Write contacts or salespeople as cards that a phone takes over, many in one file.")
)
@book_argument
@entity_argument
@argument("ids", N_("ID"), N_("The records, by their ids or names."), nargs=-1, required=True)
@argument("target", N_("FILE"), N_("The file to write; its name ends in .vcf."))
@as_json
def vcard(book: str, entity: str, ids: tuple[str, ...], target: str, as_json: bool) -> None:
    from models import links
    from models.phone import contact_card
    from models.sheets.placing import put

    path = Path(target)
    _assert_ending(path, ".vcf")
    with open_book(book) as opened:
        kind = opened.schema.named(entity)
        if kind.id not in contact_card.ENTITIES:
            known = [opened.schema.entity(one) for one in contact_card.ENTITIES]
            raise Refused(
                "no_cards",
                N_("{entity} have no cards; these have: {known}."),
                entity=Name(kind.id, kind.plural_text),
                known=tuple(Name(one.id, one.plural_text) for one in known),
            )
        db, schema = opened.connection(), opened.schema
        rows = [links.resolve(db, schema, opened.public, kind.id, one) for one in ids]
        put(path, contact_card.cards(opened, kind.id, rows))
    if as_json:
        out({"file": str(path), "entity": kind.id, "cards": len(rows)})
    else:
        click.echo(tr(N_("Written: {file}"), file=path.name))


def _assert_ending(path: Path, ending: str) -> None:
    if path.suffix.lower() != ending:
        raise Refused(
            "unknown_format",
            N_("The name must end in one of: {known}."),
            place=Place(file=path.name),
            known=ending,
        )


COMMANDS = (ics, vcard)
