"""Edits of sealed rows past the program, with plain SQLite, and taken back again."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COLUMNS = (
    "number", "evaluation", "content", "digest", "signatures", "sealed_at", "as_of", "change",
    "previous", "chain",
)  # fmt: skip
WHOLE = ("number", "evaluation", "as_of", "change")
RECORDS = {
    "evaluation": (
        "total", "grade", "status", "data_score", "presented", "person", "cycle", "version", "manager",
        "scorecard", "alive",
    ),
    "signature": ("person", "signed_as", "signed_at", "agrees", "digest", "alive", "evaluation"),
    "evaluation_rating": ("level", "item", "rated_by", "alive", "evaluation"),
}  # fmt: skip


class Tamperer:
    """A person with the file and a plain SQLite, who drops the triggers first."""

    def __init__(self, place: Path, seed: int) -> None:
        self.db = sqlite3.connect(place, isolation_level=None)
        self.db.execute("PRAGMA synchronous=OFF")
        for (name,) in self.db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            self.db.execute(f'DROP TRIGGER "{name}"')
        self.rows = self.db.execute(f"SELECT {', '.join(COLUMNS)} FROM sealed_copy").fetchall()
        self.random = random.Random(seed)

    def close(self) -> None:
        self.db.close()

    def put_back(self) -> None:
        """The sealed rows as they were."""
        self.db.execute("DELETE FROM sealed_copy")
        self._insert(self.rows)

    def _insert(self, rows: list[tuple[Any, ...]]) -> None:
        self.db.executemany(
            f"INSERT INTO sealed_copy VALUES ({', '.join('?' * len(COLUMNS))})", rows
        )

    def write(self, number: int, column: str, value: object) -> None:
        cast = "CAST(? AS TEXT)" if isinstance(value, bytes) and column != "content" else "?"
        self.db.execute(
            f"UPDATE sealed_copy SET {column} = {cast} WHERE number = ?", (value, number)
        )

    def places(self) -> Iterator[tuple[int, str, int]]:
        """Every byte of every column of every row."""
        for row in self.rows:
            for column, value in zip(COLUMNS, row, strict=True):
                size = 8 if column in WHOLE else len(_bytes(value))
                for at in range(size):
                    yield row[0], column, at

    def flip(self, number: int, column: str, at: int) -> str:
        """Turn one bit of a byte; a text may be none afterwards."""
        row = next(one for one in self.rows if one[0] == number)
        value, bit = row[COLUMNS.index(column)], 1 << self.random.randrange(8)
        if column in WHOLE:
            least = 1 if column in ("number", "evaluation") else 0  # else it may meet another row
            turned: object = value ^ (bit << (8 * (at % 6 + least)))
        else:
            raw = bytearray(_bytes(value))
            raw[at] ^= bit
            turned = bytes(raw)
        self.write(number, column, turned)
        return f"{number}.{column}[{at}] ^ {bit}"

    def any(self) -> str:
        """One of the things that can be done to rows as a whole."""
        acts = (self._delete, self._swap, self._insert_copy, self._exchange, self._kind, self._cut, self._renumber)  # fmt: skip
        return self.random.choice(acts)()

    def _number(self) -> int:
        return self.random.choice(self.rows)[0]

    def _delete(self) -> str:
        number = self._number()
        self.db.execute("DELETE FROM sealed_copy WHERE number = ?", (number,))
        return f"delete {number}"

    def _swap(self) -> str:
        """Two rows change their places."""
        one, other = self.random.sample(self.rows, 2)
        self.db.execute("DELETE FROM sealed_copy WHERE number IN (?, ?)", (one[0], other[0]))
        self._insert([(other[0], *one[1:]), (one[0], *other[1:])])
        return f"swap {one[0]} {other[0]}"

    def _insert_copy(self) -> str:
        row = list(self.random.choice(self.rows))
        row[0] = self.random.choice([0, -1, len(self.rows) + 1, 900])
        row[1] += 1000
        self._insert([tuple(row)])
        return f"insert {row[0]}"

    def _exchange(self) -> str:
        """One column of a row for that of another."""
        one, other = self.random.sample(self.rows, 2)
        names = [name for at, name in enumerate(COLUMNS) if one[at] != other[at] and name not in ("number", "evaluation")]  # fmt: skip
        name = self.random.choice(names)
        value = other[COLUMNS.index(name)]
        self.write(one[0], name, value)
        return f"{name} of {other[0]} in {one[0]}"

    def _kind(self) -> str:
        """The same bytes as another kind of value."""
        number = self._number()
        name = self.random.choice([one for one in COLUMNS if one not in WHOLE])
        to = "TEXT" if name == "content" else "BLOB"
        self.db.execute(
            f"UPDATE sealed_copy SET {name} = CAST({name} AS {to}) WHERE number = ?", (number,)
        )
        return f"{number}.{name} as {to}"

    def _cut(self) -> str:
        number, name = self._number(), self.random.choice([one for one in COLUMNS if one not in WHOLE])  # fmt: skip
        value = next(one for one in self.rows if one[0] == number)[COLUMNS.index(name)]
        raw = _bytes(value)
        at = self.random.randrange(len(raw))
        self.write(number, name, raw[:at] if self.random.random() < 0.5 else raw + b" ")
        return f"cut {number}.{name} at {at}"

    def _renumber(self) -> str:
        number = self._number()
        to = number + self.random.choice([-5, 50, 10_000])
        self.db.execute("UPDATE sealed_copy SET number = ? WHERE number = ?", (to, number))
        return f"renumber {number} {to}"

    def record(self) -> tuple[str, tuple[str, str, int, object]]:
        """A field of a record beside the seal; gives what puts it back."""
        table = self.random.choice(list(RECORDS))
        column = self.random.choice(RECORDS[table])
        of = "id" if table == "evaluation" else "evaluation"
        live = "" if column == "alive" else "AND alive = 1"
        found = self.db.execute(
            f"SELECT id, {column} FROM {table} WHERE alive = 1 AND {of} IN (SELECT evaluation FROM sealed_copy) {live}"
        ).fetchall()
        row, before = self.random.choice(found)
        if isinstance(before, int):
            after: object = before ^ (1 << self.random.randrange(20)) if column != "alive" else 0
        else:
            text = str(before or "x")
            at = self.random.randrange(len(text))
            after = text[:at] + chr((ord(text[at]) ^ 1) or 65) + text[at + 1 :]
        self.db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (after, row))
        return f"{table}.{column} of {row}", (table, column, row, before)

    def restore(self, done: tuple[str, str, int, object]) -> None:
        table, column, row, before = done
        self.db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (before, row))


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
