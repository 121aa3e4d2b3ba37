"""Where somebody was before a link led elsewhere, to come back to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QTabWidget, QWidget
from shiboken6 import isValid

_MOST = 50


@dataclass(frozen=True)
class Place:
    """A page, the part of it that was in front, and what had the focus there."""

    page: str
    tab: int
    focus: QWidget | None


class Trail:
    """The places that were left by links, the latest last."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    def leave(self, page: str, shown: QWidget) -> None:
        """Remember where somebody is, before they are led elsewhere."""
        tabs = getattr(shown, "tabs", None)
        tab = tabs.currentIndex() if isinstance(tabs, QTabWidget) else -1
        self._places = [*self._places, Place(page, tab, shown.focusWidget())][-_MOST:]

    def back(self) -> Place | None:
        """The place that was left last; it is forgotten."""
        return self._places.pop() if self._places else None

    def forget(self) -> None:
        """Another book is shown."""
        self._places.clear()


def stand_in(place: Place, shown: QWidget) -> None:
    """Bring the part of a page to the front in which somebody was, and the focus to where it was."""
    tabs = getattr(shown, "tabs", None)
    if isinstance(tabs, QTabWidget) and 0 <= place.tab < tabs.count():
        tabs.setCurrentIndex(place.tab)
    if place.focus is not None and isValid(place.focus) and shown.isAncestorOf(place.focus):
        place.focus.setFocus()
