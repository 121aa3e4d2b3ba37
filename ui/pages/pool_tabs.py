"""The customer pool: who is in it, and who falls into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.book import Book
from models.change import Change
from models.following.pool import ABOUT, FALLS, STAYS, Pooled, Standing
from models.texts import N_, ntr, tr
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line

_READS = frozenset(
    {
        "customer", "activity", "pool_rule", "pool_move", "opportunity", "contract", "salesperson",
    }
)  # fmt: skip
_LEFT = 3


class InPool(ActedList):
    """Customers that anybody may take, the best first, and those that simply have nobody."""

    name = N_("In the pool")
    heads = (
        N_("Customer"), N_("Grade"), N_("In the pool since"), N_("Was with"), N_("Last contact"),
        N_("Why"),
    )  # fmt: skip
    reads = _READS

    def offered(self) -> Sequence[Act]:
        """Somebody picks one, or several are assigned."""
        return (
            Act(N_("Pick…"), self.pick, "one", lambda line: isinstance(line.thing, Pooled)),
            Act(N_("Assign…"), self.assign),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """The pool, then who has no owner."""
        from models.following.pool import Pool

        pool = Pool(book, on)
        nobody = tr(N_("Nobody looks after this customer; it is not in the pool."))
        return [
            *(_pooled(one) for one in pool.in_pool),
            *(
                Line(("customer", one.id), (one.name, one.grade, "", "", "", nobody), one)
                for one in pool.unowned
            ),
        ]

    def nothing(self) -> str:
        """Nobody is in the pool."""
        text = N_("The pool is empty, and every customer has an owner. Customers come here by the rules of their grades (Falling), or when they are released by hand.")  # fmt: skip
        return tr(text)

    def counted(self, lines: Sequence[Line]) -> str:
        """How many are in the pool, and how many have nobody."""
        inside = sum(isinstance(one.thing, Pooled) for one in lines)
        return tr(N_("{inside} in the pool, {free} without an owner"), inside=f"{inside:,}", free=f"{len(lines) - inside:,}")  # fmt: skip

    def pick(self) -> None:
        """Let somebody take the chosen customer."""
        self._give(pick=True)

    def assign(self) -> None:
        """Give the chosen customers to somebody."""
        self._give(pick=False)

    def _give(self, *, pick: bool) -> None:
        from ui.dialogs.pool_acts import GiveCustomers

        rows = [one.record[1] for one in self.chosen()]
        if rows:
            self.show_dialog(GiveCustomers(self.session, rows, self, pick=pick))


def _pooled(one: Pooled) -> Line:
    since, last = (day.isoformat() if day else "" for day in (one.since, one.last_contact))
    cells = (one.name, one.grade, since, one.last_owner_name, last, one.reason)
    return Line(("customer", one.customer), cells, one)


class Falling(ActedList):
    """Who goes to the pool now or soon, and who would if there were no reason to stay."""

    name = N_("Falling")
    heads = (
        N_("Customer"), N_("Grade"), N_("Owner"), N_("Days left"), N_("Falls on"), N_("Why"),
    )  # fmt: skip
    numbers = (_LEFT,)
    reads = _READS

    def offered(self) -> Sequence[Act]:
        """Keep in touch, or let go."""
        falls = _falls
        return (
            Act(N_("Plan…"), self.plan),
            Act(N_("To the pool…"), self.recycle, "some", falls),
            Act(N_("All that fall…"), self.recycle_all, "any"),
            Act(N_("Release by hand…"), self.release),
            Act(N_("Never to the pool"), self.keep),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """Who falls, who is about to, and who stays although its time is over."""
        from models.following.pool import Pool

        pool = Pool(book, on)
        return [_standing(one) for one in (*pool.falling, *pool.about_to_fall, *pool.staying)]

    def helping(self) -> Act | None:
        """Rules to begin with, where there are none."""
        if self.session.book.count("pool_rule"):
            return None
        return Act(N_("Begin with usual rules"), self.begin_rules, "any")

    def nothing(self) -> str:
        """Nobody falls, or there are no rules."""
        if not self.session.book.count("pool_rule", "pool_days is not empty"):
            text = N_("No rule says when customers go to the pool. Add one for each grade in the list of rules.")  # fmt: skip
            return tr(text)
        return tr(N_("No customer is about to fall into the pool."))

    def counted(self, lines: Sequence[Line]) -> str:
        """How many fall, are about to, and stay."""
        by = {state: sum(one.thing.state == state for one in lines) for state in (FALLS, ABOUT, STAYS)}  # fmt: skip
        return tr(
            N_("{falling} fall now, {about} soon, {staying} stay"),
            falling=f"{by[FALLS]:,}",
            about=f"{by[ABOUT]:,}",
            staying=f"{by[STAYS]:,}",
        )

    def plan(self) -> None:
        """Plan a follow-up with the chosen customers."""
        from ui.dialogs.plan_follow_up import open_plan

        open_plan(self.session, [one.record[1] for one in self.chosen()], self)

    def recycle(self) -> None:
        """Take the chosen customers from their owners, after a look."""
        self._into_pool([one.thing for one in self.chosen()])

    def recycle_all(self) -> None:
        """Take all that fall from their owners, after a look."""
        falling = [one.thing for one in self.model.lines if _falls(one)]
        if not falling:
            self.session.refused.emit(tr(N_("No customer falls into the pool now.")))
            return
        self._into_pool(falling)

    def _into_pool(self, standings: list[Standing], *, by_hand: bool = False) -> None:
        from ui.dialogs.pool_acts import IntoPool

        if standings:
            self.show_dialog(IntoPool(self.session, standings, self, by_hand=by_hand))

    def release(self) -> None:
        """Give the chosen customers to the pool by hand."""
        self._into_pool([one.thing for one in self.chosen()], by_hand=True)

    def keep(self) -> None:
        """Mark the chosen customers, so that they never fall."""
        rows = [one.record[1] for one in self.chosen()]

        def act(change: Change) -> None:
            for row in rows:
                change.set("customer", row, {"pool_status": "kept"})

        said = ntr("{n} customer never goes to the pool", "{n} customers never go to the pool", len(rows))  # fmt: skip
        if rows:
            self.session.write(said, act, offer_undo=True)


def _falls(line: Line) -> bool:
    return isinstance(line.thing, Standing) and line.thing.state == FALLS


def _standing(one: Standing) -> Line:
    colour = {FALLS: "danger", ABOUT: "warning"}.get(one.state)
    return Line(
        ("customer", one.customer),
        (one.name, one.grade, one.owner_name, f"{one.days_left:,}", one.falls_on.isoformat(), one.text()),
        one,
        ((_LEFT, float(one.days_left)),),
        (_LEFT, colour) if colour else None,
    )  # fmt: skip
