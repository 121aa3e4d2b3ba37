"""What each person had to work with: customers, how large they are, and how much of the pipeline was given to them.

No test is made here: customers differ for good reasons. Who has twice the team's middle or half of it is
marked, so that totals are read with it in mind.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median

from models.dialects import Connection
from models.evaluations.checks import FINE, LOOK, UNKNOWN, Check, Evaluated, Line, heads
from models.money import from_scaled, show_whole
from models.texts import N_, ntr, tr

FAR = 2  # times the middle, or a part of it


@dataclass
class Territory:
    """What somebody has: rows of customers and of open deals; money in millionths."""

    customers: list[int] = field(default_factory=list)
    best: int = 0  # of grade A
    revenue: int = 0
    known: int = 0  # customers whose revenue is known
    deals: list[int] = field(default_factory=list)
    pipeline: int = 0
    given: int = 0  # of it with customers or as deals that were given


def territories(db: Connection) -> dict[int, Territory]:
    """Everybody's territory as it is now."""
    made: dict[int, Territory] = defaultdict(Territory)
    for row, owner, grade, revenue in db.run(
        "SELECT id, owner, coalesce(grade, ''), annual_revenue FROM customer "
        "WHERE alive = 1 AND owner IS NOT NULL ORDER BY id"
    ):
        one = made[owner]
        one.customers.append(row)
        one.best += grade == "A"
        one.revenue += int(revenue or 0)
        one.known += revenue is not None
    for row, owner, amount, given in db.run(
        "SELECT o.id, o.owner, coalesce(o.amount, 0), EXISTS (SELECT 1 FROM opportunity_ledger g "
        "WHERE g.alive = 1 AND g.person = o.owner AND (g.opportunity = o.id OR g.customer = o.customer)) "
        "FROM opportunity o WHERE o.alive = 1 AND o.owner IS NOT NULL AND coalesce(o.status, 'open') = 'open' "
        "ORDER BY o.id"
    ):
        one = made[owner]
        one.deals.append(row)
        one.pipeline += int(amount)
        one.given += int(amount) if given else 0
    return made


def check(every: Evaluated) -> Check:
    """Everybody's territory against the middle of the team."""
    with every.book.reading() as db:
        found = territories(db)
    mine = [found.get(every.rows[one.person]) or Territory() for one in every.people]
    by_revenue = sum(one.known for one in mine) * 2 >= sum(len(one.customers) for one in mine)
    sizes = [one.revenue if by_revenue else len(one.customers) for one in mine]
    middle = median(sizes) if sizes else 0
    lines = []
    for person, one, size in zip(every.people, mine, sizes, strict=True):
        times = size / middle if middle else None
        far = times is not None and not 1 / FAR < times < FAR
        lines.append(_line(every, person.name, one, times, far))
    marked = sum(one.look for one in lines)
    there = any(sizes) and len(sizes) > 1
    return Check(
        "territory",
        tr(N_("Potential of territories")),
        (LOOK if marked else FINE) if there else UNKNOWN,
        _finding(marked) if there else tr(N_("Nobody has customers yet: there is nothing to compare.")),
        tr(
            N_(
                "Customers and open deals that people have now. Territories are compared by the annual revenue of their customers, or by their number where it is known of fewer than half. Given is pipeline with customers or deals that stand among the chances given. Marked is who has twice the team's middle or more, or half of it or less."
            )
        ),
        heads(
            N_("Salesperson"), N_("Customers"), N_("Grade A"), N_("Annual revenue"),
            N_("Open pipeline"), N_("Given of it"), N_("Times the middle"),
        ),
        (1, 2, 3, 4, 5, 6),
        tuple(lines),
        {4: "opportunity", 5: "opportunity"},
    )  # fmt: skip


def _finding(far: int) -> str:
    if far:
        return ntr(
            "{n} person has a territory of twice the middle or half of it: read amounts with it in mind.",
            "{n} people have territories of twice the middle or half of it: read amounts with it in mind.",
            far,
        )
    return tr(N_("All territories lie between half the middle and twice of it."))


def _line(every: Evaluated, name: str, one: Territory, times: float | None, far: bool) -> Line:
    currency = every.book.currency

    def money(value: int) -> str:
        return show_whole(from_scaled(value), currency)

    compared = "–" if times is None else f"{times:.1f}×"
    cells = (
        name,
        str(len(one.customers)),
        str(one.best),
        money(one.revenue) if one.known else "–",
        money(one.pipeline),
        money(one.given),
        compared,
    )
    sentence = ntr(
        "{name} has {n} customer and an open pipeline of {pipeline}, {given} of it given: {times} of the team's middle.",
        "{name} has {n} customers and an open pipeline of {pipeline}, {given} of it given: {times} of the team's middle.",
        len(one.customers),
        name=name,
        pipeline=cells[4],
        given=cells[5],
        times=compared,
    )
    records = {"customer": tuple(one.customers), "opportunity": tuple(one.deals)}
    return Line(cells, sentence, {key: rows for key, rows in records.items() if rows}, far)
