"""Colours and fonts: two palettes, one accent, applied to the whole program at run time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QHeaderView, QStyleFactory, QTableView, QWidget

import resources
from ui import motion

CHINESE = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
)


@dataclass(frozen=True)
class Colours:
    """The named colours of one theme."""

    window: str
    surface: str
    raised: str
    text: str
    muted: str
    border: str
    accent: str
    on_accent: str
    selection: str
    danger: str
    warning: str
    ok: str
    fault: str
    series: tuple[str, ...]


LIGHT = Colours(
    "#f4f5f7",
    "#ffffff",
    "#fafbfc",
    "#1f2430",
    "#596171",
    "#dde1e7",
    "#1f5fbf",
    "#ffffff",
    "#d5e4fa",
    "#b3261e",
    "#8a5a00",
    "#1d6b3a",
    "#fbdedb",
    ("#0072b2", "#d55e00", "#5c2323", "#8c1ff9", "#0f3357", "#c07259"),
)
DARK = Colours(
    "#1c1f26",
    "#232730",
    "#2a2f39",
    "#e8eaf0",
    "#acb4c2",
    "#3a404c",
    "#7fb0ff",
    "#10131a",
    "#284063",
    "#ff9a90",
    "#f2c26b",
    "#7fd6a0",
    "#5a2b2b",
    ("#56b4e9", "#ff9e4a", "#eae1c8", "#bc06f9", "#dd3c64", "#bcf906"),
)
SIZES = (80, 90, 100, 110, 125, 150, 175, 200)  # per cent of the usual size of text
_ROWS = {"compact": 23, "normal": 28, "roomy": 36}  # height of a row of a table, in points
_current = LIGHT
_size = 100
_density = "normal"
_points = 0.0  # the size of the program's font before anybody asked for larger text
_icons: dict[tuple[str, str], QIcon] = {}


def colours() -> Colours:
    """The colours in force."""
    return _current


def icon(name: str, *, on_accent: bool = False) -> QIcon:
    """An icon of ``resources/icons`` in the colour of the theme's text."""
    colour = _current.on_accent if on_accent else _current.text
    if (name, colour) not in _icons:
        from PySide6.QtSvg import QSvgRenderer

        source = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(source.replace("#000", colour).encode()))
        made = QIcon()
        for size in (16, 20, 32, 48):
            picture = QPixmap(size, size)
            picture.fill(QColor(0, 0, 0, 0))
            painter = QPainter(picture)
            renderer.render(painter)
            painter.end()
            made.addPixmap(picture)
        _icons[name, colour] = made
    return _icons[name, colour]


def brush(role: str) -> QBrush:
    """A named colour of the theme in force, as Qt's items take it."""
    return QBrush(QColor(getattr(_current, role)))


def is_dark() -> bool:
    """Whether the dark theme is in force."""
    return _current is DARK


def apply(app: QApplication, choice: str) -> None:
    """Put a theme in force: ``light``, ``dark`` or ``system``."""
    global _current
    if choice == "system":
        choice = "dark" if app.styleHints().colorScheme().name == "Dark" else "light"
    _current = DARK if choice == "dark" else LIGHT
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(_current))
    app.setStyleSheet(_sheet(_current))


def set_text_size(app: QApplication, percent: int) -> None:
    """Make all text larger or smaller at once, by what :data:`SIZES` offers; 100 is the usual size."""
    global _size, _points
    _points = _points or app.font().pointSizeF()
    _size = percent
    font = QFont(app.font())
    font.setPointSizeF(_points * percent / 100)
    app.setFont(font)
    app.setStyleSheet(_sheet(_current))


def set_density(name: str) -> None:
    """How high the rows of tables are from now on: one of ``compact``, ``normal``, ``roomy``."""
    global _density
    _density = name


def scaled(length: int) -> int:
    """A length that holds text, as it must be at the size of text in force."""
    return round(length * _size / 100)


def fitting(window: QWidget, width: int, height: int) -> QSize:
    """A size for a window that holds text; larger text makes no window larger than its screen."""
    room = window.screen().availableGeometry().size() - QSize(8, 40)
    return QSize(scaled(width), scaled(height)).boundedTo(room.expandedTo(QSize(width, height)))


def text_scale() -> float:
    """How much larger text is than usual; 1 is the usual size."""
    return _size / 100


def row_height() -> int:
    """The height of a table's rows at the size of text and the density in force."""
    return scaled(_ROWS[_density])


def fit_rows(inside: QWidget) -> None:
    """Give the rows of every table inside their height again."""
    for table in inside.findChildren(QTableView):
        table.verticalHeader().setDefaultSectionSize(row_height())


def fit_heads(header: QHeaderView, least: int) -> None:
    """Give columns a width, in points, or what their heads need where that is more."""
    header.setDefaultSectionSize(scaled(least))
    metrics, model = header.fontMetrics(), header.model()
    for at in range(header.count()):
        text = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        asked = max((metrics.horizontalAdvance(one) for one in text.splitlines()), default=0)
        header.resizeSection(at, max(scaled(least), asked + scaled(16)))


def load_fonts(app: QApplication) -> None:
    """Keep the system's font; where no font of it knows Chinese, the bundled one helps out."""
    global _points
    font = QFont(app.font())
    known = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    chinese = next((one for one in CHINESE if one in known), known[0] if known else "")
    if not chinese:
        path = resources.path("fonts", "NotoSansSC-Regular.otf")
        number = QFontDatabase.addApplicationFont(str(path))
        chinese = next(iter(QFontDatabase.applicationFontFamilies(number)), "")
    font.setFamilies([one for one in (font.family(), chinese) if one])
    _points = max(font.pointSizeF(), 10.0)
    font.setPointSizeF(_points * _size / 100)
    app.setFont(font)


def _palette(c: Colours) -> QPalette:
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: c.window,
        QPalette.ColorRole.Base: c.surface,
        QPalette.ColorRole.AlternateBase: c.raised,
        QPalette.ColorRole.Text: c.text,
        QPalette.ColorRole.WindowText: c.text,
        QPalette.ColorRole.Button: c.raised,
        QPalette.ColorRole.ButtonText: c.text,
        QPalette.ColorRole.Highlight: c.selection,
        QPalette.ColorRole.HighlightedText: c.text,
        QPalette.ColorRole.ToolTipBase: c.raised,
        QPalette.ColorRole.ToolTipText: c.text,
        QPalette.ColorRole.PlaceholderText: c.muted,
        QPalette.ColorRole.Mid: c.border,
        QPalette.ColorRole.Link: c.accent,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.muted))
    return made


def _mark(name: str, c: Colours) -> str:
    shade = "dark" if c is DARK else "light"
    return resources.path("icons", f"{name}-{shade}.svg").as_posix()


def _sheet(c: Colours) -> str:
    return f"""
    QListWidget#navigation {{ background: {c.raised}; border: none; border-right: 1px solid {c.border}; outline: 0; padding-top: 6px; }}
    QListWidget#navigation::item {{ padding: 9px 14px; margin: 1px 6px; border-radius: 6px; }}
    QListWidget#navigation::item:selected {{ background: {c.selection}; color: {c.text}; }}
    QListWidget {{ background: {c.surface}; border: 1px solid {c.border}; outline: 0; }}
    QListWidget::item {{ padding: 5px 8px; }}
    QListWidget::item:selected {{ background: {c.selection}; color: {c.text}; }}
    QListWidget#cards, QListWidget#recent {{ background: transparent; border: none; }}
    QListWidget#recent::item {{ border-radius: 6px; }}
    QListWidget#recent::item:hover {{ background: {c.raised}; }}
    QTableView {{ background: {c.surface}; gridline-color: {c.border}; border: 1px solid {c.border}; selection-background-color: {c.selection}; selection-color: {c.text}; }}
    QTableView#frozen {{ border: none; }}
    QHeaderView {{ background: {c.raised}; }}
    QTableCornerButton::section {{ background: {c.raised}; border: none; border-right: 1px solid {c.border}; border-bottom: 1px solid {c.border}; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QHeaderView::section {{ background: {c.raised}; color: {c.muted}; border: none; border-right: 1px solid {c.border}; border-bottom: 1px solid {c.border}; padding: 5px 4px; }}
    QLineEdit, QPlainTextEdit, QComboBox, QDateEdit {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 5px; padding: 4px 7px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 1px solid {c.accent}; }}
    QTableView QLineEdit, QTableView QComboBox {{ border-radius: 0; padding: 0 4px; }}
    QTableView QPlainTextEdit {{ border-radius: 0; padding: 0 1px; }}
    QTableView QComboBox QLineEdit {{ border: none; background: transparent; padding: 0; }}
    QPushButton {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 5px; padding: 5px 12px; }}
    QPushButton:hover {{ border-color: {c.accent}; }}
    QPushButton:focus {{ border: 1px solid {c.accent}; }}
    QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
    QPushButton:checked {{ background: {c.selection}; border-color: {c.accent}; }}
    QPushButton[link="true"] {{ background: transparent; border-color: transparent; color: {c.accent}; padding: 3px 6px; text-align: left; }}
    QPushButton[link="true"]:hover, QPushButton[link="true"]:focus {{ border-color: {c.accent}; }}
    QPushButton:disabled, QPushButton[primary="true"]:disabled {{ background: {c.raised}; border-color: {c.border}; color: {c.muted}; }}
    QCheckBox::indicator, QTreeView::indicator, QListView::indicator {{ width: {14 * _size // 100}px; height: {14 * _size // 100}px; border: 1px solid {c.muted}; border-radius: 3px; background: {c.surface}; }}
    QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked {{ border-color: {c.accent}; background: {c.accent}; image: url({_mark("check", c)}); }}
    QRadioButton::indicator {{ width: {14 * _size // 100}px; height: {14 * _size // 100}px; border: 1px solid {c.muted}; border-radius: {(14 * _size // 100 + 2) // 2}px; background: {c.surface}; }}
    QRadioButton::indicator:checked {{ border-color: {c.accent}; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 {c.accent}, stop: 0.5 {c.accent}, stop: 0.6 {c.surface}, stop: 1 {c.surface}); }}
    QTreeView::indicator:indeterminate {{ background: qlineargradient(x1: 0, y1: 0, x2: 0, y2: 1, stop: 0 {c.surface}, stop: 0.38 {c.surface}, stop: 0.4 {c.accent}, stop: 0.62 {c.accent}, stop: 0.64 {c.surface}, stop: 1 {c.surface}); }}
    QTreeView::item {{ padding: 2px 0; }}
    QCheckBox:focus {{ color: {c.accent}; }}
    QLabel#hero {{ font-size: {26 * _size // 100}pt; font-weight: 600; }}
    QLabel#title {{ font-size: {17 * _size // 100}pt; font-weight: 600; }}
    QLabel#heading {{ font-size: {12 * _size // 100}pt; font-weight: 600; }}
    QLabel#group {{ font-weight: 600; padding-top: 6px; }}
    QLabel#muted {{ color: {c.muted}; }}
    QLabel#readout {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.muted}; border-radius: 4px; padding: 3px 7px; }}
    QLabel#fault {{ background: {c.fault}; color: {c.text}; border: 1px solid {c.danger}; border-radius: 4px; padding: 3px 7px; }}
    QFrame#days {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 6px; }}
    QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c.raised}; }}
    QCalendarWidget QToolButton {{ color: {c.text}; background: transparent; border: 1px solid transparent; padding: 3px 8px; }}
    QCalendarWidget QToolButton:focus, QCalendarWidget QToolButton:hover {{ border-color: {c.accent}; border-radius: 4px; }}
    QCalendarWidget QAbstractItemView {{ background: {c.surface}; selection-background-color: {c.accent}; selection-color: {c.on_accent}; border: none; outline: 0; }}
    QToolButton:focus {{ border: 1px solid {c.accent}; border-radius: 4px; }}
    QLabel#danger {{ color: {c.danger}; }}
    QLabel#warning {{ color: {c.warning}; }}
    QComboBox[undecided="true"], QLineEdit[undecided="true"] {{ border-color: {c.warning}; }}
    QComboBox[wrong="true"], QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border-color: {c.danger}; }}
    QFrame#notice, QFrame#reminders, QFrame#tour {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 6px; }}
    QFrame#palette {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 9px; }}
    QFrame#popover {{ background: {c.surface}; border: 1px solid {c.muted}; border-radius: 7px; }}
    QFrame#chip {{ background: {c.selection}; border: 1px solid {c.border}; border-radius: 11px; }}
    QPushButton[chip="true"] {{ background: transparent; border: 1px solid transparent; border-radius: 10px; padding: 2px 6px 2px 8px; text-align: left; }}
    QPushButton[chip="true"]:hover, QPushButton[chip="true"]:focus {{ border-color: {c.accent}; }}
    QToolButton#funnel {{ background: {c.raised}; border: 1px solid transparent; border-radius: 3px; padding: 0; }}
    QToolButton#funnel:hover, QToolButton#funnel:focus {{ border-color: {c.accent}; }}
    QToolButton#funnel[active="true"] {{ background: {c.selection}; }}
    QTreeView {{ background: {c.surface}; border: 1px solid {c.border}; selection-background-color: {c.selection}; selection-color: {c.text}; }}
    QDateEdit:focus {{ border: 1px solid {c.accent}; }}
    QListView#today {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 8px; padding: 4px; outline: 0; }}
    QListView#today:focus {{ border-color: {c.accent}; }}
    QListView#results {{ background: {c.surface}; border: none; outline: 0; }}
    QFrame#column {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 6px; }}
    QTabBar::tab {{ padding: 6px 14px; border: none; border-bottom: 2px solid transparent; color: {c.muted}; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; }}
    QTabWidget#details QTabBar::tab {{ padding: 6px 8px; }}
    QTabBar QToolButton {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 3px; }}
    QTabWidget::pane {{ border: none; }}
    QScrollArea {{ border: none; background: transparent; }}
    QSlider {{ min-height: {22 * _size // 100}px; border: 1px solid transparent; border-radius: 4px; padding: 0 2px; }}
    QSlider:focus {{ border-color: {c.accent}; }}
    QSlider::groove:horizontal {{ height: 4px; background: {c.border}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ width: 10px; margin: -6px 0; border: 2px solid {c.accent}; border-radius: 7px; background: {c.surface}; }}
    QSplitter::handle {{ background: {c.border}; }}
    QComboBox::drop-down {{ border: none; width: {22 * _size // 100}px; }}
    QComboBox::down-arrow {{ image: url({_mark("arrow", c)}); width: {12 * _size // 100}px; height: {12 * _size // 100}px; }}
    QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
    QScrollBar::handle {{ background: {c.border}; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 2px; }}
    QScrollBar::handle:hover {{ background: {c.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QStatusBar {{ background: {c.raised}; border-top: 1px solid {c.border}; min-height: {34 * _size // 100}px; }}
    QStatusBar::item {{ border: none; }}
    QPushButton[primary="true"]:focus {{ border: 3px double {c.on_accent}; padding: 3px 10px; }}
    QCheckBox, QRadioButton {{ border: 1px solid transparent; border-radius: 4px; padding: 1px; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {c.accent}; }}
    QTableView::item:focus, QListWidget::item:focus, QListWidget#navigation::item:focus {{ border: 1px solid {c.accent}; }}
    QListWidget#navigation::item:focus {{ padding: 8px 13px; }}
    QListWidget::item:focus {{ padding: 4px 7px; }}
    QTableView:focus, QListWidget:focus, QTextEdit:focus {{ border-color: {c.accent}; }}
    QTabBar::tab:focus {{ border: 1px solid {c.accent}; border-bottom: 2px solid {c.accent}; border-radius: 4px; padding: 5px 13px; }}
    QTabWidget#details QTabBar::tab:focus {{ padding: 5px 7px; }}
    QPushButton::menu-indicator {{ image: url({_mark("arrow", c)}); subcontrol-position: right center; right: {4 * _size // 100}px; width: {12 * _size // 100}px; height: {12 * _size // 100}px; }}
    QToolButton, QPushButton {{ icon-size: {16 * _size // 100}px; }}
    {motion.sheet()}
    """
