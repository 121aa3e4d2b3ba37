"""The hand-over pack as a workbook: customers, open work and promises, one sheet each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.people import handover_paper
from models.people.handover_pack import Customer, Pack
from models.sheets.live_book import MUTED, TITLE, Cell, LiveBook, LiveSheet
from models.sheets.writing import Column
from models.texts import N_, tr


def write(path: Path, packs: Sequence[Pack]) -> None:
    """Write the workbook.

    Raises:
        Refused: the place can't be written; what stood there is untouched.
    """
    book = LiveBook(packs[0].currency)
    _customers(book.sheet(tr(N_("Customers")), [16, 28, 8, 26, 13, 16, 40, 30, 40, 40], 4), packs)
    _work(book.sheet(tr(N_("Open work")), [16, 28, 14, 44, 13, 36], 1), packs)
    _promises(book.sheet(tr(N_("Promises still open")), [16, 50, 28, 13], 1), packs)
    _others(book.sheet(tr(N_("What else is taken over")), [16, 20, 50], 1), packs)
    book.write(path)


def _head(sheet: LiveSheet, *columns: tuple[str, str]) -> tuple[str, ...]:
    sheet.head([Column(tr(text), kind) for text, kind in columns])
    return tuple(kind for _, kind in columns)


def _customers(sheet: LiveSheet, packs: Sequence[Pack]) -> None:
    first = packs[0]
    sheet.text(tr(N_("Hand-over from {person}"), person=first.person), TITLE)
    sheet.text(first.on.isoformat())
    sheet.text(tr(handover_paper.PRIVATE), MUTED)
    kinds = _head(
        sheet,
        (N_("To"), "text"),
        (N_("Customer"), "text"),
        (N_("Grade"), "text"),
        (N_("Contacts"), "lines"),
        (N_("Last contact"), "date"),
        (N_("Spoken to by"), "text"),
        (N_("Result"), "lines"),
        (N_("Next step"), "lines"),
        (N_("Open deals"), "lines"),
        (N_("Notes"), "lines"),
    )
    for pack in packs:
        for one in pack.customers:
            sheet.row(_cells(pack, one), kinds)


def _cells(pack: Pack, one: Customer) -> tuple[Cell, ...]:
    last = one.last
    deals = "\n".join(handover_paper.deal_text(deal, pack.currency) for deal in one.deals)
    return (
        pack.successor, one.name, one.grade, "\n".join(one.people), last.on if last else None,
        last.person if last else None, last.result if last else None,
        last.next_step if last else None, deals, one.notes,
    )  # fmt: skip


def _work(sheet: LiveSheet, packs: Sequence[Pack]) -> None:
    kinds = _head(
        sheet,
        (N_("To"), "text"),
        (N_("Customer"), "text"),
        (N_("Kind"), "text"),
        (N_("Task"), "lines"),
        (N_("Due"), "date"),
        (N_("Note"), "lines"),
    )
    for pack in packs:
        listed = [(one.name, work) for one in pack.customers for work in one.work]
        for name, work in [*listed, *(("", work) for work in pack.work)]:
            cells = (pack.successor, name, work.kind, work.label, work.due, work.note)
            sheet.row(cells, kinds)


def _promises(sheet: LiveSheet, packs: Sequence[Pack]) -> None:
    kinds = _head(
        sheet,
        (N_("To"), "text"),
        (N_("Promise"), "lines"),
        (N_("Promised to"), "text"),
        (N_("Date"), "date"),
    )
    for pack in packs:
        for one in pack.promises:
            sheet.row((pack.successor, one.what, one.whom, one.on), kinds)


def _others(sheet: LiveSheet, packs: Sequence[Pack]) -> None:
    kinds = _head(sheet, (N_("To"), "text"), (N_("Kind"), "text"), (N_("Record"), "text"))
    for pack in packs:
        for kind, label in pack.others:
            sheet.row((pack.successor, kind, label), kinds)
