"""The help: a window of its own beside the work, with search and links."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from models.texts import N_, tr
from ui import help_pages, theme

_ID = Qt.ItemDataRole.UserRole
_MARKED = 200  # hits of a search marked on a page


class HelpWindow(QWidget):
    """Pages at the left, the chosen one at the right. It has no parent: a dialog that stops the
    window would stop its help too; whoever opened it closes it."""

    def __init__(self) -> None:
        super().__init__()
        self._back: list[str] = []
        self.id = help_pages.FIRST
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._searched)
        self.search.returnPressed.connect(self._enter)
        self.list = QListWidget(self)
        self.list.currentItemChanged.connect(self._chosen)
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.anchorClicked.connect(self._follow)
        self._back_button = QPushButton(self)
        self._back_button.clicked.connect(self.back)
        for key, act in (
            (QKeySequence.StandardKey.Back, self.back),
            (QKeySequence.StandardKey.Find, self._find),
            (QKeySequence.StandardKey.Close, self.close),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        self._arrange()
        self.retranslate()
        self._divide()

    def _divide(self) -> None:
        """The list is as wide as its names; what is read keeps half of the window."""
        bar = self.list.verticalScrollBar().sizeHint().width()
        names = self.list.sizeHintForColumn(0) + bar + 2 * self.list.frameWidth() + 2
        left = min(max(names, self.width() // 4), self.width() // 2)
        self._split.setSizes([left, self.width() - left])

    def _arrange(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        right = QWidget(self)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.addWidget(self._back_button)
        top.addStretch(1)
        beside.addLayout(top)
        beside.addWidget(self.text, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.addWidget(self._split)
        self.resize(theme.fitting(self, 860, 640))

    def retranslate(self) -> None:
        """Show everything in the current language and theme; the page stays."""
        self.setWindowTitle(tr(N_("Help")))
        hint = tr(N_("Search the help"))
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        self.search.setToolTip(hint)
        self.list.setAccessibleName(tr(N_("Pages of the help")))
        self.text.setAccessibleName(tr(N_("Page of the help")))
        self._back_button.setText(tr(N_("Back")))
        self._back_button.setAccessibleName(self._back_button.text())
        self.setMinimumSize(QSize(theme.scaled(420), theme.scaled(260)))
        self._searched()
        self._show()

    def show_page(self, id: str) -> None:
        """Bring a page to the front."""
        if id != self.id:
            self._back.append(self.id)
            self.id = id
        self._show()

    def back(self) -> None:
        """The page before."""
        if self._back:
            self.id = self._back.pop()
            self._show()

    def _show(self) -> None:
        self.text.document().setDocumentMargin(theme.scaled(10))
        self.text.setMarkdown(help_pages.page(self.id))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self._back_button.setEnabled(bool(self._back))
        self._select()
        self._mark()

    def _select(self) -> None:
        self.list.blockSignals(True)
        here = [at for at in range(self.list.count()) if self.list.item(at).data(_ID) == self.id]
        self.list.setCurrentRow(here[0] if here else -1)
        self.list.blockSignals(False)

    def _searched(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for id in help_pages.search(self.search.text()):
            item = QListWidgetItem(help_pages.title(id))
            item.setData(_ID, id)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._select()
        self._mark()

    def _mark(self) -> None:
        """Mark what is searched for on the page, and show its first place."""
        marks: list[QTextEdit.ExtraSelection] = []
        for word in self.search.text().split():
            at = QTextCursor(self.text.document())
            while len(marks) < _MARKED:
                at = self.text.document().find(word, at, QTextDocument.FindFlag(0))
                if at.isNull():
                    break
                one = QTextEdit.ExtraSelection()
                one.cursor = at
                one.format.setBackground(QColor(theme.colours().selection))
                marks.append(one)
        self.text.setExtraSelections(marks)
        if marks:
            first = min((one.cursor for one in marks), key=QTextCursor.position)
            place = QTextCursor(first)
            place.clearSelection()
            self.text.setTextCursor(place)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_page(str(item.data(_ID)))

    def _enter(self) -> None:
        """Enter in the search opens the first page that has the words."""
        if self.list.count():
            self.show_page(str(self.list.item(0).data(_ID)))
            self.text.setFocus()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _follow(self, link: QUrl) -> None:
        id = link.fileName().removesuffix(".md")
        if id in help_pages.IDS:
            self.show_page(id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it, Down goes from the search into the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)


class Help(QObject):
    """The one help window of a main window, made when it is first asked for; F1 in the dialogs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._main = parent
        self.window: HelpWindow | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """A dialog that is worked in stops the menus: it gets the key of the help for itself."""
        window = now.window() if now is not None else None
        if not isinstance(window, QDialog) or window.property("helped"):
            return
        above = window.parentWidget()
        if above is not None and above.window() is self._main:
            window.setProperty("helped", True)
            key = QShortcut(QKeySequence(Qt.Key.Key_F1), window)
            key.activated.connect(self.show_fitting)

    def show_fitting(self) -> None:
        """Open the page that fits what is worked with."""
        self.show(help_pages.in_front())

    def show(self, id: str) -> None:
        """Open it at a page, in front of everything."""
        if self.window is None:
            self.window = HelpWindow()
        self.window.show_page(id)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        if self.window is not None:
            self.window.retranslate()

    def leave(self) -> None:
        """The main window is closed: close it too."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
