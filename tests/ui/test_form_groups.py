"""The fields of a record stand under the headings that their entity declares."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit

from models.customers.customer import CONTACT
from tests.ui.acting import named
from ui.records.headings import form_of


def labels(pane) -> list[str]:
    """What the form's rows are called, from top to bottom; headings in capitals."""
    form = pane.findChild(QFormLayout)
    found = []
    for row in range(form.rowCount()):
        heading = form.itemAt(row, QFormLayout.ItemRole.SpanningRole)
        label = heading or form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        text = label.widget().text()
        found.append(text.upper() if heading else text)
    return found


def test_the_form_shows_the_groups_of_its_fields_as_headings_and_own_columns_last(window, settled):
    page = window.records
    page._add_column("WeChat group", "text", "")
    settled(window)
    page.grid.pick(1)
    settled(window)
    shown = labels(page.detail)
    heads = [one for one in shown if one.isupper()]
    assert heads == ["COMPANY", "PLACE AND PHONE", "RELATION", "MORE"]
    assert shown[: shown.index("PLACE AND PHONE")][-1] == "Parent company"
    assert shown[shown.index("MORE") :] == ["MORE", "Notes", "WeChat group"]
    assert len(shown) - len(heads) == len(window.session.book.schema.entity("customer").fields)
    assert named(page.detail, QLineEdit, "Tax code").isEnabled()
    window.set_language("zh_CN")
    settled(window)
    found = [one.text() for one in page.detail.findChildren(QLabel) if one.objectName() == "group"]
    assert found[-4:] == ["公司", "地址与电话", "客户关系", "其他"]


def test_a_form_without_declared_groups_has_no_headings_and_one_declared_is_shown(qtbot):
    pane = QLabel()
    qtbot.addWidget(pane)
    form = QFormLayout(pane)
    assert [one.id for one in form_of(CONTACT, form, pane)] == [one.id for one in CONTACT.fields]
    assert form.rowCount() == 0
    last = replace(CONTACT.fields[-1], group="Company")
    changed = replace(CONTACT, fields=(*CONTACT.fields[:-1], last))
    order = [one.id for one in form_of(changed, form, pane)]
    assert order == [last.id, *(one.id for one in CONTACT.fields[:-1])]
    assert [one.text() for one in pane.findChildren(QLabel)] == ["Company", "More"]
