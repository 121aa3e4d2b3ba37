"""The funnel: how many deals entered each stage, how many went on, and how long they stayed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

from models.book import Book
from models.periods import Period


@dataclass(frozen=True)
class StageRow:
    """One stage: deals that reached it, that went further, and the median days of those that left."""

    id: int
    label: str
    deals: tuple[int, ...]
    moved_on: int
    days: float | None
    amount: int

    @property
    def entered(self) -> int:
        """How many deals reached it."""
        return len(self.deals)

    @property
    def conversion(self) -> float | None:
        """The share that went further; None without deals."""
        return self.moved_on / self.entered if self.entered else None


def funnel(book: Book, period: Period | None = None) -> list[StageRow]:
    """Rows by stage in order, of the deals opened in the period; a won deal passed every open stage."""
    with book.reading() as db:
        stages = db.run(
            "SELECT id, name, coalesce(order_no, 50), kind FROM stage WHERE alive = 1 AND kind IS NOT 'lost' ORDER BY 3, 1"
        )
        where, params = "", []
        if period is not None:
            where, params = (
                " AND coalesce(p.opened_on, p.closed_on) >= ? AND coalesce(p.opened_on, p.closed_on) < ?",
                [period.start.isoformat(), period.end.isoformat()],
            )
        deals = db.run(
            f"SELECT p.id, p.status, p.stage, p.amount FROM opportunity p WHERE p.alive = 1{where}",
            params,
        )
        steps = db.run(
            f"SELECT c.opportunity, c.stage, c.at FROM stage_change c JOIN opportunity p ON p.id = c.opportunity AND p.alive = 1 WHERE c.alive = 1{where} ORDER BY c.opportunity, c.at, c.id",
            params,
        )
    place = {row[0]: at for at, row in enumerate(stages)}
    won = max((at for at, row in enumerate(stages) if row[3] == "won"), default=len(stages))
    furthest: dict[int, int] = {}
    for deal, status, stage, _ in deals:
        furthest[deal] = won if status == "won" else place.get(stage, -1)
    stays: dict[int, list[int]] = {}
    before: tuple[int, int, str] | None = None
    for deal, stage, at in steps:
        if stage in place:
            furthest[deal] = max(furthest.get(deal, -1), place[stage])
        if before and before[0] == deal and before[1] != stage:
            stay = (date.fromisoformat(at) - date.fromisoformat(before[2])).days
            stays.setdefault(before[1], []).append(max(stay, 0))
        if before is None or before[0] != deal or before[1] != stage:
            before = (deal, stage, at)
    amounts = {deal: amount or 0 for deal, _, _, amount in deals}
    made = []
    for at, (id_, name, _, _) in enumerate(stages):
        reached = [deal for deal, far in furthest.items() if far >= at]
        further = sum(furthest[deal] > at for deal in reached)
        days = stays.get(id_)
        made.append(
            StageRow(
                id_,
                name,
                tuple(reached),
                further,
                float(median(days)) if days else None,
                sum(amounts.get(deal, 0) for deal in reached),
            )
        )
    return made
