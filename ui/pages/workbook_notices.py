"""Notices with who has read them; suggestions and questions with the time that they wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from models.book import Book
from models.change import Change
from models.describe.kinds import KINDS
from models.refusals import Refused
from models.teamwork.notices import Notice, mark_read, notices
from models.teamwork.questions import Question, answering, questions
from models.texts import N_, ntr, tr
from models.today.questions import PROMPT
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line

_READ, _WAITS = 3, 4


class NoticesRead(ActedList):
    """A line a notice, the latest first: by how many it was read, and who has not."""

    name = N_("Notices and readers")
    heads = (
        N_("Notice"), N_("Posted on"), N_("Until"), N_("Read by"), N_("Not read yet"), N_("Replies"),
    )  # fmt: skip
    reads = frozenset({"announcement", "read_receipt", "salesperson", "team"})
    help = "workbooks"

    def offered(self) -> Sequence[Act]:
        """Send it, remind those who have not read it, write down who has."""
        waiting = _unread
        return (
            Act(N_("Copy for WeChat"), self.send),
            Act(N_("Copy reminder"), self.remind, "some", waiting),
            Act(N_("Has been read by…"), self.mark, "one", waiting),
            Act(N_("New notice…"), self.add, "any"),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """All notices."""
        return [_of_notice(one, on) for one in notices(book)]

    def nothing(self) -> str:
        """There is none."""
        text = N_("There is no notice. One travels in everybody's workbook and can be sent by WeChat; who has read it comes back with the workbooks.")  # fmt: skip
        return tr(text)

    def helping(self) -> Act | None:
        """Write the first one."""
        return Act(N_("New notice…"), self.add, "any")

    def counted(self, lines: Sequence[Line]) -> str:
        """How many there are, and how many somebody has not read."""
        waiting = sum(_unread(one) for one in lines)
        total = ntr("{n} notice", "{n} notices", len(lines))
        return tr(N_("{notices}, {waiting} not read by all"), notices=total, waiting=f"{waiting:,}")

    def send(self) -> None:
        """Put the chosen notices into the clipboard, as they are sent."""
        chosen: list[Notice] = [one.thing for one in self.chosen()]
        if chosen:
            self._copy("\n".join(one.message() for one in chosen))

    def remind(self) -> None:
        """Put a line into the clipboard that names who has not read them."""
        self._copy("\n".join(one.thing.reminder() for one in self.chosen()))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.session.said.emit(tr(N_("The text is on the clipboard.")), 0)

    def mark(self) -> None:
        """Say for somebody, or for all, that they have read the chosen notice."""
        chosen = self.chosen()
        if not chosen:
            return
        notice: Notice = chosen[0].thing
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        everybody = [one.person for one in notice.unread]

        def add(text: str, people: list[int]) -> None:
            entry = menu.addAction(text.replace("&", "&&"))
            entry.triggered.connect(lambda _=False: self._mark(notice.id, people))

        add(tr(N_("All of them")), everybody)
        menu.addSeparator()
        for one in notice.unread:
            add(one.name, [one.person])
        button = self.buttons[[act.do for act in self.acts].index(self.mark)]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _mark(self, notice: int, people: list[int]) -> None:
        self.attempt(lambda: mark_read(self.session.book, notice, people))

    def add(self) -> None:
        """Write a notice."""
        _new(self, "announcement")


def _unread(line: Line) -> bool:
    return bool(line.thing.unread)


def _of_notice(one: Notice, on: date) -> Line:
    cells = (
        one.title, one.posted_on, one.until, one.count_text(), one.unread_text(), one.replies_text(),
    )  # fmt: skip
    share = len(one.read) / one.audience if one.audience else 1.0
    colour = (_READ, "warning") if one.unread and one.runs(on) else None
    return Line(("announcement", one.id), cells, one, ((_READ, share),), colour)


class Questions(ActedList):
    """A line for each question and suggestion; those that wait come first, the longest in front."""

    name = N_("Questions and suggestions")
    heads = (
        N_("Kind"), N_("Matter"), N_("Salesperson"), N_("Raised on"), N_("No answer for"), N_("Status"),
        N_("Answer"),
    )  # fmt: skip
    reads = frozenset({"suggestion", "salesperson", "calendar_day"})
    help = "workbooks"

    def offered(self) -> Sequence[Act]:
        """Answer, decide, send the answer."""
        return (
            Act(N_("Answer…"), self.answer, "one"),
            Act(N_("Adopt"), self.adopt, "some", _undecided),
            Act(N_("Decline"), self.decline, "some", _undecided),
            Act(N_("Copy answer"), self.send, "some", lambda line: bool(line.thing.answer)),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """All that was asked and suggested."""
        entity = book.schema.entity("suggestion")
        kind, status = (entity.field(name) for name in ("kind", "status"))
        show = KINDS["choice"].show
        return [
            _of_question(one, show(kind, one.kind or None), show(status, one.status or None))
            for one in questions(book, on)
        ]

    def nothing(self) -> str:
        """Nobody has said anything."""
        text = N_("Nobody has asked or suggested anything. People write it in their workbooks; it comes here with them, and the answer goes out with the next one.")  # fmt: skip
        return tr(text)

    def counted(self, lines: Sequence[Line]) -> str:
        """How many wait."""
        return ntr("{n} waits for an answer", "{n} wait for an answer", sum(one.thing.open for one in lines))  # fmt: skip

    def opened(self, line: Line) -> None:
        """Enter: the answer."""
        self.answer()

    def answer(self) -> None:
        """Write the answer; its status and its day follow."""
        from ui.dialogs.ask_fields import AskFields

        chosen = self.chosen()
        if not chosen:
            return
        one: Question = chosen[0].thing
        told = "\n".join(text for text in (one.title, one.content) if text)

        def answered(values: Mapping[str, str]) -> Refused | None:
            given = answering(self.session.book, one.id, values)
            return self._write(tr(N_("Answered: {what}"), what=one.title), {one.id: given})

        self.show_dialog(
            AskFields(
                self.session, tr(N_("Answer")), told, ("suggestion", one.id), ("answer", "status"),
                answered, self.window(),
            )
        )  # fmt: skip

    def adopt(self) -> None:
        """Take the chosen suggestions up."""
        self._decide("adopted", N_("Adopted: {what}"))

    def decline(self) -> None:
        """Decline the chosen suggestions."""
        self._decide("declined", N_("Declined: {what}"))

    def _decide(self, status: str, reason: str) -> None:
        chosen: list[Question] = [one.thing for one in self.chosen()]
        if not chosen:
            return
        what = tr(N_(", ")).join(one.title for one in chosen)
        refused = self._write(tr(reason, what=what), {one.id: {"status": status} for one in chosen})
        if refused is not None:
            self.session.refused.emit(str(refused))

    def _write(self, reason: str, values: Mapping[int, Mapping[str, str]]) -> Refused | None:
        def act(change: Change) -> None:
            for row, given in values.items():
                change.set("suggestion", row, dict(given))

        number, refused = self.session.attempt(reason, act)
        if refused is None:
            self.session.said.emit(reason, number)
        return refused

    def send(self) -> None:
        """Put the answers into the clipboard, as they are sent."""
        QGuiApplication.clipboard().setText("".join(one.thing.message() for one in self.chosen()))
        self.session.said.emit(tr(N_("The text is on the clipboard.")), 0)


def _undecided(line: Line) -> bool:
    return line.thing.status not in ("adopted", "declined")


def _of_question(one: Question, kind: str, status: str) -> Line:
    cells = (kind, one.title, one.name, one.raised_on, one.waits_text(), status, one.answer)
    late = one.open and one.kind == "question" and (one.waited or 0) >= PROMPT
    sorts = ((_WAITS, float(one.waited)),) if one.waited is not None else ()
    return Line(("suggestion", one.id), cells, one, sorts, (_WAITS, "danger") if late else None)


def _new(page: ActedList, entity: str) -> None:
    from ui.dialogs.new_record import NewRecord

    page.show_dialog(NewRecord(page.session, entity, page.window()))
