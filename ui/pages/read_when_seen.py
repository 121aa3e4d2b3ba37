"""A part of a page that reads its own things: when it is looked at, if something that they rest on changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from PySide6.QtGui import QShowEvent

    from models.book import Notice
    from ui.session import Session


class ReadWhenSeen(QWidget):
    """``rests_on`` are the entities that it is made of; ``read`` reads them and makes it fresh."""

    rests_on: AbstractSet[str] = frozenset()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._stale = session, True
        session.news.connect(self._heard)

    def read(self) -> None:
        """Read everything again."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first shown or stale."""
        super().showEvent(event)
        if self._stale:
            self.read()

    def _heard(self, notice: Notice) -> None:
        if self.rests_on & notice.touched.keys():
            self._read_soon()

    def _read_soon(self) -> None:
        """Read now, or when it is looked at."""
        self._stale = True
        if self.isVisible():
            self.read()
