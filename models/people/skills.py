"""Who is able to do what: the latest judgement of each person and skill, and what tasks need.

- Of several judgements of one person and skill the latest up to the day counts.
- What is valid until a day fades after it: for each year begun since then it counts one level less,
  never below 0. It is shown as judged, and said to be expired.
- A task names its skills in its tags: ``商务谈判`` needs level 3 ("alone"), ``英语 4``, ``英语≥4`` and
  ``英语4级`` need level 4. A skill whose own name ends in a figure is known by that name first.
- Somebody fits a need by their level over the level needed, at most in full; a task by the mean of
  its needs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.book import Book
from models.calendar.person_days import months_after
from models.change import Change
from models.describe import parsing
from models.dialects import Connection
from models.money import plain, rounded
from models.people.skill import SKILL_LEVEL
from models.tasks.states import CLOSED
from models.texts import N_, tr

WORKING = ("onboarding", "active")  # who may be given work
LEFT = "left"
ALONE = 3  # who does it alone; what a need without a level asks for
LEVELS = range(6)
FADING = 90  # days before its end from which on a judgement is said to age
_WITH_LEVEL = re.compile(r"(.+?)(\s*(?:>=|≥|=>|:)\s*|\s+)?([1-5])\s*级?\+?$")


@dataclass(frozen=True)
class Skill:
    """A skill of the book's list."""

    id: int
    name: str
    category: str


@dataclass(frozen=True)
class Holder:
    """Somebody of the team."""

    id: int
    name: str
    status: str
    team: int | None

    @property
    def works(self) -> bool:
        """Whether work may be given to them."""
        return self.status in WORKING


@dataclass(frozen=True)
class Need:
    """What a task asks for; ``skill`` None where no skill of the list is called so."""

    skill: int | None
    name: str
    level: int = ALONE

    def text(self) -> str:
        """As people read it: ``英语 ≥ 4``."""
        return f"{self.name} ≥ {self.level}"


@dataclass(frozen=True)
class Level:
    """How well somebody is able to do something, as it counts on the day.

    ``level`` is as judged, ``counts`` what is left of it; ``row`` is the judgement's row.
    """

    row: int
    person: int
    skill: int
    level: int
    counts: int
    assessed_on: date | None
    assessed_by: int | None
    valid_until: date | None
    evidence: str
    expired: bool

    def text(self) -> str:
        """The level, and what has become of it."""
        if not self.expired:
            return tr(N_("level {level}"), level=self.level)
        return tr(
            N_("level {level}, valid until {day}: counts as {counts}"),
            level=self.level,
            day=self.valid_until,
            counts=self.counts,
        )


@dataclass(frozen=True)
class Part:
    """How well one need is met: by which level, to which share (0 to 1)."""

    need: Need
    level: Level | None
    share: Decimal

    def text(self) -> str:
        """What is there of what is needed."""
        if self.need.skill is None:
            return tr(N_("{skill}: not in the list of skills"), skill=self.need.name)
        if self.level is None:
            return tr(N_("{need}: not judged"), need=self.need.text())
        return tr(N_("{need}: {level}"), need=self.need.text(), level=self.level.text())


@dataclass(frozen=True)
class Fit:
    """How well somebody meets what a task needs: the mean of its parts; 1 where nothing is needed."""

    share: Decimal
    parts: tuple[Part, ...] = ()

    def text(self) -> str:
        """One sentence."""
        if not self.parts:
            return tr(N_("No skill is asked for."))
        said = tr(N_("; ")).join(one.text() for one in self.parts)
        percent = plain(rounded(self.share * 100, 0))
        return tr(N_("Skills fit by {percent}%: {parts}."), percent=percent, parts=said)


@dataclass(frozen=True)
class Gap:
    """What open tasks or templates need and nobody is able to do."""

    need: Need
    tasks: tuple[int, ...]
    templates: tuple[int, ...]


class Skills:
    """Everybody's skills on a day, read once.

    Args:
        on: judgements after it don't count.
    """

    def __init__(self, book: Book, on: date) -> None:
        self.on = on
        with book.reading() as db:
            self.skills = _skills(db)
            self.people = _people(db)
            self._levels = _levels(db, on)
            self._wanted = _wanted(db)
        self._by_name = {_folded(one.name): one for one in reversed(self.skills)}
        self._working = {one.id for one in self.people if one.works}

    def level(self, person: int, skill: int) -> Level | None:
        """The latest judgement; None where there is none."""
        return self._levels.get((person, skill))

    def counts(self, person: int, skill: int) -> int:
        """What somebody's level counts for; 0 where it was never judged."""
        found = self._levels.get((person, skill))
        return found.counts if found else 0

    def needs(self, tags: str | Iterable[str] | None) -> tuple[Need, ...]:
        """What tags ask for; of one skill named twice the higher level."""
        words = tags.split(",") if isinstance(tags, str) else list(tags or ())
        made: dict[object, Need] = {}
        for one in map(self._need, filter(str.strip, words)):
            key = one.skill or _folded(one.name)
            before = made.get(key)
            if before is None or one.level > before.level:
                made[key] = one
        return tuple(made.values())

    def _need(self, tag: str) -> Need:
        word = parsing.fold(tag)
        known = self._by_name.get(_folded(word))
        if known is not None:
            return Need(known.id, known.name)
        found = _WITH_LEVEL.match(word)
        if found is None:
            return Need(None, word)
        name, apart, level = found[1], found[2], int(found[3])
        known = self._by_name.get(_folded(name))
        if known is not None:
            return Need(known.id, known.name, level)
        return Need(None, name, level) if apart else Need(None, word)  # such as ISO9001

    def fit(self, person: int, needs: Iterable[Need]) -> Fit:
        """How well somebody meets some needs."""
        parts = tuple(self._part(person, one) for one in needs)
        if not parts:
            return Fit(Decimal(1))
        total = sum((one.share for one in parts), Decimal(0))
        return Fit(rounded(total / len(parts), 6), parts)

    def _part(self, person: int, need: Need) -> Part:
        level = None if need.skill is None else self._levels.get((person, need.skill))
        share = Decimal(min(level.counts, need.level)) / need.level if level else Decimal(0)
        return Part(need, level, rounded(share, 6))

    def holders(self, skill: int, least: int = ALONE) -> tuple[int, ...]:
        """Who works here and has a skill at a level or above, by name."""
        return tuple(
            one.id for one in self.people if one.works and self.counts(one.id, skill) >= least
        )

    def single_points(self) -> tuple[tuple[int, int], ...]:
        """Skills that rest on one person: skill and person, in the order of the list."""
        found = ((one.id, self.holders(one.id)) for one in self.skills)
        return tuple((skill, who[0]) for skill, who in found if len(who) == 1)

    def uncovered(self) -> tuple[Gap, ...]:
        """What open tasks and templates need and nobody who works here has, by name."""
        tasks: dict[Need, list[int]] = defaultdict(list)
        templates: dict[Need, list[int]] = defaultdict(list)
        for row, is_task, tags in self._wanted:
            for need in self.needs(tags):
                if need.skill is None or not self.holders(need.skill, need.level):
                    (tasks if is_task else templates)[need].append(row)
        every = sorted({*tasks, *templates}, key=lambda one: (one.name, one.level))
        return tuple(Gap(one, tuple(tasks[one]), tuple(templates[one])) for one in every)

    def ageing(self, days: int = FADING) -> tuple[Level, ...]:
        """Judgements of people who work here that have expired or soon will, the oldest first."""
        until = self.on + timedelta(days)
        found = [
            one
            for one in self._levels.values()
            if one.person in self._working and one.valid_until and one.valid_until <= until
        ]
        return tuple(sorted(found, key=lambda one: (one.valid_until or date.max, one.row)))


def single_point_text(skill: str, person: str) -> str:
    """What it means that a skill rests on one person."""
    return tr(
        N_("{skill} rests on {person} alone: nobody else has level {level} or above."),
        skill=skill,
        person=person,
        level=ALONE,
    )


def judge(change: Change, person: int, skill: int, level: int, on: date) -> int:
    """Record how well somebody is able to do something; gives the judgement's row.

    A second judgement of one day is the first one put right.

    Raises:
        Refused: the level is none of 0 to 5.
    """
    before = change.db.one(
        "SELECT max(id) FROM skill_level "
        "WHERE alive = 1 AND person = ? AND skill = ? AND assessed_on = ?",
        (person, skill, on.isoformat()),
    )
    if before is not None:
        change.set(SKILL_LEVEL.id, before, {"level": level})
        return int(before)
    return change.add(
        SKILL_LEVEL.id, {"person": person, "skill": skill, "level": level, "assessed_on": on}
    )


def _folded(name: str) -> str:
    return parsing.fold(name).casefold()


def _skills(db: Connection) -> tuple[Skill, ...]:
    rows = db.run(
        "SELECT id, name, category FROM skill WHERE alive = 1 ORDER BY category IS NULL, category, id"
    )
    return tuple(Skill(row, name or "", category or "") for row, name, category in rows)


def _people(db: Connection) -> tuple[Holder, ...]:
    from models.names import sort_key

    rows = db.run(
        "SELECT id, name, status, team FROM salesperson WHERE alive = 1 AND status IS NOT ?",
        (LEFT,),
    )
    made = [Holder(row, name or "", status or "active", team) for row, name, status, team in rows]
    return tuple(sorted(made, key=lambda one: (sort_key(one.name), one.id)))


def _levels(db: Connection, on: date) -> dict[tuple[int, int], Level]:
    """The latest of each person and skill: by day, then by the order in which they were entered."""
    made: dict[tuple[int, int], Level] = {}
    for row, person, skill, level, judged, by, until, evidence in db.run(
        "SELECT id, person, skill, level, assessed_on, assessed_by, valid_until, evidence "
        "FROM skill_level WHERE alive = 1 AND person IS NOT NULL AND skill IS NOT NULL "
        "AND level IS NOT NULL AND coalesce(assessed_on, '') <= ? "
        "ORDER BY coalesce(assessed_on, ''), id",
        (on.isoformat(),),
    ):
        valid = date.fromisoformat(until) if until else None
        made[person, skill] = Level(
            row,
            person,
            skill,
            level,
            faded(level, valid, on),
            date.fromisoformat(judged) if judged else None,
            by,
            valid,
            evidence or "",
            valid is not None and valid < on,
        )
    return made


def faded(level: int, valid_until: date | None, on: date) -> int:
    """What a level counts for: one less for each year begun since it was valid, never below 0."""
    if valid_until is None or on <= valid_until:
        return level
    years = 1
    while years < level and months_after(valid_until, 12 * years) < on:
        years += 1
    return max(0, level - years)


def _wanted(db: Connection) -> list[tuple[int, bool, str]]:
    """Which open tasks and templates name skills."""
    tasks = db.run(
        "SELECT id, required_skills FROM task WHERE alive = 1 AND required_skills IS NOT NULL "
        "AND coalesce(status, '') NOT IN (?, ?)",
        CLOSED,
    )
    templates = db.run(
        "SELECT id, required_skills FROM template WHERE alive = 1 AND required_skills IS NOT NULL"
    )
    return [(row, True, tags) for row, tags in tasks] + [
        (row, False, tags) for row, tags in templates
    ]
