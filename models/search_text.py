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


def _is_chinese(one: str) -> bool:
    return "㐀" <= one <= "鿿" or ord(one) >= 0x20000


# Letters and digits, each a word; Chinese characters alone; those that are read in several ways.
_SPACED = pinyin.Signs(lambda one: one + " " if one.isalnum() else "")
_CHINESE = pinyin.Signs(lambda one: one if _is_chinese(one) and pinyin.readings(one) else "")
_SEVERAL = pinyin.Signs(lambda one: one if len(pinyin.readings(one)) > 1 else "")


def _value(text: str, person: bool) -> str:
    if text.isascii():
        folded = text.lower()
        return " ".join(folded) if folded.isalnum() else folded.translate(_SPACED)[:-1]
    folded = fold(text)
    spaced = " ".join(folded) if folded.isalnum() else folded.translate(_SPACED)[:-1]
    chinese = folded.translate(_CHINESE)
    return _BARRIER.join([spaced, *_read(chinese, person)]) if chinese else spaced


@lru_cache(maxsize=2048)  # cities and districts come again and again
def _read(chinese: str, person: bool) -> list[str]:
    """Syllables and initials: the usual reading, then readings with one character read otherwise."""
    several = chinese.translate(_SEVERAL)
    usual = pinyin.usual(chinese, person)
    made = _both(usual, initials=True)
    lines = at = 0
    for one in several:
        at = chinese.index(one, at)
        for other in pinyin.readings(one):
            if other != usual[at] and lines < _VARIANTS:
                piece = [*usual[max(0, at - 3) : at], other, *usual[at + 1 : at + 4]]
                made += _both(piece, initials=other[0] != usual[at][0])
                lines += 1
        at += 1
    return made


def _both(syllables: list[str], *, initials: bool) -> list[str]:
    """Syllables, and their initials."""
    line = " ".join(syllables)
    return [line, " ".join([one[0] for one in syllables])] if initials else [line]


def index_text(values: Sequence[str], person: bool = False) -> str:
    """The text that is indexed for a record's searched values."""
    return _BARRIER.join([_value(one, person) for one in values])


def match_query(typed: str) -> str:
    """The FTS5 expression for what was typed; words are all required. Any input is safe."""
    words = [
        one for one in ("".join(filter(str.isalnum, part)) for part in fold(typed).split()) if one
    ]
    if not words:
        return '"zzzzz"'
    return " AND ".join(_word(one) for one in words)


def leading_query(typed: str) -> str:
    """The FTS5 expression for values that begin with what was typed, by their signs or in pinyin."""
    word = "".join(filter(str.isalnum, fold(typed)))
    if not word:
        return '"zzzzz"'
    signs = " ".join(word)
    ways = [f'^"{signs}"', f'"{_BARRIER.strip()} {signs}"']
    if word.isascii() and word.isalpha() and len(word) > 1:
        ways += [f'"{_BARRIER.strip()} {" ".join(one)}"*' for one in pinyin.split(word)]
    return " OR ".join(dict.fromkeys(ways))


def _word(word: str) -> str:
    phrase = '"' + " ".join(word) + '"'
    if not (word.isascii() and word.isalpha()) or len(word) < 2:
        return phrase
    ways = [phrase]
    for parts in pinyin.split(word):
        ways.append('"' + " ".join(parts) + '"*')
    return "(" + " OR ".join(dict.fromkeys(ways)) + ")"
