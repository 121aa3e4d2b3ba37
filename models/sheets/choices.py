"""How a choice is written into a sheet."""

from __future__ import annotations

from models.describe.field import Field
from models.describe.kinds import parse_choice
from models.describe.parsing import Unreadable


def choice_text(field: Field, code: str) -> str:
    """A choice in the current language, or its code where the label would be read as another."""
    offered = field.choice(code)
    if offered is None:
        return str(code)
    for text in (offered.text(), offered.label):
        try:
            if parse_choice(field, text) == code:
                return text
        except Unreadable:
            continue
    return str(code)
