"""Applies a changed rule to the last cycles: who would have moved, and why; and adopts it from a day on.

Signed results are replayed from their seals, the others from the book as it stands. Every result is first replayed
under its own rule: only what comes back to the last cent is worth comparing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from models import links
from models.book import Book
from models.evaluations import cards, cases, rule_changes, scoring, versions
from models.evaluations.cards import Card, Grade, Item
from models.evaluations.replaying import replayed, same
from models.evaluations.result import ItemScore, Scored
from models.evaluations.rule_changes import RuleChange
from models.evaluations.scorecard import ACTIVE
from models.measures import engine
from models.money import plain, rounded
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr

CYCLES = 4


@dataclass(frozen=True)
class Moved:
    """One person in one cycle, under the rule that was and under the changed one."""

    before: Scored
    after: Scored
    place_before: int | None  # 1 is first; people of one total share a place
    place_after: int | None
    signed: bool
    replays: bool  # under its own rule it came back as it was

    @property
    def difference(self) -> Decimal | None:
        """By how many points the total moves; None where there is none on one side."""
        if self.before.total is None or self.after.total is None:
            return None
        return self.after.total - self.before.total

    @property
    def moves(self) -> bool:
        """Whether total, grade or place would be another."""
        return (self.before.total, self.before.grade, self.place_before) != (
            self.after.total, self.after.grade, self.place_after,
        )  # fmt: skip

    @property
    def parts(self) -> tuple[tuple[str, Decimal, Decimal], ...]:
        """What each item added before and after; they sum to the totals but for rounding."""
        was = {one.item: one for one in self.before.items}
        made = [
            (one.name, was[one.item].contribution if one.item in was else Decimal(0), one.contribution)
            for one in self.after.items
        ]  # fmt: skip
        return tuple(made)

    @property
    def why(self) -> tuple[str, ...]:
        """The items that move it, the largest first, in words."""
        said = [one for one in self.parts if one[1].quantize(_CENT) != one[2].quantize(_CENT)]
        said.sort(key=lambda one: (-abs(one[2] - one[1]), one[0]))
        text = N_("{item}: {before} → {after} points")
        words = [
            tr(text, item=name, before=_cents(before), after=_cents(after))
            for name, before, after in said
        ]
        if self.before.grade != self.after.grade:
            words.append(
                tr(
                    N_("Grade {before} → {after}"),
                    before=self.before.grade or "–",
                    after=self.after.grade or "–",
                )
            )
        if not words and self.place_before != self.place_after:
            words.append(
                tr(
                    N_("Place {before} → {after}, as others move"),
                    before=self.place_before or "–",
                    after=self.place_after or "–",
                )
            )
        return tuple(words)


_CENT = Decimal("0.01")


def _cents(value: Decimal) -> str:
    return plain(rounded(value, 2), 2)


@dataclass(frozen=True)
class CycleTest:
    """One cycle under both rules, the highest total before in front."""

    cycle: str
    name: str
    period: str
    people: tuple[Moved, ...]

    @property
    def replays(self) -> bool:
        """Whether every result came back as it was under its own rule."""
        return all(one.replays for one in self.people)

    @property
    def moved(self) -> tuple[Moved, ...]:
        """Those for whom something would be another."""
        return tuple(one for one in self.people if one.moves)


@dataclass(frozen=True)
class Backtest:
    """A changed rule on the last cycles, the newest in front; ``notes`` are what is to be minded."""

    card: Card
    changed: Card
    changes: tuple[RuleChange, ...]
    cycles: tuple[CycleTest, ...]
    notes: tuple[str, ...]

    @cached_property
    def moved(self) -> int:
        """How many results would be another."""
        return sum(len(one.moved) for one in self.cycles)


def resolve(book: Book, text: str) -> int:
    """The row of a scorecard by its id or its name; of several versions the newest.

    Raises:
        Refused: ``unknown_link``.
    """
    entity = book.schema.entity("scorecard_template")
    if row := book.public.row(entity.prefix, text.strip()):
        return row
    with book.reading() as db:
        found = db.run(
            "SELECT id FROM scorecard_template WHERE alive = 1 AND name = ? ORDER BY version DESC, id DESC LIMIT 1",
            (text.strip(),),
        )
        return (
            int(found[0][0])
            if found
            else links.resolve(db, book.schema, book.public, entity.id, text)
        )


def card_of(book: Book, scorecard: int) -> Card:
    """A scorecard.

    Raises:
        Refused: ``gone``.
    """
    with book.reading() as db:
        found = cards.read(db, book).get(scorecard)
    if found is None:
        raise Refused("gone", N_("This record has been removed meanwhile."))
    return found


def backtest(
    book: Book,
    scorecard: int,
    changes: Sequence[RuleChange],
    *,
    last: int = CYCLES,
    progress: Progress | None = None,
) -> Backtest:
    """Apply changes of a scorecard to the last cycles that were judged by any of its versions.

    Raises:
        Refused: ``gone``; ``no_cycles``, nobody was judged by it yet.
    """
    card = card_of(book, scorecard)
    found = _cycles(book, card.name, last)
    if not found:
        raise Refused(
            "no_cycles",
            N_("Nobody has been judged by the scorecard {card} yet: there is nothing to test on."),
            card=card.name,
        )
    made = []
    for at, row in enumerate(found):
        if progress is not None:
            progress.step(at / len(found), tr(N_("Replaying")))
        made.append(_Cycle(book, row, card.name, changes).test())
    changed = rule_changes.applied(card, changes)
    return Backtest(card, changed, tuple(changes), tuple(made), _notes(changed, made))


def _cycles(book: Book, name: str, last: int) -> list[int]:
    """The last cycles in which somebody was judged by a scorecard of this name."""
    with book.reading() as db:
        return [
            row
            for (row,) in db.run(
                "SELECT c.id FROM evaluation_cycle c WHERE c.alive = 1 AND EXISTS (SELECT 1 FROM evaluation e "
                "JOIN scorecard_template s ON s.id = e.scorecard WHERE e.cycle = c.id AND e.alive = 1 AND s.name = ?) "
                "ORDER BY c.ends_on DESC, c.id DESC LIMIT ?",
                (name, last),
            )
        ]


def _notes(changed: Card, made: Collection[CycleTest]) -> tuple[str, ...]:
    """What is to be minded before the change is adopted."""
    said = []
    whole = sum((one.weight for one in changed.items), Decimal(0))
    if whole != 1:
        text = N_("The weights come to {sum}%; shared out to 100 % here, they must be set so before it is adopted.")  # fmt: skip
        said.append(tr(text, sum=plain(whole * 100)))
    astray = [one.name for one in made if not one.replays]
    if astray:
        text = N_("Under their own rule these cycles don't come back as they were: {cycles}.")
        said.append(tr(text, cycles=tr(N_(", ")).join(astray)))
    return tuple(said)


class _Cycle:
    """One cycle: what was said of everybody, by which rule, and what the changed one says."""

    def __init__(self, book: Book, row: int, name: str, changes: Sequence[RuleChange]) -> None:
        self._book, self._row, self._changes = book, row, changes
        with book.reading() as db:
            self._known = {one.id: one for one in cards.read(db, book).values() if one.name == name}
            self._of = cases.cycle(db, book, row)
        self._down = {one.code: one.direction == "down" for one in engine.definitions()}
        self._fresh: Mapping[str, Scored] | None = None

    def test(self) -> CycleTest:
        """Both rules on everybody."""
        made = [
            self._one(one)
            for one in scoring.scored(self._book, self._row)
            if one.scorecard in self._known
        ]
        before, after = _places([one[0] for one in made]), _places([one[1] for one in made])
        people = [
            Moved(was, now, before.get(was.person), after.get(was.person), signed, replays)
            for was, now, signed, replays in made
        ]
        people.sort(key=lambda one: (one.place_before or len(people) + 1, one.before.name))
        return CycleTest(self._of.id, self._of.name, self._of.period, tuple(people))

    def _one(self, live: Scored) -> tuple[Scored, Scored, bool, bool]:
        card = self._known[live.scorecard]
        seal = _seal(self._book, live.evaluation)
        result, rule = (live, card) if seal is None else (seal.scored, _rule(seal.rules, card))
        row_of = self._item_row
        again = replayed(result, rule, rule, self._down, row_of)
        changed = rule_changes.applied(rule, self._changes)
        now = replayed(
            result, changed, rule, self._down, row_of, lambda item: self._anew(live.person, item)
        )
        return result, now, seal is not None, same(result, again)

    def _item_row(self, public: str) -> int | None:
        prefix = self._book.schema.entity("scorecard_item").prefix
        return self._book.public.row(prefix, public)

    def _anew(self, person: str, item: Item) -> ItemScore | None:
        """An item whose measure or reference is another one: by what the book says today."""
        if self._fresh is None:
            rules = {
                one.row: rule_changes.applied(one, self._changes) for one in self._known.values()
            }
            found = scoring.scored(self._book, self._row, instead=rules)
            self._fresh = {one.person: one for one in found}
        there = self._fresh.get(person)
        return next((one for one in there.items if one.name == item.name), None) if there else None


def _seal(book: Book, evaluation: str) -> Any:
    from models.evaluations.sealing import sealed

    row = book.public.row(book.schema.entity("evaluation").prefix, evaluation)
    return sealed(book, row) if row else None


def _rule(rules: Mapping[str, Any], card: Card) -> Card:
    """The rule that was sealed with a result."""
    by_name = {one.name: one for one in card.items}
    items = []
    for one in rules["items"]:
        known = by_name.get(one["name"])
        if known is None:
            continue
        items.append(
            replace(
                known,
                kind=one["kind"] or "metric",
                measure=one["measure"] or "",
                weight=Decimal(one["weight"] or 0),
                reference=one["reference"] or "goal",
                reference_value=_number(one["reference_value"]),
                curve=one["curve"] or "linear",
                points=one["points"] or "",
                cap=_number(one["cap"]),
                place=int(one["place"] or 1),
            )
        )
    items.sort(key=lambda one: (one.place, one.row))
    grades = [
        Grade(one["name"], Decimal(one["from_points"] or 0), None, None) for one in rules["grades"]
    ]
    grades.sort(key=lambda one: one.from_points, reverse=True)
    least = Decimal(rules["scorecard"].get("least_weight") or 0)
    return replace(card, items=tuple(items), grades=tuple(grades), least_weight=least)


def _number(text: Any) -> Decimal | None:
    return None if text is None else Decimal(str(text))


def _places(results: Sequence[Scored]) -> dict[str, int]:
    """The place of everybody with a total; who have the same total share one."""
    totals = sorted((one.total for one in results if one.total is not None), reverse=True)
    return {one.person: totals.index(one.total) + 1 for one in results if one.total is not None}


# -- adopting ------------------------------------------------------------------------------------------------


def adopt(
    book: Book, scorecard: int, changes: Sequence[RuleChange], effective_from: date | None
) -> int:
    """Make the changes a new version of the scorecard, in force from a day on; gives its row.

    Raises:
        Refused: the changed scorecard is not whole (``cycle.assert_whole``), or ``no_change`` or ``no_day``.
    """
    from models.evaluations import cycle

    card = card_of(book, scorecard)
    if not changes:
        raise Refused("no_change", N_("There is nothing to adopt: no rule was changed."))
    if effective_from is None:
        raise Refused("no_day", N_("Say from which day on it is in force."))
    changed = rule_changes.applied(card, changes)
    cycle.assert_whole(changed)
    with book.change(tr(N_("Changed scorecard adopted: {card}"), card=card.name)) as change:
        made, parts = versions.copied(book, change, scorecard, effective_from)
        for one in changes:
            if one.entity != rule_changes.CARD:
                change.set(one.entity, parts[one.entity, one.name], {one.field: one.value})
        whole = {"status": ACTIVE, "least_weight": changed.least_weight}
        change.set("scorecard_template", made, whole)
    return made
