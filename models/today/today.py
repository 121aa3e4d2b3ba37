"""What needs somebody on a day: read once from a book, then plain data that words are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import ModuleType

from models.book import Book
from models.calendar.workdays import WorkCalendar
from models.texts import N_, ntr, tr
from models.today import (
    appeals,
    blocked,
    claims,
    dates,
    evaluations,
    follow_ups,
    leave,
    meetings,
    plan_checks,
    questions,
    review,
    tasks,
    unassigned,
    unclear,
    voice,
)
from models.today.line import SEVERITIES, Count, Found, Line, Record
from models.today.order import key
from models.today.scene import Scene
from models.today.scopes import EVERYBODY, Scope
from models.today.words import Words

# In the order in which equal things stand: those that are read at once, before those of ``_thorough``.
QUICK: tuple[ModuleType, ...] = (
    blocked, follow_ups, tasks, review, unclear, leave, meetings, unassigned, claims, dates,
    questions, evaluations, appeals, voice, plan_checks,
)  # fmt: skip
_QUICK = {one.KIND: one for one in QUICK}
FEW = 6  # lines of one kind and class that are shown before the rest is told in one


@cache
def _thorough() -> tuple[ModuleType, ...]:
    """What may follow a moment later: sources that look through all that was ever done, last of all goals.

    They are loaded when they are first asked, which is after the first lines stand.
    """
    from models.today import data_age, duplicates, feedback, goals, neglect, pool, workbooks

    return workbooks, pool, data_age, neglect, feedback, duplicates, goals


@cache
def _every() -> dict[str, ModuleType]:
    """All sources by their kinds, in order."""
    return _QUICK | {one.KIND: one for one in _thorough()}


def _source(kind: str) -> ModuleType:
    return _QUICK.get(kind) or _every()[kind]


@dataclass(frozen=True)
class Today:
    """What needs somebody, in order; holds no book."""

    on: date
    currency: str
    names: dict[int, str]
    calendar: WorkCalendar
    found: tuple[Found, ...]
    records: bool  # whether the book holds anything at all
    whole: bool = False  # whether what may follow a moment later is in it
    hidden: frozenset[str] = field(default_factory=frozenset)

    def lines(self, scope: Scope = EVERYBODY, few: int = FEW) -> tuple[Line, ...]:
        """The lines of some people in the current language; above ``few`` of a kind the rest is one."""
        return self._said(self._of(scope), few)

    def by_person(self, few: int = FEW) -> dict[int, tuple[Line, ...]]:
        """Everybody's own lines, in the order of ``counts``; 0 stands for nobody."""
        own: dict[int, list[Found]] = {one.person: [] for one in self.counts()}
        for one in self._of(EVERYBODY):
            own[one.person].append(one)
        return {person: self._said(some, few) for person, some in own.items()}

    def _said(self, found: Iterable[Found], few: int) -> tuple[Line, ...]:
        words = Words(self.on, self.currency, self.names)
        shown: list[Line] = []
        room: Counter[tuple[str, str]] = Counter()
        rest: dict[tuple[str, str], list[Found]] = {}
        for one in found:
            group = one.severity, one.kind
            room[group] += 1
            if room[group] <= few:
                shown.append(_line(one, words))
            else:
                rest.setdefault(group, []).append(one)
        return tuple(self._with_rest(shown, rest, words))

    def _of(self, scope: Scope) -> Iterable[Found]:
        hidden = self.hidden
        return (one for one in self.found if scope.holds(one) and not (hidden and one.id in hidden))

    def _with_rest(
        self, shown: list[Line], rest: dict[tuple[str, str], list[Found]], words: Words
    ) -> Iterable[Line]:
        """The lines of each class, after them what they stand for."""
        for severity in SEVERITIES:
            yield from (one for one in shown if one.severity == severity)
            for (of, _), some in rest.items():
                if of == severity:
                    yield _more(some, words) if len(some) > 1 else _line(some[0], words)

    def counts(self) -> tuple[Count, ...]:
        """How many things each person has; who has the weightiest one comes first, nobody last."""
        n: Counter[int] = Counter()
        worst: dict[int, str] = {}
        for one in self._of(EVERYBODY):
            n[one.person] += 1
            worst.setdefault(one.person, one.severity)
        ordered = sorted(n, key=lambda who: who == 0)
        return tuple(
            Count(who, self.names.get(who, "") or tr(N_("Nobody")), n[who], worst[who])
            for who in ordered
        )

    def adding(self, found: Iterable[Found]) -> Today:
        """With what followed a moment later: then it is whole."""
        return replace(self, found=_ordered([*self.found, *found], _every()), whole=True)

    def without(self, ids: Collection[str]) -> Today:
        """Without the lines that somebody doesn't want to see today."""
        return replace(self, hidden=frozenset(ids))

    @property
    def empty(self) -> bool:
        """Whether nothing needs anybody."""
        return not any(True for _ in self._of(EVERYBODY))

    @property
    def put_off(self) -> int:
        """How many lines are hidden that would be there."""
        return sum(one.id in self.hidden for one in self.found)

    def message(self, scope: Scope = EVERYBODY) -> str:
        """How much there is to do; what was looked at when there is nothing."""
        n = sum(1 for _ in self._of(scope))
        if n:
            return ntr("{n} thing needs you.", "{n} things need you.", n)
        if not self.records:
            return tr(N_("This book is still empty."))
        sources = _every() if self.whole else _QUICK
        looked = tr(N_(", ")).join(tr(one.LABEL) for one in sources.values())
        return tr(N_("Nothing needs doing today. Looked at: {list}."), list=looked)


def read(book: Book, on: date, waiting: Sequence[str] = ()) -> Today:
    """What needs somebody on a day. Reads the whole book in sets: in the window a worker's business.

    ``waiting`` are the names of returned files that lie somewhere and nobody has read yet.
    """
    thorough = read_thorough(book, on, waiting)
    return read_quick(book, on).adding([*thorough, *read_goals(book, on)])


def read_quick(book: Book, on: date) -> Today:
    """The same without what may follow a moment later."""
    with book.reading() as db:
        scene = Scene(book, db, on)
        found = [one for source in QUICK for one in source.find(scene)]
        names = {row: one.name for row, one in scene.people.items()}
        records = any(
            db.one(f"SELECT EXISTS (SELECT 1 FROM {name} WHERE alive = 1)")
            for name in ("customer", "salesperson", "task", "activity")
        )
    return Today(on, book.currency, names, scene.calendar, _ordered(found, _QUICK), records)


def read_thorough(book: Book, on: date, waiting: Sequence[str] = ()) -> list[Found]:
    """What looks through all that was done: workbooks, the pool, neglect, data grown old; what is there twice."""
    with book.reading() as db:
        scene = Scene(book, db, on, waiting)
        found = [one for source in _thorough()[:-1] for one in source.find(scene)]
        return [*found, *unassigned.find_customers(scene)]


def read_goals(book: Book, on: date) -> list[Found]:
    """Goals off pace."""
    *_, goals = _thorough()
    with book.reading() as db:
        found: list[Found] = goals.find(Scene(book, db, on))
        return found


def _ordered(found: Iterable[Found], kinds: Iterable[str]) -> tuple[Found, ...]:
    places = {kind: at for at, kind in enumerate(kinds)}
    return tuple(sorted(found, key=lambda one: key(one, places)))


def _line(one: Found, words: Words) -> Line:
    title, reason = _source(one.kind).say(one, words)
    return Line(
        one.id, one.kind, one.severity, title, reason, one.action, one.records, one.person,
        words.name(one.person), one.amount, one.late, 0, one.owner,
    )  # fmt: skip


def _more(some: list[Found], words: Words) -> Line:
    """One line for several."""
    kind, severity, n = some[0].kind, some[0].severity, len(some)
    records: dict[Record, None] = {}
    for one in some:
        for record in one.records[: None if len(one.records) > 1 and one.mark else 1]:
            records[record] = None
    amount = sum(one.amount for one in some)
    label = tr(_source(kind).LABEL)
    title = ntr("and {n} more: {kind}", "and {n} more: {kind}", n, kind=label)
    people = len({one.person for one in some if one.person})
    of = ntr("of {n} person", "of {n} people", people) if people else ""
    stake = tr(N_("{amount} at stake"), amount=words.money(amount)) if amount else ""
    return Line(
        f"{kind}:more/{severity}", kind, severity, title, words.sentence(of, stake), "list",
        tuple(records), amount=amount, more=n, late=max(one.late for one in some),
    )  # fmt: skip
