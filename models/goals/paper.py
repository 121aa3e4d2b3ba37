"""What stands on a paper, as plain data: headings, words, tables, lines to be filled in by hand.

Whoever draws it decides only where it stands; all words are here, in the current language.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PLAIN, MUTED, GOOD, WARN, BAD = "plain", "muted", "good", "warn", "bad"


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 begins a page, 2 a section."""

    text: str
    level: int = 2
    beside: str = ""  # said in smaller letters on the same line


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str
    tone: str = PLAIN


@dataclass(frozen=True)
class Facts:
    """Names and what they are, two pairs a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bar:
    """How much of a target is reached, and how much was expected: shares of 1, None if unknown."""

    share: float | None
    expected: float | None
    text: str


@dataclass(frozen=True)
class Cell:
    """A text with a tone."""

    text: str
    tone: str = PLAIN


Content = str | Cell | Bar


@dataclass(frozen=True)
class Column:
    """A column with the share of the width that it wants; numbers stand at the right."""

    text: str
    weight: float = 1.0
    right: bool = False


@dataclass(frozen=True)
class Row:
    """A row; ``note`` stands below its cells over the whole width."""

    cells: tuple[Content, ...]
    note: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table; its head is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Listed:
    """Points one below another, each with the reason for it; ``box`` puts a box to tick before them.

    ``links`` are, of each point, words that lead to records on the screen, with where they lead.
    """

    points: tuple[tuple[str, str], ...]
    box: bool = False
    links: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True)
class Blank:
    """A label and so many empty lines to write on."""

    label: str
    lines: int


@dataclass(frozen=True)
class Signatures:
    """Places for signatures side by side: who signs, and what is written there."""

    who: tuple[str, ...]
    sign: str
    day: str


Block = Heading | Words | Facts | Table | Listed | Blank | Signatures


@dataclass(frozen=True)
class Paper:
    """A whole paper; each part begins on a page of its own."""

    title: str
    foot: str
    landscape: bool
    parts: tuple[tuple[Block, ...], ...] = field(default_factory=tuple)
