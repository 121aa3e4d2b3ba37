"""What is open of workbooks, and how it is decided: the book's value, the workbook's, or another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models import moments
from models.book import Book
from models.change import Change
from models.describe.kinds import KINDS
from models.dialects import Connection, quoted
from models.reads import path_sql
from models.refusals import Refused
from models.texts import N_, tr
from models.workbooks import texts_of
from models.workbooks.entities import OPEN
from models.workbooks.items import LEAVE, MINE, OTHER, THEIRS, Decision

_COLUMNS = (
    "workbook", "kind", "entity", "record", "label", "field", "base", "mine", "theirs", "at",
    "status", "decision", "comment",
)  # fmt: skip
_REMOVAL = ("removed", "removed_edited")


@dataclass(frozen=True)
class Open:
    """A decision about a workbook. ``id`` is its own public id, ``record`` that of the record.

    ``base`` and ``theirs`` are the texts of when it came back, ``mine`` what the book holds, now while
    it is open and when it came back where it is decided; ``void`` says that the record has gone meanwhile, so that there is nothing to take any more.
    """

    row: int
    id: str
    workbook: int
    workbook_name: str
    person: int | None
    person_name: str
    kind: str
    entity: str
    record: str
    record_row: int | None
    label: str
    field: str
    base: str
    mine: str
    theirs: str
    at: str
    status: str
    decision: str = ""
    comment: str = ""
    void: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is about a whole row, not a cell."""
        return not self.field


def listed(book: Book, workbook: int | None = None, *, open_only: bool = True) -> list[Open]:
    """The decisions about one workbook or all of them, in the order in which they were asked."""
    with book.reading() as db:
        where, params = "q.alive = 1", list[object]()
        if workbook is not None:
            where += " AND q.workbook = ?"
            params.append(workbook)
        if open_only:
            where += " AND q.status = ?"
            params.append(OPEN)
        return [_open(book, db, one) for one in _rows(db, where, params)]


def one(book: Book, row: int) -> Open:
    """One decision by its row.

    Raises:
        Refused: ``gone``; it was removed, or what asked it was undone.
    """
    with book.reading() as db:
        found = _rows(db, "q.alive = 1 AND q.id = ?", [row])
        if not found:
            raise Refused("gone", N_("This record has been removed meanwhile."))
        return _open(book, db, found[0])


def _rows(db: Connection, where: str, params: list[object]) -> list[tuple[object, ...]]:
    columns = ", ".join(f"q.{quoted(name)}" for name in _COLUMNS)
    return db.run(
        f"SELECT q.id, w.name, w.person, p.name, {columns} FROM cell_conflict q "
        "LEFT JOIN workbook w ON w.id = q.workbook LEFT JOIN salesperson p ON p.id = w.person "
        f"WHERE {where} ORDER BY q.id",
        params,
    )


def _open(book: Book, db: Connection, found: tuple[object, ...]) -> Open:
    row, name, person, person_name, *said = found
    values = dict(zip(_COLUMNS, said, strict=True))
    texts = {name: str(values[name] or "") for name in _COLUMNS if name != "workbook"}
    entity = book.schema.entity(texts["entity"])
    record = book.public.row(entity.prefix, texts["record"]) if texts["record"] else None
    alive, waits = _alive(db, entity.id, record), texts["status"] == OPEN
    if waits and texts["field"] and record is not None and entity.has(texts["field"]):
        texts["mine"] = _now(book, db, entity.id, record, texts["field"]) if alive == 1 else ""
    back = texts["kind"] == "removed_edited" and bool(texts["field"])
    return Open(
        int(str(row)),
        book.public_id("cell_conflict", int(str(row))),
        int(str(values["workbook"])),
        str(name or ""),
        None if person is None else int(str(person)),
        str(person_name or ""),
        record_row=record,
        void=waits and record is not None and alive != 1 and not (back and alive == 0),
        **texts,
    )


def _alive(db: Connection, entity: str, row: int | None) -> int | None:
    if row is None:
        return None
    found = db.one(f"SELECT alive FROM {quoted(entity)} WHERE id = ?", (row,))
    return None if found is None else int(found)


def _now(book: Book, db: Connection, entity: str, row: int, name: str) -> str:
    """What the book holds in a field now."""
    kind = book.schema.entity(entity)
    sql, field = path_sql(book.schema, kind, name)
    stored = db.one(f"SELECT {sql} FROM {quoted(entity)} t WHERE t.id = ?", (row,))
    return texts_of.text(book, field, stored)


# -- deciding --------------------------------------------------------------------------------------


def resolve(book: Book, row: int, decision: Decision) -> int:
    """Decide one question as one change; gives its number. See ``resolve_many``."""
    return resolve_many(book, {row: decision})


def resolve_many(book: Book, decisions: Mapping[int, Decision]) -> int:
    """Decide questions as one change, all of them or none; gives its number.

    Raises:
        Refused: ``decided`` (before), ``gone`` (the record is), ``unreadable_value``, ``no_value``,
            or whatever the book says of a value that is not acceptable.
    """
    found = [one(book, row) for row in decisions]
    label = found[0].label or found[0].at if len(found) == 1 else str(len(found))
    with book.change(tr(N_("Decide about {what}"), what=label), "workbook") as change:
        for row, decision in decisions.items():
            _resolve(book, change, one(book, row), decision)  # as it is now, behind the door
    return change.no


def _resolve(book: Book, change: Change, question: Open, decision: Decision) -> None:
    if question.status != OPEN:
        raise Refused(
            "decided",
            N_("{id} is decided already. Undo that change, or edit the record itself."),
            id=question.id,
        )
    said: dict[str, object] = {}
    if decision.comment:
        said["comment"] = decision.comment
    if decision.take != LEAVE:
        taken = question.mine
        if decision.take != MINE:
            taken = _take(book, change, question, decision)
        said |= {
            "status": decision.take,
            "decision": taken or None,
            "decided_at": moments.now(),
        }
    if said:
        change.set("cell_conflict", question.row, said)


def _take(book: Book, change: Change, question: Open, decision: Decision) -> str:
    """Do what is decided; gives the value that stands then."""
    if question.void:
        raise Refused(
            "gone",
            N_(
                "“{label}” has been removed meanwhile; there is nothing to decide any more. Close the question with mine."
            ),
            label=question.label,
        )
    if question.whole:
        return _take_row(book, change, question, decision)
    value = decision.value if decision.take == OTHER else question.theirs
    field = book.schema.entity(question.entity).field(question.field)
    record = question.record_row
    if record is None:
        raise Refused("gone", N_("This record has been removed meanwhile."))
    change.restore(question.entity, [record])  # where it was removed; else nothing
    try:
        change.set(question.entity, record, {field.id: texts_of.meant(field, value)})
    except Refused as refused:
        if decision.take != THEIRS or question.kind != "unreadable":
            raise
        raise Refused(
            "unreadable_value",
            N_("“{value}” can't be read as {field}. Give the value that is meant."),
            value=value,
            field=field.text(),
        ) from refused
    return _now(book, change.db, question.entity, record, field.id)


def _take_row(book: Book, change: Change, question: Open, decision: Decision) -> str:
    if decision.take == OTHER:
        raise Refused(
            "no_value",
            N_("This is about a whole row, not about a value. Decide with mine or theirs."),
        )
    if question.kind in _REMOVAL:
        change.remove(question.entity, [question.record_row or 0])
        return ""
    entity = book.schema.entity(question.entity)
    values = texts_of.values_of(entity, question.theirs)
    row = change.add(entity.id, values)
    return texts_of.link_label(book, entity.id, row)


def shown(book: Book, question: Open, text: str) -> str:
    """One of the texts of a question as people read it: amounts with their signs, links by their names."""
    entity = book.schema.entity(question.entity)
    if not text or question.whole or not entity.has(question.field):
        return text
    field = entity.field(question.field)
    if field.kind == "link":
        return text.rpartition(" [")[0] or text
    try:
        return KINDS[field.kind].show(field, KINDS[field.kind].parse(field, text), book.currency)
    except Refused:
        return text
