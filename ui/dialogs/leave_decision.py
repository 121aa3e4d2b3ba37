"""What a leave means, who covers, and the decision: shown before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QLabel,
    QVBoxLayout,
    QWidget,
)

from models.people import leave_impact
from models.people.covering import TASK
from models.people.leave_impact import Affected, AffectedGoal, Choice, LeaveImpact
from models.people.workload import kind_text
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from ui.dialogs.all_or_each import AS_ALL, AllOrEach
from ui.flow import Flow
from ui.session import Session


class LeaveDecision(AllOrEach[Affected]):
    """One leave: work and goals that fall into it, who else is away, who covers what."""

    choose_text = N_("Choose who covers it…")
    column = 1

    def __init__(
        self, session: Session, leave: int, parent: QWidget, on: date | None = None
    ) -> None:
        super().__init__(session, tr(N_("What the leave means")), QSize(780, 640), parent)
        self._leave, self._on = leave, on or date.today()
        self._impact: LeaveImpact | None = None
        self._tasks: dict[int, int] = {}
        self._customers: dict[int, int] = {}
        self.goals_said, self.away_said = QLabel(self), QLabel(self)
        for one in (self.goals_said, self.away_said):
            one.setWordWrap(True)
        table = self._make_table(
            (N_("Kind"), N_("Work"), N_("Day"), N_("Covered by")), tr(N_("Work in these days")), 340
        )
        form = self._form(
            (self.everything, N_("All of it is covered by")),
            (self.single, N_("The selected work is covered by")),
        )
        box = QVBoxLayout(self)
        for widget, room in (
            (self.said, 0), (self.away_said, 0), (self.goals_said, 0), (table, 1),
        ):  # fmt: skip
            box.addWidget(widget, room)
        box.addLayout(form)
        box.addLayout(self._buttons())
        self._read()

    def _buttons(self) -> Flow:
        row = Flow()
        self.approve_button = self._button(row, N_("Approve"), self._approve, primary=True)
        self.reject_button = self._button(row, N_("Reject"), self._reject)
        self._button(row, N_("Cancel"), self.reject)
        for one in (self.approve_button, self.reject_button):
            one.setEnabled(False)
        return row

    # -- reading -----------------------------------------------------------------------------------

    def _read(self) -> None:
        book, leave, on = self._session.book, self._leave, self._on

        def work(progress: Progress) -> tuple[LeaveImpact, tuple[AffectedGoal, ...]]:
            impact = LeaveImpact(book, leave, on)
            progress.step(0.5)
            return impact, impact.goals()

        self._latest.ask(work, self._show, self._failed, tr(N_("Adding up hours…")))

    def _show(self, answer: tuple[LeaveImpact, tuple[AffectedGoal, ...]]) -> None:
        impact, goals = answer
        self._impact = impact
        self.said.setText(impact.text())
        self.goals_said.setText("\n".join(one.text for one in goals))
        self.goals_said.setVisible(bool(goals))
        away = tr(N_(", ")).join(
            tr(N_("{name} ({said})"), name=name, said=days) for name, days in impact.others
        )
        self.away_said.setText(
            tr(N_("Also away in the team: {people}."), people=away)
            if away
            else tr(N_("Nobody else of the team is away."))
        )
        self._offer(N_("Nobody"), [(one.text(), one.person) for one in impact.candidates])
        chosen = impact.chosen
        self._tasks, self._customers = dict(chosen.tasks), dict(chosen.customers)
        self.everything.setCurrentIndex(max(self.everything.findData(chosen.everything), 0))
        self._fill()
        if impact.work:
            self.table.setCurrentCell(0, 1)
        for button in (self.approve_button, self.reject_button):
            button.setEnabled(True)
        self._turned()

    def _fill(self) -> None:
        assert self._impact is not None
        rows = [
            (kind_text(one.kind), one.title, one.day.isoformat() if one.day else "–", self._by(one))
            for one in self._impact.work
        ]
        self.table.put(rows)

    def _by(self, one: Affected) -> str:
        """Who covers a piece of work."""
        assert self._impact is not None
        person = self._own(one) or self.everything.currentData()
        return self._impact.load.names.get(person or 0, "–")

    def _own(self, one: Affected) -> int:
        """Who covers it by its own choice, 0 for who covers all of it."""
        if one.kind == TASK and one.row in self._tasks:
            return self._tasks[one.row]
        return self._customers.get(one.customer or 0, AS_ALL)

    # -- choosing ----------------------------------------------------------------------------------

    def lines(self) -> Sequence[Affected]:
        """The work of these days."""
        return () if self._impact is None else self._impact.work

    def _turned(self) -> None:
        one = self._current()
        able = one is not None and (one.kind == TASK or one.customer is not None)
        self.single.setEnabled(able)
        if one is not None:
            self.single.setCurrentIndex(max(self.single.findData(self._own(one)), 0))

    def _single_chosen(self) -> None:
        """A task is covered for itself; a follow-up by its customer, with all that belongs to it."""
        one = self._current()
        if one is None:
            return
        kept, key = (
            (self._tasks, one.row) if one.kind == TASK else (self._customers, one.customer or 0)
        )
        person = int(self.single.currentData())
        if person == AS_ALL:
            kept.pop(key, None)
        else:
            kept[key] = person
        self._again()

    # -- deciding ----------------------------------------------------------------------------------

    def choice(self) -> Choice:
        """Who covers what."""
        person = self.everything.currentData()
        return Choice(person or None, dict(self._tasks), dict(self._customers))

    def _approve(self) -> None:
        impact = self._impact
        if impact is not None:
            choice, book = self.choice(), self._session.book
            self._decide(
                tr(N_("Approve the leave of {person}"), person=impact.name),
                lambda: leave_impact.approve(book, impact, choice),
            )

    def _reject(self) -> None:
        impact = self._impact
        if impact is not None:
            book = self._session.book
            self._decide(
                tr(N_("Reject the leave of {person}"), person=impact.name),
                lambda: leave_impact.reject(book, impact),
            )

    def _decide(self, reason: str, act: Callable[[], int]) -> None:
        try:
            number = act()
        except Refused as refused:
            self._session.refused.emit(str(refused))
            return
        self._session.said.emit(reason, number)
        self.accept()
