"""Own columns can be computed by a formula; saved views get their table, as all entities do."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Give own columns a formula before they are read for the rest of the upgrade."""
    op.execute("ALTER TABLE custom_field ADD COLUMN formula TEXT")
