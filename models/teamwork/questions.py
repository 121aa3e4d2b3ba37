"""Suggestions and questions of people: which wait for an answer, for how long, and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.book import Book
from models.calendar.in_book import work_calendar
from models.describe.kinds import KINDS
from models.teamwork.rules import RECEIVED
from models.texts import N_, ntr, tr


@dataclass(frozen=True)
class Question:
    """A suggestion or question. ``waited`` are the working days without an answer; None once it has one."""

    id: int
    title: str
    kind: str
    person: int
    name: str
    content: str
    raised_on: str
    status: str
    answer: str
    waited: int | None

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.waited is not None

    def waits_text(self) -> str:
        """For how long it has waited; empty once it has an answer."""
        if self.waited is None:
            return ""
        return ntr("{n} working day", "{n} working days", self.waited)

    def message(self) -> str:
        """The answer as a text to be sent to whoever said it; empty without one."""
        if not self.answer:
            return ""
        said = (
            N_("{name}, to your question “{title}”: {answer}")
            if self.kind == "question"
            else N_("{name}, to your suggestion “{title}”: {answer}")
        )
        return tr(said, name=self.name, title=self.title, answer=self.answer) + "\n"


def questions(book: Book, on: date) -> list[Question]:
    """All of them: what waits first, questions before suggestions, the oldest first; then the answered."""
    calendar = work_calendar(book)
    made = []
    with book.reading() as db:
        for row, title, kind, person, name, content, raised, status, answer in db.run(
            "SELECT s.id, coalesce(s.title, ''), coalesce(s.kind, ''), coalesce(s.person, 0), "
            "coalesce(p.name, ''), coalesce(s.content, ''), coalesce(s.raised_on, ''), "
            "coalesce(s.status, ''), coalesce(s.answer, '') "
            "FROM suggestion s LEFT JOIN salesperson p ON p.id = s.person WHERE s.alive = 1 "
            "ORDER BY s.raised_on, s.id"
        ):
            waited = None
            if status in ("", RECEIVED) and not answer:
                since = date.fromisoformat(raised) if raised else on
                waited = calendar.count(since + timedelta(days=1), on) if since < on else 0
            made.append(
                Question(row, title, kind, person, name, content, raised, status, answer, waited)
            )
    waiting = sorted((one for one in made if one.open), key=lambda one: one.kind != "question")
    return [*waiting, *(one for one in reversed(made) if not one.open)]


def answering(book: Book, row: int, values: Mapping[str, str]) -> dict[str, str]:
    """What is written for an answer as it was typed: a status that nobody changed follows by the rule."""
    field = book.schema.entity("suggestion").field("status")
    given = dict(values)
    known = book.record("suggestion", row)["status"]
    if "status" in given and KINDS["choice"].parse(field, given["status"]) == known:
        del given["status"]
    return given
