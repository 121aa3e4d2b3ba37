"""A page of several lists behind tabs; each is made when it is first shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QTabWidget, QVBoxLayout, QWidget

from models.texts import N_, tr
from ui import help_pages, languages
from ui.records.record_page import RecordPage
from ui.session import Session


class TabbedPage(QWidget):
    """Lists of related records. ``lists`` are their classes, in order.

    ``list_names`` says by its entity what the tab of a list is called where a tab of the page's own is
    about the same; all others have the name of what they list. ``tucked`` are entities whose lists are
    seldom looked at by themselves: they have no tab until they are asked for, from the menu behind the tabs.
    """

    lists: tuple[type[RecordPage], ...] = ()
    list_names: ClassVar[Mapping[str, str]] = {}
    tucked: ClassVar[frozenset[str]] = frozenset()
    import_wanted = Signal()
    selection_said = Signal(str)
    turned = Signal()  # another tab is in front

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        help_pages.offer(self, "keys")
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self._made: dict[int, RecordPage] = {}
        self.own: dict[str, QWidget] = {}  # the tabs that are no lists and have a name
        self._own_texts: dict[str, str] = {}
        self._first = self._add_own_tabs()
        for _ in self.lists:
            page = QWidget(self.tabs)
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(page, "")
        self._add_last_tabs()
        self.more_button: QPushButton | None = None
        if self.tucked:
            self._tuck()
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 0, 0)
        box.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self._turned)
        self._need(self.tabs.currentIndex())
        self.retranslate()

    def _add_own_tabs(self) -> int:
        """Put tabs before the lists; gives how many."""
        return 0

    def _add_last_tabs(self) -> None:
        """Put tabs behind the lists."""

    def _tuck(self) -> None:
        """Take the tabs of the lists that are seldom looked at away, and offer them in a menu."""
        corner = QWidget(self.tabs)
        self.more_button = QPushButton(corner)
        self.more_button.setMenu(QMenu(self.more_button))
        room = QHBoxLayout(corner)
        room.setContentsMargins(0, 0, 12, 4)
        room.addWidget(self.more_button)
        self.tabs.setCornerWidget(corner)
        for place, one in enumerate(self.lists):
            if one.entity in self.tucked:
                self.tabs.setTabVisible(place + self._first, False)
                act = self.more_button.menu().addAction("")
                act.setData(one.entity)
                act.triggered.connect(self._bring)

    def _bring(self) -> None:
        act = self.sender()
        if isinstance(act, QAction) and (page := self.list_of(str(act.data()))) is not None:
            page.setFocus()

    def _own(self, name: str, text: str, page: QWidget) -> int:
        """Put a tab of its own in the next place, by a name by which it can be brought to the front; gives 1."""
        self.own[name], self._own_texts[name] = page, text
        self.tabs.addTab(page, "")
        return 1

    def _turned(self, at: int) -> None:
        self._need(at)
        self.turned.emit()

    def _need(self, at: int) -> None:
        place = at - self._first
        if not 0 <= place < len(self.lists) or place in self._made:
            return
        page = self.tabs.widget(at)
        assert page is not None
        made = self.lists[place](self._session, page)
        made.title.hide()
        made.selection_said.connect(self.selection_said)
        made.import_wanted.connect(self.import_wanted)
        own, up = getattr(made, "open_records", None), getattr(self, "open_records", None)
        if own is not None and up is not None:  # a list may lead to others
            own.connect(up)
        layout = page.layout()
        assert layout is not None
        layout.addWidget(made)
        self._made[place] = made

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.tabs.setAccessibleName(tr(N_("Lists")))
        languages.name_scroll_buttons(self.tabs)
        for place, one in enumerate(self.lists):
            own = self.list_names.get(one.entity)
            kind = self._session.book.schema.entity(one.entity)
            self.tabs.setTabText(place + self._first, tr(own) if own else kind.plural_text())
        if self.more_button is not None:
            self.more_button.setText(tr(N_("More lists")))
            self.more_button.setAccessibleName(self.more_button.text())
            for act in self.more_button.menu().actions():
                act.setText(self._session.book.schema.entity(str(act.data())).plural_text())
        for name, shown in self.own.items():
            self.tabs.setTabText(self.tabs.indexOf(shown), tr(self._own_texts[name]))
            again = getattr(shown, "retranslate", None)
            if again is not None:
                again()
        for page in self._made.values():
            page.retranslate()

    @property
    def current(self) -> RecordPage | None:
        """The list that is shown."""
        return self._made.get(self.tabs.currentIndex() - self._first)

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which ``list_of`` knows its tabs."""
        return (*self.own, *(one.entity for one in self.lists))

    def list_of(self, entity: str) -> RecordPage | None:
        """Bring an entity's list to the front; None when it isn't one of these.

        The name of a tab of its own brings that to the front.
        """
        if entity in self.own:
            self.tabs.setCurrentWidget(self.own[entity])
            return None
        for place, one in enumerate(self.lists):
            if one.entity == entity:
                self._need(place + self._first)
                self.tabs.setTabVisible(place + self._first, True)
                self.tabs.setCurrentIndex(place + self._first)
                return self._made[place]
        return None

    def show_only(self, title: str, records: dict[str, Sequence[int]]) -> None:
        """Show the records behind a number; the list with most of them comes to the front."""
        for entity, ids in sorted(records.items(), key=lambda one: len(one[1])):
            page = self.list_of(entity)
            if page is not None:
                page.show_only(title, ids)
