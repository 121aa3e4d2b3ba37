"""Goals, days of the calendar, leave, commitments, tasks and meetings get their tables.

All of them are declared, and what is declared and missing is made after the steps; so there is
nothing to do here but to say that earlier programs can't open such a book.
"""

from __future__ import annotations

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Nothing that is there changes."""
