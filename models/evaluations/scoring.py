"""Scores everybody of a cycle: values from the records, points from the scorecard, totals, grades, sentences.

All numbers are exact; each measure is read once for all people who have the same days. A missing item shares its
weight out over the others, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.workdays import WorkCalendar
from models.dialects import Connection
from models.evaluations import cases, curves, references, sentences
from models.evaluations.cards import Card, Item
from models.evaluations.cases import Case, Cycle, Rating, resolve_cycle
from models.evaluations.counting import Count, Names, counts, flows
from models.evaluations.references import FIXED, GOAL, MEDIAN, Reference, Targets
from models.evaluations.result import ItemScore, Judged, Scored
from models.evaluations.sentences import Told, decimal
from models.following.sentences import joined
from models.growth.openings import openings_of
from models.measures import engine
from models.measures.definition import Definition
from models.refusals import Refused
from models.texts import N_, ntr, tr

__all__ = ["resolve_cycle", "scored"]
METRIC = "metric"
_NONE = Decimal(0)


def scored(
    book: Book,
    cycle_row: int,
    people: Collection[int] | None = None,
    on: date | None = None,
    instead: Mapping[int, Card] | None = None,
) -> tuple[Scored, ...]:
    """The evaluations of a cycle as they stand, the highest total first, those without one last.

    Args:
        people: only these (rows); the medians are of everybody all the same.
        on: from when on people who have left have no days; today if not given.
        instead: scorecards that stand in for those of the book, by their rows, to see what they would change.

    Raises:
        Refused: ``gone``, there is no such cycle; ``no_days``, it has no period.
    """
    with book.reading() as db:
        of = cases.cycle(db, book, cycle_row)
        every = cases.cases(db, book, of, on or date.today(), instead)
        wanted = [one for one in every if people is None or one.person in people]
        board = _Board(db, book, of, every, wanted)
        as_of = int(db.one("SELECT coalesce(max(id), 0) FROM change"))
        made = [replace(board.scored(one), as_of=as_of) for one in wanted]
    made.sort(key=lambda one: (one.total is None, -(one.total or _NONE), one.name, one.person))
    return tuple(made)


@dataclass(frozen=True)
class _Read:
    """A measure as it was read: what it is, and what each person reached."""

    what: Definition
    counts: Mapping[int, Count]


class _Board:
    """What is read once for all people of a cycle."""

    def __init__(
        self,
        db: Connection,
        book: Book,
        of: Cycle,
        every: Collection[Case],
        wanted: Collection[Case],
    ) -> None:
        self._book, self._of = book, of
        self._calendar: WorkCalendar = work_calendar(book)
        self._targets: Targets = references.targets(db, of.days)
        self._read = _measures(db, book, every, wanted)
        self._medians = self._all_medians(every)
        self._names = Names(db, book)
        self._names.read(
            found
            for one in wanted
            for item in _computed(one.card)
            if (found := self._read[item.measure].counts.get(one.person))
        )
        self._openings = openings_of(book, [one.evaluation.row for one in wanted if one.evaluation])

    def _all_medians(
        self, every: Iterable[Case]
    ) -> dict[tuple[int, str], tuple[Fraction | None, int]]:
        """The median of each measure over those who have the same scorecard and a record of it."""
        by_card: dict[tuple[int, str], list[Case]] = defaultdict(list)
        for one in every:
            for measure in {item.measure for item in _against_median(one.card)}:
                assert one.card is not None
                if measure in self._read:
                    by_card[one.card.row, measure].append(one)
        return {key: self._median(self._read[key[1]], cases) for key, cases in by_card.items()}

    def _median(self, read: _Read, listed: Iterable[Case]) -> tuple[Fraction | None, int]:
        values = []
        for one in listed:
            count = read.counts.get(one.person)
            # Who has no record at all is no measure for others: managers, people of another job.
            if count is not None and count.exact is not None and count.n and one.window.days:
                values.append((count.exact, one.window))
        return references.median(values, flows(read.what))

    # -- one person ------------------------------------------------------------------------------

    def scored(self, case: Case) -> Scored:
        """The evaluation of one person."""
        card, one = case.card, case.evaluation
        items = self._weighed(card, [self._item(case, item) for item in card.items] if card else [])
        adjustment = one.adjustment if one else _NONE
        total, lacking = _total(card, items, adjustment)
        return Scored(
            evaluation=one.id if one else "",
            version=one.version if one else 1,
            person=self._book.public_id("salesperson", case.person),
            name=case.name,
            cycle=self._of.id,
            cycle_name=self._of.name,
            scorecard=card.id if card else "",
            scorecard_name=card.name if card else "",
            scorecard_version=card.version if card else 0,
            first=case.window.first,
            last=case.window.last,
            items=items,
            data_score=_data_score(items),
            total=total,
            grade=card.grade(total) if card else "",
            band=one.band if one else "",
            adjustment=adjustment,
            adjustment_reason=one.adjustment_reason if one else "",
            comment=one.comment if one else "",
            notes=(*self._plans(case), *case.notes, *_of_missing(items), *lacking),
        )

    def _plans(self, case: Case) -> list[str]:
        """What became of the plans to improve since the last evaluation: with that it opens."""
        if case.evaluation is None:
            return []
        found = self._openings.get(case.evaluation.row, ())
        return [tr(N_("Plan to improve: {plan}"), plan=one.text()) for one in found]

    def _weighed(self, card: Card | None, made: list[ItemScore]) -> tuple[ItemScore, ...]:
        """The items with the weights that they come to."""
        if card is None:
            return ()
        weights = curves.counted_weights(
            [max(one.weight, _NONE) if one.score is not None else _NONE for one in made]
        )
        whole = sum((item.weight for item in card.items), _NONE)
        return tuple(
            replace(
                one,
                counted_weight=counted,
                sentence=joined(
                    [
                        one.sentence,
                        sentences.weighed(item, counted, whole, one.score is None, any(weights)),
                    ]
                ),
            )
            for one, item, counted in zip(made, card.items, weights, strict=True)
        )

    def _item(self, case: Case, item: Item) -> ItemScore:
        plain = ItemScore(
            item=self._book.public_id("scorecard_item", item.row),
            name=item.name,
            kind=item.kind,
            weight=item.weight,
            counted_weight=_NONE,
            score=None,
            sentence="",
            curve=item.curve,
            curve_points=item.points.strip(),
            cap=item.cap,
        )
        if item.kind != METRIC:
            return _judged(case, item, plain)
        if item.measure not in self._read:
            return _missing(plain, tr(N_("The item names no measure.")))
        return self._computed(case, item, plain)

    def _computed(self, case: Case, item: Item, plain: ItemScore) -> ItemScore:
        read = self._read[item.measure]
        count = read.counts[case.person]
        reference = self._reference(case, item, read.what)
        told = Told(read.what, count, reference, case.window, self._book.currency)
        full = replace(
            plain,
            measure=read.what.code,
            measure_version=read.what.version,
            unit=read.what.unit,
            value=decimal(count.exact),
            numerator=count.top,
            denominator=count.bottom,
            n=count.n,
            reference=decimal(reference.value),
            reference_kind=reference.kind,
            of=reference.of,
            records=self._names.counted(count),
        )
        if count.exact is None:
            return _missing(full, sentences.no_value(read.what))
        if not reference.value or reference.value < 0 or not case.window.days:
            reason = sentences.no_reference(item, told)
            return _missing(full, reason, sentences.reached(told))
        share = curves.ratio(count.exact, reference.value, read.what.direction == "down")
        try:
            given = curves.points(item.points)
        except Refused as refused:
            return _missing(full, str(refused), sentences.reached(told))
        score = curves.score(share, item.curve, given, _fraction(item.cap))
        told = replace(told, share=share, score=score)
        return replace(
            full, share=decimal(share), score=score, sentence=sentences.metric(item, told)
        )

    def _reference(self, case: Case, item: Item, what: Definition) -> Reference:
        flow = flows(what)
        if item.reference == FIXED:
            return references.fixed(item.reference_value, flow, case.window)
        if item.reference == MEDIAN:
            assert case.card is not None
            found = self._medians[case.card.row, item.measure]
            return references.of_median(found, flow, case.window)
        assert item.reference == GOAL
        targets = self._targets.get((case.person, what.code), ())
        return references.goal(targets, self._of.days, flow, case.window, self._calendar)


def _measures(
    db: Connection, book: Book, every: Collection[Case], wanted: Collection[Case]
) -> dict[str, _Read]:
    """All measures that are asked for: of those who are wanted, and of all whom a median is of."""
    cards = {one.card.row for one in wanted if one.card}
    asked: dict[str, dict[int, tuple[date, date]]] = defaultdict(dict)
    for one in wanted:
        for item in _computed(one.card):
            asked[item.measure][one.person] = one.window.span
    for one in every:
        if one.card and one.card.row in cards:
            for item in _against_median(one.card):
                asked[item.measure][one.person] = one.window.span
    return {
        code: _Read(what, counts(db, book, what, spans))
        for code, spans in asked.items()
        for what in (engine.definition(code),)
    }


def _computed(card: Card | None) -> list[Item]:
    return [one for one in card.items if one.kind == METRIC and one.measure] if card else []


def _against_median(card: Card | None) -> list[Item]:
    return [one for one in _computed(card) if one.reference == MEDIAN]


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _missing(item: ItemScore, reason: str, said: str = "") -> ItemScore:
    return replace(item, missing=reason, sentence=joined([said, reason]))


# -- judged items --------------------------------------------------------------------------------------------


def _judged(case: Case, item: Item, plain: ItemScore) -> ItemScore:
    """An item that people judge: the manager's level counts, those of others inform."""
    cap = _fraction(item.cap)
    try:
        given = curves.levels(item.points)
    except Refused as refused:
        return _missing(plain, str(refused))
    ratings = case.evaluation.ratings if case.evaluation else ()
    said = tuple(_said(one, given, cap) for one in ratings if one.item == item.row)
    counting = [Fraction(one.level) for one in said if one.rated_by == "manager"]
    if not counting:
        reason = tr(N_("The manager has not judged it."))
        made = replace(plain, judged=said)
        return replace(_missing(made, reason), sentence=joined([reason, sentences.beside(said)]))
    level = sum(counting, Fraction(0)) / len(counting)
    score = curves.level_score(level, given, cap)
    return replace(
        plain,
        value=decimal(level),
        n=len(counting),
        judged=said,
        score=score,
        sentence=sentences.judged(item, said, level, score),
    )


def _said(one: Rating, given: curves.Points, cap: Fraction | None) -> Judged:
    points = curves.level_score(Fraction(one.level), given, cap)
    return Judged(one.rated_by, one.rater, one.level, points, one.comment, one.cites)


# -- the whole -----------------------------------------------------------------------------------------------


def _total(
    card: Card | None, items: Collection[ItemScore], adjustment: Decimal
) -> tuple[Decimal | None, list[str]]:
    """The total, or None and why there is none."""
    having = [one for one in items if one.score is not None and one.weight > 0]
    if card is None or not having:
        return None, [tr(N_("Nothing could be scored: no total is given."))] if card else []
    there = sum((Fraction(one.weight) for one in having), Fraction(0))
    share = there / sum((Fraction(one.weight) for one in items if one.weight > 0), Fraction(0))
    if share < Fraction(card.least_weight):
        return None, [
            tr(
                N_(
                    "Only {share} of the scorecard could be scored, less than the {least} that it asks for: no total is given."
                ),
                share=sentences.percent(share),
                least=sentences.percent(card.least_weight),
            )
        ]
    parts = ((one.counted_weight, one.score or _NONE) for one in having)
    return curves.total(parts, adjustment), []


def _data_score(items: Iterable[ItemScore]) -> Decimal | None:
    """The points of the computed items alone."""
    having = [one for one in items if one.kind == METRIC and one.score is not None]
    weights = curves.counted_weights([max(one.weight, _NONE) for one in having])
    if not any(weights):
        return None
    return curves.total(
        (weight, one.score or _NONE) for weight, one in zip(weights, having, strict=True)
    )


def _of_missing(items: Collection[ItemScore]) -> list[str]:
    missing = [one for one in items if one.score is None]
    if not missing or len(missing) == len(items):
        return []
    names = tr(N_(", ")).join(one.name for one in missing)
    weight = sentences.percent(sum((one.weight for one in missing), _NONE))
    return [
        ntr(
            "One item could not be scored ({names}); its weight of {weight} is shared out over the others.",
            "{n} items could not be scored ({names}); their weight of {weight} is shared out over the others.",
            len(missing),
            names=names,
            weight=weight,
        )
    ]
