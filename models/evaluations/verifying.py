"""Whether every seal is what it was: bytes, digests, signatures, the chain, and the records beside it.

It finds what was changed past the program: any byte of a sealed row, rows that were added, removed or
exchanged, totals, grades and signatures that differ from what was sealed, and signed evaluations without a
seal. What it can't find: somebody with the file and this program who reckons the whole chain anew. The
digest that both have on paper is the anchor; compare it with the one that is printed here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.book import Book
from models.dialects import Connection
from models.evaluations import standing
from models.evaluations.content import canonical, read
from models.evaluations.evaluation import EVALUATION
from models.evaluations.sealing import COLUMNS, HEAD, chain_of, drift, first_link
from models.evaluations.signing import written
from models.refusals import BookUnavailable
from models.texts import N_, tr

_TYPES = {"content": "blob"}
_WHOLE = ("number", "evaluation", "as_of", "change")


@dataclass(frozen=True)
class Problem:
    """Something that is not as it was sealed: a stable code, and what it means."""

    code: str
    message: str


@dataclass(frozen=True)
class SealState:
    """A seal as it was found; ``evaluation``, ``person`` and ``cycle`` as the sealed bytes say, if they can."""

    number: int
    row: int  # of the evaluation
    evaluation: str
    person: str
    cycle: str
    digest: str
    sealed_at: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing of it is broken."""
        return not self.problems


@dataclass(frozen=True)
class Verified:
    """All seals, and what is wrong with them as a whole."""

    seals: tuple[SealState, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is broken."""
        return not self.problems and all(one.ok for one in self.seals)

    @property
    def broken(self) -> int:
        """How many seals, and whole findings, are broken."""
        return len(self.problems) + sum(not one.ok for one in self.seals)


def verify(book: Book) -> Verified:
    """Examine every seal and what stands beside it; reads only."""
    try:
        with book.reading() as db:
            rows = _rows(db)
            seals = tuple(_states(book, db, rows))
            return Verified(seals, tuple(_whole(book, db, rows)))
    except BookUnavailable as refused:
        return Verified((), (_problem("damaged", str(refused)),))


def _rows(db: Connection) -> list[dict[str, Any]]:
    """The sealed rows; a text is read as bytes, because what was damaged may be none any more."""
    columns = ", ".join(
        f"typeof({one}), {one if one in _WHOLE else f'CAST({one} AS BLOB)'}" for one in COLUMNS
    )
    made = []
    for row in db.run(f"SELECT {columns} FROM sealed_copy ORDER BY number"):
        kinds, values = row[::2], row[1::2]
        found = dict(zip(COLUMNS, values, strict=True))
        found["kinds"] = dict(zip(COLUMNS, kinds, strict=True))
        made.append(found)
    return made


def _states(book: Book, db: Connection, rows: Sequence[dict[str, Any]]) -> Iterator[SealState]:
    previous = first_link(book)
    for at, raw in enumerate(rows, 1):
        row = {name: _readable(name, raw[name]) for name in COLUMNS}
        problems = list(_of_row(raw, row, at, previous))
        said: dict[str, Any] = {}
        try:
            said = read(row["content"])
            problems += _beside(book, db, row, said)
        except (KeyError, TypeError, ValueError, AttributeError):
            problems.append(_problem("unreadable", tr(N_("The sealed content can't be read."))))
        result = said.get("result") if isinstance(said.get("result"), dict) else {}
        assert isinstance(result, dict)
        yield SealState(
            int(row["number"]),
            row["evaluation"] if isinstance(row["evaluation"], int) else 0,
            str(result.get("evaluation", "")),
            str(result.get("name", "")),
            str(result.get("cycle_name", "")),
            str(row["digest"]),
            str(row["sealed_at"]),
            tuple(problems),
        )
        previous = str(row["chain"])


def _readable(name: str, value: Any) -> Any:
    if not isinstance(value, bytes) or name == "content":
        return value if value is not None else b"" if name == "content" else ""
    return value.decode(errors="backslashreplace")


def _of_row(raw: dict[str, Any], row: dict[str, Any], at: int, previous: str) -> Iterator[Problem]:
    """What is wrong with a row by itself, and with its place in the chain."""
    wanted = {one: "integer" if one in _WHOLE else _TYPES.get(one, "text") for one in COLUMNS}
    if raw["kinds"] != wanted:
        yield _problem("altered", tr(N_("A column holds something of another kind.")))
        return
    if row["number"] != at:
        yield _problem("gap", tr(N_("Seals before it are missing or were put in.")))
    if hashlib.sha256(row["content"]).hexdigest() != row["digest"]:
        yield _problem("digest", tr(N_("The content isn't what the digest was made of.")))
    if row["previous"] != previous:
        yield _problem("order", tr(N_("It doesn't follow the seal before it.")))
    if chain_of(row) != row["chain"]:
        yield _problem("chain", tr(N_("The row was changed after it was sealed.")))


def _beside(
    book: Book, db: Connection, row: dict[str, Any], said: dict[str, Any]
) -> Iterator[Problem]:
    """What records say otherwise than the sealed content."""
    evaluation = row["evaluation"]
    own = said["result"]["evaluation"]
    if said["book"] != book.id or own != book.public.make("EV", evaluation):
        yield _problem("another", tr(N_("It was sealed for another evaluation.")))
        return
    if said["result"]["as_of"] != row["as_of"]:
        yield _problem("as_of", tr(N_("It names another moment than its content.")))
    found = db.run(
        "SELECT CAST(status AS BLOB), CAST(presented AS BLOB) FROM evaluation WHERE id = ? AND alive = 1",
        (evaluation,),
    )
    if not found:
        yield _problem("record_gone", tr(N_("The evaluation is not there any more.")))
        return
    status, presented = found[0]
    if status not in (standing.SIGNED.encode(), standing.ARCHIVED.encode()):
        yield _problem("status", tr(N_("The evaluation is sealed, and its status isn't signed.")))
    if differing := drift(book, db, evaluation, said):
        yield _problem(
            "record",
            tr(
                N_("The evaluation says otherwise than what was sealed: {fields}."),
                fields=tr(N_(", ")).join(differing),
            ),
        )
    if presented != row["content"]:
        yield _problem("presented", tr(N_("What was presented isn't what was sealed.")))
    yield from _signatures(book, db, evaluation, row)


def _signatures(
    book: Book, db: Connection, evaluation: int, row: dict[str, Any]
) -> Iterator[Problem]:
    now = written(book, db, evaluation)
    # What a person is called may change; who it was may not.
    same = _unnamed(canonical([one.as_dict() for one in now])) == _unnamed(
        row["signatures"].encode()
    )
    odd = "SELECT 1 FROM signature WHERE evaluation = ? AND alive = 1 AND agrees IS NOT 0 AND agrees IS NOT 1"
    if not same or db.one(odd, (evaluation,)):
        yield _problem("signatures", tr(N_("The signatures aren't those that were sealed.")))
    if any(one.digest != row["digest"] for one in now):
        yield _problem("signed_other", tr(N_("A signature stands under another content.")))


def _unnamed(signatures: bytes) -> object:
    return [
        {name: value for name, value in one.items() if name != "name"}
        for one in json.loads(signatures)
    ]


def _whole(book: Book, db: Connection, rows: Sequence[dict[str, Any]]) -> Iterator[Problem]:
    """What is wrong with the seals as a whole: the end of the chain, and signed evaluations without one."""
    kept = [
        db.one("SELECT CAST(value AS BLOB) FROM book_info WHERE name = ?", (one,)) for one in HEAD
    ]
    last = [str(rows[-1]["number"]).encode(), rows[-1]["chain"]] if rows else [None, None]
    if kept != last:
        yield _problem(
            "end", tr(N_("The book knows another last seal: seals were removed or added."))
        )
    signed = "v.alive = 1 AND v.status IN ('signed', 'archived')"
    text = N_("The evaluation {id} of {person} for {cycle} is signed and has no seal.")
    for named in _unsealed(book, db, signed):
        yield _problem("not_sealed", tr(text, **named))
    # A sheet may bring what was signed elsewhere; here only sealing signs.
    told = (
        f"NOT ({signed}) AND v.id IN (SELECT e.row FROM edit e JOIN change h ON h.id = e.change "
        f"WHERE e.entity = {EVALUATION.no} AND e.field = 'status' AND e.after = 'signed' "
        "AND h.dead = 0 AND h.kind = 'edit' AND h.origin != 'import')"
    )
    text = N_("The history says that the evaluation {id} of {person} for {cycle} was sealed; its seal is gone.")  # fmt: skip
    for named in _unsealed(book, db, told):
        yield _problem("seal_gone", tr(text, **named))


def _unsealed(book: Book, db: Connection, where: str) -> Iterator[dict[str, str]]:
    """What evaluations without a seal are called."""
    for row, person, cycle in db.run(
        "SELECT v.id, CAST(p.name AS BLOB), CAST(c.name AS BLOB) FROM evaluation v "
        "LEFT JOIN salesperson p ON p.id = v.person LEFT JOIN evaluation_cycle c ON c.id = v.cycle "
        f"WHERE {where} AND NOT EXISTS (SELECT 1 FROM sealed_copy s WHERE s.evaluation = v.id) ORDER BY v.id"
    ):
        yield {
            "id": book.public.make("EV", row),
            "person": (person or b"").decode(errors="replace"),
            "cycle": (cycle or b"").decode(errors="replace"),
        }


def _problem(code: str, message: str) -> Problem:
    return Problem(code, message)
