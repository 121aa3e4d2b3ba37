"""In which layout workbooks are issued: Daybook's, or that of a workbook of the team's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from models.texts import N_, tr
from ui.dialogs.issue_template import TemplateDialog
from ui.session import Session

if TYPE_CHECKING:
    from models.workbooks.template import Adopted


class LayoutChoice(QComboBox):
    """The choice; picking the team's own asks for the file. ``adopted`` is None for Daybook's."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.adopted: Adopted | None = None
        self.addItem(tr(N_("Daybook's own")))
        self.addItem(tr(N_("Your own workbook…")))
        self.activated.connect(self._picked)

    def _picked(self, at: int) -> None:
        if at == 0:
            self._take(None)
            return
        dialog = TemplateDialog(self._session, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._take)
        dialog.rejected.connect(self._put_back)
        dialog.open()

    def _take(self, adopted: Adopted | None) -> None:
        self.adopted = adopted
        text = tr(N_("Your own workbook…")) if adopted is None else adopted.path.name
        self.setItemText(1, text)
        self._put_back()

    def _put_back(self) -> None:
        self.setCurrentIndex(0 if self.adopted is None else 1)
