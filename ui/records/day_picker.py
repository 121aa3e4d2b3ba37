"""A month of days to choose from, below the field that asks for one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models import texts
from models.book import Book
from models.texts import N_, tr
from ui import theme


class DayPicker(QFrame):
    """The calendar; ``picked`` carries the day. Escape closes it and changes nothing."""

    picked = Signal(object)

    def __init__(self, book: Book, day: date | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("days")
        self.setAccessibleName(tr(N_("Calendar")))
        self.month = QCalendarWidget(self)
        self.month.setAccessibleName(tr(N_("Calendar")))
        self.month.setLocale(QLocale(texts.language()))
        self.month.setFirstDayOfWeek(week_start(book))
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setGridVisible(False)
        self.month.setHorizontalHeaderFormat(
            QCalendarWidget.HorizontalHeaderFormat.ShortDayNames
            if texts.language() == "en"
            else QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames
        )
        self._colour()
        if day is not None:
            self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.month.clicked.connect(self._take)
        self.month.activated.connect(self._take)
        for button, text, icon in (
            ("qt_calendar_prevmonth", tr(N_("Month before")), "left"),
            ("qt_calendar_nextmonth", tr(N_("Next month")), "right"),
            ("qt_calendar_monthbutton", tr(N_("Month")), ""),
            ("qt_calendar_yearbutton", tr(N_("Year")), ""),
        ):
            found = self.month.findChild(QToolButton, button)
            if isinstance(found, QToolButton):
                found.setAccessibleName(text)
                found.setToolTip(text)
                found.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                if icon:
                    found.setIcon(theme.icon(icon))
        for view in self.month.findChildren(QTableView):
            view.setAccessibleName(tr(N_("Calendar")))
        today = QPushButton(tr(N_("Today")), self)
        today.setAccessibleName(today.text())
        today.clicked.connect(self._take_today)
        hint = QLabel(tr(N_("Enter takes the day, Esc closes.")), self)
        hint.setObjectName("muted")
        row = QHBoxLayout()
        row.addWidget(hint, 1)
        row.addWidget(today)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 6)
        box.addWidget(self.month)
        box.addLayout(row)
        self.setFocusProxy(self.month)

    def _colour(self) -> None:
        usual = QTextCharFormat()
        usual.setForeground(theme.brush("text"))
        rest = QTextCharFormat()
        rest.setForeground(theme.brush("danger"))
        for at in Qt.DayOfWeek:
            weekend = at in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
            self.month.setWeekdayTextFormat(at, rest if weekend else usual)
        heads = QTextCharFormat()
        heads.setForeground(theme.brush("muted"))
        heads.setBackground(theme.brush("raised"))
        self.month.setHeaderTextFormat(heads)

    def open_below(self, field: QWidget) -> None:
        """Show it below a field, above it where the screen ends."""
        self.adjustSize()
        room = field.screen().availableGeometry()
        place = field.mapToGlobal(QPoint(0, field.height() + 2))
        if place.y() + self.height() > room.bottom():
            place = field.mapToGlobal(QPoint(0, -self.height() - 2))
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        self.move(place)
        self.show()
        self.month.setFocus()

    def _take(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()

    def _take_today(self) -> None:
        self.picked.emit(date.today())
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def week_start(book: Book) -> Qt.DayOfWeek:
    """The day with which weeks begin in a book."""
    days = {"monday": Qt.DayOfWeek.Monday, "sunday": Qt.DayOfWeek.Sunday}
    return days.get(book.calendar.week_starts, Qt.DayOfWeek.Monday)
