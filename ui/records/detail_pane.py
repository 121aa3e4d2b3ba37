"""The record beside the list: its fields to edit, what is linked to it, and its history."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.book import Notice
from models.describe.kinds import Link
from models.journal.timeline import has_events
from models.texts import N_, tr
from ui import languages, theme
from ui.records.choice_editor import ChoiceEditor
from ui.records.field_box import FieldEditor
from ui.records.headings import form_of
from ui.records.past_pane import PastPane
from ui.records.related_list import MOST, RelatedList
from ui.records.timeline_pane import TimelinePane
from ui.records.worked_out import WorkedOut
from ui.session import Session

_What = tuple[str, str]  # an entity and its link to this record; without one, another sort of tab
_FIELDS, _TIMELINE, _HISTORY = ("", "fields"), ("", "timeline"), ("", "")


class DetailPane(QWidget):
    """Shows one record; leaves its room to the list until one is picked.

    ``shown`` says that a record is shown, or again: its page may ``tell`` a line more about it.
    """

    shown = Signal(int)

    def __init__(self, session: Session, entity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.entity, self.id = session, entity, 0
        self.only_read = False  # what lies in the recycle bin is looked at
        self._title = QLabel(self)
        self._title.setObjectName("heading")
        self._title.setWordWrap(True)
        self.told = QLabel(self)
        self.told.setObjectName("muted")
        self.told.setWordWrap(True)
        self.told.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 0, 4, 0)
        self._more = QToolButton(self)
        self._more.setAutoRaise(True)
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._more.clicked.connect(self._offer_linked)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.clicked.connect(session.turn_details)
        self._tabs = QTabWidget(self)
        self._tabs.setObjectName("details")
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.currentChanged.connect(self._fill_tab)
        self._tabs.tabBar().installEventFilter(self)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        box.addWidget(self.told)
        box.addWidget(self._tabs, 1)
        session.details_turned.connect(self._turned)
        self._whats: list[_What] = []  # what each tab shows
        self._waiting: set[_What] = set()  # those that are made when they are first shown
        self._lists: dict[_What, RelatedList] = {}
        self._past: PastPane | None = None
        self._stale = False  # only the past was read again; the other tabs are when they are shown

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self._tabs.setAccessibleName(tr(N_("Details")))
        languages.name_scroll_buttons(self._tabs)
        self.setMinimumWidth(theme.scaled(280))
        self._close.setIcon(theme.icon("close"))
        self._close.setToolTip(tr(N_("Hide details")))
        self._close.setAccessibleName(self._close.toolTip())
        self._more.setIcon(theme.icon("add"))
        self._more.setToolTip(tr(N_("Add a linked record")))
        self._more.setAccessibleName(self._more.toolTip())
        for button in (self._more, self._close):
            button.setIconSize(QSize(theme.scaled(16), theme.scaled(16)))
        self._show_anew(self.id)

    def heard(self, notice: Notice) -> None:
        """Show the record again when it, or something linked to it, changed."""
        near = {self.entity, *(entity for entity, _ in self._links())}
        own = notice.touched.get(self.entity)
        elsewhere = set(notice.touched) == {self.entity} and own is not None and self.id not in own
        for shown in self._lists.values():
            shown.heard(notice)  # whatever else they show may have changed too
        if not self.id or not near & notice.touched.keys() or elsewhere or self._editing():
            return
        at = self._tabs.currentIndex()  # none as long as the pane was never seen
        if at >= 0 and self._whats[at] in self._lists:
            self._stale = True  # who works in a list stays there; other tabs when they are shown
            self._title.setText(self._heading())
            self._say_counts()
            self.shown.emit(self.id)
        else:
            self.show_record(self.id)

    def _editing(self) -> bool:
        if self._looks_back():  # nothing there is edited
            return False
        focus = self.focusWidget()
        kinds = QLineEdit | QPlainTextEdit | ChoiceEditor
        return isinstance(focus, kinds) and focus.hasFocus()

    def related_in_focus(self) -> RelatedList | None:
        """The list of linked records in which somebody works."""
        at = self._tabs.currentIndex()
        shown = self._lists.get(self._whats[at]) if 0 <= at < len(self._whats) else None
        return shown if shown is not None and shown.has_focus() else None

    def _links(self) -> list[tuple[str, str]]:
        return [
            (other.id, field.id)
            for other in self.session.book.schema
            for field in other.links()
            if field.target == self.entity and not other.system
        ]

    def _turned(self) -> None:
        self._show_anew(self.id)

    def show_record(self, id: int) -> None:
        """Show a record; 0 shows none and hides the pane, as the person may do.

        Who looks at its past stays there.
        """
        if id and id == self.id and self._past is not None and self._looks_back():
            self._stale = True
            self._title.setText(self._heading())
            self._past.reload()
            self.shown.emit(id)
        else:
            self._show_anew(id)

    def _show_anew(self, id: int) -> None:
        at = self._tabs.currentIndex()
        before = self._whats[at] if 0 <= at < len(self._whats) else _FIELDS
        self.id, self._past, self._stale = id, None, False
        self._tabs.blockSignals(True)
        # From the end: each tab that comes to the front meanwhile is laid out for nobody.
        for place in reversed(range(self._tabs.count())):
            page = self._tabs.widget(place)
            self._tabs.removeTab(place)
            if page is not None:
                page.deleteLater()
        self._waiting.clear()
        self._lists.clear()
        self._whats.clear()
        shown = bool(id) and self.session.details
        self.setVisible(shown)
        self._more.setEnabled(not self.only_read and bool(self._links()))
        if shown:
            self._title.setText(self._heading())
            self._whats.append(_FIELDS)
            self._tabs.addTab(self._form(), tr(N_("Fields")))
            self._add_links()
            if has_events(self.session.book.schema, self.entity):
                self._later(tr(N_("Timeline")), _TIMELINE)
            self._later(tr(N_("History")), _HISTORY)
            self._tabs.setCurrentIndex(self._whats.index(before) if before in self._whats else 0)
        self._tabs.blockSignals(False)
        self._fill_tab(self._tabs.currentIndex())
        if shown:
            self.shown.emit(id)

    def tell(self, text: str) -> None:
        """Say a line about the record below its name; an empty one keeps its room."""
        self.told.setMinimumHeight(self.told.fontMetrics().height())
        self.told.setText(text)
        self.told.show()

    def _heading(self) -> str:
        book, kind = self.session.book, self.session.book.schema.entity(self.entity)
        label = book.label(self.entity, self.id)
        if not label:
            return book.public_id(self.entity, self.id)
        named = any(kind.field(one).kind in ("text", "code") for one in kind.title)
        return label if named else f"{kind.text()} {label}"

    def _add_links(self) -> None:
        for what in self._links():
            if text := self._called(what):
                self._later(text, what)

    def _name(self, what: _What) -> str:
        """What linked records are called; several links of one entity are told apart."""
        entity, field = what
        other = self.session.book.schema.entity(entity)
        several = sum(one == entity for one, _ in self._links()) > 1
        if several or entity == self.entity:
            label = other.field(field).text()
            return tr(N_("{entity} ({field})"), entity=other.plural_text(), field=label)
        return other.plural_text()

    def _called(self, what: _What) -> str:
        """The text of a tab of linked records; "" where there is none."""
        count = len(self.session.book.linked(*what, self.id, MOST + 1))
        shown = f"{MOST}+" if count > MOST else str(count)
        return tr(N_("{label} {count}"), label=self._name(what), count=shown) if count else ""

    def _say_counts(self) -> None:
        for at, what in enumerate(self._whats):
            if what[0] and (text := self._called(what)):
                self._tabs.setTabText(at, text)

    def _later(self, text: str, what: _What) -> None:
        page = QWidget(self._tabs)
        QVBoxLayout(page).setContentsMargins(0, 6, 0, 0)
        self._waiting.add(what)
        self._whats.append(what)
        self._tabs.addTab(page, text)

    def _fill_tab(self, at: int) -> None:
        if self._stale:
            self._show_anew(self.id)
            return
        page = self._tabs.widget(at)
        if page is None:
            return
        what = self._whats[at]
        if what in self._waiting:
            self._waiting.discard(what)
            layout = page.layout()
            assert layout is not None
            layout.addWidget(self._make(what))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab goes from the tabs into what is shown there, whenever that was made."""
        if (
            watched is self._tabs.tabBar()
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self._tabs.count()
            and not event.modifiers()
        ):
            inside = self._tabs.currentWidget().findChildren(QWidget)
            for one in inside:
                reached = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
                if reached and one.isVisible() and one.focusProxy() is None:
                    one.setFocus(Qt.FocusReason.TabFocusReason)
                    return True
        return super().eventFilter(watched, event)

    def _make(self, what: _What) -> QWidget:
        if what == _TIMELINE:
            return TimelinePane(self.session, self.entity, self.id, self)
        if what == _HISTORY:
            return self._history()
        made = RelatedList(self.session, *what, self.id, self, only_read=self.only_read)
        self._lists[what] = made
        return made

    # -- a linked record more ----------------------------------------------------------------------

    def _offer_linked(self) -> None:
        """What can point to this record, to add one of them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        schema = self.session.book.schema
        names = [schema.entity(entity).text() for entity, _ in self._links()]
        for entity, field in self._links():
            kind = schema.entity(entity)
            text = tr(N_("New {entity}"), entity=kind.text())
            if names.count(kind.text()) > 1:
                text = tr(N_("{entity} ({field})"), entity=text, field=kind.field(field).text())
            menu.addAction(text.replace("&", "&&")).setData((entity, field))
        menu.triggered.connect(self._add_linked)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _add_linked(self, action: QAction) -> None:
        entity, field = action.data()
        known = {field: Link(self.id, self.session.book.label(self.entity, self.id))}
        from ui.dialogs.new_record import NewRecord

        dialog = NewRecord(self.session, entity, self.window(), known=known)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setProperty("what", [entity, field])
        dialog.made.connect(self._linked_made)
        dialog.open()

    def _linked_made(self, row: int) -> None:
        """The new record is shown in its tab."""
        dialog = self.sender()
        entity, field = dialog.property("what")
        self._show_anew(self.id)
        if (entity, field) in self._whats:
            self._tabs.setCurrentIndex(self._whats.index((entity, field)))
            shown = self._lists[entity, field]
            shown.grid.pick(row)
            shown.grid.setFocus()

    def _form(self) -> QWidget:
        record = self.session.book.record(self.entity, self.id)
        inside = QWidget()  # into the window only when it is whole: it is given its style once
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 8, 8, 8)
        form = QFormLayout()
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in form_of(self.session.book.schema.entity(self.entity), form, inside):
            value = record[field.id]
            editor: WorkedOut | FieldEditor = (
                WorkedOut(self.session, self.entity, field, value, inside)
                if field.formula
                else FieldEditor(self.session, self.entity, self.id, field, value, inside)
            )
            editor.setEnabled(not self.only_read)
            label = QLabel(field.text(), inside)
            label.setObjectName("muted")
            label.setBuddy(editor.editor)
            form.addRow(label, editor)
        box.addLayout(form)
        box.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        return area

    def _history(self) -> PastPane:
        self._past = PastPane(
            self.session, self.entity, self.id, only_read=self.only_read, parent=self
        )
        return self._past

    def _looks_back(self) -> bool:
        return self._past is not None and self._past.looks_back and self._past.isVisible()
