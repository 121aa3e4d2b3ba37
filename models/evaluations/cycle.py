"""A round of evaluations: opened, moved on step by step, sent back with a reason. One act, one change.

Opening makes an evaluation for everybody with the scorecard of their position and their superior, and
freezes the scorecards. The cycle's own stage is never written by an act: it is where the last one is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from models.book import Book
from models.change import Change
from models.evaluations import appeal_rules, cards, curves, rating, reading, reasons, rules, stages
from models.evaluations.cards import Card
from models.evaluations.reading import JUDGED_KINDS, Cycle, Evaluation
from models.goals.scope import People
from models.goals.staff import Staff
from models.people import naming
from models.refusals import Refused
from models.texts import N_, tr


@dataclass(frozen=True)
class Opened:
    """What opening made: the change, the evaluations, the cards that it froze, sentences to know."""

    change: int
    evaluations: tuple[int, ...]
    frozen: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Advanced:
    """Who moved on, and who couldn't: (evaluation, why)."""

    change: int | None
    moved: tuple[int, ...]
    left: tuple[tuple[int, str], ...]


# -- opening -------------------------------------------------------------------------------------


def open_cycle(
    book: Book, cycle: int, people: Sequence[int] | None = None, *, on: date | None = None
) -> Opened:
    """Make the evaluations of a cycle and freeze its scorecards; those that are there stay.

    ``people`` are all of the cycle's team who work here and began before its end, if they aren't
    named. Opened again, those are added who came since.

    Raises:
        Refused: ``no_period``, ``no_people``, ``open_already``, ``no_scorecard``, or what is wrong with
            a scorecard (``assert_whole``).
    """
    day = on or date.today()
    said = N_("Evaluation cycle opened: {cycle}, {who}")
    with book.change(tr(N_("Open the evaluation cycle"))) as change:
        of = reading.cycle(change.db, cycle)
        if of.first is None or of.last is None:
            raise Refused("no_period", N_("Say for which period people are evaluated."))
        wanted = _wanted(change, of, people)
        chosen = _cards(book, change, of, wanted)
        superior = Staff(book).superior
        made = tuple(
            _open_one(change, of, person, chosen[person], superior.get(person)) for person in wanted
        )
        frozen, notes = _freeze(change, of, list(chosen.values()), day)
        change.reason = tr(said, cycle=of.name, who=_who(change, made))
    return Opened(change.no, made, frozen, notes)


def _wanted(change: Change, of: Cycle, people: Sequence[int] | None) -> list[int]:
    there = {one.person for one in reading.evaluations(change.db, of.row)}
    team = People.read(change.db).of_team(of.team) if of.team else None
    found = change.db.run(
        "SELECT id FROM salesperson WHERE alive = 1 AND status IS NOT 'left' "
        "AND (hire_date IS NULL OR hire_date <= ?) ORDER BY id",
        (str(of.last),),
    )
    known = [row for (row,) in found if team is None or row in team]
    if people is not None:
        alive = {row for (row,) in change.db.run("SELECT id FROM salesperson WHERE alive = 1")}
        known = [one for one in dict.fromkeys(people) if one in alive]
    if not known:
        raise Refused(
            "no_people", N_("There is nobody to evaluate: nobody works here in this time.")
        )
    fresh = [one for one in known if one not in there]
    if not fresh:
        raise Refused("open_already", N_("This cycle is open already, and everybody is in it."))
    return fresh


def _cards(book: Book, change: Change, of: Cycle, people: Sequence[int]) -> dict[int, Card]:
    """Each person's scorecard, each of them whole."""
    known = cards.read(change.db, book)
    said = dict(change.db.run("SELECT id, coalesce(position, '') FROM salesperson"))
    names = dict(change.db.run("SELECT id, coalesce(name, '') FROM salesperson"))
    found = {
        one: cards.chosen(list(known.values()), said[one], of.first or date.min) for one in people
    }
    without = [one for one, card in found.items() if card is None]
    if without:
        listed = [f"{names[one]} ({said[one]})" if said[one] else names[one] for one in without]
        raise Refused(
            "no_scorecard",
            N_(
                "There is no scorecard in force for: {people}. Add one for their position, or one without a position for everybody."
            ),
            people=tr(N_(", ")).join(listed),
        )
    made = {one: card for one, card in found.items() if card is not None}
    for card in {one.row: one for one in made.values()}.values():
        assert_whole(card)
    return made


def assert_whole(card: Card) -> None:
    """Refuse a scorecard that nobody can be judged by.

    Raises:
        Refused: ``no_items``, ``weights``, ``no_measure``, ``no_full_value`` or ``bad_curve_points``.
    """
    if not card.items:
        raise Refused("no_items", N_("The scorecard “{card}” has no items."), card=card.name)
    whole = sum((one.weight for one in card.items), Decimal(0))
    if whole != 1:
        raise Refused(
            "weights",
            N_("The weights of the scorecard “{card}” come to {sum} %, not to 100 %."),
            card=card.name,
            sum=f"{(whole * 100).normalize():f}",
        )
    for one in card.items:
        _assert_item(card, one)


def _assert_item(card: Card, item: cards.Item) -> None:
    if item.kind in JUDGED_KINDS:
        curves.levels(item.points)
        return
    curves.points(item.points)
    if not item.measure:
        raise Refused(
            "no_measure",
            N_("“{item}” of the scorecard “{card}” is computed, but no measure is chosen for it."),
            item=item.name,
            card=card.name,
        )
    if item.reference == "fixed" and not item.reference_value:
        raise Refused(
            "no_full_value",
            N_("“{item}” of the scorecard “{card}” has no value that gives full points."),
            item=item.name,
            card=card.name,
        )


def _open_one(change: Change, of: Cycle, person: int, card: Card, manager: int | None) -> int:
    said = {"person": person, "cycle": of.row, "scorecard": card.row, "manager": manager}
    return change.add("evaluation", {**said, "status": stages.GOAL_SETTING})


def _freeze(
    change: Change, of: Cycle, used: Sequence[Card], day: date
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Cards that aren't frozen yet are from now on; a draft is in force with it."""
    now = datetime.now(UTC).replace(microsecond=0)
    frozen, notes = [], []
    for card in {one.row: one for one in used if not one.frozen_at}.values():
        values: dict[str, object] = {"frozen_at": now}
        if card.status == "draft":
            values["status"] = "active"
            notes.append(tr(N_("“{card}” was a draft; it is in force now."), card=card.name))
        change.set("scorecard_template", card.row, values)
        frozen.append(card.row)
        if of.first is not None and day > of.first:
            notes.append(
                tr(
                    N_("“{card}” was frozen on {day}, after the period had begun on {first}."),
                    card=card.name,
                    day=day.isoformat(),
                    first=of.first.isoformat(),
                )
            )
    return tuple(frozen), tuple(notes)


# -- moving on -----------------------------------------------------------------------------------


def advance(book: Book, evaluation: int) -> str:
    """Move one person on to the next stage; gives it. The manager's review is finished by it.

    Raises:
        Refused: what is missing, see ``rating``; ``sign_first`` after the talk, ``over`` at the end.
    """
    with book.change(tr(N_("Evaluation: next stage"))) as change:
        one = reading.evaluation(change.db, evaluation)
        to = _advance(book, change, one)
        change.reason = _moved_on(to, one.name)
        return to


def go_on_without_self(book: Book, evaluation: int, reason: str) -> str:
    """Let the manager judge without a self-review, with a reason, and move on; gives the stage.

    Raises:
        Refused: ``no_reason``, and as ``advance``.
    """
    said = reasons.of(book, N_("Without self-review: {person}"), evaluation)
    with book.change(said) as change:
        rating.waive(change, evaluation, reason)
        return _advance(book, change, reading.evaluation(change.db, evaluation))


def advance_all(book: Book, cycle: int) -> Advanced:
    """Move on all who are where the cycle is; who can't stays and is told with the reason."""
    moved: list[int] = []
    left: list[tuple[int, str]] = []
    at = status_of(book, cycle)
    try:
        with book.change(tr(N_("Evaluation cycle: next stage"))) as change:
            for one in reading.evaluations(change.db, cycle):
                if one.status == at:
                    try:
                        _advance(book, change, one)
                        moved.append(one.row)
                    except Refused as refused:
                        left.append((one.row, refused.message))
            if not moved:
                raise _Nothing
            to = stages.after(at) or at
            change.reason = _moved_on(to, _who(change, moved))
    except _Nothing:
        return Advanced(None, (), tuple(left))
    return Advanced(change.no, tuple(moved), tuple(left))


def _moved_on(to: str, who: str) -> str:
    """What moving on is called; what ends with the stage before is what people look for."""
    if to == stages.CALIBRATION:
        return tr(N_("Manager's review finished: {person}"), person=who)
    return tr(N_("Evaluation on to “{stage}”: {who}"), stage=stages.text(to), who=who)


def _who(change: Change, evaluations: Sequence[int]) -> str:
    """Whose evaluations they are."""
    return naming.who(reading.evaluation(change.db, one).name for one in evaluations)


class _Nothing(Exception):
    """Nobody could move on: the change under way is none."""


def _advance(book: Book, change: Change, one: Evaluation) -> str:
    to = stages.after(one.status)
    if to is None:
        raise Refused("over", N_("This evaluation is archived; it is over."))
    if to == stages.SIGNED:
        raise Refused(
            "sign_first",
            N_("After the talk both sign, and the result is sealed; then it is signed."),
        )
    if to == stages.ARCHIVED and appeal_rules.waits(change.db, one.row):
        raise Refused("appeal_waits", N_("An appeal waits for its answer."))
    if one.status == stages.SELF_REVIEW:
        rating.assert_self_review_over(change.db, one)
    if one.status == stages.MANAGER_REVIEW:
        rating.finish(book, change, one)
        return to
    values: dict[str, object] = {"status": to}
    if to == stages.TALK:  # colleagues were heard while totals were compared
        values["peer_score"] = rating.scores(book, change.db, one)[rules.PEER]
    change.set("evaluation", one.row, values)
    return to


def back(book: Book, evaluation: int, to: str, reason: str) -> None:
    """Send an evaluation back to an earlier stage; what was handed in or finished there is open again.

    Raises:
        Refused: ``no_reason``, ``not_earlier``, or ``not_next`` for what was signed.
    """
    if not reason.strip():
        raise Refused("no_reason", N_("Say why it goes back."))
    text = N_("Evaluation of {person} sent back: {reason}")
    with book.change(reasons.of(book, text, evaluation, reason=reason.strip())) as change:
        one = reading.evaluation(change.db, evaluation)
        if not stages.is_before(to, one.status):
            raise Refused(
                "not_earlier",
                N_("“{stage}” is no earlier stage than “{now}”."),
                stage=stages.name(to),
                now=stages.name(one.status),
            )
        notes = change.db.one("SELECT notes FROM evaluation WHERE id = ?", (evaluation,))
        line = tr(
            N_("{day}: sent back from “{now}” to “{stage}”: {reason}"),
            day=date.today().isoformat(),
            now=stages.text(one.status),
            stage=stages.text(to),
            reason=reason.strip(),
        )
        values: dict[str, object] = {"status": to, "notes": f"{notes}\n{line}" if notes else line}
        values["presented"] = values["manager_done_at"] = None
        if not stages.is_before(stages.SELF_REVIEW, to):
            values["self_handed_in"], values["self_handed_in_at"] = False, None
        if stages.is_before(to, stages.MANAGER_REVIEW):
            values["self_waived"] = None
        change.set("evaluation", evaluation, values)


def status_of(book: Book, cycle: int) -> str:
    """Where a cycle is: the earliest stage of its people, its own while it has none."""
    return reading.cycle(book.connection(), cycle).status
