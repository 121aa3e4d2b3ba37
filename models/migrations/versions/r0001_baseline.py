"""The first schema; a book of it is made by ``models.opening.create``, never by a step."""

from __future__ import annotations

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Nothing leads here."""
