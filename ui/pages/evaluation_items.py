"""The items of an evaluation as a tree: each opens into its sentence, the rule, the measure, the records.

A click or Enter opens an item; the lines in the colour of links lead to records, and to the rule's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from models.evaluations import explaining
from models.evaluations.result import Counted, ItemScore, Judged, Scored
from models.texts import N_, ntr, tr
from ui import theme
from ui.pages.evaluation_people import points
from ui.records.read_table import DrawnCell

if TYPE_CHECKING:
    from models.growth.likely import Offered

_RECORDS = Qt.ItemDataRole.UserRole  # the records that a line leads to
_BAR = Qt.ItemDataRole.UserRole + 1  # of an item: what it adds, what it could add; in points
_SAID = Qt.ItemDataRole.UserRole + 2  # the whole text of a line
_KEY = Qt.ItemDataRole.UserRole + 3  # by which a line is found again
_PROOF = Qt.ItemDataRole.UserRole + 4  # of a judgement: whether it cites records
_RULE = Qt.ItemDataRole.UserRole + 5  # of a rule: the id of its record
_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST = 200  # records that are listed; the line above them leads to all
_HEADS = (
    N_("Item"), N_("Weight"), N_("Value"), N_("Reference"), N_("Points"), N_("Adds"),
)  # fmt: skip
_LAST = len(_HEADS) - 1


class _Bar(DrawnCell):
    """What an item adds to the total, in a frame of what it adds at 100 points."""

    role = _BAR

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, found: Any) -> None:
        """The bar beside the number."""
        adds, could, most = found
        text = option.fontMetrics.horizontalAdvance("000.00") + 14
        room = option.rect.adjusted(text, 0, -6, 0)
        if room.width() < 12 or most <= 0:
            return
        high = max(room.height() // 3, 5)
        top = room.center().y() - high // 2
        colours = theme.colours()
        whole = round(room.width() * min(could / most, 1.0))
        painter.fillRect(room.left(), top, whole, high, QColor(colours.border))
        enough = adds >= could * 0.6
        colour = QColor(colours.series[0] if enough else colours.warning)
        painter.fillRect(
            room.left(), top, round(room.width() * min(adds / most, 1.0)), high, colour
        )


class ItemTree(QTreeWidget):
    """Items that open; ``said`` carries the whole text of the line that is chosen."""

    said = Signal(str)
    records_wanted = Signal(str, object)  # what they are of, and the records
    rule_wanted = Signal(str)  # the id of an item of the scorecard

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._scored: Scored | None = None
        self._cited: Mapping[str, Offered] = {}
        self._open: set[str] = set()
        self.setColumnCount(len(_HEADS))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(_LAST, _Bar(self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        self.header().setMinimumSectionSize(30)
        self.currentItemChanged.connect(self._turned)
        self.setExpandsOnDoubleClick(False)  # the first of two clicks has opened it
        self.itemClicked.connect(self._opened)
        self.setMouseTracking(True)

    def retranslate(self) -> None:
        """The heads in the current language."""
        self.setAccessibleName(tr(N_("Items of the evaluation")))
        self.setHeaderLabels([tr(one) for one in _HEADS])
        for column in range(1, len(_HEADS)):
            side = Qt.AlignmentFlag.AlignLeft if column == _LAST else Qt.AlignmentFlag.AlignRight
            self.headerItem().setTextAlignment(column, side | Qt.AlignmentFlag.AlignVCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens an item, or the records that a line leads to."""
        line = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None:
            self._opened(line)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names get the room that there is."""
        super().resizeEvent(event)
        self._fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what leads somewhere."""
        super().mouseMoveEvent(event)
        line = self.itemAt(event.position().toPoint())
        leads = line is not None and bool(line.data(0, _RECORDS) or line.data(0, _RULE))
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def show_scored(
        self, scored: Scored, currency: str, cited: Mapping[str, Offered] | None = None
    ) -> None:
        """Show an evaluation; of the same person what was open stays open.

        ``cited`` are the records that judgements cite, by id.
        """
        self._cited = cited or {}
        current = self.currentItem()
        chosen = current.data(0, _KEY) if current is not None else None
        if self._scored is None or self._scored.person != scored.person:
            self._open, chosen = set(), None
        else:
            self._open = {str(one.data(0, _KEY)) for one in self._lines() if one.isExpanded()}
        self._scored = scored
        self.clear()
        most = max([1.0, *(float(_could(one)) for one in scored.items)]) * 1.2
        for item in scored.items:
            self._add_item(scored, item, currency, most)
        self._add_total(scored)
        lines = self._lines()
        for line in lines:
            shown = line.data(0, _KEY) in self._open or bool(line.data(0, _PROOF))
            line.setExpanded(shown)
        found = [one for one in lines if chosen is not None and one.data(0, _KEY) == chosen]
        if lines:
            self.setCurrentItem((found or lines)[0])
        self._fit()

    def _lines(self) -> list[QTreeWidgetItem]:
        made: list[QTreeWidgetItem] = []
        for top in self._tops():
            made.append(top)
            made += [one for n in range(top.childCount()) if (one := top.child(n)) is not None]
        return made

    def _tops(self) -> list[QTreeWidgetItem]:
        tops = (self.topLevelItem(at) for at in range(self.topLevelItemCount()))
        return [one for one in tops if one is not None]

    def _add_item(self, scored: Scored, item: ItemScore, currency: str, most: float) -> None:
        line = self._line(
            self,
            item.item,
            (
                item.name,
                explaining.percent(item.weight),
                explaining.shown(item, item.value, currency) if item.measure else _level(item),
                explaining.shown(item, item.reference, currency) if item.measure else "–",
                points(item.score),
                points(item.contribution) if item.score is not None else tr(N_("missing")),
            ),
            item.sentence or item.missing,
        )
        if item.score is not None:
            line.setData(_LAST, _BAR, (float(item.contribution), float(_could(item)), most))
        else:
            line.setForeground(_LAST, theme.brush("warning"))
        rule = explaining.rule(scored, item)
        self._line(line, "said", (tr(N_("In words: {text}"), text=line.data(0, _SAID)),))
        ruled = self._line(line, "rule", (tr(N_("Rule: {text}"), text=rule),), rule)
        _lead(ruled, _RULE, item.item)
        if definition := explaining.definition(item):
            text = tr(N_("Measure: {text}"), text=definition)
            self._line(line, "measure", (text,), definition)
        for one in item.judged:
            if one.rated_by != "peer":
                self._add_judged(line, item, one)
        self._add_colleagues(line, item)
        if item.records:
            self._add_records(line, item, currency)

    def _add_colleagues(self, line: QTreeWidgetItem, item: ItemScore) -> None:
        """What they say together; who said what is seen only by opening the line."""
        together = explaining.together_said(item)
        if not together:
            return
        head = self._line(line, "peers", (together,))
        for one in item.judged:
            if one.rated_by == "peer":
                self._add_judged(head, item, one)

    def _add_judged(self, line: QTreeWidgetItem, item: ItemScore, one: Judged) -> None:
        """A judgement; below it what it cites, each to be opened."""
        head = self._line(line, f"by {one.rated_by} {one.rater}", (explaining.judged(one),))
        head.setData(0, _PROOF, bool(one.cites))
        for id in one.cites:
            known = self._cited.get(id)
            text = known.text() if known else tr(N_("{id} names no record"), id=id)
            each = self._line(head, id, (text,))
            if known:
                record = Counted(id, known.entity, known.label, Decimal(0))
                _lead(each, _RECORDS, (item.name, (record,)))

    def _add_records(self, line: QTreeWidgetItem, item: ItemScore, currency: str) -> None:
        n = len(item.records)
        text = ntr("{n} record is behind it", "{n} records are behind it", n)
        head = self._line(line, "records", (text,))
        _lead(head, _RECORDS, (item.name, item.records))
        for one in item.records[:_MOST]:
            value = explaining.shown_part(item, one.value, currency)
            told = tr(N_("{id}  {label}: {value}"), id=one.id, label=one.label, value=value)
            each = self._line(head, one.id, (told,))
            _lead(each, _RECORDS, (item.name, (one,)))

    def _add_total(self, scored: Scored) -> None:
        if scored.adjustment:
            text = scored.adjustment_reason or "–"
            cells = (tr(N_("Calibration")), "", "", "", "", f"{scored.adjustment:+,.2f}")
            self._line(self, "adjustment", cells, text)
        said = " ".join(scored.notes) if scored.total is None else scored.comment
        cells = (tr(N_("Total")), "", "", "", "", points(scored.total))
        line = self._line(self, "total", cells, said or tr(N_("The sum of what the items add.")))
        font = line.font(0)
        font.setBold(True)
        line.setFont(0, font)
        line.setFont(_LAST, font)

    def _line(
        self, under: QTreeWidget | QTreeWidgetItem, key: str, cells: Sequence[str], said: str = ""
    ) -> QTreeWidgetItem:
        line = QTreeWidgetItem(under, list(cells))
        over = f"{under.data(0, _KEY)}/" if isinstance(under, QTreeWidgetItem) else ""
        line.setData(0, _KEY, over + key)
        line.setData(0, _SAID, said or cells[0])
        line.setToolTip(0, said or cells[0])
        if len(cells) == 1:
            line.setFirstColumnSpanned(True)
        for column in range(1, len(cells)):
            if column < _LAST:
                line.setTextAlignment(column, _NUMBER)
        return line

    def _fit(self) -> None:
        widths = [0, *(self.sizeHintForColumn(one) for one in range(1, _LAST))]
        header = self.header()
        for column in range(1, _LAST):
            wide = max(widths[column], header.sectionSizeHint(column)) + theme.scaled(4)
            self.setColumnWidth(column, wide)
        used = sum(self.columnWidth(one) for one in range(1, _LAST))
        room = self.viewport().width() - used
        names = max((self._name_width(one) for one in self._tops()), default=0)
        # The names come before the bars: where room is short, the number beside them is enough.
        bars = min(max(room - names, theme.scaled(64)), theme.scaled(100))
        self.setColumnWidth(_LAST, bars)
        self.setColumnWidth(0, max(room - bars, theme.scaled(100)))

    def _name_width(self, line: QTreeWidgetItem) -> int:
        text = self.fontMetrics().horizontalAdvance(line.text(0))
        return text + self.indentation() + theme.scaled(12)

    def _turned(self, line: QTreeWidgetItem | None) -> None:
        self.said.emit(str(line.data(0, _SAID)) if line is not None else "")

    def _opened(self, line: QTreeWidgetItem) -> None:
        found = line.data(0, _RECORDS)
        if found is not None:
            title, records = found
            self.records_wanted.emit(title, records)
        elif rule := line.data(0, _RULE):
            self.rule_wanted.emit(rule)
        elif line.childCount():
            line.setExpanded(not line.isExpanded())

    @property
    def records(self) -> tuple[str, Sequence[Counted]] | None:
        """The records behind the line that is chosen: those of a line, else those of its item."""
        line = self.currentItem()
        if line is None or self._scored is None:
            return None
        if found := line.data(0, _RECORDS):
            title, records = found
            return title, records
        key = str(line.data(0, _KEY)).partition("/")[0]
        for item in self._scored.items:
            if item.item == key and item.records:
                return item.name, item.records
        return None


def _lead(line: QTreeWidgetItem, role: int, to: object) -> None:
    """Have a line lead somewhere, and look like it."""
    line.setData(0, role, to)
    line.setForeground(0, theme.brush("accent"))


def _could(item: ItemScore) -> Decimal:
    """What it adds at full points."""
    return item.counted_weight * 100


def _level(item: ItemScore) -> str:
    given = [one for one in item.judged if one.rated_by == "manager"]
    if not given:
        return "–"
    return tr(N_("level {n}"), n=explaining.shown(item, given[0].level, ""))
