"""A workbook that came back, or what stayed open of one: its lines and what was decided of them so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from models.texts import N_, ntr, tr
from models.workbooks.items import LEAVE, MINE, OTHER, THEIRS, Decision, Merged
from ui.pages.workbook_entries import JOIN, PROBLEM, Entry

READING, READY, WRITING, DONE, FAILED = "reading", "ready", "writing", "done", "failed"


@dataclass
class Slip:
    """One line of the list at the left.

    ``workbook`` and ``person`` are rows (0: nobody, unknown); of decisions that stayed open there is
    no ``path`` and no ``merged``. ``said`` is why it can't be read, or what applying it did; ``change``
    the change that did it.
    """

    path: Path | None
    state: str = READING
    merged: Merged | None = None
    entries: Sequence[Entry] = ()
    workbook: int = 0
    person: int = 0
    name: str = ""  # of the person
    issued_at: str = ""  # a moment in UTC (ISO)
    since: int = 0  # the change with which it left
    said: str = ""
    change: int = 0
    decisions: dict[str, Decision] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """By what it is found again."""
        return str(self.path) if self.path is not None else f"open {self.workbook}"

    @property
    def title(self) -> str:
        """Whose it is; of a file that can't be read its name."""
        return self.name or (self.path.name if self.path is not None else tr(N_("Workbook")))

    @property
    def issued_on(self) -> date | None:
        """The day on which it left, here."""
        return _day_of(self.issued_at)

    # -- what is decided ---------------------------------------------------------------------------

    def entry(self, id: str) -> Entry | None:
        """A line by its id."""
        return next((one for one in self.entries if one.id == id), None)

    def taken(self, entry: Entry) -> str:
        """What is decided of a line: MINE, THEIRS, OTHER, or LEAVE for what is not decided yet."""
        decision = self.decisions.get(entry.id)
        return decision.take if decision else (LEAVE if entry.asked else THEIRS)

    def decide(self, entry: Entry, take: str, value: str = "") -> bool:
        """Decide a line, its comment stays; False where that makes no sense of it."""
        if take not in entry.can:
            return False
        if take == JOIN:
            take, value = OTHER, entry.joined
        comment = self.comment(entry)
        usual = LEAVE if entry.asked else THEIRS
        if not entry.asked and take == LEAVE:
            take = THEIRS
        if take == usual and not comment:
            self.decisions.pop(entry.id, None)
        else:
            self.decisions[entry.id] = Decision(take, value, comment)
        return True

    def comment(self, entry: Entry) -> str:
        """What the salesperson is told about a line."""
        decision = self.decisions.get(entry.id)
        return decision.comment if decision else ""

    def say(self, entry: Entry, comment: str) -> None:
        """Write the comment on a line."""
        decision = self.decisions.get(entry.id)
        take, value = (decision.take, decision.value) if decision else (self.taken(entry), "")
        self.decisions[entry.id] = Decision(take, value, comment.strip())
        self.decide(entry, take, value)  # one that says nothing is none

    def accept_safe(self) -> None:
        """Take every safe line again that was declined."""
        for one in self.entries:
            if not one.asked and one.what != PROBLEM:
                self.decide(one, THEIRS)

    # -- counts ------------------------------------------------------------------------------------

    @property
    def changes(self) -> int:
        """How many things it says that the book does not."""
        return sum(one.what != PROBLEM for one in self.entries)

    @property
    def problems(self) -> int:
        """How many things are only told."""
        return len(self.entries) - self.changes

    @property
    def safe(self) -> int:
        """How many lines are taken without a question."""
        return sum(not one.asked and one.what != PROBLEM for one in self.entries)

    @property
    def undecided(self) -> int:
        """How many lines wait for a decision."""
        return sum(one.asked and self.taken(one) == LEAVE for one in self.entries)

    @property
    def declined(self) -> int:
        """How many safe lines are not taken."""
        return sum(
            not one.asked and one.what != PROBLEM and self.taken(one) == MINE
            for one in self.entries
        )

    @property
    def ready(self) -> bool:
        """Whether it can be applied."""
        return self.state == READY

    # -- words -------------------------------------------------------------------------------------

    def issued_text(self, on: date) -> str:
        """When it left, and how long ago that is."""
        if self.issued_on is None:
            return ""
        days = (on - self.issued_on).days
        age = ntr("{n} day old", "{n} days old", days) if days > 0 else tr(N_("today"))
        return tr(N_("issued {day}, {age}"), day=self.issued_on.isoformat(), age=age)

    def counts_text(self) -> str:
        """How much it says and what waits."""
        counted = self.changes if self.path is not None else 0
        parts = [ntr("{n} change", "{n} changes", counted)] if counted else []
        if self.undecided:
            parts.append(ntr("{n} to decide", "{n} to decide", self.undecided))
        if self.problems:
            parts.append(ntr("{n} problem", "{n} problems", self.problems))
        return " · ".join(parts)

    def state_text(self) -> str:
        """How far it is."""
        match self.state:
            case "reading":
                return tr(N_("Reading…"))
            case "writing":
                return tr(N_("Writing…"))
            case "done":
                return tr(N_("Applied")) if self.change else tr(N_("Nothing to apply"))
            case "failed":
                return tr(N_("Not read"))
        if self.path is None:
            return tr(N_("Open decisions"))
        if not self.changes:
            return self._nothing_text()
        return tr(N_("To decide")) if self.undecided else tr(N_("Ready"))

    def _nothing_text(self) -> str:
        merged = self.merged
        if merged is not None and merged.older:
            return tr(N_("Older"))
        return (
            tr(N_("Came before")) if merged is not None and merged.again else tr(N_("Nothing new"))
        )


def _day_of(moment: str) -> date | None:
    """The local day of a moment in UTC; None where it is none."""
    try:
        return datetime.fromisoformat(moment).astimezone().date()
    except ValueError:
        return None
