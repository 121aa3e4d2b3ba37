"""Files that the program carries: texts, icons, fonts, samples."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The place of a carried file, e.g. ``path("icons", "undo.svg")``."""
    return ROOT.joinpath(*parts)
