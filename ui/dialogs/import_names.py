"""The names of an import that nobody has: new ones, or other ways to write one that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from models.sheets.report import LookAlike, NewName
from models.texts import N_, tr
from ui.dialogs.import_parts import LISTED
from ui.dialogs.rows import Rows
from ui.records.editors import LinkEditor
from ui.session import Session

_Key = tuple[str, str]  # the entity and the name that is new to it


class NamesTab(QWidget):
    """Lists them, each with a field for what it means."""

    said = Signal(object, str)  # (entity, name), the name that is meant or ""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._offered: dict[_Key, NewName] = {}
        self._seen: dict[_Key, NewName] = {}
        self._shown: list[_Key] = []
        heads = [tr(one) for one in (N_("Kind"), N_("Name in the file"), N_("Rows"), N_("Means"))]
        self._rows = Rows(tr(N_("New names")), heads, 1, self)
        self._hint = QLabel(self)
        self._hint.setObjectName("muted")
        self._hint.setWordWrap(True)
        box = QVBoxLayout(self)
        box.addWidget(self._hint)
        box.addWidget(self._rows, 1)

    def suggested(self, names: Sequence[NewName]) -> None:
        """Keep what was taken for another spelling, so that it can be decided otherwise."""
        self._offered.update({(one.target, one.name): one for one in names if one.suggestion})

    def alike(self, pairs: Iterable[LookAlike]) -> None:
        """Keep the new rows whose name is another way to write the name of another row."""
        self._offered.update(
            {
                (one.entity, one.name): NewName(one.entity, one.name, 1, one.like)
                for one in pairs
                if one.like_row is not None and (one.entity, one.name) not in self._offered
            }
        )

    def show_names(self, names: Sequence[NewName], values: Mapping[tuple[str, str], str]) -> None:
        """List the new names and what they were said to mean."""
        now = {(one.target, one.name): one for one in names}
        self._seen = {**self._offered, **self._seen, **now}
        wanted = {**self._offered, **values, **now}  # what was decided can be decided anew
        listed = [one for key, one in self._seen.items() if key in wanted]
        self._hint.setText(_told(listed))
        shown = [(one.target, one.name) for one in listed[:LISTED]]
        if shown == self._shown:  # else whoever is naming the next one loses the place
            self._put_values(values)
            return
        self._shown = shown
        typing = self._let_go()
        self._rows.clear(len(shown))
        for row, one in enumerate(listed[:LISTED]):
            kind = self._session.book.schema.entity(one.target).text()
            self._rows.say(row, 0, kind, "muted")
            self._rows.say(row, 1, one.name)
            self._rows.say(row, 2, f"{one.rows:,}", "muted")
            offered = self._offered.get((one.target, one.name))
            likely = [offered.suggestion] if offered else []
            editor = LinkEditor(self._session, one.target, self, likely)
            editor.setPlaceholderText(_hint(one, offered))
            editor.setAccessibleName(tr(N_("{name} means"), name=one.name))
            editor.setProperty("key", [one.target, one.name])
            _put(editor, values.get((one.target, one.name), ""))
            editor.editingFinished.connect(self._edited)
            self._rows.place(row, 3, editor)
        for at, width in ((0, 110), (2, 80), (3, 240)):
            self._rows.set_width(at, width)
        self._type_on(typing)

    def _editors(self) -> Iterable[tuple[_Key, QLineEdit]]:
        for row, key in enumerate(self._shown):
            editor = self._rows.at(row, 3)
            if isinstance(editor, QLineEdit):
                yield key, editor

    def _put_values(self, values: Mapping[_Key, str]) -> None:
        for key, editor in self._editors():
            if not editor.hasFocus():
                _put(editor, values.get(key, ""))

    def _let_go(self) -> tuple[_Key, str] | None:
        """The editors are replaced: what is half typed is not finished by that; gives it."""
        typing = None
        for row in range(self._rows.count):
            editor = self._rows.at(row, 3)
            if isinstance(editor, QLineEdit):
                if editor.hasFocus():
                    target, name = editor.property("key")
                    typing = (target, name), editor.text()
                editor.setProperty("said", editor.text().strip())
        return typing

    def _type_on(self, typing: tuple[_Key, str] | None) -> None:
        for key, editor in self._editors():
            if typing is not None and key == typing[0]:
                editor.setText(typing[1])
                editor.setFocus()

    def _edited(self) -> None:
        editor = self.sender()
        if not isinstance(editor, QLineEdit):
            return
        meant = editor.text().strip()
        if meant != editor.property("said"):
            editor.setProperty("said", meant)
            target, name = editor.property("key")
            self.said.emit((target, name), meant)


def _told(listed: Sequence[NewName]) -> str:
    """What becomes of the names, and what can be said of them."""
    if not listed:
        return tr(N_("All names are known."))
    if not any(one.addable for one in listed):
        return tr(
            N_(
                "These names are not in the book, and nobody is added by what customers write. Name the record that is meant, or their rows are left out."
            )
        )
    return tr(
        N_(
            "These names are not in the book. Leave “Means” empty to add them, or name the record that is meant."
        )
    )


def _hint(one: NewName, offered: NewName | None) -> str:
    """What becomes of a name if nobody says what it means, and what it may mean."""
    if offered:
        template = N_("new; or: {name}?") if one.addable else N_("left out; or: {name}?")
        return tr(template, name=offered.suggestion)
    return tr(N_("new")) if one.addable else tr(N_("left out"))


def _put(editor: QLineEdit, meant: str) -> None:
    editor.setText(meant)
    editor.setProperty("said", meant)
