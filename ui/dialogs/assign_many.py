"""Gives many jobs at once: who gets which, what it does to everybody's days, changed by hand, applied as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMenu,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.assignment import batch
from models.assignment.batch import Plan
from models.assignment.in_book import WEIGHTS
from models.assignment.inputs import hours_text
from models.assignment.loads import Outlook, outlooks
from models.assignment.ranking import Ranking
from models.assignment.weights import USUAL, Weights
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import help_pages, theme
from ui.dialogs.assign_parts import FactorPane, WeightsEditor, points
from ui.dialogs.assign_plan import (
    NOBODY,
    HoursBar,
    JobColumn,
    JobModel,
    PersonChoice,
    PersonColumn,
    PersonModel,
)
from ui.dialogs.assign_reading import Key, Read, read
from ui.dialogs.last_line import ReasonRow, dress_buttons, on_ctrl_enter
from ui.jobs import Latest
from ui.session import Session

if TYPE_CHECKING:
    from models.assignment.deciding import Decided

_SOON = 250  # ms after the last weight was turned before it is planned again
_JOB_WIDTHS = {
    JobColumn.TITLE: 230, JobColumn.PERSON: 140, JobColumn.SCORE: 60, JobColumn.DUE: 70,
    JobColumn.HOURS: 90,
}  # fmt: skip
_PERSON_WIDTHS = {PersonColumn.PERSON: 140, PersonColumn.JOBS: 50, PersonColumn.HOURS: 150}


@dataclass(frozen=True)
class _Planned:
    """What a worker found."""

    read: Read
    plan: Plan
    before: dict[int, Outlook]


class AssignMany(QDialog):
    """Plans who gets jobs, and gives them as one change."""

    def __init__(
        self, session: Session, keys: Sequence[Key], parent: QWidget, on: date | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._keys, self._on = session, list(keys), on
        self._latest = Latest(session.jobs, self)
        self._read: Read | None = None
        self.plan: Plan | None = None
        self._before: dict[int, Outlook] = {}
        self.by_hand: dict[Key, int] = {}
        self._counted: Weights | None = None  # the weights that the plan was made with
        help_pages.offer(self, "assignment")
        self.setWindowTitle(tr(N_("Assign several")))
        self.resize(theme.fitting(self, 1180, 720))
        self.jobs, self.people = JobModel(self), PersonModel(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._make()
        self._connect()
        self._ask()

    # -- the parts of the dialog -------------------------------------------------------------------

    def _make(self) -> None:
        n = len(self._keys)
        self.heading = QLabel(ntr("{n} to be given", "{n} to be given", n), self)
        self.heading.setObjectName("title")
        self.weights = WeightsEditor(USUAL, self)
        self.table = self._make_table(tr(N_("To be given")), self.jobs, _JOB_WIDTHS)
        self.table.setItemDelegateForColumn(
            JobColumn.PERSON, PersonChoice(self.table, self._ranking)
        )
        self.table.setDragEnabled(True)
        self.table.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.team = self._make_table(tr(N_("Team")), self.people, _PERSON_WIDTHS)
        self.team.setItemDelegateForColumn(PersonColumn.BAR, HoursBar(self.team))
        self.team.setAcceptDrops(True)
        self.team.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.team.setDragDropOverwriteMode(True)
        self.total, self.wrong = QLabel(self), QLabel(self)
        self.total.setWordWrap(True)
        self.total.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.wrong.setWordWrap(True)
        self.wrong.setObjectName("danger")
        self.wrong.hide()
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._make_beside())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([theme.scaled(700), theme.scaled(470)])
        box = QVBoxLayout(self)
        box.addWidget(self.heading)
        box.addWidget(self.weights)
        box.addWidget(split, 1)
        box.addWidget(self.total)
        reason = ReasonRow(tr(N_("Why changed by hand")), self)
        self.reason_label, self.reason = reason.label, reason.line
        box.addLayout(reason)
        box.addWidget(self.wrong)
        box.addWidget(self._make_buttons())

    def _make_table(self, name: str, model: JobModel | PersonModel, widths: dict) -> QTableView:  # type: ignore[type-arg]
        table = QTableView(self)
        table.setModel(model)
        table.setAccessibleName(name)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.row_height())
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = table.horizontalHeader()
        head.setSectionResizeMode(head.count() - 1, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setHighlightSections(False)
        trigger = QAbstractItemView.EditTrigger
        table.setEditTriggers(
            trigger.DoubleClicked | trigger.EditKeyPressed | trigger.SelectedClicked
        )
        for column, width in widths.items():
            table.setColumnWidth(column, theme.scaled(width))
        return table

    def _make_beside(self) -> QWidget:
        beside = QSplitter(Qt.Orientation.Vertical, self)
        beside.setChildrenCollapsible(False)
        beside.addWidget(self.team)
        around = QScrollArea(self)
        around.setWidgetResizable(True)
        around.setAccessibleName(tr(N_("Reasons")))
        inside = QWidget(around)
        self.person, self.factors = QLabel(inside), FactorPane(inside)
        self.person.setObjectName("heading")
        self.person.setWordWrap(True)
        box = QVBoxLayout(inside)
        box.setContentsMargins(6, 6, 0, 0)
        box.addWidget(self.person)
        box.addWidget(self.factors)
        box.addStretch(1)
        around.setWidget(inside)
        beside.addWidget(around)
        beside.setStretchFactor(0, 1)
        beside.setStretchFactor(1, 1)
        beside.setSizes([theme.scaled(260), theme.scaled(260)])
        return beside

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.again = buttons.addButton(tr(N_("Back to the proposal")), role.ResetRole)
        self.give = buttons.addButton(tr(N_("Give all (Ctrl+Enter)")), role.AcceptRole)
        self.give.setProperty("primary", True)
        cancel = buttons.addButton(tr(N_("Cancel")), role.RejectRole)
        acts = ((self.again, self._propose_again), (self.give, self._give), (cancel, self.reject))
        dress_buttons(acts)
        on_ctrl_enter(self, self._give)
        return buttons

    def _connect(self) -> None:
        self.weights.changed.connect(self._turned)
        self.weights.saved.connect(self._keep_weights)
        self.weights.refused.connect(self._say_wrong)
        self.jobs.moved.connect(self.move_jobs)
        self.people.dropped.connect(self.move_jobs)
        self.table.selectionModel().currentRowChanged.connect(self._looked_at)
        self.table.customContextMenuRequested.connect(self._job_menu)
        self.team.customContextMenuRequested.connect(self._team_menu)
        self.reason.textChanged.connect(self._may_give)
        self._soon.timeout.connect(self._ask)
        self.finished.connect(self._left)
        self._may_give()

    def _left(self) -> None:
        self._soon.stop()
        self._latest.forget()

    # -- planning ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.total.setText(tr(N_("Computing…")))
        session, keys, on, known = self._session, self._keys, self._on, self._read
        weights = self.weights.weights if known is not None else None

        def work(progress: Progress) -> _Planned:
            found = known or read(session, keys, on)
            plan = batch.assign(found.desk.case, weights or found.weights, progress)
            return _Planned(found, plan, outlooks(found.desk, {}))

        self._latest.ask(work, self._show, self._failed, tr(N_("Weighing candidates…")))

    def _failed(self, error: Exception) -> None:
        self.total.setText("")
        self._may_give()
        self._say_wrong(str(error))

    def _say_wrong(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def _show(self, found: _Planned) -> None:
        first = self._read is None
        self._read, self.plan, self._before = found.read, found.plan, found.before
        self._counted = found.plan.weights
        self.weights.put(found.plan.weights)
        if found.read.wrong and first:
            self._say_wrong(found.read.wrong)
        self._show_given()
        if first:
            self.table.setCurrentIndex(self.jobs.index(0, JobColumn.PERSON))
            self.table.setFocus()

    def _turned(self, weights: Weights) -> None:
        if self._read is not None and weights != self._counted:
            self._soon.start()

    @property
    def given(self) -> dict[Key, int]:
        """Who gets what: as proposed, except where it was changed by hand."""
        made = {**(self.plan.given if self.plan else {}), **self.by_hand}
        return {key: who for key, who in made.items() if who != NOBODY}

    def _show_given(self) -> None:
        assert self._read is not None
        assert self.plan is not None
        desk, given = self._read.desk, self.given
        found = batch.chosen(desk.case, self.plan.weights, given)
        after = outlooks(desk, given, dict.fromkeys(given.values()))
        self.jobs.show(desk.case, given, found, frozenset(self.by_hand))
        self.people.show(desk.case, given, {**self._before, **after})
        total = batch.Total(
            sum(one.over for one in found.values()), sum(one.score for one in found.values())
        )
        self.total.setText(self._told(total, len(given)))
        self._look()
        self._may_give()

    def _told(self, total: batch.Total, count: int) -> str:
        assert self.plan is not None
        plan = self.plan
        said = [
            tr(
                N_("Together {score}, {over} hours over capacity; one after the other {greedy}, {more} hours over."),
                score=points(total.score), over=hours_text(total.over),
                greedy=points(plan.greedy.score), more=hours_text(plan.greedy.over),
            )
        ]  # fmt: skip
        if plan.exact and not self.by_hand:
            said.append(tr(N_("No other way is better.")))
        left = len(self._keys) - count
        if left:
            said.append(ntr("{n} stays without anybody.", "{n} stay without anybody.", left))
        return " ".join(said)

    def _ranking(self, row: int) -> Ranking:
        """Everybody for one of the jobs, all others being given as they are."""
        assert self._read is not None
        assert self.plan is not None
        job = self.jobs.lines[row]
        return batch.ranking(self._read.desk.case, self.plan.weights, self.given, job)

    # -- changing it by hand -----------------------------------------------------------------------

    def move_jobs(self, rows: Sequence[int], person: int) -> None:
        """Give jobs to somebody else, or to nobody; what it does is shown at once."""
        assert self.plan is not None
        assert self._read is not None
        away = {one.id for one in self._read.desk.case.people} - {
            one.id for one in self.people.lines
        }
        for row in rows:
            job = self.jobs.lines[row]
            hard = next(
                (one for one in self._ranking(row).excluded if one.person.id == person), None
            )
            if person in away or (hard is not None and hard.code == "away"):
                reason = hard.reason if hard is not None else ""
                self._say_wrong(f"{job.title}: {reason}")
                continue
            self._say_wrong("")
            self.by_hand[job.key] = person
            if self.plan.given.get(job.key, NOBODY) == person:
                del self.by_hand[job.key]
        self._show_given()

    def _propose_again(self) -> None:
        self.by_hand = {}
        if self.plan is not None:
            self._show_given()

    def _looked_at(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._look()

    def _look(self) -> None:
        row = self.table.currentIndex().row()
        job = self.jobs.line(row)
        one = self.jobs.found.get(job.key) if job else None
        self.factors.put(one)
        if one is None:
            self.person.setText(tr(N_("{job}: nobody"), job=job.title) if job else "")
            return
        self.person.setText(
            tr(N_("{person}: {score} of {most}"), person=one.person.name, score=points(one.score),
               most=one.weights.total)
        )  # fmt: skip

    def _may_give(self) -> None:
        """What was changed by hand needs a reason."""
        changed = any(who != NOBODY for who in self.by_hand.values())
        for widget in (self.reason, self.reason_label):
            widget.setVisible(changed)
        there = self.plan is not None and bool(self.given)
        self.give.setEnabled(there and (not changed or bool(self.reason.text().strip())))
        self.again.setEnabled(bool(self.by_hand))

    def _job_menu(self, at: QPoint) -> None:
        index = self.table.currentIndex()
        rows = sorted({one.row() for one in self.table.selectionModel().selectedRows()})

        def choose() -> None:
            self.table.edit(index.siblingAtColumn(JobColumn.PERSON))

        def leave_out() -> None:
            self.move_jobs(rows, NOBODY)

        self._menu(
            self.table, at,
            ((tr(N_("Give to somebody else…")), choose, index.isValid()),
             (tr(N_("Leave out")), leave_out, bool(rows)),
             (self.again.text(), self._propose_again, self.again.isEnabled())),
        )  # fmt: skip

    def _team_menu(self, at: QPoint) -> None:
        rows = sorted({one.row() for one in self.table.selectionModel().selectedRows()})
        row = self.team.currentIndex().row()

        def give_selected() -> None:
            self.move_jobs(rows, self.people.lines[row].id)

        text = tr(N_("Give the selected to this person"))
        self._menu(self.team, at, ((text, give_selected, bool(rows) and row >= 0),))

    def _menu(
        self, table: QTableView, at: QPoint, acts: Sequence[tuple[str, object, bool]]
    ) -> None:
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act, enabled in acts:
            action = QAction(text, menu)
            action.triggered.connect(act)
            action.setEnabled(enabled)
            menu.addAction(action)
        menu.popup(table.viewport().mapToGlobal(at))

    # -- writing -----------------------------------------------------------------------------------

    def _keep_weights(self, weights: Weights) -> None:
        self._session.set_book({WEIGHTS: weights.canonical})

    def _give(self) -> None:
        if self._read is None or self.plan is None or not self.give.isEnabled():
            return
        self.give.setEnabled(False)
        book, case, weights = self._session.book, self._read.desk.case, self.plan.weights
        proposed, reason = dict(self.plan.given), self.reason.text()
        given, by_hand = self.given, set(self.by_hand)

        def work(progress: Progress) -> Decided:
            from models.assignment.deciding import Choice, give

            choices = [
                Choice(key, who, reason if key in by_hand else "") for key, who in given.items()
            ]
            return give(book, case, weights, choices, proposed=proposed)

        self._session.jobs.run(tr(N_("Assigning…")), work, self._done, self._failed)

    def _done(self, made: Decided) -> None:
        self.accept()
        n = len(made.decisions)
        self._session.said.emit(ntr("{n} given.", "{n} given.", n), made.change)
