"""Planning a follow-up with one customer or many, moving one, and saying why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QLabel, QWidget

from models.calendar.in_book import work_calendar
from models.describe.kinds import KINDS
from models.following import plans
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui.dialogs.asking import Asking
from ui.records.editors import put_value
from ui.session import Session

_ENTITY = "follow_up_plan"


class Acting(Asking):
    """What is done is one change; its undo is offered."""

    def tell(self) -> None:
        """Say what was done, with its undo."""
        book = self.session.book
        info = book.info(book.last_change)
        if info is not None:
            self.session.said.emit(info.reason, info.no)

    def put(self, name: str, value: object) -> None:
        """A value that stands in a field from the beginning."""
        box = self.boxes[name]
        put_value(box.editor, KINDS[box.field.kind].edited(box.field, value), value)


class PlanFollowUp(Acting):
    """Asks by when, how and what for; all customers get the same plan, as one change."""

    def __init__(
        self,
        session: Session,
        customers: Sequence[int],
        parent: QWidget,
        on: date | None = None,
        purpose: str = "",
    ) -> None:
        book = session.book
        title = (
            tr(N_("Plan a follow-up: {customer}"), customer=book.label("customer", customers[0]))
            if len(customers) == 1
            else ntr(
                "Plan a follow-up with {n} customer",
                "Plan a follow-up with {n} customers",
                len(customers),
            )
        )
        super().__init__(session, title, _ENTITY, ("due", "kind", "purpose", "person"), parent)
        self._customers = list(customers)
        self.put("due", _next_working_day(session, on or date.today()))
        self.put("kind", "call")
        if purpose:
            self.put("purpose", purpose)
        hint = QLabel(tr(N_("Without a salesperson it is for the customer's owner.")), self)
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        self.form.addRow(hint)
        self.finish(tr(N_("Plan")))
        self.boxes["due"].editor.setFocus()

    def do(self) -> None:
        """Write the plans.

        Raises:
            Refused: a value is not acceptable.
        """
        values = {name: typed for name, box in self.boxes.items() if (typed := box.typed().strip())}
        plans.plan(self.session.book, self._customers, values)
        self.tell()


class MoveFollowUp(Acting):
    """Asks for another day and why; the plan as it was stays, marked as moved."""

    def __init__(self, session: Session, plan: int, parent: QWidget) -> None:
        record = session.book.record(_ENTITY, plan)
        customer = record["customer"].label if record["customer"] else ""
        title = tr(N_("Move a follow-up: {customer}"), customer=customer)
        super().__init__(session, title, _ENTITY, ("due", "outcome"), parent)
        self._plan = plan
        if record["due"]:
            self.put("due", _next_working_day(session, max(record["due"], date.today())))
        self.finish(tr(N_("Move")))
        self.boxes["due"].editor.setFocus()

    def do(self) -> None:
        """Move it.

        Raises:
            Refused: it is not planned any more, or the day is not acceptable.
        """
        due, why = (self.boxes[name].typed() for name in ("due", "outcome"))
        plans.move(self.session.book, self._plan, due, why)
        self.tell()


class AskWhy(Acting):
    """Asks for a reason and does something with it; ``told`` stands above, what it means."""

    def __init__(
        self,
        session: Session,
        title: str,
        field: tuple[str, str],
        accept: str,
        act: Callable[[str], object],
        parent: QWidget,
        told: str = "",
    ) -> None:
        """``field`` is the entity and the field in which the reason is kept."""
        super().__init__(session, title, field[0], (), parent)
        self._field, self._act = field[1], act
        if told:
            label = QLabel(told, self)
            label.setWordWrap(True)
            self.form.addRow(label)
        self.ask(self._field)
        self.finish(accept)
        self.boxes[self._field].editor.setFocus()

    def do(self) -> None:
        """Do it.

        Raises:
            Refused: it can't be done, or the reason is missing.
        """
        self._act(self.boxes[self._field].typed().strip())
        self.tell()


def _next_working_day(session: Session, day: date) -> date:
    calendar, found = work_calendar(session.book), day + timedelta(days=1)
    while not calendar.is_working(found) and (found - day).days < 30:
        found += timedelta(days=1)
    return found


def open_plan(
    session: Session,
    customers: Sequence[int],
    parent: QWidget,
    on: date | None = None,
    purpose: str = "",
) -> None:
    """Ask for the plan of a follow-up with some customers."""
    if customers:
        PlanFollowUp(session, customers, parent, on, purpose).open()


def open_move(session: Session, plan: int, parent: QWidget) -> None:
    """Ask to which day a planned follow-up is moved; one that isn't planned any more is said."""
    if session.book.record(_ENTITY, plan)["status"] != "planned":
        refused = Refused(
            "not_planned", N_("Only a follow-up that is still planned can be changed so.")
        )
        session.refused.emit(str(refused))
        return
    MoveFollowUp(session, plan, parent).open()


def open_missed(session: Session, chosen: Sequence[int], parent: QWidget) -> None:
    """Ask why planned follow-ups were missed."""
    book, rows = session.book, list(chosen)

    def act(reason: str) -> None:
        plans.miss(book, rows, reason)

    title = ntr("Mark {n} follow-up as missed", "Mark {n} follow-ups as missed", len(rows))
    field = (_ENTITY, "outcome")
    AskWhy(session, title, field, tr(N_("Mark as missed")), act, parent).open()


def open_no_step(session: Session, customers: Sequence[int], parent: QWidget) -> None:
    """Ask why nothing needs to be planned with some customers."""
    book, rows = session.book, list(customers)

    def act(reason: str) -> None:
        plans.no_step(book, rows, reason)

    title = ntr("No next step with {n} customer", "No next step with {n} customers", len(rows))
    field = ("customer", "no_step_reason")
    AskWhy(session, title, field, tr(N_("Not needed")), act, parent).open()
