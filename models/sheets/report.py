"""What a proposal says of each table: the plain data that the wizard and the command line show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.describe.schema import Schema
from models.sheets.cell_formats import Way
from models.texts import N_, tr

PROBLEMS_KEPT = 5000  # of one table; the count goes on


@dataclass(frozen=True)
class Problem:
    """A row that is left out, or a value that needs a look: the sheet's own row number, 1-based."""

    row: int
    column: str
    value: str
    code: str
    message: str


@dataclass(frozen=True)
class ColumnReport:
    """Where a column goes; field None = left out."""

    header: str
    field: str | None
    confidence: float
    way: Way | None = None
    kind: str = ""

    def plain(self) -> dict[str, Any]:
        """The form of the command line's JSON: columns of days, shares and scaled amounts say more."""
        made: dict[str, Any] = {
            "header": self.header,
            "field": self.field,
            "confidence": round(self.confidence, 3),
        }
        way = self.way if self.field else None
        if self.field and self.kind in ("date", "instant"):
            made["date_order"] = None
        if way is not None and (name := _WAYS.get(way.topic)) and way.by != "plain":
            made |= {name: way.code or None, "decided_by": None if way.open else way.by}
        return made


_WAYS = {  # keys of the JSON
    "days": "date_order",
    "shares": "percent",
    "unit": "unit",
    "measure": "measure",
    "year": "year",
    "level": "level",
}


@dataclass(frozen=True)
class NewName:
    """A name in a link column that no record has; ``suggestion`` is the nearest that exists.

    ``addable`` says whether a new record may be made of it; otherwise its rows are left out.
    """

    target: str
    name: str
    rows: int
    suggestion: str = ""
    addable: bool = True


@dataclass(frozen=True)
class LookAlike:
    """A row whose name is another way to write a known one: ``like`` stands in the book or, if
    ``like_row`` is given, in that row of the sheets."""

    entity: str
    row: int
    name: str
    like: str
    like_row: int | None = None


@dataclass
class TableReport:
    """One table of an import; filled in as the work goes on."""

    file: str
    sheet: str
    entity: str | None
    rows: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    columns: list[ColumnReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    notes: list[str] = field(default_factory=list)
    also: dict[str, dict[str, int]] = field(default_factory=dict)
    look_alikes: list[LookAlike] = field(default_factory=list)

    _found: tuple[int, int, int, int] = (0, 0, 0, 0)

    def mark(self) -> None:
        """What was found so far is what reading found; matching may begin anew from here."""
        self._found = (len(self.problems), self.problem_count, self.skipped, len(self.notes))

    def rewind(self) -> None:
        """Forget what matching found."""
        problems, self.problem_count, self.skipped, notes = self._found
        del self.problems[problems:], self.notes[notes:]
        self.added = self.updated = self.unchanged = 0
        self.also, self.look_alikes = {}, []

    def blame(self, problem: Problem) -> None:
        """Note a problem; beyond a few thousand only the count grows."""
        self.problem_count += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)

    def plain(self) -> dict[str, Any]:
        """The form of the command line's JSON."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "entity": self.entity,
            "rows": self.rows,
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "columns": [one.plain() for one in self.columns],
            "problems": [
                {
                    "row": one.row,
                    "column": one.column,
                    "value": one.value,
                    "code": one.code,
                    "message": one.message,
                }
                for one in self.problems
            ],
            "problem_count": self.problem_count,
            "notes": self.notes,
            "also": self.also,
            "look_alikes": [
                {
                    "entity": one.entity,
                    "row": one.row,
                    "name": one.name,
                    "like": one.like,
                    "like_row": one.like_row,
                }
                for one in self.look_alikes
            ],
        }


def counted(schema: Schema, counts: Mapping[str, Mapping[str, int]]) -> str:
    """How many records of each kind are new or changed, in words; unchanged ones are not said."""
    parts = []
    for one in schema:
        added, updated = (counts.get(one.id, {}).get(key, 0) for key in ("added", "updated"))
        values = {"added": f"{added:,}", "updated": f"{updated:,}"}
        if added and updated:
            text = N_("{entity}: {added} new, {updated} changed")
        elif added:
            text = N_("{entity}: {added} new")
        elif updated:
            text = N_("{entity}: {updated} changed")
        else:
            continue
        parts.append(tr(text, entity=one.plural_text(), **values))
    return "  ·  ".join(parts)


def named(schema: Schema, counts: Mapping[str, Mapping[str, int]]) -> str:
    """How many records of each kind names stand for, in words."""
    parts = [
        f"{one.plural_text()} {sum(counts[one.id].values()):,}"
        for one in schema
        if one.id in counts
    ]
    return tr(N_(", ")).join(parts)


@dataclass(frozen=True)
class TableChoice:
    """What was decided about one table.

    ``entity`` None as understood, "" left out; ``columns`` by letter: a field path, "" left out, "+" a
    column of their own; ``ways`` by letter: how it is read, a code of ``cell_formats.Way``.
    """

    entity: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    ways: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """What the person decided: names of the command line's options, and of the wizard's choices."""

    entity: str | None = None
    sheet: str | None = None
    columns: dict[str, str] = field(default_factory=dict)  # header → field path, "" = leave out
    match: str = "update"  # update | skip | add
    values: dict[tuple[str, str], str] = field(default_factory=dict)  # (target, found) → meant
    create_links: bool = False
    unknown: str = "keep"  # unknown columns: keep as own columns | skip
    blank_unreadable: bool = False  # leave optional cells empty that can't be read
    encoding: str | None = None
    ways: dict[str, str] = field(default_factory=dict)  # header → how the column is read
    days: str = ""  # the order of days in all columns that can have it
    goals: dict[str, str] = field(
        default_factory=dict
    )  # of wide tables: measure, unit, year, level → code
    tables: dict[tuple[str, str, str], TableChoice] = field(default_factory=dict)  # by Found.key
