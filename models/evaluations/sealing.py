"""Seals what both signed: the bytes, their signatures and a chain from one seal to the next.

A seal is a row of ``sealed_copy``, beside the journal: no undo reaches it, triggers refuse to change it, and
what it says is always read from its own bytes. Its chain is the SHA-256 over every column of the row and the
chain of the row before; the last number and chain are kept in ``book_info`` too. That shows every change
behind the program's back, unless somebody with the file and this program reckons the whole chain anew: the
digest on the signed paper is what that can't change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from models.book import Book
from models.change import Change
from models.dialects import Connection
from models.evaluations import reasons, standing
from models.evaluations.content import (
    canonical,
    evaluation_now,
    ratings_now,
    read,
    scored_of,
    without_names,
)
from models.evaluations.evaluation import EVALUATION
from models.evaluations.presenting import lies
from models.evaluations.result import Scored
from models.evaluations.signing import MANAGER, SELF, Signed, moment, valid
from models.refusals import Refused
from models.texts import N_, tr

HEAD = ("sealed_number", "sealed_chain")  # in ``book_info``
COLUMNS = (
    "number", "evaluation", "content", "digest", "signatures", "sealed_at", "as_of", "change",
    "previous", "chain",
)  # fmt: skip


@dataclass(frozen=True)
class Sealed:
    """A seal as it was made; everything is read from the sealed bytes, nothing from the book of today."""

    number: int
    evaluation: int
    content: bytes
    digest: str
    signed: str  # the signatures as JSON
    sealed_at: str
    as_of: int  # the change after which the book stood so
    change: int  # the change that sealed it
    previous: str
    chain: str

    @cached_property
    def said(self) -> dict[str, Any]:
        """What the bytes say."""
        return read(self.content)

    @cached_property
    def scored(self) -> Scored:
        """The result."""
        return scored_of(self.said)

    @property
    def signatures(self) -> tuple[Signed, ...]:
        """The signatures under it, the person's own first."""
        return tuple(Signed(**{**one, "at": moment(one["at"])}) for one in json.loads(self.signed))

    @property
    def result(self) -> dict[str, Any]:
        """The result as it was sealed."""
        return dict(self.said["result"])

    @property
    def ratings(self) -> list[dict[str, Any]]:
        """What was judged."""
        return list(self.said["ratings"])

    @property
    def rules(self) -> dict[str, Any]:
        """The scorecard, its items and grades, the measures and goals by which it was worked out."""
        return dict(self.said["rules"])

    @property
    def language(self) -> str:
        """The language of its sentences."""
        return str(self.said["language"])

    @property
    def at(self) -> datetime:
        """When it was sealed."""
        return moment(self.sealed_at)


def seal(book: Book, evaluation: int, *, at: datetime | None = None, origin: str = "ui") -> Sealed:
    """Seal what both signed; the evaluation is signed from then on, and stands.

    Raises:
        Refused: ``sealed``, ``not_presented``, ``not_signed`` or ``changed_since_presented``.
    """
    said = reasons.of(book, N_("Evaluation sealed: {person}, {cycle}"), evaluation)
    with book.change(said, origin) as change:
        return put(change, book, evaluation, at)


def put(change: Change, book: Book, evaluation: int, at: datetime | None = None) -> Sealed:
    """Seal inside a change that is under way.

    Raises:
        Refused: as ``seal`` says.
    """
    db = change.db
    standing.assert_open(db, evaluation)
    found = lies(db, evaluation)
    if found is None:
        raise Refused("not_presented", N_("Nothing has been presented for signature yet."))
    signed = valid(book, db, evaluation, found)
    _assert_signed(db, evaluation, {one.signed_as for one in signed})
    said = read(found.content)
    if stale := drift(book, db, evaluation, said):
        raise Refused(
            "changed_since_presented",
            N_("What was signed isn't what stands now ({what}). Present it again and sign again."),
            what=tr(N_(", ")).join(stale),
        )
    db.run(
        "UPDATE evaluation SET status = ? WHERE id = ? AND status IS NOT ?",
        (standing.SIGNED, evaluation, standing.ARCHIVED),
    )
    number, previous = _head(book, db)
    row: dict[str, Any] = {
        "number": number + 1,
        "evaluation": evaluation,
        "content": found.content,
        "digest": found.digest,
        "signatures": canonical([one.as_dict() for one in signed]).decode(),
        "sealed_at": (at or datetime.now(UTC)).replace(microsecond=0).isoformat(),
        "as_of": said["result"]["as_of"],
        "change": change.no,
        "previous": previous,
    }
    row["chain"] = chain_of(row)
    _write(db, row)
    return _sealed(row)


def _write(db: Connection, row: Mapping[str, Any]) -> None:
    db.run(
        f"INSERT INTO sealed_copy ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})",
        [row[one] for one in COLUMNS],
    )
    for name, value in zip(HEAD, (str(row["number"]), row["chain"]), strict=True):
        db.run("INSERT OR REPLACE INTO book_info (name, value) VALUES (?, ?)", (name, value))


def chain_of(row: Mapping[str, Any]) -> str:
    """The SHA-256 that ties a seal to the one before it; of every column but itself."""
    named = {name: row[name] for name in COLUMNS if name not in ("content", "chain")}
    # The content counts by its digest, which is reckoned from it, not believed.
    named["content"] = hashlib.sha256(row["content"]).hexdigest()
    return hashlib.sha256(canonical(named)).hexdigest()


def first_link(book: Book) -> str:
    """What the first seal of a book is tied to, so that no other book's seals fit."""
    return hashlib.sha256(f"daybook {book.id}".encode()).hexdigest()


def _head(book: Book, db: Connection) -> tuple[int, str]:
    """Number and chain of the last seal."""
    found = db.run("SELECT number, chain FROM sealed_copy ORDER BY number DESC LIMIT 1")
    return (int(found[0][0]), str(found[0][1])) if found else (0, first_link(book))


def _assert_signed(db: Connection, evaluation: int, there: set[str]) -> None:
    """Refuse to seal without both signatures, naming who has not signed."""
    own, manager = db.run(
        "SELECT p.name, m.name FROM evaluation v LEFT JOIN salesperson p ON p.id = v.person "
        "LEFT JOIN salesperson m ON m.id = v.manager WHERE v.id = ?",
        (evaluation,),
    )[0]
    names = {SELF: own or "", MANAGER: manager or tr(N_("who evaluates"))}
    missing = [names[one] for one in (SELF, MANAGER) if one not in there]
    if missing:
        raise Refused(
            "not_signed",
            N_("It is sealed when both have signed what is presented; missing: {names}."),
            names=tr(N_(", ")).join(missing),
        )


def drift(book: Book, db: Connection, evaluation: int, said: Mapping[str, Any]) -> list[str]:
    """The fields of an evaluation, and its judgements, that stand otherwise than the bytes say."""
    now, signed = evaluation_now(book, db, evaluation), said["evaluation"]
    entity = book.schema.entity("evaluation")
    made = [
        entity.field(name).text() if entity.has(name) else name
        for name in signed
        if now.get(name) != signed[name]
    ]
    judged = [without_names(one) for one in ratings_now(book, db, evaluation)]
    if judged != [without_names(one) for one in said["ratings"]]:
        made.append(book.schema.entity("evaluation_rating").plural_text())
    return made


# -- reading -----------------------------------------------------------------------------------------


def is_sealed(book: Book, evaluation: int) -> bool:
    """Whether an evaluation is sealed."""
    return standing.is_sealed(book.connection(), evaluation)


def sealed(book: Book, evaluation: int) -> Sealed | None:
    """The seal of an evaluation; None if it isn't sealed. ``verifying`` says whether it is unbroken."""
    found = book.connection().run(
        f"SELECT {', '.join(COLUMNS)} FROM sealed_copy WHERE evaluation = ?", (evaluation,)
    )
    return _sealed(dict(zip(COLUMNS, found[0], strict=True))) if found else None


def as_signed(book: Book, found: Iterable[Scored]) -> tuple[Scored, ...]:
    """Results as they count: what was sealed in place of what the data say today."""
    made = []
    for one in found:
        row = book.public.row(EVALUATION.prefix, one.evaluation) if one.evaluation else None
        copy = sealed(book, row) if row else None
        made.append(copy.scored if copy is not None else one)
    return tuple(made)


def every(book: Book) -> tuple[Sealed, ...]:
    """All seals of a book in the order in which they were made."""
    found = book.connection().run(f"SELECT {', '.join(COLUMNS)} FROM sealed_copy ORDER BY number")
    return tuple(_sealed(dict(zip(COLUMNS, one, strict=True))) for one in found)


def _sealed(row: Mapping[str, Any]) -> Sealed:
    return Sealed(
        row["number"],
        row["evaluation"],
        bytes(row["content"]),
        row["digest"],
        row["signatures"],
        row["sealed_at"],
        row["as_of"],
        row["change"],
        row["previous"],
        row["chain"],
    )
