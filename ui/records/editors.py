"""One editor a kind of field, the same in a grid's cell, in the form beside it and in dialogs."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from models.describe.field import Field
from models.describe.kinds import Link
from models.texts import tr
from ui.records.choice_editor import ChoiceEditor, FlagEditor, choice_names
from ui.records.cite_line import CiteLine
from ui.records.lines import DateLine, FieldLine
from ui.records.link_editor import LinkEditor
from ui.records.long_text import CellText, LongText
from ui.records.meaning import typed_out
from ui.records.tag_line import TagLine
from ui.session import Session

__all__ = [
    "CellText", "ChoiceEditor", "CiteLine", "DateLine", "FieldLine", "FlagEditor", "LinkEditor", "LongText",
    "TagLine", "make_editor", "open_list", "put_text", "put_value", "select_all", "text_of", "typed_in",
]  # fmt: skip


def make_editor(
    session: Session,
    field: Field,
    parent: QWidget,
    *,
    entity: str = "",
    in_cell: bool = False,
    lines: bool = False,
) -> QWidget:
    """An empty editor for a field.

    ``entity`` is whose field it is; ``in_cell`` has no room for buttons; ``lines`` asks for several
    lines where the kind alone would not (a text with a line break is kept by them).
    """
    made: QWidget
    if field.kind == "choice":
        made = ChoiceEditor(choice_names(field), parent)
    elif field.kind == "flag":
        made = FlagEditor(parent)
    elif field.kind == "link":
        made = LinkEditor(session, field.target, parent, can_make=True, button=not in_cell)
    elif lines and in_cell:
        made = CellText(parent)
    elif lines:
        made = LongText(parent)
    elif field.kind in ("date", "instant"):
        made = DateLine(session, field, parent, button=not in_cell)
    elif field.cites:
        made = CiteLine(session, entity, field, parent, button=not in_cell)
    elif field.kind == "tags":
        made = TagLine(session, entity, field, parent)
    else:
        made = FieldLine(session, field, parent)
    made.setAccessibleName(field.text())
    if field.help:
        made.setToolTip(tr(field.help))
        made.setAccessibleDescription(tr(field.help))
    return made


def text_of(editor: QWidget) -> str:
    """What stands in an editor."""
    if isinstance(editor, QComboBox):
        return editor.currentText()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    assert isinstance(editor, QLineEdit)
    return editor.text()


def typed_in(editor: QWidget, field: Field) -> str:
    """What is meant by what stands in an editor: short forms written out, a part of a name found."""
    if isinstance(editor, ChoiceEditor | LinkEditor):
        return editor.meant()
    return typed_out(field, text_of(editor))


def put_text(editor: QWidget, text: str) -> None:
    """Write into an editor; a choice that is no longer offered stays readable."""
    if isinstance(editor, QComboBox):
        at = editor.findText(text)
        if at < 0 and not isinstance(editor, ChoiceEditor):
            editor.addItem(text)
            at = editor.count() - 1
        editor.setCurrentIndex(at)
        if isinstance(editor, ChoiceEditor):
            editor.setEditText(text)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)


def put_value(editor: QWidget, text: str, value: object) -> None:
    """Write into an editor what is edited of a value, which of several alike a link means too."""
    if isinstance(editor, LinkEditor) and isinstance(value, Link):
        editor.put(text, value.id)
    else:
        put_text(editor, text)


def select_all(editor: QObject) -> None:
    """What is typed next takes the place of what stands in an editor."""
    if isinstance(editor, ChoiceEditor):
        editor.select_all()
    elif isinstance(editor, QLineEdit | QPlainTextEdit):
        editor.selectAll()


def open_list(editor: QObject) -> bool:
    """Open what an editor chooses from: entries, days, records; False where it has nothing."""
    if isinstance(editor, ChoiceEditor | LinkEditor | DateLine | TagLine | CiteLine):
        editor.open_list()
        return True
    return False
