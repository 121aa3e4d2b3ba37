"""Notices that go out with workbooks: who gets which, and the receipt by which each person answers.

A receipt is made when the notice is handed out first; nobody has read it until the person says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.dialects import Connection
from models.goals.scope import People
from models.workbooks.manifest import Stored

if TYPE_CHECKING:
    from models.change import Change
    from models.workbooks.contents import Values

_DAYS = 90  # for which a notice without a last day goes out


class Notices:
    """The notices that run on a day and concern some people, newest first.

    ``receipts`` are (person, row of the receipt); ``fresh`` those of them that are still to be made, as
    (row that it will have, announcement, person).
    """

    def __init__(self, db: Connection, people: Sequence[int], on: date) -> None:
        self._wanted = list(_concerned(db, people, on))
        known: dict[tuple[int, int], int] = {
            (notice, person): row
            for notice, person, row in db.run(
                "SELECT announcement, person, min(id) FROM read_receipt "
                "WHERE alive = 1 GROUP BY announcement, person"
            )
        }
        after = int(db.one("SELECT coalesce(max(id), 0) + 1 FROM read_receipt"))
        self.receipts: list[tuple[int, int]] = []
        self.fresh: list[tuple[int, int, int]] = []
        for notice, person in self._wanted:
            row = known.get((notice, person))
            if row is None:
                row = after + len(self.fresh)
                self.fresh.append((row, notice, person))
            self.receipts.append((person, row))

    def fresh_values(self, values: Values, fields: Sequence[str]) -> dict[int, tuple[Stored, ...]]:
        """What the receipts that are still to be made will hold."""
        inner = [one.removeprefix("announcement.") for one in fields if "." in one]
        told = values.stored(
            "announcement", {notice for _, notice, _ in self.fresh}, inner or ["title"]
        )
        made = {}
        for row, notice, _ in self.fresh:
            shown = dict(zip(inner, told[notice], strict=False))
            own: dict[str, Stored] = {"announcement": notice, "read": 0}
            made[row] = tuple(
                shown[one.removeprefix("announcement.")] if "." in one else own.get(one)
                for one in fields
            )
        return made

    def hand_out(self, change: Change) -> None:
        """Make the receipts that are not there yet."""
        rows = [(notice, person, None, None) for _, notice, person in self.fresh]
        if rows:
            made = change.add_many(
                "read_receipt", ("announcement", "person", "read", "read_at"), rows
            )
            assert [one[0] for one in self.fresh] == list(made)


def _concerned(db: Connection, people: Sequence[int], on: date) -> Iterator[tuple[int, int]]:
    """(notice, person) of all that run, newest first."""
    found = db.run(
        "SELECT id, team, person FROM announcement WHERE alive = 1 AND posted_on <= ?1 "
        "AND coalesce(until >= ?1, posted_on >= ?2) ORDER BY posted_on DESC, id DESC",
        (on.isoformat(), (on - timedelta(days=_DAYS)).isoformat()),
    )
    team = People.read(db)
    for notice, group, alone in found:
        members = team.of_team(group) if group else None
        for person in people:
            wanted = person == alone if alone is not None else members is None or person in members
            if wanted:
                yield notice, person
