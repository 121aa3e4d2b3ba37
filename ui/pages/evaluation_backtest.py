"""A changed rule on the cycles that were: the rule above, who would move and why below, and adopting it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from models.book import Book
from models.money import plain
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import help_pages, theme
from ui.flow import Flow
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line
from ui.pages.evaluation_rule import RuleForm
from ui.pages.read_when_seen import ReadWhenSeen
from ui.records.empty_state import EmptyState
from ui.session import Session

if TYPE_CHECKING:
    from models.evaluations.backtest import Backtest, CycleTest, Moved
    from models.evaluations.rule_changes import RuleChange

_BEFORE, _AFTER, _DIFFERENCE, _PLACE = 2, 3, 4, 6
_RULES = frozenset(
    {"scorecard_template", "scorecard_item", "grade_band", "evaluation", "evaluation_cycle"}
)


class Moves(ActedList):
    """A line a person and cycle: what the total was and what it would be."""

    name = N_("Who would move")
    heads = (
        N_("Evaluation cycle"), N_("Salesperson"), N_("Points before"), N_("Points after"), N_("Difference"),
        N_("Grade"), N_("Rank"), N_("Signed?"), N_("Why"),
    )  # fmt: skip
    numbers = (_BEFORE, _AFTER, _DIFFERENCE)
    reads = _RULES | {"evaluation_rating"}
    help = "evaluations"
    tested = Signal(object)  # the test that is shown

    def __init__(self, session: Session, parent: QWidget) -> None:
        self.scorecard: int | None = None
        self.changes: tuple[RuleChange, ...] = ()
        super().__init__(session, parent)

    def offered(self) -> Sequence[Act]:
        """Nothing: a line opens its evaluation."""
        return ()

    def test(self, scorecard: int | None, changes: tuple[RuleChange, ...]) -> None:
        """Work it out for other rules."""
        self.scorecard, self.changes = scorecard, changes
        self._ask()

    def read(self, book: Book, on: date) -> list[Line]:
        """Everybody of the last cycles; those who move first, cycle by cycle."""
        from models.evaluations import backtest

        if self.scorecard is None:
            return []
        found = backtest.backtest(book, self.scorecard, self.changes)
        self.tested.emit(found)
        return [_line(book, cycle, one) for cycle in found.cycles for one in _sorted(cycle)]

    def nothing(self) -> str:
        """There is no scorecard, or nobody was judged by it."""
        return tr(
            N_("Nobody has been judged yet: a rule is tested when a cycle of evaluations is there.")
        )

    def counted(self, lines: Sequence[Line]) -> str:
        """How many would move."""
        moved = sum(one.thing.moves for one in lines)
        results = ntr("{n} result", "{n} results", len(lines))
        return tr(N_("{results}, {moved} would be others"), results=results, moved=f"{moved:,}")


def _sorted(cycle: CycleTest) -> list[Moved]:
    return sorted(cycle.people, key=lambda one: (not one.moves, one.place_before or 10**6))


def _line(book: Book, cycle: CycleTest, one: Moved) -> Line:
    before, after = one.before, one.after
    difference = one.difference
    cells = (
        cycle.name,
        before.name,
        "–" if before.total is None else plain(before.total, 2),
        "–" if after.total is None else plain(after.total, 2),
        "" if not difference else f"{'+' if difference > 0 else '−'}{plain(abs(difference), 2)}",
        _from_to(before.grade, after.grade),
        _from_to(_place(one.place_before), _place(one.place_after)),
        tr(N_("Signed")) if one.signed else "",
        tr(N_("; ")).join(one.why),
    )
    sorts = (
        (_BEFORE, float(before.total or -1)),
        (_AFTER, float(after.total or -1)),
        (_DIFFERENCE, float(difference or 0)),
        (_PLACE, float(one.place_before or 10**6)),
    )
    row = book.public.row(book.schema.entity("evaluation").prefix, before.evaluation)
    colour = None
    if difference:
        colour = (_DIFFERENCE, "ok" if difference > 0 else "danger")
    return Line(("evaluation", row or 0), cells, one, sorts, colour)


def _place(place: int | None) -> str:
    return "" if place is None else str(place)


def _from_to(before: str, after: str) -> str:
    return before if before == after else f"{before or '–'} → {after or '–'}"


class BackTest(ReadWhenSeen):
    """The rule of a scorecard, editable, above what it would have meant; it writes only when adopted."""

    rests_on = _RULES
    open_records = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        help_pages.offer(self, "evaluations")
        self.label, self.choose = QLabel(self), QComboBox(self)
        self.label.setBuddy(self.choose)
        self.test_button, self.reset_button = QPushButton(self), QPushButton(self)
        self.adopt_button = QPushButton(self)
        self.test_button.setProperty("primary", True)
        self.form = RuleForm(session.book.currency, self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.moves = Moves(session, self)
        self.empty = EmptyState(self)
        self._arrange()
        self.choose.currentIndexChanged.connect(self._chosen)
        self.form.changed.connect(self._edited)
        self.form.entered.connect(self.test)
        self.test_button.clicked.connect(self.test)
        self.reset_button.clicked.connect(self._reset)
        self.adopt_button.clicked.connect(self._adopt)
        self.moves.tested.connect(self._tested)
        self.retranslate()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        for one in (self.label, self.choose):
            head.addWidget(one)
        acts = Flow()
        for button in (self.reset_button, self.adopt_button, self.test_button):
            acts.addWidget(button)
        head.addStretch(1)
        upper = QWidget(self)
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.addLayout(head)
        above.addWidget(self.form, 1)
        above.addWidget(self.said)
        above.addLayout(acts)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        rule = QScrollArea(self)
        rule.setWidgetResizable(True)
        rule.setFrameShape(QScrollArea.Shape.NoFrame)
        rule.setWidget(upper)
        self._split.addWidget(rule)
        self._split.addWidget(self.moves)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(1, 1)
        if (within := self.moves.layout()) is not None:
            within.setContentsMargins(0, 8, 0, 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.addWidget(self._split, 1)
        box.addWidget(self.empty, 1)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.label.setText(tr(N_("Scorecard")))
        self.choose.setAccessibleName(self.label.text())
        for button, text in (
            (self.test_button, N_("Test on the last four cycles")),
            (self.reset_button, N_("Undo what was typed")),
            (self.adopt_button, N_("Adopt…")),
        ):
            button.setText(tr(text))
            button.setAccessibleName(button.text())
        self.empty.say(
            tr(
                N_(
                    "There is no scorecard yet. Make one with its items, then changes of it can be tested here."
                )
            )
        )
        self.form.retranslate()
        self.moves.retranslate()
        self._edited()

    # -- reading -----------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the scorecards."""
        from models.evaluations import cards

        self._stale = False
        book, at = self._session.book, self.choose.currentData()
        with book.reading() as db:
            known = cards.read(db, book).values()
        listed = sorted(known, key=lambda one: (one.name, -one.version))
        self.choose.blockSignals(True)
        self.choose.clear()
        for one in listed:
            text = tr(N_("{name}, version {version}"), name=one.name, version=one.version)
            self.choose.addItem(text, one.row)
        self.choose.setCurrentIndex(max(self.choose.findData(at), 0))
        self.choose.blockSignals(False)
        self._split.setVisible(bool(listed))
        self.empty.setVisible(not listed)
        row = self.choose.currentData()
        card = next((one for one in listed if one.row == row), None)
        if card is not None and card != self.form.card:
            self._chosen()

    def _chosen(self) -> None:
        from models.evaluations.backtest import card_of

        row = self.choose.currentData()
        if row is None:
            return
        self.form.show_card(card_of(self._session.book, row))
        room, wished = sum(self._split.sizes()), self.form.wished() + theme.scaled(96)
        self._split.setSizes([wished, max(room - wished, 0)])
        self._edited()
        self.moves.test(row, ())

    def _reset(self) -> None:
        self._chosen()
        self.choose.setFocus()

    def _edited(self) -> None:
        self._say("")
        changed = self.form.is_changed()
        self.adopt_button.setEnabled(changed)
        self.reset_button.setEnabled(changed)

    def _say(self, text: str, style: str = "muted") -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.said.setObjectName(style)
        self.said.style().polish(self.said)

    # -- acts --------------------------------------------------------------------------------------

    def _changes(self) -> tuple[RuleChange, ...] | None:
        """What was changed; None where something can't be read, which is said."""
        try:
            return self.form.changes()
        except Refused as refused:
            self._say(str(refused), "danger")
            return None

    def test(self) -> None:
        """Work out what the rule that stands here would have meant."""
        changes = self._changes()
        if changes is not None:
            self.moves.test(self.choose.currentData(), changes)

    def _tested(self, found: Backtest) -> None:
        self._say("\n".join(found.notes), "warning")

    def _adopt(self) -> None:
        from ui.dialogs.adopt_rule import AdoptRule

        changes = self._changes()
        if changes:
            row = int(self.choose.currentData())
            AdoptRule(self._session, row, changes, self.window()).open()
