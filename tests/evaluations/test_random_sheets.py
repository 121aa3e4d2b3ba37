"""Three dozen scorecards of any shape: the exported sheets come to the same totals in an office program."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from models import texts
from models.evaluations import sheet
from models.evaluations.scoring import scored
from tests.evaluations.scored_books import AFTER, Office
from tests.evaluations.test_evaluation_sheet import NEEDS_OFFICE, assert_same
from tests.sheets.test_formula_export import recalculated

CARDS = 36
NAMES = [f"P{number:02}" for number in range(CARDS)]
MEASURES = {
    "won_amount": 700, "win_rate": "55%", "sales_cycle_days": 110, "gross_profit": "400.25",
    "won_count": 3, "activities": 4, "pipeline_amount": 333, "average_deal": "123.45",
}  # fmt: skip


def curve(dice: random.Random) -> dict[str, object]:
    """Any curve, with points or without."""
    made = {"curve": dice.choice(["linear", "linear", "steps", "threshold"]), "cap": dice.choice([80, 100, 120, 150])}  # fmt: skip
    if dice.random() < 0.6:
        count = dice.randrange(2, 6)
        shares = sorted(dice.sample(range(5, 250), count))
        points = sorted(dice.sample(range(150), count))
        made["points"] = ", ".join(f"{a}%: {b}" for a, b in zip(shares, points, strict=True))
    return made


def filled(folder: Path) -> Office:
    """As many people as scorecards, each with a job of their own and whatever happened in the quarter."""
    dice, office = random.Random(20), Office(folder, *NAMES)
    for at, name in enumerate(NAMES):
        job = f"Job {at}"
        office.book.set("salesperson", office.people[name], {"position": job})
        least = dice.choice(["0%", "50%", "80%"])
        office.card = office.add(
            "scorecard_template", name=job, status="active", position=job, least_weight=least
        )
        chosen = dice.sample(sorted(MEASURES), dice.randrange(1, 6))
        parts = [dice.randrange(1, 40) for _ in chosen]
        weights = [Decimal(one * 10_000 // sum(parts)) / 100 for one in parts]
        weights[0] += 100 - sum(weights)
        for measure, weight in zip(chosen, weights, strict=True):
            reference = dice.choice(["fixed", "team_median"])
            office.item(
                measure, f"{weight}%", reference=reference, reference_value=MEASURES[measure],
                **curve(dice),
            )  # fmt: skip
        for grade, points in (("A", "99.995"), ("B", "80.5"), ("C", 60), ("D", 0)):
            office.add("grade_band", scorecard=office.card, name=grade, from_points=points)
        for _ in range(dice.randrange(6)):
            day = date(2026, 4, 1) + timedelta(dice.randrange(91))
            amount = Decimal(dice.randrange(1, 60_000)) / 100
            office.deal(name, day.isoformat(), amount, dice.choice(["won", "won", "lost", "open"]))
        if dice.random() < 0.7:
            office.order(name, "2026-05-04", 2000, Decimal(dice.randrange(-50_000, 90_000)) / 100)
        for _ in range(dice.randrange(6)):
            office.add("activity", person=office.people[name], at="2026-05-04 10:00", kind="visit")
        if dice.random() < 0.3:
            hired = date(2026, 4, 1) + timedelta(dice.randrange(80))
            office.book.set("salesperson", office.people[name], {"hire_date": hired})
    return office


@NEEDS_OFFICE
@pytest.mark.timeout(300)
def test_three_dozen_scorecards_of_any_shape_come_to_the_same_cents(tmp_path):
    office = filled(tmp_path)
    with office.book, texts.speaking("en"):
        found = scored(office.book, office.cycle, on=AFTER)
        path = tmp_path / "all.xlsx"
        sheet.write(path, found, office.book)
    assert sum(one.total is not None for one in found) >= CARDS / 2
    assert len({one.total for one in found}) > CARDS / 2
    assert_same(recalculated(path, tmp_path), found)
