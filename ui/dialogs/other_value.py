"""Asks for another value than those of the book and of a workbook, with the field's own editor."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from models.refusals import Refused
from models.texts import N_, tr
from ui.dialogs.asking import Asking
from ui.records.editors import put_text, select_all
from ui.session import Session


class OtherValue(Asking):
    """One field; ``given`` carries what was typed, once it is acceptable."""

    given = Signal(str)

    def __init__(
        self,
        session: Session,
        record: str,
        field: tuple[str, str],
        offered: tuple[str, str],
        parent: QWidget,
    ) -> None:
        """``field`` is the entity and the field; ``offered`` are the book's and the workbook's texts."""
        entity, name = field
        super().__init__(
            session, tr(N_("Another value: {record}"), record=record), entity, (), parent
        )
        self._name = name
        for text, value in zip((N_("In the book"), N_("In the workbook")), offered, strict=True):
            shown = QLabel(value or "–", self)
            shown.setWordWrap(True)
            self.form.addRow(tr(text), shown)
        box = self.ask(name)
        put_text(box.editor, offered[1] or offered[0])
        select_all(box.editor)
        self.finish(tr(N_("Take this value")))
        box.editor.setFocus()

    def do(self) -> None:
        """Give the value.

        Raises:
            Refused: it is empty or not acceptable.
        """
        typed = self.boxes[self._name].typed().strip()
        if not typed:
            raise Refused("no_value", N_("Type a value, or decide for one of the two."))
        self.meant(self._name)
        self.given.emit(typed)
