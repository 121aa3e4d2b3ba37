"""The part of the walk that has to do with evaluations: what is asked on the way through a cycle."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QWidget

from models.growth.likely import Whose
from tests.ui.acting import settle
from tests.ui.tour_parts import history_asked, shown
from ui.dialogs.ask_colleagues import AskColleagues
from ui.dialogs.cite_records import CiteRecords
from ui.dialogs.evaluation_appeals import AnswerAppeal, FileAppeal
from ui.dialogs.evaluation_asks import (
    Adjust,
    AskColleague,
    NameEvaluator,
    SendBack,
    WithoutSelfReview,
)
from ui.dialogs.later_changes import LaterChanges
from ui.dialogs.open_cycle import NewCycle, OpenCycle
from ui.dialogs.rate_items import RateItems
from ui.dialogs.sign_evaluation import SignEvaluation
from ui.main_window import MainWindow


def evaluation_dialogs(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """The sheet with an item opened, and every dialog about the first person of the cycle, if there is one."""
    page, session = window.page("evaluations"), window.session
    page.list_of("cycle")
    history_asked(qtbot, window)
    desk = page.reader.desk
    NewCycle(session, page).open()
    yield from shown(window, "new cycle", NewCycle)
    if desk is None or desk.cycle is None:
        return
    OpenCycle(session, desk, desk.cycle, page).open()
    yield from shown(window, "open a cycle", OpenCycle)
    found = [one for one in desk.standings if one.evaluation is not None]
    if not found:
        return
    page.cycle.sheet.items.expandAll()
    QApplication.processEvents()
    yield "evaluations, an item opened", window
    for at in (1, 2):
        page.cycle.sheet.tabs.setCurrentIndex(at)
        QApplication.processEvents()
        yield f"evaluations, part {at + 1} of the sheet", window
    page.cycle.sheet.tabs.setCurrentIndex(0)
    one = found[0]
    whose = Whose(one.person, one.scored.first, one.scored.last)
    judge = RateItems(session, one, "manager", page)
    judge.open()
    yield from shown(window, "judge", RateItems)
    for name, made in (
        ("cite records", CiteRecords(session, whose, [], "Cite", page)),
        ("without self-review", WithoutSelfReview(session, one, page)),
        ("send back", SendBack(session, one, page)),
        ("ask colleagues", AskColleagues(session, one, page)),
        ("enter a colleague's view", AskColleague(session, one, page)),
        ("who evaluates", NameEvaluator(session, one, page)),
        ("adjust", Adjust(session, one, page)),
        ("sign", SignEvaluation(session, one, "self", page)),
        ("file an appeal", FileAppeal(session, one, page)),
        ("since it was signed", LaterChanges(session, one, (), (), page)),
    ):
        made.open()
        settle(qtbot, window)
        yield from shown(window, name, type(made))
    for with_appeal in found:
        if with_appeal.open_appeal is not None:
            AnswerAppeal(session, with_appeal, with_appeal.open_appeal, page).open()
            yield from shown(window, "answer an appeal", AnswerAppeal)
            break
