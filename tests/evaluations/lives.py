"""A small team lives through cycles at random: late, forgetful, changing its mind, undoing anything.

Every act is one that the program offers; what it refuses must leave the book as it was, what it does must come
back by one undo, and what is sealed must stand through all of it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.book import Book
from models.evaluations import (
    adjusting,
    appeals,
    cycle,
    presenting,
    rating,
    sealing,
    signing,
    stages,
    verifying,
)
from models.evaluations.bands import grouped
from models.evaluations.scoring import scored
from models.growth import plan_acts, plans
from models.refusals import Refused
from tests.evaluations import reviewed

WATCHED = (
    "evaluation", "evaluation_rating", "signature", "appeal", "improvement_plan", "plan_action",
    "evaluation_cycle", "scorecard_item", "opportunity", "salesperson", "task",
)  # fmt: skip
OFTEN = [
    "act_sign_and_seal",
    "act_sign_and_seal",
    "act_seal",
    "act_undo",
    "act_correct",
    "act_appeal",
]
OWN = ("presented",)  # follows from the rest and the moment


class Life:
    """One team and what it does."""

    def __init__(self, place: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self.team = reviewed.made(place)
        self.book: Book = self.team.book
        self.people = [self.team.ann, self.team.bob]
        self.seals: dict[int, bytes] = {}
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        with self.book.change("Teams") as change:
            self.other = change.add("team", {"name": "South", "manager": self.team.boss})

        self.made = self.last()

    def begin(self) -> None:
        """Half of the lives begin with an open cycle, half of these at the talk."""
        if self.dice.random() < 0.8:
            self.act_open()
            if self.dice.random() < 0.7:
                for one in self.book.ids("evaluation"):
                    self.team.at(one, "self_review")
                    self.judge(one, "self")
                    rating.hand_in_self(self.book, one)
                    self.judge(one, "manager")
                    rating.finish_manager(self.book, one)
                    cycle.advance(self.book, one)

    def judge(self, one: int, by: str) -> None:
        for item in (self.team.care, self.team.order):
            level = self.dice.randrange(1, 6)
            rating.rate(self.book, one, item, by, level, "Seen.", self.team.visit)

    # -- the acts --------------------------------------------------------------------------------

    def evaluation(self) -> int:
        found = list(self.book.ids("evaluation"))
        if not found:
            raise Refused("gone", "nothing there")
        return int(self.dice.choice(found))

    def act_open(self) -> None:
        cycle.open_cycle(self.book, self.team.cycle)

    def act_advance(self) -> None:
        cycle.advance(self.book, self.evaluation())

    def act_advance_all(self) -> None:
        cycle.advance_all(self.book, self.team.cycle)

    def act_back(self) -> None:
        to = self.dice.choice(stages.ORDER[:6])
        cycle.back(self.book, self.evaluation(), to, self.dice.choice(["", "Look again."]))

    def act_rate(self) -> None:
        by = self.dice.choice(["self", "manager", "manager", "peer"])
        rater = self.dice.choice([None, self.team.bob, self.team.ann])
        item = self.dice.choice([self.team.care, self.team.order, self.team.amount])
        cited = self.dice.choice(["", self.team.visit, "XX-1"])
        level = self.dice.choice([None, 1, 3, 4, 5, 6])
        rating.rate(self.book, self.evaluation(), item, by, level, "Seen.", cited, rater=rater)

    def act_judge_all(self) -> None:
        self.judge(self.evaluation(), self.dice.choice(["self", "manager"]))

    def act_hand_in(self) -> None:
        rating.hand_in_self(self.book, self.evaluation())

    def act_waive(self) -> None:
        cycle.go_on_without_self(self.book, self.evaluation(), self.dice.choice(["", "Ill."]))

    def act_finish(self) -> None:
        rating.finish_manager(self.book, self.evaluation())

    def act_adjust(self) -> None:
        adjusting.adjust(
            self.book, self.evaluation(), Decimal(self.dice.randrange(-3, 4)), "Compared."
        )

    def act_present(self) -> None:
        presenting.present(self.book, self.evaluation(), score=scored)

    def act_sign(self) -> None:
        who = self.dice.choice([*self.people, self.team.boss])
        signing.sign(
            self.book, self.evaluation(), who, agrees=self.dice.random() < 0.8, comment="Read.",
            anyway=self.dice.random() < 0.3, score=scored,
        )  # fmt: skip

    def act_sign_both(self) -> None:
        self.sign_both(self.evaluation())

    def sign_both(self, one: int) -> None:
        record = self.book.record("evaluation", one)
        for who in (record["person"], record["manager"]):
            if who is not None:
                signing.sign(self.book, one, who.id, score=grouped)

    def act_seal(self) -> None:
        self.seal(self.evaluation())

    def act_sign_and_seal(self) -> None:
        one = self.evaluation()
        self.sign_both(one)
        self.seal(one)

    def seal(self, one: int) -> None:
        self.seals[one] = sealing.seal(self.book, one).content

    def act_appeal(self) -> None:
        one = self.evaluation()
        person = self.book.record("evaluation", one)["person"]
        appeals.file(self.book, one, person.id, self.dice.choice(["", "I see it otherwise."]))

    def act_answer(self) -> None:
        found = self.book.ids("appeal")
        if found:
            outcome = self.dice.choice(["upheld", "corrected"])
            appeals.answer(self.book, self.dice.choice(found), "Looked at.", outcome)

    def act_close(self) -> None:
        found = self.book.ids("appeal")
        if found:
            appeals.close(self.book, self.dice.choice(found))

    def act_correct(self) -> None:
        appeals.correct(self.book, self.evaluation(), "A deal was missing.")

    def act_deal(self) -> None:
        day = date(2024, self.dice.randrange(1, 4), self.dice.randrange(1, 28))
        values = {
            "name": "Deal", "owner": self.dice.choice(self.people), "opened_on": date(2024, 1, 1),
            "closed_on": day, "amount": self.dice.randrange(100, 9000), "status": self.dice.choice(["won", "lost"]),
        }  # fmt: skip
        self.team.add("opportunity", values)

    def act_change_deal(self) -> None:
        found = self.book.ids("opportunity")
        if found:
            self.book.set(
                "opportunity", self.dice.choice(found), {"amount": self.dice.randrange(9000)}
            )

    def act_remove(self) -> None:
        entity = self.dice.choice(
            ["opportunity", "evaluation", "evaluation_rating", "signature", "improvement_plan", "activity", "salesperson"]
        )  # fmt: skip
        found = self.book.ids(entity)
        if found:
            with self.book.change("Remove") as change:
                change.remove(entity, [self.dice.choice(found)])

    def act_move(self) -> None:
        self.book.set("salesperson", self.dice.choice(self.people), {"team": self.other})

    def act_leave(self) -> None:
        status = self.dice.choice(["left", "active"])
        self.book.set("salesperson", self.dice.choice(self.people), {"status": status})

    def act_plan(self) -> None:
        found = scored(self.book, self.team.cycle)
        one = self.dice.choice(found) if found else None
        if one is not None and (proposed := plans.propose(self.book, one, found).proposals):
            plan_acts.accept(self.book, proposed)

    def act_decide(self) -> None:
        found = self.book.ids("improvement_plan")
        if found:
            row = self.dice.choice(found)
            verdict = self.dice.choice(["met", "partly", "not_met", "continued"])
            plan_acts.decide(self.book, row, verdict, self.dice.choice(["", "It shows."]))

    def act_undo(self) -> None:
        last = self.last()
        if last > self.made:
            self.book.undo(self.dice.randrange(self.made + 1, last + 1))

    def act_redo(self) -> None:
        self.book.redo()

    # -- one step and what holds -------------------------------------------------------------------

    def rows(self) -> dict[str, Any]:
        """What stands in the book, by table."""
        made = {}
        for table in WATCHED:
            columns = [one[1] for one in self.book.connection().run(f"PRAGMA table_info({table})")]
            listed = ", ".join(f'"{one}"' for one in columns if one not in OWN)
            # A record that came and went again keeps its row, but nothing of it is left.
            made[table] = self.book.connection().run(
                f"SELECT {listed} FROM {table} WHERE alive IS NOT NULL ORDER BY id"
            )
        return made

    def step(self) -> None:
        """Do something, or be refused; then look at what must hold."""
        acts = [one for one in dir(self) if one.startswith("act_")] + OFTEN
        name = self.dice.choice(acts)
        before, number = self.rows(), self.last()
        code = refusal(getattr(self, name))
        if not code:
            self.done[name] += 1
            self.back_and_forth(name, before, number)
        elif name not in (
            "act_judge_all",
            "act_sign_both",
            "act_sign_and_seal",
        ):  # several changes of their own
            assert self.last() == number, (name, code)
            assert self.rows() == before, (name, code)
        self.refused[code] += 1
        self.holds(name)

    def last(self) -> int:
        return int(self.book.connection().one("SELECT coalesce(max(id), 0) FROM change"))

    def back_and_forth(self, name: str, before: dict[str, Any], number: int) -> None:
        """One undo of one change brings back what was, one redo what came."""
        now = self.last()
        if now != number + 1 or name in ("act_undo", "act_redo") or self.dice.random() > 0.4:
            return
        after = self.rows()
        if code := refusal(lambda: self.book.undo(now)):
            assert code == "sealed", (name, code)
            return
        assert self.rows() == before, name
        self.book.redo(now)
        assert self.rows() == after, name

    def holds(self, name: str) -> None:
        found = verifying.verify(self.book)
        assert found.ok, (name, found)
        assert {one.evaluation: one.content for one in sealing.every(self.book)} == self.seals, name
        db = self.book.connection()
        for row in self.seals:
            status = db.one("SELECT status FROM evaluation WHERE id = ? AND alive = 1", (row,))
            assert status in ("signed", "archived"), (name, status)
        told = cycle.status_of(self.book, self.team.cycle)
        least = stages.least(
            one for (one,) in db.run(
                "SELECT v.status FROM evaluation v WHERE v.alive = 1 AND v.cycle = ? AND NOT EXISTS "
                "(SELECT 1 FROM evaluation l WHERE l.alive = 1 AND l.replaces = v.id)", (self.team.cycle,)
            )
        )  # fmt: skip
        assert least is None or told == least, (name, told, least)
        ended = "status IN ('met', 'partly', 'not_met', 'closed')"
        wordless = f"SELECT id FROM improvement_plan WHERE alive = 1 AND {ended} AND (verdict IS NULL OR verdict_words IS NULL)"
        assert not db.run(wordless), name


def refusal(act: Callable[[], object]) -> str:
    """The code by which something is refused; "" if it is done."""
    try:
        act()
    except Refused as refused:
        return refused.code
    return ""
