"""What a cycle waits for: for each person what is missing, whose turn it is, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.book import Book
from models.dialects import Connection
from models.evaluations import appeal_rules, asking, cards, rating, reading, rules, stages
from models.evaluations.asking import NOBODY_ASKED, Answers
from models.evaluations.reading import Cycle, Evaluation
from models.texts import N_, ntr, tr

PERSON, MANAGER, BOTH, NOBODY = "person", "manager", "both", "nobody"


@dataclass(frozen=True)
class Waiting:
    """One person's evaluation: ``missing`` are sentences, ``by`` and ``who`` whose turn it is.

    ``who`` is a salesperson, None where nobody is named or nothing is to be done. ``late`` are days past
    ``due``, below 0 those that are left, 0 without a day. ``colleagues`` says how far those are who were
    asked; nobody waits for them.
    """

    evaluation: int
    person: int
    name: str
    stage: str
    missing: tuple[str, ...]
    by: str
    who: int | None
    due: date | None
    late: int
    colleagues: Answers = NOBODY_ASKED


class _Turn(NamedTuple):
    by: str
    missing: tuple[str, ...]
    due: date | None


def waiting(book: Book, cycle: int, on: date | None = None) -> tuple[Waiting, ...]:
    """Everybody of a cycle, in its order."""
    with book.reading() as db:
        of = reading.cycle(db, cycle)
        found = reading.evaluations(db, cycle)
        turns = _Turns(book, db, of, on or date.today())
        return tuple(turns.waiting(one) for one in found)


def of_one(book: Book, db: Connection, of: Cycle, one: Evaluation, on: date) -> Waiting:
    """What one evaluation of a cycle waits for."""
    return _Turns(book, db, of, on).waiting(one)


class _Turns:
    """Whose turn it is, of one reading of the book."""

    def __init__(self, book: Book, db: Connection, of: Cycle, on: date) -> None:
        self._book, self._db, self._of, self._on = book, db, of, on
        self._cards = cards.read(db, book)

    def waiting(self, one: Evaluation) -> Waiting:
        """What one evaluation waits for."""
        turn = self._turn(one)
        who = {PERSON: one.person, NOBODY: None}.get(turn.by, one.manager)
        said = turn.missing
        if turn.by in (MANAGER, BOTH) and one.manager is None:
            said = (*said, tr(N_("Nobody is named who evaluates.")))
        late = (self._on - turn.due).days if turn.due else 0
        return Waiting(
            one.row, one.person, one.name, one.status, said, turn.by, who, turn.due, late,
            asking.answers(self._db, one),
        )  # fmt: skip

    def _turn(self, one: Evaluation) -> _Turn:
        of = self._of
        match one.status:
            case stages.PLANNED:
                return _Turn(MANAGER, (tr(N_("The cycle is to be opened.")),), of.first)
            case stages.GOAL_SETTING:
                return _Turn(BOTH, (tr(N_("Goals are to be agreed.")),), of.first)
            case stages.RUNNING:
                return _running(of, self._on)
            case stages.SELF_REVIEW:
                return self._self_review(one)
            case stages.MANAGER_REVIEW:
                return self._manager_review(one)
            case stages.CALIBRATION:
                text = tr(N_("The totals are to be compared and confirmed."))
                return _Turn(MANAGER, (text,), None)
            case stages.TALK:
                return _talk(self._db, of, one)
            case stages.SIGNED:
                return _signed(self._db, one)
        return _Turn(NOBODY, (), None)

    def _self_review(self, one: Evaluation) -> _Turn:
        left = rating.missing_of(self._book, self._db, one, rules.SELF, self._cards)
        said = [_levels(left)] if left else []
        said.append(tr(N_("The self-review is to be handed in.")))
        return _Turn(MANAGER if one.waived else PERSON, tuple(said), self._of.self_due)

    def _manager_review(self, one: Evaluation) -> _Turn:
        left = rating.missing_of(self._book, self._db, one, rules.MANAGER, self._cards)
        said = [_levels(left)] if left else []
        bare = rating.not_shown(self._book, self._db, one, self._cards)
        if bare := tuple(name for name in bare if name not in left):
            said.append(tr(N_("No record is named for: {items}."), items=tr(N_(", ")).join(bare)))
        said.append(tr(N_("The manager's review is to be finished.")))
        return _Turn(MANAGER, tuple(said), self._of.manager_due)


def _signed(db: Connection, one: Evaluation) -> _Turn:
    if appeal_rules.waits(db, one.row):
        return _Turn(MANAGER, (tr(N_("An appeal waits for its answer.")),), None)
    return _Turn(MANAGER, (tr(N_("It is signed; it can go to the archive.")),), None)


def _running(of: Cycle, on: date) -> _Turn:
    if of.last is not None and on <= of.last:
        return _Turn(
            NOBODY, (tr(N_("The period runs until {day}."), day=of.last.isoformat()),), None
        )
    return _Turn(MANAGER, (tr(N_("The period is over; the self-review can begin.")),), of.last)


def _levels(left: tuple[str, ...]) -> str:
    said = tr(N_(", ")).join(left)
    return ntr(
        "{n} item has no level yet: {items}", "{n} items have no level yet: {items}", len(left), items=said
    )  # fmt: skip


def _talk(db: Connection, of: Cycle, one: Evaluation) -> _Turn:
    signed = {
        by
        for (by,) in db.run(
            "SELECT signed_as FROM signature WHERE alive = 1 AND evaluation = ?", (one.row,)
        )
    }
    if not signed:
        return _Turn(BOTH, (tr(N_("It is to be talked over and signed by both.")),), of.talk_due)
    if signed == {"manager"}:
        return _Turn(PERSON, (tr(N_("The person's signature is missing.")),), of.talk_due)
    if signed == {"self"}:
        return _Turn(MANAGER, (tr(N_("The manager's signature is missing.")),), of.talk_due)
    return _Turn(MANAGER, (tr(N_("Both have signed; the result is to be sealed.")),), of.talk_due)
