"""Motion: whether anything moves by itself on the screen, as the person or the system wants it.

What can move is few: bars of work whose length isn't known, menus and lists that unfold, tabs and
panes that slide into place. Text and charts never do.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar

CHOICES = ("system", "on", "off")
_STEPS = 1000
_UNFOLDING = Qt.UIEffect.UI_General  # menus, lists and hints that unfold or fade in
_SLIDING = "QTabBar, QScrollBar, QTreeView, QToolBar, QComboBox"

_choice = "system"
_system = False
_usual: bool | None = None  # whether the system wanted things to unfold, at the start


def choose(choice: str) -> None:
    """Reduce motion: ``on``, ``off``, or as the ``system`` says."""
    global _choice
    _choice = choice if choice in CHOICES else "system"
    _unfold()


def system_says(reduce: bool) -> None:
    """What the settings of the system ask for; whoever starts the program finds out."""
    global _system
    _system = reduce
    _unfold()


def reduced() -> bool:
    """Whether nothing may move that need not."""
    return _choice == "on" or (_choice == "system" and _system)


def _unfold() -> None:
    """Let menus and lists appear at once, or as the system does it."""
    global _usual
    if _usual is None:
        _usual = QApplication.isEffectEnabled(_UNFOLDING)
    QApplication.setEffectEnabled(_UNFOLDING, _usual and not reduced())


def sheet() -> str:
    """What the style sheet of the program says of it."""
    return f"{_SLIDING} {{ widget-animation-duration: 0; }}" if reduced() else ""


def show_progress(bar: QProgressBar, fraction: float | None) -> None:
    """Show how far work is, 0…1. While that is not known the bar runs, or stays empty where
    motion is reduced."""
    if fraction is None and not reduced():
        bar.setRange(0, 0)
        return
    bar.setRange(0, _STEPS)
    bar.setValue(round((fraction or 0.0) * _STEPS))
