"""Small numbers as people say them, in digits or in words of either language."""

from __future__ import annotations

DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "ten": 10, "半": 0,
}  # fmt: skip


def count_of(text: str) -> int:
    """A small number as digits or in words of either language: 12, 十五, 两, two."""
    bare = text.strip().lower()
    if bare.isdecimal():
        return int(bare)
    if bare in _COUNTS:
        return _COUNTS[bare]
    tens, ten, ones = bare.rpartition("十")
    if ten:
        return (DIGITS.get(tens, 1) if tens else 1) * 10 + DIGITS.get(ones, 0)
    return DIGITS.get(bare, 0)
