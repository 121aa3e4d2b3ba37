"""A year of a team's days, played through the models that screens and verbs use.

Each day the book is opened or not, what is due by itself is made, people write their diary, plan, move,
do, block, ask, answer, go on leave, pick from the pool; somebody leaves; some of it is taken back and
some of that brought back. ``holds`` is asked along the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from models.book import Book
from models.calendar.in_book import work_calendar
from models.following import plans, pool, pool_moves
from models.people.handing_over import HandOver
from models.refusals import Refused
from models.reminding.quiet import Quiet
from models.sample.dice import Dice, Wheel
from models.tasks import series
from tests.year import giving, holds
from tests.year.bells import Bell
from tests.year.crowd import Crowd, Size, make, moment, put
from tests.year.naive import ONE, SERIES, Days, Series
from tests.year.work import Work

OWN = {date(2025, 6, 20): False, date(2025, 6, 21): True}  # the team's outing, made up for
_FORGOTTEN = 8  # one customer of so many is planned with, and nobody ever gets round to them
OPENS = 0.3  # of free days on which somebody opens the book all the same


@dataclass(frozen=True)
class Course:
    """Which year of whom."""

    size: Size
    first: date
    last: date
    activities: int = 25  # a person a day
    seed: int = 1
    leaves_on: date | None = None  # when one of them leaves the team


@dataclass
class Life:
    """The book under way and what is known of it beside the book."""

    book: Book
    course: Course
    crowd: Crowd
    dice: Dice
    days: Days = field(default_factory=lambda: Days(OWN))
    heads: dict[int, tuple[Series, date]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    since: int = 0  # the change after which changes may be taken back
    undone: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    bells: tuple[Bell, ...] = ()
    _kinds: Wheel[str] | None = None

    @classmethod
    def begin(cls, book: Book, course: Course) -> Life:
        """The team as it is on the morning of the first day, with its recurring tasks."""
        crowd = make(book, course.size, course.first, course.seed)
        life = cls(book, course, crowd, Dice(course.seed, "life"))
        life._kinds = Wheel.of(crowd.words.kinds)
        with book.change("The team's own days") as change:
            for day, works in OWN.items():
                change.add("calendar_day", {"day": day, "kind": "work" if works else "off"})
        works = work_calendar(book).is_working
        life.bells = (Bell(Quiet(is_working=works)), Bell(Quiet(*[datetime.min.time()] * 2)))
        with book.change("The weeks before", "sample") as change:
            before = Work(crowd, course.seed)
            life.counts["activities"] += before.past(change, share=1.0)
            before.contracts(change)
        life._repeat()
        life.since = book.last_change
        return life

    def _repeat(self) -> None:
        """Two recurring tasks a person, or every rule once; some are over as soon as they are made."""
        count = max(len(SERIES), 2 * len(self.crowd.people))
        with self.book.change("Recurring tasks") as change:
            for at in range(count):
                one = SERIES[at % len(SERIES)]
                anchor = self.course.first + timedelta(days=at % 5)
                owner = self.crowd.working[at % len(self.crowd.working)]
                values: dict[str, Any] = {
                    "title": f"{one.text} {at}", "kind": "internal", "owner": owner, "due": anchor,
                    "recurrence": one.text, "effort_hours": 1, "done_criteria": "OK",
                }  # fmt: skip
                if at % 4 == 0:  # in the evening, of which nobody is to hear at night
                    values["remind_at"] = moment(anchor, (7, 9, 21, 23)[at // 4 % 4], 30)
                row = change.add("task", values)
                if at % 6 == 0:
                    change.add("checklist_item", {"task": row, "place": 1, "title": "A"})
                if at % 9 == 0:
                    change.set("task", row, {"status": "done", "done_at": anchor})
                self.heads[row] = one, anchor

    # -- a day -------------------------------------------------------------------------------------

    def play(self) -> None:
        """All days, and what must hold at the end."""
        day = self.course.first
        while day <= self.course.last:
            self.live(day)
            if (day + ONE).day == 1:
                holds.today_says_the_same_twice(self, day)
            day += ONE
        self.open_book(self.course.last)
        holds.at_the_end(self, self.course.last)

    def live(self, day: date) -> None:
        """One day from midnight to midnight."""
        works = self.days.works(day)
        morning, noon, end = moment(day, 8, 40), moment(day, 13), moment(day + ONE, 0)
        self._listen(moment(day, 0), morning)
        if works or self.dice.happens(OPENS):
            self.open_book(day)
        if works:
            self._morning(day)
        self._listen(morning, noon)
        if works:
            self._afternoon(day)
        self._listen(noon, end)
        self.counts["days"] += 1

    def _listen(self, now: datetime, until: datetime) -> None:
        for bell in self.bells:
            bell.listen(self.book, now, until)

    def open_book(self, day: date) -> None:
        """What is done by itself when a day begins; a second time it does nothing."""
        if self.dice.happens(0.1):  # another program was there first
            with Book.open(self.book.path) as other:
                self._upkeep(other, day)
            self.book.poll()
        self._upkeep(self.book, day)
        before = self.book.last_change
        assert not series.make(self.book, day), "a recurring task was made twice"
        assert not plans.upkeep(self.book, day)
        assert self.book.last_change == before, "nothing was due, and something was written"

    def _upkeep(self, book: Book, day: date) -> None:
        self.counts["made by rule"] += series.make(book, day)
        self.counts["missed"] += plans.upkeep(book, day)

    def _morning(self, day: date) -> None:
        if day == self.days.after(day.replace(day=1)) or day == self.course.first:
            self._goals(day)
        self._diary(day)
        self._new_tasks(day)
        self._plan(day)
        self._leave(day)
        if day == self.course.leaves_on:
            self._somebody_leaves(day)

    def _afternoon(self, day: date) -> None:
        self._progress(day)
        self._blocked(day)
        self._move(day)
        self._pool(day)
        holds.covers(self, day)
        self._take_back()

    # -- who is there ------------------------------------------------------------------------------

    def run(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """Rows as they are stored, by SQL written here."""
        return self.book.connection().run(sql, params)

    def present(self, day: date) -> list[int]:
        """Who works on a day, by what is stored."""
        away = holds.away(self, day)
        return [
            row
            for (row,) in self.run(
                "SELECT id FROM salesperson WHERE alive = 1 AND status IN ('active', 'onboarding')"
            )
            if row not in away
        ]

    def _owned(self) -> dict[int, list[int]]:
        made: dict[int, list[int]] = {}
        for customer, owner in self.run(
            "SELECT id, owner FROM customer WHERE alive = 1 AND owner IS NOT NULL ORDER BY id"
        ):
            made.setdefault(owner, []).append(customer)
        return made

    # -- what they do ------------------------------------------------------------------------------

    def _diary(self, day: date) -> None:
        """What was done this day, as one paste: first what was planned, else anybody."""
        owned, dice, kinds = self._owned(), self.dice, self._kinds
        assert kinds is not None
        waiting: dict[int, list[int]] = {}
        for customer, person in self.run(
            "SELECT p.customer, coalesce(p.person, c.owner) FROM follow_up_plan p "
            "JOIN customer c ON c.id = p.customer "
            "WHERE p.alive = 1 AND p.status = 'planned' AND p.due <= ? ORDER BY p.due, p.id",
            day.isoformat(),
        ):
            if customer % _FORGOTTEN:
                waiting.setdefault(person, []).append(customer)
        remarks = self.crowd.words.remarks
        rows = []
        for person in self.present(day):
            own = [one for one in owned.get(person, ()) if one % _FORGOTTEN]
            if not own:
                continue
            due = [one for one in waiting.get(person, ()) if dice.happens(0.8)]
            for at in range(max(dice.count(self.course.activities), 1)):
                customer = due[at] if at < len(due) else dice.choice(own)
                rows.append(
                    (
                        moment(day, dice.randint(9, 17), dice.randrange(12) * 5), dice.draw(kinds),
                        person, customer, dice.choice(remarks), dice.choice((5, 10, 30, 60)),
                    )
                )  # fmt: skip
        orders = [
            (
                f"SO{day:%y%m%d}{at:03}",
                row[3],
                row[2],
                day,
                Decimal(dice.randint(1, 90) * 500),
                "done",
            )
            for at, row in enumerate(rows)
            if at % 40 == 0
        ]
        with self.book.change("Diary") as change:
            put(change, "activity", "at kind person customer result duration_minutes", rows)
            put(change, "order", "code customer owner ordered_on amount status", orders)
        self.counts["activities"] += len(rows)

    def _goals(self, day: date) -> None:
        """What is asked of the month, and of the quarter that begins with it."""
        with self.book.change("Goals") as change:
            work = Work(replace(self.crowd, today=day), self.course.seed)
            work.goals(change, quarter=day.month % 3 == 1 or day == self.course.first)

    def _new_tasks(self, day: date) -> None:
        """Work that came up, given by the assistant; some of it is remembered at odd hours."""
        dice, words = self.dice, self.crowd.plan_words
        skills = [name for name, _, _ in self.crowd.work_words.skills[:4]]
        made = []
        with self.book.change("New tasks") as change:
            for _ in range(dice.count(0.4 * len(self.crowd.people))):
                customer = dice.choice(self.crowd.customers)
                title, kind, hours, done = dice.choice(words.tasks)
                due = day + timedelta(days=dice.randint(0, 14))
                values: dict[str, Any] = {
                    "title": title.format(customer=self.crowd.short(customer)), "kind": kind,
                    "customer": customer, "due": due, "effort_hours": hours, "done_criteria": done,
                }  # fmt: skip
                if dice.happens(0.3):
                    values["required_skills"] = dice.choice(skills)
                if dice.happens(0.3):
                    at = day + timedelta(days=dice.randint(0, 10))
                    values["remind_at"] = moment(at, dice.randrange(24), dice.randrange(60))
                made.append(change.add("task", values))
        self.counts["tasks"] += len(made)
        if made:
            giving.give(self, made, day)

    def _plan(self, day: date) -> None:
        """Follow-ups of the days to come, some at an hour; meetings of a team."""
        owned, dice, purposes = self._owned(), self.dice, self.crowd.work_words.purposes
        for person in self.present(day):
            if person not in owned or not dice.happens(0.5):
                continue
            some = dice.sample(owned[person], min(2, len(owned[person])))
            purpose, kind = dice.choice(purposes)
            due = day + timedelta(days=dice.randint(1, 20))
            values: dict[str, Any] = {"due": due, "purpose": purpose, "kind": kind}
            if dice.happens(0.6):
                values["person"] = person
            if dice.happens(0.3):
                values["at"] = moment(due, dice.randint(7, 22), 15)
            self.counts["follow-ups"] += len(plans.plan(self.book, some, values))
        if day.weekday() == 0:
            with self.book.change("Meetings") as change:
                for team in self.crowd.teams:
                    at = moment(day + ONE, dice.choice((0, 8, 9, 20)), 30)
                    change.add(
                        "meeting",
                        {"title": "例会", "held_on": day + ONE, "starts_at": at, "team": team},
                    )

    def _leave(self, day: date) -> None:
        """Asked for, granted the day after with a cover, or not; taken when it is over."""
        dice = self.dice
        present = self.present(day)
        if len(present) < 2:
            return
        with self.book.change("Leave") as change:
            for row, person, first in self.run(
                "SELECT id, person, starts_on FROM \"leave\" WHERE alive = 1 AND status = 'requested'"
            ):
                granted = dice.happens(0.9)
                cover = dice.choice([one for one in present if one != person])
                change.set("leave", row, {"status": "approved" if granted else "rejected"})
                if granted and dice.happens(0.7):
                    if dice.happens(0.5):
                        change.set("leave", row, {"cover": cover})
                    else:
                        change.add("cover", {"leave": row, "person": cover})
                    self.counts["covers"] += 1
                self.counts["leave"] += granted
                assert first >= day.isoformat()
            for (row,) in self.run(
                "SELECT id FROM \"leave\" WHERE alive = 1 AND status = 'approved' AND ends_on < ?",
                day.isoformat(),
            ):
                change.set("leave", row, {"status": "taken"})
            for person in present:
                if dice.happens(0.02):
                    first = self.days.after(day + timedelta(days=dice.randint(5, 20)))
                    change.add(
                        "leave",
                        {
                            "person": person, "starts_on": first, "kind": "annual",
                            "ends_on": first + timedelta(days=dice.randint(0, 6)),
                            "starts_at_noon": dice.happens(0.2), "status": "requested",
                        },
                    )  # fmt: skip

    def _progress(self, day: date) -> None:
        """What is due is done, mostly; now and then a task of a series is thrown away."""
        dice = self.dice
        present = set(self.present(day))
        with self.book.change("Done") as change:
            for row, owner, of in self.run(
                "SELECT id, owner, series FROM task WHERE alive = 1 AND due <= ? "
                "AND status IN ('assigned', 'accepted', 'doing') ORDER BY id",
                day.isoformat(),
            ):
                if owner not in present or not dice.happens(0.6):
                    continue
                if of is not None and dice.happens(0.02):
                    change.remove("task", [row])
                    self.counts["thrown away"] += 1
                    continue
                change.set("task", row, {"status": "done", "done_at": day})
                self.counts["done"] += 1

    def _blocked(self, day: date) -> None:
        """Some work can't go on; what was asked yesterday is answered, and goes on."""
        giving.blocked(self, day)

    def _move(self, day: date) -> None:
        """Two follow-ups of what is planned are moved, one is given up."""
        planned = self.run(
            "SELECT id, due FROM follow_up_plan WHERE alive = 1 AND status = 'planned' ORDER BY id"
        )
        for row, due in self.dice.sample(planned, min(2, len(planned))):
            later = day + timedelta(days=self.dice.randint(21, 30))
            if later.isoformat() != due:
                plans.move(self.book, row, later, "改期")
                planned.remove((row, due))
                self.counts["moved"] += 1
        if planned and self.dice.happens(0.3):
            plans.miss(self.book, [self.dice.choice(planned)[0]], "客户出差")

    def _pool(self, day: date) -> None:
        """On Mondays those that fall are taken away; each day some are picked, never by who is away."""
        if day.weekday() == 0:
            falling = [one.customer for one in pool.Pool(self.book, day).falling]
            if falling:
                pool_moves.recycle(self.book, falling, day)
                self.counts["recycled"] += len(falling)
        inside = self._in_pool()
        for person in self.dice.sample(self.crowd.people, 2):
            if not inside:
                return
            try:
                pool_moves.pick(self.book, inside[0], person, day)
            except Refused as refused:
                self.counts[refused.code] += 1
                continue
            assert person in self.present(day), "who isn't at work picked a customer"
            inside = self._in_pool()
            self.counts["picked"] += 1

    def _in_pool(self) -> Sequence[int]:
        return [
            row
            for (row,) in self.run(
                "SELECT id FROM customer WHERE alive = 1 AND owner IS NULL "
                "AND pool_status = 'pool' ORDER BY id"
            )
        ]

    def _somebody_leaves(self, day: date) -> None:
        """Hands everything over to several, in one change that stays."""
        leaver = next(
            one for one in reversed(self.crowd.working) if self.crowd.superior(one) is not None
        )
        handing = HandOver(self.book, leaver, day)
        done = handing.apply(handing.distributed(), "left")
        self.counts["handed over"] = done.moved
        self.left.append(leaver)
        self.crowd.statuses[leaver - self.crowd.people.start] = "left"
        self.undone.clear()
        self.since = self.book.last_change
        holds.nothing_open_is_theirs(self, leaver, day)

    def _take_back(self) -> None:
        """Now and then a change of these days is taken back; half of them are brought back, then or later."""
        dice, book = self.dice, self.book
        if self.undone and dice.happens(0.5):
            book.redo(self.undone.pop())
            self.counts["redone"] += 1
        if not dice.happens(0.25):
            return
        recent = [one for one in book.history(30) if one.kind == "edit" and one.no > self.since]
        recent = [one for one in recent if not one.undone]
        if recent:
            one = dice.choice(recent).no
            book.undo(one)
            self.counts["undone"] += 1
            if dice.happens(0.5):
                self.undone.append(one)
