"""One cell three ways: what it left with, what the book holds, what came back.

Pure: nothing here reads a book. Values are as the book's columns hold them.
"""

from __future__ import annotations

from models.workbooks.manifest import Stored

SAME, CHANGED, JOINED, EDITED = "same", "changed", "joined", "edited"


def decide(kind: str, base: Stored, mine: Stored, theirs: Stored) -> tuple[str, Stored]:
    """What a cell comes to, and the value to write: nothing new, taken, both joined, or a conflict.

    ``kind`` is the field's. Tags are sets: what either side added or took away counts. Long texts
    that only grew on both sides are joined; short ones never, as half a name is no name.
    """
    base, mine, theirs = (None if one == "" else one for one in (base, mine, theirs))
    if theirs in (base, mine):
        return SAME, mine
    if mine == base:
        return CHANGED, theirs
    if kind == "tags":
        result = tags(base, mine, theirs)
        return (SAME if result == mine else JOINED), result
    if kind == "long_text":
        joined = grown(str(base or ""), str(mine or ""), str(theirs or ""))
        if joined is not None:
            return (SAME if joined == mine else JOINED), joined
    return EDITED, theirs


def tags(base: Stored, mine: Stored, theirs: Stored) -> Stored:
    """The words of the book without those that the workbook took away, with those that it added."""
    left, here, back = (_words(one) for one in (base, mine, theirs))
    kept = [one for one in here if one in back or one not in left]
    more = [one for one in back if one not in left and one not in here]
    return ", ".join([*kept, *more]) or None


def _words(stored: Stored) -> list[str]:
    return [one for one in str(stored or "").split(", ") if one]


def grown(base: str, mine: str, theirs: str) -> str | None:
    """Both texts in one, where each holds all that the base does; None if something was rewritten."""
    if not mine or not theirs or not (_holds(mine, base) and _holds(theirs, base)):
        return None
    if _lines_in(theirs, mine):
        return mine
    if _lines_in(mine, theirs):
        return theirs
    if not base:  # nothing has grown: each side wrote something of its own
        return None
    if theirs.startswith(base):
        return _behind(mine, theirs[len(base) :])
    return _behind(theirs, mine[len(base) :]) if mine.startswith(base) else None


def _lines_in(text: str, other: str) -> bool:
    """Whether all lines of a text stand in another one, in their order."""
    rest = iter(other.split("\n"))
    return all(line in rest for line in text.split("\n"))


def _holds(text: str, base: str) -> bool:
    """Whether a text has all that the base has, or goes on where the base ended."""
    return text.startswith(base) or _lines_in(base, text)


def _behind(text: str, more: str) -> str:
    """A text with what another one has more, on a line of its own unless it is there already."""
    bare = more.strip()
    if not bare or f"\n{bare}\n" in f"\n{text}\n":
        return text
    return f"{text.rstrip()}\n{bare}"
