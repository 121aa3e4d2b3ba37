"""What the search index holds of a record, and the query that what was typed becomes.

Every character is a word of its own, so that any part of a name, a phone number or a code is found
as a phrase, one Chinese character as well as ten. Chinese values add their syllables and their
initials. A barrier word between values keeps phrases from crossing them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from models import pinyin

_BARRIER = " zzzz "
_VARIANTS = 3


def fold(text: str) -> str:
    """Width and case removed, traditional forms left as they are."""
    return unicodedata.normalize("NFKC", text).casefold()


def _is_word(one: str) -> bool:
    return one.isalnum()


def _is_chinese(one: str) -> bool:
    return "㐀" <= one <= "鿿" or ord(one) >= 0x20000


@lru_cache(maxsize=200_000)
def _value(text: str, person: bool) -> str:
    folded = text.casefold() if text.isascii() else fold(text)
    parts = [" ".join(filter(_is_word, folded))]
    if not folded.isascii():
        chinese = "".join(filter(_is_chinese, folded))
        if chinese:
            parts.extend(_read(chinese, person))
    return _BARRIER.join(parts)


def _read(chinese: str, person: bool) -> list[str]:
    """Syllables and initials: the usual reading, then readings with one character read otherwise."""
    found = pinyin.syllables(chinese, person)
    if not found:
        return []
    usual = [one[0] for one in found]
    lines = [usual]
    for at, ways in enumerate(found):
        for other in ways[1:]:
            if len(lines) > _VARIANTS:
                break
            lines.append([*usual[max(0, at - 3) : at], other, *usual[at + 1 : at + 4]])
    if person and len(found) == len(chinese):
        plain = pinyin.readings(chinese[0])
        if plain and plain[0] != usual[0]:
            lines.append([plain[0], *usual[1:]])
    initials = dict.fromkeys(" ".join(one[0] for one in line) for line in lines)
    return [*(" ".join(line) for line in lines), *initials]


def index_text(values: Sequence[str], person: bool = False) -> str:
    """The text that is indexed for a record's searched values."""
    return _BARRIER.join([_value(one, person) for one in values])


def match_query(typed: str) -> str:
    """The FTS5 expression for what was typed; words are all required. Any input is safe."""
    words = [
        one for one in ("".join(filter(_is_word, part)) for part in fold(typed).split()) if one
    ]
    if not words:
        return '"zzzzz"'
    return " AND ".join(_word(one) for one in words)


def _word(word: str) -> str:
    phrase = '"' + " ".join(word) + '"'
    if not (word.isascii() and word.isalpha()) or len(word) < 2:
        return phrase
    ways = [phrase]
    for parts in pinyin.split(word):
        ways.append('"' + " ".join(parts) + '"*')
    return "(" + " OR ".join(dict.fromkeys(ways)) + ")"
