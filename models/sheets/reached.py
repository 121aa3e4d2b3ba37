"""Who has a phone number or an e-mail address: how questionnaires name those who answered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from models.describe.field import Entity
from models.dialects import Connection, quoted

_LEAST = 7  # digits of a phone number
_LAST = 11  # of which so many count: +86 139… is 139…


def reached(db: Connection, entity: Entity, texts: Iterable[Any]) -> dict[str, set[int]]:
    """The records that have the phone number or address which a text is, by text; nothing for others."""
    wanted: dict[str, list[str]] = {}
    for text in {str(one) for one in texts}:
        if key := _key(text):
            wanted.setdefault(key, []).append(text)
    made: dict[str, set[int]] = {}
    columns = [quoted(one.column) for one in entity.fields if one.kind in ("phone", "email")]
    if not wanted or not columns:
        return made
    for row, *values in db.run(
        f"SELECT id, {', '.join(columns)} FROM {quoted(entity.id)} WHERE alive = 1"
    ):
        for value in values:
            for text in wanted.get(_key(value or ""), ()):
                made.setdefault(text, set()).add(row)
    return made


def _key(text: str) -> str:
    """What a phone number or an address is compared by, "" for another text."""
    bare = text.strip().lower()
    if re.fullmatch(r"\S+@\S+\.\S+", bare):
        return bare
    digits = re.sub(r"[\s\-()+.]", "", bare)
    return digits[-_LAST:] if digits.isdigit() and len(digits) >= _LEAST else ""
