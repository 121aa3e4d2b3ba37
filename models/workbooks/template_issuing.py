"""People's records in a team's own workbook, handed out: one file a person, all as one change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from models import texts
from models.book import Book
from models.describe.field import Entity
from models.dialects import Connection, quoted
from models.progress import SILENT, Progress
from models.refusals import Place, Refused
from models.sheets import own
from models.texts import N_
from models.workbooks import contents, handing_out, template, template_filling, template_rows
from models.workbooks.handing_out import Draft, Handed
from models.workbooks.manifest import IssuedSheet, Stored
from models.workbooks.personal import Contents
from models.workbooks.sheets_out import PROPERTY, reader
from models.workbooks.template import FIELD, HIDDEN, Adopted, AdoptedTable
from models.workbooks.template_filling import Filling

PURPOSE = "template"
_OWNERS = ("owner", "person", "claimant")


@dataclass(frozen=True)
class _Wanted:
    """What is to be handed out: to whom, when, and what of it."""

    people: tuple[int, ...]
    adopted: Adopted
    folder: Path
    on: date
    due_back: date | None
    personal: bool


def issue_with(
    book: Book,
    people: Sequence[int],
    adopted: Adopted,
    folder: Path,
    *,
    language: str | None = None,
    on: date,
    due_back: date | None = None,
    personal: bool = True,
    progress: Progress = SILENT,
) -> list[Handed]:
    """Hand out the team's own workbook, filled for each person with their records, as one change.

    Raises:
        Refused: nobody is named or somebody is gone; the folder can't be written; none of the tables
            holds records of people (``not_of_people``). Cancelled. Either way nothing was written.
    """
    wanted = _Wanted(tuple(dict.fromkeys(people)), adopted, folder, on, due_back, personal)
    if not wanted.people:
        raise Refused("nobody", N_("Nobody is chosen to get a workbook."))
    if len(book.ids("salesperson", among=wanted.people)) != len(wanted.people):
        raise Refused("gone", N_("This record has been removed meanwhile."))
    handing_out.assert_folder(folder)
    tables = of_people(book, adopted)
    if not tables:
        raise Refused(
            "not_of_people",
            N_("No table of {name} holds records that belong to a salesperson."),
            place=Place(file=adopted.path.name),
            name=adopted.path.name,
        )
    reason = (
        N_("Issue workbooks in the team's own layout")
        if len(wanted.people) > 1
        else N_("Issue a workbook in the team's own layout")
    )
    with texts.speaking(language or texts.language()):
        return handing_out.hand_out(
            book, PURPOSE, reason, lambda draft, told: _make(draft, wanted, tables, told), progress
        )


def owner_field(entity: Entity) -> str:
    """The field that says whose a record is, "" if there is none."""
    links = {one.id for one in entity.links() if one.target == "salesperson"}
    return next((one for one in _OWNERS if one in links), "")


def of_people(book: Book, adopted: Adopted) -> tuple[AdoptedTable, ...]:
    """The tables whose records belong to a salesperson."""
    return tuple(
        one for one in adopted.filled if _whose(book.schema.entity(one.entity)) is not None
    )


def _whose(entity: Entity) -> str | None:
    """What to ask for somebody's records: a field, "" where personal workbooks know; None if nothing."""
    if entity.id in ("customer", "contact", "opportunity", "follow_up_plan", "activity", "task"):
        return ""
    return owner_field(entity) or None


def _make(
    draft: Draft, wanted: _Wanted, tables: Sequence[AdoptedTable], progress: Progress
) -> None:
    book = draft.book
    draft.due_back = wanted.due_back
    holds = Contents(book, draft.db, wanted.people, wanted.on, personal=wanted.personal)
    names = dict(draft.db.run("SELECT id, name FROM salesperson WHERE alive = 1"))
    for at, person in enumerate(wanted.people):
        name = str(names.get(person) or "")
        progress.step(0.05 + 0.9 * at / len(wanted.people), name)
        sheets = [_sheet(draft, holds, one, person) for one in tables]
        path = wanted.folder / handing_out.file_name(name, wanted.on, draft.public_id)
        _write(draft, holds, wanted.adopted, tables, sheets, person, path)


def _sheet(draft: Draft, holds: Contents, table: AdoptedTable, person: int) -> IssuedSheet:
    """What of a person's records goes into a table."""
    book = draft.book
    entity = book.schema.entity(table.entity)
    fields = tuple(one.path for one in table.filled)
    rows = contents.leaving(
        holds.values, entity.id, _rows(draft.db, holds, entity, person, table.records.values())
    )
    values = _of_nobody_else(holds, entity, rows, fields, person)
    hidden = (
        []
        if holds.personal
        else [at for at, one in enumerate(fields) if _private(book, entity, one)]
    )
    owner = owner_field(entity)
    editable = {
        one.path
        for one in table.filled
        if one.what == FIELD
        and contents.can_be_edited(book.schema, entity, one.path)
        and not (
            entity.field(one.path).kind == "link" and entity.field(one.path).target == "salesperson"
        )
    } - {fields[at] for at in hidden}
    return IssuedSheet(
        table.sheet,
        entity.id,
        fields,
        tuple(one.header for one in table.filled),
        frozenset(editable),
        {row: _without(values[row], hidden) for row in rows if row in values},
        _can_add(entity, editable, owner),
        ((owner, person),) if owner else (),
        {one.path: one.unit for one in table.filled if one.unit},
    )


def _of_nobody_else(
    holds: Contents, entity: Entity, rows: Sequence[int], fields: Sequence[str], person: int
) -> dict[int, tuple[Stored, ...]]:
    """The values of records, without what they say of other salespeople."""
    schema = holds.schema
    about: list[str] = []  # by the field: the link to a salesperson whose row decides, "" for none
    for one in fields:
        steps, last = schema.path(entity, one)
        links = [step for step in (*steps, last) if step.kind == "link"]
        at = next((n for n, step in enumerate(links) if step.target == "salesperson"), None)
        about.append("" if at is None else ".".join(step.id for step in links[: at + 1]))
    deciding = [one for one in dict.fromkeys(about) if one]
    found = holds.values.stored(entity.id, rows, [*fields, *deciding])
    made: dict[int, tuple[Stored, ...]] = {}
    for row, values in found.items():
        whose = dict(zip(deciding, values[len(fields) :], strict=True))
        made[row] = tuple(
            value if not by or whose[by] == person else None
            for value, by in zip(values[: len(fields)], about, strict=True)
        )
    return made


def _private(book: Book, entity: Entity, path: str) -> bool:
    return contents.is_personal(book.schema, book.schema.path(entity, path)[1])


def _without(values: tuple[Stored, ...], hidden: Sequence[int]) -> tuple[Stored, ...]:
    return tuple(None if at in hidden else one for at, one in enumerate(values))


def _rows(
    db: Connection, holds: Contents, entity: Entity, person: int, listed: Iterable[int]
) -> list[int]:
    """A person's records: what personal workbooks hold, and whatever of theirs is listed already."""
    owner = owner_field(entity)
    rows = holds.rows[entity.id].get(person, []) if _whose(entity) == "" else []
    if not owner:
        return rows
    own = f"SELECT id FROM {quoted(entity.id)} WHERE alive = 1 AND {quoted(owner)} = ?1"
    if _whose(entity) != "":
        return [row for (row,) in db.run(f"{own} ORDER BY id", (person,))]
    among = f"{own} AND id IN (SELECT value FROM json_each(?2)) ORDER BY id"
    more = db.run(among, (person, json.dumps(list(listed))))
    return list(dict.fromkeys([*rows, *(row for (row,) in more)]))


def _can_add(entity: Entity, editable: set[str], owner: str) -> bool:
    """Whether a new row can say everything that a record needs."""
    return all(
        one.id in editable or one.id == owner or one.usual is not None
        for one in entity.fields
        if one.required
    )


def _write(
    draft: Draft,
    holds: Contents,
    adopted: Adopted,
    tables: Sequence[AdoptedTable],
    sheets: Sequence[IssuedSheet],
    person: int,
    path: Path,
) -> None:
    book = draft.book
    plans = [
        contents.SheetPlan(one.name, one.entity, one.fields, one.headers, one.editable, one.rows)
        for one in sheets
    ]
    labels = holds.values.labels_of(plans)
    workbook = template.load(adopted.path)
    _forget(workbook)
    places = _id_columns(workbook, tables)
    # From the bottom up, so that what grows moves only what is done.
    for table, sheet in sorted(zip(tables, sheets, strict=True), key=lambda one: -one[0].first):
        entity = book.schema.entity(table.entity)
        readers = {one: reader(book.schema.path(entity, one)[1], labels) for one in sheet.fields}
        filling = Filling(
            table,
            sheet.rows,
            readers,
            partial(book.public.make, entity.prefix),
            own.id_header(book.public.tag),
            places[table.sheet],
        )
        template_filling.fill(workbook, filling)
    for name, column in places.items():
        template_filling.hide_column(workbook[name], column)
    made, packed, seal = draft.made(person, sheets, labels)
    _hide(workbook, handing_out.hidden_lines(made, packed, seal, draft.public_id))
    _mark(workbook, f"{made.book} {draft.public_id} {seal}")
    with draft.files.written(path) as beside:
        workbook.save(beside)
    draft.keep(made, packed, path)


def _forget(workbook: Any) -> None:
    """What a workbook remembers of everybody's records beside its cells leaves with nobody."""
    if HIDDEN in workbook.sheetnames:
        del workbook[HIDDEN]
    for sheet in workbook.worksheets:
        sheet._pivots = []
        for one in template_rows.references_of_charts(sheet):
            for name in ("numCache", "strCache", "multiLvlStrCache"):
                if getattr(one, name, None) is not None:
                    setattr(one, name, None)
    workbook.calculation.fullCalcOnLoad = True


def _id_columns(workbook: Any, tables: Sequence[AdoptedTable]) -> dict[str, int]:
    """The column of ids of each sheet, counted from 1: the one that is there, else the next free."""
    made: dict[str, int] = {}
    for table in tables:
        there = next((one.index + 1 for one in table.columns if one.what == template.ID), 0)
        sheet = workbook[table.sheet]
        made[table.sheet] = max(there, made.get(table.sheet, 0)) or sheet.max_column + 1
        if there:
            for row in range(table.first, sheet.max_row + 1):
                sheet.cell(row, there).value = None
    return made


def _hide(workbook: Any, lines: Sequence[str]) -> None:
    sheet = workbook.create_sheet(HIDDEN)
    for row, text in enumerate(lines, 1):
        template_filling.put_text(sheet.cell(row, 1), text, HIDDEN)
    sheet.protection.sheet = True
    sheet.sheet_state = "veryHidden"


def _mark(workbook: Any, text: str) -> None:
    from openpyxl.packaging.custom import StringProperty

    properties = workbook.custom_doc_props
    if PROPERTY in properties.names:
        del properties[PROPERTY]
    properties.append(StringProperty(name=PROPERTY, value=text))
