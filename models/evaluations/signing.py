"""Both sign what lies before them: who is evaluated, and who evaluates.

A signature names the SHA-256 of the bytes that it stands under. Who doesn't agree signs to have seen it,
and says why beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from models.book import Book
from models.change import Change
from models.describe.kinds import KINDS
from models.dialects import Connection
from models.evaluations import reasons, standing
from models.evaluations.presenting import (
    Presented,
    Score,
    lies,
    moved,
    presented,
    put_latest,
    reckoned,
)
from models.refusals import Refused
from models.texts import N_, tr

SELF, MANAGER = "self", "manager"
ROLES = (SELF, MANAGER)


@dataclass(frozen=True)
class Signed:
    """A signature: whose, as whom, when, whether they agree, what they say, under which bytes."""

    id: str  # public id of the record
    person: str  # public id of the salesperson
    name: str
    signed_as: str  # self | manager
    at: datetime
    agrees: bool
    comment: str
    digest: str

    def as_dict(self) -> dict[str, object]:
        """As it is sealed and as the verbs print it."""
        return {
            "id": self.id,
            "person": self.person,
            "name": self.name,
            "signed_as": self.signed_as,
            "at": self.at.isoformat(),
            "agrees": self.agrees,
            "comment": self.comment,
            "digest": self.digest,
        }


def sign(
    book: Book,
    evaluation: int,
    person: int,
    *,
    agrees: bool = True,
    comment: str = "",
    anyway: bool = False,
    score: Score | None = None,
    at: datetime | None = None,
    origin: str = "ui",
) -> Signed:
    """Sign what lies before both; it is put there if nothing does yet, as part of the same change.

    Args:
        anyway: sign although the data say something else now than what was presented, or the review isn't done.

    Raises:
        Refused: ``sealed``, ``gone``, ``not_a_signer``, ``not_judged``, ``signed_already`` or
            ``changed_since_presented``.
    """
    db = book.connection()
    standing.assert_open(db, evaluation)
    role = _role(book, db, evaluation, person)
    if not anyway:
        _assert_judged(book, db, evaluation)
    found = presented(book, evaluation)
    fresh = reckoned(book, evaluation, score) if found is None else None
    if found is not None and not anyway:
        _assert_unmoved(book, evaluation, score)
    text = N_("{signer} signs the evaluation of {person}")
    signer = book.label("salesperson", person)
    with book.change(reasons.of(book, text, evaluation, signer=signer), origin) as change:
        if fresh is not None and lies(change.db, evaluation) is None:
            found = put_latest(change, book, evaluation, fresh, score)
        _assert_same(change.db, evaluation, found)
        return put(change, book, evaluation, person, role, agrees=agrees, comment=comment, at=at)


def put(
    change: Change,
    book: Book,
    evaluation: int,
    person: int,
    role: str,
    *,
    agrees: bool = True,
    comment: str = "",
    at: datetime | None = None,
) -> Signed:
    """Sign inside a change that is under way.

    Raises:
        Refused: ``sealed``, ``not_presented`` or ``signed_already``.
    """
    db = change.db
    standing.assert_open(db, evaluation)
    found = lies(db, evaluation)
    if found is None:
        raise _nothing_presented()
    if any(one.signed_as == role for one in valid(book, db, evaluation, found)):
        raise Refused("signed_already", N_("This has been signed already."))
    db.run(  # what was signed under other bytes
        "UPDATE signature SET alive = 0 WHERE evaluation = ? AND signed_as = ? AND alive = 1",
        (evaluation, role),
    )
    change.add(
        "signature",
        {
            "evaluation": evaluation,
            "person": person,
            "signed_as": role,
            "signed_at": (at or datetime.now(UTC)).replace(microsecond=0),
            "agrees": agrees,
            "comment": comment or None,
            "digest": found.digest,
        },
    )
    return next(one for one in valid(book, db, evaluation, found) if one.signed_as == role)


def signatures(book: Book, evaluation: int) -> tuple[Signed, ...]:
    """The signatures under what lies before both, the person's own first."""
    db = book.connection()
    found = lies(db, evaluation)
    return valid(book, db, evaluation, found) if found else ()


def lacking(book: Book, evaluation: int) -> tuple[str, ...]:
    """Who has not signed what lies before both: of ``self`` and ``manager``."""
    there = {one.signed_as for one in signatures(book, evaluation)}
    return tuple(one for one in ROLES if one not in there)


def valid(book: Book, db: Connection, evaluation: int, found: Presented) -> tuple[Signed, ...]:
    """The signatures of an evaluation that stand under these bytes."""
    every = written(book, db, evaluation)
    return tuple(one for one in every if one.digest == found.digest)


def written(book: Book, db: Connection, evaluation: int) -> tuple[Signed, ...]:
    """All signatures of an evaluation that are not removed."""
    texts = ", ".join(
        f"CAST(s.{one} AS BLOB)" for one in ("signed_as", "signed_at", "comment", "digest")
    )
    found = db.run(
        f"SELECT s.id, s.person, CAST(p.name AS BLOB), s.agrees, {texts} "
        "FROM signature s LEFT JOIN salesperson p ON p.id = s.person "
        "WHERE s.evaluation = ? AND s.alive = 1 ORDER BY s.signed_as IS NOT 'self', s.id",
        (evaluation,),
    )
    return tuple(_signed(book, *row) for row in found)


def _signed(
    book: Book,
    row: int,
    person: int | None,
    name: bytes | None,
    agrees: object,
    role: bytes | None,
    at: bytes | None,
    comment: bytes | None,
    digest: bytes | None,
) -> Signed:
    return Signed(
        book.public.make("SG", row),
        book.public.make("SP", person) if isinstance(person, int) else "",
        _text(name),
        _text(role),
        _as_stored(_text(at)),
        bool(agrees),
        _text(comment),
        _text(digest),
    )


def _text(stored: bytes | None) -> str:
    return "" if stored is None else stored.decode(errors="backslashreplace")


def _as_stored(text: str) -> datetime:
    """A moment that is written as the program writes it; the first of all for any other text."""
    made = moment(text)
    return made if KINDS["instant"].store(made) == text else moment("")


def moment(stored: str) -> datetime:
    """A stored moment; one that can't be read is the first of all."""
    try:
        made = datetime.fromisoformat(stored)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _role(book: Book, db: Connection, evaluation: int, person: int) -> str:
    """As whom somebody signs.

    Raises:
        Refused: ``gone`` or ``not_a_signer``, with those who may.
    """
    found = db.run(
        "SELECT v.person, v.manager, p.name, m.name FROM evaluation v "
        "LEFT JOIN salesperson p ON p.id = v.person LEFT JOIN salesperson m ON m.id = v.manager "
        "WHERE v.id = ? AND v.alive = 1",
        (evaluation,),
    )
    if not found:
        raise Refused("gone", N_("This record has been removed meanwhile."))
    own, manager, name, evaluator = found[0]
    if person == own:
        return SELF
    if person == manager:
        return MANAGER
    if manager is None:
        raise Refused(
            "not_a_signer",
            N_(
                "{who} can't sign: nobody is named as who evaluates {name}. Fill in “Evaluated by” first."
            ),
            who=book.label("salesperson", person),
            name=name or "",
        )
    raise Refused(
        "not_a_signer",
        N_("{who} can't sign: only {name}, who is evaluated, and {evaluator}, who evaluates, do."),
        who=book.label("salesperson", person),
        name=name or "",
        evaluator=evaluator or "",
    )


def _assert_judged(book: Book, db: Connection, evaluation: int) -> None:
    """Refuse to sign, before the talk, what the manager has not judged yet."""
    from models.evaluations import rating, reading, stages

    one = reading.evaluation(db, evaluation)
    if not stages.is_before(one.status, stages.TALK):
        return
    if left := rating.missing_of(book, db, one, MANAGER):
        raise Refused(
            "not_judged",
            N_(
                "It is still at the stage “{stage}”, and the manager has not judged: {items}. Sign when that is done, or sign all the same."
            ),
            stage=stages.name(one.status),
            items=left,
        )


def _assert_unmoved(book: Book, evaluation: int, score: Score | None) -> None:
    found = moved(book, evaluation, score=score)
    if found:
        raise Refused(
            "changed_since_presented",
            N_(
                "The data changed since this was presented ({what}). Present it again, which ends a signature that is there already, or sign what was presented all the same."
            ),
            what=tr(N_(", ")).join(found),
        )


def _assert_same(db: Connection, evaluation: int, found: Presented | None) -> None:
    now = lies(db, evaluation)
    if now is None or found is None or now.digest != found.digest:
        raise Refused(
            "presented_meanwhile", N_("It was presented anew meanwhile. Read it, then sign.")
        )


def _nothing_presented() -> Refused:
    return Refused("not_presented", N_("Nothing has been presented for signature yet."))
