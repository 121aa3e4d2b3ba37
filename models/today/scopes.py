"""Whose lines are wanted: everybody's, a person's, a team's."""

from __future__ import annotations

from dataclasses import dataclass

from models.book import Book
from models.goals.scope import People
from models.today.line import Found


@dataclass(frozen=True)
class Scope:
    """Some people; without any it is everybody, and what nobody has too."""

    people: frozenset[int] | None = None

    def holds(self, found: Found) -> bool:
        """Whether something is a matter of these people: as who does it, or as whose it is."""
        return self.people is None or found.person in self.people or found.owner in self.people


EVERYBODY = Scope()


def of_person(person: int) -> Scope:
    """What one person has to do."""
    return Scope(frozenset({person}))


def of_team(book: Book, team: int) -> Scope:
    """What everybody of a team, and of the teams below it, has to do."""
    with book.reading() as db:
        return Scope(People.read(db).of_team(team))
