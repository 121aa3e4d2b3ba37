"""One thing that needs somebody: what a source finds, and the line that it becomes.

A source gives ``Found``: only what orders and counts it, and the facts from which its words are made.
Words are made for those alone that are shown, because a book may have thousands of others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from models.texts import N_, tr

NOW, TODAY, SOON, NOTE = "now", "today", "soon", "note"
# Classes of consequence, the worst first.
SEVERITIES = (NOW, TODAY, SOON, NOTE)
_SEVERITY_TEXTS = {
    NOW: N_("At once"),
    TODAY: N_("Due today"),
    SOON: N_("These days"),
    NOTE: N_("Good to know"),
}
# What one can do about a line; there is one for each.
_ACTION_TEXTS = {
    "contact": N_("Log contact"),
    "open": N_("Open the record"),
    "answer": N_("Answer…"),
    "assign": N_("Assign…"),
    "approve": N_("Decide…"),
    "double": N_("Compare…"),
    "accept": N_("Accept"),
    "plan": N_("Plan contact…"),
    "renew": N_("Plan renewal…"),
    "congratulate": N_("Congratulate"),
    "remind": N_("Remind"),
    "rule": N_("Rule…"),
    "list": N_("Show list"),
    "review": N_("Review…"),
    "nudge": N_("Copy reminder"),
    "issue": N_("Issue…"),
    "feedback": N_("Give feedback…"),
    "verdict": N_("Verdict…"),
}


def severity_text(code: str) -> str:
    """What a class of consequence is called."""
    return tr(_SEVERITY_TEXTS[code])


def action_text(code: str) -> str:
    """What a button of an action says."""
    return tr(_ACTION_TEXTS[code])


class Record(NamedTuple):
    """A record that a line is about."""

    entity: str
    row: int


class Found(NamedTuple):
    """What a source found.

    ``person`` is who does it today, 0 for nobody; ``owner`` whose it is. ``amount`` is the money at
    stake in millionths; ``late`` the days since it was due, below 0 those until it is.
    """

    kind: str
    records: tuple[Record, ...]
    severity: str
    action: str
    person: int = 0
    owner: int = 0
    amount: int = 0
    late: int = 0
    grade: str = ""
    facts: tuple[Any, ...] = ()
    mark: str = ""  # tells two things of one kind about one record apart

    @property
    def id(self) -> str:
        """What it is known by, from one reading to the next."""
        entity, row = self.records[0] if self.records else ("", 0)
        return ":".join(one for one in (self.kind, f"{entity}/{row}", self.mark) if one)


@dataclass(frozen=True)
class Line:
    """A line as it is shown: in words, in the language in which it was asked for.

    ``more`` is above 0 for a line that stands for so many others of its kind; its records are theirs.
    """

    id: str
    kind: str
    severity: str
    title: str
    reason: str
    action: str
    records: tuple[Record, ...]
    person: int = 0
    person_name: str = ""
    amount: int = 0
    late: int = 0
    more: int = 0
    owner: int = 0

    @property
    def record(self) -> Record | None:
        """The record that it is about first."""
        return self.records[0] if self.records else None

    @property
    def dated(self) -> bool:
        """Whether it is older than the day."""
        return self.late > 0


class Count(NamedTuple):
    """How many things somebody has, 0 standing for nobody, and the worst class among them."""

    person: int
    name: str
    n: int
    worst: str
