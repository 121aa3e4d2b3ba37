"""Charts on paper: each with its title, its definition and n, every page with date and number.

What is drawn is vectors, so that it is sharp on every printer; titles and definitions are letters
that can be searched and copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from models.texts import N_, tr
from ui.charts import drawing
from ui.charts.data import ChartData, subtitle
from ui.charts.recording import Recording
from ui.printing.font import family
from ui.theme import LIGHT

_MARGINS = QMarginsF(15, 14, 15, 14)  # millimetres
_FOOT = 22.0  # points kept for the line at the bottom
_GAP = 16.0
_DENSITY = 1200  # dots an inch of a PDF


@dataclass(frozen=True)
class Drawn:
    """A chart as vectors, with the words that stand above it."""

    title: str
    words: tuple[str, ...]
    picture: Recording

    @property
    def ratio(self) -> float:
        """Its height by its width."""
        return self.picture.height / self.picture.width


def draw(data: ChartData, hidden: frozenset[str]) -> Drawn:
    """Draw a chart for paper; slow, and at home in any thread."""
    words = data.table.words if data.table is not None else ""
    said = tuple(one for one in (subtitle(data), words) if one)
    return Drawn(data.title, said, drawing.recorded(data, hidden))


def layout() -> QPageLayout:
    """An upright page of A4."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        _MARGINS,
        QPageLayout.Unit.Millimeter,
    )


def pdf(heading: str, charts: Sequence[Drawn], title: str) -> bytes:
    """The pages as a file."""
    bytes_ = QByteArray()
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DENSITY)
    writer.setTitle(title)
    writer.setCreator("Daybook")
    writer.setPageLayout(layout())
    paint(writer, heading, charts)
    buffer.close()
    return bytes(bytes_.data())


def paint(device: QPagedPaintDevice, heading: str, charts: Sequence[Drawn]) -> int:
    """Paint the charts on as many pages as they need; gives how many."""
    painter = QPainter(device)
    try:
        page = _Page(device, painter)
        pages = _dealt(page, charts)
        for number, placed in enumerate(pages, 1):
            if number > 1:
                device.newPage()
            page.foot(heading, number, len(pages))
            for chart, top, height in placed:
                page.chart(chart, top, height)
    finally:
        painter.end()
    return len(pages)


def _dealt(page: _Page, charts: Sequence[Drawn]) -> list[list[tuple[Drawn, float, float]]]:
    """Which charts stand on which page, each with its top and height in points."""
    pages: list[list[tuple[Drawn, float, float]]] = [[]]
    top = 0.0
    for one in charts:
        height = min(page.wanted(one), page.room)
        if pages[-1] and top + height > page.room:
            pages.append([])
            top = 0.0
        pages[-1].append((one, top, height))
        top += height + _GAP
    return pages


class _Page:
    """One page in points, whatever the device counts in."""

    def __init__(self, device: QPagedPaintDevice, painter: QPainter) -> None:
        self._painter = painter
        dots = device.logicalDpiX() / 72
        painter.scale(dots, dots)
        self._width, self._height = device.width() / dots, device.height() / dots
        self.room = self._height - _FOOT
        self._family = family()

    def _font(self, points: float) -> QFont:
        # The painter is scaled: letters are measured in its units, not in the device's dots.
        font = QFont(self._family)
        font.setPixelSize(round(points))
        return font

    def _words(self, one: Drawn) -> list[tuple[str, float, str]]:
        return [(one.title, 14, LIGHT.text), *((text, 9, LIGHT.muted) for text in one.words)]

    def _text_height(self, text: str, points: float) -> float:
        self._painter.setFont(self._font(points))
        room = QRectF(0, 0, self._width, 1000)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        return self._painter.boundingRect(room, flags, text).height() + 2

    def wanted(self, one: Drawn) -> float:
        """Points that a chart takes in height where nothing hinders."""
        words = sum(self._text_height(text, points) for text, points, _ in self._words(one))
        return words + 4 + self._width * one.ratio

    def chart(self, one: Drawn, top: float, height: float) -> None:
        """Words, then the drawing as large as it fits."""
        bottom = top + height
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        for text, points, colour in self._words(one):
            needed = self._text_height(text, points)
            self._painter.setPen(QColor(colour))
            self._painter.drawText(QRectF(0, top, self._width, needed), flags, text)
            top += needed
        top += 4
        width = min(self._width, (bottom - top) / one.ratio)
        one.picture.paint(self._painter, QRectF(0, top, width, width * one.ratio), self._family)

    def foot(self, heading: str, number: int, pages: int) -> None:
        """Whose numbers, when, and which page."""
        painter = self._painter
        place = QRectF(0, self._height - 14, self._width, 14)
        painter.setFont(self._font(8))
        painter.setPen(QColor(LIGHT.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, heading)
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, date.today().isoformat())
        said = tr(N_("Page {number} of {count}"), number=number, count=pages)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight, said)
