"""What a one-to-one talk begins with: what changed since the last one, promises, strengths, points to grow.

``shared_only`` is for everything that both see: private feedback and private notes are not even read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from models.book import Book
from models.describe.schema import Schema
from models.dialects import Connection
from models.growth import strengths, talks
from models.growth.citing import Cite, cited, joined
from models.growth.feedback import GROWTH, PRIVATE, STRENGTH, Given, given
from models.growth.leading import leader
from models.growth.strengths import MIXED, Map
from models.growth.talks import Promised
from models.money import from_scaled, rounded, show_whole
from models.texts import N_, ntr, tr

FIRST_DAYS = 90  # looked back where there was no talk before
STRENGTHS, GROWTHS = 3, 2
_TASK_OVER = "('done', 'cancelled', 'draft')"


@dataclass(frozen=True)
class Point:
    """A sentence with the records that it rests on, by entity, and how these are named.

    ``named`` are those that the evidence names one by one, with the words by which it does.
    """

    text: str
    evidence: str = ""
    records: Mapping[str, Sequence[int]] = field(default_factory=dict)
    named: tuple[tuple[str, Cite], ...] = ()

    def links(self) -> tuple[tuple[str, str], ...]:
        """Words that lead to the records, and where each leads: an entity and its rows."""
        made = [(words, f"{one.entity}:{one.row}") for words, one in self.named]
        known = {(one.entity, one.row) for _, one in self.named}
        for entity, rows in self.records.items():
            others = [str(row) for row in rows if (entity, row) not in known]
            if others:
                made.append((_called(entity, len(others)), f"{entity}:{','.join(others)}"))
        return tuple(made)


@dataclass(frozen=True)
class TalkSheet:
    """The sheet of one person on a day."""

    person: int
    name: str
    manager: str
    on: date
    last: date | None
    since: date
    changes: tuple[Point, ...]
    goals: tuple[Point, ...]
    promises: tuple[Promised, ...]
    strengths: tuple[Point, ...]
    growth: tuple[Point, ...]
    evaluation: tuple[Point, ...]
    notes: str  # shared notes of the last talk
    private_notes: str  # of the last talk; "" on what both see

    def of(self, side: str) -> tuple[Promised, ...]:
        """What one side promised."""
        return tuple(one for one in self.promises if one.by == side)


def _called(entity: str, n: int) -> str:
    kind = Schema().entity(entity)
    return kind.text() if n == 1 else tr(N_("{records} ({n})"), records=kind.plural_text(), n=n)


def sheet(book: Book, person: int, on: date, *, shared_only: bool = False) -> TalkSheet:
    """Gather the sheet of a person. Reads sums of the whole team: in the window a worker's business."""
    with book.reading() as db:
        last = db.run(
            "SELECT id, held_on FROM one_on_one WHERE alive = 1 AND person = ? AND status = 'held' "
            "AND held_on < ? ORDER BY held_on DESC, id DESC LIMIT 1",
            (person, on.isoformat()),
        )
        row, held = last[0] if last else (None, None)
        day = date.fromisoformat(held) if held else None
        since = day or on - timedelta(days=FIRST_DAYS)
        lead = leader(db, person)
        promised = talks.promises(db, person, on, day)
        changes = _changes(book, db, person, since, on)
        evaluation = _evaluation(db, person)
        notes = private = ""
        if row is not None:
            notes = db.one("SELECT shared_notes FROM one_on_one WHERE id = ?", (row,)) or ""
        if row is not None and not shared_only:
            private = db.one("SELECT private_notes FROM one_on_one WHERE id = ?", (row,)) or ""
    every = _feedback(book, person, on - timedelta(days=strengths.DAYS), on, shared_only)
    known = strengths.strengths(book, on, shared_only=shared_only)
    return TalkSheet(
        person,
        book.label("salesperson", person),
        book.label("salesperson", lead) if lead is not None else "",
        on,
        day,
        since,
        (*changes, *_given_since([one for one in every if one.given_on > since])),
        _goals(book, person, on),
        promised,
        _points(book, person, known, every, (STRENGTH,), on),
        _points(book, person, known, every, (GROWTH, MIXED), on),
        evaluation,
        notes,
        private,
    )


def _feedback(book: Book, person: int, since: date, on: date, shared_only: bool) -> list[Given]:
    found = given(book, person=person, since=since, until=on)
    return [one for one in found if not shared_only or one.visibility != PRIVATE]


# -- what changed --------------------------------------------------------------------------------------


def _changes(book: Book, db: Connection, person: int, since: date, on: date) -> list[Point]:
    made = []
    window = (person, since.isoformat(), on.isoformat())
    for status, one, many in (
        ("won", N_("{n} deal won, {amount} together"), N_("{n} deals won, {amount} together")),
        ("lost", N_("{n} deal lost, {amount} together"), N_("{n} deals lost, {amount} together")),
    ):
        found = db.run(
            "SELECT id, coalesce(amount, 0) FROM opportunity WHERE alive = 1 AND owner = ? "
            f"AND status = '{status}' AND closed_on > ? AND closed_on <= ? ORDER BY closed_on DESC, id",
            window,
        )
        amount = show_whole(from_scaled(sum(row[1] for row in found)), book.currency)
        made += _counted(one, many, "opportunity", [row[0] for row in found], amount=amount)
    made += _tasks(db, person, window, on)
    complaints = [
        row
        for (row,) in db.run(
            "SELECT id FROM complaint WHERE alive = 1 AND coalesce(attributed_to, handler) = ? "
            "AND opened_on > ? AND opened_on <= ? ORDER BY opened_on DESC, id",
            window,
        )
    ]
    made += _counted(N_("{n} complaint"), N_("{n} complaints"), "complaint", complaints)
    return made


def _tasks(db: Connection, person: int, window: tuple[int, str, str], on: date) -> list[Point]:
    done = db.run(
        "SELECT id FROM task WHERE alive = 1 AND owner = ? AND status = 'done' "
        "AND done_at > ? AND done_at <= ? ORDER BY done_at DESC, id",
        window,
    )
    late = db.run(
        f"SELECT id FROM task WHERE alive = 1 AND owner = ? AND status NOT IN {_TASK_OVER} "
        "AND due < ? ORDER BY due, id",
        (person, on.isoformat()),
    )
    return [
        *_counted(N_("{n} task done"), N_("{n} tasks done"), "task", [row for (row,) in done]),
        *_counted(N_("{n} task overdue"), N_("{n} tasks overdue"), "task", [row for (row,) in late]),
    ]  # fmt: skip


def _counted(one: str, many: str, entity: str, rows: list[int], **values: str) -> list[Point]:
    if not rows:
        return []
    return [Point(ntr(one, many, len(rows), **values), "", {entity: rows})]


def _given_since(every: Sequence[Given]) -> list[Point]:
    made = []
    for kind, one, many in (
        (STRENGTH, N_("{n} time praised in feedback"), N_("{n} times praised in feedback")),
        (GROWTH, N_("{n} feedback on what to improve"), N_("{n} pieces of feedback on what to improve")),
    ):  # fmt: skip
        made += _counted(one, many, "feedback", [each.row for each in every if each.kind == kind])
    return made


def _goals(book: Book, person: int, on: date) -> tuple[Point, ...]:
    from models.goals import pace_words
    from models.goals.pace_board import PaceBoard

    board = PaceBoard(book, on)
    made = []
    for one in board.by_person().get(person, []):
        if one.goal.first and one.goal.last and one.goal.first <= on <= one.goal.last:
            said = pace_words.reason(one, book.currency)
            text = tr(N_("{goal}: {status}"), goal=one.goal.title, status=pace_words.status_text(one.status))  # fmt: skip
            made.append(Point(text, said, {"goal": [one.goal.id]}))
    return tuple(made)


def _evaluation(db: Connection, person: int) -> tuple[Point, ...]:
    found = db.run(
        "SELECT e.id, c.name, e.total, e.grade FROM evaluation e "
        "LEFT JOIN evaluation_cycle c ON c.id = e.cycle WHERE e.alive = 1 AND e.person = ? "
        "AND e.status IN ('signed', 'archived') ORDER BY e.id DESC LIMIT 1",
        (person,),
    )
    return tuple(
        Point(
            tr(
                N_("{cycle}: {total} points, grade {grade}"),
                cycle=name or "–",
                total="–" if total is None else rounded(from_scaled(total), 2),
                grade=grade or "–",
            ),
            "",
            {"evaluation": [row]},
        )
        for row, name, total, grade in found
    )


# -- strengths and points to grow ----------------------------------------------------------------------


def _points(
    book: Book,
    person: int,
    known: Map,
    every: Sequence[Given],
    kinds: tuple[str, ...],
    on: date,
) -> tuple[Point, ...]:
    """The weightiest with evidence: skills and measures of the map, then cited feedback without a skill."""
    made: list[Point] = []
    most = STRENGTHS if STRENGTH in kinds else GROWTHS
    if any(row == person for row, _ in known.people):
        for column, square in known.of(person, kinds):
            if column.measure:
                behind = strengths.behind(book, person, column.measure, on) if len(made) < most else {}  # fmt: skip
                made.append(Point(square.sentence, column.text, behind))
            else:
                of = [one for one in every if one.skill == column.skill and one.kind in kinds]
                made += [_cited(book, column.text, one) for one in of[:1]]
    made += [
        _cited(book, "", one)
        for one in every
        if one.kind in kinds and one.skill is None and cited(book, one.cites).known
    ][:most]
    return tuple(made[:most])


def _cited(book: Book, skill: str, one: Given) -> Point:
    said = one.behaviour or one.situation
    text = tr(N_("{skill}: {said}"), skill=skill, said=said) if skill else said
    found = cited(book, one.cites)
    named = tuple((f"{each.label} ({each.id})", each) for each in found.known)
    shows = joined([words for words, _ in named])
    evidence = " · ".join(part for part in (one.given_on.isoformat(), shows) if part)
    return Point(text, evidence, {"feedback": [one.row], **found.rows()}, named)
