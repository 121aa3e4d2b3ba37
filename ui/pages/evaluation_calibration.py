"""Calibration: who can be told apart by the data, the grades beside what was intended, adjustments."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.evaluations import stages
from models.evaluations.desk import Desk
from models.evaluations.explaining import percent
from models.evaluations.steps import Standing
from models.following.sentences import joined
from models.texts import N_, tr
from ui import help_pages, theme
from ui.pages.buttons_menu import ButtonsMenu
from ui.pages.evaluation_axis import AxisModel, AxisTable, span_text
from ui.pages.evaluation_reader import EvaluationReader
from ui.records.empty_state import EmptyState
from ui.records.short_table import ShortTable
from ui.session import Session


class CalibrationTab(QWidget):
    """The board of totals of a cycle."""

    sheet_wanted = Signal()

    def __init__(self, session: Session, reader: EvaluationReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self.reader = session, reader
        help_pages.offer(self, "evaluations")
        self.heading, self.said, self.told = QLabel(self), QLabel(self), QLabel(self)
        self.heading.setObjectName("heading")
        self.said.setObjectName("muted")
        for label in (self.said, self.told):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.less, self.more, self.confirm = (QPushButton(self) for _ in range(3))
        self.model = AxisModel(self)
        self.table = AxisTable(self.model, self)
        self.grades = ShortTable(["", "", "", ""], [], "")
        self.grades_heading = QLabel(self)
        self.grades_heading.setObjectName("heading")
        self.empty = EmptyState(self)
        self._body = QWidget(self)
        self._arrange()
        self.reader.changed.connect(self._show)
        self.reader.turned.connect(self._turn_to)
        self.less.clicked.connect(self._less)
        self.more.clicked.connect(self._more)
        self.confirm.clicked.connect(self.sheet_wanted)
        self.table.nudged.connect(self._nudge)
        self.table.entered.connect(self.sheet_wanted)
        self.table.doubleClicked.connect(self.sheet_wanted)
        self.table.selectionModel().currentChanged.connect(self._turned)
        reader.watch(self)

    def _arrange(self) -> None:
        acts = QHBoxLayout()
        acts.addWidget(self.heading, 1)
        for button in self._offered():
            acts.addWidget(button)
        ButtonsMenu(self.table, self._offered)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(self.told)
        right.addWidget(self.grades_heading)
        right.addWidget(self.grades, 1)
        body = QHBoxLayout(self._body)
        body.setSpacing(12)
        body.setContentsMargins(0, 0, 0, 0)
        body.addLayout(left, 1)
        body.addLayout(right)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.addLayout(acts)
        box.addWidget(self.said)
        box.addWidget(self._body, 1)
        box.addWidget(self.empty, 1)

    def _offered(self) -> tuple[QPushButton, ...]:
        return self.less, self.more, self.confirm

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        for button, text in (
            (self.less, N_("− Points less…")),
            (self.more, N_("+ Points more…")),
            (self.confirm, N_("Show the sheet")),
        ):
            button.setText(tr(text))
            button.setAccessibleName(button.text())
        self.grades_heading.setText(tr(N_("Grades, beside what was intended")))
        self.grades.setAccessibleName(self.grades_heading.text())
        self.grades.setHorizontalHeaderLabels(
            [tr(N_("Grade")), tr(N_("From points")), tr(N_("People with it")), tr(N_("Intended"))]
        )
        self.grades.verticalHeader().setDefaultSectionSize(theme.row_height())
        self._show()
        self.table.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first shown or stale."""
        super().showEvent(event)
        self.reader.need()
        self._show()

    # -- showing -----------------------------------------------------------------------------------

    def _show(self) -> None:
        desk = self.reader.desk
        there = desk is not None and any(one.scored.total is not None for one in desk.standings)
        for widget in (self._body, self.less, self.more, self.confirm, self.said):
            widget.setVisible(there)
        self.empty.setVisible(not there)
        if desk is None:
            self.empty.say(self.reader.fault or tr(N_("Working out scores…")))
        elif not there:
            text = N_("No totals yet. They are compared here once a cycle is opened and its items have points.")  # fmt: skip
            self.empty.say(tr(text))
        self.heading.setText(desk.cycle.name if desk is not None and desk.cycle is not None else "")
        if desk is None or not there:
            return
        self.said.setText(told_of(desk))
        self.said.setToolTip(desk.method)
        person = self.reader.person
        self.model.show(desk.standings, desk.borders)
        self.table.retranslate()
        self.grades.put(grade_lines(desk))
        self.grades.setFixedWidth(self.grades.asked_width())
        self._turn_to(person)
        self._may()

    def _turn_to(self, person: int) -> None:
        at = self.model.place_of(person)
        if self.model.lines and self.table.currentIndex().row() != max(at, 0):
            self.table.setCurrentIndex(self.model.index(max(at, 0), 0))

    @property
    def standing(self) -> Standing | None:
        """Who is chosen."""
        at = self.table.currentIndex().row()
        return self.model.line(at)

    def _turned(self, index: QModelIndex) -> None:
        one = self.standing
        if one is not None:
            self.told.setText(one.apart or span_text(one))
            self.reader.turn(one.person)
        self._may()

    def _may(self) -> None:
        one = self.standing
        may = one is not None and one.stage == stages.CALIBRATION
        why = "" if may else tr(N_("Points are adjusted at the stage of calibration."))
        for button in (self.less, self.more):
            button.setEnabled(may)
            button.setToolTip(why)
        self.confirm.setEnabled(one is not None)

    # -- adjusting ---------------------------------------------------------------------------------

    def _less(self) -> None:
        self._nudge(-1)

    def _more(self) -> None:
        self._nudge(1)

    def _nudge(self, by: int) -> None:
        """Ask why; the points can still be changed there."""
        from ui.dialogs.evaluation_asks import Adjust

        one = self.standing
        if one is None:
            return
        if not self.more.isEnabled():  # asked for by a key
            self._session.refused.emit(self.more.toolTip())
            return
        Adjust(self._session, one, self, one.scored.adjustment + Decimal(by)).open()


def told_of(desk: Desk) -> str:
    """What the groups say, and what is drawn."""
    if not desk.grouped:
        return tr(N_("Comparing people…"))
    dashes = tr(N_("Two people can be told apart only if their bars don't touch; dashes are where grades begin."))  # fmt: skip
    said = [desk.bands, dashes]
    if any(one.compared is not None for one in desk.standings):
        said.append(tr(N_("Rings are points before caps, and those are compared.")))
    return joined(said)


def grade_lines(desk: Desk) -> list[tuple[str, ...]]:
    """Each grade: from how many points, how many people have it, how many were meant to."""
    graded = [one.scored.grade for one in desk.standings if one.scored.total is not None]
    made: list[tuple[str, ...]] = []
    for name, share in desk.shares.items():
        n = graded.count(name)
        part = percent(Decimal(n) / len(graded)) if graded else "–"
        people = tr(N_("{n} ({share})"), n=n, share=part)
        meant = "–"
        if share is not None:
            about = round(share * len(graded))
            meant = tr(N_("{n} ({share})"), n=about, share=percent(share))
        made.append((name, f"{desk.borders[name]:.0f}", people, meant))
    rest = sum(not one for one in graded)
    if rest:
        made.append((tr(N_("no grade")), "–", str(rest), "–"))
    return made
