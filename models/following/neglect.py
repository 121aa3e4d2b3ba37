"""Customers that nobody was in touch with for too long, and those with whom nothing is planned.

Open is a customer that is in use, not lost and not in the pool. How long is too long says the rule
of its grade; without a rule nothing is too long. A next step is a planned follow-up, the day of next
contact, or an open task with a due day; a past one counts too, because it is listed as overdue. The
day on which a deal is expected to close is none: it says what is hoped, not what somebody does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.book import Book
from models.following import known
from models.following.contact import Contact, read_contacts
from models.following.grade_rules import GradeRules
from models.following.known import Known
from models.following.sentences import joined
from models.tasks.states import OPEN_SQL
from models.texts import N_, ntr, tr


@dataclass(frozen=True)
class Neglected:
    """A customer that wasn't contacted for more days than its grade's rule allows."""

    customer: int
    name: str
    grade: str
    owner: int | None
    last: date | None
    by: int | None
    by_name: str
    since: date
    days: int
    limit: int

    @property
    def over(self) -> int:
        """How many days more than allowed."""
        return self.days - self.limit

    def text(self) -> str:
        """Why it is listed, in the current language."""
        return joined((self._last(), self._rule()))

    def _last(self) -> str:
        if self.last is None:
            return ntr(
                "Never contacted in the {n} day since {since}.",
                "Never contacted in the {n} days since {since}.",
                self.days,
                since=self.since.isoformat(),
            )
        if self.by_name:
            return ntr(
                "No contact for {n} day; the last was by {person} on {last}.",
                "No contact for {n} days; the last was by {person} on {last}.",
                self.days,
                last=self.last.isoformat(),
                person=self.by_name,
            )
        return ntr(
            "No contact for {n} day; the last was on {last}.",
            "No contact for {n} days; the last was on {last}.",
            self.days,
            last=self.last.isoformat(),
        )

    def _rule(self) -> str:
        if self.grade:
            return ntr(
                "Grade {grade} is to be contacted every {n} day, so it is {over} over.",
                "Grade {grade} is to be contacted every {n} days, so it is {over} over.",
                self.limit,
                grade=self.grade,
                over=f"{self.over:,}",
            )
        return ntr(
            "It is to be contacted every {n} day, so it is {over} over.",
            "It is to be contacted every {n} days, so it is {over} over.",
            self.limit,
            over=f"{self.over:,}",
        )


@dataclass(frozen=True)
class StepLess:
    """An open customer with whom nothing is planned; ``reason`` says why, where that is right."""

    customer: int
    name: str
    grade: str
    owner: int | None
    last: date | None
    reason: str
    last_said: str  # the next step as the last activity words it: a proposal for the plan

    def text(self) -> str:
        """What is missing, in the current language."""
        if self.reason:
            return tr(N_("Nothing is planned: {reason}"), reason=self.reason)
        return tr(N_("Nothing is planned, and no reason is given."))


def neglected(
    book: Book, on: date, contacts: Mapping[int, Contact] | None = None
) -> tuple[Neglected, ...]:
    """The open customers whose rule asks for more contact than they had, the longest over first.

    ``contacts`` are the last contacts, where they are known already.
    """
    with book.reading() as db:
        rules = GradeRules.read(db)
        if not rules:
            return ()
        people = known.people(db)
        contacts = read_contacts(db, on) if contacts is None else contacts
        listed = [
            one
            for one in known.customers(db, f"{known.OPEN} AND NOT ({known.IN_POOL})")
            if (rule := rules.of(one.grade)) is not None and rule.contact_days is not None
        ]
        silent = [one.id for one in listed if one.id not in contacts and not one.first_contact_on]
        entered = known.entered(db, silent)
    made = []
    for one in listed:
        rule, last = rules.of(one.grade), contacts.get(one.id)
        since = last.day if last else (one.first_contact_on or entered.get(one.id, on))
        days = (on - since).days
        if rule is None or rule.contact_days is None or days <= rule.contact_days:
            continue
        by = last.person if last else None
        made.append(
            Neglected(
                one.id, one.name, one.grade, one.owner, last.day if last else None, by,
                people.get(by or 0, ""), since, days, rule.contact_days,
            )
        )  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-one.over, one.grade or "~", one.customer)))


_NO_STEP = f"""{known.OPEN} AND NOT ({known.IN_POOL}) AND k.next_contact_due IS NULL
    AND k.id NOT IN (SELECT customer FROM follow_up_plan WHERE alive = 1 AND status = 'planned'
        AND customer IS NOT NULL)
    AND k.id NOT IN (SELECT customer FROM task WHERE alive = 1 AND customer IS NOT NULL
        AND due IS NOT NULL AND status IN {OPEN_SQL})"""


def without_step(
    book: Book, on: date, contacts: Mapping[int, Contact] | None = None
) -> tuple[StepLess, ...]:
    """The open customers with whom nothing is planned, by grade; those with a reason last.

    ``contacts`` are the last contacts, where they are known already.
    """
    with book.reading() as db:
        listed = known.customers(db, _NO_STEP)
        contacts = read_contacts(db, on) if contacts is None else contacts
        reasons = dict(
            db.run(
                "SELECT id, no_step_reason FROM customer WHERE alive = 1 AND no_step_reason IS NOT NULL"
            )
        )
        said = dict(
            db.run(
                _SAID,
                (json.dumps([contacts[one.id].activity for one in listed if one.id in contacts]),),
            )
        )
    made = [_step_less(one, contacts, reasons, said) for one in listed]
    return tuple(sorted(made, key=lambda one: (bool(one.reason), one.grade or "~", one.customer)))


_SAID = (
    "SELECT customer, next_step FROM activity WHERE next_step IS NOT NULL "
    "AND id IN (SELECT value FROM json_each(?))"
)


def _step_less(
    one: Known, contacts: Mapping[int, Contact], reasons: dict[int, str], said: dict[int, str]
) -> StepLess:
    last = contacts.get(one.id)
    return StepLess(
        one.id, one.name, one.grade, one.owner, last.day if last else None,
        reasons.get(one.id) or "", said.get(one.id) or "",
    )  # fmt: skip
