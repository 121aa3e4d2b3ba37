"""What a workbook says of records that stand (sealed, frozen): it can't be taken, and the file is told so.

The rest of the file is merged as ever; the person reads the reason in the answers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.evaluations import standing_rows
from models.refusals import Place
from models.workbooks import texts_of
from models.workbooks.items import ADD, CELL, REFUSED, Item
from models.workbooks.manifest import Stored

if TYPE_CHECKING:
    from models.workbooks.merging import Merging


def sort_out(merging: Merging) -> None:
    """Refuse the items that would change what stands, and tell each as a problem of its cell."""
    for at, item in enumerate(merging.items):
        if item.entity not in standing_rows.STANDING:
            continue
        refused = standing_rows.why_not(merging.db, item.entity, item.row, _written(merging, item))
        if refused is not None:
            merging.items[at] = replace(item, state=REFUSED, why=str(refused))
            merging.tell(refused.code, str(refused), _place(merging, item))


def _written(merging: Merging, item: Item) -> dict[str, Stored]:
    """What taking an item would write, by column; a cell that can't be read writes nothing of its own."""
    entity = merging.book.schema.entity(item.entity)
    if item.what == ADD:
        return {entity.field(name).column: one for name, one in item.values.items()}
    return {entity.field(item.field).column: item.result} if item.what == CELL else {}


def _place(merging: Merging, item: Item) -> Place:
    sheet, _, cell = item.at.rpartition("!")
    row = "".join(filter(str.isdecimal, cell))
    entity = merging.book.schema.entity(item.entity)
    said = item.text
    if item.what == CELL and not said:
        said = texts_of.theirs(merging.book, entity.field(item.field), item) or ""
    return replace(
        merging.place(),
        sheet=sheet or item.at,
        row=int(row) if sheet and row else None,
        column=entity.field(item.field).text() if item.what == CELL else "",
        value=said if item.what == CELL and not item.closed else "",
    )
