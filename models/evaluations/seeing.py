"""Who sees which judgements, and where those of the person, the manager and the data part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from models.book import Book
from models.evaluations import cards, curves, reading, stages
from models.evaluations.reading import Evaluation, Rating
from models.evaluations.rules import MANAGER, PEER, SELF
from models.money import plain
from models.texts import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.evaluations.cards import Item
    from models.evaluations.result import Scored

FAR = Decimal(2)  # levels between two judgements that are worth a talk


@dataclass(frozen=True)
class Gap:
    """One item as the person, the manager, colleagues and the data see it.

    Levels are from 1 to 5, ``peers`` their mean; ``data`` are the points of a computed item. None where
    there is nothing, or nothing that may be seen. ``words`` tell what is worth talking about, "" if nothing.
    """

    item: int
    name: str
    kind: str
    weight: Decimal
    own: Decimal | None
    manager: Decimal | None
    peers: Decimal | None
    data: Decimal | None
    words: str


def visible_ratings(book: Book, evaluation: int, viewer: int | None = None) -> tuple[Rating, ...]:
    """The judgements that somebody may see; without ``viewer`` as who evaluates.

    One's own always. The self-review others only once it is handed in, and then only who evaluates. The
    manager's the person from the talk on, and never who of the colleagues said what; colleagues see nobody
    else's.
    """
    with book.reading() as db:
        one = reading.evaluation(db, evaluation)
        found = reading.ratings(db, evaluation)
    who = one.manager if viewer is None else viewer
    return tuple(r for r in found if r.level is not None and _sees(one, r, who, viewer is None))


def _sees(one: Evaluation, rating: Rating, who: int | None, leads: bool) -> bool:
    if who is not None and rating.rater == who:
        return True
    if who is not None and who == one.person:
        return rating.by == SELF or (rating.by == MANAGER and _talked(one))
    if leads or (who is not None and who == one.manager):
        return rating.by != SELF or bool(one.handed_in)
    return False


def _talked(one: Evaluation) -> bool:
    return not stages.is_before(one.status, stages.TALK)


def gaps(
    book: Book, evaluation: int, scored: Scored | None = None, viewer: int | None = None
) -> tuple[Gap, ...]:
    """All items of an evaluation, as far as somebody may see; the points of the data from ``scored``."""
    with book.reading() as db:
        one = reading.evaluation(db, evaluation)
        card = cards.read(db, book).get(one.scorecard or 0)
        found = reading.ratings(db, evaluation)
    seen = visible_ratings(book, evaluation, viewer)
    if viewer == one.person and _talked(one):  # what colleagues say together
        seen += tuple(each for each in found if each.by == PEER and each.level is not None)
    points = {} if scored is None else {item.item: item.score for item in scored.items}
    return tuple(
        _gap(item, seen, points.get(book.public_id("scorecard_item", item.row)))
        for item in (card.items if card else ())
    )


def _gap(item: Item, seen: Iterable[Rating], data: Decimal | None) -> Gap:
    by: dict[str, list[Decimal]] = {SELF: [], MANAGER: [], PEER: []}
    for one in seen:
        if one.item == item.row and one.level is not None:
            by[one.by].append(one.level)
    own, manager, peers = (_mean(by[one]) for one in (SELF, MANAGER, PEER))
    judged = item.kind in reading.JUDGED_KINDS
    return Gap(
        item.row, item.name, item.kind, item.weight, own, manager, peers,
        None if judged else data, _words(own, manager, peers),
    )  # fmt: skip


def _mean(found: list[Decimal]) -> Decimal | None:
    if not found:
        return None
    return curves.rounded(sum(map(Fraction, found), Fraction(0)) / len(found))


def _words(own: Decimal | None, manager: Decimal | None, peers: Decimal | None) -> str:
    """What differs by as much as is worth a talk."""
    if own is not None and manager is not None and abs(own - manager) >= FAR:
        if own > manager:
            text = N_("The person sees it {n} levels higher than the manager.")
        else:
            text = N_("The person sees it {n} levels lower than the manager.")
        return tr(text, n=plain(abs(own - manager)))
    if peers is not None and manager is not None and abs(peers - manager) >= FAR:
        return tr(
            N_("Colleagues see it {n} levels apart from the manager."),
            n=plain(abs(peers - manager)),
        )
    return ""
