"""Who is evaluated in a cycle: each with their days, their scorecard, and what was judged of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from models import links
from models.book import Book
from models.calendar.in_book import roster
from models.calendar.person_days import LEFT
from models.dialects import Connection
from models.evaluations import cards, windows
from models.evaluations.cards import Card
from models.evaluations.scorecard import DRAFT
from models.evaluations.windows import Days, Employed, Window
from models.goals.reading import day_of
from models.goals.rules import days_of
from models.goals.scope import People
from models.money import from_scaled
from models.public_ids import listed
from models.refusals import Refused
from models.texts import N_, tr


@dataclass(frozen=True)
class Cycle:
    """A round of evaluations: its days, both included, and whose team it is of."""

    row: int
    id: str
    name: str
    period: str
    days: Days
    team: int | None


@dataclass(frozen=True)
class Rating:
    """What one rater said of an item."""

    item: int
    rated_by: str
    rater: str
    level: Decimal
    comment: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """One person's evaluation as the book keeps it."""

    row: int
    id: str
    person: int
    version: int
    card: int | None
    starts: date | None
    ends: date | None
    adjustment: Decimal
    adjustment_reason: str
    comment: str
    band: str
    ratings: tuple[Rating, ...] = ()


@dataclass(frozen=True)
class Case:
    """One person in a cycle; ``evaluation`` is None before it was opened, ``card`` where there is none for them."""

    person: int
    name: str
    card: Card | None
    window: Window
    evaluation: Evaluation | None
    notes: tuple[str, ...]


def resolve_cycle(book: Book, text: str) -> int:
    """The row of a cycle by its name or id.

    Raises:
        Refused: ``unknown_link`` or ``ambiguous_link``.
    """
    return links.resolve(book.connection(), book.schema, book.public, "evaluation_cycle", text)


def asked_cycle(book: Book, asked: str | None, on: date) -> int:
    """The row of a cycle by its name, its id or its period; the latest that has begun where nothing is asked.

    Raises:
        Refused: ``no_cycle``, there is none; ``ambiguous_cycle``, several have this period.
    """
    with book.reading() as db:
        every = [
            cycle(db, book, row)
            for (row,) in db.run(
                "SELECT id FROM evaluation_cycle WHERE alive = 1 AND period IS NOT NULL ORDER BY id"
            )
        ]
    if asked is None:
        found = [one for one in every if one.days[0] <= on]
        found = [max(found, key=lambda one: (one.days, one.row))] if found else []
    else:
        found = [one for one in every if asked.strip() in (one.name, one.id)]
        meant = days_of(asked, book.calendar)
        found = found or [one for one in every if one.days == meant]
    if not found:
        raise Refused(
            "no_cycle",
            N_("There is no such evaluation cycle. There are: {known}."),
            known=", ".join(one.name for one in every) or "–",
        )
    if len(found) > 1:
        raise Refused(
            "ambiguous_cycle",
            N_("Several evaluation cycles are meant; name one of: {known}."),
            known=", ".join(one.name for one in found),
        )
    return found[0].row


def cycle(db: Connection, book: Book, row: int) -> Cycle:
    """A cycle.

    Raises:
        Refused: ``gone``, there is none; ``no_days``, its period names no days.
    """
    found = db.run(
        "SELECT name, period, starts_on, ends_on, team FROM evaluation_cycle "
        "WHERE id = ? AND alive = 1",
        (row,),
    )
    if not found:
        raise Refused("gone", N_("This record has been removed meanwhile."))
    name, period, *days, team = found[0]
    first, last = (day_of(one) for one in days)
    if first is None or last is None:
        first, last = days_of(period or "", book.calendar)
    if first is None or last is None:
        raise Refused(
            "no_days", N_("The evaluation cycle “{name}” has no period."), name=name or ""
        )
    number = book.public_id("evaluation_cycle", row)
    return Cycle(row, number, name or "", period or "", (first, last), team)


def cases(
    db: Connection,
    book: Book,
    of: Cycle,
    today: date,
    instead: Mapping[int, Card] | None = None,
) -> list[Case]:
    """Everybody who is evaluated: who has an evaluation in the cycle; before there are any, who worked then.

    Args:
        instead: scorecards that stand in for those of the book, by their rows.
    """
    opened = _evaluations(db, book, of)
    people = _people(db, of, opened)
    if not people:
        return []
    moved = windows.moves(db, book, people, of.days)
    said = windows.transfers(db, moved)
    known_cards, days = cards.read(db, book) | dict(instead or {}), roster(book, today)
    made = []
    for person, (name, position, hired, status) in people.items():
        one = opened.get(person)
        known = Employed(
            hired,
            moved.left.get(person) if status == LEFT else None,
            one.starts if one else None,
            one.ends if one else None,
            said.get(person, ()),
        )
        window = windows.window(of.days, days, person, known)
        if one is None and (window.first > window.last or (status == LEFT and not known.left)):
            continue  # hired later, left before, or on a day that nobody knows
        card = known_cards.get(one.card) if one and one.card else None
        card = card or cards.chosen(known_cards.values(), position, of.days[0])
        notes = (*_of_card(card, position, of), *window.notes, *_running(of, today))
        made.append(Case(person, name, card, window, one, notes))
    return made


def _people(
    db: Connection, of: Cycle, opened: Mapping[int, Evaluation]
) -> dict[int, tuple[str, str, date | None, str]]:
    """Name, position, hire date and status of those who are evaluated."""
    within = People.read(db).of_team(of.team) if of.team is not None and not opened else None
    made = {}
    for row, name, position, hired, status, alive in db.run(
        "SELECT id, name, position, hire_date, status, alive FROM salesperson "
        "WHERE alive IS NOT NULL ORDER BY id"
    ):
        wanted = row in opened if opened else alive == 1
        if wanted and (within is None or row in within):
            made[row] = (name or "", position or "", day_of(hired), status or "")
    return made


def _evaluations(db: Connection, book: Book, of: Cycle) -> dict[int, Evaluation]:
    """The newest version of each person's evaluation, with its judgements."""
    ratings = _ratings(db, of)
    made: dict[int, Evaluation] = {}
    for row, person, version, card, first, last, added, why, comment, band in db.run(
        "SELECT id, person, version, scorecard, starts_on, ends_on, adjustment, adjustment_reason, comment, band "
        "FROM evaluation WHERE alive = 1 AND cycle = ? AND person IS NOT NULL ORDER BY version, id",
        (of.row,),
    ):
        made[person] = Evaluation(
            row,
            book.public_id("evaluation", row),
            person,
            int(version or 1),
            card,
            day_of(first),
            day_of(last),
            from_scaled(int(added or 0)),
            why or "",
            comment or "",
            band or "",
            tuple(ratings[row]),
        )
    return made


def _ratings(db: Connection, of: Cycle) -> dict[int, list[Rating]]:
    """What was judged, by evaluation; a self-review is nobody's business before it is handed in."""
    made: dict[int, list[Rating]] = defaultdict(list)
    for evaluation, item, by, rater, level, comment, cites in db.run(
        "SELECT r.evaluation, r.item, r.rated_by, p.name, r.level, r.comment, r.cites "
        "FROM evaluation_rating r JOIN evaluation e ON e.id = r.evaluation "
        "LEFT JOIN salesperson p ON p.id = r.rater "
        "WHERE r.alive = 1 AND e.alive = 1 AND e.cycle = ? AND r.item IS NOT NULL AND r.level IS NOT NULL "
        "AND (r.rated_by != 'self' OR e.self_handed_in_at IS NOT NULL) ORDER BY r.id",
        (of.row,),
    ):
        made[evaluation].append(_rating(item, by, rater, level, comment, cites))
    return made


def _rating(item: int, by: Any, rater: Any, level: int, comment: Any, cites: Any) -> Rating:
    return Rating(
        item,
        by or "manager",
        rater or "",
        from_scaled(int(level)),
        comment or "",
        listed(cites),
    )


def _of_card(card: Card | None, position: str, of: Cycle) -> list[str]:
    """What is to be said of the scorecard."""
    if card is None:
        if position:
            return [tr(N_("There is no scorecard for the position {position}."), position=position)]
        return [tr(N_("There is no scorecard for this person."))]
    if card.status == DRAFT:
        return [
            tr(
                N_("The scorecard {name} is a draft; it is used because no other is in force."),
                name=card.name,
            )
        ]
    if card.frozen_at:
        frozen = datetime.fromisoformat(card.frozen_at).replace(tzinfo=UTC).astimezone().date()
        if frozen >= of.days[0]:
            return [
                tr(
                    N_("The scorecard was frozen on {day}, after the period had begun."),
                    day=frozen,
                )
            ]
    return []


def _running(of: Cycle, today: date) -> list[str]:
    if not of.days[0] <= today <= of.days[1]:
        return []
    return [
        tr(
            N_("The period runs until {day}: this is how it stands on {today}."),
            day=of.days[1],
            today=today,
        )
    ]
