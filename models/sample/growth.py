"""Feedback, one-to-one talks with promises, and recognition of the sample team, about deals that it made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from models.sample.calendar import Calendar
from models.sample.customers import Customer
from models.sample.deals import Deal
from models.sample.growth_words import EN, ZH
from models.sample.team import LEADERS, Person

Row = tuple[Any, ...]
Named = Callable[[str, int], str]  # the public id of an entity's record by its place in the sample

FIELDS = {
    "cultural_value": "name behaviours active",
    "feedback": "person giver kind skill event_date situation behaviour impact next_step cites given_on "
    "visibility task",
    "one_on_one": "person manager held_on status agenda shared_notes private_notes",
    "promise": "talk promised_by title due status task",
    "recognition_award": "person title value cites reason awarded_on giver",
}
_FEEDBACKS = 20
_EVERY = 11  # days between two feedbacks
_TALKED = (6, 12, 20, 27, 35, 48)  # days since the last talk, person by person; two had none


class Growing:
    """Makes the rows; ``tasks`` are owner and status of each task in its place."""

    def __init__(
        self,
        language: str,
        calendar: Calendar,
        people: list[Person],
        known: list[Customer],
        deals: list[Deal],
        tasks: list[tuple[int, str]],
        named: Named,
    ) -> None:
        self._calendar, self._people, self._known = calendar, people, known
        self._deals, self._tasks, self._named = deals, tasks, named
        self._words = ZH if language == "zh_CN" else EN
        self._used: set[int] = set()  # deals that were spoken of
        self._linked: set[int] = set()  # tasks

    def all(self) -> dict[str, list[Row]]:
        """Everything, in the order in which links point backwards."""
        talks = list(self._talks())
        return {
            "cultural_value": [(*one, True) for one in self._words.values],
            "feedback": list(self._feedback()),
            "one_on_one": talks,
            "promise": list(self._promises(talks)),
            "recognition_award": list(self._awards()),
        }

    def _lead(self, person: int) -> int:
        lead = self._people[person].manager
        if lead is None:  # of those who lead, the other one
            lead = next(one for one in LEADERS if one != person)
        return lead

    def _day(self, days: int) -> date:
        """A working day so many days ago."""
        return self._calendar.before(self._calendar.today - timedelta(days=days))

    def _deal(self, person: int, status: str, until: date) -> int | None:
        """The latest deal of a person that ended so up to a day and was not spoken of yet."""
        found = [
            at
            for at, one in enumerate(self._deals)
            if one.owner == person and one.status == status and at not in self._used
            and one.closed_on is not None and one.closed_on <= until
        ]  # fmt: skip
        if not found:
            return None
        latest = max(found, key=lambda at: (self._deals[at].closed_on or date.min, at))
        self._used.add(latest)
        return latest

    def _task(self, person: int, *, done: bool) -> int | None:
        """A task of a person that is not linked yet."""
        for at, (owner, status) in enumerate(self._tasks):
            if owner == person and (status == "done") == done and at not in self._linked:
                self._linked.add(at)
                return at
        return None

    def _feedback(self) -> Iterator[Row]:
        texts = self._words.feedback
        for at in range(_FEEDBACKS):
            kind, skill, status, *said = texts[at % len(texts)]
            person = at * 3 % len(self._people)
            deal = self._deal(person, status, self._day(_EVERY * at))
            if deal is None:
                continue
            closed = self._deals[deal].closed_on or self._calendar.today
            customer = self._known[self._deals[deal].customer].short
            situation, behaviour, impact, step = (one.format(customer=customer) for one in said)
            given = min(self._calendar.after(closed + timedelta(days=1 + at % 4)), self._calendar.today)  # fmt: skip
            bare = at % 10 == 7  # now and then somebody cites nothing
            yield (
                person, self._lead(person), kind, skill, closed, situation, behaviour, impact, step,
                None if bare else self._named("opportunity", deal), given,
                "private" if at % 9 == 5 else "shared",
                self._task(person, done=at % 2 == 0) if at % 4 == 0 else None,
            )  # fmt: skip

    def _talks(self) -> Iterator[Row]:
        for at, days in enumerate(_TALKED):
            person = at + len(LEADERS)
            for back in (days + 31, days):
                shared = self._words.shared[(at + back) % len(self._words.shared)]
                private = self._words.private if at % 3 == 0 else None
                yield person, self._lead(person), self._day(back), "held", None, shared, private
        due = self._calendar.after(self._calendar.today + timedelta(days=2))
        yield len(LEADERS), self._lead(len(LEADERS)), due, "planned", None, None, None

    def _promises(self, talks: list[Row]) -> Iterator[Row]:
        for at, (person, _, held, status, *_) in enumerate(talks):
            if status != "held":
                continue
            own, lead = self._words.promises[at % len(self._words.promises)]
            earlier = at % 2 == 0  # the talk before the last: most of it is settled
            task = self._task(person, done=earlier)
            kept = "kept" if earlier and (task is None or at % 8) else "open"
            yield at, "salesperson", own, held + timedelta(days=14), kept, task
            yield (
                at,
                "manager",
                lead,
                held + timedelta(days=10),
                "kept" if earlier else "open",
                None,
            )

    def _awards(self) -> Iterator[Row]:
        for at, (title, reason, value) in enumerate(self._words.awards):
            person = (at * 2 + 2) % len(self._people)
            on = self._day(12 + at * 25)
            deal = self._deal(person, "won", on)
            if deal is not None:
                cites = self._named("opportunity", deal)
                yield (
                    person,
                    title,
                    value,
                    cites,
                    reason,
                    self._day(12 + at * 25),
                    self._lead(person),
                )
