"""Verbs on a book as a whole: book, check, backup, restore, shot."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from desktop.arguments import as_json, book_argument, open_book, pairs
from desktop.printing import out, table
from desktop.verbs import Number, argument, option, verb
from models import opening
from models.book import Book
from models.describe import book_settings
from models.describe.book_settings import BOOK
from models.describe.field import Field
from models.describe.kinds import KINDS
from models.texts import N_, tr


@verb(
    "book",
    N_(
        "What holds for the whole book: when its fiscal years and its weeks begin, whose holidays it keeps."
    ),
)
@book_argument
@argument(
    "values",
    N_("SETTING=VALUE"),
    N_("What is to hold, e.g. year_starts=4 week_starts=sunday; only shown when left out."),
    nargs=-1,
    required=False,
)
@as_json
def book_(book: str, values: tuple[str, ...], as_json: bool) -> None:
    given = pairs(values)
    with open_book(book) as opened:
        number = None
        if given:
            with opened.change(book_settings.told(given), "command") as change:
                change.set_book(given)
            number = change.no
        if as_json:
            out({**_settings(opened), "change": number})
        else:
            rows = [[one.text(), _shown(one, opened.setting(one.id))] for one in BOOK.fields]
            named = opened.calendar.of("year", date.today())
            days = f"{named.start}..{named.end - timedelta(days=1)}"
            table([*rows, [tr(N_("Fiscal year of today")), f"{named.text()}  {days}"]])


def _shown(field: Field, said: object) -> str:
    kind = KINDS[field.kind]
    return kind.show(field, kind.parse(field, said))


def _settings(book: Book) -> dict[str, Any]:
    calendar = book.calendar
    return {
        **{one.id: book.setting(one.id) for one in BOOK.fields},
        "id": book.id,
        "currency": book.currency,
        "year_starts": calendar.year_starts,
        "week_starts": calendar.week_starts,
        "work_calendar": calendar.work_calendar,
        "fiscal_year": calendar.of("year", date.today()).label,
    }


@verb(
    "check", N_("Examine a book: the file, the engine's settings, the journal, the search index.")
)
@book_argument
@as_json
def check(book: str, as_json: bool) -> None:
    from models import checking

    with open_book(book) as opened:
        found = checking.check(opened)
    if as_json:
        out(
            {
                "ok": not any(one.bad for one in found),
                "checks": [
                    {"check": one.name, "ok": not one.bad, "found": one.found} for one in found
                ],
            }
        )
    else:
        table(
            [
                [
                    f"× {tr(N_('faulty'))}" if one.bad else f"✓ {tr(N_('sound'))}",
                    one.name,
                    "" if one.found == "ok" else one.found,
                ]
                for one in found
            ],
            head=[tr(one) for one in (N_("State"), N_("Examined"), N_("Found"))],
        )
    if any(one.bad for one in found):
        raise click.exceptions.Exit(1)


@verb("backup", N_("Copy a book, open or not, and verify the copy."))
@book_argument
@argument("target", N_("FILE"), N_("The copy; there must be no such file yet."))
def backup(book: str, target: str) -> None:
    opening.inspect(Path(book))
    opening.backup(Path(book), Path(target))


@verb("restore", N_("Make a book from a backup; nothing is overwritten."))
@argument("source", N_("BACKUP"), N_("The backup."))
@argument("target", N_("BOOK"), N_("The book to make; there must be no such file yet."))
def restore(source: str, target: str) -> None:
    opening.restore(Path(source), Path(target))


@verb("shot", N_("Draw a page of the window into a picture."))
@book_argument
@argument(
    "page",
    N_("PAGE"),
    N_(
        "The page: start, today, customers and so on, as a wrong name lists them; with / a list or tab on it, or the history beside it."
    ),
)
@argument("target", N_("FILE"), N_("The picture to write, in PNG."))
@option("--lang", metavar=N_("LANGUAGE"), help=N_("Its language: zh_CN or en."))
@option(
    "--theme",
    type=click.Choice(["light", "dark"]),
    default="light",
    show_default=True,
    help=N_("Its colours."),
)
@option(
    "--size",
    metavar=N_("WIDTHxHEIGHT"),
    default="1440x900",
    show_default=True,
    help=N_("The size of the window."),
)
@option(
    "--scale",
    metavar=N_("NUMBER"),
    type=Number(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help=N_("How many dots of the picture each of the window becomes."),
)
@option("--select", metavar=N_("ID"), help=N_("The id of a record to select."))
def shot(
    book: str,
    page: str,
    target: str,
    lang: str | None,
    theme: str,
    size: str,
    scale: float,
    select: str | None,
) -> None:
    from desktop.application import shot as draw
    from models import texts

    width, x, height = size.partition("x")
    if not x or not width.isdigit() or not height.isdigit():
        raise click.UsageError(
            tr(N_("“{text}” is not of the form {form}."), text=size, form="1440x900")
        )
    status = draw(
        book,
        page,
        target,
        language=lang or texts.language(),
        theme_name=theme,
        size=(int(width), int(height)),
        scale=scale,
        select=select,
    )
    if status:
        raise click.exceptions.Exit(status)


COMMANDS = (book_, check, backup, restore, shot)
