"""Evaluations, what customers say, feedback and plans; a table for what was signed.

The entities are declared, and what is declared and missing is made after the steps. Sealed copies stand
in a table beside the journal.
"""

from __future__ import annotations

from alembic import op

from models.journal.tables import SEAL_TABLES

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    """Make the table of sealed copies."""
    for statement in SEAL_TABLES:
        op.execute(statement)
