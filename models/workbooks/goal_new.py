"""What rows add that people type into the workbook: records without an id, by what is typed there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.money import plain
from models.workbooks.goal_live import Stage, Window, Words
from models.workbooks.goal_places import Place, text

Where = tuple[tuple[str, str], ...]  # fields and what they are to be
# A day is stated; a text is greater than any number.
_SOME: Where = (("opened_on", ">0"), ("opened_on", "<99999"))
_PART = 8
_EMPTY, _FILLED = '=""', '<>""'


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

    def added(self, code: str) -> list[Added]:
        """What they add to a measure, in parts; none where the sheet doesn't show what is asked."""
        made = {
            "opportunity": self._deals,
            "activity": self._contacts,
            "task": self._tasks,
            "follow_up_plan": self._plans,
        }
        for entity, of in made.items():
            if code in _CODES[entity]:
                return of(code) if self._has(*_NEEDS[entity]) else []
        return []

    def _has(self, *fields: str) -> bool:
        return self._place.can_add and all(self._place.range(one) for one in fields)

    # -- pieces --------------------------------------------------------------------------------------

    def _count(self, where: Where) -> str:
        return f"SUMPRODUCT({self._tests(where)})"

    def _sum(self, field: str, where: Where) -> str:
        return f"SUMPRODUCT({self._tests(where)},{self._place.range(field)})"

    def _tests(self, where: Where) -> str:
        # Not COUNTIFS: LibreOffice 7 overlooks empty cells at the beginning of a range.
        tests = [f'({self._place.ids()}="")']
        tests += [f"({self._place.range(field)}{test})" for field, test in where]
        return "*".join(tests) + ("" if where else "*1")

    def _within(self, field: str) -> Where:
        return ((field, f">={self._window.first}"), (field, f"<={self._window.last}"))

    def _is(self, code: str) -> str:
        return f"={self._words[code]}"

    @property
    def _now(self) -> bool:
        """Whether what happens on the day of the workbook counts."""
        return self._window.first <= self._window.today <= self._window.last

    # -- deals ---------------------------------------------------------------------------------------

    def _outcome(self, kind: str) -> list[Where]:
        """The ways in which a new row says how a deal ended: by its status, else by its stage."""
        ways: list[Where] = [(("status", self._is(kind)),)] if self._has("status") else []
        if self._has("stage"):
            ways += [
                (*self._untold, ("stage", f"={text(one.name)}"))
                for one in self._stages
                if one.kind == kind
            ]
        return ways

    @property
    def _untold(self) -> Where:
        """That no status is stated, where one could be."""
        return (("status", _EMPTY),) if self._has("status") else ()

    def _open(self) -> list[Where]:
        over = [one for one in self._stages if one.kind != "open"] if self._has("stage") else []
        unlike: Where = tuple(("stage", f"<>{text(one.name)}") for one in over)
        told: list[Where] = [(("status", self._is("open")),)] if self._has("status") else []
        return [*told, (*self._untold, *unlike)]

    def _closed(self, kind: str) -> list[Where]:
        """The ways in which a deal ended in the window; without a day it ended on the workbook's."""
        shown, ways = self._has("closed_on"), []
        if shown:
            ways += [(*one, *self._within("closed_on")) for one in self._outcome(kind)]
        if self._now:
            ways += [(*one, *self._undated) for one in self._outcome(kind)]
        return ways

    def _deals(self, code: str) -> list[Added]:
        if code == "sales_cycle_days":
            return self._cycles()
        if code == "pipeline_amount":
            return [self._of(one, "amount") for one in _some(self._standing())]
        if code == "weighted_pipeline":
            return self._weighted()
        won, lost = _some(self._closed("won")), _some(self._closed("lost"))
        match code:
            case "won_amount":
                return [self._of(one, "amount") for one in won]
            case "average_deal":
                return [replace(self._of(one, "amount"), bottom=self._counts(one)) for one in won]
            case "win_rate":
                both = [replace(self._of(one), bottom=self._counts(one)) for one in won]
                return both + [Added(self._counts(one), "0", self._counts(one)) for one in lost]
        return [self._of(one) for one in (lost if code == "lost_count" else won)]

    def _counts(self, ways: list[Where]) -> str:
        return _plus(self._count(one) for one in ways)

    def _of(self, ways: list[Where], field: str = "") -> Added:
        """New rows that add themselves, or a field of theirs."""
        count = self._counts(ways)
        return Added(count, _plus(self._sum(field, one) for one in ways) if field else count)

    def _cycles(self) -> list[Added]:
        """Days from opening to closing; a deal without either day is opened and won on the same."""
        if not self._has("opened_on", "closed_on"):
            return [
                Added(count, "0", count)
                for ways in _some(self._closed("won"))
                for count in (self._counts(ways),)
            ]
        return [self._cycle(one) for one in self._outcome("won")]

    def _cycle(self, way: Where) -> Added:
        told = (*way, *self._within("closed_on"), *_SOME)
        counts = [self._count(told)]
        days = [f"{self._sum('closed_on', told)}-{self._sum('opened_on', told)}"]
        if self._now:
            blank = (*way, ("closed_on", _EMPTY))
            begun = (*blank, *_SOME)
            counts += [self._count(begun), self._count((*blank, ("opened_on", _EMPTY)))]
            days.append(
                f"{self._window.today}*{self._count(begun)}-{self._sum('opened_on', begun)}"
            )
        return Added(_plus(counts), _plus(days), _plus(counts))

    def _standing(self) -> list[Where]:
        """The ways in which a new deal stands open at the window's end; also if it ended later."""
        last, now = self._window.last, self._window.today <= self._window.last
        ways: list[Where] = []
        if self._has("opened_on"):
            begun: Where = (("opened_on", ">0"), ("opened_on", f"<={last}"))
            ways += [(*one, *begun) for one in self._open()]
            if not now:
                ways += [(*one, *begun, *self._undated) for one in self._over()]
        if now:
            fresh: Where = (("opened_on", _EMPTY),) if self._has("opened_on") else ()
            ways += [(*one, *fresh) for one in self._open()]
        if self._has("closed_on"):
            later: Where = (("closed_on", f">{last}"), ("closed_on", "<99999"))
            early: Where = (("opened_on", f"<={last}"),) if self._has("opened_on") else ()
            ways += [(*one, *later, *early) for one in self._over()]
        return [(*one, ("amount", _FILLED)) for one in ways]

    def _over(self) -> list[Where]:
        return [*self._outcome("won"), *self._outcome("lost")]

    @property
    def _undated(self) -> Where:
        return (("closed_on", _EMPTY),) if self._has("closed_on") else ()

    def _weighted(self) -> list[Added]:
        """Amounts times the probability that is typed, else that of the stage."""
        typed, made = self._has("probability"), []
        for ways in _some(self._standing()):
            terms = []
            if typed:
                share = self._place.range("probability")
                terms = [f"{self._sum('amount', one)[:-1]},{share})" for one in ways]
            made.append(Added(self._counts(ways), _plus(terms)))
            for stage in self._stages:
                if stage.share and self._has("stage"):
                    sums = _plus(self._sum("amount", (*one, *self._in(stage))) for one in ways)
                    made.append(Added("0", f"{plain(stage.share)}*({sums})"))
        return made

    def _in(self, stage: Stage) -> Where:
        blank: Where = (("probability", _EMPTY),) if self._has("probability") else ()
        return (("stage", f"={text(stage.name)}"), *blank)

    # -- contacts, tasks, plans ----------------------------------------------------------------------

    def _contacts(self, code: str) -> list[Added]:
        day: Where = (
            ("at", f">={self._window.first}"),
            ("at", f"<{self._window.last + 1}"),
        )
        every = self._count(day)
        if code == "visits":
            visits = self._count((*day, ("kind", self._is("visit"))))
            return [Added(visits, visits)]
        if code == "activities":
            return [Added(every, every)]
        if not self._has("result", "next_step"):
            return []
        full = self._count((*day, ("result", _FILLED), ("next_step", _FILLED)))
        return [Added(every, full, every)]

    def _tasks(self, code: str) -> list[Added]:
        due = self._within("due")
        done = (*due, ("status", self._is("done")))
        every = self._count((*due, ("status", f"<>{self._words['cancelled']}")))
        finished = self._count(done)
        shown = self._has("done_at")
        if shown:  # a day on which it was done says that it is done
            said = (*due, ("status", _EMPTY), ("done_at", ">0"))
            finished = f"{finished}+{self._count(said)}"
        if code == "task_done_rate":
            return [Added(every, finished, every)]
        in_time = [self._kept("due", "done_at", "done")] if shown else []
        in_time.append(self._on_the_day("due", "done_at" if shown else "", "done"))
        return [Added(finished, _plus(in_time), finished)]

    def _plans(self, code: str) -> list[Added]:
        due, window = self._within("due"), self._window
        if code == "overdue_follow_ups":
            before: Where = (("due", ">0"), ("due", f"<={min(window.last, window.today - 1)}"))
            ways = [(*before, ("status", one)) for one in (self._is("planned"), _EMPTY)]
            done: Where = (*before, ("status", self._is("done")))
            if self._has("done_on"):
                ways.append((*done, ("done_on", f">{window.last}"), ("done_on", "<99999")))
                done = (*done, ("done_on", _EMPTY))
            if window.today > window.last:
                ways.append(done)
            late = _plus(self._count(one) for one in ways)
            return [Added(late, late)]
        shown = "done_on" if self._has("done_on") else ""
        waiting: Where = (*due, ("due", f"<{window.today}"))
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
        return [Added(told, _plus(kept), told)]

    def _kept(self, due: str, done: str, code: str) -> str:
        """How many state a day on which they were done, not after the one on which they were due."""
        place, window = self._place, self._window
        state, day, end = (place.range(one) for one in ("status", due, done))
        said = f"({state}={self._words[code]})"
        if done == "done_at":
            said = f'(({state}={self._words[code]})+({state}="")>0)'
        return (
            f'SUMPRODUCT(({place.ids()}="")*{said}*({end}>0)*({end}<={day})'
            f"*({day}>={window.first})*({day}<={window.last}))"
        )

    def _on_the_day(self, due: str, done: str, code: str) -> str:
        """How many are done without a day, which is then the workbook's, and were not due before it."""
        window = self._window
        where: Where = (
            (due, f">={max(window.first, window.today)}"),
            (due, f"<={window.last}"),
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
    "opportunity": ("amount",),
    "activity": ("kind", "at"),
    "task": ("status", "due"),
    "follow_up_plan": ("status", "due"),
}


def _some(ways: list[Where]) -> list[list[Where]]:
    """Ways in parts: a formula holds 8,192 characters."""
    return [ways[at : at + _PART] for at in range(0, len(ways), _PART)]


def _plus(terms: Iterable[str]) -> str:
    return "+".join(terms) or "0"
