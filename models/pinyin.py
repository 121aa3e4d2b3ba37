"""How Chinese characters are read: every reading of a character, surnames by their own table."""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from models.pinyin_words import SEVERAL, SURNAMES, WORDS

_WORDS = re.compile("|".join(WORDS))


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    package = importlib.util.find_spec("pypinyin")
    assert package is not None
    assert package.submodule_search_locations
    # The file alone: the package itself would load its dictionary of phrases, six times as long.
    path = Path(package.submodule_search_locations[0]) / "pinyin_dict.json"
    return {int(sign): found for sign, found in json.loads(path.read_text("utf-8")).items()}


@lru_cache(maxsize=30_000)
def readings(character: str) -> tuple[str, ...]:
    """The readings of a character without tones, the usual one first; empty for other signs."""
    if character in SEVERAL:
        return SEVERAL[character]
    found = _table().get(ord(character))
    if not found:
        return ()
    usual = _toneless(found.split(",")[0])
    return (usual,) if usual.isalpha() else ()


def every_sign() -> Iterator[str]:
    """Every sign that has a reading."""
    return (one for one in map(chr, _table().keys() | set(map(ord, SEVERAL))) if readings(one))


class Signs(dict[int, str]):
    """What each sign becomes, worked out when it is first met; for ``str.translate``."""

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, ordinal: int) -> str:
        made = self[ordinal] = self._of(chr(ordinal))
        return made


_USUAL = Signs(lambda one: (readings(one) or ("",))[0] + " ")


def usual(text: str, person: bool = False) -> list[str]:
    """The usual reading of each Chinese character of a text; a surname in its own reading."""
    return mended(text, text.translate(_USUAL).split(), person)


def mended(text: str, made: list[str], person: bool) -> list[str]:
    """Readings sign by sign, with those of words and of a person's surname put in their place."""
    for found in _WORDS.finditer(text):
        made[found.start() : found.end()] = WORDS[found[0]].split()
    if person and (own := surname(text)):
        made[: len(own)] = SURNAMES[own].split()
    return made


def _toneless(syllable: str) -> str:
    bare = unicodedata.normalize(
        "NFD",
        syllable.replace("ü", "v")
        .replace("ǖ", "v")
        .replace("ǘ", "v")
        .replace("ǚ", "v")
        .replace("ǜ", "v"),
    )
    return "".join(one for one in bare if not unicodedata.combining(one))


def surname(text: str) -> str | None:
    """The surname that a person's name begins with, if it is read in a way of its own."""
    return next((text[:length] for length in (2, 1) if text[:length] in SURNAMES), None)


@lru_cache(maxsize=1)
def all_syllables() -> frozenset[str]:
    """Every syllable that Chinese has, without tones."""
    return frozenset(
        _toneless(one) for found in _table().values() for one in found.split(",") if one.isalpha()
    )


def split(word: str) -> list[list[str]]:
    """The ways to read latin letters as syllables, the last of which may be unfinished; at most 4."""
    known = all_syllables()
    ways: list[list[str]] = []

    def walk(at: int, so_far: list[str]) -> None:
        if len(ways) >= 4:
            return
        if at == len(word):
            ways.append(so_far)
            return
        for length in range(min(6, len(word) - at), 0, -1):
            part = word[at : at + length]
            if part in known:
                walk(at + length, [*so_far, part])
            elif at + length == len(word) and so_far and any(one.startswith(part) for one in known):
                ways.append([*so_far, part])

    walk(0, [])
    return ways[:4]
