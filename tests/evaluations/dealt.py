"""Evaluations built by hand from records: what a team of equal or unequal people brings in half a year.

The figures are those measured on public sales data: 15.7 deals won a person and month, sizes with a standard
deviation of 1.1 means, 63 % of closed deals won; visits are estimates (3 a working day).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np

from models.evaluations.result import Counted, ItemScore, Scored

CENT = Decimal("0.01")
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
MEASURES = {
    "won_amount": "money",
    "won_count": "count",
    "win_rate": "percent",
    "sales_cycle_days": "days",
    "visits": "count",
}
DEALS_A_MONTH, WON, SPREAD, VISITS_A_MONTH = 15.7, 0.632, 0.9, 63.0


def scored_item(
    measure: str, weight: str, reference: Decimal, records: Sequence[Counted], **more: object
) -> ItemScore:
    """An item as it would be scored in proportion, capped at 120 points."""
    above = sum((one.value for one in records), Decimal(0))
    below = None if not records or records[0].below is None else Decimal(len(records))
    value = above if below is None else above / below
    share = value / reference
    if measure == "sales_cycle_days":
        share = 2 - share
    score = min(max(share * 100, Decimal(0)), Decimal(120)).quantize(CENT)
    return ItemScore(
        item=f"SI-{measure}",
        name=measure,
        kind="metric",
        weight=Decimal(weight),
        counted_weight=Decimal(weight),
        score=score,
        sentence="",
        measure=measure,
        unit=MEASURES[measure],
        value=value,
        numerator=above,
        denominator=below,
        n=len(records),
        reference=reference,
        curve="linear",
        cap=Decimal(120),
        share=share,
        records=tuple(records),
        **more,  # type: ignore[arg-type]
    )


def person(number: int, items: Sequence[ItemScore], card: str = "SD-1", **more: object) -> Scored:
    """One person's evaluation."""
    total = sum((one.contribution for one in items), Decimal(0)).quantize(CENT)
    values: dict[str, object] = {
        "evaluation": "",
        "version": 1,
        "person": f"SP-{number:04}",
        "name": f"P{number}",
        "cycle": "EC-1",
        "cycle_name": "2026-H1",
        "scorecard": card,
        "scorecard_name": "Sales",
        "scorecard_version": 1,
        "first": FIRST,
        "last": LAST,
        "items": tuple(items),
        "data_score": total,
        "total": total,
        "grade": "",
    }
    return Scored(**(values | more))  # type: ignore[arg-type]


def rate(number: int, won: int, closed: int, measure: str = "win_rate") -> list[Counted]:
    """The records of a rate."""
    return [
        Counted(f"OP-{number:04}-{at}", "opportunity", "", Decimal(at < won), Decimal(1))
        for at in range(closed)
    ]


def team(
    random: np.random.Generator,
    weights: dict[str, str],
    people: int = 8,
    months: float = 6,
    better: float = 1.0,
    spread: float = SPREAD,
    deals: float = DEALS_A_MONTH,
) -> list[Scored]:
    """A team of equal people, the first of whom is ``better`` times as good as the others.

    Who is better wins more deals out of more, and visits more; the share of deals won rises as much, up to 95 %.
    """
    made = [
        _lived(random, number, better if number == 0 else 1.0, months, spread, deals)
        for number in range(people)
    ]
    return [
        person(
            number,
            [
                scored_item(
                    measure, weight, _reference(measure, months, deals, spread), one[measure]
                )
                for measure, weight in weights.items()
            ],
        )
        for number, one in enumerate(made)
    ]


def _reference(measure: str, months: float, deals: float, spread: float) -> Decimal:
    """What is a full score: 20 % above what an equal person brings on the average, so that caps count."""
    usual = {
        "won_amount": deals * months * 2300 * 1.2,
        "won_count": deals * months * 1.2,
        "win_rate": WON * 1.2,
        "sales_cycle_days": 52.0,
        "visits": VISITS_A_MONTH * months * 1.2,
    }
    return Decimal(str(round(usual[measure], 4)))


def _lived(
    random: np.random.Generator,
    number: int,
    better: float,
    months: float,
    spread: float,
    deals: float,
) -> dict[str, list[Counted]]:
    won = int(random.poisson(deals * better * months))
    lost_rate = deals * months * (1 / WON - 1)
    share = min(WON * better, 0.95)
    lost = int(
        random.poisson(lost_rate if better == 1 else deals * better * months * (1 / share - 1))
    )
    sizes = 2300 * np.exp(random.normal(-spread * spread / 2, spread, won))
    days = random.gamma(2.2, 52 / 2.2, won)
    ids = [f"OP-{number:04}-{at}" for at in range(won + lost)]
    visits = int(random.poisson(VISITS_A_MONTH * better * months))

    def deal(at: int, value: object, below: Decimal | None = None) -> Counted:
        return Counted(ids[at], "opportunity", "", Decimal(str(value)), below)

    return {
        "won_amount": [deal(at, round(float(one), 2)) for at, one in enumerate(sizes)],
        "won_count": [deal(at, 1) for at in range(won)],
        "win_rate": [deal(at, int(at < won), Decimal(1)) for at in range(won + lost)],
        "sales_cycle_days": [
            deal(at, round(float(one)), Decimal(1)) for at, one in enumerate(days)
        ],
        "visits": [
            Counted(f"AC-{number:04}-{at}", "activity", "", Decimal(1)) for at in range(visits)
        ],
    }
