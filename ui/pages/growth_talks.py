"""One-to-one talks: whose is due, beside it the sheet of whoever is chosen, and their promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from models.book import Book, Notice
from models.growth import talks
from models.growth.talks import KEPT, NEVER, OVERDUE, Cadence, Promised
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import files, theme
from ui.dialogs import paper_text
from ui.jobs import Latest
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line
from ui.session import Session

if TYPE_CHECKING:
    from models.growth.talk_sheet import TalkSheet

_RESTS_ON = frozenset({"one_on_one", "promise", "salesperson", "team", "task"})
_SHEET_RESTS_ON = _RESTS_ON | {"opportunity", "complaint", "feedback", "goal", "evaluation"}
_PROMISE = Qt.ItemDataRole.UserRole


class Rhythm(ActedList):
    """Everybody, whose talk is missing longest first; ``turned`` when somebody else is chosen."""

    name = N_("Rhythm of talks")
    heads = (N_("Salesperson"), N_("Last talk"), N_("State"), N_("Next talk"), N_("Promises"))
    reads = _RESTS_ON
    help = "growth"
    turned = Signal()

    def offered(self) -> Sequence[Act]:
        """Hold a talk or plan one; the sheet on paper."""
        return (
            Act(N_("Hold a talk…"), self.hold, "one"),
            Act(N_("Plan…"), self.plan, "one"),
            Act(N_("Save sheet as PDF…"), self.ask_pdf, "one"),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """Everybody who works here."""
        return [_person(one) for one in talks.cadence(book, on)]

    def nothing(self) -> str:
        """Nobody is there to talk to."""
        return tr(N_("There is nobody in the team yet. Add people on the page Team."))

    def counted(self, lines: Sequence[Line]) -> str:
        """For how many a talk is due."""
        due = sum(one.thing.state in (NEVER, OVERDUE) for one in lines)
        return ntr("{n} talk is due", "{n} talks are due", due)

    def opened(self, line: Line) -> None:
        """Enter on somebody: hold the talk."""
        self.hold()

    def _chosen(self) -> None:
        super()._chosen()
        self.turned.emit()

    def _say(self) -> None:
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        super()._say()

    def hold(self) -> None:
        """Take down a talk with whoever is chosen."""
        from ui.dialogs.hold_talk import HoldTalk

        for line in self.chosen()[:1]:
            one: Cadence = line.thing
            today = one.planned if one.next == date.today() else None
            self.show_dialog(HoldTalk(self.session, one.person, self, today))

    def plan(self) -> None:
        """Plan a talk with whoever is chosen."""
        from datetime import timedelta

        from models.calendar.in_book import work_calendar
        from ui.dialogs.hold_talk import PlanTalk

        for line in self.chosen()[:1]:
            one: Cadence = line.thing
            wish = (one.last or date.today()) + timedelta(days=talks.WISH if one.last else 0)
            after = max(wish - timedelta(days=1), date.today())
            day = work_calendar(self.session.book).next_working(after) or wish
            self.show_dialog(PlanTalk(self.session, one.person, day, self))

    def ask_pdf(self) -> None:
        """Ask where the sheet goes; what is private isn't on it."""
        for line in self.chosen()[:1]:
            name = tr(N_("One-to-one with {person}"), person=line.thing.name)
            path = files.ask_save(self, tr(N_("Save sheet as PDF…")), f"{name}.pdf", "PDF (*.pdf)")
            if path is not None:
                self.save(line.thing.person, path)

    def save(self, person: int, path: Path) -> None:
        """Write the sheet for both as a PDF."""
        book, on = self.session.book, date.today()

        def work(progress: Progress) -> str:
            from models.growth.talk_paper import paper
            from models.growth.talk_sheet import sheet
            from models.sheets import placing
            from ui.printing import document

            placing.put(path, document.pdf(paper(sheet(book, person, on, shared_only=True))))
            return path.name

        text = tr(N_("Writing {file}"), file=path.name)
        self.session.jobs.run(text, work, self._saved, self._not_saved)

    def _saved(self, name: str) -> None:
        self.session.said.emit(tr(N_("Written: {file}"), file=name), 0)

    def _not_saved(self, error: Exception) -> None:
        if str(error):
            self.session.refused.emit(str(error))


def _person(one: Cadence) -> Line:
    following = one.next.isoformat() if one.next else ""
    cells = (one.name, one.text(), one.state_text(), following, f"{one.open_promises:,}")
    colour = {NEVER: (2, "warning"), OVERDUE: (2, "danger")}.get(one.state)
    days = 1e6 if one.days is None else float(one.days)
    return Line(("salesperson", one.person), cells, one, ((1, days), (4, float(one.open_promises))), colour)  # fmt: skip


class TalksTab(QWidget):
    """People at the left; at the right the sheet, below it the promises that are not settled.

    What the sheet rests on is a link; ``open_records`` carries several records of one kind.
    """

    open_records = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = Latest(session.jobs, self)
        self._person = 0
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        self.people = Rhythm(session, split)
        right = QWidget(split)
        self.sheet = QTextBrowser(right)
        self.sheet.setOpenLinks(False)
        self.sheet.anchorClicked.connect(self._follow)
        self.sheet.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self._head = QLabel(right)
        self._head.setObjectName("heading")
        self.promises = QListWidget(right)
        self.promises.setWordWrap(True)
        self.promises.setMaximumHeight(theme.scaled(120))
        self.kept, self.broken = QPushButton(right), QPushButton(right)
        buttons = QHBoxLayout()
        buttons.addWidget(self._head, 1)
        buttons.addWidget(self.kept)
        buttons.addWidget(self.broken)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(8, 12, 12, 8)
        inside.addWidget(self.sheet, 1)
        inside.addLayout(buttons)
        inside.addWidget(self.promises)
        split.addWidget(self.people)
        split.addWidget(right)
        split.setSizes([theme.scaled(560), theme.scaled(560)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        self.people.turned.connect(self._turned)
        self.promises.currentRowChanged.connect(self._may_settle)
        self.promises.itemActivated.connect(self._open_promise)
        self.kept.clicked.connect(self._keep)
        self.broken.clicked.connect(self._break)
        session.news.connect(self._heard)
        session.closing.connect(self._latest.forget)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.people.retranslate()
        self.sheet.setAccessibleName(tr(N_("Sheet of the talk")))
        self.promises.setAccessibleName(tr(N_("Outstanding promises")))
        self._head.setText(self.promises.accessibleName())
        for button, text in ((self.kept, tr(N_("Kept"))), (self.broken, tr(N_("Not kept")))):
            button.setText(text)
            button.setAccessibleName(text)
        self._read()
        self._may_settle()

    # -- the sheet ---------------------------------------------------------------------------------

    def _heard(self, notice: Notice) -> None:
        if _SHEET_RESTS_ON & notice.touched.keys() and self.isVisible():
            self._read()

    def _turned(self) -> None:
        chosen = self.people.chosen()
        person = chosen[0].thing.person if chosen else 0
        if person != self._person:
            self._person = person
            self._read()

    def _read(self) -> None:
        """Read the sheet of whoever is chosen, in the background."""
        if not self._person:
            self.sheet.setHtml("")
            self.promises.clear()
            return
        book, person, on = self._session.book, self._person, date.today()

        def work(progress: Progress) -> TalkSheet:
            from models.growth.talk_sheet import sheet

            return sheet(book, person, on)

        self._latest.ask(work, self._show, self._failed, tr(N_("Reading the sheet of the talk")))

    def _failed(self, error: Exception) -> None:
        self.sheet.setPlainText(str(error))

    def _show(self, made: TalkSheet) -> None:
        from models.goals.paper import WARN, Block, Heading, Words
        from models.growth.talk_paper import body

        title = tr(N_("One-to-one with {person}"), person=made.name)
        last = tr(N_("No talk yet"))
        if made.last:
            last = tr(N_("last talk: {day}"), day=made.last.isoformat())
        blocks: list[Block] = [Heading(title, 1, last), *body(made)]
        if made.private_notes:
            blocks += [Heading(tr(N_("Private notes of the last talk"))), Words(made.private_notes, WARN)]  # fmt: skip
        self.sheet.setHtml(paper_text.of(blocks))
        at = self.promises.currentRow()
        self.promises.clear()
        for one in made.promises:
            if one.state not in (KEPT, talks.BROKEN):
                item = QListWidgetItem(_promise_text(one, made))
                item.setToolTip(item.text())
                item.setData(_PROMISE, one)
                self.promises.addItem(item)
        self.promises.setCurrentRow(min(max(at, 0), self.promises.count() - 1))
        self._may_settle()

    def _follow(self, link: QUrl) -> None:
        """Open what a point of the sheet rests on."""
        entity, _, listed = link.fragment().partition(":")
        rows = [int(one) for one in listed.split(",") if one]
        if len(rows) == 1:
            self._session.record_wanted.emit(entity, rows[0])
        elif rows:
            name = self._session.book.label("salesperson", self._person)
            self.open_records.emit(tr(N_("One-to-one with {person}"), person=name), {entity: rows})

    # -- promises ----------------------------------------------------------------------------------

    def _promise(self) -> Promised | None:
        row = self.promises.currentRow()
        found = self.promises.item(row).data(_PROMISE) if row >= 0 else None
        return found if isinstance(found, Promised) else None

    def _may_settle(self, _row: int = 0) -> None:
        for button in (self.kept, self.broken):
            button.setEnabled(self._promise() is not None)

    def _keep(self) -> None:
        self._settle(kept=True)

    def _break(self) -> None:
        self._settle(kept=False)

    def _settle(self, *, kept: bool) -> None:
        one, book = self._promise(), self._session.book
        if one is not None:
            self.people.attempt(lambda: talks.settle(book, one.row, kept=kept))

    def _open_promise(self, item: QListWidgetItem) -> None:
        """Its task, else the promise itself."""
        one: Promised = item.data(_PROMISE)
        record = ("task", one.task) if one.task is not None else ("promise", one.row)
        self._session.record_wanted.emit(*record)


def _promise_text(one: Promised, made: TalkSheet) -> str:
    name = made.name if one.by == talks.PERSON else made.manager or tr(N_("Manager"))
    return tr(N_("{person}: {what}"), person=name, what=one.text())
