"""A month of evaluations, walked on screen by a leader of eight people from the new cycle to the plans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLineEdit

from models.book import Book
from models.sample.load import load
from tests.ui.acting import button, click, named, settle, table_texts
from ui.dialogs.cite_records import CiteRecords
from ui.dialogs.evaluation_appeals import AnswerAppeal, FileAppeal
from ui.dialogs.evaluation_asks import Adjust, NameEvaluator
from ui.dialogs.issue_workbooks import IssueWorkbooks
from ui.dialogs.later_changes import LaterChanges
from ui.dialogs.open_cycle import NewCycle, OpenCycle
from ui.dialogs.propose_plans import ProposePlans
from ui.dialogs.rate_items import RateItems
from ui.dialogs.sign_evaluation import SignEvaluation
from ui.main_window import MainWindow
from ui.pages.evaluation_people import Column
from ui.records.editors import put_text
from ui.records.short_table import ShortTable

TODAY = date(2026, 6, 30)  # the last day of the sample team's two years
LEADERS = ("Margaret Doyle", "Victor Alvarez")
SINCE = "What changed since…"
Kind = TypeVar("Kind", bound=QDialog)
BY_WORKBOOK, WEAK = "Hannah Lindqvist", "Marcus Bell"


class Walk:
    """What somebody at the window does, and what they see."""

    def __init__(self, qtbot, window: MainWindow, folder: Path) -> None:
        self.qtbot, self.window, self.folder = qtbot, window, folder
        self.session, self.book = window.session, window.session.book
        self.heard: list[str] = []
        self.session.said.connect(lambda text, _: self.heard.append(text))
        self.page = window.page("evaluations")
        self.page.list_of("cycle")
        self.tab = self.page.own["cycle"]
        self.until(lambda: self.tab.model.rowCount() > 0)

    def until(self, seen) -> None:
        """Wait until something stands on the screen."""
        try:
            self.qtbot.waitUntil(seen, timeout=15_000)
        except self.qtbot.TimeoutError:
            rows = [[self.cell(at, one) for one in Column] for at in range(len(self.names))]
            raise AssertionError((rows, self.head, self.steps, self.heard[-2:])) from None

    # -- the list ----------------------------------------------------------------------------------

    @property
    def names(self) -> list[str]:
        """Who stands in the list."""
        return [self.cell(at, Column.PERSON) for at in range(self.tab.model.rowCount())]

    def cell(self, at: int, column: Column) -> str:
        """A cell as it is read."""
        return str(self.tab.model.index(at, column).data())

    def of(self, name: str, column: Column) -> str:
        """A cell of somebody."""
        return self.cell(self.names.index(name), column)

    def choose(self, name: str) -> None:
        """Click somebody in the list."""
        index = self.tab.model.index(self.names.index(name), Column.PERSON)
        self.tab.table.scrollTo(index)
        self.qtbot.mouseClick(
            self.tab.table.viewport(),
            Qt.MouseButton.LeftButton,
            pos=self.tab.table.visualRect(index).center(),
        )
        assert self.head.startswith(name)

    def everybody_at(self, stage: str) -> None:
        """Wait until all stand at a stage."""
        self.until(lambda: {self.of(one, Column.STAGE) for one in self.names} == {stage})
        assert "8" in self.stage_button(stage)

    def stage_button(self, stage: str) -> str:
        """What the button of a stage says."""
        return next(
            text for one in self.tab.stages.buttons.values() if stage in (text := one.text())
        )

    # -- the sheet ---------------------------------------------------------------------------------

    @property
    def head(self) -> str:
        """The heading of the sheet."""
        return str(self.tab.sheet.head.text())

    @property
    def steps(self) -> list[str]:
        """The buttons of the sheet, the next step first."""
        return [one.text() for one in self.tab.sheet.buttons.values()]

    @property
    def notes(self) -> str:
        """The notes of the sheet."""
        notes = self.tab.sheet.notes
        return "\n".join(notes.item(at).text() for at in range(notes.count()))

    def press(self, text: str) -> None:
        """Click a button of the sheet."""
        self.until(lambda: text in self.steps)
        click(self.qtbot, self.tab.sheet, text)

    def next_is(self, text: str) -> None:
        """Wait until a button is the next step, and looks like it; to look back is no step."""
        self.until(lambda: self.steps[:1] == [text])
        assert button(self.tab.sheet, text).property("primary") == (text != SINCE)

    def step(self, name: str, text: str, after: str) -> None:
        """Press the next step of somebody, and wait for the one after it."""
        self.choose(name)
        self.next_is(text)
        self.press(text)
        self.next_is(after)

    # -- dialogs -----------------------------------------------------------------------------------

    def asked(self, kind: type[Kind]) -> Kind:
        """The dialog that is open."""

        def found() -> list[Kind]:
            tops = QApplication.topLevelWidgets()
            return [one for one in tops if isinstance(one, kind) and one.isVisible()]

        self.until(lambda: len(found()) == 1)
        return found()[0]

    def answer(self, dialog: QDialog, text: str) -> None:
        """Press the button of a dialog that ends it."""
        click(self.qtbot, dialog, text)
        self.until(lambda: not any(one.isVisible() for one in _alive(dialog)))

    def judge(self, name: str, text: str, done: str, levels: tuple[int, int]) -> None:
        """Judge somebody's two items by digits, with a record for each where one must be named."""
        self.choose(name)
        self.press(text)
        asked = self.asked(RateItems)
        for box, level in zip(asked.boxes, levels, strict=True):
            self.qtbot.keyClick(box.levels[3], Qt.Key.Key_0 + level)
            if text == "Judge…":
                box.reason.setPlainText(f"seen {level} times")
                self.cite(asked, box)
        self.answer(asked, done)

    def cite(self, asked: RateItems, box) -> None:
        """Name the first record of the list, by the keyboard."""
        self.qtbot.mouseClick(box.find_button, Qt.MouseButton.LeftButton)
        found = self.asked(CiteRecords)
        picker = found.picker
        self.until(lambda: picker.list.count() > 0)
        self.qtbot.keyClick(picker.search, Qt.Key.Key_Down)
        self.qtbot.keyClick(picker.list, Qt.Key.Key_Space)
        self.qtbot.keyClick(picker.list, Qt.Key.Key_Return)
        assert box.cites.text()

    def sign(self, name: str, text: str, agrees: bool = True) -> None:
        """Sign one of the two."""
        self.choose(name)
        self.press(text)
        asked = self.asked(SignEvaluation)
        if not agrees:
            self.qtbot.keyClick(named(asked, QCheckBox, "I agree with it"), Qt.Key.Key_Space)
            put_text(asked.boxes["comment"].editor, "a deal is missing")
        self.answer(asked, "Sign")

    def told(self, text: str) -> None:
        """Wait until the window says something; another notice may have taken its place since."""
        self.until(lambda: any(text in one for one in self.heard))


def _alive(dialog: QDialog) -> list[QDialog]:
    tops = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
    return [one for one in tops if one is dialog]


@pytest.fixture
def walk(qtbot, window, tmp_path) -> Walk:
    path = tmp_path / "sample.daybook"
    with Book.create(path) as book:
        load(book, "en", TODAY)
    assert window.open_book(path)
    settle(qtbot, window)
    return Walk(qtbot, window, tmp_path)


def test_a_month_of_evaluations_is_walked_from_the_new_cycle_to_the_plans(walk):
    a_cycle_is_made_and_opened(walk)
    goals_are_agreed_and_the_month_runs(walk)
    everybody_judges_themselves(walk)
    managers_judge_and_cite(walk)
    one_total_is_adjusted(walk)
    all_are_put_before_both_signed_and_sealed(walk)
    what_changed_since_is_listed_and_nothing_signed_moves(walk)
    an_appeal_is_answered_with_a_correction(walk)
    everything_goes_to_the_archive(walk)
    a_plan_is_proposed_from_what_was_weak(walk)
    every_seal_is_whole(walk)


def a_cycle_is_made_and_opened(walk: Walk) -> None:
    click(walk.qtbot, walk.tab, "New cycle…")
    asked = walk.asked(NewCycle)
    put_text(asked.boxes["name"].editor, "June")
    put_text(asked.boxes["period"].editor, "2026-06")
    walk.answer(asked, "Make the cycle")
    walk.until(lambda: walk.tab.chooser.currentText() == "June")
    walk.until(lambda: "not opened yet" in walk.tab._about.text())
    assert "2026-06-01 to 2026-06-30 · 8 people" in walk.tab._about.text()
    click(walk.qtbot, walk.tab, "Open the cycle…")
    opening = walk.asked(OpenCycle)
    assert len(opening.people()) == 8
    walk.answer(opening, "Open the cycle")
    walk.everybody_at("Setting goals")


def goals_are_agreed_and_the_month_runs(walk: Walk) -> None:
    walk.choose(WEAK)
    walk.next_is("Goals are agreed: begin")
    click(walk.qtbot, walk.tab, "All to the next stage")
    walk.everybody_at("Running")
    walk.told("8 people moved to the next stage.")
    walk.session.undo()  # the first act that is taken back
    walk.everybody_at("Setting goals")
    click(walk.qtbot, walk.tab, "All to the next stage")
    walk.everybody_at("Running")
    walk.next_is("Begin the self-review")
    click(walk.qtbot, walk.tab, "All to the next stage")
    walk.everybody_at("Self-review")


def everybody_judges_themselves(walk: Walk) -> None:
    by_workbook(walk)
    for name in walk.names:
        if name == BY_WORKBOOK:
            continue
        walk.judge(name, "Self-review…", "Save and hand in", (4, 3))
        walk.until(lambda who=name: walk.of(who, Column.STAGE) == "Manager's review")
    walk.everybody_at("Manager's review")


def by_workbook(walk: Walk) -> None:
    walk.window.do_issue_workbooks()
    asked = walk.asked(IssueWorkbooks)
    asked.folder.setText(str(walk.folder / "out"))
    for at in range(asked.list.topLevelItemCount()):
        line = asked.list.topLevelItem(at)
        ticked = line.text(0) == BY_WORKBOOK
        line.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    click(walk.qtbot, asked, "Issue 1 workbook")
    walk.until(lambda: asked.files.isVisible())
    asked.close()
    [path] = (walk.folder / "out").glob("*.xlsx")
    work = openpyxl.load_workbook(path)
    own, end = work["Self-review"], work["Hand in the self-review"]
    heads = {cell.value: cell.column for cell in own[1]}
    for row in range(2, own.max_row + 1):
        own.cell(row, heads["Level given"]).value = 5
        own.cell(row, heads["Reason"]).value = "praised by a customer"
    heads = {cell.value: cell.column for cell in end[1]}
    for row in range(2, end.max_row + 1):
        end.cell(row, heads["Self-review handed in"]).value = "Yes"
    work.save(path)
    page = walk.window.page("workbooks")
    page.list_of("returned")
    page.own["returned"].add([path])
    safe = page.own["returned"].safe_button
    walk.until(lambda: safe.isVisible() and safe.isEnabled())
    click(walk.qtbot, page.own["returned"], "Accept all safe ones")
    walk.told(BY_WORKBOOK)
    walk.window.page("evaluations")
    walk.until(lambda: walk.of(BY_WORKBOOK, Column.STAGE) == "Manager's review")


def managers_judge_and_cite(walk: Walk) -> None:
    for name, other in zip(LEADERS, reversed(LEADERS), strict=True):
        walk.choose(name)
        walk.next_is("Who evaluates…")
        walk.press("Who evaluates…")
        asked = walk.asked(NameEvaluator)
        put_text(asked.boxes["manager"].editor, other)
        walk.answer(asked, "Take")
        walk.next_is("Judge…")
    for name in walk.names:
        walk.judge(name, "Judge…", "Save and finish", (2, 2) if name == WEAK else (4, 4))
        walk.until(lambda who=name: walk.of(who, Column.STAGE) == "Calibration")
    walk.everybody_at("Calibration")
    assert walk.of(WEAK, Column.MANAGER) == "40.00"


def one_total_is_adjusted(walk: Walk) -> None:
    walk.choose(WEAK)
    before = Decimal(walk.of(WEAK, Column.TOTAL))
    walk.page.list_of("calibration")
    board = walk.page.own["calibration"]
    walk.until(lambda: board.more.isEnabled() and board.standing is not None)
    assert board.standing.scored.name == WEAK
    for again in (False, True):  # the second act that is taken back
        walk.qtbot.keyClicks(board.table, "+")
        asked = walk.asked(Adjust)
        put_text(asked.boxes["adjustment_reason"].editor, "took over a leaver's customers")
        walk.answer(asked, "Adjust")
        walk.until(lambda: board.standing.scored.total == before + 1)
        if not again:
            walk.session.undo()
            walk.until(lambda: board.standing.scored.total == before)
    click(walk.qtbot, board, board.confirm.text())
    walk.until(lambda: walk.of(WEAK, Column.TOTAL) == f"{before + 1:.2f}")
    texts = [walk.tab.sheet.items.topLevelItem(at).text(0) for at in range(7)]
    assert texts[-1] == "Calibration"


def all_are_put_before_both_signed_and_sealed(walk: Walk) -> None:
    click(walk.qtbot, walk.tab, "All to the next stage")
    walk.everybody_at("Talk")
    for at, name in enumerate(walk.names):
        walk.step(name, "Put before both", f"Sign as {name}…")
        walk.sign(name, f"Sign as {name}…", agrees=name != WEAK)
        walk.next_is("Sign as manager…")
        walk.sign(name, "Sign as manager…")
        walk.step(name, "Seal", SINCE)
        assert walk.of(name, Column.STAGE) == "Signed"
        assert "sealed" in walk.tab.sheet.about.text()
        walk.told(f"Sealed as number {at + 1}:")
    walk.everybody_at("Signed")
    walk.choose(WEAK)
    assert "does not agree" in walk.notes


def what_changed_since_is_listed_and_nothing_signed_moves(walk: Walk) -> None:
    walk.choose(WEAK)
    before = walk.head
    tree = walk.tab.sheet.items
    item = tree.topLevelItem(0)
    assert item.text(0) == "Amount won"
    tree.setCurrentItem(item)
    walk.qtbot.keyClick(tree, Qt.Key.Key_Return)
    records = next(
        item.child(at) for at in range(item.childCount()) if "behind it" in item.child(at).text(0)
    )
    records.setExpanded(True)
    deal = records.child(0)
    tree.setCurrentItem(deal)
    walk.qtbot.keyClick(tree, Qt.Key.Key_Return)
    walk.until(lambda: walk.window.page("pipeline").isVisible())
    settle(walk.qtbot, walk.window)
    detail = walk.window.records.detail
    line = named(detail, QLineEdit, "Amount")
    line.selectAll()
    walk.qtbot.keyClicks(line, "90000")
    walk.qtbot.keyClick(line, Qt.Key.Key_Return)
    walk.window.page("evaluations")
    walk.choose(WEAK)
    walk.press(SINCE)
    asked = walk.asked(LaterChanges)
    shown = named(asked, ShortTable, "Changes since it was signed")
    assert [shown.item(0, at).text() for at in (2, 4)] == ["Amount", "¥90,000.00"]
    assert asked.items.item(0, 0).text() == "Amount won"
    asked.reject()
    assert walk.head == before


def an_appeal_is_answered_with_a_correction(walk: Walk) -> None:
    before = walk.of(WEAK, Column.TOTAL)
    walk.press("File an appeal…")
    asked = walk.asked(FileAppeal)
    put_text(asked.boxes["reason"].editor, "the deal was larger")
    walk.answer(asked, "File the appeal")
    walk.next_is("Answer the appeal…")
    assert "An appeal waits" in walk.of(WEAK, Column.WAITING)
    assert "Appeal: the deal was larger" in walk.notes
    walk.press("Answer the appeal…")
    answering = walk.asked(AnswerAppeal)
    put_text(answering.boxes["answer"].editor, "that is right")
    walk.qtbot.keyClick(
        named(answering, QCheckBox, "The result is corrected: make a new version"), Qt.Key.Key_Space
    )
    walk.answer(answering, "Answer")
    walk.next_is("Put before both")
    assert walk.of(WEAK, Column.STAGE) == "Talk"
    assert "correction, version 2" in walk.tab.sheet.about.text()
    assert walk.of(WEAK, Column.TOTAL) != before
    walk.press("Put before both")
    walk.next_is(f"Sign as {WEAK}…")
    walk.sign(WEAK, f"Sign as {WEAK}…")
    walk.next_is("Sign as manager…")
    walk.sign(WEAK, "Sign as manager…")
    walk.step(WEAK, "Seal", SINCE)
    walk.told("Sealed as number 9:")


def everything_goes_to_the_archive(walk: Walk) -> None:
    click(walk.qtbot, walk.tab, "All to the next stage")
    walk.everybody_at("Archived")


def a_plan_is_proposed_from_what_was_weak(walk: Walk) -> None:
    page = walk.window.page("growth")
    page.list_of("loops")
    loops = page.own["loops"]
    walk.until(lambda: bool(loops.list.model.lines))
    settle(walk.qtbot, walk.window)

    def lines() -> list[list[str]]:
        return [line[:4] for line in table_texts(loops.list.table) if line[0] == WEAK]

    [weak] = [one for one in lines() if one[1].startswith("Weak items")]
    assert "Care for customers" in weak[1]
    assert weak[3] == "Propose plans…"
    at = table_texts(loops.list.table).index(weak)
    loops.list.table.selectRow(at)
    click(walk.qtbot, loops.list, "Propose plans…")
    asked = walk.asked(ProposePlans)
    walk.until(lambda: bool(asked.checks))
    assert any("Care for customers" in one.text() for one, _ in asked.checks)
    walk.answer(asked, "Accept plans")
    walk.until(lambda: not any(one[1].startswith("Weak items") for one in lines()))
    assert any(one[1].startswith("Plan") for one in lines())


def every_seal_is_whole(walk: Walk) -> None:
    from models.evaluations.verifying import verify

    found = verify(walk.book)
    assert (found.ok, len(found.seals), found.problems) == (True, 9, ())
