"""Short stable ids that exported sheets carry, e.g. ``CU-1K7Q3``.

A public id is the row's number with two check characters that depend on the book, so that an id of
another book, or a mistyped one, is noticed instead of matched.
"""

from __future__ import annotations

import hashlib

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_VALUES = {letter: index for index, letter in enumerate(_ALPHABET)}


class PublicIds:
    """Makes and reads the public ids of one book."""

    def __init__(self, book_id: str) -> None:
        self._book_id = book_id
        self._keys: dict[str, int] = {}

    def _check(self, prefix: str, row: int) -> str:
        key = self._keys.get(prefix)
        if key is None:
            digest = hashlib.blake2b(f"{self._book_id}/{prefix}".encode(), digest_size=8).digest()
            key = self._keys[prefix] = int.from_bytes(digest, "big") | 1
        mixed = ((row + 1) * key) >> 13 & 1023
        return _ALPHABET[mixed >> 5] + _ALPHABET[mixed & 31]

    def make(self, prefix: str, row: int) -> str:
        """The public id of a row."""
        digits = ""
        rest = row
        while True:
            rest, digit = divmod(rest, 32)
            digits = _ALPHABET[digit] + digits
            if not rest:
                return f"{prefix}-{digits}{self._check(prefix, row)}"

    def row(self, prefix: str, public_id: str) -> int | None:
        """The row of a public id, None when it is not one of this book's."""
        head, _, tail = public_id.strip().upper().partition("-")
        if head != prefix or not 3 <= len(tail) <= 15:
            return None
        row = 0
        for letter in tail[:-2]:
            if letter not in _VALUES:
                return None
            row = row * 32 + _VALUES[letter]
        return row if self._check(prefix, row) == tail[-2:] else None


def parts(public_id: str) -> tuple[str, int] | None:
    """The prefix and the row that an id of any book names, unverified; None if it has another form."""
    head, _, tail = public_id.strip().upper().partition("-")
    if len(head) != 2 or not head.isalpha() or not 3 <= len(tail) <= 15:
        return None
    row = 0
    for letter in tail:
        if letter not in _VALUES:
            return None
    for letter in tail[:-2]:
        row = row * 32 + _VALUES[letter]
    return head, row
