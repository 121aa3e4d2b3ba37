"""One person in a cycle as screens see them, and what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.evaluations import stages
from models.evaluations.asking import NOBODY_ASKED, Answers
from models.evaluations.result import Scored

# What can be done with one person's evaluation; the first that is offered is the next step.
ADVANCE, SELF, HAND_IN, WAIVE, JUDGE, FINISH, ASK, PEER = (
    "advance", "self", "hand_in", "waive", "judge", "finish", "ask", "peer",
)  # fmt: skip
NAME, PRESENT, SIGN_SELF, SIGN_MANAGER, SEAL, LATER, APPEAL, ANSWER, BACK, PAPER = (
    "name", "present", "sign_self", "sign_manager", "seal", "later", "appeal", "answer", "back", "paper",
)  # fmt: skip


@dataclass(frozen=True)
class Signed:
    """One signature: who, as what (``self`` or ``manager``), when, and whether they agree."""

    name: str
    signed_as: str
    at: str
    agrees: bool
    comment: str
    digest: str


@dataclass(frozen=True)
class Objection:
    """One appeal."""

    row: int
    status: str
    reason: str
    answer: str
    outcome: str
    due: date | None


@dataclass(frozen=True)
class Standing:
    """One person of a cycle. ``evaluation`` is None before the cycle is opened for them."""

    person: int
    evaluation: int | None
    scored: Scored
    stage: str = stages.PLANNED
    missing: tuple[str, ...] = ()
    by: str = ""
    due: date | None = None
    late: int = 0
    manager: str = ""
    handed_in: bool = False
    self_score: Decimal | None = None
    manager_score: Decimal | None = None
    presented: str = ""
    signed: tuple[Signed, ...] = ()
    sealed: bool = False
    moved: tuple[str, ...] = ()  # what the records say otherwise than what lies before both
    appeals: tuple[Objection, ...] = ()
    levels_missing: bool = False
    colleagues: Answers = NOBODY_ASKED  # how far those are who were asked
    group: str = ""  # who shares one can't be told apart by the data
    apart: str = ""  # where they stand among the others, in words
    low: Decimal | None = None  # the bar for comparing: whose bars touch can't be told apart
    high: Decimal | None = None
    compared: Decimal | None = None  # the points before caps, where these took something off

    @property
    def open_appeal(self) -> Objection | None:
        """The appeal that waits for an answer."""
        return next((one for one in self.appeals if one.status == "filed"), None)

    def steps(self) -> tuple[str, ...]:
        """What can be done now, the next step first; nothing before the cycle is opened."""
        if self.evaluation is None:
            return ()
        name = () if self.manager or self.sealed else (NAME,)
        more = (BACK, PAPER) if stages.is_before(self.stage, stages.SIGNED) else (PAPER,)
        early = stages.is_before(self.stage, stages.MANAGER_REVIEW)
        return (*self._next(), *name, *more) if early else (*name, *self._next(), *more)

    def _next(self) -> tuple[str, ...]:
        later = (LATER,) if self.sealed else ()
        answer = (ANSWER,) if self.open_appeal else ()
        match self.stage:
            case stages.PLANNED | stages.GOAL_SETTING | stages.RUNNING:
                return (ADVANCE,)
            case stages.SELF_REVIEW:
                own = (SELF, HAND_IN) if self.levels_missing else (HAND_IN, SELF)
                return (*own, WAIVE, ASK, *((PEER,) if self.colleagues.asked else ()))
            case stages.MANAGER_REVIEW:
                own = (JUDGE, FINISH) if self.levels_missing else (FINISH, JUDGE)
                return (*own, ASK, PEER)
            case stages.CALIBRATION:
                return (ADVANCE, PEER)
            case stages.TALK:
                return self._signing()
            case stages.SIGNED:
                return (*answer, *later, APPEAL, *(() if answer else (ADVANCE,)))
        return (*answer, *later)

    def _signing(self) -> tuple[str, ...]:
        if not self.presented:
            return (PRESENT,)
        done = {one.signed_as for one in self.signed}
        left = [
            step
            for step, side in ((SIGN_SELF, "self"), (SIGN_MANAGER, "manager"))
            if side not in done
        ]
        return (*left, PRESENT) if left else (SEAL, PRESENT)
