"""Evaluations as a workbook that reckons: items with their formulas, the records behind every value, the rules.

The value of an item reads the rows of its records, its points read the value, the total reads the points: whoever
corrects a record in the file sees the total follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from models.book import Book
from models.evaluations import cards, curves, explaining
from models.evaluations import sheet_formulas as formulas
from models.evaluations.cards import Card, Item
from models.evaluations.result import ItemScore, Scored
from models.evaluations.scorecard import CURVES, ITEM_KINDS, REFERENCES
from models.following.sentences import joined
from models.measures import engine
from models.money import plain
from models.sheets.live_book import (
    SECTION,
    TITLE,
    TOTAL,
    Cell,
    LiveBook,
    LiveSheet,
)
from models.sheets.writing import Column, Formula, letters
from models.texts import N_, tr

_KINDS = {"money": "money", "percent": "percent"}
_COLUMNS = (
    (N_("Item"), 26), (N_("Weight"), 10), (N_("Value"), 16), (N_("Reference"), 16),
    (N_("Share reached"), 11), (N_("Points"), 10), (N_("Counts"), 10), (N_("Adds to the total"), 12),
    (N_("Records"), 9), (N_("Why these points"), 76), (N_("Weight in millionths"), 19),
)  # fmt: skip
_ITEM, _WEIGHT, _VALUE, _REFERENCE, _SHARE, _POINTS, _COUNTS, _ADDS, _N, _WORDS, _EXACT = range(11)
_WIDE = 9  # columns that a paragraph goes over
_RECORDS = (
    (N_("Salesperson"), 20), (N_("Item"), 26), (N_("Kind of record"), 18), (N_("Id"), 14),
    (N_("Record"), 44), (N_("Adds to the value"), 18), (N_("Adds to the divisor"), 18),
)  # fmt: skip
_ABOVE, _BELOW = 5, 6
Rules = Mapping[str, Card]  # scorecards by their public ids


def rules(book: Book) -> dict[str, Card]:
    """The scorecards of a book, as ``write`` says their rules."""
    with book.reading() as db:
        return {one.id: one for one in cards.read(db, book).values()}


def write(path: Path, found: Sequence[Scored], book: Book) -> None:
    """Write the workbook of some evaluations: a sheet each, their records, and the rules.

    Raises:
        Refused: the place can't be written; what stood there is untouched.
    """
    known = rules(book)
    made = LiveBook(book.currency)
    whole = None
    if len(found) > 1:
        whole = made.sheet(tr(N_("Evaluations")), [24, 13, 12, 14, 13, 13, 14, 60], 1)
    people = [made.sheet(one.name, [width for _, width in _COLUMNS]) for one in found]
    records = _Records(
        made.sheet(tr(N_("Records counted")), [width for _, width in _RECORDS], 1), book
    )
    text = made.sheet(tr(N_("Rules")), [26, 18, 12, 18, 18, 34, 12, 80], 0)
    for one in found:
        records.write(one)
    sheets = [
        _Person(one, sheet, records, known.get(one.scorecard))
        for one, sheet in zip(found, people, strict=True)
    ]
    for sheet in sheets:
        sheet.write()
    if whole is not None:
        _overview(whole, sheets)
    _write_rules(
        text,
        [known[one] for one in dict.fromkeys(s.scorecard for s in found) if one in known],
        book,
    )
    made.write(path)


def _head(sheet: LiveSheet, texts: Sequence[str], kinds: Sequence[str]) -> None:
    sheet.head([Column(tr(text), kind) for text, kind in zip(texts, kinds, strict=True)])


class _Records:
    """The sheet of the records behind all values."""

    def __init__(self, sheet: LiveSheet, book: Book) -> None:
        self._sheet, self._book = sheet, book
        self._rows: dict[tuple[str, str], tuple[int, int]] = {}
        kinds = ("text", "text", "text", "text", "text", "", "")
        _head(sheet, [text for text, _ in _RECORDS], kinds)

    def write(self, one: Scored) -> None:
        """The records of one person."""
        for item in one.items:
            kind = _kind(item)
            first = self._sheet.at
            for record in item.records:
                entity = self._book.schema.entity(record.entity).text()
                self._sheet.row(
                    (
                        one.name,
                        item.name,
                        entity,
                        record.id,
                        record.label,
                        record.value,
                        record.below,
                    ),
                    ("text", "text", "text", "text", "text", _part(kind), _part(kind)),
                )
            if item.records:
                self._rows[one.person, item.item] = (first, self._sheet.at - 1)

    def value(self, one: Scored, item: ItemScore) -> Cell:
        """The value of an item, as a formula over its records where it has any."""
        rows = self._rows.get((one.person, item.item))
        if rows is None or item.value is None:
            return item.value
        above, below = (self._range(rows, column) for column in (_ABOVE, _BELOW))
        mean = all(record.below == 1 for record in item.records)
        middle = bool(item.measure) and engine.definition(item.measure).median
        divided = item.denominator is not None
        text = formulas.value(above, below, divided=divided, mean=mean, middle=middle)
        return Formula(text, item.value)

    def _range(self, rows: tuple[int, int], column: int) -> str:
        first, last = rows
        return f"{self._sheet.ref(first, column)}:${letters(column)}${last + 1}"


def _kind(item: ItemScore) -> str:
    return _KINDS.get(item.unit, "number")


def _part(kind: str) -> str:
    """How what one record adds is shown: it is no share, even where the value is one."""
    return "number" if kind == "percent" else kind


class _Person:
    """The sheet of one evaluation."""

    def __init__(self, one: Scored, sheet: LiveSheet, records: _Records, card: Card | None) -> None:
        self.one, self.sheet, self._records, self.card = one, sheet, records, card
        self.total = self.grade = ""  # where they stand, as other sheets name them

    def write(self) -> None:
        one, sheet = self.one, self.sheet
        sheet.text(tr(N_("Evaluation of {person}"), person=one.name), TITLE)
        sheet.gap()
        for name, text in self._facts():
            sheet.row((name, text), ("text", "text"))
        sheet.gap()
        if one.items:
            self._items()
        for title, texts in (
            (N_("What is special about this period"), one.notes),
            (N_("Overall comment"), (one.comment,) if one.comment else ()),
        ):
            if texts:
                sheet.text(tr(title), SECTION)
                for text in texts:
                    sheet.paragraph(text, _WIDE)
                sheet.gap()
        self._judged()

    def _facts(self) -> list[tuple[str, str]]:
        one = self.one
        return [
            (tr(N_("Evaluation cycle")), one.cycle_name),
            (tr(N_("Period")), f"{one.first} – {one.last}"),
            (
                tr(N_("Scorecard")),
                tr(
                    N_("{name}, version {version}"),
                    name=one.scorecard_name,
                    version=one.scorecard_version,
                )
                if one.scorecard
                else "–",
            ),
            (tr(N_("Version")), str(one.version)),
        ]

    def _items(self) -> None:
        one, sheet = self.one, self.sheet
        _head(sheet, [text for text, _ in _COLUMNS], ("text", *[""] * 8, "lines", ""))
        rows = sheet.at, sheet.at + len(one.items) - 1
        for item in one.items:
            sheet.row(self._cells(item, rows), self._kinds(item))
        adjusted = ""
        if one.adjustment:
            adjusted = f"{letters(_ADDS)}{sheet.at + 1}"
            self._last(tr(N_("Adjusted by")), one.adjustment, one.adjustment_reason)
        parts = _column(_ADDS, rows)
        total: Cell = None
        if one.total is not None:
            total = Formula(formulas.total(parts, adjusted), one.total)
            self.total = sheet.ref(sheet.at, _ADDS)
        self._last(tr(N_("Total points")), total, "", TOTAL)
        self._grade()
        sheet.gap()

    def _last(self, name: str, number: Cell, text: str, look: str = "") -> None:
        cells: list[Cell] = [name, *[None] * (_ADDS - 1), number, None, text, None]
        self.sheet.row(cells, ("text", *[""] * (_ADDS - 1), "points", "", "lines", ""), look)

    def _grade(self) -> None:
        one = self.one
        if not one.grade:
            return
        own = f"{letters(_ADDS)}{self.sheet.at}"
        grade: Cell = one.grade
        if self.card and self.card.grades and self.total:
            grade = Formula(formulas.grade(own, self.card.grades), one.grade)
            self.grade = self.sheet.ref(self.sheet.at, _ADDS)
        self._last(tr(N_("Grade")), grade, one.band, TOTAL)

    def _kinds(self, item: ItemScore) -> tuple[str, ...]:
        kind = _kind(item)
        return (
            "lines", "percent", kind, kind, "percent", "points", "percent", "points", "integer",
            "lines", "number",
        )  # fmt: skip

    def _cells(self, item: ItemScore, rows: tuple[int, int]) -> list[Cell]:
        at = self.sheet.at + 1
        cell = {column: f"{letters(column)}{at}" for column in range(len(_COLUMNS))}
        scores, weights, exact = (_column(one, rows) for one in (_POINTS, _WEIGHT, _EXACT))
        earlier = _column(_EXACT, (rows[0], at - 2)) if at - 1 > rows[0] else ""
        share, points = self._reckoned(item, cell)
        return [
            item.name,
            item.weight,
            self._records.value(self.one, item),
            item.reference,
            share,
            points,
            Formula(formulas.counted(cell[_EXACT], exact, earlier), item.counted_weight),
            Formula(f"=N({cell[_POINTS]})*{cell[_COUNTS]}", item.contribution),
            item.n,
            item.sentence,
            Formula(
                formulas.millionths(cell[_WEIGHT], cell[_POINTS], weights, scores),
                self._exact(item),
            ),
        ]

    def _exact(self, item: ItemScore) -> Decimal:
        """The part of the weight in millionths before it was rounded."""
        having = [one.weight for one in self.one.items if one.score is not None]
        whole = sum((Fraction(one) for one in having), Fraction(0))
        if item.score is None or not whole:
            return Decimal(0)
        return curves.rounded(Fraction(item.weight) / whole * 1_000_000, 9)

    def _reckoned(self, item: ItemScore, cell: Mapping[int, str]) -> tuple[Cell, Cell]:
        """Share and points; both empty for a missing item."""
        if item.score is None:
            return None, None
        cap = None if item.cap is None else Fraction(item.cap)
        if item.share is None:
            given = curves.levels(item.curve_points)
            return None, Formula(formulas.level_points(cell[_VALUE], given, cap), item.score)
        down = engine.definition(item.measure).direction == "down"
        made = curves.rounded(Fraction(item.share), 12)
        share = Formula(formulas.share(cell[_VALUE], cell[_REFERENCE], down), made)
        given = curves.points(item.curve_points)
        return share, Formula(formulas.points(cell[_SHARE], item.curve, given, cap), item.score)

    def _judged(self) -> None:
        """What people said of the judged items, with what they cite; of colleagues nobody by name."""
        listed = [text for item in self.one.items for text in _said(item)]
        if not listed:
            return
        sheet = self.sheet
        sheet.text(tr(N_("Judgements")), SECTION)
        for text in listed:
            sheet.paragraph(text, _WIDE)
        sheet.gap()


def _said(item: ItemScore) -> list[str]:
    made = []
    for said in item.judged:
        if said.rated_by == "peer":
            continue
        text = tr(
            N_("{item}: {rater} gave level {level} of 5. {reason}"),
            item=item.name,
            rater=said.rater or "–",
            level=plain(said.level),
            reason=said.comment,
        )
        made.append(f"{text} ({', '.join(said.cites)})" if said.cites else text)
    if peers := explaining.together_said(item):
        made.append(tr(N_("{item}: {said}"), item=item.name, said=peers))
    return made


def _column(column: int, rows: tuple[int, int]) -> str:
    return f"${letters(column)}${rows[0] + 1}:${letters(column)}${rows[1] + 1}"


def _overview(sheet: LiveSheet, people: Sequence[_Person]) -> None:
    """Everybody in the order given; totals and grades are read from their sheets."""
    heads = (
        N_("Salesperson"), N_("Total points"), N_("Grade"), N_("Group"), N_("Score by data"),
        N_("Adjusted by"), N_("Scored items"), N_("What is special about this period"),
    )  # fmt: skip
    kinds = ("text", "points", "text", "text", "points", "points", "text", "lines")
    _head(sheet, heads, kinds)
    for person in people:
        one = person.one
        total: Cell = Formula(f"={person.total}", one.total) if person.total else None
        grade: Cell = Formula(f"={person.grade}", one.grade) if person.grade else one.grade
        there = sum(item.score is not None for item in one.items)
        sheet.row(
            (
                one.name,
                total,
                grade,
                one.band,
                one.data_score,
                one.adjustment or None,
                f"{there} / {len(one.items)}",
                joined(one.notes),
            ),
            kinds,
        )


# -- the rules -----------------------------------------------------------------------------------------------


def _write_rules(sheet: LiveSheet, known: Sequence[Card], book: Book) -> None:
    """What the scorecards say, so that nobody has to look elsewhere."""
    for card in known:
        title = tr(N_("{name}, version {version}"), name=card.name, version=card.version)
        sheet.text(title, TITLE)
        sheet.paragraph(
            tr(
                N_(
                    "The total is the sum of the points of the items, each times what it counts. Items that can't be scored share their weight out over the others; with less than {least} of the weights no total is given."
                ),
                least=f"{plain(card.least_weight * 100)}%",
            ),
            8,
        )
        sheet.gap()
        heads = (
            N_("Item"), N_("Kind"), N_("Weight"), N_("Measured against"), N_("Full points at"),
            N_("Scoring curve"), N_("Most points"), N_("How it is counted"),
        )  # fmt: skip
        kinds = ("lines", "text", "percent", "text", "number", "lines", "number", "lines")
        _head(sheet, heads, kinds)
        for item in card.items:
            sheet.row(_rule(item), kinds)
        sheet.gap()
        if card.grades:
            _head(sheet, (N_("Grade"), N_("From points")), ("text", "points"))
            for grade in card.grades:
                sheet.row((grade.name, grade.from_points), ("text", "points"))
            sheet.gap()


def _rule(item: Item) -> list[Cell]:
    kind = next((one.text() for one in ITEM_KINDS if one.code == item.kind), item.kind)
    curve = next((one.text() for one in CURVES if one.code == item.curve), item.curve)
    words = item.anchors
    reference = ""
    if item.kind == "metric":
        reference = next((one.text() for one in REFERENCES if one.code == item.reference), "")
        words = tr(engine.definition(item.measure).words) if item.measure else ""
    shown = tr(N_("{curve}: {points}"), curve=curve, points=item.points) if item.points else curve
    return [item.name, kind, item.weight, reference, item.reference_value, shown, item.cap, words]
