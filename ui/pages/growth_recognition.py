"""Recognition: the wall with how it spreads over values and people, and the ledger of chances."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from models.book import Book
from models.growth.citing import joined
from models.growth.recognition import Award, Entry
from models.texts import N_, ntr, tr
from ui import theme
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line
from ui.records.cite_line import offer_cited
from ui.session import Session

if TYPE_CHECKING:
    from models.growth.recognition import Wall


class Awards(ActedList):
    """Recognitions of a year, by value; above them how they spread."""

    name = N_("Recognitions")
    heads = (
        N_("Value of the team"), N_("Salesperson"), N_("For what"), N_("In words"), N_("Recognised on"),
        N_("Given by"), N_("Notice"), N_("Cited records"),
    )  # fmt: skip
    reads = frozenset({"recognition_award", "cultural_value", "salesperson", "announcement"})
    help = "growth"
    _wall: Wall | None = None

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.spread = QLabel(self)
        self.spread.setWordWrap(True)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.spread)

    def offered(self) -> Sequence[Act]:
        """A new recognition."""
        return (
            Act(N_("Recognise…"), self.recognise, "any"),
            Act(N_("Open what is cited"), self.open_cited, "one"),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """The recognitions, those of the value that has most first."""
        from models.growth import likely
        from models.growth.recognition import wall

        found = wall(book, on)
        self._wall = found
        order = {name: at for at, (name, _) in enumerate(found.by_value)}
        ordered = sorted(found.awards, key=lambda one: order.get(one.value_name, len(order)))
        shown = likely.named_many(book, [one.cites for one in ordered])
        return [
            _award(one, joined([each.short() for each in cited]))
            for one, cited in zip(ordered, shown, strict=True)
        ]

    def _say(self) -> None:
        super()._say()
        self.spread.setText(_spread(self._wall) if self._wall is not None else "")
        self.spread.setVisible(bool(self.spread.text()))

    def nothing(self) -> str:
        """Nobody was recognised, or there is no value yet."""
        if not self.session.book.count("cultural_value"):
            return tr(N_("Say first what the team stands for: recognition names a value."))
        return tr(N_("Nobody was recognised within a year. Recognition names a value and cites a record that shows it."))  # fmt: skip

    def helping(self) -> Act | None:
        """The first value, or the first recognition."""
        if not self.session.book.count("cultural_value"):
            return Act(N_("Add a value"), self.add_value, "any")
        return Act(N_("Recognise…"), self.recognise, "any")

    def counted(self, lines: Sequence[Line]) -> str:
        """How many there are."""
        return ntr("{n} recognition within a year", "{n} recognitions within a year", len(lines))

    def open_cited(self) -> None:
        """Show what the chosen recognition cites."""
        for line in self.chosen()[:1]:
            offer_cited(self.session, line.thing.cites, self)

    def recognise(self) -> None:
        """Recognise somebody."""
        from ui.dialogs.recognise import Recognise

        self.show_dialog(Recognise(self.session, self.window()))

    def add_value(self) -> None:
        """Say what the team stands for."""
        from ui.dialogs.new_record import NewRecord

        self.show_dialog(NewRecord(self.session, "cultural_value", self.window()))


def _award(one: Award, cited: str) -> Line:
    told = tr(N_("told to all")) if one.announced else ""
    cells = (one.value_name, one.name, one.title, one.reason.replace("\n", " "), one.on.isoformat(), one.giver, told, cited)  # fmt: skip
    return Line(("recognition_award", one.row), cells, one)


def _spread(wall: Wall) -> str:
    """How recognitions spread over values and people, and who has none."""
    if not wall.awards:
        return ""
    values = " · ".join(f"{name} {n}" for name, n in wall.by_value)
    people = " · ".join(f"{name} {n}" for name, n in wall.by_person if n)
    lines = [tr(N_("By value: {list}"), list=values), tr(N_("By person: {list}"), list=people)]
    if wall.without():
        lines.append(tr(N_("Not recognised within a year: {list}"), list=tr(N_(", ")).join(wall.without())))  # fmt: skip
    return "\n".join(lines)


class Chances(ActedList):
    """Who received which chance by which criterion, over 90 days."""

    name = N_("Ledger of chances")
    heads = (
        N_("Date"), N_("Salesperson"), N_("What kind"), N_("What was given"), N_("By which criterion"),
        N_("Worth"),
    )  # fmt: skip
    reads = frozenset({"opportunity_ledger", "assignment_decision", "recognition_award", "salesperson"})  # fmt: skip
    help = "growth"

    def read(self, book: Book, on: date) -> list[Line]:
        """The ledger, the latest first."""
        from models.growth.recognition import ledger

        return [_entry(one) for one in ledger(book, on)]

    def nothing(self) -> str:
        """No chance was given."""
        return tr(N_("No chance was given in 90 days. Assigning leads and tasks fills this."))

    def counted(self, lines: Sequence[Line]) -> str:
        """How many chances, to how many people."""
        people = len({one.thing.person for one in lines})
        chances = ntr("{n} chance in 90 days", "{n} chances in 90 days", len(lines))
        to = ntr("{n} person", "{n} people", people)
        return f"{chances} · {to}"


def _entry(one: Entry) -> Line:
    from models.assignment.inputs import chances_text

    worth = chances_text(one.worth) if one.worth else ""
    cells = (one.on.isoformat(), one.name, one.source_text(), one.what, one.criterion, worth)
    return Line((one.source, one.row), cells, one, ((5, float(one.worth)),))


class RecognitionTab(QWidget):
    """The wall on top, the ledger below."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        self.awards, self.chances = Awards(session, split), Chances(session, split)
        split.addWidget(self.awards)
        split.addWidget(self.chances)
        split.setSizes([theme.scaled(400), theme.scaled(320)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.awards.retranslate()
        self.chances.retranslate()
