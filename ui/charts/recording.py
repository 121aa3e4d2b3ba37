"""A chart as what is to be painted: drawn in any thread, painted later on any device.

Letters stay letters, so that a PDF can be searched and copied; lines stay lines, so that they are
sharp on every printer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.path import Path
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

_LETTER = 100  # dots of the font that is scaled to what is wanted: Qt knows whole sizes only


@dataclass(frozen=True)
class Shape:
    """A line or an area, in points from the top left corner."""

    path: QPainterPath
    fill: QColor | None
    pen: QPen | None
    clip: QRectF | None


@dataclass(frozen=True)
class Letters:
    """A text on its line."""

    at: QPointF
    text: str
    size: float
    colour: QColor
    angle: float


@dataclass
class Recording:
    """All that is to be painted, in its order; width and height in points."""

    width: float
    height: float
    parts: list[Shape | Letters] = field(default_factory=list)

    def paint(self, painter: QPainter, into: QRectF, family: str) -> None:
        """Paint it as large as the place is wide."""
        painter.save()
        painter.translate(into.topLeft())
        scale = into.width() / self.width
        painter.scale(scale, scale)
        for one in self.parts:
            if isinstance(one, Letters):
                write(painter, one, family)
            else:
                _paint(painter, one)
        painter.restore()


def font(family: str) -> QFont:
    """The font in which everything on paper is written, at the size that is scaled."""
    made = QFont(family)
    made.setPixelSize(_LETTER)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def write(painter: QPainter, one: Letters, family: str) -> None:
    """Paint a text."""
    painter.save()
    painter.setFont(font(family))
    painter.setPen(one.colour)
    painter.translate(one.at)
    painter.rotate(-one.angle)
    painter.scale(one.size / _LETTER, one.size / _LETTER)
    painter.drawText(QPointF(0, 0), one.text)
    painter.restore()


def _paint(painter: QPainter, one: Shape) -> None:
    painter.save()
    if one.clip is not None:
        painter.setClipRect(one.clip)
    painter.setPen(Qt.PenStyle.NoPen if one.pen is None else one.pen)
    painter.setBrush(Qt.BrushStyle.NoBrush if one.fill is None else one.fill)
    painter.drawPath(one.path)
    painter.restore()


def record(figure: Figure) -> Recording:
    """What a figure is made of; its dots must be points."""
    width, height = (float(one) * 72 for one in figure.get_size_inches())
    renderer = _Renderer(Recording(width, height))
    figure.draw(renderer)
    return renderer.made


class _Renderer(RendererBase):
    """Writes down what matplotlib would paint."""

    def __init__(self, made: Recording) -> None:
        super().__init__()
        self.made = made

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.made.width, self.made.height

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
        made = QPainterPath()
        for points, code in path.iter_segments(transform, simplify=False):
            self._step(made, points, code)
        self.made.parts.append(Shape(made, _colour(rgbFace), _pen(gc), self._clip(gc)))

    def _step(self, made: QPainterPath, points: Any, code: Any) -> None:
        height = self.made.height
        at = [QPointF(x, height - y) for x, y in zip(points[::2], points[1::2], strict=True)]
        if code == Path.MOVETO:
            made.moveTo(at[0])
        elif code == Path.LINETO:
            made.lineTo(at[0])
        elif code == Path.CURVE3:
            made.quadTo(at[0], at[1])
        elif code == Path.CURVE4:
            made.cubicTo(at[0], at[1], at[2])
        elif code == Path.CLOSEPOLY:
            made.closeSubpath()

    def _clip(self, gc: Any) -> QRectF | None:
        box = gc.get_clip_rectangle()
        if box is None:
            return None
        return QRectF(box.x0, self.made.height - box.y1, box.width, box.height)

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        colour = _colour(gc.get_rgb()) or QColor(0, 0, 0)
        size = float(prop.get_size_in_points())
        self.made.parts.append(Letters(QPointF(x, y), s, size, colour, angle))


def _colour(rgb: Any) -> QColor | None:
    if rgb is None or (len(rgb) == 4 and not rgb[3]):
        return None
    return QColor.fromRgbF(*(float(one) for one in rgb))


def _pen(gc: Any) -> QPen | None:
    width = float(gc.get_linewidth())
    colour = _colour(gc.get_rgb())
    if not width or colour is None:
        return None
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    _, dashes = gc.get_dashes()
    if dashes is not None:
        pen.setDashPattern([float(one) / width for one in dashes])
    return pen
