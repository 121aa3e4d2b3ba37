"""What the book keeps of workbooks beside the journal: what left, what came back, the secret of seals.

What a workbook held when it last came back is the base of the next merge of it, as long as the change
that merged it lives: undoing that change brings the earlier base back by itself.
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from models.dialects import Connection
from models.workbooks import manifest
from models.workbooks.manifest import Manifest, Stored

_SECRET = "workbook_secret"
_KEPT = 400  # manifests; of older workbooks the hidden part of the file must do


@dataclass(frozen=True)
class Returned:
    """What a workbook held when it came back, as the base of its next return.

    ``rows``: entity → row id → field → value; only rows and fields that were in the file.
    ``gone``: entity → row ids that were not in it any more. ``added``: records that its new rows
    became, as (entity, row id, values by field as they came).
    """

    rows: Mapping[str, Mapping[int, Mapping[str, Stored]]] = field(default_factory=dict)
    gone: Mapping[str, frozenset[int]] = field(default_factory=dict)
    added: tuple[tuple[str, int, Mapping[str, Stored]], ...] = ()

    def packed(self) -> bytes:
        """As bytes."""
        plain = {
            "rows": {
                entity: {str(row): dict(cells) for row, cells in rows.items()}
                for entity, rows in self.rows.items()
            },
            "gone": {entity: sorted(rows) for entity, rows in self.gone.items()},
            "added": [[entity, row, dict(values)] for entity, row, values in self.added],
        }
        return zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), 6)


def returned_of(packed: bytes) -> Returned:
    """What ``Returned.packed`` made."""
    plain = json.loads(zlib.decompress(packed))
    return Returned(
        {
            entity: {int(row): cells for row, cells in rows.items()}
            for entity, rows in plain["rows"].items()
        },
        {entity: frozenset(rows) for entity, rows in plain["gone"].items()},
        tuple((entity, row, values) for entity, row, values in plain["added"]),
    )


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


def last_return(db: Connection, workbook: int) -> tuple[str, Returned] | None:
    """(digest, contents) of the latest return that still counts; None if there is none."""
    found = db.run(
        f"SELECT r.digest, r.state FROM workbook_return r WHERE r.workbook = ? AND {_COUNTS} "
        "ORDER BY r.id DESC LIMIT 1",
        (workbook,),
    )
    return (str(found[0][0]), returned_of(found[0][1])) if found else None
