"""The sheet of a one-to-one talk as a PDF, for both: nothing private is on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from models.book import Book

FORMS = (".pdf",)


def make(book: Book, path: Path, person: int, on: date) -> dict[str, Any]:
    """Write the sheet of a person; gives what it says, as JSON holds it."""
    from desktop.paper import pdf
    from models.growth.talk_paper import paper
    from models.growth.talk_sheet import sheet
    from models.sheets import placing

    made = sheet(book, person, on, shared_only=True)
    placing.put(path, pdf(paper(made)))
    return {
        "on": on.isoformat(),
        "person": made.name,
        "id": book.public_id("salesperson", person),
        "manager": made.manager or None,
        "last": made.last.isoformat() if made.last else None,
        "changes": [one.text for one in made.changes],
        "promises": [
            {"by": one.by, "title": one.title, "state": one.state} for one in made.promises
        ],
        "strengths": [one.text for one in made.strengths],
        "growth": [one.text for one in made.growth],
    }
