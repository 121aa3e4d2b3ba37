"""Which workbook a returned file is, and whose word counts for what left in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.progress import Progress
from models.refusals import Place, Refused
from models.texts import N_, tr
from models.workbooks import manifest as manifests
from models.workbooks import memory
from models.workbooks import reading_back_tables as tables
from models.workbooks.items import Problem
from models.workbooks.manifest import Manifest
from models.workbooks.reading_back_frame import Setting
from models.workbooks.reading_back_grids import Claim, Grid
from models.workbooks.reading_back_rows import Found

_WORKBOOK = "WB"
_ENOUGH = 0.5  # of the ids in a file that must be of a workbook which stands in for a lost part
_TRIED = 8  # workbooks of one person that are held against the cells
_NEAR = 0.1

Ids = frozenset[tuple[str, int]]  # prefix, row
AsOf = Callable[[Manifest], Found]


@dataclass(frozen=True)
class Known:
    """The workbook that a file is; ``found`` is what was read of it, where it was read to find that out."""

    manifest: Manifest
    trusted: str
    problems: tuple[Problem, ...] = ()
    found: Found | None = None


def find(
    setting: Setting,
    every: Sequence[Grid],
    headed: Sequence[tables.Table],
    claim: Claim,
    as_of: AsOf,
    progress: Progress,
) -> Known:
    """The workbook that a file is.

    Raises:
        Refused: ``other_book``, ``unknown_workbook`` or ``not_a_workbook``.
    """
    sealed = _sealed(setting, claim)
    if sealed is not None:
        return Known(sealed, "seal", _contradicted(setting, sealed, claim))
    _assert_ours(setting, headed, claim)
    prefixes = [one.prefix for one in setting.schema]
    other = tables.by_their_ids(every, setting.public, prefixes, headed)
    ids = _ids(setting, [*headed, *other])
    remembered = _named(setting, claim, ids) or _by_ids(setting, ids, as_of, progress)
    if remembered is None:
        raise _unknown(setting, bool(claim.packed or claim.workbooks or headed or ids))
    made, found = remembered
    return Known(made, "book", (_stands_in(setting, made, claim),), found)


def _sealed(setting: Setting, claim: Claim) -> Manifest | None:
    """What the hidden part says, if its seal is the book's own: nothing else of it is even unpacked."""
    key = memory.secret(setting.db)
    if not claim.packed or key is None or not claim.seal.isascii():
        return None
    if not manifests.sealed_by(claim.packed, key, claim.seal):
        return None
    try:
        return manifests.unpacked(claim.packed)
    except Refused:  # sealed by a program with another form of it
        return None


def _contradicted(setting: Setting, sealed: Manifest, claim: Claim) -> tuple[Problem, ...]:
    """What is told where somebody changed what stands beside the sealed part: the seal counts."""
    workbook = setting.public.make(_WORKBOOK, sealed.workbook)
    if claim.beside == (sealed.book, workbook, str(sealed.base_change)):
        return ()
    text = N_(
        "What stands beside the sealed part of the workbook was changed. The sealed part counts; nothing else of it was used."
    )
    return (Problem("hidden_part_changed", tr(text), Place(setting.file)),)


def _assert_ours(setting: Setting, headed: Sequence[tables.Table], claim: Claim) -> None:
    tags = {one.tag for one in headed if one.tag}
    tag = setting.public.tag
    other = sorted(tags) or ([claim.tag] if claim.tag else [])
    if other and tag not in other:
        raise Refused(
            "other_book",
            N_(
                "This workbook is of another book, with the sign {other}; the sign of this one is {own}. Open that book and collect it there."
            ),
            place=Place(setting.file),
            other=", ".join(other),
            own=tag,
        )


def _ids(setting: Setting, some: Sequence[tables.Table]) -> Ids:
    return frozenset(
        (one[:2], row)
        for table in some
        for one in table.ids()
        if (row := setting.public.row(one[:2], one)) is not None
    )


def _share(setting: Setting, made: Manifest, ids: Ids) -> float:
    """The share of ids that are of a workbook."""
    prefixes = {one.id: one.prefix for one in setting.schema}
    left = {
        (prefixes[sheet.entity], row)
        for sheet in made.sheets
        if sheet.entity in prefixes
        for row in sheet.rows
    }
    return len(ids & left) / len(ids) if ids else 0.0


def _named(setting: Setting, claim: Claim, ids: Ids) -> tuple[Manifest, None] | None:
    """The workbook that the file says it is, unless its rows say otherwise."""
    for said in claim.workbooks:
        row = setting.public.row(_WORKBOOK, said)
        made = None if row is None else memory.issued(setting.db, row)
        if made is not None and (not ids or _share(setting, made, ids) >= _ENOUGH):
            return made, None
    return None


def _by_ids(
    setting: Setting, ids: Ids, as_of: AsOf, progress: Progress
) -> tuple[Manifest, Found] | None:
    """The remembered workbook that has the ids of the rows; of several of one person the one whose
    values stand in most cells, of these the newest."""
    if not ids:
        return None
    best: list[tuple[float, Manifest]] = []
    person: int | None = None
    rows = setting.db.run(
        "SELECT i.workbook, w.person FROM workbook_issued i LEFT JOIN workbook w ON w.id = i.workbook "
        "ORDER BY i.workbook DESC"
    )
    for workbook, whose in rows:
        progress.step(0.97, tr(N_("Looking for the workbook")))
        if best and whose != person:
            continue
        made = memory.issued(setting.db, workbook)
        share = _share(setting, made, ids) if made else 0.0
        if made is not None and share >= _ENOUGH:
            best.append((share, made))
            person = whose
    if not best:
        return None
    most = max(share for share, _ in best)
    tried = [made for share, made in best if share >= most - _NEAR][:_TRIED]
    read = [(as_of(made), made) for made in tried]
    found, made = max(read, key=lambda one: one[0].agreeing)
    return made, found


def _unknown(setting: Setting, ours: bool) -> Refused:
    place = Place(setting.file)
    if ours:
        return Refused(
            "unknown_workbook",
            N_(
                "The hidden part of this workbook is lost, and the book does not remember it. Import the file instead, or issue the workbook anew."
            ),
            place=place,
        )
    return Refused(
        "not_a_workbook",
        N_(
            "This is no workbook that was issued from a book: it has no ids and no hidden part. Use Import to take its rows."
        ),
        place=place,
    )


def _stands_in(setting: Setting, made: Manifest, claim: Claim) -> Problem:
    name = setting.db.one("SELECT name FROM workbook WHERE id = ?", (made.workbook,))
    known = str(name or setting.public.make(_WORKBOOK, made.workbook))
    if claim.packed or claim.seal:
        text = N_(
            "The hidden part of the workbook was changed and is not believed; what the book remembers of {name} is used instead."
        )
        return Problem("hidden_part_changed", tr(text, name=known), Place(setting.file))
    text = N_(
        "The hidden part of the workbook is lost; what the book remembers of {name} is used instead. Look through the changes."
    )
    return Problem("hidden_part_lost", tr(text, name=known), Place(setting.file))
