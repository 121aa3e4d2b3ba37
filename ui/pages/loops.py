"""The board of open loops: for each person where the loop is open, each with its one next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QSplitter, QWidget

from models.book import Book
from models.calendar.in_book import work_calendar
from models.growth import plan_acts
from models.growth.loops import AGREED, CHECK, HOLD, PROPOSED, RUNS, SIGN, TALK, WEAK, Loop, read
from models.texts import N_, ntr, tr
from ui import theme
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line
from ui.pages.plan_pane import PlanPane
from ui.session import Session

_WHEN = 2
_PLAN = "improvement_plan"
_PERSON = Qt.ItemDataRole.UserRole
# Where a step is taken that has a tab of its own; all others open their record.
_PLACES = {SIGN: ("evaluations", "cycle")}


class LoopList(ActedList):
    """The loops of everybody, or of one person."""

    name = N_("Open loops")
    heads = (N_("Salesperson"), N_("What is open"), N_("When"), N_("Next step"))
    reads = frozenset(
        {
            "goal", "evaluation", "evaluation_cycle", "one_on_one", "promise", "appeal", "signature",
            _PLAN, "plan_action", "salesperson", "feedback",
        }
    )  # fmt: skip
    help = "keys"
    arrived = Signal(object)  # the loops of everybody
    plan_chosen = Signal(int)  # 0: none is chosen

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._all: list[Line] = []
        self._person = 0
        super().__init__(session, parent)

    def offered(self) -> Sequence[Act]:
        """The one next step."""
        return (Act(N_("Take the next step"), self.step, "one"),)

    def read(self, book: Book, on: date) -> list[Line]:
        """Where loops are open, and plans that run."""
        return [_line(one) for one in read(book, on)]

    def nothing(self) -> str:
        """Every loop is closed."""
        return tr(N_("No loop is open: goals are agreed, evaluations talked over and signed, weak items have plans, promises are kept."))  # fmt: skip

    def counted(self, lines: Sequence[Line]) -> str:
        """How many wait."""
        n = sum(one.thing.waits for one in lines)
        return ntr("{n} open loop", "{n} open loops", n)

    def opened(self, line: Line) -> None:
        """Enter on a loop: its next step."""
        self.step()

    def show_person(self, person: int) -> None:
        """Show the loops of one person; 0 shows those of everybody."""
        self._person = person
        super()._put(self._narrowed())
        self._told()

    def _narrowed(self) -> list[Line]:
        person = self._person
        return [one for one in self._all if not person or one.thing.person == person]

    def _put(self, lines: list[Line]) -> None:
        self._all = lines
        self.arrived.emit([one.thing for one in lines])
        super()._put(self._narrowed())
        self._told()

    def _chosen(self) -> None:
        super()._chosen()
        lines = self.chosen()
        for button in self.buttons:  # the button says what will be done
            text = lines[0].thing.step() if len(lines) == 1 else tr(N_("Take the next step"))
            button.setText(text)
            button.setAccessibleName(text)
        self._told()

    def _told(self) -> None:
        lines = self.chosen()
        one: Loop | None = lines[0].thing if len(lines) == 1 else None
        self.plan_chosen.emit(one.record[1] if one and one.record[0] == _PLAN else 0)

    # -- the next step -----------------------------------------------------------------------------

    def step(self) -> None:
        """Do the next step of the chosen loop, or open the place where it is done."""
        lines = self.chosen()
        if not lines:
            return
        one: Loop = lines[0].thing
        entity, row = one.record
        book = self.session.book
        if one.kind == PROPOSED:
            self.attempt(lambda: plan_acts.agree(book, [row]))
        elif one.kind == AGREED:
            self.attempt(lambda: plan_acts.start(book, [row]))
        elif one.kind in (CHECK, WEAK, TALK, HOLD):
            self._answer(one)
        elif one.kind in _PLACES:
            self.session.tab_wanted.emit(*_PLACES[one.kind])
        else:
            self.session.record_wanted.emit(entity, row)

    def _answer(self, one: Loop) -> None:
        from ui.dialogs.hold_talk import HoldTalk, PlanTalk
        from ui.dialogs.plan_verdict import PlanVerdict
        from ui.dialogs.propose_plans import ProposePlans

        row = one.record[1]
        dialog: QDialog
        if one.kind == TALK:
            day = work_calendar(self.session.book).next_working(date.today()) or date.today()
            dialog = PlanTalk(self.session, one.person, day, self)
        elif one.kind == HOLD:
            dialog = HoldTalk(self.session, one.person, self, row)
        else:
            dialog = (PlanVerdict if one.kind == CHECK else ProposePlans)(self.session, row, self)
        self.show_dialog(dialog)


class Loops(QWidget):
    """People with their counts at the left, their loops, and the plan that is chosen at the right."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.people = QListWidget(self)
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list = LoopList(session, self)
        self.pane = PlanPane(session, self.list.attempt, self)
        self._found: tuple[Loop, ...] = ()
        split = QSplitter(Qt.Orientation.Horizontal, self)
        for one in (self.people, self.list, self.pane):
            split.addWidget(one)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([theme.scaled(150), theme.scaled(640), theme.scaled(310)])
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        self.list.arrived.connect(self._arrived)
        self.list.plan_chosen.connect(self.pane.show_plan)
        self.people.currentItemChanged.connect(self._person)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.people.setAccessibleName(tr(N_("People with open loops")))
        self.list.retranslate()
        self.pane.retranslate()
        self._fill()

    def _arrived(self, found: list[Loop]) -> None:
        self._found = tuple(found)
        self._fill()

    def _fill(self) -> None:
        """Everybody, then each person with how many loops wait; who is chosen stays so."""
        current = self.people.currentItem()
        chosen = current.data(_PERSON) if self.people.count() else 0
        counts = Counter(one.person for one in self._found if one.waits)
        names = {one.person: one.name for one in self._found}
        self.people.blockSignals(True)
        self.people.clear()
        self._entry(tr(N_("Everybody")), counts.total(), 0)
        for person, name in sorted(names.items(), key=lambda one: (-counts[one[0]], one[1])):
            self._entry(name, counts[person], person)
        rows = [self.people.item(at).data(_PERSON) for at in range(self.people.count())]
        self.people.setCurrentRow(rows.index(chosen) if chosen in rows else 0)
        self.people.blockSignals(False)
        if chosen not in rows:
            self.list.show_person(0)

    def _entry(self, name: str, n: int, person: int) -> None:
        item = QListWidgetItem(tr(N_("{name} ({n})"), name=name, n=f"{n:,}"))
        item.setData(_PERSON, person)
        self.people.addItem(item)

    def _person(self, item: QListWidgetItem | None) -> None:
        self.list.show_person(item.data(_PERSON) if item is not None else 0)


def _line(one: Loop) -> Line:
    colour = None
    if one.kind != RUNS and one.late is not None and one.late > 0:
        colour = (_WHEN, "danger")
    cells = (one.name, one.title(), one.when(), one.step())
    late = float(-one.late) if one.late is not None else 1e9
    return Line((f"{one.record[0]} {one.kind}", one.record[1]), cells, one, ((_WHEN, late),), colour)  # fmt: skip
