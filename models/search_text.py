"""What the search index holds of a record, and the query that what was typed becomes.

Every character is a word of its own, so that any part of a name, a phone number or a code is found
as a phrase, one Chinese character as well as ten. Chinese values add their syllables and their
initials. A barrier word between values keeps phrases from crossing them.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterator, Sequence

from models import pinyin
from models.pinyin_words import SEVERAL, SURNAMES, WORDS

_BARRIER = " zzzz "
_VARIANTS = 3
_CODES = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


def fold(text: str) -> str:
    """Width and case removed, traditional forms left as they are."""
    return unicodedata.normalize("NFKC", text).casefold()


def _is_chinese(one: str) -> bool:
    return "㐀" <= one <= "鿿" or ord(one) >= 0x20000


_SIGNS = re.compile(r"[^\w\n]|_")  # what is neither letter nor digit
_CHINESE = pinyin.Signs(lambda one: one if _is_chinese(one) and pinyin.readings(one) else "")
_USUAL = pinyin.Signs(
    lambda one: (
        one if one == "\n" else pinyin.readings(one)[0] + " " if one.translate(_CHINESE) else ""
    )
)
_SMALL = bytes(range(ord("a"), ord("z") + 1))
_SEVERAL = re.compile(f"[{''.join(SEVERAL)}]")
# A text with none of these is read sign by sign.
_CARE = re.compile(f"[{''.join([*SEVERAL, *(one[0] for one in WORDS)])}]")
_CARE_PERSON = re.compile(f"{_CARE.pattern}|^[{''.join(one[0] for one in SURNAMES)}]")


def index_texts(rows: Sequence[Sequence[object]], person: bool = False) -> list[str]:
    """The text that is indexed for each record, from its searched values."""
    columns = [_column(column, person) for column in zip(*rows, strict=True) if any(column)]
    if not columns:
        return [""] * len(rows)
    if all(map(all, columns)):
        return list(map(_BARRIER.join, zip(*columns, strict=True)))
    return [_BARRIER.join(filter(None, values)) for values in zip(*columns, strict=True)]


def _column(values: Sequence[object], person: bool) -> list[str]:
    """What is indexed of a column's values: each distinct one is read once."""
    distinct = list(dict.fromkeys(values))
    made = list(_read([str(one) if one else "" for one in distinct], person))
    if len(distinct) == len(values):
        return made
    known = dict(zip(distinct, made, strict=True))
    return [known[one] for one in values]


def _read(texts: Sequence[str], person: bool) -> Iterator[str]:
    """Signs, syllables and initials of texts, worked out for all of them at once, a line for each."""
    lines = "\n".join(texts)
    if lines.count("\n") >= len(texts):  # texts of several lines
        lines = "\n".join([one.replace("\n", " ") for one in texts])
    folded = _SIGNS.sub("", lines.lower() if lines.isascii() else fold(lines))
    spaced = [one.strip() for one in _spaced(folded).split("\n")]  # nothing but a blank is nothing
    if folded.isascii():
        yield from spaced
        return
    care = (_CARE_PERSON if person else _CARE).search
    usual = folded.translate(_USUAL)
    # Letters after blanks become capitals, and all others go.
    initials = usual.encode().title().translate(None, _SMALL).lower().decode()
    for signs, line, read, first in zip(
        spaced, folded.split("\n"), usual.split("\n"), initials.split("\n"), strict=True
    ):
        if not read:
            yield signs
        elif care(line):
            yield _BARRIER.join([signs, *_several(line.translate(_CHINESE), read.split(), person)])
        else:
            yield f"{signs}{_BARRIER}{read[:-1]}{_BARRIER}{first[:-1]}"


def _spaced(lines: str) -> str:
    """A blank between the signs of each line."""
    if lines.isascii():
        made = " ".join(lines)
    else:  # the same, in half the time
        signs = array("I", lines.encode(_CODES))
        apart = array("I", [ord(" ")]) * (2 * len(signs))
        apart[::2] = signs
        made = apart.tobytes().decode(_CODES)[:-1]
    return made.replace(" \n ", "\n")


def _several(chinese: str, plain: list[str], person: bool) -> list[str]:
    """Syllables and initials: the usual reading, then readings with one character read otherwise."""
    usual = pinyin.mended(chinese, plain, person)
    made = [" ".join(usual), " ".join([one[0] for one in usual])]
    lines = 0
    for found in _SEVERAL.finditer(chinese):
        at = found.start()
        for other in SEVERAL[found[0]]:
            if other != usual[at] and lines < _VARIANTS:
                piece = [*usual[max(0, at - 3) : at], other, *usual[at + 1 : at + 4]]
                made.append(" ".join(piece))
                if other[0] != usual[at][0]:
                    made.append(" ".join([one[0] for one in piece]))
                lines += 1
    return made


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
