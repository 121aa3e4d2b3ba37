"""Puts a result before both for signature: the bytes stand in the evaluation until they are sealed.

Presented again, what came out otherwise takes the place of what lay there, and signatures under that
are void. What came out the same stays, with its signatures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from models.book import Book
from models.change import Change
from models.describe.kinds import KINDS
from models.dialects import Connection, quoted
from models.evaluations import reasons, standing
from models.evaluations.content import content, digest_of, read, scored_of, substance, unnamed
from models.evaluations.evaluation import EVALUATION
from models.evaluations.result import ItemScore, Scored
from models.money import plain
from models.refusals import Refused
from models.texts import N_, tr

Score = Callable[..., tuple[Scored, ...]]
_TRIES = 3  # times that it is worked out anew because somebody else wrote meanwhile
_KEPT = (
    "data_score",
    "total",
    "grade",
    "band",
)  # what of the result stands in the evaluation itself


@dataclass(frozen=True)
class Presented:
    """What lies before both: its bytes and their SHA-256.

    ``fresh`` is whether it was put there now, ``voided`` how many signatures ended with what lay there.
    """

    digest: str
    content: bytes
    fresh: bool = False
    voided: int = 0

    @property
    def scored(self) -> Scored:
        """The result that it says."""
        return scored_of(read(self.content))


def present(
    book: Book, evaluation: int, *, score: Score | None = None, origin: str = "ui"
) -> Presented:
    """Put the result as it is now before both for signature.

    Raises:
        Refused: ``sealed``, ``gone``, ``not_scored``.
    """
    score, text = score or _grouped(), N_("Presented for signature: {person}")
    for left in range(_TRIES, -1, -1):
        found = result(book, evaluation, score)
        try:
            with book.change(reasons.of(book, text, evaluation), origin) as change:
                if left and _moved_on(change, found):
                    raise _Moved
                return _put(
                    change, book, evaluation, _latest(change, book, evaluation, found, score)
                )
        except _Kept as kept:
            return kept.lies
        except _Moved:
            continue
    raise AssertionError("unreachable")


def _moved_on(change: Change, found: Scored) -> bool:
    """Whether somebody wrote since a result was worked out."""
    since = "SELECT 1 FROM change WHERE id > ? LIMIT 1"
    return bool(change.db.one(since, (found.as_of,)))


def _latest(
    change: Change, book: Book, evaluation: int, found: Scored, score: Score | None
) -> Scored:
    """A result, anew if somebody wrote since: whoever writes on and on waits now."""
    if not _moved_on(change, found):
        return found
    return result(book, evaluation, score or _grouped())


class _Moved(Exception):
    """Somebody wrote between the reckoning and the door."""


class _Kept(Exception):
    """What lies before both says the same: there is no change."""

    def __init__(self, lies: Presented) -> None:
        super().__init__()
        self.lies = lies


def reckoned(book: Book, evaluation: int, score: Score | None = None) -> Scored:
    """What would be put before both now.

    Raises:
        Refused: as ``result``.
    """
    return result(book, evaluation, score or _grouped())


def put_latest(
    change: Change, book: Book, evaluation: int, found: Scored, score: Score | None
) -> Presented:
    """Present inside a change what was ``reckoned`` before the door opened.

    Raises:
        Refused: ``sealed`` or ``gone``.
    """
    return put(change, book, evaluation, _latest(change, book, evaluation, found, score))


def put(change: Change, book: Book, evaluation: int, scored: Scored) -> Presented:
    """Present a result inside a change that is under way.

    Raises:
        Refused: ``sealed`` or ``gone``.
    """
    try:
        return _put(change, book, evaluation, scored)
    except _Kept as kept:
        return kept.lies


def _put(change: Change, book: Book, evaluation: int, scored: Scored) -> Presented:
    db = change.db
    standing.assert_open(db, evaluation)
    _assert_there(db, evaluation)
    before = lies(db, evaluation)
    _set(db, evaluation, {name: getattr(scored, name) for name in _KEPT})
    made = content(book, db, evaluation, scored)
    if before is not None and substance(read(before.content)) == substance(read(made)):
        raise _Kept(before)
    voided = void(db, evaluation)
    _set(db, evaluation, {"presented": made.decode()})
    return Presented(digest_of(made), made, True, voided)


def _set(db: Connection, evaluation: int, values: dict[str, Any]) -> None:
    """Write what follows from the result; no rule of the door has anything to add to it."""
    stored = {
        EVALUATION.field(name).column: KINDS[EVALUATION.field(name).kind].store(value)
        for name, value in values.items()
    }
    db.run(
        f"UPDATE evaluation SET {', '.join(f'{quoted(one)} = ?' for one in stored)} WHERE id = ?",
        (*stored.values(), evaluation),
    )


def void(db: Connection, evaluation: int) -> int:
    """Remove the signatures of an evaluation; gives how many there were."""
    return len(
        db.run(
            "UPDATE signature SET alive = 0 WHERE evaluation = ? AND alive = 1 RETURNING 1",
            (evaluation,),
        )
    )


def presented(book: Book, evaluation: int) -> Presented | None:
    """What lies before both; None before it was presented."""
    return lies(book.connection(), evaluation)


def lies(db: Connection, evaluation: int) -> Presented | None:
    """The same, as a connection sees it."""
    said = db.one("SELECT presented FROM evaluation WHERE id = ?", (evaluation,))
    if not said:
        return None
    made = str(said).encode()
    try:
        read(made)
    except ValueError:  # a sheet brought something else
        return None
    return Presented(digest_of(made), made)


# -- the result now ----------------------------------------------------------------------------------


def result(book: Book, evaluation: int, score: Score | None = None) -> Scored:
    """What the data say of an evaluation now.

    Raises:
        Refused: ``gone``; ``not_scored``, the person is not evaluated in the cycle.
    """
    reckon = score or _scoring()
    with book.reading() as db:
        person, cycle = _assert_there(db, evaluation)
        as_of = int(db.one("SELECT coalesce(max(id), 0) FROM change"))
        every = reckon(book, cycle, people=(person,))
    own, whose = book.public_id("evaluation", evaluation), book.public_id("salesperson", person)
    found = next((one for one in every if one.evaluation == own), None)
    found = found or next((one for one in every if one.person == whose), None)
    if found is None:
        raise Refused("not_scored", N_("There is no result for this person in this cycle."))
    version = int(db.one("SELECT version FROM evaluation WHERE id = ?", (evaluation,)) or 1)
    return replace(found, evaluation=own, version=version, as_of=as_of)


def _grouped() -> Score:
    """With the group among all of the cycle, which takes a while: only what is put before both needs it."""
    from models.evaluations.bands import grouped

    return grouped


def _scoring() -> Score:
    from models.evaluations.scoring import scored

    return scored


def _assert_there(db: Connection, evaluation: int) -> tuple[int, int]:
    """The person and the cycle of an evaluation."""
    found = db.run("SELECT person, cycle FROM evaluation WHERE id = ? AND alive = 1", (evaluation,))
    if not found or None in found[0]:
        raise Refused("gone", N_("This record has been removed meanwhile."))
    return int(found[0][0]), int(found[0][1])


def moved(book: Book, evaluation: int, *, score: Score | None = None) -> tuple[str, ...]:
    """What the data say otherwise now than what lies before both, a sentence for each; none if nothing."""
    before = presented(book, evaluation)
    if before is None:
        return ()
    return differences(before.scored, result(book, evaluation, score))


def differences(before: Scored, now: Scored) -> tuple[str, ...]:
    """What two results say otherwise, in words."""
    before, now = unnamed(before), unnamed(now)
    if substance(before.as_dict()) == substance(now.as_dict()):
        return ()
    made = []
    there = {one.item: one for one in before.items}
    for one in now.items:
        old = there.pop(one.item, None)
        if old is None or substance(old.as_dict()) != substance(one.as_dict()):
            made.append(_told(one.name, old, one))
    made += [_told(one.name, one, None) for one in there.values()]
    if before.total != now.total:
        made.append(
            tr(N_("total {before} → {after}"), before=points(before.total), after=points(now.total))
        )
    return tuple(made) or (tr(N_("the rest of the result")),)


def _told(name: str, before: ItemScore | None, now: ItemScore | None) -> str:
    scores = (points(one.score if one else None) for one in (before, now))
    first, last = scores
    if first == last:
        return tr(N_("{item}: the records behind it"), item=name)
    return tr(N_("{item} {before} → {after}"), item=name, before=first, after=last)


def points(value: Decimal | None) -> str:
    """Points as they are said, "–" for none."""
    return "–" if value is None else plain(value)
