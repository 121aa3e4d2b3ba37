"""The evaluation of one person beside the list: what it comes to, the next step, items, gaps, notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.evaluations import steps
from models.evaluations.result import Counted, Scored
from models.evaluations.steps import Standing
from models.growth import likely
from models.texts import N_, tr
from ui import theme
from ui.flow import Flow
from ui.layouts import let_go
from ui.pages.evaluation_items import ItemTree
from ui.pages.evaluation_notes import gap_lines, notes_of
from ui.pages.evaluation_people import points, waits
from ui.records.short_table import ShortTable
from ui.session import Session

STEPS = {
    steps.ADVANCE: N_("Next stage"),
    steps.SELF: N_("Self-review…"),
    steps.HAND_IN: N_("Hand in the self-review"),
    steps.WAIVE: N_("Without self-review…"),
    steps.JUDGE: N_("Judge…"),
    steps.FINISH: N_("Finish the review"),
    steps.ASK: N_("Ask colleagues…"),
    steps.PEER: N_("Enter a colleague's view…"),
    steps.NAME: N_("Who evaluates…"),
    steps.PRESENT: N_("Put before both"),
    steps.SIGN_SELF: N_("Sign as {person}…"),
    steps.SIGN_MANAGER: N_("Sign as manager…"),
    steps.SEAL: N_("Seal"),
    steps.LATER: N_("What changed since…"),
    steps.APPEAL: N_("File an appeal…"),
    steps.ANSWER: N_("Answer the appeal…"),
    steps.BACK: N_("Send back…"),
    steps.PAPER: N_("Save as PDF…"),
}
_NEXT = {
    "planned": N_("Begin setting goals"),
    "goal_setting": N_("Goals are agreed: begin"),
    "running": N_("Begin the self-review"),
    "calibration": N_("Total is confirmed: to the talk"),
    "signed": N_("To the archive"),
}


def step_text(one: Standing, step: str) -> str:
    """What a button says."""
    if step == steps.ADVANCE:
        return tr(_NEXT.get(one.stage, STEPS[step]))
    if step == steps.PRESENT and one.presented:
        return tr(N_("Put before both again"))
    return tr(STEPS[step], person=one.scored.name)


class EvaluationSheet(QWidget):
    """One person's evaluation; ``step_wanted`` carries what is to be done."""

    step_wanted = Signal(str)
    open_records = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.standing: Standing | None = None
        self.head, self.about, self.waiting = QLabel(self), QLabel(self), QLabel(self)
        self.head.setObjectName("title")
        self.about.setObjectName("muted")
        for one in (self.head, self.about, self.waiting):
            one.setWordWrap(True)
            one.setTextFormat(Qt.TextFormat.PlainText)
        self._acts = QWidget(self)
        self._flow = Flow(self._acts, from_left=True)
        self.buttons: dict[str, QPushButton] = {}
        self.items = ItemTree(self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.gaps = ShortTable([], [], "")
        self.notes = QListWidget(self)
        self.notes.setWordWrap(True)
        self.notes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("details")
        self.tabs.setDocumentMode(True)
        self._arrange()
        self.items.said.connect(self.said.setText)
        self.items.records_wanted.connect(self._show_records)
        self.items.rule_wanted.connect(self._show_rule)

    def _arrange(self) -> None:
        first = QWidget(self.tabs)
        rows = QVBoxLayout(first)
        rows.setContentsMargins(0, 4, 0, 0)
        rows.addWidget(self.items, 1)
        rows.addWidget(self.said)
        for page in (first, self.gaps, self.notes):
            self.tabs.addTab(page, "")
        inside = QWidget(self)
        area = QScrollArea(self)  # with large text there is not room for all at once
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
        box = QVBoxLayout(inside)
        box.setContentsMargins(10, 0, 0, 0)
        for one in (self.head, self.about, self.waiting, self._acts):
            box.addWidget(one)
        box.addWidget(self.tabs, 1)

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.items.retranslate()
        self.said.setMinimumHeight(theme.scaled(58))
        self.items.setMinimumHeight(theme.scaled(160))
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.tabs.setAccessibleName(tr(N_("Evaluation")))
        self.tabs.setTabText(0, tr(N_("Items")))
        self.gaps.setAccessibleName(tr(N_("Self, manager, data")))
        self.tabs.setTabText(1, tr(N_("Self, manager, data")))
        self.notes.setAccessibleName(tr(N_("Notes")))
        if self.standing is not None:
            self.show_standing(self.standing)

    # -- showing -----------------------------------------------------------------------------------

    def show_standing(self, one: Standing) -> None:
        """Show somebody's evaluation."""
        had = next((step for step, button in self.buttons.items() if button.hasFocus()), "")
        self.standing = one
        scored = one.scored
        self.head.setText(_headline(scored))
        self.about.setText(about(one))
        asked = one.colleagues.said()  # told beside it; nobody waits for them
        waiting = [*waits(one), *([asked] if asked else [])]
        self.waiting.setText(tr(N_("To do: {what}"), what=tr(N_("; ")).join(waiting)))
        self.waiting.setVisible(bool(waiting))
        self._make_buttons(one)
        book = self._session.book
        said = [id for item in scored.items for one in item.judged for id in one.cites]
        cited = {one.id: one for one in likely.named(book, " ".join(said))} if said else {}
        self.items.show_scored(scored, book.currency, cited)
        self._show_gaps(one)
        self._show_notes(one)
        if had:
            self.focus_next()

    def _make_buttons(self, one: Standing) -> None:
        for old in self.buttons.values():
            let_go(self._flow, old)
        self.buttons = {}
        for at, step in enumerate(one.steps()):
            button = QPushButton(step_text(one, step), self._acts)
            button.setProperty("primary", at == 0 and step != steps.LATER)
            button.setAccessibleName(button.text())
            button.clicked.connect(partial(self._wanted, step))
            self._flow.addWidget(button)
            button.show()
            self.buttons[step] = button
        self._acts.setVisible(bool(self.buttons))
        self._acts.updateGeometry()

    def _wanted(self, step: str) -> None:
        self.step_wanted.emit(step)

    def focus_next(self) -> None:
        """To the button of the next step."""
        for button in self.buttons.values():
            button.setFocus()
            return

    def press_next(self) -> None:
        """Take the next step."""
        for step in self.buttons:
            self.step_wanted.emit(step)
            return

    def _show_gaps(self, one: Standing) -> None:
        heads = (N_("Item"), N_("Self"), N_("Manager"), N_("Colleagues"), N_("Data"), N_("Apart"))
        self.gaps.setColumnCount(len(heads))
        self.gaps.setHorizontalHeaderLabels([tr(head) for head in heads])
        self.gaps.put(gap_lines(one))

    def _show_notes(self, one: Standing) -> None:
        lines = notes_of(one)
        self.notes.clear()
        self.notes.addItems(lines or [tr(N_("Nothing special about this period."))])
        title = tr(N_("Notes ({n})"), n=len(lines)) if lines else tr(N_("Notes"))
        self.tabs.setTabText(2, title)

    # -- records -----------------------------------------------------------------------------------

    def _show_rule(self, id: str) -> None:
        """The record of an item of the scorecard: weight, curve, caps, of which version."""
        row = self._session.book.row_id("scorecard_item", id)
        self._session.record_wanted.emit("scorecard_item", row)

    def _show_records(self, title: str, records: Sequence[Counted]) -> None:
        book = self._session.book
        if len(records) == 1:
            one = records[0]
            self._session.record_wanted.emit(one.entity, book.row_id(one.entity, one.id))
            return
        rows: defaultdict[str, list[int]] = defaultdict(list)
        for one in records:
            rows[one.entity].append(book.row_id(one.entity, one.id))
        self.open_records.emit(title, dict(rows))


def _headline(scored: Scored) -> str:
    if scored.total is None:
        return tr(N_("{person}: no total yet"), person=scored.name)
    if not scored.grade:
        return tr(N_("{person}: {total}"), person=scored.name, total=points(scored.total))
    return tr(
        N_("{person}: {total}, grade {grade}"),
        person=scored.name,
        total=points(scored.total),
        grade=scored.grade,
    )


def about(one: Standing) -> str:
    """By which scorecard and for which days; the group with its interval; who judges; the seal."""
    scored = one.scored
    parts = [
        tr(
            N_("{card}, version {n}"),
            card=scored.scorecard_name or "–",
            n=scored.scorecard_version,
        ),
        tr(N_("{first} to {last}"), first=scored.first, last=scored.last),
    ]
    if scored.version > 1:
        parts.append(tr(N_("correction, version {n} of the result"), n=scored.version))
    if group := one.group or scored.band:
        parts.append(tr(N_("group {group}"), group=group))
    if one.manager:
        parts.append(tr(N_("evaluated by {person}"), person=one.manager))
    if one.sealed:
        parts.append(tr(N_("sealed")))
    return tr(N_(" · ")).join(parts)
