"""What is asked about one evaluation on its way: why, back to where, by which colleague, by how much."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from models.describe.kinds import Link
from models.evaluations import asking, cycle, stages
from models.evaluations.steps import Standing
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.dialogs.plan_follow_up import Acting
from ui.session import Session


class _About(Acting):
    """Something about one person's evaluation; ``written`` when it was written."""

    written = Signal()

    def __init__(
        self,
        session: Session,
        one: Standing,
        title: str,
        fields: tuple[str, ...],
        parent: QWidget,
        entity: str = "evaluation",
    ) -> None:
        super().__init__(session, title, entity, fields, parent)
        assert one.evaluation is not None
        self.standing, self.evaluation = one, one.evaluation

    def hint(self, text: str) -> None:
        """A line of explanation below the fields."""
        label = QLabel(text, self)
        label.setObjectName("muted")
        label.setWordWrap(True)
        label.setMinimumWidth(theme.scaled(320))
        self.form.addRow(label)

    def typed(self, name: str) -> str:
        """What stands in a field."""
        return self.boxes[name].typed().strip()


class WithoutSelfReview(_About):
    """Why it goes on without a self-review."""

    def __init__(self, session: Session, one: Standing, parent: QWidget) -> None:
        title = tr(N_("Without self-review: {person}"), person=one.scored.name)
        super().__init__(session, one, title, (), parent)
        self.ask("self_waived", tr(N_("Reason")))
        self.hint(tr(N_("It is kept with the evaluation. Then the manager's review begins.")))
        self.finish(tr(N_("Go on without it")))
        self.boxes["self_waived"].editor.setFocus()

    def do(self) -> None:
        """Write the reason and move on.

        Raises:
            Refused: no reason, or it isn't the time.
        """
        cycle.go_on_without_self(self.session.book, self.evaluation, self.typed("self_waived"))
        self.tell()
        self.written.emit()


class SendBack(_About):
    """To which earlier stage, and why."""

    def __init__(self, session: Session, one: Standing, parent: QWidget) -> None:
        title = tr(N_("Send back: {person}"), person=one.scored.name)
        super().__init__(session, one, title, (), parent)
        self.to = QComboBox(self)
        at = stages.ORDER.index(one.stage)
        for stage in reversed(stages.ORDER[1:at]):
            self.to.addItem(stages.text(stage), stage)
        label = QLabel(tr(N_("Back to")), self)
        label.setBuddy(self.to)
        self.to.setAccessibleName(label.text())
        self.form.addRow(label, self.to)
        self.ask("notes", tr(N_("Reason")))
        self.hint(
            tr(
                N_(
                    "What was handed in or finished there is open again; nothing that was written is lost."
                )
            )
        )
        self.finish(tr(N_("Send back")))
        self.to.setFocus()

    def do(self) -> None:
        """Send it back.

        Raises:
            Refused: no reason, or no earlier stage.
        """
        to = str(self.to.currentData() or "")
        if not to:
            raise Refused("not_earlier", N_("There is no earlier stage."))
        cycle.back(self.session.book, self.evaluation, to, self.typed("notes"))
        self.tell()
        self.written.emit()


class AskColleague(_About):
    """Which colleague judges too; ``chosen`` carries the row."""

    chosen = Signal(int)

    def __init__(self, session: Session, one: Standing, parent: QWidget) -> None:
        title = tr(N_("A colleague judges {person}"), person=one.scored.name)
        super().__init__(session, one, title, (), parent, "evaluation_rating")
        self.ask("rater", tr(N_("Colleague")))
        known = asking.asked(session.book.connection(), self.evaluation)
        for first in [each for each in known if each.able and not each.answered][:1]:
            self.put("rater", Link(first.person, first.name))  # who was asked comes first
        self.hint(tr(N_("It informs the manager and never counts.")))
        self.finish(tr(N_("Judge…")))
        self.boxes["rater"].editor.setFocus()

    def do(self) -> None:
        """Take who is named.

        Raises:
            Refused: nobody is named.
        """
        row = self.meant("rater")
        if not isinstance(row, int):
            raise Refused("no_rater", N_("Say which colleague judges."))
        self.chosen.emit(row)


class NameEvaluator(_About):
    """Who judges and signs as the manager, where nobody is named yet."""

    def __init__(self, session: Session, one: Standing, parent: QWidget) -> None:
        title = tr(N_("Who evaluates {person}"), person=one.scored.name)
        super().__init__(session, one, title, ("manager",), parent)
        self.hint(
            tr(
                N_(
                    "The superior of the team is taken by itself; for who has none somebody is named."
                )
            )
        )
        self.finish(tr(N_("Take")))
        self.boxes["manager"].editor.setFocus()

    def do(self) -> None:
        """Write it.

        Raises:
            Refused: nobody is named, or the person themselves.
        """
        row = self.meant("manager")
        if not isinstance(row, int) or row == self.standing.person:
            raise Refused("no_evaluator", N_("Name somebody other than the person."))
        said = tr(
            N_("{name} evaluates {person}"),
            name=self.session.book.label("salesperson", row),
            person=self.standing.scored.name,
        )
        with self.session.book.change(said) as change:
            change.set("evaluation", self.evaluation, {"manager": row})
        self.tell()
        self.written.emit()


class Adjust(_About):
    """By how many points calibration changes a total, and why."""

    def __init__(
        self, session: Session, one: Standing, parent: QWidget, by: Decimal | None = None
    ) -> None:
        title = tr(N_("Adjust {person}"), person=one.scored.name)
        super().__init__(session, one, title, ("adjustment", "adjustment_reason"), parent)
        self.put("adjustment", one.scored.adjustment if by is None else by)
        self.put("adjustment_reason", one.scored.adjustment_reason)
        before = one.scored.total
        if before is not None:
            self.hint(
                tr(
                    N_("Without adjustment the total is {total}. 0 takes an adjustment away."),
                    total=f"{before - one.scored.adjustment:,.2f}",
                )
            )
        self.finish(tr(N_("Adjust")))
        self.boxes["adjustment_reason" if by is not None else "adjustment"].editor.setFocus()

    def do(self) -> None:
        """Write it.

        Raises:
            Refused: without a reason, or what is typed is no number.
        """
        from models.evaluations.adjusting import adjust

        by = self.meant("adjustment")
        points = by if isinstance(by, Decimal) else Decimal(0)
        adjust(self.session.book, self.evaluation, points, self.typed("adjustment_reason"))
        self.tell()
        self.written.emit()
