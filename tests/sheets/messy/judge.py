"""Holds what an import made against the truth: columns, values, reports, silent faults.

A value is *right* when the book holds it; *reported* when a problem points at its cell; *asked* when it
can be read in two ways and the report says so; *missed* when its column was shown as belonging nowhere.
Anything else is *silent*: the fault that nobody would see. A report about a right value is *needless*.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.sheets.messy.books import Laid
from tests.sheets.messy.forms import Cell
from tests.sheets.messy.tables import KEYS, Column


@dataclass
class Seen:
    """How one table was understood: paths by the 0-based place of a column, problems, notes."""

    sheet: str
    entity: str | None
    columns: dict[int, tuple[str, str | None]]  # place → header, path
    problems: set[tuple[int, str]]  # row, header
    notes: str = ""


@dataclass
class Score:
    """What one or many imports came to."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> int:
        return self.counts[name]

    def add(self, other: Score) -> None:
        """Take another import's score in."""
        self.counts.update(other.counts)
        self.faults.extend(other.faults)

    def note(self, what: str, detail: str) -> None:
        """Count something that went wrong, and say what."""
        self.counts[what] += 1
        self.faults.append(f"{what}: {detail}")

    def share(self, what: str) -> float:
        """Of all columns, or of all values."""
        whole = self.counts["columns" if what.startswith("columns") else "values"]
        return self.counts[what] / whole if whole else 1.0


def same(truth: Any, found: Any) -> bool:
    """Whether the book holds what was meant."""
    if truth is None or found is None:
        return truth is None and found is None
    if isinstance(truth, datetime):
        return isinstance(found, datetime) and found.astimezone().replace(tzinfo=None) == truth
    if isinstance(truth, int | float | Decimal) and not isinstance(truth, bool):
        return isinstance(found, int | Decimal) and not isinstance(found, bool) and truth == found
    return type(truth) is type(found) and bool(truth == found)


def _same_in(column: Column, truth: Any, found: Any) -> bool:
    if column.field is None:  # a column of the users' own: as text, or as what its text means
        return same(truth, found) or (truth is not None and str(truth) == str(found))
    if column.field.kind == "phone" and isinstance(found, str) and truth:
        return re.sub(r"\D", "", truth) == re.sub(r"\D", "", found)
    return same(truth, found)


def judge(
    laid: Sequence[Laid], seen: Sequence[Seen], records: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Score:
    """Score an import; ``records`` are the book's, by entity, each a path → value."""
    score = Score()
    for one in laid:
        found = [s for s in seen if s.sheet == one.sheet and s.entity == one.table.entity]
        if len(found) != 1:
            entities = [s.entity for s in seen if s.sheet == one.sheet]
            what = "silent" if any(entities) else "unread"
            score.note(what, f"{one.sheet}: {one.table.entity} taken for {entities}")
            score.counts["columns"] += sum(c.field is not None for c in one.table.columns)
            score.counts["values"] += one.table.count * len(one.table.columns)
            continue
        _table(score, one, found[0], records.get(one.table.entity, ()))
    _invented(score, laid, records)
    for s in seen:
        if s.entity and not any(one.sheet == s.sheet for one in laid):
            score.note("silent", f"sheet {s.sheet} without records was taken for {s.entity}")
    return score


def _columns(score: Score, one: Laid, seen: Seen) -> dict[int, str]:
    """Where the values of each column went: the path, "" for nowhere."""
    went: dict[int, str] = {}
    for at, (column, place) in enumerate(zip(one.table.columns, one.columns, strict=True)):
        _, path = seen.columns.get(place, ("", None))
        own = path is None or path.startswith("x_")
        if all(cell.raw is None for cell in column.cells):
            if path is not None and column.path and path not in column.accepts:
                score.note("columns_wrong", f"blank {column.header!r} → {path}")
            went[at] = ""
            continue
        if column.field is not None:
            score.counts["columns"] += 1
        if column.field is None and own:
            went[at] = path or ""
        elif column.field is not None and path in column.accepts:
            score.counts["columns_right"] += 1
            went[at] = column.path
        elif own:
            score.note("columns_missed", f"{one.table.entity} {column.header!r} for {column.path}")
            went[at] = ""
        else:
            score.note(
                "columns_wrong", f"{one.table.entity} {column.header!r} → {path}, not {column.path}"
            )
            went[at] = "?"
    return went


def _table(score: Score, one: Laid, seen: Seen, records: Sequence[Mapping[str, Any]]) -> None:
    went = _columns(score, one, seen)
    headers = {at: seen.columns.get(place, ("", None))[0] for at, place in enumerate(one.columns)}
    keys = KEYS[one.table.entity]
    at_of = {column.path: at for at, column in enumerate(one.table.columns)}
    by_key: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for record in records:
        by_key.setdefault(tuple(record.get(path) for path in keys), []).append(record)
    told = {row for row, _ in seen.problems}
    for number, row in enumerate(one.rows):
        cells = [column.cells[number] for column in one.table.columns]
        key = tuple(cells[at_of[path]].truth for path in keys)
        found = by_key.pop(key, [])
        where = f"{one.sheet or one.table.entity} row {row}"
        if len(found) > 1:
            score.note("silent", f"{where} stands in the book {len(found)} times")
        if any(cell.wrong for cell in cells):
            _wrong_row(score, where, one, cells, headers, went, seen, row, found)
        elif not found:
            _lost_row(score, where, one, cells, headers, seen, row)
        else:
            for at, column in enumerate(one.table.columns):
                _value(
                    score,
                    f"{where} {column.header!r}",
                    column,
                    cells[at],
                    went[at],
                    headers[at],
                    seen,
                    row,
                    found[0],
                )
    for key, left in by_key.items():
        score.note("silent", f"{len(left)} records {key} that no row of {one.sheet!r} holds")
    for row in sorted(told - set(one.rows)):
        score.note("needless", f"{one.sheet} row {row} is no record, yet a problem")


def _wrong_row(
    score: Score,
    where: str,
    one: Laid,
    cells: list[Cell],
    headers: dict[int, str],
    went: dict[int, str],
    seen: Seen,
    row: int,
    found: list[Mapping[str, Any]],
) -> None:
    """A row with planted faults: each must be pointed at, and the rest may wait with it."""
    for at, cell in enumerate(cells):
        column = one.table.columns[at]
        pointed = (row, headers[at]) in seen.problems
        if cell.wrong and not went[at]:
            continue  # kept as it stands, in a column of its own
        if cell.wrong:
            score.counts["planted"] += 1
            if not pointed:
                held = found[0].get(column.path) if found else None
                score.note(
                    "silent", f"{where} {column.header!r}: {cell.raw!r} unreported, {held!r}"
                )
        elif pointed and not cell.open:
            score.note("needless", f"{where} {column.header!r}: {cell.raw!r}")


def _lost_row(
    score: Score,
    where: str,
    one: Laid,
    cells: list[Cell],
    headers: dict[int, str],
    seen: Seen,
    row: int,
) -> None:
    score.counts["values"] += len(cells)
    pointed = [at for at in range(len(cells)) if (row, headers[at]) in seen.problems]
    for at in pointed:
        what = "asked" if cells[at].open else "needless"
        score.note(what, f"{where} {one.table.columns[at].header!r}: {cells[at].raw!r}")
    if not pointed and any(number == row for number, _ in seen.problems):
        score.note("needless", f"{where}: {[p for p in seen.problems if p[0] == row]}")
    elif not pointed:
        score.note("silent", f"{where} is not in the book")


def _value(
    score: Score,
    where: str,
    column: Column,
    cell: Cell,
    went: str,
    header: str,
    seen: Seen,
    row: int,
    record: Mapping[str, Any],
) -> None:
    if cell.free or (not went and column.field is None):
        return
    score.counts["values"] += 1
    if (row, header) in seen.problems and not cell.open:
        score.note("needless", f"{where}: {cell.raw!r}")
        return
    if not went:
        score.counts["missed"] += 1
        return
    if (went != "?" and _same_in(column, cell.truth, record.get(went))) or (
        went == "?" and cell.truth is None
    ):
        score.counts["right"] += 1
    elif cell.open and (header in seen.notes or (row, header) in seen.problems):
        score.counts["asked"] += 1
    else:
        score.note(
            "silent", f"{where}: {cell.raw!r} became {record.get(went)!r}, not {cell.truth!r}"
        )


def _invented(
    score: Score, laid: Sequence[Laid], records: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    """Names of other records that no sheet mentions."""
    bases = {one.table.entity for one in laid}
    names: dict[str, set[str]] = {}
    for one in laid:
        for entity, mentioned in one.table.made.items():
            names.setdefault(entity, set()).update(mentioned)
    for entity, rows in records.items():
        if entity in bases or entity == "order":
            continue
        for record in rows:
            if record.get("name") not in names.get(entity, set()):
                score.note("silent", f"{entity} {record.get('name')!r} is named nowhere")
