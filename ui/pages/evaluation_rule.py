"""The items and grades of a scorecard as lines to type into; it only collects what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from models.describe.kinds import KINDS
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.dialogs.import_ways import Choice
from ui.dialogs.rows import Rows
from ui.flow import Flow
from ui.layouts import empty

if TYPE_CHECKING:
    from models.evaluations.cards import Card
    from models.evaluations.rule_changes import RuleChange

_COLUMNS = ("weight", "curve", "points", "cap", "reference_value")
_WIDTHS = {"weight": 84, "curve": 120, "points": 250, "cap": 84, "reference_value": 110}

_SHOWN, _LEAST = 6, 2  # items that are seen at once, where there is room and at least


@dataclass
class _Cell:
    """One place to type: what it sets, the widget, and what stood in it."""

    entity: str
    name: str
    field: str
    editor: QLineEdit | Choice
    stood: str

    def typed(self) -> str:
        if isinstance(self.editor, QLineEdit):
            return self.editor.text().strip()
        return str(self.editor.currentData())


class RuleForm(QWidget):
    """The rule; ``changed`` when something is typed, ``entered`` when Enter is pressed in it."""

    changed = Signal()
    entered = Signal()

    def __init__(self, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._currency = currency
        self.card: Card | None = None
        self._cells: list[_Cell] = []
        self.rows = Rows(tr(N_("Scorecard items")), [""] * (len(_COLUMNS) + 1), 0, self)
        self.below = QWidget(self)
        self._flow = Flow(self.below, from_left=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.rows, 1)
        box.addWidget(self.below)

    def retranslate(self) -> None:
        """Show it in the current language; what was typed and not adopted goes."""
        from models.evaluations.scorecard import SCORECARD_ITEM

        heads = [tr(N_("Item")), *(SCORECARD_ITEM.field(one).text() for one in _COLUMNS)]
        self.rows.name(tr(N_("Scorecard items")), heads)
        if self.card is not None:
            self.show_card(self.card)

    def show_card(self, card: Card) -> None:
        """Show a scorecard as it is."""
        self.card, self._cells = card, []
        self.rows.clear(len(card.items))
        for at, item in enumerate(card.items):
            self.rows.say(at, 0, item.name)
            for column, field in enumerate(_COLUMNS, 1):
                if field == "reference_value" and (
                    item.kind != "metric" or item.reference != "fixed"
                ):
                    continue
                if field == "curve" and item.kind != "metric":
                    continue
                value = getattr(item, field)
                self.rows.place(at, column, self._editor("scorecard_item", item.name, field, value))
        self.rows.setMinimumHeight(self._high(min(len(card.items), _LEAST)))
        empty(self._flow)
        for grade in card.grades:
            text = tr(N_("{grade} from"), grade=grade.name)
            self._beside(
                text, self._editor("grade_band", grade.name, "from_points", grade.from_points, text)
            )
        text = tr(N_("Least weight"))
        self._beside(
            text, self._editor("scorecard_template", "", "least_weight", card.least_weight, text)
        )

    def wished(self) -> int:
        """How high it is with all that should be seen at once."""
        items = len(self.card.items) if self.card else 0
        return self._high(min(items, _SHOWN)) + self.below.sizeHint().height()

    def _high(self, items: int) -> int:
        return (items + 1) * (theme.row_height() + theme.scaled(9))  # with the heads

    def _beside(self, text: str, editor: QWidget) -> None:
        label = QLabel(text, self.below)
        label.setBuddy(editor)
        for one in (label, editor):
            self._flow.addWidget(one)
            one.show()

    def _editor(
        self, entity: str, name: str, field_id: str, value: Any, called: str = ""
    ) -> QWidget:
        from models.evaluations import rule_changes

        field = rule_changes.field_of(entity, field_id)
        said = called or f"{name}: {field.text()}"
        if field.kind == "choice":
            choice = Choice(said, "", self)
            for one in field.choices:
                choice.addItem(one.text(), one.code)
            choice.setCurrentIndex(max(choice.findData(value), 0))
            choice.setFixedWidth(theme.scaled(_WIDTHS[field_id]))
            choice.currentIndexChanged.connect(self.changed)
            cell = _Cell(entity, name, field_id, choice, str(choice.currentData()))
        else:
            text = KINDS[field.kind].show(field, value, self._currency) if value is not None else ""
            line = QLineEdit(text, self)
            line.setAccessibleName(said)
            line.setToolTip(said)
            line.setFixedWidth(theme.scaled(_WIDTHS.get(field_id, 84)))
            if field.kind != "text":
                line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.textChanged.connect(self.changed)
            line.returnPressed.connect(self.entered)
            cell = _Cell(entity, name, field_id, line, text.strip())
        self._cells.append(cell)
        return cell.editor

    def is_changed(self) -> bool:
        """Whether anything stands otherwise."""
        return any(one.typed() != one.stood for one in self._cells)

    def changes(self) -> tuple[RuleChange, ...]:
        """What stands otherwise.

        Raises:
            Refused: something can't be read; the place has the focus then.
        """
        from models.evaluations import rule_changes

        made = []
        for one in self._cells:
            if one.typed() != one.stood:
                try:
                    made.append(rule_changes.make(one.entity, one.name, one.field, one.typed()))
                except Refused:
                    one.editor.setFocus()
                    raise
        return tuple(made)
