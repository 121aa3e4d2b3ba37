"""Workbooks that came back, one after the other: read, merged, written as one change each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from models import dialects
from models.book import Book, Notice
from models.progress import SILENT, Progress
from models.refusals import Place, Refused
from models.texts import N_, tr
from models.workbooks import merging, writing_back
from models.workbooks.items import ASK, LEAVE, MINE, THEIRS, Decision, Item, Merged, Problem
from models.workbooks.writing_back import WritingBack, Written

ORIGIN = "workbook"
_KINDS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
_NONE: Mapping[str, Decision] = {}


@dataclass(frozen=True)
class Failed:
    """A file that can't be collected, and why."""

    path: str
    code: str
    message: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Applied:
    """What collecting one file did. ``change`` is None where it said nothing new.

    ``open`` are the rows of the questions that are open now, ``problems`` what the book refused.
    """

    change: int | None
    merged: Merged
    taken: int = 0
    added: int = 0
    removed: int = 0
    open: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Nothing(Exception):
    """There is nothing to write: the change under way is none."""


def workbooks_of(paths: Iterable[str | Path]) -> list[Path]:
    """The files among some paths; a folder means the workbooks in it, but no half-written ones."""
    made: list[Path] = []
    for one in map(Path, paths):
        if one.is_dir():
            inside = sorted(file for file in one.iterdir() if file.suffix.lower() in _KINDS)
            made += [file for file in inside if not file.name.startswith(("~$", "."))]
        else:
            made.append(one)
    return made


def prepare(
    book: Book, paths: Sequence[str | Path], progress: Progress = SILENT
) -> list[Merged | Failed]:
    """Read files and merge them with the book as it is, in their order; a failing one stops no other.

    Raises:
        Cancelled: the person asked to stop.
    """
    made: list[Merged | Failed] = []
    for at, path in enumerate(paths):
        progress.part(at / len(paths), (at + 1) / len(paths))
        progress.step(0.0, Path(path).name)
        made.append(_prepare_one(book, path, progress))
    return made


def _prepare_one(book: Book, path: str | Path, progress: Progress) -> Merged | Failed:
    from models.workbooks import reading_back  # where the readers of sheets are known

    try:
        return merging.merge(book, reading_back.read(book, path, progress))
    except Refused as refused:
        return Failed(str(path), refused.code, refused.message, refused.place)


def taking(merged: Merged, take: str) -> dict[str, Decision]:
    """The decisions that all asked items are decided alike; what can't be stays open."""
    return {one.id: Decision(take) for one in merged.asked}


def apply(
    book: Book,
    merged: Merged,
    decisions: Mapping[str, Decision] = _NONE,
    progress: Progress = SILENT,
) -> int | None:
    """Write a merged file as one change; gives its number, None where there was nothing new.

    See ``apply_whole``.
    """
    return apply_whole(book, merged, decisions, progress).change


def apply_whole(
    book: Book,
    merged: Merged,
    decisions: Mapping[str, Decision] = _NONE,
    progress: Progress = SILENT,
) -> Applied:
    """Write a merged file as one change, merged again first if the book has changed since.

    Safe items are taken unless they are declined; asked ones that nobody decided become open
    questions (``cell_conflict``). A decision counts for the values that it was made on.

    Raises:
        Cancelled: nothing was changed. BookUnavailable: the disk or another writer.
    """
    if merged.older:
        return Applied(None, merged)
    reason = tr(N_("Collect {file}"), file=Path(merged.file.path).name)
    try:
        with book.change(reason, ORIGIN) as change:
            now, counting = _fresh(book, merged, decisions)
            if not _writes(now):
                raise _Nothing
            writer = WritingBack(book, change, now, counting, progress)
            done = writer.write()
            writing_back.keep(book, change.no, now, writer.state())
    except _Nothing:
        return Applied(None, _remember(book, merged, decisions))
    return _applied(change.no, now, done)


def _applied(change: int, merged: Merged, done: Written) -> Applied:
    return Applied(
        change,
        merged,
        done.taken,
        done.added,
        done.removed,
        tuple(done.open),
        tuple(done.problems),
    )


def _writes(merged: Merged) -> bool:
    return bool(merged.items or merged.settled)


def _fresh(
    book: Book, merged: Merged, decisions: Mapping[str, Decision]
) -> tuple[Merged, Mapping[str, Decision]]:
    """The merge against the book as it is now, and the decisions that still count."""
    last = book.connection().one("SELECT coalesce(max(id), 0) FROM change")
    if int(last) == merged.matched_at:
        return merged, decisions
    now = merging.merge(book, merged.file)
    seen = {one.id: one for one in merged.items}
    counting = {
        one.id: decisions[one.id]
        for one in now.items
        if one.id in decisions and _same(seen.get(one.id), one, decisions[one.id])
    }
    return now, counting


def _same(then: Item | None, now: Item, decision: Decision) -> bool:
    """Whether a decision was made on what there is to decide now; to leave or decline is never wrong."""
    if then is None:
        return False
    if decision.take == LEAVE or (decision.take == MINE and now.state != ASK):
        return True
    return (then.kind, then.mine, then.theirs, then.result, then.match) == (
        now.kind,
        now.mine,
        now.theirs,
        now.result,
        now.match,
    )


def _remember(book: Book, merged: Merged, decisions: Mapping[str, Decision]) -> Merged:
    """Remember a return that said nothing new, and tell who listens."""
    with dialects.writing(book.connection()):
        now, _ = _fresh(book, merged, decisions)
        if now.older:
            return now
        state = replace(
            now.state, added=tuple((e, k, v) for e, k, v in now.came if isinstance(k, int))
        )
        writing_back.keep(book, None, now, state)
    workbook = frozenset({merged.file.manifest.workbook})
    book.ring(Notice(book.last_change, "", {"workbook": workbook}))
    return now


__all__ = [
    "MINE",
    "THEIRS",
    "Applied",
    "Failed",
    "apply",
    "apply_whole",
    "prepare",
    "taking",
    "workbooks_of",
]
