"""What the verbs print: one JSON document, rows in columns, lines of text.

Terminals give a Chinese character the room of two letters; widths here are counted like that.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Sequence

import click

# A word with the space behind it; of the wide characters each is one, with what must not begin a line.
_PIECES = re.compile(r"[⺀-鿿豈-﫿＀-￯][，。、；：！？）》”’…·]*|[^\s⺀-鿿豈-﫿＀-￯]+|\s+")


def out(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def table(
    rows: Sequence[Sequence[object]], head: Sequence[str] = (), right: Collection[int] = ()
) -> None:
    """Print rows in columns below their heads; the columns ``right`` end where their heads end.

    Nothing is printed where there are no rows, unless they have heads.
    """
    every = [head, *rows] if head else rows
    if not every:
        return
    texts = [["" if cell is None else str(cell) for cell in row] for row in every]
    widths = [max(wide(row[at]) for row in texts) for at in range(len(texts[0]))]
    for row in texts:
        cells = []
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            room = " " * (width - wide(cell))
            cells.append(room + cell if at in right else cell + room)
        click.echo("  ".join(cells).rstrip())


def wide(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a paragraph that is to fit into so many columns; a longer word stands alone."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        piece = " " if piece.isspace() else piece
        if line and wide(line) + wide(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or piece != " " else ""
    return [*lines, line.rstrip()] if line.strip() else lines
