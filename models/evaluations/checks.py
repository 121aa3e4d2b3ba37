"""What a check of fairness says: a verdict, a finding in words, and lines that name their records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from models.book import Book
from models.evaluations.bands import Bands
from models.evaluations.cases import Cycle
from models.evaluations.result import Counted, Scored
from models.texts import N_, tr

FINE, LOOK, UNKNOWN = "fine", "look", "unknown"
VERDICTS = {
    FINE: N_("Nothing to look at"),
    LOOK: N_("Worth a look"),
    UNKNOWN: N_("Too little to tell"),
}
Records = Mapping[str, tuple[int, ...]]  # rows by entity


@dataclass(frozen=True)
class Line:
    """A line of a check: its cells, the same in a sentence, the records behind, whether it is worth a look."""

    cells: tuple[str, ...]
    sentence: str
    records: Records = field(default_factory=dict)
    look: bool = False


@dataclass(frozen=True)
class Check:
    """One check in the current language; ``heads`` are those of its lines, ``numbers`` the columns of figures."""

    code: str
    title: str
    verdict: str  # fine | look | unknown
    finding: str
    method: str
    heads: tuple[str, ...]
    numbers: tuple[int, ...]
    lines: tuple[Line, ...] = ()
    leads: Mapping[int, str] = field(default_factory=dict)  # which records a column opens first

    @property
    def verdict_text(self) -> str:
        """The verdict in words."""
        return tr(VERDICTS[self.verdict])


@dataclass(frozen=True)
class Fairness:
    """All checks of a cycle."""

    cycle: int
    name: str
    people: int
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Evaluated:
    """What checks read: the cycle, everybody in it with their rows, and the groups."""

    book: Book
    of: Cycle
    people: tuple[Scored, ...]
    rows: Mapping[str, int]  # of salespeople, by public id
    bands: Bands
    on: date


def heads(*texts: str) -> tuple[str, ...]:
    """Heads in the current language."""
    return tuple(tr(one) for one in texts)


def row_of(book: Book, record: Counted) -> int:
    """The row of a record behind a result.

    Raises:
        Refused: ``unknown_id``, the result was kept, and its record is not in this book any more.
    """
    return record.row or book.row_id(record.entity, record.id)
