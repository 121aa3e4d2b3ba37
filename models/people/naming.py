"""People in a sentence: by name while they are few, else how many they are."""

from __future__ import annotations

from collections.abc import Iterable

from models.texts import N_, ntr, tr

_NAMED = 2  # people who are named; more are counted


def who(names: Iterable[str]) -> str:
    """Some people by their names, each once, or their number."""
    there = list(dict.fromkeys(one for one in names if one))
    if len(there) > _NAMED:
        return ntr("{n} person", "{n} people", len(there))
    return tr(N_(", ")).join(there)
