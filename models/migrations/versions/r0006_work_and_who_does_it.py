"""Projects, follow-ups, contracts, the pool, skills, cover and assignments get their tables.

All of them are declared, and what is declared and missing is made after the steps; so there is
nothing to do here but to say that earlier programs can't open such a book.
"""

from __future__ import annotations

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Nothing that is there changes."""
