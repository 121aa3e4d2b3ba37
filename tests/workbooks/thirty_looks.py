"""Looking at a book and at what is said of it, without any of the code that merges."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from models.book import Book
from tests.workbooks.thirty_edits import (
    FIELDS,
    MILLIONTHS,
    Asked,
    Cell,
    same_tags,
    stored_moment,
)

State = dict[str, dict[int, dict[str, Any]]]  # entity → row → column → stored
OF_WORKBOOKS = ("workbook", "cell_conflict")  # what collecting itself keeps


def one_state(book: Book) -> State:
    """Everything that the book holds of its entities, removed records too (``alive``)."""
    db, made = book.connection(), State()
    for entity in book.schema:
        if entity.id not in OF_WORKBOOKS:
            names = [row[1] for row in db.run(f'PRAGMA table_info("{entity.id}")')]
            columns = ", ".join(f'"{name}"' for name in names)
            made[entity.id] = {
                row[0]: dict(zip(names[1:], row[1:], strict=True))
                for row in db.run(f'SELECT {columns} FROM "{entity.id}" ORDER BY "id"')
                if names[0] == "id"
            }
    return made


def differences(
    before: State,
    after: State,
    expected: Mapping[Cell, Any],
    joined: Mapping[Cell, tuple[str, str, str]],
    follows: set[tuple[str, str]],
) -> list[str]:
    """Cells of records that were there which hold something else than they must."""
    wrong = []
    for entity, rows in before.items():
        for row, values in rows.items():
            now = after[entity].get(row, {})
            for name, value in values.items():
                cell, found = (entity, row, name), now.get(name, "(no record)")
                if cell in joined:
                    fits = is_joined(found, *joined[cell])
                elif cell in expected:
                    fits = found == expected[cell] or (
                        FIELDS[entity].get(name) == "tags" and same_tags(found, expected[cell])
                    )
                else:
                    fits = found == value or (entity, name) in follows
                if not fits:
                    must = joined.get(cell) or expected.get(cell, value)
                    wrong.append(f"{entity} {row} {name}: {found!r}, must be {must!r}, was {value!r}")  # fmt: skip
    return wrong


def unlike(what: str, before: State, after: State) -> list[str]:
    """Where a book differs from one that it must be again; records that were added must be gone."""
    wrong = [
        f"{what}: {entity} {row} is {values}, was {before[entity].get(row)}"
        for entity, rows in after.items()
        for row, values in rows.items()
        if values != before[entity].get(row, {**values, "alive": 0}) and _alive(values, before[entity].get(row))
    ]  # fmt: skip
    gone = [
        f"{what}: {entity} {row} is not there any more"
        for entity, rows in before.items()
        for row in rows
        if row not in after[entity]
    ]
    return wrong + gone


def _alive(values: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
    """Whether a record counts: it was there, or it is new and not in the recycle bin."""
    return before is not None or bool(values["alive"])


def is_joined(found: Any, base: str, mine: str, theirs: str) -> bool:
    """Whether a text is the base and below it what both sides added, and nothing else."""
    return str(found) == "\n".join(one for one in (base, mine, theirs) if one)


def is_asked(meant: Asked, said: Mapping[str, Any]) -> bool:
    """Whether an open question says both values."""
    kind = FIELDS.get(meant.entity, {}).get(meant.field, "")
    if meant.kind == "edited":
        return _same(kind, said["mine"], meant.mine) and _same(kind, said["theirs"], meant.theirs)
    return not meant.field or _same(kind, said["theirs"], meant.theirs)


def _same(kind: str, text: Any, stored: Any) -> bool:
    """Whether a text says a stored value."""
    if stored is None:
        return text in (None, "")
    if kind in ("money", "percent"):
        try:
            bare = re.sub("[,¥%]", "", str(text))
            value = Decimal(bare) / (100 if str(text).endswith("%") else 1)
        except InvalidOperation:
            return False
        return value * MILLIONTHS == stored
    return str(text) == str(stored)


def says(cell: Any, text: Any) -> bool:
    """Whether a cell of a file says what a question names as the workbook's value."""
    if cell is None:
        return text in (None, "")
    if isinstance(cell, datetime | date):
        return str(text).startswith(cell.strftime("%Y-%m-%d"))
    one, other = (_bare(value) for value in (cell, text))
    return one == other


def _bare(value: Any) -> Any:
    """A value without the ways in which it may be typed."""
    text = re.sub("[,¥]", "", str(value).strip())
    if found := re.fullmatch(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?", text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    try:
        if text.endswith("%"):
            return Decimal(text[:-1]) / 100
        return Decimal(text)
    except InvalidOperation:
        return text.casefold()


def shows(kind: str, cell: Any, stored: Any, choices: Mapping[str, str]) -> bool:
    """Whether a cell of an issued workbook says exactly what the book holds."""
    if stored is None or stored == "":
        return cell in (None, "")
    match kind:
        case "money" | "number" | "percent":
            return isinstance(cell, int | float) and round(Decimal(repr(cell)) * MILLIONTHS) == stored  # fmt: skip
        case "integer":
            return bool(cell == stored)
        case "date":
            return isinstance(cell, datetime | date) and cell.strftime("%Y-%m-%d") == stored
        case "instant":
            return isinstance(cell, datetime) and stored_moment(cell) == stored
        case "choice":
            return cell in (choices.get(stored), stored)
        case "flag":
            return bool(cell == ("是" if stored else "否"))
    return bool(cell == stored)
