"""What is new for a person since a change: tasks, follow-ups, notices; answers to what they said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from models.book import Book
from models.describe.kinds import KINDS
from models.dialects import Connection, quoted
from models.following.known import local_day
from models.goals.scope import People
from models.tasks.states import OPEN_SQL
from models.teamwork.notices import audience
from models.texts import N_, tr


@dataclass(frozen=True)
class New:
    """Something new: ``kind`` as in ``answers.TEXTS``, the day on which it came, what it is, what it says."""

    kind: str
    day: str
    title: str
    text: str = ""
    more: str = ""
    by: str = ""


def news(book: Book, db: Connection, person: int, base: int, own: frozenset[int]) -> list[New]:
    """What came for a person after a change; not what their own returns (``own``) brought."""
    reader = _News(book, db, person, base, own)
    return [
        *reader.tasks(), *reader.follow_ups(), *reader.notices(), *reader.suggestions(),
        *reader.help(),
    ]  # fmt: skip


class _News:
    def __init__(
        self, book: Book, db: Connection, person: int, base: int, own: frozenset[int]
    ) -> None:
        self._book, self._db, self._person, self._base, self._own = book, db, person, base, own

    def _touched(self, entity: str, fields: tuple[str, ...]) -> dict[int, tuple[str, str]]:
        """The records of which living changes since wrote some fields: by whom and when last."""
        found = self._db.run(
            "SELECT e.row, c.author, max(c.at) FROM change c "
            "JOIN edit e ON e.id BETWEEN c.first_edit AND c.last_edit "
            "WHERE c.id > ? AND c.kind = 'edit' AND c.dead = 0 AND e.entity = ? "
            "AND e.field IN (SELECT value FROM json_each(?)) "
            "AND c.id NOT IN (SELECT value FROM json_each(?)) "
            "AND (e.field != 'alive' OR e.before IS NULL) GROUP BY e.row",
            (
                self._base, self._book.schema.entity(entity).no, json.dumps(fields),
                json.dumps(sorted(self._own)),
            ),
        )  # fmt: skip
        return {row: (str(by or ""), local_day(str(at)).isoformat()) for row, by, at in found}

    def _rows(
        self, entity: str, fields: tuple[str, ...], columns: str, where: str
    ) -> Iterator[tuple[str, str, list[str]]]:
        """The touched records of the person that satisfy a condition, in their order."""
        touched = self._touched(entity, fields)
        if not touched:
            return
        for row, *values in self._db.run(
            f"SELECT t.id, {columns} FROM {quoted(entity)} t WHERE t.alive = 1 AND {where} "
            "AND t.id IN (SELECT value FROM json_each(?)) ORDER BY t.id",
            (self._person, json.dumps(sorted(touched))),
        ):
            by, day = touched[row]
            yield by, day, [str(one or "") for one in values]

    def tasks(self) -> Iterator[New]:
        """Open tasks that were given to the person."""
        columns = (
            "t.title, t.due, t.done_criteria, (SELECT name FROM customer WHERE id = t.customer)"
        )
        for by, day, (title, due, text, customer) in self._rows(
            "task", ("alive", "owner"), columns, f"t.owner = ? AND t.status IN {OPEN_SQL}"
        ):
            yield New("task", day, title, self._due(due), _joined(customer, text), by)

    def follow_ups(self) -> Iterator[New]:
        """Follow-ups that were planned for the person."""
        columns = "(SELECT name FROM customer WHERE id = t.customer), t.due, t.purpose"
        for by, day, (customer, due, purpose) in self._rows(
            "follow_up_plan", ("alive", "person"), columns, "t.person = ? AND t.status = 'planned'"
        ):
            yield New("follow_up", day, customer, self._due(due), purpose, by)

    def notices(self) -> Iterator[New]:
        """Notices for the person that came since."""
        touched = self._touched("announcement", ("alive",))
        scope = People.read(self._db) if touched else None
        for row, title, body, posted, until, team, person in self._db.run(
            "SELECT id, title, body, posted_on, until, team, person FROM announcement "
            "WHERE alive = 1 AND id IN (SELECT value FROM json_each(?)) ORDER BY posted_on, id",
            (json.dumps(sorted(touched)),),
        ):
            if scope is not None and audience([self._person], scope, team, person):
                last = tr(N_("until {day}"), day=until) if until else ""
                yield New(
                    "notice",
                    posted or touched[row][1],
                    title or "",
                    last,
                    body or "",
                    touched[row][0],
                )

    def suggestions(self) -> Iterator[New]:
        """Suggestions and questions of the person that were answered."""
        columns = "t.title, t.status, t.answer, t.answered_on"
        for by, day, (title, status, answer, on) in self._rows(
            "suggestion", ("answer", "status"), columns,
            "t.person = ? AND t.status IS NOT NULL AND t.status != 'received'",
        ):  # fmt: skip
            yield New(
                "suggestion", on or day, title, self._choice("suggestion", status), answer, by
            )

    def help(self) -> Iterator[New]:
        """Requests for help of the person that were answered."""
        columns = "t.title, t.status, t.answer"
        for by, day, (title, status, answer) in self._rows(
            "help_request", ("answer", "status"), columns, "t.person = ? AND t.status != 'open'"
        ):
            yield New("help", day, title, self._choice("help_request", status), answer, by)

    def _choice(self, entity: str, code: str) -> str:
        field = self._book.schema.entity(entity).field("status")
        return KINDS["choice"].show(field, code)

    def _due(self, day: str) -> str:
        return tr(N_("due on {day}"), day=day) if day else ""


def _joined(*parts: str) -> str:
    return tr(N_("; ")).join(one for one in parts if one)
