"""Every act with evaluations, growth and what customers say, in the order in which a quarter brings them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import models
from models.evaluations import (
    adjusting,
    appeals,
    asking,
    backtest,
    cycle,
    presenting,
    rating,
    sealing,
    signing,
    versions,
)
from models.evaluations.rule_changes import RuleChange
from models.growth import feedback, plan_acts, recognition, talks
from models.growth.plans import Proposal
from models.growth.talks import NewPromise
from models.satisfaction import recording, themes
from tests.evaluations.reviewed import Team

TODAY = date.today()
_FOLDERS = ("evaluations", "growth", "satisfaction")


@dataclass(frozen=True)
class Act:
    """``does`` is the act as one call; ``says`` stands in the history; ``stays``: no undo reaches it."""

    named: str
    says: tuple[str, ...]
    does: Callable[[], Any]
    stays: bool = False


@dataclass
class Course:
    """The acts over one team's book; what one makes the next ones use."""

    team: Team
    made: dict[str, Any] = field(default_factory=dict)

    def acts(self) -> Iterator[Act]:
        """One after the other: each is to be done before the next is asked for."""
        yield from self._cycle()
        yield from self._signed()
        yield from self._growth()
        yield from self._customers()

    def _keep(self, name: str, work: Callable[[], Any]) -> Callable[[], Any]:
        def do() -> None:
            self.made[name] = work()

        return do

    def _cycle(self) -> Iterator[Act]:
        team, book = self.team, self.team.book
        yield Act(
            "cycle.open_cycle", ("Q1", "3 people"), lambda: cycle.open_cycle(book, team.cycle)
        )
        ann, bob = team.evaluation(team.ann), team.evaluation(team.bob)
        yield Act("cycle.advance", ("Ann", "Running"), lambda: cycle.advance(book, ann))
        yield Act(
            "cycle.advance_all", ("Bob", "Carol"), lambda: cycle.advance_all(book, team.cycle)
        )
        yield Act(
            "cycle.advance_all",
            ("3 people", "Self-review"),
            lambda: cycle.advance_all(book, team.cycle),
        )
        yield Act("rating.rate", ("Ann",), lambda: rating.rate(book, ann, team.care, "self", 5))
        given = (rating.Given(team.order, 4, "good"),)
        yield Act(
            "rating.hand_in_self",
            ("handed in", "Ann"),
            lambda: rating.hand_in_self(book, ann, given),
        )
        asked = [team.ann]
        yield Act("asking.ask", ("Bob",), lambda: asking.ask(book, bob, asked))
        yield Act("asking.take_back", ("Bob",), lambda: asking.take_back(book, bob, team.ann))
        yield Act("asking.choose", ("Bob",), lambda: asking.choose(book, bob, asked))
        yield Act("rating.waive_self", ("Bob",), lambda: rating.waive_self(book, bob, "on leave"))
        yield Act(
            "cycle.back", ("Ann", "too short"),
            lambda: cycle.back(book, ann, "self_review", "too short"),
        )  # fmt: skip
        yield Act(
            "cycle.go_on_without_self", ("Ann",), lambda: cycle.go_on_without_self(book, ann, "ill")
        )
        yield Act(
            "rating.rate", ("Ann", "colleague"),
            lambda: rating.rate(book, ann, team.care, "peer", 4, rater=team.bob),
        )  # fmt: skip
        judged = (
            rating.Given(team.care, 3, "often", team.visit), rating.Given(team.order, 4),
        )  # fmt: skip
        yield Act(
            "rating.finish_manager", ("finished", "Ann"),
            lambda: rating.finish_manager(book, ann, judged),
        )  # fmt: skip
        yield Act(
            "adjusting.adjust", ("Ann", "1.50"),
            lambda: adjusting.adjust(book, ann, Decimal("1.5"), "new area"),
        )  # fmt: skip
        yield Act("cycle.advance", ("Ann", "Talk"), lambda: cycle.advance(book, ann))
        yield Act("versions.new_version", ("Sales",), lambda: versions.new_version(book, team.card))

        def adopt() -> int:
            changes = [RuleChange("scorecard_item", "Care", "anchors", "1: no\n5: yes")]
            return backtest.adopt(book, team.card, changes, TODAY)

        yield Act("backtest.adopt", ("Sales",), adopt)

    def _signed(self) -> Iterator[Act]:
        team, book = self.team, self.team.book
        ann = team.evaluation(team.ann)
        yield Act("presenting.present", ("Ann",), lambda: presenting.present(book, ann))
        yield Act("signing.sign", ("Ann",), lambda: signing.sign(book, ann, team.ann))
        yield Act("signing.sign", ("Carol", "Ann"), lambda: signing.sign(book, ann, team.boss))
        yield Act("sealing.seal", ("Ann", "Q1"), lambda: sealing.seal(book, ann), stays=True)
        yield Act(
            "appeals.file", ("Ann",),
            self._keep("appeal", lambda: appeals.file(book, ann, team.ann, "a deal is missing")),
        )  # fmt: skip
        first = self.made["appeal"]
        yield Act(
            "appeals.answer",
            ("Ann",),
            lambda: appeals.answer(book, first, "it counts later", "upheld"),
        )
        yield Act("appeals.close", ("Ann",), lambda: appeals.close(book, first))
        yield Act(
            "appeals.correct", ("Ann", "Q1"),
            self._keep("version", lambda: appeals.correct(book, ann, "a deal was missing")),
        )  # fmt: skip
        version = self.made["version"]
        yield Act("signing.sign", ("Ann",), lambda: signing.sign(book, version, team.ann))

    def _growth(self) -> Iterator[Act]:
        team, book = self.team, self.team.book

        def proposal(person: int, title: str) -> Proposal:
            ends = TODAY + timedelta(days=30)
            return Proposal(
                person,
                title,
                None,
                None,
                "won_amount",
                Decimal(1),
                Decimal(2),
                "",
                "calls",
                TODAY,
                ends,
            )

        ask = [proposal(team.ann, "More calls"), proposal(team.bob, "More visits")]
        yield Act(
            "plan_acts.save", ("Ann", "Bob"), self._keep("plans", lambda: plan_acts.save(book, ask))
        )
        plans = self.made["plans"]
        yield Act(
            "plan_acts.accept", ("Carol",),
            lambda: plan_acts.accept(book, [proposal(team.boss, "Fewer meetings")]),
        )  # fmt: skip
        yield Act("plan_acts.agree", ("Ann", "Bob"), lambda: plan_acts.agree(book, plans))
        yield Act("plan_acts.start", ("Ann", "Bob"), lambda: plan_acts.start(book, plans))
        later = TODAY + timedelta(days=31)
        yield Act(
            "plan_acts.decide", ("More calls", "Ann"),
            lambda: plan_acts.decide(book, plans[0], "met", "it was reached", Decimal(2), later),
        )  # fmt: skip
        yield Act("plan_acts.close", ("Ann",), lambda: plan_acts.close(book, plans[:1], later))
        yield Act(
            "plan_acts.decide", ("More visits", "Bob"),
            lambda: plan_acts.decide(book, plans[1], "continued", "nearly", Decimal(1), later),
        )  # fmt: skip
        said = {
            "person": team.ann,
            "situation": "S",
            "behaviour": "B",
            "impact": "I",
            "next_step": "N",
        }
        yield Act("feedback.give", ("Ann",), lambda: feedback.give(book, said, as_task=True))
        value = team.add("cultural_value", {"name": "Customers first"})
        seen = {"person": team.bob, "title": "Well done", "value": value, "cites": team.visit}
        yield Act(
            "recognition.award", ("Bob",), lambda: recognition.award(book, seen, announce=True)
        )
        yield Act(
            "talks.plan", ("Ann",),
            self._keep("talk", lambda: talks.plan(book, team.ann, TODAY + timedelta(days=2))),
        )  # fmt: skip
        yield Act(
            "talks.hold", ("Ann",),
            lambda: talks.hold(
                book, team.ann, TODAY, talk=self.made["talk"], shared="x", made=[NewPromise(talks.PERSON, "Calls")]
            ),
        )  # fmt: skip
        [promise] = book.ids("promise")
        yield Act("talks.settle", ("Calls",), lambda: talks.settle(book, promise, kept=True))

    def _customers(self) -> Iterator[Act]:
        book = self.team.book
        answer = {"customer": "C001", "score": "4", "comment": "交货慢，价格贵"}

        def record() -> int:
            return recording.record(book, answer)

        yield Act("recording.record", ("C001",), record)
        yield Act("themes.take", ("1 record",), lambda: themes.take(book))
        yield Act("recording.record", ("C001",), self._keep("answer", record))
        key = ("survey_response", self.made["answer"])
        yield Act("themes.tag", ("1 record",), lambda: themes.tag(book, {key: ["delivery"]}))


def known() -> set[str]:
    """The public acts that there are: functions that open the door, or call one in their module that does."""
    made = set()
    for folder in _FOLDERS:
        for path in (Path(models.__file__).parent / folder).glob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
            opening = {name for name, one in functions.items() if _opens(one)}
            calling = {name for name, one in functions.items() if _calls(one) & opening}
            made |= {f"{path.stem}.{one}" for one in opening | calling if not one.startswith("_")}
    return made


def _opens(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.Call) and ast.unparse(one.func).endswith("book.change")
        for one in ast.walk(function)
    )


def _calls(function: ast.FunctionDef) -> set[str]:
    return {
        one.func.id
        for one in ast.walk(function)
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)
    }
