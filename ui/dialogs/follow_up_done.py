"""A follow-up is done: the activity that it asked for is written down, and fulfils it in the same step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from models.change import Change
from models.refusals import Refused
from models.texts import N_, tr
from ui.dialogs.plan_follow_up import Acting
from ui.records.editors import put_value
from ui.session import Session

_ASKED = ("at", "kind", "person", "result", "next_step")


class FollowUpDone(Acting):
    """Asks what came of it, with what the plan says filled in; and when the next one is due."""

    def __init__(self, session: Session, plan: int, parent: QWidget) -> None:
        self._plan, book = plan, session.book
        self._record = record = book.record("follow_up_plan", plan)
        self._customer = record["customer"]
        title = tr(N_("Followed up: {customer}"), customer=self._customer.label)
        super().__init__(session, title, "activity", _ASKED, parent)
        person = record["person"] or book.record("customer", self._customer.id)["owner"]
        at = datetime.now().astimezone().replace(second=0, microsecond=0)
        for name, value in (("at", at), ("kind", record["kind"]), ("person", person)):
            if value is not None:
                self.put(name, value)
        self.next = self._ask_next()
        self.finish(tr(N_("Done")))
        self.boxes["result"].editor.setFocus()

    def _ask_next(self) -> Any:
        """When it is followed up again; a plan is made of it."""
        from PySide6.QtWidgets import QLabel

        from ui.records.field_box import FieldBox

        field = self.session.book.schema.entity("follow_up_plan").field("due")
        box = FieldBox(self.session, "follow_up_plan", field, self)
        text = tr(N_("Follow up again by"))
        label = QLabel(text, self)
        label.setBuddy(box.editor)
        box.editor.setAccessibleName(text)
        put_value(box.editor, "", None)
        self.form.addRow(label, box)
        return box

    def do(self) -> None:
        """Write the activity down; the plan is done by it, whatever day that is.

        Raises:
            Refused: a value is not acceptable, or the plan isn't planned any more.
        """
        book, due = self.session.book, self.next.typed().strip()
        values = {name: typed for name, box in self.boxes.items() if (typed := box.typed().strip())}
        values |= {"customer": self._customer.id}
        values |= {
            name: self._record[name].id
            for name in ("contact", "opportunity")
            if self._record[name] is not None
        }
        reason = tr(N_("Followed up: {customer}"), customer=self._customer.label)
        with book.change(reason) as change:
            if book.record("follow_up_plan", self._plan)["status"] != "planned":
                raise Refused("not_planned", N_("Only a follow-up that is still planned can be changed so."))  # fmt: skip
            self._write(change, values, due)
        self.tell()

    def _write(self, change: Change, values: dict[str, Any], due: str) -> None:
        activity = change.add("activity", values)
        at = change.clean(self.kind, {"at": values["at"]})["at"]
        done = {"status": "done", "done_on": at.astimezone().date(), "activity": activity}
        change.set("follow_up_plan", self._plan, done)
        if due:
            again = {"customer": self._customer.id, "due": due, "purpose": values.get("next_step")}
            for name in ("kind", "person", "contact", "opportunity"):
                value = self._record[name]
                again[name] = getattr(value, "id", value)
            change.add("follow_up_plan", {name: one for name, one in again.items() if one})


def open_done(session: Session, plan: int, parent: QWidget) -> None:
    """Ask what came of a planned follow-up."""
    record = session.book.record("follow_up_plan", plan)
    if record["status"] != "planned" or record["customer"] is None:
        refused = Refused("not_planned", N_("Only a follow-up that is still planned can be changed so."))  # fmt: skip
        session.refused.emit(str(refused))
        return
    FollowUpDone(session, plan, parent).open()
