"""The five factors: what each says of a person and a job, as a value from 0 to 1 and as a sentence.

skill: the mean share of the skills asked for (``models.people.skills``); 1 where none is asked for.
experience: with the customer, points ÷ (points + 6), where an activity is a point, a deal or an order
are three; a quarter less where the last contact is over a quarter of a year ago, half of it after a
year; three quarters at least for whoever owns the customer. Without any, half of deals ÷ (deals + 4)
with the same product or industry. 1/2 for everybody where there is no customer and no product.
load: of the hours that one has until the day on which it is due, the share left after the job.
leave: the share of these days on which one is there.
fairness: 1/2 at an equal share of the good chances of 90 days, 1 from an ordinary chance below it,
0 from one above; 1/2 for everybody where the job is no good chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from models.assignment.inputs import (
    ONE,
    WORKING,
    Case,
    Contact,
    Job,
    Person,
    chances_text,
    day_text,
    hours_text,
)
from models.assignment.weights import LABELS
from models.texts import N_, ntr, tr

NEUTRAL = ONE // 2
_HALF = NEUTRAL
_QUARTER_YEAR, _YEAR = 91, 365
_POINTS_OF_A_DEAL = 3
_USED_TO_IT = 6  # points with which somebody is half as experienced as can be
_KNOWS_TRADE = 4  # deals
OWNER = ONE * 3 // 4
SPAN = 100  # hundredths of an ordinary chance


@dataclass(frozen=True)
class Factor:
    """What one factor says of one person; ``contribution`` is exactly weight × value."""

    id: str
    value: int  # millionths
    weight: int
    sentence: str

    @property
    def contribution(self) -> int:
        """What it adds to the score, in millionths."""
        return self.value * self.weight

    @property
    def label(self) -> str:
        """What people call it."""
        return tr(LABELS[self.id])


@dataclass(frozen=True)
class Ledger:
    """Good chances of 90 days: who got how much, and what would be an equal share."""

    total: int  # hundredths, those that are being given included
    here: int  # days in the team, of all together
    received: Mapping[int, int]

    @classmethod
    def of(cls, case: Case, giving: int) -> Ledger:
        """The ledger of those who may receive work, with so much about to be given."""
        eligible = case.eligible
        return cls(
            sum(one.received for one in eligible) + giving,
            sum(one.here for one in eligible),
            {one.id: one.received for one in eligible},
        )

    def share(self, person: Person) -> int:
        """What would be a person's equal share, in hundredths, rounded down."""
        return self.total * person.here // self.here if self.here else 0

    def value(self, person: Person, more: int = 0) -> int:
        """How much a person is owed a chance, with ``more`` hundredths given to them besides."""
        if not self.here:
            return _HALF
        behind = self.total * person.here - (person.received + more) * self.here
        return min(max(_HALF + behind * _HALF // (SPAN * self.here), 0), ONE)


def experience(case: Case, person: Person, job: Job) -> int:
    """Of experience with the customer, else with the product or the industry."""
    if job.customer is None and not job.category:
        return _HALF
    found = case.contacts.get((person.id, job.customer)) if job.customer is not None else None
    own = _of_contact(found, case.on) if found is not None else 0
    return max(own, _trade(case, person, job))


def _of_contact(found: Contact, on: date) -> int:
    points = found.count + _POINTS_OF_A_DEAL * (found.deals + found.orders)
    value = ONE * points // (points + _USED_TO_IT)
    if found.last is not None:
        ago = (on - found.last).days
        if ago > _QUARTER_YEAR:
            value = value // 2 if ago > _YEAR else value * 3 // 4
    return max(value, OWNER) if found.owns else value


def _trade(case: Case, person: Person, job: Job) -> int:
    deals = _deals(case, person, job)
    return _HALF * deals // (deals + _KNOWS_TRADE)


def _deals(case: Case, person: Person, job: Job) -> int:
    product = case.categories.get((person.id, job.category), 0) if job.category else 0
    trade = case.industries.get((person.id, job.industry), 0) if job.industry else 0
    return max(product, trade)


@dataclass(frozen=True)
class Room:
    """The time that a person has for a job, in hundredths of an hour and half days."""

    free: int
    capacity: int
    present: int
    working: int

    @classmethod
    def of(cls, case: Case, person: Person, job: Job) -> Room:
        """Until the day on which the job is due."""
        days, first, last = person.days, job.starts, job.due
        return cls(
            case.between(days.free, first, last),
            case.between(days.capacity, first, last),
            case.between(days.present, first, last),
            case.between(days.working, first, last),
        )

    def load(self, hours: int) -> int:
        """The share that is left after so many hours; 0 if they don't fit."""
        left = self.free - hours
        return min(ONE * left // self.capacity, ONE) if left > 0 and self.capacity else 0

    @cached_property
    def leave(self) -> int:
        """The share of the days on which they are there."""
        return ONE * self.present // self.working if self.working else ONE

    def missing(self, hours: int) -> int:
        """How many of so many hours there aren't."""
        return max(hours - max(self.free, 0), 0)


def blocked(person: Person, room: Room) -> str:
    """Why somebody never receives a job: ``inactive`` or ``away``; "" if they may."""
    if person.status not in WORKING:
        return "inactive"
    if room.working and not room.present:
        return "away"
    return ""


# -- in words ------------------------------------------------------------------------------------


def skill_text(case: Case, person: Person, job: Job) -> str:
    """E.g. ``Negotiation 4 of 3; no Tenders``."""
    if not job.needs:
        return tr(N_("No skill is asked for."))
    fit = case.fit(person, job)
    parts = [
        tr(N_("no {skill}"), skill=name)
        if not level
        else tr(N_("{skill} {level} of {asked}"), skill=name, level=level, asked=asked)
        for name, level, asked in fit.levels
    ]
    return tr(N_("Skills: {parts}."), parts=tr(N_(", ")).join(parts))


def experience_text(case: Case, person: Person, job: Job) -> str:
    """E.g. ``12 contacts with Huaxin, the last on 11-20; 2 deals.``"""
    if job.customer is None and not job.category:
        return tr(N_("It is for no customer: experience doesn't decide."))
    found = case.contacts.get((person.id, job.customer)) if job.customer is not None else None
    if found is not None and _of_contact(found, case.on) >= _trade(case, person, job):
        return _contact_text(found, job, case.on)
    deals = _deals(case, person, job)
    if deals:
        what = job.category or job.industry
        if case.categories.get((person.id, job.category), 0) < deals:
            what = job.industry
        return ntr(
            "No contact with this customer; {n} deal in {what}.",
            "No contact with this customer; {n} deals in {what}.",
            deals,
            what=what,
        )
    if job.customer is None:
        return tr(N_("No deal in {what} yet."), what=job.category)
    return tr(N_("No contact with {customer} yet."), customer=job.customer_name)


def _contact_text(found: Contact, job: Job, on: date) -> str:
    parts = []
    if found.owns:
        parts.append(tr(N_("owner of {customer}"), customer=job.customer_name))
    if found.count:
        last = day_text(found.last, on) if found.last else "?"
        parts.append(
            ntr(
                "{n} contact with {customer}, on {last}",
                "{n} contacts with {customer}, the last on {last}",
                found.count,
                customer=job.customer_name,
                last=last,
            )
        )
    if found.deals:
        parts.append(ntr("{n} deal with them", "{n} deals with them", found.deals))
    if found.orders:
        parts.append(ntr("{n} order of theirs", "{n} orders of theirs", found.orders))
    said = tr(N_("; ")).join(parts)
    return tr(N_("{said}."), said=said[:1].upper() + said[1:])


def load_text(case: Case, room: Room, job: Job, taken: int = 0) -> str:
    """E.g. ``9.5 hours free until 12-05; this takes 4.``"""
    said: dict[str, Any] = {
        "free": hours_text(max(room.free - taken, 0)),
        "day": day_text(job.due, case.on),
        "effort": hours_text(job.effort),
    }
    if room.missing(job.effort + taken):
        return tr(N_("Only {free} hours free until {day}, but this takes {effort}."), **said)
    return tr(N_("{free} hours free until {day}; this takes {effort}."), **said)


def leave_text(case: Case, room: Room, job: Job) -> str:
    """E.g. ``Away on 2.5 of 6 working days until 12-05.``"""
    day = day_text(job.due, case.on)
    away = room.working - room.present
    if away <= 0:
        return tr(N_("There on every working day until {day}."), day=day)
    return tr(
        N_("Away on {away} of {days} working days until {day}."),
        away=hours_text(away * 50),
        days=hours_text(room.working * 50),
        day=day,
    )


def fairness_text(ledger: Ledger, person: Person, job: Job, more: int = 0) -> str:
    """E.g. ``Got good chances worth 2 in 90 days; an equal share is 3.1.``"""
    if not job.worth:
        return tr(N_("It is no special chance: everybody counts alike."))
    return tr(
        N_("Got good chances worth {got} in 90 days; an equal share is {share}."),
        got=chances_text(person.received + more),
        share=chances_text(ledger.share(person)),
    )
