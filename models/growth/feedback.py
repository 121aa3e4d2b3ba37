"""Giving feedback at any time: what is gently checked, how it is kept, and the task of its next step.

Checks only warn: who gives feedback decides. An id that is cited must mean a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.book import Book
from models.calendar.in_book import work_calendar
from models.change import Change
from models.describe.kinds import Link
from models.growth import vague_words
from models.growth.citing import Cited, assert_known, cited, joined
from models.refusals import Refused
from models.texts import N_, ntr, tr

LATE = 14  # days after the event from which feedback is called late
STEP_DAYS = 14  # after which a next step is due, if nothing else is said
STRENGTH, GROWTH = "strength", "growth"
SHARED, PRIVATE = "shared", "private"
_DONE = ("done",)


@dataclass(frozen=True)
class Draft:
    """Feedback as it stands in a form: texts, and the days where they can be read."""

    situation: str = ""
    behaviour: str = ""
    impact: str = ""
    next_step: str = ""
    cites: str = ""
    event_date: date | None = None
    given_on: date | None = None


@dataclass(frozen=True)
class Hint:
    """What a gentle check noticed: its code, the field that it is about, and the words."""

    code: str
    field: str
    text: str


def hints(book: Book, draft: Draft, on: date | None = None) -> tuple[Hint, ...]:
    """What could make feedback more useful, in the order of its fields; never a refusal."""
    made: list[Hint] = []
    found = cited(book, draft.cites)
    given = draft.given_on or on or date.today()
    if draft.event_date is None:
        made.append(Hint("no_date", "event_date", tr(N_("No day of the event: say when it happened."))))  # fmt: skip
    else:
        made += _of_days((given - draft.event_date).days)
    if not draft.situation.strip():
        made.append(Hint("no_situation", "situation", tr(N_("No situation: with which customer, in which deal?"))))  # fmt: skip
    if not draft.behaviour.strip():
        made.append(Hint("no_behaviour", "behaviour", tr(N_("No behaviour: what could be seen or heard?"))))  # fmt: skip
    if not draft.impact.strip():
        made.append(Hint("no_impact", "impact", tr(N_("No impact: what came of it?"))))
    if not draft.next_step.strip():
        made.append(Hint("no_next_step", "next_step", tr(N_("No next step: what to keep doing, or to do otherwise?"))))  # fmt: skip
    if not found.known:
        made.append(Hint("no_record", "cites", tr(N_("No record is cited: it will not count in the map of strengths."))))  # fmt: skip
    if found.unknown:
        made.append(Hint("unknown_record", "cites", tr(N_("No record of this book has the id {ids}."), ids=joined(found.unknown))))  # fmt: skip
    return (*made, *_of_words(draft))


def _of_days(days: int) -> list[Hint]:
    if days < 0:
        return [Hint("in_future", "event_date", tr(N_("The day of the event is after the day of the feedback.")))]  # fmt: skip
    if days > LATE:
        text = ntr(
            "It was {n} day ago: the sooner it is said, the more it helps.",
            "It was {n} days ago: the sooner it is said, the more it helps.",
            days,
        )
        return [Hint("late", "event_date", text)]
    return []


def _of_words(draft: Draft) -> list[Hint]:
    made = []
    for field in ("situation", "behaviour", "impact", "next_step"):
        text = getattr(draft, field)
        if hits := vague_words.judging(text):
            said = tr(N_("“{words}” judges the person: say what was done or said instead."), words=joined(hits))  # fmt: skip
            made.append(Hint("vague", field, said))
        if hits := vague_words.sweeping(text):
            said = tr(N_("“{words}” is about all times: keep to this one time."), words=joined(hits))  # fmt: skip
            made.append(Hint("sweeping", field, said))
    return made


def days_text(event: date | None, given: date | None) -> str:
    """How soon after the event it was said, in words; "" where one of the days is missing."""
    if event is None or given is None:
        return ""
    days = (given - event).days
    if days <= 0:
        return tr(N_("the same day"))
    return ntr("{n} day after it", "{n} days after it", days)


def give(
    book: Book, values: Mapping[str, Any], *, as_task: bool = False, due: date | None = None
) -> int:
    """Keep feedback as one change; gives its row. ``as_task`` makes its next step a task that is linked.

    Raises:
        Refused: whom it is for or the situation is missing, an id means no record, there is no next step
            to make a task of (``no_next_step``), or it ends before the day of the feedback.
    """
    text = str(values.get("cites") or "")
    found = cited(book, text)
    assert_known(found)
    if as_task and not str(values.get("next_step") or "").strip():
        raise Refused("no_next_step", N_("Say the next step first: the task is made of it."))
    kept = {**values, "cites": " ".join(one.id for one in found.known) or None}
    entity = book.schema.entity("feedback")
    with book.reading() as db:
        person = Change(book, db, 0).clean(entity, {"person": values.get("person")})["person"]
    row = person.id if isinstance(person, Link) else person
    name = book.label("salesperson", row) if isinstance(row, int) else ""
    with book.change(tr(N_("Feedback for {person}"), person=name)) as change:
        made = change.add("feedback", kept)
        if as_task:
            task = _task(book, change, made, found, due)
            change.set("feedback", made, {"task": task})
    return made


def _task(book: Book, change: Change, row: int, found: Cited, due: date | None) -> int:
    [(person, given, step)] = change.db.run(
        "SELECT person, given_on, next_step FROM feedback WHERE id = ?", (row,)
    )
    values: dict[str, Any] = {
        "title": _title(step),
        "owner": person,
        "kind": "internal",
        "due": due or step_due(book, date.fromisoformat(given)),
        "done_criteria": step if len(step) > len(_title(step)) else None,
    }
    for one in found.known:
        if one.entity in ("customer", "opportunity"):
            values.setdefault(one.entity, one.row)
    deal = values.get("opportunity")
    if deal and "customer" not in values:
        customer = change.db.one("SELECT customer FROM opportunity WHERE id = ?", (deal,))
        values["customer"] = customer
    return change.add("task", values)


def _title(step: str) -> str:
    """The first line of a next step, as a task is called."""
    return step.strip().partition("\n")[0][:120]


def step_due(book: Book, given: date) -> date:
    """By when a next step is due, if nothing else is said: a working day two weeks later."""
    day = given + timedelta(days=STEP_DAYS)
    return work_calendar(book).next_working(day - timedelta(days=1)) or day


@dataclass(frozen=True)
class Given:
    """Feedback as it is listed."""

    row: int
    person: int
    person_name: str
    giver_name: str
    kind: str
    skill: int | None
    skill_name: str
    event_date: date | None
    given_on: date
    situation: str
    behaviour: str
    impact: str
    next_step: str
    cites: str
    visibility: str
    task: int | None
    task_status: str

    @property
    def step_done(self) -> bool:
        """Whether the task of the next step is done."""
        return self.task_status in _DONE

    def days_text(self) -> str:
        """How soon after the event it was given."""
        return days_text(self.event_date, self.given_on)

    def step_text(self) -> str:
        """The next step with what became of it."""
        if not self.next_step:
            return ""
        step = self.next_step.partition("\n")[0]
        if self.task is None:
            return step
        state = tr(N_("done")) if self.step_done else tr(N_("task is open"))
        return f"{step} · {state}"


def given(
    book: Book, *, person: int | None = None, since: date | None = None, until: date | None = None
) -> tuple[Given, ...]:
    """Feedback that was given, the latest first; ``since`` and ``until`` are both included."""
    with book.reading() as db:
        found = db.run(
            "SELECT f.id, f.person, p.name, g.name, f.kind, f.skill, s.name, f.event_date, f.given_on, "
            "f.situation, f.behaviour, f.impact, f.next_step, f.cites, f.visibility, t.id, t.status "
            "FROM feedback f LEFT JOIN salesperson p ON p.id = f.person "
            "LEFT JOIN salesperson g ON g.id = f.giver LEFT JOIN skill s ON s.id = f.skill "
            "LEFT JOIN task t ON t.id = f.task AND t.alive = 1 "
            "WHERE f.alive = 1 AND f.person IS NOT NULL AND (?1 IS NULL OR f.person = ?1) "
            "AND (?2 IS NULL OR f.given_on >= ?2) AND (?3 IS NULL OR f.given_on <= ?3) "
            "ORDER BY f.given_on DESC, f.id DESC",
            (person, since and since.isoformat(), until and until.isoformat()),
        )
    return tuple(_given(one) for one in found)


def _given(one: tuple[Any, ...]) -> Given:
    row, person, name, giver, kind, skill, skill_name, event, on, *texts, seen, task, status = one
    situation, behaviour, impact, step, cites = (text or "" for text in texts)
    return Given(
        row, person, name or "", giver or "", kind or STRENGTH, skill, skill_name or "",
        date.fromisoformat(event) if event else None, date.fromisoformat(on),
        situation, behaviour, impact, step, cites, seen or SHARED, task, status or "",
    )  # fmt: skip
