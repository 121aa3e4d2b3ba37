"""What rows add that people type into the workbook: records without an id, by what is typed there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.money import plain
from models.workbooks.goal_live import Stage, Window, Words
from models.workbooks.goal_places import Place, criterion, text

Where = tuple[tuple[str, str], ...]  # fields and what they are to be, as COUNTIFS takes it
_EMPTY, _FILLED = '"="', '"<>"'


@dataclass(frozen=True)
class Added:
    """Formulas without their sign: how many new rows count, what they add above and below the line."""

    counts: str
    top: str
    bottom: str | None = None


class New:
    """The formulas of the new rows of one sheet in a window of days."""

    def __init__(
        self, place: Place, window: Window, words: Words, stages: Mapping[int, Stage]
    ) -> None:
        self._place, self._window, self._words = place, window, words
        self._stages = list(stages.values())

    def added(self, code: str) -> Added | None:
        """What they add to a measure; None where the sheet doesn't show what is asked."""
        made = {
            "opportunity": self._deals,
            "activity": self._contacts,
            "task": self._tasks,
            "follow_up_plan": self._plans,
        }
        for entity, of in made.items():
            if code in _CODES[entity]:
                return of(code) if self._has(*_NEEDS[entity]) else None
        return None

    def _has(self, *fields: str) -> bool:
        return self._place.can_add and all(self._place.range(one) for one in fields)

    # -- pieces --------------------------------------------------------------------------------------

    def _count(self, where: Where) -> str:
        return f"COUNTIFS({self._criteria(where)})"

    def _sum(self, field: str, where: Where) -> str:
        return f"SUMIFS({self._place.range(field)},{self._criteria(where)})"

    def _criteria(self, where: Where) -> str:
        pairs = [f"{self._place.ids},{_EMPTY}"]
        pairs += [f"{self._place.range(field)},{wanted}" for field, wanted in where]
        return ",".join(pairs)

    def _within(self, field: str) -> Where:
        return ((field, f'">={self._window.first}"'), (field, f'"<={self._window.last}"'))

    def _is(self, code: str) -> str:
        return criterion(self._words.said[code])

    @property
    def _now(self) -> bool:
        """Whether what happens on the day of the workbook counts."""
        return self._window.first <= self._window.today <= self._window.last

    # -- deals ---------------------------------------------------------------------------------------

    def _outcome(self, kind: str) -> list[Where]:
        """The ways in which a new row says how a deal ended: by its status, else by its stage."""
        ways: list[Where] = [(("status", self._is(kind)),)]
        if self._has("stage"):
            ways += [
                (("status", _EMPTY), ("stage", criterion(one.name)))
                for one in self._stages
                if one.kind == kind
            ]
        return ways

    def _open(self) -> list[Where]:
        over = [one for one in self._stages if one.kind != "open"] if self._has("stage") else []
        unlike: Where = tuple(("stage", criterion(one.name, "<>")) for one in over)
        return [(("status", self._is("open")),), (("status", _EMPTY), *unlike)]

    def _closed(self, kind: str) -> list[Where]:
        """The ways in which a deal ended in the window; without a day it ended on the workbook's."""
        ways = [(*one, *self._within("closed_on")) for one in self._outcome(kind)]
        if self._now:
            ways += [(*one, ("closed_on", _EMPTY)) for one in self._outcome(kind)]
        return ways

    def _deals(self, code: str) -> Added | None:
        if code in ("pipeline_amount", "weighted_pipeline"):
            return self._pipeline(code)
        won, lost = self._closed("won"), self._closed("lost")
        count = _plus(self._count(one) for one in won)
        match code:
            case "won_amount":
                return Added(count, _plus(self._sum("amount", one) for one in won))
            case "won_count":
                return Added(count, count)
            case "lost_count":
                count = _plus(self._count(one) for one in lost)
                return Added(count, count)
            case "average_deal":
                return Added(count, _plus(self._sum("amount", one) for one in won), count)
            case "win_rate":
                both = _plus(self._count(one) for one in (*won, *lost))
                return Added(both, count, both)
        return self._cycle() if self._has("opened_on") else None

    def _cycle(self) -> Added:
        """Days from opening to closing; a deal without either day is opened and won on the same."""
        counts, days = [], []
        for one in self._outcome("won"):
            told = (*one, *self._within("closed_on"), ("opened_on", '">0"'))
            counts.append(self._count(told))
            days.append(f"{self._sum('closed_on', told)}-{self._sum('opened_on', told)}")
            if self._now:
                blank = (*one, ("closed_on", _EMPTY))
                begun = (*blank, ("opened_on", '">0"'))
                counts += [self._count(begun), self._count((*blank, ("opened_on", _EMPTY)))]
                days.append(
                    f"{self._window.today}*{self._count(begun)}-{self._sum('opened_on', begun)}"
                )
        return Added(_plus(counts), _plus(days), _plus(counts))

    def _pipeline(self, code: str) -> Added | None:
        if not self._has("opened_on"):
            return None
        begun: list[Where] = [(("opened_on", f'"<={self._window.last}"'),)]
        if self._window.today <= self._window.last:
            begun.append((("opened_on", _EMPTY),))
        ways = [
            (*one, *day, ("amount", '"<>0"'), ("amount", _FILLED))
            for one in self._open()
            for day in begun
        ]
        count = _plus(self._count(one) for one in ways)
        if code == "pipeline_amount":
            return Added(count, _plus(self._sum("amount", one) for one in ways))
        if not self._has("probability"):
            return None
        terms = [self._typed_odds()]
        for stage in self._stages:
            if stage.share and self._has("stage"):
                here = (("stage", criterion(stage.name)), ("probability", _EMPTY))
                sums = _plus(self._sum("amount", (*one, *here)) for one in ways)
                terms.append(f"{plain(stage.share)}*({sums})")
        return Added(count, _plus(terms))

    def _typed_odds(self) -> str:
        """Amounts times probabilities of new open deals that state one."""
        place = self._place
        tests = [f'({place.ids}="")', f"({place.range('opened_on')}<={self._window.last})"]
        tests += [f"({place.range('status')}<>{self._words[one]})" for one in ("won", "lost")]
        if self._has("stage"):
            tests += [
                f"({place.range('stage')}<>{text(one.name)})"
                for one in self._stages
                if one.kind != "open"
            ]
        numbers = f"{place.range('amount')},{place.range('probability')}"
        return f"SUMPRODUCT({'*'.join(tests)},{numbers})"

    # -- contacts, tasks, plans ----------------------------------------------------------------------

    def _contacts(self, code: str) -> Added | None:
        day: Where = (
            ("at", f'">={self._window.first}"'),
            ("at", f'"<{self._window.last + 1}"'),
        )
        every = self._count(day)
        if code == "visits":
            visits = self._count((*day, ("kind", self._is("visit"))))
            return Added(visits, visits)
        if code == "activities":
            return Added(every, every)
        if not self._has("result", "next_step"):
            return None
        full = self._count((*day, ("result", _FILLED), ("next_step", _FILLED)))
        return Added(every, full, every)

    def _tasks(self, code: str) -> Added | None:
        due = self._within("due")
        done = (*due, ("status", self._is("done")))
        every = self._count((*due, ("status", criterion(self._words.said["cancelled"], "<>"))))
        finished = self._count(done)
        shown = self._has("done_at")
        if shown:  # a day on which it was done says that it is done
            said = (*due, ("status", _EMPTY), ("done_at", '">0"'))
            finished = f"{finished}+{self._count(said)}"
        if code == "task_done_rate":
            return Added(every, finished, every)
        in_time = [self._kept("due", "done_at", "done")] if shown else []
        in_time.append(self._on_the_day("due", "done_at" if shown else "", "done"))
        return Added(finished, _plus(in_time), finished)

    def _plans(self, code: str) -> Added | None:
        due, window = self._within("due"), self._window
        if code == "overdue_follow_ups":
            before: Where = (("due", '">0"'), ("due", f'"<={min(window.last, window.today - 1)}"'))
            ways = [(*before, ("status", one)) for one in (self._is("planned"), _EMPTY)]
            late = _plus(self._count(one) for one in ways)
            return Added(late, late)
        shown = "done_on" if self._has("done_on") else ""
        waiting: Where = (*due, ("due", f'"<{window.today}"'))
        told = _plus(
            [
                self._count((*due, ("status", self._is("done")))),
                self._count((*due, ("status", self._is("missed")))),
                self._count((*waiting, ("status", self._is("planned")))),
                self._count((*waiting, ("status", _EMPTY))),
            ]
        )
        kept = [self._kept("due", shown, "done")] if shown else []
        kept.append(self._on_the_day("due", shown, "done"))
        return Added(told, _plus(kept), told)

    def _kept(self, due: str, done: str, code: str) -> str:
        """How many state a day on which they were done, not after the one on which they were due."""
        place, window = self._place, self._window
        state, day, end = (place.range(one) for one in ("status", due, done))
        said = f"({state}={self._words[code]})"
        if done == "done_at":
            said = f'(({state}={self._words[code]})+({state}="")>0)'
        return (
            f'SUMPRODUCT(({place.ids}="")*{said}*({end}>0)*({end}<={day})'
            f"*({day}>={window.first})*({day}<={window.last}))"
        )

    def _on_the_day(self, due: str, done: str, code: str) -> str:
        """How many are done without a day, which is then the workbook's, and were not due before it."""
        window = self._window
        where: Where = (
            (due, f'">={max(window.first, window.today)}"'),
            (due, f'"<={window.last}"'),
            ("status", self._is(code)),
        )
        return self._count((*where, (done, _EMPTY)) if done else where)


_CODES: Mapping[str, Sequence[str]] = {
    "opportunity": (
        "won_amount", "won_count", "lost_count", "average_deal", "win_rate", "sales_cycle_days",
        "pipeline_amount", "weighted_pipeline",
    ),
    "activity": ("activities", "visits", "effective_follow_up_rate"),
    "task": ("task_done_rate", "task_on_time_rate"),
    "follow_up_plan": ("follow_up_on_time_rate", "overdue_follow_ups"),
}  # fmt: skip
_NEEDS: Mapping[str, Sequence[str]] = {
    "opportunity": ("status", "closed_on", "amount"),
    "activity": ("kind", "at"),
    "task": ("status", "due"),
    "follow_up_plan": ("status", "due"),
}


def _plus(terms: Iterable[str]) -> str:
    return "+".join(terms) or "0"
