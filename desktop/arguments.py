"""What the verbs' arguments mean: where a book is, which encodings and columns there are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from urllib.parse import unquote

import click

from desktop.verbs import argument, option
from models.book import Book
from models.describe import parsing
from models.describe.field import Entity
from models.describe.schema import Schema
from models.periods import FiscalCalendar, Period
from models.refusals import Refused
from models.suggesting import nearest
from models.texts import N_, tr

as_json = option("--json", "as_json", is_flag=True, help=N_("Print one JSON document."))

_URL = re.compile(r"([a-z][a-z0-9+]+)://(.*)", re.IGNORECASE | re.DOTALL)


def book_file(text: str) -> str:
    """The file of a book that is given by its name or as a ``sqlite:///`` address.

    Raises:
        Refused: ``unsupported_address``, another engine's.
    """
    found = _URL.fullmatch(text)
    if found is None:
        return text
    scheme, rest = found[1].lower(), found[2]
    if scheme.split("+")[0] == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return unquote(rest[1:])
    raise Refused(
        "unsupported_address",
        N_("{address} can't be opened: a book is a file, or sqlite:/// and its path."),
        address=f"{scheme}://…",  # what follows may hold a password
    )


class BookPlace(click.ParamType[str]):
    """A book: its file, or the address of it."""

    name = "book"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The file's name."""
        return book_file(value)


def book_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """The book that a verb works on."""
    return argument(
        "book", N_("BOOK"), N_("The book: its file, or sqlite:/// and its path."), type=BookPlace()
    )(command)


class Day(click.ParamType[date]):
    """A day as people write it."""

    name = "day"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day.

        Raises:
            Refused: ``not_a_date``.
        """
        try:
            return parsing.day(value)
        except parsing.Unreadable as unreadable:
            raise Refused(unreadable.code, unreadable.template, **unreadable.values) from None


on_option = option(
    "--on", metavar=N_("DATE"), type=Day(), help=N_("As of this day instead of today.")
)


def entity_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """The kind of record that a verb works on."""
    return argument("entity", N_("ENTITY"), N_("The kind of record, by its id or its label."))(
        command
    )


def open_book(path: str) -> Book:
    """Open a book; what is to be known of that is said on standard error."""
    book = Book.open(path)
    for note in book.notes():
        click.echo(note, err=True)
    return book


def encoding(name: str | None) -> str | None:
    """An encoding by its name.

    Raises:
        Refused: ``unknown_encoding``.
    """
    if name is not None:
        try:
            codecs.lookup(name)
        except LookupError:
            raise Refused(
                "unknown_encoding",
                N_("There is no encoding called {name}. Usual ones are utf-8, gb18030, utf-16."),
                name=name,
            ) from None
    return name


def pairs(given: tuple[str, ...]) -> dict[str, str]:
    """FIELD=VALUE arguments.

    Raises:
        UsageError: one has no ``=``.
    """
    made = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(tr(N_("“{text}” is not of the form FIELD=VALUE."), text=one))
        made[name.strip()] = value
    return made


def columns(given: Iterable[str]) -> dict[str, str]:
    """HEADER=FIELD arguments.

    Raises:
        UsageError: one has no ``=``.
    """
    made = {}
    for one in given:
        header, equals, path = one.rpartition("=")
        if not equals or not header.strip():
            raise click.UsageError(tr(N_("“{text}” is not of the form HEADER=FIELD."), text=one))
        made[header] = path.strip()
    return made


def assert_known(paths: Iterable[str], schema: Schema, entity: str | None) -> None:
    """Refuse a path that no record has, or none of the given kind.

    Raises:
        Refused: ``unknown_field``.
    """
    kinds = [schema.entity(entity)] if entity else [one for one in schema if not one.system]
    for path in paths:
        if path in ("", "+", "id"):
            continue
        refusals = []
        for kind in kinds:
            try:
                schema.path(kind, path.removeprefix(kind.id + "."))
                break
            except Refused as refused:
                refusals.append(refused)
        else:
            raise refusals[0] if entity else _unknown_everywhere(path, kinds)


def _unknown_everywhere(path: str, kinds: Iterable[Entity]) -> Refused:
    near = nearest(path, [field for kind in kinds for field in kind.fields])
    if near:
        return Refused(
            "unknown_field",
            N_("No kind of record has a field called {name}. Did you mean {near}?"),
            name=path,
            near=near,
        )
    return Refused("unknown_field", N_("No kind of record has a field called {name}."), name=path)


def span_of(text: str, calendar: FiscalCalendar, today: date) -> Period:
    """A period as it is typed, one with a beginning and an end.

    Raises:
        Refused: ``bad_period``.
    """
    from models import relative

    found = relative.parse(text, calendar, today)
    if found is None:
        raise Refused(
            "bad_period",
            N_("“{text}” has neither beginning nor end. Write a period such as 2026-Q2."),
            text=text,
        )
    return found
