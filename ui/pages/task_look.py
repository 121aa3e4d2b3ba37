"""How work looks, alike on the board, in the calendar and along the timeline."""

from __future__ import annotations

from dataclasses import dataclass

from ui import theme


@dataclass(frozen=True)
class Look:
    """The colours of one piece of work, as names of the theme's colours are resolved."""

    fill: str
    edge: str
    text: str
    mark: str  # of its left edge, "" for none


def edge(status: str, *, late: bool) -> str:
    """The name of the colour of the edge of a card, "" for none."""
    if late:
        return "danger"
    if status == "blocked":
        return "warning"
    return {"doing": "accent", "review": "accent", "planned": "accent", "done": "ok"}.get(
        status, ""
    )


def look(status: str, *, late: bool = False) -> Look:
    """The colours of a task, a follow-up (planned, done), a meeting or an absence."""
    c = theme.colours()
    mark = edge(status, late=late)
    found = {
        "doing": (c.selection, c.accent, c.text),
        "review": (c.selection, c.accent, c.text),
        "blocked": (c.fault, c.danger, c.text),
        "done": (c.raised, c.border, c.muted),
        "cancelled": (c.raised, c.border, c.muted),
        "meeting": (c.selection, c.border, c.text),
        "leave": (c.raised, c.border, c.muted),
    }.get(status, (c.surface, c.muted, c.text))
    return Look(*found, getattr(c, mark) if mark else "")
