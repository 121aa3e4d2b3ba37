"""The part of the walk that has to do with improvement plans: the board of open loops and what it asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from tests.growth.graded import rate, scored
from tests.ui.acting import settle
from tests.ui.tour_parts import shown
from ui.dialogs.plan_verdict import PlanVerdict
from ui.dialogs.propose_plans import ProposePlans
from ui.main_window import MainWindow


def plan_dialogs(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """A plan to check beside the list, its verdict, and what an evaluation proposes; taken back after it."""
    session, page = window.session, window.page("growth")
    book, today = session.book, date.today()
    person = book.ids("salesperson")[0]
    with book.change("plans to look at") as change:
        plan = change.add("improvement_plan", {"title": "Win rate", "person": person, "measure": "win_rate", "baseline": "0.2", "target": "0.5", "status": "running", "starts_on": today - timedelta(days=90), "check_on": today})  # fmt: skip
        change.add("plan_action", {"plan": plan, "title": "Visit three customers", "due": today})
        cycle = change.add("evaluation_cycle", {"name": "Looked at", "period": "2020-Q2"})
        found = scored(book, person, rate("Win rate", 8, 40, measure="task_done_rate"), rate("Few", 1, 3))  # fmt: skip
        row = change.add("evaluation", {"person": person, "cycle": cycle, "status": "talk", "presented": json.dumps(found.as_dict())})  # fmt: skip
    page.list_of("loops")
    settle(qtbot, window)
    page.loops.pane.show_plan(plan)
    settle(qtbot, window)
    yield "a plan of the open loops", page.loops
    for name, made in (
        ("verdict on a plan", lambda: PlanVerdict(session, plan, page)),
        ("a plan goes on", lambda: PlanVerdict(session, plan, page, "continued")),
        ("plans from an evaluation", lambda: ProposePlans(session, row, page)),
    ):
        dialog = made()
        dialog.open()
        settle(qtbot, window)
        yield from shown(window, name, type(dialog))
    session.undo()
    settle(qtbot, window)
