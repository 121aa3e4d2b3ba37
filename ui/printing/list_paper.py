"""A list on pages: title and filter above, heads repeated, page n of m below.

A list that is too wide turns the paper, then becomes smaller; one that is wider still goes on, with
its first column again, on further pages beside the first.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from models.progress import Progress
from models.texts import N_, tr
from ui.printing.font import family
from ui.printing.lines import GROUP, RECORD, TOTAL, Line, Lines, Sheet
from ui.theme import LIGHT

_MARGINS = QMarginsF(13, 13, 13, 13)  # millimetres
_DENSITY = 1200  # dots an inch of a PDF
_POINTS = 9.0  # of usual text
_SMALLEST = 0.62  # of it, before a list is split
_LOOKED = 300  # lines that say how wide columns are
_WIDEST = 210.0  # points of a column
_GAP = 8.0  # between columns
_ROW = 15.0  # height of a line
_TURNED = 0.8  # of usual text, before the paper is turned instead
_STEP = 12.0  # that an inner group is moved in by
_PAPER = 595.0 - 2 * 13 * 72 / 25.4, 842.0 - 2 * 13 * 72 / 25.4  # of A4 within its margins


@dataclass(frozen=True)
class Plan:
    """How a list stands on pages: sideways or not, how large, which columns together."""

    landscape: bool
    scale: float
    widths: tuple[float, ...]  # points, at full size
    strips: tuple[tuple[int, ...], ...]


def layout(landscape: bool) -> QPageLayout:
    """A page of A4."""
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, turned, _MARGINS, QPageLayout.Unit.Millimeter)


def planned(widths: Sequence[float]) -> Plan:
    """The best way to put columns of these widths on paper."""
    upright, sideways = _PAPER
    whole = sum(widths)
    every = (tuple(range(len(widths))),)
    if whole * _TURNED <= upright:
        return Plan(False, min(1.0, upright / whole), tuple(widths), every)
    if whole * _SMALLEST <= sideways:
        return Plan(True, min(1.0, sideways / whole), tuple(widths), every)
    scale = _SMALLEST
    strips: list[tuple[int, ...]] = []
    strip, used = [0], widths[0]
    for column in range(1, len(widths)):
        if (used + widths[column]) * scale > sideways and len(strip) > 1:
            strips.append(tuple(strip))
            strip, used = [0], widths[0]
        strip.append(column)
        used += widths[column]
    return Plan(True, scale, tuple(widths), (*strips, tuple(strip)))


def pdf(lines: Lines, sheet: Sheet, progress: Progress) -> bytes:
    """The pages as a file; may run in any thread.

    Raises:
        Cancelled.
    """
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DENSITY)
    writer.setTitle(sheet.heading)
    writer.setCreator("Daybook")
    paint(writer, lines, sheet, progress)
    buffer.close()
    return bytes(content.data())


def paint(device: QPagedPaintDevice, lines: Lines, sheet: Sheet, progress: Progress) -> int:
    """Paint a list on as many pages as it needs; gives how many."""
    every = lines.all(progress)
    first = list(islice(every, _LOOKED))
    plan = planned(_widths(sheet, [*first, *lines.last()]))
    device.setPageLayout(layout(plan.landscape))
    painter = QPainter(device)
    try:
        page = _Page(device, painter, sheet, plan)
        breaks = _broken(lines.kinds(), page.rows_first, page.rows)
        pages = len(breaks) * len(plan.strips)
        number = 0
        for at, block in enumerate(_dealt(chain(first, every), breaks)):
            for strip in plan.strips:
                number += 1
                if number > 1:
                    device.newPage()
                page.paint(block, strip, number, pages, head=at == 0)
    finally:
        painter.end()
    return pages


def _widths(sheet: Sheet, first: Sequence[Line]) -> list[float]:
    """What the heads and the first lines ask for."""
    plain, bold = QFontMetricsF(_font(_POINTS)), QFontMetricsF(_font(_POINTS, bold=True))
    made = [bold.horizontalAdvance(one) for one in sheet.columns]
    for line in first:
        metrics = plain if line.kind == RECORD else bold
        for at, text in enumerate(line.texts):
            said = f"{line.sign(at)} {text}" if line.sign(at) else text
            made[at] = max(made[at], metrics.horizontalAdvance(said[:200]))
    made = [min(one, _WIDEST) + _GAP for one in made]
    for line in first:
        if line.kind == GROUP:  # its label reaches up to its first total
            until = next((at for at, one in enumerate(line.texts) if at and one), len(made))
            wanted = bold.horizontalAdvance(line.label) + _STEP * line.level + _GAP
            made[0] += max(min(wanted, 2 * _WIDEST) - sum(made[:until]), 0)
    return made


def _font(points: float, *, bold: bool = False) -> QFont:
    # Pages are painted in points, whatever the device counts in.
    font = QFont(family())
    font.setPixelSize(round(points))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # widths as on paper
    font.setBold(bold)
    return font


def _broken(kinds: Iterable[int], rows_first: int, rows: int) -> list[int]:
    """How many lines each page holds; the row of a group never ends one."""
    listed = array("b", kinds)
    made: list[int] = []
    at, room = 0, rows_first
    while at < len(listed):
        end = min(at + max(room, 1), len(listed))
        while end < len(listed) and end - at > 1 and listed[end - 1] == GROUP:
            end -= 1
        made.append(end - at)
        at, room = end, rows
    return made or [0]


def _dealt(lines: Iterator[Line], breaks: Sequence[int]) -> Iterator[list[Line]]:
    for count in breaks:
        yield list(islice(lines, count))


_Places = list[tuple[int, float, float]]  # columns with their left edge and width


class _Page:
    """One page, painted in points of its own scale."""

    def __init__(
        self, device: QPagedPaintDevice, painter: QPainter, sheet: Sheet, plan: Plan
    ) -> None:
        self._painter, self._sheet, self._plan = painter, sheet, plan
        dots = device.logicalDpiX() / 72
        painter.scale(dots, dots)
        self._width, self._height = device.width() / dots, device.height() / dots
        self._top = 26.0 + 12.0 * len(sheet.said)
        room, row = self._height - 18.0, _ROW * plan.scale
        self.rows_first = int((room - self._top) / row) - 1
        self.rows = int((room - 16.0) / row) - 1

    def paint(
        self, lines: Sequence[Line], strip: Sequence[int], number: int, pages: int, *, head: bool
    ) -> None:
        """Paint some lines and what stands around them."""
        top = self._title() if head else self._running()
        places = self._places(strip)
        self._painter.save()
        self._painter.translate(0, top)
        self._painter.scale(self._plan.scale, self._plan.scale)
        self._heads(places)
        for at, line in enumerate(lines, 1):
            self._line(line, places, at * _ROW)
        self._painter.restore()
        self._foot(number, pages)

    def _title(self) -> float:
        self._text(QRectF(0, 0, self._width, 20), self._sheet.heading, _font(14, bold=True))
        for at, text in enumerate(self._sheet.said):
            place = QRectF(0, 21 + 12 * at, self._width, 12)
            self._text(place, text, _font(9), LIGHT.muted)
        return self._top

    def _running(self) -> float:
        self._text(QRectF(0, 0, self._width, 12), self._sheet.heading, _font(9), LIGHT.muted)
        return 16.0

    def _places(self, strip: Sequence[int]) -> _Places:
        """Columns with their left edge and width."""
        made: _Places = []
        left = 0.0
        for column in strip:
            width = self._plan.widths[column]
            made.append((column, left, width))
            left += width
        return made

    def _heads(self, places: _Places) -> None:
        font, right = _font(_POINTS, bold=True), places[-1][1] + places[-1][2]
        self._painter.fillRect(QRectF(0, 0, right, _ROW), QColor("#e8eef7"))
        for column, left, width in places:
            self._cell(column, left, width, 0, self._sheet.columns[column], font)
        self._rule(_ROW, right, 0.8)

    def _line(self, line: Line, places: _Places, top: float) -> None:
        right = places[-1][1] + places[-1][2]
        font = _font(_POINTS, bold=line.kind != RECORD)
        if line.kind != RECORD:
            self._painter.fillRect(QRectF(0, top, right, _ROW), QColor("#f2f4f8"))
        for column, left, width in places:
            shade = line.shades[column] if line.shades else None
            if shade is not None:
                self._painter.fillRect(QRectF(left, top, width, _ROW), QColor(shade.light))
            text, sign = line.texts[column], line.sign(column)
            if text or sign:
                self._cell(column, left, width, top, f"{sign} {text}" if sign else text, font)
        if line.kind == GROUP:
            self._label(line, places, top, font)
        if line.kind == TOTAL:
            self._rule(top, right, 0.8)
        else:
            self._rule(top + _ROW, right, 0.25)

    def _label(self, line: Line, places: _Places, top: float, font: QFont) -> None:
        """A group's label, up to its first total."""
        end = next((left for column, left, _ in places[1:] if line.texts[column]), None)
        end = places[-1][1] + places[-1][2] if end is None else end
        left = _STEP * line.level + 3
        self._text(QRectF(left, top, max(end - left, 10), _ROW), line.label, font)

    def _cell(
        self, column: int, left: float, width: float, top: float, text: str, font: QFont
    ) -> None:
        pad = _GAP / 2
        place = QRectF(left + pad, top, width - 2 * pad, _ROW)
        self._text(place, text, font, right=self._sheet.right[column])

    def _text(
        self,
        place: QRectF,
        text: str,
        font: QFont,
        colour: str = LIGHT.text,
        *,
        right: bool = False,
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(font).elidedText(
            text, Qt.TextElideMode.ElideRight, place.width() + 0.5
        )
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        self._painter.drawText(place, int(flags), shown)

    def _rule(self, top: float, right: float, width: float) -> None:
        self._painter.setPen(QPen(QColor("#c4cad3"), width))
        self._painter.drawLine(QPointF(0, top), QPointF(right, top))

    def _foot(self, number: int, pages: int) -> None:
        place = QRectF(0, self._height - 12, self._width, 12)
        self._text(place, self._sheet.foot, _font(8), LIGHT.muted)
        said = tr(N_("Page {number} of {count}"), number=number, count=pages)
        self._text(place, said, _font(8), LIGHT.muted, right=True)
