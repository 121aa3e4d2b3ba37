"""Files brought into a book, as the tests of sheets do again and again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.book import Book
from models.sheets import importing
from models.sheets.report import Options


def bring(book: Book, *files: Path, **options: Any) -> tuple[int | None, list[Any]]:
    """Import files as one change; gives its number and the reports."""
    proposal = importing.prepare(book, files, Options(**options))
    try:
        return importing.apply(proposal), proposal.reports
    finally:
        proposal.close()
