"""Puts the editor of a field into a cell of a grid, and takes out what was meant."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.records.editors import (
    CellText,
    ChoiceEditor,
    CiteLine,
    LinkEditor,
    make_editor,
    put_text,
    put_value,
    select_all,
    typed_in,
)
from ui.records.table_model import RecordTableModel
from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemDelegate.EndEditHint


class Cells(QStyledItemDelegate):
    """The editors of one grid."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of a cell."""
        model = index.model()
        assert isinstance(model, RecordTableModel)
        field = model.field_at(index.column())
        broken = field.kind == "text" and "\n" in str(index.data(Qt.ItemDataRole.EditRole) or "")
        made = make_editor(
            self._session,
            field,
            parent,
            entity=model.entity,
            in_cell=True,
            lines=broken or field.kind == "long_text",
        )
        if isinstance(made, QLineEdit):
            made.setFrame(False)
        if isinstance(made, LinkEditor | ChoiceEditor):
            made.chosen.connect(self._chosen)
        if isinstance(made, CiteLine):
            made.record = model.id_at(index.row())
        if isinstance(made, CellText):
            made.entered.connect(self._entered)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An editor outlives the dialog that it opened: what is made there is entered here."""
        left = event.type() == QEvent.Type.FocusOut
        if left and isinstance(watched, LinkEditor) and watched.is_making:
            return False
        return super().eventFilter(watched, event)

    def _chosen(self, by_key: bool) -> None:
        """What is chosen from a list is entered, as in a sheet."""
        self._end(_Hint.SubmitModelCache if by_key else _Hint.NoHint)

    def _entered(self) -> None:
        self._end(_Hint.SubmitModelCache)

    def _end(self, hint: QAbstractItemDelegate.EndEditHint) -> None:
        editor = self.sender()
        assert isinstance(editor, QWidget)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Over its cell; several lines take the room that they need."""
        if isinstance(editor, CellText):
            cell: QRect = option.rect
            editor.stand_in(cell)
        else:
            super().updateEditorGeometry(editor, option, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the value into the editor, once: what happens elsewhere takes nobody's typing away."""
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        model = index.model()
        assert isinstance(model, RecordTableModel)
        declined = model.declined(index)  # is put right, not typed again
        if declined is not None:
            put_text(editor, declined)
        else:
            value = model.value(index.row(), index.column())
            put_value(editor, str(index.data(Qt.ItemDataRole.EditRole) or ""), value)
        select_all(editor)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take the value out of the editor."""
        assert isinstance(model, RecordTableModel)
        model.setData(index, typed_in(editor, model.field_at(index.column())))
