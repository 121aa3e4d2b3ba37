"""A part of a paper as formatted text for the screen, in the colours of the theme."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from models.goals.paper import (
    BAD,
    GOOD,
    MUTED,
    WARN,
    Bar,
    Block,
    Cell,
    Content,
    Heading,
    Listed,
    Row,
    Table,
    Words,
)
from models.texts import N_, tr
from ui import theme

_SHORT = 12  # signs of a status


def of(blocks: Iterable[Block]) -> str:
    """The blocks as HTML; those to be filled in by hand are left out."""
    return "".join(_block(one) for one in blocks)


def _colour(tone: str) -> str:
    colours = theme.colours()
    tones = {GOOD: colours.ok, WARN: colours.warning, BAD: colours.danger, MUTED: colours.muted}
    return tones.get(tone, colours.text)


def _block(block: Block) -> str:
    match block:
        case Heading(text=text, level=level, beside=beside):
            return f"<h{level + 1}>{html.escape(text)} {_span(beside, MUTED, small=True)}</h{level + 1}>"
        case Words(text=text, tone=tone):
            return f"<p>{_span(text, tone)}</p>"
        case Listed(points=points, links=links):
            led = links or ((),) * len(points)
            told = (_point(*one, to) for one, to in zip(points, led, strict=True))
            return "<ol>" + "".join(told) + "</ol>"
        case Table():
            return _table(block)
    return ""


def _span(text: str, tone: str, *, small: bool = False) -> str:
    size = "font-size: small; font-weight: normal;" if small else ""
    return f'<span style="color: {_colour(tone)}; {size}">{html.escape(text)}</span>'


def _point(text: str, why: str, links: Sequence[tuple[str, str]]) -> str:
    below = html.escape(why)
    for words, target in links:  # where they stand in the reason, else behind it
        led = f'<a href="#{target}">{html.escape(words)}</a>'
        if (plain := html.escape(words)) in below:
            below = below.replace(plain, led, 1)
        else:
            below = " · ".join(part for part in (below, led) if part)
    said = f'<br><span style="color: {_colour(MUTED)}; font-size: small;">{below}</span>'
    return f"<li>{html.escape(text)}{said if below else ''}</li>"


def _table(table: Table) -> str:
    colours = theme.colours()
    whole = sum(one.weight for one in table.columns)
    heads = "".join(
        f'<td align="{_side(one.right)}" width="{100 * one.weight / whole:.0f}%" style="white-space: nowrap;">'
        f"<b>{html.escape(one.text)}</b></td>"
        for one in table.columns
    )
    rows = "".join(_row(table, one) for one in table.rows)
    style = f'cellspacing="0" cellpadding="4" style="background: {colours.surface};"'
    return f'<table width="100%" {style}><tr bgcolor="{colours.raised}">{heads}</tr>{rows}</table>'


def _side(right: bool) -> str:
    return "right" if right else "left"


def _wrapping(cell: Content, right: bool) -> str:
    """Numbers and statuses stand on one line."""
    short = isinstance(cell, Cell) and len(cell.text) <= _SHORT
    return "nowrap" if right or short else "normal"


def _row(table: Table, row: Row) -> str:
    cells = "".join(
        f'<td align="{_side(column.right)}" style="white-space: {_wrapping(cell, column.right)};">'
        f"{_cell(cell, strong=row.strong)}</td>"
        for column, cell in zip(table.columns, row.cells, strict=True)
    )
    made = f"<tr>{cells}</tr>"
    if row.note:
        note = _span(row.note, MUTED, small=True)
        made += f'<tr><td colspan="{len(table.columns)}">{note}</td></tr>'
    return made


def _cell(cell: Content, *, strong: bool) -> str:
    if isinstance(cell, Bar):
        text = cell.text
        if cell.expected is not None and cell.share is not None:
            words = N_("{share} (expected {expected}%)")
            text = tr(words, share=cell.text, expected=round(cell.expected * 100))
        made = html.escape(text)
    elif isinstance(cell, Cell):
        made = _span(cell.text, cell.tone)
    else:
        made = html.escape(cell)
    return f"<b>{made}</b>" if strong else made


def titles(parts: Sequence[Sequence[Block]]) -> list[str]:
    """What each part is called: its first heading."""
    made = []
    for part in parts:
        first = part[0]
        made.append(first.text if isinstance(first, Heading) else "")
    return made
