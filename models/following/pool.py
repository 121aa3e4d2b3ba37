"""The customer pool (公海): who is in it, who falls into it by the rules, and who stays and why.

The rule of a customer's grade counts days without contact. They run from the last contact, from the
day on which the present owner got the customer, or from the last time that it was picked from the pool
or assigned, whichever is latest; without any of them from the day of first contact, else from the day
on which it was entered. Customers that are not in use or lost don't fall, nor does who has a reason to
stay: an open deal, where the rule says so; a contract that runs, or ended not longer ago than the rule
keeps; the mark “never to the pool”.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.book import Book
from models.dialects import Connection
from models.following import known
from models.following.contact import Contact, read_contacts
from models.following.grade_rules import GradeRules, Rule
from models.following.known import Known
from models.following.sentences import joined
from models.texts import N_, ntr, tr

# What a customer of the pool is worth as a chance; 1 is an ordinary one.
WORTH = {"A": Decimal(3), "B": Decimal(2), "C": Decimal(1), "D": Decimal("0.5")}
FALLS, ABOUT, SAFE, STAYS = "falls", "about", "safe", "stays"


def worth(grade: str | None) -> Decimal:
    """What a customer of a grade is worth as a chance."""
    return WORTH.get(grade or "", Decimal(1))


@dataclass(frozen=True)
class Stay:
    """A reason to stay: ``deal`` with its name, ``contract`` with the day until which it keeps, ``kept``."""

    kind: str
    about: str = ""

    def text(self) -> str:
        """The reason in the current language."""
        if self.kind == "deal":
            return tr(N_("It stays: there is an open deal, {deal}."), deal=self.about)
        if self.kind == "contract":
            if not self.about:
                return tr(N_("It stays: there is a contract without an end."))
            return tr(N_("It stays until {day} because of its contract."), day=self.about)
        return tr(N_("It stays: it is marked never to go to the pool."))


@dataclass(frozen=True)
class Standing:
    """How an owned customer stands by the rule of its grade on a day."""

    customer: int
    name: str
    grade: str
    owner: int
    owner_name: str
    since: date
    because: str  # contact | given | first | entered: what the days are counted from
    days: int
    days_left: int
    falls_on: date
    state: str
    stays: tuple[Stay, ...]
    rule: Rule

    def text(self) -> str:
        """Days, rule and reasons to stay, in the current language."""
        return joined((self._silence(), self._rule(), self._left(), *(one.text() for one in self.stays)))  # fmt: skip

    def _silence(self) -> str:
        since = self.since.isoformat()
        if self.because == "contact":
            return ntr("No contact for {n} day, since {since}.", "No contact for {n} days, since {since}.", self.days, since=since)  # fmt: skip
        if self.because == "given":
            return ntr("With {person} for {n} day without contact, since {since}.", "With {person} for {n} days without contact, since {since}.", self.days, since=since, person=self.owner_name)  # fmt: skip
        return ntr("Never contacted in the {n} day since {since}.", "Never contacted in the {n} days since {since}.", self.days, since=since)  # fmt: skip

    def _rule(self) -> str:
        days = self.rule.pool_days or 0
        if self.grade:
            return ntr("Grade {grade} goes to the pool after {n} day.", "Grade {grade} goes to the pool after {n} days.", days, grade=self.grade)  # fmt: skip
        return ntr("It goes to the pool after {n} day.", "It goes to the pool after {n} days.", days)  # fmt: skip

    def _left(self) -> str:
        if self.stays:
            return ""
        if self.days_left > 0:
            return ntr("{n} day is left.", "{n} days are left.", self.days_left)
        if self.days_left == 0:
            return tr(N_("It falls today."))
        return ntr("It should have gone {n} day ago.", "It should have gone {n} days ago.", -self.days_left)  # fmt: skip


@dataclass(frozen=True)
class Pooled:
    """A customer in the pool."""

    customer: int
    name: str
    grade: str
    since: date | None
    last_owner: int | None
    last_owner_name: str
    last_contact: date | None
    reason: str

    @property
    def worth(self) -> Decimal:
        """What it is worth as a chance."""
        return worth(self.grade)


class Pool:
    """The pool and the standing of every owned customer, as the book is, counted on a day.

    ``among`` asks about some customers only; ``contacts`` are the last contacts, where they are known
    already.
    """

    def __init__(
        self,
        book: Book,
        on: date,
        among: Collection[int] | None = None,
        contacts: Mapping[int, Contact] | None = None,
    ) -> None:
        self.on = on
        with book.reading() as db:
            self.rules = GradeRules.read(db)
            self._people = known.people(db)
            self._contacts = read_contacts(db, on, among) if contacts is None else contacts
            self.standings = self._standings(db, among)
            self.in_pool = self._in_pool(db, among)
            self.unowned = tuple(
                known.customers(
                    db,
                    f"{known.OPEN} AND k.owner IS NULL AND k.pool_status IS NOT 'pool'"
                    f"{_some(among)}",
                )
            )

    @property
    def falling(self) -> tuple[Standing, ...]:
        """Those that go to the pool now."""
        return tuple(one for one in self.standings if one.state == FALLS)

    @property
    def about_to_fall(self) -> tuple[Standing, ...]:
        """Those that will within the days of which their rule warns."""
        return tuple(one for one in self.standings if one.state == ABOUT)

    @property
    def staying(self) -> tuple[Standing, ...]:
        """Those whose time is over or nearly so, but who have a reason to stay."""
        return tuple(
            one
            for one in self.standings
            if one.state == STAYS and one.days_left <= one.rule.warn_days
        )

    def _standings(self, db: Connection, among: Collection[int] | None) -> tuple[Standing, ...]:
        listed = [
            (one, rule)
            for one in known.customers(db, f"{known.OPEN} AND k.owner IS NOT NULL{_some(among)}")
            if (rule := self.rules.of(one.grade)) is not None and rule.pool_days is not None
        ]
        given = _given(db, self.on)
        bare = [
            one.id
            for one, _ in listed
            if one.id not in self._contacts and one.id not in given and not one.first_contact_on
        ]
        entered = known.entered(db, bare)
        stays = _Stays(db, self.on)
        made = [
            self._standing(one, rule, _counted(one, self._contacts, given, entered, self.on), stays)
            for one, rule in listed
        ]
        return tuple(
            sorted(made, key=lambda one: (one.state == STAYS, one.days_left, one.customer))
        )

    def _standing(
        self, one: Known, rule: Rule, counted: tuple[date, str], stays: _Stays
    ) -> Standing:
        since, because = counted
        falls_on = since + timedelta(days=rule.pool_days or 0)
        left = (falls_on - self.on).days
        reasons = stays.of(one, rule)
        state = SAFE if left > rule.warn_days else ABOUT if left > 0 else FALLS
        if reasons:
            state = STAYS
        owner = one.owner or 0
        return Standing(
            one.id, one.name, one.grade, owner, self._people.get(owner, ""), since, because,
            (self.on - since).days, left, falls_on, state, reasons, rule,
        )  # fmt: skip

    def _in_pool(self, db: Connection, among: Collection[int] | None) -> tuple[Pooled, ...]:
        into = {
            customer: (known.day_of(day), person, reason or "")
            for customer, day, person, reason in db.run(
                "SELECT customer, max(moved_on), person, reason FROM pool_move WHERE alive = 1 "
                "AND kind IN ('recycled', 'released') AND moved_on <= ? GROUP BY customer",
                (self.on.isoformat(),),
            )
        }
        made = []
        for one in known.customers(db, f"coalesce(k.active, 1) = 1 AND {known.IN_POOL}{_some(among)}"):  # fmt: skip
            day, person, reason = into.get(one.id, (None, None, ""))
            contact = self._contacts.get(one.id)
            made.append(
                Pooled(
                    one.id, one.name, one.grade, day, person, self._people.get(person or 0, ""),
                    contact.day if contact else None, reason,
                )
            )  # fmt: skip
        return tuple(sorted(made, key=lambda one: (-one.worth, one.grade or "~", one.customer)))


def _some(among: Collection[int] | None) -> str:
    """The condition that one of some customers ``k`` is meant."""
    if among is None:
        return ""
    return f" AND k.id IN (SELECT value FROM json_each('{json.dumps(sorted(map(int, among)))}'))"


def _given(db: Connection, on: date) -> dict[int, date]:
    """Since when customers are with their present owner, where that is known."""
    made = {row: day for row, day in known.given(db).items() if day <= on}
    for row, stored in db.run(
        "SELECT customer, max(moved_on) FROM pool_move WHERE alive = 1 "
        "AND kind IN ('picked', 'assigned') AND moved_on <= ? GROUP BY customer",
        (on.isoformat(),),
    ):
        day = date.fromisoformat(stored)
        made[row] = max(day, made.get(row, day))
    return made


def _counted(
    one: Known,
    contacts: Mapping[int, Contact],
    given: Mapping[int, date],
    entered: Mapping[int, date],
    on: date,
) -> tuple[date, str]:
    """From which day on the days without contact are counted, and what that day is."""
    last, owned = contacts.get(one.id), given.get(one.id)
    if last is not None and (owned is None or last.day >= owned):
        return last.day, "contact"
    if owned is not None:
        return owned, "given"
    if one.first_contact_on is not None:
        return one.first_contact_on, "first"
    return min(entered.get(one.id, on), on), "entered"


class _Stays:
    """The reasons to stay, of all customers."""

    def __init__(self, db: Connection, on: date) -> None:
        self._on = on
        # Beside a maximum the engine gives the name of the deal that has it.
        self._deals: dict[int, str] = {
            customer: name
            for customer, name, _ in db.run(
                "SELECT customer, coalesce(name, code, ''), max(coalesce(amount, 0)) FROM opportunity "
                "WHERE alive = 1 AND status = 'open' AND customer IS NOT NULL GROUP BY customer"
            )
        }
        self._contracts: dict[int, str] = dict(
            db.run(
                "SELECT customer, max(coalesce(ends_on, CASE WHEN status = 'signed' THEN '9999-12-31' END)) "
                "FROM contract WHERE alive = 1 AND coalesce(status, 'signed') IN ('signed', 'closed') "
                "AND customer IS NOT NULL GROUP BY customer"
            )
        )

    def of(self, one: Known, rule: Rule) -> tuple[Stay, ...]:
        """Why a customer stays; nothing if it doesn't."""
        made = [Stay("kept")] if one.kept else []
        if rule.keep_with_deal and one.id in self._deals:
            made.append(Stay("deal", self._deals[one.id]))
        ends = self._contracts.get(one.id)
        if rule.contract_days is not None and ends is not None:
            if ends == "9999-12-31":
                made.append(Stay("contract"))
            else:
                until = date.fromisoformat(ends) + timedelta(days=rule.contract_days)
                if until >= self._on:
                    made.append(Stay("contract", until.isoformat()))
        return tuple(made)
