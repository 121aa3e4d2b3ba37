"""Workbooks that people sent back and that wait to be merged.

A place kept free: workbooks for people are not handed out yet, so that none can come back.
"""

from __future__ import annotations

from models.texts import N_
from models.today.line import Found
from models.today.scene import Scene
from models.today.words import Words

KIND = "workbook"
LABEL = N_("Returned workbooks")


def find(scene: Scene) -> list[Found]:
    """None as yet."""
    return []


def say(found: Found, words: Words) -> tuple[str, str]:
    """Nothing is found, so nothing is said."""
    return "", ""
