"""Rules of colours: which cells or rows, when, and in which colour; bars and scales."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.describe import filter_sql, filters
from models.describe.field import Field
from models.describe.schema import Schema
from models.refusals import Refused
from models.texts import N_, tr
from models.views.palette import SHADES, shade
from models.views.view import Rule
from ui import theme
from ui.dialogs.view_dialogs import buttons
from ui.records.colouring import can_measure

_WAYS = (
    ("cell", N_("Cells where …")),
    ("row", N_("Whole rows where …")),
    ("bar", N_("Bars")),
    ("scale", N_("The more, the stronger")),
)
_TESTS = (
    (">", N_("is above")),
    (">=", N_("is at least")),
    ("<", N_("is below")),
    ("<=", N_("is at most")),
    ("=", N_("is")),
    ("!=", N_("is not")),
    ("~", N_("contains")),
    ("empty", N_("is empty")),
    ("filled", N_("is filled in")),
)
_ALONE = ("empty", "filled")


def swatch(colour: str, size: int) -> QIcon:
    """A colour with its sign, as it stands in a list."""
    found = shade(colour)
    picture = QPixmap(size * 2, size)
    picture.fill(QColor(found.dark if theme.is_dark() else found.light))
    painter = QPainter(picture)
    painter.setPen(QColor(theme.colours().text))
    painter.drawText(picture.rect(), Qt.AlignmentFlag.AlignCenter, found.sign)
    painter.end()
    return QIcon(picture)


class ColourRules(QDialog):
    """The rules of a list in their order; the first that meets a cell decides."""

    def __init__(
        self,
        schema: Schema,
        entity: str,
        paths: Sequence[tuple[str, str, Field]],
        rules: Sequence[Rule],
        words: Callable[[Rule], str],
        then: Callable[[Sequence[Rule]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._schema, self._entity, self._then, self._words = (
            schema,
            schema.entity(entity),
            then,
            words,
        )
        self._fields = {path: field for path, _, field in paths}
        self.rules = list(rules)
        self.setWindowTitle(tr(N_("Colours")))
        self.setMinimumWidth(theme.scaled(480))
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr(N_("Rules of colours")))
        self._add, self._remove, self._up = QPushButton(self), QPushButton(self), QPushButton(self)
        self.way, self.column, self.test, self.colour = (QComboBox(self) for _ in range(4))
        self.value = QLineEdit(self)
        self._wrong = QLabel(self)
        self._wrong.setObjectName("danger")
        self._wrong.setWordWrap(True)
        self._quiet = False
        self._fill(paths)
        self._arrange()
        self._show_rules(0)

    def _fill(self, paths: Sequence[tuple[str, str, Field]]) -> None:
        for code, text in _WAYS:
            self.way.addItem(tr(text), code)
        for path, title, _ in paths:
            self.column.addItem(title, path)
        for code, text in _TESTS:
            self.test.addItem(tr(text), code)
        size = self.fontMetrics().height()
        self.colour.setIconSize(QSize(size * 2, size))
        for name, one in SHADES.items():
            self.colour.addItem(swatch(name, size), tr(one.label), name)

    def _arrange(self) -> None:
        self._form = form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, widget in (
            (tr(N_("What is coloured")), self.way),
            (tr(N_("Column")), self.column),
            (tr(N_("Condition")), self.test),
            (tr(N_("Value")), self.value),
            (tr(N_("Colour")), self.colour),
        ):
            widget.setAccessibleName(text)
            form.addRow(text, widget)
        beside = QHBoxLayout()
        for button, text in (
            (self._add, tr(N_("Add rule"))),
            (self._remove, tr(N_("Remove rule"))),
            (self._up, tr(N_("Move up"))),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            beside.addWidget(button)
        beside.addStretch(1)
        box, done = buttons(self, tr(N_("Apply")))
        body = QVBoxLayout(self)
        body.addWidget(self.list, 1)
        body.addLayout(beside)
        body.addLayout(form)
        body.addWidget(self._wrong)
        body.addWidget(box)
        self._add.clicked.connect(self.add)
        self._remove.clicked.connect(self._take_out)
        self._up.clicked.connect(self._move_up)
        self.list.currentRowChanged.connect(self._chosen)
        for combo in (self.way, self.column, self.test, self.colour):
            combo.currentIndexChanged.connect(self._edited)
        self.value.textChanged.connect(self._edited)
        done.clicked.connect(self._take)

    # -- the list --------------------------------------------------------------------------------

    def _show_rules(self, current: int) -> None:
        self._quiet = True
        self.list.clear()
        for rule in self.rules:
            self.list.addItem(self._words(rule))
            self.list.item(self.list.count() - 1).setIcon(swatch(rule.colour, 16))
        self._quiet = False
        self.list.setCurrentRow(min(current, len(self.rules) - 1))
        self._chosen()

    def add(self) -> None:
        """A new rule, to be filled in."""
        first = next((p for p, one in self._fields.items() if can_measure(one.kind)), None)
        path = first or next(iter(self._fields))
        self.rules.append(
            Rule("when", path, filters.text(filters.Compare(path, "filled")), "yellow")
        )
        self._show_rules(len(self.rules) - 1)
        self.way.setFocus()

    def _take_out(self) -> None:
        at = self.list.currentRow()
        if at >= 0:
            del self.rules[at]
            self._show_rules(at)

    def _move_up(self) -> None:
        at = self.list.currentRow()
        if at > 0:
            self.rules[at - 1 : at + 1] = [self.rules[at], self.rules[at - 1]]
            self._show_rules(at - 1)

    # -- one rule --------------------------------------------------------------------------------

    def _chosen(self) -> None:
        """Show the chosen rule in the fields below."""
        if self._quiet:
            return
        at = self.list.currentRow()
        for one in (self.way, self.column, self.test, self.value, self.colour, self._remove):
            one.setEnabled(at >= 0)
        self._up.setEnabled(at > 0)
        if at < 0:
            return
        rule, self._quiet = self.rules[at], True
        way = rule.kind if rule.kind != "when" else "row" if rule.row else "cell"
        test, value, path = self._read(rule)
        for combo, data in (
            (self.way, way), (self.column, path), (self.test, test), (self.colour, rule.colour),
        ):  # fmt: skip
            combo.setCurrentIndex(max(combo.findData(data), 0))
        self.value.setText(value)
        self._quiet = False
        self._suit()

    def _read(self, rule: Rule) -> tuple[str, str, str]:
        """Test, value and column of a rule that says one comparison; any other stays as it is."""
        try:
            found = filters.parse(rule.when) if rule.when else None
        except Refused:
            found = None
        if isinstance(found, filters.Compare):
            name = found.path
            path = name if name in self._fields else rule.path
            return found.op, found.values[0] if found.values else "", path
        return ">", "", rule.path

    def _suit(self) -> None:
        measured = self.way.currentData() in ("bar", "scale")
        self._form.setRowVisible(self.test, not measured)
        alone = self.test.currentData() in _ALONE
        self._form.setRowVisible(self.value, not measured and not alone)

    def _edited(self) -> None:
        """Take what stands in the fields into the rule."""
        at = self.list.currentRow()
        if self._quiet or at < 0:
            return
        self._suit()
        way, path = str(self.way.currentData()), str(self.column.currentData())
        test, value = str(self.test.currentData()), self.value.text().strip()
        rule = Rule(way, path, "", str(self.colour.currentData()))
        if way in ("cell", "row"):
            values = () if test in _ALONE else (value,)
            when = filters.text(filters.Compare(path, test, values)) if values != ("",) else ""
            rule = replace(rule, kind="when", when=when, row=way == "row")
        self.rules[at] = rule
        self._wrong.setText(self._fault(rule))
        item = self.list.item(at)
        item.setText(self._words(rule))
        item.setIcon(swatch(rule.colour, 16))

    def _fault(self, rule: Rule) -> str:
        """Why a rule can't be asked, "" if it can."""
        if rule.kind != "when":
            fits = can_measure(self._fields[rule.path].kind)
            return "" if fits else tr(N_("Bars and scales need a column of numbers."))
        if not rule.when:
            return tr(N_("Write the value that is compared with."))
        try:
            filter_sql.compile(filters.parse(rule.when), self._entity, self._schema)
        except Refused as refused:
            return str(refused)
        return ""

    def _take(self) -> None:
        for at, rule in enumerate(self.rules):
            fault = self._fault(rule)
            if fault:
                self.list.setCurrentRow(at)
                self._wrong.setText(fault)
                return
        self._then(self.rules)
        self.accept()
