"""Recognition that cites a record and a value of the team, and who received which chances.

The ledger of chances has three sources: good chances that were given, assignments that were decided, and
recognitions; each line says by which criterion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.book import Book
from models.change import Change
from models.describe.kinds import Link
from models.growth.citing import assert_cited
from models.money import SCALE
from models.refusals import Refused
from models.texts import N_, tr

DAYS = 365
LEDGER_DAYS = 90
CHANCE, ASSIGNED, RECOGNISED = "opportunity_ledger", "assignment_decision", "recognition_award"
_SOURCES = {CHANCE: N_("Good chance"), ASSIGNED: N_("Assignment"), RECOGNISED: N_("Recognition")}


def award(book: Book, values: Mapping[str, Any], *, announce: bool = False) -> int:
    """Recognise somebody, as one change; gives the row. ``announce`` tells everybody by a notice.

    Raises:
        Refused: no value is named (``no_value``), no record is cited (``nothing_cited``), an id means
            none (``unknown_cites``), or a field that must be there is empty.
    """
    if not values.get("value"):
        raise Refused("no_value", N_("Say which value of the team it shows."))
    found = assert_cited(book, str(values.get("cites") or ""))
    kept = {**values, "cites": " ".join(one.id for one in found.known)}
    entity = book.schema.entity("recognition_award")
    with book.reading() as db:
        clean = Change(book, db, 0).clean(entity, dict(kept))
    person = _row(clean.get("person"))
    name = book.label("salesperson", person) if person is not None else ""
    with book.change(tr(N_("Recognise {person}"), person=name)) as change:
        if announce:
            kept["announcement"] = _notice(book, change, clean, name)
        return change.add("recognition_award", kept)


def _notice(book: Book, change: Change, clean: Mapping[str, Any], name: str) -> int:
    value = _row(clean.get("value"))
    text = tr(N_("{person}: {what}"), person=name, what=clean.get("title") or "")
    shown = tr(N_("Shows our value “{value}”."), value=book.label("cultural_value", value or 0))
    body = "\n".join(one for one in (str(clean.get("reason") or ""), shown) if one)
    day = clean.get("awarded_on") or date.today()
    return change.add("announcement", {"title": text, "body": body, "posted_on": day})


def _row(value: object) -> int | None:
    if isinstance(value, Link):
        return value.id
    return value if isinstance(value, int) else None


@dataclass(frozen=True)
class Award:
    """A recognition as the wall shows it."""

    row: int
    person: int
    name: str
    title: str
    value: int
    value_name: str
    reason: str
    giver: str
    on: date
    cites: str
    announced: bool


@dataclass(frozen=True)
class Wall:
    """Recognitions with how they spread; values and people without any are there with 0."""

    awards: tuple[Award, ...]
    by_value: tuple[tuple[str, int], ...]
    by_person: tuple[tuple[str, int], ...]

    def without(self) -> tuple[str, ...]:
        """Who was not recognised."""
        return tuple(name for name, n in self.by_person if not n)


def wall(book: Book, on: date, days: int = DAYS) -> Wall:
    """The recognitions of so many days, the latest first."""
    since = on - timedelta(days=days)
    with book.reading() as db:
        found = db.run(
            "SELECT r.id, r.person, p.name, r.title, r.value, v.name, r.reason, g.name, r.awarded_on, "
            "r.cites, a.id FROM recognition_award r LEFT JOIN salesperson p ON p.id = r.person "
            "LEFT JOIN cultural_value v ON v.id = r.value LEFT JOIN salesperson g ON g.id = r.giver "
            "LEFT JOIN announcement a ON a.id = r.announcement AND a.alive = 1 "
            "WHERE r.alive = 1 AND r.awarded_on > ? AND r.awarded_on <= ? "
            "ORDER BY r.awarded_on DESC, r.id DESC",
            (since.isoformat(), on.isoformat()),
        )
        values = db.run("SELECT id, name FROM cultural_value WHERE alive = 1 AND active IS NOT 0 ORDER BY id")  # fmt: skip
        people = db.run("SELECT id, name FROM salesperson WHERE alive = 1 AND status IS NOT 'left' ORDER BY id")  # fmt: skip
    awards = tuple(
        Award(
            row, person or 0, name or "", title or "", value or 0, shown or "", reason or "",
            giver or "", date.fromisoformat(day), cites or "", notice is not None,
        )
        for row, person, name, title, value, shown, reason, giver, day, cites, notice in found
    )  # fmt: skip
    of_value = Counter(one.value for one in awards)
    of_person = Counter(one.person for one in awards)
    return Wall(awards, _spread(values, of_value), _spread(people, of_person))


def _spread(known: list[tuple[int, str]], counted: Counter[int]) -> tuple[tuple[str, int], ...]:
    made = [(name or "", counted[row]) for row, name in known]
    return tuple(sorted(made, key=lambda one: -one[1]))


@dataclass(frozen=True)
class Entry:
    """One chance that somebody received: what, by which criterion."""

    source: str  # the entity that it stands in
    row: int
    person: int
    name: str
    on: date
    what: str
    criterion: str
    worth: int = 0  # in hundredths of an ordinary chance; 0 where it isn't weighed

    def source_text(self) -> str:
        """Where it stands."""
        return tr(_SOURCES[self.source])


def ledger(book: Book, on: date, days: int = LEDGER_DAYS) -> tuple[Entry, ...]:
    """Who received which chance by which criterion, the latest first."""
    since, until = (on - timedelta(days=days)).isoformat(), on.isoformat()
    source = book.schema.entity(CHANCE).field("source")
    made: list[Entry] = []
    with book.reading() as db:
        names = {row: name or "" for row, name in db.run("SELECT id, name FROM salesperson")}
        for row, person, day, kind, worth, customer, task, deal, why in db.run(
            "SELECT l.id, l.person, l.given_on, l.source, l.worth, c.name, t.title, o.name, l.why "
            "FROM opportunity_ledger l LEFT JOIN customer c ON c.id = l.customer "
            "LEFT JOIN task t ON t.id = l.task LEFT JOIN opportunity o ON o.id = l.opportunity "
            "WHERE l.alive = 1 AND l.person IS NOT NULL AND l.given_on > ? AND l.given_on <= ?",
            (since, until),
        ):
            what = next((one for one in (task, deal, customer) if one), "–")
            chosen = source.choice(kind) if kind else None
            by = " · ".join(one for one in (chosen.text() if chosen else "", why or "") if one)
            weight = (SCALE if worth is None else worth) * 100 // SCALE
            made.append(Entry(CHANCE, row, person, names[person], date.fromisoformat(day), what, by, weight))  # fmt: skip
        made += _assigned(db.run(
            "SELECT d.id, d.chosen, d.proposed, substr(d.decided_at, 1, 10), c.name, t.title, d.reason "
            "FROM assignment_decision d LEFT JOIN customer c ON c.id = d.customer "
            "LEFT JOIN task t ON t.id = d.task WHERE d.alive = 1 AND d.chosen IS NOT NULL "
            "AND substr(d.decided_at, 1, 10) > ? AND substr(d.decided_at, 1, 10) <= ?",
            (since, until),
        ), names)  # fmt: skip
    made += [
        Entry(RECOGNISED, one.row, one.person, one.name, one.on, one.title, one.value_name)
        for one in wall(book, on, days).awards
    ]
    return tuple(sorted(made, key=lambda one: (one.on, one.source, one.row), reverse=True))


def _assigned(found: list[tuple[Any, ...]], names: Mapping[int, str]) -> list[Entry]:
    made = []
    for row, chosen, proposed, day, customer, task, reason in found:
        what = next((one for one in (task, customer) if one), "–")
        if proposed is None or proposed == chosen:
            by = tr(N_("First of the ranking"))
        else:
            by = tr(N_("Instead of {person}, who stood first"), person=names.get(proposed, "–"))
        by = " · ".join(one for one in (by, reason or "") if one)
        made.append(Entry(ASSIGNED, row, chosen, names.get(chosen, ""), date.fromisoformat(day), what, by))  # fmt: skip
    return made
