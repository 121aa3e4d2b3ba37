"""Records that may be cited: what happened with somebody in the time in question, or what is searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.book import Book
from models.describe.field import Entity, Field
from models.describe.kinds import KINDS
from models.dialects import quoted
from models.evaluations.cites import SHOWS_NOTHING
from models.growth import citing
from models.texts import N_, tr

DAYS = 60
MOST = 20
_LOOKED = 200  # records of one kind that are held against what was typed
# The entity, whose record it is, its day, and the column by which what is old is left out before days
# are reckoned ("" where the day is one itself).
_KINDS = (
    ("opportunity", "t.owner", "t.closed_on", ""),
    ("complaint", "coalesce(t.attributed_to, t.handler)", "t.opened_on", ""),
    ("order", "t.owner", "t.ordered_on", ""),
    ("goal", "t.person", "CASE WHEN t.status IN ('reached', 'missed') THEN t.ends_on END", ""),
    ("task", "t.owner", "date(t.done_at, 'localtime')", "t.done_at"),
    ("activity", "t.person", "date(t.at, 'localtime')", "t.at"),
    ("survey_response", "t.attributed_to", "t.responded_on", ""),
    ("feedback", "t.person", "t.given_on", ""),
    ("recognition_award", "t.person", "t.awarded_on", ""),
)
# What tells a record from others of its kind, its own label among it ("*"), and its day.
_TOLD = {
    "feedback": ("kind", "situation"),
    "activity": ("kind", "customer.name", "result"),
    "opportunity": ("*", "customer.name", "status"),
    "order": ("*", "customer.name"),
    "task": ("*", "status"),
    "complaint": ("*", "customer.name"),
    "survey_response": ("customer.name",),
}
_DAY = {
    "opportunity": "closed_on", "order": "ordered_on", "goal": "ends_on", "task": "done_at",
    "complaint": "opened_on", "survey_response": "responded_on",
}  # fmt: skip

Record = tuple[str, int]


@dataclass(frozen=True)
class Whose:
    """Whose records are likely meant, and of which days."""

    person: int
    first: date
    last: date


@dataclass(frozen=True)
class Offered:
    """A record to cite: what it is called, its kind, its amount and its day ("" without one)."""

    id: str
    entity: str
    row: int
    label: str
    kind: str
    amount: str = ""
    on: str = ""
    name: str = ""  # shorter than its label, for a line in which others stand

    def text(self) -> str:
        """All of it in one line."""
        return f"{self.label} · {self.rest()}"

    def rest(self) -> str:
        """What stands beside its label."""
        return " · ".join(one for one in (self.kind, self.amount, self.on, self.id) if one)

    def short(self) -> str:
        """Its name and its day."""
        name = self.name or self.label
        return tr(N_("{label} ({day})"), label=name, day=self.on) if self.on else name


def until(person: int | None, on: date | None) -> Whose | None:
    """The records of a person in the weeks before a day; of nobody None."""
    last = on or date.today()
    return None if person is None else Whose(person, last - timedelta(days=DAYS - 1), last)


def likely(book: Book, whose: Whose | None, most: int = MOST) -> tuple[Offered, ...]:
    """What may be cited for a person, the latest first; of nobody nothing. A few of each kind."""
    return told(book, _records(book, whose, max(5, most // 4))[:most])


def matching(book: Book, typed: str, whose: Whose | None, most: int = MOST) -> tuple[Offered, ...]:
    """What fits what was typed: records named by their ids, then the person's own, then any others."""
    named = [(one.entity, one.row) for one in citing.cited(book, typed).known]
    words = typed.casefold().split()
    theirs = [
        (one.entity, one.row)
        for one in told(book, _records(book, whose, _LOOKED))
        if all(word in one.text().casefold() for word in words)
    ]
    kinds = [one.id for one in book.schema if one.id not in SHOWS_NOTHING]
    others = [(one.entity, one.row) for one in book.find_best(typed, most, kinds)]
    return told(book, list(dict.fromkeys([*named, *theirs[:most], *others])))


def _records(book: Book, whose: Whose | None, each: int) -> list[Record]:
    """The person's records in their days, so many of each kind, the latest first."""
    if whose is None:
        return []
    first, last = whose.first.isoformat(), whose.last.isoformat()
    early = (whose.first - timedelta(days=1)).isoformat()
    found: list[tuple[str, str, int]] = []
    with book.reading() as db:
        for entity, owner, day, column in _KINDS:
            found += (
                (when, entity, row)
                for row, when in db.run(
                    f"SELECT t.id, {day} FROM {quoted(entity)} t WHERE t.alive = 1 AND {owner} = ? "
                    f"AND {column or day} >= ? AND {day} BETWEEN ? AND ? ORDER BY 2 DESC, 1 DESC LIMIT ?",
                    (whose.person, early, first, last, each),
                )
            )
    return [(entity, row) for _, entity, row in sorted(found, reverse=True)]


def named(book: Book, text: str | None) -> tuple[Offered, ...]:
    """What a line of ids names; what was removed is left out."""
    return told(book, [(one.entity, one.row) for one in citing.cited(book, text).known])


def named_many(book: Book, texts: Sequence[str]) -> list[tuple[Offered, ...]]:
    """What each of several lines of ids names; a look for each entity."""
    lines = [
        [(entity, row) for entity, rows in one.items() for row in rows]
        for one in citing.many(book, texts)
    ]
    records = list(dict.fromkeys(record for line in lines for record in line))
    known = dict(zip(records, told(book, records), strict=True))
    return [tuple(known[one] for one in line) for line in lines]


def told(book: Book, records: Sequence[Record]) -> tuple[Offered, ...]:
    """Records as people tell them apart, in the order in which they are given."""
    made: dict[Record, Offered] = {}
    for entity in dict.fromkeys(entity for entity, _ in records):
        rows = [row for one, row in records if one == entity]
        made |= {(entity, one.row): one for one in _told(book, book.schema.entity(entity), rows)}
    return tuple(made[one] for one in records)


def _told(book: Book, kind: Entity, rows: Sequence[int]) -> Iterable[Offered]:
    parts = _TOLD.get(kind.id, ("*",))
    read = [one for one in parts if one != "*"]
    day = _DAY.get(kind.id, kind.happens)
    money = next((one for one in kind.fields if one.kind == "money" and one.id == "amount"), None)
    paths = [*read, *([day] if day else []), *([money.id] if money else [])]
    for row, values in zip(rows, book.rows(kind.id, rows, paths), strict=True):
        label = book.label(kind.id, row)
        said = {
            path: _shown(None if "." in path else kind.field(path), value)
            for path, value in zip(read, values, strict=False)
            if value
        }
        words = [label if path == "*" else said.get(path, "") for path in parts]
        amount = values[-1] if money else None
        yield Offered(
            book.public_id(kind.id, row), kind.id, row,
            " ".join(filter(None, words)) or label or book.public_id(kind.id, row), kind.text(),
            KINDS["money"].show(money, amount, book.currency) if money and amount is not None else "",
            _day(values[len(read)]) if day else "",
            label if "*" in parts else "",
        )  # fmt: skip


def _shown(field: Field | None, value: Any) -> str:
    choice = field.choice(value) if field is not None and field.kind == "choice" else None
    return choice.text() if choice is not None else str(value).replace("\n", " ")


def _day(value: Any) -> str:
    """A day, of a moment the local one."""
    if value is None:
        return ""
    return str(value.astimezone().date() if hasattr(value, "astimezone") else value)


# -- of a record that cites ------------------------------------------------------------------------


def whose(book: Book, entity: str, row: int) -> Whose | None:
    """Whose records a record likely cites: those of its person before its day, or of its evaluation."""
    kind = book.schema.entity(entity)
    if not row or not book.ids(entity, among=[row]):
        return None
    said = book.record(entity, row)
    if "evaluation" in said and "person" not in said:
        return _evaluated(book, said["evaluation"])
    person = getattr(said.get("person"), "id", None)
    day = said.get("event_date") or said.get(kind.happens)
    return until(person, day if isinstance(day, date) else None)


def _evaluated(book: Book, evaluation: Any) -> Whose | None:
    if evaluation is None:
        return None
    said = book.record("evaluation", evaluation.id)
    if said["cycle"] is None or said["person"] is None:
        return None
    cycle = book.record("evaluation_cycle", said["cycle"].id)
    first, last = said["starts_on"] or cycle["starts_on"], said["ends_on"] or cycle["ends_on"]
    if first is None or last is None:
        return until(said["person"].id, last)
    return Whose(said["person"].id, first, last)
