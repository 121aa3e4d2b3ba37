"""What the verbs print: one JSON document, or rows in columns."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence

import click


def out(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def table(rows: Sequence[Sequence[object]]) -> None:
    """Print rows in columns, wide characters counted as two."""
    if not rows:
        return
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(_wide(row[at]) for row in texts) for at in range(len(texts[0]))]
    for row in texts:
        click.echo(
            "  ".join(
                cell + " " * (width - _wide(cell)) for cell, width in zip(row, widths, strict=True)
            ).rstrip()
        )


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
