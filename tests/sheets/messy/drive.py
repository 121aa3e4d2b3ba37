"""Imports messy files into new books, and has what came of it judged."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from models.book import Book
from models.describe.kinds import Link
from models.refusals import Refused
from models.sheets import importing
from models.sheets.proposal import Found
from models.sheets.report import Options
from tests.sheets.messy import books
from tests.sheets.messy.judge import Score, Seen, judge


def run(folder: Path, seed: int, count: int) -> Score:
    """Make and import so many files of a seed."""
    folder.mkdir(parents=True, exist_ok=True)
    empty = folder / "empty.daybook"
    Book.create(empty).close()
    total = Score()
    for number in range(count):
        place = folder / str(number)
        place.mkdir()
        made = books.book(place, f"{seed}/{number}")
        copy = place / "book.daybook"
        shutil.copy(empty, copy)
        try:
            score = one(copy, made)
        except Refused as refused:
            score = judge(made.tables, [], {})  # all that it holds counts as not understood
            score.note("refused", str(refused))
        score.faults = [f"[{made.told}] {fault}" for fault in score.faults]
        total.add(score)
    return total


def one(path: Path, made: books.Messy) -> Score:
    """Import one file into the book at this path."""
    with Book.open(path) as book:
        proposal = importing.prepare(book, [made.path], Options(create_links=True))
        try:
            importing.apply(proposal)
            seen = [_seen(found) for found in proposal.tables]
        finally:
            proposal.close()
        return judge(made.tables, seen, _records(book, made))


def _seen(found: Found) -> Seen:
    report = found.report
    return Seen(
        report.sheet,
        report.entity,
        {one.index: (one.header, one.path) for one in found.mapping.columns},
        {(one.row, one.column) for one in report.problems},
        "\n".join(report.notes),
    )


def _records(book: Book, made: books.Messy) -> dict[str, list[dict[str, Any]]]:
    """Everything in the book that the files could have brought."""
    records: dict[str, list[dict[str, Any]]] = {}
    for entity in book.schema:
        if entity.system or entity.id == "pipeline":
            continue
        paths = [one.id for one in entity.fields]
        for laid in made.tables:
            if laid.table.entity == entity.id:
                paths += [one.path for one in laid.table.columns if "." in one.path]
        rows = book.rows(entity.id, book.ids(entity.id), paths)
        records[entity.id] = [
            {path: _plain(value) for path, value in zip(paths, row, strict=True)} for row in rows
        ]
    return records


def _plain(value: Any) -> Any:
    return value.label if isinstance(value, Link) else value
