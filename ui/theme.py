"""Colours and fonts: two palettes, one accent, applied to the whole program at run time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

import resources

_CHINESE = (
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
    "#636b7b",
    "#dde1e7",
    "#1f5fbf",
    "#ffffff",
    "#d5e4fa",
    "#b3261e",
    "#8a5a00",
    "#1d6b3a",
    "#fbdedb",
    ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a6a00", "#555555"),
)
DARK = Colours(
    "#1c1f26",
    "#232730",
    "#2a2f39",
    "#e8eaf0",
    "#a3abba",
    "#3a404c",
    "#7fb0ff",
    "#10131a",
    "#2f4a73",
    "#ff9a90",
    "#f2c26b",
    "#7fd6a0",
    "#5a2b2b",
    ("#56b4e9", "#ff9e4a", "#3ccf9f", "#e79bc8", "#f5c24a", "#9fd4f5", "#d6c85a", "#b9b9b9"),
)
_current = LIGHT
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


def load_fonts(app: QApplication) -> None:
    """Keep the system's font; where no font of it knows Chinese, the bundled one helps out."""
    font = QFont(app.font())
    known = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    chinese = next((one for one in _CHINESE if one in known), known[0] if known else "")
    if not chinese:
        path = resources.path("fonts", "NotoSansSC-Regular.otf")
        number = QFontDatabase.addApplicationFont(str(path))
        chinese = next(iter(QFontDatabase.applicationFontFamilies(number)), "")
    font.setFamilies([one for one in (font.family(), chinese) if one])
    font.setPointSizeF(max(font.pointSizeF(), 10.0))
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
    QHeaderView {{ background: {c.raised}; }}
    QTableCornerButton::section {{ background: {c.raised}; border: none; border-right: 1px solid {c.border}; border-bottom: 1px solid {c.border}; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QHeaderView::section {{ background: {c.raised}; color: {c.muted}; border: none; border-right: 1px solid {c.border}; border-bottom: 1px solid {c.border}; padding: 5px 4px; }}
    QLineEdit, QPlainTextEdit, QComboBox, QDateEdit {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 5px; padding: 4px 7px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 1px solid {c.accent}; }}
    QTableView QLineEdit {{ border-radius: 0; padding: 0 4px; }}
    QPushButton {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 5px; padding: 5px 12px; }}
    QPushButton:hover {{ border-color: {c.accent}; }}
    QPushButton:focus {{ border: 1px solid {c.accent}; }}
    QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
    QPushButton:checked {{ background: {c.selection}; border-color: {c.accent}; }}
    QPushButton[link="true"] {{ background: transparent; border-color: transparent; color: {c.accent}; padding: 3px 6px; text-align: left; }}
    QPushButton[link="true"]:hover, QPushButton[link="true"]:focus {{ border-color: {c.accent}; }}
    QPushButton:disabled, QPushButton[primary="true"]:disabled {{ background: {c.raised}; border-color: {c.border}; color: {c.muted}; }}
    QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {c.muted}; border-radius: 3px; background: {c.surface}; }}
    QCheckBox::indicator:checked {{ border-color: {c.accent}; background: {c.accent}; image: url({_mark("check", c)}); }}
    QCheckBox:focus {{ color: {c.accent}; }}
    QLabel#hero {{ font-size: 26pt; font-weight: 600; }}
    QLabel#title {{ font-size: 17pt; font-weight: 600; }}
    QLabel#heading {{ font-size: 12pt; font-weight: 600; }}
    QLabel#muted {{ color: {c.muted}; }}
    QLabel#danger {{ color: {c.danger}; }}
    QLabel#warning {{ color: {c.warning}; }}
    QComboBox[undecided="true"] {{ border-color: {c.warning}; }}
    QFrame#notice {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 6px; }}
    QFrame#palette {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 9px; }}
    QListView#results {{ background: {c.surface}; border: none; outline: 0; }}
    QFrame#column {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 6px; }}
    QTabBar::tab {{ padding: 6px 14px; border: none; border-bottom: 2px solid transparent; color: {c.muted}; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; }}
    QTabWidget#details QTabBar::tab {{ padding: 6px 8px; }}
    QTabBar QToolButton {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 3px; }}
    QTabWidget::pane {{ border: none; }}
    QScrollArea {{ border: none; background: transparent; }}
    QSplitter::handle {{ background: {c.border}; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url({_mark("arrow", c)}); width: 12px; height: 12px; }}
    QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
    QScrollBar::handle {{ background: {c.border}; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 2px; }}
    QScrollBar::handle:hover {{ background: {c.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QStatusBar {{ background: {c.raised}; border-top: 1px solid {c.border}; min-height: 28px; }}
    QStatusBar::item {{ border: none; }}
    """
