"""The sheet with what needs a person on the day: the lines of Today that are the person's own matter."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.book import Book
from models.dialects import Connection
from models.texts import N_, ntr, tr
from models.today import today
from models.today.line import Found, severity_text
from models.today.words import date_text
from models.workbooks import looks

if TYPE_CHECKING:
    from models.workbooks.sheets_out import Paper

MY_DAY = N_("My day")
# What is a salesperson's own matter; the rest waits for whoever leads the team.
_KINDS = ("follow_up", "task", "neglect", "pool", "date", "goal", "blocked", "meeting")
_MOST = 60  # lines of a day; nobody does more
_COLUMNS = ((N_("When"), 10.0), (N_("What to do"), 28.0), (N_("Why"), 34.0), (N_("Phone"), 16.0))


class Entry(NamedTuple):
    """One line of the day in words."""

    when: str
    what: str
    why: str
    phone: str


class Days:
    """The days of some people, read for all of them at once."""

    def __init__(
        self, book: Book, db: Connection, people: Sequence[int], on: date, names: dict[int, str]
    ) -> None:
        self._names = names
        self._today = today.read(book, on)
        self._found: dict[int, list[Found]] = {one: [] for one in people}
        for one in self._today.found:
            if one.kind in _KINDS and one.person in self._found:
                self._found[one.person].append(one)
        every = (one for some in self._found.values() for one in some)
        self._phones = _phones(db, _customers(every))

    def of(self, person: int, known: Collection[int]) -> list[Entry]:
        """A person's lines; others are colleagues without a name.

        ``known`` are the contacts that may be named: nothing is told of others.
        """
        found = [one for one in self._found[person] if _contacts(one) <= set(known)]
        colleague = tr(N_("a colleague"))
        names = dict.fromkeys(self._names, colleague) | {person: self._names[person]}
        own = replace(self._today, found=tuple(found), names=names)
        return [
            Entry(
                severity_text(one.severity),
                one.title,
                one.reason,
                "" if one.more else self._phone(one.records, known),
            )
            for one in own.lines(few=_MOST)
        ]

    def _phone(self, records: Iterable[tuple[str, int]], known: Collection[int]) -> str:
        row = next((row for entity, row in records if entity == "customer"), 0)
        office, contact, number = self._phones.get(row, ("", 0, ""))
        return number if contact in known else office


def _contacts(found: Found) -> set[int]:
    return {one.row for one in found.records if one.entity == "contact"}


def _customers(found: Iterable[Found]) -> set[int]:
    return {one.row for some in found for one in some.records if one.entity == "customer"}


def _phones(db: Connection, customers: set[int]) -> dict[int, tuple[str, int, str]]:
    """Number of the office, the main contact, its name and number, of each customer."""
    rows = json.dumps(sorted(customers))
    contacts = {
        customer: (row, f"{name or ''} {phone}".strip())
        for customer, row, name, phone in db.run(
            "SELECT customer, id, name, phone FROM contact WHERE alive = 1 AND active IS NOT 0 "
            "AND phone IS NOT NULL AND customer IN (SELECT value FROM json_each(?)) "
            'ORDER BY coalesce("primary", 0), id DESC',  # the last one counts
            (rows,),
        )
    }
    return {
        row: (phone or "", *contacts.get(row, (0, "")))
        for row, phone in db.run(
            "SELECT id, phone FROM customer WHERE id IN (SELECT value FROM json_each(?))", (rows,)
        )
    }


def write(paper: Paper, entries: Sequence[Entry], on: date) -> None:
    """What needs the person, the weightiest first."""
    sheet = paper.book.add_worksheet(tr(MY_DAY))
    title = paper.looks.plain(bold=True, font_size=14, font_color=looks.ACCENT, text_wrap=False)
    sheet.write_string(0, 0, _title(len(entries), on), title)
    sheet.set_row(0, 30)
    for at, (head, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(1, at, tr(head), paper.looks.head(False))
    sheet.set_row(1, 26)
    plain = paper.looks.plain(border=1, border_color=looks.LINE)
    strong = paper.looks.plain(border=1, border_color=looks.LINE, bold=True)
    for line, one in enumerate(entries, 2):
        for at, text in enumerate(one):
            sheet.write_string(line, at, text, strong if at == 1 else plain)
        count = max(
            looks.lines(text, width) for text, (_, width) in zip(one, _COLUMNS, strict=True)
        )
        sheet.set_row(line, looks.height(count))
    sheet.freeze_panes(2, 0)
    paper.protect(sheet)
    paper.printed(sheet, upright=True)
    sheet.repeat_rows(1)


def _title(count: int, on: date) -> str:
    if not count:
        return f"{date_text(on)} · " + tr(N_("nothing that can't wait"))
    return f"{date_text(on)} · " + ntr("{n} thing to do", "{n} things to do", count)
