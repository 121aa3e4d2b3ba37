"""The evaluations of a cycle as a file: which cycle is meant, who is in it, and the forms that there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.book import Book
from models.refusals import Refused
from models.texts import N_

if TYPE_CHECKING:
    from models.evaluations.result import Scored


def _workbook(book: Book, path: Path, found: Sequence[Scored]) -> None:
    from models.evaluations import sheet

    sheet.write(path, found, book)


def _paper(book: Book, path: Path, found: Sequence[Scored]) -> None:
    from desktop.paper import pdf
    from models.evaluations import sheet_of
    from models.evaluations.paper import paper
    from models.sheets import placing

    placing.put(path, pdf(paper(sheet_of.sheets(book, found))))


# How a file's ending says what is written into it.
FORMS: Mapping[str, Callable[[Book, Path, Sequence[Scored]], None]] = {
    ".xlsx": _workbook,
    ".pdf": _paper,
}


def make(book: Book, path: Path, asked: str | None, person: int | None, on: date) -> dict[str, Any]:
    """Write the evaluations of a cycle, all or one person's; gives what the verb says of them.

    Args:
        asked: the cycle by its name or id, or its period; the latest that has begun if not given.

    Raises:
        Refused: there is no such cycle, several are meant, or nobody is evaluated in it.
    """
    from models.evaluations import cases
    from models.evaluations.bands import grouped
    from models.evaluations.sealing import as_signed

    row = cases.asked_cycle(book, asked, on)
    found = as_signed(book, grouped(book, row, None if person is None else [person], on))
    if not found:
        raise Refused("nobody_evaluated", N_("Nobody is evaluated here."))
    FORMS[path.suffix.lower()](book, path, found)
    return {
        "cycle": found[0].cycle,
        "name": found[0].cycle_name,
        "people": [
            {
                "person": one.name,
                "id": one.person,
                "evaluation": one.evaluation or None,
                "total": one.as_dict()["total"],
                "grade": one.grade,
            }
            for one in found
        ],
    }
