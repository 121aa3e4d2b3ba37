"""What a column of the users' own is called now, beside the name that it was added with."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Give own columns a label."""
    op.execute("ALTER TABLE custom_field ADD COLUMN label TEXT")
