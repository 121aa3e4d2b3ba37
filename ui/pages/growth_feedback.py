"""Feedback: occasions that nobody has given feedback on, and below them what was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from models.book import Book
from models.growth.citing import joined
from models.growth.feedback import GROWTH, PRIVATE, Given
from models.growth.prompts import Prompt
from models.texts import N_, ntr, tr
from ui import theme
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line
from ui.records.cite_line import offer_cited
from ui.session import Session

_DAYS = 365  # of feedback that is listed
_SHORT = 90  # characters of what was said


class Occasions(ActedList):
    """Events after which feedback helps."""

    name = N_("Occasions for feedback")
    heads = (N_("Salesperson"), N_("What happened"), N_("Happened on"), N_("Amount"))
    reads = frozenset({"opportunity", "order", "goal", "complaint", "feedback", "salesperson", "customer"})  # fmt: skip
    help = "growth"

    def offered(self) -> Sequence[Act]:
        """Feedback that cites the event."""
        return (Act(N_("Give feedback…"), self.give, "one"),)

    def read(self, book: Book, on: date) -> list[Line]:
        """The events, complaints and lost deals before the others."""
        from models.growth.prompts import prompts

        return [_occasion(one) for one in prompts(book, on)]

    def nothing(self) -> str:
        """Nothing happened that asks for feedback."""
        return tr(N_("Of the last two weeks nothing waits for feedback: no large deal lost or won, no complaint, no goal that ended, no first order."))  # fmt: skip

    def counted(self, lines: Sequence[Line]) -> str:
        """How many there are."""
        return ntr("{n} occasion without feedback", "{n} occasions without feedback", len(lines))

    def opened(self, line: Line) -> None:
        """Enter on an event: feedback on it."""
        self.give()

    def give(self) -> None:
        """Give feedback on the chosen event."""
        from ui.dialogs.give_feedback import about, open_give

        for line in self.chosen()[:1]:
            known = about(self.session.book, line.thing.person, line.record, line.thing)
            open_give(self.session, known, self.window())


def _occasion(one: Prompt) -> Line:
    cells = (one.name, one.text(), one.on.isoformat(), one.amount_text())
    return Line((one.entity, one.row), cells, one, ((3, float(one.amount)),))


class GivenFeedback(ActedList):
    """What was given within a year, the latest first."""

    name = N_("Feedback given")
    heads = (
        N_("Feedback given on"), N_("Salesperson"), N_("Kind"), N_("Skill"), N_("Behaviour"),
        N_("After the event"), N_("Seen by"), N_("Next step"), N_("Cited records"),
    )  # fmt: skip
    reads = frozenset({"feedback", "salesperson", "skill", "task"})
    help = "growth"

    def offered(self) -> Sequence[Act]:
        """New feedback, and the task of a next step."""
        return (
            Act(N_("Give feedback…"), self.give, "any"),
            Act(N_("Open the task"), self.open_task, "one", _has_task),
            Act(N_("Open what is cited"), self.open_cited, "one", _cites),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """The feedback of a year."""
        from models.growth import likely
        from models.growth.feedback import given

        kinds, seen = (book.schema.entity("feedback").field(one) for one in ("kind", "visibility"))
        made = []
        every = given(book, since=on - timedelta(days=_DAYS), until=on)
        shown = likely.named_many(book, [one.cites for one in every])
        for one, cited in zip(every, shown, strict=True):
            kind, visible = kinds.choice(one.kind), seen.choice(one.visibility)
            words = (kind.text() if kind else "", visible.text() if visible else "")
            made.append(_given(one, *words, joined([each.short() for each in cited])))
        return made

    def nothing(self) -> str:
        """Nothing was given so far."""
        return tr(N_("No feedback was given yet. Say soon after it happened what was good or could be better, and cite a record."))  # fmt: skip

    def helping(self) -> Act | None:
        """The first feedback."""
        return Act(N_("Give feedback…"), self.give, "any")

    def counted(self, lines: Sequence[Line]) -> str:
        """How many there are, and how many cite nothing."""
        bare = sum(not one.thing.cites for one in lines)
        return tr(N_("{n} given within a year, {bare} without a record"), n=f"{len(lines):,}", bare=f"{bare:,}")  # fmt: skip

    def give(self) -> None:
        """Give feedback to anybody."""
        from ui.dialogs.give_feedback import open_give

        open_give(self.session, None, self.window())

    def open_task(self) -> None:
        """Show the task of the next step."""
        for line in self.chosen()[:1]:
            self.session.record_wanted.emit("task", line.thing.task)

    def open_cited(self) -> None:
        """Show what the chosen feedback cites."""
        for line in self.chosen()[:1]:
            offer_cited(self.session, line.thing.cites, self)


def _cites(line: Line) -> bool:
    return bool(line.thing.cites)


def _has_task(line: Line) -> bool:
    return line.thing.task is not None


def _given(one: Given, kind: str, seen: str, cited: str) -> Line:
    said = (one.behaviour or one.situation).replace("\n", " ")[:_SHORT]
    cells = (
        one.given_on.isoformat(), one.person_name, kind, one.skill_name, said, one.days_text(), seen,
        one.step_text(), cited,
    )  # fmt: skip
    colour = (6, "warning") if one.visibility == PRIVATE else (2, "warning") if one.kind == GROWTH else None  # fmt: skip
    days = -1.0 if one.event_date is None else float((one.given_on - one.event_date).days)
    return Line(("feedback", one.row), cells, one, ((5, days),), colour)


class FeedbackTab(QWidget):
    """Occasions on top, below them what was given."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        split = QSplitter(Qt.Orientation.Vertical, self)
        self.occasions, self.given = Occasions(session, split), GivenFeedback(session, split)
        split.addWidget(self.occasions)
        split.addWidget(self.given)
        split.setChildrenCollapsible(False)
        split.setSizes([theme.scaled(260), theme.scaled(440)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.occasions.retranslate()
        self.given.retranslate()
