"""Sentences put one behind the other, as the language in force does it."""

from __future__ import annotations

from collections.abc import Iterable

from models.texts import N_, tr


def joined(parts: Iterable[str]) -> str:
    """All sentences as one text; empty ones are left out."""
    made = ""
    for one in parts:
        if one:
            made = tr(N_("{sentences} {next}"), sentences=made, next=one) if made else one
    return made
