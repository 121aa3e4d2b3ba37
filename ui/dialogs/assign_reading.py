"""What the assignment dialogs read in the background, and how a job is told in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.assignment.inputs import chances_text, day_text, hours_text
from models.assignment.weights import USUAL, Weights
from models.texts import N_, tr
from ui.session import Session

if TYPE_CHECKING:
    from models.assignment.in_book import Desk
    from models.assignment.inputs import Job
    from models.assignment.learning import Lessons

Key = tuple[str, int]


@dataclass(frozen=True)
class Read:
    """What is read for the dialogs, at one moment."""

    desk: Desk
    weights: Weights
    lessons: Lessons
    wrong: str = ""  # what is wrong with the book's weights; the usual ones count then


def read(session: Session, keys: Sequence[Key], on: date | None) -> Read:
    """Everything that the dialogs show; in a worker."""
    from models.assignment import in_book
    from models.assignment.learning import lessons
    from models.refusals import Refused

    wrong = ""
    try:
        weights = in_book.weights(session.book)
    except Refused as refused:
        weights, wrong = USUAL, str(refused)
    desk = in_book.read(session.book, keys, on)
    return Read(desk, weights, lessons(session.book, weights, on), wrong)


def about(job: Job, on: date) -> str:
    """What is to be known of a job, in one line."""
    parts = [
        tr(N_("due {day}"), day=day_text(job.due, on))
        if job.dated
        else tr(N_("no due day; counted until {day}"), day=day_text(job.due, on)),
        tr(N_("{n} h"), n=hours_text(job.effort)) + (tr(N_(" (assumed)")) if job.guessed else ""),
    ]
    if job.customer_name and job.kind == "task":
        parts.append(job.customer_name)
    if job.needs:
        parts.append(tr(N_("needs {skills}"), skills=tr(N_(", ")).join(job.needs)))
    if job.worth:
        parts.append(
            tr(
                N_("good chance worth {worth}: {why}"),
                worth=chances_text(job.worth),
                why=job.why_worth,
            )
        )
    return " · ".join(parts)
