"""Asks for a few fields of one record that stands: an answer, another day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from models.describe.kinds import KINDS
from models.refusals import Refused
from ui.dialogs.asking import Asking
from ui.records.editors import put_value
from ui.session import Session

Answer = Callable[[Mapping[str, str]], Refused | None]


class AskFields(Asking):
    """Some fields of a record under what they are asked for; stays open when ``answered`` declines."""

    def __init__(
        self,
        session: Session,
        title: str,
        told: str,
        record: tuple[str, int],
        fields: Sequence[str],
        answered: Answer,
        parent: QWidget,
    ) -> None:
        entity, row = record
        super().__init__(session, title, entity, fields, parent)
        self._answered = answered
        head = QLabel(told, self)
        head.setWordWrap(True)
        head.setTextFormat(Qt.TextFormat.PlainText)
        self.box.insertWidget(0, head)
        values = session.book.record(entity, row)
        for name, made in self.boxes.items():
            field = self.kind.field(name)
            put_value(made.editor, KINDS[field.kind].edited(field, values[name]), values[name])
        self.finish(title)
        next(iter(self.boxes.values())).editor.setFocus()

    def do(self) -> None:
        """Hand over what was typed.

        Raises:
            Refused: it was declined; the dialog stays.
        """
        refused = self._answered({name: one.typed() for name, one in self.boxes.items()})
        if refused is not None:
            raise refused
