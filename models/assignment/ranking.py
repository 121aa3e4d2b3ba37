"""Everybody who may do a job, the best first, and everybody who may not, with the reason.

The order: who has fewer hours too little, so that those with enough come first; then by score; then who
has more of their time left; then by employee number and record. The same input has the same order whatever order it came in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from models.assignment import factors
from models.assignment.factors import Factor, Ledger, Room
from models.assignment.inputs import WORKING, Case, Fit, Job, Person, day_text, hours_text
from models.assignment.weights import FACTORS, USUAL, Weights
from models.texts import N_, tr

HARD = ("inactive", "away")  # who is left out so can't be given it at all
STATUS_TEXTS = {
    "on_leave": N_("On leave for long."),
    "leaving": N_("Is leaving the company."),
    "left": N_("Has left."),
}


@dataclass(frozen=True)
class Beside:
    """What the same act gives to somebody besides: hours until the job is due, and chances."""

    hours: int = 0  # hundredths
    worth: int = 0  # hundredths of an ordinary chance


NOTHING = Beside()


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be given a job, with what speaks for it."""

    case: Case = field(repr=False)
    job: Job = field(repr=False)
    person: Person
    room: Room
    values: tuple[int, ...]  # millionths, in the order of FACTORS
    weights: Weights
    ledger: Ledger = field(repr=False)
    beside: Beside = NOTHING

    @cached_property
    def score(self) -> int:
        """The sum of the contributions, in millionths."""
        return sum(v * self.weights[one] for one, v in zip(FACTORS, self.values, strict=True))

    @property
    def over(self) -> int:
        """How many hours more it is than the person has, in hundredths."""
        return self.room.missing(self.job.effort + self.beside.hours)

    @cached_property
    def order(self) -> tuple[object, ...]:
        """Where they stand among the others."""
        load = self.values[FACTORS.index("load")]
        return self.over, -self.score, -load, self.person.number, self.person.id

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """What each factor says, in words too."""
        case, person, job, room = self.case, self.person, self.job, self.room
        said = (
            factors.skill_text(case, person, job),
            factors.experience_text(case, person, job),
            factors.load_text(case, room, job, self.beside.hours),
            factors.leave_text(case, room, job),
            factors.fairness_text(self.ledger, person, job, self.beside.worth),
        )
        return tuple(
            Factor(one, value, self.weights[one], text)
            for one, value, text in zip(FACTORS, self.values, said, strict=True)
        )

    @property
    def lacks(self) -> tuple[str, ...]:
        """Skills that the job asks for and the person doesn't have."""
        return self.case.fit(self.person, self.job).lacks

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said when they are proposed all the same."""
        made = []
        if self.over:
            made.append(
                tr(
                    N_("Over capacity: {free} hours free until {day}, {effort} needed."),
                    free=hours_text(max(self.room.free - self.beside.hours, 0)),
                    day=day_text(self.job.due, self.case.on),
                    effort=hours_text(self.job.effort),
                )
            )
        if self.room.present < self.room.working:
            made.append(factors.leave_text(self.case, self.room, self.job))
        if self.lacks:
            made.append(tr(N_("Lacks {skills}."), skills=tr(N_(", ")).join(self.lacks)))
        return tuple(made)


@dataclass(frozen=True)
class Excluded:
    """Somebody who isn't proposed: ``inactive``, ``away`` or ``skill``."""

    person: Person
    code: str
    reason: str


@dataclass(frozen=True)
class Ranking:
    """Who may do a job, the best first."""

    case: Case = field(repr=False)
    job: Job
    weights: Weights
    candidates: tuple[Candidate, ...]
    excluded: tuple[Excluded, ...]

    @property
    def first(self) -> Candidate | None:
        """Who is proposed; nobody if nobody may."""
        return self.candidates[0] if self.candidates else None

    def of(self, person: int) -> Candidate | None:
        """A person among those who may."""
        return next((one for one in self.candidates if one.person.id == person), None)

    def weighed(self, weights: Weights) -> Ranking:
        """The same people with other weights, in the order that they give."""
        made = [replace(one, weights=weights) for one in self.candidates]
        return replace(self, weights=weights, candidates=_ordered(made))

    def without(self, people: Collection[int]) -> Ranking:
        """As if some people were away the whole time."""
        return rank(self.case, self.job, self.weights, away=people)

    def due(self, job: Job) -> Ranking:
        """As if the job were this one: due on another day, or of other effort."""
        return rank(self.case, job, self.weights)


def rank(
    case: Case,
    job: Job,
    weights: Weights = USUAL,
    *,
    away: Collection[int] = (),
    beside: Mapping[int, Beside] | None = None,
    ledger: Ledger | None = None,
) -> Ranking:
    """Weigh everybody for one job.

    Args:
        away: people who are to be thought of as away until it is due.
        beside: what the same act gives to people besides; ``ledger`` is then that of the whole act.
    """
    known = ledger or Ledger.of(case, job.worth)
    given = beside or {}
    candidates: list[Candidate] = []
    excluded: list[Excluded] = []
    for person in case.people:
        if person.id in away and person.status in WORKING:
            excluded.append(Excluded(person, "away", reason(case, person, job, "away")))
            continue
        found = weigh(case, job, person, weights, given.get(person.id, NOTHING), known)
        if isinstance(found, Candidate):
            candidates.append(found)
        else:
            excluded.append(found)
    excluded.sort(key=lambda one: (one.code, one.person.number, one.person.id))
    return Ranking(case, job, weights, _ordered(candidates), tuple(excluded))


def weigh(
    case: Case, job: Job, person: Person, weights: Weights, beside: Beside, ledger: Ledger
) -> Candidate | Excluded:
    """Weigh one person for a job."""
    room = Room.of(case, person, job)
    code = why_not(case, person, job, room)
    if code:
        return Excluded(person, code, reason(case, person, job, code))
    values = (
        case.fit(person, job).value,
        factors.experience(case, person, job),
        room.load(job.effort + beside.hours),
        room.leave,
        ledger.value(person, beside.worth) if job.worth else factors.NEUTRAL,
    )
    return Candidate(case, job, person, room, values, weights, ledger, beside)


def _ordered(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda one: one.order))


def why_not(case: Case, person: Person, job: Job, room: Room) -> str:
    """Why somebody isn't proposed for a job: ``inactive``, ``away``, ``skill``; "" if they are."""
    return factors.blocked(person, room) or ("skill" if _helpless(case.fit(person, job)) else "")


def _helpless(fit: Fit) -> bool:
    """Whether somebody has none of the skills that are asked for."""
    return bool(fit.levels) and len(fit.lacks) == len(fit.levels)


def reason(case: Case, person: Person, job: Job, code: str) -> str:
    """The same in words."""
    if code == "inactive":
        return tr(STATUS_TEXTS.get(person.status, N_("Doesn't work here now.")))
    if code == "away":
        return tr(N_("Away the whole time until {day}."), day=day_text(job.due, case.on))
    lacks = case.fit(person, job).lacks
    return tr(N_("Has none of the skills needed: {skills}."), skills=tr(N_(", ")).join(lacks))
