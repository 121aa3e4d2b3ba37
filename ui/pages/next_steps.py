"""Open customers that nobody was in touch with for too long, and those with whom nothing is planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.book import Book
from models.following.neglect import Neglected, StepLess
from models.following.sentences import joined
from models.texts import N_, ntr, tr
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line

_OVER = 4


@dataclass(frozen=True)
class _Both:
    """What is to be said of one customer: too long without contact, nothing planned, or both."""

    late: Neglected | None
    bare: StepLess | None


class NextSteps(ActedList):
    """Whom to think of next, who is over the longest first."""

    name = N_("Next steps")
    heads = (
        N_("Customer"), N_("Grade"), N_("Owner"), N_("Last contact"), N_("Days over"), N_("Why"),
    )  # fmt: skip
    numbers = (_OVER,)
    reads = frozenset(
        {"customer", "activity", "follow_up_plan", "task", "pool_rule", "salesperson"}
    )

    def offered(self) -> Sequence[Act]:
        """Plan a follow-up, or say why there is none."""
        return (
            Act(N_("Plan…"), self.plan),
            Act(N_("Not needed because…"), self.no_step),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """Both lists, each customer once; those with a reason for no next step only if they are late."""
        from models.following import known, neglect

        late = {one.customer: one for one in neglect.neglected(book, on)}
        bare = {one.customer: one for one in neglect.without_step(book, on) if not one.reason}
        with book.reading() as db:
            people = known.people(db)
        order = [*late, *(one for one in bare if one not in late)]
        return [_line(one, _Both(late.get(one), bare.get(one)), people) for one in order]

    def helping(self) -> Act | None:
        """Rules to begin with, where there are none."""
        book = self.session.book
        if book.count("pool_rule") or not book.count("customer"):
            return None
        return Act(N_("Begin with usual rules"), self.begin_rules, "any")

    def nothing(self) -> str:
        """Everybody was contacted, or no rule says how often."""
        if not self.session.book.count("customer"):
            return tr(N_("There are no customers yet."))
        if not self.session.book.count("pool_rule"):
            text = N_("Something is planned with every customer. How often each grade is to be contacted is said by rules: Pool, Rules of grades.")  # fmt: skip
            return tr(text)
        return tr(N_("Every customer was contacted in time, and something is planned with each."))

    def counted(self, lines: Sequence[Line]) -> str:
        """How many customers, and how many of them are over."""
        late = sum(one.thing.late is not None for one in lines)
        said = ntr("{n} customer", "{n} customers", len(lines))
        return tr(N_("{customers}, {late} not contacted in time"), customers=said, late=f"{late:,}")

    def plan(self) -> None:
        """Plan a follow-up with the chosen customers."""
        from ui.dialogs.plan_follow_up import open_plan

        lines = self.chosen()
        bare = lines[0].thing.bare if len(lines) == 1 else None
        purpose = bare.last_said if bare is not None else ""
        open_plan(self.session, [one.record[1] for one in lines], self, purpose=purpose)

    def no_step(self) -> None:
        """Say why nothing needs to be planned with them."""
        from ui.dialogs.plan_follow_up import open_no_step

        open_no_step(self.session, [one.record[1] for one in self.chosen()], self)


def _line(customer: int, both: _Both, people: dict[int, str]) -> Line:
    about = both.late or both.bare
    assert about is not None
    last = about.last.isoformat() if about.last else ""
    over = both.late.over if both.late else None
    # What is missing comes first: how long it is over stands in a column of its own, too.
    why = joined(one.text() for one in (both.bare, both.late) if one is not None)
    return Line(
        ("customer", customer),
        (about.name, about.grade, people.get(about.owner or 0, ""), last, f"{over:,}" if over else "", why),
        both,
        ((_OVER, float(over)),) if over else (),
        (_OVER, "danger") if over else None,
    )  # fmt: skip
