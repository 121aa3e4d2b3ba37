"""One canvas for all charts: hover shows values, click opens the records, pictures can be saved.

A chart is drawn in the background, so that the window answers while it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from models.progress import Progress
from models.texts import N_, tr
from ui import files, theme
from ui.charts.data import ChartData, full_text
from ui.jobs import Jobs, Latest

_SETTLE = 60  # ms without a further resize before a chart is drawn anew


class Chart(QWidget):
    """Draws one ``ChartData``; ``clicked`` carries the place of the bar that is clicked."""

    clicked = Signal(int)
    drawn = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._latest = Latest(jobs, self)
        self._data: ChartData | None = None
        self._picture: QPixmap | None = None
        self._places: list[tuple[float, float, float, float]] = []
        self._at = -1
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE)
        self._settled.timeout.connect(self._draw)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_data(self, data: ChartData) -> None:
        """Draw this from now on."""
        self._data, self._at, self._places = data, -1, []
        self._picture = None
        self.setMinimumSize(theme.scaled(320), theme.scaled(240))
        self.setAccessibleName(data.title)
        best = max(data.bars, key=lambda one: one.value, default=None)
        said = _nothing()
        if best is not None:
            said = tr(
                N_("{count} values; the largest is {label} with {value}"),
                count=len(data.bars),
                label=best.label,
                value=full_text(best.value, data),
            )
        self.setAccessibleDescription(said)
        self._draw()
        self.update()

    @property
    def ready(self) -> bool:
        """Whether what is to be seen is drawn."""
        empty = self._data is None or not self._data.bars
        still = not self._latest.waiting and not self._settled.isActive()
        return empty or (self._picture is not None and still)

    def _draw(self) -> None:
        data = self._data
        if data is None or not data.bars:
            self.drawn.emit()
            return
        least = QSize(theme.scaled(200), theme.scaled(150))
        size = self.size().expandedTo(least)
        scale, text, colours = self.devicePixelRatioF(), theme.text_scale(), theme.colours()

        def work(progress: Progress) -> Any:
            from ui.charts import drawing

            # Drawn for a smaller place and shown larger: that is what makes all its text larger.
            width, height = round(size.width() / text), round(size.height() / text)
            image, places = drawing.picture(data, width, height, scale * text, colours)
            image.setDevicePixelRatio(scale)
            return image, [tuple(edge * text for edge in one) for one in places]

        self._latest.ask(work, self._take, self._failed)

    def _take(self, made: Any) -> None:
        image, self._places = made
        self._picture = QPixmap.fromImage(image)
        self.update()
        self.drawn.emit()

    def _failed(self, error: Exception) -> None:
        self.setToolTip(str(error))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture; an older one until the new one is drawn."""
        painter = QPainter(self)
        c = theme.colours()
        painter.fillRect(self.rect(), c.surface)
        painter.setPen(c.border)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._data is None or not self._data.bars:
            self._paint_nothing(painter)
            return
        if self._picture is not None:
            painter.drawPixmap(1, 1, self._picture)
        if self.hasFocus() and 0 <= self._at < len(self._places):
            x, y, w, h = self._places[self._at]
            painter.setPen(c.accent)
            painter.drawRect(int(x) - 1, int(y) - 1, int(w) + 3, int(h) + 3)

    def _paint_nothing(self, painter: QPainter) -> None:
        c = theme.colours()
        if self._data is not None:
            painter.setPen(c.text)
            painter.drawText(14, 26, self._data.title)
            painter.setPen(c.muted)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(30, 30, -30, -10), flags, _nothing())

    def retranslate(self) -> None:
        """The theme changed: draw in its colours."""
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew once the size has settled."""
        self._settled.start()
        super().resizeEvent(event)

    def _bar_at(self, point: QPoint) -> int:
        across = self._data is not None and self._data.kind != "columns"
        for at, (x, y, w, h) in enumerate(self._places):
            column = QRect(int(x) - 2, 0, int(w) + 4, self.height())
            row = QRect(0, int(y) - 3, self.width(), int(h) + 6)
            if (row if across else column).contains(point):
                return at
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the value under the pointer."""
        at = self._bar_at(event.position().toPoint())
        if at >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self.said(at), self)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def said(self, at: int) -> str:
        """A bar in words: its label, value, count and interval."""
        assert self._data is not None
        one = self._data.bars[at]
        text = f"{one.label}: {full_text(one.value, self._data)}   n={one.n:,}"
        if one.low is not None and one.high is not None:
            text += f"   ({full_text(one.low, self._data)} – {full_text(one.high, self._data)})"
        return text

    def _open(self, at: int) -> None:
        if self._data is not None and 0 <= at < len(self._data.bars):
            self.clicked.emit(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the records of the bar."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self._bar_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between bars and say them; Enter opens the records."""
        forward, back = (Qt.Key.Key_Right, Qt.Key.Key_Down), (Qt.Key.Key_Left, Qt.Key.Key_Up)
        bars = self._data.bars if self._data is not None else ()
        if bars and event.key() in (*forward, *back):
            step = 1 if event.key() in forward else -1
            self._at = (self._at + step) % len(bars)
            self.setAccessibleDescription(self.said(self._at))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._at)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the picture."""
        menu = QMenu(self)
        for text, act in (
            (tr(N_("Copy picture")), self.copy),
            (tr(N_("Save picture…")), self.ask_save),
        ):
            action = QAction(text, menu)
            action.triggered.connect(act)
            menu.addAction(action)
        menu.popup(event.globalPos())

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if self._picture is not None:
            QGuiApplication.clipboard().setPixmap(self._picture)

    def ask_save(self) -> None:
        """Ask for a file and save the picture there."""
        kinds = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
        suggested = self.accessibleName().rstrip("?？") + ".png"
        path = files.ask_save(self, tr(N_("Save picture…")), suggested, kinds)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Save as PNG, SVG or PDF, by the name."""
        from ui.charts import drawing

        if self._data is not None:
            drawing.save(self._data, path, theme.colours())


def _nothing() -> str:
    return tr(N_("No records for this yet. Import your orders or deals to see it."))
