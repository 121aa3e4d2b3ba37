"""A paper of headings, tables and lines on pages of A4, whatever it is about.

Everything is measured first and dealt to pages, then painted, so that each page can say how many there
are. A row never breaks over two pages, a heading never ends one, the head of a table comes again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPainter,
    QPdfWriter,
    QPen,
)

from models.goals.paper import (
    BAD,
    GOOD,
    MUTED,
    WARN,
    Bar,
    Blank,
    Block,
    Cell,
    Content,
    Facts,
    Heading,
    Listed,
    Paper,
    Row,
    Signatures,
    Table,
    Words,
)
from models.texts import N_, tr
from ui.printing.font import family
from ui.printing.list_paper import layout
from ui.theme import LIGHT

_DENSITY = 1200  # dots an inch of a PDF
_FOOT = 20.0  # points kept for the line at the bottom
_TEXT, _SMALL = 9.0, 8.0
_SHORT = 3  # pages
_SCALES = (1.0, 0.86, 0.75)  # of a part; smaller would not be read
_PAD = 4.0  # beside a cell's text
_ROOM = 2.0  # above and below it
_BAR = 7.0  # height of a bar
_OVER = 1.25  # of a target that a bar has room for
_BLANK = 18.0  # between lines to be written on
_TONES = {GOOD: "#1f7a45", WARN: "#8a5a00", BAD: "#b3261e", MUTED: LIGHT.muted}
_HEAD, _LINE = QColor("#e8eef7"), QColor("#c4cad3")
_Paint = Callable[[QPainter, float], None]


@dataclass(frozen=True)
class _Piece:
    """What stays together: its height, how it is painted from a top on, what may follow it."""

    height: float
    paint: _Paint
    keep: bool = False  # never the last of a page
    head: _Piece | None = None  # comes again where this one begins a page


def pdf(paper: Paper) -> bytes:
    """The pages as a file; may run in any thread."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DENSITY)
    writer.setTitle(paper.title)
    writer.setCreator("Daybook")
    paint(writer, paper)
    buffer.close()
    return bytes(content.data())


def paint(device: QPagedPaintDevice, paper: Paper) -> int:
    """Paint a paper on as many pages as it needs; gives how many."""
    device.setPageLayout(layout(paper.landscape))
    painter = QPainter(device)
    try:
        dots = device.logicalDpiX() / 72
        painter.scale(dots, dots)
        width, height = device.width() / dots, device.height() / dots
        pages = [
            (scale, page)
            for part in paper.parts
            for scale, page in _on_pages(part, width, height - _FOOT)
        ]
        for number, (scale, page) in enumerate(pages, 1):
            if number > 1:
                device.newPage()
            painter.save()
            painter.scale(scale, scale)
            top = 0.0
            for one in page:
                one.paint(painter, top)
                top += one.height
            painter.restore()
            _Setting(width).foot(painter, height, paper.foot, number, len(pages))
    finally:
        painter.end()
    return len(pages)


def _on_pages(part: Sequence[Block], width: float, room: float) -> list[tuple[float, list[_Piece]]]:
    """A part on its pages, each with its scale: a short one is made a little smaller where it then needs
    fewer pages."""
    tried: list[list[tuple[float, list[_Piece]]]] = []
    for scale in _SCALES:
        setting = _Setting(width / scale)
        pieces = [one for block in part for one in setting.pieces(block)]
        tried.append([(scale, page) for page in _dealt(pieces, room / scale)])
        if len(tried[0]) > _SHORT:
            break
    return min(tried, key=len)  # the first of equals, which is the largest


def _dealt(pieces: Sequence[_Piece], room: float) -> list[list[_Piece]]:
    """Which pieces stand on which page."""
    pages: list[list[_Piece]] = [[]]
    used = 0.0
    for at, one in enumerate(pieces):
        needed, following = one.height, at
        while pieces[following].keep and following + 1 < len(pieces):
            following += 1
            needed += pieces[following].height
        if pages[-1] and used + needed > room and used:
            pages.append([])
            used = 0.0
            if one.head is not None:
                pages[-1].append(one.head)
                used = one.head.height
        pages[-1].append(one)
        used += one.height
    return pages


def _font(points: float, *, bold: bool = False) -> QFont:
    # Pages are painted in points, whatever the device counts in.
    font = QFont(family())
    font.setPixelSize(round(points))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setBold(bold)
    return font


class _Setting:
    """Sets blocks in pieces of one width."""

    def __init__(self, width: float) -> None:
        self._width = width

    def pieces(self, block: Block) -> Iterable[_Piece]:
        """A block as pieces, each of which stays on one page."""
        match block:
            case Heading():
                return [self._heading(block)]
            case Words():
                return [self._text(block.text, _TEXT, _colour(block.tone), below=4)]
            case Facts():
                return self._facts(block)
            case Table():
                return self._table(block)
            case Listed():
                return self._listed(block)
            case Blank():
                return self._blank(block)
            case Signatures():
                return [self._signatures(block)]

    def foot(self, painter: QPainter, height: float, text: str, number: int, pages: int) -> None:
        """Whose numbers, and which page."""
        place = QRectF(0, height - 12, self._width, 12)
        said = tr(N_("Page {number} of {count}"), number=number, count=pages)
        _write(painter, place, text, _font(_SMALL), LIGHT.muted)
        _write(painter, place, said, _font(_SMALL), LIGHT.muted, right=True)

    # -- words -----------------------------------------------------------------------------------

    def _heading(self, one: Heading) -> _Piece:
        first = one.level == 1
        font = _font(17 if first else 11, bold=True)
        above, height = (0.0, 26.0) if first else (10.0, 17.0)
        wide = QFontMetricsF(font).horizontalAdvance(one.text) + 10

        def put(painter: QPainter, top: float) -> None:
            place = QRectF(0, top + above, self._width, height)
            _write(painter, place, one.text, font, LIGHT.text)
            beside = QRectF(wide, top + above, max(self._width - wide, 0), height)
            _write(painter, beside, one.beside, _font(_TEXT), LIGHT.muted, right=first)

        return _Piece(above + height, put, keep=True)

    def _text(
        self, text: str, points: float, colour: str, *, left: float = 0.0, below: float = 2.0
    ) -> _Piece:
        font = _font(points)
        height = _height(font, text, self._width - left)

        def put(painter: QPainter, top: float) -> None:
            place = QRectF(left, top, self._width - left, height)
            _wrapped(painter, place, text, font, colour)

        return _Piece(height + below, put)

    def _listed(self, block: Listed) -> Iterable[_Piece]:
        for at, (text, why) in enumerate(block.points, 1):
            sign = "☐" if block.box else f"{at}."
            yield self._point(sign, text, why)

    def _point(self, sign: str, text: str, why: str) -> _Piece:
        font, small, left = _font(10), _font(_SMALL), 16.0
        width = self._width - left
        first = _height(font, text, width)
        second = _height(small, why, width) if why else 0.0

        def put(painter: QPainter, top: float) -> None:
            if sign == "☐":
                painter.setPen(QPen(QColor(LIGHT.text), 0.7))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(2, top + 3, 7, 7))
            else:
                _write(painter, QRectF(0, top, left, 14), sign, font, LIGHT.text)
            _wrapped(painter, QRectF(left, top, width, first), text, font, LIGHT.text)
            _wrapped(painter, QRectF(left, top + first, width, second), why, small, LIGHT.muted)

        return _Piece(first + second + 5, put)

    def _facts(self, block: Facts) -> Iterable[_Piece]:
        half = self._width / 2
        names, font = _font(_TEXT), _font(10)
        label = max(QFontMetricsF(names).horizontalAdvance(name) for name, _ in block.pairs) + 10
        for at in range(0, len(block.pairs), 2):
            pairs = block.pairs[at : at + 2]
            height = max(_height(font, text, half - label - 8) for _, text in pairs) + 4

            def put(
                painter: QPainter,
                top: float,
                pairs: Sequence[tuple[str, str]] = pairs,
                height: float = height,
            ) -> None:
                for side, (name, text) in enumerate(pairs):
                    left = side * half
                    _write(painter, QRectF(left, top, label, 13), name, names, LIGHT.muted)
                    place = QRectF(left + label, top, half - label - 8, height)
                    _wrapped(painter, place, text, font, LIGHT.text)

            yield _Piece(height, put)

    def _blank(self, block: Blank) -> Iterable[_Piece]:
        font = _font(_TEXT)
        height = _height(font, block.label, self._width) + 2 if block.label else 0.0

        def put(painter: QPainter, top: float) -> None:
            _wrapped(painter, QRectF(0, top, self._width, height), block.label, font, LIGHT.text)
            for at in range(1, block.lines + 1):
                _rule(painter, 0, top + height + at * _BLANK, self._width, 0.5)

        yield _Piece(height + block.lines * _BLANK + 6, put)

    def _signatures(self, block: Signatures) -> _Piece:
        width = self._width / len(block.who)

        def put(painter: QPainter, top: float) -> None:
            for at, who in enumerate(block.who):
                left, wide = at * width, width - 24
                _write(
                    painter, QRectF(left, top + 8, wide, 14), who, _font(10, bold=True), LIGHT.text
                )
                for line, label in enumerate((block.sign, block.day)):
                    bottom = top + 46 + line * 28
                    metrics = QFontMetricsF(_font(_TEXT))
                    room = metrics.horizontalAdvance(label) + 6
                    _write(
                        painter,
                        QRectF(left, bottom - 13, room, 13),
                        label,
                        _font(_TEXT),
                        LIGHT.muted,
                    )
                    _rule(painter, left + room, bottom, wide - room, 0.6)

        return _Piece(82, put)

    # -- tables ----------------------------------------------------------------------------------

    def _table(self, table: Table) -> Iterable[_Piece]:
        places = self._places(table)
        head = self._head(table, places)
        made = [head]
        made += [self._row(table, places, row, head) for row in table.rows]
        return made

    def _places(self, table: Table) -> list[tuple[float, float]]:
        """Left edge and width of each column; what can't be broken gets the room that it needs."""
        font = _font(_TEXT)
        bold = _font(_TEXT, bold=True)
        weights = [one.weight for one in table.columns]
        asked = [self._width * one / sum(weights) for one in weights]
        least = [_longest(bold, one.text) for one in table.columns]
        for row in table.rows:
            for at, cell in enumerate(row.cells):
                if isinstance(cell, Bar):
                    continue
                text = cell if isinstance(cell, str) else cell.text
                measured = _font(_TEXT, bold=True) if row.strong else font
                whole = table.columns[at].right
                wide = QFontMetricsF(measured).horizontalAdvance(text)
                least[at] = max(least[at], wide if whole else _longest(measured, text))
        least = [min(one + 2 * _PAD + 1, self._width / 2) for one in least]
        widths = _fitted(asked, least, self._width)
        made, left = [], 0.0
        for width in widths:
            made.append((left, width))
            left += width
        return made

    def _head(self, table: Table, places: list[tuple[float, float]]) -> _Piece:
        font = _font(_TEXT, bold=True)
        height = 2 * _ROOM + max(
            _height(font, column.text, width - 2 * _PAD)
            for column, (_, width) in zip(table.columns, places, strict=True)
        )

        def put(painter: QPainter, top: float) -> None:
            painter.fillRect(QRectF(0, top, self._width, height), _HEAD)
            for column, (left, width) in zip(table.columns, places, strict=True):
                place = QRectF(left + _PAD, top + _ROOM, width - 2 * _PAD, height - 2 * _ROOM)
                _wrapped(painter, place, column.text, font, LIGHT.text, right=column.right)
            _rule(painter, 0, top + height, self._width, 0.8)

        return _Piece(height, put, keep=True)

    def _row(
        self, table: Table, places: list[tuple[float, float]], row: Row, head: _Piece
    ) -> _Piece:
        font, small = _font(_TEXT, bold=row.strong), _font(_SMALL)
        cells = list(zip(table.columns, places, row.cells, strict=True))
        height = max(_cell_height(font, cell, width - 2 * _PAD) for _, (_, width), cell in cells)
        note = _height(small, row.note, self._width - 2 * _PAD) if row.note else 0.0
        whole = height + note + 2 * _ROOM

        def put(painter: QPainter, top: float) -> None:
            if row.strong:
                painter.fillRect(QRectF(0, top, self._width, whole), QColor("#f2f4f8"))
            for column, (left, width), cell in cells:
                place = QRectF(left + _PAD, top + _ROOM, width - 2 * _PAD, height)
                _content(painter, place, cell, font, right=column.right)
            below = QRectF(_PAD, top + _ROOM + height, self._width - 2 * _PAD, note)
            _wrapped(painter, below, row.note, small, LIGHT.muted)
            _rule(painter, 0, top + whole, self._width, 0.25)

        return _Piece(whole, put, head=head)


def _fitted(asked: list[float], least: list[float], width: float) -> list[float]:
    """Widths that give each column what it needs at least, and share out the rest as asked."""
    if sum(least) >= width:
        return [one * width / sum(least) for one in least]
    short = [max(need - want, 0.0) for need, want in zip(least, asked, strict=True)]
    spare = [max(want - need, 0.0) for need, want in zip(least, asked, strict=True)]
    part = sum(short) / sum(spare) if sum(spare) else 0.0
    return [want + more - less * part for want, more, less in zip(asked, short, spare, strict=True)]


def _longest(font: QFont, text: str) -> float:
    """The width of the longest piece that can't be broken; Chinese breaks anywhere."""
    metrics = QFontMetricsF(font)
    words = [word for word in text.split() if word.isascii()]
    return max((metrics.horizontalAdvance(word) for word in words), default=metrics.maxWidth() / 2)


def _cell_height(font: QFont, cell: Content, width: float) -> float:
    if isinstance(cell, Bar):
        return QFontMetricsF(font).height()
    return _height(font, cell if isinstance(cell, str) else cell.text, width)


def _content(painter: QPainter, place: QRectF, cell: Content, font: QFont, *, right: bool) -> None:
    if isinstance(cell, Bar):
        _bar(painter, place, cell, font)
    elif isinstance(cell, Cell):
        _wrapped(painter, place, cell.text, font, _colour(cell.tone), right=right)
    else:
        _wrapped(painter, place, cell, font, LIGHT.text, right=right)


def _bar(painter: QPainter, place: QRectF, bar: Bar, font: QFont) -> None:
    """Reached as a bar, the target as its frame, what was expected as a mark; the share in words."""
    words = QFontMetricsF(font).horizontalAdvance("0000%")
    place = QRectF(place.left(), place.top(), place.width(), QFontMetricsF(font).height())
    _write(painter, QRectF(place.right() - words, place.top(), words, place.height()), bar.text, font,
           LIGHT.text, right=True)  # fmt: skip
    if bar.share is None:
        return
    room = place.width() - words - 4
    whole = room / _OVER
    top = place.top() + (place.height() - _BAR) / 2
    painter.fillRect(QRectF(place.left(), top, whole, _BAR), QColor("#e6e9ee"))
    enough = bar.expected is None or bar.share >= bar.expected * 0.95
    colour = QColor("#3b6fb6") if enough else QColor("#c77700")
    painter.fillRect(
        QRectF(place.left(), top, max(min(bar.share, _OVER), 0.0) * whole, _BAR), colour
    )
    if bar.expected is not None:
        at = place.left() + max(min(bar.expected, _OVER), 0.0) * whole
        painter.setPen(QPen(QColor(LIGHT.text), 1.2))
        painter.drawLine(QPointF(at, top - 2), QPointF(at, top + _BAR + 2))


def _colour(tone: str) -> str:
    return _TONES.get(tone, LIGHT.text)


def _flags(right: bool) -> int:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


def _height(font: QFont, text: str, width: float) -> float:
    if not text:
        return QFontMetricsF(font).height()
    room = QRectF(0, 0, max(width, 1.0), 100_000)
    return QFontMetricsF(font).boundingRect(room, _flags(False), text).height()


def _wrapped(
    painter: QPainter, place: QRectF, text: str, font: QFont, colour: str, *, right: bool = False
) -> None:
    """A text that goes on in the next line; its place was measured, so nothing is cut off."""
    if text:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(place.adjusted(0, 0, 0.5, 4), _flags(right), text)


def _write(
    painter: QPainter, place: QRectF, text: str, font: QFont, colour: str, *, right: bool = False
) -> None:
    """A text in one line."""
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 0.5)
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(place, int(flags), shown)


def _rule(painter: QPainter, left: float, top: float, width: float, weight: float) -> None:
    painter.setPen(QPen(_LINE, weight))
    painter.drawLine(QPointF(left, top), QPointF(left + width, top))
