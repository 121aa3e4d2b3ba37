"""Whose records a goal counts: everybody's, a team's, those of a manager and everyone below, one's own.

Teams and managers are taken as they are today, as the breakdowns of measures take them. Who is in
the recycle bin stays in the team that they were in: their records still count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from models.dialects import Connection

Scope = frozenset[int] | None  # None: all records, also those of nobody


class People:
    """Who belongs to which team and works for whom."""

    def __init__(
        self,
        people: Iterable[tuple[int, int | None, int | None]],
        teams: Iterable[tuple[int, int | None, int | None]],
        names: Mapping[int, str] | None = None,
    ) -> None:
        """Args: people as (row, team, manager); teams as (row, part of, manager)."""
        self.names = dict(names or {})
        self._teams = {row: (above, manager) for row, above, manager in teams}
        self._members: dict[int, set[int]] = defaultdict(set)
        self._parts: dict[int, set[int]] = defaultdict(set)
        self._reports: dict[int, set[int]] = defaultdict(set)
        for row, (above, _) in self._teams.items():
            if above is not None:
                self._parts[above].add(row)
        for row, team, manager in people:
            if team is not None:
                self._members[team].add(row)
            boss = manager if manager is not None else self._above(row, team)
            if boss is not None and boss != row:
                self._reports[boss].add(row)

    @classmethod
    def read(cls, db: Connection) -> People:
        """The team of a book."""
        found = db.run(
            "SELECT id, team, manager, name FROM salesperson WHERE alive IS NOT NULL ORDER BY id"
        )
        teams = db.run("SELECT id, parent, manager FROM team WHERE alive = 1")
        people = [(row, team, manager) for row, team, manager, _ in found]
        return cls(people, teams, {row: name or "" for row, _, _, name in found})

    def _above(self, person: int, team: int | None) -> int | None:
        """Who leads the team, or, where that is the person or nobody, the team above it."""
        seen: set[int] = set()
        while team is not None and team in self._teams and team not in seen:
            seen.add(team)
            team, manager = self._teams[team]
            if manager is not None and manager != person:
                return manager
        return None

    def of_team(self, team: int) -> frozenset[int]:
        """Everybody in a team and in the teams below it, each once."""
        return frozenset(
            person for one in _under(team, self._parts) for person in self._members[one]
        )

    def below(self, manager: int) -> frozenset[int]:
        """A manager and everyone below, each once."""
        return frozenset(_under(manager, self._reports))

    def scope(self, level: str | None, team: int | None, person: int | None) -> Scope:
        """Whose records a goal of some level counts; an empty set where it names nobody."""
        if level == "company":
            return None
        if level == "team" and team is not None:
            return self.of_team(team)
        if person is None:
            return frozenset()
        return self.below(person) if level == "team" else frozenset({person})


def _under(top: int, parts: Mapping[int, set[int]]) -> set[int]:
    """One and all under it; who is under themselves by mistake is counted once."""
    seen, waiting = {top}, [top]
    while waiting:
        for one in parts.get(waiting.pop(), ()):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return seen
