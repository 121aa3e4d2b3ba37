"""What the sample team works at to become better: plans in every state, judged by what the sample sold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.sample.calendar import Calendar
from models.sample.deals import Deal
from models.sample.team import LEADERS, Person

Row = tuple[Any, ...]

FIELDS = {
    "improvement_plan": "title person evidence measure baseline target starts_on check_on status verdict "
    "result verdict_words closed_on continues",
    "plan_action": "plan place kind title mentor due task done_on",
}
_LENGTH = timedelta(days=84)
_AIMS = Decimal("0.75")  # what a win rate is measured against; half the way is the target
_ENOUGH = 12  # closed deals of which a rate is told
_LEVELS = Decimal(2), Decimal(3)


@dataclass(frozen=True)
class Words:
    """What is written in one language."""

    rate: str
    judged: str
    evidence: str
    judged_evidence: str
    words: dict[str, str]
    reached: str
    done: str
    steps: tuple[tuple[str, str], ...]


ZH = Words(
    rate="赢单率：由 {before} 到 {after}",
    judged="需求挖掘：由 2 级到 3 级",
    evidence="{n} 个已结束商机中赢 {won} 个，低于 75% 的基准。",
    judged_evidence="两次拜访记录没有写明决策人和预算。",
    words={
        "met": "达到目标。", "partly": "已走完目标距离的一半以上。", "not_met": "改善不足一半。",
        "continued": "期间已结束的商机太少，尚不能判断，计划继续。",
    },
    reached="{n} 个已结束商机中赢 {won} 个。",
    done="改进计划的措施，复盘记录已登记",
    steps=(
        ("task", "与主管复盘最近五个丢单：原因是什么、何时已知"),
        ("mentor", "与{mentor}一起拜访三个客户"),
        ("course", "课程：商机甄别与成交技巧"),
    ),
)  # fmt: skip
EN = Words(
    rate="Win rate: from {before} to {after}",
    judged="Finding out what is needed: from level 2 to level 3",
    evidence="{won} of {n} closed deals were won, below the 75 % that it is measured against.",
    judged_evidence="Two visits were noted without who decides and the budget.",
    words={
        "met": "The target was reached.", "partly": "More than half of the way is gone.",
        "not_met": "Less than half of the way is gone.",
        "continued": "Too few deals were closed to tell; the plan goes on.",
    },
    reached="{won} of {n} closed deals were won.",
    done="A step of the plan, with what was learned written down",
    steps=(
        ("task", "Go through the last five lost deals with the manager: why, and when it was known"),
        ("mentor", "Visit three customers together with {mentor}"),
        ("course", "Course: Qualifying opportunities and closing"),
    ),
)  # fmt: skip


class Improver:
    """Makes the plans, their steps, and the tasks that steps became."""

    def __init__(
        self, language: str, calendar: Calendar, people: list[Person], deals: list[Deal]
    ) -> None:
        self._calendar, self._people, self._deals = calendar, people, deals
        self._words = ZH if language == "zh_CN" else EN
        self._sellers = [at for at in range(len(people)) if at not in LEADERS]
        self._had: set[int] = set()  # whose plan has ended
        self._plans: list[Row] = []
        self._steps: list[Row] = []
        self._tasks: list[Row] = []

    def all(self, first_task: int) -> tuple[dict[str, list[Row]], list[Row]]:
        """Plans and steps by entity, and the tasks to put behind those that there are, from a place on."""
        for status, ago in (("met", 180), ("partly", 180), ("not_met", 180)):
            self._ended(status, ago, first_task, closed=status == "not_met")
        self._continued(first_task)
        now = self._calendar.today
        past = now - 3 * _LENGTH, now - _LENGTH
        known = [one for one in self._sellers if self._won(one, *past)[1] >= 2 * _ENOUGH]
        known.sort(key=lambda one: _rate(self._won(one, now - _LENGTH, now)))
        people = iter(known)
        for status, begins in (("running", -86), ("running", -30), ("agreed", -1), ("proposed", 4)):
            self._open(next(people), status, begins, first_task)
        self._judged(self._sellers[-1])
        return {"improvement_plan": self._plans, "plan_action": self._steps}, self._tasks

    def _day(self, days: int) -> date:
        return self._calendar.after(self._calendar.today + timedelta(days=days))

    def _won(self, person: int, first: date, last: date) -> tuple[int, int]:
        """How many deals somebody won of those that were closed."""
        ended = [
            one.status
            for one in self._deals
            if one.owner == person and one.closed_on and first <= one.closed_on <= last
        ]
        return sum(one == "won" for one in ended), len(ended)

    def _way(self, person: int, first: date) -> tuple[tuple[int, int], tuple[int, int], str]:
        """Won before and during a plan, and the verdict that follows."""
        before = self._won(person, first - _LENGTH, first - timedelta(days=1))
        after = self._won(person, first, first + _LENGTH)
        low, now = _rate(before), _rate(after)
        target = _target(low)
        half = low + (target - low) / 2
        return before, after, "met" if now >= target else "partly" if now >= half else "not_met"

    def _ended(self, wanted: str, ago: int, first_task: int, *, closed: bool) -> None:
        """A plan of somebody with whom it came so."""
        for earlier in range(0, 280, 14):
            first = self._day(-ago - earlier)
            for person in (one for one in self._sellers if one not in self._had):
                before, after, verdict = self._way(person, first)
                if verdict == wanted and before[1] >= _ENOUGH and _rate(before) < _AIMS:
                    end = first + _LENGTH
                    self._plan(person, before, first, "closed" if closed else verdict, verdict, after, end)  # fmt: skip
                    self._step(person, first, first_task, done=True)
                    self._had.add(person)
                    return

    def _continued(self, first_task: int) -> None:
        first = self._day(-110)
        known = [
            one for one in self._sellers if self._won(one, first - _LENGTH, first)[1] >= _ENOUGH
        ]
        person = min(known, key=lambda one: self._won(one, first, first + _LENGTH)[1])
        before, after, _ = self._way(person, first)
        end = first + _LENGTH
        self._plan(person, before, first, "closed", "continued", after, end)
        self._step(person, first, first_task, done=True)
        self._plan(
            person, after, end + timedelta(days=1), "running", continues=len(self._plans) - 1
        )

    def _open(self, person: int, status: str, begins: int, first_task: int) -> None:
        first = self._day(begins)
        past = min(first, self._calendar.today) - timedelta(days=1)
        self._plan(person, self._won(person, past - _LENGTH, past), first, status)
        self._step(person, first, first_task, done=False, tasks=status != "proposed")

    def _plan(
        self,
        person: int,
        before: tuple[int, int],
        first: date,
        status: str,
        verdict: str | None = None,
        after: tuple[int, int] | None = None,
        end: date | None = None,
        continues: int | None = None,
    ) -> None:
        low = _rate(before)
        target = _target(low)
        title = self._words.rate.format(before=_shown(low), after=_shown(target))
        evidence = self._words.evidence.format(won=before[0], n=before[1])
        said = None
        if verdict and after:
            reached = self._words.reached.format(won=after[0], n=after[1])
            said = f"{self._words.words[verdict]}\n{reached}"
        self._plans.append(
            (
                title, person, evidence, "win_rate", low, target, first, first + _LENGTH, status,
                verdict, _rate(after) if after else None, said,
                end if status == "closed" else None, continues,
            )
        )  # fmt: skip

    def _judged(self, person: int) -> None:
        first = self._day(-45)
        words = self._words
        self._plans.append(
            (
                words.judged, person, words.judged_evidence, None, *_LEVELS, first, first + _LENGTH,
                "running", None, None, None, None, None,
            )
        )  # fmt: skip

    def _step(
        self, person: int, first: date, first_task: int, *, done: bool, tasks: bool = True
    ) -> None:
        plan, mentor = len(self._plans) - 1, LEADERS[self._people[person].team]
        for place, (kind, title) in enumerate(self._words.steps, 1):
            due = self._calendar.after(first + timedelta(days=14 * place))
            ended = due if done or (place == 1 and due < self._calendar.today) else None
            task = None
            said = title.format(mentor=self._people[mentor].name)
            if kind == "task" and tasks:
                task = first_task + len(self._tasks)
                self._tasks.append(self._task(said, person, due, ended))
            self._steps.append(
                (plan, place, kind, said, mentor if kind == "mentor" else None, due, task, ended)
            )

    def _task(self, title: str, person: int, due: date, ended: date | None) -> Row:
        return (
            title, "internal", person, None, None, due, "normal", Decimal(2), self._words.done,
            "done" if ended else "assigned", ended, None, None, None, None, None, None,
        )  # fmt: skip


def _rate(won: tuple[int, int] | None) -> Decimal:
    if won is None or not won[1]:
        return Decimal(0)
    return (Decimal(won[0]) / Decimal(won[1])).quantize(Decimal("0.000001"))


def _target(low: Decimal) -> Decimal:
    return (low + max(_AIMS - low, Decimal("0.1")) / 2).quantize(Decimal("0.000001"))


def _shown(value: Decimal) -> str:
    return f"{(value * 100).quantize(Decimal('0.1'))}%"


def rows_of(
    language: str, calendar: Calendar, people: list[Person], deals: list[Deal], first_task: int
) -> tuple[dict[str, list[Row]], list[Row]]:
    """The plans of the sample, and the tasks that belong to them."""
    return Improver(language, calendar, people, deals).all(first_task)
