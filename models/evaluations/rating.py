"""What people judge: by themselves, by the manager, by colleagues; who sees which of it, and when.

The manager's judgement counts and must be shown by records; the others inform. The self-review stays
closed until it is handed in, the manager's judgement until the talk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.book import Book
from models.change import Change
from models.dialects import Connection
from models.evaluations import cards, cites, curves, reading, reasons, rules, stages
from models.evaluations.cards import Card, Item
from models.evaluations.reading import JUDGED_KINDS, Evaluation, Rating
from models.evaluations.rules import MANAGER, PEER, SELF
from models.refusals import Refused
from models.texts import N_, tr


@dataclass(frozen=True)
class Given:
    """What somebody says of an item; ``cited`` are public ids with blanks between."""

    item: int
    level: Decimal | int | None
    comment: str = ""
    cited: str = ""


# -- judging -------------------------------------------------------------------------------------


def rate(
    book: Book,
    evaluation: int,
    item: int,
    by: str,
    level: Decimal | int | None,
    comment: str = "",
    cited: str = "",
    *,
    rater: int | None = None,
) -> int:
    """Write one judgement, or change it; gives its row. ``cited`` are public ids with blanks between.

    Raises:
        Refused: ``not_judged`` (the item is computed, or of another card), ``no_rater``, and as the rules
            of judgements say: too early, too late, not shown, ids that name nothing.
    """
    with book.change(reasons.of(book, reasons.JUDGED[by], evaluation)) as change:
        return judge(change, book, evaluation, item, by, level, comment, cited, rater=rater)


def judge(
    change: Change,
    book: Book,
    evaluation: int,
    item: int,
    by: str,
    level: Decimal | int | None,
    comment: str = "",
    cited: str = "",
    *,
    rater: int | None = None,
) -> int:
    """The same inside a change, so that several judgements are one.

    Raises:
        Refused: as ``rate``.
    """
    one = reading.evaluation(change.db, evaluation)
    if item not in {known.row for known in judged_items(book, change.db, one)}:
        raise Refused(
            "not_judged",
            N_("This item isn't judged by people, or belongs to another scorecard."),
        )
    who = _rater(one, by, rater)
    rules.assert_open(_judged(one), by, _due(change.db, one))
    values = {"level": level, "comment": comment or None, "cites": cited or None}
    for known in reading.ratings(change.db, evaluation):
        if (known.item, known.by) == (item, by) and (by != PEER or known.rater == who):
            change.set("evaluation_rating", known.row, {**values, "rater": who})
            return known.row
    of = {"evaluation": evaluation, "item": item, "rated_by": by, "rater": who}
    return change.add("evaluation_rating", {**of, **values})


def judge_all(
    change: Change,
    book: Book,
    evaluation: int,
    by: str,
    given: Iterable[Given],
    rater: int | None = None,
) -> None:
    """Several items at once.

    Raises:
        Refused: as ``rate``; then none of them.
    """
    for one in given:
        judge(
            change, book, evaluation, one.item, by, one.level, one.comment, one.cited, rater=rater
        )


def _judged(one: Evaluation) -> Mapping[str, Any]:
    """An evaluation as the rules look at it."""
    return {
        "status": one.status,
        "self_handed_in_at": one.handed_in or None,
        "self_waived": one.waived or None,
    }


def _due(db: Connection, one: Evaluation) -> Mapping[str, Any]:
    return {"self_review_due": reading.cycle(db, one.cycle).self_due}


def _rater(one: Evaluation, by: str, rater: int | None) -> int | None:
    if by == SELF:
        return one.person
    if by == MANAGER:
        return rater or one.manager
    if rater is None:
        raise Refused("no_rater", N_("Say which colleague judges."))
    rules.assert_colleague({"person": one.person, "manager": one.manager}, rater)
    return rater


def judged_items(
    book: Book, db: Connection, one: Evaluation, known: Mapping[int, Card] | None = None
) -> tuple[Item, ...]:
    """The items of an evaluation that people judge, in their order; ``known`` are cards read before."""
    card = (cards.read(db, book) if known is None else known).get(one.scorecard or 0)
    return tuple(item for item in card.items if item.kind in JUDGED_KINDS) if card else ()


def missing(book: Book, evaluation: int, by: str) -> tuple[str, ...]:
    """The names of the items that somebody has given no level yet."""
    db = book.connection()
    return missing_of(book, db, reading.evaluation(db, evaluation), by)


def missing_of(
    book: Book,
    db: Connection,
    one: Evaluation,
    by: str,
    known: Mapping[int, Card] | None = None,
) -> tuple[str, ...]:
    """The same of an evaluation that was read."""
    given = {
        said.item
        for said in reading.ratings(db, one.row)
        if said.by == by and said.level is not None
    }
    items = judged_items(book, db, one, known)
    return tuple(item.name for item in items if item.row not in given)


# -- handing in and finishing --------------------------------------------------------------------


def hand_in_self(book: Book, evaluation: int, given: Sequence[Given] = ()) -> None:
    """Close the self-review: the manager sees it from now on. ``given`` is written first, as the same change.

    Raises:
        Refused: ``not_judged_yet``, with the items that are missing; ``too_late``; ``in_already``; what
            ``rate`` refuses. Nothing is written then.
    """
    said = reasons.of(book, N_("Self-review handed in: {person}"), evaluation)
    with book.change(said) as change:
        one = reading.evaluation(change.db, evaluation)
        if one.handed_in:
            raise Refused("in_already", N_("The self-review is handed in already."))
        judge_all(change, book, evaluation, SELF, given)
        left = missing_of(book, change.db, one, SELF)
        if left:
            raise Refused(
                "not_judged_yet",
                N_("These items have no level yet: {items}."),
                items=tr(N_(", ")).join(left),
            )
        change.set("evaluation", evaluation, {"self_handed_in": True})


def waive_self(book: Book, evaluation: int, reason: str) -> None:
    """Let the manager judge without a self-review, with a reason.

    Raises:
        Refused: ``no_reason``.
    """
    with book.change(reasons.of(book, N_("Without self-review: {person}"), evaluation)) as change:
        waive(change, evaluation, reason)


def waive(change: Change, evaluation: int, reason: str) -> None:
    """The same inside a change.

    Raises:
        Refused: ``no_reason``.
    """
    if not reason.strip():
        raise Refused("no_reason", N_("Say why it goes on without a self-review."))
    reading.evaluation(change.db, evaluation)
    change.set("evaluation", evaluation, {"self_waived": reason.strip()})


def assert_self_review_over(db: Connection, one: Evaluation) -> None:
    """Refuse that the manager's turn begins while the self-review still can come.

    Raises:
        Refused: ``self_review_first``.
    """
    rules.assert_may_judge(_judged(one), _due(db, one))


def finish_manager(
    book: Book, evaluation: int, given: Sequence[Given] = (), *, rater: int | None = None
) -> None:
    """Close the manager's review; the scores of all who judged are written down.

    ``given`` is written first, as the same change.

    Raises:
        Refused: ``wrong_stage``; ``not_judged_yet`` or ``must_cite`` with the items that are missing; what
            ``rate`` refuses. Nothing is written then.
    """
    said = reasons.of(book, N_("Manager's review finished: {person}"), evaluation)
    with book.change(said) as change:
        one = reading.evaluation(change.db, evaluation)
        if one.status != stages.MANAGER_REVIEW:
            raise Refused(
                "wrong_stage",
                N_("The manager's review is finished at its stage; this evaluation is at “{now}”."),
                now=stages.name(one.status),
            )
        judge_all(change, book, evaluation, MANAGER, given, rater)
        finish(book, change, one)


def finish(book: Book, change: Change, one: Evaluation) -> None:
    """The same inside a change.

    Raises:
        Refused: as ``finish_manager``.
    """
    left = missing_of(book, change.db, one, MANAGER)
    if left:
        raise Refused(
            "not_judged_yet",
            N_("These items have no level yet: {items}."),
            items=tr(N_(", ")).join(left),
        )
    bare = not_shown(book, change.db, one)
    if bare:
        raise Refused(
            "must_cite",
            N_("These items must be shown by records, activities or feedback: {items}."),
            items=tr(N_(", ")).join(bare),
        )
    now = datetime.now(UTC).replace(microsecond=0)
    given = scores(book, change.db, one)
    change.set(
        "evaluation",
        one.row,
        {
            "status": stages.CALIBRATION,
            "manager_done_at": now,
            "self_score": given[SELF],
            "manager_score": given[MANAGER],
            "peer_score": given[PEER],
        },
    )


def not_shown(
    book: Book, db: Connection, one: Evaluation, known: Mapping[int, Card] | None = None
) -> tuple[str, ...]:
    """Items that must be shown by records and aren't; sheets may have brought such judgements."""
    shown = {
        said.item
        for said in reading.ratings(db, one.row)
        if said.by == MANAGER and cites.resolve(db, book.schema, book.public, said.cites).known
    }
    return tuple(
        item.name
        for item in judged_items(book, db, one, known)
        if item.must_cite and item.row not in shown
    )


def scores(book: Book, db: Connection, one: Evaluation) -> dict[str, Decimal | None]:
    """The points of the judged items by who judged, by weight; None where nobody gave a level.

    Colleagues count alike: the mean over them, item by item. A self-review counts once it is handed in.
    """
    items = judged_items(book, db, one)
    found = [r for r in reading.ratings(db, one.row) if r.by != SELF or one.handed_in]
    return {
        by: _score(items, [one for one in found if one.by == by]) for by in (SELF, MANAGER, PEER)
    }


def _score(items: Iterable[Item], found: Iterable[Rating]) -> Decimal | None:
    levels: dict[int, list[Decimal]] = {}
    for one in found:
        if one.level is not None:
            levels.setdefault(one.item, []).append(one.level)
    whole, weight = Fraction(0), Fraction(0)
    for item in items:
        if given := levels.get(item.row):
            points = sum((Fraction(points_of(item, one)) for one in given), Fraction(0)) / len(
                given
            )
            whole += Fraction(item.weight) * points
            weight += Fraction(item.weight)
    return curves.rounded(whole / weight) if weight else None


def points_of(item: Item, level: Decimal) -> Decimal:
    """The points that a level of an item gives."""
    cap = None if item.cap is None else Fraction(item.cap)
    return curves.level_score(Fraction(level), curves.levels(item.points), cap)
