"""The verb on the customer pool: who is in it, who falls into it and why; recycling and picking."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import as_json, book_argument, on_option, open_book
from desktop.printing import out, table
from desktop.verbs import option, verb
from models import links
from models.book import Book
from models.money import plain
from models.refusals import Refused
from models.texts import N_, ntr, tr

if TYPE_CHECKING:
    from models.following.neglect import Neglected
    from models.following.pool import Pool, Pooled, Standing


@verb("pool", N_("The customer pool: who is in it, who falls into it by the rules and when, and who stays."))  # fmt: skip
@book_argument
@on_option
@option("--recycle", is_flag=True, help=N_("Take those who fall from their owners, as one change."))
@option("--pick", metavar=N_("CUSTOMER"), help=N_("Take a customer out of the pool, with --for."))
@option("--for", "person", metavar=N_("PERSON"), help=N_("Who gets the customer."))
@as_json
def pool(
    book: str,
    on: date | None,
    recycle: bool,
    pick: str | None,
    person: str | None,
    as_json: bool,
) -> None:
    from models.following.neglect import neglected
    from models.following.pool import Pool

    day = on or date.today()
    with open_book(book) as opened:
        done = {
            **(_recycle(opened, day) if recycle else {}),
            **(_pick(opened, pick, person, day) if pick or person else {}),
        }
        found, stale = Pool(opened, day), neglected(opened, day)
        if as_json:
            out({**_plain(opened, found, stale), **done})
        else:
            _print(found, stale, done)


def _recycle(book: Book, day: date) -> dict[str, Any]:
    from models.following.pool import Pool
    from models.following.pool_moves import recycle

    falling = [one.customer for one in Pool(book, day).falling]
    change = recycle(book, falling, day, origin="command") if falling else None
    return {"recycled": [book.public_id("customer", one) for one in falling], "change": change}


def _pick(book: Book, customer: str | None, person: str | None, day: date) -> dict[str, Any]:
    from models.following.pool_moves import pick

    if not customer or not person:
        raise Refused("for_whom", N_("Say which customer (--pick) and for whom (--for)."))
    row, who = (
        links.resolve(book.connection(), book.schema, book.public, entity, typed)
        for entity, typed in (("customer", customer), ("salesperson", person))
    )
    change = pick(book, row, who, day, "command")
    return {
        "picked": {
            "customer": book.public_id("customer", row),
            "person": book.public_id("salesperson", who),
        },
        "change": change,
    }


# -- as JSON ---------------------------------------------------------------------------------------


def _plain(book: Book, pool: Pool, stale: tuple[Neglected, ...]) -> dict[str, Any]:
    names = dict(book.connection().run("SELECT id, name FROM salesperson"))
    return {
        "on": pool.on.isoformat(),
        "in_pool": [_pooled(book, one) for one in pool.in_pool],
        "falling": [_standing(book, one) for one in pool.falling],
        "about_to_fall": [_standing(book, one) for one in pool.about_to_fall],
        "staying": [_standing(book, one) for one in pool.staying],
        "unowned": [
            {"id": book.public_id("customer", one.id), "name": one.name, "grade": one.grade or None}
            for one in pool.unowned
        ],
        "stale": [
            {
                "id": book.public_id("customer", one.customer),
                "name": one.name,
                "grade": one.grade or None,
                "owner": names.get(one.owner),
                "last_contact": one.last.isoformat() if one.last else None,
                "days": one.days,
                "limit": one.limit,
                "over": one.over,
                "reason": one.text(),
            }
            for one in stale
        ],
    }


def _pooled(book: Book, one: Pooled) -> dict[str, Any]:
    return {
        "id": book.public_id("customer", one.customer),
        "name": one.name,
        "grade": one.grade or None,
        "since": one.since.isoformat() if one.since else None,
        "last_owner": one.last_owner_name or None,
        "last_contact": one.last_contact.isoformat() if one.last_contact else None,
        "worth": plain(one.worth),
        "reason": one.reason or None,
    }


def _standing(book: Book, one: Standing) -> dict[str, Any]:
    rule = one.rule
    return {
        "id": book.public_id("customer", one.customer),
        "name": one.name,
        "grade": one.grade or None,
        "owner": one.owner_name or None,
        "since": one.since.isoformat(),
        "counted_from": one.because,
        "days": one.days,
        "days_left": one.days_left,
        "falls_on": one.falls_on.isoformat(),
        "rule": {
            "id": book.public_id("pool_rule", rule.id),
            "grade": rule.grade or None,
            "pool_days": rule.pool_days,
            "warn_days": rule.warn_days,
        },
        "stays": [{"kind": each.kind, "reason": each.text()} for each in one.stays],
        "reason": one.text(),
    }


# -- in words --------------------------------------------------------------------------------------


def _print(pool: Pool, stale: tuple[Neglected, ...], done: dict[str, Any]) -> None:
    if "recycled" in done:
        n = len(done["recycled"])
        click.echo(ntr("{n} customer went to the pool.", "{n} customers went to the pool.", n))
    if "picked" in done:
        click.echo(tr(N_("The customer has an owner now.")))
    if not pool.rules:
        click.echo(tr(N_("There are no rules yet: add one for each grade to pool_rule.")))
    for title, rows in (
        (N_("In the pool"), [(one.name, one.grade, one.reason) for one in pool.in_pool]),
        (N_("Falling now"), [(one.name, one.grade, one.text()) for one in pool.falling]),
        (N_("About to fall"), [(one.name, one.grade, one.text()) for one in pool.about_to_fall]),
        (N_("Without an owner"), [(one.name, one.grade, "") for one in pool.unowned]),
        (N_("Not contacted for too long"), [(one.name, one.grade, one.text()) for one in stale]),
    ):
        click.echo(tr(N_("{heading}: {n}"), heading=tr(title), n=len(rows)))
        table([("", *row) for row in rows])


COMMANDS = (pool,)
