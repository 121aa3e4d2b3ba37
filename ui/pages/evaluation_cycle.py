"""The cycle on one screen: its stages, its people, the sheet of one of them and the next step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from models.evaluations import stages
from models.evaluations.desk import Desk
from models.evaluations.steps import Standing
from models.texts import N_, ntr, tr
from ui import help_pages, theme
from ui.dialogs.rows import Cell
from ui.flow import Flow
from ui.pages.buttons_menu import ButtonsMenu
from ui.pages.evaluation_acts import EvaluationActs
from ui.pages.evaluation_people import PeopleModel, PeopleTable
from ui.pages.evaluation_reader import EvaluationReader
from ui.pages.evaluation_sheet import EvaluationSheet
from ui.records.empty_state import EmptyState
from ui.session import Session


class StageBar(QWidget):
    """The stages with how many people stand at each; one that is pressed narrows the list."""

    chosen = Signal(str)  # "" for all

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = Flow(self, from_left=True)
        self._flow.setSpacing(2)
        self.stage = ""
        self.buttons: dict[str, QPushButton] = {}
        for stage in stages.ORDER:
            button = QPushButton(self)
            button.setCheckable(True)
            button.setProperty("chip", True)
            button.clicked.connect(partial(self._pressed, stage))
            self._flow.addWidget(button)
            self.buttons[stage] = button

    def _pressed(self, stage: str) -> None:
        self.stage = "" if self.stage == stage else stage
        self.chosen.emit(self.stage)

    def show_desk(self, desk: Desk) -> None:
        """Show another cycle."""
        now = desk.cycle.status if desk.cycle is not None else ""
        for stage, button in self.buttons.items():
            n = desk.at(stage)
            text = tr(N_("{stage} {n}"), stage=stages.text(stage), n=n) if n else stages.text(stage)
            button.setText(tr(N_("→ {stage}"), stage=text) if stage == now else text)
            button.setAccessibleName(button.text())
            button.setEnabled(n > 0)
            if not n and self.stage == stage:
                self.stage = ""
            button.setChecked(stage == self.stage)


class CycleTab(QWidget):
    """One cycle, walked from its opening to its archive."""

    open_records = Signal(str, object)

    def __init__(self, session: Session, reader: EvaluationReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self.reader = session, reader
        help_pages.offer(self, "evaluations")
        self._label = QLabel(self)
        self.chooser = QComboBox(self)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._label.setBuddy(self.chooser)
        self._about = Cell(self)
        self.new, self.open_, self.all_on = (QPushButton(self) for _ in range(3))
        self.stages = StageBar(self)
        self.model = PeopleModel(self)
        self.table = PeopleTable(self.model, self)
        self.sheet = EvaluationSheet(session, self)
        self.acts = EvaluationActs(session, reader, self)
        ButtonsMenu(self.table, self._offered)
        self.empty = EmptyState(self)
        self._arrange()
        self._connect()
        reader.watch(self)

    def _offered(self) -> tuple[QPushButton, ...]:
        return tuple(self.sheet.buttons.values())

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addWidget(self.chooser)
        head.addWidget(self._about, 1)
        for button in (self.all_on, self.open_, self.new):
            head.addWidget(button)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.sheet)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 12, 8)
        box.addLayout(head)
        box.addWidget(self.stages)
        box.addWidget(self._split, 1)
        box.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.reader.changed.connect(self._show)
        self.reader.turned.connect(self._turn_to)
        self.chooser.activated.connect(self._choose)
        self.stages.chosen.connect(self._narrow)
        self.table.selectionModel().currentChanged.connect(self._turned)
        self.table.entered.connect(self.sheet.press_next)
        self.table.doubleClicked.connect(self.sheet.focus_next)
        self.sheet.step_wanted.connect(self._step)
        self.sheet.open_records.connect(self.open_records)
        self.new.clicked.connect(self.acts.new_cycle)
        self.open_.clicked.connect(self.acts.open_cycle)
        self.all_on.clicked.connect(self.acts.all_on)
        self.empty.wanted.connect(self._help)
        key = QShortcut(QKeySequence("Ctrl+Return"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.sheet.press_next)

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self._label.setText(tr(N_("Evaluation cycle")))
        self.chooser.setAccessibleName(self._label.text())
        for button, text in (
            (self.new, N_("New cycle…")),
            (self.all_on, N_("All to the next stage")),
        ):
            button.setText(tr(text))
            button.setAccessibleName(button.text())
        self.sheet.retranslate()
        self._show()
        self.table.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first shown or stale."""
        super().showEvent(event)
        self.reader.need()
        self._show()
        wide = self.width() - theme.scaled(30)
        self._split.setSizes([wide * 51 // 100, wide * 49 // 100])

    # -- showing -----------------------------------------------------------------------------------

    def _show(self) -> None:
        desk = self.reader.desk
        there = desk is not None and desk.cycle is not None and bool(desk.standings)
        for widget in (self._split, self.stages):
            widget.setVisible(there)
        self.empty.setVisible(not there)
        for one in (self._label, self.chooser, self.new):
            one.setVisible(desk is not None and bool(desk.cycles))
        self.open_.setVisible(there)
        self.all_on.setVisible(there and desk is not None and desk.opened)
        if desk is None:
            self.empty.say(self.reader.fault or tr(N_("Working out scores…")))
            return
        self._show_cycles(desk)
        if there:
            self._show_people(desk)
        else:
            self.empty.say(*nothing(desk))

    def _show_cycles(self, desk: Desk) -> None:
        self.chooser.clear()
        for one in desk.cycles:
            self.chooser.addItem(one.name, one.row)
        self._about.say("", "muted")
        if desk.cycle is not None:
            self.chooser.setCurrentIndex(self.chooser.findData(desk.cycle.row))
            self._about.say(cycle_text(desk), "muted")
        text = tr(N_("Add people…")) if desk.opened else tr(N_("Open the cycle…"))
        self.open_.setText(text)
        self.open_.setAccessibleName(text)
        self.open_.setProperty("primary", not desk.opened)
        self.open_.style().unpolish(self.open_)
        self.open_.style().polish(self.open_)

    def _show_people(self, desk: Desk) -> None:
        self.stages.show_desk(desk)
        stage = self.stages.stage
        # Always in the same order: who is judged must not jump away from under the arrow keys.
        seen = [one for one in desk.standings if not stage or one.stage == stage]
        seen.sort(key=lambda one: one.person)
        self.model.show(seen)
        self.table.fit()
        self._turn_to(self.reader.person)

    def _narrow(self, stage: str) -> None:
        if self.reader.desk is not None:
            self._show_people(self.reader.desk)

    def _turn_to(self, person: int) -> None:
        at = self.model.place_of(person)
        if not self.model.lines:
            return
        index = self.model.index(max(at, 0), 0)
        if self.table.currentIndex().row() != index.row():
            self.table.setCurrentIndex(index)
        else:
            self._turned(index)

    def _turned(self, index: QModelIndex) -> None:
        if (one := self.model.line(index.row())) is not None:
            self.reader.turn(one.person)
            if self.sheet.standing is not one:
                self.sheet.show_standing(one)

    # -- acting ------------------------------------------------------------------------------------

    @property
    def standing(self) -> Standing | None:
        """Who is chosen."""
        return self.sheet.standing

    def _choose(self, at: int) -> None:
        self.stages.stage = ""
        self.reader.choose(int(self.chooser.itemData(at)))

    def _step(self, step: str) -> None:
        if self.sheet.standing is not None:
            self.acts.do(self.sheet.standing, step)

    def _help(self) -> None:
        desk = self.reader.desk
        if desk is None:
            return
        if not desk.people:
            self._session.tab_wanted.emit("team", "salesperson")
        elif not desk.cards:
            self._session.tab_wanted.emit("evaluations", "scorecard_template")
        elif desk.cycle is None:
            self.acts.new_cycle()
        else:
            self._session.record_wanted.emit("evaluation_cycle", desk.cycle.row)


def nothing(desk: Desk) -> tuple[str, str]:
    """What is to be done first where there is no cycle yet, and the button that leads there."""
    if not desk.people:
        text = tr(N_("There is nobody in the team yet. Add people on the page Team."))
        return text, tr(N_("To the team"))
    if not desk.cards:
        text = N_("First a scorecard: what people of a position are judged by, with weights. Then a cycle is opened, and everybody has their evaluation.")  # fmt: skip
        return tr(text), tr(N_("To the scorecards"))
    if desk.cycle is None:
        text = N_("No cycle yet. A cycle names the time that is looked at; opening it makes everybody's evaluation and freezes the scorecards.")  # fmt: skip
        return tr(text), tr(N_("New cycle…"))
    text = N_("Nobody can be evaluated in this cycle: see its period and its team.")
    return tr(text), tr(N_("Show the cycle"))


def cycle_text(desk: Desk) -> str:
    """The days of a cycle, how many people, how many wait."""
    of = desk.cycle
    assert of is not None
    parts = []
    if of.first is not None and of.last is not None:
        parts.append(tr(N_("{first} to {last}"), first=of.first, last=of.last))
    parts.append(ntr("{n} person", "{n} people", len(desk.standings)))
    late = sum(one.late > 0 and bool(one.missing) for one in desk.standings)
    if late:
        parts.append(ntr("{n} late", "{n} late", late))
    if not desk.opened:
        parts.append(tr(N_("not opened yet; scores as a preview")))
    return tr(N_(" · ")).join(parts)
