"""What the views of tasks are narrowed to: a person, a team, a project, a customer, words."""

from __future__ import annotations

import json
from dataclasses import dataclass

from models.book import Book

_TEAMS = (
    "WITH RECURSIVE inside(id) AS (SELECT ? UNION SELECT t.id FROM team t JOIN inside i ON t.parent = i.id "
    "WHERE t.alive = 1) SELECT p.id FROM salesperson p JOIN inside i ON p.team = i.id"
)


@dataclass(frozen=True)
class Asked:
    """Rows are 0 for all of them; ``text`` is looked for in titles and in customers."""

    person: int = 0
    team: int = 0
    project: int = 0
    customer: int = 0
    text: str = ""
    open_only: bool = False

    @property
    def narrow(self) -> bool:
        """Whether anything is left out, closed work aside."""
        return bool(self.person or self.team or self.project or self.customer or self.text.strip())


Condition = tuple[str, list[object]]


def people_of(book: Book, asked: Asked) -> frozenset[int] | None:
    """The people whose work is wanted; None for everybody's. A team has those of the teams in it."""
    if asked.person:
        return frozenset({asked.person})
    if asked.team:
        return frozenset(row for (row,) in book.connection().run(_TEAMS, (asked.team,)))
    return None


def condition(book: Book, asked: Asked, entity: str, owner: str, *, project: bool) -> Condition:
    """The same as a condition over the records ``t`` of an entity.

    Args:
        owner: what stands for whose they are, in SQL.
        project: whether such records have a project; those that have none are left out of one.
    """
    parts, params = ["t.alive = 1"], list[object]()
    people = people_of(book, asked)
    if people is not None:
        parts.append(f"{owner} IN (SELECT value FROM json_each(?))")
        params.append(json.dumps(sorted(people)))
    if asked.project:
        parts.append("t.project = ?" if project else "0")
        params += [asked.project] if project else []
    if asked.customer:
        parts.append("t.customer = ?")
        params.append(asked.customer)
    if asked.text.strip():
        parts.append(
            "(t.id IN (SELECT value FROM json_each(?)) OR t.customer IN (SELECT value FROM json_each(?)))"
        )
        for one in (entity, "customer"):
            params.append(json.dumps(list(book.ids(one, search=asked.text))))
    return " AND ".join(parts), params
