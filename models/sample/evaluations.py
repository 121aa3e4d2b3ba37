"""How the sample team is evaluated: a scorecard, last quarter's evaluations before their talks, and
last month's while people judge themselves. Nothing is signed: that is for people to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from models.evaluations import curves
from models.periods import JANUARY, Period, month
from models.sample.calendar import Calendar
from models.sample.deals import Deal
from models.sample.evaluation_words import EN, ZH
from models.sample.team import LEADERS, Person

Row = tuple[Any, ...]
_DAY = timedelta(days=1)

FIELDS = {
    "scorecard_template": "name version position effective_from status frozen_at least_weight notes",
    "scorecard_item": "scorecard place name kind measure weight reference reference_value curve points cap anchors must_cite",
    "grade_band": "scorecard name from_points share coefficient",
    "evaluation_cycle": "name period starts_on ends_on status self_review_due manager_review_due talk_due appeal_days",
    "evaluation": "person cycle version scorecard manager status self_handed_in self_handed_in_at manager_done_at "
    "self_score manager_score adjustment adjustment_reason comment",
    "evaluation_rating": "evaluation item rated_by rater level comment cites rated_at",
}
# Levels of the judged items: what each person says, and what the manager says.
_OWN = ((4, 4), (4, 3), (5, 4), (3, 4), (4, 5), (4, 3), (3, 3), (3, 4))
_MANAGER = ((4, 4), (4, 4), (5, 4), (3, 3), (4, 4), (2, 3), (4, 3), (3, 3))
_IN, _HALF = (1, 2, 4), (3, 6)  # who has handed in, or begun, the self-review of last month
_ADJUSTED = 3
_ASKED = 2  # about whom colleagues were asked last month; what each has said, None for nothing yet
_PEERS = ((3, (4, 5)), (7, (None, None)))


class Cite(NamedTuple):
    """A record that a text names by its public id, which is known when it is written."""

    entity: str
    row: int


class Evaluator:
    """Makes the evaluations of a team."""

    def __init__(
        self, language: str, calendar: Calendar, people: list[Person], deals: list[Deal]
    ) -> None:
        self._calendar, self._people, self._deals = calendar, people, deals
        self._words = ZH if language == "zh_CN" else EN
        self._quarter = JANUARY.of("quarter", JANUARY.of("quarter", calendar.today).start - _DAY)
        self._month = _before(calendar.today.year, calendar.today.month)
        self._first = len(self._words.computed)  # the place of the first judged item
        self._ratings: list[Row] = []

    def all(self) -> dict[str, list[Row]]:
        """Everything, with links as places in the lists."""
        evaluations = [*self._talks(), *self._running()]
        return {
            "scorecard_template": [self._card()],
            "scorecard_item": list(self._items()),
            "grade_band": [(0, name, *map(Decimal, rest)) for name, *rest in self._words.grades],
            "evaluation_cycle": list(self._cycles()),
            "evaluation": evaluations,
            "evaluation_rating": self._ratings,
        }

    def _card(self) -> Row:
        begins = JANUARY.of("quarter", self._quarter.start - _DAY).start
        frozen = _at(self._calendar.before(self._quarter.start - _DAY), 18)
        return (
            self._words.card, 1, None, begins, "active", frozen, Decimal("0.5"), self._words.notes,
        )  # fmt: skip

    def _items(self) -> Iterator[Row]:
        cap = Decimal(120)
        for place, (name, measure, weight, reference, full, curve, points) in enumerate(
            self._words.computed, 1
        ):
            yield (
                0, place, name, "metric", measure, Decimal(weight), reference,
                None if full is None else Decimal(full), curve, points, cap, None, False,
            )  # fmt: skip
        for place, (name, kind, weight, anchors) in enumerate(self._words.judged, self._first + 1):
            yield (
                0, place, name, kind, None, Decimal(weight), None, None, None, None, cap, anchors, True,
            )  # fmt: skip

    def _cycles(self) -> Iterator[Row]:
        for period, name, status, days in (
            (self._quarter, self._words.quarter, "talk", (-14, -7, 3)),
            (self._month, self._words.month, "self_review", (2, 6, 12)),
        ):
            due = (self._calendar.after(self._calendar.today + timedelta(days=at)) for at in days)
            yield (
                name.format(when=period.label), period.label, period.start, period.end - _DAY,
                status, *due, 7,
            )  # fmt: skip

    def _manager(self, person: int) -> int:
        """The leader of the team; the two leaders judge each other."""
        leader = LEADERS[self._people[person].team]
        return leader if leader != person else next(one for one in LEADERS if one != person)

    # -- last quarter ----------------------------------------------------------------------------

    def _talks(self) -> Iterator[Row]:
        for person in range(len(self._people)):
            own, manager = _OWN[person], _MANAGER[person]
            self._judge(person, person, "self", own, self._quarter, 20)
            self._judge(person, person, "manager", manager, self._quarter, 12)
            adjusted = person == _ADJUSTED
            yield (
                person, 0, 1, 0, self._manager(person), "talk", True, self._moment(-16, 17),
                self._moment(-8, 16), self._score(own), self._score(manager),
                Decimal(2) if adjusted else None, self._words.adjusted if adjusted else None,
                self._words.comments[person % len(self._words.comments)],
            )  # fmt: skip

    # -- last month ------------------------------------------------------------------------------

    def _running(self) -> Iterator[Row]:
        for person in range(len(self._people)):
            at, given = len(self._people) + person, _OWN[person]
            handed_in = person in _IN
            levels: tuple[int | None, ...] = given
            if not handed_in:
                levels = (given[0], None) if person in _HALF else (None, None)
            self._judge(at, person, "self", levels, self._month, 1)
            if person == _ASKED:
                for rater, said in _PEERS:
                    self._hear(at, rater, said)
            yield (
                person, 1, 1, 0, self._manager(person),
                "manager_review" if handed_in else "self_review",
                handed_in, self._moment(-1, 16) if handed_in else None, None, None, None, None,
                None, None,
            )  # fmt: skip

    # -- judgements ------------------------------------------------------------------------------

    def _judge(
        self,
        evaluation: int,
        person: int,
        by: str,
        levels: tuple[int | None, ...],
        period: Period,
        days: int,
    ) -> None:
        rater = person if by == "self" else self._manager(person)
        shown = self._shown(person, period)
        for at, level in enumerate(levels):
            said = cited = moment = None
            if level is not None:
                reasons = self._words.own[at] if by == "self" else self._words.others[at]
                low = 3 if by == "self" else 2
                said = reasons[min(max(level - low, 0), len(reasons) - 1)]
                moment = self._moment(-days, 15)
                if shown:
                    cited = shown[(at + (by == "self")) % len(shown)]
            self._ratings.append(
                (evaluation, self._first + at, by, rater,
                 None if level is None else Decimal(level), said, cited, moment)
            )  # fmt: skip

    def _hear(self, evaluation: int, rater: int, levels: tuple[int | None, ...]) -> None:
        """What a colleague says of the judged items, or is asked to."""
        for at, level in enumerate(levels):
            given = None if level is None else Decimal(level)
            said = None if level is None else self._words.peers[at]
            moment = None if level is None else self._moment(-1, 11)
            self._ratings.append(
                (evaluation, self._first + at, "peer", rater, given, said, None, moment)
            )

    def _shown(self, person: int, period: Period) -> list[Cite]:
        """Deals of the person that closed in the time, else any of theirs."""
        own = [(at, one) for at, one in enumerate(self._deals) if one.owner == person]
        closed = [at for at, one in own if one.closed_on is not None and one.closed_on in period]
        return [Cite("opportunity", at) for at in (closed or [at for at, _ in own])[:3]]

    def _score(self, levels: tuple[int, ...]) -> Decimal:
        """The points of the judged items by their weights, which are alike."""
        return curves.rounded(Fraction(sum(levels) * curves.LEVEL, len(levels)))

    def _moment(self, days: int, hour: int) -> datetime:
        return _at(self._calendar.before(self._calendar.today + timedelta(days=days)), hour)


def _before(year: int, number: int) -> Period:
    """The month before one."""
    return month(year - 1, 12) if number == 1 else month(year, number - 1)


def _at(day: Any, hour: int) -> datetime:
    return datetime.combine(day, time(hour)).astimezone(UTC)
