"""What lies on the desk of who walks a cycle: its people, how far each is, and what comes next.

Read in one go and handed to screens as plain data. What is signed shows what was signed, never what the
records say today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from models.book import Book
from models.dialects import Connection
from models.evaluations import presenting, rating, reading, scoring, sealing, stages, waiting
from models.evaluations.result import Scored
from models.evaluations.steps import Objection, Signed, Standing
from models.money import if_scaled
from models.progress import SILENT, Progress

if TYPE_CHECKING:
    from models.evaluations.bands import Stand

FINISHED = (stages.SIGNED, stages.ARCHIVED)


@dataclass(frozen=True)
class CycleLine:
    """A cycle as it is chosen: its days None where the period names none."""

    row: int
    name: str
    period: str
    first: date | None
    last: date | None
    status: str
    people: int


@dataclass(frozen=True)
class Desk:
    """The cycles, the latest first, and the people of one of them."""

    cycles: tuple[CycleLine, ...]
    cycle: CycleLine | None
    standings: tuple[Standing, ...]
    cards: int  # scorecards in the whole book
    people: int  # salespeople in the whole book
    shares: Mapping[str, Decimal | None]  # intended share of each grade, the highest grade first
    borders: Mapping[str, Decimal]  # points from which each grade begins
    bands: str = ""  # what the groups say, in words
    method: str = ""  # how they were found
    grouped: bool = False  # whether the groups are known already

    def at(self, stage: str) -> int:
        """How many people stand at a stage."""
        return sum(one.stage == stage and one.evaluation is not None for one in self.standings)

    @property
    def opened(self) -> bool:
        """Whether the cycle has evaluations."""
        return any(one.evaluation is not None for one in self.standings)


def desk(book: Book, cycle: int | None = None, on: date | None = None) -> Desk:
    """The cycle of a row, else the latest that is not over, as it stands on a day."""
    day = on or date.today()
    db = book.connection()
    cycles = _cycles(db)
    chosen = next((one for one in cycles if one.row == cycle), None) or _likely(cycles)
    standings: tuple[Standing, ...] = ()
    if chosen is not None and chosen.first is not None:
        standings = _standings(book, chosen, day)
    shares, borders = _grades(book, db, standings)
    return Desk(
        cycles,
        chosen,
        standings,
        int(db.one("SELECT count(*) FROM scorecard_template WHERE alive = 1") or 0),
        int(db.one("SELECT count(*) FROM salesperson WHERE alive = 1") or 0),
        shares,
        borders,
    )


def with_groups(book: Book, found: Desk, progress: Progress = SILENT) -> Desk:
    """The same with who can't be told apart; it takes longer than all the rest."""
    from models.evaluations import bands

    scored = [one.scored for one in found.standings]
    made = bands.bands(scored, bands.clusters(book, scored), progress=progress)
    return replace(
        found,
        standings=tuple(_grouped(one, made.of(one.scored.person)) for one in found.standings),
        bands=made.sentence,
        method="\n".join(dict.fromkeys(one.method for one in made.groups)),
        grouped=True,
    )


def _grouped(one: Standing, stand: Stand | None) -> Standing:
    if stand is None:
        return one
    return replace(
        one,
        group=stand.label,
        apart=stand.sentence,
        low=stand.bar_low,
        high=stand.bar_high,
        compared=stand.compared,
    )


def _cycles(db: Connection) -> tuple[CycleLine, ...]:
    rows = db.run("SELECT id FROM evaluation_cycle WHERE alive = 1")
    counts = dict(
        db.run(
            "SELECT cycle, count(DISTINCT person) FROM evaluation WHERE alive = 1 GROUP BY cycle"
        )
    )
    found = [reading.cycle(db, row) for (row,) in rows]
    made = [
        CycleLine(
            one.row, one.name, one.period, one.first, one.last, one.status, counts.get(one.row, 0)
        )
        for one in found
    ]
    made.sort(key=lambda one: (one.last or date.min, one.row), reverse=True)
    return tuple(made)


def _likely(cycles: Iterable[CycleLine]) -> CycleLine | None:
    """The latest cycle that is under way, else the latest."""
    listed = list(cycles)
    under_way = (one for one in listed if one.people and one.status not in FINISHED)
    return next(under_way, listed[0] if listed else None)


def _standings(book: Book, of: CycleLine, on: date) -> tuple[Standing, ...]:
    found = scoring.scored(book, of.row, on=on)
    return tuple(standing_of(book, one, on) for one in found)


def sealed_scores(book: Book, evaluation: int) -> Scored | None:
    """What was signed and sealed; None where nothing is."""
    copy = sealing.sealed(book, evaluation)
    return None if copy is None else copy.scored


def standing_of(book: Book, scored: Scored, on: date | None = None) -> Standing:
    """Where one person stands whose score is known; a sealed result takes the place of the score."""
    person = book.row_id("salesperson", scored.person)
    if not scored.evaluation:
        return Standing(person, None, scored)
    row, db = book.row_id("evaluation", scored.evaluation), book.connection()
    one = reading.evaluation(db, row)
    turn = waiting.of_one(book, db, reading.cycle(db, one.cycle), one, on or date.today())
    whole = Standing(
        person, row, scored, turn.stage, turn.missing, turn.by, turn.due, turn.late,
        colleagues=turn.colleagues,
    )  # fmt: skip
    return _with_record(book, db, whole)


def _with_record(book: Book, db: Connection, one: Standing) -> Standing:
    """What the record of an evaluation says beside its score."""
    assert one.evaluation is not None
    [(manager, handed_in, own, by_manager, presented)] = db.run(
        "SELECT m.name, v.self_handed_in_at, v.self_score, v.manager_score, v.presented FROM evaluation v "
        "LEFT JOIN salesperson m ON m.id = v.manager WHERE v.id = ?",
        (one.evaluation,),
    )
    copy = sealed_scores(book, one.evaluation)
    return replace(
        one,
        scored=one.scored if copy is None else copy,
        manager=manager or "",
        handed_in=bool(handed_in),
        self_score=if_scaled(own),
        manager_score=if_scaled(by_manager),
        presented=presented or "",
        signed=_signed(db, one.evaluation),
        sealed=copy is not None,
        moved=_moved(book, one.evaluation, presented, copy, one.scored),
        appeals=_appeals(db, one.evaluation),
        levels_missing=_levels_missing(book, one),
    )


def _moved(
    book: Book, row: int, presented: object, copy: Scored | None, scored: Scored
) -> tuple[str, ...]:
    """What the records say otherwise now than what lies before both."""
    if not presented or copy is not None:
        return ()

    def known(*_: object, **__: object) -> tuple[Scored, ...]:
        return (scored,)

    return presenting.moved(book, row, score=known)


def _levels_missing(book: Book, one: Standing) -> bool:
    """Whether who is to judge now has left something open; what is not handed in yet counts too."""
    assert one.evaluation is not None
    by = {stages.SELF_REVIEW: "self", stages.MANAGER_REVIEW: "manager"}.get(one.stage)
    return by is not None and bool(rating.missing(book, one.evaluation, by))


def _signed(db: Connection, row: int) -> tuple[Signed, ...]:
    return tuple(
        Signed(name or "", side or "", _moment(at), bool(agrees), comment or "", digest or "")
        for name, side, at, agrees, comment, digest in db.run(
            "SELECT s.name, g.signed_as, g.signed_at, g.agrees, g.comment, g.digest FROM signature g "
            "LEFT JOIN salesperson s ON s.id = g.person WHERE g.alive = 1 AND g.evaluation = ? "
            "ORDER BY g.signed_at, g.id",
            (row,),
        )
    )


def _moment(stored: str | None) -> str:
    """A stored instant as the clock on the wall showed it."""
    if not stored:
        return ""
    at = datetime.fromisoformat(stored)
    whole = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return f"{whole.astimezone():%Y-%m-%d %H:%M}"


def _appeals(db: Connection, row: int) -> tuple[Objection, ...]:
    return tuple(
        Objection(
            no, status or "filed", reason or "", answer or "", outcome or "",
            date.fromisoformat(due) if due else None,
        )
        for no, status, reason, answer, outcome, due in db.run(
            "SELECT id, status, reason, answer, outcome, answer_due FROM appeal "
            "WHERE alive = 1 AND evaluation = ? ORDER BY filed_on, id",
            (row,),
        )
    )  # fmt: skip


def _grades(
    book: Book, db: Connection, standings: Iterable[Standing]
) -> tuple[dict[str, Decimal | None], dict[str, Decimal]]:
    """The grades of the scorecards in use, from the highest down: intended shares and borders."""
    from models.evaluations import cards

    used = {one.scored.scorecard for one in standings}
    found = [
        grade for card in cards.read(db, book).values() if card.id in used for grade in card.grades
    ]
    found.sort(key=lambda one: one.from_points, reverse=True)
    shares: dict[str, Decimal | None] = {}
    borders: dict[str, Decimal] = {}
    for one in found:
        shares.setdefault(one.name, one.share)
        borders.setdefault(one.name, one.from_points)
    return shares, borders
