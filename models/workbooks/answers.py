"""What became of what a person sent back, and what is new for them: the sheet "Answers", and a message.

Read from what the book keeps anyway: the changes that returned workbooks came to, as far as they live;
the decisions about them; what was added or answered since the earlier workbook was made. A change that
was undone is no answer, and what somebody changed since stands beside it as the book's value now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from models.book import Book
from models.describe.field import Entity, Field
from models.describe.kinds import KINDS
from models.dialects import Connection, quoted
from models.following.known import local_day
from models.refusals import Refused
from models.sheets import own
from models.texts import N_, tr
from models.workbooks import memory, wholes
from models.workbooks.answers_new import New, news
from models.workbooks.manifest import Stored

TAKEN, JOINED, ADDED = "taken", "joined", "added"
MINE, THEIRS, OTHER, DECLINED = "mine", "theirs", "other", "declined"
UNREADABLE, OPEN = "unreadable", "open"
TEXTS = {
    TAKEN: N_("Taken over"),
    JOINED: N_("Joined with what the book had"),
    ADDED: N_("Added"),
    MINE: N_("Decided: the book's value stays"),
    THEIRS: N_("Decided: your entry was taken"),
    OTHER: N_("Decided: another value"),
    DECLINED: N_("Not taken"),
    UNREADABLE: N_("Could not be read"),
    OPEN: N_("Not decided yet"),
    "task": N_("New task"),
    "follow_up": N_("New follow-up"),
    "notice": N_("Notice"),
    "suggestion": N_("Answer to your suggestion or question"),
    "help": N_("Answer to your request for help"),
}
ASKED, RETURNED, FRESH, REPLIES = "asked", "returned", "fresh", "replies"
SECTIONS = {
    ASKED: N_("Still open"),
    RETURNED: N_("What you sent back"),
    FRESH: N_("New for you"),
    REPLIES: N_("Answers"),
}
_SECTION_OF = {
    OPEN: ASKED, UNREADABLE: ASKED, "task": FRESH, "follow_up": FRESH, "notice": FRESH,
    "suggestion": REPLIES, "help": REPLIES,
}  # fmt: skip
HEADS = (
    N_("Day"),
    N_("What became of it"),
    N_("Record"),
    N_("Field"),
    N_("Your entry"),
    N_("In the book now"),
    N_("Comment"),
)
_MOST = 2_000  # lines of a sheet


@dataclass(frozen=True)
class Answer:
    """One line: ``kind`` a code of ``TEXTS``, ``day`` ISO, the other texts as they are shown.

    ``field`` is the field's label, empty for a whole record. ``by`` is who did it, by the journal.
    """

    kind: str
    day: str
    record: str
    field: str = ""
    yours: str = ""
    now: str = ""
    comment: str = ""
    by: str = ""

    @property
    def section(self) -> str:
        """The code of the heading under which it stands."""
        return _SECTION_OF.get(self.kind, RETURNED)


@dataclass(frozen=True)
class AnswerSheet:
    """What became of a person's returns since an earlier workbook, and what is new.

    ``since`` is the day on which the earlier one went out, ``returned`` the days on which any came
    back. ``more`` counts lines that were left out because there are too many.
    """

    person: int
    name: str
    since: str
    returned: tuple[str, ...]
    rows: tuple[Answer, ...]
    more: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.rows

    def headers(self) -> tuple[str, ...]:
        """The headings of the columns of ``lines``, in the language in force."""
        return tuple(tr(one) for one in HEADS)

    def lines(self) -> list[tuple[str, ...]]:
        """Texts for the columns, what is open first; one line that says so where there is nothing."""
        made = [line for _, some in self.sections() for line in some]
        if self.more:
            made.append(("", tr(N_("and {n} more"), n=f"{self.more:,}"), *[""] * 5))
        return made or [("", nothing(), *[""] * 5)]

    def sections(self) -> list[tuple[str, list[tuple[str, ...]]]]:
        """The same lines under their headings; headings without lines are left out."""
        made = []
        for code, heading in SECTIONS.items():
            some = [_line(one) for one in self.rows if one.section == code]
            if some:
                made.append((tr(heading), some))
        return made

    def count(self, *kinds: str) -> int:
        """How many lines are of some kinds."""
        return sum(one.kind in kinds for one in self.rows)


def nothing() -> str:
    """What the sheet says when nothing came back and nothing is new."""
    return tr(N_("Nothing came back since the last workbook, and nothing is new."))


def _line(one: Answer) -> tuple[str, ...]:
    said = tr(TEXTS[one.kind])
    return one.day, said, one.record, one.field, one.yours, one.now, one.comment


def latest(db: Connection, person: int) -> int | None:
    """The person's workbook that went out last; None if none did."""
    found = db.run(
        "SELECT id FROM workbook WHERE alive = 1 AND person = ? AND purpose IN ('personal', 'template') "
        "ORDER BY issued_at DESC, id DESC LIMIT 1",
        (person,),
    )
    return int(found[0][0]) if found else None


def of(book: Book, person: int, since_workbook: int | None) -> AnswerSheet | None:
    """What became of a person's returns since an earlier workbook went out, and what is new since.

    None for the first workbook, and where the earlier one isn't known any more. Values are said in the
    language in force. May be read inside a change.
    """
    with book.reading() as db:
        found = db.run(
            "SELECT issued_at, coalesce(base_change, 0) FROM workbook WHERE id = ? AND alive = 1",
            (since_workbook or 0,),
        )
        if not found:
            return None
        since, base = str(found[0][0]), int(found[0][1])
        returns = memory.returns_of(db, person, since[:19])
        reader = _Reader(book, db)
        rows = [*reader.decided(person, since[:19], returns), *reader.written(returns)]
        changes = frozenset(one.change for one in returns if one.change is not None)
        fresh = [_of_new(one) for one in news(book, db, person, base, changes)]
        name = str(db.one("SELECT name FROM salesperson WHERE id = ?", (person,)) or "")
    days = tuple(dict.fromkeys(local_day(one.at).isoformat() for one in returns))
    kept = rows[: max(_MOST - len(fresh), 0)]
    return AnswerSheet(
        person, name, local_day(since).isoformat(), days, (*kept, *fresh), len(rows) - len(kept)
    )


def _of_new(one: New) -> Answer:
    return Answer(one.kind, one.day, one.title, now=one.text, comment=one.more, by=one.by)


class _Reader:
    """Reads what became of returns; keeps the labels that it looked up."""

    def __init__(self, book: Book, db: Connection) -> None:
        self._book, self._db = book, db
        self._labels: dict[tuple[str, int], str] = {}

    # -- what was written --------------------------------------------------------------------------

    def written(self, returns: Iterable[memory.Return]) -> Iterator[Answer]:
        """The cells and rows that were taken, return by return."""
        for one in returns:
            if one.change is not None:
                yield from self._of_change(one, memory.state_of(self._db, one.id))

    def _of_change(self, back: memory.Return, state: memory.Returned) -> Iterator[Answer]:
        day, by = local_day(back.at).isoformat(), self._author(back.change)
        entered = {(entity, row) for entity, row, _ in state.added}
        for entity_no, row, field, before, after in self._db.run(
            "SELECT e.entity, e.row, e.field, e.before, e.after FROM change c "
            "JOIN edit e ON e.id BETWEEN c.first_edit AND c.last_edit WHERE c.id = ? "
            "ORDER BY e.entity, e.row, e.id",
            (back.change,),
        ):
            entity = self._book.schema.numbers.get(entity_no, "")
            if field == "alive":
                if before is None and (entity, row) in entered:
                    yield Answer(ADDED, day, self._record(entity, row), by=by)
                continue
            came = state.rows.get(entity, {}).get(row, {})
            if field in came:
                yield self._cell(
                    entity, row, field, came[field], after, Answer(TAKEN, day, "", by=by)
                )

    def _cell(
        self, entity: str, row: int, name: str, came: Stored, after: Stored, like: Answer
    ) -> Answer:
        field = self._book.schema.entity(entity).field(name)
        now = self._db.run(
            f"SELECT {quoted(field.column)} FROM {quoted(entity)} WHERE id = ?", (row,)
        )
        return replace(
            like,
            kind=TAKEN if came == after else JOINED,
            record=self._record(entity, row),
            field=field.text(),
            yours=self._shown(field, came),
            now=self._shown(field, now[0][0] if now else None),
        )

    def _author(self, change: int | None) -> str:
        return str(self._db.one("SELECT author FROM change WHERE id = ?", (change or 0,)) or "")

    # -- what was decided --------------------------------------------------------------------------

    def decided(self, person: int, since: str, returns: list[memory.Return]) -> Iterator[Answer]:
        """What was asked since or is open still, what was decided since, and what was declined."""
        changes = json.dumps([one.change for one in returns if one.change is not None])
        number = self._book.schema.entity("cell_conflict").no
        for kind, entity, record, label, field, theirs, status, decision, comment, at, asked in self._db.run(
            "SELECT k.kind, k.entity, k.record, k.label, k.field, k.theirs, k.status, k.decision, "
            "k.comment, k.decided_at, (SELECT min(c.at) FROM edit e JOIN change c ON c.id = e.change "
            "WHERE e.entity = ?1 AND e.row = k.id AND e.field = 'alive') "
            "FROM cell_conflict k JOIN workbook w ON w.id = k.workbook "
            "WHERE k.alive = 1 AND w.person = ?2 AND (k.status = 'open' OR k.decided_at >= ?3 "
            "OR EXISTS (SELECT 1 FROM edit e WHERE e.entity = ?1 AND e.row = k.id AND e.field = 'alive' "
            "AND e.change IN (SELECT value FROM json_each(?4)))) ORDER BY k.id",
            (number, person, since, changes),
        ):  # fmt: skip
            when = at or asked
            described = self._field(entity, field)
            yield Answer(
                _kind(kind, status),
                local_day(when).isoformat() if when else "",
                label or "",
                described.text() if described else "",
                self._said(described, theirs),
                # Who names a record that was not theirs is not told what it says.
                "" if kind == "foreign" else self._now(entity, record, described),
                self._comment(kind, status, described, decision, comment),
            )

    def _comment(
        self, kind: str, status: str, field: Field | None, decision: str | None, comment: str | None
    ) -> str:
        said = [comment or ""]
        if status == "other" and decision:
            said.insert(0, tr(N_("decided: {value}"), value=self._said(field, decision)))
        if kind == "removed":
            said.insert(0, tr(N_("The row was gone from your workbook.")))
        elif kind == "match":
            said.insert(0, tr(N_("It is perhaps there already.")))
        elif kind == "nameless":
            said.insert(0, tr(N_("The new row says nothing of whom or what it is about.")))
        return tr(N_("; ")).join(one for one in said if one)

    def _field(self, entity: str, name: str | None) -> Field | None:
        described = self._entity(entity)
        return described.field(name) if described and name and described.has(name) else None

    def _entity(self, id: str) -> Entity | None:
        return self._book.schema.entity(id) if id in self._book.schema.numbers.values() else None

    def _now(self, entity: str, record: str | None, field: Field | None) -> str:
        if not record or field is None:
            return ""
        try:
            row = self._book.row_id(entity, record)
        except Refused:
            return ""
        found = self._db.run(
            f"SELECT {quoted(field.column)} FROM {quoted(entity)} WHERE id = ?", (row,)
        )
        return self._shown(field, found[0][0] if found else None)

    # -- texts -------------------------------------------------------------------------------------

    def _record(self, entity: str, row: int) -> str:
        """A record that is told of: a part with what it is part of."""
        whole = wholes.whole_of(self._book, self._db, entity, row)
        return wholes.named(whole[2] if whole else "", self._label(entity, row))

    def _label(self, entity: str, row: int) -> str:
        found = self._labels.get((entity, row))
        if found is None:
            found = self._labels[entity, row] = self._book.label(entity, row)
        return found

    def _shown(self, field: Field, stored: Stored) -> str:
        """A stored value as people read it."""
        if stored is None:
            return ""
        if field.kind == "link":
            return self._label(field.target, stored) if isinstance(stored, int) else stored
        kind = KINDS[field.kind]
        return kind.show(field, kind.load(stored), self._book.currency)

    def _said(self, field: Field | None, text: str | None) -> str:
        """A value that was kept as a text, as people read it now."""
        if field is None or not text:
            return text or ""
        if field.kind == "link":
            return own.link_id(text)[0] or text
        try:
            return KINDS[field.kind].show(
                field, KINDS[field.kind].parse(field, text), self._book.currency
            )
        except Refused:
            return text


def _kind(kind: str, status: str) -> str:
    if kind == "declined":
        return DECLINED
    if status == "open":
        return UNREADABLE if kind == "unreadable" else OPEN
    return {"mine": MINE, "theirs": THEIRS}.get(status, OTHER)
