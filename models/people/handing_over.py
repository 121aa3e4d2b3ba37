"""Handing over what somebody leaves: everything open that they answer for, as one change.

- To one person, or to several: what belongs to one customer goes to one person. Of the colleagues of the
  same team (of everybody where there are none) that is who was in touch with the customer before, else
  who has least to answer for; what was given just now counts. What a superior sees to (goals, teams,
  decisions, who reports to whom) goes to the superior.
- ``rank`` may say another order of candidates for a customer or a record; the first of it gets it.
- Who gets it must be at work. It is one change and one undo step; each customer, and each deal without
  one, is written into the ledger of chances as handed over.
- Afterwards no open record names who left; what tells how it was stays as it is (``owning.HISTORY``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from models.book import Book
from models.change import Change
from models.dialects import Connection
from models.goals.staff import Staff
from models.people import owning
from models.people.owning import OWNED, Item, Owning
from models.people.skills import WORKING
from models.refusals import Refused
from models.texts import N_, tr

Plan = Mapping[tuple[str, int], int]  # field and row → who gets it
Rank = Callable[[Item, Sequence[int]], Sequence[int]]
AFTERWARDS = ("leaving", "left")  # what who hands over may be from then on
_FAMILIAR = 365  # days that a contact with a customer counts
_LEDGER = "opportunity_ledger"
_MANAGER, _LED = "manager", "led"  # people, teams and regions that one leads go to one new leader


@dataclass(frozen=True)
class Group:
    """The records of one field, in the order of their rows."""

    of: Owning
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Done:
    """What was handed over: by which change, how many records, and to whom how many."""

    change: int
    moved: int
    by_person: Mapping[int, int]


class HandOver:
    """What somebody would hand over on a day; nothing is written until ``apply``.

    Raises:
        Refused: ``gone``, there is no such person.
    """

    def __init__(self, book: Book, person: int, on: date) -> None:
        self.book, self.person, self.on = book, person, on
        self._staff = Staff(book)
        self.names = self._staff.names
        if person not in self.names:
            raise Refused("gone", N_("This record has been removed meanwhile."))
        with book.reading() as db:
            self.items = owning.open_items(db, book.schema, person, on.isoformat())
            self._status = dict(
                db.run("SELECT id, coalesce(status, 'active') FROM salesperson WHERE alive = 1")
            )
            self._counts = owning.counts(db, on.isoformat())
            self._familiar = self._met(db) if self.items else {}

    def _met(self, db: Connection) -> dict[tuple[int, int], int]:
        """How often each colleague was in touch with the customers that are handed over."""
        since = (self.on - timedelta(_FAMILIAR)).isoformat()
        customers = {one.customer for one in self.items if one.customer is not None}
        return {
            (person, customer): n
            for person, customer, n in db.run(
                "SELECT person, customer, count(*) FROM activity WHERE alive = 1 AND at >= ? "
                "AND person IS NOT NULL AND person <> ? AND customer IS NOT NULL GROUP BY 1, 2",
                (since, self.person),
            )
            if customer in customers
        }

    @property
    def name(self) -> str:
        """Of who hands over."""
        return self.names[self.person]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The records by field; fields without any are left out."""
        found: dict[str, list[Item]] = defaultdict(list)
        for one in self.items:
            found[one.of.id].append(one)
        return tuple(Group(one, tuple(found[one.id])) for one in OWNED if one.id in found)

    @cached_property
    def candidates(self) -> tuple[int, ...]:
        """Who may get it, the same team first, by name."""
        team = self._staff.team_of.get(self.person)
        able = [one for one in self.names if self.able(one)]
        return tuple(
            sorted(able, key=lambda one: (self._staff.team_of.get(one) != team, self.names[one]))
        )

    @cached_property
    def colleagues(self) -> tuple[int, ...]:
        """Those of the same team; all candidates where nobody else is in it."""
        team = self._staff.team_of.get(self.person)
        own = tuple(one for one in self.candidates if self._staff.team_of.get(one) == team)
        return own if team is not None and own else self.candidates

    @property
    def superior(self) -> int | None:
        """Whom they report to, if at work."""
        found = self._staff.superior.get(self.person)
        return found if found is not None and self.able(found) else None

    def able(self, person: int) -> bool:
        """Whether somebody may get it."""
        return person != self.person and self._status.get(person) in WORKING

    def below(self, person: int) -> frozenset[int]:
        """A person and everyone below."""
        return self._staff.below(person)

    # -- to whom -----------------------------------------------------------------------------------

    def to(self, successor: int) -> dict[tuple[str, int], int]:
        """All of it to one person."""
        return {one.key: successor for one in self.items}

    def distributed(self, rank: Rank | None = None) -> dict[tuple[str, int], int]:
        """To several: by customer, who knows it before who has least.

        Raises:
            Refused: ``nobody_to_take_over``.
        """
        if self.items and not self.candidates:
            raise Refused(
                "nobody_to_take_over",
                N_("There is nobody at work who could take over from {person}."),
                person=self.name,
            )
        burden = Counter({one: self._counts.get(one, 0) for one in self.candidates})
        bundles: dict[object, list[Item]] = defaultdict(list)
        for one in self.items:
            alone = one.customer is None or one.of.leads
            together = _LED if one.of.field == _MANAGER else one.key
            bundles[together if alone else one.customer].append(one)
        made: dict[tuple[str, int], int] = {}
        for bundle in sorted(bundles.values(), key=lambda each: (-len(each), each[0].key)):
            chosen = self._chosen(bundle[0], burden, rank)
            burden[chosen] += len(bundle)
            made.update((one.key, chosen) for one in bundle)
        return made

    def _chosen(self, item: Item, burden: Counter[int], rank: Rank | None) -> int:
        if rank is not None:
            for one in rank(item, self.candidates):
                if self.able(one):
                    return one
        if item.of.leads and self.superior is not None:
            return self.superior

        def order(one: int) -> tuple[int, int, str, int]:
            return -self.met(one, item.customer), burden[one], self.names[one], one

        return min(self.colleagues, key=order)

    def met(self, person: int, customer: int | None) -> int:
        """How often somebody was in touch with a customer in the last year; once is chance."""
        found = self._familiar.get((person, customer or 0), 0)
        return found if found > 1 else 0

    # -- doing it ----------------------------------------------------------------------------------

    def assert_able(self, plan: Plan) -> None:
        """Refuse a plan that gives something to who isn't at work.

        Raises:
            Refused: ``same_person`` or ``not_at_work``.
        """
        for one in sorted(set(plan.values())):
            if one == self.person:
                raise Refused("same_person", N_("Nobody can hand over to themselves."))
            if not self.able(one):
                raise Refused(
                    "not_at_work",
                    N_("{person} isn't at work and can't take anything over."),
                    person=self.names.get(one, ""),
                )

    def apply(self, plan: Plan, status: str | None = None) -> Done:
        """Hand it over as one change; what came up meanwhile goes to who gets most.

        Args:
            status: what the person is from then on, as ``AFTERWARDS``; None leaves it.

        Raises:
            Refused: ``not_at_work``, ``same_person``, ``nobody_to_take_over``.
        """
        self.assert_able(plan)
        reason = tr(N_("Hand over from {person}"), person=self.name)
        with self.book.change(reason) as change:
            items = owning.open_items(change.db, self.book.schema, self.person, self.on.isoformat())
            most = Counter(plan.values()).most_common(1)
            if items and not most:
                raise Refused(
                    "nobody_to_take_over",
                    N_("There is nobody at work who could take over from {person}."),
                    person=self.name,
                )
            given = {one: plan.get(one.key, most[0][0]) for one in items}
            _Writer(self, change).write(given)
            if status is not None:
                change.set("salesperson", self.person, {"status": status})
        return Done(change.no, len(given), Counter(given.values()))


class _Writer:
    """Writes who gets what, and what follows from it."""

    def __init__(self, handing: HandOver, change: Change) -> None:
        self._handing, self._change = handing, change

    def write(self, given: Mapping[Item, int]) -> None:
        for item, successor in given.items():
            match item.of.id:
                case "collaborator.person":
                    self._collaborator(item, successor)
                case "cover.person":
                    self._cover(item, successor)
                case "leave.cover" if self._of("leave", "person", item.row) == successor:
                    self._set(item, None)
                case "salesperson.manager" if self._is_above(item.row, successor):
                    self._set(item, self._above(successor))
                case _:
                    self._set(item, successor)
        self._helping_themselves(given)
        self._asked_of_themselves(given)
        self._ledger(given)

    def _set(self, item: Item, person: int | None) -> None:
        self._change.set(item.of.entity, item.row, {item.of.field: person})

    def _of(self, entity: str, field: str, row: int) -> int | None:
        found = self._change.db.one(f'SELECT {field} FROM "{entity}" WHERE id = ?', (row,))
        return None if found is None else int(found)

    def _is_above(self, person: int, successor: int) -> bool:
        """Whether a successor reports to a person by now, who therefore can't report to them."""
        seen: set[int] = set()
        at: int | None = successor
        while at is not None and at not in seen:
            if at == person:
                return True
            seen.add(at)
            at = self._of("salesperson", _MANAGER, at)
        return False

    def _above(self, successor: int) -> int | None:
        """Whom a successor reports to who reported to who leaves."""
        above = self._handing.superior
        return None if above == successor else above

    def _collaborator(self, item: Item, successor: int) -> None:
        """Who owns the task, or works on it already, has that part with their own."""
        db = self._change.db
        task = self._of("collaborator", "task", item.row)
        beside = db.run(
            "SELECT id, share FROM collaborator WHERE alive = 1 AND task = ? AND person = ?",
            (task, successor),
        )
        owner = None if task is None else self._of("task", "owner", task)
        if owner != successor and not beside:
            self._set(item, successor)
            return
        if owner != successor:
            self._add_shares(item.row, beside[0])
        self._change.remove("collaborator", [item.row])

    def _add_shares(self, row: int, beside: tuple[int, int | None]) -> None:
        from models.money import SCALE, from_scaled

        own = self._change.db.one("SELECT share FROM collaborator WHERE id = ?", (row,))
        if own is not None and beside[1] is not None:
            both = from_scaled(min(SCALE, own + beside[1]))
            self._change.set("collaborator", beside[0], {"share": both})

    def _cover(self, item: Item, successor: int) -> None:
        """Nobody covers for themselves, and a cover is named once."""
        db = self._change.db
        leave, task, customer = db.run(
            "SELECT leave, task, customer FROM cover WHERE id = ?", (item.row,)
        )[0]
        twice = db.one(
            "SELECT 1 FROM cover WHERE alive = 1 AND leave = ? AND person = ? "
            "AND task IS ? AND customer IS ?",
            (leave, successor, task, customer),
        )
        if twice or self._of("leave", "person", leave) == successor:
            self._change.remove("cover", [item.row])
        else:
            self._set(item, successor)

    def _helping_themselves(self, given: Mapping[Item, int]) -> None:
        """Who gets a task that they worked on beside its owner has all of it."""
        for item, successor in given.items():
            if item.of.id == "task.owner":
                rows = self._change.db.run(
                    "SELECT id FROM collaborator WHERE alive = 1 AND task = ? AND person = ?",
                    (item.row, successor),
                )
                self._change.remove("collaborator", [row for (row,) in rows])

    def _asked_of_themselves(self, given: Mapping[Item, int]) -> None:
        """Nobody is asked by themselves for help: then it is for the superior, by the rule."""
        for item in given:
            if item.of.entity == "help_request":
                self._change.db.run(
                    "UPDATE help_request SET resolver = NULL WHERE id = ? AND resolver = person",
                    (item.row,),
                )

    def _ledger(self, given: Mapping[Item, int]) -> None:
        """Each customer is a chance given, with the first of its open deals; deals without one too."""
        deals: dict[tuple[int, int], int] = {}
        for item, person in given.items():
            if item.of.id == "opportunity.owner":
                deals.setdefault((person, item.customer or -item.row), item.row)
        customers = {
            (person, item.row) for item, person in given.items() if item.of.id == "customer.owner"
        }
        loose = [key for key in deals if key not in customers]
        why = tr(N_("Handed over from {person}"), person=self._handing.name)
        rows = [
            (
                person, self._handing.on, "hand_over", 1, customer if customer > 0 else None,
                deals.get((person, customer)), why,
            )
            for person, customer in sorted(customers) + loose
        ]  # fmt: skip
        names = ("person", "given_on", "source", "worth", "customer", "opportunity", "why")
        self._change.add_many(_LEDGER, names, rows)
