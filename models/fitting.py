"""How well a name fits what somebody types, and the ways in which it can be typed."""

from __future__ import annotations

from collections.abc import Iterable

EXACT, BEGINS, BEGINS_OTHER, INSIDE = range(4)  # how well something fits, the best first


def spoken(text: str) -> tuple[str, ...]:
    """The ways to type a text of the program: as it reads and, of Chinese, its pinyin and initials.

    The first call reads the table of pinyin, some tenth of a second.
    """
    from models.search_text import index_texts

    lines = index_texts([(text,)])[0].split(" zzzz ")
    return tuple(dict.fromkeys(one.replace(" ", "") for one in lines))


def fit(names: Iterable[str], typed: str) -> int | None:
    """How well the best of the names fits what was typed; None if none does. Names are plain text."""
    from models.search_text import fold

    wanted = fold(typed)
    found = [_fit(fold(one), solid(wanted), wanted.split()) for one in names]
    return min((one for one in found if one is not None), default=None)


def _fit(name: str, bare: str, words: list[str]) -> int | None:
    whole = solid(name)
    if not bare:
        return None
    if whole == bare:
        return EXACT
    if whole.startswith(bare):
        return BEGINS
    parts = ["".join(filter(str.isalnum, one)) for one in name.split()]
    if all(any(part.startswith(solid(word)) for part in parts) for word in words):
        return BEGINS_OTHER
    if len(bare) == 1 and bare.isascii():
        return None  # one letter stands in almost everything
    return INSIDE if all(solid(word) in whole for word in words) else None


def solid(text: str) -> str:
    """The letters and digits of a text alone."""
    return "".join(filter(str.isalnum, text))
