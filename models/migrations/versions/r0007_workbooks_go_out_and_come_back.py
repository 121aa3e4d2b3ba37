"""Workbooks, what they held and what is to be decided of them; notices and suggestions.

The entities are declared, and what is declared and missing is made after the steps. What workbooks
held stands in two tables beside the journal.
"""

from __future__ import annotations

from alembic import op

from models.journal.tables import WORKBOOK_TABLES

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """Make the tables that keep what workbooks held."""
    for statement in WORKBOOK_TABLES:
        op.execute(statement)
