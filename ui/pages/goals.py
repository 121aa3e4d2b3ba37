"""Goals, what shows that they are reached, and what people promised."""

from __future__ import annotations

from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class GoalList(RecordPage):
    """All goals."""

    entity = "goal"
    columns = (
        "title", "level", "person", "team", "measure", "period", "floor", "target", "stretch",
        "weight", "status", "parent",
    )  # fmt: skip


class KeyResults(RecordPage):
    """What shows that goals are reached."""

    entity = "key_result"


class Checkpoints(RecordPage):
    """The days on which goals are looked at."""

    entity = "goal_checkpoint"


class Agreements(RecordPage):
    """Which goals were agreed with whom."""

    entity = "goal_agreement"


class Commitments(RecordPage):
    """What people say they will bring."""

    entity = "commitment"


class GoalsPage(TabbedPage):
    """Goals and what belongs to them behind tabs."""

    lists = (GoalList, KeyResults, Checkpoints, Agreements, Commitments)
