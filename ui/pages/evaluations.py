"""Evaluations: cycles, what each person reached, and the lists behind."""

from __future__ import annotations

from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Evaluations(RecordPage):
    """Evaluations of people, cycle by cycle."""

    entity = "evaluation"


class Cycles(RecordPage):
    """The rounds of evaluations."""

    entity = "evaluation_cycle"


class Appeals(RecordPage):
    """What people object to."""

    entity = "appeal"


class Scorecards(RecordPage):
    """What people are judged by."""

    entity = "scorecard_template"


class Items(RecordPage):
    """The items of scorecards."""

    entity = "scorecard_item"


class Grades(RecordPage):
    """The grades of scorecards."""

    entity = "grade_band"


class Ratings(RecordPage):
    """What was judged by people."""

    entity = "evaluation_rating"


class Signatures(RecordPage):
    """Who signed what."""

    entity = "signature"


class EvaluationsPage(TabbedPage):
    """Evaluations and the lists that they are made of, behind tabs."""

    tucked = frozenset(("scorecard_item", "grade_band", "evaluation_rating", "signature"))
    lists = (Evaluations, Cycles, Appeals, Scorecards, Items, Grades, Ratings, Signatures)
