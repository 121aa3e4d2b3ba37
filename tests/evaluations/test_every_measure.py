"""Every measure of the catalogue can be an item; its value is the measure's, and its records re-add to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from models.book import Book
from models.evaluations.scoring import scored
from models.measures import engine
from models.measures.catalogue import DEFINITIONS
from models.periods import days
from models.sample.load import load

TODAY = date(2026, 11, 20)
QUARTER = days(date(2026, 7, 1), date(2026, 9, 30))


def test_every_value_is_that_of_the_measure_and_the_sum_of_its_records(tmp_path):
    with Book.create(tmp_path / "sample.daybook") as book:
        load(book, "en", TODAY)
        with book.change("all measures") as change:
            for row in book.ids("scorecard_template"):
                change.set("scorecard_template", row, {"status": "retired"})
            card = change.add("scorecard_template", {"name": "Everything", "status": "active"})
            for at, what in enumerate(DEFINITIONS, 1):
                item = {"scorecard": card, "place": at, "name": what.code, "measure": what.code}
                change.add(
                    "scorecard_item",
                    {**item, "kind": "metric", "weight": "1%", "reference": "team_median"},
                )
            cycle = change.add("evaluation_cycle", {"name": "All", "period": QUARTER.label})
        found = [one for one in scored(book, cycle, on=TODAY) if one.first == QUARTER.start]
        assert len(found) > 5
        for what in DEFINITIONS:
            by_person = {
                row.key: row
                for row in engine.measure(book, what.code, period=QUARTER, by="person").rows
            }
            for one in found:
                [item] = [item for item in one.items if item.name == what.code]
                row = by_person.get(book.row_id("salesperson", one.person))
                assert item.n == (row.n if row else 0)
                assert item.numerator == (row.numerator if row else 0)
                assert item.value == (row.value if row else None if what.denominator else 0)
                assert sum((part.value for part in item.records), Decimal(0)) == item.numerator
                if what.denominator is not None:
                    below = sum((part.below or Decimal(0) for part in item.records), Decimal(0))
                    assert below == item.denominator
                    assert not below or Fraction(item.numerator) / Fraction(below) == Fraction(
                        item.numerator
                    ) / Fraction(item.denominator)
