"""What the SMART meter says in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from models.book import Book
from models.goals import rules
from models.goals.smart_draft import HINT, OK, OPEN, Draft, Finding
from models.measures.definition import Definition
from models.money import plain, rounded
from models.texts import N_, ntr, tr

if TYPE_CHECKING:
    from models.goals.evidence import Chance
    from models.goals.prospects import Reach

_UNLIKELY, _HARD, _EASY = 0.1, 0.3, 0.95
_METHODS = {
    "own": N_("own records"),
    "pooled": N_("own records, held up by the team's"),
    "team": N_("the team's records"),
}
LEVELS = {"floor": N_("Floor"), "target": N_("Target"), "stretch": N_("Stretch")}


def percent(share: Decimal) -> str:
    """A share as people read it."""
    return f"{plain(rounded(share * 100, 1))}%"


def sentence(book: Book, made: Draft) -> str:
    """A title that says who, what, when and how much; "" while that isn't known."""
    target = made.amount("target")
    if made.what is None or target is None:
        return ""

    def look(entity: str, row: int) -> dict[str, object]:
        return book.record(entity, row) if row else {"calendar": book.calendar}

    who = rules.title(made.values, look)
    amount = made.what.show(target, book.currency)
    if made.down:
        return tr(N_("{goal}: at most {amount}"), goal=who, amount=amount)
    return tr(N_("{goal}: {amount}"), goal=who, amount=amount)


def siblings(what: Definition, currency: str, whole: Decimal, total: Decimal) -> str:
    """How far all parts are from their parent."""
    words = (
        N_("With the others the parts come to {sum}, {difference} below it.")
        if total < whole
        else N_("With the others the parts come to {sum}, {difference} above it.")
    )
    return tr(
        words, sum=what.show(total, currency), difference=what.show(abs(total - whole), currency)
    )


def likelihood(chance: Chance) -> str:
    """A chance with its 80 % range."""
    low, mid, high = (round(one * 100) for one in (chance.low, chance.mid, chance.high))
    return f"{mid}% ({low}–{high}%)"


def achievable(book: Book, made: Draft, reach: Reach) -> Finding:
    """How likely the levels are, on what grounds, and which levels would fit."""
    assert made.what is not None
    if reach.why_not:
        return Finding("A", HINT, reach.why_not)
    offered = {name: value for name, value in reach.levels.items() if value is not None}
    suggestion = ""
    if offered:
        listed = [
            f"{tr(LEVELS[name])} {made.what.show(value, book.currency)}"
            for name, value in offered.items()
        ]
        suggestion = tr(
            N_("Reached with 80, 50 and 20% chance: {levels}."), levels=tr(N_(", ")).join(listed)
        )
    chance = reach.chances.get("target")
    if chance is None:
        return Finding("A", HINT, _grounds(reach), suggestion, offered)
    said = [
        tr(N_("{level} {chance}"), level=tr(LEVELS[name]), chance=likelihood(one))
        for name, one in reach.chances.items()
    ]
    reason = tr(N_("Chance: {levels}."), levels=tr(N_(", ")).join(said)) + " " + _grounds(reach)
    if chance.mid < _UNLIKELY:
        return Finding(
            "A", OPEN, tr(N_("Hardly ever reached.")) + " " + reason, suggestion, offered
        )
    if chance.mid < _HARD:
        return Finding("A", HINT, tr(N_("Rather a stretch.")) + " " + reason, suggestion, offered)
    if chance.mid > _EASY:
        return Finding(
            "A", HINT, tr(N_("Reached almost surely.")) + " " + reason, suggestion, offered
        )
    return Finding("A", OK, reason, suggestion, offered)


def _grounds(reach: Reach) -> str:
    """On what a chance rests."""
    basis = reach.basis
    if basis.people > 1:
        rests = tr(
            N_("From {method}: {own} own, {team} of {people} people together, in {months} months."),
            method=tr(_METHODS.get(basis.method, _METHODS["own"])),
            own=f"{basis.own:,}",
            team=f"{basis.team:,}",
            people=basis.people,
            months=reach.months,
        )
    else:
        rests = tr(
            N_("From {n} records in {months} months."), n=f"{basis.own:,}", months=reach.months
        )
    ahead = plain(rounded(reach.days, 1))
    made = [rests, tr(N_("{days} days of a full person ahead."), days=ahead)]
    if reach.deals:
        made.append(ntr("{n} open deal counted.", "{n} open deals counted.", reach.deals))
    if reach.periods:
        made.append(
            ntr(
                "The target was reached in {reached} of {n} past period.",
                "The target was reached in {reached} of {n} past periods.",
                reach.periods,
                reached=reach.reached_before,
            )
        )
    return " ".join(made)
