"""Proposes plans for what an evaluation shows to be weak; nothing where the data can't tell.

The items that cost most points come first, three at most. The target is half the way to what the item was
measured against, or the median of the colleagues if that is nearer: within one period more is rarely
reached. Sums are told for the working days of the plan, not for those of the evaluation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from models.book import Book
from models.calendar.in_book import work_calendar
from models.evaluations.result import ItemScore, Scored
from models.growth import plan_rows, remedies, weak
from models.measures import engine
from models.texts import N_, ntr, tr

MOST = 3  # plans of one person at a time
_LONGEST, _SHORTEST = timedelta(days=92), timedelta(days=28)
_FIRST_STEP, _COURSE_BY, _MENTOR_BY = 14, 42, 7  # days from the beginning
_CITED = 12  # ids that are named
_LEVEL_UP, _HIGHEST = 1, Decimal(5)


@dataclass(frozen=True)
class Step:
    """A task, a course or a mentor; ``mentor`` is the row of who helps."""

    kind: str
    title: str
    mentor: int | None = None
    due: date | None = None


@dataclass(frozen=True)
class Proposal:
    """A plan that somebody may accept; links are rows. ``evaluation`` and ``item`` may be missing."""

    person: int
    title: str
    evaluation: int | None
    item: int | None
    measure: str
    baseline: Decimal | None
    target: Decimal | None
    target_why: str
    evidence: str
    starts_on: date
    check_on: date
    steps: tuple[Step, ...] = ()
    skill: int | None = None
    continues: int | None = None


@dataclass(frozen=True)
class Proposed:
    """What is proposed, and in words of which weak items nothing is, and why."""

    proposals: tuple[Proposal, ...]
    withheld: tuple[str, ...]


def propose(
    book: Book, scored: Scored, everybody: Sequence[Scored] = (), on: date | None = None
) -> Proposed:
    """Plans for the weakest items of one evaluation that the data shows to be weak.

    Args:
        everybody: the evaluations of the same cycle; from them come mentors and medians.
        on: the day on which it is asked; a plan begins then, or after the evaluated period.
    """
    maker = _Maker(book, scored, everybody, on or date.today())
    made: list[Proposal] = []
    withheld: list[str] = []
    for item in sorted(filter(weak.is_weak, scored.items), key=lambda one: (-weak.lost(one), one.name)):  # fmt: skip
        why = weak.why_not(item, maker.same(item)) or maker.in_the_way(item)
        if why:
            withheld.append(tr(N_("{item}: {why}."), item=item.name, why=why))
        elif len(made) < MOST:
            made.append(maker.proposal(item))
        else:
            told = ntr("{n} plan at a time is enough", "{n} plans at a time are enough", MOST)
            withheld.append(tr(N_("{item}: {why}."), item=item.name, why=told))
    return Proposed(tuple(made), tuple(withheld))


class _Maker:
    """Makes the proposals of one evaluation."""

    def __init__(self, book: Book, scored: Scored, everybody: Sequence[Scored], on: date) -> None:
        self._book, self._scored = book, scored
        self._others = [one for one in everybody if one.person != scored.person]
        self._person = book.row_id("salesperson", scored.person)
        self._evaluation = (
            book.row_id("evaluation", scored.evaluation) if scored.evaluation else None
        )
        calendar = work_calendar(book)
        self._first = max(on, scored.last + timedelta(days=1))
        length = min(max(scored.last - scored.first, _SHORTEST), _LONGEST)
        check = self._first + length
        self._check = check if calendar.is_working(check) else calendar.next_working(check) or check
        worked = calendar.count(scored.first, scored.last)
        ahead = calendar.count(self._first, self._check)
        self._scale = Decimal(ahead) / Decimal(worked) if worked else Decimal(1)
        with book.reading() as db:
            self._active = {
                row for (row,) in db.run("SELECT id FROM salesperson WHERE alive = 1 AND status = 'active'")
            }  # fmt: skip
            self._running: dict[str | int, str] = {
                about: title
                for *both, title in db.run(
                    "SELECT measure, item, title FROM improvement_plan WHERE alive = 1 "
                    "AND person = ? AND status IN ('proposed', 'agreed', 'running')",
                    (self._person,),
                )
                for about in both
                if about
            }

    def same(self, item: ItemScore) -> list[ItemScore]:
        """The item of all who have it, the person's first."""
        return [item, *(other for _, other in self._of_others(item))]

    def _of_others(self, item: ItemScore) -> list[tuple[Scored, ItemScore]]:
        return [
            (one, other)
            for one in self._others
            for other in one.items
            if other.item == item.item and not other.missing
        ]

    def in_the_way(self, item: ItemScore) -> str:
        """Why a weak item gets no further plan; "" if it gets one."""
        about: tuple[str | int, ...] = (item.measure, self._item(item) or "")
        title = next((self._running[one] for one in about if one in self._running), "")
        return tr(N_("the plan “{title}” is about it already"), title=title) if title else ""

    def _item(self, item: ItemScore) -> int | None:
        return self._book.row_id("scorecard_item", item.item) if item.item else None

    def proposal(self, item: ItemScore) -> Proposal:
        """The plan for one item."""
        judged = weak.manager_of(item)
        if item.measure:
            baseline = self._scaled(item, item.value)
            target, why = self._target(item)
        else:
            baseline = judged.level if judged else None
            target = min((baseline or Decimal(0)) + _LEVEL_UP, _HIGHEST)
            why = tr(N_("one level more"))
        shown = self._show(item, baseline), self._show(item, target)
        title = tr(N_("{item}: from {before} to {after}"), item=item.name, before=shown[0], after=shown[1])  # fmt: skip
        return Proposal(
            self._person,
            title,
            self._evaluation,
            self._item(item),
            item.measure,
            baseline,
            target,
            why,
            self._evidence(item, why),
            self._first,
            self._check,
            tuple(self._steps(item)),
            self._skill(item),
        )

    def _scaled(self, item: ItemScore, value: Decimal | None) -> Decimal | None:
        """A sum for the days of the plan; all else as it is."""
        if value is None or item.denominator is not None or not self._adds_up(item):
            return None if value is None else _short(value)
        return _short(value * self._scale)

    def _adds_up(self, item: ItemScore) -> bool:
        what = engine.definition(item.measure)
        return what.denominator is None and not what.at_end

    def _target(self, item: ItemScore) -> tuple[Decimal | None, str]:
        """What is to be reached, and why so much."""
        value, reference = item.value or Decimal(0), item.reference
        if reference is None:
            return None, ""
        half = value + (reference - value) / 2
        why = tr(N_("half the way from {value} to {reference}"), value=self._show(item, item.value), reference=self._show(item, reference))  # fmt: skip
        target = half
        values = [one.value for _, one in self._of_others(item) if one.value is not None]
        if len(values) >= 3:
            middle = median(values)
            low, high = sorted((value, half))
            if low < middle < high:
                target = middle
                why = tr(N_("the median of {n} colleagues"), n=len(values))
        if target != half or self._scaled(item, target) == _short(target):
            return self._scaled(item, target), why
        return self._scaled(item, target), tr(N_("{why}, for the working days of the plan"), why=why)  # fmt: skip

    def _show(self, item: ItemScore, value: Decimal | None) -> str:
        return plan_rows.show(item.measure, value, self._book.currency)

    def _evidence(self, item: ItemScore, why: str) -> str:
        ids = weak.records_of(item)
        more = len(ids) - _CITED
        named = " ".join(ids[:_CITED])
        records = tr(N_("Records: {ids}"), ids=named) if named else ""
        if more > 0:
            records = ntr("{records} and {n} more", "{records} and {n} more", more, records=records)
        aim = tr(N_("Target: {why}."), why=why) if why else ""
        return "\n".join(one for one in (item.sentence, records, aim) if one)

    def _steps(self, item: ItemScore) -> list[Step]:
        first = self._first
        steps = [Step("task", remedies.task_for(item.measure, item.name), None, self._by(_FIRST_STEP))]  # fmt: skip
        mentor = self._mentor(item)
        if mentor is not None:
            row, name = mentor
            told = tr(N_("Work with {name} on: {item}"), name=name, item=item.name)
            steps.append(Step("mentor", told, row, self._by(_MENTOR_BY)))
        steps.append(Step("course", remedies.course_for(item.measure, item.name), None, self._by(_COURSE_BY)))  # fmt: skip
        return [one for one in steps if one.due is None or one.due >= first]

    def _by(self, days: int) -> date:
        wanted = min(self._first + timedelta(days=days), self._check)
        calendar = work_calendar(self._book)
        return wanted if calendar.is_working(wanted) else calendar.next_working(wanted) or wanted

    def _mentor(self, item: ItemScore) -> tuple[int, str] | None:
        """The best of the colleagues who are told apart as better; None where nobody is."""
        others = self._of_others(item)
        down = bool(item.measure) and engine.definition(item.measure).direction == "down"
        better = [
            (one, other)
            for one, other in others
            if weak.better(item, other, len(others), down=down)
        ]
        better.sort(key=lambda each: (-(each[1].score or Decimal(0)), each[0].name))
        for one, _ in better:
            row = self._book.row_id("salesperson", one.person)
            if row in self._active:
                return row, one.name
        return None

    def _skill(self, item: ItemScore) -> int | None:
        found = self._book.connection().one(
            "SELECT id FROM skill WHERE alive = 1 AND name = ?", (item.name,)
        )
        return int(found) if found is not None else None


def _short(value: Decimal) -> Decimal:
    """As many digits as a number keeps."""
    return value.quantize(Decimal("0.000001")).normalize() + 0
