"""Short stable ids that exported sheets carry, e.g. ``CU-1K7Q3``.

A public id is the row's number with check characters that depend on the book, so that an id of
another book, or a mistyped one, is noticed instead of matched.
"""

from __future__ import annotations

import hashlib
import re

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_PAIRS = [one + other for one in _ALPHABET for other in _ALPHABET]
_VALUES = {letter: index for index, letter in enumerate(_ALPHABET)}
_LONGEST = 12  # letters after the prefix; their number still fits into 63 bits
TAG = 5  # letters by which sheets name their book

SCATTERED = "scattered"  # what a book says of its ids when they have the form of today


class PublicIds:
    """Makes and reads the public ids of one book.

    Args:
        book_id: the book's own id, which never changes.
        form: ``SCATTERED``: three check characters, independent from row to row. Books of before
            keep two, which rise evenly from row to row: of a few rows all fit another book, or none.
    """

    def __init__(self, book_id: str, form: str = SCATTERED) -> None:
        self._book_id = book_id
        self._scattered = form == SCATTERED
        self._checks = 3 if self._scattered else 2
        self._keys: dict[str, int] = {}
        self.tag = _letters(_digest(f"{book_id}/"), TAG)

    def _check(self, prefix: str, row: int) -> str:
        if self._scattered:
            # As ``_letters`` of ``_digest`` would; results name tens of thousands of records.
            said = f"{self._book_id}/{prefix}/{row}".encode()
            digest = hashlib.blake2b(said, digest_size=8).digest()
            return _ALPHABET[digest[6] >> 2 & 31] + _PAIRS[(digest[6] << 8 | digest[7]) & 1023]
        key = self._keys.get(prefix)
        if key is None:
            key = self._keys[prefix] = _digest(f"{self._book_id}/{prefix}") | 1
        return _letters((row + 1) * key >> 13, 2)

    def make(self, prefix: str, row: int) -> str:
        """The public id of a row."""
        digits, rest = _ALPHABET[row & 31], row >> 5
        while rest:
            digits, rest = _ALPHABET[rest & 31] + digits, rest >> 5
        return f"{prefix}-{digits}{self._check(prefix, row)}"

    def row(self, prefix: str, public_id: str) -> int | None:
        """The row of a public id, None when it is not one of this book's."""
        head, _, tail = public_id.strip().upper().partition("-")
        if head != prefix or not self._checks < len(tail) <= _LONGEST:
            return None
        row = _number(tail[: -self._checks])
        if row is None:
            return None
        return row if self._check(prefix, row) == tail[-self._checks :] else None


def parts(public_id: str) -> tuple[str, int] | None:
    """The prefix and a number that stands for an id of any book; None if it has another form."""
    head, _, tail = public_id.strip().upper().partition("-")
    if len(head) != 2 or not head.isalpha() or not 3 <= len(tail) <= _LONGEST:
        return None
    number = _number(tail)
    return None if number is None else (head, number)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _letters(number: int, count: int) -> str:
    """The last ``count`` letters of a number."""
    return "".join(_ALPHABET[number >> 5 * at & 31] for at in range(count - 1, -1, -1))


def _number(text: str) -> int | None:
    made = 0
    for letter in text:
        if letter not in _VALUES:
            return None
        made = made * 32 + _VALUES[letter]
    return made


_APART = re.compile(r"[\s,，、;；|]+")


def listed(text: str | None) -> tuple[str, ...]:
    """The ids that stand in a text, each once, in capitals as ids are written; brackets and stops don't count."""
    found = (one.strip("()（）。.").upper() for one in _APART.split(text or ""))
    return tuple(dict.fromkeys(one for one in found if one))
