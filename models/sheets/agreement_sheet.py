"""A goal agreement as a workbook: the form that can still be edited before it is signed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from models.goals import agreement_paper
from models.goals.agreement import Agreed, Agreement
from models.sheets.live_book import MUTED, SECTION, TITLE, TOTAL, Cell, LiveBook, LiveSheet
from models.sheets.writing import Column, Formula
from models.texts import N_, tr

_COLUMNS = 6
_LETTERS = 100  # that a line over all columns has room for
_KINDS = {"money": "money", "percent": "percent", "count": "number", "days": "number"}


def write(path: Path, one: Agreement) -> None:
    """Write the workbook.

    Raises:
        Refused: the place can't be written; what stood there is untouched.
    """
    book = LiveBook(one.currency)
    name = f"{tr(N_('Goal agreement'))} {one.person}"
    _Form(one, book.sheet(name, [40, 15, 15, 15, 15, 11], upright=True)).write()
    book.write(path)


class _Form:
    """The only sheet."""

    def __init__(self, one: Agreement, sheet: LiveSheet) -> None:
        self._one, self._sheet = one, sheet

    def write(self) -> None:
        one, sheet = self._one, self._sheet
        sheet.text(agreement_paper.title(one), TITLE)
        sheet.gap()
        for name, text in agreement_paper.facts(one):
            sheet.row((name, text), ("text", "text"))
        sheet.gap()
        self._goals()
        self._results()
        self._checkpoints()
        self._promises()
        self._answer()
        self._signatures()

    def _table(self, heads: Sequence[str], kinds: Sequence[str]) -> None:
        self._sheet.head([Column(tr(one), kind) for one, kind in zip(heads, kinds, strict=True)])

    def _goals(self) -> None:
        sheet = self._sheet
        sheet.text(tr(N_("Goals")), SECTION)
        heads = (
            N_("Goal"), N_("Baseline"), N_("Floor"), N_("Target"), N_("Stretch"), N_("Weight"),
        )  # fmt: skip
        self._table(heads, ("text", *["number"] * 4, "share"))
        first = sheet.at + 1
        for one in self._one.goals:
            sheet.row(self._goal(one), ("lines", *[_kind(one)] * 4, "percent"))
        last = sheet.at
        total = Formula(f"=SUM(F{first}:F{last})", self._one.weights or Decimal(0))
        sheet.row(
            (tr(N_("Total")), None, None, None, None, total), ("text",) * 5 + ("percent",), TOTAL
        )
        self._check(first, last)
        for one in self._one.goals:
            counted = agreement_paper.counted(one)
            text = tr(N_("{goal}: {reason}"), goal=one.goal.title, reason=counted)
            sheet.paragraph(text, _COLUMNS, MUTED, _LETTERS)
        sheet.gap()

    def _goal(self, one: Agreed) -> tuple[Cell, ...]:
        goal = one.goal
        return (goal.title, goal.baseline, goal.floor, goal.target, goal.stretch, one.weight)

    def _check(self, first: int, last: int) -> None:
        """Whether the weights come to 100 %, also after somebody changed them."""
        good = tr(N_("The weights come to 100%."))
        bad = tr(N_("Each goal needs a weight, and together they must come to 100%."))
        none = tr(N_("No goal has a weight; all count the same."))
        weights = f"F{first}:F{last}"
        fits = f"AND(ABS(SUM({weights})-1)<0.00001,COUNT({weights})=ROWS({weights}))"
        text = f'=IF(COUNT({weights})=0,"{none}",IF({fits},"{good}","{bad}"))'
        shown = good if self._one.weights_fit else bad
        shown = none if self._one.weights is None else shown
        self._sheet.row((Formula(text, shown),), ("text",), MUTED)

    def _results(self) -> None:
        listed = [(goal, result) for goal in self._one.goals for result in goal.results]
        if not listed:
            return
        sheet = self._sheet
        sheet.text(tr(N_("Key results")), SECTION)
        kinds = ("lines", "percent", "date", "text")
        self._table((N_("Key result"), N_("Weight"), N_("Due"), N_("Evidence")), kinds)
        for goal, result in listed:
            title = tr(N_("{goal}: {reason}"), goal=goal.goal.title, reason=result.title)
            sheet.row((title, result.weight, result.due, result.evidence), kinds)
        sheet.gap()

    def _checkpoints(self) -> None:
        listed = [(goal, day) for goal in self._one.goals for day in goal.checkpoints]
        if not listed:
            return
        sheet = self._sheet
        sheet.text(tr(N_("Checkpoints")), SECTION)
        self._table(
            (N_("Goal"), N_("Checked on"), N_("Expected"), N_("Note")),
            ("text", "date", "number", "text"),
        )
        for goal, day in listed:
            kinds = ("lines", "date", _kind(goal), "text")
            sheet.row((goal.goal.title, day.due, day.expected, day.note), kinds)
        sheet.gap()

    def _promises(self) -> None:
        one, sheet = self._one, self._sheet
        sheet.text(tr(N_("What both sides promise")), SECTION)
        manager = one.manager or tr(N_("Manager"))
        for who, texts in (
            (one.person, agreement_paper.OF_PERSON),
            (manager, agreement_paper.OF_MANAGER),
        ):
            sheet.text(tr(N_("{person}:"), person=who))
            for at, text in enumerate(texts, 1):
                said = tr(text, person=one.person)
                sheet.paragraph(f"{at}. {said}", _COLUMNS, characters=_LETTERS)
        sheet.blank(tr(N_("Besides:")), _COLUMNS, 2)

    def _answer(self) -> None:
        one, sheet = self._one, self._sheet
        sheet.text(tr(N_("Answer of {person}"), person=one.person), SECTION)
        if one.comment:
            said = tr(N_("Answered before: {text}"), text=one.comment)
            sheet.paragraph(said, _COLUMNS, MUTED, _LETTERS)
        for text in agreement_paper.ANSWERS:
            sheet.text(f"☐ {tr(text)}")
        sheet.blank("", _COLUMNS, 3)

    def _signatures(self) -> None:
        one = self._one
        signature, day = tr(N_("Signature")), tr(N_("Date"))
        for who in (one.person, one.manager or tr(N_("Manager"))):
            self._sheet.blank(f"{who} · {signature} / {day}", _COLUMNS, 1)


def _kind(one: Agreed) -> str:
    return "number" if one.what is None else _KINDS.get(one.what.unit, "number")
