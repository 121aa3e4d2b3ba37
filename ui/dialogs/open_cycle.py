"""Makes a cycle, and opens it: who is found, by which scorecard each is judged, what is in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.evaluations import cycle
from models.evaluations.cycle import Opened
from models.evaluations.desk import CycleLine, Desk
from models.evaluations.steps import Standing
from models.periods import Period
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import theme
from ui.dialogs.plan_follow_up import Acting
from ui.records.editors import put_text
from ui.session import Session

_CYCLE = "evaluation_cycle"
_FIELDS = ("name", "period", "team", "self_review_due", "manager_review_due", "talk_due")
_PERSON = Qt.ItemDataRole.UserRole


class NewCycle(Acting):
    """Asks what a cycle is of; ``made`` carries its row. The last quarter that is over is proposed."""

    made = Signal(int)

    def __init__(self, session: Session, parent: QWidget, on: date | None = None) -> None:
        super().__init__(session, tr(N_("New evaluation cycle")), _CYCLE, _FIELDS, parent)
        self._today = on or date.today()
        self._proposed: dict[str, str] = {}  # what stands there only because it was proposed
        calendar = session.book.calendar
        now = calendar.of("quarter", self._today)
        before = calendar.of("quarter", now.start - timedelta(days=1))
        # In the last weeks of a quarter people prepare that quarter, not the one before.
        period = now if (now.end - self._today).days <= 40 else before
        editor = self.boxes["period"].editor
        put_text(editor, period.label)
        self._propose(period)
        if isinstance(editor, QLineEdit):
            editor.textChanged.connect(self._period_written)
        hint = QLabel(
            tr(N_("Without a team everybody is in it. What is due when can be changed later.")),
            self,
        )
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        self.form.addRow(hint)
        self.finish(tr(N_("Make the cycle")))
        self.boxes["name"].editor.setFocus()

    def _propose(self, period: Period) -> None:
        """Name and days that suit a period, where nobody has written their own."""
        first = max(period.end, self._today)
        values: dict[str, object] = {"name": tr(N_("Evaluation {period}"), period=period.label)}
        for name, days in (("self_review_due", 7), ("manager_review_due", 14), ("talk_due", 21)):
            values[name] = first + timedelta(days=days)
        for name, value in values.items():
            if self.boxes[name].typed() == self._proposed.get(name, ""):
                self.put(name, value)
                self._proposed[name] = self.boxes[name].typed()

    def _period_written(self, text: str) -> None:
        period = self.session.book.calendar.try_parse(text)
        if period is not None:
            self._propose(period)

    def do(self) -> None:
        """Add the cycle.

        Raises:
            Refused: a value is not acceptable, or the name is taken.
        """
        values = {name: typed for name, box in self.boxes.items() if (typed := box.typed().strip())}
        book = self.session.book
        with book.change(tr(N_("New cycle: {name}"), name=values.get("name", ""))) as change:
            row = change.add(_CYCLE, values)
        self.tell()
        self.made.emit(row)


class OpenCycle(QDialog):
    """The people found, each to tick, with their scorecard and what is in the way."""

    opened = Signal(int)

    def __init__(self, session: Session, desk: Desk, of: CycleLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._cycle = session, of
        self.setWindowTitle(tr(N_("Open {cycle}"), cycle=of.name))
        self.resize(theme.fitting(self, 680, 460))
        about = QLabel(
            tr(
                N_(
                    "Opening makes the evaluation of everybody who is ticked, and freezes the scorecards: later changes of them make a new version."
                )
            ),
            self,
        )
        about.setWordWrap(True)
        self.list = QTreeWidget(self)
        self.list.setAccessibleName(tr(N_("People of the cycle")))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels(
            [
                tr(N_("Salesperson")),
                tr(N_("Scorecard")),
                tr(N_("Days that count")),
                tr(N_("To know")),
            ]
        )
        for one in desk.standings:
            if one.evaluation is None:
                self._add(one, of)
        for column in range(3):
            self.list.resizeColumnToContents(column)
            self.list.setColumnWidth(column, self.list.columnWidth(column) + theme.scaled(12))
        self._count = QLabel(self)
        self._count.setObjectName("muted")
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        self._buttons = QDialogButtonBox(self)
        self.open_button = self._button(
            tr(N_("Open the cycle")), QDialogButtonBox.ButtonRole.AcceptRole, self._go
        )
        self._button(tr(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole, self.reject)
        box = QVBoxLayout(self)
        for widget in (about, self.list, self._count, self._said, self._buttons):
            box.addWidget(widget)
        self.list.itemChanged.connect(self._tell)
        self._tell()
        self.open_button.setFocus()

    def _button(
        self, text: str, role: QDialogButtonBox.ButtonRole, act: Callable[[], object]
    ) -> QWidget:
        button = self._buttons.addButton(text, role)
        button.setAccessibleName(text)
        button.clicked.connect(act)
        return button

    def _add(self, one: Standing, of: CycleLine) -> None:
        scored = one.scored
        card = tr(N_("none for this position"))
        if scored.scorecard:
            text = N_("{card}, version {n}")
            card = tr(text, card=scored.scorecard_name, n=scored.scorecard_version)
        whole = (scored.first, scored.last) == (of.first, of.last)
        days = tr(N_("all")) if whole else tr(N_("{first} to {last}"), first=scored.first, last=scored.last)  # fmt: skip
        line = QTreeWidgetItem(self.list, [scored.name, card, days, " ".join(scored.notes)])
        line.setToolTip(3, "\n".join(scored.notes))
        line.setData(0, _PERSON, one.person)
        line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        ticked = bool(scored.scorecard)
        line.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        if not ticked:
            line.setForeground(1, theme.brush("danger"))

    def people(self) -> list[int]:
        """The rows of who is ticked."""
        lines = [self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount())]
        return [
            int(one.data(0, _PERSON))
            for one in lines
            if one is not None and one.checkState(0) == Qt.CheckState.Checked
        ]

    def _tell(self) -> None:
        n = len(self.people())
        self._count.setText(ntr("{n} person is ticked", "{n} people are ticked", n))
        self.open_button.setEnabled(n > 0)

    def _go(self) -> None:
        book, row, people = self._session.book, self._cycle.row, self.people()
        self.open_button.setEnabled(False)

        def work(progress: Progress) -> Opened:
            return cycle.open_cycle(book, row, people)

        text = tr(N_("Opening {cycle}…"), cycle=self._cycle.name)
        self._session.jobs.run(text, work, self._done, self._failed)

    def _done(self, made: Opened) -> None:
        n = len(made.evaluations)
        said = ntr("{n} evaluation begins", "{n} evaluations begin", n)
        self._session.said.emit("\n".join([said, *made.notes]), made.change)
        self.accept()
        self.opened.emit(self._cycle.row)

    def _failed(self, error: Exception) -> None:
        self._said.setText(str(error))
        self._said.setVisible(bool(str(error)))
        self.open_button.setEnabled(True)
