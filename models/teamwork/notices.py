"""Notices: whom one is for, who has read it, and its text for WeChat.

A notice is for one person, for a team with the teams below it, or for everybody who works here. Who has
read it says so in the workbook, or somebody says so for them; a receipt without a moment was only sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models import moments
from models.book import Book
from models.dialects import Connection
from models.goals.scope import People
from models.people.skills import WORKING
from models.refusals import Refused
from models.texts import N_, ntr, tr


@dataclass(frozen=True)
class Reading:
    """Somebody for whom a notice is: when they read it (a moment in UTC; "" if they didn't), what they say."""

    person: int
    name: str
    at: str = ""
    reply: str = ""


@dataclass(frozen=True)
class Notice:
    """A notice and its readers; ``read`` and ``unread`` together are all for whom it is."""

    id: int
    title: str
    body: str
    posted_on: str
    until: str
    read: tuple[Reading, ...]
    unread: tuple[Reading, ...]

    @property
    def audience(self) -> int:
        """For how many it is."""
        return len(self.read) + len(self.unread)

    def count_text(self) -> str:
        """By how many of them it was read."""
        return tr(N_("read by {n} of {all}"), n=len(self.read), all=self.audience)

    def unread_text(self) -> str:
        """Who has not read it."""
        return tr(N_(", ")).join(one.name for one in self.unread)

    def replies_text(self) -> str:
        """What they say to it."""
        return tr(N_("; ")).join(
            tr(N_("{name}: {text}"), name=one.name, text=one.reply)
            for one in self.read
            if one.reply
        )

    def runs(self, on: date) -> bool:
        """Whether it matters on a day."""
        day = on.isoformat()
        return self.posted_on <= day and (not self.until or day <= self.until)

    def message(self) -> str:
        """The notice as a text to be sent: what it is, what it says, until when, an answer is asked for."""
        made = [tr(N_("[Notice] {title}"), title=self.title)]
        made += [self.body.strip()] if self.body.strip() else []
        made += [tr(N_("Holds until {day}."), day=self.until)] if self.until else []
        made.append(tr(N_("Please answer “read” when you have read it.")))
        return "\n".join(made) + "\n"

    def reminder(self) -> str:
        """A line to the group that names who has not read it; empty when all have."""
        if not self.unread:
            return ""
        text = N_(
            "{names}: please read the notice “{title}” of {day} and answer “read”. Thank you!"
        )
        return tr(text, names=self.unread_text(), title=self.title, day=self.posted_on)


def notices(book: Book) -> list[Notice]:
    """All notices, the latest first; a few queries over sets."""
    with book.reading() as db:
        return read_notices(db)


def read_notices(db: Connection) -> list[Notice]:
    """The same over a connection."""
    people = working(db)
    scope = People.read(db)
    receipts: dict[int, dict[int, tuple[str, str]]] = {}
    for notice, person, at, reply in db.run(
        "SELECT announcement, person, coalesce(read_at, ''), coalesce(reply, '') FROM read_receipt "
        "WHERE alive = 1 AND person IS NOT NULL AND read_at IS NOT NULL ORDER BY read_at DESC, id DESC"
    ):
        receipts.setdefault(notice, {})[person] = (at, reply)
    names = dict(db.run("SELECT id, coalesce(name, '') FROM salesperson"))
    made = []
    for row, title, body, posted, until, team, person in db.run(
        "SELECT id, coalesce(title, ''), coalesce(body, ''), coalesce(posted_on, ''), "
        "coalesce(until, ''), team, person FROM announcement WHERE alive = 1 "
        "ORDER BY posted_on DESC, id DESC"
    ):
        said = receipts.get(row, {})
        asked = audience(people, scope, team, person)
        read = [Reading(one, names.get(one, ""), *said[one]) for one in sorted(said, key=lambda who: said[who][0])]  # fmt: skip
        unread = [Reading(one, names.get(one, "")) for one in asked if one not in said]
        made.append(Notice(row, title, body, posted, until, tuple(read), tuple(unread)))
    return made


def working(db: Connection) -> list[int]:
    """Who works here, in the order of their rows."""
    marks = ", ".join("?" * len(WORKING))
    found = db.run(
        f"SELECT id FROM salesperson WHERE alive = 1 AND coalesce(status, 'active') IN ({marks}) "
        "ORDER BY id",
        WORKING,
    )
    return [row for (row,) in found]


def audience(
    working: Iterable[int], scope: People, team: int | None, person: int | None
) -> list[int]:
    """For whom of those who work here a notice is."""
    if person is not None:
        return [one for one in working if one == person]
    if team is not None:
        inside = scope.of_team(team)
        return [one for one in working if one in inside]
    return list(working)


def running(db: Connection, person: int, on: date) -> list[int]:
    """The rows of the notices that matter to a person on a day, the latest first."""
    return [
        one.id
        for one in read_notices(db)
        if one.runs(on) and person in {who.person for who in (*one.read, *one.unread)}
    ]


def mark_read(book: Book, notice: int, people: Sequence[int], reply: str = "") -> int:
    """Say that some people have read a notice, as one change; gives its number.

    Who has said so already keeps the moment. Raises ``Refused`` (``all_read``) if all have.
    """
    now = moments.now()
    with book.reading() as db:
        title = str(db.one("SELECT title FROM announcement WHERE id = ?", (notice,)) or "")
        known = {
            person: (row, at)
            for row, person, at in db.run(
                "SELECT id, person, read_at FROM read_receipt WHERE alive = 1 AND announcement = ?",
                (notice,),
            )
        }
    fresh = [one for one in people if not known.get(one, (0, None))[1]]
    if not fresh:
        raise Refused("all_read", N_("All of them have read it already."))
    reason = ntr("“{title}”: read by {n} person", "“{title}”: read by {n} people", len(fresh), title=title)  # fmt: skip
    with book.change(reason) as change:
        for person in fresh:
            values = {"read_at": now, **({"reply": reply} if reply else {})}
            if person in known:
                change.set("read_receipt", known[person][0], values)
            else:
                links = {
                    "announcement": book.public_id("announcement", notice),
                    "person": book.public_id("salesperson", person),
                }
                change.add("read_receipt", {**links, **values})
    return change.no
