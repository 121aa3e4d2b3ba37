"""A list as it is shown, handed out for editing: these records, these fields, this order.

It comes back like a personal workbook, merged cell by cell. What belongs to other records and what the
book works out is shown and locked; a part of the list that was filtered away is not in the file, so it
cannot be missed when the file comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from models import names, texts
from models.book import Book
from models.describe.field import Entity
from models.progress import SILENT, Progress
from models.refusals import Refused
from models.sheets import exporting, own
from models.texts import N_
from models.workbooks import contents, handing_out
from models.workbooks.contents import SheetPlan, Values
from models.workbooks.handing_out import Draft, Handed
from models.workbooks.sheets_out import Paper

PURPOSE = "view"
ROOM = 3  # empty rows above the records
MOST = 20_000  # records; more belong into an ordinary export
_OFFERED = 1_000  # records of a kind that a drop-down lists


def issue_view(
    book: Book,
    entity: str,
    ids: Sequence[int],
    paths: Sequence[str],
    folder: Path,
    *,
    name: str = "",
    language: str | None = None,
    on: date,
    due_back: date | None = None,
    progress: Progress = SILENT,
) -> Handed:
    """Hand out some records of one kind as a workbook that can be collected, as one change.

    ``name`` is what the file is called by: the view's; without one the kind of record's.

    Raises:
        Refused: ``not_records``, ``nothing_to_edit`` where no column can be taken back,
            ``too_many_for_editing``; the place can't be written. Cancelled: nothing was written.
    """
    kind = book.schema.entity(entity)
    if not own.holds_records(kind):
        raise Refused(
            "not_records",
            N_(
                "{name} describe the book itself; they are part of every sheet and have none of their own."
            ),
            name=kind.plural_text(),
        )
    if len(ids) > MOST:
        raise Refused(
            "too_many_for_editing",
            N_(
                "These are {count} records; a workbook for editing holds {most}. Narrow the list with a filter first."
            ),
            count=f"{len(ids):,}",
            most=f"{MOST:,}",
        )
    handing_out.assert_folder(folder)
    fields = exporting.paths(book, kind, paths)
    if not any(contents.can_be_edited(book.schema, kind, one) for one in fields):
        raise Refused(
            "nothing_to_edit",
            N_(
                "None of these columns can be edited in a workbook: they show other records or are worked out."
            ),
        )
    with texts.speaking(language or texts.language()):
        make = _maker(kind, list(ids), fields, folder, name or kind.plural_text(), on, due_back)
        made = handing_out.hand_out(book, PURPOSE, N_("Export a list for editing"), make, progress)
    return made[0]


def _maker(
    kind: Entity,
    ids: Sequence[int],
    fields: Sequence[str],
    folder: Path,
    name: str,
    on: date,
    due_back: date | None,
) -> Callable[[Draft, Progress], None]:
    def make(draft: Draft, progress: Progress) -> None:
        progress.step(0.1, name)
        draft.due_back = due_back
        book = draft.book
        values = Values(book, draft.db)
        plan = contents.plan(
            values,
            own_sheet_name(kind),
            kind.id,
            ids,
            fields,
            can_add=_can_add(kind, fields),
            room=ROOM if _can_add(kind, fields) else 0,
        )
        labels = values.labels_of([plan])
        made, packed, seal = draft.made(None, [plan.issued()], labels)
        path = folder / handing_out.file_name(name, on, draft.public_id)
        progress.step(0.4, name)
        with draft.files.written(path) as beside:
            paper = Paper(beside, book.schema, book.public, book.currency)
            paper.table(plan, labels, _offers(draft, values, plan))
            paper.hidden(made, packed, seal)
            paper.close()
        draft.keep(made, packed, path)

    return make


def own_sheet_name(kind: Entity) -> str:
    """What the sheet of a kind of record is called, as workbooks allow it."""
    return kind.plural_text()[:31]


def _can_add(kind: Entity, fields: Sequence[str]) -> bool:
    """Whether a new row can say everything that a record needs."""
    return all(one.id in fields or one.usual is not None for one in kind.fields if one.required)


def _offers(draft: Draft, values: Values, plan: SheetPlan) -> dict[str, tuple[str, ...]]:
    """What drop-downs of links list, where that is not too much to look through."""
    book = draft.book
    kind = book.schema.entity(plan.entity)
    made: dict[str, tuple[str, ...]] = {}
    for path in plan.fields:
        field = book.schema.path(kind, path)[1]
        if path not in plan.editable or field.kind != "link" or field.target in made:
            continue
        rows = book.ids(field.target)
        if len(rows) <= _OFFERED:
            said = values.labels(field.target, rows).values()
            made[field.target] = tuple(sorted({one for one in said if one}, key=names.sort_key))
    return made
