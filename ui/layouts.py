"""Taking widgets out of layouts.

An item of a layout is never kept in Python: it isn't told of the item's end, and what gets its place in
memory afterwards is then taken for it. Whoever lays out widgets remembers the widgets.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget
from shiboken6 import delete


def let_go(layout: QLayout, widget: QWidget) -> None:
    """Take a widget out of its layout; it ends when its own events are through."""
    layout.removeWidget(widget)
    widget.hide()
    widget.deleteLater()


def empty(layout: QLayout) -> None:
    """Take all out of a layout; the widgets end when their own events are through."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        delete(item)  # it is nobody's now
        if widget is not None:
            widget.hide()
            widget.deleteLater()
