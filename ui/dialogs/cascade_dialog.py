"""Splits a goal over people and time: by which rule, what each part is, and whether they come to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from models import relative
from models.goals.goal import SPLITS
from models.goals.parts import Cascade, Plan
from models.periods import Period
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import theme
from ui.dialogs.cascade_model import AmountEditor, CascadeModel, Column
from ui.dialogs.last_line import dress_buttons
from ui.jobs import Latest
from ui.session import Session

if TYPE_CHECKING:
    from models.goals.evidence import Chance
    from models.goals.handing_down import Applied
    from models.goals.parts import Key
    from models.goals.preceding import Brought
    from models.goals.prospects import Prospects

_WHO = (
    ("people", N_("People")),
    ("managers,people", N_("Managers, then people")),
    ("teams,people", N_("Teams, then people")),
    ("teams", N_("Teams")),
    ("", N_("Nobody: only over time")),
)
_WHEN = (
    ("", N_("No: the whole period")),
    ("quarters", N_("Quarters")),
    ("months", N_("Months")),
    ("weeks", N_("Weeks")),
    ("quarters,months", N_("Quarters, then months")),
)
_SOON = 350  # ms after the last change before chances are asked for
_OPEN = 60  # parts up to which all are open at first
_WIDTHS = {
    Column.PART: 170, Column.TARGET: 130, Column.FIXED: 60, Column.SHARE: 66, Column.BEFORE: 170,
    Column.CHANCE: 80,
}  # fmt: skip


class CascadeDialog(QDialog):
    """Proposes the parts of one goal and writes them as one change; ``applied`` when it did."""

    applied = Signal()

    def __init__(
        self, session: Session, goal: int, parent: QWidget, on: date | None = None
    ) -> None:
        """``on`` is the day that counts as today."""
        super().__init__(parent)
        self._session, self._goal, self._on = session, goal, on
        self._latest, self._asking = Latest(session.jobs, self), Latest(session.jobs, self)
        self._prospects: Prospects | None = None
        values = session.book.record("goal", goal)
        self._title = str(values["title"])
        self.setWindowTitle(tr(N_("Split: {goal}"), goal=self._title))
        self.resize(theme.fitting(self, 980, 640))
        self.model = CascadeModel(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._make(values)
        self._connect()
        self._plan()

    # -- the parts of the dialog ---------------------------------------------------------------------

    def _make(self, values: dict[str, Any]) -> None:
        self.rule, self.who, self.when = QComboBox(self), QComboBox(self), QComboBox(self)
        self.history, self.step = QLineEdit(self), QLineEdit(self)
        for one in SPLITS:
            self.rule.addItem(one.text(), one.code)
        self.rule.setCurrentIndex(max(self.rule.findData(values["cascade_rule"] or "history"), 0))
        alone = values["level"] == "person"
        for code, text in _WHO:
            if not alone or not code:
                self.who.addItem(tr(text), code)
        for code, text in _WHEN:
            if code or not alone:
                self.when.addItem(tr(text), code)
        self.when.setCurrentIndex(self.when.findData("months") if alone else 0)
        self.history.setPlaceholderText(tr(N_("the two before")))
        self.step.setPlaceholderText(tr(N_("to the cent")))
        self.step.setToolTip(self.step.placeholderText())
        choices = QHBoxLayout()
        self._form = QFormLayout()
        for form, rows in (
            (self._form, ((N_("By"), self.rule), (N_("History"), self.history))),
            (QFormLayout(), ((N_("Over whom"), self.who), (N_("Over time"), self.when))),
            (QFormLayout(), ((N_("Whole steps of"), self.step),)),
        ):
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            for text, widget in rows:
                label = QLabel(tr(text), self)
                label.setBuddy(widget)
                widget.setAccessibleName(tr(text))
                form.addRow(label, widget)
            choices.addLayout(form, 1)
        self.history.setToolTip(tr(N_("Past periods, such as 2017-Q2, 2017-Q3.")))
        self._wrong = QLabel(self)
        self._wrong.setObjectName("danger")
        self._wrong.setWordWrap(True)
        self._wrong.hide()
        self.tree = self._make_tree()
        self.total, self.difference = QLabel(self), QLabel(self)
        self.total.setObjectName("heading")
        self.difference.setWordWrap(True)
        self.notes = QLabel(self)
        self.notes.setObjectName("muted")
        self.notes.setWordWrap(True)
        self.again = QCheckBox(tr(N_("Renegotiate agreed goals that say something else")), self)
        self.again.setAccessibleName(self.again.text())
        below = QHBoxLayout()
        below.addWidget(self.total)
        below.addWidget(self.difference, 1)
        box = QVBoxLayout(self)
        box.addLayout(choices)
        box.addWidget(self._wrong)
        box.addWidget(self.tree, 1)
        box.addLayout(below)
        box.addWidget(self.notes)
        box.addWidget(self.again)
        box.addWidget(self._make_buttons())

    def _make_tree(self) -> QTreeView:
        tree = QTreeView(self)
        tree.setModel(self.model)
        tree.setItemDelegateForColumn(Column.TARGET, AmountEditor(tree))
        tree.setAccessibleName(tr(N_("Parts")))
        tree.setUniformRowHeights(True)
        trigger = QTreeView.EditTrigger
        tree.setEditTriggers(
            trigger.DoubleClicked
            | trigger.EditKeyPressed
            | trigger.AnyKeyPressed
            | trigger.SelectedClicked
        )
        tree.setTabKeyNavigation(False)
        head = tree.header()
        head.setStretchLastSection(True)
        for column, width in _WIDTHS.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            tree.setColumnWidth(column, theme.scaled(width))
        return tree

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self._free = buttons.addButton(tr(N_("Free all")), role.ResetRole)
        self._apply = buttons.addButton(tr(N_("Apply")), role.AcceptRole)
        self._apply.setProperty("primary", True)
        cancel = buttons.addButton(tr(N_("Cancel")), role.RejectRole)
        dress_buttons(
            (
                (self._free, self._free_all),
                (self._apply, self._apply_parts),
                (cancel, self.reject),
            )
        )
        return buttons

    def _connect(self) -> None:
        for one in (self.rule, self.who, self.when):
            one.activated.connect(self._plan)
        for line in (self.history, self.step):
            line.editingFinished.connect(self._plan_if_other)
        self.model.balanced.connect(self._balanced)
        self.model.refused.connect(self._say_wrong)
        self._soon.timeout.connect(self._ask_chances)
        self.finished.connect(self._left)

    def _left(self) -> None:
        self._soon.stop()
        self._latest.forget()
        self._asking.forget()

    # -- the split -----------------------------------------------------------------------------------

    def _wanted(self) -> Plan:
        """What is chosen.

        Raises:
            Refused: a period or the step can't be read, or nothing is chosen to split over.
        """
        axes = tuple(
            axis
            for one in (self.who, self.when)
            for axis in str(one.currentData() or "").split(",")
            if axis
        )
        if not axes:
            raise Refused("nothing_to_split", N_("Choose over whom or over which time to split."))
        calendar = self._session.book.calendar
        typed = self.history.text().replace("，", ",").split(",")
        past = [relative.parse(one.strip(), calendar) for one in typed if one.strip()]
        step = self.step.text().strip().replace(",", "")
        try:
            whole = Decimal(step) if step else None
        except InvalidOperation:
            whole = Decimal(0)
        if whole is not None and whole <= 0:
            raise Refused("bad_step", N_("“{text}” is not an amount."), text=step)
        periods: list[Period] = [one for one in past if one is not None]
        return Plan(str(self.rule.currentData()), axes, tuple(periods), whole)

    def _plan_if_other(self) -> None:
        if self.model.made is None or not self._same():
            self._plan()

    def _same(self) -> bool:
        try:
            return self.model.made is not None and self._wanted() == self.model.made.plan
        except Refused:
            return False

    def _plan(self) -> None:
        """Ask for the split that is chosen."""
        self._form.setRowVisible(self.history, self.rule.currentData() == "history")
        try:
            plan = self._wanted()
        except Refused as refused:
            self._failed(refused)
            return
        self._say_wrong("")
        self._apply.setEnabled(False)
        self.notes.setText(tr(N_("Computing…")))
        book, goal, on = self._session.book, self._goal, self._on

        def work(progress: Progress) -> tuple[Cascade, dict[Key, Brought]]:
            from models.goals.cascade import cascade
            from models.goals.preceding import brought

            made = cascade(book, goal, plan, on)
            progress.step(0.7)
            return made, brought(book, made)

        self._latest.ask(work, self._show, self._failed, tr(N_("Splitting the goal…")))

    def _show(self, found: tuple[Cascade, dict[Key, Brought]]) -> None:
        self.model.show(*found)
        if len(found[0].leaves) <= _OPEN:
            self.tree.expandAll()
        self.tree.setCurrentIndex(self.model.index(0, Column.TARGET))

    def _failed(self, error: Exception) -> None:
        self.notes.setText("")
        self._apply.setEnabled(False)
        self._say_wrong(str(error))

    def _say_wrong(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def _balanced(self) -> None:
        """Amounts are others: the total, what is missing, and soon the chances."""
        made = self.model.made
        assert made is not None
        self._say_wrong("")
        self._apply.setEnabled(True)
        self._free.setEnabled(bool(made.locked))
        what, currency = made.goal.definition, made.currency
        whole = what.show(made.whole, currency)
        if made.adds_up:
            text = tr(N_("Total {sum} of {whole}"), sum=what.show(made.sum, currency), whole=whole)
        else:
            text = tr(N_("Everybody's goal: {whole}"), whole=whole)
        self.total.setText(text)
        differences = [one.text for one in made.mismatches]
        self.difference.setText(
            " ".join(differences[:2]) or tr(N_("The parts come to it exactly."))
        )
        self.difference.setObjectName("warning" if differences else "muted")
        self.difference.style().unpolish(self.difference)
        self.difference.style().polish(self.difference)
        self.difference.setVisible(made.adds_up)
        out = [
            tr(N_("No part for {person}: {reason}."), person=one.label, reason=one.reason)
            for one in made.left_out
        ]
        self.notes.setText(" ".join([*made.notes, *out[:3]]))
        self.notes.setToolTip("\n".join([*made.notes, *out]))
        self._soon.start()

    def _free_all(self) -> None:
        self.model.fix({})

    # -- chances -------------------------------------------------------------------------------------

    def _ask_chances(self) -> None:
        made, book, known, on = self.model.made, self._session.book, self._prospects, self._on
        assert made is not None

        def work(progress: Progress) -> tuple[Prospects, dict[Key, Chance]]:
            from models.goals.prospects import Prospects

            what, period = made.goal.definition, made.goal.period
            prospects = known or Prospects(book, what, period, on)
            progress.step(0.3)
            return prospects, prospects.of_parts(made)

        self._asking.ask(work, self._show_chances, self._no_chances, tr(N_("Working out chances…")))

    def _show_chances(self, found: tuple[Prospects, dict[Key, Chance]]) -> None:
        self._prospects, chances = found
        self.model.show_chances(chances)

    def _no_chances(self, error: Exception) -> None:
        self.model.show_chances({})

    # -- writing -------------------------------------------------------------------------------------

    def _apply_parts(self) -> None:
        made, book, again = self.model.made, self._session.book, self.again.isChecked()
        assert made is not None
        self._apply.setEnabled(False)

        def work(progress: Progress) -> Applied:
            from models.goals.handing_down import apply

            return apply(book, made, renegotiate=again)

        self._session.jobs.run(tr(N_("Splitting the goal…")), work, self._done, self._failed)

    def _done(self, done: Applied) -> None:
        self.accept()
        added, again = len(done.added), len(done.updated)
        gone, kept = len(done.superseded), len(done.kept)
        said = [
            ntr("{n} goal added", "{n} goals added", added) if added else "",
            ntr("{n} goal set again", "{n} goals set again", again) if again else "",
            ntr("{n} goal superseded", "{n} goals superseded", gone) if gone else "",
            ntr("{n} agreed goal kept", "{n} agreed goals kept", kept) if kept else "",
        ]
        text = tr(N_(", ")).join(one for one in said if one) or tr(
            N_("Nothing changed: the parts are goals already.")
        )
        self._session.said.emit(text, done.change or 0)
        self.applied.emit()
