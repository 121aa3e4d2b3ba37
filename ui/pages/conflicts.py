"""Customers that two people claim or have (撞单): the cases to rule on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.book import Book
from models.texts import N_, ntr, tr
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line

if TYPE_CHECKING:
    from models.following.claims import Case
    from models.following.suspects import Suspect


class Conflicts(ActedList):
    """Claims that contradict each other, then records that are probably one customer of two owners."""

    name = N_("Conflicts")
    heads = (N_("Customer"), N_("Sides"), N_("Claimed on"), N_("Why"))
    reads = frozenset({"customer", "ownership_claim", "salesperson"})

    def offered(self) -> Sequence[Act]:
        """Rule on a case; write a claim down."""
        return (
            Act(N_("Rule…"), self.rule, "one"),
            Act(N_("Register a claim…"), self.register, "any"),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """The cases, then what is suspected and isn't a case yet."""
        from models.following.claims import cases
        from models.following.suspects import suspects

        found = cases(book)
        known = {one for case in found for one in case.customers}
        return [
            *(_case(one) for one in found),
            *(_suspect(one) for one in suspects(book) if not known.issuperset(one.customers)),
        ]

    def nothing(self) -> str:
        """Nobody claims what somebody else has."""
        text = N_("No customer is claimed by two people, and no two owners have one customer under two names. A claim is registered here, or imported from a sheet.")  # fmt: skip
        return tr(text)

    def counted(self, lines: Sequence[Line]) -> str:
        """How many cases there are."""
        return ntr("{n} case", "{n} cases", len(lines))

    def opened(self, line: Line) -> None:
        """Enter on a case: the ruling."""
        self.rule()

    def rule(self) -> None:
        """Look at both sides of the chosen case and rule."""
        from models.following.claims import case_of
        from ui.dialogs.ruling import Ruling

        lines = self.chosen()
        if lines:
            case = case_of(self.session.book, lines[0].thing.customers)
            self.show_dialog(Ruling(self.session, case, self))

    def register(self) -> None:
        """Write down that somebody claims a customer."""
        from ui.dialogs.new_claim import NewClaim

        self.show_dialog(NewClaim(self.session, self))


def _case(case: Case) -> Line:
    people = tr(N_(", ")).join(one.name for one in case.sides)
    claimed = max((one.claimed_on for one in case.sides if one.claimed_on), default=None)
    why = tr(N_("Claimed from its owner, or by two people."))
    cells = (case.name, people, claimed.isoformat() if claimed else "", why)
    return Line(("customer", case.customers[0]), cells, case)


def _suspect(one: Suspect) -> Line:
    names = dict.fromkeys(twin.name for twin in one.twins)
    people = dict.fromkeys(twin.owner_name for twin in one.twins if twin.owner_name)
    cells = (" / ".join(names), tr(N_(", ")).join(people), "", one.text())
    return Line(("customer", one.customers[0]), cells, one)
