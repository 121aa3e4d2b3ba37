"""What the book keeps of workbooks beside the journal: what left, what came back, the secret of seals.

What a workbook held when it came back is the base of the next merge of it. Each return keeps only what
was handled then, and counts as long as the change that merged it lives: undoing one of several takes
exactly its part of the base away.
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from models.dialects import Connection
from models.workbooks import manifest
from models.workbooks.manifest import Manifest, Stored

_SECRET = "workbook_secret"
_KEPT = 400  # manifests; of older workbooks the hidden part of the file must do


Cells = Mapping[str, Mapping[int, Mapping[str, Stored]]]  # entity → row id → field → value


@dataclass(frozen=True)
class Returned:
    """What a return handled, or several of them together (``folded``): the base of the next merge.

    ``rows``: cells as they came back; a row without any says that the row was there. ``gone``: entity →
    row ids that were not in the file any more. ``added``: what became of new rows, as (entity, row id,
    values by field as they came); row 0 where a row was asked or declined. ``asked``: of cells that
    were asked what they had left with; ``unread``: texts that were no values of their fields.
    """

    rows: Cells = field(default_factory=dict)
    gone: Mapping[str, frozenset[int]] = field(default_factory=dict)
    added: tuple[tuple[str, int, Mapping[str, Stored]], ...] = ()
    asked: Cells = field(default_factory=dict)
    unread: Cells = field(default_factory=dict)

    def packed(self) -> bytes:
        """As bytes."""
        plain = {
            "rows": _plain(self.rows),
            "gone": {entity: sorted(rows) for entity, rows in self.gone.items()},
            "added": [[entity, row, dict(values)] for entity, row, values in self.added],
            "asked": _plain(self.asked),
            "unread": _plain(self.unread),
        }
        return zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), 6)


def _plain(cells: Cells) -> dict[str, dict[str, dict[str, Stored]]]:
    return {
        entity: {str(row): dict(some) for row, some in rows.items()}
        for entity, rows in cells.items()
    }


def _cells(plain: Mapping[str, Mapping[str, Mapping[str, Stored]]]) -> Cells:
    return {
        entity: {int(row): some for row, some in rows.items()} for entity, rows in plain.items()
    }


def returned_of(packed: bytes) -> Returned:
    """What ``Returned.packed`` made."""
    plain = json.loads(zlib.decompress(packed))
    return Returned(
        _cells(plain["rows"]),
        {entity: frozenset(rows) for entity, rows in plain["gone"].items()},
        tuple((entity, row, values) for entity, row, values in plain["added"]),
        _cells(plain.get("asked", {})),
        _cells(plain.get("unread", {})),
    )


def folded(returns: Iterable[Returned]) -> Returned:
    """Several returns as one, the earliest first: what came later stands."""
    rows, asked, unread = _Folded(), _Folded(), _Folded()
    gone: dict[str, set[int]] = {}
    added: dict[tuple[str, int], Mapping[str, Stored]] = {}
    turned_away: list[tuple[str, int, Mapping[str, Stored]]] = []
    for one in returns:
        for entity, some in one.rows.items():
            gone.setdefault(entity, set()).difference_update(some)
        for entity, away in one.gone.items():
            gone.setdefault(entity, set()).update(away)
        for old in (asked, unread):
            old.drop(one.rows)
        unread.drop(one.asked)
        rows.take(one.rows)
        asked.take(one.asked)
        unread.take(one.unread)
        for entity, row, values in one.added:
            if row:
                added[entity, row] = values
            else:
                turned_away.append((entity, row, values))
    return Returned(
        rows.cells,
        {entity: frozenset(some) for entity, some in gone.items()},
        (*((entity, row, values) for (entity, row), values in added.items()), *turned_away),
        asked.cells,
        unread.cells,
    )


class _Folded:
    """Cells laid over each other."""

    def __init__(self) -> None:
        self.cells: dict[str, dict[int, dict[str, Stored]]] = {}

    def take(self, more: Cells) -> None:
        for entity, rows in more.items():
            here = self.cells.setdefault(entity, {})
            for row, cells in rows.items():
                here.setdefault(row, {}).update(cells)

    def drop(self, handled: Cells) -> None:
        for entity, rows in handled.items():
            here = self.cells.get(entity, {})
            for row in rows.keys() & here.keys():
                for name in rows[row]:
                    here[row].pop(name, None)


def secret(db: Connection) -> bytes | None:
    """The book's secret for seals; None before the first workbook is issued."""
    found = db.one("SELECT value FROM book_info WHERE name = ?", (_SECRET,))
    return bytes.fromhex(str(found)) if found else None


def fresh_secret() -> bytes:
    """A secret that nobody can guess."""
    return secrets.token_bytes(32)


def make_secret(db: Connection, proposed: bytes | None = None) -> bytes:
    """The book's secret; if there is none, the proposed one or a new one from now on. Inside a change."""
    found = secret(db)
    if found is None:
        found = proposed or fresh_secret()
        db.run("INSERT INTO book_info (name, value) VALUES (?, ?)", (_SECRET, found.hex()))
    return found


def keep_issued(db: Connection, made: Manifest, packed: bytes) -> None:
    """Remember what a workbook holds. Inside the change that adds its record."""
    db.run("INSERT OR REPLACE INTO workbook_issued VALUES (?, ?)", (made.workbook, packed))
    db.run(
        "DELETE FROM workbook_issued WHERE workbook <= (SELECT workbook FROM workbook_issued "
        "ORDER BY workbook DESC LIMIT 1 OFFSET ?)",
        (_KEPT,),
    )


def issued(db: Connection, workbook: int) -> Manifest | None:
    """What a workbook held when it left, if the book still knows."""
    found = db.one("SELECT manifest FROM workbook_issued WHERE workbook = ?", (workbook,))
    return manifest.unpacked(found) if found else None


def keep_return(
    db: Connection, workbook: int, change: int | None, file: str, digest: str, state: Returned
) -> None:
    """Remember what came back; inside the change that merged it, or in a transaction of its own.

    ``digest`` is of the contents, not of the file: of a file that was only saved again it is the same.
    """
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    db.run(
        "INSERT INTO workbook_return (workbook, change, at, file, digest, state) VALUES (?,?,?,?,?,?)",
        (workbook, change, at, file, digest, state.packed()),
    )


_COUNTS = (
    "(r.change IS NULL OR EXISTS (SELECT 1 FROM change c WHERE c.id = r.change AND c.dead = 0))"
)


def changes(db: Connection, workbook: int) -> set[int]:
    """The changes that merged a workbook."""
    found = db.run(
        "SELECT DISTINCT change FROM workbook_return WHERE workbook = ? AND change IS NOT NULL",
        (workbook,),
    )
    return {int(one) for (one,) in found}


def returns(db: Connection, workbook: int) -> list[tuple[str, Returned]]:
    """(digest, what was handled) of the returns that still count, the earliest first."""
    found = db.run(
        f"SELECT r.digest, r.state FROM workbook_return r WHERE r.workbook = ? AND {_COUNTS} "
        "ORDER BY r.id",
        (workbook,),
    )
    return [(str(digest), returned_of(state)) for digest, state in found]


def last_return(db: Connection, workbook: int) -> tuple[str, Returned] | None:
    """(digest of the latest, what all together handled) of the returns that still count; None if there is none."""
    found = returns(db, workbook)
    return (found[-1][0], folded(state for _, state in found)) if found else None


class Return(NamedTuple):
    """One time that a workbook came back; ``change`` is what it came to, None if it said nothing new."""

    id: int
    workbook: int
    change: int | None
    at: str
    file: str


def returned_at(db: Connection, before: str) -> dict[int, str]:
    """The moment of each person's last return before a moment that still counts, of all their workbooks."""
    found = db.run(
        "SELECT w.person, max(r.at) FROM workbook_return r JOIN workbook w ON w.id = r.workbook "
        f"WHERE w.alive = 1 AND w.person IS NOT NULL AND r.at < ? AND {_COUNTS} GROUP BY w.person",
        (before,),
    )
    return {person: str(at) for person, at in found}


def returns_of(db: Connection, person: int, since: str) -> list[Return]:
    """All returns of somebody's workbooks from a moment on that still count, the earliest first."""
    found = db.run(
        "SELECT r.id, r.workbook, r.change, r.at, r.file FROM workbook_return r "
        f"JOIN workbook w ON w.id = r.workbook WHERE w.person = ? AND r.at >= ? AND {_COUNTS} "
        "ORDER BY r.id",
        (person, since),
    )
    return [Return(*row) for row in found]


def state_of(db: Connection, returned: int) -> Returned:
    """What one return, by its number, was kept with."""
    return returned_of(db.one("SELECT state FROM workbook_return WHERE id = ?", (returned,)))
