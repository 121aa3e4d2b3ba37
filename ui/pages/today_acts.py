"""What is done with a line of Today: its action, and what else its menu offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from models.change import Change
from models.refusals import Refused
from models.texts import N_, tr
from models.today.line import Line, Record, action_text
from ui.session import Session

_FINISHED = {  # what Space makes of a record: its status, and the day on which
    "task": ("done", "done_at"),
    "follow_up_plan": ("done", "done_on"),
}


_GIVEN = ("task", "customer")  # what can be assigned


class TodayActs(QObject):
    """Acts on lines. ``open_records`` carries a title and ids by entity."""

    open_records = Signal(str, object)
    put_off = Signal(str)  # the line that isn't wanted today
    only = Signal(int)  # whose lines alone are wanted

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self._acts: dict[str, Callable[[Line, QPoint], None]] = {
            "contact": self._contact,
            "answer": self._answer,
            "assign": self._assign,
            "approve": self._approve,
            "double": self._double,
            "accept": self._finish_at,
            "plan": self._plan,
            "renew": self._renew,
            "congratulate": self._congratulate,
            "remind": self._remind,
            "rule": self._rule,
            "list": self._list,
            "review": self._review,
            "nudge": self._nudge,
            "issue": self._issue,
            "feedback": self._feedback,
            "verdict": self._verdict,
        }

    def act(self, line: Line, at: QPoint) -> None:
        """Do what the line's button says; ``at`` is where a menu may open."""
        act = self._acts.get(line.action)
        if act is None or not self._still_there(line):
            self.open(line)
        else:
            act(line, at)

    def open(self, line: Line) -> None:
        """Show what the line is about in its list."""
        record = line.record
        if line.more or line.action == "list":
            self._list(line, QPoint())
        elif record is not None:
            self._session.record_wanted.emit(record.entity, record.row)
        else:
            self._review(line, QPoint())  # files that wait, the one thing without a record

    def may_finish(self, line: Line) -> bool:
        """Whether Space means something here."""
        record = line.record
        return not line.more and record is not None and record.entity in _FINISHED

    def finish(self, line: Line) -> None:
        """Say that it is done."""
        record = line.record
        if record is None or not self.may_finish(line) or not self._still_there(line):
            return
        status, day = _FINISHED[record.entity]

        def act(change: Change) -> None:
            change.set(record.entity, record.row, {"status": status, day: date.today()})

        self._session.write(tr(N_("Done: {what}"), what=line.title), act, offer_undo=True)

    def menu(self, line: Line, at: QPoint, copy: Callable[[], None]) -> None:
        """All that can be done with a line."""
        menu = self._new_menu()

        def add(text: str, act: Callable[[], object], *, able: bool = True) -> None:
            entry = menu.addAction(text)
            entry.setEnabled(able)
            entry.triggered.connect(lambda _=False: act())

        add(action_text(line.action), lambda: self.act(line, at))
        if line.action not in ("open", "list"):
            add(tr(N_("Open record")), lambda: self.open(line))
        if self.may_finish(line):
            add(tr(N_("Mark as done")), lambda: self.finish(line))
            add(tr(N_("Postpone…")), lambda: self.postpone(line, at))
        menu.addSeparator()
        add(tr(N_("Not today")), lambda: self.put_off.emit(line.id), able=not line.more)
        if line.person:
            name = line.person_name.replace("&", "&&")
            add(tr(N_("Only {person}"), person=name), lambda: self.only.emit(line.person))
        add(tr(N_("Copy the list")), copy)
        menu.popup(at)

    def _new_menu(self) -> QMenu:
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _still_there(self, line: Line) -> bool:
        """Whether its record is still in the book; it may have gone a moment ago."""
        record = line.record
        return record is None or bool(self._session.book.ids(record.entity, among=[record.row]))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- one by one ------------------------------------------------------------------------------

    def _contact(self, line: Line, at: QPoint) -> None:
        from ui.dialogs.quick_entry import QuickEntry

        self._show(QuickEntry(self._session, self._parent.window(), _row(line, "customer")))

    def postpone(self, line: Line, at: QPoint) -> None:
        """Ask for another day: the working days that come, or any."""
        from models.calendar.in_book import work_calendar
        from models.today.words import date_text

        calendar, today = work_calendar(self._session.book), date.today()
        days: dict[date, None] = {}
        for start in (today, today + timedelta(days=1), today + timedelta(days=6)):
            following = calendar.next_working(start)
            if following is not None:
                days[following] = None
        menu = self._new_menu()
        for day in days:
            entry = menu.addAction(tr(N_("To {day}"), day=date_text(day)))
            entry.triggered.connect(lambda _=False, to=day: self._moved(line, to.isoformat()))
        menu.addSeparator()
        entry = menu.addAction(tr(N_("Another day…")))
        entry.triggered.connect(lambda _=False: self._ask_day(line))
        menu.popup(at)
        menu.setActiveAction(menu.actions()[0])

    def _ask_day(self, line: Line) -> None:
        def answered(values: Mapping[str, str]) -> Refused | None:
            return self._moved(line, values["due"])

        self._ask(line, tr(N_("Postpone")), ("due",), answered)

    def _moved(self, line: Line, day: str) -> Refused | None:
        """Move a task, or plan a follow-up anew: the old day of that one stays known."""
        record = line.record
        if record is not None and record.entity == "follow_up_plan":
            from models.following import plans

            try:
                plans.move(self._session.book, record.row, day, "")
            except Refused as refused:
                return refused
            said = tr(N_("Postponed: {what}"), what=line.title)
            self._session.said.emit(said, self._session.book.last_change)
            return None
        return self._set(line, {"due": day}, tr(N_("Postponed: {what}"), what=line.title))

    def _verdict(self, line: Line, at: QPoint) -> None:
        """Say how a plan ended; or what there is of it so far."""
        from ui.dialogs.plan_verdict import PlanVerdict

        assert line.record is not None
        self._show(PlanVerdict(self._session, line.record.row, self._parent.window()))

    def _answer(self, line: Line, at: QPoint) -> None:
        record = line.record
        if record is not None and record.entity == "help_request":
            from ui.dialogs.blocked import Answer

            self._show(Answer(self._session, record.row, self._parent.window()))
            return
        if record is not None and record.entity == "suggestion":
            self._ask(line, tr(N_("Answer")), ("answer", "status"), self._told(line))
            return
        fields = ("done_criteria", "due", "owner")
        self._ask(line, tr(N_("Answer")), fields, self._cleared(line))

    def _told(self, line: Line) -> Callable[[Mapping[str, str]], Refused | None]:
        """An answer to a suggestion; what its status stays is left to the rule."""
        assert line.record is not None
        from models.teamwork.questions import answering

        book, row = self._session.book, line.record.row

        def answered(values: Mapping[str, str]) -> Refused | None:
            given = answering(book, row, values)
            return self._set(line, given, tr(N_("Answered: {what}"), what=line.title))

        return answered

    def _cleared(self, line: Line) -> Callable[[Mapping[str, str]], Refused | None]:
        def answered(values: Mapping[str, str]) -> Refused | None:
            given = {**values, "question": ""}  # its owner has it again
            return self._set(line, given, tr(N_("Answered: {what}"), what=line.title))

        return answered

    def _ask(
        self,
        line: Line,
        title: str,
        fields: tuple[str, ...],
        answered: Callable[[Mapping[str, str]], Refused | None],
    ) -> None:
        from ui.dialogs.ask_fields import AskFields

        assert line.record is not None
        told = "\n".join(one for one in (line.title, line.reason) if one)
        window = self._parent.window()
        self._show(AskFields(self._session, title, told, line.record, fields, answered, window))

    def _assign(self, line: Line, at: QPoint) -> None:
        """Who could do it, with reasons."""
        from ui.dialogs.assign import open_assign

        keys = [(one.entity, one.row) for one in line.records if one.entity in _GIVEN]
        open_assign(self._session, keys, self._parent.window())

    def _approve(self, line: Line, at: QPoint) -> None:
        """What the leave means, then the decision."""
        from ui.dialogs.leave_decision import LeaveDecision

        assert line.record is not None
        self._show(LeaveDecision(self._session, line.record.row, self._parent.window()))

    def _double(self, line: Line, at: QPoint) -> None:
        from ui.dialogs.duplicates import Duplicates

        self._show(Duplicates(self._session, self._parent.window()))

    def _finish_at(self, line: Line, at: QPoint) -> None:
        self.finish(line)

    def _plan(self, line: Line, at: QPoint) -> None:
        self._plan_with(line, "")

    def _renew(self, line: Line, at: QPoint) -> None:
        self._plan_with(line, tr(N_("Talk about renewing the contract")))

    def _plan_with(self, line: Line, purpose: str) -> None:
        """A new follow-up with the customer of the line."""
        from ui.dialogs.plan_follow_up import open_plan

        window = self._parent.window()
        open_plan(self._session, [_row(line, "customer")], window, purpose=purpose)

    def _rule(self, line: Line, at: QPoint) -> None:
        """What each side has to show, then the ruling."""
        from models.following.claims import case_of
        from ui.dialogs.ruling import Ruling

        case = case_of(self._session.book, [_row(line, "customer")])
        self._show(Ruling(self._session, case, self._parent.window()))

    def _congratulate(self, line: Line, at: QPoint) -> None:
        record = line.record
        assert record is not None
        name = self._session.book.label(record.entity, record.row)
        text = tr(
            N_("{name}, happy birthday! I wish you health, and a year full of joy."), name=name
        )
        self.copy(text, tr(N_("A greeting for {name} is on the clipboard."), name=name))

    def _remind(self, line: Line, at: QPoint) -> None:
        asked = (
            N_("{name}, how far is “{title}”? {reason} If something keeps you from it, tell me.")
            if line.kind == "task"
            else N_(
                "{name}, please write down what happened with your customers lately. {reason} If something keeps you from it, tell me."
            )
        )
        text = tr(asked, name=line.person_name, title=line.title, reason=line.reason)
        name = line.person_name
        self.copy(text, tr(N_("A message for {name} is on the clipboard."), name=name))

    def _review(self, line: Line, at: QPoint) -> None:
        """The returned workbooks, where what is open is decided."""
        self._session.tab_wanted.emit("workbooks", "returned")

    def _nudge(self, line: Line, at: QPoint) -> None:
        """Put a line for whoever has a workbook out into the clipboard."""
        from models.workbooks.stale import stale

        one = next((one for one in stale(self._session.book, date.today()) if one.person == line.person), None)  # fmt: skip
        if one is not None:
            said = tr(N_("A message for {name} is on the clipboard."), name=one.name)
            self.copy(one.nudge(), said)

    def _issue(self, line: Line, at: QPoint) -> None:
        self._session.issue_wanted.emit([line.person])

    def _feedback(self, line: Line, at: QPoint) -> None:
        """Feedback for whose event it is, citing its record."""
        from ui.dialogs.give_feedback import about, open_give

        assert line.record is not None
        given = about(self._session.book, line.owner, line.record)
        open_give(self._session, given, self._parent.window())

    def _list(self, line: Line, at: QPoint) -> None:
        records: dict[str, list[int]] = {}
        entity = line.records[0].entity if line.records else ""
        for one in line.records:
            if one.entity == entity:
                records.setdefault(one.entity, []).append(one.row)
        if records:
            self.open_records.emit(line.title, records)

    def copy(self, text: str, said: str) -> None:
        """Put a text on the clipboard and say so."""
        QGuiApplication.clipboard().setText(text)
        self._session.said.emit(said, 0)

    def _set(self, line: Line, values: Mapping[str, Any], reason: str) -> Refused | None:
        """Write fields of the line's record as one change, and offer to undo it."""
        record = line.record
        assert record is not None

        def act(change: Change) -> None:
            change.set(record.entity, record.row, dict(values))

        number, refused = self._session.attempt(reason, act)
        if refused is None:
            self._session.said.emit(reason, number)
        elif QGuiApplication.focusWindow() is None or self._parent.isActiveWindow():
            self._session.refused.emit(str(refused))
        return refused


def _row(line: Line, entity: str) -> int:
    """The row of the line's record of an entity; 0 if there is none."""
    found: Record | None = next((one for one in line.records if one.entity == entity), None)
    return found.row if found is not None else 0
