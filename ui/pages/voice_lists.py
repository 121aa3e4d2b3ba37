"""What customers talk about, complaints that wait, and whom to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal

from models.book import Book
from models.describe.kinds import Link
from models.refusals import Refused
from models.satisfaction.sampling import Sampled
from models.satisfaction.standing import OpenComplaint
from models.satisfaction.themes import Counted
from models.texts import N_, ntr, tr
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line

_QUOTES = 3
_NEXT = 10  # customers to ask at once
_OLD, _WAITS = 14, 7  # days from which a complaint is red, and amber
_EVER = ("0001-01-01", "9999-12-31")


class Opening(ActedList):
    """A list whose lines stand for many records. ``open_records`` carries what they are, ids by entity."""

    open_records = Signal(str, object)
    help = "satisfaction"

    def records(self, line: Line) -> dict[str, list[int]]:
        """The records behind a line."""
        raise NotImplementedError

    def opened(self, line: Line) -> None:
        """Enter on a line: its records."""
        self.open_records.emit(line.cells[0], self.records(line))

    def show_records(self) -> None:
        """The records behind the chosen line."""
        for one in self.chosen()[:1]:
            self.opened(one)

    def _task(self, known: dict[str, str | Link]) -> None:
        from ui.dialogs.new_task import NewTask

        self.show_dialog(NewTask(self.session, self, known=known))


class Themes(Opening):
    """Themes with how often, how satisfied, and quotes."""

    name = N_("Themes")
    heads = (
        N_("Theme"),
        N_("Voices"),
        N_("Complaints"),
        N_("Satisfaction"),
        N_("In customers' words"),
    )
    numbers = (1, 2, 3)
    reads = frozenset({"survey_response", "complaint", "customer"})

    def offered(self) -> Sequence[Act]:
        """See who says so, and do something about it."""
        return (
            Act(N_("Show records"), self.show_records, "one"),
            Act(N_("Make a task…"), self.make_task, "one"),
            Act(N_("Propose a training…"), self.make_training, "one"),
            Act(N_("Take the suggested themes"), self.take_themes, "any"),
        )

    def take_themes(self) -> None:
        """Write the themes that words suggest, as tags that anybody may edit."""
        from models.satisfaction import themes

        book = self.session.book
        try:
            done = themes.take(book)
        except Refused as refused:
            self.session.refused.emit(str(refused))
            return
        info = book.info(book.last_change)
        if done and info is not None:
            self.session.said.emit(info.reason, info.no)
        else:
            self.session.said.emit(
                tr(N_("No comment without a theme suggests one by its words.")), 0
            )

    def read(self, book: Book, on: date) -> list[Line]:
        """All themes, most often first."""
        from models.satisfaction import themes

        with book.reading() as db:
            return [_theme(one) for one in themes.counted(db, *_EVER)]

    def nothing(self) -> str:
        """No themes, and how they come about."""
        return tr(N_("No answer or complaint has a theme yet. Give them themes in their list, or take those that their words suggest."))  # fmt: skip

    def counted(self, lines: Sequence[Line]) -> str:
        """How many."""
        return ntr("{n} theme", "{n} themes", len(lines))

    def records(self, line: Line) -> dict[str, list[int]]:
        """The answers and complaints that are about it."""
        theme: Counted = line.thing
        return theme.records()

    def make_task(self) -> None:
        """A task about the chosen theme, with the quotes that ask for it."""
        for line in self.chosen()[:1]:
            self._about(line.thing, N_("{theme}: put right what customers say"), "")

    def make_training(self) -> None:
        """A task to train what customers miss."""
        for line in self.chosen()[:1]:
            kind = self.session.book.schema.entity("task").field("kind").choice("internal")
            self._about(
                line.thing, N_("{theme}: train what customers miss"), kind.text() if kind else ""
            )

    def _about(self, theme: Counted, title: str, kind: str) -> None:
        quotes = "; ".join(f"“{one}”" for one in _quoted(theme))
        means = tr(N_("Fewer voices on this in the next quarter. Now {n}: {quotes}"), n=theme.n, quotes=quotes)  # fmt: skip
        known: dict[str, str | Link] = {
            "title": tr(title, theme=theme.name),
            "done_criteria": means,
        }
        self._task({**known, "kind": kind} if kind else known)


def _quoted(theme: Counted) -> list[str]:
    """What was said of it, the same words once."""
    return list(dict.fromkeys(one.text for one in theme.quotes))[:_QUOTES]


def _theme(one: Counted) -> Line:
    satisfied = "–" if one.satisfied is None else f"{one.satisfied * 100:.0f}% (n={one.scored})"
    said = "  ·  ".join(f"“{text}”" for text in _quoted(one))
    first = one.quotes[0]
    return Line(
        (first.entity, first.row),
        (one.name, f"{one.n:,}", f"{one.complaints:,}", satisfied, said),
        one,
        (
            (1, float(one.n)), (2, float(one.complaints)),
            (3, -1.0 if one.satisfied is None else one.satisfied),
        ),
        (3, "danger") if one.satisfied is not None and one.satisfied < 0.5 else None,
    )  # fmt: skip


class OpenComplaints(Opening):
    """Complaints that are not settled, with their clock."""

    name = N_("Open complaints")
    heads = (
        N_("Complaint"), N_("Customer"), N_("Days open"), N_("Of them worked"), N_("How serious"),
        N_("Handled by"),
    )  # fmt: skip
    numbers = (2, 3)
    reads = frozenset({"complaint", "customer", "salesperson"})

    def offered(self) -> Sequence[Act]:
        """See to it."""
        return (
            Act(N_("Settled"), self.settle),
            Act(N_("Make a task…"), self.make_task, "one"),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """The oldest first."""
        from models.calendar.in_book import work_calendar
        from models.satisfaction.standing import open_complaints

        severity = book.schema.entity("complaint").field("severity")
        calendar, lines = work_calendar(book), []
        with book.reading() as db:
            found = open_complaints(db, on, calendar)
        for one in found:
            choice = severity.choice(one.severity)
            lines.append(_complaint(one, choice.text() if choice else ""))
        return lines

    def nothing(self) -> str:
        """None is open."""
        return tr(N_("No complaint is open. They are added in the list of complaints, by hand or from a sheet."))  # fmt: skip

    def counted(self, lines: Sequence[Line]) -> str:
        """How many, and how many longer than a week."""
        late = sum(one.thing.days >= _WAITS for one in lines)
        return tr(N_("{n} open, {late} for a week or longer"), n=len(lines), late=late)

    def opened(self, line: Line) -> None:
        """Enter: the complaint itself."""
        self.session.record_wanted.emit(*line.record)

    def settle(self) -> None:
        """The chosen complaints were settled today."""
        rows = [one.record[1] for one in self.chosen()]
        said = ntr("{n} complaint settled", "{n} complaints settled", len(rows))

        def act(change: object) -> None:
            for row in rows:
                change.set("complaint", row, {"status": "resolved"})  # type: ignore[attr-defined]

        if rows:
            self.session.write(said, act, offer_undo=True)

    def make_task(self) -> None:
        """A task to settle the chosen complaint."""
        for line in self.chosen()[:1]:
            record = self.session.book.record("complaint", line.record[1])
            known: dict[str, str | Link] = {"title": tr(N_("Settle: {complaint}"), complaint=record["title"])}  # fmt: skip
            for name, field in (("customer", "customer"), ("owner", "handler")):
                if record[field] is not None:
                    known[name] = record[field]
            self._task(known)


def _complaint(one: OpenComplaint, severity: str) -> Line:
    colour = "danger" if one.days >= _OLD else "warning" if one.days >= _WAITS else None
    return Line(
        ("complaint", one.row),
        (one.title, one.customer, f"{one.days:,}", f"{one.worked:,}", severity, one.handler),
        one,
        ((2, float(one.days)), (3, float(one.worked))),
        (2, colour) if colour else None,
    )


class Asking(Opening):
    """Whose customers were not heard, so that not only happy ones are asked."""

    name = N_("Whom to ask")
    heads = (
        N_("Salesperson"), N_("Customers"), N_("Heard in half a year"), N_("Longer ago"), N_("Never"),
        N_("Next to ask"),
    )  # fmt: skip
    numbers = (1, 2, 3, 4)
    reads = frozenset({"survey_response", "customer", "order", "opportunity", "salesperson"})

    def offered(self) -> Sequence[Act]:
        """See them, and write down what one says."""
        return (
            Act(N_("Show customers"), self.show_records, "one"),
            Act(N_("Show the next 10"), self.show_next, "one"),
            Act(N_("Make a task…"), self.make_task, "one"),
            Act(N_("Record an answer…"), self.record, "any"),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """Person by person, who has most to ask first."""
        from models.satisfaction import sampling

        with book.reading() as db:
            found = sampling.sampled(db, on)
        return [
            _sampled(one, [book.label("customer", row) for row in one.due[:_QUOTES]])
            for one in found
        ]

    def nothing(self) -> str:
        """Nobody to ask."""
        return tr(
            N_("No customer has an order or a closed deal yet, so nobody has something to say.")
        )

    def counted(self, lines: Sequence[Line]) -> str:
        """How many wait to be asked."""
        n = sum(len(one.thing.due) for one in lines)
        return ntr("{n} customer to ask", "{n} customers to ask", n)

    def records(self, line: Line) -> dict[str, list[int]]:
        """The customers to ask, whom to ask first at the top."""
        return {"customer": list(line.thing.due)}

    def show_next(self) -> None:
        """The customers of the chosen person to ask first."""
        for line in self.chosen()[:1]:
            self.open_records.emit(line.cells[0], {"customer": list(line.thing.due[:_NEXT])})

    def make_task(self) -> None:
        """A task to ask the next customers of the chosen person, who is its owner."""
        for line in self.chosen()[:1]:
            sampled: Sampled = line.thing
            rows = sampled.due[:_NEXT]
            names = [self.session.book.label("customer", row) for row in rows]
            known: dict[str, str | Link] = {
                "title": ntr("Ask {n} customer how satisfied they are", "Ask {n} customers how satisfied they are", len(rows)),
                "done_criteria": tr(N_("Answers recorded of: {customers}"), customers=tr(N_(", ")).join(names)),
            }  # fmt: skip
            if sampled.person is not None:
                known["owner"] = Link(sampled.person, sampled.name)
            self._task(known)

    def record(self) -> None:
        """Write down a phone interview or a review."""
        from ui.dialogs.customer_answer import CustomerAnswer

        dialog = CustomerAnswer(self.session, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _sampled(one: Sampled, next_ones: Sequence[str]) -> Line:
    counts = (one.customers, one.lately, one.long_ago, one.never)
    return Line(
        ("salesperson", one.person or 0),
        (one.name or tr(N_("(none)")), *(f"{n:,}" for n in counts), tr(N_(", ")).join(next_ones)),
        one,
        tuple((at, float(n)) for at, n in enumerate(counts, 1)),
    )
