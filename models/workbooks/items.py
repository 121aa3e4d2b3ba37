"""What reading a returned workbook gives, and what merging it with the book comes to: plain data.

``ReturnedFile`` is made by ``reading_back.py`` from a file; ``Merged`` by ``merging.py`` from it, the
base and the book. Screens and verbs show ``Merged``; ``collecting.py`` writes it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from models.refusals import Place
from models.workbooks.manifest import Manifest, Stored
from models.workbooks.memory import Returned
from models.workbooks.wholes import named

# -- what stands in a file -------------------------------------------------------------------------


@dataclass(frozen=True)
class ReturnedCell:
    """A cell as it came back: its stored value, and the sheet's own name of the cell, ``B7``.

    ``text`` is what stands there, as people see it; ``unread`` says why it is no value of the field,
    "" where it is one. ``same``: it says what it said when it left, whatever the book knows by now.
    """

    value: Stored
    at: str
    text: str = ""
    unread: str = ""
    same: bool = False


@dataclass(frozen=True)
class ReturnedRow:
    """A row that came back; ``row`` is its record, None for a new one.

    ``foreign``: its id is of this book but it was not part of this workbook. ``found_by`` says by
    what the record was found: ``id`` or, where the ids are lost, ``match``.
    """

    entity: str
    row: int | None
    cells: Mapping[str, ReturnedCell]
    sheet: str
    line: int  # the sheet's own number of the row, from 1
    foreign: bool = False
    found_by: str = "id"


@dataclass(frozen=True)
class Problem:
    """Something of the file that is told: a code, the message in the current language, the place."""

    code: str
    message: str
    place: Place = dataclasses.field(default_factory=Place)


@dataclass(frozen=True)
class ReturnedFile:
    """A file that came back, read whole. ``manifest`` is what the workbook left with.

    ``trusted``: ``seal`` the hidden part has the book's seal; ``book`` it is lost or was changed, and
    what the book itself remembers of the workbook stands in for it. ``tables`` are the entities whose
    tables were found: only of those can rows have been removed. ``digest`` is of the contents.
    """

    path: str
    manifest: Manifest
    trusted: str
    rows: tuple[ReturnedRow, ...]
    tables: frozenset[str]
    digest: str
    problems: tuple[Problem, ...] = ()


# -- what it comes to ------------------------------------------------------------------------------

SAFE, ASK, REFUSED = "safe", "ask", "refused"
CELL, ADD, REMOVE = "cell", "add", "remove"


@dataclass(frozen=True)
class Item:
    """One thing that the workbook says and the book does not say yet.

    ``id`` is the same whenever the same file is merged. ``what`` is a cell, a new row or a removed one;
    ``state`` is SAFE (taken unless somebody declines), ASK (nothing happens until it is decided) or
    REFUSED (it can't be taken, ``why`` in words: the file's problems say it too).
    ``kind`` is why it is asked, a code of ``cell_conflict.kind``, or ``changed``, ``joined``, ``added``.
    ``label`` names the record, ``group`` (entity, row, label) the customer it belongs to, or what it is
    part of. ``base``,
    ``mine`` and ``theirs`` are stored values; ``result`` is what taking it writes, ``values`` what a
    new row consists of. ``at`` is ``sheet!cell``. ``closed``: what it says is for nobody's eyes yet.
    """

    id: str
    what: str
    state: str
    kind: str
    entity: str
    row: int | None
    label: str
    group: tuple[str, int | None, str]
    field: str = ""
    base: Stored = None
    mine: Stored = None
    theirs: Stored = None
    result: Stored = None
    values: Mapping[str, Stored] = dataclasses.field(default_factory=dict)
    at: str = ""
    text: str = ""  # what stands in the cell, where it can't be read
    match: int | None = None  # the record that a new row perhaps is
    closed: bool = False
    why: str = ""

    @property
    def named(self) -> str:
        """The record where its group isn't told: a part with what it is part of."""
        return self.label if self.group[0] == "customer" else named(self.group[2], self.label)


@dataclass(frozen=True)
class Merged:
    """What a returned file comes to, against the book after ``matched_at``.

    ``unchanged`` counts the rows that say nothing new; ``again``: the same contents came before.
    ``state`` is what the book will remember of it as the next base, ``came`` what new rows held
    (entity, record or id of the item that adds it, values), ``settled`` open questions that the file
    answers itself (row of ``cell_conflict``, what the book keeps or takes), ``older``: a newer state
    of the workbook was merged already, so that nothing is taken and nothing remembered.
    """

    file: ReturnedFile
    items: tuple[Item, ...]
    unchanged: int
    matched_at: int
    again: bool = False
    state: Returned = dataclasses.field(default_factory=Returned)
    came: tuple[tuple[str, int | str, Mapping[str, Stored]], ...] = ()
    settled: tuple[tuple[int, str], ...] = ()
    older: bool = False

    @property
    def safe(self) -> tuple[Item, ...]:
        """What is taken unless somebody declines."""
        return tuple(one for one in self.items if one.state == SAFE)

    @property
    def asked(self) -> tuple[Item, ...]:
        """What waits for a decision."""
        return tuple(one for one in self.items if one.state == ASK)


MINE, THEIRS, OTHER, LEAVE = "mine", "theirs", "other", "leave"


@dataclass(frozen=True)
class Decision:
    """What somebody decided of an item: keep the book's, take the workbook's, another value, or leave it open."""

    take: str
    value: str = ""  # for ``other``, as it is typed
    comment: str = ""
