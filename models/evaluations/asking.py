"""Colleagues who are asked to judge somebody too: whom, taking it back, and how many have answered.

An empty judgement waits for every item that people judge, as those of the self-review do, so that the
colleague's workbook has rows to fill in. What colleagues say informs the manager; it never counts, and
nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.book import Book
from models.change import Change
from models.dialects import Connection
from models.evaluations import rating, reading, stages
from models.evaluations.reading import Evaluation
from models.evaluations.rules import PEER
from models.refusals import Refused
from models.texts import N_, ntr, tr

ASKING = (stages.SELF_REVIEW, stages.MANAGER_REVIEW)
ANSWERING = (*ASKING, stages.CALIBRATION)  # until the talk, as any judgement

# A request that can be answered: ``r`` the judgement, ``v`` its evaluation, ``s`` the colleague.
_ABLE = "s.alive = 1 AND s.status IS NOT 'left' AND r.rater IS NOT v.person AND r.rater IS NOT v.manager"
OFFERED_SQL = (
    f"r.alive = 1 AND r.rated_by = 'peer' AND {_ABLE} "
    f"AND v.status IN ({', '.join(repr(one) for one in ANSWERING)})"
)


@dataclass(frozen=True)
class Asked:
    """A colleague who judges or is asked to; ``able`` while the answer can still come from them."""

    person: int
    name: str
    answered: bool
    able: bool


@dataclass(frozen=True)
class Answers:
    """How many colleagues were asked, and how many of them have given a level."""

    asked: int = 0
    answered: int = 0

    def said(self) -> str:
        """In words; "" where nobody was asked."""
        if not self.asked:
            return ""
        return ntr(
            "{n} of {of} colleagues asked has answered",
            "{n} of {of} colleagues asked have answered",
            self.answered,
            of=self.asked,
        )


NOBODY_ASKED = Answers()


def asked(db: Connection, evaluation: int) -> tuple[Asked, ...]:
    """Everybody who was asked about an evaluation, in the order in which they were."""
    found = db.run(
        f"SELECT r.rater, coalesce(s.name, ''), max(r.level IS NOT NULL), coalesce(max({_ABLE}), 0) "
        "FROM evaluation_rating r JOIN evaluation v ON v.id = r.evaluation "
        "LEFT JOIN salesperson s ON s.id = r.rater WHERE r.alive = 1 AND r.rated_by = 'peer' "
        "AND r.rater IS NOT NULL AND r.evaluation = ? GROUP BY r.rater ORDER BY min(r.id)",
        (evaluation,),
    )
    return tuple(
        Asked(person, name, bool(answered), bool(able)) for person, name, answered, able in found
    )


def answers(db: Connection, one: Evaluation) -> Answers:
    """How far the colleagues are while they can answer; who can't any more is not waited for."""
    if one.status not in ANSWERING:
        return NOBODY_ASKED
    known = [each for each in asked(db, one.row) if each.answered or each.able]
    return Answers(len(known), sum(each.answered for each in known))


# -- asking and taking back ------------------------------------------------------------------------


def choose(book: Book, evaluation: int, people: Iterable[int]) -> int | None:
    """Ask exactly these colleagues: new ones are asked, requests of others are taken back, as one change.

    Who has answered stays, named or not. Gives the number of the change, None where nothing is to be done.

    Raises:
        Refused: as ``ask``.
    """
    wanted = tuple(dict.fromkeys(people))
    with book.reading() as db:
        one = reading.evaluation(db, evaluation)
        known = asked(db, evaluation)
    there = {each.person for each in known}
    fresh = [row for row in wanted if row not in there]
    gone = [each.person for each in known if not each.answered and each.person not in wanted]
    if not fresh and not gone:
        return None
    text = N_("Colleagues asked about {person}") if fresh else N_("Colleagues not asked about {person} any more")  # fmt: skip
    with book.change(tr(text, person=one.name)) as change:
        _ask(change, book, reading.evaluation(change.db, evaluation), fresh)
        for row in gone:
            _take_back(change, evaluation, row)
    return change.no


def ask(book: Book, evaluation: int, people: Sequence[int]) -> int | None:
    """Ask more colleagues; gives the number of the change, None where all of them are asked already.

    Raises:
        Refused: ``wrong_stage``, ``nothing_judged``, ``gone``; of somebody ``no_rater`` (the person, or
            who evaluates) or ``has_left``.
    """
    known = asked(book.connection(), evaluation)
    return choose(book, evaluation, (*(one.person for one in known), *people))


def take_back(book: Book, evaluation: int, person: int) -> None:
    """Take back a request that was not answered.

    Raises:
        Refused: ``not_asked``, ``has_answered``.
    """
    with book.reading() as db:
        found = next((one for one in asked(db, evaluation) if one.person == person), None)
        known = [one.person for one in asked(db, evaluation)]
    if found is None:
        raise Refused("not_asked", N_("This colleague was not asked."))
    if found.answered:
        raise Refused(
            "has_answered",
            N_("{name} has answered already; what was said stays."),
            name=found.name,
        )
    choose(book, evaluation, [one for one in known if one != person])


def _ask(change: Change, book: Book, one: Evaluation, people: Sequence[int]) -> None:
    if not people:
        return
    if one.status not in ASKING:
        raise Refused(
            "wrong_stage",
            N_(
                "Colleagues are asked at the stages “{first}” and “{last}”; this evaluation is at “{now}”."
            ),
            first=stages.name(ASKING[0]),
            last=stages.name(ASKING[-1]),
            now=stages.name(one.status),
        )
    items = rating.judged_items(book, change.db, one)
    if not items:
        raise Refused(
            "nothing_judged",
            N_("Nothing on this scorecard is judged by people; all items are measured."),
        )
    for person in people:
        assert_colleague(change.db, one, person)
        for item in items:
            _wait_for(change, one.row, item.row, person)


def assert_colleague(db: Connection, one: Evaluation, person: int) -> None:
    """Refuse to ask who is no colleague, or is none any more.

    Raises:
        Refused: ``gone``, ``no_rater`` or ``has_left``.
    """
    found = db.run("SELECT name, status FROM salesperson WHERE id = ? AND alive = 1", (person,))
    if not found:
        raise Refused("gone", N_("This record has been removed meanwhile."))
    name, status = found[0]
    if person == one.person:
        raise Refused(
            "no_rater",
            N_("{name} is who is evaluated; what they say themselves is the self-review."),
            name=name or "",
        )
    if person == one.manager:
        raise Refused(
            "no_rater",
            N_("{name} evaluates {person}, and judges as the manager."),
            name=name or "",
            person=one.name,
        )
    if status == "left":
        raise Refused("has_left", N_("{name} has left and can't be asked."), name=name or "")


def _wait_for(change: Change, evaluation: int, item: int, person: int) -> None:
    """An empty judgement; one that was taken back is brought back, so that an earlier workbook fits."""
    earlier = change.db.one(
        "SELECT id FROM evaluation_rating WHERE alive = 0 AND evaluation = ? AND item = ? "
        "AND rated_by = 'peer' AND rater = ? AND level IS NULL ORDER BY id LIMIT 1",
        (evaluation, item, person),
    )
    if earlier is not None:
        change.restore("evaluation_rating", [int(earlier)])
        return
    said = {"evaluation": evaluation, "item": item, "rated_by": PEER, "rater": person}
    change.add("evaluation_rating", {**said, "rated_at": None})


def _take_back(change: Change, evaluation: int, person: int) -> None:
    rows = change.db.run(
        "SELECT id FROM evaluation_rating WHERE alive = 1 AND evaluation = ? AND rated_by = 'peer' "
        "AND rater = ? AND level IS NULL",
        (evaluation, person),
    )
    change.remove("evaluation_rating", [row for (row,) in rows])
