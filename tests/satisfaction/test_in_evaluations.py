"""Scores read what customers say: a median is a median there too."""

from __future__ import annotations

from datetime import timedelta

from models.evaluations import counting, sentences, sheet_formulas
from models.measures import engine
from tests.satisfaction.asked import Asked, day


def test_a_score_rests_on_the_median_of_its_records(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    for days in (1, 2, 30):
        asked.add(
            "complaint", customer=acme, title=f"{days}", opened_on=day(-days), resolved_on=day(0)
        )
    what = engine.definition("complaint_days")
    window = {asked.li: (day(-5), day(0) + timedelta(days=1)), asked.wang: (day(-5), day(0))}
    with asked.book.reading() as db:
        found = counting.counts(db, asked.book, what, window)
    assert (found[asked.li].exact, found[asked.li].top, found[asked.li].n) == (2, 33, 3)
    assert found[asked.wang].exact is None
    assert sheet_formulas.value("A1:A3", "B1:B3", divided=True, mean=True, middle=True) == (
        "=MEDIAN(A1:A3)"
    )
    told = sentences.Told(what, found[asked.li], None, None, "CNY")  # type: ignore[arg-type]
    assert sentences.reached(told) == "Complaint handling: 2.0 days, the median of 3 records."
