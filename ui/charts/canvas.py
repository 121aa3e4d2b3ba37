"""One canvas for all charts: hover and arrow keys say values, click and Enter open the records.

Title, notes and legend are the window's own widgets, in its fonts; what is between them is drawn in
the background, so that the window answers while it is.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontInfo,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from models.progress import Progress
from ui import theme
from ui.charts import data as charts
from ui.charts.data import ChartData
from ui.charts.legend import Legend
from ui.charts.taking import MenuButton, Taking
from ui.jobs import Jobs, Latest

_SETTLE = 60  # ms without a further resize before a chart is drawn anew
_USUAL = 13.33  # dots of the letters that charts are made for
_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Chart(QWidget):
    """Draws one ``ChartData``; ``clicked`` carries the place of the bar that is clicked."""

    clicked = Signal(int)
    drawn = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._latest = Latest(jobs, self)
        self._data: ChartData | None = None
        self._picture: QPixmap | None = None
        self._drawn_places: list[tuple[float, float, float, float]] = []
        self._at = -1
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE)
        self._settled.timeout.connect(self._draw)
        self._title, self._under, self._note = QLabel(self), QLabel(self), QLabel(self)
        self._title.setObjectName("heading")
        for one in (self._title, self._under, self._note):
            one.setWordWrap(True)
            one.setTextFormat(Qt.TextFormat.PlainText)
        for one in (self._under, self._note):
            one.setObjectName("muted")
        self.taking = Taking(self, jobs)
        self._menu = MenuButton(self.taking, self)
        self.legend = Legend(self)
        self.legend.turned.connect(self._turned)
        self._space = QSpacerItem(
            10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding
        )
        self._lay_out()
        self._readout = QLabel(self)
        self._readout.setObjectName("readout")
        self._readout.setTextFormat(Qt.TextFormat.PlainText)
        self._readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._readout.hide()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QWidget.setTabOrder(self, self._menu)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._under)
        head.addLayout(words, 1)
        head.addWidget(self._menu, 0, Qt.AlignmentFlag.AlignTop)
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(14, 8, 8, 8)
        box.setSpacing(2)
        box.addLayout(head)
        box.addWidget(self.legend)
        box.addItem(self._space)
        box.addWidget(self._note)

    # -- what is shown -----------------------------------------------------------------------------

    def show_data(self, data: ChartData) -> None:
        """Draw this from now on."""
        self._data, self._drawn_places = data, []
        self._picture = None
        self.setMinimumWidth(theme.scaled(320))  # how high it is, its page says
        self._mark(-1)
        self.setAccessibleName(data.title)
        self._title.setText(data.title)
        self._under.setText(charts.subtitle(data))
        empty = not data.bars
        self._note.setText(charts.nothing(data) if empty else data.note)
        self._note.setVisible(bool(self._note.text()))
        self.legend.show_data(data)
        self._menu.setVisible(not empty)
        self._menu.retranslate(data.title)
        self.setAccessibleDescription(charts.summary(data))
        self._draw()
        self.update()

    @property
    def data(self) -> ChartData | None:
        """What is shown."""
        return self._data

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
        self._box.activate()
        place = self._space.geometry()
        scale, colours = self.devicePixelRatioF(), theme.colours()
        text = text_scale()
        hidden = self.legend.hidden_parts

        def work(progress: Progress) -> Any:
            from ui.charts import drawing, shapes

            frame = shapes.Frame(place.width(), place.height(), colours, text, hidden)
            return drawing.screen(data, frame, scale)

        self._latest.ask(work, self._take, self._failed)

    def _take(self, made: Any) -> None:
        image, self._drawn_places = made
        self._picture = QPixmap.fromImage(image)
        self._say()
        self.update()
        self.drawn.emit()

    def _failed(self, error: Exception) -> None:
        self.setToolTip(str(error))

    def _turned(self) -> None:
        self._draw()

    def retranslate(self) -> None:
        """The theme changed: draw in its colours."""
        self._menu.retranslate(self.accessibleName())
        self.legend.retranslate()
        self._draw()

    @property
    def places(self) -> list[QRect]:
        """Where the bars are, in the order of the data."""
        at = self._space.geometry().topLeft()
        return [
            QRect(round(x) + at.x(), round(y) + at.y(), max(round(w), 1), max(round(h), 1))
            for x, y, w, h in self._drawn_places
        ]

    # -- what Qt tells -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture; an older one until the new one is drawn."""
        painter = QPainter(self)
        c = theme.colours()
        painter.fillRect(self.rect(), c.surface)
        painter.setPen(QColor(c.accent if self.hasFocus() else c.border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._picture is not None:
            painter.drawPixmap(self._space.geometry().topLeft(), self._picture)
        places = self.places
        if 0 <= self._at < len(places):
            painter.setPen(QPen(QColor(c.text), 2))
            painter.drawRect(places[self._at].adjusted(-3, -3, 3, 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew once the size has settled."""
        self._settled.start()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """A screen of another density shows other dots."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settled.start()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are meant for this."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark goes with the keys."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._mark(-1)
        super().focusOutEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """What is said of the bar under the pointer goes with the pointer."""
        if not self.hasFocus():
            self._mark(-1)
        super().leaveEvent(event)

    def _bar_at(self, point: QPoint) -> int:
        plot = self._space.geometry()
        if not plot.contains(point):
            return -1
        across = self._data is not None and self._data.kind != "columns"
        for at, one in enumerate(self.places):
            column = QRect(one.x() - 2, plot.y(), one.width() + 4, plot.height())
            row = QRect(plot.x(), one.y() - 3, plot.width(), one.height() + 6)
            if (row if across else column).contains(point):
                return at
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the value under the pointer."""
        at = self._bar_at(event.position().toPoint())
        self._mark(at)
        if at >= 0:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def said(self, at: int) -> str:
        """A bar in words: its label, value, count and interval."""
        assert self._data is not None
        return charts.said(self._data, at, self.legend.hidden_parts)

    def _mark(self, at: int) -> None:
        """Move the mark to a bar and say it; -1 takes both away."""
        if at == self._at:
            return
        self._at = at
        self._say()
        self.update()

    def _say(self) -> None:
        places = self.places
        if not 0 <= self._at < len(places):
            self._readout.hide()
            return
        self._readout.setText(self.said(self._at))
        self._readout.adjustSize()
        bar, size = places[self._at], self._readout.size()
        x = min(max(bar.center().x() - size.width() // 2, 4), self.width() - size.width() - 4)
        y = bar.top() - size.height() - 6
        if y < 4:
            y = min(bar.bottom() + 6, self.height() - size.height() - 4)
        self._readout.move(max(x, 0), y)
        self._readout.show()
        self._readout.raise_()

    def _open(self, at: int) -> None:
        if self._data is not None and 0 <= at < len(self._data.bars):
            self.clicked.emit(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the records of the bar."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self._bar_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move between bars and say them; Enter opens the records."""
        bars = self._data.bars if self._data is not None else ()
        goal = self._goal(event.key(), len(bars))
        if bars and goal is not None:
            self._walk(goal)
        elif bars and event.key() in _OPEN:
            self._open(self._at)
        elif bars and _asks_menu(event):
            self.taking.popup(self.mapToGlobal(self._menu.geometry().bottomLeft()))
        elif event.key() == Qt.Key.Key_Escape and self._at >= 0:
            self._mark(-1)
        else:
            super().keyPressEvent(event)

    def _goal(self, key: int, count: int) -> int | None:
        if key in _FORWARD:
            return (self._at + 1) % max(count, 1)
        if key in _BACK:
            return (self._at - 1) % max(count, 1) if self._at >= 0 else count - 1
        return {int(Qt.Key.Key_Home): 0, int(Qt.Key.Key_End): count - 1}.get(int(key))

    def _walk(self, at: int) -> None:
        """Move the mark by the keyboard: who hears the screen is told what it stands on."""
        self._mark(at)
        text = self.said(at)
        self.setAccessibleDescription(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be taken away."""
        if self._data is not None and self._data.bars:
            self.taking.popup(event.globalPos())


def text_scale() -> float:
    """How much larger than usual the person's letters are."""
    return max(QFontInfo(QApplication.font()).pixelSize() / _USUAL, 1.0)


def _asks_menu(event: QKeyEvent) -> bool:
    shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and bool(shifted))
