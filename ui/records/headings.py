"""The headings of a form: the groups that an entity's fields were declared with."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from models.describe.field import Entity, Field
from models.texts import N_, tr


def form_of(entity: Entity, form: QFormLayout, inside: QWidget) -> Iterator[Field]:
    """The fields of an entity in the order of its form; each group's heading is added before them."""
    groups = entity.grouped()
    for name, fields in groups:
        if len(groups) > 1 or name:
            heading = QLabel(tr(name) if name else tr(N_("More")), inside)
            heading.setObjectName("group")
            form.addRow(heading)
        yield from fields
