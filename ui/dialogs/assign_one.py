"""Gives one job: who may do it with what speaks for each, what would change it, what it does to their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.assignment.counterfactual import otherwise, why_first
from models.assignment.in_book import WEIGHTS
from models.assignment.loads import outlooks
from models.assignment.ranking import Candidate, Excluded, Ranking, rank
from models.assignment.weights import USUAL, Weights
from models.progress import Progress
from models.texts import N_, tr
from ui import help_pages, theme
from ui.dialogs.assign_model import CandidateModel, Column
from ui.dialogs.assign_parts import FactorBar, FactorPane, LoadBars, WeightsEditor, points
from ui.dialogs.assign_reading import Key, Read, about, read
from ui.dialogs.last_line import ReasonRow, dress_buttons, on_ctrl_enter
from ui.jobs import Latest
from ui.session import Session

if TYPE_CHECKING:
    from models.assignment.deciding import Decided

_SOON = 150  # ms after the last weight was turned before it is told what decides
_WIDTHS = {Column.PERSON: 124, Column.SCORE: 50, Column.BAR: 150, Column.FREE: 80}


class AssignDialog(QDialog):
    """Proposes who gets one job, and gives it as one change."""

    def __init__(self, session: Session, key: Key, parent: QWidget, on: date | None = None) -> None:
        super().__init__(parent)
        self._session, self._key, self._on = session, key, on
        self._latest, self._why = Latest(session.jobs, self), Latest(session.jobs, self)
        self._read: Read | None = None
        self._as_is: Ranking | None = None  # without what is only supposed
        self._supposed: Ranking | None = None
        self._away: set[int] = set()  # who is supposed to be away
        self._due: date | None = None  # when it is supposed to be due
        self._chosen = 0  # whom the person chose; 0: whoever stands first
        self._filling = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        help_pages.offer(self, "assignment")
        title = session.book.label(*key)
        self.setWindowTitle(tr(N_("Assign: {job}"), job=title))
        self.resize(theme.fitting(self, 1080, 720))
        self.model = CandidateModel(self)
        self._make(title)
        self._connect()
        self._ask()

    # -- the parts of the dialog -------------------------------------------------------------------

    def _make(self, title: str) -> None:
        self.heading, self.about = QLabel(title, self), QLabel(self)
        self.heading.setObjectName("title")
        self.about.setObjectName("muted")
        self.weights = WeightsEditor(USUAL, self)
        self.table = self._make_table()
        self.said, self.learnt, self.wrong = QLabel(self), QLabel(self), QLabel(self)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.learnt.setObjectName("muted")
        self.wrong.setObjectName("danger")
        for one in (self.heading, self.about, self.said, self.learnt, self.wrong):
            one.setWordWrap(True)
        self.learn = QPushButton(tr(N_("Try these weights")), self)
        self.learn.hide()
        box = QVBoxLayout(self)
        box.addWidget(self.heading)
        box.addWidget(self.about)
        box.addWidget(self.weights)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._make_beside())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([theme.scaled(660), theme.scaled(420)])
        box.addWidget(split, 1)
        box.addWidget(self.said)
        box.addLayout(self._make_supposed())
        learnt = QHBoxLayout()
        learnt.addWidget(self.learnt, 1)
        learnt.addWidget(self.learn)
        box.addLayout(learnt)
        reason = ReasonRow(tr(N_("Why not the first")), self)
        self.reason_label, self.reason = reason.label, reason.line
        box.addLayout(reason)
        box.addWidget(self.wrong)
        box.addWidget(self._make_buttons())
        self.wrong.hide()

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.model)
        table.setItemDelegateForColumn(Column.BAR, FactorBar(table))
        table.setAccessibleName(tr(N_("Candidates")))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.verticalHeader().setDefaultSectionSize(theme.row_height())
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = table.horizontalHeader()
        head.setSectionResizeMode(head.count() - 1, QHeaderView.ResizeMode.ResizeToContents)
        head.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, theme.scaled(width))
        return table

    def _make_beside(self) -> QWidget:
        around = QScrollArea(self)
        around.setWidgetResizable(True)
        around.setAccessibleName(tr(N_("Reasons")))
        inside = QWidget(around)
        self.person, self.factors = QLabel(inside), FactorPane(inside)
        self.person.setObjectName("heading")
        self.load, self.bars = QLabel(inside), LoadBars(inside)
        self.load.setWordWrap(True)
        box = QVBoxLayout(inside)
        box.setContentsMargins(10, 0, 0, 0)
        for one in (self.person, self.factors, self.load, self.bars):
            box.addWidget(one)
        box.addStretch(1)
        around.setWidget(inside)
        return around

    def _make_supposed(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.due_label, self.due = QLabel(tr(N_("If it were due on")), self), QDateEdit(self)
        self.due_label.setBuddy(self.due)
        self.due.setAccessibleName(self.due_label.text())
        self.due.setCalendarPopup(True)
        self.due.setDisplayFormat("yyyy-MM-dd")
        self.suppose = QPushButton(tr(N_("Suppose away")), self)
        self.back = QPushButton(tr(N_("Back to how it is")), self)
        for one in (self.suppose, self.back, self.learn):
            one.setAccessibleName(one.text())
            one.setAutoDefault(False)
        for widget in (self.due_label, self.due, self.suppose, self.back):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.give = buttons.addButton(tr(N_("Give (Ctrl+Enter)")), role.AcceptRole)
        self.give.setProperty("primary", True)
        cancel = buttons.addButton(tr(N_("Cancel")), role.RejectRole)
        dress_buttons(((self.give, self._give), (cancel, self.reject)))
        on_ctrl_enter(self, self._give)
        self.give.setEnabled(False)
        return buttons

    def _connect(self) -> None:
        self.weights.changed.connect(self._weigh)
        self.weights.saved.connect(self._keep_weights)
        self.weights.refused.connect(self._say_wrong)
        self.table.selectionModel().currentRowChanged.connect(self._looked_at)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.doubleClicked.connect(self._give)
        self.due.dateChanged.connect(self._due_supposed)
        self.suppose.clicked.connect(self._suppose_away)
        self.back.clicked.connect(self._as_it_is)
        self.learn.clicked.connect(self._try_learnt)
        self.reason.textChanged.connect(self._may_give)
        self._soon.timeout.connect(self._ask_why)
        self.finished.connect(self._left)

    def _left(self) -> None:
        self._soon.stop()
        self._latest.forget()
        self._why.forget()

    # -- reading and weighing ----------------------------------------------------------------------

    def _ask(self) -> None:
        self.about.setText(tr(N_("Computing…")))
        session, key, on = self._session, self._key, self._on

        def work(progress: Progress) -> Read:
            return read(session, [key], on)

        self._latest.ask(work, self._show, self._failed, tr(N_("Weighing candidates…")))

    def _failed(self, error: Exception) -> None:
        self.about.setText("")
        self.give.setEnabled(bool(self._read))
        self._say_wrong(str(error))

    def _say_wrong(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def _show(self, found: Read) -> None:
        self._read = found
        job = found.desk.case.jobs[0]
        self.about.setText(about(job, found.desk.case.on))
        self._filling = True
        self.due.setMinimumDate(_qdate(job.starts))
        self.due.setDate(_qdate(job.due))
        self._filling = False
        self.learnt.setText(found.lessons.text())
        if found.lessons.suggestion is not None:
            self.learnt.setText(f"{found.lessons.text()} {found.lessons.suggestion.text()}")
            self.learn.show()
        self.weights.put(found.weights)
        self._rank()
        if found.wrong:
            self._say_wrong(found.wrong)
        self.table.setFocus()

    def _rank(self) -> None:
        """Weigh everybody again: something else is supposed."""
        if self._read is None:
            return
        case = self._read.desk.case
        job = replace(case.jobs[0], due=self._due) if self._due else case.jobs[0]
        weights = self.weights.weights
        self._as_is = self._as_is or rank(case, case.jobs[0], weights)
        self._supposed = rank(case, job, weights, away=self._away)
        self._weigh(weights)

    def _weigh(self, weights: Weights) -> None:
        """Put everybody in the order of these weights."""
        if self._as_is is None or self._supposed is None:
            return
        self._as_is, self._supposed = self._as_is.weighed(weights), self._supposed.weighed(weights)
        self.model.show(self._supposed)
        row = self.model.row_of(self._chosen) if self._chosen else 0
        self._filling = True
        self.table.setCurrentIndex(self.model.index(max(row, 0), Column.PERSON))
        self._filling = False
        self._say(self._supposed)
        self._look()

    def _say(self, ranking: Ranking) -> None:
        """What is supposed; what decides and what would change it takes many rankings and comes later."""
        names = {one.id: one.name for one in ranking.case.people}
        supposed = [names[one] for one in sorted(self._away)]
        self.back.setEnabled(bool(supposed) or self._due is not None)
        away = tr(N_(", ")).join(supposed)
        self.back.setToolTip(tr(N_("Supposed away: {people}"), people=away) if supposed else "")

        self._why.forget()
        self._soon.start()

    def _ask_why(self) -> None:
        ranking = self._supposed
        assert ranking is not None

        def work(progress: Progress) -> str:
            if not ranking.candidates:
                return tr(N_("Nobody may be given “{job}”."), job=ranking.job.title)
            lines = [why_first(ranking)]
            progress.step(0.1)
            lines += [one.text for one in otherwise(ranking)]
            return " ".join(one for one in lines if one)

        self._why.ask(work, self.said.setText, self._failed)

    # -- who is looked at --------------------------------------------------------------------------

    def _looked_at(self, index: QModelIndex, _before: QModelIndex) -> None:
        if self._filling:
            return
        one = self.model.line(index.row())
        self._chosen = one.person.id if one is not None else 0
        self._look()

    @property
    def looked_at(self) -> Candidate | Excluded | None:
        """Who is selected."""
        return self.model.line(self.table.currentIndex().row())

    def _look(self) -> None:
        one = self.looked_at
        candidate = one if isinstance(one, Candidate) else None
        self.factors.put(candidate)
        if candidate is not None:
            whole = candidate.weights.total
            text = tr(N_("{person}: {score} of {most}"), person=candidate.person.name,
                      score=points(candidate.score), most=whole)  # fmt: skip
            self.person.setText(text)
        else:
            said = f"{one.person.name}: {one.reason}" if isinstance(one, Excluded) else ""
            self.person.setText(said)
        self.person.setWordWrap(True)
        self._show_load(one)
        self._may_give()

    def _show_load(self, one: Candidate | Excluded | None) -> None:
        outlook = None
        if one is not None and self._read is not None:
            found = outlooks(self._read.desk, {self._key: one.person.id}, [one.person.id])
            outlook = found.get(one.person.id)
        self.load.setText(outlook.text() if outlook else "")
        self.bars.put(outlook)
        self.bars.setVisible(outlook is not None)

    def _first(self) -> int:
        return self._as_is.first.person.id if self._as_is and self._as_is.first else 0

    def _may_give(self) -> None:
        """A reason is asked for where it isn't the first; who is away or gone gets nothing."""
        row, one = self.table.currentIndex().row(), self.looked_at
        away = one is not None and one.person.id in self._away
        other = one is not None and bool(self._first()) and one.person.id != self._first()
        may = self.model.may(row) and not away
        for widget in (self.reason, self.reason_label):
            widget.setVisible(other and may)
        self.give.setEnabled(may and (not other or bool(self.reason.text().strip())))
        self.suppose.setEnabled(one is not None)
        self.suppose.setText(tr(N_("Suppose there")) if away else tr(N_("Suppose away")))
        self.suppose.setAccessibleName(self.suppose.text())

    # -- what if -----------------------------------------------------------------------------------

    def _suppose_away(self) -> None:
        one = self.looked_at
        if one is not None:
            self._away ^= {one.person.id}
            self._chosen = 0
            self._rank()

    def _due_supposed(self, day: QDate) -> None:
        if self._filling or self._read is None:
            return
        wanted = date(day.year(), day.month(), day.day())
        self._due = wanted if wanted != self._read.desk.case.jobs[0].due else None
        self._chosen = 0
        self._rank()

    def _as_it_is(self) -> None:
        self._away, self._due, self._chosen = set(), None, 0
        if self._read is not None:
            self._filling = True
            self.due.setDate(_qdate(self._read.desk.case.jobs[0].due))
            self._filling = False
        self._rank()

    def _try_learnt(self) -> None:
        if self._read is not None and self._read.lessons.suggestion is not None:
            self.weights.put(self._read.lessons.suggestion.weights)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act, enabled in (
            (self.give.text(), self._give, self.give.isEnabled()),
            (self.suppose.text(), self._suppose_away, self.suppose.isEnabled()),
            (self.back.text(), self._as_it_is, self.back.isEnabled()),
        ):
            action = QAction(text, menu)
            action.triggered.connect(act)
            action.setEnabled(enabled)
            menu.addAction(action)
        menu.popup(self.table.viewport().mapToGlobal(at))

    # -- writing -----------------------------------------------------------------------------------

    def _keep_weights(self, weights: Weights) -> None:
        self._session.set_book({WEIGHTS: weights.canonical})

    def _give(self) -> None:
        one = self.looked_at
        if one is None or self._read is None or not self.give.isEnabled():
            return
        self.give.setEnabled(False)
        book, case, weights = self._session.book, self._read.desk.case, self.weights.weights
        key, who, reason = self._key, one.person.id, self.reason.text()

        def work(progress: Progress) -> Decided:
            from models.assignment.deciding import Choice, give

            return give(book, case, weights, [Choice(key, who, reason)])

        name = one.person.name
        title = case.jobs[0].title

        def done(made: Decided) -> None:
            self.accept()
            text = tr(N_("{job} is given to {person}."), job=title, person=name)
            self._session.said.emit(text, made.change)

        self._session.jobs.run(tr(N_("Assigning…")), work, done, self._failed)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
