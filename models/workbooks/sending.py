"""What is written to people when their workbook goes out, ready to be pasted into WeChat."""

from __future__ import annotations

from datetime import date

from models.book import Book
from models.dialects import Connection
from models.texts import N_, tr
from models.workbooks import answer_message, answers


def before(db: Connection, person: int) -> int | None:
    """The workbook that a person was last given; None for the first."""
    return answers.latest(db, person)


def text(
    book: Book, person: int, file: str, due_back: date | None, earlier: int | None = None
) -> str:
    """A few plain lines: what is sent, what to do with it and by when.

    With an ``earlier`` workbook they say first what became of it.
    """
    parts = []
    sheet = answers.of(book, person, earlier)
    if sheet is not None:
        parts.append(answer_message.message(sheet, file).rstrip())
    else:
        name = book.label("salesperson", person)
        parts.append(tr(N_("{name}, here is your workbook “{file}”."), name=name, file=file))
        parts.append(tr(N_("Open it in Excel or WPS, change what has changed, add visits and new customers in the empty lines, and send the file back just as it is.")))  # fmt: skip
    if due_back is not None:
        parts.append(tr(N_("Please send it back by {day}. Thank you!"), day=due_back.isoformat()))
    return "\n".join(parts) + "\n"
