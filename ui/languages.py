"""Switching the language at run time: our own texts, and those of Qt's dialogs."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QTabWidget, QToolButton

from models import texts
from models.texts import N_, tr
from ui import accessible

_translator: QTranslator | None = None


def apply(app: QApplication, code: str) -> None:
    """Put a language in force for everything that is made or shown from now on."""
    global _translator
    texts.set_language(code)
    if _translator is not None:
        app.removeTranslator(_translator)
        _translator = None
    QLocale.setDefault(QLocale(texts.language()))
    if texts.language() == "zh_CN":
        made = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if made.load("qtbase_zh_CN", folder):
            app.installTranslator(made)
            _translator = made
    accessible.rename()


def name_scroll_buttons(tabs: QTabWidget) -> None:
    """Name the buttons beside tabs that have no room; Qt does so once, in the language of the start."""
    for name, text in (
        ("ScrollLeftButton", tr(N_("Scroll left"))),
        ("ScrollRightButton", tr(N_("Scroll right"))),
    ):
        button = tabs.tabBar().findChild(QToolButton, name)
        if isinstance(button, QToolButton):
            button.setAccessibleName(text)
            button.setToolTip(text)
