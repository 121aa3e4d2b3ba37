"""Who works under whom, as goals are handed down: superiors and teams, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from models.book import Book


@dataclass(frozen=True)
class Group:
    """A part of a team that gets a goal together, or one person who gets one alone."""

    level: str  # team | person
    person: int | None  # who leads it, or the person itself
    team: int | None
    label: str
    people: frozenset[int]


class Staff:
    """Everybody in a book's team with superior and team; those in the recycle bin are not in it.

    A person's superior is ``salesperson.manager``, else who leads the person's team; of the leader of
    a team that is who leads the team above it.
    """

    def __init__(self, book: Book) -> None:
        with book.reading() as db:
            people = db.run("SELECT id, name, team, manager FROM salesperson WHERE alive = 1")
            teams = db.run("SELECT id, name, parent, manager FROM team WHERE alive = 1")
        self.names = {row: name or "" for row, name, _, _ in people}
        self.teams = {row: name or "" for row, name, _, _ in teams}
        self._parents: dict[int, int | None] = {row: parent for row, _, parent, _ in teams}
        self._leaders: dict[int, int | None] = {row: manager for row, _, _, manager in teams}
        self.team_of = {row: team for row, _, team, _ in people if team in self.teams}
        self.superior: dict[int, int] = {}
        self._reports: dict[int, list[int]] = defaultdict(list)
        for row, _, team, manager in people:
            above = manager if manager is not None else self._above(row, team)
            if above is not None and above != row and above in self.names:
                self.superior[row] = above
                self._reports[above].append(row)

    def _above(self, person: int, team: int | None) -> int | None:
        seen: set[int] = set()
        while team is not None and team not in seen:
            seen.add(team)
            leader = self._leaders.get(team)
            if leader is not None and leader != person:
                return leader
            team = self._parents.get(team)
        return None

    def leads(self, person: int) -> bool:
        """Whether somebody works under a person."""
        return bool(self._reports.get(person))

    def below(self, person: int) -> frozenset[int]:
        """A person and everyone below; who stands in a circle is counted once."""
        found, waiting = {person} & self.names.keys(), [person]
        while waiting:
            fresh = [one for one in self._reports.get(waiting.pop(), ()) if one not in found]
            found.update(fresh)
            waiting += fresh
        return frozenset(found)

    def in_team(self, team: int) -> frozenset[int]:
        """Everyone in a team and in the teams below it."""
        inside, waiting = {team}, [team]
        while waiting:
            above = waiting.pop()
            fresh = [
                one
                for one, parent in self._parents.items()
                if parent == above and one not in inside
            ]
            inside.update(fresh)
            waiting += fresh
        return frozenset(row for row, own in self.team_of.items() if own in inside)

    def of(self, level: str, person: int | None, team: int | None) -> frozenset[int]:
        """Whose records count for a goal of a level."""
        if level == "person":
            return frozenset(one for one in self.names if one == person)
        if level == "company":
            return frozenset(self.names)
        if team is not None:
            return self.in_team(team)
        return self.below(person) if person is not None else frozenset()

    def singles(self, people: Iterable[int]) -> list[Group]:
        """Each of some people alone, by name."""
        made = [
            Group("person", one, None, self.names.get(one, ""), frozenset({one})) for one in people
        ]
        return sorted(made, key=lambda one: (one.label, one.person or 0))

    def by_manager(self, people: frozenset[int], head: int | None) -> list[Group]:
        """Some people by those who lead them next below ``head``; who leads nobody stands alone.

        Where one person leads all of them, it is those below who get the parts.
        """
        made = self._next_below(people, head)
        while len(made) == 1 and made[0].level == "team" and made[0].person != head:
            head = made[0].person
            deeper = self._next_below(people, head)
            if not any(one.level == "team" for one in deeper):
                break
            made = deeper
        return made

    def _next_below(self, people: frozenset[int], head: int | None) -> list[Group]:
        tops = {
            one
            for one in self.names
            if (one != head and self.superior.get(one) == head)
            or (one in people and self._loose(one))
        }
        return self._gathered(
            people, [(one, self.below(one) - {head}, None) for one in sorted(tops - {head})]
        )

    def by_team(self, people: frozenset[int], team: int | None) -> list[Group]:
        """Some people by the teams next below a team; who is in none of them stands alone."""
        tops = [one for one, parent in self._parents.items() if parent == team]
        return self._gathered(people, [(None, self.in_team(one), one) for one in sorted(tops)])

    def _loose(self, person: int) -> bool:
        """Whether nobody stands at the top of the line above a person: it runs in a circle."""
        seen, above = {person}, self.superior.get(person)
        while above is not None and above not in seen:
            seen.add(above)
            above = self.superior.get(above)
        return above == person

    def _gathered(
        self, people: frozenset[int], tops: list[tuple[int | None, frozenset[int], int | None]]
    ) -> list[Group]:
        made, left = [], set(people)
        for person, members, team in tops:
            inside = frozenset(members & left)
            left -= inside
            alone = person is not None and not self.leads(person)
            if inside and not alone:
                label = self.names[person] if person is not None else self.teams[team or 0]
                made.append(Group("team", person, team, label, inside))
            else:
                left |= inside
        return sorted(made, key=lambda one: one.label) + self.singles(left)
